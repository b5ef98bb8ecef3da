//! Live updates as server-sent events: "changed" and ids, nothing else. The page fetches what
//! changed; the stream ends with the session and never counts as use of it.

use super::answer::Fault;
use super::cookie;
use super::site::Site;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::actor::{Actor, Door};
use domain::id::{AccountId, PatientId};
use service::live::Changed;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_stream::Stream;
use tokio_stream::StreamExt;

/// How often a stream asks whether its session still lives; also its heartbeat.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// Whose updates a stream carries.
#[derive(Clone)]
enum Follows {
    Patient(PatientId),
    Pools(Actor),
}

impl Follows {
    fn concerns(&self, changed: &Changed) -> bool {
        match self {
            Follows::Patient(patient) => changed.patient == *patient,
            Follows::Pools(actor) => actor.is_in_pool(changed.pool),
        }
    }
}

struct Follower {
    site: Site,
    door: Door,
    token: String,
    account: AccountId,
    follows: Follows,
    changes: Receiver<Changed>,
}

/// `GET /p/{person}/updates`
pub async fn of_patient(
    State(site): State<Site>,
    Path(person): Path<PatientId>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    follow(site, Door::Patient, Some(person), &headers).await
}

/// `GET /team/updates`
pub async fn of_team(
    State(site): State<Site>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    follow(site, Door::Team, None, &headers).await
}

async fn follow(
    site: Site,
    door: Door,
    person: Option<PatientId>,
    headers: &HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>> + use<>>, Fault> {
    let token = cookie::read(headers, cookie::name_of(door)).unwrap_or("").to_owned();
    let changes = site.service.live.follow();
    let session = site.service.peek_session(door, &token).await?.ok_or(Fault::NOT_FOUND)?;
    let follows = match person {
        Some(person) if session.own_chart == Some(person) => Follows::Patient(person),
        Some(_) => return Err(Fault::NOT_FOUND),
        None => Follows::Pools(session.actor),
    };
    let follower = Follower { site, door, token, account: session.account, follows, changes };
    let (sender, receiver) = tokio::sync::mpsc::channel(16);
    tokio::spawn(follower.run(sender));
    let stream = tokio_stream::wrappers::ReceiverStream::new(receiver).map(Ok);
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(LOOK_EVERY)))
}

impl Follower {
    /// Sends until the browser goes away or the session ends.
    async fn run(mut self, sender: tokio::sync::mpsc::Sender<Event>) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        loop {
            let event = tokio::select! {
                changed = self.changes.recv() => match changed {
                    Ok(changed) if self.follows.concerns(&changed) => {
                        Some(Event::default().event("changed").data(changed.thread.to_string()))
                    }
                    Ok(_) => None,
                    // Too many at once: the page looks at everything.
                    Err(RecvError::Lagged(_)) => Some(Event::default().event("changed").data("all")),
                    Err(RecvError::Closed) => return,
                },
                _ = look.tick() => {
                    if !self.is_signed_in().await {
                        let _ = sender.send(Event::default().event("ended").data("session")).await;
                        return;
                    }
                    None
                }
                () = sender.closed() => return,
            };
            if let Some(event) = event
                && sender.send(event).await.is_err()
            {
                return;
            }
        }
    }

    async fn is_signed_in(&self) -> bool {
        let session = self.site.service.peek_session(self.door, &self.token).await;
        matches!(session, Ok(Some(session)) if session.account == self.account)
    }
}

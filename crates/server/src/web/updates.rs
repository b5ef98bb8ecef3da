//! Live updates as server-sent events: "changed" or "present" and ids, nothing else. The page fetches
//! what changed; the stream ends with the session and never counts as use of it.

use super::answer::Fault;
use super::cookie;
use super::site::Site;
use super::streams::Held;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, KeepAliveStream, Sse};
use domain::actor::{Actor, Door};
use domain::id::{AccountId, PatientId, RequestId, ThreadId};
use service::ctx::Ctx;
use service::live::{Changed, News};
use service::presence::Attending;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::Sender;
use tokio_stream::wrappers::ReceiverStream;

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
    changes: Receiver<News>,
    /// The conversation that is open where the stream begins.
    attending: Option<Attending>,
    arrivals: Receiver<ThreadId>,
    place: Held,
}

type Events = KeepAliveStream<ReceiverStream<Result<Event, Infallible>>>;

/// `GET /p/{person}/updates`
pub async fn of_patient(
    State(site): State<Site>,
    Path(person): Path<PatientId>,
    headers: HeaderMap,
) -> Result<Sse<Events>, Fault> {
    Ok(Follower::begin(site, Door::Patient, &headers, Some(person)).await?.stream())
}

/// `GET /team/updates`
pub async fn of_team(State(site): State<Site>, headers: HeaderMap) -> Result<Sse<Events>, Fault> {
    Ok(Follower::begin(site, Door::Team, &headers, None).await?.stream())
}

/// `GET /team/threads/{thread}/updates`: the same, and who else has this conversation open.
pub async fn of_thread(
    State(site): State<Site>,
    Path(thread): Path<ThreadId>,
    headers: HeaderMap,
) -> Result<Sse<Events>, Fault> {
    let mut follower = Follower::begin(site, Door::Team, &headers, None).await?;
    let Follows::Pools(actor) = &follower.follows else { return Err(Fault::NOT_FOUND) };
    let service = &follower.site.service;
    let now = service.now();
    let ctx = Ctx { actor: actor.clone(), now, request: RequestId(service.ids.mint(now)) };
    follower.attending = Some(service.attend(&ctx, thread).await?);
    Ok(follower.stream())
}

impl Follower {
    async fn begin(
        site: Site,
        door: Door,
        headers: &HeaderMap,
        person: Option<PatientId>,
    ) -> Result<Follower, Fault> {
        let token = cookie::read(headers, cookie::name_of(door)).unwrap_or("").to_owned();
        let (changes, arrivals) = (site.service.live.follow(), site.service.presence.follow());
        let session = site.service.peek_session(door, &token).await?.ok_or(Fault::NOT_FOUND)?;
        let follows = match person {
            Some(person) if site.service.may_follow(&session.actor, person).await? => {
                Follows::Patient(person)
            }
            Some(_) => return Err(Fault::NOT_FOUND),
            None => Follows::Pools(session.actor),
        };
        let account = session.account;
        let place = site.streams.begin(session.id);
        Ok(Follower { site, door, token, account, follows, changes, attending: None, arrivals, place })
    }

    fn stream(self) -> Sse<Events> {
        let (sender, receiver) = tokio::sync::mpsc::channel(16);
        tokio::spawn(self.run(sender));
        Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(LOOK_EVERY))
    }

    /// Sends until the browser goes away or the session ends.
    async fn run(mut self, sender: Sender<Result<Event, Infallible>>) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        let mut event = self.present();
        loop {
            if let Some(event) = event.take() {
                // Whoever does not read what is sent gives way too.
                tokio::select! {
                    sent = sender.send(Ok(event)) => if sent.is_err() { return },
                    () = self.place.called_away() => return,
                }
            }
            event = tokio::select! {
                changed = self.changes.recv() => match changed {
                    Ok(News::Thread(changed)) => self.news(&changed),
                    // Too many at once, or another node was not heard: the page looks at everything.
                    Ok(News::Everything) | Err(RecvError::Lagged(_)) => Some(Event::default().event("changed").data("all")),
                    Err(RecvError::Closed) => return,
                },
                arrived = self.arrivals.recv() => match arrived {
                    Ok(thread) if !self.is_at(thread) => None,
                    _ => self.present(),
                },
                _ = look.tick() => {
                    if !self.is_signed_in().await {
                        let _ = sender.send(Ok(Event::default().event("ended").data("session"))).await;
                        return;
                    }
                    None
                }
                () = self.place.called_away() => {
                    let _ = sender.try_send(Ok(Event::default().event("ended").data("crowded")));
                    return;
                }
                () = sender.closed() => return,
            };
        }
    }

    fn news(&self, changed: &Changed) -> Option<Event> {
        let concerns = self.follows.concerns(changed);
        concerns.then(|| Event::default().event("changed").data(changed.thread.to_string()))
    }

    fn is_at(&self, thread: ThreadId) -> bool {
        self.attending.as_ref().is_some_and(|attending| attending.thread == thread)
    }

    /// The thread's id, then the accounts of the colleagues who have it open.
    fn present(&self) -> Option<Event> {
        let attending = self.attending.as_ref()?;
        let ids: Vec<String> = std::iter::once(attending.thread.to_string())
            .chain(attending.others().into_iter().map(|account| account.to_string()))
            .collect();
        Some(Event::default().event("present").data(ids.join(" ")))
    }

    async fn is_signed_in(&self) -> bool {
        let session = self.site.service.peek_session(self.door, &self.token).await;
        let Ok(Some(session)) = session else { return false };
        // A grant that has ended ends what is open by it.
        let may_follow = match &self.follows {
            Follows::Patient(person) => self.site.service.may_follow(&session.actor, *person).await,
            Follows::Pools(_) => Ok(true),
        };
        session.account == self.account && may_follow.unwrap_or(false)
    }
}

//! Word between nodes: `NOTIFY` after a commit, `LISTEN` on a connection of its own. What is said while
//! nobody listens is lost, so whoever was away hears that; the tables stay the truth.

use super::error::{pool_error, store_error};
use super::{Postgres, tls};
use crate::db::url::PostgresPlace;
use crate::error::StoreError;
use std::future::poll_fn;
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_postgres::AsyncMessage;

const LISTEN: &str = "LISTEN samechart";
const SAY: &str = "SELECT pg_notify('samechart', word) FROM unnest(CAST($1 AS TEXT[])) AS said (word)";
/// Words that a slow hearer may leave lying before the server waits for it.
const KEPT: usize = 1024;
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What a listening node hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// What some node has said, this one too.
    Word(String),
    /// From here on every word is heard; of what was said before, nothing is known.
    Listening,
}

impl Postgres {
    /// Says some words to all that listen, in one round trip. Short ones: the server takes 8,000 bytes each.
    pub async fn say(&self, words: Vec<String>) -> Result<(), StoreError> {
        let client = self.pool.get().await.map_err(|failure| pool_error(&failure))?;
        let statement = client.prepare_cached(SAY).await.map_err(|error| store_error(&error))?;
        client.execute(&statement, &[&words]).await.map_err(|error| store_error(&error))?;
        Ok(())
    }

    /// Listens until the receiver is dropped; a lost connection is made again.
    pub fn listen(&self) -> Receiver<Heard> {
        let (sender, receiver) = channel(KEPT);
        tokio::spawn(keep_listening(self.place.clone(), sender));
        receiver
    }
}

async fn keep_listening(place: PostgresPlace, sender: Sender<Heard>) {
    let mut pause = FIRST_PAUSE;
    while !sender.is_closed() {
        let mut has_listened = false;
        if let Err(error) = listen_once(&place, &sender, &mut has_listened).await {
            tracing::warn!(%error, "word from other nodes cannot be heard");
        }
        pause = if has_listened { FIRST_PAUSE } else { (2 * pause).min(LONGEST_PAUSE) };
        tokio::select! {
            () = sender.closed() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// One connection's life. The connection must be driven while `LISTEN` waits for its answer.
async fn listen_once(
    place: &PostgresPlace,
    sender: &Sender<Heard>,
    has_listened: &mut bool,
) -> Result<(), StoreError> {
    let tls = tls::connector(place.root_certificate.as_deref())?;
    let connected = place.config.connect(tls).await.map_err(|error| store_error(&error));
    let (client, mut connection) = connected?;
    let mut listening = std::pin::pin!(client.batch_execute(LISTEN));
    loop {
        let heard = tokio::select! {
            () = sender.closed() => return Ok(()),
            done = &mut listening, if !*has_listened => {
                done.map_err(|error| store_error(&error))?;
                *has_listened = true;
                Heard::Listening
            }
            message = poll_fn(|context| connection.poll_message(context)) => match message {
                Some(Ok(AsyncMessage::Notification(said))) => Heard::Word(said.payload().to_owned()),
                Some(Ok(_)) => continue,
                Some(Err(error)) => return Err(store_error(&error)),
                None => return Ok(()),
            },
        };
        if sender.send(heard).await.is_err() {
            return Ok(());
        }
    }
}

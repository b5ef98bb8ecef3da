//! The writer thread: the only connection that writes, its queue, and its end.

use super::connection::Place;
use super::error::store_error;
use super::group::Groups;
use super::job::{Job, Work};
use crate::db::options::DbOptions;
use crate::db::stats::Counters;
use crate::db::tx::Tx;
use crate::error::StoreError;
use rusqlite::Connection;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// What can stand in the writer's queue.
pub(super) enum Message {
    Job(Box<dyn Job>),
    Checkpoint(oneshot::Sender<Result<(), StoreError>>),
    Close,
}

/// The handle on the writer thread.
pub(super) struct Writer {
    queue: Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Opens the database for writing and starts the thread.
    pub async fn start(
        place: Place,
        options: DbOptions,
        counters: Arc<Counters>,
    ) -> Result<Self, StoreError> {
        let (queue, inbox) = channel();
        let (opened, ready) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || match place.writer() {
                Ok(connection) => {
                    let _ = opened.send(Ok(()));
                    let mut groups = Groups::new(place, connection, options, counters);
                    serve(&mut groups, &inbox);
                    groups.close();
                }
                Err(error) => {
                    let _ = opened.send(Err(error));
                }
            })
            .map_err(|_| StoreError::Unavailable("no thread for the writer".into()))?;
        ready.await.unwrap_or_else(|_| Err(closed()))?;
        Ok(Writer { queue, thread: Mutex::new(Some(thread)) })
    }

    pub async fn write<T, E, F>(&self, work: F, alone: bool) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (work, answer) = Work::new(work, alone);
        self.queue.send(Message::Job(Box::new(work))).map_err(|_| closed())?;
        // The thread answers whatever it has taken, so silence means that it never took this.
        answer.await.unwrap_or_else(|_| Err(closed().into()))
    }

    /// Moves the whole log into the database file and empties it.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        let (caller, answer) = oneshot::channel();
        self.queue.send(Message::Checkpoint(caller)).map_err(|_| closed())?;
        answer.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Finishes what waits, empties the log and ends the thread. A second call does nothing.
    pub async fn close(&self) {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        let _ = self.queue.send(Message::Close);
        let _ = tokio::task::spawn_blocking(move || thread.join()).await;
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the database is closed".into())
}

/// Serves the queue until it is closed or every handle on the database is gone.
fn serve(groups: &mut Groups, inbox: &Receiver<Message>) {
    let mut held = None;
    while let Some(message) = held.take().or_else(|| groups.next(inbox)) {
        match message {
            Message::Job(job) => held = groups.run(job, inbox),
            Message::Checkpoint(caller) => {
                let _ = caller.send(groups.checkpoint());
            }
            Message::Close => return,
        }
    }
}

/// Truncating the log needs every reader to have moved on; the busy time-out waits for them.
pub(super) fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    let busy: Result<bool, _> = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    match busy {
        Ok(false) => Ok(()),
        Ok(true) => Err(StoreError::Unavailable("a reader holds on to the log".into())),
        Err(error) => Err(store_error(connection, &error)),
    }
}

//! The open streams of live updates, by session: a few for each. Where one more is opened the oldest
//! gives way; its page follows again when its reader comes back to it.

use domain::id::SessionId;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot::{Receiver, Sender, channel};

/// Streams of one session: more pages than anybody reads at once.
pub const PER_SESSION: usize = 8;

/// Everybody's streams; clones share them.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<SessionId, VecDeque<Sender<()>>>>>);

/// One stream's place; its end is the end of this value.
pub struct Held {
    streams: Streams,
    session: SessionId,
    call: Receiver<()>,
}

impl Streams {
    fn open(&self) -> MutexGuard<'_, HashMap<SessionId, VecDeque<Sender<()>>>> {
        // The lists are whole after every step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more stream; the session's oldest is called away where there are too many.
    pub fn begin(&self, session: SessionId) -> Held {
        let (sender, call) = channel();
        let mut open = self.open();
        let mine = open.entry(session).or_default();
        while mine.len() >= PER_SESSION {
            if let Some(oldest) = mine.pop_front() {
                let _ = oldest.send(());
            }
        }
        mine.push_back(sender);
        drop(open);
        Held { streams: self.clone(), session, call }
    }

    /// How many streams are open.
    pub fn count(&self) -> usize {
        self.open().values().map(VecDeque::len).sum()
    }
}

impl Held {
    /// Waits until this stream has to give way.
    pub async fn called_away(&mut self) {
        let _ = (&mut self.call).await;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.call.close();
        let mut open = self.streams.open();
        if let Some(mine) = open.get_mut(&self.session) {
            mine.retain(|stream| !stream.is_closed());
            if mine.is_empty() {
                open.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[tokio::test]
    async fn the_oldest_of_nine_gives_way_and_closed_pages_leave_nothing() {
        let streams = Streams::default();
        let (mine, other) = (SessionId(Uuid::from_u128(1)), SessionId(Uuid::from_u128(2)));
        let mut open: Vec<Held> = (0..PER_SESSION).map(|_| streams.begin(mine)).collect();
        let mut elsewhere = streams.begin(other);
        assert!(open.iter_mut().all(|held| held.call.try_recv().is_err()), "all eight stay");
        open.push(streams.begin(mine));
        open[0].called_away().await;
        assert!(open[1..].iter_mut().all(|held| held.call.try_recv().is_err()));
        assert!(elsewhere.call.try_recv().is_err(), "another session has its own");
        assert_eq!(streams.count(), PER_SESSION + 1);
        drop(open);
        assert_eq!(streams.count(), 1);
    }
}

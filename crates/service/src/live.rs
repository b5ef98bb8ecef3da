//! "Something changed": ids only, sent after commit. Pages fetch what changed; polling stays the truth.

use domain::id::{PatientId, PoolId, ThreadId};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use tokio::sync::{Notify, broadcast};

/// Events kept for a slow follower; past that it is told to look at everything.
const KEPT: usize = 1024;

/// A thread changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Changed {
    pub patient: PatientId,
    pub pool: PoolId,
    pub thread: ThreadId,
}

/// What a follower hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Thread(Changed),
    /// Nobody knows what changed: look at everything.
    Everything,
}

/// Who follows what happens.
pub struct Live {
    followers: broadcast::Sender<News>,
    /// What other nodes are still to be told, each thread once; `None` where there are none.
    untold: Mutex<Option<HashSet<Changed>>>,
    has_untold: Notify,
}

impl Default for Live {
    fn default() -> Live {
        Live { followers: broadcast::channel(KEPT).0, untold: Mutex::default(), has_untold: Notify::new() }
    }
}

impl Live {
    /// Tells everyone who follows, on other nodes too; nobody following is no fault.
    pub fn tell(&self, changed: Changed) {
        self.pass_on(News::Thread(changed));
        // A set of ids is whole after every step.
        if let Some(untold) = self.untold.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            untold.insert(changed);
            self.has_untold.notify_one();
        }
    }

    /// All changes from now on. The follower filters by what its actor may see.
    pub fn follow(&self) -> broadcast::Receiver<News> {
        self.followers.subscribe()
    }

    /// Tells those who follow on this node.
    pub(crate) fn pass_on(&self, news: News) {
        let _ = self.followers.send(news);
    }

    /// Keeps changes for other nodes from now on.
    pub(crate) fn share(&self) {
        self.untold.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default();
    }

    /// Waits until other nodes are to be told something.
    pub(crate) async fn is_untold(&self) {
        self.has_untold.notified().await;
    }

    /// What other nodes are to be told, each thread once.
    pub(crate) fn take_untold(&self) -> Vec<Changed> {
        let mut untold = self.untold.lock().unwrap_or_else(PoisonError::into_inner);
        untold.as_mut().map(|untold| untold.drain().collect()).unwrap_or_default()
    }
}

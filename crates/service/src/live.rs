//! "Something changed": ids only, sent after commit. Pages fetch what changed; polling stays the truth.

use domain::id::{PatientId, PoolId, ThreadId};
use tokio::sync::broadcast;

/// Events kept for a slow follower; past that it is told to look at everything.
const KEPT: usize = 1024;

/// A thread changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    pub patient: PatientId,
    pub pool: PoolId,
    pub thread: ThreadId,
}

/// Who follows what happens.
pub struct Live(broadcast::Sender<Changed>);

impl Default for Live {
    fn default() -> Live {
        Live(broadcast::channel(KEPT).0)
    }
}

impl Live {
    /// Tells everyone who follows; nobody following is no fault.
    pub fn tell(&self, changed: Changed) {
        let _ = self.0.send(changed);
    }

    /// All changes from now on. The follower filters by what its actor may see.
    pub fn follow(&self) -> broadcast::Receiver<Changed> {
        self.0.subscribe()
    }
}

//! The one object that pages, the API and the command line hold.

use crate::clock::{Clock, Ids};
use crate::live::Live;
use crate::presence::Presence;
use domain::words::Stems;
use jiff::Timestamp;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use store::Store;
use uuid::Uuid;

/// All of Samechart's work; clones share it.
#[derive(Clone)]
pub struct Service(Arc<Parts>);

/// What the calls work with.
pub struct Parts {
    pub store: Store,
    pub clock: Clock,
    pub ids: Ids,
    pub live: Live,
    pub presence: Arc<Presence>,
    pub(crate) stems: Stems,
    pub(crate) operator: OnceLock<String>,
}

impl Deref for Service {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Service {
    pub fn new(store: Store, clock: Clock) -> Service {
        let parts = Parts {
            store,
            clock,
            ids: Ids::default(),
            live: Live::default(),
            presence: Arc::default(),
            stems: Stems::default(),
            operator: OnceLock::new(),
        };
        Service(Arc::new(parts))
    }

    /// Names the operating-system user of this process, for the audit rows of command-line acts.
    pub fn operated_by(&self, user: String) {
        let _ = self.0.operator.set(user);
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn mint(&self, now: Timestamp) -> Uuid {
        self.ids.mint(now)
    }
}

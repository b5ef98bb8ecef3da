//! The one object that pages and the command line hold.

use crate::clock::{Clock, Ids};
use crate::live::Live;
use crate::presence::Presence;
use domain::pace::Pace;
use domain::red_flags::RedFlags;
use domain::words::Stems;
use jiff::{SignedDuration, Timestamp};
use std::ops::Deref;
use std::path::PathBuf;
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
    pub(crate) anchored_in: OnceLock<PathBuf>,
    pub(crate) old_after: OnceLock<SignedDuration>,
    red_flags: OnceLock<Arc<RedFlags>>,
    pace: OnceLock<Pace>,
}

/// After so long without a new entry a section of the record says that it may be out of date.
pub const OLD_AFTER: SignedDuration = SignedDuration::from_hours(24 * 365);

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
            anchored_in: OnceLock::new(),
            old_after: OnceLock::new(),
            red_flags: OnceLock::new(),
            pace: OnceLock::new(),
        };
        Service(Arc::new(parts))
    }

    /// Names the operating-system user of this process, for the audit rows of command-line acts.
    pub fn operated_by(&self, user: String) {
        let _ = self.0.operator.set(user);
    }

    /// Names the anchor file of this process's sealer.
    pub fn anchors_in(&self, file: PathBuf) {
        let _ = self.0.anchored_in.set(file);
    }

    /// Sets another time than [`OLD_AFTER`], once.
    pub fn calls_old_after(&self, after: SignedDuration) {
        let _ = self.0.old_after.set(after);
    }

    /// Sets the organisation's own rules for warning words in place of the built-in ones, once.
    pub fn warns_by(&self, rules: RedFlags) {
        let _ = self.0.red_flags.set(Arc::new(rules));
    }

    /// The rules for warning words.
    pub fn red_flags(&self) -> Arc<RedFlags> {
        self.0.red_flags.get().cloned().unwrap_or_else(RedFlags::built_in)
    }

    /// Sets another limit to how much one account sends than [`Pace::default`], once: for measuring.
    pub fn lets_send(&self, pace: Pace) {
        let _ = self.0.pace.set(pace);
    }

    pub(crate) fn pace(&self) -> Pace {
        self.0.pace.get().copied().unwrap_or_default()
    }

    pub(crate) fn old_before(&self, now: Timestamp) -> Timestamp {
        let after = self.0.old_after.get().copied().unwrap_or(OLD_AFTER);
        now.checked_sub(after).unwrap_or(Timestamp::MIN)
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn mint(&self, now: Timestamp) -> Uuid {
        self.ids.mint(now)
    }
}

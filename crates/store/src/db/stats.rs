//! Counters of the write path, for benchmarks and metrics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A refusal counts for so long, unless a write succeeds before: whoever is sent no more writes must be
/// asked again.
const REFUSED_FOR: Duration = Duration::from_secs(30);

/// What the write path has done since the database was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Pieces of work that were committed.
    pub commits: u64,
    /// Outer commits: on SQLite one fsync of the log each.
    pub groups: u64,
    /// The largest number of pieces of work that shared one commit.
    pub largest_group: u64,
    /// Pieces of work run again: after a deadlock, a serialization failure, a lost connection or
    /// a group that fell or in which a member failed.
    pub reruns: u64,
    /// Commits whose outcome stayed unknown.
    pub unknown: u64,
    /// The database itself (a full disk, a lost connection) has refused the last write, within half a minute.
    pub is_refusing: bool,
}

#[derive(Default)]
pub(crate) struct Counters {
    commits: AtomicU64,
    groups: AtomicU64,
    largest_group: AtomicU64,
    reruns: AtomicU64,
    unknown: AtomicU64,
    refused: Mutex<Option<Instant>>,
}

impl Counters {
    pub fn committed(&self, members: usize) {
        let members = members as u64;
        self.commits.fetch_add(members, Relaxed);
        self.groups.fetch_add(1, Relaxed);
        self.largest_group.fetch_max(members, Relaxed);
    }

    /// Whether the database has refused a write, of those that have just ended together.
    pub fn refused(&self, is_refused: bool) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = is_refused.then(Instant::now);
    }

    pub fn rerun(&self, members: usize) {
        self.reruns.fetch_add(members as u64, Relaxed);
    }

    pub fn unknown(&self) {
        self.refused(true);
        self.unknown.fetch_add(1, Relaxed);
    }

    pub fn read(&self) -> Stats {
        Stats {
            commits: self.commits.load(Relaxed),
            groups: self.groups.load(Relaxed),
            largest_group: self.largest_group.load(Relaxed),
            reruns: self.reruns.load(Relaxed),
            unknown: self.unknown.load(Relaxed),
            is_refusing: { *self.refused.lock().unwrap_or_else(PoisonError::into_inner) }
                .is_some_and(|at| at.elapsed() < REFUSED_FOR),
        }
    }
}

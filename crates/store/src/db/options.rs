//! How a database is opened.

use std::time::Duration;

/// Sizes and waits; the defaults suit a small server.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// SQLite: reader connections. PostgreSQL: connections in all.
    pub connections: usize,
    /// How long a call waits for a connection or another process's lock before `Unavailable`.
    pub wait: Duration,
    /// SQLite: at most this many pieces of work share one commit.
    pub group_members: usize,
    /// SQLite: a group takes no further member after this much work. Long enough for 16 messages
    /// with their word indexes: a shorter one gives each an fsync that it could have shared.
    pub group_work: Duration,
    /// A piece of work that takes at least this long is logged; on SQLite its kind runs alone
    /// until it is quick again.
    pub slow: Duration,
    /// SQLite: the file does not grow beyond this; writes that need more answer `Unavailable`, as
    /// on a full disk. None for no limit.
    pub max_bytes: Option<u64>,
    /// SQLite: every commit takes so much longer, as on a slower disk. Only for measuring.
    pub commit_delay: Duration,
}

impl Default for DbOptions {
    fn default() -> Self {
        DbOptions {
            connections: 8,
            wait: Duration::from_secs(10),
            group_members: 64,
            group_work: Duration::from_millis(25),
            slow: Duration::from_millis(50),
            max_bytes: None,
            commit_delay: Duration::ZERO,
        }
    }
}

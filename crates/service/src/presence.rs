//! Who has which conversation open at this moment, so that two colleagues see each other before either
//! sends. Kept in memory, for as long as a page's stream lives; accounts and threads only.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::team_threads::readable;
use domain::audit::AuditAction;
use domain::id::{AccountId, ThreadId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;

/// Changes kept for a slow follower; who missed some asks again.
const KEPT: usize = 256;

/// Everybody's open conversations.
pub struct Presence {
    /// One entry per open page: a person with two tabs stands here twice.
    open: Mutex<HashMap<ThreadId, Vec<AccountId>>>,
    changes: broadcast::Sender<ThreadId>,
}

impl Default for Presence {
    fn default() -> Presence {
        Presence { open: Mutex::default(), changes: broadcast::channel(KEPT).0 }
    }
}

impl Presence {
    fn open(&self) -> MutexGuard<'_, HashMap<ThreadId, Vec<AccountId>>> {
        // A list of ids is whole after every step.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The accounts beside `me` that have this thread open, in a steady order.
    pub fn others(&self, thread: ThreadId, me: AccountId) -> Vec<AccountId> {
        let mut others = self.open().get(&thread).cloned().unwrap_or_default();
        others.retain(|account| *account != me);
        others.sort_unstable();
        others.dedup();
        others
    }

    /// Threads whose readers changed, from now on.
    pub fn follow(&self) -> broadcast::Receiver<ThreadId> {
        self.changes.subscribe()
    }

    fn enter(&self, thread: ThreadId, account: AccountId) {
        self.open().entry(thread).or_default().push(account);
        let _ = self.changes.send(thread);
    }

    fn leave(&self, thread: ThreadId, account: AccountId) {
        let mut open = self.open();
        if let Some(readers) = open.get_mut(&thread) {
            if let Some(at) = readers.iter().position(|reader| *reader == account) {
                readers.swap_remove(at);
            }
            if readers.is_empty() {
                open.remove(&thread);
            }
        }
        drop(open);
        let _ = self.changes.send(thread);
    }
}

/// One open page; its end is the end of this value.
pub struct Attending {
    presence: Arc<Presence>,
    pub thread: ThreadId,
    pub account: AccountId,
}

impl Attending {
    /// The colleagues who have the same thread open.
    pub fn others(&self) -> Vec<AccountId> {
        self.presence.others(self.thread, self.account)
    }
}

impl Drop for Attending {
    fn drop(&mut self) {
        self.presence.leave(self.thread, self.account);
    }
}

impl Service {
    /// Notes that this member of the pool has the thread open, for those who may read it. Its audit row
    /// says that updates were followed; what the thread holds is audited where it is shown.
    pub async fn attend(&self, ctx: &Ctx, thread: ThreadId) -> Result<Attending, ServiceError> {
        self.read(self.act(ctx, AuditAction::FollowUpdates), move |tx, act| {
            readable(tx, act, thread).map(drop)
        })
        .await?;
        let account = ctx.actor.account;
        self.presence.enter(thread, account);
        Ok(Attending { presence: self.presence.clone(), thread, account })
    }
}

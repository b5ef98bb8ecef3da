//! Where a thread stands for the patient: the fact, and what comes next.

use crate::acts::Act;
use crate::error::ServiceError;
use crate::view::thread::{Fact, Next, Status};
use domain::id::{AccountId, CloseReasonId};
use domain::language::Label;
use domain::message::{Message, Side};
use domain::thread::{Thread, ThreadState};
use jiff::Timestamp;
use std::collections::HashMap;
use store::db::Tx;
use store::thread::StoredThread;

/// Who closed a thread and why, in words.
pub(crate) struct ClosedWords {
    pub reason: Label,
    pub by: String,
    pub is_by_reader: bool,
}

/// Reasons and closers of closed threads, read together.
pub(crate) struct Closers {
    reasons: HashMap<CloseReasonId, Label>,
    names: HashMap<AccountId, String>,
}

impl Closers {
    pub(crate) fn load(
        tx: &mut Tx<'_>,
        act: &Act,
        threads: &[StoredThread],
    ) -> Result<Closers, ServiceError> {
        let mut reasons = HashMap::new();
        for closed in threads.iter().filter_map(|stored| stored.closed) {
            if !reasons.contains_key(&closed.reason)
                && let Some(reason) = store::close_reason::load(tx, closed.reason)?
            {
                reasons.insert(closed.reason, reason.label);
            }
        }
        let by: Vec<AccountId> = threads.iter().filter_map(|stored| Some(stored.closed?.by)).collect();
        Ok(Closers { reasons, names: store::account::names(tx, act.vault.organisation(), &by)? })
    }

    /// Who closed this one and why.
    pub(crate) fn of(&self, act: &Act, stored: &StoredThread) -> Option<ClosedWords> {
        let closed = stored.closed?;
        Some(ClosedWords {
            reason: self.reasons.get(&closed.reason).cloned().unwrap_or_else(|| Label::new("", "")),
            by: self.names.get(&closed.by).cloned().unwrap_or_default(),
            is_by_reader: closed.by == act.actor().account,
        })
    }
}

/// The status; `closed` is there where the thread is closed, `newest` is the newest message that stands.
pub(crate) fn of(
    stored: &StoredThread,
    closed: Option<ClosedWords>,
    newest: Option<&Message>,
    now: Timestamp,
) -> Status {
    let thread = &stored.thread;
    if let (ThreadState::Closed, Some(at), Some(closed)) = (thread.state, stored.closed, closed) {
        let ClosedWords { reason, by, is_by_reader } = closed;
        let fact = match is_by_reader {
            true => Fact::Settled { at: at.at },
            false => Fact::Closed { at: at.at, reason, by },
        };
        return Status { fact, next: Next::WriteAgain };
    }
    if thread.needs_answer {
        return Status { fact: waiting(thread, newest), next: promise(thread, now) };
    }
    let fact = match newest.map(|newest| (newest.author.side, newest.sent_at)) {
        None => Fact::TakenBack,
        Some((Side::Patient, at)) => Fact::Sent { at },
        // Whether or not the patient has written since: this is true of both.
        Some((Side::Team, at)) if stored.begun_by == Side::Team => Fact::FromTeam { at },
        Some((Side::Team, at)) => Fact::Answered { at },
    };
    let may_reply = thread.may_reply(Side::Patient, now).is_ok();
    Status { fact, next: if may_reply { Next::YouMayReply } else { Next::WriteAgain } }
}

fn waiting(thread: &Thread, newest: Option<&Message>) -> Fact {
    match thread.opened.filter(|_| !thread.is_unopened()) {
        Some(opened) => Fact::Opened { at: opened.at, role: opened.role },
        None => Fact::Sent { at: newest.map_or(thread.last_message_at, |newest| newest.sent_at) },
    }
}

fn promise(thread: &Thread, now: Timestamp) -> Next {
    match thread.due_at {
        None => Next::NoPromise,
        Some(due) if due < now => Next::AnswerLate { was_due: due },
        Some(due) => Next::AnswerBy { at: due },
    }
}

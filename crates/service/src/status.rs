//! Where a thread stands for the patient: the fact, and what comes next.

use crate::view::thread::{Fact, Next, Status};
use domain::language::Label;
use domain::message::{Message, Side};
use domain::thread::{Thread, ThreadState};
use jiff::Timestamp;
use store::thread::StoredThread;

/// Who closed a thread and why, in words.
pub(crate) struct ClosedWords {
    pub reason: Label,
    pub by: String,
    pub is_by_reader: bool,
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

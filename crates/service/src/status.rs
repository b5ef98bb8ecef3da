//! Where a thread stands for the patient: the fact, and what comes next.

use crate::view::thread::{Fact, Next, Status};
use domain::language::Label;
use domain::message::Side;
use domain::thread::{Thread, ThreadState};
use jiff::Timestamp;
use store::thread::StoredThread;

/// Who closed a thread and why, in words.
pub(crate) struct ClosedWords {
    pub reason: Label,
    pub by: String,
    pub is_by_reader: bool,
}

/// The status; `closed` is there where the thread is closed.
pub(crate) fn of(stored: &StoredThread, closed: Option<ClosedWords>, now: Timestamp) -> Status {
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
        return Status { fact: waiting(thread), next: promise(thread, now) };
    }
    let at = thread.last_message_at;
    let is_first_from_team = stored.begun_by == Side::Team && thread.last_seq == thread.last_team_seq;
    let fact = if is_first_from_team { Fact::FromTeam { at } } else { Fact::Answered { at } };
    Status { fact, next: Next::YouMayReply }
}

fn waiting(thread: &Thread) -> Fact {
    match thread.opened {
        Some(opened) => Fact::Opened { at: opened.at, role: opened.role },
        None => Fact::Sent { at: thread.waiting_since.unwrap_or(thread.last_message_at) },
    }
}

fn promise(thread: &Thread, now: Timestamp) -> Next {
    match thread.due_at {
        None => Next::NoPromise,
        Some(due) if due < now => Next::AnswerLate { was_due: due },
        Some(due) => Next::AnswerBy { at: due },
    }
}

//! The team's views of its threads. Each thread has one inbox row, kept by the transaction that
//! changes the thread, with one counter per pool and view.

use crate::id::AccountId;
use crate::thread::{Thread, ThreadState};
use jiff::Timestamp;

/// A list of the team's inbox (DESIGN section 9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// Open for us: the start.
    #[default]
    ToDo,
    Mine,
    Unassigned,
    Waiting,
    Overdue,
    Closed,
}

impl View {
    pub const ALL: [View; 6] =
        [View::ToDo, View::Mine, View::Unassigned, View::Waiting, View::Overdue, View::Closed];

    /// As in the address: `/team/inbox/to-do`.
    pub fn word(self) -> &'static str {
        match self {
            View::ToDo => "to-do",
            View::Mine => "mine",
            View::Unassigned => "unassigned",
            View::Waiting => "waiting",
            View::Overdue => "overdue",
            View::Closed => "closed",
        }
    }

    pub fn from_word(word: &str) -> Option<View> {
        View::ALL.into_iter().find(|view| view.word() == word)
    }

    /// Whether a thread stands in this view for this member of staff.
    pub fn holds(self, thread: &Thread, me: AccountId, now: Timestamp) -> bool {
        match self {
            View::ToDo => thread.state == ThreadState::Open,
            View::Mine => thread.state == ThreadState::Open && thread.owner == Some(me),
            View::Unassigned => thread.state == ThreadState::Open && thread.owner.is_none(),
            View::Waiting => thread.state == ThreadState::Waiting,
            View::Overdue => thread.state == ThreadState::Open && thread.is_overdue(now),
            View::Closed => thread.state == ThreadState::Closed,
        }
    }
}

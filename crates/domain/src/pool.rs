//! A pool: a care team's shared inbox, as patients and staff see it.

use crate::calendar::Calendar;
use crate::id::{CloseReasonId, PoolId, QuickReplyId, SiteId, TopicId};
use crate::language::Label;
use jiff::Timestamp;

/// A care team's shared inbox with its promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    pub id: PoolId,
    pub site: SiteId,
    pub label: Label,
    /// Who reads here, for the patient: "Nurses and doctors of the Riverbend clinic".
    pub readers: Label,
    pub calendar: Calendar,
    /// The promise: an answer within so many working minutes.
    pub answer_within_minutes: u32,
    pub is_active: bool,
}

impl Pool {
    /// When an answer to a message of `now` is due; `None` when the pool has no working hours.
    pub fn due_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.calendar.after_working_minutes(now, self.answer_within_minutes)
    }
}

/// What a thread is about, with one explaining line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub id: TopicId,
    /// A stable word for rules, studies and tests, such as `test_result`.
    pub word: String,
    pub label: Label,
    pub explanation: Label,
}

/// Why a thread was closed; told to the patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseReason {
    pub id: CloseReasonId,
    pub word: String,
    pub label: Label,
}

/// A short text that a pool writes often. The label is in the words of staff, the text in those of
/// the patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuickReply {
    pub id: QuickReplyId,
    pub label: Label,
    pub text: Label,
}

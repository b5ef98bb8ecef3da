//! The team's lists.

use crate::page::Page;
use domain::id::{PatientId, PoolId, ThreadId};
use domain::inbox::View;
use domain::language::{Label, Language};
use domain::proxy::ProxyRelation;
use domain::thread::ThreadState;
use jiff::Timestamp;

/// A pool of the reader, for the choice above the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolChoice {
    pub pool: PoolId,
    pub label: Label,
    pub to_do: i64,
}

/// Warning words in what the patient wrote last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowWarning {
    /// What they are signs of; empty for a reader who may not see the words.
    pub signs: Vec<Label>,
    /// They wait for an answer.
    pub waits: bool,
}

/// Two lines of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    pub thread: ThreadId,
    pub patient: PatientId,
    pub name: String,
    pub age: Option<i64>,
    /// Who wrote the newest message for the patient.
    pub written_by: Option<String>,
    /// What that person is to the patient.
    pub writer_is: Option<ProxyRelation>,
    pub language: Language,
    pub subject: String,
    pub first_words: String,
    pub topic: Label,
    pub state: ThreadState,
    pub owner: Option<String>,
    pub owner_is_me: bool,
    pub needs_answer: bool,
    pub waiting_since: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub is_overdue: bool,
    pub warning: Option<RowWarning>,
    /// Due within [`crate::inbox::SOON`].
    pub is_due_soon: bool,
    pub last_message_at: Timestamp,
    /// This reader has not read the newest entry.
    pub is_unread: bool,
    /// For the cursor of the page.
    pub rank_at: i64,
}

impl InboxRow {
    /// Warning words wait for an answer.
    pub fn is_urgent(&self) -> bool {
        self.warning.as_ref().is_some_and(|warning| warning.waits)
    }
}

/// A view of one pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxPage {
    pub pools: Vec<PoolChoice>,
    pub pool: PoolId,
    pub view: View,
    /// Exact, from counters.
    pub counts: Vec<(View, i64)>,
    pub rows: Page<InboxRow>,
}

/// A hit of the message search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageHit {
    pub thread: ThreadId,
    pub patient: PatientId,
    /// The patient's name on the team's side, the team's label on the patient's side.
    pub who: Label,
    pub subject: String,
    /// The words around the hit.
    pub excerpt: String,
    pub sent_at: Timestamp,
}

/// Hits, newest first; `searched_back_to` is set when the work limit ended the search early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchPage {
    pub hits: Page<MessageHit>,
    pub searched_back_to: Option<Timestamp>,
}

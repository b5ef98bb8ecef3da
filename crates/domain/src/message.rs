//! One entry of a thread. Entries are append-only; a change of mind is a revision that keeps what was.

use crate::actor::{Door, Role};
use crate::id::{AccountId, MessageId, PatientId, ThreadId};
use crate::language::Language;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// Read by both sides.
    Message,
    /// Care team only.
    InternalNote,
    /// What happened: assigned, closed, reopened. Arguments are in [`EventLine`].
    Event,
}

impl MessageKind {
    pub fn word(self) -> &'static str {
        match self {
            MessageKind::Message => "message",
            MessageKind::InternalNote => "note",
            MessageKind::Event => "event",
        }
    }

    pub fn from_word(word: &str) -> Option<MessageKind> {
        [MessageKind::Message, MessageKind::InternalNote, MessageKind::Event]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// Where a message stands after it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageState {
    Sent,
    /// Taken back by its author before anybody on the other side had opened it.
    Withdrawn,
    /// Hidden from its reader with a notice, after it could have been read; kept with its reason.
    Retracted,
}

impl MessageState {
    pub fn word(self) -> &'static str {
        match self {
            MessageState::Sent => "sent",
            MessageState::Withdrawn => "withdrawn",
            MessageState::Retracted => "retracted",
        }
    }

    pub fn from_word(word: &str) -> Option<MessageState> {
        [MessageState::Sent, MessageState::Withdrawn, MessageState::Retracted]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// Which side of the conversation wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Patient,
    Team,
}

/// The author as at the moment of sending: role and specialty are facts of that moment, not of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub account: AccountId,
    pub side: Side,
    /// The staff role, on the team's side.
    pub role: Option<Role>,
    pub specialty: Option<String>,
    /// The patient for whom a proxy wrote.
    pub on_behalf_of: Option<PatientId>,
    pub language: Language,
    pub door: Door,
}

impl Side {
    pub fn word(self) -> &'static str {
        match self {
            Side::Patient => "patient",
            Side::Team => "team",
        }
    }

    pub fn from_word(word: &str) -> Option<Side> {
        [Side::Patient, Side::Team].into_iter().find(|side| side.word() == word)
    }
}

/// What happened in a thread; rendered in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EventLine {
    Assigned {
        to: Option<AccountId>,
    },
    /// The owner has left the pool; the thread is everybody's again.
    OwnerLeft {
        owner: AccountId,
    },
    Closed {
        reason: crate::id::CloseReasonId,
    },
    Reopened {
        reason: String,
    },
    Withdrawn {
        message: MessageId,
    },
    Retracted {
        message: MessageId,
    },
    ContinuedFrom {
        thread: ThreadId,
    },
    /// The patient said that the answer was enough.
    Thanked,
    /// Warning words stand in a message: signs by the words of the rules.
    RedFlag {
        message: MessageId,
        signs: Vec<String>,
        /// The writer was shown what to do now and chose to send all the same.
        advised: bool,
    },
}

impl EventLine {
    /// Lines that the patient sees: the rest is the team's own work.
    pub fn is_for_patient(&self) -> bool {
        matches!(
            self,
            EventLine::Closed { .. }
                | EventLine::Reopened { .. }
                | EventLine::Retracted { .. }
                | EventLine::ContinuedFrom { .. }
                | EventLine::Thanked
        )
    }
}

/// What an entry holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text(String),
    Event(EventLine),
}

/// One entry of a thread, unsealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub thread: ThreadId,
    /// 1, 2, 3 ... within the thread, without gaps.
    pub seq: i64,
    pub kind: MessageKind,
    pub state: MessageState,
    pub author: Author,
    pub sent_at: Timestamp,
    pub content: Content,
    /// When the other side first had it before their eyes.
    pub first_seen_at: Option<Timestamp>,
}

impl Message {
    /// Whether this entry exists for a reader of the given side at all. What the team took back before it
    /// was opened has never been there for the patient.
    pub fn is_for(&self, side: Side) -> bool {
        match (side, self.kind, &self.content) {
            (Side::Team, _, _) => true,
            (Side::Patient, MessageKind::InternalNote, _) => false,
            (Side::Patient, MessageKind::Event, Content::Event(line)) => line.is_for_patient(),
            (Side::Patient, _, _) => self.author.side == side || self.state != MessageState::Withdrawn,
        }
    }

    /// The text, unless it was withdrawn or retracted for this reader. An author keeps seeing it.
    pub fn text_for(&self, side: Side) -> Option<&str> {
        match (&self.content, self.state) {
            (Content::Text(text), MessageState::Sent) => Some(text),
            (Content::Text(text), _) if self.author.side == side => Some(text),
            _ => None,
        }
    }
}

//! Threads as both sides read them.

use super::inbox::RowWarning;
use super::person::{Banner, Person};
use domain::actor::Role;
use domain::chart_item::ChartItem;
use domain::draft::DraftText;
use domain::id::{AccountId, MessageId, PatientId, PoolId, ThreadId, TopicId};
use domain::language::{Label, Language};
use domain::message::{MessageKind, MessageState, Side};
use domain::pool::{CloseReason, QuickReply, Topic};
use domain::proxy::ProxyRelation;
use domain::red_flags::Advice;
use domain::thread::{ThreadProblem, ThreadState};
use jiff::Timestamp;

/// The fact half of a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The patient's message waits with the team.
    Sent {
        at: Timestamp,
    },
    /// First opened by a clinical role of the team.
    Opened {
        at: Timestamp,
        role: Role,
    },
    Answered {
        at: Timestamp,
    },
    /// The newest message of a thread that the team began is the team's.
    FromTeam {
        at: Timestamp,
    },
    /// No message stands any more.
    TakenBack,
    Closed {
        at: Timestamp,
        reason: Label,
        by: String,
    },
    /// The reader said that the answer was enough.
    Settled {
        at: Timestamp,
    },
}

/// The half that says what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    AnswerBy {
        at: Timestamp,
    },
    /// The promise was not kept; say so, with the telephone.
    AnswerLate {
        was_due: Timestamp,
    },
    /// The team has no working hours in its calendar.
    NoPromise,
    YouMayReply,
    WriteAgain,
}

/// Where a thread stands for the patient: the fact, and what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub fact: Fact,
    pub next: Next,
}

/// One line of the patient's message list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadLine {
    pub thread: ThreadId,
    pub subject: String,
    pub topic: Label,
    pub pool: Label,
    pub status: Status,
    pub last_message_at: Timestamp,
    /// The beginning of the newest message that the reader may see.
    pub first_words: String,
    /// What the reader has not seen yet.
    pub news: Option<News>,
}

/// What is new in a thread for the patient's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A message of the team.
    Answer,
    /// A close, a reopening, a retraction.
    Other,
}

/// Who wrote an entry, as it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorName {
    pub account: AccountId,
    pub name: String,
    pub side: Side,
    pub role: Option<Role>,
    /// The patient's name where a proxy wrote.
    pub on_behalf_of: Option<String>,
    /// What a proxy is to the patient.
    pub relation: Option<ProxyRelation>,
    pub is_me: bool,
}

/// A chart item that a message points to, as it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutItem {
    pub item: ChartItem,
    /// "Potassium"
    pub title: String,
    /// "5.4 mmol/L, usual range 3.5 to 5.1"; empty where there is nothing to add.
    pub detail: String,
    pub at: Option<Timestamp>,
    /// A newer version stands in the chart.
    pub has_changed: bool,
}

/// What happened, with names filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventText {
    Assigned {
        to: Option<String>,
    },
    /// The owner has left the team.
    OwnerLeft {
        owner: String,
    },
    Closed {
        reason: Label,
    },
    Reopened {
        reason: String,
    },
    Withdrawn,
    Retracted,
    /// The earlier thread, where the reader may open it.
    ContinuedFrom {
        thread: Option<ThreadId>,
    },
    /// The patient said that the answer was enough.
    Thanked,
    /// Warning words stand in a message.
    RedFlag {
        signs: Vec<Label>,
        advised: bool,
        /// When the team first had that message before its eyes.
        first_read: Option<Timestamp>,
    },
}

/// One entry of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: MessageId,
    pub seq: i64,
    pub kind: MessageKind,
    pub state: MessageState,
    pub author: AuthorName,
    pub sent_at: Timestamp,
    /// `None` for events and for what was taken back.
    pub text: Option<String>,
    pub event: Option<EventText>,
    /// Newer than what this reader had read before.
    pub is_new: bool,
    pub can_withdraw: bool,
    pub can_retract: bool,
}

/// How the patient can go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyWay {
    Here,
    /// A linked thread is the way, and why.
    WriteAgain(ThreadProblem),
}

/// A thread as the patient reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadView {
    pub person: Person,
    pub thread: ThreadId,
    pub subject: String,
    pub topic: Label,
    pub pool: Label,
    pub readers: Label,
    pub status: Status,
    pub entries: Vec<Entry>,
    pub about: Option<AboutItem>,
    pub last_seq: i64,
    pub reply: ReplyWay,
    /// What to do now, while warning words wait for an answer.
    pub advice: Vec<Advice>,
    /// The newest answer can be settled with "that answers it".
    pub can_thank: bool,
    pub draft: Option<DraftText>,
}

/// A thread as the team reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamThread {
    pub banner: Banner,
    pub thread: ThreadId,
    pub patient: PatientId,
    pub subject: String,
    pub topic: Label,
    pub pool_id: PoolId,
    pub pool: Label,
    pub state: ThreadState,
    pub owner: Option<(AccountId, String)>,
    /// Members of the pool, to whom it can be assigned.
    pub members: Vec<(AccountId, String)>,
    pub entries: Vec<Entry>,
    pub about: Option<AboutItem>,
    pub last_seq: i64,
    pub needs_answer: bool,
    pub waiting_since: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub is_overdue: bool,
    /// Warning words in what the patient wrote last.
    pub warning: Option<RowWarning>,
    pub close_reasons: Vec<CloseReason>,
    /// That of the conversation, in which a quick reply is written.
    pub language: Language,
    pub quick_replies: Vec<QuickReply>,
    pub draft: Option<DraftText>,
    /// Whether this reader may see the chart beside it.
    pub may_read_chart: bool,
    /// The next thread of the view "to do" in this pool, opened after "reply and close".
    pub next_thread: Option<ThreadId>,
}

/// A team to which a patient can write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamChoice {
    pub pool: PoolId,
    pub label: Label,
    pub readers: Label,
    /// When an answer to a message of now would be due.
    pub answer_by: Option<Timestamp>,
    pub is_own: bool,
}

/// The page on which a new message is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compose {
    pub person: Person,
    pub teams: Vec<TeamChoice>,
    pub topics: Vec<Topic>,
    pub about: Option<AboutItem>,
    /// The topic that goes with the chart item.
    pub topic: Option<TopicId>,
    pub draft: Option<DraftText>,
    pub continues: Option<Continued>,
}

/// The thread that a new one continues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continued {
    pub thread: ThreadId,
    pub subject: String,
    /// The team that has it.
    pub pool: PoolId,
}

/// What was stored, or had been stored by the first of two equal sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub patient: PatientId,
    pub thread: ThreadId,
    pub seq: i64,
    pub was_already_sent: bool,
}

//! The rules of one conversation: who has the next step, what may follow what. Facts in, facts out;
//! storing them is the caller's work, in one transaction that has locked the thread.

use crate::actor::Role;
use crate::confidentiality::{Sensitivity, Visibility};
use crate::id::{AccountId, CloseReasonId, MessageId, PatientId, PoolId, SiteId, ThreadId, TopicId};
use crate::message::{Author, Content, EventLine, Message, MessageKind, MessageState, Side};
use crate::pool::Pool;
use jiff::{Timestamp, ToSpan};

/// Days after the last message within which a reply goes into the same thread.
pub const REPLY_WITHIN_DAYS: i64 = 45;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThreadState {
    /// Open for the team.
    Open,
    /// The team has answered; the patient may write again.
    Waiting,
    Closed,
}

impl ThreadState {
    pub const ALL: [ThreadState; 3] = [ThreadState::Open, ThreadState::Waiting, ThreadState::Closed];

    pub fn word(self) -> &'static str {
        match self {
            ThreadState::Open => "open",
            ThreadState::Waiting => "waiting",
            ThreadState::Closed => "closed",
        }
    }

    pub fn from_word(word: &str) -> Option<ThreadState> {
        ThreadState::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Who has opened what the patient wrote: the patient is told the role and the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    pub at: Timestamp,
    pub by: AccountId,
    pub role: Role,
}

/// A conversation about one patient. Its subject and messages are kept apart, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    pub id: ThreadId,
    pub patient: PatientId,
    pub pool: PoolId,
    pub site: SiteId,
    pub topic: TopicId,
    pub owner: Option<AccountId>,
    pub state: ThreadState,
    pub last_seq: i64,
    /// The newest entry by the team that the patient may see.
    pub last_team_seq: i64,
    /// The newest message or close: what a reply must have seen. Notes and assignments do not count.
    pub last_turn_seq: i64,
    pub created_at: Timestamp,
    pub last_message_at: Timestamp,
    /// A patient message stands after the last answer or close.
    pub needs_answer: bool,
    /// Since when the patient waits: the first unanswered message.
    pub waiting_since: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    /// First reading by a clinical role of the owning pool since the patient wrote.
    pub opened: Option<Opened>,
    /// When the patient first wrote warning words since the last answer; kept until they write again.
    pub red_flag_at: Option<Timestamp>,
    pub sensitivity: Sensitivity,
    pub visibility: Visibility,
}

/// Why something could not be done. The text typed is kept by the page in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThreadProblem {
    /// Somebody has written or closed since the page was loaded.
    #[error("somebody has written since this page was loaded")]
    MovedOn,
    #[error("the thread is closed")]
    IsClosed,
    #[error("the thread is already open")]
    IsNotClosed,
    /// The last message is older than [`REPLY_WITHIN_DAYS`]: write again in a linked thread.
    #[error("the conversation is too old for a reply")]
    TooOld,
    #[error("the message was already opened by its reader")]
    AlreadyOpened,
    #[error("the message was already withdrawn or retracted")]
    AlreadyTakenBack,
    #[error("only its author can take a message back")]
    NotTheAuthor,
    #[error("only a message can be taken back")]
    NotAMessage,
    #[error("the new owner is not a member of this pool")]
    NotAMember,
}

impl Thread {
    /// Whether a reply may still go into this thread, or must start a linked one.
    pub fn may_reply(&self, side: Side, now: Timestamp) -> Result<(), ThreadProblem> {
        if self.state == ThreadState::Closed {
            return Err(ThreadProblem::IsClosed);
        }
        let limit =
            self.last_message_at.checked_add((REPLY_WITHIN_DAYS * 24).hours()).unwrap_or(Timestamp::MAX);
        if side == Side::Patient && now > limit {
            return Err(ThreadProblem::TooOld);
        }
        Ok(())
    }

    /// Takes the next place in the thread for a message and says whose turn it is then.
    ///
    /// `last_seen` is the last sequence number on the writer's page. A message of the other side,
    /// or a close, after it refuses the reply; for the team also an answer by a colleague.
    pub fn post(
        &mut self,
        author: &Author,
        last_seen: i64,
        pool: &Pool,
        now: Timestamp,
    ) -> Result<i64, ThreadProblem> {
        self.has_seen(author.side, last_seen)?;
        self.may_reply(author.side, now)?;
        Ok(self.append_message(author.side, pool, now))
    }

    /// A patient is not held up by what a patient cannot see.
    fn has_seen(&self, side: Side, last_seen: i64) -> Result<(), ThreadProblem> {
        let newest = match side {
            Side::Patient => self.last_team_seq,
            Side::Team => self.last_turn_seq,
        };
        if newest > last_seen { Err(ThreadProblem::MovedOn) } else { Ok(()) }
    }

    /// The first message of a thread.
    pub fn begin(&mut self, author: &Author, pool: &Pool, now: Timestamp) -> i64 {
        self.append_message(author.side, pool, now)
    }

    fn append_message(&mut self, side: Side, pool: &Pool, now: Timestamp) -> i64 {
        self.last_seq += 1;
        self.last_turn_seq = self.last_seq;
        self.last_message_at = now;
        match side {
            Side::Patient => {
                self.state = ThreadState::Open;
                if !self.needs_answer {
                    self.waiting_since = Some(now);
                    self.due_at = pool.due_at(now);
                    self.opened = None;
                    self.red_flag_at = None;
                }
                self.needs_answer = true;
            }
            Side::Team => {
                self.state = ThreadState::Waiting;
                self.last_team_seq = self.last_seq;
                self.settle();
            }
        }
        self.last_seq
    }

    fn settle(&mut self) {
        self.needs_answer = false;
        self.waiting_since = None;
        self.due_at = None;
    }

    /// The next place for a note or an event line: whose turn it is does not change.
    pub fn append_line(&mut self) -> i64 {
        self.last_seq += 1;
        self.last_seq
    }

    /// The next place for a line that the patient is to see: of a close, a reopening, a retraction.
    pub fn append_news_line(&mut self) -> i64 {
        let seq = self.append_line();
        self.last_turn_seq = seq;
        self.last_team_seq = seq;
        seq
    }

    /// Closes with a reason that the patient is told.
    pub fn close(&mut self, reason: CloseReasonId, last_seen: i64) -> Result<EventLine, ThreadProblem> {
        self.has_seen(Side::Team, last_seen)?;
        if self.state == ThreadState::Closed {
            return Err(ThreadProblem::IsClosed);
        }
        self.state = ThreadState::Closed;
        self.settle();
        Ok(EventLine::Closed { reason })
    }

    /// The patient says that the answer was enough: the thread is closed, or stays so, and nobody owes
    /// anything. True where this closed it.
    pub fn settle_by_patient(&mut self, last_seen: i64) -> Result<bool, ThreadProblem> {
        self.has_seen(Side::Patient, last_seen)?;
        if self.needs_answer {
            return Err(ThreadProblem::MovedOn);
        }
        let closes = self.state != ThreadState::Closed;
        self.state = ThreadState::Closed;
        Ok(closes)
    }

    /// The next place for the patient's own last word: new to the team, not to the patient.
    pub fn append_thanks_line(&mut self) -> i64 {
        let seq = self.append_line();
        self.last_turn_seq = seq;
        seq
    }

    /// Opens a closed thread for the team again. What was closed without an answer waits for one again,
    /// since it was written.
    pub fn reopen(
        &mut self,
        reason: &str,
        entries: &[Message],
        pool: &Pool,
    ) -> Result<EventLine, ThreadProblem> {
        if self.state != ThreadState::Closed {
            return Err(ThreadProblem::IsNotClosed);
        }
        self.state = ThreadState::Open;
        self.wait_again(entries, None, pool);
        Ok(EventLine::Reopened { reason: reason.to_owned() })
    }

    /// The first message that no standing answer follows waits for one; true where there is such.
    fn wait_again(&mut self, entries: &[Message], but: Option<MessageId>, pool: &Pool) -> bool {
        let Some(question) = unanswered(entries, but).last() else { return false };
        self.state = ThreadState::Open;
        self.needs_answer = true;
        self.waiting_since = Some(question.sent_at);
        self.due_at = pool.due_at(question.sent_at);
        true
    }

    /// Gives the thread to a member of its pool, or back to everybody. `seen_owner` is the owner on
    /// the page: two colleagues who assign at once are told of each other.
    pub fn assign(
        &mut self,
        to: Option<AccountId>,
        seen_owner: Option<AccountId>,
        is_member: bool,
    ) -> Result<Option<EventLine>, ThreadProblem> {
        if self.state == ThreadState::Closed {
            return Err(ThreadProblem::IsClosed);
        }
        if self.owner == to {
            return Ok(None);
        }
        if self.owner != seen_owner {
            return Err(ThreadProblem::MovedOn);
        }
        if to.is_some() && !is_member {
            return Err(ThreadProblem::NotAMember);
        }
        self.owner = to;
        Ok(Some(EventLine::Assigned { to }))
    }

    /// The owner has left the pool: the thread goes back to everybody, a closed one without a line.
    pub fn owner_left(&mut self) -> Option<EventLine> {
        let owner = self.owner.take()?;
        (self.state != ThreadState::Closed).then_some(EventLine::OwnerLeft { owner })
    }

    /// Whether the newest of what waits has not been before the eyes of clinical staff of the owning pool.
    pub fn is_unopened(&self) -> bool {
        self.needs_answer && self.opened.is_none_or(|opened| opened.at < self.last_message_at)
    }

    /// Notes a reading by clinical staff of the owning pool; true when it was the first since the
    /// patient wrote.
    pub fn open_by(&mut self, opened: Opened) -> bool {
        let is_first = self.is_unopened();
        if is_first {
            self.opened = Some(opened);
        }
        is_first
    }

    /// The patient took a message back: where nothing else of theirs waits, nobody owes an answer.
    pub fn withdrawn_by_patient(&mut self, entries: &[Message], withdrawn: MessageId) {
        let still_waits = unanswered(entries, Some(withdrawn)).next().is_some();
        if !still_waits && self.state == ThreadState::Open {
            self.settle();
            self.state = ThreadState::Waiting;
        }
        if standing_signs(entries, Some(withdrawn)).is_empty() {
            self.red_flag_at = None;
        }
    }

    /// The team took an answer back: where no other stands, what it had answered waits again, in a closed
    /// thread too, which is then open. True where that is so. It is no news for the patient any more.
    pub fn withdrawn_by_team(&mut self, entries: &[Message], withdrawn: MessageId, pool: &Pool) -> bool {
        let is_news = |entry: &&Message| {
            entry.author.side == Side::Team && entry.id != withdrawn && entry.is_for(Side::Patient)
        };
        self.last_team_seq = entries.iter().rev().find(is_news).map_or(0, |entry| entry.seq);
        !self.needs_answer && self.wait_again(entries, Some(withdrawn), pool)
    }

    /// What was just posted has warning words.
    pub fn raise_red_flag(&mut self, now: Timestamp) {
        self.red_flag_at = self.red_flag_at.or(Some(now));
    }

    /// Warning words wait for an answer: this stands before everything else.
    pub fn is_red_flagged(&self) -> bool {
        self.state == ThreadState::Open && self.needs_answer && self.red_flag_at.is_some()
    }

    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.needs_answer && self.due_at.is_some_and(|due| due < now)
    }
}

fn is_message_of(entry: &Message, side: Side) -> bool {
    entry.kind == MessageKind::Message && entry.author.side == side
}

/// The patient's standing messages after the last standing answer, newest first; without one that is being
/// taken back.
fn unanswered(entries: &[Message], but: Option<MessageId>) -> impl Iterator<Item = &Message> {
    let stands = move |entry: &&Message| entry.state == MessageState::Sent && Some(entry.id) != but;
    let newest_first = entries.iter().rev().filter(stands);
    let since_answer = newest_first.take_while(|entry| !is_message_of(entry, Side::Team));
    since_answer.filter(|entry| is_message_of(entry, Side::Patient))
}

/// The signs in what the patient wrote last, by themselves or answered; without a message that was or
/// is being taken back.
pub fn standing_signs(entries: &[Message], but: Option<MessageId>) -> Vec<String> {
    let stands = |entry: &&Message| {
        entry.kind == MessageKind::Message && entry.state == MessageState::Sent && Some(entry.id) != but
    };
    let is_turn = |entry: &&Message| entry.author.side == Side::Patient;
    let asked = entries.iter().rev().filter(stands).skip_while(|entry| !is_turn(entry)).take_while(is_turn);
    let asked: Vec<MessageId> = asked.map(|entry| entry.id).collect();
    let mut found: Vec<String> = Vec::new();
    for entry in entries {
        if let Content::Event(EventLine::RedFlag { message, signs, .. }) = &entry.content
            && asked.contains(message)
        {
            found.extend(signs.iter().filter(|sign| !found.contains(sign)).cloned().collect::<Vec<_>>());
        }
    }
    found
}

/// Whether an answer stands last and the patient has not said yet that it was enough.
pub fn awaits_thanks(entries: &[Message]) -> bool {
    let is_last_word = |entry: &&Message| match &entry.content {
        Content::Event(line) => *line == EventLine::Thanked,
        Content::Text(_) => entry.kind == MessageKind::Message && entry.state == MessageState::Sent,
    };
    let last = entries.iter().rev().find(is_last_word);
    last.is_some_and(|entry| is_message_of(entry, Side::Team))
}

/// What taking a message back amounts to.
pub fn take_back(message: &Message, by: AccountId, with_reason: bool) -> Result<MessageState, ThreadProblem> {
    if message.kind != MessageKind::Message {
        return Err(ThreadProblem::NotAMessage);
    }
    if message.state != MessageState::Sent {
        return Err(ThreadProblem::AlreadyTakenBack);
    }
    if message.author.account != by {
        return Err(ThreadProblem::NotTheAuthor);
    }
    match (message.first_seen_at, with_reason, message.author.side) {
        (None, false, _) => Ok(MessageState::Withdrawn),
        (_, true, Side::Team) => Ok(MessageState::Retracted),
        _ => Err(ThreadProblem::AlreadyOpened),
    }
}

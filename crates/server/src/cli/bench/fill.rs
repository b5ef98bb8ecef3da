//! Fills a store with threads by the store's own functions, many in one transaction: what the service
//! would have left behind after years of use, without its audit.

use super::clinic::{Chart, Clinic};
use super::text::{Dice, Vocabulary};
use crate::cli::outcome::Failure;
use domain::actor::{Door, Role};
use domain::confidentiality::{Sensitivity, Visibility};
use domain::id::{AccountId, MessageId, PatientId, PoolId, ThreadId};
use domain::language::Language;
use domain::message::{Author, Content, MessageKind, Side};
use domain::thread::{Thread, ThreadState};
use domain::words::Stems;
use jiff::{SignedDuration, Timestamp};
use store::StoreError;
use store::db::Tx;
use store::inbox::{InboxCard, SealedCard};
use store::message::NewMessage;
use store::thread::{Closed, StoredThread};

const BATCH: usize = 500;
/// The time over which the threads are spread.
const SPAN: SignedDuration = SignedDuration::from_hours(24 * 800);

/// How many threads, and what is written in them.
pub struct Fill<'a> {
    pub clinic: &'a Clinic,
    pub threads: usize,
    /// The words of the n-th message besides the vocabulary's; messages are numbered from the oldest.
    pub planted: &'a (dyn Fn(usize) -> String + Sync),
    pub words: usize,
    /// Whether the team's word index is filled as well.
    pub is_indexed: bool,
}

/// Where a thread is.
#[derive(Clone, Copy)]
pub struct Filled {
    pub thread: ThreadId,
    pub patient: PatientId,
    pub pool: PoolId,
    pub chart: usize,
}

/// One thread, sealed and ready to be written.
struct Ready {
    stored: StoredThread,
    messages: Vec<(NewMessage, Vec<i64>)>,
    card: SealedCard,
}

/// Messages of one thread: a question and, but for open threads, an answer.
pub const PER_THREAD: usize = 2;

impl Fill<'_> {
    /// Writes all threads, oldest first; one of twenty is open, three wait, the others are closed.
    pub async fn write(&self) -> Result<Vec<Filled>, Failure> {
        let (vocabulary, stems) = (Vocabulary::default(), Stems::default());
        let mut dice = Dice::new(11);
        let mut filled = Vec::with_capacity(self.threads);
        let mut writing: Option<tokio::task::JoinHandle<Result<(), StoreError>>> = None;
        let now = self.clinic.service.now();
        while filled.len() < self.threads {
            let mut batch = Vec::with_capacity(BATCH);
            for number in filled.len()..self.threads.min(filled.len() + BATCH) {
                let ready = self.thread((number, now), &vocabulary, &stems, &mut dice)?;
                let Thread { id: thread, patient, pool, .. } = ready.stored.thread;
                filled.push(Filled { thread, patient, pool, chart: self.chart_of(number) });
                batch.push(ready);
            }
            // Sealing the next batch runs beside the writing of this one.
            if let Some(last) = writing.take() {
                last.await.map_err(|_| Failure::failed("the filling ended early"))??;
            }
            let db = self.clinic.service.store.db.clone();
            let work = move |tx: &mut Tx<'_>| batch.iter().try_for_each(|ready: &Ready| ready.write(tx));
            writing = Some(tokio::spawn(async move { db.write_alone(work).await }));
        }
        if let Some(last) = writing {
            last.await.map_err(|_| Failure::failed("the filling ended early"))??;
        }
        self.clinic.service.store.db.checkpoint().await?;
        Ok(filled)
    }

    /// Spread over the charts, so that no chart's threads lie together.
    fn chart_of(&self, number: usize) -> usize {
        number.wrapping_mul(7_919) % self.clinic.charts.len()
    }

    fn thread(
        &self,
        (number, now): (usize, Timestamp),
        vocabulary: &Vocabulary,
        stems: &Stems,
        dice: &mut Dice,
    ) -> Result<Ready, Failure> {
        let chart = &self.clinic.charts[self.chart_of(number)];
        let back = SPAN / self.threads.max(1) as i32 * (self.threads - number) as i32;
        let at = now - back;
        let drawn = dice.below(80);
        let state = match drawn {
            0..4 => ThreadState::Open,
            4..16 => ThreadState::Waiting,
            _ => ThreadState::Closed,
        };
        let id = ThreadId(self.clinic.service.ids.mint(at));
        let subject = format!("Question {number}");
        let vault = &self.clinic.service.store.vault;
        let (mut messages, mut newest) = (Vec::new(), String::new());
        for n in 0..if state == ThreadState::Open { 1 } else { PER_THREAD } {
            let mut body = vocabulary.text(dice, self.words);
            body += &(self.planted)(number * PER_THREAD + n);
            let mut terms = if self.is_indexed { stems.index_terms(&body) } else { Default::default() };
            if n == 0 && self.is_indexed {
                terms.extend(stems.index_terms(&subject));
            }
            let message = self.message(chart, (n, &body), at)?;
            messages.push((message, store::pool_word::tokens(vault, &terms)));
            newest = body;
        }
        let card = InboxCard {
            name: chart.card.name.clone(),
            birth_date: chart.card.birth_date.clone(),
            subject: subject.clone(),
            first_words: newest.chars().take(140).collect(),
            written_by: None,
            writer_is: None,
            signs: Vec::new(),
        };
        let card = store::inbox::seal_card(&chart.key, (chart.id, id), &card, at)?;
        let sealed = store::thread::seal_subject(&chart.key, chart.id, id, &subject)?;
        let thread = self.row(id, chart, (drawn, state, at), (messages.len() as i64, now));
        Ok(Ready { stored: self.stored(thread, sealed), messages, card })
    }

    fn message(&self, chart: &Chart, (n, body): (usize, &str), at: Timestamp) -> Result<NewMessage, Failure> {
        let sent_at = at + SignedDuration::from_mins(n as i64);
        let id = MessageId(self.clinic.service.ids.mint(sent_at));
        let (side, account, role, door) = match n {
            0 => (Side::Patient, chart.account, None, Door::Patient),
            _ => (Side::Team, self.clinic.nurse.account, Some(Role::Nurse), Door::Team),
        };
        let content = Content::Text(body.to_owned());
        Ok(NewMessage {
            id,
            kind: MessageKind::Message,
            author: Author {
                account,
                side,
                role,
                specialty: None,
                on_behalf_of: None,
                language: Language::En,
                door,
            },
            sent_at,
            client_key: None,
            content: store::message::seal_content(&chart.key, chart.id, id, &content)?,
        })
    }

    fn row(
        &self,
        id: ThreadId,
        chart: &Chart,
        (drawn, state, at): (usize, ThreadState, Timestamp),
        (messages, now): (i64, Timestamp),
    ) -> Thread {
        let is_open = state == ThreadState::Open;
        // A quarter of the open threads is overdue, half of them have an owner.
        let is_overdue = drawn == 0;
        let minutes = SignedDuration::from_mins(1 + at.as_second() % 1_440);
        let due = if is_overdue { now - minutes } else { now + SignedDuration::from_hours(2) + minutes };
        let owner: Option<AccountId> = (drawn % 2 == 0).then_some(self.clinic.nurse.account);
        Thread {
            id,
            patient: chart.id,
            pool: chart.pool,
            site: self.clinic.site,
            topic: self.clinic.topic,
            owner: owner.filter(|_| is_open),
            state,
            last_seq: messages,
            last_team_seq: if is_open { 0 } else { messages },
            last_turn_seq: messages,
            created_at: at,
            last_message_at: at + SignedDuration::from_mins(messages - 1),
            needs_answer: is_open,
            waiting_since: is_open.then_some(at),
            due_at: is_open.then_some(due),
            opened: None,
            red_flag_at: None,
            sensitivity: Sensitivity::default(),
            visibility: Visibility::default(),
        }
    }

    fn stored(&self, thread: Thread, subject: Vec<u8>) -> StoredThread {
        let is_closed = thread.state == ThreadState::Closed;
        let by = self.clinic.nurse.account;
        let closed = Closed { at: thread.last_message_at, by, reason: self.clinic.reason };
        StoredThread {
            subject,
            language: Language::En,
            begun_by: Side::Patient,
            about: None,
            continues: None,
            closed: is_closed.then_some(closed),
            thread,
        }
    }
}

impl Ready {
    fn write(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let thread = &self.stored.thread;
        store::thread::insert(tx, &self.stored)?;
        if self.stored.closed.is_some() {
            store::thread::update(tx, thread, self.stored.closed)?;
        }
        for (seq, (message, tokens)) in (1..).zip(&self.messages) {
            let place = (thread.patient, thread.id, seq);
            store::message::insert(tx, place, message)?;
            store::pool_word::insert(tx, thread.pool, place, (tokens, message.sent_at))?;
        }
        store::inbox::write(tx, (thread, self.stored.language), None, Some(&self.card))
    }
}

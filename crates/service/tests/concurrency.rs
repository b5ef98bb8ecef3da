//! Many at once: of two who collide one is told, counts stay exact under any order of things, and what
//! was typed is neither lost nor sent twice nor shown to another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::actor::Role;
use domain::draft::{DraftText, Reply};
use domain::id::ThreadId;
use domain::inbox::View;
use domain::thread::{ThreadProblem, ThreadState};
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use service::ServiceError;
use service::ctx::Ctx;
use service::drafts::{DraftSlot, PARKED};
use service::view::thread::Sent;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::db::Engine;
use store::testing::each_migrated;
use talk::{Talk, reply};
use tokio::sync::Barrier;

const MOVED_ON: ServiceError = ServiceError::Conflict(ThreadProblem::MovedOn);
const CLOSED: ServiceError = ServiceError::Conflict(ThreadProblem::IsClosed);

/// Both start at the same instant.
async fn at_once<A, B, First, Second>(first: First, second: Second) -> (A, B)
where
    First: Future<Output = A> + Send + 'static,
    Second: Future<Output = B> + Send + 'static,
    A: Send + 'static,
    B: Send + 'static,
{
    let start = Arc::new(Barrier::new(2));
    let gate = start.clone();
    let first = tokio::spawn(async move {
        gate.wait().await;
        first.await
    });
    let second = tokio::spawn(async move {
        start.wait().await;
        second.await
    });
    (first.await.unwrap(), second.await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_reply_and_a_close_at_the_same_instant_one_is_told_of_the_other() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (mut replied, mut closed) = (0, 0);
        for _ in 0..12 {
            let sent = talk.ask("May I go on?").await;
            let (service, hers, rosa) = (talk.service(), talk.now(&talk.as_rosa), talk.rosa);
            let reply =
                async move { service.reply(&hers, rosa, sent.thread, reply("One more thing", 1)).await };
            let (service, maya, solved) = (talk.service(), talk.now(&talk.as_maya), talk.solved);
            let close = async move { service.close(&maya, sent.thread, solved, 1).await };
            let view = match at_once(reply, close).await {
                (Ok(_), Err(MOVED_ON)) => {
                    replied += 1;
                    ThreadState::Open
                }
                (Err(MOVED_ON), Ok(())) => {
                    closed += 1;
                    ThreadState::Closed
                }
                other => panic!("{other:?}"),
            };
            let seen = talk.service().team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
            assert_eq!(seen.state, view);
            assert_eq!(seen.entries.len(), 2, "the question, and the reply or the close");
        }
        eprintln!("{replied} replies and {closed} closes were first");
        assert_counts(&talk).await;
    })
    .await;
}

/// The order that chance may not give: one after the other, each with the other's page still open.
#[tokio::test(flavor = "multi_thread")]
async fn a_reply_after_a_close_and_a_close_after_a_reply_are_refused() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let (hers, maya) = (|| talk.now(&talk.as_rosa), || talk.now(&talk.as_maya));
        let first = talk.ask("First").await;
        service.reply(&hers(), talk.rosa, first.thread, reply("One more thing", 1)).await.unwrap();
        assert_eq!(service.close(&maya(), first.thread, talk.solved, 1).await, Err(MOVED_ON));
        let second = talk.ask("Second").await;
        service.close(&maya(), second.thread, talk.solved, 1).await.unwrap();
        let late = service.reply(&hers(), talk.rosa, second.thread, reply("One more thing", 1)).await;
        assert_eq!(late, Err(MOVED_ON));
        let seen = service.reply(&hers(), talk.rosa, second.thread, reply("One more thing", 2)).await;
        assert_eq!(seen, Err(CLOSED));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_assignments_at_the_same_instant_one_stands() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        for _ in 0..12 {
            let sent = talk.ask("Whose is this?").await;
            let take = |who: &Ctx| {
                let (service, ctx, me) = (talk.service(), talk.now(who), who.actor.account);
                async move { service.assign(&ctx, sent.thread, Some(me), None).await }
            };
            let owner = match at_once(take(&talk.as_maya), take(&talk.as_jonas)).await {
                (Ok(()), Err(MOVED_ON)) => talk.as_maya.actor.account,
                (Err(MOVED_ON), Ok(())) => talk.as_jonas.actor.account,
                other => panic!("{other:?}"),
            };
            let seen = talk.service().team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
            assert_eq!(seen.owner.map(|(owner, _)| owner), Some(owner));
            assert_eq!(seen.entries.len(), 2, "one line tells of one assignment");
        }
        assert_counts(&talk).await;
    })
    .await;
}

/// What an actor does next.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Rosa or Luis begins a thread.
    Begin,
    /// The patient writes in one of the own threads.
    Reply(usize),
    /// The patient opens a thread.
    Read(usize),
    /// A nurse answers, notes, closes, takes, or opens a thread.
    Answer(usize),
    Note(usize),
    Close(usize),
    Take(usize),
    Open(usize),
}

/// One of two patients or two nurses, and what they do.
fn steps() -> impl Strategy<Value = (usize, Step)> {
    let patient = (
        0..2usize,
        prop_oneof![
            1 => Just(Step::Begin),
            3 => any::<usize>().prop_map(Step::Reply),
            4 => any::<usize>().prop_map(Step::Read),
        ],
    );
    let nurse = (
        2..4usize,
        prop_oneof![
            4 => any::<usize>().prop_map(Step::Answer),
            1 => any::<usize>().prop_map(Step::Note),
            1 => any::<usize>().prop_map(Step::Close),
            2 => any::<usize>().prop_map(Step::Take),
            3 => any::<usize>().prop_map(Step::Open),
        ],
    );
    prop_oneof![patient, nurse]
}

/// What an outsider expects after the calls that were answered, in the order in which the thread
/// itself has put them.
#[derive(Default)]
struct Model {
    /// Per thread: what happened at which place, and up to where the patient has read.
    threads: BTreeMap<ThreadId, Conversation>,
}

#[derive(Default)]
struct Conversation {
    patient: usize,
    events: BTreeMap<i64, Event>,
    read_up_to: i64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    ByPatient,
    ByTeam,
    Closed,
}

impl Conversation {
    fn last_of(&self, wanted: &[Event]) -> i64 {
        self.events.iter().rev().find(|(_, event)| wanted.contains(event)).map_or(0, |(seq, _)| *seq)
    }

    fn is_unread(&self) -> bool {
        self.last_of(&[Event::ByTeam, Event::Closed]) > self.read_up_to
    }

    fn needs_answer(&self) -> bool {
        self.last_of(&[Event::ByPatient]) > self.last_of(&[Event::ByTeam, Event::Closed])
    }

    fn state(&self) -> ThreadState {
        match self.events.values().next_back() {
            Some(Event::ByPatient) => ThreadState::Open,
            Some(Event::ByTeam) => ThreadState::Waiting,
            _ => ThreadState::Closed,
        }
    }
}

/// What a step did, to be put into the model.
enum Done {
    Begun(Sent, usize),
    Happened(ThreadId, i64, Event),
    Read(ThreadId, i64),
    Nothing,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn unread_and_waiting_are_exact_after_two_hundred_things_in_any_order() {
    let mut runner = TestRunner::default();
    let plan = prop::collection::vec(steps(), 200).new_tree(&mut runner).unwrap().current();
    let plan = Arc::new(plan);
    each_migrated(move |db| {
        let plan = plan.clone();
        async move {
            let talk = Arc::new(Talk::open(db).await);
            let mut model = Model::default();
            for patient in 0..2 {
                let sent = begin(&talk, patient).await;
                model.note(Done::Begun(sent, patient));
            }
            // Each of the four goes through their own part of the plan, all at the same time; a round of
            // steps sees the threads that the rounds before it have begun.
            for round in plan.chunks(25) {
                let threads: Vec<(ThreadId, usize)> =
                    model.threads.iter().map(|(id, talk)| (*id, talk.patient)).collect();
                let actors = (0..4).map(|actor| {
                    let mine: Vec<Step> =
                        round.iter().filter(|(who, _)| *who == actor).map(|(_, step)| *step).collect();
                    tokio::spawn(act(talk.clone(), actor, mine, threads.clone()))
                });
                for actor in actors.collect::<Vec<_>>() {
                    actor.await.unwrap().into_iter().for_each(|done| model.note(done));
                }
            }
            assert_as_expected(&talk, &model, &plan).await;
            assert_counts(&talk).await;
        }
    })
    .await;
}

impl Model {
    fn note(&mut self, done: Done) {
        match done {
            Done::Begun(sent, patient) => {
                let new = self.threads.entry(sent.thread).or_default();
                new.patient = patient;
                new.happened(1, Event::ByPatient);
            }
            Done::Happened(thread, seq, event) => self.threads.get_mut(&thread).unwrap().happened(seq, event),
            Done::Read(thread, seq) => {
                let read = &mut self.threads.get_mut(&thread).unwrap().read_up_to;
                *read = (*read).max(seq);
            }
            Done::Nothing => {}
        }
    }
}

impl Conversation {
    fn happened(&mut self, seq: i64, event: Event) {
        assert_eq!(self.events.insert(seq, event), None, "one place was given twice");
        if event == Event::ByPatient {
            self.read_up_to = self.read_up_to.max(seq);
        }
    }
}

async fn begin(talk: &Talk, patient: usize) -> Sent {
    let (who, person) = [(&talk.as_rosa, talk.rosa), (&talk.as_luis, talk.luis)][patient];
    talk.service().send_new(&talk.now(who), person, talk.question("A question")).await.unwrap()
}

async fn act(talk: Arc<Talk>, actor: usize, steps: Vec<Step>, threads: Vec<(ThreadId, usize)>) -> Vec<Done> {
    let mut all = Vec::new();
    for step in steps {
        all.push(one(&talk, actor, step, &threads).await);
    }
    all
}

/// One step; a conflict with another actor does nothing, and everything else has to succeed.
async fn one(talk: &Talk, actor: usize, step: Step, threads: &[(ThreadId, usize)]) -> Done {
    let service = talk.service();
    let own: Vec<ThreadId> = threads
        .iter()
        .filter(|(_, patient)| actor > 1 || *patient == actor)
        .map(|(thread, _)| *thread)
        .collect();
    let pick = |n: usize| own[n % own.len()];
    let who = talk.now([&talk.as_rosa, &talk.as_luis, &talk.as_maya, &talk.as_jonas][actor]);
    let person = if actor == 0 { talk.rosa } else { talk.luis };
    let text = |last_seen| -> Reply { reply("Something", last_seen) };
    match step {
        Step::Begin => Done::Begun(begin(talk, actor).await, actor),
        Step::Reply(n) => {
            let seen = service.thread(&who, person, pick(n)).await.unwrap().last_seq;
            let read = Done::Read(pick(n), seen);
            match service.reply(&talk.now(&who), person, pick(n), text(seen)).await {
                Ok(sent) => Done::Happened(sent.thread, sent.seq, Event::ByPatient),
                Err(MOVED_ON | CLOSED) => read,
                Err(other) => panic!("{other:?}"),
            }
        }
        Step::Read(n) => Done::Read(pick(n), service.thread(&who, person, pick(n)).await.unwrap().last_seq),
        Step::Answer(n) => {
            let seen = service.team_thread(&who, pick(n)).await.unwrap().last_seq;
            match service.answer(&talk.now(&who), pick(n), text(seen), None).await {
                Ok(sent) => Done::Happened(sent.thread, sent.seq, Event::ByTeam),
                Err(MOVED_ON | CLOSED) => Done::Nothing,
                Err(other) => panic!("{other:?}"),
            }
        }
        Step::Note(n) => {
            service.note(&who, pick(n), text(0)).await.unwrap();
            Done::Nothing
        }
        Step::Close(n) => {
            // Closed together with an answer, so that the place of the close is known.
            let seen = service.team_thread(&who, pick(n)).await.unwrap().last_seq;
            match service.answer(&talk.now(&who), pick(n), text(seen), Some(talk.solved)).await {
                Ok(sent) => Done::Happened(sent.thread, sent.seq + 1, Event::Closed),
                Err(MOVED_ON | CLOSED) => Done::Nothing,
                Err(other) => panic!("{other:?}"),
            }
        }
        Step::Take(n) => {
            let owner = service.team_thread(&who, pick(n)).await.unwrap().owner.map(|(owner, _)| owner);
            match service.assign(&talk.now(&who), pick(n), Some(who.actor.account), owner).await {
                Ok(()) | Err(MOVED_ON | CLOSED) => Done::Nothing,
                Err(other) => panic!("{other:?}"),
            }
        }
        Step::Open(n) => {
            service.team_thread(&who, pick(n)).await.unwrap();
            Done::Nothing
        }
    }
}

async fn assert_as_expected(talk: &Talk, model: &Model, plan: &[(usize, Step)]) {
    let service = talk.service();
    for (patient, (who, person)) in
        [(&talk.as_rosa, talk.rosa), (&talk.as_luis, talk.luis)].into_iter().enumerate()
    {
        let own = || model.threads.values().filter(|talk| talk.patient == patient);
        let expected = own().filter(|talk| talk.is_unread()).count() as i64;
        let frame = service.person(&talk.now(who), person).await.unwrap();
        assert_eq!(frame.unread, expected, "unread of patient {patient} after {plan:?}");
        let (_, list) = service.threads(&talk.now(who), person, None).await.unwrap();
        for line in &list.items {
            assert_eq!(line.news.is_some(), model.threads[&line.thread].is_unread(), "{plan:?}");
        }
    }
    for (id, expected) in &model.threads {
        let seen = service.team_thread(&talk.now(&talk.as_maya), *id).await.unwrap();
        assert_eq!((seen.state, seen.needs_answer), (expected.state(), expected.needs_answer()), "{plan:?}");
        let places: Vec<i64> = seen.entries.iter().map(|entry| entry.seq).collect();
        assert_eq!(places, (1..=seen.last_seq).collect::<Vec<_>>(), "no gap and no double place");
    }
}

/// The counters of every view are what counting the rows gives, and the whole store holds together
/// (the charts of this clinic have no Patient resource).
async fn assert_counts(talk: &Talk) {
    let report = service::checks::check(&talk.service().store, None, |_| ()).await.unwrap();
    let faults: Vec<_> = report.faults.iter().filter(|fault| fault.table != "patient").collect();
    assert!(faults.is_empty(), "{faults:?}");
    for who in [&talk.as_maya, &talk.as_jonas] {
        for view in View::ALL {
            let page = talk.service().inbox(&talk.now(who), None, view, None).await.unwrap();
            let count = page.counts.iter().find(|(of, _)| *of == view).unwrap().1;
            assert!(page.rows.next.is_some() || count == page.rows.items.len() as i64, "{view:?}");
        }
    }
}

fn text(body: &str) -> DraftText {
    DraftText { body: body.into(), ..DraftText::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_tabs_that_save_the_later_text_stays_and_what_was_sent_is_no_draft() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, rosa) = (talk.service(), talk.rosa);
        let sent = talk.ask("First").await;
        let slot = DraftSlot::Thread(sent.thread);
        let early = talk.now(&talk.as_rosa);
        let late = Ctx { now: early.now + SignedDuration::from_secs(2), ..early.clone() };
        service.save_draft(&late, rosa, slot, text("the later tab")).await.unwrap();
        // The other tab's save was under way for longer.
        service.save_draft(&early, rosa, slot, text("the earlier tab")).await.unwrap();
        let kept = service.thread(&late, rosa, sent.thread).await.unwrap().draft.unwrap();
        assert_eq!(kept.body, "the later tab");

        // Nobody else sees it, nor does the same person elsewhere.
        assert_eq!(service.team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap().draft, None);
        assert_eq!(service.compose(&late, rosa, None, None).await.unwrap().draft, None);

        service.reply(&late, rosa, sent.thread, reply("the later tab", 1)).await.unwrap();
        assert_eq!(service.thread(&late, rosa, sent.thread).await.unwrap().draft, None);
        assert_eq!(talk.number("SELECT COUNT(*) FROM draft").await, 0);

        service.save_draft(&late, rosa, DraftSlot::New, text("A new one")).await.unwrap();
        assert_eq!(service.compose(&late, rosa, None, None).await.unwrap().draft.unwrap().body, "A new one");
        service.send_new(&late, rosa, talk.question("A new one")).await.unwrap();
        assert_eq!(service.compose(&late, rosa, None, None).await.unwrap().draft, None);

        // What was refused keeps its draft.
        service.save_draft(&late, rosa, slot, text("Still mine")).await.unwrap();
        talk.answer(&talk.as_maya, sent.thread, "An answer").await;
        let refused = service.reply(&late, rosa, sent.thread, reply("Still mine", 2)).await;
        assert_eq!(refused, Err(MOVED_ON));
        let kept = service.thread(&late, rosa, sent.thread).await.unwrap().draft.unwrap();
        assert_eq!(kept.body, "Still mine");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parked_text_waits_an_hour_for_the_account_that_wrote_it() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, rosa) = (talk.service(), talk.rosa);
        let sent = talk.ask("First").await;
        let slot = DraftSlot::Thread(sent.thread);
        let maya = talk.now(&talk.as_maya);
        service.park(&maya, rosa, slot, text("Half an answer")).await.unwrap();
        let before = talk.number("SELECT COUNT(*) FROM message").await;
        let draft = async |who: &Ctx, after: SignedDuration| {
            let then = Ctx { now: maya.now + after, ..who.clone() };
            service.team_thread(&then, sent.thread).await.unwrap().draft.map(|draft| draft.body)
        };
        let minute = SignedDuration::from_mins(1);
        assert_eq!(draft(&talk.as_maya, PARKED - minute).await.as_deref(), Some("Half an answer"));
        assert_eq!(draft(&talk.as_jonas, minute).await, None);
        let hers = service.thread(&talk.now(&talk.as_rosa), rosa, sent.thread).await.unwrap();
        assert_eq!(hers.draft, None);
        assert_eq!(draft(&talk.as_maya, PARKED + minute).await, None);
        assert_eq!(talk.number("SELECT COUNT(*) FROM message").await, before, "it is never sent by itself");

        // Saved after the new sign-in, it is a draft like any other.
        let soon = Ctx { now: maya.now + minute, ..maya.clone() };
        service.save_draft(&soon, rosa, slot, text("Half an answer, and more")).await.unwrap();
        assert_eq!(draft(&talk.as_maya, PARKED * 20).await.as_deref(), Some("Half an answer, and more"));

        // Of an hour that is over nothing stays in the store either.
        service.park(&soon, rosa, DraftSlot::New, text("Something else")).await.unwrap();
        let over = soon.now + PARKED + minute;
        let db = service.store.db.clone();
        assert_eq!(db.write(move |tx| store::draft::expire(tx, over)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_readers_and_writers_of_one_thread_do_not_wait_for_each_other_in_circles() {
    each_migrated(|db| async move {
        let talk = Arc::new(Talk::open(db).await);
        let sent = talk.ask("Everybody reads this").await;
        let third = talk.clinic.staff("third", Role::Nurse).await;
        let third = talk::staff(&talk.service(), third, Role::Nurse, vec![talk.clinic.nurses]);
        let readers = [&talk.as_maya, &talk.as_jonas, &third].map(|who| {
            let (talk, who) = (talk.clone(), who.clone());
            tokio::spawn(async move {
                for _ in 0..15 {
                    talk.service().team_thread(&talk.now(&who), sent.thread).await.unwrap();
                }
            })
        });
        for _ in 0..10 {
            let hers = talk.now(&talk.as_rosa);
            let more = talk.service().reply(&hers, talk.rosa, sent.thread, reply("More", 1)).await.unwrap();
            let seen = talk.service().thread(&talk.now(&hers), talk.rosa, sent.thread).await.unwrap();
            let mine = seen.entries.iter().find(|entry| entry.seq == more.seq).unwrap().id;
            match talk.service().withdraw(&talk.now(&hers), Some(talk.rosa), sent.thread, mine).await {
                Ok(()) | Err(ServiceError::Conflict(ThreadProblem::AlreadyOpened)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        for reader in readers {
            reader.await.unwrap();
        }
        let db = &talk.service().store.db;
        // On SQLite a refused member has its group run again, which is no waiting in circles.
        if db.engine() == Engine::Postgres {
            assert_eq!(db.stats().reruns, 0, "nothing had to be run again: {:?}", db.stats());
        }
        assert_counts(&talk).await;
    })
    .await;
}

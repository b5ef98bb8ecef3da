//! Messages between a patient and a team, on both databases: sent once, answered by one, seen in time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;

use domain::actor::{Door, Role};
use domain::draft::{Body, NewThread, Reason, Reply, Subject};
use domain::empanelment::EmpanelmentSource;
use domain::id::{ClientKey, CloseReasonId, PatientId, ThreadId};
use domain::inbox::View;
use domain::message::{MessageKind, MessageState};
use domain::thread::{ThreadProblem, ThreadState};
use jiff::SignedDuration;
use people::{Clinic, PASSWORD};
use service::ServiceError;
use service::ctx::Ctx;
use service::view::thread::{Fact, Next, ReplyWay, Sent};
use store::empanelment::Empanelment;
use store::testing::each_migrated;
use uuid::Uuid;

/// Rosa with a team, and two nurses.
struct Story {
    clinic: Clinic,
    rosa: PatientId,
    as_rosa: Ctx,
    as_maya: Ctx,
    as_jonas: Ctx,
}

impl Story {
    async fn open(db: store::db::Db) -> Story {
        let clinic = Clinic::open(db).await;
        let (rosa, _) = clinic.rosa().await;
        let nurses = clinic.nurses;
        let from = clinic.service.now() - SignedDuration::from_hours(24);
        let row = Empanelment {
            patient: rosa,
            pool: nurses,
            practitioner: None,
            from,
            until: None,
            source: EmpanelmentSource::File,
        };
        let placed = clinic.service.store.db.write(move |tx| store::empanelment::insert(tx, &row));
        placed.await.unwrap();
        for name in ["maya", "jonas"] {
            clinic.staff(name, Role::Nurse).await;
        }
        let as_rosa = ctx(&clinic, Door::Patient, "rosa").await;
        let as_maya = ctx(&clinic, Door::Team, "maya").await;
        let as_jonas = ctx(&clinic, Door::Team, "jonas").await;
        Story { clinic, rosa, as_rosa, as_maya, as_jonas }
    }

    async fn ask(&self, body: &str) -> Sent {
        let new = self.question(body).await;
        self.clinic.service.send_new(&self.now(&self.as_rosa), self.rosa, new).await.unwrap()
    }

    async fn question(&self, body: &str) -> NewThread {
        let topics = self.clinic.service.store.db.read(store::topic::active).await.unwrap();
        NewThread {
            pool: self.clinic.nurses,
            topic: topics[0].id,
            subject: Subject::parse("My potassium").unwrap(),
            body: Body::parse(body).unwrap(),
            about: None,
            continues: None,
            client_key: key(),
        }
    }

    async fn reason(&self) -> CloseReasonId {
        self.clinic.service.store.db.read(store::close_reason::active).await.unwrap()[0].id
    }

    /// The same person a moment later.
    fn now(&self, ctx: &Ctx) -> Ctx {
        Ctx { now: self.clinic.service.now(), ..ctx.clone() }
    }
}

async fn ctx(clinic: &Clinic, door: Door, name: &str) -> Ctx {
    let signed_in = clinic.enter(door, name, PASSWORD).await.unwrap();
    let session = clinic.service.session(door, &signed_in.token).await.unwrap().unwrap();
    Ctx {
        actor: session.actor,
        now: clinic.service.now(),
        request: domain::id::RequestId(Uuid::from_u128(5)),
    }
}

fn key() -> ClientKey {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    ClientKey(Uuid::from_u128(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed).into()))
}

fn reply(body: &str, last_seen: i64) -> Reply {
    Reply { body: Body::parse(body).unwrap(), last_seen, client_key: key() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_sent_opened_answered_closed_and_read_with_every_step_in_the_audit() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let sent = story.ask("Is a salt substitute fine with my potassium?").await;

        let waiting = service.thread(&story.now(&story.as_rosa), story.rosa, sent.thread).await.unwrap();
        assert!(matches!(waiting.status.fact, Fact::Sent { .. }));
        assert!(matches!(waiting.status.next, Next::AnswerBy { .. }));

        let inbox = service.inbox(&story.as_maya, None, View::ToDo, None).await.unwrap();
        assert_eq!(inbox.rows.items.len(), 1);
        assert_eq!(inbox.rows.items[0].name, "Rosa Delgado");
        assert_eq!(inbox.rows.items[0].first_words, "Is a salt substitute fine with my potassium?");
        assert!(inbox.rows.items[0].is_unread);
        assert!(inbox.counts.contains(&(View::ToDo, 1)) && inbox.counts.contains(&(View::Unassigned, 1)));

        let open = service.team_thread(&story.now(&story.as_maya), sent.thread).await.unwrap();
        assert!(open.needs_answer);
        let opened = service.thread(&story.now(&story.as_rosa), story.rosa, sent.thread).await.unwrap();
        assert!(matches!(opened.status.fact, Fact::Opened { role: Role::Nurse, .. }));

        let note = reply("Potassium 5.4, on lisinopril. Dr. Okafor?", open.last_seq);
        service.note(&story.now(&story.as_maya), sent.thread, note).await.unwrap();
        let answer = reply("Please stop the salt substitute; we repeat the test on Friday.", open.last_seq);
        let done = service
            .answer(&story.now(&story.as_maya), sent.thread, answer, Some(story.reason().await))
            .await
            .unwrap();
        assert_eq!(done.seq, 3);

        let person = service.person(&story.now(&story.as_rosa), story.rosa).await.unwrap();
        assert_eq!(person.unread, 1);
        let read = service.thread(&story.now(&story.as_rosa), story.rosa, sent.thread).await.unwrap();
        let kinds: Vec<MessageKind> = read.entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, [MessageKind::Message, MessageKind::Message, MessageKind::Event]);
        assert!(matches!(read.status.fact, Fact::Closed { .. }));
        assert_eq!(read.reply, ReplyWay::WriteAgain(ThreadProblem::IsClosed));
        let person = service.person(&story.now(&story.as_rosa), story.rosa).await.unwrap();
        assert_eq!(person.unread, 0);

        let inbox = service.inbox(&story.now(&story.as_maya), None, View::ToDo, None).await.unwrap();
        assert!(inbox.rows.items.is_empty());
        assert!(inbox.counts.contains(&(View::Closed, 1)) && inbox.counts.contains(&(View::ToDo, 0)));

        let audit = story.clinic.audit(story.rosa).await;
        for action in ["send_message", "read_thread", "add_note", "read_inbox"] {
            assert!(audit.iter().any(|(done, outcome)| done == action && outcome == "done"), "{action}");
        }
        let noticed = story.clinic.count("SELECT COUNT(*) FROM outbox WHERE notice = 'new_message'").await;
        assert_eq!(noticed, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_equal_sends_at_once_are_one_message() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let new = story.question("Only once, please").await;
        let sends = (0..8).map(|_| {
            let (service, ctx, new) = (story.clinic.service.clone(), story.now(&story.as_rosa), new.clone());
            let rosa = story.rosa;
            tokio::spawn(async move { service.send_new(&ctx, rosa, new).await })
        });
        let mut threads = Vec::new();
        for send in sends.collect::<Vec<_>>() {
            threads.push(send.await.unwrap().unwrap().thread);
        }
        threads.dedup();
        assert_eq!(threads.len(), 1);
        assert_eq!(story.clinic.count("SELECT COUNT(*) FROM message").await, 1);
        assert_eq!(story.clinic.count("SELECT COUNT(*) FROM thread").await, 1);
        assert_eq!(story.clinic.count("SELECT CAST(SUM(threads) AS BIGINT) FROM inbox_count").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_nurses_who_answer_at_once_the_second_is_shown_the_first() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let sent = story.ask("Which of you reads this?").await;
        let both = [(&story.as_maya, "Maya here"), (&story.as_jonas, "Jonas here")].map(|(who, text)| {
            let (service, ctx) = (service.clone(), story.now(who));
            tokio::spawn(async move { service.answer(&ctx, sent.thread, reply(text, 1), None).await })
        });
        let mut refused = 0;
        for one in both {
            match one.await.unwrap() {
                Ok(_) => {}
                Err(ServiceError::Conflict(ThreadProblem::MovedOn)) => refused += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(refused, 1);
        assert_eq!(story.clinic.count("SELECT COUNT(*) FROM message WHERE side = 'team'").await, 1);
        let audit = story.clinic.audit(story.rosa).await;
        assert!(audit.contains(&("send_message".into(), "conflict".into())));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_against_a_close_and_an_assignment_against_another_are_told_of_each_other() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let sent = story.ask("Anything else I should do?").await;
        let (maya, jonas) = (story.as_maya.actor.account, story.as_jonas.actor.account);
        service.assign(&story.now(&story.as_maya), sent.thread, Some(maya), None).await.unwrap();
        let second = service.assign(&story.now(&story.as_jonas), sent.thread, Some(jonas), None).await;
        assert_eq!(second, Err(ServiceError::Conflict(ThreadProblem::MovedOn)));
        let mine = service.inbox(&story.now(&story.as_maya), None, View::Mine, None).await.unwrap();
        assert_eq!(mine.rows.items.len(), 1);
        assert!(mine.counts.contains(&(View::Unassigned, 0)) && mine.counts.contains(&(View::Mine, 1)));

        service.close(&story.now(&story.as_maya), sent.thread, story.reason().await, 1).await.unwrap();
        let late = service
            .reply(&story.now(&story.as_rosa), story.rosa, sent.thread, reply("One more thing", 1))
            .await;
        assert_eq!(late, Err(ServiceError::Conflict(ThreadProblem::MovedOn)));
        let after = service
            .reply(&story.now(&story.as_rosa), story.rosa, sent.thread, reply("One more thing", 9))
            .await;
        assert_eq!(after, Err(ServiceError::Conflict(ThreadProblem::IsClosed)));
        assert_eq!(story.clinic.count("SELECT COUNT(*) FROM message WHERE kind = 'message'").await, 1);

        let reason = Reason::parse("She called about it again").unwrap();
        service.reopen(&story.now(&story.as_maya), sent.thread, reason).await.unwrap();
        let open = service.team_thread(&story.now(&story.as_maya), sent.thread).await.unwrap();
        assert_eq!(open.state, ThreadState::Open);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_that_she_cannot_see_does_not_hold_up_rosas_reply() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let sent = story.ask("First").await;
        service.note(&story.now(&story.as_maya), sent.thread, reply("Internal", 1)).await.unwrap();
        let more =
            service.reply(&story.now(&story.as_rosa), story.rosa, sent.thread, reply("Second", 1)).await;
        assert_eq!(more.unwrap().seq, 3);
        let rosa = service.thread(&story.now(&story.as_rosa), story.rosa, sent.thread).await.unwrap();
        assert_eq!(rosa.entries.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_withdrawn_before_it_is_opened_and_retracted_after() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let sent = story.ask("Wrong window").await;
        let mine = service.thread(&story.now(&story.as_rosa), story.rosa, sent.thread).await.unwrap();
        assert!(mine.entries[0].can_withdraw);
        let message = mine.entries[0].id;
        service.withdraw(&story.now(&story.as_rosa), Some(story.rosa), sent.thread, message).await.unwrap();
        let team = service.team_thread(&story.now(&story.as_maya), sent.thread).await.unwrap();
        assert_eq!(team.entries[0].state, MessageState::Withdrawn);
        assert_eq!(team.entries[0].text, None);
        assert!(!team.needs_answer);

        let other = story.ask("Is 5.4 high?").await;
        let answer = reply("Yes, Mr. Smith, and your biopsy too", 1);
        service.answer(&story.now(&story.as_maya), other.thread, answer, None).await.unwrap();
        service.thread(&story.now(&story.as_rosa), story.rosa, other.thread).await.unwrap();
        let team = service.team_thread(&story.now(&story.as_maya), other.thread).await.unwrap();
        let wrong = team.entries.last().unwrap();
        assert!(wrong.can_retract && !wrong.can_withdraw);
        let refused = service.withdraw(&story.now(&story.as_maya), None, other.thread, wrong.id).await;
        assert_eq!(refused, Err(ServiceError::Conflict(ThreadProblem::AlreadyOpened)));
        let reason = Reason::parse("Meant for another patient").unwrap();
        service.retract(&story.now(&story.as_maya), other.thread, wrong.id, reason).await.unwrap();
        let rosa = service.thread(&story.now(&story.as_rosa), story.rosa, other.thread).await.unwrap();
        assert_eq!(rosa.entries[1].state, MessageState::Retracted);
        assert_eq!(rosa.entries[1].text, None);
        let told = story.clinic.count("SELECT COUNT(*) FROM outbox WHERE notice = 'retraction'").await;
        assert_eq!(told, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_body_find_it_for_those_who_may_read_it_and_for_nobody_else() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let sent = story.ask("I have been feeling dizzy since the new tablets").await;
        let hidden =
            service.note(&story.now(&story.as_maya), sent.thread, reply("Consider hypotension", 1)).await;
        hidden.unwrap();
        for (typed, found) in
            [("tablet dizzy", 1), ("potassium", 1), ("dizzy elephant", 0), ("hypotension", 1)]
        {
            let page =
                service.search_team(&story.now(&story.as_maya), typed.into(), None, None).await.unwrap();
            assert_eq!(page.hits.items.len(), found, "the team, {typed}");
        }
        for (typed, found) in [("tablet dizzy", 1), ("potassium", 1), ("hypotension", 0)] {
            let (_, page) =
                service.search_own(&story.now(&story.as_rosa), story.rosa, typed.into(), None).await.unwrap();
            assert_eq!(page.hits.items.len(), found, "Rosa, {typed}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rare_word_is_found_beside_one_that_stands_in_nearly_every_message() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let rare = |number: usize| number.is_multiple_of(40);
        for number in 0..80 {
            let body = if rare(number) { "Zebra stripes and tablets" } else { "More about tablets" };
            // In the last hours: nobody writes so much at once.
            let now = service.now() - SignedDuration::from_mins(3 * (81 - i64::try_from(number).unwrap()));
            let then = Ctx { now, ..story.as_rosa.clone() };
            service.send_new(&then, story.rosa, story.question(body).await).await.unwrap();
        }
        story.ask("Zebra stripes alone").await;
        for (typed, found) in
            [("zebra tablet", 2), ("tablet zebra stripe", 2), ("zebra", 3), ("zebra lion", 0)]
        {
            let page =
                service.search_team(&story.now(&story.as_maya), typed.into(), None, None).await.unwrap();
            assert_eq!(page.hits.items.len(), found, "{typed}");
        }
        let mut found = std::collections::HashSet::new();
        let mut place = None;
        loop {
            let maya = story.now(&story.as_maya);
            let page = service.search_team(&maya, "about more".into(), None, place).await.unwrap();
            found.extend(page.hits.items.iter().map(|hit| hit.thread));
            place = page.hits.next;
            if place.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), 78);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_get_the_answer_of_a_true_miss_and_leave_a_row_of_denial() {
    each_migrated(|db| async move {
        let story = Story::open(db).await;
        let service = &story.clinic.service;
        let sent = story.ask("Private").await;
        let carl = story.clinic.patient(2, "MRN-2").await;
        let mut as_carl = story.now(&story.as_rosa);
        as_carl.actor.own_chart = Some(carl);
        let miss = ThreadId(Uuid::from_u128(404));
        for thread in [sent.thread, miss] {
            let seen = service.thread(&as_carl, story.rosa, thread).await;
            assert_eq!(seen.unwrap_err(), ServiceError::NotFound);
            let own = service.thread(&as_carl, carl, thread).await;
            assert_eq!(own.unwrap_err(), ServiceError::NotFound);
            let written = service.reply(&as_carl, story.rosa, thread, reply("Hello", 1)).await;
            assert_eq!(written.unwrap_err(), ServiceError::NotFound);
        }
        let mut elsewhere = story.now(&story.as_maya);
        elsewhere.actor.pools.clear();
        assert_eq!(service.team_thread(&elsewhere, sent.thread).await.unwrap_err(), ServiceError::NotFound);
        let audit = story.clinic.audit(story.rosa).await;
        assert!(audit.contains(&("read_thread".into(), "denied".into())));
        assert!(audit.contains(&("send_message".into(), "denied".into())));
    })
    .await;
}

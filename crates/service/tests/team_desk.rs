//! The team at its desk, on both databases: lists that are read again, two colleagues on one
//! conversation, quick replies, and a conversation that is taken out as a note.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::actor::{Actor, Role};
use domain::draft::FieldProblem;
use domain::id::{AccountId, PatientId, ThreadId};
use domain::inbox::View;
use domain::language::Label;
use jiff::SignedDuration;
use service::ServiceError;
use service::ctx::Ctx;
use service::live::News;
use service::pools::NewPool;
use store::params;
use store::testing::each_migrated;
use talk::{Talk, staff};
use tokio::sync::broadcast::error::TryRecvError;

/// The audit rows that say who saw this patient in a list, each with its count, oldest first.
async fn readings(talk: &Talk, who: &Ctx, patient: PatientId) -> Vec<i64> {
    let account = who.actor.account;
    let db = talk.service().store.db.clone();
    let rows = db.read(move |tx| {
        tx.query(
            "SELECT repeats FROM audit_event WHERE action = 'read_inbox' AND account_id = $1 AND patient_id = $2
             ORDER BY id",
            params![account, patient],
            |row| row.get(0),
        )
    });
    let rows: Result<Vec<i64>, store::StoreError> = rows.await;
    rows.unwrap()
}

async fn read_list(talk: &Talk, who: &Ctx) {
    talk.service().inbox(&talk.now(who), None, View::ToDo, None).await.unwrap();
}

async fn luis_asks(talk: &Talk) -> ThreadId {
    let new = talk.question("May I stop the tablets?");
    talk.service().send_new(&talk.now(&talk.as_luis), talk.luis, new).await.unwrap().thread
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_read_again_within_a_minute_is_one_row_per_patient_and_reader_with_a_count() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        talk.ask("Is a salt substitute fine?").await;
        for _ in 0..3 {
            read_list(&talk, &talk.as_maya).await;
        }
        assert_eq!(readings(&talk, &talk.as_maya, talk.rosa).await, [3]);

        // Whoever is new in the list, or reads it for the first time, has a row at once.
        luis_asks(&talk).await;
        read_list(&talk, &talk.as_maya).await;
        read_list(&talk, &talk.as_jonas).await;
        assert_eq!(readings(&talk, &talk.as_maya, talk.rosa).await, [4]);
        assert_eq!(readings(&talk, &talk.as_maya, talk.luis).await, [1]);
        assert_eq!(readings(&talk, &talk.as_jonas, talk.luis).await, [1]);

        // A minute later it is another reading.
        let later = talk.clinic.later(SignedDuration::from_secs(61));
        let then = Ctx { now: later.now(), ..talk.as_maya.clone() };
        later.inbox(&then, None, View::ToDo, None).await.unwrap();
        assert_eq!(readings(&talk, &talk.as_maya, talk.rosa).await, [4, 1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_waits_for_its_repeats_is_sealed_after_a_minute_and_never_changed_after_that() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        talk.ask("Is a salt substitute fine?").await;
        read_list(&talk, &talk.as_maya).await;
        talk.service().seal_audit().await.unwrap();
        let unsealed = "SELECT COUNT(*) FROM audit_event WHERE chain_seq IS NULL";
        assert_eq!(talk.number(unsealed).await, 1, "the list alone waits");
        read_list(&talk, &talk.as_maya).await;
        assert_eq!(readings(&talk, &talk.as_maya, talk.rosa).await, [2]);

        let minute = SignedDuration::from_secs(61);
        talk.clinic.later(minute).seal_audit().await.unwrap();
        assert_eq!(talk.number(unsealed).await, 0);
        read_list(&talk, &talk.as_maya).await;
        assert_eq!(readings(&talk, &talk.as_maya, talk.rosa).await, [2, 1], "a sealed row stays as it is");
        let report = service::checks::check(&talk.service().store, None, |_| {}).await.unwrap();
        let broken: Vec<_> = report.faults.iter().filter(|fault| fault.table.starts_with("audit")).collect();
        assert!(broken.is_empty(), "{broken:#?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_first_opening_is_news_so_that_two_open_pages_do_not_wake_each_other() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("Is a salt substitute fine?").await;
        let mut news = talk.service().live.follow();
        for who in [&talk.as_maya, &talk.as_jonas, &talk.as_maya] {
            talk.service().team_thread(&talk.now(who), sent.thread).await.unwrap();
        }
        assert!(matches!(news.try_recv(), Ok(News::Thread(changed)) if changed.thread == sent.thread));
        assert_eq!(news.try_recv(), Err(TryRecvError::Empty));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_colleagues_on_one_conversation_see_each_other_and_nobody_outside_sees_them() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, sent) = (talk.service(), talk.ask("Is a salt substitute fine?").await);
        let mut arrivals = service.presence.follow();
        let maya = service.attend(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
        assert_eq!(maya.others(), Vec::<AccountId>::new(), "nobody sees themselves");
        let (first, second) = (
            service.attend(&talk.now(&talk.as_jonas), sent.thread).await.unwrap(),
            service.attend(&talk.now(&talk.as_jonas), sent.thread).await.unwrap(),
        );
        assert_eq!(maya.others(), [talk.as_jonas.actor.account], "two tabs are one colleague");
        assert_eq!(first.others(), [talk.as_maya.actor.account]);
        drop(first);
        assert_eq!(maya.others(), [talk.as_jonas.actor.account], "one tab is still open");
        drop(second);
        assert_eq!(maya.others(), Vec::<AccountId>::new());
        for _ in 0..5 {
            assert_eq!(arrivals.try_recv(), Ok(sent.thread));
        }
        assert_eq!(arrivals.try_recv(), Err(TryRecvError::Empty));

        let other = service.create_pool(&talk.clinic.operator(), surgeons()).await.unwrap();
        let surgeon = talk.clinic.staff("surgeon", Role::Physician).await;
        let outside = staff(&service, surgeon, Role::Physician, vec![other]);
        let refused = service.attend(&outside, sent.thread).await.err();
        assert_eq!(refused, Some(ServiceError::NotFound));
        assert_eq!(maya.others(), Vec::<AccountId>::new());
        let denied =
            "SELECT COUNT(*) FROM audit_event WHERE action = 'follow_updates' AND outcome = 'denied'";
        assert_eq!(talk.number(denied).await, 1);
    })
    .await;
}

fn surgeons() -> NewPool {
    NewPool {
        label: Label::new("Surgeons", "Cirugía"),
        readers: None,
        site: "Hillside".into(),
        answer_within_minutes: 240,
        is_default: false,
    }
}

fn words(label: &str, text: &str) -> (Label, Label) {
    (Label::new(label, label), Label::new(text, text))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_begins_with_quick_replies_and_its_operator_adds_and_removes_them() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, pool, operator) = (talk.service(), talk.clinic.nurses, talk.clinic.operator());
        let seeds = service.quick_replies(pool).await.unwrap();
        assert!(seeds.len() > 3 && seeds.iter().all(|reply| reply.text.en != reply.text.es));

        let late = words("We are late", "We are sorry that this took so long.");
        let id = service.add_quick_reply(&operator, pool, late).await.unwrap();
        service.remove_quick_reply(&operator, pool, seeds[0].id).await.unwrap();
        let sent = talk.ask("Is a salt substitute fine?").await;
        let open = service.team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
        assert_eq!(open.quick_replies.len(), seeds.len());
        assert_eq!(open.quick_replies.first().map(|reply| reply.id), Some(seeds[1].id));
        assert_eq!(open.quick_replies.last().map(|reply| reply.id), Some(id));

        let again = service.remove_quick_reply(&operator, pool, seeds[0].id).await;
        assert_eq!(again, Err(ServiceError::NotFound));
        let elsewhere = service.create_pool(&operator, surgeons()).await.unwrap();
        assert_eq!(service.remove_quick_reply(&operator, elsewhere, id).await, Err(ServiceError::NotFound));
        let by_nurse = service.add_quick_reply(&talk.as_maya, pool, words("Mine", "My own words")).await;
        assert_eq!(by_nurse, Err(ServiceError::Denied));
        let empty = service.add_quick_reply(&operator, pool, words("", "  ")).await;
        let problems = vec![FieldProblem::NameMissing, FieldProblem::BodyMissing];
        assert_eq!(empty, Err(ServiceError::Invalid(problems)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_conversation_is_audited_as_copied_and_does_not_count_as_read() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, sent) = (talk.service(), talk.ask("Is a salt substitute fine?").await);
        let copied = service.thread_to_copy(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
        assert_eq!(copied.entries[0].text.as_deref(), Some("Is a salt substitute fine?"));
        let list = service.inbox(&talk.now(&talk.as_maya), None, View::ToDo, None).await.unwrap();
        assert!(list.rows.items[0].is_unread);
        assert_eq!(talk.number("SELECT COUNT(*) FROM thread WHERE opened_at IS NOT NULL").await, 0);
        let done = "SELECT COUNT(*) FROM audit_event WHERE action = 'copy_thread' AND outcome = 'done'";
        assert_eq!(talk.number(done).await, 1);

        let as_rosa = Ctx { actor: Actor { ..talk.as_rosa.actor.clone() }, ..talk.now(&talk.as_rosa) };
        let refused = service.thread_to_copy(&as_rosa, sent.thread).await.unwrap_err();
        assert_eq!(refused, ServiceError::NotFound, "the team's copy has what only the team may read");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_begins_with_what_is_due_first_and_says_what_is_due_soon_and_what_is_late() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let first = talk.ask("Is a salt substitute fine?").await.thread;
        let second = luis_asks(&talk).await;
        let list = talk.service().inbox(&talk.now(&talk.as_maya), None, View::ToDo, None).await.unwrap();
        let order: Vec<ThreadId> = list.rows.items.iter().map(|row| row.thread).collect();
        assert_eq!(order, [first, second]);
        let due = list.rows.items[0].due_at.unwrap();
        for (minutes, soon, overdue) in [(-90, false, false), (-30, true, false), (30, false, true)] {
            let by = due.duration_since(talk.service().now()) + SignedDuration::from_mins(minutes);
            let then = talk.clinic.later(by);
            let ctx = Ctx { now: then.now(), ..talk.as_maya.clone() };
            let list = then.inbox(&ctx, None, View::ToDo, None).await.unwrap();
            let row = &list.rows.items[0];
            assert_eq!((row.is_due_soon, row.is_overdue), (soon, overdue), "{minutes} minutes from due");
            assert!(list.counts.contains(&(View::Overdue, if overdue { 2 } else { 0 })));
        }
    })
    .await;
}

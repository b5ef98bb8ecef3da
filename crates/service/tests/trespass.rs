//! Calls that nobody should get an answer to: other people's ids in every place, roles at the wrong
//! work, sessions and memberships that have ended. Each is first shown to work for those it is for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::actor::{Door, Role};
use domain::chart_item::ChartItem;
use domain::confidentiality::Sensitivity;
use domain::draft::{DraftText, FieldProblem, NewThread};
use domain::id::{AccountId, MessageId, PatientId, PoolId, ResourceId, ThreadId};
use domain::inbox::View;
use domain::thread::{ThreadProblem, ThreadState};
use people::{PASSWORD, new_pool};
use service::ServiceError;
use service::ctx::Ctx;
use service::drafts::DraftSlot;
use store::record_batch::{NewResource, RecordBatch};
use store::testing::each_migrated;
use talk::{Talk, reason, reply, staff};
use uuid::Uuid;

/// The call is refused, in words that tell nothing.
macro_rules! refused {
    ($who:expr, $($call:expr),+ $(,)?) => {
        $(match $call.await {
            Err(ServiceError::NotFound | ServiceError::Denied) => {}
            Err(other) => panic!("{}: {}: {other:?}", $who, stringify!($call)),
            Ok(_) => panic!("{}: {} was answered", $who, stringify!($call)),
        })+
    };
}

fn draft() -> DraftText {
    DraftText { body: "Not yours".into(), ..DraftText::default() }
}

/// A result in a patient's chart.
async fn result(talk: &Talk, patient: PatientId, number: u128, sensitivity: Sensitivity) -> ChartItem {
    let store = talk.service().store.clone();
    let key = store.patient_key(patient).await.unwrap().unwrap();
    let resource = ResourceId(Uuid::from_u128(number));
    let json =
        br#"{"resourceType":"Observation","status":"final","code":{"text":"Potassium"},"valueString":"5.4"}"#;
    let new = NewResource {
        patient,
        resource,
        resource_type: "Observation".into(),
        version: 1,
        clinical_at: 1,
        section: "results",
        sensitivity,
        fingerprint: [0; 16],
        content: store::resource::seal_content(&key, (patient, resource), 1, json).unwrap(),
        facts: Default::default(),
    };
    let batch = RecordBatch { created: vec![new], ..RecordBatch::default() };
    let (vault, now) = (store.vault.clone(), talk.service().now());
    store.db.write(move |tx| batch.write(tx, &vault, now)).await.unwrap();
    ChartItem { resource_type: "Observation".into(), resource, version: 1 }
}

async fn newest_message(talk: &Talk, who: &Ctx, thread: ThreadId) -> MessageId {
    let view = talk.service().team_thread(&talk.now(who), thread).await.unwrap();
    view.entries.iter().rfind(|entry| entry.event.is_none()).unwrap().id
}

/// All that has been written about patients.
async fn written(talk: &Talk) -> i64 {
    talk.number(
        "SELECT (SELECT COUNT(*) FROM message) + (SELECT COUNT(*) FROM thread) + (SELECT COUNT(*) FROM draft)
              + (SELECT COUNT(*) FROM thread_reader) + (SELECT COUNT(*) FROM message_revision)
              + (SELECT COUNT(*) FROM resource_reader) + (SELECT COUNT(*) FROM break_glass)",
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn luis_gets_nothing_of_rosas_whichever_id_he_puts_where() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, rosa, luis) = (talk.service(), talk.rosa, talk.luis);
        let sent = talk.ask("Private to Rosa").await;
        let item = result(&talk, rosa, 0x50, Sensitivity::Normal).await;
        let (thread, resource) = (sent.thread, item.resource);
        let message = newest_message(&talk, &talk.as_maya, thread).await;
        let hers = talk.now(&talk.as_rosa);
        assert!(service.thread(&hers, rosa, thread).await.is_ok());
        assert!(service.result(&hers, rosa, resource).await.is_ok());
        assert!(service.compose(&hers, rosa, Some(resource), Some(thread)).await.is_ok());

        let before = written(&talk).await;
        let his = talk.now(&talk.as_luis);
        for person in [rosa, luis] {
            let new = |about: Option<ChartItem>, continues| NewThread {
                about,
                continues,
                ..talk.question("Hello")
            };
            refused!(
                "Luis",
                service.thread(&his, person, thread),
                service.reply(&his, person, thread, reply("Hello", 9)),
                service.withdraw(&his, Some(person), thread, message),
                service.withdraw(&his, None, thread, message),
                service.result(&his, person, resource),
                service.team_result(&his, person, resource),
                service.compose(&his, person, Some(resource), None),
                service.compose(&his, person, None, Some(thread)),
                service.send_new(&his, person, new(Some(item.clone()), None)),
                service.send_new(&his, person, new(None, Some(thread))),
            );
        }
        refused!(
            "Luis",
            service.home(&his, rosa),
            service.person(&his, rosa),
            service.threads(&his, rosa, None),
            service.search_own(&his, rosa, "private".into(), None),
            service.overview(&his, rosa),
            service.results(&his, rosa, None),
            service.looked(&his, rosa, None),
            service.compose(&his, rosa, None, None),
            service.send_new(&his, rosa, talk.question("Hello")),
            service.save_draft(&his, rosa, DraftSlot::New, draft()),
            service.save_draft(&his, rosa, DraftSlot::Thread(thread), draft()),
            service.park(&his, rosa, DraftSlot::New, draft()),
            service.discard_draft(&his, rosa, DraftSlot::New),
            service.begin(&his, rosa, talk.question("Hello")),
            service.banner(&his, rosa),
            service.team_chart(&his, rosa),
            service.team_thread(&his, thread),
        );
        assert_eq!(written(&talk).await, before, "nothing was left behind");
        let (_, found) = service.search_own(&his, luis, "private".into(), None).await.unwrap();
        assert!(found.hits.items.is_empty());
        let denials = talk.clinic.audit(rosa).await.into_iter().filter(|(_, outcome)| outcome == "denied");
        assert!(denials.count() >= 8, "Rosa can see that somebody tried");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_cannot_be_begun_with_a_team_or_about_an_item_that_is_not_ones_own() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let elsewhere = service
            .create_pool(&talk.clinic.operator(), new_pool("Surgery", "Cirugía", "Riverbend"))
            .await
            .unwrap();
        let his = talk.now(&talk.as_luis);
        let new = NewThread { pool: elsewhere, ..talk.question("Hello") };
        let refused = service.send_new(&his, talk.luis, new).await;
        assert_eq!(refused, Err(ServiceError::Invalid(vec![FieldProblem::TeamMissing])));

        let hers = result(&talk, talk.rosa, 0x50, Sensitivity::Normal).await;
        let maya = talk.now(&talk.as_maya);
        let wrong_version = ChartItem { version: 2, ..hers.clone() };
        let wrong_type = ChartItem { resource_type: "Condition".into(), ..hers.clone() };
        for (patient, about) in [(talk.luis, &hers), (talk.rosa, &wrong_version), (talk.rosa, &wrong_type)] {
            let new = NewThread { about: Some(about.clone()), ..talk.question("Hello") };
            refused!("Maya", service.begin(&maya, patient, new.clone()));
        }
        let new = NewThread { about: Some(hers), ..talk.question("Hello") };
        assert!(service.begin(&maya, talk.rosa, new).await.is_ok());
        assert_eq!(talk.number("SELECT COUNT(*) FROM thread").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_does_none_of_the_teams_work_not_even_in_an_own_thread() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, hers) = (talk.service(), talk.now(&talk.as_rosa));
        let sent = talk.ask("My own thread").await;
        service.note(&talk.now(&talk.as_maya), sent.thread, reply("For the team only", 1)).await.unwrap();
        let message = newest_message(&talk, &talk.as_maya, sent.thread).await;
        let before = written(&talk).await;
        refused!(
            "Rosa",
            service.team_thread(&hers, sent.thread),
            service.note(&hers, sent.thread, reply("Internal", 9)),
            service.answer(&hers, sent.thread, reply("Answer", 9), Some(talk.solved)),
            service.close(&hers, sent.thread, talk.solved, 9),
            service.reopen(&hers, sent.thread, reason("Mine")),
            service.assign(&hers, sent.thread, Some(talk.as_maya.actor.account), None),
            service.retract(&hers, sent.thread, message, reason("Mine")),
            service.inbox(&hers, Some(talk.clinic.nurses), View::ToDo, None),
            service.search_team(&hers, "own".into(), Some(talk.clinic.nurses), None),
            service.search_team(&hers, "own".into(), None, None),
            service.find_patients(&hers, "Rosa"),
            service.break_glass(&hers, "MRN-1", reason("Mine")),
        );
        assert_eq!(written(&talk).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_privacy_officers_and_analysts_in_a_pool_read_and_write_no_messages() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let sent = talk.ask("Only for those who treat me").await;
        let item = result(&talk, talk.rosa, 0x50, Sensitivity::Normal).await;
        let before = written(&talk).await;
        for role in [Role::Administrator, Role::PrivacyOfficer, Role::Analyst] {
            let account = talk.clinic.staff(role.word(), role).await;
            let who = staff(&service, account, role, vec![talk.clinic.nurses]);
            refused!(
                role.word(),
                service.inbox(&who, None, View::ToDo, None),
                service.team_thread(&who, sent.thread),
                service.search_team(&who, "treat".into(), None, None),
                service.answer(&who, sent.thread, reply("Hello", 9), None),
                service.note(&who, sent.thread, reply("Hello", 9)),
                service.close(&who, sent.thread, talk.solved, 9),
                service.assign(&who, sent.thread, Some(account), None),
                service.begin(&who, talk.rosa, talk.question("Hello")),
                service.team_compose(&who, talk.rosa),
                service.find_patients(&who, "Rosa"),
                service.banner(&who, talk.rosa),
                service.team_chart(&who, talk.rosa),
                service.team_result(&who, talk.rosa, item.resource),
                service.break_glass(&who, "MRN-1", reason("Curious")),
                service.save_draft(&who, talk.rosa, DraftSlot::New, draft()),
                service.looked(&who, talk.rosa, None),
            );
        }
        assert_eq!(written(&talk).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_front_desk_answers_messages_and_sees_no_chart_and_nothing_restricted() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let item = result(&talk, talk.rosa, 0x50, Sensitivity::Normal).await;
        let new = NewThread { about: Some(item.clone()), ..talk.question("When can I come?") };
        let sent = service.send_new(&talk.now(&talk.as_rosa), talk.rosa, new).await.unwrap();
        // Who asks about something restricted has asked in a restricted thread.
        let hidden = result(&talk, talk.rosa, 0x51, Sensitivity::Restricted).await;
        let new = NewThread { about: Some(hidden), ..talk.question("Something confidential") };
        let secret = service.send_new(&talk.now(&talk.as_rosa), talk.rosa, new).await.unwrap();
        let account = talk.clinic.staff("desk", Role::FrontDesk).await;
        let desk = || talk.now(&staff(&service, account, Role::FrontDesk, vec![talk.clinic.nurses]));

        let nurse = service.team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
        assert!(nurse.about.is_some() && nurse.may_read_chart && nurse.banner.allergies.is_some());
        let seen = service.team_thread(&desk(), sent.thread).await.unwrap();
        assert!(!seen.may_read_chart && seen.banner.allergies.is_none());
        assert_eq!(seen.about, None, "a result stands in the chart");
        assert!(service.answer(&desk(), sent.thread, reply("On Monday at ten", 9), None).await.is_ok());

        let about = NewThread { about: Some(item.clone()), ..talk.question("Hello") };
        refused!(
            "the front desk",
            service.team_chart(&desk(), talk.rosa),
            service.team_result(&desk(), talk.rosa, item.resource),
            service.begin(&desk(), talk.rosa, about),
            service.break_glass(&desk(), "MRN-1", reason("Curious")),
            service.team_thread(&desk(), secret.thread),
            service.answer(&desk(), secret.thread, reply("Hello", 9), None),
            service.close(&desk(), secret.thread, talk.solved, 9),
        );
        let found = service.search_team(&desk(), "confidential".into(), None, None).await.unwrap();
        assert!(found.hits.items.is_empty(), "a restricted message is not found");
        let list = service.inbox(&desk(), None, View::ToDo, None).await.unwrap();
        let row = list.rows.items.iter().find(|row| row.thread == secret.thread).expect("it counts");
        assert_eq!((row.subject.as_str(), row.first_words.as_str()), ("", ""), "its words are not shown");
        let found =
            service.search_team(&talk.now(&talk.as_maya), "confidential".into(), None, None).await.unwrap();
        assert_eq!(found.hits.items.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_ended_opens_nothing_any_more() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, sent) = (talk.service(), talk.ask("Who reads this?").await);
        let enter = async |name: &str| {
            let token = talk.clinic.enter(Door::Team, name, PASSWORD).await.unwrap().token;
            let session = service.session(Door::Team, &token).await.unwrap().unwrap();
            (token, talk::ctx(&service, session.actor), session.id)
        };
        let (token, maya, _) = enter("maya").await;
        assert!(service.team_thread(&maya, sent.thread).await.is_ok());
        assert!(service.session(Door::Patient, &token).await.unwrap().is_none(), "a cookie fits one door");

        // Out of the pool.
        let (nurses, account, now) = (talk.clinic.nurses, maya.actor.account, service.now());
        let db = service.store.db.clone();
        assert!(db.write(move |tx| store::pool::end_member(tx, nurses, account, now)).await.unwrap());
        let left = talk::ctx(&service, service.session(Door::Team, &token).await.unwrap().unwrap().actor);
        refused!(
            "who has left the pool",
            service.team_thread(&left, sent.thread),
            service.inbox(&left, Some(nurses), View::ToDo, None),
            service.search_team(&left, "reads".into(), Some(nurses), None),
            service.answer(&left, sent.thread, reply("Hello", 9), None),
            service.banner(&left, talk.rosa),
            service.team_chart(&left, talk.rosa),
        );
        let to_her = service.assign(&talk.now(&talk.as_jonas), sent.thread, Some(account), None).await;
        assert_eq!(to_her, Err(ServiceError::Conflict(ThreadProblem::NotAMember)));

        // Signed out, by another and by herself.
        let (token, jonas, session) = enter("jonas").await;
        refused!("another", service.revoke_session(&left, session));
        assert!(service.session(Door::Team, &token).await.unwrap().is_some());
        service.sign_out(&jonas, session).await.unwrap();
        assert!(service.session(Door::Team, &token).await.unwrap().is_none());

        // No longer employed.
        let (token, jonas, _) = enter("jonas").await;
        refused!("a nurse", service.deactivate_account(&jonas, account));
        service.deactivate_account(&talk.clinic.operator(), jonas.actor.account).await.unwrap();
        assert!(service.session(Door::Team, &token).await.unwrap().is_none());
        assert!(service.peek_session(Door::Team, &token).await.unwrap().is_none());
        assert!(talk.clinic.enter(Door::Team, "jonas", PASSWORD).await.is_err());
        let carl = talk.clinic.staff("carl", Role::Nurse).await;
        let carl = staff(&service, carl, Role::Nurse, vec![nurses]);
        let to_him = service.assign(&carl, sent.thread, Some(jonas.actor.account), None).await;
        assert_eq!(to_him, Err(ServiceError::Conflict(ThreadProblem::NotAMember)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_of_other_threads_pools_and_people_do_not_fit() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let (first, second) = (talk.ask("First").await, talk.ask("Second").await);
        let message = newest_message(&talk, &talk.as_maya, first.thread).await;
        let answered = talk.answer(&talk.as_jonas, second.thread, "By Jonas").await;
        let jonas_wrote = newest_message(&talk, &talk.as_jonas, answered.thread).await;
        let elsewhere = service
            .create_pool(&talk.clinic.operator(), new_pool("Surgery", "Cirugía", "Riverbend"))
            .await
            .unwrap();
        let surgeon = talk.clinic.staff("surgeon", Role::Physician).await;
        let surgeon = || talk.now(&staff(&service, surgeon, Role::Physician, vec![elsewhere]));
        let maya = || talk.now(&talk.as_maya);
        let missing = ThreadId(Uuid::from_u128(404));
        refused!(
            "Maya",
            service.withdraw(&maya(), None, second.thread, message),
            service.retract(&maya(), second.thread, message, reason("Wrong")),
            service.team_thread(&maya(), missing),
            service.close(&maya(), missing, talk.solved, 9),
            service.begin(&maya(), PatientId(Uuid::from_u128(404)), talk.question("Hello")),
            service.begin(&maya(), PatientId::ORGANISATION, talk.question("Hello")),
            service.begin(&maya(), talk.rosa, NewThread { pool: elsewhere, ..talk.question("Hello") }),
            service.inbox(&maya(), Some(elsewhere), View::ToDo, None),
            service.inbox(&maya(), Some(PoolId(Uuid::from_u128(404))), View::ToDo, None),
            service.search_team(&maya(), "first".into(), Some(elsewhere), None),
            service.banner(&maya(), PatientId(Uuid::from_u128(404))),
            service.team_chart(&maya(), PatientId::ORGANISATION),
        );
        refused!(
            "the surgeon",
            service.team_thread(&surgeon(), first.thread),
            service.answer(&surgeon(), first.thread, reply("Hello", 9), None),
            service.note(&surgeon(), first.thread, reply("Hello", 9)),
            service.assign(&surgeon(), first.thread, None, None),
            service.team_chart(&surgeon(), talk.rosa),
            service.begin(&surgeon(), talk.rosa, NewThread { pool: elsewhere, ..talk.question("Hello") }),
        );
        assert!(service.find_patients(&surgeon(), "Rosa").await.unwrap().0.is_empty());
        let not_hers = service.withdraw(&maya(), None, second.thread, jonas_wrote).await;
        assert_eq!(not_hers, Err(ServiceError::Conflict(ThreadProblem::NotTheAuthor)));
        let stranger =
            service.assign(&maya(), first.thread, Some(AccountId(Uuid::from_u128(404))), None).await;
        assert_eq!(stranger, Err(ServiceError::Conflict(ThreadProblem::NotAMember)));
        service.break_glass(&surgeon(), "MRN-1", reason("Found unconscious")).await.unwrap();
        assert!(service.team_chart(&surgeon(), talk.rosa).await.is_ok());
        refused!(
            "the surgeon in an emergency",
            service.team_thread(&surgeon(), first.thread),
            service.team_compose(&surgeon(), talk.rosa),
            service.begin(&surgeon(), talk.rosa, NewThread { pool: elsewhere, ..talk.question("Hello") }),
        );
        let banner = service.banner(&surgeon(), talk.rosa).await.unwrap();
        assert!(!banner.may_write, "an emergency must not become a relationship of its own making");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_key_that_was_used_elsewhere_never_says_that_a_message_was_sent() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let (first, second) = (talk.ask("First").await, talk.ask("Second").await);
        let answer = reply("For the first thread", 9);
        let maya = || talk.now(&talk.as_maya);
        let sent = service.answer(&maya(), first.thread, answer.clone(), None).await.unwrap();
        let again = service.answer(&maya(), first.thread, answer.clone(), None).await.unwrap();
        assert!(again.was_already_sent && again.seq == sent.seq);
        let elsewhere = service.answer(&maya(), second.thread, answer.clone(), None).await;
        assert_eq!(elsewhere, Err(ServiceError::Conflict(ThreadProblem::MovedOn)));
        let new = NewThread { client_key: answer.client_key, ..talk.question("About Luis") };
        let elsewhere = service.begin(&maya(), talk.luis, new).await;
        assert_eq!(elsewhere, Err(ServiceError::Conflict(ThreadProblem::MovedOn)));
        let open = service.team_thread(&maya(), second.thread).await.unwrap();
        assert!(open.needs_answer);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_is_gone_from_the_lists_and_its_question_waits_again() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let sent = talk.ask("First words").await;
        let secret = service
            .reply(&talk.now(&talk.as_rosa), talk.rosa, sent.thread, reply("Wrong window, my secret", 1))
            .await
            .unwrap();
        let hers = service.thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap();
        let message = hers.entries.iter().find(|entry| entry.seq == secret.seq).unwrap().id;
        service.withdraw(&talk.now(&talk.as_rosa), Some(talk.rosa), sent.thread, message).await.unwrap();
        let list = service.inbox(&talk.now(&talk.as_maya), None, View::ToDo, None).await.unwrap();
        assert_eq!(list.rows.items[0].first_words, "First words");

        talk.answer(&talk.as_maya, sent.thread, "Meant for somebody else").await;
        let answer = newest_message(&talk, &talk.as_maya, sent.thread).await;
        service.withdraw(&talk.now(&talk.as_maya), None, sent.thread, answer).await.unwrap();
        let list = service.inbox(&talk.now(&talk.as_maya), None, View::ToDo, None).await.unwrap();
        assert_eq!(list.rows.items.len(), 1, "nobody has answered");
        let row = &list.rows.items[0];
        assert!(row.needs_answer && row.due_at.is_some() && row.waiting_since.is_some());
        assert_eq!(row.first_words, "First words");
        let hers = service.thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap();
        assert!(hers.entries.iter().all(|entry| entry.text.as_deref() != Some("Meant for somebody else")));

        let maya = || talk.now(&talk.as_maya);
        let closing = reply("All is well", i64::MAX);
        service.answer(&maya(), sent.thread, closing, Some(talk.solved)).await.unwrap();
        let answer = newest_message(&talk, &talk.as_maya, sent.thread).await;
        service.withdraw(&maya(), None, sent.thread, answer).await.unwrap();
        let again = service.team_thread(&maya(), sent.thread).await.unwrap();
        assert!(again.state == ThreadState::Open && again.needs_answer, "closed over an answer that is gone");

        talk.answer(&talk.as_maya, sent.thread, "Take two of them").await;
        service.thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap();
        let answer = newest_message(&talk, &talk.as_maya, sent.thread).await;
        service.retract(&maya(), sent.thread, answer, reason("Wrong patient")).await.unwrap();
        let list = service.inbox(&maya(), None, View::ToDo, None).await.unwrap();
        assert_eq!(list.rows.items.len(), 1, "what was retracted answers nothing either");
    })
    .await;
}

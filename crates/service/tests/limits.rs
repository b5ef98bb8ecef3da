//! What one signed-in person cannot do without end, on both databases: keep long drafts, keep drafts where
//! there is no text box, and send without pause.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::draft::{BODY_LIMIT, DraftText, FieldProblem};
use domain::id::{PatientId, ResourceId, ThreadId};
use domain::pace::Pace;
use jiff::SignedDuration;
use service::ctx::Ctx;
use service::drafts::DraftSlot;
use service::error::ServiceError;
use store::testing::each_migrated;
use talk::{Talk, reply};
use uuid::Uuid;

const DRAFTS: &str = "SELECT COUNT(*) FROM draft";

fn text(body: &str) -> DraftText {
    DraftText { body: body.into(), ..DraftText::default() }
}

#[tokio::test]
async fn half_a_megabyte_is_no_draft_and_nobody_reads_it_for_warning_words() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, rosa, slot) = (talk.service(), talk.rosa, DraftSlot::New);
        let save = async |body: &str| {
            service.save_draft(&talk.now(&talk.as_rosa), rosa, slot, text(body)).await.map(drop)
        };
        save("What I wrote first").await.unwrap();
        let endless = "no chest pain ".repeat(36_000);
        let too_long = Err(ServiceError::Invalid(vec![FieldProblem::BodyTooLong]));
        assert_eq!(save(&endless).await, too_long);
        let page = service.compose(&talk.now(&talk.as_rosa), rosa, None, None).await.unwrap();
        assert_eq!(page.draft.unwrap().body, "What I wrote first", "the earlier draft stays");
        save(&"x".repeat(BODY_LIMIT)).await.unwrap();

        let beyond = format!("{} My chest hurts.", "x ".repeat(BODY_LIMIT / 2));
        assert!(service.signs_in(slot, &text(&beyond)).is_empty(), "what cannot be sent is not read");
        let within = format!("My chest hurts. {}", "x ".repeat(BODY_LIMIT / 2));
        assert_eq!(service.signs_in(slot, &text(&within)), ["chest_pain"]);
        let other = service.save_draft(&talk.now(&talk.as_luis), rosa, slot, text(&endless)).await;
        assert_eq!(other.map(drop), Err(ServiceError::NotFound), "to others it is not even too long");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_only_where_there_is_a_text_box() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, rosa, maya) = (talk.service(), talk.rosa, &talk.as_maya);
        let sent = talk.ask("Is 5.4 too high?").await;
        let luis = talk.now(&talk.as_luis);
        let other = service.send_new(&luis, talk.luis, talk.question("Hello")).await.unwrap();
        let unknown = Uuid::from_u128(77);
        let keep = async |who: &Ctx, person: PatientId, slot, text| {
            service.save_draft(&talk.now(who), person, slot, text).await.map(drop)
        };
        for slot in [ThreadId(unknown), other.thread].map(DraftSlot::Thread) {
            for who in [&talk.as_rosa, maya] {
                assert_eq!(keep(who, rosa, slot, text("Half a thought")).await, Err(ServiceError::NotFound));
            }
            let parked = service.park(&talk.now(&talk.as_rosa), rosa, slot, text("Half a thought")).await;
            assert_eq!(parked, Err(ServiceError::NotFound));
        }
        let item = DraftSlot::Item(ResourceId(unknown));
        assert_eq!(keep(&talk.as_rosa, rosa, item, text("And this?")).await, Err(ServiceError::NotFound));
        assert_eq!(talk.number(DRAFTS).await, 0);
        assert!(talk.clinic.audit(rosa).await.contains(&("save_draft".into(), "not_found".into())));

        for who in [&talk.as_rosa, maya] {
            keep(who, rosa, DraftSlot::Thread(sent.thread), text("Half a thought")).await.unwrap();
        }
        assert_eq!(talk.number(DRAFTS).await, 2);
        // The note's box is the team's alone, and keeps its text apart from the reply's.
        let note = DraftSlot::Note(sent.thread);
        assert_eq!(keep(&talk.as_rosa, rosa, note, text("Not hers")).await, Err(ServiceError::NotFound));
        keep(maya, rosa, note, text("She fell twice")).await.unwrap();
        let nowhere = DraftSlot::Note(ThreadId(unknown));
        assert_eq!(keep(maya, rosa, nowhere, text("Lost")).await, Err(ServiceError::NotFound));
        assert_eq!(talk.number(DRAFTS).await, 3);
        let reply = service.team_thread(&talk.now(maya), sent.thread).await.unwrap().draft.unwrap();
        assert_eq!(reply.body, "Half a thought");
        let read = async |who: &Ctx| service.note_draft(&talk.now(who), rosa, sent.thread).await;
        assert_eq!(read(maya).await.unwrap().as_deref(), Some("She fell twice"));
        assert_eq!(read(&talk.as_jonas).await.unwrap(), None, "a colleague has a box of his own");
        for who in [&talk.as_rosa, &talk.as_luis] {
            assert_eq!(read(who).await, Err(ServiceError::Denied));
        }
        // To throw away what is not there leaves nothing, and hurts nobody.
        service.discard_draft(&talk.now(&talk.as_rosa), rosa, item).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn after_sixty_messages_in_an_hour_the_next_one_waits_and_a_retry_does_not() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, rosa) = (talk.service(), talk.rosa);
        let thread = talk.ask("The first of many").await.thread;
        let begun = service.now();
        let hers = |minutes| Ctx { now: begun + SignedDuration::from_mins(minutes), ..talk.as_rosa.clone() };
        let mut last = reply("And one more", i64::MAX);
        for _ in 1..Pace::default().hourly {
            last = reply("And one more", i64::MAX);
            service.reply(&hers(1), rosa, thread, last.clone()).await.unwrap();
        }
        let more = || reply("And this", i64::MAX);
        let waits = service.reply(&hers(2), rosa, thread, more()).await;
        let Err(ServiceError::TooMany { retry_after_secs }) = waits else { panic!("{waits:?}") };
        assert!((57 * 60..=58 * 60 + 1).contains(&retry_after_secs), "{retry_after_secs}");
        let new = service.send_new(&hers(2), rosa, talk.question("Elsewhere")).await;
        assert!(matches!(new, Err(ServiceError::TooMany { .. })), "{new:?}");
        assert!(service.reply(&hers(2), rosa, thread, last).await.unwrap().was_already_sent);
        talk.answer(&talk.as_maya, thread, "We read all of them.").await;
        service.reply(&hers(59), rosa, thread, more()).await.unwrap_err();
        service.reply(&hers(62), rosa, thread, more()).await.unwrap();

        // A day has an end as well: one every six minutes.
        let Pace { hourly, daily } = Pace::default();
        let mut sent = hourly + 1;
        while sent < daily {
            let at = 70 + 6 * i64::try_from(sent - hourly).unwrap();
            service.reply(&hers(at), rosa, thread, more()).await.unwrap();
            sent += 1;
        }
        let waits = service.reply(&hers(1_000), rosa, thread, more()).await;
        assert!(matches!(waits, Err(ServiceError::TooMany { .. })), "{waits:?}");
        service.reply(&hers(24 * 60 + 2), rosa, thread, more()).await.unwrap();
    })
    .await;
}

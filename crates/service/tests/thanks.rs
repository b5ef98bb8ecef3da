//! "That answers it, thank you", on both databases: the patient's close, which gives the team no work.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::inbox::View;
use domain::message::Side;
use service::ServiceError;
use service::view::thread::{EventText, Fact, ThreadView};
use store::testing::each_migrated;
use talk::{Talk, reply};

async fn read(talk: &Talk, sent: &service::view::thread::Sent) -> ThreadView {
    talk.service().thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap()
}

#[tokio::test]
async fn an_answered_thread_is_closed_by_the_patient_and_nobody_owes_anything() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("Is it too high?").await;
        assert!(!read(&talk, &sent).await.can_thank, "nobody has answered");
        talk.answer(&talk.as_maya, sent.thread, "No. Stop the salt substitute.").await;
        let view = read(&talk, &sent).await;
        assert!(view.can_thank);
        let as_rosa = talk.now(&talk.as_rosa);
        talk.service().thank(&as_rosa, talk.rosa, sent.thread, view.last_seq).await.unwrap();
        let view = read(&talk, &sent).await;
        assert_eq!(view.status.fact, Fact::Settled { at: as_rosa.now });
        assert_eq!(view.entries.last().unwrap().event, Some(EventText::Thanked));
        assert!(!view.can_thank);
        assert_eq!(
            talk.number("SELECT COUNT(*) FROM thread WHERE needs_answer OR state <> 'closed'").await,
            0
        );
        // To say it twice says nothing more.
        talk.service().thank(&as_rosa, talk.rosa, sent.thread, view.last_seq).await.unwrap();
        assert_eq!(read(&talk, &sent).await.last_seq, view.last_seq);
        let person = talk.service().person(&talk.now(&talk.as_rosa), talk.rosa).await.unwrap();
        assert_eq!(person.unread, 0, "her own word is not news to her");
    })
    .await;
}

#[tokio::test]
async fn thanks_after_a_close_leave_the_thread_closed_as_the_team_closed_it() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("Is it too high?").await;
        let closing = reply("No.", i64::MAX);
        talk.service()
            .answer(&talk.now(&talk.as_maya), sent.thread, closing, Some(talk.solved))
            .await
            .unwrap();
        let view = read(&talk, &sent).await;
        assert!(view.can_thank);
        talk.service().thank(&talk.now(&talk.as_rosa), talk.rosa, sent.thread, view.last_seq).await.unwrap();
        let view = read(&talk, &sent).await;
        assert!(matches!(view.status.fact, Fact::Closed { .. }), "{:?}", view.status);
        let team = talk.service().team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
        assert!(!team.needs_answer && team.waiting_since.is_none() && team.due_at.is_none());
        let thanks = team.entries.last().unwrap();
        assert_eq!((thanks.event.clone(), thanks.author.side), (Some(EventText::Thanked), Side::Patient));
        let to_do = talk.service().inbox(&talk.now(&talk.as_maya), None, View::ToDo, None).await.unwrap();
        assert!(to_do.rows.items.is_empty(), "nothing to do");
    })
    .await;
}

#[tokio::test]
async fn thanks_for_what_was_not_seen_are_not_taken_and_others_may_not_give_them() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("Is it too high?").await;
        talk.answer(&talk.as_maya, sent.thread, "No.").await;
        let view = read(&talk, &sent).await;
        talk.answer(&talk.as_jonas, sent.thread, "But come in on Friday.").await;
        let late =
            talk.service().thank(&talk.now(&talk.as_rosa), talk.rosa, sent.thread, view.last_seq).await;
        assert!(matches!(late, Err(ServiceError::Conflict(_))), "{late:?}");
        let other = talk.service().thank(&talk.now(&talk.as_luis), talk.rosa, sent.thread, 99).await;
        assert_eq!(other, Err(ServiceError::NotFound));
        assert_eq!(talk.number("SELECT COUNT(*) FROM thread WHERE state = 'waiting'").await, 1);
    })
    .await;
}

//! Warning words, on both databases: read when sent, first in the team's list, told in the thread and in
//! the audit, gone with the answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::draft::{Body, DraftText, NewThread, Subject};
use domain::id::ThreadId;
use domain::inbox::View;
use domain::red_flags::{Advice, RedFlags};
use jiff::SignedDuration;
use service::ctx::Ctx;
use service::drafts::DraftSlot;
use service::page::Cursor;
use service::view::inbox::InboxRow;
use service::view::thread::{EventText, Sent};
use store::inbox::PageAsk;
use store::testing::each_migrated;
use talk::{Talk, reply};

const CHEST: &str = "My chest hurts since I carried the groceries in.";

async fn list(talk: &Talk, view: View) -> Vec<InboxRow> {
    let nurses = Some(talk.clinic.nurses);
    talk.service().inbox(&talk.now(&talk.as_maya), nurses, view, None).await.unwrap().rows.items
}

fn threads(rows: &[InboxRow]) -> Vec<ThreadId> {
    rows.iter().map(|row| row.thread).collect()
}

fn signs(row: &InboxRow) -> Vec<&str> {
    row.warning.iter().flat_map(|warning| &warning.signs).map(|label| label.en.as_str()).collect()
}

/// What the team reads of the warning words in a thread.
async fn told(talk: &Talk, sent: &Sent) -> Vec<EventText> {
    let view = talk.service().team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
    view.entries.into_iter().filter_map(|entry| entry.event).collect()
}

#[tokio::test]
async fn warning_words_stand_before_everything_else_until_they_are_answered() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let old = talk.ask("Is 5.4 too high?").await;
        talk.service()
            .store
            .db
            .write(|tx| tx.execute("UPDATE inbox SET due_at = 1, rank_at = 1", &[]))
            .await
            .map_err(|error: store::StoreError| error)
            .unwrap();
        let chest = talk.ask(CHEST).await;
        let also = talk.ask("I can't breathe and my lips are turning blue.").await;
        let rows = list(&talk, View::ToDo).await;
        assert_eq!(threads(&rows), [chest.thread, also.thread, old.thread], "the longest waiting first");
        assert_eq!((signs(&rows[0]), signs(&rows[1])), (vec!["chest pain"], vec!["trouble breathing"]));
        assert!(rows[0].is_urgent() && rows[1].is_urgent() && rows[2].warning.is_none());
        assert_eq!(threads(&list(&talk, View::Unassigned).await)[0], chest.thread);
        let next = talk.service().team_thread(&talk.now(&talk.as_maya), old.thread).await.unwrap();
        assert_eq!(next.next_thread, Some(chest.thread), "it opens next");

        talk.answer(&talk.as_maya, chest.thread, "Call 911 now, please. I am calling you too.").await;
        assert_eq!(threads(&list(&talk, View::ToDo).await), [also.thread, old.thread]);
        let answered = &list(&talk, View::Waiting).await[0];
        assert_eq!(signs(answered), ["chest pain"], "it is still seen that there were warning words");
        assert!(!answered.is_urgent());
    })
    .await;
}

#[tokio::test]
async fn what_is_overdue_with_warning_words_stands_before_what_is_overdue_longer() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let mut wanted = Vec::new();
        for n in 0..5 {
            let body = if n > 2 { CHEST } else { "A question about my pills." };
            wanted.push((n < 3, talk.ask(body).await.thread));
        }
        assert_eq!(
            threads(&list(&talk, View::Overdue).await),
            [],
            "warning words alone make nothing overdue"
        );
        wanted.sort_by_key(|(is_ordinary, _)| *is_ordinary);
        let wanted: Vec<ThreadId> = wanted.into_iter().map(|(_, thread)| thread).collect();
        let late = talk.service().now() + SignedDuration::from_hours(24 * 10);
        let as_maya = Ctx { now: late, ..talk.now(&talk.as_maya) };
        let page =
            talk.service().inbox(&as_maya, Some(talk.clinic.nurses), View::Overdue, None).await.unwrap();
        assert_eq!(threads(&page.rows.items), wanted);
        assert!(page.counts.contains(&(View::Overdue, 5)), "{:?}", page.counts);
        let after = page.rows.items.get(2).map(|row| Cursor { at: row.rank_at, id: row.thread.0 });
        let rest =
            talk.service().inbox(&as_maya, Some(talk.clinic.nurses), View::Overdue, after).await.unwrap();
        assert_eq!(threads(&rest.rows.items), wanted[3..], "a page goes on where the one before ended");
    })
    .await;
}

#[tokio::test]
async fn a_list_with_warning_words_is_paged_without_loss() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let mut wanted = Vec::new();
        for n in 0..7 {
            let body = if n % 3 == 2 { CHEST } else { "A question about my pills." };
            wanted.push((n % 3 != 2, talk.ask(body).await.thread));
        }
        wanted.sort_by_key(|(is_ordinary, _)| *is_ordinary);
        let wanted: Vec<ThreadId> = wanted.into_iter().map(|(_, thread)| thread).collect();
        let (mut found, mut after) = (Vec::new(), None);
        for _ in 0..wanted.len() {
            let ask = PageAsk {
                pool: talk.clinic.nurses,
                view: View::ToDo,
                me: talk.as_maya.actor.account,
                after,
                now: talk.service().now(),
                limit: 2,
            };
            let vault = talk.service().store.vault.clone();
            let db = talk.service().store.db.clone();
            let page = db.read(move |tx| store::inbox::page(tx, &vault, &ask)).await.unwrap();
            after = page.last().map(|row| (row.rank_at, row.thread)).or(after);
            found.extend(page.into_iter().map(|row| row.thread));
        }
        assert_eq!(found, wanted);
    })
    .await;
}

#[tokio::test]
async fn the_thread_says_which_words_what_was_advised_and_when_it_was_first_read() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let new = talk.question(CHEST);
        let as_rosa = talk.now(&talk.as_rosa);
        let sent = talk.service().send_new_advised(&as_rosa, talk.rosa, new).await.unwrap();
        let EventText::RedFlag { signs, advised, first_read } = told(&talk, &sent).await.remove(0) else {
            panic!("no line");
        };
        assert_eq!((signs[0].es.as_str(), advised, first_read), ("dolor de pecho", true, None));
        let EventText::RedFlag { first_read, .. } = told(&talk, &sent).await.remove(0) else { panic!() };
        assert!(first_read.is_some(), "Maya's first look was written down");
        let hers = talk.service().thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap();
        assert!(hers.entries.iter().all(|entry| entry.event.is_none()), "that line is the team's");
        assert_eq!(hers.advice, [Advice::Call911], "she is told what to do as long as it waits");
        assert_eq!(hers.person.unread, 0);
        talk.answer(&talk.as_maya, sent.thread, "I have called you.").await;
        let hers = talk.service().thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap();
        assert!(hers.advice.is_empty());

        let key = talk.service().store.patient_key(talk.rosa).await.unwrap().unwrap();
        let (rosa, ask) = (
            talk.rosa,
            store::looked::LookedAsk {
                patient: talk.rosa,
                before: None,
                reader: talk.as_maya.actor.account,
                routine: &[domain::audit::AuditAction::ReadHome],
                limit: 100,
            },
        );
        let rows = talk.service().store.db.read(move |tx| store::looked::page(tx, &ask)).await.unwrap();
        let sends = rows.iter().filter(|row| row.action == domain::audit::AuditAction::SendMessage);
        let details: Vec<_> = sends.map(|row| row.detail(&key, rosa).unwrap()).collect();
        assert!(details.iter().any(|detail| detail.signs == ["chest_pain"] && detail.advised), "{details:?}");
    })
    .await;
}

#[tokio::test]
async fn more_words_and_second_thoughts_leave_the_list_right() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let sent = talk.ask("Is 5.4 too high?").await;
        let later =
            service.reply(&talk.now(&talk.as_rosa), talk.rosa, sent.thread, reply(CHEST, 1)).await.unwrap();
        service
            .reply(&talk.now(&talk.as_rosa), talk.rosa, sent.thread, reply("It is a bit better.", later.seq))
            .await
            .unwrap();
        assert_eq!(signs(&list(&talk, View::ToDo).await[0]), ["chest pain"], "a calmer word hides nothing");

        // An answer that is taken back before she reads it: the words wait again.
        let answer = talk.answer(&talk.as_maya, sent.thread, "For another patient").await;
        assert!(list(&talk, View::ToDo).await.is_empty());
        let view = service.team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap();
        let wrong = view.entries.iter().find(|entry| entry.seq == answer.seq).unwrap().id;
        service.withdraw(&talk.now(&talk.as_maya), None, sent.thread, wrong).await.unwrap();
        let rows = list(&talk, View::ToDo).await;
        assert!(rows[0].is_urgent(), "{:?}", rows[0].warning);
        assert_eq!(signs(&rows[0]), ["chest pain"]);

        // A new turn of hers begins without the old words.
        talk.answer(&talk.as_maya, sent.thread, "We spoke, all is well.").await;
        let thanks = reply("Thank you. When may I drive again?", i64::MAX);
        service.reply(&talk.now(&talk.as_rosa), talk.rosa, sent.thread, thanks).await.unwrap();
        assert!(list(&talk, View::ToDo).await[0].warning.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_message_taken_back_unread_takes_its_warning_along() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask(CHEST).await;
        let view = talk.service().thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap();
        let (who, message) = (talk.now(&talk.as_rosa), view.entries[0].id);
        talk.service().withdraw(&who, Some(talk.rosa), sent.thread, message).await.unwrap();
        let waiting = list(&talk, View::Waiting).await;
        assert_eq!(threads(&waiting), [sent.thread]);
        assert!(waiting[0].warning.is_none());
    })
    .await;
}

#[tokio::test]
async fn closing_takes_a_thread_from_the_top_and_opening_it_again_unanswered_brings_it_back() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask(CHEST).await;
        let seen = talk.service().team_thread(&talk.now(&talk.as_maya), sent.thread).await.unwrap().last_seq;
        talk.service().close(&talk.now(&talk.as_maya), sent.thread, talk.solved, seen).await.unwrap();
        assert_eq!(signs(&list(&talk, View::Closed).await[0]), ["chest pain"]);
        talk.service()
            .reopen(&talk.now(&talk.as_maya), sent.thread, talk::reason("She called"))
            .await
            .unwrap();
        assert!(list(&talk, View::ToDo).await[0].is_urgent(), "it was closed, and nobody has answered it");
    })
    .await;
}

#[tokio::test]
async fn only_what_the_patient_types_is_read() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("Is 5.4 too high?").await;
        talk.answer(&talk.as_maya, sent.thread, "Do you have chest pain? Call 911 if you can't breathe.")
            .await;
        assert!(told(&talk, &sent).await.is_empty(), "the team may write of signs");

        let subject = |text| NewThread {
            subject: Subject::parse(text).unwrap(),
            body: Body::parse("Please call me.").unwrap(),
            ..talk.question("-")
        };
        let send =
            async |new| talk.service().send_new(&talk.now(&talk.as_rosa), talk.rosa, new).await.unwrap();
        let typed = send(subject("Chest pain")).await;
        assert_eq!(told(&talk, &typed).await.len(), 1, "a subject of her own is read");
        let goes_on = NewThread { continues: Some(typed.thread), ..subject("Chest pain") };
        let goes_on = send(goes_on).await;
        let is_flag = |line: &EventText| matches!(line, EventText::RedFlag { .. });
        assert!(!told(&talk, &goes_on).await.iter().any(is_flag), "that subject is an earlier one");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_answered_with_what_to_do_and_the_choice_to_call_is_kept() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let text = |body: &str| DraftText { body: body.into(), ..DraftText::default() };
        let save = async |body| {
            service.save_draft(&talk.now(&talk.as_rosa), talk.rosa, DraftSlot::New, text(body)).await.unwrap()
        };
        assert!(save("Is 5.4 too high?").await.is_none());
        let warning = save("I want to kill myself").await.unwrap();
        assert_eq!((warning.signs, warning.advice), (vec!["self_harm".to_owned()], vec![Advice::Call988]));
        let who = talk.now(&talk.as_rosa);
        service.choose_to_call(&who, talk.rosa, DraftSlot::New, text(CHEST)).await.unwrap().unwrap();
        let page = service.compose(&talk.now(&talk.as_rosa), talk.rosa, None, None).await.unwrap();
        assert_eq!(page.draft.unwrap().body, CHEST, "nothing is lost");
        let audit = talk.clinic.audit(talk.rosa).await;
        assert!(audit.contains(&("choose_to_call".into(), "done".into())), "{audit:?}");
        let who = talk.now(&talk.as_luis);
        assert!(service.warn(&who, talk.rosa, DraftSlot::New, text(CHEST)).await.is_err(), "not his chart");
    })
    .await;
}

#[tokio::test]
async fn an_organisation_may_have_rules_of_its_own() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let rules = "[words]\ncold: cold, icy\n[foot]\nen: cold foot\nes: pie frío\ndo: clinic\n- <cold> ~ foot/feet\n";
        let service = talk.clinic.later(SignedDuration::ZERO);
        service.warns_by(RedFlags::parse(rules).unwrap());
        let send = async |body| {
            let who = talk.now(&talk.as_rosa);
            service.send_new(&who, talk.rosa, talk.question(body)).await.unwrap().thread
        };
        let (chest, foot) = (send(CHEST).await, send("My foot is icy since the surgery.").await);
        let rows = service.inbox(&talk.now(&talk.as_maya), None, View::ToDo, None).await.unwrap().rows.items;
        assert_eq!(threads(&rows), [foot, chest]);
        assert_eq!(signs(&rows[0]), ["cold foot"]);
        // Under other rules the sign goes by its own name.
        assert_eq!(signs(&list(&talk, View::ToDo).await[0]), ["foot"]);
    })
    .await;
}

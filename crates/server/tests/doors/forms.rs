//! Forms: verified before they are read, kept when they cannot be sent, never stored twice.

use crate::browser::{get, post, send};
use crate::world::{Who, World};
use axum::http::StatusCode;
use store::testing::each_migrated;

const TEXT: &str = "Is it <b>too</b> high? ¿Y qué hago?";

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_another_site_or_without_the_sessions_token_is_not_read() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let rosa = &world.browsers[&Who::Rosa];
        let path = format!("/p/{}/more/language", world.rosa);
        let body = format!("csrf={}&language=es", rosa.csrf);
        let cookie = ("cookie", rosa.cookie.as_str());
        let ours = ("origin", "http://localhost");
        let tries: [(&[(&str, &str)], &str); 5] = [
            (&[cookie, ("origin", "https://evil.example")], &body),
            (&[cookie, ("origin", "null")], &body),
            (&[cookie, ours, ("sec-fetch-site", "cross-site")], &body),
            (&[cookie, ours], "language=es"),
            (&[cookie, ours], &format!("csrf={}&language=es", world.browsers[&Who::Carl].csrf)),
        ];
        for (headers, body) in tries {
            let page = send(&world, ("POST", &path), headers, body).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{headers:?} {body}");
        }
        assert!(
            get(&world, Who::Rosa, &format!("/p/{}/more", world.rosa)).await.text().contains("lang=\"en\"")
        );
        let page = send(&world, ("POST", &path), &[cookie, ours], &body).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "the same form from our own page is taken");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_on_send_makes_one_message() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let path = format!("/p/{}/messages/new", world.rosa);
        let page = get(&world, Who::Rosa, &path).await;
        let (pool, topic, key) = (page.field("pool"), world.topic.to_string(), page.field("client_key"));
        let fields = [
            ("pool", pool.as_str()),
            ("topic", &topic),
            ("subject", "Potassium"),
            ("body", TEXT),
            ("client_key", &key),
        ];
        let first = post(&world, Who::Rosa, &path, &fields).await;
        let second = post(&world, Who::Rosa, &path, &fields).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
        assert_eq!(first.place(), second.place());
        let list = get(&world, Who::Rosa, &format!("/p/{}/messages", world.rosa)).await.text();
        assert_eq!(list.matches("data-thread=").count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_to_correct_keeps_what_was_typed_and_marks_the_first_bad_field() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let path = format!("/p/{}/messages/new", world.rosa);
        let page = get(&world, Who::Rosa, &path).await;
        let (key, pool) = (page.field("client_key"), page.field("pool"));
        let fields =
            [("subject", ""), ("body", TEXT), ("client_key", &key), ("pool", &pool), ("topic", "no id")];
        let again = post(&world, Who::Rosa, &path, &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = again.text();
        assert!(
            text.contains("Is it &#60;b&#62;too&#60;/b&#62; high? ¿Y qué hago?"),
            "the text stands there"
        );
        assert_eq!(text.matches("autofocus").count(), 1);
        assert!(text.contains("problem-subject") && text.contains("problem-topic"));
        assert_eq!(again.field("client_key"), key, "a corrected form is still the same send");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_answers_is_not_sent_and_its_text_is_kept_beside_the_first() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let sent = world.thread().await;
        let path = format!("/team/threads/{}", sent.thread);
        let (nurse, doctor) =
            (get(&world, Who::Nurse, &path).await, get(&world, Who::Physician, &path).await);
        let reply = async |who, page: &crate::browser::Page, text: &str| {
            let (key, seen) = (page.field("client_key"), page.field("last_seen"));
            let fields =
                [("body", text), ("client_key", key.as_str()), ("last_seen", &seen), ("then", "stay")];
            post(&world, who, &format!("{path}/reply"), &fields).await
        };
        let first = reply(Who::Nurse, &nurse, "It is fine.").await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let second = reply(Who::Physician, &doctor, "Please come in.").await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        let text = second.text();
        assert!(text.contains("It is fine.") && text.contains(">Please come in.</textarea>"));
        let patients = get(&world, Who::Rosa, &format!("/p/{}/messages/{}", world.rosa, sent.thread)).await;
        assert!(!patients.text().contains("Please come in."));
        let third = reply(Who::Physician, &second, "Please come in.").await;
        assert_eq!(third.status, StatusCode::SEE_OTHER, "sent once the other answer was shown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_internal_note_never_reaches_the_patients_page() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let sent = world.thread().await;
        let path = format!("/team/threads/{}", sent.thread);
        let page = get(&world, Who::Nurse, &path).await;
        let (key, seen) = (page.field("client_key"), page.field("last_seen"));
        let fields = [("body", "Only for us"), ("client_key", key.as_str()), ("last_seen", &seen)];
        assert_eq!(
            post(&world, Who::Nurse, &format!("{path}/note"), &fields).await.status,
            StatusCode::SEE_OTHER
        );
        assert!(get(&world, Who::Physician, &path).await.text().contains("Only for us"));
        let patients = get(&world, Who::Rosa, &format!("/p/{}/messages/{}", world.rosa, sent.thread)).await;
        assert!(!patients.text().contains("Only for us"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_answer_no_longer_counts_as_unread_on_its_own_page() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let sent = world.thread().await;
        let page = get(&world, Who::Nurse, &format!("/team/threads/{}", sent.thread)).await;
        let (key, seen) = (page.field("client_key"), page.field("last_seen"));
        let fields = [("body", "It is fine."), ("client_key", key.as_str()), ("last_seen", &seen)];
        post(&world, Who::Nurse, &format!("/team/threads/{}/reply", sent.thread), &fields).await;
        let count = async |path: String| {
            let text = get(&world, Who::Rosa, &path).await.text();
            let badge = text.split("data-unread-count>").nth(1).unwrap();
            badge.split('<').next().unwrap().to_owned()
        };
        assert_eq!(count(format!("/p/{}/more", world.rosa)).await, "1");
        assert_eq!(count(format!("/p/{}/messages/{}", world.rosa, sent.thread)).await, "0");
        assert_eq!(count(format!("/p/{}/more", world.rosa)).await, "0");
    })
    .await;
}

//! Too long and too much: what was typed stays where it was, and its writer is told what to do.

use crate::browser::{get, post};
use crate::world::{Who, World};
use axum::http::StatusCode;
use domain::draft::{Body, Reply};
use domain::id::ClientKey;
use domain::pace::Pace;
use store::testing::each_migrated;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_too_long_is_refused_in_words_that_stand_beside_the_text() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let key = Uuid::from_u128(1).to_string();
        let endless = "no chest pain ".repeat(20_000);
        let fields = [("body", endless.as_str()), ("client_key", key.as_str())];
        let refused = post(&world, Who::Rosa, &format!("/p/{}/drafts", world.rosa), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let told = "This draft is not saved. This is too long. Use at most 20,000 characters.";
        assert_eq!(refused.text(), told);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_sent_very_much_keeps_the_text_and_reads_whom_to_call() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let sent = world.thread().await;
        for n in 1..Pace::default().hourly {
            let body = Body::parse("And one more thing").unwrap();
            let client_key = ClientKey(Uuid::from_u128(1_000 + n as u128));
            let reply = Reply { body, last_seen: i64::MAX, client_key };
            world.service.reply(&world.now(Who::Rosa), world.rosa, sent.thread, reply).await.unwrap();
        }
        for path in [format!("messages/{}", sent.thread), "messages/new".to_owned()] {
            let path = format!("/p/{}/{path}", world.rosa);
            let page = get(&world, Who::Rosa, &path).await;
            let (key, topic, pool) = (page.field("client_key"), world.topic.to_string(), page.field("pool"));
            let fields = [
                ("pool", pool.as_str()),
                ("topic", &topic),
                ("subject", "Once more"),
                ("body", "My question number 61"),
                ("client_key", &key),
                ("last_seen", "9999"),
            ];
            let waits = post(&world, Who::Rosa, &path, &fields).await;
            assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "{}", waits.text());
            assert!(waits.header("retry-after").parse::<i64>().unwrap() > 3_000);
            for page in [waits.text(), get(&world, Who::Rosa, &path).await.text()] {
                assert!(
                    page.contains("My question number 61"),
                    "the text is on the page and a draft: {page}"
                );
            }
            let text = waits.text();
            assert!(
                text.contains("You have sent many messages") && text.contains("href=\"tel:988\""),
                "{text}"
            );
        }
    })
    .await;
}

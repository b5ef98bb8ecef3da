//! Warning words without JavaScript: a page between, that tells what to do and never blocks.

use crate::browser::{Page, get, post};
use crate::world::{Who, World};
use axum::http::StatusCode;
use store::testing::each_migrated;

const TEXT: &str = "My chest hurts & <b>it</b> goes into the arm.";
const SHOWN: &str = "My chest hurts &#38; &#60;b&#62;it&#60;/b&#62; goes into the arm.";

/// What a browser posts from the page between.
fn again<'a>(page: &'a Page, names: &[&'a str]) -> Vec<(&'a str, String)> {
    names.iter().map(|name| (*name, page.field(name))).filter(|(_, value)| !value.is_empty()).collect()
}

async fn choose(world: &World, path: &str, page: &Page, then: &str) -> Page {
    let names = ["pool", "topic", "subject", "client_key", "advised", "last_seen"];
    let mut fields = again(page, &names);
    fields.push(("body", TEXT.to_owned()));
    fields.push(("then", then.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    post(world, Who::Rosa, path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_message_with_warning_words_is_held_up_once_and_sent_all_the_same_when_its_writer_wants() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let path = format!("/p/{}/messages/new", world.rosa);
        let page = get(&world, Who::Rosa, &path).await;
        let (pool, topic, key) = (page.field("pool"), world.topic.to_string(), page.field("client_key"));
        let fields = [
            ("pool", pool.as_str()),
            ("topic", &topic),
            ("subject", "Since this morning"),
            ("body", TEXT),
            ("client_key", &key),
        ];
        let mark = world.mark().await;
        let between = post(&world, Who::Rosa, &path, &fields).await;
        let text = between.text();
        assert_eq!(between.status, StatusCode::OK);
        assert!(text.contains("<h1>") && text.contains("Call 911 now"), "{text}");
        assert!(text.contains("You wrote about: chest pain.") && text.contains("href=\"tel:911\""));
        assert!(text.contains(SHOWN), "the text is kept on the page");
        assert_eq!(between.field("client_key"), key);
        let done = world.audit(Who::Rosa, mark).await;
        assert_eq!(done, [("warn_of_emergency".to_owned(), "done".to_owned())], "nothing was sent");
        let list = get(&world, Who::Rosa, &format!("/p/{}/messages", world.rosa)).await.text();
        assert_eq!(list.matches("data-thread=").count(), 0);
        assert!(get(&world, Who::Rosa, &path).await.text().contains(SHOWN), "and is a draft by now");

        let sent = choose(&world, &path, &between, "send").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let thread = get(&world, Who::Rosa, sent.place()).await.text();
        assert!(thread.contains(SHOWN) && thread.contains("do not wait for an answer here"), "{thread}");
        let list = get(&world, Who::Nurse, "/team/inbox/to-do").await.text();
        assert!(list.contains("Warning words: chest pain"), "{list}");
        assert!(!get(&world, Who::Rosa, &path).await.text().contains(SHOWN), "no draft is left");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_chooses_to_call_sends_nothing_and_finds_the_text_again() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let sent = world.thread().await;
        let path = format!("/p/{}/messages/{}", world.rosa, sent.thread);
        let page = get(&world, Who::Rosa, &path).await;
        let (key, seen) = (page.field("client_key"), page.field("last_seen"));
        let fields = [("body", TEXT), ("client_key", key.as_str()), ("last_seen", &seen)];
        let between = post(&world, Who::Rosa, &path, &fields).await;
        assert!(between.text().contains("I will call"));
        let mark = world.mark().await;
        let called = choose(&world, &path, &between, "call").await;
        assert!(called.text().contains("Your message was not sent."), "{}", called.text());
        assert!(called.text().contains("href=\"tel:911\"") && called.text().contains(&path));
        assert_eq!(world.audit(Who::Rosa, mark).await, [("choose_to_call".to_owned(), "done".to_owned())]);
        let page = get(&world, Who::Rosa, &path).await.text();
        assert!(page.contains(SHOWN) && page.contains("data-warning=\"chest_pain\""), "{page}");
        assert!(!get(&world, Who::Nurse, "/team/inbox/to-do").await.text().contains("Warning words"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_told_while_writing_is_not_held_up_again_but_by_new_words() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let sent = world.thread().await;
        let path = format!("/p/{}/messages/{}", world.rosa, sent.thread);
        let page = get(&world, Who::Rosa, &path).await;
        let (key, seen) = (page.field("client_key"), page.field("last_seen"));
        let thread = sent.thread.to_string();
        let draft = [("body", TEXT), ("client_key", key.as_str()), ("thread", &thread)];
        let told = post(&world, Who::Rosa, &format!("/p/{}/drafts", world.rosa), &draft).await;
        assert!(told.text().contains("Draft saved") && told.text().contains("Call 911 now"));
        let advised = told.field("advised");
        let reply = async |body: &str| {
            let fields =
                [("body", body), ("client_key", key.as_str()), ("last_seen", &seen), ("advised", &advised)];
            post(&world, Who::Rosa, &path, &fields).await
        };
        let more = reply("My chest hurts and I can't breathe.").await;
        assert_eq!(more.status, StatusCode::OK, "of this nobody had told her yet");
        assert_eq!(reply(TEXT).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

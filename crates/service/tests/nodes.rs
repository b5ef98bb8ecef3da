//! Two nodes on one PostgreSQL database: what changes at one is news at the other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use service::Service;
use service::clock::Clock;
use service::live::News;
use std::time::Duration;
use store::db::Engine;
use store::testing::TestDatabase;
use talk::Talk;
use tokio::sync::broadcast::Receiver;

/// Longer than any pause between two tries to listen.
const LONG: Duration = Duration::from_secs(30);

async fn next(news: &mut Receiver<News>) -> News {
    tokio::time::timeout(LONG, news.recv()).await.expect("news in time").unwrap()
}

fn node(talk: &Talk) -> Service {
    Service::new(talk.service().store.clone(), Clock::System)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_given_at_one_node_is_news_at_the_other_and_a_node_that_was_cut_off_looks_at_everything() {
    let test = TestDatabase::new(Engine::Postgres, &store::schema::migrations()).await;
    let talk = Talk::open(test.db.clone()).await;
    let (here, there) = (talk.service(), node(&talk));
    let (mut here_hears, mut there_hears) = (here.live.follow(), there.live.follow());
    for node in [&here, &there] {
        tokio::spawn(service::nodes::run(node.clone(), std::future::pending()));
    }
    assert_eq!(next(&mut here_hears).await, News::Everything, "it listens from here on");
    assert_eq!(next(&mut there_hears).await, News::Everything);

    let sent = talk.ask("Is a salt substitute fine?").await;
    let News::Thread(changed) = next(&mut there_hears).await else { panic!("one thread changed") };
    assert_eq!((changed.thread, changed.patient, changed.pool), (sent.thread, talk.rosa, talk.clinic.nurses));
    let News::Thread(own) = next(&mut here_hears).await else { panic!("one thread changed") };
    assert_eq!(own, changed);

    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND query = 'LISTEN samechart'";
    let cut: Vec<bool> = test.db.read(move |tx| tx.query(cut, &[], |row| row.get(0))).await.unwrap();
    assert_eq!(cut, [true, true]);
    // Its own word, which came back before the cut, was no news here.
    assert_eq!(next(&mut here_hears).await, News::Everything);
    assert_eq!(next(&mut there_hears).await, News::Everything);
    let again = talk.ask("And is it fine with lisinopril?").await;
    let News::Thread(changed) = next(&mut there_hears).await else { panic!("one thread changed") };
    assert_eq!(changed.thread, again.thread);
    test.dispose().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_has_one_node_only_so_nothing_is_kept_for_others() {
    let test = TestDatabase::new(Engine::Sqlite, &store::schema::migrations()).await;
    let talk = Talk::open(test.db.clone()).await;
    let ended = service::nodes::run(talk.service(), std::future::pending());
    tokio::time::timeout(LONG, ended).await.expect("it ends by itself");
    test.dispose().await;
}

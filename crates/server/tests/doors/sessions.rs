//! Signing in and out, sessions that end, and pages of other people.

use crate::browser::{Page, get, post, send};
use crate::world::{PASSWORD, Who, World};
use axum::http::StatusCode;
use store::testing::each_migrated;

async fn sign_in(world: &World, name: &str, password: &str, next: &str) -> Page {
    let page = send(world, ("GET", &format!("/sign-in?next={next}")), &[], "").await;
    let cookie = page.cookie("samechart_open").unwrap();
    let token = page.field("csrf");
    let body = serde_urlencoded::to_string([
        ("csrf", token.as_str()),
        ("name", name),
        ("password", password),
        ("next", next),
    ])
    .unwrap();
    send(world, ("POST", "/sign-in"), &[("cookie", &cookie), ("origin", "http://localhost")], &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_goes_on_to_ones_own_page_and_to_no_other_site() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let home = format!("/p/{}/", world.rosa);
        let record = format!("/p/{}/record", world.rosa);
        let others = format!("/p/{}/record", world.carl);
        for (next, place) in [
            ("", &home),
            (record.as_str(), &record),
            (others.as_str(), &home),
            ("https://evil.example/p/", &home),
            ("//evil.example", &home),
        ] {
            let page = sign_in(&world, "rosa", PASSWORD, next).await;
            assert_eq!((page.status, page.place()), (StatusCode::SEE_OTHER, place.as_str()), "{next}");
            assert!(page.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_name_look_alike() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let plain = |page: &Page, name: &str| {
            let mut text = page.text().replace(name, "");
            for changing in ["csrf", "nonce"] {
                let value = if changing == "csrf" { page.field("csrf") } else { nonce(page) };
                text = text.replace(&value, "");
            }
            text
        };
        let wrong = sign_in(&world, "rosa", "not the password", "").await;
        let unknown = sign_in(&world, "rosb", "not the password", "").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(plain(&wrong, "rosa"), plain(&unknown, "rosb"));
        for _ in 0..6 {
            sign_in(&world, "rosa", "not the password", "").await;
        }
        let locked = sign_in(&world, "rosa", PASSWORD, "").await;
        assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(locked.header("retry-after").parse::<u64>().unwrap() > 0);
    })
    .await;
}

fn nonce(page: &Page) -> String {
    page.text().split("nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_persons_page_and_no_page_at_all_are_the_same_miss() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let nobody = uuid::Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001);
        let strip = |page: &Page, id: &str| page.text().replace(&nonce(page), "").replace(id, "");
        for rest in ["/", "/messages", "/record", "/results", "/looked", "/more"] {
            let carls = get(&world, Who::Rosa, &format!("/p/{}{rest}", world.carl)).await;
            let nobodys = get(&world, Who::Rosa, &format!("/p/{nobody}{rest}")).await;
            assert_eq!(
                (carls.status, nobodys.status),
                (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
                "{rest}"
            );
            assert_eq!(
                strip(&carls, &world.carl.to_string()),
                strip(&nobodys, &nobody.to_string()),
                "{rest}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_arrives_after_the_session_is_a_draft_after_signing_in_again() {
    each_migrated(|db| async move {
        let mut world = World::open(db).await;
        let sent = world.thread().await;
        let path = format!("/p/{}/messages/{}", world.rosa, sent.thread);
        let page = get(&world, Who::Rosa, &path).await;
        let (key, seen) = (page.field("client_key"), page.field("last_seen"));
        let old = world
            .service
            .store
            .db
            .write(|tx| tx.execute("UPDATE session SET last_used_at = last_used_at - 7200000000", &[]));
        old.await.unwrap();
        let fields = [("body", "Written too slowly"), ("client_key", key.as_str()), ("last_seen", &seen)];
        let late = post(&world, Who::Rosa, &path, &fields).await;
        assert_eq!(late.status, StatusCode::SEE_OTHER);
        assert!(late.place().starts_with("/sign-in"), "{}", late.place());
        world.sign_in_again(Who::Rosa).await;
        let back = get(&world, Who::Rosa, &path).await.text();
        assert!(back.contains(">Written too slowly</textarea>"), "the text is kept");
        assert_eq!(back.matches("class=\"entry").count(), 1, "and was not sent by itself");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_its_live_updates() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let out = post(&world, Who::Rosa, &format!("/p/{}/sign-out", world.rosa), &[]).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER);
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        let after = get(&world, Who::Rosa, &format!("/p/{}/", world.rosa)).await;
        assert!(after.place().starts_with("/sign-in"));
        let updates = get(&world, Who::Rosa, &format!("/p/{}/updates", world.rosa)).await;
        assert_eq!(updates.status, StatusCode::NOT_FOUND);
    })
    .await;
}

//! Signing in and out, sessions that end, and pages of other people.

use crate::browser::{Page, get, post, send};
use crate::world::{PASSWORD, Who, World};
use axum::http::StatusCode;
use store::testing::each_migrated;

async fn sign_in(world: &World, name: &str, password: &str, next: &str) -> Page {
    sign_in_with("/sign-in", world, (name, password), next).await
}

/// At either door, with the address that the sign-in page carries along.
async fn sign_in_at(door: &str, world: &World, name: &str, next: &str) -> Page {
    let page = send(world, ("GET", &format!("{door}?next={next}")), &[], "").await;
    sign_in_with(door, world, (name, PASSWORD), &page.field("next")).await
}

async fn sign_in_with(door: &str, world: &World, (name, password): (&str, &str), next: &str) -> Page {
    let page = send(world, ("GET", &format!("{door}?next={next}")), &[], "").await;
    let cookie = page.cookie("samechart_open").unwrap();
    let token = page.field("csrf");
    let body = serde_urlencoded::to_string([
        ("csrf", token.as_str()),
        ("name", name),
        ("password", password),
        ("next", next),
    ])
    .unwrap();
    send(world, ("POST", door), &[("cookie", &cookie), ("origin", "http://localhost")], &body).await
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

/// Everybody's session runs out.
async fn idle(world: &World) {
    let sql = "UPDATE session SET last_used_at = last_used_at - 7200000000";
    world.service.store.db.write(move |tx| tx.execute(sql, &[])).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_arrives_after_the_session_is_a_draft_after_signing_in_again() {
    each_migrated(|db| async move {
        let mut world = World::open(db).await;
        let sent = world.thread().await;
        let path = format!("/p/{}/messages/{}", world.rosa, sent.thread);
        let page = get(&world, Who::Rosa, &path).await;
        let (key, seen) = (page.field("client_key"), page.field("last_seen"));
        idle(&world).await;
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
async fn a_new_message_of_the_team_that_arrives_after_the_session_stands_in_its_form_again() {
    each_migrated(|db| async move {
        let mut world = World::open(db).await;
        let path = format!("/team/patients/{}/messages/new", world.rosa);
        let key = get(&world, Who::Nurse, &path).await.field("client_key");
        idle(&world).await;
        let (pool, topic) = (world.nurses.to_string(), world.topic.to_string());
        let fields = [
            ("pool", pool.as_str()),
            ("topic", &topic),
            ("subject", "Your potassium"),
            ("body", "Please come in on Monday"),
            ("client_key", &key),
        ];
        let late = post(&world, Who::Nurse, &path, &fields).await;
        assert_eq!(late.status, StatusCode::SEE_OTHER);
        let next = late.place().strip_prefix("/team/sign-in?next=").expect("to the team's own door");
        let again = sign_in_at("/team/sign-in", &world, "maya", next).await;
        assert_eq!(again.place(), path, "signing in goes on to the form");

        world.sign_in_again(Who::Nurse).await;
        let back = get(&world, Who::Nurse, &path).await.text();
        assert!(back.contains(">Please come in on Monday</textarea>") && back.contains("Your potassium"));
        assert!(back.contains(&format!("value=\"{topic}\" selected")), "what was chosen, too");
        world.sign_in_again(Who::Rosa).await;
        let hers = get(&world, Who::Rosa, &format!("/p/{}/messages", world.rosa)).await.text();
        assert_eq!(hers.matches("data-thread=").count(), 0, "it was not sent by itself");
        world.sign_in_again(Who::Physician).await;
        let others = get(&world, Who::Physician, &path).await.text();
        assert!(!others.contains("Please come in"), "it is nobody else's");

        assert_eq!(post(&world, Who::Nurse, &path, &fields).await.status, StatusCode::SEE_OTHER);
        assert!(!get(&world, Who::Nurse, &path).await.text().contains("Please come in"), "sent, it is gone");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_internal_note_that_arrives_after_the_session_stands_in_its_own_open_box_again() {
    each_migrated(|db| async move {
        let mut world = World::open(db).await;
        let sent = world.thread().await;
        let path = format!("/team/threads/{}", sent.thread);
        let page = get(&world, Who::Nurse, &path).await;
        let (key, seen) = (page.field("client_key"), page.field("last_seen"));
        let (rosa, thread) = (world.rosa.to_string(), sent.thread.to_string());
        let fields = |body: &'static str| {
            vec![
                ("body", body),
                ("client_key", key.as_str()),
                ("last_seen", &seen),
                ("patient", &rosa),
                ("thread", &thread),
            ]
        };
        // A reply is begun as well: the boxes keep their texts apart.
        post(&world, Who::Nurse, "/team/drafts", &fields("Dear Rosa")).await;
        idle(&world).await;
        let late =
            post(&world, Who::Nurse, &format!("{path}/note?view=to-do"), &fields("She fell twice")).await;
        assert_eq!(late.status, StatusCode::SEE_OTHER);
        let next = late.place().strip_prefix("/team/sign-in?next=").expect("to the team's own door");
        assert_eq!(sign_in_at("/team/sign-in", &world, "maya", next).await.place(), path);

        world.sign_in_again(Who::Nurse).await;
        let back = get(&world, Who::Nurse, &path).await.text();
        let note = "id=\"note\" name=\"body\" rows=\"3\" maxlength=\"20000\">";
        assert!(back.contains(&format!("{note}She fell twice</textarea>")), "the note is kept");
        assert!(back.contains("id=\"note-box\" name=\"answer\" open"), "and to be seen");
        assert!(back.contains(">Dear Rosa</textarea>"), "beside the reply");
        assert_eq!(back.matches("class=\"entry").count(), 1, "and was not saved by itself");
        world.sign_in_again(Who::Physician).await;
        assert!(!get(&world, Who::Physician, &path).await.text().contains("She fell"), "nobody else's yet");
        world.sign_in_again(Who::Rosa).await;
        let hers = get(&world, Who::Rosa, &format!("/p/{rosa}/messages/{thread}")).await.text();
        assert!(!hers.contains("She fell") && !hers.contains("Dear Rosa"));

        let saved = post(&world, Who::Nurse, &format!("{path}/note"), &fields("She fell twice")).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        assert!(get(&world, Who::Physician, &path).await.text().contains("She fell twice"), "now it is");
        let after = get(&world, Who::Nurse, &path).await.text();
        assert!(after.contains(&format!("{note}</textarea>")), "saved, it is no draft any more");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_kept_while_it_is_written_for_its_writer_and_never_in_a_patients_box() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let sent = world.thread().await;
        let path = format!("/team/threads/{}", sent.thread);
        let page = get(&world, Who::Nurse, &path).await;
        let form = page.text().split("/note?").nth(1).unwrap().split("</form>").next().unwrap().to_owned();
        assert!(form.contains("data-draft=\"/team/drafts\""));
        for field in ["patient", "thread", "box", "client_key"] {
            assert!(form.contains(&format!("name=\"{field}\" value=\"")), "{field}");
        }
        let key = page.field("client_key");
        let (rosa, thread) = (world.rosa.to_string(), sent.thread.to_string());
        let fields = |body: &'static str| {
            vec![
                ("body", body),
                ("client_key", key.as_str()),
                ("patient", &rosa),
                ("thread", &thread),
                ("box", "note"),
            ]
        };
        let saved = post(&world, Who::Nurse, "/team/drafts", &fields("Half a note")).await;
        assert!(saved.text().starts_with("Draft saved"), "{}", saved.text());
        let shown = async |who: Who| get(&world, who, &path).await.text().contains("Half a note");
        assert!(shown(Who::Nurse).await && !shown(Who::Physician).await);
        let others = post(&world, Who::OtherNurse, "/team/drafts", &fields("Not my patient")).await;
        assert_eq!(others.status, StatusCode::NOT_FOUND);
        let hers = format!("/p/{rosa}/messages/{thread}");
        assert!(!get(&world, Who::Rosa, &hers).await.text().contains("Half a note"));
        post(&world, Who::Nurse, "/team/drafts", &fields("")).await;
        assert!(!shown(Who::Nurse).await, "emptied, it is thrown away");
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

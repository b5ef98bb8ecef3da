//! Routes x roles: everybody tries every route, on both databases. The allowed case is proven first,
//! or a refusal might be a coincidence; each act and each refusal leaves its audit row.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod table;
mod world;

use axum::http::StatusCode;
use domain::actor::Door;
use domain::draft::{Body, Reply};
use domain::id::{ClientKey, ResourceId};
use domain::pace::Pace;
use server::web::router::ROUTES;
use service::view::thread::Sent;
use std::collections::BTreeSet;
use store::testing::each_migrated;
use table::{Before, Row, TABLE};
use world::{EVERYBODY, Who, World};

/// One try of a route: what was answered, and what the audit says.
struct Try {
    status: StatusCode,
    place: String,
    audit: Vec<(String, String)>,
}

async fn prepare(world: &World, row: &Row, who: Who) -> Sent {
    let is_own = row.path.ends_with("/withdraw") && who == Who::Ellen;
    let sent = world.thread_by(if is_own { who } else { Who::Rosa }).await;
    let by = if world::EVERYBODY.contains(&who) && row.allowed.contains(&who) { who } else { Who::Nurse };
    match row.before() {
        Before::Asked => {}
        Before::AnsweredByMe => {
            let client_key = ClientKey(world.service.ids.mint(world.service.now()));
            let reply = Reply { body: Body::parse("An answer").unwrap(), last_seen: 1, client_key };
            world.service.answer(&world.now(by), sent.thread, reply, None).await.unwrap();
        }
        Before::Answered => {
            let client_key = ClientKey(world.service.ids.mint(world.service.now()));
            let reply = Reply { body: Body::parse("An answer").unwrap(), last_seen: 1, client_key };
            world.service.answer(&world.now(Who::Nurse), sent.thread, reply, None).await.unwrap();
        }
        Before::Closed => {
            world.service.close(&world.now(by), sent.thread, world.close_reason, 1).await.unwrap();
        }
    }
    sent
}

/// What the address of a row names.
fn item(world: &World, row: &Row) -> ResourceId {
    match row.path {
        "/p/{person}/visits/{id}" => world.visit,
        "/p/{person}/notes/{id}" => world.note,
        _ => world.potassium,
    }
}

async fn try_it(world: &World, row: &Row, who: Who) -> Try {
    let sent = prepare(world, row, who).await;
    let view = if row.path.ends_with("/withdraw") && row.is_team() {
        world.unread(&sent).await
    } else {
        world.read(&sent).await
    };
    let path = row
        .path
        .replace("{person}", &world.rosa.to_string())
        .replace("{patient}", &world.rosa.to_string())
        .replace("{thread}", &sent.thread.to_string())
        .replace("{id}", &item(world, row).to_string())
        .replace("{account}", &world.browsers[&Who::Analyst].account.to_string())
        .replace("{run}", &world.studies[0].to_string())
        .replace("{other}", &world.studies[1].to_string())
        .replace("{name}", "report.json")
        .replace("{view}", "to-do");
    let browser = world.browsers.get(&who);
    let form = row.form.map(|fill| {
        let browser = browser.unwrap_or(&world.browsers[&Who::Rosa]);
        let mut fields = fill(world, browser, &sent, &view);
        fields.push(("csrf", browser.csrf.clone()));
        serde_urlencoded::to_string(fields).unwrap()
    });
    let form = form.or((row.method == "POST").then(String::new));
    let mark = world.mark().await;
    let (status, place) = world.ask(who, row.method, &path, form).await;
    Try { status, place, audit: world.audit(who, mark).await }
}

fn has_no_cookie_for(row: &Row, who: Who) -> bool {
    let door = if row.is_team() { Door::Team } else { Door::Patient };
    who == Who::Nobody || who.door() != door
}

/// What is wrong with an answer; nothing when it is the expected one.
fn unexpected(row: &Row, who: Who, tried: &Try) -> Option<String> {
    let (status, audit) = (tried.status, &tried.audit);
    let to_sign_in = status == StatusCode::SEE_OTHER && tried.place.contains("sign-in");
    let has = |action: &str, outcomes: &[&str]| {
        let is_it = |done: &str| action.split('|').any(|one| one == done);
        audit.iter().any(|(done, outcome)| is_it(done) && outcomes.contains(&outcome.as_str()))
    };
    let said = format!("{} {} as {who:?}: {status} {} {audit:?}", row.method, row.path, tried.place);
    if row.is_open {
        return (status != row.answer).then_some(said);
    }
    if has_no_cookie_for(row, who) {
        let is_sent_away = if row.is_stream { status == StatusCode::NOT_FOUND } else { to_sign_in };
        return (!is_sent_away || !audit.is_empty()).then_some(said);
    }
    if row.allowed.contains(&who) {
        let is_fine = status == row.answer_to(who) && (!to_sign_in || row.ends_session());
        let is_audited = row.action.is_none_or(|action| has(action, &["done"]));
        return (!is_fine || !is_audited).then_some(said);
    }
    let expected = if row.denied.contains(&who) { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
    let is_audited = audit.iter().any(|(_, outcome)| outcome == "denied" || outcome == "not_found");
    (status != expected || (row.action.is_some() && !is_audited)).then_some(said)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_tries_every_route_and_gets_the_answer_of_the_table_on_sqlite_and_postgres() {
    each_migrated(|db| async move {
        let mut world = World::open(db).await;
        // A thread for each try, all of them Rosa's.
        world.service.lets_send(Pace::FREE);
        let mut wrong = Vec::new();
        let mut tries = 0;
        for row in TABLE {
            let others = EVERYBODY.iter().filter(|who| !row.allowed.contains(who));
            for who in row.allowed.iter().chain(others) {
                tries += 1;
                let tried = try_it(&world, row, *who).await;
                wrong.extend(unexpected(row, *who, &tried));
                if row.ends_session() && !has_no_cookie_for(row, *who) {
                    world.sign_in_again(*who).await;
                }
            }
        }
        println!("{tries} tries, {} unexpected", wrong.len());
        assert!(wrong.is_empty(), "{} of {tries} unexpected:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}

#[test]
fn every_route_has_its_row_and_every_row_its_route() {
    let named = |(method, path): (&str, &str)| (method.to_uppercase(), path.to_owned());
    let routes: BTreeSet<_> = ROUTES.iter().copied().map(named).collect();
    let rows: BTreeSet<_> = TABLE.iter().map(|row| named((row.method, row.path))).collect();
    let missing: Vec<_> = routes.difference(&rows).collect();
    let extra: Vec<_> = rows.difference(&routes).collect();
    assert!(missing.is_empty(), "routes without a row: {missing:?}");
    assert!(extra.is_empty(), "rows without a route: {extra:?}");
}

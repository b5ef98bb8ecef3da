//! The boards of conversations and of the way to them, on both databases: figures that can be worked out by
//! hand, settled quarter by quarter, the same as a count of everything at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../people/mod.rs"]
mod people;
mod told;

use domain::actor::{Actor, Door, Role, StaffRole};
use domain::covariate::{Finding, Person};
use domain::id::{AccountId, PatientId, PoolId, TopicId};
use domain::language::{Label, Language};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use people::{Clinic, ctx, populate};
use service::pools::NewPool;
use service::studies::{Month, Quarter};
use service::view::boards::{BoardPage, Conversations, LadderBoard, Line, Split};
use service::{Service, ServiceError};
use std::collections::BTreeMap;
use store::db::Value;
use store::params;
use store::testing::each_migrated;
use told::{Told, tell, warn};
use uuid::Uuid;

/// Adults; every 40th is over 75, half are women.
const PEOPLE: u128 = 400;

fn zone() -> TimeZone {
    TimeZone::get("America/Los_Angeles").unwrap()
}

fn staff(role: Role) -> Actor {
    let staff = vec![StaffRole { role, site: None, specialty: None }];
    let account = AccountId(Uuid::from_u128(9));
    Actor {
        account,
        door: Door::Team,
        language: Language::En,
        own_chart: None,
        staff,
        pools: Vec::new(),
        leads: Vec::new(),
    }
}

fn id(number: u128) -> PatientId {
    PatientId(Uuid::from_u128(1_000 + number))
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn everybody() -> BTreeMap<PatientId, Vec<Finding>> {
    let person = |number: u128| {
        let born = if number.is_multiple_of(40) { 1940 } else { 1980 };
        let sex = if number.is_multiple_of(2) { "female" } else { "male" };
        let person = Person { born: Some((born, 1)), sex: Some(sex.into()), ..Person::default() };
        vec![Finding::Person(person)]
    };
    (0..PEOPLE).map(|n| (id(n), person(n))).collect()
}

/// The Monday at ten of a quarter's third week.
fn monday(quarter: Quarter) -> Timestamp {
    let start = quarter.months()[0].starts_at(&zone()).to_zoned(zone()).date();
    let days = 7 - i64::from(start.weekday().to_monday_zero_offset()) + 7;
    let day = start.checked_add(jiff::Span::new().days(days)).unwrap();
    day.at(10, 0, 0, 0).to_zoned(zone()).unwrap().timestamp()
}

/// Two quarters that ended long enough ago, one after the other.
fn quarters(now: Timestamp) -> [Quarter; 2] {
    let this = Month::of(now, &zone());
    let back = |count: i16| {
        let number = this.year * 4 + i16::from((this.month - 1) / 3) - count;
        Quarter { year: number.div_euclid(4), number: number.rem_euclid(4) as i8 + 1 }
    };
    [back(3), back(2)]
}

/// Of every four, one is answered by a nurse after half an hour, one by a physician after 3 hours, one after
/// 30, one not at all; the first reads it after an hour, the others never.
fn first_messages(quarter: Quarter) -> Vec<Told> {
    let began = monday(quarter);
    let told = |person: u128| {
        let after = |minutes: i64| began + SignedDuration::from_mins(minutes);
        let answer = match person % 4 {
            0 => Some((after(30), Role::Nurse, Some(after(90)))),
            1 => Some((after(180), Role::Physician, None)),
            2 => Some((after(30 * 60), Role::Physician, None)),
            _ => None,
        };
        let thread = (quarter.number as u128) << 32 | person << 1;
        Told { person, thread, began, opened: None, answer, closed: None }
    };
    (0..PEOPLE).map(told).collect()
}

/// Second threads of a few, which count no second time.
fn second_messages(quarter: Quarter) -> Vec<Told> {
    let mut told = first_messages(quarter);
    told.retain(|told| told.person.is_multiple_of(10));
    for told in &mut told {
        (told.began, told.answer, told.thread) = (told.began + hours(24 * 8), None, told.thread | 1);
    }
    told
}

fn shown(line: &Line) -> Vec<Option<u64>> {
    line.steps.clone().unwrap_or_default()
}

fn split<'a>(board: &'a LadderBoard, variable: &str) -> &'a Split {
    board.by.iter().find(|split| split.variable == variable).unwrap()
}

async fn place(clinic: &Clinic) -> (PoolId, TopicId) {
    let topics = clinic.service.store.db.read(store::topic::active).await.unwrap();
    (clinic.nurses, topics.iter().find(|topic| topic.word == "refill").unwrap().id)
}

fn steps(counts: &[u64]) -> Vec<Option<u64>> {
    counts.iter().map(|count| Some(*count)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_adult_counts_once_by_the_first_conversation_of_the_quarter() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = &clinic.service;
        populate(&db, service.store.vault.clone(), everybody()).await;
        let analyst = ctx(service, staff(Role::Analyst));
        let [quarter, _] = quarters(analyst.now);
        let place = place(&clinic).await;
        tell(&db, place, first_messages(quarter)).await;
        tell(&db, place, second_messages(quarter)).await;

        let page = service.conversations(&analyst, Some(quarter)).await.unwrap();
        let (_, board) = page.board.as_ref().unwrap();
        // By the clock: 1, 2, 4, 8, 24, 36, 72, 120, 168 hours.
        assert_eq!(shown(&board.clock.all), steps(&[400, 300, 300, 200, 200, 200, 100, 100, 100, 100]));
        assert_eq!(board.clock.all.median, Some(16.5));
        // In the team's hours, 8 to 17: the 30 hours end at 16:00 the next day, after 9 less one and 8 more.
        assert_eq!(shown(&board.working.all), steps(&[400, 300, 300, 200, 200, 100, 100, 100]));
        // The women are the even ones: 100 answered at once, 100 after 30 hours.
        let by_sex = split(&board.clock, "sex");
        let women = by_sex.lines.iter().find(|line| line.level == "female").unwrap();
        assert_eq!(shown(women), steps(&[200, 100, 100, 100, 100, 100, 0, 0, 0, 0]));
        // 10 people over 75 are shown only with the others of their kind.
        let ages = split(&board.clock, "age");
        assert!(ages.lines.iter().all(|line| line.steps.is_none()), "{ages:?}");
        // 300 answers: 100 by nurses, which are read, and 200 by physicians, which are not.
        assert_eq!(shown(&board.unread.all), steps(&[400, 300, 200, 200, 200]));
        let hands: Vec<_> =
            board.answered_by.by[0].lines.iter().map(|it| (it.level.as_str(), shown(it))).collect();
        assert_eq!(hands, [("physician", steps(&[200])), ("nurse", steps(&[100]))]);
        assert_eq!(shown(&board.after_hours.all), steps(&[400, 300, 0]));
        assert_eq!(shown(&board.asked_after_hours.all), steps(&[400, 0]));
        assert_eq!(board.messages, Some([1.0, 0.75]));
        assert_eq!(page.names[&place.1.0.to_string()].en, "Refill");

        let nurse = ctx(service, staff(Role::Nurse));
        assert_eq!(service.conversations(&nurse, None).await, Err(ServiceError::Denied));
        assert_eq!(service.funnel(&nurse, None).await, Err(ServiceError::Denied));
        assert_eq!(service.provider_shares(&nurse, None).await, Err(ServiceError::Denied));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answered_is_not_told_where_few_were_not_answered() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = &clinic.service;
        populate(&db, service.store.vault.clone(), everybody()).await;
        let analyst = ctx(service, staff(Role::Analyst));
        let [quarter, _] = quarters(analyst.now);
        let mut messages = first_messages(quarter);
        // The third, the seventh and the eleventh stay without an answer.
        for told in messages.iter_mut().filter(|told| told.person > 11 && told.answer.is_none()) {
            told.answer = Some((told.began + hours(1), Role::Nurse, None));
        }
        tell(&db, place(&clinic).await, messages).await;

        let page = service.conversations(&analyst, Some(quarter)).await.unwrap();
        let (_, board) = page.board.as_ref().unwrap();
        assert_eq!(shown(&board.unread.all)[..2], [Some(400), None]);
        let hands = &board.answered_by;
        assert_eq!(hands.all.steps, None);
        assert!(hands.by[0].lines.iter().all(|line| line.steps.is_none()), "{hands:?}");
        assert_eq!(hands.by[0].rest, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_reads_of_the_settled_figures_those_of_the_own_pool_beside_those_of_all() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = &clinic.service;
        populate(&db, service.store.vault.clone(), everybody()).await;
        let [quarter, _] = quarters(service.now());
        let (nurses, topic) = place(&clinic).await;
        let desk = NewPool {
            label: Label::new("Desk", "Recepción"),
            readers: None,
            site: "Desk".into(),
            answer_within_minutes: 60,
            is_default: false,
        };
        let desk = service.create_pool(&clinic.operator(), desk).await.unwrap();
        // A quarter of the people, each fourth of whom is never answered, wrote to the desk.
        let (to_nurses, to_desk) = first_messages(quarter).into_iter().partition(|told| told.person < 300);
        tell(&db, (nurses, topic), to_nurses).await;
        tell(&db, (desk, topic), to_desk).await;

        let lead = |pools: &[PoolId]| {
            let pools = pools.to_vec();
            ctx(service, Actor { leads: pools.clone(), pools, ..staff(Role::Nurse) })
        };
        let board = service.team_board(&lead(&[desk]), None, Some(quarter)).await.unwrap();
        assert_eq!((board.pool, board.pools.len()), (desk, 1));
        let (_, own) = board.conversations.board.as_ref().unwrap();
        assert_eq!(shown(&own.clock.all), steps(&[400, 300, 300, 200, 200, 200, 100, 100, 100, 100]));
        let [team] = &split(&own.clock, "team").lines[..] else { panic!("{own:?}") };
        assert_eq!(team.level, desk.0.to_string());
        assert_eq!(shown(team), steps(&[100, 75, 75, 50, 50, 50, 25, 25, 25, 25]));
        let variables: Vec<&str> = own.clock.by.iter().map(|split| &*split.variable).collect();
        assert_eq!(variables, ["team", "warning", "warned-team"], "no groups of people");
        let analyst = ctx(service, staff(Role::Analyst));
        let whole = service.conversations(&analyst, Some(quarter)).await.unwrap().board.unwrap().1;
        assert!(split(&whole.clock, "team").lines.contains(team), "the same decision as the analyst's");
        assert_eq!(whole.unread.all, own.unread.all);

        let both = lead(&[nurses, desk]);
        let other = service.team_board(&both, Some(desk), Some(quarter)).await.unwrap();
        assert_eq!((other.pools.len(), other.pool), (2, desk));
        let denied = service.team_board(&lead(&[desk]), Some(nurses), None).await;
        assert_eq!(denied, Err(ServiceError::Denied), "another pool's");
        let member = ctx(service, Actor { pools: vec![desk], ..staff(Role::Nurse) });
        assert_eq!(service.team_board(&member, Some(desk), None).await, Err(ServiceError::Denied));
        assert_eq!(service.team_board(&member, None, None).await, Err(ServiceError::Denied));
        assert_eq!(service.conversations(&both, None).await, Err(ServiceError::Denied));
        let line = |outcome: &str| ("read_team_board".to_owned(), outcome.to_owned());
        let audit = clinic.audit(PatientId::ORGANISATION).await;
        assert!(audit.contains(&line("done")) && audit.contains(&line("denied")), "{audit:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_with_warning_words_stand_beside_the_others_until_they_are_opened_and_answered() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = &clinic.service;
        populate(&db, service.store.vault.clone(), everybody()).await;
        let [quarter, before] = quarters(service.now());
        let place = place(&clinic).await;
        // Of every four the first, who is answered after half an hour, has warning words; they are opened after
        // ten minutes, the others by their answer.
        let mut told = first_messages(quarter);
        let is_warned = |told: &&mut Told| told.person.is_multiple_of(4);
        told.iter_mut()
            .filter(is_warned)
            .for_each(|told| told.opened = Some(told.began + SignedDuration::from_mins(10)));
        tell(&db, place, told).await;
        let mut told = first_messages(quarter);
        told.retain(|told| told.person.is_multiple_of(4));
        warn(&clinic, &told).await;
        // In the other quarter ten people have them: too few to be told of.
        tell(&db, place, first_messages(before)).await;
        let mut few = first_messages(before);
        few.retain(|told| told.person % 4 == 1 && told.person < 40);
        warn(&clinic, &few).await;

        let analyst = ctx(service, staff(Role::Analyst));
        let board = service.conversations(&analyst, Some(quarter)).await.unwrap().board.unwrap().1;
        // After 1, 2, 4, 8, 12, 24, 36 hours.
        assert_eq!(shown(&board.opened.all), steps(&[400, 300, 300, 200, 200, 200, 200, 100]));
        let [warned, others] = &split(&board.opened, "warning").lines[..] else { panic!("{board:?}") };
        assert_eq!((warned.level.as_str(), others.level.as_str()), ("warned", "other"));
        assert_eq!(shown(warned), steps(&[100, 0, 0, 0, 0, 0, 0, 0]));
        assert_eq!(warned.median, Some(0.167), "ten minutes");
        assert_eq!(shown(others), steps(&[300, 300, 300, 200, 200, 200, 200, 100]));
        assert_eq!(others.median, Some(30.0));
        let answered = split(&board.clock, "warning").lines[0].clone();
        assert_eq!((shown(&answered)[..2].to_vec(), answered.median), (steps(&[100, 0]), Some(0.5)));

        let pools = vec![place.0];
        let lead = ctx(service, Actor { leads: pools.clone(), pools, ..staff(Role::Nurse) });
        let own =
            service.team_board(&lead, None, Some(quarter)).await.unwrap().conversations.board.unwrap().1;
        assert_eq!(split(&own.opened, "warning"), split(&board.opened, "warning"));
        let teams: Vec<_> = split(&own.opened, "warned-team").lines.iter().map(|line| &*line.level).collect();
        assert_eq!(teams, [place.0.0.to_string()], "the own team's beside all");

        let small = service.conversations(&analyst, Some(before)).await.unwrap().board.unwrap().1;
        for variable in ["warning", "warned-team"] {
            for ladder in [&small.opened, &small.clock, &small.working, &small.unread] {
                let split = split(ladder, variable);
                assert!(split.lines.iter().chain(&split.rest).all(|line| line.steps.is_none()), "{split:?}");
            }
        }
    })
    .await;
}

async fn all(service: &Service, quarters: [Quarter; 2]) -> Vec<BoardPage<Conversations>> {
    let analyst = ctx(service, staff(Role::Analyst));
    let mut pages = Vec::new();
    for quarter in quarters {
        let page = service.conversations(&analyst, Some(quarter)).await.unwrap();
        pages.push(BoardPage { next: Timestamp::UNIX_EPOCH, ..page });
    }
    pages
}

#[tokio::test(flavor = "multi_thread")]
async fn settled_quarter_by_quarter_the_figures_are_those_of_one_count_of_everything() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = &clinic.service;
        populate(&db, service.store.vault.clone(), everybody()).await;
        let [one, two] = quarters(service.now());
        let place = place(&clinic).await;
        let at = |moment: Timestamp| clinic.later(moment.duration_since(service.now()) + hours(1));
        let settles = |quarter: Quarter| quarter.months()[2].next().starts_at(&zone()) + hours(24 * 35);

        tell(&db, place, first_messages(one)).await;
        let early = at(settles(one) - hours(2));
        early.settle_periods().await.unwrap();
        let analyst = ctx(&early, staff(Role::Analyst));
        assert_eq!(early.conversations(&analyst, None).await.unwrap().board, None);

        let settled = at(settles(one)).settle_periods().await.unwrap();
        assert!(settled >= 2, "{settled}");
        tell(&db, place, first_messages(two)).await;
        at(settles(two)).settle_periods().await.unwrap();
        let kept = all(service, [one, two]).await;

        db.write(|tx| tx.execute("DELETE FROM published_table", &[])).await.unwrap();
        assert!(service.settle_periods().await.unwrap() > settled);
        assert_eq!(all(service, [one, two]).await, kept);
        assert!(kept.iter().all(|page| page.board.is_some()));

        // What is kept does not change with what comes late.
        let late =
            second_messages(one).into_iter().map(|told| Told { began: told.began - hours(24 * 9), ..told });
        tell(&db, place, late.collect()).await;
        assert_eq!(all(service, [one, two]).await, kept);
        assert_eq!(service.settle_periods().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_were_offered_access_each_step_counts_after_the_one_before() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = &clinic.service;
        populate(&db, service.store.vault.clone(), everybody()).await;
        let analyst = ctx(service, staff(Role::Analyst));
        let [_, quarter] = quarters(analyst.now);
        let began = monday(quarter);
        // All are offered it, 300 register, 200 are verified and sign in, 100 write; of 20 of them the first
        // message comes after the 90 days.
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for person in 0..PEOPLE {
            let mut step = |step: &str, day: i64| {
                let at = began + hours(24 * (day - 4));
                rows.push(params![id(person), step, at].to_vec());
            };
            step("offered", 0);
            (person < 300).then(|| step("registered", 1));
            (person < 200).then(|| step("identity_verified", 2));
            (person < 200).then(|| step("first_sign_in", 3));
            (person < 80).then(|| step("first_message", 4));
            ((80..100).contains(&person)).then(|| step("first_message", 95));
        }
        db.write(move |tx| tx.insert_many("enrolment_event", &["patient_id", "step", "at"], &rows))
            .await
            .unwrap();
        let mut told = first_messages(quarter);
        told.retain(|told| told.person < 80);
        tell(&db, place(&clinic).await, told).await;

        let page = service.funnel(&analyst, Some(quarter)).await.unwrap();
        let (_, board) = page.board.unwrap();
        // 60 of the 80 are answered, 20 read it.
        assert_eq!(shown(&board.0.all), steps(&[400, 300, 200, 200, 80, 60, 20]));
        let women = split(&board.0, "sex").lines[0].clone();
        assert_eq!(
            (women.level.as_str(), shown(&women)[..5].to_vec()),
            ("female", steps(&[200, 150, 100, 100, 40]))
        );
        // Of 40 women 40 and of 40 men 20 are answered: no step is small, but the men who were not are 20.
        assert_eq!(shown(&women)[5..], steps(&[40, 20]));
        assert_eq!(service.funnel(&analyst, Some(quarter)).await.unwrap().quarters, page.quarters);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_with_few_patients_is_not_shown_and_takes_another_along() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = &clinic.service;
        populate(&db, service.store.vault.clone(), everybody()).await;
        let analyst = ctx(service, staff(Role::Analyst));
        let [_, quarter] = quarters(analyst.now);
        let at = monday(quarter);
        // Visits of four providers; the last has five patients.
        let visits: BTreeMap<i64, u128> = [(1, 100), (2, 100), (3, 60), (4, 5)].into();
        let rows: Vec<Vec<Value>> = visits
            .iter()
            .flat_map(|(provider, count)| (0..*count).map(move |n| (*provider, n)))
            .map(|(provider, n)| params![id(n), Uuid::from_u128((provider as u128) << 20 | n), at, provider].to_vec())
            .collect();
        let columns = ["patient_id", "resource_id", "at", "practitioner"];
        db.write(move |tx| tx.insert_many("encounter", &columns, &rows)).await.unwrap();
        // The first provider answers the 50 even ones of the first hundred, in threads of their own.
        db.write(|tx| {
            tx.execute(
                "INSERT INTO account (id, sign_in, profile, language, practitioner, created_at) VALUES ($1, 77, $2, 'en', 1, 0)",
                params![Uuid::from_u128(5), vec![0u8]],
            )
        })
        .await
        .unwrap();
        let mut told = first_messages(quarter);
        told.retain(|told| told.person < 100 && told.person.is_multiple_of(2));
        told.iter_mut().for_each(|told| told.answer = Some((told.began + hours(1), Role::Physician, None)));
        tell(&db, place(&clinic).await, told).await;
        db.write(|tx| {
            let author = params![Uuid::from_u128(5)];
            tx.execute("UPDATE message SET author_id = $1 WHERE side = 'team'", author)
        })
        .await
        .unwrap();

        let page = service.provider_shares(&analyst, Some(quarter)).await.unwrap();
        let (_, board) = page.board.unwrap();
        let told: Vec<_> = board.shown.iter().map(|one| (one.patients, one.messages)).collect();
        // 50 of 150 encounters; the third is hidden with the fourth.
        assert_eq!((told, board.hidden), (vec![(100, 33.3), (100, 0.0)], 2));
    })
    .await;
}

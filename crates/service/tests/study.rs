//! The analyst's board on 4,000 people: figures that can be worked out by hand, small ones hidden, a
//! decision kept. On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;

use domain::actor::{Actor, Door, Role, StaffRole};
use domain::covariate::{Finding, Insurance, Person};
use domain::id::{AccountId, PatientId};
use domain::language::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use people::{Clinic, ctx, populate};
use service::ServiceError;
use service::organisation::NewOrganisation;
use service::studies::{Month, Quarter};
use service::view::study::{AdoptionPage, Figure};
use std::collections::BTreeMap;
use store::db::{Db, Value};
use store::params;
use store::testing::each_migrated;
use uuid::Uuid;

const PEOPLE: u128 = 4_000;

fn zone() -> TimeZone {
    TimeZone::get("America/Los_Angeles").unwrap()
}

fn staff(role: Role) -> Actor {
    Actor {
        account: AccountId(Uuid::from_u128(9)),
        door: Door::Team,
        language: Language::En,
        own_chart: None,
        staff: vec![StaffRole { role, site: None, specialty: None }],
        pools: Vec::new(),
        leads: Vec::new(),
    }
}

fn id(number: u128) -> PatientId {
    PatientId(Uuid::from_u128(1_000 + number))
}

/// Every 40th has Medicaid, half are women, a quarter is over 75.
fn person(number: u128) -> Vec<Finding> {
    let born = if number.is_multiple_of(4) { 1940 } else { 1980 };
    let sex = if number.is_multiple_of(2) { "female" } else { "male" };
    let insurance = if number.is_multiple_of(40) { Insurance::Medicaid } else { Insurance::Commercial };
    let language = Some("en".to_owned());
    let person = Person { born: Some((born, 1)), sex: Some(sex.into()), language, ..Person::default() };
    vec![Finding::Person(person), Finding::Insured(0, insurance)]
}

fn everybody() -> BTreeMap<PatientId, Vec<Finding>> {
    (0..PEOPLE).map(|n| (id(n), person(n))).collect()
}

/// A message of the patient's side; nobody will open it.
fn message(number: u128, seq: i64, at: Timestamp) -> Vec<Value> {
    let id = id(number);
    let unique = Uuid::from_u128(number << 32 | seq as u128);
    params![
        id,
        id.0,
        seq,
        unique,
        "message",
        "sent",
        id.0,
        "patient",
        "en",
        "patient",
        at,
        "normal",
        "all",
        vec![0u8]
    ]
    .to_vec()
}

async fn send(db: &Db, messages: Vec<Vec<Value>>) {
    let columns = [
        "patient_id",
        "thread_id",
        "seq",
        "id",
        "kind",
        "state",
        "author_id",
        "side",
        "language",
        "door",
        "sent_at",
        "sensitivity",
        "visibility",
        "content",
    ];
    db.write(move |tx| tx.insert_many("message", &columns, &messages)).await.unwrap();
}

/// The three months of the last closed quarter.
fn last_quarter(now: Timestamp) -> Quarter {
    let this = Month::of(now, &zone());
    let number = (this.month - 1) / 3;
    if number == 0 { Quarter { year: this.year - 1, number: 4 } } else { Quarter { year: this.year, number } }
}

fn group<'a>(page: &'a AdoptionPage, variable: &str) -> &'a [(&'static str, Option<Figure>)] {
    &page.quarter.as_ref().unwrap().groups.iter().find(|group| group.variable == variable).unwrap().levels
}

fn counts(figure: Option<Figure>) -> Option<(u64, u64)> {
    figure.map(|figure| (figure.people, figure.wrote))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_analyst_sees_who_writes_and_small_groups_stay_hidden() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = clinic.service.clone();
        let analyst = ctx(&service, staff(Role::Analyst));
        let empty = service.adoption(&analyst, None).await.unwrap();
        assert_eq!((empty.months.len(), empty.quarter.is_none(), empty.limit), (0, true, 11));

        populate(&db, service.store.vault.clone(), everybody()).await;
        let quarter = last_quarter(analyst.now);
        let months = quarter.months();
        // Every 10th writes in the first month, the next 100 after them in the second, one in the third.
        let mut messages = Vec::new();
        for (month, writers) in
            months.iter().zip([(0..PEOPLE).step_by(10), (1..1_001).step_by(10), (1..2).step_by(1)])
        {
            let at = month.starts_at(&zone());
            messages.extend(
                writers.flat_map(|n| [1, 2].map(|seq| message(n, seq + i64::from(month.month) * 2, at))),
            );
        }
        send(&db, messages).await;

        let page = service.adoption(&analyst, None).await.unwrap();
        assert_eq!(service.adoption(&analyst, Some(quarter)).await.unwrap(), page);

        let shown: Vec<_> =
            page.months.iter().take(3).map(|month| (month.month, counts(month.figure))).collect();
        assert_eq!(
            shown,
            [(months[0], Some((4_000, 400))), (months[1], Some((4_000, 100))), (months[2], None)]
        );
        assert_eq!(counts(page.quarter.as_ref().unwrap().total), Some((4_000, 500)));
        // Numbers that end in 0 are even, in 1 odd: 400 women, 100 men.
        assert_eq!(
            group(&page, "sex").iter().map(|(_, f)| counts(*f)).collect::<Vec<_>>(),
            [Some((2_000, 400)), Some((2_000, 100))]
        );
        // All 100 with Medicaid wrote, so that no non-event of theirs is left: 0 may be shown.
        assert_eq!(
            group(&page, "insurance"),
            [("commercial", group(&page, "insurance")[0].1), ("medicaid", group(&page, "insurance")[1].1)]
        );
        assert_eq!(counts(group(&page, "insurance")[1].1), Some((100, 100)));

        // A late message of a closed month, and four new ones in a hidden one: what was decided stays.
        send(&db, vec![message(7, 1, months[1].starts_at(&zone()))]).await;
        assert_eq!(service.adoption(&analyst, None).await.unwrap(), page);

        let nurse = ctx(&service, staff(Role::Nurse));
        assert_eq!(service.adoption(&nurse, None).await, Err(ServiceError::Denied));
        let audit = clinic.audit(PatientId::ORGANISATION).await;
        let of_study: Vec<_> =
            audit.iter().filter(|(action, _)| action == "read_study").map(|(_, o)| o.as_str()).collect();
        assert_eq!(of_study, ["done", "done", "done", "done", "denied"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_with_few_writers_takes_another_with_it() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = clinic.service.clone();
        populate(&db, service.store.vault.clone(), everybody()).await;
        let analyst = ctx(&service, staff(Role::Analyst));
        let quarter = last_quarter(analyst.now);
        // 200 who have commercial insurance and 5 of the 100 with Medicaid.
        let writers = (1..2_001).step_by(10).chain((0..200).step_by(40));
        let begin = quarter.months()[0].starts_at(&zone());
        send(&db, writers.map(|n| message(n, 1, begin)).collect()).await;
        let page = service.adoption(&analyst, None).await.unwrap();
        assert_eq!(counts(page.quarter.as_ref().unwrap().total), Some((4_000, 205)));
        assert_eq!(group(&page, "insurance"), [("commercial", None), ("medicaid", None)]);
        assert_eq!(
            group(&page, "age").iter().map(|(word, _)| *word).collect::<Vec<_>>(),
            ["40-64", "75-plus"]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_first_sees_what_is_kept_while_late_messages_come_in() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = clinic.service.clone();
        populate(&db, service.store.vault.clone(), everybody()).await;
        let analyst = ctx(&service, staff(Role::Analyst));
        let begin = last_quarter(analyst.now).months()[0].starts_at(&zone());
        send(&db, (0..800).map(|n| message(n, 1, begin)).collect()).await;
        let mut looking = tokio::task::JoinSet::new();
        for look in 0..8u128 {
            let (service, analyst, db) = (service.clone(), analyst.clone(), db.clone());
            looking.spawn(async move {
                send(&db, (0..50).map(|n| message(1_000 + look * 50 + n, 1, begin)).collect()).await;
                service.adoption(&analyst, None).await.unwrap()
            });
        }
        let pages = looking.join_all().await;
        let kept = service.adoption(&analyst, None).await.unwrap();
        assert!(kept.months[0].figure.is_some());
        assert!(pages.iter().all(|page| *page == kept), "{pages:#?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_stays_when_the_clinics_clock_moves_to_another_zone() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = clinic.service.clone();
        populate(&db, service.store.vault.clone(), everybody()).await;
        let analyst = ctx(&service, staff(Role::Analyst));
        let quarter = last_quarter(analyst.now);
        let begin = quarter.months()[0].starts_at(&zone());
        send(&db, (0..800).map(|n| message(n, 1, begin)).collect()).await;
        let before = service.adoption(&analyst, None).await.unwrap();
        for time_zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"] {
            // Late messages would be counted by a decision that is made anew.
            let seq = time_zone.len() as i64;
            send(&db, (900..1_000).map(|n| message(n, seq, begin)).collect()).await;
            let moved = NewOrganisation {
                name: "Riverbend Clinic".into(),
                phone: "555-010-0100".into(),
                time_zone: time_zone.into(),
                is_demo: false,
            };
            assert!(service.update_organisation(&clinic.operator(), moved).await.unwrap());
            let after = service.adoption(&analyst, Some(quarter)).await.unwrap();
            let common = before.months.len().min(after.months.len());
            assert_eq!(after.months[..common], before.months[..common], "{time_zone}");
            assert_eq!(after.quarter, before.quarter, "{time_zone}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_opted_out_of_research_is_counted_in_no_period_that_begins_after_it() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db.clone()).await;
        let service = clinic.service.clone();
        populate(&db, service.store.vault.clone(), everybody()).await;
        let analyst = ctx(&service, staff(Role::Analyst));
        let months = last_quarter(analyst.now).months();
        let (vault, today) = (service.store.vault.clone(), months[1].first_day());
        // A hundred did so on the first day of the quarter's second month.
        let noted = db.write(move |tx| {
            let said = (0..100).map(|n| (id(n), vec![Finding::Research(today, false)])).collect();
            store::covariate::learn(tx, &vault, said, Timestamp::UNIX_EPOCH)
        });
        noted.await.unwrap();
        let messages = months
            .iter()
            .zip(1..)
            .flat_map(|(month, seq)| (0..1_000).map(move |n| message(n, seq, month.starts_at(&zone()))));
        send(&db, messages.collect()).await;
        let page = service.adoption(&analyst, None).await.unwrap();
        let shown: Vec<_> = page.months.iter().take(3).map(|month| counts(month.figure)).collect();
        assert_eq!(shown, [Some((4_000, 1_000)), Some((3_900, 900)), Some((3_900, 900))]);
        assert_eq!(counts(page.quarter.unwrap().total), Some((4_000, 1_000)));
    })
    .await;
}

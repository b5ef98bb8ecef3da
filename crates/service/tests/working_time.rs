//! A team's working time on both databases: hours and holidays that the operator sets, and what they
//! change of the answers that are promised.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::actor::Role;
use domain::calendar::Holiday;
use domain::id::{PatientId, PoolId, ThreadId};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use service::ServiceError;
use service::ctx::Ctx;
use store::testing::each_migrated;
use talk::{Talk, staff};
use uuid::Uuid;

/// A Wednesday some weeks ahead: the day before a Thursday on which nobody works.
fn wednesday(talk: &Talk) -> Date {
    let some_weeks = talk.service().now() + SignedDuration::from_hours(24 * 40);
    let day = some_weeks.to_zoned(zone()).date();
    day.nth_weekday(1, Weekday::Wednesday).unwrap()
}

fn zone() -> TimeZone {
    TimeZone::get("America/Los_Angeles").unwrap()
}

fn at(day: Date, hour: i8) -> Timestamp {
    day.to_datetime(Time::constant(hour, 0, 0, 0)).to_zoned(zone()).unwrap().timestamp()
}

/// When an answer to a question of this moment is promised.
async fn promised(talk: &Talk, now: Timestamp) -> (ThreadId, Option<Timestamp>) {
    let ctx = Ctx { now, ..talk.as_rosa.clone() };
    let sent = talk.service().send_new(&ctx, talk.rosa, talk.question("Is 5.4 too high?")).await.unwrap();
    (sent.thread, due(talk, sent.thread).await)
}

async fn due(talk: &Talk, thread: ThreadId) -> Option<Timestamp> {
    talk.service().team_thread(&talk.now(&talk.as_maya), thread).await.unwrap().due_at
}

fn holiday(day: Date, name: &str) -> Holiday {
    Holiday { day, name: Some(name.into()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_the_evening_before_a_holiday_is_promised_for_the_day_after_it() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, operator, nurses) = (talk.service(), talk.clinic.operator(), talk.clinic.nurses);
        let wednesday = wednesday(&talk);
        let thursday = wednesday.tomorrow().unwrap();
        let friday = thursday.tomorrow().unwrap();
        let (told, before) = promised(&talk, at(wednesday, 16)).await;
        assert_eq!(before, Some(at(thursday, 11)), "four working hours, on a day like any other");
        assert_eq!(service.pools_without_holidays().await.unwrap().len(), 1);

        let days = vec![holiday(thursday, "Thanksgiving"), holiday(wednesday - 1.year(), "Long ago")];
        let added = service.add_holidays(&operator, nurses, days.clone()).await.unwrap();
        assert_eq!(added, [thursday, wednesday - 1.year()]);
        assert_eq!(service.add_holidays(&operator, nurses, days).await.unwrap(), [], "twice is once");
        assert_eq!(promised(&talk, at(wednesday, 16)).await.1, Some(at(friday, 11)));
        assert_eq!(due(&talk, told).await, before, "what was promised before keeps its time");
        assert_eq!(service.pools_without_holidays().await.unwrap(), []);

        let gone = service.remove_holidays(&operator, nurses, vec![thursday, friday]).await;
        assert_eq!(gone, Err(ServiceError::NotFound), "Friday is none");
        assert_eq!(promised(&talk, at(wednesday, 16)).await.1, Some(at(friday, 11)), "nothing was changed");
        service.remove_holidays(&operator, nurses, vec![thursday]).await.unwrap();
        assert_eq!(promised(&talk, at(wednesday, 16)).await.1, Some(at(thursday, 11)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lunch_hour_and_a_closed_day_move_what_is_promised_from_then_on() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, operator, nurses) = (talk.service(), talk.clinic.operator(), talk.clinic.nurses);
        let wednesday = wednesday(&talk);
        let friday = wednesday.checked_add(2.days()).unwrap();
        let (told, before) = promised(&talk, at(wednesday, 10)).await;
        assert_eq!(before, Some(at(wednesday, 14)));

        let hours = |text: &str| text.parse().unwrap();
        let days = vec![
            (Weekday::Wednesday, hours("8:00-12:00,13:00-17:00")),
            (Weekday::Thursday, hours("closed")),
            (Weekday::Saturday, hours("9:00-24:00")),
        ];
        let calendar = service.set_working_hours(&operator, nurses, days).await.unwrap();
        assert_eq!(calendar.day_hours(Weekday::Monday), hours("8:00-17:00"), "a day that was not named");
        assert_eq!(promised(&talk, at(wednesday, 10)).await.1, Some(at(wednesday, 15)));
        assert_eq!(promised(&talk, at(wednesday, 15)).await.1, Some(at(friday, 10)));
        let saturday = friday.tomorrow().unwrap();
        assert_eq!(promised(&talk, at(friday, 17)).await.1, Some(at(saturday, 13)));
        assert_eq!(due(&talk, told).await, before, "what was promised before keeps its time");
        let shown = service.team(&operator, nurses).await.unwrap().pool.calendar;
        assert_eq!(shown, calendar, "kept as it was set, in the same zone");

        let closed = Weekday::Monday.cycle_forward().take(7).map(|day| (day, hours("closed"))).collect();
        service.set_working_hours(&operator, nurses, closed).await.unwrap();
        assert_eq!(promised(&talk, at(wednesday, 10)).await.1, None, "nothing is promised");
        assert_eq!(service.pools_without_holidays().await.unwrap(), [], "and no holiday is missed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_manages_settings_changes_a_teams_time_and_each_try_leaves_its_row() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (service, nurses) = (talk.service(), talk.clinic.nurses);
        let helen = talk.clinic.staff("helen", Role::Administrator).await;
        let helen = staff(&service, helen, Role::Administrator, Vec::new());
        let christmas = || vec![holiday(Date::constant(2031, 12, 25), "Christmas")];
        let closed = || vec![(Weekday::Monday, "closed".parse().unwrap())];
        for who in [&talk.as_maya, &talk.as_rosa] {
            let who = talk.now(who);
            let days = service.set_working_hours(&who, nurses, closed()).await.map(drop);
            let added = service.add_holidays(&who, nurses, christmas()).await.map(drop);
            let gone = service.remove_holidays(&who, nurses, vec![Date::constant(2031, 12, 25)]).await;
            let read = service.team(&who, nurses).await.map(drop);
            assert_eq!([days, added, gone, read], std::array::from_fn(|_| Err(ServiceError::Denied)));
        }
        let nobody = PoolId(Uuid::from_u128(77));
        let unknown = service.add_holidays(&talk.now(&helen), nobody, christmas()).await;
        assert_eq!(unknown, Err(ServiceError::NotFound));
        let untouched = service.team(&talk.now(&helen), nurses).await.unwrap().pool.calendar;
        assert!(untouched.holidays.is_empty() && untouched.hours.len() == 5);

        service.set_working_hours(&talk.now(&helen), nurses, closed()).await.unwrap();
        service.add_holidays(&talk.now(&helen), nurses, christmas()).await.unwrap();
        let rows = talk.clinic.audit(PatientId::ORGANISATION).await;
        let count = |outcome: &str| {
            let row = ("change_settings".to_owned(), outcome.to_owned());
            rows.iter().filter(|known| **known == row).count()
        };
        assert_eq!(count("not_found"), 1);
        assert!(count("denied") >= 1, "repeats within a minute are counted in one row");
        assert!(count("done") >= 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_operators_at_once_nobodys_holiday_is_lost() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let (nurses, operator) = (talk.clinic.nurses, talk.clinic.operator());
        let adding = (1..=20i8).map(|day| {
            let (service, operator) = (talk.service(), operator.clone());
            let added = vec![holiday(Date::constant(2031, 12, day), "Closed")];
            tokio::spawn(async move { service.add_holidays(&operator, nurses, added).await.unwrap() })
        });
        for one in adding.collect::<Vec<_>>() {
            assert_eq!(one.await.unwrap().len(), 1);
        }
        let known = talk.service().team(&operator, nurses).await.unwrap().pool.calendar.holidays;
        assert_eq!(known.len(), 20);
        assert!(known.is_sorted_by_key(|holiday| holiday.day));
    })
    .await;
}

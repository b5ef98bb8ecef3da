//! What the world's people write besides: each at most one conversation with one of three teams, in a month of the
//! year to March 2021, and the steps that led them there. Everything can be worked out from a person's number.

use crate::people::{instant, new_pool};
use crate::world::{PEOPLE, World, id, mixed};
use domain::id::{PoolId, TopicId};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use store::db::Value;
use store::params;
use uuid::Uuid;

/// When a conversation began, what a working day then means by the clock, and where it stands in the protocol.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Begun {
    pub at: Timestamp,
    pub due_after_hours: i64,
    pub arrived: &'static str,
    pub weekday: i8,
}

/// Months after March 2020.
pub fn month(n: u128) -> i8 {
    (mixed(n, 12) % 12) as i8
}

fn is_late(n: u128) -> bool {
    n.is_multiple_of(50)
}

/// How many of the steps to the first sign-in somebody took before April 2021.
pub fn steps(n: u128) -> usize {
    let is_registered = mixed(n, 9) % 10 < 8 && !is_late(n);
    let is_verified = is_registered && mixed(n, 10) % 10 < 9;
    1 + usize::from(is_registered) + 2 * usize::from(is_verified)
}

pub fn is_writer(n: u128) -> bool {
    steps(n) == 4 && mixed(n, 11) % 10 < 6
}

/// Of five weekdays at ten or at eight in the evening, or of a Saturday: the week of the month's first Monday.
pub fn begun(n: u128) -> Begun {
    let first = Date::constant(2020, 4, 1).checked_add(i32::from(month(n)).months()).unwrap();
    let monday = first.yesterday().unwrap().nth_weekday(1, Weekday::Monday).unwrap();
    let kind = mixed(n, 6) % 4;
    let weekday = if kind == 3 { 5 } else { (mixed(n, 7) % 5) as i8 };
    let hour = [10, 10, 20, 11][kind as usize];
    let day = monday.checked_add(i32::from(weekday).days()).unwrap();
    let zone = TimeZone::get("America/Los_Angeles").unwrap();
    let at = day.to_datetime(Time::constant(hour, 0, 0, 0)).to_zoned(zone).unwrap().timestamp();
    // The teams work from Monday to Friday, 8 to 17.
    let (due_after_hours, arrived) = match (kind, weekday) {
        (0 | 1, 4) => (72, "in hours"),
        (0 | 1, _) => (24, "in hours"),
        (2, 4) => (69, "out of hours"),
        (2, _) => (21, "out of hours"),
        _ => (54, "weekend or holiday"),
    };
    Begun { at, due_after_hours, arrived, weekday }
}

/// After so many hours.
pub fn answer(n: u128) -> Option<i64> {
    [Some(1), Some(6), Some(50), None][(mixed(n, 8) % 4) as usize]
}

pub fn is_read(n: u128) -> bool {
    answer(n).is_some() && mixed(n, 13).is_multiple_of(2)
}

const THREAD: [&str; 17] = [
    "patient_id",
    "id",
    "pool_id",
    "site_id",
    "topic_id",
    "state",
    "subject",
    "language",
    "begun_by",
    "last_seq",
    "last_team_seq",
    "last_turn_seq",
    "created_at",
    "last_message_at",
    "needs_answer",
    "sensitivity",
    "visibility",
];

const MESSAGE: [&str; 16] = [
    "patient_id",
    "thread_id",
    "seq",
    "id",
    "kind",
    "state",
    "author_id",
    "side",
    "role",
    "language",
    "door",
    "sent_at",
    "first_seen_at",
    "sensitivity",
    "visibility",
    "content",
];

fn thread(n: u128) -> Uuid {
    Uuid::from_u128(n << 8 | 0xff)
}

fn thread_row(n: u128, (pool, topic): (PoolId, TopicId)) -> Vec<Value> {
    let (at, blob) = (begun(n).at, vec![0u8]);
    params![
        id(n),
        thread(n),
        pool,
        Uuid::nil(),
        topic,
        "waiting",
        blob,
        "en",
        "patient",
        2i64,
        2i64,
        2i64,
        at,
        at,
        false,
        "normal",
        "all"
    ]
    .to_vec()
}

fn message_rows(n: u128) -> Vec<Vec<Value>> {
    let row = |seq: i64, (side, role): (&str, Option<&str>), at: Timestamp, seen: Option<Timestamp>| {
        let unique = Uuid::from_u128(n << 64 | seq as u128);
        let (author, blob) = (id(n).0, vec![0u8]);
        params![
            id(n),
            thread(n),
            seq,
            unique,
            "message",
            "sent",
            author,
            side,
            role,
            "en",
            side,
            at,
            seen,
            "normal",
            "all",
            blob
        ]
        .to_vec()
    };
    let began = begun(n).at;
    let asked = row(1, ("patient", None), began, None);
    let answered = answer(n).map(|hours| {
        let at = began + SignedDuration::from_hours(hours);
        let read = is_read(n).then(|| at + SignedDuration::from_hours(1));
        row(2, ("team", Some("nurse")), at, read)
    });
    [asked].into_iter().chain(answered).collect()
}

fn step_rows(n: u128) -> Vec<Vec<Value>> {
    let words = ["offered", "registered", "identity_verified", "first_sign_in"];
    let early = instant("2020-03-01T18:00:00Z");
    // After the window's end.
    let late = instant("2021-04-02T18:00:00Z");
    let of_late = if is_late(n) { 4 } else { steps(n) };
    let row = |(at, word): (usize, &&str)| {
        let at = if at < steps(n) { early } else { late };
        params![id(n), *word, at].to_vec()
    };
    words.iter().enumerate().take(of_late).map(row).collect()
}

impl World {
    /// Lets everybody come as far as they do.
    pub async fn converse(&self) {
        let (service, operator) = (self.service(), self.clinic.operator());
        let mut pools = vec![self.clinic.nurses];
        for name in ["Pharmacy", "Front desk"] {
            let pool = service.create_pool(&operator, new_pool(name, name, "Riverbend")).await.unwrap();
            pools.push(pool);
        }
        let topics = service.store.db.read(store::topic::active).await.unwrap();
        let place = |n: u128| (pools[(mixed(n, 14) % 3) as usize], topics[0].id);
        let writers = || (0..PEOPLE).filter(|n| is_writer(*n));
        let threads: Vec<_> = writers().map(|n| thread_row(n, place(n))).collect();
        let messages: Vec<_> = writers().flat_map(message_rows).collect();
        let steps: Vec<_> = (0..PEOPLE).flat_map(step_rows).collect();
        let write = service.store.db.write(move |tx| {
            tx.insert_many("thread", &THREAD, &threads)?;
            tx.insert_many("message", &MESSAGE, &messages)?;
            tx.insert_many("enrolment_event", &["patient_id", "step", "at"], &steps)
        });
        write.await.unwrap();
    }
}

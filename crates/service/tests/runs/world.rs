//! A record of 900 people of 12 physicians, some of whom exchange messages, and an analyst.

use crate::people::{Clinic, ctx, instant};
use domain::actor::{Actor, Door, Role, StaffRole};
use domain::covariate::{Finding, Insurance, Person};
use domain::id::{AccountId, PatientId, ResourceId};
use domain::language::Language;
use jiff::Timestamp;
use jiff::civil::Date;
use service::Service;
use service::accounts::NewStaff;
use service::ctx::Ctx;
use service::studies::runs::{Asked, Shipped, with_recent_dates};
use std::collections::BTreeMap;
use store::db::{Db, Value};
use store::params;
use uuid::Uuid;

pub const PEOPLE: u128 = 900;
const PHYSICIANS: u128 = 12;
/// Inside the window of [`paper`].
const DAY: &str = "2021-02-01T18:00:00Z";

/// The paper's protocol on the 15 months to March 2021.
pub fn paper() -> String {
    shipped("ralston-2009")
}

/// A protocol of ours on a window that ends with March 2021.
pub fn shipped(name: &str) -> String {
    with_recent_dates(Shipped::find(name).unwrap().text, Date::constant(2021, 4, 10))
}

pub fn asked(text: &str) -> Asked {
    Asked::check(text).unwrap()
}

/// The moment of the data, so that two databases show the same day.
pub fn as_of() -> Timestamp {
    instant("2021-04-10T18:00:00Z")
}

pub fn id(number: u128) -> PatientId {
    PatientId(Uuid::from_u128(1_000 + number))
}

pub struct World {
    pub clinic: Clinic,
    pub analyst: AccountId,
}

impl World {
    pub async fn open(db: Db) -> World {
        let clinic = Clinic::open(db).await;
        let analyst = staff(&clinic, "nora", Role::Analyst, None).await;
        let mut physicians = Vec::new();
        for number in 0..PHYSICIANS {
            let practitioner = ResourceId(Uuid::from_u128(70 + number));
            let name = format!("physician{number}");
            let account = staff(&clinic, &name, Role::Physician, Some(practitioner)).await;
            let blind = clinic.service.store.vault.organisation().blind();
            physicians.push((account, store::account::practitioner_token(blind, practitioner)));
        }
        let world = World { clinic, analyst };
        world.populate(physicians).await;
        world
    }

    pub fn service(&self) -> &Service {
        &self.clinic.service
    }

    pub fn as_analyst(&self) -> Ctx {
        self.as_staff(Role::Analyst)
    }

    pub fn as_staff(&self, role: Role) -> Ctx {
        let actor = Actor {
            account: self.analyst,
            door: Door::Team,
            language: Language::En,
            own_chart: None,
            staff: vec![StaffRole { role, site: None, specialty: None }],
            pools: Vec::new(),
            leads: Vec::new(),
        };
        ctx(self.service(), actor)
    }

    async fn populate(&self, physicians: Vec<(AccountId, i64)>) {
        let (vault, pool) = (self.service().store.vault.clone(), self.clinic.nurses);
        let analyst = self.analyst;
        let begin = instant("2019-01-01T00:00:00Z");
        let of = move |n: u128| physicians[(n % PHYSICIANS) as usize];
        let write = self.service().store.db.write(move |tx| {
            // The data are those of a moment before the account was made.
            tx.execute("UPDATE staff_role SET from_at = $2 WHERE account_id = $1", params![analyst, begin])?;
            let columns = [
                "patient_id",
                "resource_id",
                "card",
                "card_version",
                "is_deceased",
                "legal_hold",
                "created_at",
                "updated_at",
            ];
            let patient = |n| params![id(n), id(n).0, vec![0u8], 1i64, false, false, begin, begin].to_vec();
            tx.insert_many("patient", &columns, &(0..PEOPLE).map(patient).collect::<Vec<_>>())?;
            let known: BTreeMap<_, _> = (0..PEOPLE).map(|n| (id(n), person(n))).collect();
            store::covariate::learn(tx, &vault, known, begin)?;
            let columns = ["patient_id", "from_at", "pool_id", "practitioner", "source"];
            let placed = |n| params![id(n), begin, pool, of(n).1, "file"].to_vec();
            tx.insert_many("empanelment", &columns, &(0..PEOPLE).map(placed).collect::<Vec<_>>())?;
            let columns = ["patient_id", "resource_id", "at", "practitioner"];
            let visit = |n| params![id(n), id(n).0, instant(DAY), of(n).1].to_vec();
            tx.insert_many("encounter", &columns, &(0..PEOPLE).map(visit).collect::<Vec<_>>())?;
            let messages: Vec<_> = (0..PEOPLE).filter(|n| writes(*n)).map(|n| message(n, of(n).0)).collect();
            tx.insert_many("message", &MESSAGE, &messages)
        });
        write.await.unwrap();
    }
}

/// Without a password: nobody signs in as them.
async fn staff(clinic: &Clinic, name: &str, role: Role, practitioner: Option<ResourceId>) -> AccountId {
    let new = NewStaff {
        name: format!("{name} of staff"),
        sign_in_name: name.into(),
        role,
        specialty: None,
        practitioner,
        pools: Vec::new(),
        language: Language::En,
        password: None,
    };
    clinic.service.create_staff(&clinic.operator(), new).await.unwrap()
}

/// A number that looks random and is the same in every run.
pub fn mixed(n: u128, salt: u128) -> u128 {
    let word = ((n * 31 + salt) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u128::from(word ^ (word >> 31))
}

/// In June of this year.
pub fn born(n: u128) -> i16 {
    1935 + (mixed(n, 1) % 80) as i16
}

/// 18 or older on 2021-01-01.
pub fn adults() -> u64 {
    (0..PEOPLE).filter(|n| born(*n) <= 2002).count() as u64
}

fn person(n: u128) -> Vec<Finding> {
    let born = born(n);
    let sex = if mixed(n, 2).is_multiple_of(2) { "female" } else { "male" };
    let language = ["en", "es", "vi"][(mixed(n, 5) % 3) as usize];
    let (race, ethnicity) =
        [("2106-3", "2186-5"), ("2106-3", "2135-2"), ("2054-5", "2186-5")][(n % 3) as usize];
    let person = Person {
        born: Some((born, 6)),
        sex: Some(sex.into()),
        language: Some(language.into()),
        race: vec![race.into()],
        ethnicity: Some(ethnicity.into()),
        ..Person::default()
    };
    let insurance = match mixed(n, 3) % 10 {
        0..=5 => Insurance::Commercial,
        6 | 7 => Insurance::Medicare,
        8 => Insurance::Medicaid,
        _ => Insurance::Uninsured,
    };
    vec![Finding::Person(person), Finding::Insured(0, insurance)]
}

/// More often the older and the women.
pub fn writes(n: u128) -> bool {
    let sex = if mixed(n, 2).is_multiple_of(2) { 12 } else { 0 };
    mixed(n, 4) % 100 < 18 + sex + (n % PHYSICIANS)
}

const MESSAGE: [&str; 15] = [
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
    "sensitivity",
    "visibility",
    "content",
];

fn message(n: u128, author: AccountId) -> Vec<Value> {
    let unique = Uuid::from_u128(n << 32 | 1);
    params![
        id(n),
        id(n).0,
        1i64,
        unique,
        "message",
        "sent",
        author,
        "team",
        "physician",
        "en",
        "team",
        instant(DAY),
        "normal",
        "all",
        vec![0u8]
    ]
    .to_vec()
}

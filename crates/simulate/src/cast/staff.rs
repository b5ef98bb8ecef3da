//! The staff of Riverbend Family Clinic: twelve clinicians, eight nurses, the front desks, the office.

use domain::actor::Role;
use domain::language::{Label, Language};
use std::sync::LazyLock;

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    pub key: &'static str,
    pub given: &'static str,
    pub family: &'static str,
    /// As patients and colleagues read it.
    pub name: String,
    pub role: Role,
    pub specialty: Option<&'static str>,
    /// National provider identifier, for those who stand in the record.
    pub npi: Option<String>,
    pub gender: &'static str,
    pub pools: &'static [&'static str],
    /// How much a clinician invites patients to write: 0 hardly, 2 at every visit.
    pub habit: u8,
    pub language: Language,
    /// What to try as this person, in one line; those without a card have no sign-in.
    pub try_this: Option<Label>,
}

impl StaffMember {
    /// The pool in which this member answers first.
    pub fn pool(&self) -> Option<&'static str> {
        self.pools.first().copied()
    }

    /// A clinician to whom patients belong, not one who is asked for a specialty.
    pub fn has_panel(&self) -> bool {
        self.role == Role::Physician && matches!(self.pool(), Some("riverbend" | "harbor" | "northgate"))
    }
}

/// Key, given and family name.
type Named = (&'static str, &'static str, &'static str);

const CLINICIANS: [(Named, &str, &str, u8, &[&str]); 12] = [
    (("okafor", "Grace", "Okafor"), "female", "Family medicine", 2, &["riverbend"]),
    (("brandt", "Samuel", "Brandt"), "male", "Internal medicine", 0, &["riverbend"]),
    (("lindgren", "Karin", "Lindgren"), "female", "Family medicine", 1, &["riverbend"]),
    (("desai", "Anil", "Desai"), "male", "Internal medicine", 1, &["riverbend"]),
    (("reyes", "Antonio", "Reyes"), "male", "Family medicine", 1, &["harbor"]),
    (("novak", "Eva", "Novak"), "female", "Family medicine", 2, &["harbor"]),
    (("campos", "Teresa", "Campos"), "female", "Internal medicine", 0, &["harbor"]),
    (("hale", "Robert", "Hale"), "male", "Family medicine", 0, &["northgate"]),
    (("iqbal", "Sana", "Iqbal"), "female", "Family medicine", 2, &["northgate"]),
    (("adeyemi", "Ruth", "Adeyemi"), "female", "Cardiology", 1, &["heart"]),
    (("stein", "Paul", "Stein"), "male", "Endocrinology", 1, &["diabetes"]),
    (("costa", "Irene", "Costa"), "female", "Psychiatry", 1, &["mind"]),
];

/// Who leads a pool.
pub const LEADS: [(&str, &str); 3] = [("okafor", "riverbend"), ("reyes", "harbor"), ("iqbal", "northgate")];

const NURSES: [(Named, &str, &[&str]); 8] = [
    (("maya", "Maya", "Chen"), "female", &["riverbend"]),
    (("jonas", "Jonas", "Weber"), "male", &["riverbend"]),
    (("boateng", "Priscilla", "Boateng"), "female", &["riverbend"]),
    (("hallander", "Tom", "Hallander"), "male", &["riverbend"]),
    (("ana", "Ana", "Kowalski"), "female", &["harbor"]),
    (("vega", "Marisol", "Vega"), "female", &["harbor", "mind"]),
    (("whitfield", "Dale", "Whitfield"), "male", &["northgate"]),
    (("mori", "Keiko", "Mori"), "female", &["heart", "diabetes"]),
];

const OFFICE: [(Named, &str, Role, &[&str]); 6] = [
    (("luis", "Luis", "Ortega"), "male", Role::FrontDesk, &["riverbend", "desk"]),
    (("jennings", "Carla", "Jennings"), "female", Role::FrontDesk, &["harbor", "harbor_desk"]),
    (("osgood", "Ben", "Osgood"), "male", Role::FrontDesk, &["northgate", "northgate_desk"]),
    (("admin", "Helen", "Marsh"), "female", Role::Administrator, &[]),
    (("privacy", "Peter", "Lang"), "male", Role::PrivacyOfficer, &[]),
    (("analyst", "Nadia", "Haddad"), "female", Role::Analyst, &[]),
];

static STAFF: LazyLock<Vec<StaffMember>> = LazyLock::new(|| {
    let mut count = 0;
    let mut next = || {
        count += 1;
        npi(999_000_000 + count)
    };
    let mut all: Vec<StaffMember> = Vec::new();
    for (named, gender, specialty, habit, pools) in CLINICIANS {
        all.push(StaffMember {
            specialty: Some(specialty),
            npi: Some(next()),
            habit,
            ..member(named, gender, Role::Physician, pools)
        });
    }
    for (named, gender, pools) in NURSES {
        all.push(StaffMember { npi: Some(next()), ..member(named, gender, Role::Nurse, pools) });
    }
    all.extend(OFFICE.map(|(named, gender, role, pools)| member(named, gender, role, pools)));
    all
});

/// Everybody who works there.
pub fn staff() -> &'static [StaffMember] {
    &STAFF
}

/// The member of this key.
pub fn staff_member(key: &str) -> Option<&'static StaffMember> {
    STAFF.iter().find(|member| member.key == key)
}

/// The pool that answers the patients of a primary care provider.
pub fn pool_of(provider: &str) -> &'static str {
    staff_member(provider).and_then(StaffMember::pool).unwrap_or("riverbend")
}

/// Nine digits with their check digit: Luhn's formula over the number after the card prefix 80840,
/// which adds 24 (45 CFR 162.406).
fn npi(number: u64) -> String {
    let digits = number.to_string();
    let sum: u64 = { digits.bytes().rev().enumerate() }
        .map(|(place, byte)| match u64::from(byte - b'0') {
            digit if place % 2 == 1 => digit,
            digit if digit > 4 => digit * 2 - 9,
            digit => digit * 2,
        })
        .sum();
    format!("{digits}{}", (10 - (sum + 24) % 10) % 10)
}

fn member(
    (key, given, family): Named,
    gender: &'static str,
    role: Role,
    pools: &'static [&'static str],
) -> StaffMember {
    let title = match role {
        Role::Physician => ", MD",
        Role::Nurse => ", RN",
        _ => "",
    };
    StaffMember {
        key,
        given,
        family,
        name: format!("{given} {family}{title}"),
        role,
        specialty: None,
        npi: None,
        gender,
        pools,
        habit: 1,
        language: Language::En,
        try_this: try_this(key),
    }
}

fn try_this(key: &str) -> Option<Label> {
    let (en, es) = match key {
        "maya" => (
            "Work through To do: open a thread, read the chart beside it, note, reply and close.",
            "Trabaje la lista: abra una conversación, vea el expediente al lado, anote, responda y cierre.",
        ),
        "okafor" => (
            "See what waits for you, with the team's notes, and how your team answers.",
            "Vea lo que espera por usted, con las notas del equipo, y cómo responde su equipo.",
        ),
        "luis" => (
            "Visits and forms: messages without the chart.",
            "Citas y formularios: mensajes sin el expediente.",
        ),
        "analyst" => (
            "Who writes and who does not: numbers without names.",
            "Quién escribe y quién no: cifras sin nombres.",
        ),
        "privacy" => (
            "Who did what, about whom: by patient, by person, by day, and each emergency.",
            "Quién hizo qué, sobre quién: por paciente, persona y día, y cada emergencia.",
        ),
        "admin" => (
            "Teams, hours, staff and their sessions, and not one patient.",
            "Equipos, horarios, personal y sus sesiones, y ningún paciente.",
        ),
        "jonas" => (
            "Maya's colleague: open the thread that she has open.",
            "Colega de Maya: abra lo que ella tiene abierto.",
        ),
        "reyes" => ("Another site, with other patients.", "Otra sede, con otros pacientes."),
        "ana" => ("The nurse beside Dr. Reyes.", "La enfermera del Dr. Reyes."),
        _ => return None,
    };
    Some(Label::new(en, es))
}

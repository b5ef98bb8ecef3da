//! The staff of Riverbend Family Clinic and the pools in which they answer.

use domain::actor::Role;
use domain::language::{Label, Language};

/// A pool to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolPlan {
    pub key: &'static str,
    pub label: Label,
    pub readers: Label,
    pub answer_within_minutes: u32,
    pub is_default: bool,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    pub key: &'static str,
    pub given: &'static str,
    pub family: &'static str,
    /// As patients and colleagues read it.
    pub name: &'static str,
    pub role: Role,
    pub specialty: Option<&'static str>,
    /// National provider identifier, for those who stand in the record.
    pub npi: Option<&'static str>,
    pub gender: &'static str,
    pub pools: &'static [&'static str],
    pub language: Language,
    /// What to try as this person, in one line.
    pub try_this: Label,
}

pub fn pools() -> Vec<PoolPlan> {
    vec![
        PoolPlan {
            key: "okafor",
            label: Label::new("Dr. Okafor's care team", "Equipo de la Dra. Okafor"),
            readers: Label::new(
                "Dr. Okafor, her nurses and the front desk",
                "La Dra. Okafor, sus enfermeros y la recepción",
            ),
            answer_within_minutes: 240,
            is_default: true,
        },
        PoolPlan {
            key: "reyes",
            label: Label::new("Dr. Reyes's care team", "Equipo del Dr. Reyes"),
            readers: Label::new("Dr. Reyes and his nurse", "El Dr. Reyes y su enfermera"),
            answer_within_minutes: 240,
            is_default: false,
        },
        PoolPlan {
            key: "desk",
            label: Label::new("Front desk", "Recepción"),
            readers: Label::new("The front desk of the clinic", "La recepción de la clínica"),
            answer_within_minutes: 480,
            is_default: false,
        },
    ]
}

/// A clinician, with what all of them have in common.
fn clinician(
    (key, given, family): (&'static str, &'static str, &'static str),
    (name, role): (&'static str, Role),
    npi: &'static str,
    try_this: Label,
) -> StaffMember {
    StaffMember {
        key,
        given,
        family,
        name,
        role,
        specialty: (role == Role::Physician).then_some("Family medicine"),
        npi: Some(npi),
        gender: "female",
        pools: &["okafor"],
        language: Language::En,
        try_this,
    }
}

/// Somebody who is not in the record.
fn office(
    (key, given, family): (&'static str, &'static str, &'static str),
    (name, role): (&'static str, Role),
    try_this: Label,
) -> StaffMember {
    StaffMember {
        key,
        given,
        family,
        name,
        role,
        specialty: None,
        npi: None,
        gender: "female",
        pools: &[],
        language: Language::En,
        try_this,
    }
}

pub fn staff() -> Vec<StaffMember> {
    let maya = Label::new(
        "Work through To do: open a thread, read the chart beside it, note, reply and close.",
        "Trabaje la lista: abra una conversación, vea el expediente al lado, anote, responda y cierre.",
    );
    let okafor = Label::new(
        "See what waits for you, with the team's notes.",
        "Vea lo que espera por usted, con las notas del equipo.",
    );
    let colleague = Label::new("A colleague: open the thread that Maya has open.", "Un colega de Maya.");
    let other = Label::new("Another team: other patients, other threads.", "Otro equipo, otros pacientes.");
    vec![
        clinician(("maya", "Maya", "Chen"), ("Maya Chen, RN", Role::Nurse), "9990000012", maya),
        clinician(("okafor", "Grace", "Okafor"), ("Grace Okafor, MD", Role::Physician), "9990000020", okafor),
        StaffMember {
            gender: "male",
            ..clinician(
                ("jonas", "Jonas", "Weber"),
                ("Jonas Weber, RN", Role::Nurse),
                "9990000038",
                colleague,
            )
        },
        StaffMember {
            gender: "male",
            pools: &["okafor", "desk"],
            ..office(
                ("luis", "Luis", "Ortega"),
                ("Luis Ortega", Role::FrontDesk),
                Label::new(
                    "Visits and forms: messages without the chart.",
                    "Citas y formularios: mensajes sin el expediente.",
                ),
            )
        },
        StaffMember {
            gender: "male",
            pools: &["reyes"],
            ..clinician(
                ("reyes", "Antonio", "Reyes"),
                ("Antonio Reyes, MD", Role::Physician),
                "9990000046",
                other.clone(),
            )
        },
        StaffMember {
            pools: &["reyes"],
            ..clinician(("ana", "Ana", "Kowalski"), ("Ana Kowalski, RN", Role::Nurse), "9990000053", other)
        },
        office(
            ("admin", "Helen", "Marsh"),
            ("Helen Marsh", Role::Administrator),
            Label::new("Settings and accounts, no messages.", "Ajustes y cuentas, sin mensajes."),
        ),
        StaffMember {
            gender: "male",
            ..office(
                ("privacy", "Peter", "Lang"),
                ("Peter Lang", Role::PrivacyOfficer),
                Label::new("Who has looked at what, and why.", "Quién vio qué y por qué."),
            )
        },
        office(
            ("analyst", "Nadia", "Haddad"),
            ("Nadia Haddad", Role::Analyst),
            Label::new("Numbers without names.", "Cifras sin nombres."),
        ),
    ]
}

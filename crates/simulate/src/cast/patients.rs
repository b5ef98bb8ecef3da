//! The patients whose charts and words were written by hand.

use domain::language::{Label, Language};

/// OMB race categories (US Core).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Race {
    White,
    Black,
    Asian,
    Other,
}

/// OMB ethnicity categories (US Core).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ethnicity {
    Hispanic,
    NotHispanic,
}

/// A patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientMember {
    pub key: String,
    pub given: String,
    pub family: String,
    /// The name of use, where it is not the given one.
    pub preferred: Option<String>,
    pub age: i16,
    /// Month and day.
    pub birthday: (i8, i8),
    pub gender: &'static str,
    pub race: Race,
    pub ethnicity: Ethnicity,
    pub language: Language,
    /// The last four digits of the telephone and of the record number.
    pub number: u32,
    pub street: String,
    /// The key of the primary care provider.
    pub provider: &'static str,
    /// Whether this patient has a sign-in.
    pub has_account: bool,
    /// What to try as this person; `None` for those without a card.
    pub try_this: Option<Label>,
}

impl PatientMember {
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// `rosa.delgado`; without accents, so that it can be typed anywhere.
    pub fn sign_in(&self) -> String {
        domain::words::fold(&format!("{}.{}", self.given, self.family)).replace(' ', "")
    }
}

type Born = (i16, (i8, i8), &'static str);

fn member(
    (key, given, family): (&str, &str, &str),
    (age, birthday, gender): Born,
    (race, ethnicity): (Race, Ethnicity),
    (number, street): (u32, &str),
) -> PatientMember {
    PatientMember {
        key: key.into(),
        given: given.into(),
        family: family.into(),
        preferred: None,
        age,
        birthday,
        gender,
        race,
        ethnicity,
        language: Language::En,
        number,
        street: street.into(),
        provider: "okafor",
        has_account: true,
        try_this: None,
    }
}

const OTHERS: (Race, Ethnicity) = (Race::Other, Ethnicity::Hispanic);
const WHITE: (Race, Ethnicity) = (Race::White, Ethnicity::NotHispanic);
const BLACK: (Race, Ethnicity) = (Race::Black, Ethnicity::NotHispanic);
const ASIAN: (Race, Ethnicity) = (Race::Asian, Ethnicity::NotHispanic);

pub fn patients() -> Vec<PatientMember> {
    let mut all = with_cards();
    all.extend(of_okafor());
    all.extend(of_reyes());
    all
}

fn with_cards() -> Vec<PatientMember> {
    let rosa = Label::new(
        "You have a new test result: open it, ask about it, and follow your question.",
        "Tiene un resultado nuevo: ábralo, pregunte y siga su pregunta.",
    );
    let miguel = Label::new(
        "The same pages in Spanish, with a question on its way.",
        "Las mismas páginas en español, con una pregunta en camino.",
    );
    vec![
        PatientMember {
            try_this: Some(rosa),
            ..member(
                ("rosa", "Rosa", "Delgado"),
                (71, (3, 2), "female"),
                OTHERS,
                (142, "18 Willow Bend Road"),
            )
        },
        PatientMember {
            language: Language::Es,
            try_this: Some(miguel),
            ..member(
                ("miguel", "Miguel", "Santos"),
                (58, (9, 29), "male"),
                OTHERS,
                (143, "402 Cannery Street"),
            )
        },
    ]
}

fn of_okafor() -> Vec<PatientMember> {
    vec![
        member(("tyrone", "Tyrone", "Jackson"), (51, (6, 14), "male"), BLACK, (144, "77 Harbor Terrace")),
        member(("eleanor", "Eleanor", "Brooks"), (83, (1, 30), "female"), WHITE, (145, "5 Chapel Lane")),
        member(("james", "James", "Whitaker"), (66, (11, 8), "male"), WHITE, (146, "230 Mill Road")),
        member(("aisha", "Aisha", "Rahman"), (34, (4, 19), "female"), ASIAN, (147, "91 Orchard Court")),
        member(("daniel", "Daniel", "Kim"), (42, (8, 3), "male"), ASIAN, (148, "16 Foundry Street")),
        PatientMember {
            language: Language::Es,
            ..member(
                ("lucia", "Lucía", "Herrera"),
                (37, (12, 11), "female"),
                OTHERS,
                (149, "340 Cannery Street"),
            )
        },
        member(("grace", "Grace", "Thompson"), (62, (5, 23), "female"), BLACK, (150, "8 Larch Close")),
        PatientMember {
            preferred: Some("Bob".into()),
            has_account: false,
            ..member(("bob", "Robert", "Lindqvist"), (75, (2, 17), "male"), WHITE, (151, "1204 River Road"))
        },
    ]
}

fn of_reyes() -> Vec<PatientMember> {
    let reyes = |member: PatientMember| PatientMember { provider: "reyes", ..member };
    vec![
        reyes(member(("wei", "Wei", "Zhang"), (55, (10, 6), "male"), ASIAN, (152, "63 Alder Street"))),
        reyes(member(("sofia", "Sofia", "Petrova"), (46, (7, 27), "female"), WHITE, (153, "29 Quarry Hill"))),
        reyes(member(("noah", "Noah", "Feldman"), (19, (3, 15), "male"), WHITE, (154, "11 Birch Avenue"))),
        reyes(PatientMember {
            has_account: false,
            ..member(("priya", "Priya", "Natarajan"), (29, (9, 9), "female"), ASIAN, (155, "50 Alder Street"))
        }),
    ]
}

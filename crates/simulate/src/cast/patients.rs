//! The patients whose charts and words were written by hand.

use super::person::{ChartKind, Ethnicity, Insurance, PatientMember, Race};
use domain::language::{Label, Language};

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
        insurance: if age < 65 { Insurance::Commercial } else { Insurance::Medicare },
        number,
        street: street.into(),
        provider: "okafor",
        chart: ChartKind::Hand,
        chronic: 0,
        has_sign_in: true,
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
    all.extend(of_the_day());
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
            has_sign_in: false,
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
            has_sign_in: false,
            ..member(("priya", "Priya", "Natarajan"), (29, (9, 9), "female"), ASIAN, (155, "50 Alder Street"))
        }),
    ]
}

/// Those who have written lately; nobody signs in as one of them.
fn of_the_day() -> Vec<PatientMember> {
    let mut all = of_the_day_in_english();
    all.extend(of_the_day_in_spanish());
    all.into_iter().map(|member| PatientMember { has_sign_in: false, ..member }).collect()
}

fn of(provider: &'static str, member: PatientMember) -> PatientMember {
    PatientMember { provider, ..member }
}

fn medicaid(member: PatientMember) -> PatientMember {
    PatientMember { insurance: Insurance::Medicaid, ..member }
}

fn of_the_day_in_english() -> Vec<PatientMember> {
    vec![
        of(
            "brandt",
            member(("harold", "Harold", "Finch"), (78, (4, 9), "male"), WHITE, (156, "31 Levee Road")),
        ),
        member(("betty", "Betty", "Lawson"), (69, (10, 21), "female"), WHITE, (157, "12 Heron Way")),
        of(
            "desai",
            member(("marcus", "Marcus", "Reed"), (39, (1, 17), "male"), BLACK, (158, "208 Depot Street")),
        ),
        of(
            "lindgren",
            member(("linh", "Linh", "Tran"), (47, (6, 2), "female"), ASIAN, (159, "45 Alder Street")),
        ),
        of(
            "brandt",
            member(("walter", "Walter", "Haines"), (73, (8, 28), "male"), WHITE, (160, "9 Grange Road")),
        ),
        of(
            "lindgren",
            medicaid(member(
                ("kayla", "Kayla", "Morrow"),
                (27, (2, 5), "female"),
                WHITE,
                (161, "67 Union Street"),
            )),
        ),
        PatientMember {
            preferred: Some("Ruth Ann".into()),
            ..member(("ruthann", "Ruth", "Keller"), (81, (7, 12), "female"), WHITE, (162, "3 Chapel Lane"))
        },
        of(
            "desai",
            member(("joseph", "Joseph", "Osei"), (44, (3, 30), "male"), BLACK, (163, "19 Foundry Street")),
        ),
        member(("patricia", "Patricia", "Boyd"), (58, (12, 4), "female"), WHITE, (164, "140 Mill Road")),
        of(
            "lindgren",
            member(("susan", "Susan", "Yates"), (64, (5, 8), "female"), WHITE, (165, "22 Vine Street")),
        ),
        of(
            "desai",
            medicaid(member(
                ("tanya", "Tanya", "Slater"),
                (33, (11, 1), "female"),
                BLACK,
                (166, "88 Union Street"),
            )),
        ),
        of(
            "brandt",
            member(("george", "George", "Kovacs"), (70, (9, 16), "male"), WHITE, (167, "54 Quarry Hill")),
        ),
        of(
            "lindgren",
            member(("mei", "Mei", "Wong"), (54, (1, 25), "female"), ASIAN, (168, "7 Orchard Court")),
        ),
        member(("darnell", "Darnell", "Carver"), (48, (4, 14), "male"), BLACK, (169, "310 Harbor Terrace")),
        of(
            "desai",
            member(("owen", "Owen", "Parrish"), (36, (10, 10), "male"), WHITE, (170, "26 Birch Avenue")),
        ),
        of(
            "lindgren",
            member(("linda", "Linda", "Holloway"), (62, (2, 22), "female"), WHITE, (171, "101 River Road")),
        ),
        of(
            "brandt",
            member(("vernon", "Vernon", "Pope"), (67, (6, 19), "male"), BLACK, (172, "15 Lock Street")),
        ),
    ]
}

fn of_the_day_in_spanish() -> Vec<PatientMember> {
    let spanish = |member: PatientMember| PatientMember { language: Language::Es, ..member };
    vec![
        spanish(member(
            ("dolores", "Dolores", "Ríos"),
            (66, (4, 3), "female"),
            OTHERS,
            (173, "415 Cannery Street"),
        )),
        spanish(of(
            "lindgren",
            member(("carmen", "Carmen", "Ibarra"), (52, (7, 16), "female"), OTHERS, (174, "33 Tannery Row")),
        )),
        spanish(medicaid(of(
            "desai",
            member(("hector", "Héctor", "Luna"), (61, (8, 8), "male"), OTHERS, (175, "290 Cannery Street")),
        ))),
        spanish(of(
            "brandt",
            member(("irma", "Irma", "Salazar"), (75, (5, 15), "female"), OTHERS, (176, "61 Spring Street")),
        )),
    ]
}

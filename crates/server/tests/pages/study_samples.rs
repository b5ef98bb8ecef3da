//! Samples of the analyst's pages.

use crate::patient_samples::Sample;
use crate::people::*;
use askama::Template;
use server::web::frame::Place;
use server::web::study::adoption::StudyPage;
use server::web::team::office::OfficePage;
use service::studies::{Month, Quarter};
use service::view::study::{AdoptionPage, Figure, GroupFigures, MonthFigure, QuarterBoard};

fn figure(people: u64, wrote: u64) -> Option<Figure> {
    Some(Figure { people, wrote, per_1000: wrote as f64 * 1000.0 / people as f64 })
}

fn months(count: usize) -> Vec<MonthFigure> {
    let mut month = Month { year: 2025, month: 8 };
    let wrote = [0, 41, 58, 66, 79, 92, 88, 97, 104, 110, 118, 121, 117, 128, 131];
    let mut months = Vec::new();
    for wrote in wrote.into_iter().take(count) {
        let figure = if wrote == 0 { None } else { figure(3_180, wrote) };
        months.push(MonthFigure { month, figure });
        month = month.next();
    }
    months
}

fn quarter() -> QuarterBoard {
    let group = |variable, levels: &[(&'static str, Option<Figure>)]| GroupFigures {
        variable,
        levels: levels.to_vec(),
    };
    QuarterBoard {
        quarter: Quarter { year: 2026, number: 3 },
        total: figure(3_180, 298),
        groups: vec![
            group(
                "age",
                &[
                    ("18-39", figure(1_120, 62)),
                    ("40-64", figure(1_240, 151)),
                    ("65-74", figure(540, 66)),
                    ("75-plus", figure(280, 19)),
                ],
            ),
            group("sex", &[("female", figure(1_660, 187)), ("male", figure(1_520, 111))]),
            group(
                "insurance",
                &[
                    ("commercial", figure(1_900, 186)),
                    ("medicare", figure(760, 80)),
                    ("medicaid", None),
                    ("dual", None),
                    ("none", None),
                ],
            ),
            group("language", &[("en", figure(2_700, 271)), ("es", figure(480, 27))]),
            group(
                "morbidity",
                &[
                    ("very-low", figure(1_500, 81)),
                    ("low", figure(1_100, 118)),
                    ("moderate", None),
                    ("high", None),
                ],
            ),
        ],
    }
}

pub fn samples(r: Reader) -> Vec<Sample> {
    let next = "2026-12-01T08:00:00Z".parse().unwrap();
    let page = |months, quarter: Option<QuarterBoard>| {
        let quarters =
            quarter.iter().flat_map(|_| [3, 2, 1]).map(|number| Quarter { year: 2026, number }).collect();
        let board = AdoptionPage { limit: 11, months, quarter, quarters, next };
        StudyPage { f: r.frame(Place::Study), board }.render().unwrap()
    };
    let office = OfficePage { f: r.frame(Place::Inbox) }.render().unwrap();
    vec![
        ("study-empty".into(), page(Vec::new(), None)),
        ("study-months".into(), page(months(2), None)),
        ("study-full".into(), page(months(15), Some(quarter()))),
        (
            "study-suppressed".into(),
            page(months(1), Some(QuarterBoard { total: None, groups: Vec::new(), ..quarter() })),
        ),
        ("team-office".into(), office),
    ]
}

//! Samples of the analyst's pages.

use crate::patient_samples::Sample;
use crate::people::*;
use askama::Template;
use domain::id::PoolId;
use domain::language::Label;
use server::web::frame::{Frame, Place};
use server::web::study::adoption::StudyPage;
use server::web::study::answers::AnswersPage;
use server::web::study::funnel::FunnelPage;
use server::web::study::work::WorkPage;
use server::web::team::board::TeamBoardPage;
use server::web::team::office::OfficePage;
use service::studies::{Month, Quarter};
use service::view::boards::{
    BoardPage, Conversations, Funnel, LadderBoard, Line, ProviderShare, Providers, Split, TeamBoard,
};
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
        ("study-funnel-empty".into(), funnel(r, None)),
        ("study-funnel".into(), funnel(r, Some(Funnel(ladder(&[612, 310, 240, 221, 140, 131, 120]))))),
        ("study-answers-empty".into(), answers(r, None)),
        ("study-answers".into(), answers(r, Some(conversations()))),
        ("study-answers-suppressed".into(), answers(r, Some(nothing()))),
        ("study-work".into(), work(r, Some(conversations()), 2)),
        ("study-work-suppressed".into(), work(r, Some(nothing()), 0)),
        ("team-board-empty".into(), team_board(r, None)),
        ("team-board".into(), team_board(r, Some(conversations()))),
        ("team-board-suppressed".into(), team_board(r, Some(nothing()))),
        ("team-office".into(), office),
    ]
}

fn line(level: &str, steps: &[u64]) -> Line {
    Line {
        level: level.into(),
        steps: Some(steps.iter().map(|count| Some(*count)).collect()),
        median: Some(5.25),
    }
}

/// All, two groups, one that is not shown and the rest; one step is not shown.
fn ladder(steps: &[u64]) -> LadderBoard {
    let part = |of: u64| -> Vec<u64> { steps.iter().map(|count| count * of / 10).collect() };
    let mut spanish = line("es", &part(3));
    if let Some(steps) = &mut spanish.steps {
        steps[1] = None;
    }
    let hidden = Line { level: "other".into(), ..Line::default() };
    let rest = Some(line("rest", &part(1)));
    let lines = vec![line("en", &part(6)), spanish, hidden];
    let none = Split {
        variable: "age".into(),
        lines: vec![Line { level: "18-39".into(), ..Line::default() }],
        rest: None,
    };
    let language = Split { variable: "language".into(), lines, rest };
    LadderBoard { all: line("all", steps), by: vec![language, none] }
}

fn conversations() -> Conversations {
    let hands = vec![line("physician", &[190]), line("nurse", &[80]), line("staff", &[40])];
    let answered_by = LadderBoard {
        all: line("all", &[310]),
        by: vec![Split { variable: "hand".into(), lines: hands, rest: None }],
    };
    let late = Split { variable: "team".into(), lines: vec![line("riverbend", &[320, 310, 40])], rest: None };
    let mut clock = ladder(&[320, 290, 250, 180, 120, 70, 50, 40, 30, 20]);
    let team = |variable: &str, level: &str| Split {
        variable: variable.into(),
        lines: vec![line(level, &[60, 50, 40, 30, 25, 20, 15, 12, 11, 11])],
        rest: None,
    };
    clock.by.extend([team("team", "riverbend"), team("warning", "warned"), team("warned-team", "riverbend")]);
    Conversations {
        opened: ladder(&[320, 200, 160, 110, 60, 30, 20, 12]),
        clock,
        working: ladder(&[320, 250, 180, 120, 60, 40, 30, 20]),
        unread: ladder(&[320, 310, 60, 40, 20]),
        answered_by,
        after_hours: LadderBoard { all: line("all", &[320, 310, 40]), by: vec![late] },
        asked_after_hours: ladder(&[320, 110]),
        messages: Some([1.14, 1.16]),
    }
}

/// Too few people for any figure.
fn nothing() -> Conversations {
    let all = || LadderBoard { all: Line { level: "all".into(), ..Line::default() }, by: Vec::new() };
    Conversations {
        opened: all(),
        clock: all(),
        working: all(),
        unread: all(),
        answered_by: all(),
        after_hours: all(),
        asked_after_hours: all(),
        messages: None,
    }
}

fn board<B>(board: Option<B>) -> BoardPage<B> {
    let quarters = [3, 2].map(|number| Quarter { year: 2026, number }).to_vec();
    let names = [("riverbend".to_owned(), Label::new("Riverbend Nurses", "Enfermería Riverbend"))].into();
    let is_empty = board.is_none();
    BoardPage {
        limit: 11,
        board: board.map(|board| (quarters[0], board)),
        quarters: if is_empty { Vec::new() } else { quarters },
        names,
        next: "2027-02-04T08:00:00Z".parse().unwrap(),
    }
}

fn funnel(r: Reader, of: Option<Funnel>) -> String {
    FunnelPage { f: r.frame(Place::Study), page: board(of) }.render().unwrap()
}

fn answers(r: Reader, of: Option<Conversations>) -> String {
    AnswersPage { f: r.frame(Place::Study), page: board(of), by: "language".into() }.render().unwrap()
}

fn work(r: Reader, of: Option<Conversations>, shown: usize) -> String {
    let share = |at: usize| ProviderShare { patients: 120, messages: 31.5 - at as f64 };
    let providers = Providers { shown: (0..shown).map(share).collect(), hidden: 3 };
    WorkPage { f: r.frame(Place::Study), page: board(of), providers: board(Some(providers)) }
        .render()
        .unwrap()
}

fn team_board(r: Reader, of: Option<Conversations>) -> String {
    let pools = [("Riverbend Nurses", "Enfermería Riverbend"), ("Heart", "Corazón")];
    let pools = pools.into_iter().enumerate();
    let pools: Vec<_> = pools.map(|(n, (en, es))| (PoolId(id(20 + n as u128)), Label::new(en, es))).collect();
    let board = TeamBoard { pool: pools[0].0, pools, conversations: board(of) };
    TeamBoardPage { f: Frame { leads: true, ..r.frame(Place::TeamBoard) }, board }.render().unwrap()
}

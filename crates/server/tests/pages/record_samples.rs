//! Samples of the record's further pages: with things, empty, hostile and long.

use crate::patient_samples::Sample;
use crate::people::*;
use askama::Template;
use domain::id::*;
use server::web::frame::Place;
use server::web::patient::care_team::CareTeamPage;
use server::web::patient::coverage::CoveragePage;
use server::web::patient::notes::{NotePage, NotesPage};
use server::web::patient::plans::PlansPage;
use server::web::patient::procedures::ProceduresPage;
use server::web::patient::visits::{VisitPage, VisitsPage};
use server::web::patient::vitals::VitalsPage;
use service::page::{Cursor, Page};
use service::view::chart::*;
use service::view::name::ChartName;
use service::view::record::*;
use service::view::thread::TeamChoice;

fn page<T>(items: Vec<T>) -> Page<T> {
    let next = (items.len() > 3).then(|| Cursor { at: 1, id: id(7) });
    Page { items, next }
}

fn source(is_old: bool) -> SectionSource {
    SectionSource { newest: Some(ago(60 * 24 * 200)), received: Some(ago(60 * 24 * 2)), is_old }
}

fn section<T>(lines: Vec<T>) -> Section<T> {
    Section { lines, source: source(true) }
}

pub fn samples(reader: Reader) -> Vec<Sample> {
    let mut all = visits(reader);
    all.extend(notes(reader));
    all.extend(lists(reader));
    all
}

fn resource(n: u128) -> ResourceId {
    ResourceId(id(2000 + n))
}

fn visit(n: u128, setting: Setting, status: &str) -> VisitLine {
    VisitLine {
        resource: resource(n),
        name: (n != 2)
            .then(|| named("General examination <of> patient", "A visit to look at health as a whole.")),
        setting,
        status: status.to_owned(),
        start: Some(date("2026-05-03T09:40:00-07:00")),
        until: (n == 1).then(|| date("2026-05-06T11:00:00-07:00")),
        place: Some("Riverbend Family Clinic".to_owned()),
        practitioner: (n != 2).then(|| "Grace Okafor, MD".to_owned()),
        reasons: if n == 0 { vec!["Blood pressure and diabetes".to_owned()] } else { vec![] },
    }
}

/// A name as the words table has it, with the record's own behind.
fn named(plain: &str, explanation: &'static str) -> ChartName {
    ChartName {
        explanation: Some(explanation),
        clinical: Some(format!("{plain} (record)")),
        ..ChartName::from(plain)
    }
}

fn thing(n: u128, name: &str) -> VisitThing {
    VisitThing {
        resource: resource(n),
        name: named(name, "What it is, <in> one sentence."),
        detail: n.is_multiple_of(2).then(|| "Take 1 tablet every morning".to_owned()),
    }
}

fn note(n: u128) -> NoteLine {
    NoteLine {
        resource: resource(100 + n),
        name: (n != 1).then(|| "History and physical note".into()),
        date: Some(date("2026-05-03")),
        author: (n != 1).then(|| "Grace Okafor, MD".to_owned()),
    }
}

fn visits(r: Reader) -> Vec<Sample> {
    let frame = || r.patient_frame(r.rosa(), Place::Record);
    let all = vec![
        visit(0, Setting::Office, "finished"),
        visit(1, Setting::Hospital, "finished"),
        visit(2, Setting::Emergency, "finished"),
        visit(3, Setting::Remote, "planned"),
    ];
    let full = VisitView {
        person: r.rosa(),
        line: all[0].clone(),
        notes: vec![note(0), note(1)],
        problems: vec![thing(1, "High blood pressure")],
        medicines: vec![thing(2, "Lisinopril 20 mg tablet")],
        procedures: vec![thing(3, "Depression screening")],
        vaccines: vec![thing(5, "Flu")],
        results: results()[..2].to_vec(),
        vitals: vec![pressure()],
        questions: lines()[..1].to_vec(),
    };
    let bare = VisitView {
        person: r.rosa(),
        line: all[1].clone(),
        notes: vec![],
        problems: vec![],
        medicines: vec![],
        procedures: vec![],
        vaccines: vec![],
        results: vec![],
        vitals: vec![],
        questions: vec![],
    };
    let list = |items| VisitsPage { f: frame(), visits: page(items), source: source(true) }.render().unwrap();
    vec![
        ("visits".into(), list(all)),
        ("visits-empty".into(), list(vec![])),
        ("visit".into(), VisitPage { f: frame(), v: full }.render().unwrap()),
        ("visit-bare".into(), VisitPage { f: frame(), v: bare }.render().unwrap()),
    ]
}

fn notes(r: Reader) -> Vec<Sample> {
    let frame = || r.patient_frame(r.rosa(), Place::Record);
    let list = |items| NotesPage { f: frame(), notes: page(items), source: source(false) }.render().unwrap();
    let one = |text| {
        let v = NoteView {
            person: r.rosa(),
            line: note(0),
            source: Some("Riverbend Family Clinic".to_owned()),
            is_for_patient: false,
            text,
            visit: Some(resource(0)),
            questions: vec![],
        };
        NotePage { f: frame(), v }.render().unwrap()
    };
    let blocks = vec![
        Block::Paragraph("2026-05-03".to_owned()),
        Block::Heading("Chief Complaint".to_owned()),
        Block::Paragraph("No complaints. <script>alert(1)</script>".to_owned()),
        Block::Heading("Plan".to_owned()),
        Block::List(vec!["Less salt".to_owned(), "Come back in 3 months".to_owned()]),
    ];
    vec![
        ("notes".into(), list((0..5).map(note).collect())),
        ("notes-empty".into(), list(vec![])),
        ("note".into(), one(NoteText::Blocks(blocks))),
        ("note-file".into(), one(NoteText::File("application/pdf".to_owned()))),
        ("note-absent".into(), one(NoteText::Absent)),
    ]
}

fn plans() -> Plans {
    let step =
        |name: &str, status: &str| PlanStep { name: named(name, "What it is."), status: status.to_owned() };
    let plan = |n: u128, is_active| PlanLine {
        resource: resource(200 + n),
        name: "Diabetes self management plan".into(),
        is_active,
        since: Some(date("2024-02")),
        until: (!is_active).then(|| date("2025-02-01")),
        problems: vec!["Type 2 diabetes".to_owned()],
        steps: vec![
            step("Diabetic diet", "in-progress"),
            step("Eye exam", "completed"),
            step("Exercise therapy", "not-started"),
            step("Foot care", "cancelled"),
        ],
    };
    let goal = |n: u128, achievement: Option<&str>| GoalLine {
        resource: resource(220 + n),
        name: named("Average blood sugar (A1c)", "The average sugar of three months."),
        is_active: n == 0,
        achievement: achievement.map(str::to_owned),
        targets: vec![
            GoalTarget { measure: None, value: "below 7%".to_owned() },
            GoalTarget { measure: Some("Weight".into()), value: "80 kg or less".to_owned() },
        ],
        due: Some(date("2027-01-31")),
    };
    Plans {
        plans: section(vec![plan(0, true), plan(1, false)]),
        goals: section(vec![goal(0, Some("improving")), goal(1, Some("achieved"))]),
    }
}

fn care_teams() -> CareTeams {
    let pool = PoolId(id(20));
    let member = |name: &str, role: Option<&str>, is_organisation, pool| CareMember {
        name: name.to_owned(),
        roles: role.map(str::to_owned).into_iter().collect(),
        is_organisation,
        pool,
    };
    let team = |n: u128, name: Option<&str>| CareTeamLine {
        resource: resource(300 + n),
        name: name.map(str::to_owned),
        is_active: n == 0,
        since: Some(date("2025-10-28")),
        reasons: if n == 1 { vec!["Prediabetes".to_owned()] } else { vec![] },
        members: vec![
            member("Grace Okafor, MD", Some("Primary care provider"), false, Some(pool)),
            member("Maya Chen, RN", Some("Registered nurse"), false, Some(pool)),
            member("Riverbend Family Clinic", None, true, None),
        ],
    };
    CareTeams {
        teams: vec![TeamChoice {
            pool,
            label: nurses(),
            readers: readers(),
            answer_by: Some("2026-11-24T20:40:00Z".parse().unwrap()),
            is_own: true,
        }],
        record: section(vec![team(0, Some("Primary care")), team(1, None)]),
    }
}

fn lists(r: Reader) -> Vec<Sample> {
    let frame = || r.patient_frame(r.rosa(), Place::Record);
    let trend = trend(true);
    let vital = |n: usize, line: ResultLine| VitalLine {
        newest: line,
        times: 1 + n * 7,
        trend: (n > 0).then(|| trend.clone()),
    };
    let procedure = |n: usize| ProcedureLine {
        resource: resource(400 + n as u128),
        name: named("Electrical cardioversion", "Brings back the rhythm."),
        dates: (0..=n).map(|year| date(&format!("20{:02}-09-16", 25 - year))).collect(),
        times: n + 1,
        place: Some("Riverbend Hospital".to_owned()),
        reasons: if n == 0 { vec![] } else { vec!["Atrial fibrillation".to_owned()] },
    };
    let cover = |n: u128, bill: Option<&str>| CoverageLine {
        resource: resource(500 + n),
        payer: "Blue Cross & Blue Shield".into(),
        plan: Some("PPO Silver".to_owned()),
        number: (n == 0).then(|| "W-1234-5678".to_owned()),
        is_active: n == 0,
        since: Some(date("2024")),
        until: (n != 0).then(|| date("2025-12-31")),
        bill: bill.map(date),
    };
    let none =
        CareTeams { teams: vec![], record: Section { lines: vec![], source: SectionSource::default() } };
    let no_plans = || Plans {
        plans: Section { lines: vec![], source: SectionSource::default() },
        goals: Section { lines: vec![], source: SectionSource::default() },
    };
    let vitals = vec![vital(0, pressure()), vital(1, results()[0].clone()), vital(2, results()[1].clone())];
    let vitals_page = |v| VitalsPage { f: frame(), v }.render().unwrap();
    let procedures_page = |v| ProceduresPage { f: frame(), v }.render().unwrap();
    let coverage_page = |v| CoveragePage { f: frame(), v }.render().unwrap();
    vec![
        ("vitals".into(), vitals_page(section(vitals))),
        ("vitals-empty".into(), vitals_page(section(vec![]))),
        ("procedures".into(), procedures_page(section((0..5).map(procedure).collect()))),
        ("procedures-empty".into(), procedures_page(section(vec![]))),
        ("plans".into(), PlansPage { f: frame(), v: plans() }.render().unwrap()),
        ("plans-empty".into(), PlansPage { f: frame(), v: no_plans() }.render().unwrap()),
        ("care-team".into(), CareTeamPage { f: frame(), v: care_teams() }.render().unwrap()),
        ("care-team-none".into(), CareTeamPage { f: frame(), v: none }.render().unwrap()),
        ("coverage".into(), coverage_page(section(vec![cover(0, None), cover(1, None)]))),
        ("coverage-bill".into(), coverage_page(section(vec![cover(0, Some("2021-06-30"))]))),
        ("coverage-empty".into(), coverage_page(section(vec![]))),
    ]
}

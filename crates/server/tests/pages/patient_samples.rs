//! Samples of every patient page: with things, empty, hostile and long.

use crate::people::*;
use crate::warning_samples;
use askama::Template;
use domain::actor::Role;
use domain::audit::AuditAction;
use domain::draft::{DraftText, FieldProblem};
use domain::id::*;
use domain::pool::Topic;
use domain::thread::ThreadProblem;
use server::web::frame::{Done, Place};
use server::web::patient::compose::ComposePage;
use server::web::patient::home::HomePage;
use server::web::patient::looked::LookedPage;
use server::web::patient::messages::MessagesPage;
use server::web::patient::more::MorePage;
use server::web::patient::plot::Plot;
use server::web::patient::record::RecordPage;
use server::web::patient::results::{ResultPage, ResultsPage};
use server::web::patient::search::OwnSearchPage;
use server::web::patient::thread::ThreadPage;
use server::web::problems::Problems;
use service::page::{Cursor, Page};
use service::view::chart::*;
use service::view::inbox::{MessageHit, SearchPage};
use service::view::looked::{Beside, Looked};
use service::view::name::{ChartName, Group};
use service::view::thread::*;

pub type Sample = (String, String);

fn page<T>(items: Vec<T>) -> Page<T> {
    let next = (items.len() > 4).then(|| Cursor { at: 1, id: id(7) });
    Page { items, next }
}

pub fn samples(reader: Reader) -> Vec<Sample> {
    let mut all = lists(reader);
    all.extend(threads(reader));
    all.extend(composes(reader));
    all.extend(records(reader));
    all.extend(warning_samples::samples(reader));
    all
}

fn lists(r: Reader) -> Vec<Sample> {
    let rosa = || r.patient_frame(r.rosa(), Place::Home);
    let long = || r.patient_frame(r.stranger(), Place::Messages);
    let home = |person, new_results, answers: Vec<ThreadLine>, waiting| {
        let changes = if answers.is_empty() { Vec::new() } else { vec![taken_back()] };
        Home { person, new_results, answers, changes, waiting }
    };
    let mut done = rosa();
    done.done = Some(Done::Sent);
    let many: Vec<ThreadLine> = (0..25)
        .map(|n| ThreadLine { thread: ThreadId(id(n)), ..lines()[(n % 7) as usize].clone() })
        .collect();
    let hit = MessageHit {
        thread: ThreadId(id(101)),
        patient: PatientId(id(1)),
        who: nurses(),
        subject: "Potassium".to_owned(),
        excerpt: "… about the potassium before my visit …".to_owned(),
        sent_at: ago(9000),
    };
    let found = |hits: Vec<MessageHit>, back| SearchPage { hits: page(hits), searched_back_to: back };
    vec![
        (
            "home".into(),
            HomePage {
                f: rosa(),
                v: home(r.rosa(), results()[..1].to_vec(), lines()[1..2].to_vec(), lines()[..1].to_vec()),
            }
            .render()
            .unwrap(),
        ),
        (
            "home-empty".into(),
            HomePage {
                f: r.patient_frame(r.stranger(), Place::Home),
                v: home(r.stranger(), vec![], vec![], vec![]),
            }
            .render()
            .unwrap(),
        ),
        (
            "messages".into(),
            MessagesPage { f: r.patient_frame(r.rosa(), Place::Messages), threads: page(lines()) }
                .render()
                .unwrap(),
        ),
        ("messages-empty".into(), MessagesPage { f: long(), threads: page(vec![]) }.render().unwrap()),
        ("messages-many".into(), MessagesPage { f: done, threads: page(many) }.render().unwrap()),
        (
            "search".into(),
            OwnSearchPage {
                f: long(),
                words: "potassium \"<".to_owned(),
                found: found(vec![hit; 6], Some(ago(90000))),
            }
            .render()
            .unwrap(),
        ),
        (
            "search-nothing".into(),
            OwnSearchPage { f: rosa(), words: "zebra".to_owned(), found: found(vec![], None) }
                .render()
                .unwrap(),
        ),
        (
            "more".into(),
            MorePage { f: r.patient_frame(r.rosa(), Place::More), has_others: true }.render().unwrap(),
        ),
        (
            "looked".into(),
            LookedPage { f: r.patient_frame(r.rosa(), Place::More), looked: page(looked()) }
                .render()
                .unwrap(),
        ),
        ("looked-empty".into(), LookedPage { f: long(), looked: page(vec![]) }.render().unwrap()),
    ]
}

/// One line per action that the audit knows.
fn looked() -> Vec<Looked> {
    let line = |(n, action): (usize, &AuditAction)| Looked {
        at: ago(n as i64 * 200 + 5),
        who: if n % 5 == 4 { None } else { Some("Nadia Okafor".to_owned()) },
        role: (n % 5 != 4).then_some(Role::ALL[n % Role::ALL.len()]),
        relation: (n == 6).then_some(domain::proxy::ProxyRelation::Daughter),
        is_me: n % 4 == 1,
        action: *action,
        what: (n % 3 == 0).then(|| "Potassium".to_owned()),
        beside: (*action == AuditAction::ReadThread)
            .then(|| Beside { title: "Potassium".to_owned(), is_result: true }),
        section: (*action == AuditAction::ReadChart).then(|| "visits".to_owned()),
        reason: (*action == AuditAction::BreakGlass).then(|| "Unconscious on arrival".to_owned()),
        was_denied: n == 7,
        times: if n == 2 { 3 } else { 1 },
    };
    AuditAction::ALL.iter().enumerate().map(line).collect()
}

pub fn thread_view(r: Reader, reply: ReplyWay, status: usize) -> ThreadView {
    let entries =
        entries().into_iter().filter(|e| e.kind != domain::message::MessageKind::InternalNote).collect();
    ThreadView {
        person: r.rosa(),
        thread: ThreadId(id(100)),
        subject: "Potassium".to_owned(),
        topic: label("Test result", "Resultado"),
        pool: nurses(),
        readers: readers(),
        status: lines()[status].status.clone(),
        entries,
        about: Some(about()),
        last_seq: 9,
        reply,
        advice: Vec::new(),
        can_thank: status != 0,
        draft: None,
    }
}

fn threads(r: Reader) -> Vec<Sample> {
    let frame = || r.patient_frame(r.rosa(), Place::Messages);
    let mut sent = thread_view(r, ReplyWay::Here, 0);
    sent.entries.truncate(1);
    let mut sent_frame = frame();
    sent_frame.done = Some(Done::Sent);
    let mut typed = thread_view(r, ReplyWay::Here, 3);
    typed.draft = Some(DraftText {
        body: "Thank you. One more question: </textarea>".to_owned(),
        ..Default::default()
    });
    let mut late = thread_view(r, ReplyWay::WriteAgain(ThreadProblem::IsClosed), 6);
    late.draft.clone_from(&typed.draft);
    let mut waits = thread_view(r, ReplyWay::Here, 0);
    waits.draft.clone_from(&typed.draft);
    let show =
        |f, v, problems, moved_on| ThreadPage { f, v, problems, moved_on, warning: None }.render().unwrap();
    vec![
        ("thread-sent".into(), show(sent_frame, sent, Problems::default(), false)),
        ("thread".into(), show(frame(), thread_view(r, ReplyWay::Here, 1), Problems::default(), false)),
        ("thread-conflict".into(), show(frame(), typed, Problems::default(), true)),
        (
            "thread-blank".into(),
            show(
                frame(),
                thread_view(r, ReplyWay::Here, 4),
                Problems::of(&[FieldProblem::BodyMissing]),
                false,
            ),
        ),
        ("thread-not-sent".into(), show(frame(), late, Problems::default(), true)),
        ("thread-wait".into(), show(frame(), waits, Problems::one("sending", "wait-to-send"), false)),
        (
            "thread-closed".into(),
            show(
                frame(),
                thread_view(r, ReplyWay::WriteAgain(ThreadProblem::IsClosed), 6),
                Problems::default(),
                false,
            ),
        ),
        (
            "thread-old".into(),
            show(
                frame(),
                thread_view(r, ReplyWay::WriteAgain(ThreadProblem::TooOld), 2),
                Problems::default(),
                false,
            ),
        ),
    ]
}

pub fn compose(r: Reader, teams: usize, about: Option<AboutItem>) -> Compose {
    let team = |n: u128| TeamChoice {
        pool: PoolId(id(20 + n)),
        label: if n == 0 { nurses() } else { label("Riverbend Front Desk", "Recepción de Riverbend") },
        readers: readers(),
        answer_by: Some("2026-11-24T20:40:00Z".parse().unwrap()),
        is_own: n == 0,
    };
    let topic = |n: u128, word: &str, label, explanation| Topic {
        id: TopicId(id(40 + n)),
        word: word.to_owned(),
        label,
        explanation,
    };
    Compose {
        person: r.rosa(),
        teams: (0..teams as u128).map(team).collect(),
        topics: vec![
            topic(
                0,
                "question",
                label("Medical question", "Pregunta médica"),
                label("Symptoms or how you are doing", "Síntomas o cómo se siente"),
            ),
            topic(
                1,
                "medicine",
                label("Medicine", "Medicamento"),
                label("Refills, side effects, how to take it", "Recetas, efectos, cómo tomarlo"),
            ),
            topic(
                2,
                "test_result",
                label("Test result", "Resultado"),
                label("What a result means", "Qué significa un resultado"),
            ),
        ],
        topic: about.is_some().then_some(TopicId(id(42))),
        about,
        draft: None,
        continues: None,
    }
}

fn composes(r: Reader) -> Vec<Sample> {
    let frame = || r.patient_frame(r.rosa(), Place::Messages);
    let show =
        |v, problems| ComposePage { f: frame(), v, to: None, problems, warning: None }.render().unwrap();
    let mut again = compose(r, 1, None);
    again.continues =
        Some(Continued { thread: ThreadId(id(100)), subject: "Potassium".to_owned(), pool: PoolId(id(31)) });
    again.draft =
        Some(DraftText { subject: "Pot".to_owned(), body: "Again".to_owned(), ..Default::default() });
    let bad = Problems::of(&[
        FieldProblem::TeamMissing,
        FieldProblem::TopicMissing,
        FieldProblem::SubjectMissing,
        FieldProblem::BodyMissing,
    ]);
    vec![
        ("compose".into(), show(compose(r, 2, None), Problems::default())),
        ("compose-changed".into(), show(again.clone(), Problems::one("sent", "sent-before"))),
        ("compose-about".into(), show(compose(r, 2, Some(about())), Problems::default())),
        ("compose-bad".into(), show(compose(r, 2, None), bad)),
        ("compose-again".into(), show(again, Problems::default())),
        ("compose-no-team".into(), show(compose(r, 0, None), Problems::default())),
    ]
}

fn hypertension() -> ChartName {
    ChartName {
        plain: "High blood pressure".to_owned(),
        explanation: Some("Blood pushes too hard on the blood vessels."),
        group: Some(Group::Heart),
        clinical: Some("Hypertension".to_owned()),
    }
}

pub fn overview() -> ChartOverview {
    let source =
        || SectionSource { newest: Some(ago(60 * 24 * 200)), received: Some(ago(60 * 24 * 2)), is_old: true };
    let medicine = |n: u128, name: &str, is_active| MedicineLine {
        resource: ResourceId(id(600 + n)),
        name: name.into(),
        dosage: (n == 0).then(|| "Take 1 tablet by mouth once a day".to_owned()),
        is_active,
        first: Some(date("2019-04")),
        last: Some(date("2026-10-02")),
        times: 1 + n as usize * 6,
        prescriber: Some("Dr. Ingrid Lund".to_owned()),
    };
    let condition = |n: u128, name: &str, is_active| ConditionLine {
        resource: ResourceId(id(700 + n)),
        name: if is_active { hypertension() } else { name.into() },
        is_active,
        status: "active".to_owned(),
        since: Some(date("2016")),
        until: (!is_active).then(|| date("2018-02-11")),
    };
    ChartOverview {
        conditions: Section {
            lines: vec![condition(0, "High blood pressure", true), condition(1, "Acute bronchitis", false)],
            source: source(),
        },
        medicines: Section {
            lines: vec![
                medicine(0, "Lisinopril 10 mg tablet", true),
                medicine(1, "Amoxicillin 500 mg capsule", false),
            ],
            source: source(),
        },
        allergies: Section {
            lines: vec![AllergyLine {
                resource: ResourceId(id(800)),
                name: "Penicillin".into(),
                is_active: true,
                criticality: Some("high".to_owned()),
                reactions: vec!["Hives".to_owned(), "Swelling".to_owned()],
                recorded: Some(date("2001")),
            }],
            source: source(),
        },
        immunizations: Section {
            lines: vec![ImmunizationLine {
                resource: ResourceId(id(900)),
                name: "Influenza, seasonal".into(),
                dates: vec![date("2025-10-01"), date("2024-10-11")],
            }],
            source: source(),
        },
        results: Section { lines: results(), source: source() },
    }
}

pub fn empty_overview() -> ChartOverview {
    fn none<T>() -> Section<T> {
        Section { lines: vec![], source: SectionSource::default() }
    }
    ChartOverview {
        conditions: none(),
        medicines: none(),
        allergies: none(),
        immunizations: none(),
        results: none(),
    }
}

pub fn result_view(r: Reader, line: ResultLine, trend: Option<Trend>) -> ResultView {
    ResultView {
        person: r.rosa(),
        line,
        version: 1,
        ordered_by: Some("Dr. Ingrid Lund".to_owned()),
        reported_by: Some("Riverbend Laboratory".to_owned()),
        review: Some(Review::NotYet),
        notes: vec!["Sample slightly hemolyzed.".to_owned()],
        members: vec![],
        panels: vec![PanelLine { resource: ResourceId(id(700)), name: "Basic <blood> test".into() }],
        trend,
        part_trends: vec![],
        questions: lines()[..1].to_vec(),
        code: Some("LOINC 2823-3".to_owned()),
        can_ask: true,
    }
}

fn records(r: Reader) -> Vec<Sample> {
    let frame = || r.patient_frame(r.rosa(), Place::Record);
    let shown = |v: ResultView| ResultPage { f: frame(), plots: Plot::all(&v), v }.render().unwrap();
    let one = |line: ResultLine, trend: Option<Trend>| shown(result_view(r, line, trend));
    let parts = ["Upper number", "Lower number"].map(|name| (ChartName::from(name), trend(true)));
    let in_parts = ResultView { part_trends: parts.to_vec(), ..result_view(r, pressure(), None) };
    let panel = ResultLine { value: String::new(), range: None, members: 3, ..results()[4].clone() };
    let held = ResultView { members: results()[..3].to_vec(), panels: vec![], ..result_view(r, panel, None) };
    vec![
        ("record".into(), RecordPage { f: frame(), v: overview() }.render().unwrap()),
        ("record-empty".into(), RecordPage { f: frame(), v: empty_overview() }.render().unwrap()),
        (
            "results".into(),
            ResultsPage { f: frame(), results: page(results()), source: overview().results.source }
                .render()
                .unwrap(),
        ),
        (
            "results-empty".into(),
            ResultsPage { f: frame(), results: page(vec![]), source: SectionSource::default() }
                .render()
                .unwrap(),
        ),
        ("result".into(), one(results()[0].clone(), Some(trend(true)))),
        ("result-no-range".into(), one(results()[4].clone(), Some(trend(false)))),
        ("result-parts".into(), shown(in_parts)),
        ("result-panel".into(), shown(held)),
        ("result-early".into(), one(results()[1].clone(), None)),
    ]
}

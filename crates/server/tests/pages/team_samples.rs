//! Samples of every page of the care team.

use crate::patient_samples::{Sample, empty_overview, overview, result_view};
use crate::people::*;
use askama::Template;
use domain::actor::Role;
use domain::draft::{DraftText, FieldProblem};
use domain::id::*;
use domain::inbox::View;
use domain::language::Language;
use domain::pool::{CloseReason, QuickReply, Topic};
use domain::proxy::ProxyRelation;
use domain::thread::ThreadState;
use server::web::frame::{Done, Place};
use server::web::patient::plot::Plot;
use server::web::problems::Problems;
use server::web::team::compose::TeamComposePage;
use server::web::team::copy::CopyPage;
use server::web::team::emergency::EmergencyPage;
use server::web::team::entries::EntriesPart;
use server::web::team::inbox::InboxListPage;
use server::web::team::me::MePage;
use server::web::team::patient::PatientPage;
use server::web::team::patients::PatientsPage;
use server::web::team::place::ListPlace;
use server::web::team::result::TeamResultPage;
use server::web::team::search::TeamSearchPage;
use server::web::team::thread::TeamThreadPage;
use service::page::{Cursor, Page};
use service::view::inbox::{InboxPage, InboxRow, MessageHit, PoolChoice, RowWarning, SearchPage};
use service::view::person::{Banner, Found};
use service::view::thread::TeamThread;

const NAMES: [&str; 8] = [
    "Rosa Alvarez",
    "Maximiliana Bartholomäus-Featherstonehaugh de la Fuente y Montenegro",
    "Tuan Nguyen",
    "Grace O'Neil <b>",
    "Ibrahim Haddad",
    "Lucía Peña",
    "Walter Schmidt",
    "Aiyana Begay",
];

fn row(n: usize) -> InboxRow {
    let subjects = ["Potassium", "My knee after the fall", "Refill", "Dizzy in the morning"];
    InboxRow {
        thread: ThreadId(id(100 + n as u128)),
        patient: PatientId(id(1)),
        name: NAMES[n % NAMES.len()].to_owned(),
        written_by: (n % 5 == 1).then(|| "Ana Ruiz".to_owned()),
        writer_is: (n == 6).then_some(ProxyRelation::Daughter),
        age: (n != 4).then_some(30 + n as i64),
        language: if n % 3 == 1 { Language::Es } else { Language::En },
        subject: subjects[n % 4].to_owned(),
        first_words: "Is this number anything I should worry about before my visit?".to_owned(),
        topic: label("Test result", "Resultado"),
        state: ThreadState::Open,
        owner: (!n.is_multiple_of(4))
            .then(|| if n % 4 == 1 { "Nadia Okafor" } else { "Dr. Ingrid Lund" }.to_owned()),
        owner_is_me: n % 4 == 1,
        needs_answer: true,
        waiting_since: Some(ago(60 * n as i64)),
        due_at: Some("2026-11-23T20:40:00Z".parse().unwrap()),
        is_overdue: n == 0,
        warning: (n < 5).then(|| RowWarning {
            signs: vec![
                label("chest pain", "dolor de pecho"),
                label("trouble breathing", "dificultad para respirar"),
            ][..n.min(2)]
                .to_vec(),
            waits: n != 3,
        }),
        is_due_soon: n == 2,
        last_message_at: ago(60 * n as i64),
        is_unread: n.is_multiple_of(2),
        rank_at: 0,
    }
}

pub fn inbox(view: View, rows: usize) -> InboxPage {
    let pool = |n: u128, label| PoolChoice { pool: PoolId(id(20 + n)), label, to_do: 12 - n as i64 };
    InboxPage {
        pools: vec![pool(0, nurses()), pool(1, label("Riverbend Front Desk", "Recepción"))],
        pool: PoolId(id(20)),
        view,
        counts: View::ALL.iter().enumerate().map(|(n, view)| (*view, [12, 3, 5, 128, 1, 4096][n])).collect(),
        rows: Page {
            items: (0..rows).map(row).collect(),
            next: (rows > 6).then(|| Cursor { at: 5, id: id(3) }),
        },
    }
}

fn banner() -> Banner {
    Banner {
        patient: PatientId(id(1)),
        name: "Rosa Alvarez".to_owned(),
        preferred: Some("Rosie".to_owned()),
        birth_date: Some("1961-04-02".to_owned()),
        age: Some(65),
        sex: Some("female".to_owned()),
        mrn: Some("MRN-004211".to_owned()),
        language: Some(Language::Es),
        language_text: None,
        phone: Some("(555) 010-4477".to_owned()),
        provider: Some("Dr. Ingrid Lund".to_owned()),
        allergies: Some(vec!["Penicillin".to_owned(), "Latex".to_owned()]),
        is_deceased: false,
        may_write: true,
        has_reader: true,
    }
}

fn bare_banner() -> Banner {
    Banner {
        has_reader: false,
        name: NAMES[3].to_owned(),
        preferred: None,
        birth_date: None,
        age: None,
        sex: None,
        mrn: None,
        language: None,
        language_text: Some("Navajo".to_owned()),
        phone: None,
        provider: None,
        allergies: Some(Vec::new()),
        is_deceased: true,
        may_write: false,
        ..banner()
    }
}

fn team_thread(state: ThreadState, banner: Banner) -> TeamThread {
    let reason = |n: u128, en: &str, es: &str| CloseReason {
        id: CloseReasonId(id(60 + n)),
        word: en.to_lowercase(),
        label: label(en, es),
    };
    TeamThread {
        banner,
        thread: ThreadId(id(101)),
        patient: PatientId(id(1)),
        subject: "Potassium".to_owned(),
        topic: label("Test result", "Resultado"),
        pool_id: PoolId(id(20)),
        pool: nurses(),
        state,
        owner: Some((AccountId(id(12)), "Dr. Ingrid Lund".to_owned())),
        members: vec![
            (AccountId(id(11)), "Nadia Okafor".to_owned()),
            (AccountId(id(12)), "Dr. Ingrid Lund".to_owned()),
        ],
        entries: entries(),
        about: Some(about()),
        last_seq: 9,
        needs_answer: state == ThreadState::Open,
        waiting_since: (state == ThreadState::Open).then(|| ago(200)),
        due_at: (state == ThreadState::Open).then(|| "2026-11-23T20:40:00Z".parse().unwrap()),
        is_overdue: false,
        warning: Some(RowWarning {
            signs: vec![label("chest pain", "dolor de pecho")],
            waits: state == ThreadState::Open,
        }),
        language: Language::Es,
        quick_replies: (0..10).map(quick_reply).collect(),
        close_reasons: vec![reason(0, "Answered", "Contestado"), reason(1, "Visit arranged", "Cita hecha")],
        draft: None,
        may_read_chart: true,
        next_thread: Some(ThreadId(id(102))),
    }
}

fn quick_reply(n: u128) -> QuickReply {
    QuickReply {
        id: QuickReplyId(id(70 + n)),
        label: label("Refill \"sent\"", "Resurtido enviado"),
        text: label("We have sent the refill.", "Enviamos el resurtido <ya>."),
    }
}

fn place(inbox: &InboxPage) -> ListPlace {
    ListPlace::of(inbox, Some(Cursor { at: 5, id: id(3) }))
}

fn thread_page(r: Reader, v: TeamThread) -> TeamThreadPage {
    let inbox = inbox(View::ToDo, 8);
    TeamThreadPage {
        f: r.frame(Place::Inbox),
        place: place(&inbox),
        inbox,
        open: Some(v.thread),
        v,
        chart: Some(overview()),
        me: AccountId(id(11)),
        note_key: ClientKey(id(98)),
        problems: Problems::default(),
        note: String::new(),
        is_noting: false,
        conflict: false,
        present: vec![AccountId(id(12))],
    }
}

pub fn samples(r: Reader) -> Vec<Sample> {
    let mut all = conversations(r);
    all.extend(patients(r));
    all.extend(searches(r));
    all
}

fn conversations(r: Reader) -> Vec<Sample> {
    let list = |view, rows| {
        let inbox = inbox(view, rows);
        InboxListPage { f: r.frame(Place::Inbox), place: place(&inbox), inbox, open: None }
    };
    let copy = |state, banner| CopyPage {
        f: r.frame(Place::Inbox),
        v: team_thread(state, banner),
        place: place(&inbox(View::Closed, 1)),
    };
    let mut conflict = thread_page(r, team_thread(ThreadState::Open, banner()));
    conflict.conflict = true;
    conflict.v.draft = Some(DraftText { body: "Please come in tomorrow.".to_owned(), ..Default::default() });
    let mut noted = thread_page(r, team_thread(ThreadState::Waiting, bare_banner()));
    noted.problems = Problems::of(&[FieldProblem::BodyMissing]).renamed("body", "note");
    noted.is_noting = true;
    noted.chart = Some(empty_overview());
    noted.f.done = Some(Done::RepliedAndClosed);
    let mut closed = thread_page(r, team_thread(ThreadState::Closed, banner()));
    closed.problems = Problems::of(&[FieldProblem::ReasonMissing]);
    closed.chart = None;
    closed.conflict = true;
    closed.v.draft.clone_from(&conflict.v.draft);
    closed.note = "She may be dehydrated.".to_owned();
    let me = MePage { f: r.frame(Place::Elsewhere), roles: vec![Role::Nurse, Role::Administrator] };
    let mut pages: Vec<Sample> = View::ALL
        .iter()
        .map(|view| (format!("team-inbox-{}-empty", view.word()), list(*view, 0).render().unwrap()))
        .collect();
    pages.extend([
        ("team-inbox".into(), list(View::ToDo, 8).render().unwrap()),
        ("team-inbox-many".into(), list(View::Overdue, 50).render().unwrap()),
        ("team-thread".into(), thread_page(r, team_thread(ThreadState::Open, banner())).render().unwrap()),
        ("team-thread-conflict".into(), conflict.render().unwrap()),
        ("team-thread-note".into(), noted.render().unwrap()),
        ("team-thread-closed".into(), closed.render().unwrap()),
        ("team-copy".into(), copy(ThreadState::Open, banner()).render().unwrap()),
        ("team-copy-bare".into(), copy(ThreadState::Closed, bare_banner()).render().unwrap()),
        ("team-me".into(), me.render().unwrap()),
    ]);
    pages
}

/// What an open page fetches when its conversation changes.
pub fn entries_part(r: Reader) -> String {
    let place = place(&inbox(View::ToDo, 8));
    let v = team_thread(ThreadState::Open, banner());
    EntriesPart { f: r.frame(Place::Inbox), v, place }.render().unwrap()
}

fn patients(r: Reader) -> Vec<Sample> {
    let f = || r.frame(Place::Patients);
    let view = result_view(r, results()[0].clone(), Some(trend(true)));
    let result = TeamResultPage { f: f(), b: banner(), plots: Plot::all(&view), v: view };
    let emergency = |words: &str, problems| EmergencyPage {
        f: f(),
        words: words.to_owned(),
        reason: String::new(),
        problems,
    };
    let topic = Topic {
        id: TopicId(id(40)),
        word: "question".to_owned(),
        label: label("Medical question", "Pregunta médica"),
        explanation: label("Symptoms", "Síntomas"),
    };
    let compose = |problems| TeamComposePage {
        f: f(),
        b: banner(),
        pools: inbox(View::ToDo, 0).pools,
        topics: vec![topic.clone()],
        draft: DraftText::default(),
        problems,
    };
    let bad = Problems::of(&[FieldProblem::SubjectMissing, FieldProblem::BodyMissing]);
    vec![
        (
            "team-patient".into(),
            PatientPage { f: f(), b: banner(), chart: Some(overview()) }.render().unwrap(),
        ),
        (
            "team-patient-no-chart".into(),
            PatientPage { f: f(), b: bare_banner(), chart: None }.render().unwrap(),
        ),
        ("team-result".into(), result.render().unwrap()),
        ("team-emergency".into(), emergency("", Problems::default()).render().unwrap()),
        (
            "team-emergency-bad".into(),
            emergency("Rosa", Problems::of(&[FieldProblem::PatientVague])).render().unwrap(),
        ),
        ("team-compose".into(), compose(Problems::default()).render().unwrap()),
        ("team-compose-bad".into(), compose(bad).render().unwrap()),
    ]
}

fn searches(r: Reader) -> Vec<Sample> {
    let find = |found, more| PatientsPage {
        f: r.frame(Place::Patients),
        words: "al".to_owned(),
        found,
        more,
        is_clinical: true,
    };
    let found = |n: usize| Found {
        patient: PatientId(id(n as u128)),
        name: NAMES[n % NAMES.len()].to_owned(),
        birth_date: (n != 2).then(|| "1961-04".to_owned()),
        age: (n != 2).then_some(65),
        sex: Some("unknown".to_owned()),
        mrn: (n != 3).then(|| "MRN-004211".to_owned()),
        phone: Some("(555) 010-4477".to_owned()),
    };
    let hit = MessageHit {
        thread: ThreadId(id(101)),
        patient: PatientId(id(1)),
        who: label("Rosa Alvarez", "Rosa Alvarez"),
        subject: "Potassium".to_owned(),
        excerpt: "… about the potassium before my visit …".to_owned(),
        sent_at: ago(9000),
    };
    let search = |found| TeamSearchPage { f: r.frame(Place::Search), words: "potassium".to_owned(), found };
    let page = |hits: Vec<MessageHit>, back| {
        let next = (!hits.is_empty()).then(|| Cursor { at: 1, id: id(1) });
        Some(SearchPage { hits: Page { items: hits, next }, searched_back_to: back })
    };
    vec![
        ("team-patients".into(), find(None, false).render().unwrap()),
        ("team-patients-found".into(), find(Some((0..8).map(found).collect()), true).render().unwrap()),
        ("team-patients-none".into(), find(Some(Vec::new()), false).render().unwrap()),
        ("team-search".into(), search(None).render().unwrap()),
        ("team-search-found".into(), search(page(vec![hit; 4], Some(ago(90000)))).render().unwrap()),
        ("team-search-none".into(), search(page(Vec::new(), None)).render().unwrap()),
    ]
}

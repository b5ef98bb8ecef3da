//! Samples of what is shown for warning words, and of the pages about people who act for others.

use crate::patient_samples::{Sample, compose, thread_view};
use crate::people::*;
use askama::Template;
use domain::draft::DraftText;
use domain::id::{AccountId, PatientId};
use domain::proxy::{ProxyBasis, ProxyGrant, ProxyRelation, ProxyScope};
use domain::red_flags::{Advice, RedFlags};
use server::web::frame::Place;
use server::web::patient::compose::ComposePage;
use server::web::patient::people::{ChoosePage, PeoplePage};
use server::web::patient::thread::ThreadPage;
use server::web::patient::warning::{Held, WarningPage};
use server::web::problems::Problems;
use service::view::person::{PersonChoice, ProxyLine};
use service::view::thread::ReplyWay;
use service::view::warning::Warning;

const TEXT: &str = "My chest hurts and I can't breathe </textarea><script>alert(1)</script>";

fn warning(r: Reader, signs: &[&str]) -> Warning {
    let rules = RedFlags::built_in();
    let signs: Vec<String> = signs.iter().map(|sign| (*sign).to_owned()).collect();
    Warning {
        person: r.rosa(),
        labels: signs.iter().map(|sign| rules.label(sign)).collect(),
        advice: rules.advice(&signs),
        signs,
    }
}

fn people(r: Reader, any: bool) -> String {
    let line = |n: u128, relation, ended: bool| ProxyLine {
        account: AccountId(id(30 + n)),
        name: if n == 1 { "Ana <Ruiz>".to_owned() } else { "Luis Alvarez".to_owned() },
        relation,
        grant: ProxyGrant {
            patient: PatientId(id(1)),
            account: AccountId(id(30 + n)),
            scope: ProxyScope { record: n != 2, messages: true },
            basis: if n == 2 { ProxyBasis::Guardianship } else { ProxyBasis::Consent },
            from: ago(90_000),
            until: (n == 2).then(|| ago(-900_000)),
            ended_at: ended.then(|| ago(50)),
        },
        holds: !ended,
    };
    let all = vec![
        line(1, ProxyRelation::Daughter, false),
        line(2, ProxyRelation::Guardian, false),
        line(3, ProxyRelation::Other, true),
    ];
    let proxies = if any { all } else { Vec::new() };
    PeoplePage { f: r.patient_frame(r.rosa(), Place::More), proxies }.render().unwrap()
}

fn choose(r: Reader, any: bool) -> String {
    let person = |n: u128, name: &str| PersonChoice {
        patient: PatientId(id(n)),
        name: name.to_owned(),
        is_self: n == 1,
        unread: 2 - n as i64,
    };
    let all = vec![person(1, "Ana Ruiz"), person(2, "Rosa <Alvarez>")];
    let people = if any { all } else { Vec::new() };
    ChoosePage { f: r.frame(Place::Elsewhere), people }.render().unwrap()
}

pub fn samples(r: Reader) -> Vec<Sample> {
    let frame = || r.patient_frame(r.rosa(), Place::Messages);
    let page = |signs: &[&str], form| {
        WarningPage { f: frame(), w: warning(r, signs), form, back: "/p/1/messages/new".to_owned() }
            .render()
            .unwrap()
    };
    let held = || {
        let fields = vec![("body", TEXT.to_owned()), ("advised", "chest_pain".to_owned())];
        Some(Held { action: "/p/1/messages/new".to_owned(), fields })
    };
    let every: Vec<String> = RedFlags::built_in().signs().iter().map(|sign| sign.word.clone()).collect();
    let every: Vec<&str> = every.iter().map(String::as_str).collect();
    let mut draft = compose(r, 1, None);
    draft.draft = Some(DraftText { body: TEXT.to_owned(), ..DraftText::default() });
    let mut sent = thread_view(r, ReplyWay::Here, 0);
    sent.advice = vec![Advice::Call911, Advice::CallClinic];
    let thread = |v, warning| {
        ThreadPage { f: frame(), v, problems: Problems::default(), moved_on: false, warning }
            .render()
            .unwrap()
    };
    vec![
        ("warning".into(), page(&["chest_pain", "breathing"], held())),
        ("warning-self-harm".into(), page(&["self_harm"], held())),
        ("warning-poison".into(), page(&["overdose"], held())),
        ("warning-pregnancy".into(), page(&["pregnancy"], held())),
        ("warning-every".into(), page(&every, held())),
        ("warning-called".into(), page(&["chest_pain"], None)),
        (
            "compose-warned".into(),
            ComposePage {
                f: frame(),
                v: draft,
                to: None,
                problems: Problems::default(),
                warning: Some(warning(r, &["chest_pain", "breathing"])),
            }
            .render()
            .unwrap(),
        ),
        ("people".into(), people(r, true)),
        ("people-empty".into(), people(r, false)),
        ("choose".into(), choose(r, true)),
        ("choose-nobody".into(), choose(r, false)),
        ("thread-urgent".into(), thread(sent, None)),
        ("thread-warned".into(), thread(thread_view(r, ReplyWay::Here, 1), Some(warning(r, &["self_harm"])))),
    ]
}

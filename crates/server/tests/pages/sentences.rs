//! The sentence files: the same sentences with the same variables in both languages, none unused in
//! the wrong place, and every key that a template or a source names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FILES: [&str; 16] = [
    "when", "common", "chart", "panel", "patient", "record", "warnings", "proxies", "team", "office",
    "study", "boards", "lead", "account", "run", "demo",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Key -> the variables and sentences that it uses.
fn sentences(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in FILES {
        let path = root().join(format!("locales/{language}/{file}.ftl"));
        let mut key = String::new();
        for line in std::fs::read_to_string(path).unwrap().lines() {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            if !line.starts_with([' ', '}', '*', '[']) {
                key = line.split(" =").next().unwrap().to_owned();
                assert!(all.insert(key.clone(), BTreeSet::new()).is_none(), "{language}: {key} twice");
            }
            let variables =
                line.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap().to_owned());
            all.entry(key.clone()).or_default().extend(variables);
        }
    }
    all
}

#[test]
fn both_languages_hold_the_same_sentences_with_the_same_variables() {
    let (english, spanish) = (sentences("en"), sentences("es"));
    let only = |a: &BTreeMap<String, _>, b: &BTreeMap<String, _>| -> Vec<String> {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect()
    };
    assert_eq!(only(&english, &spanish), Vec::<String>::new(), "only in English");
    assert_eq!(only(&spanish, &english), Vec::<String>::new(), "only in Spanish");
    // $relation is a matter of grammar: a language may need it where the other does not.
    let bare = |set: &BTreeSet<String>| -> BTreeSet<String> {
        set.iter().filter(|v| !["relation", "name", "hour"].contains(&v.as_str())).cloned().collect()
    };
    for (key, variables) in &english {
        assert_eq!(bare(variables), bare(&spanish[key]), "{key}");
    }
}

#[test]
fn every_sentence_file_parses_and_holds_no_markup() {
    server::words::check().unwrap();
    for language in ["en", "es"] {
        for file in FILES {
            let text =
                std::fs::read_to_string(root().join(format!("locales/{language}/{file}.ftl"))).unwrap();
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let text = line.replace("->", "").replace("= \"", "").replace("{ \"", "");
                assert!(!text.contains(['<', '>', '&']), "{language}/{file}: {line}");
            }
        }
    }
}

fn read_all(folder: &Path, out: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, out);
        } else {
            out.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_key_that_a_page_names_exists() {
    let known = sentences("en");
    let mut files = Vec::new();
    read_all(&root().join("templates"), &mut files);
    read_all(&root().join("src"), &mut files);
    let mut seen = 0;
    for (path, text) in files {
        for rest in text.split(".t(\"").skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(known.contains_key(key), "{path}: {key}");
            seen += 1;
        }
    }
    assert!(seen > 150, "the templates name {seen} keys");
}

#[test]
fn every_word_of_the_domain_has_a_sentence() {
    let known = sentences("en");
    let mut keys: Vec<String> = Vec::new();
    keys.extend(
        domain::actor::Role::ALL.iter().map(|role| format!("role-{}", role.word().replace('_', "-"))),
    );
    keys.extend(
        domain::audit::AuditAction::ALL.iter().map(|a| format!("did-{}", a.word().replace('_', "-"))),
    );
    keys.extend(server::web::frame::Done::ALL.iter().map(|done| done.key().to_owned()));
    keys.extend(field_problems().map(|problem| problem.key().to_owned()));
    for view in domain::inbox::View::ALL {
        keys.extend([format!("view-{}", view.word()), format!("view-empty-{}", view.word())]);
    }
    keys.extend(domain::thread::ThreadState::ALL.map(|state| format!("state-{}", state.word())));
    keys.extend(service::view::name::Group::ALL.iter().map(|group| format!("group-{}", group.word())));
    for key in keys {
        assert!(known.contains_key(&key), "{key}");
    }
}

fn field_problems() -> impl Iterator<Item = domain::draft::FieldProblem> {
    use domain::draft::FieldProblem::*;
    [
        SubjectMissing,
        SubjectTooLong,
        BodyMissing,
        BodyTooLong,
        TopicMissing,
        TeamMissing,
        ReasonMissing,
        ReasonTooLong,
        NameMissing,
        PoolNameTaken,
        SignInName,
        SignInNameTaken,
        PasswordTooShort,
        PasswordTooLong,
        PasswordTooCommon,
        PasswordWrong,
        BirthDate,
        PatientVague,
        PatientUnknown,
        PatientNotOne,
        RecordUnknown,
        StaffUnknown,
        StaffNotOne,
    ]
    .into_iter()
}

//! Every page with every sample, in both languages, about the reader and about another person.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod account_samples;
mod html;
mod office_samples;
mod open_samples;
mod patient_samples;
mod people;
mod reading_level;
mod record_samples;
mod run_samples;

mod sentences;
mod study_samples;
mod syllables;
mod team_parts;
mod team_samples;
mod walk;
mod warning_samples;

use domain::actor::Relation;
use domain::proxy::ProxyScope;
use people::Reader;
use std::collections::HashSet;
use std::path::PathBuf;

fn all_samples() -> Vec<(Reader, String, String)> {
    Reader::ALL
        .into_iter()
        .flat_map(|reader| {
            let mut pages = patient_samples::samples(reader);
            pages.extend(record_samples::samples(reader));
            pages.extend(open_samples::samples(reader));
            pages.extend(team_samples::samples(reader));
            pages.extend(study_samples::samples(reader));
            pages.extend(office_samples::samples(reader));
            pages.extend(account_samples::samples(reader));
            pages.extend(run_samples::samples(reader));
            pages.into_iter().map(move |(name, html)| (reader, name, html))
        })
        .collect()
}

#[test]
fn every_page_speaks_its_readers_language_without_a_gap() {
    for (reader, name, html) in all_samples() {
        let at = format!("{name} {reader:?}");
        assert!(!html.contains('\u{27e6}'), "{at}: no sentence {}", missing(&html));
        assert!(html.contains(&format!("<html lang=\"{}\"", reader.language.tag())), "{at}: lang");
    }
}

fn missing(html: &str) -> String {
    html.split('\u{27e6}')
        .skip(1)
        .filter_map(|rest| rest.split('\u{27e7}').next())
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn every_page_is_well_formed_and_carries_no_inline_handler() {
    for (reader, name, html) in all_samples() {
        let at = format!("{name} {reader:?}");
        html::balanced(&html).unwrap_or_else(|problem| panic!("{at}: {problem}"));
        assert!(
            !html.contains(" onclick") && !html.contains(" onsubmit") && !html.contains(" style="),
            "{at}"
        );
        assert!(!html.contains("<b>&quot;O'Neil") && !html.contains("<script>alert"), "{at}: not escaped");
        let ids = html::attributes(&html, "id");
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{at}: ids are unique: {ids:?}");
        for target in html::attributes(&html, "for") {
            assert!(ids.contains(&target), "{at}: label for {target}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{at}: one first heading");
        assert!(html.matches("autofocus").count() <= 1, "{at}: one focus");
    }
}

#[test]
fn every_form_that_changes_something_carries_the_sessions_token() {
    for (reader, name, html) in all_samples() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("method=\"post\""), "{name} {reader:?}: {form:.80}");
            assert!(form.contains("name=\"csrf\""), "{name} {reader:?}: {form:.80}");
        }
    }
}

#[test]
fn every_patient_page_says_how_to_reach_help() {
    for (reader, name, html) in all_samples() {
        if html.contains("class=\"patient\"") {
            for way in ["tel:911", "tel:988", "tel:5550100100"] {
                assert!(html.contains(way), "{name} {reader:?}: {way}");
            }
        }
    }
}

#[test]
fn whoever_may_see_the_record_alone_is_offered_no_message_and_told_so() {
    let record = ProxyScope { record: true, messages: false };
    for reader in Reader::ALL.into_iter().filter(|reader| reader.relation == Relation::Other) {
        let reader = Reader { sees: record, ..reader };
        let pages = record_samples::samples(reader).into_iter().chain(patient_samples::samples(reader));
        let of_messages = ["message", "compose", "thread", "search", "draft", "looked", "warning"];
        let mut seen = 0;
        for (name, html) in pages.filter(|(name, _)| !of_messages.iter().any(|part| name.contains(part))) {
            assert!(!html.contains("/messages/new"), "{name} {reader:?}");
            seen += 1;
        }
        assert!(seen > 20, "{seen} pages");
        let html = |wanted: &str| {
            let all = patient_samples::samples(reader);
            all.into_iter().find(|(name, _)| name.starts_with(wanted)).unwrap().1
        };
        for page in ["home", "more"] {
            assert!(html(page).contains("id=\"scope\""), "{page} {reader:?}");
        }
    }
}

/// The shape of three pages, so that a change of markup is seen by whoever makes it.
#[test]
fn three_pages_keep_their_shape() {
    let samples = all_samples();
    for (name, language) in [("thread-sent", "en"), ("compose-about", "es"), ("team-thread", "en")] {
        let (_, _, html) = samples
            .iter()
            .find(|(reader, sample, _)| sample == name && reader.language.tag() == language)
            .unwrap();
        let html = html.replace(server::web::assets::folder(), "/assets/digest");
        let lines: Vec<&str> = html.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        insta::assert_snapshot!(format!("{name}_{language}"), lines.join("\n"));
    }
}

/// Pages for looking at: `target/samples/{language}-{relation}/{page}.html`.
#[test]
fn samples_can_be_looked_at() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/samples");
    for (reader, name, html) in all_samples() {
        let folder = root.join(format!("{}-{}", reader.language.tag(), reader.relation.word()));
        std::fs::create_dir_all(&folder).unwrap();
        let assets = server::web::assets::folder();
        let html = html.replace(assets, "../../../crates/server/assets");
        std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
}

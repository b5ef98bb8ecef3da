//! The Fluent bundles, embedded and parsed once. Both languages hold the same sentences: a test
//! compares them, and `check` refuses to start with a file that does not parse.

use domain::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The files of each language, in the order in which they are read.
const SOURCES: [(Language, &[&str]); 2] = [
    (
        Language::En,
        &[
            include_str!("../../locales/en/when.ftl"),
            include_str!("../../locales/en/common.ftl"),
            include_str!("../../locales/en/chart.ftl"),
            include_str!("../../locales/en/panel.ftl"),
            include_str!("../../locales/en/patient.ftl"),
            include_str!("../../locales/en/record.ftl"),
            include_str!("../../locales/en/warnings.ftl"),
            include_str!("../../locales/en/proxies.ftl"),
            include_str!("../../locales/en/team.ftl"),
            include_str!("../../locales/en/office.ftl"),
            include_str!("../../locales/en/study.ftl"),
            include_str!("../../locales/en/boards.ftl"),
            include_str!("../../locales/en/lead.ftl"),
            include_str!("../../locales/en/account.ftl"),
            include_str!("../../locales/en/run.ftl"),
            include_str!("../../locales/en/demo.ftl"),
        ],
    ),
    (
        Language::Es,
        &[
            include_str!("../../locales/es/when.ftl"),
            include_str!("../../locales/es/common.ftl"),
            include_str!("../../locales/es/chart.ftl"),
            include_str!("../../locales/es/panel.ftl"),
            include_str!("../../locales/es/patient.ftl"),
            include_str!("../../locales/es/record.ftl"),
            include_str!("../../locales/es/warnings.ftl"),
            include_str!("../../locales/es/proxies.ftl"),
            include_str!("../../locales/es/team.ftl"),
            include_str!("../../locales/es/office.ftl"),
            include_str!("../../locales/es/study.ftl"),
            include_str!("../../locales/es/boards.ftl"),
            include_str!("../../locales/es/lead.ftl"),
            include_str!("../../locales/es/account.ftl"),
            include_str!("../../locales/es/run.ftl"),
            include_str!("../../locales/es/demo.ftl"),
        ],
    ),
];

/// A sentence file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sentences: {0}")]
pub struct WordsError(String);

struct Bundle {
    sentences: FluentBundle<FluentResource>,
    faults: Vec<String>,
}

static BUNDLES: LazyLock<[Bundle; 2]> =
    LazyLock::new(|| SOURCES.map(|(language, files)| read(language, files)));

fn read(language: Language, files: &[&str]) -> Bundle {
    let tag = match language {
        Language::En => "en-US",
        Language::Es => "es-US",
    };
    let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut sentences = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks are for right-to-left names inside left-to-right text; both languages run left to right.
    sentences.set_use_isolating(false);
    let mut faults = Vec::new();
    for file in files {
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(partial, errors)| {
            faults.extend(errors.iter().map(|error| format!("{tag}: {error}")));
            partial
        });
        if let Err(errors) = sentences.add_resource(resource) {
            faults.extend(errors.iter().map(|error| format!("{tag}: {error}")));
        }
    }
    Bundle { sentences, faults }
}

fn bundle(language: Language) -> &'static Bundle {
    match language {
        Language::En => &BUNDLES[0],
        Language::Es => &BUNDLES[1],
    }
}

/// Reads all files; an error names the language and the place.
pub fn check() -> Result<(), WordsError> {
    let faults: Vec<&str> = BUNDLES.iter().flat_map(|bundle| &bundle.faults).map(String::as_str).collect();
    if faults.is_empty() { Ok(()) } else { Err(WordsError(faults.join("; "))) }
}

/// The text of a sentence; `None` where the key or one of its variables is missing.
pub fn text_of(language: Language, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let sentences = &bundle(language).sentences;
    let pattern = sentences.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = sentences.format_pattern(pattern, args, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

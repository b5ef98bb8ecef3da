//! How easy the patient's words are to read. English: the Flesch-Kincaid grade (Kincaid, Fishburne, Rogers and
//! Chissom 1975, Research Branch Report 8-75). Spanish: Szigriszt-Pazos' perspicuity (1993) on the INFLESZ scale
//! (Barrio-Cantalejo and others 2008, An Sist Sanit Navar 31(2):135-152), where 65 begins "quite easy".

use super::syllables;
use domain::language::Language;
use fluent_bundle::FluentArgs;
use std::path::Path;

/// 6th grade.
const GRADE: f64 = 6.0;
const QUITE_EASY: f64 = 65.0;
/// Files whose sentences patients read.
const FILES: [&str; 6] = ["patient", "record", "chart", "panel", "warnings", "proxies"];

/// Sentences, words and syllables.
#[derive(Clone, Copy, Default)]
struct Measure {
    sentences: f64,
    words: f64,
    syllables: f64,
}

impl Measure {
    fn of(sentence: &str, language: Language) -> Measure {
        let words: Vec<&str> = sentence
            .split([' ', '\u{a0}', '/', '-', ':'])
            .filter(|word| word.contains(char::is_alphanumeric))
            .collect();
        let syllables: usize = words.iter().map(|word| syllables::count(word, language)).sum();
        Measure { sentences: 1.0, words: words.len() as f64, syllables: syllables as f64 }
    }

    fn and(self, other: Measure) -> Measure {
        Measure {
            sentences: self.sentences + other.sentences,
            words: self.words + other.words,
            syllables: self.syllables + other.syllables,
        }
    }

    /// Grade in English (low is easy), perspicuity in Spanish (high is easy).
    fn level(self, language: Language) -> f64 {
        let (length, weight) = (self.words / self.sentences, self.syllables / self.words);
        match language {
            Language::En => 0.39 * length + 11.8 * weight - 15.59,
            Language::Es => 206.835 - 62.3 * weight - length,
        }
    }
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The whole sentences of a text; labels and beginnings are none.
fn whole(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(at) = rest.find(['.', '?', '!']) {
        let (one, after) = rest.split_at(at + 1);
        if after.is_empty() || after.starts_with(' ') {
            found.push(one.trim().to_owned());
        }
        rest = after;
    }
    found.retain(|sentence| sentence.split(' ').count() > 2);
    found
}

/// The sentences of the patient's pages, spoken to the patient and about one.
fn spoken(language: Language) -> Vec<String> {
    let mut found = Vec::new();
    for file in FILES {
        let text = read(&format!("locales/{}/{file}.ftl", language.tag()));
        let keys = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        for key in keys.filter_map(|line| line.split(" =").next()) {
            for relation in ["self", "other"] {
                let mut args = FluentArgs::new();
                for variable in text.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next()) {
                    args.set(variable.to_owned(), "Ana");
                }
                args.set("relation", relation);
                args.set("count", 3);
                let said = server::words::text_of(language, key, Some(&args)).unwrap_or_default();
                found.extend(whole(&said));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The explaining sentences of the words table.
fn explained(language: Language) -> Vec<String> {
    let table = read("../fhir/src/plain/words.tsv");
    let column = if language == Language::En { 4 } else { 5 };
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split('\t').nth(column))
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The level of the text as a whole, the mean of its sentences, and its hardest ones.
fn levels(sentences: &[String], language: Language) -> (f64, f64, String) {
    let measures: Vec<Measure> = sentences.iter().map(|text| Measure::of(text, language)).collect();
    let whole = measures.iter().copied().fold(Measure::default(), Measure::and).level(language);
    let mean = measures.iter().map(|one| one.level(language)).sum::<f64>() / measures.len() as f64;
    let mut hard: Vec<(f64, &String)> =
        measures.iter().map(|one| one.level(language)).zip(sentences).collect();
    hard.sort_by(|a, b| a.0.total_cmp(&b.0));
    if language == Language::En {
        hard.reverse();
    }
    let hardest = hard.iter().take(25).map(|(level, text)| format!("\n{level:6.1} {text}")).collect();
    (whole, mean, hardest)
}

#[test]
fn patients_read_english_of_the_sixth_grade() {
    for (what, sentences) in [("pages", spoken(Language::En)), ("explanations", explained(Language::En))] {
        assert!(sentences.len() > 50, "{what}: {}", sentences.len());
        let (whole, mean, hardest) = levels(&sentences, Language::En);
        eprintln!("{what}: {} sentences, grade {whole:.1}, mean {mean:.1}{hardest}", sentences.len());
        assert!(
            whole <= GRADE && mean <= GRADE,
            "{what}: grade {whole:.1}, mean {mean:.1}, hardest:{hardest}"
        );
    }
}

#[test]
fn patients_read_spanish_that_is_quite_easy() {
    for (what, sentences) in [("pages", spoken(Language::Es)), ("explanations", explained(Language::Es))] {
        assert!(sentences.len() > 50, "{what}: {}", sentences.len());
        let (whole, mean, hardest) = levels(&sentences, Language::Es);
        eprintln!("{what}: {} sentences, {whole:.1}, mean {mean:.1}{hardest}", sentences.len());
        assert!(
            whole >= QUITE_EASY && mean >= QUITE_EASY,
            "{what}: {whole:.1}, mean {mean:.1}, hardest:{hardest}"
        );
    }
}

#[test]
fn a_hard_sentence_is_measured_as_hard() {
    let hard = "Hypercholesterolemia necessitates pharmacological intervention notwithstanding nutritional modification.";
    assert!(Measure::of(hard, Language::En).level(Language::En) > 20.0);
    let hard = "La hipercolesterolemia requiere intervenciones farmacológicas independientemente de modificaciones alimentarias.";
    assert!(Measure::of(hard, Language::Es).level(Language::Es) < 0.0);
    let easy = Measure::of("The cat sat on the mat.", Language::En);
    assert_eq!((easy.words, easy.syllables), (6.0, 6.0));
    assert!(easy.level(Language::En) < 0.0);
}

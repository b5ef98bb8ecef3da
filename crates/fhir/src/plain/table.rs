//! The words table: system and code -> English, Spanish, one explaining sentence, group. Embedded and
//! parsed once; a test finds every code of the sample in it.

use super::group::Group;
use crate::project::CodeKey;
use domain::language::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

const TEXT: &str = include_str!("words.tsv");
const HEAD: &str = "# Plain chart words, version ";

/// What a code is called in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub name: &'static str,
    /// One sentence on what it is; nothing where the name says it all.
    pub explanation: Option<&'static str>,
    pub group: Group,
}

/// One row: its words in English and in Spanish.
struct Row {
    en: Words,
    es: Words,
}

static ROWS: LazyLock<HashMap<(&'static str, &'static str), Row>> =
    LazyLock::new(|| lines().filter_map(read).collect());

/// The words of a code; nothing where the table has none.
pub fn words(key: &CodeKey, language: Language) -> Option<Words> {
    let row = ROWS.get(&(key.system_name()?, key.code.as_str()))?;
    Some(match language {
        Language::En => row.en,
        Language::Es => row.es,
    })
}

/// The version of the table.
pub fn version() -> &'static str {
    let rest = TEXT.strip_prefix(HEAD).unwrap_or_default();
    rest.split(':').next().unwrap_or_default()
}

/// The rows as text, after the line of column names.
fn lines() -> impl Iterator<Item = &'static str> {
    TEXT.lines().filter(|line| !line.starts_with('#')).skip(1)
}

fn read(line: &'static str) -> Option<((&'static str, &'static str), Row)> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    let key = (next()?, next()?);
    let (name_en, name_es) = (next()?, next()?);
    let said = |text: &'static str| (!text.is_empty()).then_some(text);
    let (explanation_en, explanation_es) = (said(next()?), said(next()?));
    let group = Group::from_word(next()?)?;
    Some((
        key,
        Row {
            en: Words { name: name_en, explanation: explanation_en, group },
            es: Words { name: name_es, explanation: explanation_es, group },
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_version_and_every_line_of_it_is_read() {
        assert!(version().parse::<u32>().is_ok(), "{:?}", version());
        assert_eq!(ROWS.len(), lines().count(), "a line is malformed or a code stands twice");
        for line in lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 7, "{line}");
            assert!(cells.iter().all(|cell| cell.trim() == *cell), "{line}");
        }
    }

    #[test]
    fn names_are_short_and_an_explanation_is_one_sentence() {
        // What an answer, a role or a way to take a medicine is, its name says.
        let is_plain = |group| matches!(group, Group::Answer | Group::Role | Group::Taking);
        for row in ROWS.values() {
            for words in [row.en, row.es] {
                assert!((1..=75).contains(&words.name.chars().count()), "{}", words.name);
                assert!(!words.name.ends_with('.'), "{}", words.name);
                match words.explanation {
                    None => assert!(is_plain(words.group), "{}", words.name),
                    Some(sentence) => {
                        assert!(sentence.ends_with('.') && sentence.chars().count() <= 100, "{sentence}");
                        assert!(sentence.chars().next().is_some_and(char::is_uppercase), "{sentence}");
                        assert_eq!(sentence.matches(". ").count(), 0, "{sentence}");
                    }
                }
            }
        }
    }

    #[test]
    fn nobody_is_addressed_for_the_reader_may_be_a_daughter_or_a_nurse() {
        for row in ROWS.values() {
            let of = |words: Words| format!(" {} ", words.explanation.unwrap_or_default().to_lowercase());
            for word in [" you ", " your ", " should "] {
                assert!(!of(row.en).contains(word), "{}", of(row.en));
            }
            for word in [" usted ", " tu ", " su cuerpo ", " debe "] {
                assert!(!of(row.es).contains(word), "{}", of(row.es));
            }
        }
    }
}

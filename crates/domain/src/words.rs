//! Words as they are searched: folded (accents, case), then stemmed in English and Spanish, so that
//! "mareos" finds "mareo" and "dizziness" finds "dizzy" whatever language the reader uses.

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest name prefix that is indexed, in characters.
pub const LONGEST_PREFIX: usize = 12;

/// Lower case without accents: `Núñez` and `NUNEZ` are one word.
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ß' => 's',
            'ø' => 'o',
            'đ' => 'd',
            'ł' => 'l',
            other => other,
        })
        .collect()
}

/// The folded words of a text, in order: runs of letters and digits.
pub fn split(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The folded prefixes of each word of a name, 1 to [`LONGEST_PREFIX`] characters.
pub fn name_prefixes(name: &str) -> BTreeSet<String> {
    let mut prefixes = BTreeSet::new();
    for word in split(name) {
        for (count, (at, c)) in word.char_indices().enumerate() {
            if count == LONGEST_PREFIX {
                break;
            }
            prefixes.insert(word[..at + c.len_utf8()].to_owned());
        }
    }
    prefixes
}

/// What a typed piece of a name looks up: the folded word, cut to the indexed length.
pub fn name_query(typed: &str) -> Vec<String> {
    split(typed).into_iter().map(|word| word.chars().take(LONGEST_PREFIX).collect()).collect()
}

/// Only the digits of a telephone number, without a leading North American `1`.
pub fn phone_digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest.to_owned(),
        _ => digits,
    }
}

/// Splits and stems message text; made once and shared, since stemmers have tables.
pub struct Stems {
    english: Stemmer,
    spanish: Stemmer,
}

impl Default for Stems {
    fn default() -> Stems {
        Stems { english: Stemmer::create(Algorithm::English), spanish: Stemmer::create(Algorithm::Spanish) }
    }
}

impl Stems {
    /// The index terms of a text: the English and the Spanish stem of every folded word.
    pub fn index_terms(&self, text: &str) -> BTreeSet<String> {
        split(text).into_iter().flat_map(|word| self.forms(&word)).collect()
    }

    /// For each typed word, the terms of which one must occur: all words must match.
    pub fn query_terms(&self, typed: &str) -> Vec<BTreeSet<String>> {
        split(typed).into_iter().map(|word| self.forms(&word)).collect()
    }

    /// Whether the text has every asked word, in one of its forms: the check after unsealing.
    pub fn matches(&self, text: &str, asked: &[BTreeSet<String>]) -> bool {
        let terms = self.index_terms(text);
        asked.iter().all(|forms| !forms.is_disjoint(&terms))
    }

    fn forms(&self, word: &str) -> BTreeSet<String> {
        BTreeSet::from([self.english.stem(word).into_owned(), self.spanish.stem(word).into_owned()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter_in_names() {
        assert_eq!(fold("Núñez-ÁVILA"), "nunez-avila");
        assert!(name_prefixes("María José").contains("mari"));
        assert!(name_prefixes("María José").contains("j"));
        assert_eq!(name_query("  MARÍA jo"), vec!["maria", "jo"]);
    }

    #[test]
    fn a_very_long_name_is_found_by_its_first_twelve_letters() {
        let prefixes = name_prefixes("Wolfeschlegelsteinhausen");
        assert_eq!(prefixes.len(), LONGEST_PREFIX);
        assert!(prefixes.contains(&name_query("Wolfeschlegelsteinhausen")[0]));
    }

    #[test]
    fn a_body_is_found_by_another_form_of_its_word_in_both_languages() {
        let stems = Stems::default();
        let matches = |text: &str, typed: &str| stems.matches(text, &stems.query_terms(typed));
        assert!(matches("I was feeling dizzy after the tablets", "tablet feel"));
        assert!(matches("Tengo mareos después de las pastillas", "mareo pastilla"));
        assert!(!matches("Tengo mareos", "mareo pastilla"));
    }

    #[test]
    fn phone_numbers_are_compared_by_their_digits() {
        assert_eq!(phone_digits("+1 (555) 010-1234"), "5550101234");
        assert_eq!(phone_digits("555-010-1234"), "5550101234");
    }
}

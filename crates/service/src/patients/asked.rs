//! What somebody typed to find a patient, taken apart: "garcia 3/2/1958", "maría, 555-942-8848".

use domain::words::{name_query, phone_digits, split};
use jiff::Timestamp;
use jiff::civil::Date;
use store::blind::BlindIndex;
use store::patient::PatientCard;
use store::patient_token::{LOCAL_DIGITS, Piece};

/// Longer text is no search for a patient.
const LONGEST: usize = 200;
/// Pieces that are looked for; the rest is passed over.
const MOST_PIECES: usize = 8;

/// Pieces that must all match; each can be read in one or more ways.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked(Vec<Vec<Piece>>);

impl Asked {
    /// One group of tokens per piece.
    pub fn tokens(&self, blind: &BlindIndex) -> Vec<Vec<i64>> {
        let group = |ways: &Vec<Piece>| ways.iter().filter_map(|piece| piece.token(blind)).collect();
        self.0.iter().map(group).filter(|group: &Vec<i64>| !group.is_empty()).collect()
    }

    /// Whether a record number stands there, or a name with a day of birth: more than curiosity types.
    pub fn names_one(&self) -> bool {
        let has = |wanted: fn(&Piece) -> bool| self.0.iter().flatten().any(wanted);
        let is_day = |piece: &Piece| matches!(piece, Piece::BirthDate(date) if date.len() == 10);
        has(|piece| matches!(piece, Piece::Mrn(_)))
            || (has(is_day) && has(|piece| matches!(piece, Piece::Name(_))))
    }

    pub fn matches(&self, card: &PatientCard) -> bool {
        self.0.iter().all(|ways| ways.iter().any(|piece| piece.matches(card)))
    }
}

/// Takes a text apart; `now` decides the century of a year with two digits.
pub fn read(text: &str, now: Timestamp) -> Asked {
    let text: String = text.chars().take(LONGEST).collect();
    let words: Vec<&str> = text.split([' ', '\t', '\n', ',', ';']).filter(|word| !word.is_empty()).collect();
    let mut pieces = Vec::new();
    let mut rest = words.as_slice();
    while let [first, others @ ..] = rest {
        let this_year = now.to_zoned(jiff::tz::TimeZone::UTC).year();
        if let Some((date, used)) = date(rest, this_year) {
            pieces.push(vec![Piece::BirthDate(date)]);
            rest = &rest[used..];
        } else if let Some((ways, used)) = number(rest) {
            pieces.push(ways);
            rest = &rest[used..];
        } else {
            pieces.extend(names(first));
            rest = others;
        }
    }
    pieces.truncate(MOST_PIECES);
    Asked(pieces)
}

/// A word with a digit may be a record number; the others are beginnings of names.
fn names(word: &str) -> Vec<Vec<Piece>> {
    let name = |part: String| name_query(&part).into_iter().map(Piece::Name).collect::<Vec<_>>();
    if !word.contains(|c: char| c.is_ascii_digit()) {
        return split(word).into_iter().map(name).filter(|ways| !ways.is_empty()).collect();
    }
    let mut ways = vec![Piece::Mrn(word.to_owned())];
    if let [only] = split(word).as_slice() {
        ways.extend(name(only.clone()));
    }
    vec![ways]
}

/// Digits with what people write between them: a telephone or record number, or a year of birth.
fn number(words: &[&str]) -> Option<(Vec<Piece>, usize)> {
    let is_number = |word: &&&str| {
        word.contains(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || "()+-./".contains(c))
    };
    let run = words.iter().take_while(is_number).count();
    // "555 942 8848" is one number, "1958 5559428848" are two.
    for used in (1..=run.min(4)).rev() {
        let digits = phone_digits(&words[..used].concat());
        if digits.len() == 10 || (digits.len() == LOCAL_DIGITS && used <= 2) {
            let mut ways = vec![Piece::Phone(digits)];
            ways.extend((used == 1).then(|| Piece::Mrn(words[0].to_owned())));
            return Some((ways, used));
        }
    }
    let first = words.first().filter(is_number_word)?;
    let mut ways = vec![Piece::Mrn((*first).to_owned())];
    if is_year(first) {
        ways.push(Piece::BirthDate((*first).to_owned()));
    }
    (run > 0).then_some((ways, 1))
}

fn is_number_word(word: &&&str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<i16>().is_ok_and(|year| (1850..=2199).contains(&year))
}

/// A date at the beginning of the words, as a FHIR date, and how many words it took.
fn date(words: &[&str], this_year: i16) -> Option<(String, usize)> {
    if let Some(date) = numeric(words.first()?, this_year) {
        return Some((date, 1));
    }
    let (plain, places): (Vec<&str>, Vec<usize>) = words
        .iter()
        .enumerate()
        .take(5)
        .filter(|(_, word)| !matches!(word.to_lowercase().as_str(), "de" | "del" | "of"))
        .map(|(place, word)| (*word, place))
        .unzip();
    let at = |n: usize| plain.get(n).copied();
    let used = |n: usize| places.get(n).map(|place| place + 1);
    let year = |word: Option<&str>| word.filter(|word| is_year(word)).and_then(|word| word.parse().ok());
    let first_day = at(0).and_then(day);
    if let (Some(day), Some(month), Some(year)) = (first_day, at(1).and_then(month), year(at(2))) {
        return Some((whole(year, month, day)?, used(2)?));
    }
    let month = month(at(0)?)?;
    if let (Some(day), Some(year)) = (at(1).and_then(day), year(at(2))) {
        return Some((whole(year, month, day)?, used(2)?));
    }
    let year = year(at(1))?;
    Some((format!("{year:04}-{month:02}"), used(1)?))
}

fn whole(year: i16, month: i8, day: i8) -> Option<String> {
    Date::new(year, month, day).ok().map(|date| date.to_string())
}

/// `1958-03-02`, `1958-03`, or as Americans write it: `3/2/1958`, `03-02-58`.
fn numeric(word: &str, this_year: i16) -> Option<String> {
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number = |part: &str| part.parse::<i16>().ok();
    let small = |part: &str| number(part).and_then(|number| i8::try_from(number).ok());
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => whole(number(year)?, small(month)?, small(day)?),
        [year, month] if is_year(year) && month.len() == 2 => {
            (1..=12).contains(&small(month)?).then(|| format!("{year}-{month}"))
        }
        [month, day, year] if month.len() <= 2 && day.len() <= 2 => {
            let year = match year.len() {
                4 => number(year)?,
                2 => century(number(year)?, this_year),
                _ => return None,
            };
            whole(year, small(month)?, small(day)?)
        }
        _ => None,
    }
}

/// Nobody is born in the future: "58" is 1958, "03" is 2003.
fn century(short: i16, this_year: i16) -> i16 {
    let this = this_year - this_year % 100 + short;
    if this > this_year { this - 100 } else { this }
}

/// `2`, `2nd`, `02`, `1º`.
fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = word.get(digits.len()..)?.to_lowercase();
    let is_day = matches!(ending.as_str(), "" | "st" | "nd" | "rd" | "th" | "º" | ".");
    digits.parse().ok().filter(|day| is_day && (1..=31).contains(day))
}

const MONTHS: [[&str; 2]; 12] = [
    ["january", "enero"],
    ["february", "febrero"],
    ["march", "marzo"],
    ["april", "abril"],
    ["may", "mayo"],
    ["june", "junio"],
    ["july", "julio"],
    ["august", "agosto"],
    ["september", "septiembre"],
    ["october", "octubre"],
    ["november", "noviembre"],
    ["december", "diciembre"],
];

/// A month's name or its beginning, three letters at least.
fn month(word: &str) -> Option<i8> {
    let word = domain::words::fold(word.trim_end_matches('.'));
    let begins = |names: &[&str; 2]| word.len() >= 3 && names.iter().any(|name| name.starts_with(&word));
    MONTHS.iter().position(begins).and_then(|at| i8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Vec<Vec<Piece>> {
        read(text, "2026-11-23T18:41:00Z".parse().unwrap()).0
    }

    fn name(word: &str) -> Vec<Piece> {
        vec![Piece::Name(word.into())]
    }

    fn born(date: &str) -> Vec<Piece> {
        vec![Piece::BirthDate(date.into())]
    }

    #[test]
    fn a_birth_date_is_understood_however_it_is_written() {
        for text in [
            "1958-03-02",
            "3/2/1958",
            "03-02-1958",
            "3/2/58",
            "March 2, 1958",
            "2 March 1958",
            "mar 2nd 1958",
            "2 de marzo de 1958",
        ] {
            assert_eq!(asked(text), [born("1958-03-02")], "{text}");
        }
        assert_eq!(asked("1958-03"), [born("1958-03")]);
        assert_eq!(asked("marzo de 1958"), [born("1958-03")]);
        assert_eq!(asked("3/2/03"), [born("2003-03-02")]);
    }

    #[test]
    fn names_are_folded_and_every_part_counts() {
        assert_eq!(asked("Núñez-García, MARÍA"), [name("nunez"), name("garcia"), name("maria")]);
        assert_eq!(asked("garc 3/2/1958"), [name("garc"), born("1958-03-02")]);
        // A month alone is a name.
        assert_eq!(asked("April May"), [name("april"), name("may")]);
    }

    #[test]
    fn digits_are_a_telephone_a_record_number_or_a_year() {
        let phone = |digits: &str| Piece::Phone(digits.into());
        let mrn = |number: &str| Piece::Mrn(number.into());
        assert_eq!(asked("(555) 942-8848"), [vec![phone("5559428848")]]);
        assert_eq!(asked("+1 555 942 8848"), [vec![phone("5559428848")]]);
        assert_eq!(asked("942-8848"), [vec![phone("9428848"), mrn("942-8848")]]);
        assert_eq!(asked("1958"), [vec![mrn("1958"), Piece::BirthDate("1958".into())]]);
        assert_eq!(asked("rosa 1234567890123"), [name("rosa"), vec![mrn("1234567890123")]]);
        assert_eq!(asked("A-77120"), [vec![mrn("A-77120")]]);
        assert_eq!(asked("MRN4711"), [vec![mrn("MRN4711"), Piece::Name("mrn4711".into())]]);
    }

    #[test]
    fn one_person_is_named_by_record_number_or_by_name_and_birth_date() {
        let names_one = |text: &str| read(text, "2026-11-23T18:41:00Z".parse().unwrap()).names_one();
        assert!(names_one("A-77120") && names_one("Rosa 3/2/1958") && names_one("núñez, 2 de marzo de 1958"));
        assert!(!names_one("Rosa Núñez") && !names_one("3/2/1958") && !names_one("Rosa marzo 1958"));
        assert!(!names_one("(555) 942-8848") && !names_one(""));
    }

    #[test]
    fn nothing_typed_asks_for_nobody() {
        assert_eq!(asked("  , "), Vec::<Vec<Piece>>::new());
    }
}

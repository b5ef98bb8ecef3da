//! A question with the answer that fits it, and how its slots are filled for one person.

use crate::cast::{PatientMember, StaffMember};
use crate::chart::{Checked, Drug};
use crate::seed::Dice;
use domain::language::Language;

/// What a question needs to make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    /// A medicine that is taken.
    Medicine,
    /// A result of the last weeks.
    Test,
    /// A visit of the last weeks.
    Visit,
}

/// A question and its answer; `{slots}` are filled by [`Filling`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The word of a topic.
    pub topic: &'static str,
    pub needs: Needs,
    pub subject: &'static str,
    pub ask: &'static str,
    pub answer: &'static str,
    /// What the patient may write then, and the answer to that.
    pub more: (&'static str, &'static str),
}

/// An exchange; `more` belongs to its topic.
pub const fn on(
    (topic, needs): (&'static str, Needs),
    subject: &'static str,
    ask: &'static str,
    answer: &'static str,
    more: (&'static str, &'static str),
) -> Exchange {
    Exchange { topic, needs, subject, ask, answer, more }
}

/// What fills the slots.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    pub patient: &'a PatientMember,
    pub doctor: &'a StaffMember,
    pub drug: Option<&'a Drug>,
    pub checked: Option<(&'a Checked, &'a str)>,
    pub weekday: usize,
    pub pharmacy: usize,
}

const WEEKDAYS: [[&str; 2]; 5] = [
    ["Monday", "el lunes"],
    ["Tuesday", "el martes"],
    ["Wednesday", "el miércoles"],
    ["Thursday", "el jueves"],
    ["Friday", "el viernes"],
];
const PHARMACIES: [[&str; 2]; 5] = [
    ["the pharmacy on Ferry Street", "la farmacia de la calle Ferry"],
    ["Valley Pharmacy", "la farmacia Valley"],
    ["the Mill Road pharmacy", "la farmacia de Mill Road"],
    ["the pharmacy at the market", "la farmacia del mercado"],
    ["the drugstore on Union Street", "la farmacia de la calle Union"],
];

impl Filling<'_> {
    /// The text with every slot filled.
    pub fn fill(&self, text: &str) -> String {
        let place = usize::from(self.patient.language == Language::Es);
        let word = |table: &[[&'static str; 2]], n: usize| table.get(n).map_or("", |row| row[place]);
        let drug = self.drug.map_or("", |drug| [drug.en, drug.es][place]);
        let (test, value) = self.checked.map_or(("", ""), |(test, value)| ([test.en, test.es][place], value));
        let filled = text
            .replace("{medicine}", drug)
            .replace("{test}", test)
            .replace("{value}", value)
            .replace("{weekday}", word(&WEEKDAYS, self.weekday))
            .replace("{pharmacy}", word(&PHARMACIES, self.pharmacy))
            .replace("{doctor}", &doctor(self.doctor, self.patient.language))
            .replace("{first}", &self.patient.given);
        capital(&filled)
    }
}

fn doctor(of: &StaffMember, language: Language) -> String {
    match (language, of.gender) {
        (Language::En, _) => format!("Dr. {}", of.family),
        (Language::Es, "female") => format!("la Dra. {}", of.family),
        (Language::Es, _) => format!("el Dr. {}", of.family),
    }
}

/// A slot may stand at the beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The words around a question: how people begin and end what they write.
pub fn by_patient(dice: &mut Dice, patient: &PatientMember, text: &str) -> String {
    const BEGINS: [[&str; 2]; 6] = [
        ["", ""],
        ["", ""],
        ["Hi, ", "Hola, "],
        ["Hello. ", "Buenos días. "],
        ["Good morning. ", "Buenas tardes. "],
        ["Hi there. ", "Hola. "],
    ];
    const ENDS: [[&str; 2]; 6] = [
        ["", ""],
        ["", ""],
        [" Thanks!", " ¡Gracias!"],
        [" Thank you, {name}", " Gracias, {name}"],
        [" Thank you.", " Muchas gracias."],
        [" {name}", " {name}"],
    ];
    let place = usize::from(patient.language == Language::Es);
    let begin = dice.pick(&BEGINS).map_or("", |row| row[place]);
    let name = if dice.chance(0.5) { patient.given.clone() } else { patient.name() };
    let end = dice.pick(&ENDS).map_or("", |row| row[place]).replace("{name}", &name);
    let text = if begin.ends_with(", ") { uncapital(text) } else { text.to_owned() };
    format!("{begin}{text}{end}")
}

/// After a comma the sentence goes on small; the word I and titles stay as they are.
fn uncapital(text: &str) -> String {
    let word: String = text.chars().take_while(|letter| !letter.is_whitespace()).collect();
    let stays = ["I", "Dr.", "A1c", "Eliquis"].contains(&word.as_str()) || word.starts_with("I'");
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !stays => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// The words around an answer.
pub fn by_staff(dice: &mut Dice, patient: &PatientMember, of: &StaffMember, text: &str) -> String {
    let (hello, honours) = match patient.language {
        Language::En => (["Hello", "Hi", "Good morning,"], patient.given.as_str()),
        Language::Es => (["Hola,", "Buenos días,", "Buenas tardes,"], patient.given.as_str()),
    };
    let begin = match dice.pick(&hello) {
        Some(hello) if dice.chance(0.7) => format!("{hello} {honours}. "),
        _ => String::new(),
    };
    let sign = match of.role {
        domain::actor::Role::Physician => format!("{} {}", of.given, of.family),
        _ => of.given.to_owned(),
    };
    format!("{begin}{text} {sign}")
}

//! How to take a medicine: FHIR Dosage, as delivered where it has words, put into words where it has not.

use super::coded::{CodeKey, codings, items, key, text, words};
use super::value::{number_text, quantity_text};
use crate::plain;
use domain::language::Language;
use serde_json::Value;

/// One dosage instruction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dosage {
    /// The prescriber's words.
    pub text: Option<String>,
    /// The code that says the same as the words, where one does.
    pub text_key: Option<CodeKey>,
    /// What the patient was told besides.
    pub instructions: Vec<String>,
    /// "2 tablets", or a bare number.
    pub dose: Option<String>,
    pub is_as_needed: bool,
    /// `frequency` times in `period` `period_unit`s (UCUM: s, min, h, d, wk, mo, a).
    pub frequency: Option<String>,
    pub period: Option<String>,
    pub period_unit: Option<String>,
}

/// Projects a Dosage.
pub fn project(dosage: &Value) -> Dosage {
    let repeat = dosage.pointer("/timing/repeat");
    let number = |member: &str| repeat?.get(member)?.as_number().map(number_text);
    let dose = items(dosage, "doseAndRate").find_map(|one| quantity_text(one.get("doseQuantity")?));
    let as_needed = dosage.get("asNeededCodeableConcept").is_some();
    let given = text(dosage, "text");
    let says_it = |concept: &&Value| {
        let is_text = |display: &str| given.is_some_and(|given| given.trim() == display.trim());
        codings(concept).any(|coding| text(coding, "display").is_some_and(is_text))
    };
    Dosage {
        text_key: items(dosage, "additionalInstruction").find(says_it).and_then(key),
        text: given.map(|text| plain::clean(text).into_owned()),
        instructions: items(dosage, "additionalInstruction").filter_map(words).collect(),
        dose,
        is_as_needed: as_needed || dosage.get("asNeededBoolean") == Some(&Value::Bool(true)),
        frequency: number("frequency"),
        period: number("period"),
        period_unit: repeat.and_then(|repeat| text(repeat, "periodUnit")).map(str::to_owned),
    }
}

impl Dosage {
    /// The instruction for its reader: the prescriber's words, where coded in the reader's language; else dose and
    /// rhythm; nothing where neither is told.
    pub fn in_language(&self, language: Language) -> Option<String> {
        if let Some(text) = &self.text {
            let coded = self.text_key.as_ref().and_then(|key| plain::words(key, language));
            return Some(coded.map_or_else(|| text.clone(), |words| words.name.to_owned()));
        }
        let (each_time, as_needed) = match language {
            Language::En => ("each time", "as needed"),
            Language::Es => ("cada vez", "solo si hace falta"),
        };
        let as_needed = self.is_as_needed.then(|| as_needed.to_owned());
        let dose = self.dose.as_ref().map(|dose| format!("{} {each_time}", form(dose, language)));
        let parts: Vec<_> = [dose, self.rhythm(language), as_needed].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn rhythm(&self, language: Language) -> Option<String> {
        let (unit, units) = period_words(self.period_unit.as_deref()?, language)?;
        let period = self.period.as_deref()?;
        let frequency = self.frequency.as_deref().unwrap_or("1");
        let is_daily = matches!(self.period_unit.as_deref(), Some("d"));
        Some(match (language, frequency, period) {
            (Language::En, "1", "1") if is_daily => "once a day".to_owned(),
            (Language::Es, "1", "1") if is_daily => "una vez al día".to_owned(),
            (Language::Es, _, "1") if is_daily => format!("{frequency} veces al día"),
            (Language::En, "1", "1") => format!("every {unit}"),
            (Language::Es, "1", "1") => format!("cada {unit}"),
            (Language::En, "1", _) => format!("every {period} {units}"),
            (Language::Es, "1", _) => format!("cada {period} {units}"),
            (Language::En, _, "1") => format!("{frequency} times every {unit}"),
            (Language::Es, _, "1") => format!("{frequency} veces cada {unit}"),
            (Language::En, ..) => format!("{frequency} times every {period} {units}"),
            (Language::Es, ..) => format!("{frequency} veces cada {period} {units}"),
        })
    }
}

/// One and many of a UCUM unit of time.
fn period_words(ucum: &str, language: Language) -> Option<(&'static str, &'static str)> {
    let all = [
        ("s", ("second", "seconds"), ("segundo", "segundos")),
        ("min", ("minute", "minutes"), ("minuto", "minutos")),
        ("h", ("hour", "hours"), ("hora", "horas")),
        ("d", ("day", "days"), ("día", "días")),
        ("wk", ("week", "weeks"), ("semana", "semanas")),
        ("mo", ("month", "months"), ("mes", "meses")),
        ("a", ("year", "years"), ("año", "años")),
    ];
    let (_, en, es) = all.into_iter().find(|(unit, ..)| *unit == ucum)?;
    Some(if language == Language::En { en } else { es })
}

/// The dose with its form in the reader's language: "2 tablets".
fn form(dose: &str, language: Language) -> String {
    let known = match dose.rsplit_once(' ') {
        Some((amount, form)) if language == Language::Es => (amount, form.to_lowercase()),
        _ => return dose.to_owned(),
    };
    let plain = match known.1.trim_end_matches('s') {
        "tablet" => "tableta",
        "capsule" => "cápsula",
        "puff" => "inhalación",
        "drop" => "gota",
        _ => return dose.to_owned(),
    };
    let many = if plain.ends_with('n') { "inhalaciones".to_owned() } else { format!("{plain}s") };
    format!("{} {}", known.0, if known.0 == "1" { plain } else { &many })
}

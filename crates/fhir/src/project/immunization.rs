//! Vaccines given: FHIR Immunization, one line for each vaccine with all its dates.

use super::chart_date::{self, ChartDate};
use super::coded::{CodeKey, display_at, items, key, text, words_at};
use jiff::tz::TimeZone;
use serde_json::Value;

/// A vaccine and when it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vaccine {
    pub name: String,
    pub key: Option<CodeKey>,
    /// Newest first; those without a date last.
    pub doses: Vec<Dose>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dose {
    /// Which of the resources handed in.
    pub index: usize,
    pub date: Option<ChartDate>,
    /// A date in words, where no other is told.
    pub date_text: Option<String>,
    /// Where or by whom it was given.
    pub source: Option<String>,
}

/// Groups Immunizations by vaccine, the newest first; what was not done or entered in error is left out.
pub fn project(immunizations: &[&Value], zone: &TimeZone) -> Vec<Vaccine> {
    let mut vaccines: Vec<Vaccine> = Vec::new();
    for (index, immunization) in immunizations.iter().enumerate() {
        if text(immunization, "status") != Some("completed") {
            continue;
        }
        let Some(name) = words_at(immunization, "vaccineCode") else { continue };
        let key = immunization.get("vaccineCode").and_then(key);
        let dose = dose(index, immunization, zone);
        match vaccines.iter_mut().find(|vaccine| vaccine.key == key) {
            Some(vaccine) => vaccine.doses.push(dose),
            None => vaccines.push(Vaccine { name, key, doses: vec![dose] }),
        }
    }
    for vaccine in &mut vaccines {
        vaccine.doses.sort_by_key(|dose| std::cmp::Reverse(dose.starts_at()));
    }
    vaccines.sort_by_key(|vaccine| std::cmp::Reverse(vaccine.doses.first().map(Dose::starts_at)));
    vaccines
}

impl Dose {
    fn starts_at(&self) -> Option<jiff::Timestamp> {
        self.date.as_ref().map(|date| date.starts_at)
    }
}

fn dose(index: usize, immunization: &Value, zone: &TimeZone) -> Dose {
    let performer = items(immunization, "performer").find_map(|performer| display_at(performer, "actor"));
    Dose {
        index,
        date: chart_date::at(immunization, "occurrenceDateTime", zone),
        date_text: text(immunization, "occurrenceString").map(str::to_owned),
        source: display_at(immunization, "location").or(performer),
    }
}

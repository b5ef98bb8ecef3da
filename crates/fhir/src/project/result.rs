//! Test results and measurements: FHIR Observation.

use super::chart_date::{self, ChartDate};
use super::coded::{CodeKey, items, key, text, words_at};
use super::range::{RangeRelation, UsualRange, relation, usual_range};
use super::section::Section;
use super::value::{Measured, measured};
use crate::plain;
use crate::reference::Reference;
use domain::language::Language;
use jiff::tz::TimeZone;
use serde_json::Value;

/// One result.
#[derive(Clone, Debug, PartialEq)]
pub struct TestResult {
    pub name: String,
    /// For trends: results with one key are the same test.
    pub key: Option<CodeKey>,
    pub section: Section,
    /// `registered`, `preliminary`, `final`, `amended`, `corrected`, `cancelled`, `unknown`.
    pub status: String,
    /// Nothing where only components have values, or none was measured.
    pub value: Option<Measured>,
    /// Why there is no value.
    pub absent_reason: Option<String>,
    pub range: Option<UsualRange>,
    pub relation: RangeRelation,
    /// When it was taken.
    pub effective: Option<ChartDate>,
    /// When it was released.
    pub issued: Option<ChartDate>,
    /// Who reported it.
    pub source: Option<String>,
    /// The reference string of the order that it answers.
    pub order: Option<String>,
    pub notes: Vec<String>,
    /// The reference strings of the results that it holds together.
    pub members: Vec<String>,
    pub components: Vec<Component>,
}

/// A part of a result, such as systolic pressure.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    pub name: String,
    pub key: Option<CodeKey>,
    pub value: Option<Measured>,
    pub absent_reason: Option<String>,
    pub range: Option<UsualRange>,
    pub relation: RangeRelation,
}

/// LOINC systolic and diastolic pressure.
const PRESSURES: [&str; 2] = ["8480-6", "8462-4"];

impl TestResult {
    /// The value in words; a blood pressure as "120/80 mmHg"; empty where only components have values.
    pub fn value_text(&self, language: Language) -> String {
        let own = self.value.as_ref().map(|value| value.in_language(language));
        own.or_else(|| self.blood_pressure()).unwrap_or_default()
    }

    fn blood_pressure(&self) -> Option<String> {
        let part = |code: &str| {
            let of_code = |one: &&Component| one.key.as_ref().is_some_and(|key| key.code == code);
            self.components.iter().find(of_code)?.value.as_ref()
        };
        let (systolic, diastolic) = (part(PRESSURES[0])?, part(PRESSURES[1])?);
        let unit = systolic.unit.as_deref().filter(|_| systolic.unit == diastolic.unit)?;
        let upper = systolic.text.split(' ').next()?;
        let lower = diastolic.text.split(' ').next()?;
        Some(format!("{upper}/{lower} {}", plain::unit(unit)))
    }
}

/// Projects an Observation, or a DiagnosticReport as the panel that it is; nothing where it was entered in error or says no name.
pub fn project(observation: &Value, zone: &TimeZone) -> Option<TestResult> {
    let status = text(observation, "status").unwrap_or("unknown");
    if status == "entered-in-error" {
        return None;
    }
    let whole = component(observation)?;
    let effective = chart_date::start_of(observation, "effective", zone);
    let performers = items(observation, "performer").filter_map(|one| text(one, "display"));
    let notes = items(observation, "note").filter_map(|note| text(note, "text"));
    Some(TestResult {
        name: whole.name,
        key: whole.key,
        section: Section::of(observation),
        status: status.to_owned(),
        value: whole.value,
        absent_reason: whole.absent_reason,
        range: whole.range,
        relation: whole.relation,
        effective: effective.or_else(|| chart_date::at(observation, "effectiveInstant", zone)),
        issued: chart_date::at(observation, "issued", zone),
        source: performers.map(str::to_owned).next(),
        order: items(observation, "basedOn").find_map(|one| text(one, "reference")).map(str::to_owned),
        notes: notes.chain(text(observation, "conclusion")).map(str::to_owned).collect(),
        members: members(observation).map(str::to_owned).collect(),
        components: items(observation, "component").filter_map(component).collect(),
    })
}

/// The references of a panel to its results: `hasMember` of an Observation, `result` of a report.
fn members(panel: &Value) -> impl Iterator<Item = &str> {
    let all = items(panel, "hasMember").chain(items(panel, "result"));
    all.filter_map(|one| text(one, "reference"))
}

/// Whether a panel holds the Observation of this (foreign) id.
pub fn holds(panel: &Value, observation: &str) -> bool {
    members(panel).any(|reference| {
        matches!(Reference::parse(reference),
            Some(Reference::Relative { resource_type: "Observation", id, .. }) if id == observation)
    })
}

fn component(holder: &Value) -> Option<Component> {
    let value = measured(holder);
    let range = usual_range(holder);
    Some(Component {
        name: words_at(holder, "code")?,
        key: holder.get("code").and_then(key),
        relation: relation(holder, value.as_ref(), range.as_ref()),
        absent_reason: words_at(holder, "dataAbsentReason"),
        value,
        range,
    })
}

//! A chart item that a message points to, as it was when the thread was begun.

use crate::error::ServiceError;
use crate::view::name::ChartName;
use crate::view::thread::AboutItem;
use domain::chart_item::ChartItem;
use domain::id::{PatientId, ResourceId};
use domain::language::Language;
use fhir::project::{care_plan, care_team, chart_date::ChartDate, coded, coverage, note, result};
use jiff::tz::TimeZone;
use serde_json::Value;
use store::db::Tx;
use store::keys::DataKey;
use store::resource::{self, StoredResource};

/// The item in the version that the thread points to; `None` where it points to nothing, or the item
/// is gone.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    key: &DataKey,
    language: Language,
    (patient, item): (PatientId, Option<&ChartItem>),
) -> Result<Option<AboutItem>, ServiceError> {
    let Some(item) = item else { return Ok(None) };
    let place = (patient, item.resource);
    let Some(then) = resource::load_version(tx, place, item.version)? else { return Ok(None) };
    let newest = resource::load(tx, patient, item.resource)?;
    let has_changed = newest.is_some_and(|newest| newest.version != item.version);
    let zone = zone(tx)?;
    Ok(Some(AboutItem { has_changed, ..described(&then, &then.open(key)?, (&zone, language)) }))
}

/// The item as it is now, for a message that is about to be written.
pub(crate) fn newest(
    tx: &mut Tx<'_>,
    key: &DataKey,
    language: Language,
    (patient, item): (PatientId, ResourceId),
) -> Result<Option<AboutItem>, ServiceError> {
    let Some(stored) = resource::load(tx, patient, item)? else { return Ok(None) };
    let zone = zone(tx)?;
    Ok(Some(described(&stored, &stored.open(key)?, (&zone, language))))
}

/// The organisation's zone, in which dates without one are read.
pub(crate) fn zone(tx: &mut Tx<'_>) -> Result<TimeZone, ServiceError> {
    let name = store::organisation::load(tx)?.map(|organisation| organisation.time_zone);
    Ok(name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC))
}

/// The name of any chart item, for lists that only mention it.
pub(crate) fn title(json: &Value, zone: &TimeZone, language: Language) -> String {
    let kind = json.get("resourceType").and_then(Value::as_str).unwrap_or_default();
    let named = match kind {
        "DocumentReference" | "DiagnosticReport" => note::project(json, zone).and_then(|found| found.name),
        "CarePlan" => care_plan::project(json, zone).map(|found| found.name),
        "Goal" => care_plan::goal(json, zone).map(|found| found.name),
        "CareTeam" => care_team::project(json, zone).and_then(|found| found.called()),
        "Coverage" => coverage::project(json, zone).map(|found| found.payer),
        "ExplanationOfBenefit" => coverage::of_bill(json, zone).map(|found| found.payer),
        _ => None,
    };
    if let Some(name) = named {
        return ChartName::named(name, language).plain;
    }
    let concept = ["code", "medicationCodeableConcept", "vaccineCode", "type"]
        .iter()
        .filter_map(|member| json.get(*member))
        .map(|concept| concept.get(0).unwrap_or(concept))
        .find_map(|concept| Some((coded::words(concept)?, coded::key(concept))));
    concept.map(|(words, key)| ChartName::of(words, key.as_ref(), language).plain).unwrap_or_default()
}

fn described(stored: &StoredResource, json: &Value, (zone, language): (&TimeZone, Language)) -> AboutItem {
    let item = ChartItem {
        resource_type: stored.resource_type.clone(),
        resource: stored.resource,
        version: stored.version,
    };
    let at = jiff::Timestamp::from_microsecond(stored.clinical_at).ok().filter(|_| stored.clinical_at != 0);
    let as_result = if stored.resource_type == "Observation" { result::project(json, zone) } else { None };
    match as_result {
        Some(found) => AboutItem {
            item,
            detail: found.value_text(language),
            at: found.effective.as_ref().and_then(ChartDate::at).or(at),
            title: ChartName::of(found.name, found.key.as_ref(), language).plain,
            has_changed: false,
        },
        None => AboutItem {
            item,
            title: title(json, zone, language),
            detail: String::new(),
            at,
            has_changed: false,
        },
    }
}

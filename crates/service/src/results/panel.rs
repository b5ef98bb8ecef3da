//! Panels: the results that an Observation or a DiagnosticReport holds together, and the panels of one
//! result. A panel's page shows what its members say, so reading it is reading them.

use super::lines;
use crate::acts::Act;
use crate::error::ServiceError;
use crate::reading::{Reading, referred};
use crate::view::chart::{PanelLine, ResultLine};
use domain::access::{Capability, Item};
use fhir::project::Section;
use fhir::project::result::{self, TestResult};
use fhir::reference::Reference;
use serde_json::Value;
use store::db::Tx;
use store::resource::{self, StoredResource};

/// A panel stands within so long of its members.
const NEAR_MICROS: i64 = 2 * 24 * 3600 * 1_000_000;
/// Panels that are opened to find those of one result.
const MOST: usize = 50;

/// What a panel holds together, in its order; what this reader may not see is left out.
pub(super) fn members(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    panel: &TestResult,
) -> Result<Vec<ResultLine>, ServiceError> {
    let mut members = Vec::with_capacity(panel.members.len());
    for text in &panel.members {
        let Some(Reference::Relative { resource_type: "Observation", id, .. }) = Reference::parse(text)
        else {
            continue;
        };
        let Some((stored, _)) = referred(tx, act, reading, ("Observation", id))? else { continue };
        let item = Item { sensitivity: stored.sensitivity, visibility: stored.visibility };
        if act.may(tx, Capability::ReadChart, item)? {
            members.push(stored);
        }
    }
    lines(tx, act, reading, &members)
}

/// The panels in which a result was measured.
pub(super) fn of(
    tx: &mut Tx<'_>,
    reading: &Reading,
    (stored, json): (&StoredResource, &Value),
) -> Result<Vec<PanelLine>, ServiceError> {
    let Some(id) = json.get("id").and_then(Value::as_str) else { return Ok(Vec::new()) };
    let near =
        (stored.clinical_at.saturating_sub(NEAR_MICROS), stored.clinical_at.saturating_add(NEAR_MICROS));
    let mut panels = Vec::new();
    for part in [Section::Reports, Section::of(json)] {
        for one in resource::section_between(tx, (reading.patient, part.as_str()), near, MOST)? {
            let json = one.open(&reading.key)?;
            if !result::holds(&json, id) {
                continue;
            }
            let found = result::project(&json, &reading.zone);
            panels.extend(found.map(|found| PanelLine {
                resource: one.resource,
                name: reading.name(found.name, found.key.as_ref()),
            }));
        }
    }
    Ok(panels)
}

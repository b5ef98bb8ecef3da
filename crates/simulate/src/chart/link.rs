//! What belongs to a visit: everything that was written, measured or given on its day.

use super::{Chart, Visited};
use serde_json::{Map, Value};

/// The member that dates a resource, for those that name a visit.
fn dated(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "Condition" => "recordedDate",
        "MedicationRequest" | "ServiceRequest" => "authoredOn",
        "Observation" | "DiagnosticReport" => "effectiveDateTime",
        "Immunization" => "occurrenceDateTime",
        "Procedure" => "performedDateTime",
        "CarePlan" => "created",
        _ => return None,
    })
}

impl Chart<'_> {
    /// Names the visit of its day in each resource.
    pub(super) fn link(&mut self) {
        for arriving in &mut self.resources {
            let Value::Object(resource) = &mut arriving.resource else { continue };
            if let Some(visit) = of_day(&self.visits, resource) {
                resource.insert("encounter".to_owned(), visit.reference());
            }
        }
    }

    /// What names this visit.
    pub(super) fn of_visit(&self, visit: &Visited) -> Vec<&Value> {
        let reference = visit.reference();
        let all = self.resources.iter().map(|arriving| &arriving.resource);
        all.filter(|resource| resource["encounter"] == reference).collect()
    }
}

fn of_day<'a>(visits: &'a [Visited], resource: &Map<String, Value>) -> Option<&'a Visited> {
    let member = dated(resource.get("resourceType")?.as_str()?)?;
    let day = resource.get(member)?.as_str()?.get(..10)?;
    visits.iter().find(|visit| visit.day == day)
}

//! The organisations that a chart refers to.

use super::Arriving;
use crate::days::Days;
use crate::seed::Seed;
use serde_json::{Value, json};

/// The clinic.
pub const ORGANISATION: (&str, &str) = ("clinic", "Riverbend Family Clinic");
/// Its laboratory.
pub const LABORATORY: (&str, &str) = ("laboratory", "Valley Laboratory");

/// A reference to one of them.
pub fn reference(seed: Seed, (key, name): (&str, &str)) -> Value {
    json!({ "reference": format!("Organization/{}", seed.id(key)), "display": name })
}

/// Both, as resources.
pub fn organisations(days: &Days, seed: Seed) -> Vec<Arriving> {
    [(ORGANISATION, "prov", "(555) 010-0100"), (LABORATORY, "bus", "(555) 010-0190")]
        .map(|((key, name), kind, phone)| Arriving {
            at: days.days_ago(740, (8, 0)),
            resource: json!({
                "resourceType": "Organization",
                "id": seed.id(key),
                "active": true,
                "type": [super::codes::hl7("organization-type", kind)],
                "name": name,
                "telecom": [{ "system": "phone", "value": phone }],
                "address": [{ "line": ["1 Ferry Landing"], "city": "Riverbend", "state": "CA", "postalCode": "95999",
                    "country": "US" }],
            }),
        })
        .into()
}

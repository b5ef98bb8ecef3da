//! Procedures: FHIR Procedure. One that was done many times is one line with all its dates.

use super::chart_date::{self, ChartDate};
use super::coded::{CodeKey, Named, display_at, items, key, named, text, words_at};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::cmp::Reverse;

/// A procedure and when it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    pub name: String,
    pub key: Option<CodeKey>,
    /// Newest first; never empty.
    pub times: Vec<Done>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Which of the resources handed in.
    pub index: usize,
    pub date: Option<ChartDate>,
    pub place: Option<String>,
    pub performers: Vec<String>,
    pub reasons: Vec<Named>,
}

/// Groups Procedures, the newest first; what did not happen or was entered in error is left out.
pub fn project(procedures: &[&Value], zone: &TimeZone) -> Vec<Procedure> {
    let mut found: Vec<Procedure> = Vec::new();
    for (index, procedure) in procedures.iter().enumerate() {
        let status = text(procedure, "status").unwrap_or_default();
        if matches!(status, "entered-in-error" | "not-done" | "preparation") {
            continue;
        }
        let Some(name) = words_at(procedure, "code") else { continue };
        let key = procedure.get("code").and_then(key);
        let done = done(index, procedure, zone);
        match found.iter_mut().find(|one| one.key == key) {
            Some(one) => one.times.push(done),
            None => found.push(Procedure { name, key, times: vec![done] }),
        }
    }
    for one in &mut found {
        one.times.sort_by_key(|done| Reverse(done.starts_at()));
    }
    found.sort_by_key(|one| Reverse(one.times.first().and_then(Done::starts_at)));
    found
}

impl Done {
    fn starts_at(&self) -> Option<Timestamp> {
        self.date.as_ref().map(|date| date.starts_at)
    }
}

fn done(index: usize, procedure: &Value, zone: &TimeZone) -> Done {
    let referred = items(procedure, "reasonReference").filter_map(Named::shown);
    let reasons = items(procedure, "reasonCode").filter_map(named);
    Done {
        index,
        date: chart_date::start_of(procedure, "performed", zone),
        place: display_at(procedure, "location"),
        performers: items(procedure, "performer").filter_map(|one| display_at(one, "actor")).collect(),
        reasons: reasons.chain(referred).collect(),
    }
}

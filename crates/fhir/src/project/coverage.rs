//! Health insurance: FHIR Coverage, of its own or inside a bill (ExplanationOfBenefit).

use super::chart_date::{self, ChartDate};
use super::coded::{Named, code_at, items, named, text};
use jiff::tz::TimeZone;
use serde_json::Value;

/// An insurance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Who pays: "Blue Cross Blue Shield".
    pub payer: Named,
    /// The plan's or group's name, where it says more than the payer.
    pub plan: Option<Named>,
    /// The member number.
    pub number: Option<String>,
    pub is_active: bool,
    pub since: Option<ChartDate>,
    pub until: Option<ChartDate>,
    /// `self`, `spouse`, `child`, ...: whose insurance it is, seen from the subscriber.
    pub relationship: Option<String>,
}

/// Projects a Coverage; nothing where it was entered in error, is a draft, or names no payer.
pub fn project(coverage: &Value, zone: &TimeZone) -> Option<Coverage> {
    let status = text(coverage, "status").unwrap_or("active");
    if matches!(status, "entered-in-error" | "draft") {
        return None;
    }
    let kind = coverage.get("type").and_then(named);
    let payer = items(coverage, "payor").find_map(Named::shown);
    let is_kind = |payer: &Named| kind.as_ref().is_some_and(|kind| kind.words == payer.words);
    // "Medicare" pays for Medicare: the kind is the payer with its code.
    let payer = payer.filter(|payer| !is_kind(payer)).or_else(|| kind.clone())?;
    let class = items(coverage, "class").find_map(|class| text(class, "name")).map(Named::only);
    let period = coverage.get("period").unwrap_or(&Value::Null);
    Some(Coverage {
        plan: class.or(kind).filter(|plan| plan.words != payer.words),
        number: text(coverage, "subscriberId").map(str::to_owned),
        is_active: status == "active",
        since: chart_date::at(period, "start", zone),
        until: chart_date::at(period, "end", zone),
        relationship: code_at(coverage, "relationship").map(str::to_owned),
        payer,
    })
}

/// The insurance that a bill was sent to: its contained Coverage.
pub fn of_bill(bill: &Value, zone: &TimeZone) -> Option<Coverage> {
    let is_coverage = |inner: &&Value| text(inner, "resourceType") == Some("Coverage");
    items(bill, "contained").find(is_coverage).and_then(|coverage| project(coverage, zone))
}

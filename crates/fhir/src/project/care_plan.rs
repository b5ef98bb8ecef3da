//! Care plans and goals: FHIR CarePlan and Goal.

use super::chart_date::{self, ChartDate};
use super::coded::{CodeKey, Named, code_at, display_at, items, named, text};
use super::range::{self, UsualRange};
use super::value::{Measured, measured};
use domain::language::Language;
use jiff::tz::TimeZone;
use serde_json::Value;

/// A plan of care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarePlan {
    pub name: Named,
    pub is_active: bool,
    pub since: Option<ChartDate>,
    pub until: Option<ChartDate>,
    pub activities: Vec<Activity>,
    /// The problems that it is for: their words where the plan tells them, else reference strings.
    pub addresses: Vec<Addressed>,
    pub author: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub name: Named,
    /// `not-started`, `scheduled`, `in-progress`, `completed`, `cancelled`, `stopped`, ...
    pub status: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressed {
    Words(Named),
    Reference(String),
}

/// Something to reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    pub name: Named,
    pub is_active: bool,
    /// `in-progress`, `improving`, `achieved`, `sustaining`, `not-achieved`, ...
    pub achievement: Option<String>,
    pub targets: Vec<Target>,
    pub due: Option<ChartDate>,
    pub since: Option<ChartDate>,
}

/// What is measured, and the value to reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub measure: Option<Named>,
    value: TargetValue,
}

#[derive(Clone, Debug, PartialEq)]
enum TargetValue {
    Range(UsualRange),
    Value(Measured),
}

/// Projects a CarePlan; nothing where it was entered in error, is a draft, or says no name.
pub fn project(plan: &Value, zone: &TimeZone) -> Option<CarePlan> {
    let status = text(plan, "status").unwrap_or("unknown");
    if matches!(status, "entered-in-error" | "draft") {
        return None;
    }
    let period = plan.get("period").unwrap_or(&Value::Null);
    Some(CarePlan {
        name: text(plan, "title").map(Named::only).or_else(|| kind(plan))?,
        is_active: matches!(status, "active" | "on-hold"),
        since: chart_date::at(period, "start", zone).or_else(|| chart_date::at(plan, "created", zone)),
        until: chart_date::at(period, "end", zone),
        activities: items(plan, "activity").filter_map(activity).collect(),
        addresses: items(plan, "addresses").filter_map(addressed).collect(),
        author: display_at(plan, "author"),
    })
}

/// The category in words; US Core's own `assess-plan` says nothing to a reader.
fn kind(plan: &Value) -> Option<Named> {
    let is_plain = |concept: &&Value| {
        let has_words = text(concept, "text").is_some();
        has_words || items(concept, "coding").any(|coding| text(coding, "display").is_some())
    };
    let told = items(plan, "category").filter(is_plain).find_map(named);
    told.or_else(|| items(plan, "activity").find_map(activity).map(|activity| activity.name))
}

fn activity(activity: &Value) -> Option<Activity> {
    let detail = activity.get("detail").unwrap_or(&Value::Null);
    let described = || text(detail, "description").map(Named::only);
    let referred = || activity.get("reference").and_then(Named::shown);
    Some(Activity {
        name: detail.get("code").and_then(named).or_else(described).or_else(referred)?,
        status: text(detail, "status").unwrap_or("unknown").to_owned(),
    })
}

fn addressed(reference: &Value) -> Option<Addressed> {
    let referred = || text(reference, "reference").map(|text| Addressed::Reference(text.to_owned()));
    Named::shown(reference).map(Addressed::Words).or_else(referred)
}

/// Projects a Goal; nothing where it was entered in error, proposed only, or says nothing.
pub fn goal(goal: &Value, zone: &TimeZone) -> Option<Goal> {
    let status = text(goal, "lifecycleStatus").unwrap_or("unknown");
    if matches!(status, "entered-in-error" | "proposed" | "rejected") {
        return None;
    }
    let targets: Vec<Target> = items(goal, "target").filter_map(target).collect();
    let described = goal.get("description").and_then(named)?;
    Some(Goal {
        name: Named { key: goal_key(&described, &targets), ..described },
        is_active: matches!(status, "planned" | "accepted" | "active" | "on-hold"),
        achievement: code_at(goal, "achievementStatus").map(str::to_owned),
        targets,
        due: items(goal, "target").find_map(|target| chart_date::at(target, "dueDate", zone)),
        since: chart_date::at(goal, "startDate", zone),
    })
}

/// A goal in free words is known by what it measures, where it measures one thing.
fn goal_key(described: &Named, targets: &[Target]) -> Option<CodeKey> {
    let coded = described.key.clone().filter(|key| key.system.is_some());
    coded.or_else(|| match targets {
        [only] => only.measure.as_ref()?.key.clone(),
        _ => None,
    })
}

fn target(target: &Value) -> Option<Target> {
    let value = match target.get("detailRange") {
        Some(range) => TargetValue::Range(range::read(range)),
        None => TargetValue::Value(detail(target)?),
    };
    Some(Target { measure: target.get("measure").and_then(named), value })
}

/// `target.detail[x]` has the value types of an Observation under another name.
fn detail(target: &Value) -> Option<Measured> {
    let members = target.as_object()?;
    let renamed = members
        .iter()
        .filter_map(|(name, value)| Some((format!("value{}", name.strip_prefix("detail")?), value.clone())))
        .collect();
    measured(&Value::Object(renamed))
}

impl Target {
    /// "below 7%", "80-130 mg/dL", in the reader's language.
    pub fn in_language(&self, language: Language) -> Option<String> {
        match &self.value {
            TargetValue::Range(range) => range.in_language(language),
            TargetValue::Value(value) => Some(value.against(language)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_plan_is_called_by_what_people_say_and_not_by_a_profiles_category() {
        let plan = json!({"status": "active", "category": [{"coding": [{"code": "assess-plan"}]},
            {"text": "Diabetes self management plan"}], "period": {"start": "2019-04"},
            "addresses": [{"reference": "Condition/c1"}],
            "activity": [{"detail": {"code": {"text": "Exercise therapy"}, "status": "in-progress"}}]});
        let found = project(&plan, &TimeZone::UTC).unwrap();
        assert_eq!((found.name.words.as_str(), found.is_active), ("Diabetes self management plan", true));
        assert_eq!(found.activities[0].name.words, "Exercise therapy");
        assert_eq!(found.addresses, [Addressed::Reference("Condition/c1".to_owned())]);
    }

    #[test]
    fn a_goal_tells_its_target_in_words_and_is_known_by_what_it_measures() {
        let told = json!({"lifecycleStatus": "active", "description": {"text": "Lower the long-term sugar"},
            "target": [{"measure": {"coding": [{"system": "http://loinc.org", "code": "4548-4"}]},
                "detailQuantity": {"value": 7.0, "unit": "%", "comparator": "<"}, "dueDate": "2027-01-31"}]});
        let found = goal(&told, &TimeZone::UTC).unwrap();
        assert_eq!(found.targets[0].in_language(Language::En).as_deref(), Some("below 7%"));
        assert_eq!(found.targets[0].in_language(Language::Es).as_deref(), Some("menos de 7%"));
        assert_eq!(found.due.unwrap().text, "2027-01-31");
        let of_measure = |goal: &Goal| goal.name.key.as_ref().map(|key| key.code.clone());
        assert_eq!(
            (found.name.words.as_str(), found.name.key.unwrap().code.as_str()),
            ("Lower the long-term sugar", "4548-4")
        );
        let mut two = told;
        let pressure = json!({"detailRange": {"high": {"value": 129, "unit": "mm[Hg]"}}});
        two["target"].as_array_mut().unwrap().push(pressure);
        let found = goal(&two, &TimeZone::UTC).unwrap();
        assert_eq!(found.targets[1].in_language(Language::En).as_deref(), Some("129 mmHg or less"));
        assert_eq!(of_measure(&found), None, "two measures are no name");
    }
}

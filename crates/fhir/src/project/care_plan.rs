//! Care plans and goals: FHIR CarePlan and Goal.

use super::chart_date::{self, ChartDate};
use super::coded::{code_at, display_at, items, text, words, words_at};
use super::value::measured;
use jiff::tz::TimeZone;
use serde_json::Value;

/// A plan of care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarePlan {
    pub name: String,
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
    pub name: String,
    /// `not-started`, `scheduled`, `in-progress`, `completed`, `cancelled`, `stopped`, ...
    pub status: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressed {
    Words(String),
    Reference(String),
}

/// Something to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    pub name: String,
    pub is_active: bool,
    /// `in-progress`, `improving`, `achieved`, `sustaining`, `not-achieved`, ...
    pub achievement: Option<String>,
    /// "Below 7%", as the record writes it.
    pub target: Option<String>,
    pub due: Option<ChartDate>,
    pub since: Option<ChartDate>,
}

/// Projects a CarePlan; nothing where it was entered in error, is a draft, or says no name.
pub fn project(plan: &Value, zone: &TimeZone) -> Option<CarePlan> {
    let status = text(plan, "status").unwrap_or("unknown");
    if matches!(status, "entered-in-error" | "draft") {
        return None;
    }
    let period = plan.get("period").unwrap_or(&Value::Null);
    Some(CarePlan {
        name: text(plan, "title").map(str::to_owned).or_else(|| kind(plan))?,
        is_active: matches!(status, "active" | "on-hold"),
        since: chart_date::at(period, "start", zone).or_else(|| chart_date::at(plan, "created", zone)),
        until: chart_date::at(period, "end", zone),
        activities: items(plan, "activity").filter_map(activity).collect(),
        addresses: items(plan, "addresses").filter_map(addressed).collect(),
        author: display_at(plan, "author"),
    })
}

/// The category in words; US Core's own `assess-plan` says nothing to a reader.
fn kind(plan: &Value) -> Option<String> {
    let is_plain = |concept: &&Value| {
        let has_words = text(concept, "text").is_some();
        has_words || items(concept, "coding").any(|coding| text(coding, "display").is_some())
    };
    let told = items(plan, "category").filter(is_plain).find_map(words);
    told.or_else(|| items(plan, "activity").find_map(activity).map(|activity| activity.name))
}

fn activity(activity: &Value) -> Option<Activity> {
    let detail = activity.get("detail").unwrap_or(&Value::Null);
    let described = || text(detail, "description").map(str::to_owned);
    Some(Activity {
        name: words_at(detail, "code").or_else(described).or_else(|| display_at(activity, "reference"))?,
        status: text(detail, "status").unwrap_or("unknown").to_owned(),
    })
}

fn addressed(reference: &Value) -> Option<Addressed> {
    match text(reference, "display") {
        Some(words) => Some(Addressed::Words(crate::plain::clean(words).into_owned())),
        None => text(reference, "reference").map(|text| Addressed::Reference(text.to_owned())),
    }
}

/// Projects a Goal; nothing where it was entered in error, proposed only, or says nothing.
pub fn goal(goal: &Value, zone: &TimeZone) -> Option<Goal> {
    let status = text(goal, "lifecycleStatus").unwrap_or("unknown");
    if matches!(status, "entered-in-error" | "proposed" | "rejected") {
        return None;
    }
    let target = items(goal, "target").next().unwrap_or(&Value::Null);
    Some(Goal {
        name: words_at(goal, "description")?,
        is_active: matches!(status, "planned" | "accepted" | "active" | "on-hold"),
        achievement: code_at(goal, "achievementStatus").map(str::to_owned),
        target: detail(target),
        due: chart_date::at(target, "dueDate", zone),
        since: chart_date::at(goal, "startDate", zone),
    })
}

/// `target.detail[x]` has the value types of an Observation under another name.
fn detail(target: &Value) -> Option<String> {
    let members = target.as_object()?;
    let renamed = members
        .iter()
        .filter_map(|(name, value)| Some((format!("value{}", name.strip_prefix("detail")?), value.clone())))
        .collect();
    measured(&Value::Object(renamed)).map(|value| value.text)
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
        assert_eq!((found.name.as_str(), found.is_active), ("Diabetes self management plan", true));
        assert_eq!(found.activities[0].name, "Exercise therapy");
        assert_eq!(found.addresses, [Addressed::Reference("Condition/c1".to_owned())]);
    }

    #[test]
    fn a_goal_tells_its_target_as_it_was_written() {
        let told = json!({"lifecycleStatus": "active", "description": {"text": "Lower the long-term sugar"},
            "target": [{"detailQuantity": {"value": 7.0, "unit": "%", "comparator": "<"}, "dueDate": "2027-01-31"}]});
        let found = goal(&told, &TimeZone::UTC).unwrap();
        assert_eq!(found.target.as_deref(), Some("<7%"));
        assert_eq!(found.due.unwrap().text, "2027-01-31");
    }
}

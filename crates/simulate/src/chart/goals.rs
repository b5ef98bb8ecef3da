//! CarePlan and Goal (US Core), where somebody lives with diabetes or high blood pressure. Whether a goal
//! is reached is read from what was measured.

use super::agreed::Both;
use super::codes::{Code, LOINC, hl7, us_core};
use super::kinds::{A1C, DIABETES, EYE_EXAM, FOOT_EXAM, HYPERTENSION};
use super::people::practitioner_reference;
use super::{Arriving, Chart};
use jiff::Timestamp;
use serde_json::{Value, json};

/// So long after the newest visit a goal is looked at again, in days.
const LOOK_AGAIN: i64 = 90;

/// A plan for a problem, with its steps and how far they are.
struct Plan {
    problem: Code,
    name: Code,
    steps: [(Code, &'static str); 4],
}

/// Done where the chart holds it, else still to come.
const BY_THE_CHART: &str = "";

const PLANS: [Plan; 2] = [
    Plan {
        problem: DIABETES,
        name: Code::snomed("698360004", "Diabetes self management plan"),
        steps: [
            (Code::snomed("160670007", "Diabetic diet"), "in-progress"),
            (Code::snomed("1171000175109", "Increased physical activity"), "in-progress"),
            (FOOT_EXAM, BY_THE_CHART),
            (EYE_EXAM, BY_THE_CHART),
        ],
    },
    Plan {
        problem: HYPERTENSION,
        name: Code::snomed("443402002", "Lifestyle education regarding hypertension"),
        steps: [
            (Code::snomed("1151000175103", "Dietary approaches to stop hypertension diet"), "in-progress"),
            (Code::snomed("183063000", "Low salt diet education"), "completed"),
            (Code::snomed("183301007", "Physical exercises"), "in-progress"),
            (Code::snomed("413473000", "Counseling about alcohol consumption"), "completed"),
        ],
    },
];

const SUGAR: Both = ("Keep the A1c below 7%", "Mantener la A1c por debajo de 7%");
const PRESSURE: Both = ("Keep the blood pressure below 130/80", "Mantener la presión por debajo de 130/80");

impl Chart<'_> {
    /// A plan and a goal for each of these problems that the chart holds.
    pub(super) fn plans(&mut self) {
        for plan in &PLANS {
            let Some(problem) = self.problem_of(plan.problem) else { continue };
            let (since, reference) = (problem.at, problem.resource["id"].as_str().unwrap_or_default());
            let addresses = json!([{ "reference": format!("Condition/{reference}") }]);
            // Made anew at the newest visit for it.
            let visits = self.visits.iter().filter(|visit| visit.reasons.contains(&plan.problem));
            let begun = visits.map(|visit| visit.ends).max().unwrap_or(since);
            let goal = match plan.problem {
                DIABETES => self.goal(SUGAR, vec![below("4548-4", 7.0, "%")], (begun, self.sugar())),
                _ => {
                    let both = vec![below("8480-6", 130.0, "mm[Hg]"), below("8462-4", 80.0, "mm[Hg]")];
                    self.goal(PRESSURE, both, (begun, self.pressure()))
                }
            };
            self.care_plan(plan, begun, (addresses, &goal));
        }
    }

    fn problem_of(&self, code: Code) -> Option<&Arriving> {
        let is_it = |one: &&Arriving| {
            let resource = &one.resource;
            resource["resourceType"] == "Condition"
                && resource["code"]["text"] == code.words
                && resource["clinicalStatus"] == hl7("condition-clinical", "active")
        };
        self.resources.iter().find(is_it)
    }

    fn care_plan(&mut self, plan: &Plan, begun: Timestamp, (addresses, goal): (Value, &str)) {
        let step = |(code, status): &(Code, &'static str)| {
            let status = match *status {
                BY_THE_CHART if self.was_done(*code) => "completed",
                BY_THE_CHART => "scheduled",
                told => told,
            };
            json!({ "detail": { "code": code.concept(), "status": status } })
        };
        let assess = json!({ "coding": [{
            "system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "code": "assess-plan",
        }] });
        let resource = json!({
            "resourceType": "CarePlan",
            "id": self.id(&format!("plan/{}", plan.name.words)),
            "meta": us_core("careplan"),
            "status": "active",
            "intent": "plan",
            "category": [assess, plan.name.concept()],
            "subject": self.subject(),
            "period": { "start": self.days.day_text(begun) },
            "created": self.days.text(begun),
            "author": practitioner_reference(self.seed, self.patient.provider),
            "addresses": addresses,
            "goal": [{ "reference": format!("Goal/{goal}") }],
            "activity": plan.steps.iter().map(step).collect::<Vec<_>>(),
        });
        self.add(begun, resource);
    }

    /// A goal with its targets; its id.
    fn goal(&mut self, words: Both, targets: Vec<Value>, (begun, reached): (Timestamp, &str)) -> String {
        let id = self.id(&format!("goal/{}", words.0));
        let newest = self.visits.iter().map(|visit| visit.ends).max().unwrap_or(begun);
        let due = newest.checked_add(jiff::SignedDuration::from_hours(24 * LOOK_AGAIN)).unwrap_or(newest);
        let due = self.days.day_text(due.max(self.days.now));
        let dated = |mut target: Value| {
            target["dueDate"] = due.as_str().into();
            target
        };
        let resource = json!({
            "resourceType": "Goal",
            "id": id,
            "meta": us_core("goal"),
            "lifecycleStatus": "active",
            "achievementStatus": hl7("goal-achievement", reached),
            "description": { "text": self.own(words) },
            "subject": self.subject(),
            "startDate": self.days.day_text(begun),
            "target": targets.into_iter().map(dated).collect::<Vec<_>>(),
        });
        self.add(begun, resource);
        id
    }

    fn was_done(&self, code: Code) -> bool {
        self.resources.iter().any(|one| {
            one.resource["resourceType"] == "Procedure" && one.resource["code"]["text"] == code.words
        })
    }

    fn sugar(&self) -> &'static str {
        self.reached(A1C.code.words, 7.0, |resource| resource["valueQuantity"]["value"].as_f64())
    }

    /// By the upper number.
    fn pressure(&self) -> &'static str {
        let upper = |resource: &Value| resource.pointer("/component/0/valueQuantity/value")?.as_f64();
        self.reached("Blood pressure", 130.0, upper)
    }

    /// How far the newest value of a test is, beside the one before.
    fn reached(&self, words: &str, limit: f64, value: impl Fn(&Value) -> Option<f64>) -> &'static str {
        let is_it = |one: &&Arriving| {
            one.resource["resourceType"] == "Observation" && one.resource["code"]["text"] == words
        };
        let mut all: Vec<&Arriving> = self.resources.iter().filter(is_it).collect();
        all.sort_by_key(|one| one.at);
        let mut newest = all.iter().rev().filter_map(|one| value(&one.resource));
        match (newest.next(), newest.next()) {
            (Some(now), _) if now < limit => "achieved",
            (Some(now), Some(before)) if now < before => "improving",
            // A body is not a clock: what differs by a twentieth is the same.
            (Some(now), Some(before)) if now > before * 1.05 => "worsening",
            (Some(_), Some(_)) => "no-change",
            _ => "in-progress",
        }
    }
}

fn below(loinc: &str, limit: f64, unit: &str) -> Value {
    json!({
        "measure": { "coding": [{ "system": LOINC, "code": loinc }] },
        "detailQuantity": { "value": limit, "comparator": "<", "unit": unit,
            "system": "http://unitsofmeasure.org", "code": unit },
    })
}

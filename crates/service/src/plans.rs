//! Care plans and goals.

use crate::acts::Act;
use crate::charts::{date, opened, source};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::reading::{self, Reading};
use crate::service::Service;
use crate::view::chart::Section;
use crate::view::person::Person;
use crate::view::record::{GoalLine, GoalTarget, PlanLine, PlanStep, Plans};
use domain::id::PatientId;
use fhir::project::care_plan::{self, Addressed, Goal, Target};
use fhir::project::coded::Named;
use fhir::project::{Section as Part, condition};
use fhir::reference::Reference;
use store::db::Tx;

impl Service {
    /// The patient's care plans and goals, those that go on first.
    pub async fn plans(&self, ctx: &Ctx, person: PatientId) -> Result<(Person, Plans), ServiceError> {
        self.section(ctx, person, Part::CarePlans, |tx, act, reading| {
            Ok(Plans { plans: plans(tx, act, reading)?, goals: goals(tx, reading)? })
        })
        .await
    }
}

fn plans(tx: &mut Tx<'_>, act: &Act, reading: &Reading) -> Result<Section<PlanLine>, ServiceError> {
    let mut lines = Vec::new();
    for (stored, json) in opened(tx, reading, Part::CarePlans)? {
        let Some(found) = care_plan::project(&json, &reading.zone) else { continue };
        let mut problems = Vec::new();
        for addressed in found.addresses {
            problems.extend(problem(tx, act, reading, addressed)?);
        }
        let step = |activity: care_plan::Activity| PlanStep {
            name: reading.named(activity.name),
            status: activity.status,
        };
        lines.push(PlanLine {
            resource: stored.resource,
            name: reading.named(found.name),
            is_active: found.is_active,
            since: found.since.as_ref().map(date),
            until: found.until.as_ref().map(date),
            problems,
            steps: found.activities.into_iter().map(step).collect(),
        });
    }
    lines.sort_by_key(|line| !line.is_active);
    Ok(Section { lines, source: source(tx, reading, Part::CarePlans)? })
}

/// The name of a problem; nothing where it does not stand in this record.
fn problem(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    addressed: Addressed,
) -> Result<Option<String>, ServiceError> {
    let text = match addressed {
        Addressed::Words(words) => return Ok(Some(reading.named(words).plain)),
        Addressed::Reference(text) => text,
    };
    let Some(Reference::Relative { resource_type: "Condition", id, .. }) = Reference::parse(&text) else {
        return Ok(None);
    };
    let found = reading::referred(tx, act, reading, ("Condition", id))?;
    Ok(found
        .and_then(|(_, json)| condition::project(&json, &reading.zone))
        .map(|found| reading.name(found.name, found.key.as_ref()).plain))
}

fn goals(tx: &mut Tx<'_>, reading: &Reading) -> Result<Section<GoalLine>, ServiceError> {
    let mut lines = Vec::new();
    for (stored, json) in opened(tx, reading, Part::Goals)? {
        let Some(found) = care_plan::goal(&json, &reading.zone) else { continue };
        lines.push(GoalLine {
            resource: stored.resource,
            targets: targets(reading, &found),
            name: reading.named(found.name),
            is_active: found.is_active,
            achievement: found.achievement,
            due: found.due.as_ref().map(date),
        });
    }
    lines.sort_by_key(|line| !line.is_active);
    Ok(Section { lines, source: source(tx, reading, Part::Goals)? })
}

fn targets(reading: &Reading, goal: &Goal) -> Vec<GoalTarget> {
    let is_name = |measure: &Named| measure.key.is_some() && measure.key == goal.name.key;
    let told = |target: &Target| {
        let measure = target.measure.clone().filter(|measure| !is_name(measure));
        Some(GoalTarget {
            value: target.in_language(reading.language)?,
            measure: measure.map(|measure| reading.named(measure)),
        })
    };
    goal.targets.iter().filter_map(told).collect()
}

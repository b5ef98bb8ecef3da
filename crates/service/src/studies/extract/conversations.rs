//! Rows of conversations: the first that each patient began in the window, as the boards count them, so that rows are
//! people too; and how long they waited for an answer.

use super::cohort::window;
use super::values::{Course, Facts, Subject};
use super::{Drawn, People, Row, Source, Step};
use crate::error::ServiceError;
use crate::studies::boards::answers::Teams;
use crate::studies::boards::conversation::{Conversation, first_of_each};
use domain::id::PatientId;
use jiff::Timestamp;
use std::collections::HashMap;
use store::db::Tx;

pub fn draw(tx: &mut Tx<'_>, source: &Source<'_>, people: People) -> Result<Drawn, ServiceError> {
    let Source { plan, zone, now, ids, areas } = source;
    let teams = Teams::read(tx)?;
    let begun = first_of_each(tx, window(plan, zone)?, *now)?;
    let begun: HashMap<PatientId, Conversation> = begun.into_iter().map(|one| (one.patient, one)).collect();
    let mut steps = Steps::default();
    let mut rows = Vec::new();
    for (patient, covariates) in &people {
        steps.with_a_chart += 1;
        if !source.is_open_to_research(covariates) {
            continue;
        }
        steps.open += 1;
        let Some(one) = begun.get(patient) else { continue };
        steps.began += 1;
        let Some(course) = followed(one, &teams) else { continue };
        steps.followed += 1;
        let on = one.began_at.to_zoned(zone.clone()).date();
        let subject = Subject { covariates, on, facts: Facts::Conversation(course.course) };
        rows.push(Row {
            id: ids.of("person", patient.0.as_bytes()),
            has_outcome: course.is_in_time,
            cluster: ids.of("pool", one.pool.0.as_bytes()),
            values: plan.values(&subject, areas),
        });
    }
    Ok(Drawn { rows, attrition: steps.named(), ..Drawn::default() })
}

#[derive(Default)]
struct Steps {
    with_a_chart: u64,
    open: u64,
    began: u64,
    followed: u64,
}

impl Steps {
    fn named(self) -> Vec<Step> {
        let step = |name, remaining| Step { name, remaining };
        vec![
            step("people with a chart", self.with_a_chart),
            step("open to research", self.open),
            step("began a conversation in the window, the first of which counts", self.began),
            step("followed for a working day of the team", self.followed),
        ]
    }
}

struct Followed {
    course: Course,
    is_in_time: bool,
}

/// `None` where a working day of the team had not passed yet.
fn followed(one: &Conversation, teams: &Teams) -> Option<Followed> {
    let calendar = teams.calendar(one.pool)?;
    let due = calendar.after_a_working_day(one.began_at).filter(|due| *due <= one.followed_until)?;
    let until: Timestamp = one.answered_at.unwrap_or(one.followed_until);
    let arrived = match (calendar.is_open(one.began_at), calendar.is_working_day(one.began_at)) {
        (true, _) => "in hours",
        (false, true) => "out of hours",
        (false, false) => "weekend or holiday",
    };
    let course = Course {
        arrived,
        hours: until.duration_since(one.began_at).as_secs_f64() / 3600.0,
        working_hours: teams.working_hours(one.pool, (one.began_at, until)),
        is_answered: one.answered_at.is_some(),
    };
    Some(Followed { course, is_in_time: one.answered_at.is_some_and(|at| at <= due) })
}

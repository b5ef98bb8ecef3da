//! A study's rows from the record: of adults, of adults by month, or of conversations; covariates already banded,
//! ids under the key of a run, or under a random one that is dropped with the extract. The rows hold small cells: a
//! limited data set, with a permission, a reason and an audit row of its own.

mod adults;
mod cohort;
mod conversations;
mod measure;
mod months;
mod plan;
pub(super) mod shares;
mod values;

pub(super) use cohort::day;
pub use plan::{ExtractPlan, PlanError};

use super::people;
use crate::about;
use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::covariate::Covariates;
use domain::draft::Reason;
use domain::id::{PatientId, StudyRunId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use measure::Rows;
use std::num::NonZeroU32;
use store::db::Tx;
use store::study_key::{StudyIds, StudyKey};

/// One row; `None` is a value that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Of the person; rows of one person have the same.
    pub id: String,
    pub has_outcome: bool,
    /// The provider or the team by whom errors are clustered.
    pub cluster: String,
    pub values: Vec<Option<String>>,
}

/// A step of eligibility, and how many remain after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub name: &'static str,
    pub remaining: u64,
}

/// The rows, and how they came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extract {
    /// Names of the values.
    pub columns: Vec<String>,
    /// In the order of their ids.
    pub rows: Vec<Row>,
    pub attrition: Vec<Step>,
    /// Providers (by their ids in the rows) whose patients fall into two bands of the share.
    pub straddlers: Vec<String>,
    /// Of the rows' ids: names the cohort in the audit.
    pub cohort: String,
    /// The most rows that one person can have, where that is more than one.
    pub rows_per_person: Option<NonZeroU32>,
}

/// Everybody with a chart.
type People = Vec<(PatientId, Covariates)>;

/// What rows are drawn from, beside people.
struct Source<'a> {
    plan: &'a ExtractPlan,
    zone: TimeZone,
    /// The moment of the data.
    now: Timestamp,
    ids: StudyIds,
    areas: values::Areas,
}

/// The rows of a kind, in no order yet.
#[derive(Default)]
struct Drawn {
    rows: Vec<Row>,
    attrition: Vec<Step>,
    straddlers: Vec<String>,
    rows_per_person: Option<NonZeroU32>,
}

impl Service {
    /// Reads the rows that a protocol's plan asks for, with the ids of a run where one is named: then the same
    /// person has the same id, until the run's key is destroyed (`NotFound`).
    pub async fn extract(
        &self,
        ctx: &Ctx,
        plan: ExtractPlan,
        reason: Reason,
        run: Option<StudyRunId>,
    ) -> Result<Extract, ServiceError> {
        let mut act = self.act(ctx, AuditAction::ExtractStudy);
        act.detail().reason = Some(reason.as_str().to_owned());
        self.read(act, move |tx, act| {
            act.allow(tx, Capability::ExtractStudy, Item::default())?;
            let key = match run {
                Some(run) => {
                    act.object(AuditObject::Study, run.0);
                    store::study_run::key(tx, &act.vault, run)?.ok_or(ServiceError::NotFound)?
                }
                None => StudyKey::random()?,
            };
            extract(tx, act, (&plan, &key), &|_| {})
        })
        .await
    }
}

/// Reads the rows and leaves the cohort's hash in the act; `told` hears how many people were read.
pub(super) fn extract(
    tx: &mut Tx<'_>,
    act: &mut Act,
    (plan, key): (&ExtractPlan, &StudyKey),
    told: &dyn Fn(usize),
) -> Result<Extract, ServiceError> {
    let source = Source {
        plan,
        zone: about::zone(tx)?,
        now: act.now,
        ids: key.ids(),
        areas: store::study_area::all(tx)?,
    };
    let people = people::all_told(tx, &act.vault, told)?;
    let mut drawn = match plan.happening.rows() {
        Rows::Adults => adults::draw(tx, &source, people)?,
        Rows::AdultMonths => months::draw(tx, &source, people)?,
        Rows::Conversations => conversations::draw(tx, &source, people)?,
    };
    // A person's rows stay in the order of their months.
    drawn.rows.sort_by(|a, b| a.id.cmp(&b.id));
    drawn.straddlers.sort_unstable();
    let all: Vec<u8> = drawn.rows.iter().flat_map(|row| row.id.bytes()).collect();
    let cohort = source.ids.of("cohort", &all);
    act.detail().count = i64::try_from(drawn.rows.len()).ok();
    act.detail().what = Some(cohort.clone());
    let Drawn { rows, attrition, straddlers, rows_per_person } = drawn;
    Ok(Extract { columns: plan.columns(), rows, attrition, straddlers, cohort, rows_per_person })
}

impl Source<'_> {
    /// Whether somebody is open to research: who has opted out by the day of the data is in no study, whatever time
    /// it is about.
    fn is_open_to_research(&self, covariates: &Covariates) -> bool {
        covariates.is_open_to_research_on(day(self.now.to_zoned(self.zone.clone()).date()))
    }
}

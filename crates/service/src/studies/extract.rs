//! A study's rows from the record: one for each eligible person, covariates already banded, ids under the key of
//! a run, or under a random one that is dropped with the extract. The rows hold small cells: a limited data set,
//! with a permission, a reason and an audit row of its own.

mod cohort;
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
use domain::draft::Reason;
use domain::id::StudyRunId;
use store::db::Tx;
use store::study_key::StudyKey;

/// One person's row; `None` is a value that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: String,
    pub has_outcome: bool,
    pub provider: String,
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
    let zone = about::zone(tx)?;
    let ids = key.ids();
    let everybody = people::all_told(tx, &act.vault, told)?;
    let today = day(act.now.to_zoned(zone.clone()).date());
    let cohort = cohort::choose(tx, everybody, (plan, &zone), today)?;
    let shares = shares::Shares::read(tx, plan, &zone, &cohort.members)?;
    let areas = store::study_area::all(tx)?;
    let exchanged = cohort::exchanged(tx, plan, &zone)?;
    let mut rows: Vec<Row> = cohort
        .members
        .iter()
        .enumerate()
        .map(|(at, member)| Row {
            id: ids.of("person", member.patient.0.as_bytes()),
            has_outcome: exchanged.contains(&member.patient),
            provider: ids.of("provider", &member.provider.to_be_bytes()),
            values: plan.values(member, shares.of(at), &areas),
        })
        .collect();
    rows.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let all: Vec<u8> = rows.iter().flat_map(|row| row.id.bytes()).collect();
    let mut straddlers: Vec<String> =
        shares.straddlers.iter().map(|provider| ids.of("provider", &provider.to_be_bytes())).collect();
    straddlers.sort_unstable();
    let cohort_hash = ids.of("cohort", &all);
    act.detail().count = i64::try_from(rows.len()).ok();
    act.detail().what = Some(cohort_hash.clone());
    let attrition = cohort.attrition;
    Ok(Extract { columns: plan.columns(), rows, attrition, straddlers, cohort: cohort_hash })
}

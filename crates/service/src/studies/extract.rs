//! A study's rows from the record: one for each eligible person, covariates already banded, ids under a
//! random key that is dropped with the extract. The rows hold small cells: a limited data set, with a
//! permission, a reason and an audit row of its own.

mod cohort;
mod plan;
pub(super) mod shares;
mod values;

pub use plan::{ExtractPlan, PlanError};

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::draft::Reason;
use jiff::tz::TimeZone;
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
    /// Reads the rows that a protocol's plan asks for.
    pub async fn extract(
        &self,
        ctx: &Ctx,
        plan: ExtractPlan,
        reason: Reason,
    ) -> Result<Extract, ServiceError> {
        let mut act = self.act(ctx, AuditAction::ExtractStudy);
        act.detail().reason = Some(reason.as_str().to_owned());
        self.read(act, move |tx, act| {
            act.allow(tx, Capability::ExtractStudy, Item::default())?;
            let extract = extract(tx, act, &plan)?;
            act.detail().count = i64::try_from(extract.rows.len()).ok();
            act.detail().what = Some(extract.cohort.clone());
            Ok(extract)
        })
        .await
    }
}

fn extract(tx: &mut Tx<'_>, act: &Act, plan: &ExtractPlan) -> Result<Extract, ServiceError> {
    let home = store::organisation::load(tx)?.ok_or(ServiceError::NotFound)?;
    let zone = TimeZone::get(&home.time_zone)
        .map_err(|_| ServiceError::Internal("the organisation's time zone".into()))?;
    let key = StudyKey::random().map_err(|error| ServiceError::Internal(error.to_string()))?;
    let cohort = cohort::choose(tx, &act.vault, plan, &zone)?;
    let shares = shares::Shares::read(tx, plan, &zone, &cohort.members)?;
    let exchanged = cohort::exchanged(tx, plan, &zone)?;
    let mut rows: Vec<Row> = cohort
        .members
        .iter()
        .enumerate()
        .map(|(at, member)| Row {
            id: key.id("person", member.patient.0.as_bytes()),
            has_outcome: exchanged.contains(&member.patient),
            provider: key.id("provider", &member.provider.to_be_bytes()),
            values: plan.values(member, shares.of(at)),
        })
        .collect();
    rows.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let ids: Vec<u8> = rows.iter().flat_map(|row| row.id.bytes()).collect();
    let mut straddlers: Vec<String> =
        shares.straddlers.iter().map(|provider| key.id("provider", &provider.to_be_bytes())).collect();
    straddlers.sort_unstable();
    Ok(Extract {
        columns: plan.columns(),
        rows,
        attrition: cohort.attrition,
        straddlers,
        cohort: key.id("cohort", &ids),
    })
}

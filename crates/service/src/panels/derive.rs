//! Empanelment from the record: an active care team's practitioner, else the one with most visits,
//! else the default pool. Doing it again changes nothing.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::draft::FieldProblem;
use domain::empanelment::EmpanelmentSource;
use domain::id::{PatientId, PoolId, SiteId};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use store::db::Tx;
use store::empanelment::{self, Empanelment, Placed, Unplaced};
use store::pool;

/// Visits count for two years, the usual look-back of attribution, before the record's newest date.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);
/// Patients placed in one transaction.
const BATCH: i64 = 500;

/// How many patients were placed, and by what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    pub care_team: u64,
    pub most_visits: u64,
    pub default: u64,
}

impl Derived {
    pub fn total(&self) -> u64 {
        self.care_team + self.most_visits + self.default
    }
}

/// Where practitioners' and sites' patients go.
struct Pools {
    by_practitioner: HashMap<i64, PoolId>,
    by_site: HashMap<SiteId, PoolId>,
    default: PoolId,
}

impl Service {
    /// Gives every living patient without a row one that begins at `as_of`. `Invalid` (team missing)
    /// while there is no pool.
    pub async fn derive_panels(&self, ctx: &Ctx, as_of: Timestamp) -> Result<Derived, ServiceError> {
        let mut derived = Derived::default();
        let mut after = PatientId::ORGANISATION;
        loop {
            let batch = self.derive_batch(ctx, after, as_of).await?;
            let Some((last, placed)) = batch else { return Ok(derived) };
            after = last;
            derived.care_team += placed.care_team;
            derived.most_visits += placed.most_visits;
            derived.default += placed.default;
        }
    }

    /// Places the patients after `after`; `None` where there are none left.
    async fn derive_batch(
        &self,
        ctx: &Ctx,
        after: PatientId,
        as_of: Timestamp,
    ) -> Result<Option<(PatientId, Derived)>, ServiceError> {
        let act = self.act(ctx, AuditAction::DerivePanel);
        self.change(act, move |tx, act| {
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            let pools = pools(tx, as_of.max(act.now))?;
            let unplaced = empanelment::unplaced(tx, after, as_of, BATCH)?;
            let Some(last) = unplaced.last().map(|patient| patient.patient) else { return Ok(None) };
            let mut derived = Derived::default();
            for patient in &unplaced {
                let row = choose(tx, &pools, patient, as_of)?;
                if empanelment::insert(tx, &row)? != Placed::Added {
                    continue;
                }
                match row.source {
                    EmpanelmentSource::CareTeam => derived.care_team += 1,
                    EmpanelmentSource::MostVisits => derived.most_visits += 1,
                    _ => derived.default += 1,
                }
            }
            act.detail().count = i64::try_from(derived.total()).ok();
            Ok(Some((last, derived)))
        })
        .await
    }
}

fn pools(tx: &mut Tx<'_>, now: Timestamp) -> Result<Pools, ServiceError> {
    let none = || ServiceError::Invalid(vec![FieldProblem::TeamMissing]);
    Ok(Pools {
        by_practitioner: pool::of_practitioners(tx, now)?.into_iter().collect(),
        by_site: pool::of_sites(tx)?.into_iter().collect(),
        default: pool::default(tx)?.ok_or_else(none)?,
    })
}

fn choose(
    tx: &mut Tx<'_>,
    pools: &Pools,
    patient: &Unplaced,
    as_of: Timestamp,
) -> Result<Empanelment, ServiceError> {
    let until = patient.record_newest.map_or(as_of, |newest| newest.min(as_of));
    let from = until.checked_sub(LOOK_BACK).unwrap_or(Timestamp::MIN);
    let visits = empanelment::visits(tx, patient.patient, from, until)?;
    let team = empanelment::care_team(tx, patient.patient, until)?;
    let busiest = visits.iter().map(|visit| visit.practitioner).find(|seen| team.contains(seen));
    let known = team.iter().copied().find(|member| pools.by_practitioner.contains_key(member));
    let (practitioner, source) = match busiest.or(known).or(team.first().copied()) {
        Some(member) => (Some(member), EmpanelmentSource::CareTeam),
        None => match visits.first() {
            Some(most) => (Some(most.practitioner), EmpanelmentSource::MostVisits),
            None => (None, EmpanelmentSource::Default),
        },
    };
    let site = empanelment::last_site(tx, patient.patient, from, until)?.or(patient.site);
    let by_practitioner = practitioner.and_then(|known| pools.by_practitioner.get(&known));
    let by_site = site.and_then(|site| pools.by_site.get(&site));
    let pool = *by_practitioner.or(by_site).unwrap_or(&pools.default);
    Ok(Empanelment { patient: patient.patient, pool, practitioner, from: as_of, until: None, source })
}

//! What ties a member of staff to a patient: the facts of one access decision, read in the
//! transaction that does the work.

use crate::db::{StoreError, Tx};
use crate::params;
use domain::access::CareRelation;
use domain::actor::Actor;
use domain::id::PatientId;
use jiff::Timestamp;

/// Reads the ties between the actor (account, pools, practitioner) and the patient as they are at `now`.
pub fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    patient: PatientId,
    now: Timestamp,
) -> Result<CareRelation, StoreError> {
    let practitioner: Option<i64> = tx
        .query_opt("SELECT practitioner FROM account WHERE id = $1", params![actor.account], |row| {
            row.get(0)
        })?
        .flatten();
    let (last_encounter, record_newest) = encounters(tx, actor, patient, practitioner)?;
    Ok(CareRelation {
        is_empanelled: is_empanelled(tx, actor, (patient, practitioner), now)?,
        is_in_care_team: is_in_care_team(tx, (patient, practitioner), now)?,
        holds_thread: holds_thread(tx, actor, patient)?,
        last_encounter,
        record_newest,
        glass_broken_at: tx.query_one(
            "SELECT MAX(at) FROM break_glass WHERE patient_id = $1 AND account_id = $2",
            params![patient, actor.account],
            |row| row.get(0),
        )?,
    })
}

fn is_empanelled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (patient, practitioner): (PatientId, Option<i64>),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let current = tx.query(
        "SELECT pool_id, practitioner FROM empanelment
         WHERE patient_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)",
        params![patient, now],
        |row| Ok((row.get(0)?, row.get::<Option<i64>>(1)?)),
    )?;
    Ok(current.iter().any(|(pool, provider)| {
        actor.is_in_pool(*pool) || (practitioner.is_some() && *provider == practitioner)
    }))
}

fn is_in_care_team(
    tx: &mut Tx<'_>,
    (patient, practitioner): (PatientId, Option<i64>),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(practitioner) = practitioner else { return Ok(false) };
    let found = tx.query(
        "SELECT 1 FROM care_team_member
         WHERE patient_id = $1 AND practitioner = $2 AND (from_at IS NULL OR from_at <= $3)
           AND (until_at IS NULL OR until_at > $3) LIMIT 1",
        params![patient, practitioner, now],
        |row| row.get::<i64>(0),
    )?;
    Ok(!found.is_empty())
}

fn holds_thread(tx: &mut Tx<'_>, actor: &Actor, patient: PatientId) -> Result<bool, StoreError> {
    let pools =
        tx.query("SELECT DISTINCT pool_id FROM inbox WHERE patient_id = $1", params![patient], |row| {
            row.get(0)
        })?;
    Ok(pools.into_iter().any(|pool| actor.is_in_pool(pool)))
}

type Newest = (Option<Timestamp>, Option<Timestamp>);

/// The newest encounter with this practitioner or at a site of the actor's, and the record's own
/// newest date.
fn encounters(
    tx: &mut Tx<'_>,
    actor: &Actor,
    patient: PatientId,
    practitioner: Option<i64>,
) -> Result<Newest, StoreError> {
    let newest: Option<Timestamp> = tx
        .query_opt("SELECT record_newest_at FROM patient WHERE patient_id = $1", params![patient], |row| {
            row.get(0)
        })?
        .flatten();
    let mut last: Option<Timestamp> = None;
    if let Some(practitioner) = practitioner {
        last = tx.query_one(
            "SELECT MAX(at) FROM encounter WHERE patient_id = $1 AND practitioner = $2",
            params![patient, practitioner],
            |row| row.get(0),
        )?;
    }
    for site in actor.staff.iter().filter_map(|held| held.site) {
        let at_site: Option<Timestamp> = tx.query_one(
            "SELECT MAX(at) FROM encounter WHERE patient_id = $1 AND site_id = $2",
            params![patient, site],
            |row| row.get(0),
        )?;
        last = last.max(at_site);
    }
    Ok((last, newest))
}

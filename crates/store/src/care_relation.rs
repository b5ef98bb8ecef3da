//! What ties a member of staff to a patient: the facts of one access decision, read in the
//! transaction that does the work.

use crate::db::{StoreError, Tx, Value};
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
    let practitioner = practitioner_of(tx, actor)?;
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
        proxy: None,
    })
}

/// The blind token of the practitioner that the actor is in the record, if any.
fn practitioner_of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT practitioner FROM account WHERE id = $1";
    Ok(tx.query_opt(sql, params![actor.account], |row| row.get(0))?.flatten())
}

/// A condition on `t.patient_id` that every patient fulfils who is or was tied to the actor: it spares
/// a search most of the strangers. Whether a tie holds is decided by [`load`]. Its values are added to
/// `params`.
pub fn tied(tx: &mut Tx<'_>, actor: &Actor, params: &mut Vec<Value>) -> Result<String, StoreError> {
    let mut list = |values: Vec<Value>| {
        let mut places = Vec::with_capacity(values.len());
        for value in values {
            params.push(value);
            places.push(format!("${}", params.len()));
        }
        places.join(", ")
    };
    let row = |table: &str, filter: String| {
        format!("EXISTS (SELECT 1 FROM {table} o WHERE o.patient_id = t.patient_id AND {filter})")
    };
    let account = list(vec![actor.account.into()]);
    let mut ways = vec![row("break_glass", format!("o.account_id = {account}"))];
    if !actor.pools.is_empty() {
        let pools = list(actor.pools.iter().map(|pool| Value::from(*pool)).collect());
        ways.push(row("empanelment", format!("o.pool_id IN ({pools})")));
        ways.push(row("inbox", format!("o.pool_id IN ({pools})")));
    }
    if let Some(practitioner) = practitioner_of(tx, actor)? {
        let own = list(vec![practitioner.into()]);
        for table in ["empanelment", "care_team_member", "encounter"] {
            ways.push(row(table, format!("o.practitioner = {own}")));
        }
    }
    let sites: Vec<Value> = actor.staff.iter().filter_map(|held| held.site).map(Value::from).collect();
    if !sites.is_empty() {
        let sites = list(sites);
        ways.push(row("encounter", format!("o.site_id IN ({sites})")));
    }
    Ok(format!("({})", ways.join(" OR ")))
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

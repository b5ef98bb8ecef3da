//! Who is responsible for whom: dated rows in [from, until). A new row ends the one before it;
//! no row is overwritten.

use crate::db::{Row, StoreError, Tx};
use crate::params;
use domain::empanelment::EmpanelmentSource;
use domain::id::{PatientId, PoolId};
use jiff::Timestamp;

/// One row. The practitioner is a blind token ([`crate::account::practitioner_token`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Empanelment {
    pub patient: PatientId,
    pub pool: PoolId,
    pub practitioner: Option<i64>,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
    pub source: EmpanelmentSource,
}

/// What came of [`insert`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    Added,
    /// The same row stands already.
    Unchanged,
    /// Another row covers a part of this span, and does not end where this one begins.
    Overlaps,
}

const COLUMNS: &str = "patient_id, pool_id, practitioner, from_at, until_at, source";

fn read(row: &Row<'_>) -> Result<Empanelment, StoreError> {
    let source: String = row.get(5)?;
    Ok(Empanelment {
        patient: row.get(0)?,
        pool: row.get(1)?,
        practitioner: row.get(2)?,
        from: row.get(3)?,
        until: row.get(4)?,
        source: EmpanelmentSource::from_word(&source)
            .ok_or_else(|| StoreError::Corrupt("an empanelment's source".into()))?,
    })
}

/// All rows of a patient, oldest first.
pub fn of_patient(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<Empanelment>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM empanelment WHERE patient_id = $1 ORDER BY from_at");
    tx.query(&sql, params![patient], read)
}

/// The row that holds at this moment.
pub fn current(
    tx: &mut Tx<'_>,
    patient: PatientId,
    now: Timestamp,
) -> Result<Option<Empanelment>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM empanelment
         WHERE patient_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
         ORDER BY from_at DESC LIMIT 1"
    );
    tx.query_opt(&sql, params![patient, now], read)
}

/// Adds a row. One without an end lasts until the next known row begins; an earlier one without an
/// end is ended where this one begins.
pub fn insert(tx: &mut Tx<'_>, new: &Empanelment) -> Result<Placed, StoreError> {
    let known = of_patient(tx, new.patient)?;
    let next = known.iter().map(|row| row.from).find(|from| *from > new.from);
    let new = Empanelment { until: new.until.or(next), ..*new };
    if known.contains(&new) {
        return Ok(Placed::Unchanged);
    }
    let covers = |row: &Empanelment| row.from == new.from || row.until.is_some_and(|until| until > new.from);
    let runs_into_next = next.is_some_and(|next| new.until.is_none_or(|until| until > next));
    if runs_into_next || known.iter().any(|row| row.from <= new.from && covers(row)) {
        return Ok(Placed::Overlaps);
    }
    tx.execute(
        "UPDATE empanelment SET until_at = $2 WHERE patient_id = $1 AND until_at IS NULL AND from_at < $2",
        params![new.patient, new.from],
    )?;
    tx.execute(
        "INSERT INTO empanelment (patient_id, pool_id, practitioner, from_at, until_at, source)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![new.patient, new.pool, new.practitioner, new.from, new.until, new.source.word()],
    )?;
    Ok(Placed::Added)
}

/// A living patient without a row at this moment, and what the record says about whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unplaced {
    pub patient: PatientId,
    pub site: Option<domain::id::SiteId>,
    pub record_newest: Option<Timestamp>,
}

/// Living patients without a row at `now`, in id order after `after`, at most `limit`.
pub fn unplaced(
    tx: &mut Tx<'_>,
    after: PatientId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Unplaced>, StoreError> {
    tx.query(
        "SELECT p.patient_id, p.site_id, p.record_newest_at FROM patient p
         WHERE p.patient_id > $1 AND NOT p.is_deceased AND NOT EXISTS (
             SELECT 1 FROM empanelment e
             WHERE e.patient_id = p.patient_id AND (e.until_at IS NULL OR e.until_at > $2))
         ORDER BY p.patient_id LIMIT $3",
        params![after, now, limit],
        |row| Ok(Unplaced { patient: row.get(0)?, site: row.get(1)?, record_newest: row.get(2)? }),
    )
}

/// The practitioners of a patient's care teams that are active at `now`.
pub fn care_team(tx: &mut Tx<'_>, patient: PatientId, now: Timestamp) -> Result<Vec<i64>, StoreError> {
    tx.query(
        "SELECT DISTINCT practitioner FROM care_team_member
         WHERE patient_id = $1 AND (from_at IS NULL OR from_at <= $2) AND (until_at IS NULL OR until_at > $2)
         ORDER BY practitioner",
        params![patient, now],
        |row| row.get(0),
    )
}

/// Visits of one patient with one practitioner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visits {
    pub practitioner: i64,
    pub count: i64,
    pub last_at: Timestamp,
}

/// Visits in (from, until] per practitioner, most first, then the latest, then by token.
pub fn visits(
    tx: &mut Tx<'_>,
    patient: PatientId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Visits>, StoreError> {
    tx.query(
        "SELECT practitioner, COUNT(*), MAX(at) FROM encounter
         WHERE patient_id = $1 AND at > $2 AND at <= $3 AND practitioner IS NOT NULL
         GROUP BY practitioner ORDER BY 2 DESC, 3 DESC, 1",
        params![patient, from, until],
        |row| Ok(Visits { practitioner: row.get(0)?, count: row.get(1)?, last_at: row.get(2)? }),
    )
}

/// The site of the newest visit in (from, until].
pub fn last_site(
    tx: &mut Tx<'_>,
    patient: PatientId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Option<domain::id::SiteId>, StoreError> {
    tx.query_opt(
        "SELECT site_id FROM encounter
         WHERE patient_id = $1 AND at > $2 AND at <= $3 AND site_id IS NOT NULL
         ORDER BY at DESC, resource_id LIMIT 1",
        params![patient, from, until],
        |row| row.get(0),
    )
}

/// All rows of all patients, each patient's oldest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Empanelment>, StoreError> {
    tx.query(&format!("SELECT {COLUMNS} FROM empanelment ORDER BY patient_id, from_at"), &[], read)
}

/// Who was seen by which practitioner in [from, until), once for each visit.
pub fn all_visits(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(i64, PatientId)>, StoreError> {
    tx.query(
        "SELECT practitioner, patient_id FROM encounter
         WHERE at >= $1 AND at < $2 AND practitioner IS NOT NULL",
        params![from, until],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

//! Grants by which somebody acts for a patient: dated rows that end and are never overwritten.

use crate::db::{Row, StoreError, Tx};
use crate::ids::or_nil;
use crate::keys::DataKey;
use crate::params;
use crate::seal::{Dictionary, Place, open, seal};
use domain::id::{AccountId, PatientId};
use domain::proxy::{ProxyBasis, ProxyGrant, ProxyRelation, ProxyScope};
use jiff::Timestamp;

/// A grant with what stands beside its rules, the relation still sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredGrant {
    pub grant: ProxyGrant,
    pub relation: Vec<u8>,
    /// `None` for the operator.
    pub recorded_by: Option<AccountId>,
    pub recorded_at: Timestamp,
}

fn row_of(account: AccountId, from: Timestamp) -> Vec<u8> {
    [account.0.as_bytes().as_slice(), &from.as_microsecond().to_be_bytes()].concat()
}

/// Seals what the proxy is to the patient.
pub fn seal_relation(
    key: &DataKey,
    grant: &ProxyGrant,
    relation: ProxyRelation,
) -> Result<Vec<u8>, StoreError> {
    let row = row_of(grant.account, grant.from);
    let place = Place::of(grant.patient.0, "proxy_grant", &row, "relation");
    Ok(seal(key, place, Dictionary::Raw, relation.word().as_bytes())?)
}

/// What the proxy is to the patient.
pub fn open_relation(key: &DataKey, stored: &StoredGrant) -> Result<ProxyRelation, StoreError> {
    let row = row_of(stored.grant.account, stored.grant.from);
    let place = Place::of(stored.grant.patient.0, "proxy_grant", &row, "relation");
    let word = open(key, place, &stored.relation)?;
    let known = std::str::from_utf8(&word).ok().and_then(ProxyRelation::from_word);
    known.ok_or_else(|| StoreError::Corrupt("a proxy's relation".into()))
}

const COLUMNS: &str =
    "patient_id, account_id, from_at, until_at, ended_at, reads_record, uses_messages, basis,
    relation, recorded_by, recorded_at";

fn read(row: &Row<'_>) -> Result<StoredGrant, StoreError> {
    let basis: String = row.get(7)?;
    Ok(StoredGrant {
        grant: ProxyGrant {
            patient: row.get(0)?,
            account: row.get(1)?,
            from: row.get(2)?,
            until: row.get(3)?,
            ended_at: row.get(4)?,
            scope: ProxyScope { record: row.get(5)?, messages: row.get(6)? },
            basis: ProxyBasis::from_word(&basis)
                .ok_or_else(|| StoreError::Corrupt("a proxy's basis".into()))?,
        },
        relation: row.get(8)?,
        recorded_by: crate::ids::not_nil(row.get(9)?).map(AccountId),
        recorded_at: row.get(10)?,
    })
}

/// Adds a grant.
pub fn insert(tx: &mut Tx<'_>, stored: &StoredGrant) -> Result<(), StoreError> {
    let grant = &stored.grant;
    tx.execute(
        "INSERT INTO proxy_grant (patient_id, account_id, from_at, until_at, reads_record, uses_messages, basis,
            relation, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            grant.patient,
            grant.account,
            grant.from,
            grant.until,
            grant.scope.record,
            grant.scope.messages,
            grant.basis.word(),
            stored.relation.clone(),
            or_nil(stored.recorded_by.map(|account| account.0)),
            stored.recorded_at
        ],
    )?;
    Ok(())
}

/// The newest grant of this account for this patient that holds now.
pub fn current(
    tx: &mut Tx<'_>,
    (patient, account): (PatientId, AccountId),
    now: Timestamp,
) -> Result<Option<ProxyGrant>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM proxy_grant WHERE patient_id = $1 AND account_id = $2 ORDER BY from_at DESC"
    );
    let all = tx.query(&sql, params![patient, account], read)?;
    Ok(all.into_iter().map(|stored| stored.grant).find(|grant| grant.holds(now)))
}

/// All grants for a patient, the newest first, ended ones too.
pub fn of_patient(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<StoredGrant>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM proxy_grant WHERE patient_id = $1 ORDER BY from_at DESC, account_id");
    tx.query(&sql, params![patient], read)
}

/// The patients for whom this account may act now, by their ids.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<Vec<PatientId>, StoreError> {
    tx.query(
        "SELECT DISTINCT patient_id FROM proxy_grant
         WHERE account_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
           AND (ended_at IS NULL OR ended_at > $2) ORDER BY patient_id",
        params![account, now],
        |row| row.get(0),
    )
}

/// Ends every grant of an account for a patient that has not ended; how many there were.
pub fn end(
    tx: &mut Tx<'_>,
    (patient, account): (PatientId, AccountId),
    (now, by): (Timestamp, AccountId),
) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE proxy_grant SET ended_at = $3, ended_by = $4
         WHERE patient_id = $1 AND account_id = $2 AND ended_at IS NULL AND (until_at IS NULL OR until_at > $3)",
        params![patient, account, now, by],
    )
}

//! Pools: care teams' shared inboxes, and who is in them since when.

use crate::db::{Row, StoreError, Tx};
use crate::params;
use domain::calendar::Calendar;
use domain::id::{AccountId, PoolId, SiteId};
use domain::language::Label;
use domain::pool::Pool;
use jiff::Timestamp;
use jiff::tz::TimeZone;

const COLUMNS: &str = "id, site_id, label_en, label_es, readers_en, readers_es, time_zone, hours, holidays,
                       answer_within_minutes, is_active";

fn read(row: &Row<'_>) -> Result<Pool, StoreError> {
    let (zone, hours, holidays): (String, String, String) = (row.get(6)?, row.get(7)?, row.get(8)?);
    let damaged = || StoreError::Corrupt("a pool's calendar".into());
    Ok(Pool {
        id: row.get(0)?,
        site: row.get(1)?,
        label: Label { en: row.get(2)?, es: row.get(3)? },
        readers: Label { en: row.get(4)?, es: row.get(5)? },
        calendar: Calendar {
            zone: TimeZone::get(&zone).map_err(|_| damaged())?,
            hours: serde_json::from_str(&hours).map_err(|_| damaged())?,
            holidays: serde_json::from_str(&holidays).map_err(|_| damaged())?,
        },
        answer_within_minutes: row.get(9)?,
        is_active: row.get(10)?,
    })
}

/// Adds a pool; `Invalid` where its zone has no IANA name.
pub fn insert(tx: &mut Tx<'_>, pool: &Pool, now: Timestamp) -> Result<(), StoreError> {
    let calendar = &pool.calendar;
    let zone =
        calendar.zone.iana_name().ok_or_else(|| StoreError::Invalid("a zone without a name".into()))?;
    let (hours, holidays) = written(calendar)?;
    tx.execute(
        "INSERT INTO pool (id, site_id, label_en, label_es, readers_en, readers_es, time_zone, hours, holidays,
                           answer_within_minutes, is_default, is_active, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, FALSE, $11, $12)",
        params![
            pool.id,
            pool.site,
            &pool.label.en,
            &pool.label.es,
            &pool.readers.en,
            &pool.readers.es,
            zone,
            hours,
            holidays,
            pool.answer_within_minutes,
            pool.is_active,
            now
        ],
    )?;
    Ok(())
}

/// The pool of this id, active or not.
pub fn load(tx: &mut Tx<'_>, id: PoolId) -> Result<Option<Pool>, StoreError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM pool WHERE id = $1"), params![id], read)
}

/// The same, locked until the transaction ends, for whoever changes it.
pub fn lock(tx: &mut Tx<'_>, id: PoolId) -> Result<Option<Pool>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM pool WHERE id = $1{}", tx.for_update());
    tx.query_opt(&sql, params![id], read)
}

/// Keeps a pool's hours and holidays; its zone stays.
pub fn set_calendar(tx: &mut Tx<'_>, id: PoolId, calendar: &Calendar) -> Result<(), StoreError> {
    let (hours, holidays) = written(calendar)?;
    tx.execute("UPDATE pool SET hours = $2, holidays = $3 WHERE id = $1", params![id, hours, holidays])?;
    Ok(())
}

/// Hours and holidays as their columns hold them.
fn written(calendar: &Calendar) -> Result<(String, String), StoreError> {
    let json = |_| StoreError::Internal("a pool's calendar".into());
    let hours = serde_json::to_string(&calendar.hours).map_err(json)?;
    Ok((hours, serde_json::to_string(&calendar.holidays).map_err(json)?))
}

/// All active pools, by English label.
pub fn active(tx: &mut Tx<'_>) -> Result<Vec<Pool>, StoreError> {
    tx.query(&format!("SELECT {COLUMNS} FROM pool WHERE is_active ORDER BY label_en, id"), &[], read)
}

/// All pools, those that are no longer used too, by age.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Pool>, StoreError> {
    tx.query(&format!("SELECT {COLUMNS} FROM pool ORDER BY created_at, id"), &[], read)
}

/// The active pool with this English label; `None` where there is none or more than one.
pub fn by_label(tx: &mut Tx<'_>, label_en: &str) -> Result<Option<Pool>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM pool WHERE label_en = $1 AND is_active ORDER BY id LIMIT 2");
    let mut found = tx.query(&sql, params![label_en], read)?;
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// The pool of patients for whom nothing else is known.
pub fn default(tx: &mut Tx<'_>) -> Result<Option<PoolId>, StoreError> {
    let sql = "SELECT id FROM pool WHERE is_default AND is_active ORDER BY created_at, id LIMIT 1";
    tx.query_opt(sql, &[], |row| row.get(0))
}

/// Makes this pool the default one, and no other.
pub fn set_default(tx: &mut Tx<'_>, id: PoolId) -> Result<(), StoreError> {
    tx.execute("UPDATE pool SET is_default = (id = $1)", params![id])?;
    Ok(())
}

/// For each site, its oldest active pool, a default one first: where its patients go.
pub fn of_sites(tx: &mut Tx<'_>) -> Result<Vec<(SiteId, PoolId)>, StoreError> {
    let mut pools: Vec<(SiteId, PoolId)> = tx.query(
        "SELECT site_id, id FROM pool WHERE is_active ORDER BY is_default DESC, created_at, id",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut seen = std::collections::HashSet::new();
    pools.retain(|(site, _)| seen.insert(*site));
    Ok(pools)
}

/// For each practitioner with an account in a pool at this moment, the oldest such membership.
pub fn of_practitioners(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<(i64, PoolId)>, StoreError> {
    let mut pools: Vec<(i64, PoolId)> = tx.query(
        "SELECT a.practitioner, m.pool_id FROM pool_member m
         JOIN account a ON a.id = m.account_id JOIN pool p ON p.id = m.pool_id
         WHERE a.practitioner IS NOT NULL AND p.is_active
           AND m.from_at <= $1 AND (m.until_at IS NULL OR m.until_at > $1)
         ORDER BY m.from_at, m.pool_id",
        params![now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut seen = std::collections::HashSet::new();
    pools.retain(|(practitioner, _)| seen.insert(*practitioner));
    Ok(pools)
}

/// Takes an account in from now on; false where it is in already.
pub fn add_member(
    tx: &mut Tx<'_>,
    pool: PoolId,
    account: AccountId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if of_account(tx, account, now)?.contains(&pool) {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO pool_member (pool_id, account_id, from_at) VALUES ($1, $2, $3)",
        params![pool, account, now],
    )?;
    Ok(true)
}

/// Ends a membership; false where there is none.
pub fn end_member(
    tx: &mut Tx<'_>,
    pool: PoolId,
    account: AccountId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let ended = tx.execute(
        "UPDATE pool_member SET until_at = $3
         WHERE pool_id = $1 AND account_id = $2 AND (until_at IS NULL OR until_at > $3)",
        params![pool, account, now],
    )?;
    Ok(ended > 0)
}

/// The pools that an account is in at this moment.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<Vec<PoolId>, StoreError> {
    tx.query(
        "SELECT m.pool_id FROM pool_member m JOIN pool p ON p.id = m.pool_id
         WHERE m.account_id = $1 AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2) AND p.is_active
         ORDER BY p.label_en, m.pool_id",
        params![account, now],
        |row| row.get(0),
    )
}

/// Marks a member as lead, or takes the mark away; false where the account is no member.
pub fn set_lead(
    tx: &mut Tx<'_>,
    (pool, account): (PoolId, AccountId),
    is_lead: bool,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let marked = tx.execute(
        "UPDATE pool_member SET is_lead = $3
         WHERE pool_id = $1 AND account_id = $2 AND from_at <= $4 AND (until_at IS NULL OR until_at > $4)",
        params![pool, account, is_lead, now],
    )?;
    Ok(marked > 0)
}

/// The pools that an account leads at this moment.
pub fn led_by(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<Vec<PoolId>, StoreError> {
    tx.query(
        "SELECT m.pool_id FROM pool_member m JOIN pool p ON p.id = m.pool_id
         WHERE m.account_id = $1 AND m.is_lead AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)
           AND p.is_active
         ORDER BY p.label_en, m.pool_id",
        params![account, now],
        |row| row.get(0),
    )
}

/// The accounts in a pool at this moment that may still sign in.
pub fn members(tx: &mut Tx<'_>, pool: PoolId, now: Timestamp) -> Result<Vec<AccountId>, StoreError> {
    tx.query(
        "SELECT m.account_id FROM pool_member m JOIN account a ON a.id = m.account_id
         WHERE m.pool_id = $1 AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)
           AND a.deactivated_at IS NULL
         ORDER BY m.account_id",
        params![pool, now],
        |row| row.get(0),
    )
}

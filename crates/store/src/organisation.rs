//! The organisation: the one row that says whose server this is.

use crate::db::{StoreError, Tx};
use crate::params;
use jiff::Timestamp;

/// The organisation's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub created_at: Timestamp,
    /// A store of made-up people; a server for real ones refuses it.
    pub is_demo: bool,
    pub name: String,
    /// Shown on every patient page.
    pub phone: String,
    /// IANA time zone.
    pub time_zone: String,
    /// When the operator confirmed that the root key was copied elsewhere.
    pub keys_copied_at: Option<Timestamp>,
}

const ONLY: i64 = 1;

/// The organisation; `None` in a database that was only migrated.
pub fn load(tx: &mut Tx<'_>) -> Result<Option<Organisation>, StoreError> {
    tx.query_opt(
        "SELECT created_at, is_demo, name, phone, time_zone, keys_copied_at FROM organisation WHERE id = $1",
        params![ONLY],
        |row| {
            Ok(Organisation {
                created_at: row.get(0)?,
                is_demo: row.get(1)?,
                name: row.get(2)?,
                phone: row.get(3)?,
                time_zone: row.get(4)?,
                keys_copied_at: row.get(5)?,
            })
        },
    )
}

/// Adds the organisation; false where there is one.
pub fn insert(tx: &mut Tx<'_>, organisation: &Organisation) -> Result<bool, StoreError> {
    let added = tx.execute(
        "INSERT INTO organisation (id, created_at, is_demo, name, phone, time_zone)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
        params![
            ONLY,
            organisation.created_at,
            organisation.is_demo,
            &organisation.name,
            &organisation.phone,
            &organisation.time_zone
        ],
    )?;
    Ok(added == 1)
}

/// Changes name, telephone and zone.
pub fn update(tx: &mut Tx<'_>, name: &str, phone: &str, time_zone: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE organisation SET name = $2, phone = $3, time_zone = $4 WHERE id = $1",
        params![ONLY, name, phone, time_zone],
    )?;
    Ok(())
}

/// Keeps that the root key was copied elsewhere.
pub fn confirm_key_copy(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE organisation SET keys_copied_at = $2 WHERE id = $1", params![ONLY, now])?;
    Ok(())
}

//! Which staff roles an account holds, where and from when until when: dated, never overwritten.

use crate::db::{StoreError, Tx};
use crate::ids::{not_nil, or_nil};
use crate::params;
use domain::actor::{Role, StaffRole};
use domain::id::{AccountId, SiteId};
use jiff::Timestamp;

/// Gives a role from now on; nothing changes where the account holds it there already.
pub fn grant(
    tx: &mut Tx<'_>,
    account: AccountId,
    held: &StaffRole,
    now: Timestamp,
) -> Result<(), StoreError> {
    if current(tx, account, now)?.iter().any(|known| known.role == held.role && known.site == held.site) {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO staff_role (account_id, role, site_id, specialty, from_at) VALUES ($1, $2, $3, $4, $5)",
        params![
            account,
            held.role.word(),
            or_nil(held.site.map(|site| site.0)),
            held.specialty.as_deref(),
            now
        ],
    )?;
    Ok(())
}

/// Ends a role everywhere.
pub fn end(tx: &mut Tx<'_>, account: AccountId, role: Role, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE staff_role SET until_at = $3
         WHERE account_id = $1 AND role = $2 AND (until_at IS NULL OR until_at > $3)",
        params![account, role.word(), now],
    )
}

/// The roles held at this moment, the most clinical first.
pub fn current(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<Vec<StaffRole>, StoreError> {
    let mut roles = tx.query(
        "SELECT role, site_id, specialty FROM staff_role
         WHERE account_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)",
        params![account, now],
        |row| {
            let word: String = row.get(0)?;
            let role = Role::from_word(&word).ok_or_else(|| StoreError::Corrupt("a staff role".into()))?;
            Ok(StaffRole { role, site: not_nil(row.get(1)?).map(SiteId), specialty: row.get(2)? })
        },
    )?;
    roles.sort_by_key(|held| (held.role, held.site));
    Ok(roles)
}

//! Failed sign-ins, counted per blind token of a name, an address, or both, whether or not an account
//! has that name.

use crate::blind::BlindIndex;
use crate::db::{StoreError, Tx};
use crate::params;
use domain::sign_in::Failures;
use jiff::Timestamp;

/// The token of an address in this table. A name's is [`crate::account::sign_in_token`].
pub fn address_token(blind: &BlindIndex, address: &str) -> i64 {
    blind.token("sign-in.address", &[address])
}

/// The token of a name at an address.
pub fn pair_token(blind: &BlindIndex, name: i64, address: &str) -> i64 {
    blind.token("sign-in.pair", &[&name.to_string(), address])
}

/// The failures of a token, its row locked, so that tries made at once are counted one by one.
pub fn lock(tx: &mut Tx<'_>, token: i64) -> Result<Failures, StoreError> {
    tx.execute(
        "INSERT INTO sign_in_failure (token, failures, last_at) VALUES ($1, 0, 0) ON CONFLICT (token) DO NOTHING",
        params![token],
    )?;
    let sql = format!("SELECT failures, last_at FROM sign_in_failure WHERE token = $1{}", tx.for_update());
    tx.query_one(&sql, params![token], |row| Ok(Failures { count: row.get(0)?, last_at: Some(row.get(1)?) }))
}

/// Keeps the failures of a token.
pub fn store(tx: &mut Tx<'_>, token: i64, failures: Failures) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sign_in_failure (token, failures, last_at) VALUES ($1, $2, $3)
         ON CONFLICT (token) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
        params![token, failures.count, failures.last_at.unwrap_or(Timestamp::UNIX_EPOCH)],
    )?;
    Ok(())
}

/// Takes one try back that was counted before its outcome was known.
pub fn take_back(tx: &mut Tx<'_>, token: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE sign_in_failure SET failures = failures - 1 WHERE token = $1 AND failures > 0",
        params![token],
    )?;
    Ok(())
}

/// Forgets a token's failures.
pub fn forget(tx: &mut Tx<'_>, token: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sign_in_failure WHERE token = $1", params![token])?;
    Ok(())
}

/// Forgets what is older than `before`, so that the table stays small.
pub fn forget_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM sign_in_failure WHERE last_at < $1", params![before])
}

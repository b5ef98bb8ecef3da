//! Sessions: a browser that has signed in at one door. The table holds the token's hash only.

use crate::db::{Row, StoreError, Tx};
use crate::params;
use domain::actor::Door;
use domain::id::{AccountId, SessionId};
use jiff::Timestamp;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub account: AccountId,
    pub door: Door,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// Adds a session under its token's hash.
pub fn insert(tx: &mut Tx<'_>, token_hash: &[u8; 32], session: &Session) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO session (token_hash, id, account_id, door, created_at, last_used_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            token_hash,
            session.id,
            session.account,
            session.door.word(),
            session.created_at,
            session.last_used_at
        ],
    )?;
    Ok(())
}

const COLUMNS: &str = "id, account_id, door, created_at, last_used_at, revoked_at";

fn read(row: &Row<'_>) -> Result<Session, StoreError> {
    let door: String = row.get(2)?;
    Ok(Session {
        id: row.get(0)?,
        account: row.get(1)?,
        door: Door::from_word(&door).ok_or_else(|| StoreError::Corrupt("a session's door".into()))?,
        created_at: row.get(3)?,
        last_used_at: row.get(4)?,
        revoked_at: row.get(5)?,
    })
}

/// The session of a token's hash, over or not.
pub fn by_token(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM session WHERE token_hash = $1"), params![token_hash], read)
}

/// An account's sessions, newest first, at most 50.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Session>, StoreError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM session WHERE account_id = $1 AND revoked_at IS NULL
             ORDER BY created_at DESC LIMIT 50"
        ),
        params![account],
        read,
    )
}

/// When an account last signed in at a door, whatever became of that session.
pub fn last_sign_in(
    tx: &mut Tx<'_>,
    account: AccountId,
    door: Door,
) -> Result<Option<Timestamp>, StoreError> {
    tx.query_opt(
        "SELECT created_at FROM session WHERE account_id = $1 AND door = $2 ORDER BY created_at DESC LIMIT 1",
        params![account, door.word()],
        |row| row.get(0),
    )
}

/// Moves the idle limit; a session that was revoked meanwhile stays revoked.
pub fn touch(tx: &mut Tx<'_>, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE session SET last_used_at = $2 WHERE id = $1 AND revoked_at IS NULL AND last_used_at < $2",
        params![id, now],
    )?;
    Ok(())
}

/// Ends one session of this account; false where it has no such live session.
pub fn revoke(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let ended = tx.execute(
        "UPDATE session SET revoked_at = $3 WHERE id = $2 AND account_id = $1 AND revoked_at IS NULL",
        params![account, id, now],
    )?;
    Ok(ended == 1)
}

/// Ends every session of this account but one; how many there were.
pub fn revoke_others(
    tx: &mut Tx<'_>,
    account: AccountId,
    but: SessionId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE session SET revoked_at = $3 WHERE account_id = $1 AND id <> $2 AND revoked_at IS NULL",
        params![account, but, now],
    )
}

/// Ends every session of this account, as after a new password.
pub fn revoke_all(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE session SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL",
        params![account, now],
    )
}

//! One run of a piece of work over an open transaction, alike on both engines.

use crate::db::tx::Tx;
use crate::error::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the work; a panic and a passed-over failed statement both become errors, so that `Ok`
/// means "may be committed".
pub(crate) fn attempt<T, E, F>(work: F, tx: &mut Tx<'_>) -> Result<T, E>
where
    E: From<StoreError>,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
{
    // The transaction is rolled back after a panic, so nothing half-done is seen.
    let outcome = catch_unwind(AssertUnwindSafe(|| work(tx)));
    let value = outcome.unwrap_or_else(|_| Err(E::from(StoreError::Internal("the work panicked".into()))))?;
    match tx.is_aborted() {
        false => Ok(value),
        true => Err(E::from(StoreError::Internal("a failed statement was passed over".into()))),
    }
}

//! Everybody's covariates, read page by page.

use crate::error::ServiceError;
use domain::covariate::Covariates;
use domain::id::PatientId;
use store::covariate;
use store::db::Tx;
use store::vault::Vault;

/// Rows read at a time.
const PAGE: i64 = 2_000;

/// All charts in the order of their ids.
pub fn all(tx: &mut Tx<'_>, vault: &Vault) -> Result<Vec<(PatientId, Covariates)>, ServiceError> {
    all_told(tx, vault, &|_| {})
}

/// The same; `told` hears after each page how many were read.
pub fn all_told(
    tx: &mut Tx<'_>,
    vault: &Vault,
    told: &dyn Fn(usize),
) -> Result<Vec<(PatientId, Covariates)>, ServiceError> {
    let mut people = Vec::new();
    let mut after = PatientId::ORGANISATION;
    loop {
        let page = covariate::after(tx, vault, after, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(people) };
        after = *last;
        people.extend(page);
        told(people.len());
    }
}

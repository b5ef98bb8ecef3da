//! A site's table of areas for studies: how deprived an area is and how far it lies from the clinic.

use crate::db::{StoreError, Tx};
use crate::params;
use domain::covariate::AreaFacts;
use std::collections::HashMap;

/// Puts these areas in the place of all that were there.
pub fn replace(tx: &mut Tx<'_>, areas: &[(String, AreaFacts)]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM study_area", &[])?;
    let rows: Vec<_> = areas
        .iter()
        .map(|(area, facts)| params![area.clone(), facts.deprivation.clone(), facts.distance_km].to_vec())
        .collect();
    tx.insert_many("study_area", &["area", "deprivation", "distance_km"], &rows)?;
    Ok(())
}

/// All areas.
pub fn all(tx: &mut Tx<'_>) -> Result<HashMap<String, AreaFacts>, StoreError> {
    let read = tx.query("SELECT area, deprivation, distance_km FROM study_area", &[], |row| {
        Ok((row.get(0)?, AreaFacts { deprivation: row.get(1)?, distance_km: row.get(2)? }))
    })?;
    Ok(read.into_iter().collect())
}

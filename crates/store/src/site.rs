//! Places of care.

use crate::db::{Row, StoreError, Tx};
use crate::params;
use domain::id::SiteId;
use domain::organisation::Site;

const COLUMNS: &str = "id, name, time_zone, phone, go_live_at";

fn read(row: &Row<'_>) -> Result<Site, StoreError> {
    Ok(Site {
        id: row.get(0)?,
        name: row.get(1)?,
        time_zone: row.get(2)?,
        phone: row.get(3)?,
        go_live: row.get(4)?,
    })
}

/// Adds a site.
pub fn insert(tx: &mut Tx<'_>, site: &Site) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO site (id, name, time_zone, phone, go_live_at) VALUES ($1, $2, $3, $4, $5)",
        params![site.id, &site.name, &site.time_zone, &site.phone, site.go_live],
    )?;
    Ok(())
}

/// The site of this id.
pub fn load(tx: &mut Tx<'_>, id: SiteId) -> Result<Option<Site>, StoreError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM site WHERE id = $1"), params![id], read)
}

/// All sites, by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Site>, StoreError> {
    tx.query(&format!("SELECT {COLUMNS} FROM site ORDER BY name, id"), &[], read)
}

//! Published figures as they are kept: JSON with the version of the list of groups.

use super::groups::VERSION;
use crate::error::ServiceError;
use serde::{Deserialize, Serialize};
use study::disclosure::{Counts, Published};

type Cell = Option<(u64, u64)>;

#[derive(Serialize, Deserialize)]
struct Stored {
    groups: u32,
    total: Cell,
    by: Vec<Vec<Cell>>,
}

pub fn write(published: &Published) -> Result<String, ServiceError> {
    let cell = |counts: &Option<Counts>| counts.map(|counts| (counts.n, counts.events));
    let levels = |levels: &Vec<Option<Counts>>| levels.iter().map(cell).collect();
    let stored = Stored {
        groups: VERSION,
        total: cell(&published.total),
        by: published.by.iter().map(levels).collect(),
    };
    serde_json::to_string(&stored).map_err(|_| ServiceError::Internal("published figures".into()))
}

pub fn read(text: &str) -> Result<Published, ServiceError> {
    let stored: Stored =
        serde_json::from_str(text).map_err(|_| ServiceError::Internal("published figures".into()))?;
    let counts = |cell: Cell| cell.map(|(n, events)| Counts { n, events });
    let levels = |levels: Vec<Cell>| levels.into_iter().map(counts).collect();
    let by = if stored.groups == VERSION { stored.by } else { Vec::new() };
    Ok(Published { total: counts(stored.total), by: by.into_iter().map(levels).collect() })
}

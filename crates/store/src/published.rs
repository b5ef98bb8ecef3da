//! Figures of published grade, as they were decided for a board and a period. Rule: a decision is kept;
//! deciding again about later data would tell what came in between.

use crate::db::{StoreError, Tx};
use crate::params;
use jiff::Timestamp;

/// A board's figures of one period, [from, until).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedTable {
    pub from: Timestamp,
    pub until: Timestamp,
    /// The board's own text of them.
    pub figures: String,
}

/// All decisions of a board, oldest period first, the shorter before the longer that ends with it.
pub fn of_board(tx: &mut Tx<'_>, board: &str) -> Result<Vec<PublishedTable>, StoreError> {
    tx.query(
        "SELECT from_at, until_at, figures FROM published_table WHERE board = $1 ORDER BY until_at, from_at DESC",
        params![board],
        |row| Ok(PublishedTable { from: row.get(0)?, until: row.get(1)?, figures: row.get(2)? }),
    )
}

/// Keeps a decision, unless the period was decided before.
pub fn keep(tx: &mut Tx<'_>, board: &str, table: &PublishedTable, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO published_table (board, from_at, until_at, decided_at, figures)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (board, from_at, until_at) DO NOTHING",
        params![board, table.from, table.until, now, &table.figures],
    )?;
    Ok(())
}

//! The inboxes' counters against a recount.

use super::run::Checker;
use crate::db::{StoreError, Tx};
use crate::ids::or_nil;
use domain::id::{AccountId, PoolId};

const NAMED: usize = 100;

impl Checker<'_> {
    pub(super) fn inbox_counts(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT pool_id, state, owner_id, CAST(SUM(counter) AS BIGINT), CAST(SUM(there) AS BIGINT)
             FROM (SELECT pool_id, state, owner_id, threads AS counter, 0 AS there FROM inbox_count
                   UNION ALL
                   SELECT pool_id, state, COALESCE(owner_id, $1), 0, COUNT(*) FROM inbox GROUP BY 1, 2, 3) both_counts
             GROUP BY pool_id, state, owner_id HAVING SUM(counter) <> SUM(there)
             ORDER BY pool_id, state, owner_id LIMIT {NAMED}"
        );
        let wrong: Vec<(PoolId, String, AccountId, i64, i64)> = tx.query(&sql, &[or_nil(None)], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        for (pool, state, owner, counter, there) in wrong {
            let row = format!("pool {pool}, {state}, owner {owner}");
            let what = format!("it counts {counter} threads, there are {there}");
            self.report.fault("inbox_count", None, row, what);
        }
        Ok(())
    }
}

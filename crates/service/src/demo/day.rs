//! The day at the made-up clinic in numbers, for its first page. Counts only, so that it may be shown
//! before anybody has signed in.

use crate::error::ServiceError;
use crate::service::Service;
use domain::id::AccountId;
use domain::inbox::View;
use domain::language::Label;
use store::db::Tx;

/// How the clinic stands now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoDay {
    pub patients: i64,
    pub sites: i64,
    /// Accounts of staff.
    pub staff: i64,
    /// The pool in which the tour works, as patients read it.
    pub pool: Option<Label>,
    /// Threads that wait in that pool, and how many of them too long.
    pub open: i64,
    pub overdue: i64,
}

impl Service {
    /// Counts the day.
    pub async fn demo_day(&self) -> Result<DemoDay, ServiceError> {
        self.only_in_a_demo().await?;
        let now = self.now();
        let counted = self.store.db.read(move |tx| {
            let count = |tx: &mut Tx<'_>, sql: &str| tx.query_one(sql, &[], |row| row.get::<i64>(0));
            let mut day = DemoDay {
                patients: count(tx, "SELECT COUNT(*) FROM patient")?,
                sites: count(tx, "SELECT COUNT(*) FROM site")?,
                staff: count(tx, "SELECT COUNT(*) FROM account WHERE own_patient_id IS NULL")?,
                ..DemoDay::default()
            };
            if let Some(pool) = store::pool::default(tx)? {
                let nobody = AccountId(uuid::Uuid::nil());
                day.pool = store::pool::load(tx, pool)?.map(|pool| pool.label);
                day.open = store::inbox::count_of(tx, (pool, View::ToDo), nobody, now)?;
                day.overdue = store::inbox::count_of(tx, (pool, View::Overdue), nobody, now)?;
            }
            Ok::<_, ServiceError>(day)
        });
        counted.await
    }
}

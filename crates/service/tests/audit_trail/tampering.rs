//! Trying a change: made, checked and undone in one transaction, so that each starts from a whole store.

use crate::world::World;
use store::StoreError;
use store::check::{Checker, Report};
use store::db::{Tx, Value};

/// The way out of a transaction that must not commit.
enum Undone {
    Checked(Report),
    Failed(StoreError),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Undone {
        Undone::Failed(error)
    }
}

impl World {
    /// What a check says after this change; the change itself is undone.
    pub async fn tampered(
        &self,
        change: impl Fn(&mut Tx<'_>) -> Result<(), StoreError> + Send + Sync + 'static,
    ) -> Report {
        let vault = self.service().store.vault.clone();
        let tried = self.service().store.db.write(move |tx| {
            change(tx)?;
            let mut checker = Checker::new(&vault, service::checks::read_resource, &|_| {});
            checker.database(tx)?;
            Err::<(), Undone>(Undone::Checked(checker.finish()))
        });
        match tried.await {
            Err(Undone::Checked(report)) => report,
            Err(Undone::Failed(error)) => panic!("the change could not be tried: {error}"),
            Ok(()) => panic!("the change was kept"),
        }
    }

    /// Makes the change, which must alter rows, and expects a fault that has all of these words.
    pub async fn is_caught(&self, sql: &str, params: &[Value], words: &[&str]) {
        let (text, values) = (sql.to_owned(), params.to_vec());
        let report = self
            .tampered(move |tx| {
                for statement in text.split(';') {
                    let used = statement.matches('$').count().min(values.len());
                    assert!(tx.execute(statement, &values[..used])? > 0, "nothing was changed: {statement}");
                }
                Ok(())
            })
            .await;
        expect(&report, words, sql);
    }
}

/// One of the faults has all of the words.
pub fn expect(report: &Report, words: &[&str], change: &str) {
    let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    let is_named = faults.iter().any(|fault| words.iter().all(|word| fault.contains(word)));
    assert!(is_named, "{change}\nexpected {words:?}, found {faults:#?}");
}

//! How the made-up clinic's story finds what it names: topics, reasons, chart items, patients; and
//! when somebody last did something.

use crate::error::ServiceError;
use crate::service::Service;
use domain::chart_item::ChartItem;
use domain::id::{CloseReasonId, PatientId, TopicId};
use jiff::Timestamp;
use store::{close_reason, organisation, resource_directory, topic};

/// The organisation's lists by their stable words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoWords {
    pub topics: Vec<(String, TopicId)>,
    pub close_reasons: Vec<(String, CloseReasonId)>,
}

impl DemoWords {
    pub fn topic(&self, word: &str) -> Option<TopicId> {
        self.topics.iter().find(|(known, _)| known == word).map(|(_, id)| *id)
    }

    pub fn close_reason(&self, word: &str) -> Option<CloseReasonId> {
        self.close_reasons.iter().find(|(known, _)| known == word).map(|(_, id)| *id)
    }
}

impl Service {
    /// Topics and close reasons.
    pub async fn demo_words(&self) -> Result<DemoWords, ServiceError> {
        self.only_in_a_demo().await?;
        let words = self.store.db.read(|tx| {
            let topics = topic::active(tx)?.into_iter().map(|topic| (topic.word, topic.id)).collect();
            let reasons =
                close_reason::active(tx)?.into_iter().map(|reason| (reason.word, reason.id)).collect();
            Ok::<_, ServiceError>(DemoWords { topics, close_reasons: reasons })
        });
        words.await
    }

    /// The stored resource of a foreign id, as messages point to it.
    pub async fn demo_item(
        &self,
        source: &'static str,
        resource_type: &'static str,
        foreign_id: String,
    ) -> Result<Option<ChartItem>, ServiceError> {
        self.only_in_a_demo().await?;
        let vault = self.store.vault.clone();
        let found = self.store.db.read(move |tx| {
            let blind = vault.organisation().blind();
            let mut found = resource_directory::find(tx, blind, source, resource_type, &[&foreign_id])?;
            Ok::<_, ServiceError>(found.remove(&foreign_id))
        });
        Ok(found.await?.and_then(|entry| {
            let version = entry.stored?.version;
            Some(ChartItem { resource_type: resource_type.to_owned(), resource: entry.resource, version })
        }))
    }

    /// The patients of these foreign ids, in their order; `None` for those who did not come.
    pub async fn demo_patients(
        &self,
        source: &'static str,
        ids: Vec<String>,
    ) -> Result<Vec<Option<PatientId>>, ServiceError> {
        self.only_in_a_demo().await?;
        let vault = self.store.vault.clone();
        let finding = self.store.db.read(move |tx| {
            let names: Vec<&str> = ids.iter().map(String::as_str).collect();
            let blind = vault.organisation().blind();
            let found = resource_directory::find(tx, blind, source, "Patient", &names)?;
            let patient = |id: &String| found.get(id).map(|entry| entry.patient);
            Ok::<_, ServiceError>(ids.iter().map(patient).collect())
        });
        finding.await
    }

    /// When somebody last did something here; `None` in an empty store.
    pub async fn demo_last_activity(&self) -> Result<Option<Timestamp>, ServiceError> {
        self.only_in_a_demo().await?;
        let newest = self.store.db.read(|tx| {
            Ok::<_, ServiceError>(tx.query_one("SELECT MAX(at) FROM audit_event", &[], |row| row.get(0))?)
        });
        newest.await
    }

    pub(super) async fn only_in_a_demo(&self) -> Result<(), ServiceError> {
        match self.store.db.read(organisation::load).await? {
            Some(home) if home.is_demo => Ok(()),
            _ => Err(ServiceError::Denied),
        }
    }
}

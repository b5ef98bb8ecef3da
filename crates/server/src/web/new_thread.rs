//! The form of a new conversation, at both doors: read as typed, then checked field by field.

use domain::chart_item::ChartItem;
use domain::draft::{Body, DraftText, FieldProblem, NewThread, Subject};
use domain::id::{ClientKey, PoolId, ResourceId, ThreadId, TopicId};
use serde::{Deserialize, Deserializer};
use service::drafts::DraftSlot;
use std::str::FromStr;

/// A value that may be missing, empty or no id of ours: then it counts as not chosen.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<T>(pub Option<T>);

impl<T> Default for Chosen<T> {
    fn default() -> Self {
        Chosen(None)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Chosen<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Chosen(String::deserialize(from)?.parse().ok()))
    }
}

/// What the writer of warning words was shown, and chose then.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Choice {
    /// The signs for which the page said what to do now.
    #[serde(default)]
    advised: String,
    #[serde(default)]
    then: String,
}

impl Choice {
    /// To call in place of sending.
    pub fn is_call(&self) -> bool {
        self.then == "call"
    }

    /// Whether the writer has seen what to do for all of these signs.
    pub fn knows(&self, signs: &[String]) -> bool {
        signs.iter().all(|sign| self.advised.split(' ').any(|known| known == sign))
    }
}

/// What was typed and chosen.
#[derive(Deserialize)]
pub struct NewThreadForm {
    #[serde(default)]
    pub pool: Chosen<PoolId>,
    #[serde(default)]
    pub topic: Chosen<TopicId>,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub about: Chosen<ResourceId>,
    #[serde(default)]
    pub about_type: String,
    #[serde(default)]
    pub about_version: Chosen<i64>,
    #[serde(default)]
    pub continues: Chosen<ThreadId>,
    #[serde(flatten)]
    pub choice: Choice,
    pub client_key: ClientKey,
}

impl NewThreadForm {
    /// The thread to begin, or what to correct, in the order of the page.
    pub fn check(&self) -> Result<NewThread, Vec<FieldProblem>> {
        let pool = self.pool.0.ok_or(FieldProblem::TeamMissing);
        let topic = self.topic.0.ok_or(FieldProblem::TopicMissing);
        let (subject, body) = (Subject::parse(&self.subject), Body::parse(&self.body));
        match (pool, topic, subject, body) {
            (Ok(pool), Ok(topic), Ok(subject), Ok(body)) => Ok(NewThread {
                pool,
                topic,
                subject,
                body,
                about: self.item(),
                continues: self.continues.0,
                client_key: self.client_key,
            }),
            (pool, topic, subject, body) => {
                Err([pool.err(), topic.err(), subject.err(), body.err()].into_iter().flatten().collect())
            }
        }
    }

    /// The text box that this was typed into.
    pub fn slot(&self) -> DraftSlot {
        match (self.about.0, self.continues.0) {
            (Some(item), _) => DraftSlot::Item(item),
            (None, Some(thread)) => DraftSlot::Thread(thread),
            (None, None) => DraftSlot::New,
        }
    }

    fn item(&self) -> Option<ChartItem> {
        let (resource, version) = (self.about.0?, self.about_version.0?);
        Some(ChartItem { resource_type: self.about_type.clone(), resource, version })
    }

    /// What was typed, to be shown again or kept.
    pub fn typed(&self) -> DraftText {
        DraftText {
            subject: self.subject.clone(),
            body: self.body.clone(),
            pool: self.pool.0,
            topic: self.topic.0,
            about: self.item(),
        }
    }
}

//! The page on which a message is begun: who will read it, when an answer is due, what it is about.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::drafts::DraftSlot;
use crate::error::ServiceError;
use crate::service::Service;
use crate::view::inbox::PoolChoice;
use crate::view::person::Banner;
use crate::view::thread::{Compose, Continued, TeamChoice};
use crate::{about, banner, inbox, persons, threads};
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::draft::DraftText;
use domain::id::{PatientId, PoolId, ResourceId, ThreadId, TopicId};
use domain::pool::{Pool, Topic};
use store::db::Tx;
use store::draft::DraftPlace;
use store::keys::DataKey;

/// What a team needs to begin a thread: who it is about, from which pool, with which topics.
pub type TeamCompose = (Banner, Vec<PoolChoice>, Vec<Topic>, Option<DraftText>);

impl Service {
    /// The patient's compose page, from a chart item or from nothing.
    pub async fn compose(
        &self,
        ctx: &Ctx,
        person: PatientId,
        item: Option<ResourceId>,
        continues: Option<ThreadId>,
    ) -> Result<Compose, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadDemographics), move |tx, act| {
            act.about(person, item.map(|item| (AuditObject::Resource, item.0)));
            act.allow(tx, Capability::ReadMessages, Item::default())?;
            if item.is_some() {
                act.allow(tx, Capability::ReadChart, Item::default())?;
            }
            let key = act.vault.patient(tx, person)?.ok_or(ServiceError::NotFound)?;
            let about = match item {
                Some(item) => {
                    let found = about::newest(tx, &key, act.actor().language, (person, item))?;
                    Some(found.ok_or(ServiceError::NotFound)?)
                }
                None => None,
            };
            let topics = store::topic::active(tx)?;
            let slot = match (item, continues) {
                (Some(item), _) => DraftSlot::Item(item),
                (None, Some(thread)) => DraftSlot::Thread(thread),
                (None, None) => DraftSlot::New,
            };
            Ok(Compose {
                person: persons::load(tx, act, person)?,
                teams: teams(tx, act, person)?,
                topic: about.as_ref().and_then(|about| topic_for(&topics, &about.item.resource_type)),
                topics,
                about,
                draft: draft(tx, act, &key, (person, slot))?,
                continues: continued(tx, act, (person, &key), continues)?,
            })
        })
        .await
    }

    /// The team's compose page for a patient.
    pub async fn team_compose(&self, ctx: &Ctx, patient: PatientId) -> Result<TeamCompose, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadDemographics), move |tx, act| {
            act.about(patient, None);
            let own = act.actor().pools.first().copied().unwrap_or(PoolId(uuid::Uuid::nil()));
            act.allow(tx, Capability::BeginThread(own), Item::default())?;
            let key = act.vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
            let banner = banner::load(tx, act, patient)?;
            let draft = draft(tx, act, &key, (patient, DraftSlot::New))?;
            Ok((banner, inbox::pools(tx, act)?, store::topic::active(tx)?, draft))
        })
        .await
    }
}

fn draft(
    tx: &mut Tx<'_>,
    act: &Act,
    key: &DataKey,
    (patient, slot): (PatientId, DraftSlot),
) -> Result<Option<DraftText>, ServiceError> {
    let place = DraftPlace { account: act.actor().account, patient, slot: slot.id() };
    Ok(store::draft::load(tx, key, &place, act.now)?)
}

fn continued(
    tx: &mut Tx<'_>,
    act: &mut Act,
    (patient, key): (PatientId, &DataKey),
    thread: Option<ThreadId>,
) -> Result<Option<Continued>, ServiceError> {
    let Some(thread) = thread else { return Ok(None) };
    let stored = store::thread::load(tx, patient, thread)?.ok_or(ServiceError::NotFound)?;
    act.allow(tx, Capability::ReadMessages, threads::item(&stored))?;
    let subject = store::thread::open_subject(key, &stored)?;
    Ok(Some(Continued { thread, subject, pool: stored.thread.pool }))
}

/// The pools with which the patient has a care relationship: the own one, and those that hold threads.
pub(crate) fn pools_of(
    tx: &mut Tx<'_>,
    act: &Act,
    patient: PatientId,
) -> Result<Vec<(PoolId, bool)>, ServiceError> {
    let own = store::empanelment::current(tx, patient, act.now)?.map(|row| row.pool);
    let mut pools: Vec<(PoolId, bool)> = own.into_iter().map(|pool| (pool, true)).collect();
    for pool in store::inbox::pools_of(tx, patient)? {
        if Some(pool) != own {
            pools.push((pool, false));
        }
    }
    Ok(pools)
}

pub(crate) fn teams(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<Vec<TeamChoice>, ServiceError> {
    let mut choices: Vec<TeamChoice> = Vec::new();
    for (pool, is_own) in pools_of(tx, act, patient)? {
        if let Some(pool) = store::pool::load(tx, pool)?.filter(|pool| pool.is_active) {
            choices.push(choice(act, pool, is_own));
        }
    }
    Ok(choices)
}

fn choice(act: &Act, pool: Pool, is_own: bool) -> TeamChoice {
    TeamChoice {
        answer_by: pool.due_at(act.now),
        pool: pool.id,
        label: pool.label,
        readers: pool.readers,
        is_own,
    }
}

fn topic_for(topics: &[Topic], resource_type: &str) -> Option<TopicId> {
    let word = topic_word(resource_type);
    topics.iter().find(|topic| topic.word == word).or(topics.first()).map(|topic| topic.id)
}

/// The seeded topic under which a chart item is asked about.
fn topic_word(resource_type: &str) -> &'static str {
    match resource_type {
        "Observation" | "DiagnosticReport" => "test_result",
        "MedicationRequest" | "MedicationStatement" => "medicine",
        "Encounter" | "DocumentReference" | "Procedure" => "visit_follow_up",
        "Appointment" => "appointment",
        "ServiceRequest" => "referral",
        _ => "general_question",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chart_item_is_asked_about_under_a_topic_that_the_seeds_hold() {
        let mut number = 0;
        let topics = store::topic::seeds(|| {
            number += 1;
            TopicId(uuid::Uuid::from_u128(number))
        });
        for (resource_type, word) in [
            ("Observation", "test_result"),
            ("MedicationRequest", "medicine"),
            ("DocumentReference", "visit_follow_up"),
            ("Appointment", "appointment"),
            ("ServiceRequest", "referral"),
            ("Condition", "general_question"),
        ] {
            let chosen = topic_for(&topics, resource_type);
            let named = topics.iter().find(|topic| Some(topic.id) == chosen).map(|topic| topic.word.as_str());
            assert_eq!(named, Some(word), "{resource_type}");
        }
    }
}

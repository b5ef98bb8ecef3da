//! A new thread as it is written: who may begin it, what it points to, its first entry.

use super::{Done, done, sent_before};
use crate::acts::Act;
use crate::compose;
use crate::error::ServiceError;
use crate::sending::{self, Prepared};
use crate::threads::item;
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::AuditObject;
use domain::draft::{FieldProblem, NewThread};
use domain::enrolment::EnrolmentStep;
use domain::id::{PatientId, SiteId, ThreadId};
use domain::message::Side;
use domain::thread::{Thread, ThreadProblem, ThreadState};
use store::db::Tx;
use store::message::NewMessage;
use store::thread::StoredThread;
use uuid::Uuid;

/// A new thread, ready to be written.
pub(crate) struct Begun {
    pub(super) id: ThreadId,
    pub(super) patient: PatientId,
    pub(super) new: NewThread,
    pub(super) subject: Vec<u8>,
    pub(super) link: Option<NewMessage>,
}

impl Begun {
    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        act: &mut Act,
        prepared: &Prepared,
    ) -> Result<Done, ServiceError> {
        let new = &self.new;
        act.about(self.patient, Some((AuditObject::Thread, self.id.0)));
        act.allow(tx, Capability::BeginThread(new.pool), Item::default())?;
        let is_own_team = compose::pools_of(tx, act, self.patient)?.iter().any(|(pool, _)| *pool == new.pool);
        if act.actor().door == Door::Patient && !is_own_team {
            return Err(ServiceError::Invalid(vec![FieldProblem::TeamMissing]));
        }
        let pool = store::pool::load(tx, new.pool)?.filter(|pool| pool.is_active);
        let pool = pool.ok_or_else(|| ServiceError::Invalid(vec![FieldProblem::TeamMissing]))?;
        store::topic::load(tx, new.topic)?
            .ok_or_else(|| ServiceError::Invalid(vec![FieldProblem::TopicMissing]))?;
        if let Some(earlier) = sending::earlier(tx, self.patient, prepared)? {
            self.is_in(tx, earlier.1, prepared)?;
            let done = sent_before(earlier, self.patient, None, new.pool)?;
            // Not the thread that would have been: the one in which it stands.
            act.object(AuditObject::Thread, done.sent.thread.0);
            return Ok(done);
        }
        sending::keep_pace(tx, act, self.patient)?;
        let like = self.points_to_own(tx, act)?;
        let mut stored = self.stored(act, (pool.site, like), prepared);
        let seq = stored.thread.begin(&prepared.message.author, &pool, act.now);
        let added = tx.savepoint(|tx| sending::append(tx, act, &stored.thread, (prepared, seq)));
        if added.is_err() && sending::earlier(tx, self.patient, prepared)?.is_some() {
            // The other of two equal sends has committed since the look above.
            return self.write(tx, act, prepared);
        }
        added?;
        sending::flag(tx, act, &mut stored.thread, prepared)?;
        if let Some(link) = &self.link {
            let seq = stored.thread.append_line();
            store::message::insert(tx, (self.patient, self.id, seq), link)?;
        }
        store::thread::insert(tx, &stored)?;
        store::inbox::write(tx, (&stored.thread, stored.language), None, Some(&prepared.card))?;
        sending::notify(tx, act, &stored.thread, prepared)?;
        if act.actor().own_chart == Some(self.patient) {
            store::enrolment::reach(tx, self.patient, EnrolmentStep::FirstMessage, None, act.now)?;
        }
        sending::discard_draft(tx, act, self.patient, self.slot())?;
        Ok(done((self.patient, self.id, seq), new.pool, false))
    }

    /// The same text to another team, or under another subject, is no retry either.
    fn is_in(&self, tx: &mut Tx<'_>, thread: ThreadId, prepared: &Prepared) -> Result<(), ServiceError> {
        let stored = store::thread::load(tx, self.patient, thread)?.ok_or(ServiceError::NotFound)?;
        let subject = store::thread::open_subject(&prepared.key, &stored)?;
        match stored.thread.pool == self.new.pool && subject == self.new.subject.as_str() {
            true => Ok(()),
            false => Err(ThreadProblem::MovedOn.into()),
        }
    }

    /// A thread is about an item of the patient's own chart and continues a thread of the patient's,
    /// each of which its writer may read. Its subject names them, so it is as restricted as they are.
    fn points_to_own(&self, tx: &mut Tx<'_>, act: &mut Act) -> Result<Item, ServiceError> {
        let mut like = Item::default();
        if let Some(about) = &self.new.about {
            let place = (self.patient, about.resource);
            let found = store::resource::load_version(tx, place, about.version)?;
            let found = found.filter(|found| found.resource_type == about.resource_type);
            let found = found.ok_or(ServiceError::NotFound)?;
            let item = Item { sensitivity: found.sensitivity, visibility: found.visibility };
            act.allow(tx, Capability::ReadChart, item)?;
            like = item;
        }
        if let Some(continued) = self.new.continues {
            let found = store::thread::load(tx, self.patient, continued)?.ok_or(ServiceError::NotFound)?;
            act.allow(tx, Capability::ReadThread(found.thread.pool), item(&found))?;
            like = like.or_stricter(item(&found));
        }
        Ok(like)
    }

    fn slot(&self) -> Uuid {
        match &self.new.about {
            Some(item) => item.resource.0,
            None => self.new.continues.map(|thread| thread.0).unwrap_or_default(),
        }
    }

    fn stored(&self, act: &Act, (site, like): (SiteId, Item), prepared: &Prepared) -> StoredThread {
        let author = &prepared.message.author;
        StoredThread {
            thread: Thread {
                id: self.id,
                patient: self.patient,
                pool: self.new.pool,
                site,
                topic: self.new.topic,
                owner: (author.side == Side::Team).then_some(author.account),
                state: ThreadState::Open,
                last_seq: 0,
                last_team_seq: 0,
                last_turn_seq: 0,
                created_at: act.now,
                last_message_at: act.now,
                needs_answer: false,
                waiting_since: None,
                due_at: None,
                opened: None,
                red_flag_at: None,
                sensitivity: like.sensitivity,
                visibility: like.visibility,
            },
            subject: self.subject.clone(),
            language: author.language,
            begun_by: author.side,
            about: self.new.about.clone(),
            continues: self.new.continues,
            closed: None,
        }
    }
}

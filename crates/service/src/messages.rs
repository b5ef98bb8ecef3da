//! Sending: a new thread, a reply, an answer, an internal note. One transaction each; a retry with the
//! same client key sends nothing and answers what the first one did.

use crate::acts::Act;
use crate::compose;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::live::Changed;
use crate::sending::{self, Outgoing, Prepared, Reading};
use crate::service::Service;
use crate::threads::item;
use crate::view::thread::Sent;
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::draft::{FieldProblem, NewThread, Reply};
use domain::enrolment::EnrolmentStep;
use domain::id::{CloseReasonId, MessageId, PatientId, PoolId, SiteId, ThreadId};
use domain::message::{Content, EventLine, MessageKind, Side};
use domain::thread::{Thread, ThreadProblem, ThreadState};
use store::db::Tx;
use store::message::NewMessage;
use store::patient::PatientCard;
use store::thread::{Closed, StoredThread};
use uuid::Uuid;

impl Service {
    /// The patient begins a thread with a team.
    pub async fn send_new(&self, ctx: &Ctx, person: PatientId, new: NewThread) -> Result<Sent, ServiceError> {
        self.begin_thread(ctx, person, new, false).await
    }

    /// The same by a patient who was shown what to do for warning words, and chose to send.
    pub async fn send_new_advised(
        &self,
        ctx: &Ctx,
        person: PatientId,
        new: NewThread,
    ) -> Result<Sent, ServiceError> {
        self.begin_thread(ctx, person, new, true).await
    }

    /// The team begins a thread with a patient.
    pub async fn begin(&self, ctx: &Ctx, patient: PatientId, new: NewThread) -> Result<Sent, ServiceError> {
        self.begin_thread(ctx, patient, new, false).await
    }

    async fn begin_thread(
        &self,
        ctx: &Ctx,
        patient: PatientId,
        new: NewThread,
        advised: bool,
    ) -> Result<Sent, ServiceError> {
        let id = ThreadId(self.mint(ctx.now));
        let act = self.act(ctx, AuditAction::SendMessage);
        let card = match self.card(patient).await {
            Ok(card) => card,
            Err(error) => return self.turn_away(act, patient, None, error).await,
        };
        let out = Outgoing {
            patient,
            card,
            thread: id,
            kind: MessageKind::Message,
            subject: new.subject.as_str(),
            body: new.body.as_str(),
            client_key: new.client_key,
            is_first: true,
            reading: Reading { with_subject: has_own_subject(&new), advised, earlier: Vec::new() },
        };
        let prepared = self.prepare(ctx, out).await?;
        let begun = self.begun(ctx, (patient, id), new, &prepared)?;
        let sent = self.change(act, move |tx, act| begun.write(tx, act, &prepared)).await?;
        self.tell(&sent);
        Ok(sent.sent)
    }

    /// The new thread, sealed.
    pub(crate) fn begun(
        &self,
        ctx: &Ctx,
        (patient, id): (PatientId, ThreadId),
        new: NewThread,
        prepared: &Prepared,
    ) -> Result<Begun, ServiceError> {
        let subject = store::thread::seal_subject(&prepared.key, patient, id, new.subject.as_str())?;
        let link = new
            .continues
            .map(|from| self.event(ctx, prepared, patient, EventLine::ContinuedFrom { thread: from }));
        Ok(Begun { id, patient, new, subject, link: link.transpose()? })
    }

    /// The patient replies. The text is kept by the page where this is refused.
    pub async fn reply(
        &self,
        ctx: &Ctx,
        person: PatientId,
        id: ThreadId,
        reply: Reply,
    ) -> Result<Sent, ServiceError> {
        self.post(ctx, (Some(person), id), (reply, MessageKind::Message), Then::default()).await
    }

    /// The same by a patient who was shown what to do for warning words, and chose to send.
    pub async fn reply_advised(
        &self,
        ctx: &Ctx,
        person: PatientId,
        id: ThreadId,
        reply: Reply,
    ) -> Result<Sent, ServiceError> {
        let then = Then { advised: true, close: None };
        self.post(ctx, (Some(person), id), (reply, MessageKind::Message), then).await
    }

    /// The team answers, and closes in the same step where a reason is given.
    pub async fn answer(
        &self,
        ctx: &Ctx,
        id: ThreadId,
        reply: Reply,
        close: Option<CloseReasonId>,
    ) -> Result<Sent, ServiceError> {
        self.post(ctx, (None, id), (reply, MessageKind::Message), Then { advised: false, close }).await
    }

    /// A note that the patient never sees. It does not change whose turn it is.
    pub async fn note(&self, ctx: &Ctx, id: ThreadId, note: Reply) -> Result<Sent, ServiceError> {
        self.post(ctx, (None, id), (note, MessageKind::InternalNote), Then::default()).await
    }

    async fn post(
        &self,
        ctx: &Ctx,
        (person, id): (Option<PatientId>, ThreadId),
        (reply, kind): (Reply, MessageKind),
        then: Then,
    ) -> Result<Sent, ServiceError> {
        let action =
            if kind == MessageKind::Message { AuditAction::SendMessage } else { AuditAction::AddNote };
        let act = self.act(ctx, action);
        let object = Some((AuditObject::Thread, id.0));
        let found = match self.thread_place(person, id).await {
            Ok(found) => found,
            Err(error) => {
                return self.turn_away(act, person.unwrap_or(PatientId::ORGANISATION), object, error).await;
            }
        };
        let (patient, subject, card, earlier) = found;
        let out = Outgoing {
            patient,
            card,
            thread: id,
            kind,
            subject: &subject,
            body: reply.body.as_str(),
            client_key: reply.client_key,
            is_first: false,
            reading: Reading { with_subject: false, advised: then.advised, earlier },
        };
        let prepared = self.prepare(ctx, out).await?;
        let closing = self.closing(ctx, &prepared, patient, then.close)?;
        let is_reply = person.is_some();
        let posting = Posting { id, patient, is_reply, last_seen: reply.last_seen, closing };
        let sent = self.change(act, move |tx, act| posting.write(tx, act, &prepared)).await?;
        self.tell(&sent);
        Ok(sent.sent)
    }

    /// The line of a close that goes with an answer.
    pub(crate) fn closing(
        &self,
        ctx: &Ctx,
        prepared: &Prepared,
        patient: PatientId,
        reason: Option<CloseReasonId>,
    ) -> Result<Option<(CloseReasonId, NewMessage)>, ServiceError> {
        let line = |reason| Ok((reason, self.event(ctx, prepared, patient, EventLine::Closed { reason })?));
        reason.map(line).transpose()
    }

    /// Whose thread it is, its subject, who that is and the signs that its row goes on naming, for sealing
    /// before the write; access is checked there.
    async fn thread_place(
        &self,
        person: Option<PatientId>,
        id: ThreadId,
    ) -> Result<(PatientId, String, PatientCard, Vec<String>), ServiceError> {
        let vault = self.store.vault.clone();
        self.store
            .db
            .read(move |tx| {
                let patient = store::thread::patient_of(tx, id)?.ok_or(ServiceError::NotFound)?;
                if person.is_some_and(|person| person != patient) {
                    return Err(ServiceError::NotFound);
                }
                let stored = store::thread::load(tx, patient, id)?.ok_or(ServiceError::NotFound)?;
                let key = vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
                let subject = store::thread::open_subject(&key, &stored)?;
                let found = store::patient::load(tx, &vault, patient)?.ok_or(ServiceError::NotFound)?;
                // A new turn of the patient's begins without them.
                let thread = &stored.thread;
                let goes_on = thread.red_flag_at.is_some() && (thread.needs_answer || person.is_none());
                let signs = if goes_on { store::inbox::signs_of(tx, &key, thread)? } else { Vec::new() };
                Ok((patient, subject, found.card, signs))
            })
            .await
    }

    /// An event line by the author of `beside`, sealed.
    pub(crate) fn event(
        &self,
        ctx: &Ctx,
        beside: &Prepared,
        patient: PatientId,
        line: EventLine,
    ) -> Result<NewMessage, ServiceError> {
        let id = MessageId(self.mint(ctx.now));
        let content = store::message::seal_content(&beside.key, patient, id, &Content::Event(line))?;
        Ok(NewMessage { id, kind: MessageKind::Event, client_key: None, content, ..beside.message.clone() })
    }

    fn tell(&self, done: &Done) {
        let Sent { patient, thread, .. } = done.sent;
        self.live.tell(Changed { patient, thread, pool: done.pool });
    }
}

/// What goes with an entry besides its text.
#[derive(Clone, Copy, Debug, Default)]
struct Then {
    close: Option<CloseReasonId>,
    advised: bool,
}

/// A subject that comes from a chart item or an earlier thread says nothing of today.
pub(crate) fn has_own_subject(new: &NewThread) -> bool {
    new.about.is_none() && new.continues.is_none()
}

/// What a send did, and which pool follows it.
pub(crate) struct Done {
    sent: Sent,
    pool: PoolId,
}

/// A new thread, ready to be written.
pub(crate) struct Begun {
    id: ThreadId,
    patient: PatientId,
    new: NewThread,
    subject: Vec<u8>,
    link: Option<NewMessage>,
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
        if let Some(earlier) = sending::earlier(tx, prepared)? {
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
        if added.is_err() && sending::earlier(tx, prepared)?.is_some() {
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

fn done((patient, thread, seq): (PatientId, ThreadId, i64), pool: PoolId, was_already_sent: bool) -> Done {
    Done { sent: Sent { patient, thread, seq, was_already_sent }, pool }
}

/// A retry answers what the first send did. A key that was used elsewhere is no retry: to say "sent"
/// would lose this message.
fn sent_before(
    (patient, thread, seq): (PatientId, ThreadId, i64),
    person: PatientId,
    into: Option<ThreadId>,
    pool: PoolId,
) -> Result<Done, ServiceError> {
    if patient != person || into.is_some_and(|into| into != thread) {
        return Err(ThreadProblem::MovedOn.into());
    }
    Ok(done((patient, thread, seq), pool, true))
}

/// An entry for a thread that is there, ready to be written.
pub(crate) struct Posting {
    pub id: ThreadId,
    pub patient: PatientId,
    /// By the patient; otherwise it is the team's work.
    pub is_reply: bool,
    pub last_seen: i64,
    pub closing: Option<(CloseReasonId, NewMessage)>,
}

impl Posting {
    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        act: &mut Act,
        prepared: &Prepared,
    ) -> Result<Done, ServiceError> {
        act.about(self.patient, Some((AuditObject::Thread, self.id.0)));
        let mut stored = store::thread::lock(tx, self.patient, self.id)?.ok_or(ServiceError::NotFound)?;
        let before = stored.thread.clone();
        let capability = match self.is_reply {
            true => Capability::WriteInThread(before.pool),
            false => Capability::WorkThread(before.pool),
        };
        act.allow(tx, capability, item(&stored))?;
        if let Some(earlier) = sending::earlier(tx, prepared)? {
            return sent_before(earlier, self.patient, Some(self.id), before.pool);
        }
        sending::keep_pace(tx, act, self.patient)?;
        let seq = self.place(tx, act, &mut stored, prepared)?;
        sending::append(tx, act, &stored.thread, (prepared, seq))?;
        sending::flag(tx, act, &mut stored.thread, prepared)?;
        self.close(tx, act, &mut stored)?;
        let card = (prepared.message.kind == MessageKind::Message).then_some(&prepared.card);
        sending::keep(tx, (&stored, &before), card)?;
        sending::notify(tx, act, &stored.thread, prepared)?;
        sending::discard_draft(tx, act, self.patient, self.id.0)?;
        Ok(done((self.patient, self.id, seq), before.pool, false))
    }

    fn place(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        stored: &mut StoredThread,
        prepared: &Prepared,
    ) -> Result<i64, ServiceError> {
        if prepared.message.kind == MessageKind::InternalNote {
            return Ok(stored.thread.append_line());
        }
        let pool = store::pool::load(tx, stored.thread.pool)?.ok_or(ServiceError::NotFound)?;
        Ok(stored.thread.post(&prepared.message.author, self.last_seen, &pool, act.now)?)
    }

    fn close(&self, tx: &mut Tx<'_>, act: &Act, stored: &mut StoredThread) -> Result<(), ServiceError> {
        let Some((reason, line)) = &self.closing else { return Ok(()) };
        store::close_reason::load(tx, *reason)?
            .ok_or_else(|| ServiceError::Invalid(vec![FieldProblem::ReasonMissing]))?;
        let last_turn = stored.thread.last_turn_seq;
        stored.thread.close(*reason, last_turn)?;
        stored.closed = Some(Closed { at: act.now, by: act.actor().account, reason: *reason });
        let seq = stored.thread.append_close_line();
        Ok(store::message::insert(tx, (self.patient, self.id, seq), line)?)
    }
}

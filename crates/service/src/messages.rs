//! Sending: a new thread, a reply, an answer, an internal note. One transaction each; a retry with the
//! same client key sends nothing and answers what the first one did.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::live::Changed;
use crate::sending::{Outgoing, Prepared, Reading};
use crate::service::Service;
use crate::view::thread::Sent;
use domain::audit::{AuditAction, AuditObject};
use domain::draft::{NewThread, Reply};
use domain::id::{CloseReasonId, MessageId, PatientId, PoolId, ThreadId};
use domain::message::{Content, EventLine, MessageKind};
use domain::thread::ThreadProblem;
use store::message::NewMessage;
use store::patient::PatientCard;

mod begun;
mod posting;

pub(crate) use begun::Begun;
pub(crate) use posting::Posting;

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

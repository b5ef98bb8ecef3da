//! A conversation of the made-up past, written whole in one transaction: each step by its own person at
//! its own moment, checked, sealed, counted and audited as if it had been made then.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::messages::{Begun, Posting, has_own_subject};
use crate::sending::{Outgoing, Prepared, Reading};
use crate::service::Service;
use crate::thread_acts::Change;
use crate::{sending, team_threads, threads};
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::draft::{Body, NewThread};
use domain::id::{ClientKey, CloseReasonId, MessageId, PatientId, ThreadId};
use domain::message::{MessageKind, Side};
use store::db::Tx;

/// Everybody in the past has read what stood there.
const ALL_SEEN: i64 = i64::MAX;

/// A conversation from its first message on.
pub struct Told {
    pub patient: PatientId,
    pub new: NewThread,
    /// Who began it, and when.
    pub begun: Ctx,
    pub steps: Vec<ToldStep>,
}

/// One step after the first message.
pub struct ToldStep {
    pub ctx: Ctx,
    pub act: ToldAct,
}

/// What is done.
pub enum ToldAct {
    Read,
    Write(Body, ClientKey),
    Note(Body, ClientKey),
    WriteAndClose(Body, ClientKey, CloseReasonId),
    Close(CloseReasonId),
}

/// A step, sealed and ready to be written.
enum Ready {
    Begin(Box<(Begun, Prepared)>),
    Post(Box<(Posting, Prepared)>),
    Close(Box<Change>, CloseReasonId),
    Read,
}

/// Where the conversation is.
#[derive(Clone, Copy)]
struct Place {
    patient: PatientId,
    thread: ThreadId,
}

impl Service {
    /// Writes a whole conversation.
    pub async fn demo_tell(&self, told: Told) -> Result<ThreadId, ServiceError> {
        self.only_in_a_demo().await?;
        let thread = ThreadId(self.mint(told.begun.now));
        let place = Place { patient: told.patient, thread };
        let subject = told.new.subject.as_str().to_owned();
        let mut ready = vec![self.first(&told.begun, place, told.new).await?];
        for step in told.steps {
            ready.push(self.next(&step.ctx, place, (&subject, step.act)).await?);
        }
        let service = self.clone();
        let writing = self.store.db.write(move |tx| {
            for (act, step) in &ready {
                let mut act = act.clone();
                step.write(tx, &mut act, place)?;
                act.done(tx, &service)?;
            }
            Ok::<_, ServiceError>(())
        });
        writing.await?;
        Ok(thread)
    }

    async fn first(&self, ctx: &Ctx, place: Place, new: NewThread) -> Result<(Act, Ready), ServiceError> {
        let out = Outgoing {
            patient: place.patient,
            card: self.card(place.patient).await?,
            thread: place.thread,
            kind: MessageKind::Message,
            subject: new.subject.as_str(),
            body: new.body.as_str(),
            client_key: new.client_key,
            is_first: true,
            reading: Reading { with_subject: has_own_subject(&new), ..Reading::default() },
        };
        let prepared = self.prepare(ctx, out).await?;
        let begun = self.begun(ctx, (place.patient, place.thread), new, &prepared)?;
        Ok((self.act(ctx, AuditAction::SendMessage), Ready::Begin(Box::new((begun, prepared)))))
    }

    async fn next(
        &self,
        ctx: &Ctx,
        place: Place,
        (subject, act): (&str, ToldAct),
    ) -> Result<(Act, Ready), ServiceError> {
        match act {
            ToldAct::Read => Ok((self.act(ctx, AuditAction::ReadThread), Ready::Read)),
            ToldAct::Write(body, key) => {
                self.entry(ctx, place, (subject, MessageKind::Message), (body, key, None)).await
            }
            ToldAct::Note(body, key) => {
                self.entry(ctx, place, (subject, MessageKind::InternalNote), (body, key, None)).await
            }
            ToldAct::WriteAndClose(body, key, reason) => {
                self.entry(ctx, place, (subject, MessageKind::Message), (body, key, Some(reason))).await
            }
            ToldAct::Close(reason) => {
                let key = self.store.patient_key(place.patient).await?.ok_or(ServiceError::NotFound)?;
                let change = Change {
                    id: place.thread,
                    patient: place.patient,
                    key,
                    line: MessageId(self.mint(ctx.now)),
                    author: sending::author(ctx, place.patient),
                };
                Ok((self.act(ctx, AuditAction::CloseThread), Ready::Close(Box::new(change), reason)))
            }
        }
    }

    async fn entry(
        &self,
        ctx: &Ctx,
        place: Place,
        (subject, kind): (&str, MessageKind),
        (body, client_key, close): (Body, ClientKey, Option<CloseReasonId>),
    ) -> Result<(Act, Ready), ServiceError> {
        let Place { patient, thread } = place;
        let body = body.as_str();
        let card = self.card(patient).await?;
        let reading = Reading::default();
        let out =
            Outgoing { patient, card, thread, kind, subject, body, client_key, is_first: false, reading };
        let prepared = self.prepare(ctx, out).await?;
        let closing = self.closing(ctx, &prepared, patient, close)?;
        let is_reply = ctx.actor.door == Door::Patient;
        let posting = Posting { id: thread, patient, is_reply, last_seen: ALL_SEEN, closing };
        let action = match kind {
            MessageKind::InternalNote => AuditAction::AddNote,
            _ => AuditAction::SendMessage,
        };
        Ok((self.act(ctx, action), Ready::Post(Box::new((posting, prepared)))))
    }
}

impl Ready {
    fn write(&self, tx: &mut Tx<'_>, act: &mut Act, place: Place) -> Result<(), ServiceError> {
        match self {
            Ready::Begin(begin) => begin.0.write(tx, act, &begin.1).map(|_| ()),
            Ready::Post(post) => post.0.write(tx, act, &post.1).map(|_| ()),
            Ready::Close(change, reason) => change.close(tx, act, *reason, ALL_SEEN),
            Ready::Read => read(tx, act, place),
        }
    }
}

/// Leaves the marks that the pages of either door leave.
fn read(tx: &mut Tx<'_>, act: &mut Act, Place { patient, thread }: Place) -> Result<(), ServiceError> {
    act.about(patient, Some((AuditObject::Thread, thread.0)));
    let stored = store::thread::load(tx, patient, thread)?.ok_or(ServiceError::NotFound)?;
    let last = stored.thread.last_seq;
    if act.actor().door == Door::Patient {
        act.allow(tx, Capability::ReadMessages, Item::default())?;
        return threads::mark_read(tx, act, (patient, thread), (Side::Patient, last));
    }
    act.allow(tx, Capability::ReadInbox(stored.thread.pool), Item::default())?;
    team_threads::open(tx, act, (patient, thread), last)
}

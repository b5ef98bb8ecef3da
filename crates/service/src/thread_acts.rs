//! What happens to a thread besides messages: closed, reopened, assigned, a message taken back.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::entries::{first_words, side_of};
use crate::error::ServiceError;
use crate::live::Changed;
use crate::service::Service;
use crate::threads::item;
use crate::{proxies, sending};
use domain::access::Capability;
use domain::audit::{AuditAction, AuditObject};
use domain::draft::{FieldProblem, Reason};
use domain::id::{AccountId, CloseReasonId, MessageId, OutboxId, PatientId, PoolId, ThreadId};
use domain::message::{Content, EventLine, Message, MessageKind, MessageState, Side};
use domain::outbox::Notice;
use domain::thread::{ThreadProblem, standing_signs, take_back};
use std::sync::Arc;
use store::db::Tx;
use store::inbox::{InboxCard, SealedCard};
use store::keys::DataKey;
use store::message::{NewMessage, Revision};
use store::outbox::NewNotice;
use store::thread::{Closed, StoredThread};

/// A thread that is about to change: its patient's key, and a place for an event line.
#[derive(Clone)]
pub(crate) struct Change {
    pub id: ThreadId,
    pub patient: PatientId,
    pub key: Arc<DataKey>,
    pub line: MessageId,
    pub author: domain::message::Author,
}

impl Change {
    pub(crate) fn sealed(&self, act: &Act, line: EventLine) -> Result<NewMessage, ServiceError> {
        let content =
            store::message::seal_content(&self.key, self.patient, self.line, &Content::Event(line))?;
        Ok(NewMessage {
            id: self.line,
            kind: MessageKind::Event,
            author: self.author.clone(),
            sent_at: act.now,
            client_key: None,
            content,
        })
    }

    /// The thread, locked, for those who may do this in its pool.
    pub(crate) fn load(
        &self,
        tx: &mut Tx<'_>,
        act: &mut Act,
        may: fn(PoolId) -> Capability,
    ) -> Result<StoredThread, ServiceError> {
        act.about(self.patient, Some((AuditObject::Thread, self.id.0)));
        let stored = store::thread::lock(tx, self.patient, self.id)?.ok_or(ServiceError::NotFound)?;
        act.allow(tx, may(stored.thread.pool), item(&stored))?;
        Ok(stored)
    }

    /// What the team's list shows once a message was taken back: the newest one that stands.
    fn card_without(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        stored: &StoredThread,
        (entries, message): (&[Message], MessageId),
    ) -> Result<SealedCard, ServiceError> {
        let stands = |entry: &&Message| {
            entry.kind == MessageKind::Message && entry.state == MessageState::Sent && entry.id != message
        };
        let newest = entries.iter().rev().find(stands);
        let writer = newest.filter(|entry| entry.author.on_behalf_of.is_some());
        let writer: Vec<AccountId> = writer.map(|entry| entry.author.account).into_iter().collect();
        let written_by = store::account::names(tx, act.vault.organisation(), &writer)?.into_values().next();
        let relations = proxies::relations_by(tx, &self.key, self.patient)?;
        let writer_is = writer.first().and_then(|account| relations.get(account).copied());
        let chart = store::patient::load(tx, &act.vault, self.patient)?.ok_or(ServiceError::NotFound)?;
        let card = InboxCard {
            name: chart.card.name,
            birth_date: chart.card.birth_date,
            subject: store::thread::open_subject(&self.key, stored)?,
            first_words: newest
                .and_then(|entry| entry.text_for(Side::Team))
                .map(first_words)
                .unwrap_or_default(),
            written_by,
            writer_is,
            signs: standing_signs(entries, Some(message)),
        };
        Ok(store::inbox::seal_card(&self.key, (self.patient, self.id), &card, act.now)?)
    }

    /// Closes without a word.
    pub(crate) fn close(
        &self,
        tx: &mut Tx<'_>,
        act: &mut Act,
        reason: CloseReasonId,
        last_seen: i64,
    ) -> Result<(), ServiceError> {
        let mut stored = self.load(tx, act, Capability::WorkThread)?;
        let before = stored.clone();
        store::close_reason::load(tx, reason)?
            .ok_or_else(|| ServiceError::Invalid(vec![FieldProblem::ReasonMissing]))?;
        let line = self.sealed(act, stored.thread.close(reason, last_seen)?)?;
        stored.closed = Some(Closed { at: act.now, by: act.actor().account, reason });
        let seq = stored.thread.append_news_line();
        self.write(tx, (seq, &line), (&stored, &before), None)
    }

    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        (seq, line): (i64, &NewMessage),
        stored: (&StoredThread, &StoredThread),
        card: Option<&SealedCard>,
    ) -> Result<(), ServiceError> {
        store::message::insert(tx, (self.patient, self.id, seq), line)?;
        sending::keep(tx, (stored.0, &stored.1.thread), card)
    }
}

impl Service {
    /// Closes with a reason that the patient is told. Nothing is "sent" in order to close.
    pub async fn close(
        &self,
        ctx: &Ctx,
        id: ThreadId,
        reason: CloseReasonId,
        last_seen: i64,
    ) -> Result<(), ServiceError> {
        self.thread_change(ctx, (None, id), AuditAction::CloseThread, move |tx, act, change| {
            change.close(tx, act, reason, last_seen)
        })
        .await
    }

    /// Opens a closed thread for the team again, with a reason.
    pub async fn reopen(&self, ctx: &Ctx, id: ThreadId, reason: Reason) -> Result<(), ServiceError> {
        self.thread_change(ctx, (None, id), AuditAction::ReopenThread, move |tx, act, change| {
            let mut stored = change.load(tx, act, Capability::WorkThread)?;
            let before = stored.clone();
            let entries = store::message::of_thread(tx, &change.key, (change.patient, change.id))?;
            let pool = store::pool::load(tx, stored.thread.pool)?.ok_or(ServiceError::NotFound)?;
            let line = change.sealed(act, stored.thread.reopen(reason.as_str(), &entries, &pool)?)?;
            stored.closed = None;
            let members = store::pool::members(tx, stored.thread.pool, act.now)?;
            stored.thread.owner = stored.thread.owner.filter(|owner| members.contains(owner));
            let seq = stored.thread.append_news_line();
            change.write(tx, (seq, &line), (&stored, &before), None)
        })
        .await
    }

    /// Gives a thread to a member of its pool, or back to everybody.
    pub async fn assign(
        &self,
        ctx: &Ctx,
        id: ThreadId,
        to: Option<AccountId>,
        seen_owner: Option<AccountId>,
    ) -> Result<(), ServiceError> {
        self.thread_change(ctx, (None, id), AuditAction::AssignThread, move |tx, act, change| {
            let mut stored = change.load(tx, act, Capability::WorkThread)?;
            let before = stored.clone();
            let members = store::pool::members(tx, stored.thread.pool, act.now)?;
            let is_member = to.is_none_or(|to| members.contains(&to));
            let Some(line) = stored.thread.assign(to, seen_owner, is_member)? else { return Ok(()) };
            let line = change.sealed(act, line)?;
            let seq = stored.thread.append_line();
            change.write(tx, (seq, &line), (&stored, &before), None)
        })
        .await
    }

    /// Takes a message back before anybody on the other side has opened it.
    pub async fn withdraw(
        &self,
        ctx: &Ctx,
        person: Option<PatientId>,
        id: ThreadId,
        message: MessageId,
    ) -> Result<(), ServiceError> {
        self.take_back(ctx, (person, id), message, None).await
    }

    /// Hides a message from its reader with a notice; it is kept, with the reason, and the privacy
    /// officer is told when it had been read.
    pub async fn retract(
        &self,
        ctx: &Ctx,
        id: ThreadId,
        message: MessageId,
        reason: Reason,
    ) -> Result<(), ServiceError> {
        self.take_back(ctx, (None, id), message, Some(reason)).await
    }

    async fn take_back(
        &self,
        ctx: &Ctx,
        place: (Option<PatientId>, ThreadId),
        message: MessageId,
        reason: Option<Reason>,
    ) -> Result<(), ServiceError> {
        let action =
            if reason.is_some() { AuditAction::RetractMessage } else { AuditAction::WithdrawMessage };
        let (notice, news) = (OutboxId(self.mint(ctx.now)), OutboxId(self.mint(ctx.now)));
        let may = if reason.is_some() { Capability::WorkThread } else { Capability::WriteInThread };
        self.thread_change(ctx, place, action, move |tx, act, change| {
            let mut stored = change.load(tx, act, may)?;
            let before = stored.clone();
            act.object(AuditObject::Message, message.0);
            let entries = store::message::of_thread(tx, &change.key, (change.patient, change.id))?;
            let found = entries.iter().find(|entry| entry.id == message).ok_or(ServiceError::NotFound)?;
            if found.author.side != side_of(act.actor()) {
                return Err(ThreadProblem::NotTheAuthor.into());
            }
            let state = take_back(found, act.actor().account, reason.is_some())?;
            let revision = Revision {
                message,
                seq: found.seq,
                state,
                at: act.now,
                by: act.actor().account,
                first_seen_at: found.first_seen_at,
                reason: sealed_reason(&change, message, reason.as_ref())?,
            };
            store::message::revise(tx, (change.patient, change.id), &revision)?;
            if state == MessageState::Retracted && found.first_seen_at.is_some() {
                store::outbox::insert(tx, &retraction(notice, &change), act.now)?;
            }
            match found.author.side {
                Side::Patient => stored.thread.withdrawn_by_patient(&entries, message),
                Side::Team => {
                    let pool = store::pool::load(tx, stored.thread.pool)?.ok_or(ServiceError::NotFound)?;
                    if stored.thread.withdrawn_by_team(&entries, message, &pool) {
                        stored.closed = None;
                    }
                }
            }
            let (seq, line) = match state {
                // Whoever read it must not act on it: that is news, and no reply may pass it by.
                MessageState::Retracted => {
                    sending::tell_patient(tx, act, &stored.thread, news)?;
                    (stored.thread.append_news_line(), EventLine::Retracted { message })
                }
                _ => (stored.thread.append_line(), EventLine::Withdrawn { message }),
            };
            let line = change.sealed(act, line)?;
            let card = change.card_without(tx, act, &stored, (&entries, message))?;
            change.write(tx, (seq, &line), (&stored, &before), Some(&card))
        })
        .await
    }

    pub(crate) async fn thread_change<F>(
        &self,
        ctx: &Ctx,
        (person, id): (Option<PatientId>, ThreadId),
        action: AuditAction,
        work: F,
    ) -> Result<(), ServiceError>
    where
        F: Fn(&mut Tx<'_>, &mut Act, Change) -> Result<(), ServiceError> + Send + Sync + 'static,
    {
        let act = self.act(ctx, action);
        let object = Some((AuditObject::Thread, id.0));
        let found = self.store.db.read(move |tx| store::thread::patient_of(tx, id)).await?;
        let Some(patient) = found.filter(|patient| person.is_none_or(|person| person == *patient)) else {
            return self
                .turn_away(act, person.unwrap_or(PatientId::ORGANISATION), object, ServiceError::NotFound)
                .await;
        };
        let key = self.store.patient_key(patient).await?.ok_or(ServiceError::NotFound)?;
        let line = MessageId(self.mint(ctx.now));
        let change = Change { id, patient, key, line, author: sending::author(ctx, patient) };
        let pool = self
            .change(act, move |tx, act| {
                work(tx, act, change.clone())?;
                let stored = store::thread::load(tx, change.patient, change.id)?;
                Ok(stored.map(|stored| stored.thread.pool))
            })
            .await?;
        if let Some(pool) = pool {
            self.live.tell(Changed { patient, thread: id, pool });
        }
        Ok(())
    }
}

fn sealed_reason(
    change: &Change,
    message: MessageId,
    reason: Option<&Reason>,
) -> Result<Option<Vec<u8>>, ServiceError> {
    match reason {
        Some(reason) => {
            Ok(Some(store::message::seal_reason(&change.key, change.patient, message, reason.as_str())?))
        }
        None => Ok(None),
    }
}

fn retraction(id: OutboxId, change: &Change) -> NewNotice {
    NewNotice {
        id,
        notice: Notice::Retraction,
        patient: change.patient,
        account: None,
        thread: Some(change.id),
    }
}

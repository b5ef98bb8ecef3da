//! What every send has in common: who writes, what is sealed before the transaction, and the rows
//! that one transaction adds.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::entries::{first_words, side_of};
use crate::error::ServiceError;
use crate::persons;
use crate::service::Service;
use domain::actor::Door;
use domain::id::{ClientKey, MessageId, OutboxId, PatientId, ThreadId};
use domain::message::{Author, Content, MessageKind, Side};
use domain::outbox::Notice;
use domain::thread::Thread;
use std::sync::Arc;
use store::db::Tx;
use store::inbox::{InboxCard, SealedCard};
use store::keys::DataKey;
use store::message::NewMessage;
use store::patient::PatientCard;
use store::thread::StoredThread;
use uuid::Uuid;

/// The author as at this moment.
pub(crate) fn author(ctx: &Ctx, patient: PatientId) -> Author {
    let actor = &ctx.actor;
    let leading = actor.leading_role();
    Author {
        account: actor.account,
        side: side_of(actor),
        role: leading.map(|held| held.role),
        specialty: leading.and_then(|held| held.specialty.clone()),
        on_behalf_of: (actor.door == Door::Patient && actor.own_chart != Some(patient)).then_some(patient),
        language: actor.language,
        door: actor.door,
    }
}

/// An entry, sealed and tokenised before the write transaction.
pub(crate) struct Prepared {
    pub key: Arc<DataKey>,
    pub message: NewMessage,
    /// Blind words for the team's search.
    pub tokens: Vec<i64>,
    pub card: SealedCard,
    pub notice: OutboxId,
}

/// The text of an entry and where it goes.
pub(crate) struct Outgoing<'a> {
    pub patient: PatientId,
    pub card: PatientCard,
    pub thread: ThreadId,
    pub kind: MessageKind,
    pub subject: &'a str,
    pub body: &'a str,
    pub client_key: ClientKey,
    /// Words of the subject are searchable too, with the first message.
    pub is_first: bool,
}

impl Service {
    /// Seals and tokenises; `NotFound` where the patient has no key.
    pub(crate) async fn prepare(&self, ctx: &Ctx, out: Outgoing<'_>) -> Result<Prepared, ServiceError> {
        let key = self.store.patient_key(out.patient).await?.ok_or(ServiceError::NotFound)?;
        let id = MessageId(self.mint(ctx.now));
        let content = Content::Text(out.body.to_owned());
        let inbox_card = InboxCard {
            name: out.card.name,
            birth_date: out.card.birth_date,
            subject: out.subject.to_owned(),
            first_words: first_words(out.body),
        };
        let mut terms = self.stems.index_terms(out.body);
        if out.is_first {
            terms.extend(self.stems.index_terms(out.subject));
        }
        Ok(Prepared {
            message: NewMessage {
                id,
                kind: out.kind,
                author: author(ctx, out.patient),
                sent_at: ctx.now,
                client_key: Some(out.client_key),
                content: store::message::seal_content(&key, out.patient, id, &content)?,
            },
            tokens: store::pool_word::tokens(&self.store.vault, &terms),
            card: store::inbox::seal_card(&key, (out.patient, out.thread), &inbox_card, ctx.now)?,
            notice: OutboxId(self.mint(ctx.now)),
            key,
        })
    }

    /// Who the patient is, for the inbox row.
    pub(crate) async fn card(&self, patient: PatientId) -> Result<PatientCard, ServiceError> {
        let vault = self.store.vault.clone();
        let found = self.store.db.read(move |tx| store::patient::load(tx, &vault, patient)).await?;
        Ok(found.ok_or(ServiceError::NotFound)?.card)
    }
}

/// Where an earlier send with the same client key went, if there was one: the first of two equal sends.
pub(crate) fn earlier(
    tx: &mut Tx<'_>,
    prepared: &Prepared,
) -> Result<Option<(PatientId, ThreadId, i64)>, ServiceError> {
    match prepared.message.client_key {
        Some(key) => Ok(store::message::sent_with(tx, prepared.message.author.account, key)?),
        None => Ok(None),
    }
}

/// Adds the entry, its words and its reader's mark. The thread's own row is the caller's.
pub(crate) fn append(
    tx: &mut Tx<'_>,
    act: &Act,
    thread: &Thread,
    (prepared, seq): (&Prepared, i64),
) -> Result<(), ServiceError> {
    let place = (thread.patient, thread.id, seq);
    store::message::insert(tx, place, &prepared.message)?;
    store::pool_word::insert(tx, thread.pool, place, (&prepared.tokens, prepared.message.sent_at))?;
    let reader = persons::reader(act.actor(), thread.patient);
    store::thread_reader::read_up_to(tx, (thread.patient, thread.id), reader, (seq, act.now))?;
    Ok(())
}

/// An answer tells the patient; nothing is told where nobody has an account.
pub(crate) fn notify(
    tx: &mut Tx<'_>,
    act: &Act,
    thread: &Thread,
    prepared: &Prepared,
) -> Result<(), ServiceError> {
    if prepared.message.author.side != Side::Team || prepared.message.kind != MessageKind::Message {
        return Ok(());
    }
    if let Some(account) = store::account::by_patient(tx, thread.patient)? {
        let notice = store::outbox::NewNotice {
            id: prepared.notice,
            notice: Notice::NewMessage,
            patient: thread.patient,
            account: Some(account.id),
            thread: Some(thread.id),
        };
        store::outbox::insert(tx, &notice, act.now)?;
    }
    Ok(())
}

/// Writes the thread and its inbox row after its rules have moved it.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    (stored, before): (&StoredThread, &Thread),
    card: Option<&SealedCard>,
) -> Result<(), ServiceError> {
    store::thread::update(tx, &stored.thread, stored.closed)?;
    Ok(store::inbox::write(tx, (&stored.thread, stored.language), Some(before), card)?)
}

/// The draft's slot of a thread is emptied by what was sent from it.
pub(crate) fn discard_draft(
    tx: &mut Tx<'_>,
    act: &Act,
    patient: PatientId,
    slot: Uuid,
) -> Result<(), ServiceError> {
    let place = store::draft::DraftPlace { account: act.actor().account, patient, slot };
    Ok(store::draft::discard(tx, &place)?)
}

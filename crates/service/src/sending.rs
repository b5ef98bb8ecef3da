//! What every send has in common: who writes, what is sealed before the transaction, and the rows
//! that one transaction adds.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::entries::{first_words, side_of};
use crate::error::ServiceError;
use crate::service::Service;
use crate::{persons, proxies};
use domain::actor::Door;
use domain::id::{ClientKey, MessageId, OutboxId, PatientId, ThreadId};
use domain::message::{Author, Content, EventLine, MessageKind, Side};
use domain::outbox::Notice;
use domain::pace;
use domain::proxy::ProxyRelation;
use domain::thread::{Thread, ThreadProblem};
use jiff::Timestamp;
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
    /// What is sealed in the message.
    content: Content,
    /// Blind words for the team's search.
    pub tokens: Vec<i64>,
    /// The line that tells of warning words, and which they are.
    pub red_flag: Option<RedFlagLine>,
    pub card: SealedCard,
    pub notice: OutboxId,
}

/// Warning words of a message, ready to be told in its thread.
pub(crate) struct RedFlagLine {
    pub signs: Vec<String>,
    pub advised: bool,
    line: NewMessage,
}

/// How a text is read for warning words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// The subject was typed by the writer too.
    pub with_subject: bool,
    /// The writer was shown what to do now and chose to send.
    pub advised: bool,
    /// Signs of what was written before in the same turn, or of what is answered.
    pub earlier: Vec<String>,
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
    pub reading: Reading,
}

impl Service {
    /// Seals and tokenises; `NotFound` where the patient has no key.
    pub(crate) async fn prepare(&self, ctx: &Ctx, out: Outgoing<'_>) -> Result<Prepared, ServiceError> {
        let key = self.store.patient_key(out.patient).await?.ok_or(ServiceError::NotFound)?;
        let id = MessageId(self.mint(ctx.now));
        let content = Content::Text(out.body.to_owned());
        let red_flag = self.red_flag(ctx, &key, (id, &out))?;
        let mut signs = out.reading.earlier;
        signs.retain(|sign| !red_flag.iter().any(|found| found.signs.contains(sign)));
        signs.extend(red_flag.iter().flat_map(|found| found.signs.clone()));
        let writer = self.writer(ctx, &key, out.patient).await?;
        let inbox_card = InboxCard {
            name: out.card.name,
            birth_date: out.card.birth_date,
            subject: out.subject.to_owned(),
            first_words: first_words(out.body),
            written_by: writer.as_ref().map(|(name, _)| name.clone()),
            writer_is: writer.and_then(|(_, relation)| relation),
            signs,
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
            red_flag,
            content,
            key,
        })
    }

    /// Reads what a patient writes for warning words.
    fn red_flag(
        &self,
        ctx: &Ctx,
        key: &DataKey,
        (message, out): (MessageId, &Outgoing<'_>),
    ) -> Result<Option<RedFlagLine>, ServiceError> {
        if ctx.actor.door != Door::Patient {
            return Ok(None);
        }
        let subject = if out.reading.with_subject { out.subject } else { "" };
        let signs = self.red_flags().read(&format!("{subject}\n{}", out.body));
        if signs.is_empty() {
            return Ok(None);
        }
        let advised = out.reading.advised;
        let id = MessageId(self.mint(ctx.now));
        let content = Content::Event(EventLine::RedFlag { message, signs: signs.clone(), advised });
        let line = NewMessage {
            id,
            kind: MessageKind::Event,
            author: author(ctx, out.patient),
            sent_at: ctx.now,
            client_key: None,
            content: store::message::seal_content(key, out.patient, id, &content)?,
        };
        Ok(Some(RedFlagLine { signs, advised, line }))
    }

    /// The writer's name, and what they are to the patient, where somebody writes for the patient.
    async fn writer(
        &self,
        ctx: &Ctx,
        key: &Arc<DataKey>,
        patient: PatientId,
    ) -> Result<Option<(String, Option<ProxyRelation>)>, ServiceError> {
        let author = author(ctx, patient);
        if author.on_behalf_of.is_none() {
            return Ok(None);
        }
        let vault = self.store.vault.clone();
        let key = key.clone();
        let reader = move |tx: &mut Tx<'_>| {
            let mut names = store::account::names(tx, vault.organisation(), &[author.account])?;
            let relations = proxies::relations_by(tx, &key, patient)?;
            let relation = relations.get(&author.account).copied();
            Ok::<_, ServiceError>(names.remove(&author.account).map(|name| (name, relation)))
        };
        self.store.db.read(reader).await
    }

    /// Who the patient is, for the inbox row.
    pub(crate) async fn card(&self, patient: PatientId) -> Result<PatientCard, ServiceError> {
        let vault = self.store.vault.clone();
        let found = self.store.db.read(move |tx| store::patient::load(tx, &vault, patient)).await?;
        Ok(found.ok_or(ServiceError::NotFound)?.card)
    }
}

/// Where an earlier send with the same client key went, if there was one: the first of two equal sends.
/// Another text under that key is no retry: to say "sent" would lose it.
pub(crate) fn earlier(
    tx: &mut Tx<'_>,
    patient: PatientId,
    prepared: &Prepared,
) -> Result<Option<(PatientId, ThreadId, i64)>, ServiceError> {
    let Some(client_key) = prepared.message.client_key else { return Ok(None) };
    let Some(place) = store::message::sent_with(tx, prepared.message.author.account, client_key)? else {
        return Ok(None);
    };
    let sent = match place.0 == patient {
        true => store::message::at(tx, place)?,
        false => None,
    };
    match sent.map(|sealed| sealed.open(&prepared.key)).transpose()? {
        Some(sent) if sent.content == prepared.content => Ok(Some(place)),
        _ => Err(ThreadProblem::MovedOn.into()),
    }
}

/// Whoever has sent very much about a patient waits; the team's own work does not.
pub(crate) fn keep_pace(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<(), ServiceError> {
    if act.actor().door != Door::Patient {
        return Ok(());
    }
    let since = act.now.checked_sub(pace::COUNTS_FOR).unwrap_or(Timestamp::MIN);
    let place = (patient, act.actor().account);
    let sent = store::message::sent_since(tx, place, since, act.pace.daily)?;
    let Some(until) = act.pace.waits_until(&sent, act.now) else { return Ok(()) };
    let seconds = until.duration_since(act.now).as_secs().saturating_add(1);
    Err(ServiceError::TooMany { retry_after_secs: seconds })
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

/// Warning words move the thread before all others and are told in it, and in the audit.
pub(crate) fn flag(
    tx: &mut Tx<'_>,
    act: &mut Act,
    thread: &mut Thread,
    prepared: &Prepared,
) -> Result<(), ServiceError> {
    let Some(found) = &prepared.red_flag else { return Ok(()) };
    act.detail().signs.clone_from(&found.signs);
    act.detail().advised = found.advised;
    thread.raise_red_flag(act.now);
    let seq = thread.append_line();
    Ok(store::message::insert(tx, (thread.patient, thread.id, seq), &found.line)?)
}

/// An answer tells the patient.
pub(crate) fn notify(
    tx: &mut Tx<'_>,
    act: &Act,
    thread: &Thread,
    prepared: &Prepared,
) -> Result<(), ServiceError> {
    match (prepared.message.author.side, prepared.message.kind) {
        (Side::Team, MessageKind::Message) => tell_patient(tx, act, thread, prepared.notice),
        _ => Ok(()),
    }
}

/// Tells the patient that there is news in a thread; nothing is told where nobody has an account.
pub(crate) fn tell_patient(
    tx: &mut Tx<'_>,
    act: &Act,
    thread: &Thread,
    id: OutboxId,
) -> Result<(), ServiceError> {
    if let Some(account) = store::account::by_patient(tx, thread.patient)? {
        let notice = store::outbox::NewNotice {
            id,
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

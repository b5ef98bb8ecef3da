//! Drafts on the server: saved a few seconds after the last keystroke, parked when a session has run
//! out, gone when sent.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::view::person::Person;
use crate::view::warning::Warning;
use crate::{persons, threads};
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::chart_item::ChartItem;
use domain::draft::DraftText;
use domain::id::{DraftId, PatientId, ResourceId, ThreadId};
use domain::red_flags::RedFlags;
use jiff::SignedDuration;
use std::sync::Arc;
use store::db::Tx;
use store::draft::DraftPlace;
use store::keys::DataKey;
use store::resource::StoredResource;
use uuid::Uuid;

/// How long text of an expired session is kept for the same account.
pub const PARKED: SignedDuration = SignedDuration::from_hours(1);

/// Which text box a draft belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftSlot {
    New,
    Thread(ThreadId),
    Item(ResourceId),
    /// The team's internal note, which has a box of its own beside the reply's.
    Note(ThreadId),
}

impl DraftSlot {
    /// The column value; nil for a new message.
    pub fn id(self) -> Uuid {
        match self {
            DraftSlot::New => Uuid::nil(),
            DraftSlot::Thread(thread) => thread.0,
            DraftSlot::Item(resource) => resource.0,
            // As a custom id (RFC 9562, 5.8): no thread or item has one.
            DraftSlot::Note(thread) => uuid::Builder::from_custom_bytes(*thread.0.as_bytes()).into_uuid(),
        }
    }

    fn is_of(self, item: ResourceId) -> bool {
        self == DraftSlot::Item(item)
    }
}

impl Service {
    /// Keeps what is typed; a blank draft is thrown away. The later of two saves stays. Answers with what
    /// to do where a patient's text has warning words.
    pub async fn save_draft(
        &self,
        ctx: &Ctx,
        person: PatientId,
        slot: DraftSlot,
        text: DraftText,
    ) -> Result<Option<Warning>, ServiceError> {
        let action = if text.is_blank() { AuditAction::DiscardDraft } else { AuditAction::SaveDraft };
        self.keep_draft(ctx, action, (person, slot), (text, None)).await
    }

    /// Keeps the text of a send that was held up by its warning words, so that it is there whatever its
    /// writer does next. Answers with what to do.
    pub async fn warn(
        &self,
        ctx: &Ctx,
        person: PatientId,
        slot: DraftSlot,
        text: DraftText,
    ) -> Result<Option<Warning>, ServiceError> {
        self.keep_draft(ctx, AuditAction::WarnOfEmergency, (person, slot), (text, None)).await
    }

    /// The writer of warning words calls in place of sending; the text stays a draft.
    pub async fn choose_to_call(
        &self,
        ctx: &Ctx,
        person: PatientId,
        slot: DraftSlot,
        text: DraftText,
    ) -> Result<Option<Warning>, ServiceError> {
        self.keep_draft(ctx, AuditAction::ChooseToCall, (person, slot), (text, None)).await
    }

    /// Signs of an emergency in what somebody is about to send, by the words of the rules. What is beyond
    /// a message's limit cannot be sent and is not read.
    pub fn signs_in(&self, slot: DraftSlot, text: &DraftText) -> Vec<String> {
        // The subject of a reply, or of a question about a chart item, is not the writer's own.
        let subject = if slot == DraftSlot::New { text.subject_within_limit() } else { "" };
        self.red_flags().read(&format!("{subject}\n{}", text.body_within_limit()))
    }

    /// Keeps the text of a send whose session had expired: for an hour, for the same account, never sent
    /// by itself.
    pub async fn park(
        &self,
        ctx: &Ctx,
        person: PatientId,
        slot: DraftSlot,
        text: DraftText,
    ) -> Result<(), ServiceError> {
        self.keep_draft(ctx, AuditAction::SaveDraft, (person, slot), (text, Some(PARKED))).await.map(drop)
    }

    /// Throws a draft away.
    pub async fn discard_draft(
        &self,
        ctx: &Ctx,
        person: PatientId,
        slot: DraftSlot,
    ) -> Result<(), ServiceError> {
        self.save_draft(ctx, person, slot, DraftText::default()).await.map(drop)
    }

    /// The internal note that the reader had begun in a thread. It belongs to the thread's page, whose audit
    /// row says that it was read.
    pub async fn note_draft(
        &self,
        ctx: &Ctx,
        patient: PatientId,
        thread: ThreadId,
    ) -> Result<Option<String>, ServiceError> {
        let mut act = self.act(ctx, AuditAction::ReadThread);
        let draft = Kept::note(place(ctx, patient, DraftSlot::Note(thread)), thread);
        self.store
            .db
            .read(move |tx| {
                act.about(patient, None);
                draft.allow(tx, &mut act)?;
                let Some(key) = act.vault.patient(tx, patient)? else { return Ok(None) };
                let found = store::draft::load(tx, &key, &draft.place, act.now)?;
                Ok(found.map(|text| text.body))
            })
            .await
    }

    /// What to do for the warning words of a text that stands on a page already.
    pub fn warning_of(&self, person: &Person, slot: DraftSlot, text: &DraftText) -> Option<Warning> {
        warning(&self.red_flags(), person, self.signs_in(slot, text))
    }

    async fn keep_draft(
        &self,
        ctx: &Ctx,
        action: AuditAction,
        (person, slot): (PatientId, DraftSlot),
        (text, keep_for): (DraftText, Option<SignedDuration>),
    ) -> Result<Option<Warning>, ServiceError> {
        let act = self.act(ctx, action);
        let object = Some((AuditObject::Draft, slot.id()));
        let text = DraftText { about: text.about.filter(|about| slot.is_of(about.resource)), ..text };
        let draft = Kept {
            place: place(ctx, person, slot),
            slot,
            is_blank: text.is_blank(),
            about: text.about.clone(),
        };
        // Who may, and whether there is such a text box: asked before anything is read or sealed.
        let key = match self.may_keep(&act, draft.clone(), &text).await {
            Ok(key) => key,
            Err(error) => return self.turn_away(act, person, object, error).await,
        };
        let is_patient = ctx.actor.door == Door::Patient;
        let signs = if is_patient { self.signs_in(slot, &text) } else { Vec::new() };
        let id = DraftId(self.mint(ctx.now));
        let sealed = store::draft::seal_draft(&key, &draft.place, (id, &text), ctx.now)?;
        let expires_at = keep_for.and_then(|time| ctx.now.checked_add(time).ok());
        self.change(act, move |tx, act| {
            act.about(person, object);
            draft.allow(tx, act)?;
            if draft.is_blank {
                store::draft::discard(tx, &draft.place)?;
                return Ok(None);
            }
            store::draft::save(tx, &draft.place, &sealed, expires_at)?;
            if signs.is_empty() {
                return Ok(None);
            }
            act.detail().signs.clone_from(&signs);
            Ok(warning(&act.red_flags, &persons::load(tx, act, person)?, signs.clone()))
        })
        .await
    }

    /// The key to seal with, for those who may keep a text of this length here.
    async fn may_keep(&self, act: &Act, draft: Kept, text: &DraftText) -> Result<Arc<DataKey>, ServiceError> {
        let person = draft.place.patient;
        let key = self.store.patient_key(person).await?.ok_or(ServiceError::NotFound)?;
        let mut trial = act.clone();
        trial.about(person, None);
        self.store.db.read(move |tx| draft.allow(tx, &mut trial)).await?;
        match text.too_long() {
            problems if problems.is_empty() => Ok(key),
            problems => Err(ServiceError::Invalid(problems)),
        }
    }
}

fn warning(rules: &RedFlags, person: &Person, signs: Vec<String>) -> Option<Warning> {
    (!signs.is_empty()).then(|| Warning {
        person: person.clone(),
        labels: signs.iter().map(|sign| rules.label(sign)).collect(),
        advice: rules.advice(&signs),
        signs,
    })
}

fn place(ctx: &Ctx, patient: PatientId, slot: DraftSlot) -> DraftPlace {
    DraftPlace { account: ctx.actor.account, patient, slot: slot.id() }
}

/// A draft on its way, without its text.
#[derive(Clone)]
struct Kept {
    place: DraftPlace,
    slot: DraftSlot,
    is_blank: bool,
    about: Option<ChartItem>,
}

impl Kept {
    /// A note that is there already.
    fn note(place: DraftPlace, thread: ThreadId) -> Kept {
        Kept { place, slot: DraftSlot::Note(thread), is_blank: false, about: None }
    }

    /// A draft is kept where its text could be sent from: a box of a thread or an item that is this
    /// patient's and that its writer may read. Thrown away it may be without: that leaves nothing.
    fn allow(&self, tx: &mut Tx<'_>, act: &mut Act) -> Result<(), ServiceError> {
        let capability = match act.actor().door {
            Door::Patient => Capability::ReadMessages,
            _ => Capability::ReadDemographics,
        };
        act.allow(tx, capability, Item::default())?;
        if self.is_blank {
            return Ok(());
        }
        let (capability, item) = match self.slot {
            DraftSlot::New => return Ok(()),
            DraftSlot::Thread(thread) => {
                let found = store::thread::load(tx, self.place.patient, thread)?;
                let found = found.ok_or(ServiceError::NotFound)?;
                (Capability::ReadThread(found.thread.pool), threads::item(&found))
            }
            DraftSlot::Note(thread) => {
                let found = store::thread::load(tx, self.place.patient, thread)?;
                let found = found.ok_or(ServiceError::NotFound)?;
                // As the inbox shows notes: no patient has that capability.
                (Capability::ReadInbox(found.thread.pool), threads::item(&found))
            }
            DraftSlot::Item(resource) => {
                let found = store::resource::load(tx, self.place.patient, resource)?;
                let is_it = |found: &StoredResource| {
                    self.about.as_ref().is_none_or(|about| about.resource_type == found.resource_type)
                };
                let found = found.filter(is_it).ok_or(ServiceError::NotFound)?;
                (Capability::ReadChart, Item { sensitivity: found.sensitivity, visibility: found.visibility })
            }
        };
        // The row goes on saying by which right the patient's drafts are kept.
        match act.may(tx, capability, item)? {
            true => Ok(()),
            false => Err(ServiceError::Denied),
        }
    }
}

//! Drafts on the server: saved a few seconds after the last keystroke, parked when a session has run
//! out, gone when sent.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::persons;
use crate::service::Service;
use crate::view::person::Person;
use crate::view::warning::Warning;
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::draft::DraftText;
use domain::id::{DraftId, PatientId, ResourceId, ThreadId};
use jiff::SignedDuration;
use store::draft::DraftPlace;
use uuid::Uuid;

/// How long text of an expired session is kept for the same account.
pub const PARKED: SignedDuration = SignedDuration::from_hours(1);

/// Which text box a draft belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftSlot {
    New,
    Thread(ThreadId),
    Item(ResourceId),
}

impl DraftSlot {
    /// The column value; nil for a new message.
    pub fn id(self) -> Uuid {
        match self {
            DraftSlot::New => Uuid::nil(),
            DraftSlot::Thread(thread) => thread.0,
            DraftSlot::Item(resource) => resource.0,
        }
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

    /// Signs of an emergency in what somebody is about to send, by the words of the rules.
    pub fn signs_in(&self, slot: DraftSlot, text: &DraftText) -> Vec<String> {
        // The subject of a reply, or of a question about a chart item, is not the writer's own.
        let subject = if slot == DraftSlot::New { &text.subject } else { "" };
        self.red_flags().read(&format!("{subject}\n{}", text.body))
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

    /// What to do for the warning words of a text that stands on a page already.
    pub fn warning_of(&self, person: &Person, slot: DraftSlot, text: &DraftText) -> Option<Warning> {
        let (signs, rules) = (self.signs_in(slot, text), self.red_flags());
        (!signs.is_empty()).then(|| Warning {
            person: person.clone(),
            labels: signs.iter().map(|sign| rules.label(sign)).collect(),
            advice: rules.advice(&signs),
            signs,
        })
    }

    async fn keep_draft(
        &self,
        ctx: &Ctx,
        action: AuditAction,
        (person, slot): (PatientId, DraftSlot),
        (text, keep_for): (DraftText, Option<SignedDuration>),
    ) -> Result<Option<Warning>, ServiceError> {
        let is_blank = text.is_blank();
        let act = self.act(ctx, action);
        let place = DraftPlace { account: ctx.actor.account, patient: person, slot: slot.id() };
        let id = DraftId(self.mint(ctx.now));
        let object = Some((AuditObject::Draft, slot.id()));
        let Some(key) = self.store.patient_key(person).await? else {
            return self.turn_away(act, person, object, ServiceError::NotFound).await;
        };
        let sealed = store::draft::seal_draft(&key, &place, (id, &text), ctx.now)?;
        let is_patient = ctx.actor.door == Door::Patient;
        let signs = if is_patient { self.signs_in(slot, &text) } else { Vec::new() };
        let service = self.clone();
        let expires_at = keep_for.and_then(|time| ctx.now.checked_add(time).ok());
        self.change(act, move |tx, act| {
            act.about(person, object);
            let capability = match act.actor().door {
                Door::Patient => Capability::ReadMessages,
                _ => Capability::ReadDemographics,
            };
            act.allow(tx, capability, Item::default())?;
            if is_blank {
                store::draft::discard(tx, &place)?;
                return Ok(None);
            }
            store::draft::save(tx, &place, &sealed, expires_at)?;
            if signs.is_empty() {
                return Ok(None);
            }
            act.detail().signs.clone_from(&signs);
            Ok(service.warning_of(&persons::load(tx, act, person)?, slot, &text))
        })
        .await
    }
}

//! Drafts on the server: saved a few seconds after the last keystroke, parked when a session has run
//! out, gone when sent.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
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
    /// Keeps what is typed; a blank draft is thrown away. The later of two saves stays.
    pub async fn save_draft(
        &self,
        ctx: &Ctx,
        person: PatientId,
        slot: DraftSlot,
        text: DraftText,
    ) -> Result<(), ServiceError> {
        self.keep_draft(ctx, (person, slot), text, None).await
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
        self.keep_draft(ctx, (person, slot), text, Some(PARKED)).await
    }

    /// Throws a draft away.
    pub async fn discard_draft(
        &self,
        ctx: &Ctx,
        person: PatientId,
        slot: DraftSlot,
    ) -> Result<(), ServiceError> {
        self.save_draft(ctx, person, slot, DraftText::default()).await
    }

    async fn keep_draft(
        &self,
        ctx: &Ctx,
        (person, slot): (PatientId, DraftSlot),
        text: DraftText,
        keep_for: Option<SignedDuration>,
    ) -> Result<(), ServiceError> {
        let is_blank = text.is_blank();
        let act = self.act(ctx, if is_blank { AuditAction::DiscardDraft } else { AuditAction::SaveDraft });
        let place = DraftPlace { account: ctx.actor.account, patient: person, slot: slot.id() };
        let id = DraftId(self.mint(ctx.now));
        let object = Some((AuditObject::Draft, slot.id()));
        let Some(key) = self.store.patient_key(person).await? else {
            return self.turn_away(act, person, object, ServiceError::NotFound).await;
        };
        let sealed = store::draft::seal_draft(&key, &place, (id, &text), ctx.now)?;
        let expires_at = keep_for.and_then(|time| ctx.now.checked_add(time).ok());
        self.change(act, move |tx, act| {
            act.about(person, object);
            let capability = match act.actor().door {
                Door::Patient => Capability::ReadChart,
                _ => Capability::ReadDemographics,
            };
            act.allow(tx, capability, Item::default())?;
            if is_blank {
                return Ok(store::draft::discard(tx, &place)?);
            }
            Ok(store::draft::save(tx, &place, &sealed, expires_at)?)
        })
        .await
    }
}

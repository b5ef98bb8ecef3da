//! The organisation's own settings: its founding with the seeds, its name, its keys' copy.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::id::{CloseReasonId, TopicId};
use store::organisation::{self, Organisation};
use store::{close_reason, topic};

/// What the operator says of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrganisation {
    pub name: String,
    pub phone: String,
    /// IANA time zone.
    pub time_zone: String,
    pub is_demo: bool,
}

impl Service {
    /// Founds the organisation with its topics and close reasons; false where it stands already.
    pub async fn found(&self, ctx: &Ctx, new: NewOrganisation) -> Result<bool, ServiceError> {
        let topics = topic::seeds(|| TopicId(self.mint(ctx.now)));
        let reasons = close_reason::seeds(|| CloseReasonId(self.mint(ctx.now)));
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            let added = organisation::insert(
                tx,
                &Organisation {
                    created_at: act.now,
                    is_demo: new.is_demo,
                    name: new.name.clone(),
                    phone: new.phone.clone(),
                    time_zone: new.time_zone.clone(),
                    keys_copied_at: None,
                },
            )?;
            if added {
                topic::insert(tx, &topics)?;
                close_reason::insert(tx, &reasons)?;
            }
            Ok(added)
        })
        .await
    }

    /// The organisation, as every page shows it; `None` before it was founded.
    pub async fn organisation(&self) -> Result<Option<Organisation>, ServiceError> {
        Ok(self.store.db.read(organisation::load).await?)
    }

    /// Takes name, telephone and zone over from the configuration; false where nothing differs.
    pub async fn update_organisation(&self, ctx: &Ctx, new: NewOrganisation) -> Result<bool, ServiceError> {
        let known = self.organisation().await?.ok_or(ServiceError::NotFound)?;
        if (&known.name, &known.phone, &known.time_zone) == (&new.name, &new.phone, &new.time_zone) {
            return Ok(false);
        }
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            organisation::update(tx, &new.name, &new.phone, &new.time_zone)?;
            Ok(true)
        })
        .await
    }

    /// Keeps the operator's word that the root key was copied elsewhere.
    pub async fn confirm_key_copy(&self, ctx: &Ctx) -> Result<(), ServiceError> {
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            act.detail().what = Some("root key copied".into());
            Ok(organisation::confirm_key_copy(tx, act.now)?)
        })
        .await
    }
}

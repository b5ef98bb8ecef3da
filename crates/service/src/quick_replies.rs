//! Quick replies, as the operator keeps them: a list per pool, each text in both languages.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::draft::{Body, FieldProblem};
use domain::id::{PoolId, QuickReplyId};
use domain::language::Label;
use domain::pool::QuickReply;
use store::quick_reply;

/// Characters of a label, which stands on a button.
pub const LONGEST_LABEL: usize = 40;

impl Service {
    /// Adds a text at the end of a pool's list.
    pub async fn add_quick_reply(
        &self,
        ctx: &Ctx,
        pool: PoolId,
        (label, text): (Label, Label),
    ) -> Result<QuickReplyId, ServiceError> {
        let reply = checked(QuickReplyId(self.mint(ctx.now)), label, text)?;
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            act.object(AuditObject::Pool, pool.0);
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            store::pool::load(tx, pool)?.ok_or(ServiceError::NotFound)?;
            quick_reply::insert(tx, pool, &reply, act.now)?;
            Ok(reply.id)
        })
        .await
    }

    /// A pool's texts in their order. They are settings and say nothing of anybody.
    pub async fn quick_replies(&self, pool: PoolId) -> Result<Vec<QuickReply>, ServiceError> {
        Ok(self.store.db.read(move |tx| quick_reply::of_pool(tx, pool)).await?)
    }

    /// Takes a text out of a pool's list; `NotFound` where it is not in it.
    pub async fn remove_quick_reply(
        &self,
        ctx: &Ctx,
        pool: PoolId,
        id: QuickReplyId,
    ) -> Result<(), ServiceError> {
        let act = self.act(ctx, AuditAction::ChangeSettings);
        self.change(act, move |tx, act| {
            act.object(AuditObject::Pool, pool.0);
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            if quick_reply::remove(tx, pool, id)? { Ok(()) } else { Err(ServiceError::NotFound) }
        })
        .await
    }
}

/// Both languages have a label that fits its button and a text that could be sent.
fn checked(id: QuickReplyId, label: Label, text: Label) -> Result<QuickReply, ServiceError> {
    let mut problems = Vec::new();
    let has_label = |label: &str| (1..=LONGEST_LABEL).contains(&label.trim().chars().count());
    if !has_label(&label.en) || !has_label(&label.es) {
        problems.push(FieldProblem::NameMissing);
    }
    problems.extend([&text.en, &text.es].into_iter().filter_map(|text| Body::parse(text).err()).take(1));
    if problems.is_empty() {
        Ok(QuickReply { id, label, text })
    } else {
        Err(ServiceError::Invalid(problems))
    }
}

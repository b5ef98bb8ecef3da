//! Studies on the record as analysts run them: asked for, worked on one at a time in the background, and kept
//! with their protocol, the moment of their data, their program and their report, which is of published grade.
//! The rows that are counted are never kept.

mod asked;
mod lines;
mod recent;
mod report;
mod runner;
mod shipped;
mod show;

pub use asked::Asked;
pub use lines::{Line, differences};
pub use recent::with_recent_dates;
pub use runner::{HELD_FOR, LEASE, Runner, run};
pub use shipped::{SHIPPED, Shipped};

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::id::StudyRunId;
use store::study_key::StudyKey;
use store::study_run::{self, Content, NewRun};

/// Name and version of this program, as reports state it.
pub const PROGRAM: &str = concat!("Samechart ", env!("CARGO_PKG_VERSION"));

impl Service {
    /// Asks for a run; it waits for its turn. The same protocol asked for again by the same person, while it waits
    /// or runs, is the same run. The key is random unless a seed is given.
    pub async fn start_study(
        &self,
        ctx: &Ctx,
        asked: Asked,
        seed: Option<i64>,
    ) -> Result<StudyRunId, ServiceError> {
        let mut act = self.act(ctx, AuditAction::StartStudy);
        let key = seed.map_or_else(StudyKey::random, |seed| Ok(StudyKey::seeded(seed)))?;
        let new = NewRun {
            id: StudyRunId(self.mint(ctx.now)),
            asked_by: (ctx.actor.door != Door::Cli).then_some(ctx.actor.account),
            asked_at: ctx.now,
            protocol_hash: asked.protocol.hash(),
            seed,
            key,
            content: Content {
                title: asked.protocol.title,
                protocol: asked.text,
                reason: None,
                operator: act.detail().operator.clone(),
            },
        };
        self.change(act, move |tx, act| {
            act.object(AuditObject::Study, new.id.0);
            act.allow(tx, Capability::RunStudy, Item::default())?;
            let twin = study_run::open_twin(tx, (new.asked_by, &new.protocol_hash, new.seed))?;
            let id = twin.unwrap_or(new.id);
            act.object(AuditObject::Study, id.0);
            if twin.is_none() {
                study_run::insert(tx, &act.vault, &new)?;
            }
            Ok(id)
        })
        .await
    }

    /// The same protocol once more, on the data as they are then.
    pub async fn start_study_again(&self, ctx: &Ctx, run: StudyRunId) -> Result<StudyRunId, ServiceError> {
        let text = self.study_protocol(ctx, run).await?;
        // It was right when it was first asked for; a newer program may know better.
        let asked = Asked::check(&text).map_err(|_| ServiceError::NotFound)?;
        self.start_study(ctx, asked, None).await
    }

    /// Destroys a run's key: then nobody can tell any more whom an id of its rows stood for.
    pub async fn destroy_study_key(&self, ctx: &Ctx, run: StudyRunId) -> Result<(), ServiceError> {
        let act = self.act(ctx, AuditAction::DestroyStudyKey);
        self.change(act, move |tx, act| {
            act.object(AuditObject::Study, run.0);
            act.allow(tx, Capability::RunStudy, Item::default())?;
            let known = study_run::load(tx, &act.vault, run)?.ok_or(ServiceError::NotFound)?;
            // Without its key a run that waits could not be done.
            if known.state.is_open() {
                return Err(ServiceError::NotFound);
            }
            study_run::destroy_key(tx, run)?;
            Ok(())
        })
        .await
    }
}

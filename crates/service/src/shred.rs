//! Shredding a patient: an operator's act, refused under legal hold, that leaves a row in the
//! organisation's audit.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::draft::Reason;
use domain::id::PatientId;
use std::time::Duration;
use store::shred::{self, Standing};

/// Postings deleted in one transaction.
const POSTINGS: usize = 2_000;
const CHECKPOINT_TRIES: u32 = 5;

/// How a shredding ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shredded {
    Done {
        /// Rows deleted.
        rows: u64,
        /// False where a reader holds on to SQLite's log, which then still has the deleted rows.
        is_log_empty: bool,
    },
    OnLegalHold,
}

impl Service {
    /// Shreds a patient. May be run again after a crash: it finishes what is left.
    pub async fn shred(
        &self,
        ctx: &Ctx,
        patient: PatientId,
        reason: Reason,
    ) -> Result<Shredded, ServiceError> {
        let is_operator = ctx.actor.door == Door::Cli;
        let mut act = self.act(ctx, AuditAction::ShredPatient);
        act.object(AuditObject::Patient, patient.0);
        act.detail().reason = Some(reason.as_str().to_owned());
        // Sealed, so that `check` need not believe the id that stands in clear.
        act.detail().what = Some(patient.to_string());
        let shredded = self
            .change(act, move |tx, _| {
                if !is_operator {
                    return Err(ServiceError::Denied);
                }
                match shred::standing(tx, patient)? {
                    Standing::Unknown => Err(ServiceError::NotFound),
                    Standing::OnLegalHold => Err(ServiceError::Denied),
                    Standing::There | Standing::Shredded => Ok(shred::shred(tx, patient)?),
                }
            })
            .await;
        let rows = match shredded {
            Err(ServiceError::Denied) if is_operator => return Ok(Shredded::OnLegalHold),
            other => other?,
        };
        self.store.vault.forget(patient);
        let rows = rows + self.sweep_postings(patient).await?;
        Ok(Shredded::Done { rows, is_log_empty: self.empty_log().await? })
    }

    /// The patient's threads are gone, so no new postings can come.
    async fn sweep_postings(&self, patient: PatientId) -> Result<u64, ServiceError> {
        let mut swept = 0;
        loop {
            let keys = self.store.db.read(move |tx| shred::postings(tx, patient, POSTINGS)).await?;
            if keys.is_empty() {
                return Ok(swept);
            }
            swept += keys.len() as u64;
            self.store.db.write(move |tx| shred::delete_postings(tx, &keys)).await?;
        }
    }

    async fn empty_log(&self) -> Result<bool, ServiceError> {
        for _ in 0..CHECKPOINT_TRIES {
            match self.store.db.checkpoint().await {
                Ok(()) => return Ok(true),
                Err(store::StoreError::Unavailable(_)) => {
                    tokio::time::sleep(Duration::from_millis(200)).await
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(false)
    }
}

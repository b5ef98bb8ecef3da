//! "That answers it, thank you": the patient's own close. It says something to the team and asks
//! nothing of it.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::persons;
use crate::service::Service;
use domain::access::Capability;
use domain::audit::AuditAction;
use domain::id::{PatientId, ThreadId};
use domain::message::EventLine;
use domain::thread::awaits_thanks;
use store::thread::Closed;

/// The seeded reason under which such a close is kept.
const ANSWERED: &str = "answered";

impl Service {
    /// Closes a thread that was answered, or adds thanks to one that is closed. A second time changes
    /// nothing.
    pub async fn thank(
        &self,
        ctx: &Ctx,
        person: PatientId,
        id: ThreadId,
        last_seen: i64,
    ) -> Result<(), ServiceError> {
        self.thread_change(ctx, (Some(person), id), AuditAction::SettleThread, move |tx, act, change| {
            let mut stored = change.load(tx, act, Capability::WriteInThread)?;
            let before = stored.clone();
            let entries = store::message::of_thread(tx, &change.key, (change.patient, change.id))?;
            if !awaits_thanks(&entries) {
                return Ok(());
            }
            if stored.thread.settle_by_patient(last_seen)? {
                let reason = store::close_reason::by_word(tx, ANSWERED)?.ok_or(ServiceError::NotFound)?.id;
                stored.closed = Some(Closed { at: act.now, by: act.actor().account, reason });
            }
            let line = change.sealed(act, EventLine::Thanked)?;
            let seq = stored.thread.append_thanks_line();
            change.write(tx, (seq, &line), (&stored, &before), None)?;
            let reader = persons::reader(act.actor(), change.patient);
            Ok(store::thread_reader::read_up_to(tx, (change.patient, change.id), reader, (seq, act.now))?)
        })
        .await
    }
}

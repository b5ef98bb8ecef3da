//! An entry of a thread that is there, as it is written: with the close that goes with it.

use super::{Done, done, sent_before};
use crate::acts::Act;
use crate::drafts::DraftSlot;
use crate::error::ServiceError;
use crate::sending::{self, Prepared};
use crate::threads::item;
use domain::access::Capability;
use domain::audit::AuditObject;
use domain::draft::FieldProblem;
use domain::id::{CloseReasonId, PatientId, ThreadId};
use domain::message::MessageKind;
use store::db::Tx;
use store::message::NewMessage;
use store::thread::{Closed, StoredThread};

/// An entry for a thread that is there, ready to be written.
pub(crate) struct Posting {
    pub id: ThreadId,
    pub patient: PatientId,
    /// By the patient; otherwise it is the team's work.
    pub is_reply: bool,
    pub last_seen: i64,
    pub closing: Option<(CloseReasonId, NewMessage)>,
}

impl Posting {
    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        act: &mut Act,
        prepared: &Prepared,
    ) -> Result<Done, ServiceError> {
        act.about(self.patient, Some((AuditObject::Thread, self.id.0)));
        let mut stored = store::thread::lock(tx, self.patient, self.id)?.ok_or(ServiceError::NotFound)?;
        let before = stored.thread.clone();
        let capability = match self.is_reply {
            true => Capability::WriteInThread(before.pool),
            false => Capability::WorkThread(before.pool),
        };
        act.allow(tx, capability, item(&stored))?;
        if let Some(earlier) = sending::earlier(tx, self.patient, prepared)? {
            return sent_before(earlier, self.patient, Some(self.id), before.pool);
        }
        sending::keep_pace(tx, act, self.patient)?;
        let seq = self.place(tx, act, &mut stored, prepared)?;
        sending::append(tx, act, &stored.thread, (prepared, seq))?;
        sending::flag(tx, act, &mut stored.thread, prepared)?;
        self.close(tx, act, &mut stored)?;
        let card = (prepared.message.kind == MessageKind::Message).then_some(&prepared.card);
        sending::keep(tx, (&stored, &before), card)?;
        sending::notify(tx, act, &stored.thread, prepared)?;
        let slot = match prepared.message.kind {
            MessageKind::InternalNote => DraftSlot::Note(self.id),
            _ => DraftSlot::Thread(self.id),
        };
        sending::discard_draft(tx, act, self.patient, slot.id())?;
        Ok(done((self.patient, self.id, seq), before.pool, false))
    }

    fn place(
        &self,
        tx: &mut Tx<'_>,
        act: &Act,
        stored: &mut StoredThread,
        prepared: &Prepared,
    ) -> Result<i64, ServiceError> {
        if prepared.message.kind == MessageKind::InternalNote {
            return Ok(stored.thread.append_line());
        }
        let pool = store::pool::load(tx, stored.thread.pool)?.ok_or(ServiceError::NotFound)?;
        Ok(stored.thread.post(&prepared.message.author, self.last_seen, &pool, act.now)?)
    }

    fn close(&self, tx: &mut Tx<'_>, act: &Act, stored: &mut StoredThread) -> Result<(), ServiceError> {
        let Some((reason, line)) = &self.closing else { return Ok(()) };
        store::close_reason::load(tx, *reason)?
            .ok_or_else(|| ServiceError::Invalid(vec![FieldProblem::ReasonMissing]))?;
        let last_turn = stored.thread.last_turn_seq;
        stored.thread.close(*reason, last_turn)?;
        stored.closed = Some(Closed { at: act.now, by: act.actor().account, reason: *reason });
        let seq = stored.thread.append_news_line();
        Ok(store::message::insert(tx, (self.patient, self.id, seq), line)?)
    }
}

//! Text of a message whose session ran out while it was written: kept for an hour for the same account,
//! offered after signing in again, never sent by itself (DESIGN 5).

use crate::ctx::Ctx;
use crate::drafts::DraftSlot;
use crate::error::ServiceError;
use crate::service::Service;
use domain::actor::Door;
use domain::draft::DraftText;
use domain::id::{PatientId, RequestId, ThreadId};

/// Where the text was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParkedAt {
    Person(PatientId, DraftSlot),
    /// The team's reply box: the thread says whose it is.
    Thread(ThreadId),
    /// The team's box for an internal note, beside it.
    Note(ThreadId),
}

/// The cookie and the form's token: both must be of the session that ran out.
#[derive(Clone, Copy, Debug)]
pub struct Expired<'a> {
    pub door: Door,
    pub token: &'a str,
    pub csrf: &'a str,
}

impl Service {
    /// Parks the text; false where there is nobody to keep it for.
    pub async fn park_expired(
        &self,
        expired: Expired<'_>,
        at: ParkedAt,
        (request, text): (RequestId, DraftText),
    ) -> Result<bool, ServiceError> {
        if text.is_blank() {
            return Ok(false);
        }
        let session = self.expired_session(expired.door, expired.token).await?;
        let Some(session) = session.filter(|session| session.is_csrf(expired.csrf)) else { return Ok(false) };
        let ctx = Ctx { actor: session.actor, now: self.now(), request };
        let (person, slot) = match at {
            ParkedAt::Person(person, slot) => (Some(person), slot),
            ParkedAt::Thread(thread) => (self.patient_of(thread).await?, DraftSlot::Thread(thread)),
            ParkedAt::Note(thread) => (self.patient_of(thread).await?, DraftSlot::Note(thread)),
        };
        let Some(person) = person else { return Ok(false) };
        match self.park(&ctx, person, slot, text).await {
            Ok(()) => Ok(true),
            Err(ServiceError::NotFound | ServiceError::Denied) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn patient_of(&self, thread: ThreadId) -> Result<Option<PatientId>, ServiceError> {
        Ok(self.store.db.read(move |tx| store::thread::patient_of(tx, thread)).await?)
    }
}

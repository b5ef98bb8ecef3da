//! The wrapper around every call: access inside the work's own transaction, an audit row for what was
//! read, changed or refused. A refused change is rolled back to a savepoint and its audit row
//! committed; a read's rows are committed before its answer leaves.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{self, Capability, CareRelation, Grounds, Item};
use domain::actor::{Actor, Door, PurposeOfUse};
use domain::audit::{AuditAction, AuditDetail, AuditEvent, AuditObject, AuditOutcome};
use domain::id::{AuditId, PatientId, RequestId};
use domain::pace::Pace;
use domain::red_flags::RedFlags;
use jiff::Timestamp;
use std::sync::Arc;
use store::db::Tx;
use store::vault::Vault;
use uuid::Uuid;

/// One call in progress: collects what its audit rows will say.
#[derive(Clone)]
pub struct Act {
    pub now: Timestamp,
    pub vault: Arc<Vault>,
    /// A section whose newest entry is older than this may be out of date.
    pub old_before: Timestamp,
    /// What warning words are called.
    pub red_flags: Arc<RedFlags>,
    /// How much one account may send.
    pub pace: Pace,
    actor: Arc<Actor>,
    request: RequestId,
    action: AuditAction,
    ids: Vec<Uuid>,
    patient: PatientId,
    purpose: Option<PurposeOfUse>,
    object: Option<(AuditObject, Uuid)>,
    detail: AuditDetail,
    shown: Vec<PatientId>,
}

impl Act {
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Names the patient and the thing; before the check, so that a refusal names them too.
    pub fn about(&mut self, patient: PatientId, object: Option<(AuditObject, Uuid)>) {
        self.patient = patient;
        self.object = object;
    }

    pub fn object(&mut self, object: AuditObject, id: Uuid) {
        self.object = Some((object, id));
    }

    pub fn detail(&mut self) -> &mut AuditDetail {
        &mut self.detail
    }

    /// One audit row per patient shown, in place of one for the whole call.
    pub fn show(&mut self, patients: impl IntoIterator<Item = PatientId>) {
        for patient in patients {
            if !self.shown.contains(&patient) {
                self.shown.push(patient);
            }
        }
    }

    /// Checks access to an item of the patient named by [`Act::about`].
    pub fn allow(
        &mut self,
        tx: &mut Tx<'_>,
        capability: Capability,
        item: Item,
    ) -> Result<Grounds, ServiceError> {
        match self.decide(tx, capability, item)? {
            Ok(grounds) => {
                self.purpose = Some(access::purpose(grounds));
                Ok(grounds)
            }
            Err(_) => Err(ServiceError::Denied),
        }
    }

    /// Whether the actor may, without ending the call or leaving a row of denial.
    pub fn may(&self, tx: &mut Tx<'_>, capability: Capability, item: Item) -> Result<bool, ServiceError> {
        Ok(self.decide(tx, capability, item)?.is_ok())
    }

    fn decide(
        &self,
        tx: &mut Tx<'_>,
        capability: Capability,
        item: Item,
    ) -> Result<access::Decision, ServiceError> {
        let relation = if self.actor.door == Door::Team && !self.patient.is_organisation() {
            store::care_relation::load(tx, &self.actor, self.patient, self.now)?
        } else if self.acts_for_another() {
            let place = (self.patient, self.actor.account);
            CareRelation { proxy: store::proxy::current(tx, place, self.now)?, ..CareRelation::default() }
        } else {
            CareRelation::default()
        };
        Ok(access::decide(&self.actor, capability, self.patient, (&relation, item), self.now))
    }

    /// At the patient door, about somebody else than the actor.
    pub(crate) fn acts_for_another(&self) -> bool {
        self.actor.door == Door::Patient
            && !self.patient.is_organisation()
            && self.actor.own_chart != Some(self.patient)
    }

    fn events(&self, outcome: AuditOutcome) -> Vec<AuditEvent> {
        let one = [self.patient];
        let patients = if self.shown.is_empty() { &one[..] } else { &self.shown[..] };
        let mut events: Vec<AuditEvent> = Vec::with_capacity(patients.len());
        for (n, patient) in patients.iter().enumerate() {
            events.push(self.event(*patient, n, outcome));
        }
        events
    }

    fn event(&self, patient: PatientId, n: usize, outcome: AuditOutcome) -> AuditEvent {
        let purpose = self.purpose.unwrap_or(match self.actor.door {
            Door::Patient => PurposeOfUse::PatientRequest,
            Door::Team => PurposeOfUse::Treatment,
            _ => PurposeOfUse::Operations,
        });
        AuditEvent {
            id: AuditId(self.ids.get(n).copied().unwrap_or_else(Uuid::nil)),
            patient,
            at: self.now,
            account: (!self.actor.account.0.is_nil()).then_some(self.actor.account),
            role: self.actor.leading_role().map(|held| held.role),
            door: self.actor.door,
            purpose,
            action: self.action,
            outcome,
            object: self.object,
            request: self.request,
            detail: self.detail.clone(),
        }
    }

    /// Writes the rows of a call that was done.
    pub(crate) fn done(&self, tx: &mut Tx<'_>, ids: &Service) -> Result<(), ServiceError> {
        self.record(tx, ids, AuditOutcome::Done)
    }

    /// Writes the rows. A patient who does not exist has no chain: such a row is the organisation's.
    fn record(&self, tx: &mut Tx<'_>, ids: &Service, outcome: AuditOutcome) -> Result<(), ServiceError> {
        let mut events = self.events(outcome);
        for event in &mut events {
            if event.id.0.is_nil() {
                event.id = AuditId(ids.mint(self.now));
            }
        }
        let named: Vec<PatientId> =
            events.iter().map(|event| event.patient).filter(|patient| !patient.is_organisation()).collect();
        let known = store::audit::patients_among(tx, &named)?;
        for event in events.iter_mut().filter(|event| !known.contains(&event.patient)) {
            event.patient = PatientId::ORGANISATION;
        }
        if outcome == AuditOutcome::Done {
            return Ok(store::audit::record_all(tx, &self.vault, &events)?);
        }
        Ok(events.iter().try_for_each(|event| store::audit::record(tx, &self.vault, event))?)
    }
}

fn outcome_of<T>(result: &Result<T, ServiceError>) -> Option<AuditOutcome> {
    match result {
        Ok(_) => Some(AuditOutcome::Done),
        Err(ServiceError::Denied) => Some(AuditOutcome::Denied),
        Err(ServiceError::NotFound) => Some(AuditOutcome::NotFound),
        Err(ServiceError::Invalid(_)) => Some(AuditOutcome::Invalid),
        Err(ServiceError::Conflict(_) | ServiceError::TooMany { .. }) => Some(AuditOutcome::Conflict),
        Err(ServiceError::Internal(_)) => None,
    }
}

/// Whoever may not know that a thing exists gets the answer of a true miss.
fn veiled<T>(act: &Act, result: Result<T, ServiceError>) -> Result<T, ServiceError> {
    match result {
        Err(ServiceError::Denied) if !act.patient.is_organisation() => Err(ServiceError::NotFound),
        other => other,
    }
}

impl Service {
    pub(crate) fn act(&self, ctx: &Ctx, action: AuditAction) -> Act {
        Act {
            now: ctx.now,
            vault: self.store.vault.clone(),
            old_before: self.old_before(ctx.now),
            red_flags: self.red_flags(),
            pace: self.pace(),
            actor: Arc::new(ctx.actor.clone()),
            request: ctx.request,
            action,
            ids: vec![self.mint(ctx.now)],
            patient: PatientId::ORGANISATION,
            purpose: None,
            object: None,
            detail: self.detail_of(ctx.actor.door),
            shown: Vec::new(),
        }
    }

    fn detail_of(&self, door: Door) -> AuditDetail {
        let operator = if door == Door::Cli { self.operator.get().cloned() } else { None };
        AuditDetail { operator, ..AuditDetail::default() }
    }

    /// One change: work, access check and audit row in one transaction. The work may run again.
    pub(crate) async fn change<T, F>(&self, act: Act, work: F) -> Result<T, ServiceError>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &mut Act) -> Result<T, ServiceError> + Send + Sync + 'static,
    {
        let service = self.clone();
        self.store
            .db
            .write(move |tx| {
                let mut act = act.clone();
                let result = tx.savepoint(|tx| work(tx, &mut act));
                let Some(outcome) = outcome_of(&result) else { return result.map(Ok) };
                act.record(tx, &service, outcome)?;
                Ok(veiled(&act, result))
            })
            .await?
    }

    /// Refuses before there was anything to write; the refusal is audited like any other.
    pub(crate) async fn turn_away<T: Send + 'static>(
        &self,
        act: Act,
        patient: PatientId,
        object: Option<(AuditObject, Uuid)>,
        error: ServiceError,
    ) -> Result<T, ServiceError> {
        self.change(act, move |_, act| {
            act.about(patient, object);
            Err(error.clone())
        })
        .await
    }

    /// One read on a snapshot; its audit rows are committed before the answer is given.
    pub(crate) async fn read<T, F>(&self, act: Act, work: F) -> Result<T, ServiceError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>, &mut Act) -> Result<T, ServiceError> + Send + 'static,
    {
        self.read_marking(act, |tx, act| Ok((work(tx, act)?, ())), |_, _, _| Ok(())).await
    }

    /// A read that leaves marks (read, opened), written together with its audit rows.
    pub(crate) async fn read_marking<T, M, F, G>(&self, act: Act, work: F, mark: G) -> Result<T, ServiceError>
    where
        T: Send + 'static,
        M: Send + Sync + 'static,
        F: FnOnce(&mut Tx<'_>, &mut Act) -> Result<(T, M), ServiceError> + Send + 'static,
        G: Fn(&mut Tx<'_>, &Act, &M) -> Result<(), ServiceError> + Send + Sync + 'static,
    {
        let reading = self.store.db.read(move |tx| {
            let mut act = act;
            match work(tx, &mut act) {
                Err(ServiceError::Internal(fault)) => Err(ServiceError::Internal(fault)),
                result => Ok((result, act)),
            }
        });
        let (result, act) = reading.await?;
        let Some(outcome) = outcome_of(&result) else { return result.map(|(value, _)| value) };
        let (value, marks) = match result {
            Ok((value, marks)) => (Ok(value), Some(marks)),
            Err(error) => (Err(error), None),
        };
        let recorded = act.clone();
        let service = self.clone();
        let writing = self.store.db.write(move |tx| {
            if let Some(marks) = &marks {
                mark(tx, &recorded, marks)?;
            }
            recorded.record(tx, &service, outcome)
        });
        writing.await?;
        veiled(&act, value)
    }
}

//! Breaking the glass: a clinician opens the chart of a patient who is not theirs, for four hours, with
//! a reason that the patient and the privacy officer see. Whoever does so must know whom they mean: the
//! record number, or the name and the birth date. A search that finds nobody leaves its row too.

use super::asked::{self, Asked};
use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::draft::{FieldProblem, Reason};
use domain::id::PatientId;
use store::break_glass::{self, BrokenGlass};
use store::db::Tx;
use store::patient_token;

/// Candidates that are compared; a record number or a birth date leaves few.
const CANDIDATES: i64 = 100;

impl Service {
    /// Opens the chart of the one patient whom the words name.
    pub async fn break_glass(
        &self,
        ctx: &Ctx,
        words: &str,
        reason: Reason,
    ) -> Result<PatientId, ServiceError> {
        let mut act = self.act(ctx, AuditAction::BreakGlass);
        act.detail().query = Some(words.to_owned());
        act.detail().reason = Some(reason.as_str().to_owned());
        let asked = asked::read(words, ctx.now);
        self.change(act, move |tx, act| {
            act.allow(tx, Capability::BreakGlass, Item::default())?;
            let patient = meant(tx, act, &asked).map_err(|problem| match problem {
                Unmet::Field(problem) => ServiceError::Invalid(vec![problem]),
                Unmet::Fault(error) => error,
            })?;
            act.about(patient, None);
            let key = act.vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
            let place = (patient, act.actor().account);
            let broken = BrokenGlass::seal(&key, place, act.now, reason.as_str())?;
            break_glass::insert(tx, &broken)?;
            Ok(patient)
        })
        .await
    }
}

/// Why nobody was found.
enum Unmet {
    Field(FieldProblem),
    Fault(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for Unmet {
    fn from(error: E) -> Unmet {
        Unmet::Fault(error.into())
    }
}

fn meant(tx: &mut Tx<'_>, act: &Act, asked: &Asked) -> Result<PatientId, Unmet> {
    if !asked.names_one() {
        return Err(Unmet::Field(FieldProblem::PatientVague));
    }
    let vault = act.vault.clone();
    let groups = asked.tokens(vault.organisation().blind());
    let mut found = Vec::new();
    for patient in patient_token::with_all(tx, &groups, PatientId::ORGANISATION, CANDIDATES)? {
        if store::patient::card(tx, &vault, patient)?.is_some_and(|card| asked.matches(&card)) {
            found.push(patient);
        }
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Unmet::Field(FieldProblem::PatientUnknown)),
        _ => Err(Unmet::Field(FieldProblem::PatientNotOne)),
    }
}

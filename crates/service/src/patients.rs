//! Finding patients: by pieces of a name, birth date, record number or telephone. Blind tokens choose
//! candidates; a patient with whom the searcher has no care relationship does not exist for them.

mod asked;
mod emergency;

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::inbox::age;
use crate::service::Service;
use crate::view::person::Found;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::id::PatientId;
use store::db::Tx;
use store::patient::PatientCard;
use store::patient_token;

/// Patients that are shown; with more the searcher is asked to narrow.
const SHOWN: usize = 50;
/// Candidates that are looked at in one search.
const LOOKED_AT: usize = 2000;
const STEP: usize = 100;

impl Service {
    /// Patients who match every typed piece, by name, and whether there are more than are shown.
    pub async fn find_patients(&self, ctx: &Ctx, text: &str) -> Result<(Vec<Found>, bool), ServiceError> {
        let text = text.to_owned();
        let mut act = self.act(ctx, AuditAction::FindPatient);
        act.detail().query = Some(text.clone());
        self.read(act, move |tx, act| {
            act.allow(tx, Capability::FindPatient, Item::default())?;
            let asked = asked::read(&text, act.now);
            let (mut found, more) = find(tx, act, &asked)?;
            act.about(PatientId::ORGANISATION, None);
            act.show(found.iter().map(|one| one.patient));
            found.sort_by_cached_key(|one| (domain::words::fold(&one.name), one.birth_date.clone()));
            Ok((found, more))
        })
        .await
    }
}

fn find(tx: &mut Tx<'_>, act: &mut Act, asked: &asked::Asked) -> Result<(Vec<Found>, bool), ServiceError> {
    let vault = act.vault.clone();
    let groups = asked.tokens(vault.organisation().blind());
    if groups.is_empty() {
        return Ok((Vec::new(), false));
    }
    let (mut found, mut after, mut looked_at) = (Vec::new(), PatientId::ORGANISATION, 0);
    loop {
        let candidates = patient_token::tied_with_all(tx, act.actor(), &groups, (after, STEP as i64))?;
        let is_last = candidates.len() < STEP;
        looked_at += candidates.len();
        for patient in candidates {
            after = patient;
            act.about(patient, None);
            if !act.may(tx, Capability::ReadDemographics, Item::default())? {
                continue;
            }
            let Some(card) = store::patient::card(tx, &vault, patient)? else { continue };
            if !asked.matches(&card) {
                continue;
            }
            if found.len() == SHOWN {
                return Ok((found, true));
            }
            found.push(shown(act, patient, card));
        }
        if is_last || looked_at >= LOOKED_AT {
            return Ok((found, !is_last));
        }
    }
}

fn shown(act: &Act, patient: PatientId, card: PatientCard) -> Found {
    Found {
        patient,
        name: card.name,
        age: card.birth_date.as_deref().and_then(|date| age(date, act.now)),
        birth_date: card.birth_date,
        sex: card.sex,
        mrn: card.mrn,
        phone: card.phone,
    }
}

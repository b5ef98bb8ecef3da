//! A patient's word on research: from the day on which it is noted, studies count the patient no more, or again.
//! It is a fact among the patient's covariates, so it is sealed, dated, and goes with the patient.

use crate::about;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::covariate::Finding;
use domain::id::PatientId;

impl Service {
    /// Notes that studies may (`true`) or may not count a patient from today on. The patient reads it in "Who has
    /// looked".
    pub async fn choose_research(
        &self,
        ctx: &Ctx,
        patient: PatientId,
        may_count: bool,
    ) -> Result<(), ServiceError> {
        let mut act = self.act(ctx, AuditAction::ChooseResearch);
        act.detail().what = Some(if may_count { "in" } else { "out" }.to_owned());
        self.change(act, move |tx, act| {
            act.about(patient, Some((AuditObject::Patient, patient.0)));
            act.allow(tx, Capability::ChooseResearch, Item::default())?;
            store::covariate::load(tx, &act.vault, patient)?.ok_or(ServiceError::NotFound)?;
            let today = act.now.to_zoned(about::zone(tx)?).date();
            let finding = Finding::Research(super::extract::day(today), may_count);
            store::covariate::learn(tx, &act.vault, [(patient, vec![finding])].into(), act.now)?;
            Ok(())
        })
        .await
    }
}

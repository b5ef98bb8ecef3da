//! The fixed banner above whatever the team reads: who this is, so that nobody answers about another.

use crate::about::zone;
use crate::acts::Act;
use crate::error::ServiceError;
use crate::inbox::age;
use crate::service::Service;
use crate::view::name::ChartName;
use crate::view::person::Banner;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::id::PatientId;
use domain::language::Language;
use fhir::project::{Section, allergy};
use store::account::Account;
use store::db::Tx;

/// Allergies that a banner names at most; past that the chart is the place.
const ALLERGIES: usize = 50;

/// Reads the banner. Access to the patient was checked before; allergies need access to the chart.
pub(crate) fn load(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<Banner, ServiceError> {
    let card = store::patient::load(tx, &act.vault, patient)?.ok_or(ServiceError::NotFound)?.card;
    let may_read_chart = act.may(tx, Capability::ReadChart, Item::default())?;
    let allergies = if may_read_chart { Some(allergies(tx, act, patient)?) } else { None };
    let own = act.actor().pools.first();
    let may_write = match own {
        Some(pool) => act.may(tx, Capability::BeginThread(*pool), Item::default())?,
        None => false,
    };
    let language = card.language.as_deref().and_then(Language::from_tag);
    Ok(Banner {
        patient,
        name: card.name,
        preferred: card.preferred,
        age: card.birth_date.as_deref().and_then(|date| age(date, act.now)),
        birth_date: card.birth_date,
        sex: card.sex,
        mrn: card.mrn,
        language,
        language_text: card.language.filter(|_| language.is_none()),
        phone: card.phone,
        provider: provider(tx, act, patient)?,
        allergies,
        is_deceased: card.deceased,
        may_write,
        has_reader: has_reader(tx, act, patient)?,
    })
}

/// The patient's own account, or that of somebody who may read messages for the patient, in use.
fn has_reader(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<bool, ServiceError> {
    let is_in_use =
        |account: Option<Account>| account.is_some_and(|account| account.deactivated_at.is_none());
    if is_in_use(store::account::by_patient(tx, patient)?) {
        return Ok(true);
    }
    for stored in store::proxy::of_patient(tx, patient)? {
        let grant = stored.grant;
        if grant.scope.messages && grant.holds(act.now) && is_in_use(store::account::load(tx, grant.account)?)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn allergies(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<Vec<String>, ServiceError> {
    let key = act.vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
    let zone = zone(tx)?;
    let mut names = Vec::new();
    for stored in store::resource::section(tx, (patient, Section::Allergies.as_str()), None, ALLERGIES)? {
        if let Some(found) = allergy::project(&stored.open(&key)?, &zone).filter(|found| found.is_active) {
            names.push(ChartName::of(found.name, found.key.as_ref(), act.actor().language).plain);
        }
    }
    Ok(names)
}

/// The primary care provider's name, where the provider has an account.
fn provider(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<Option<String>, ServiceError> {
    let Some(practitioner) =
        store::empanelment::current(tx, patient, act.now)?.and_then(|row| row.practitioner)
    else {
        return Ok(None);
    };
    let Some(account) = store::account::by_practitioner(tx, practitioner)? else { return Ok(None) };
    Ok(Some(store::account::open_profile(act.vault.organisation(), &account)?.name))
}

impl Service {
    /// The banner alone.
    pub async fn banner(&self, ctx: &crate::ctx::Ctx, patient: PatientId) -> Result<Banner, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadDemographics), move |tx, act| {
            act.about(patient, None);
            act.allow(tx, Capability::ReadDemographics, Item::default())?;
            load(tx, act, patient)
        })
        .await
    }
}

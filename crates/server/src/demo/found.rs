//! The clinic's first day: organisation, pools, staff, charts, panel and the patients' accounts.

use super::accounts::{self, DemoSignIn};
use super::folder::Folder;
use super::records::Delivery;
use crate::cli::Failure;
use domain::actor::{Actor, Door, StaffRole};
use domain::enrolment::IdentityProof;
use domain::id::{AccountId, PatientId, PoolId, RequestId};
use domain::language::Language;
use jiff::Timestamp;
use service::Service;
use service::accounts::NewStaff;
use service::ctx::Ctx;
use service::organisation::NewOrganisation;
use service::pools::NewPool;
use simulate::cast::PatientMember;
use simulate::clinic::{Clinic, ZONE};
use simulate::seed::Seed;
use std::collections::HashMap;

/// Who is who in the store, by the keys of the cast.
#[derive(Default)]
pub struct Known {
    pub pools: HashMap<&'static str, PoolId>,
    pub actors: HashMap<String, Actor>,
    pub patients: HashMap<String, PatientId>,
    pub sign_ins: Vec<DemoSignIn>,
}

/// Founds the clinic with a service whose clock shows its first day.
pub struct Founding<'a> {
    pub clinic: &'a Clinic,
    pub seed: Seed,
    pub service: &'a Service,
    pub folder: &'a Folder,
}

impl Founding<'_> {
    pub async fn all(&self, history: &Delivery<'_>) -> Result<Known, Failure> {
        let mut known = Known::default();
        let new = NewOrganisation {
            name: self.clinic.name.into(),
            phone: self.clinic.phone.into(),
            time_zone: ZONE.into(),
            is_demo: true,
        };
        self.service.found(&self.operator(), new).await?;
        self.pools(&mut known).await?;
        history.import(self.service, self.folder).await?;
        self.staff(&mut known).await?;
        self.panel(&mut known).await?;
        for member in self.clinic.patients.iter().filter(|member| member.has_account) {
            self.patient(&mut known, member).await?;
        }
        // The tour: the first patient asks, the staff answer, other patients follow.
        let first = self.clinic.patients.first().map(PatientMember::sign_in).unwrap_or_default();
        known.sign_ins.sort_by_key(|one| (one.sign_in != first, one.door == "patient"));
        Ok(known)
    }

    /// The clinic's first working hour.
    fn operator(&self) -> Ctx {
        ctx(self.service, Actor::operator(), self.clinic.opened_at)
    }

    async fn pools(&self, known: &mut Known) -> Result<(), Failure> {
        for plan in &self.clinic.pools {
            let new = NewPool {
                label: plan.label.clone(),
                readers: Some(plan.readers.clone()),
                site: self.clinic.name.into(),
                answer_within_minutes: plan.answer_within_minutes,
                is_default: plan.is_default,
            };
            known.pools.insert(plan.key, self.service.create_pool(&self.operator(), new).await?);
        }
        Ok(())
    }

    async fn staff(&self, known: &mut Known) -> Result<(), Failure> {
        for member in &self.clinic.staff {
            let practitioner = self.service.find_practitioner_id(&self.seed.id(member.key)).await?;
            let pools: Vec<PoolId> =
                member.pools.iter().filter_map(|key| known.pools.get(key)).copied().collect();
            let sign_in = accounts::of_staff(self.seed, member);
            let new = NewStaff {
                name: member.name.into(),
                sign_in_name: sign_in.sign_in.clone(),
                role: member.role,
                specialty: member.specialty.map(str::to_owned),
                practitioner: practitioner.filter(|_| member.npi.is_some()),
                pools: pools.clone(),
                language: member.language,
                password: Some(sign_in.password.clone()),
            };
            let account = self.service.create_staff(&self.operator(), new).await?;
            let specialty = member.specialty.map(str::to_owned);
            let actor = Actor {
                account,
                door: Door::Team,
                language: member.language,
                own_chart: None,
                staff: vec![StaffRole { role: member.role, site: None, specialty }],
                pools,
            };
            known.actors.insert(member.key.to_owned(), actor);
            known.sign_ins.push(sign_in);
        }
        Ok(())
    }

    /// Every patient has a provider and that provider's team from the first day on.
    async fn panel(&self, known: &mut Known) -> Result<(), Failure> {
        let mut list = "patient,provider,pool,from\n".to_owned();
        for member in &self.clinic.patients {
            let id = self.seed.id(&member.key);
            let pool = known.pools.get(member.provider).ok_or_else(|| missing(member.provider))?;
            let provider = self.seed.id(member.provider);
            list += &format!("{id},{provider},{pool},{}\n", self.clinic.opened_at);
            let patient = self.service.find_patient_id(&id).await?;
            known.patients.insert(member.key.clone(), patient.ok_or_else(|| missing(&member.key))?);
        }
        let placed = self.service.import_panels(&self.operator(), list.into_bytes()).await?;
        match placed.refused.first() {
            None => Ok(()),
            Some(refused) => {
                Err(Failure::failed(format!("panel, line {}: {}", refused.line, refused.reason)))
            }
        }
    }

    async fn patient(&self, known: &mut Known, member: &PatientMember) -> Result<(), Failure> {
        let patient = *known.patients.get(&member.key).ok_or_else(|| missing(&member.key))?;
        let sign_in = accounts::of_patient(self.seed, member, patient.to_string());
        let invitation = self.service.invite(&self.operator(), patient, IdentityProof::InPerson).await?;
        let born = self.birth_date(member);
        let made = self
            .service
            .activate(&invitation.code, &born, &sign_in.sign_in, &sign_in.password, member.language)
            .await?;
        known.actors.insert(member.key.clone(), patient_actor(made.account, member.language, patient));
        known.sign_ins.push(sign_in);
        Ok(())
    }

    fn birth_date(&self, member: &PatientMember) -> String {
        let id = self.seed.id(&member.key);
        let is_theirs = |resource: &serde_json::Value| {
            resource["resourceType"] == "Patient" && resource["id"] == id.as_str()
        };
        let found = self.clinic.resources.iter().find(|arriving| is_theirs(&arriving.resource));
        let date = found.and_then(|arriving| arriving.resource["birthDate"].as_str());
        date.unwrap_or_default().to_owned()
    }
}

/// The circumstances of an act of the past.
pub fn ctx(service: &Service, actor: Actor, at: Timestamp) -> Ctx {
    Ctx { actor, now: at, request: RequestId(service.ids.mint(at)) }
}

pub fn missing(what: &str) -> Failure {
    Failure::failed(format!("the synthetic clinic lacks {what}"))
}

fn patient_actor(account: AccountId, language: Language, patient: PatientId) -> Actor {
    Actor {
        account,
        door: Door::Patient,
        language,
        own_chart: Some(patient),
        staff: Vec::new(),
        pools: Vec::new(),
    }
}

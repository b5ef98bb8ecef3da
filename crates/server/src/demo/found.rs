//! The clinic's first day: organisation, sites, pools, staff, charts and panel.

use super::accounts::{self, DemoSignIn};
use super::folder::Folder;
use super::records::{Delivery, SOURCE};
use crate::cli::Failure;
use domain::actor::{Actor, Door, StaffRole};
use domain::id::{AccountId, PatientId, PoolId, RequestId};
use domain::organisation::Site;
use jiff::Timestamp;
use service::Service;
use service::accounts::NewStaff;
use service::ctx::Ctx;
use service::organisation::NewOrganisation;
use service::pools::NewPool;
use simulate::cast::{LEADS, SITES};
use simulate::clinic::{Clinic, ZONE};
use simulate::seed::Seed;
use std::collections::HashMap;
use std::fmt::Write;

/// Who is who in the store, by the keys of the cast.
#[derive(Default)]
pub struct Known {
    pub pools: HashMap<&'static str, PoolId>,
    pub actors: HashMap<String, Actor>,
    pub patients: HashMap<String, PatientId>,
    pub sign_ins: Vec<DemoSignIn>,
}

impl Known {
    pub fn actor(&self, key: &str) -> Result<Actor, Failure> {
        self.actors.get(key).cloned().ok_or_else(|| missing(key))
    }

    pub fn patient(&self, key: &str) -> Result<PatientId, Failure> {
        self.patients.get(key).copied().ok_or_else(|| missing(key))
    }

    pub fn pool(&self, key: &str) -> Result<PoolId, Failure> {
        self.pools.get(key).copied().ok_or_else(|| missing(key))
    }
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
        self.sites().await?;
        self.pools(&mut known).await?;
        history.import(self.service, self.folder).await?;
        self.staff(&mut known).await?;
        self.patients(&mut known).await?;
        self.panel(&known).await?;
        Ok(known)
    }

    /// The clinic's first working hour.
    fn operator(&self) -> Ctx {
        ctx(self.service, Actor::operator(), self.clinic.opened_at)
    }

    async fn sites(&self) -> Result<(), Failure> {
        let site = |(plan, live): &(simulate::cast::SitePlan, Timestamp)| Site {
            id: self.service.demo_site_id(self.clinic.opened_at),
            name: plan.name.into(),
            time_zone: ZONE.into(),
            phone: plan.phone.into(),
            go_live: Some(*live),
        };
        let sites = self.clinic.sites.iter().map(site).collect();
        Ok(self.service.demo_sites(&self.operator(), sites).await?)
    }

    async fn pools(&self, known: &mut Known) -> Result<(), Failure> {
        for plan in &self.clinic.pools {
            let site = SITES.iter().find(|site| site.key == plan.site).ok_or_else(|| missing(plan.site))?;
            let new = NewPool {
                label: plan.label.clone(),
                readers: Some(plan.readers.clone()),
                site: site.name.into(),
                answer_within_minutes: plan.answer_within_minutes,
                is_default: plan.is_default,
            };
            known.pools.insert(plan.key, self.service.create_pool(&self.operator(), new).await?);
        }
        Ok(())
    }

    /// Those with a card get a password; the others work, but nobody signs in as them.
    async fn staff(&self, known: &mut Known) -> Result<(), Failure> {
        for member in self.clinic.staff {
            let practitioner = match member.npi {
                Some(_) => self.service.find_practitioner_id(&self.seed.id(member.key)).await?,
                None => None,
            };
            let pools: Vec<PoolId> =
                member.pools.iter().filter_map(|key| known.pools.get(key)).copied().collect();
            let sign_in = accounts::of_staff(self.seed, member);
            let has_card = member.try_this.is_some();
            let new = NewStaff {
                name: member.name.clone(),
                sign_in_name: sign_in.sign_in.clone(),
                role: member.role,
                specialty: member.specialty.map(str::to_owned),
                practitioner,
                pools: pools.clone(),
                language: member.language,
                password: has_card.then(|| sign_in.password.clone()),
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
                leads: self.leads(known, (member.key, account)).await?,
            };
            known.actors.insert(member.key.to_owned(), actor);
            known.sign_ins.extend(Some(sign_in).filter(|_| has_card));
        }
        Ok(())
    }

    /// The pools that a member leads, now marked so.
    async fn leads(
        &self,
        known: &Known,
        (member, account): (&str, AccountId),
    ) -> Result<Vec<PoolId>, Failure> {
        let mut led = Vec::new();
        for (_, pool) in LEADS.iter().filter(|(lead, _)| *lead == member) {
            let pool = known.pool(pool)?;
            self.service.set_pool_lead(&self.operator(), (pool, account), true).await?;
            led.push(pool);
        }
        Ok(led)
    }

    async fn patients(&self, known: &mut Known) -> Result<(), Failure> {
        let ids = self.clinic.patients.iter().map(|member| self.seed.id(&member.key)).collect();
        let found = self.service.demo_patients(SOURCE, ids).await?;
        for (member, patient) in self.clinic.patients.iter().zip(found) {
            known.patients.insert(member.key.clone(), patient.ok_or_else(|| missing(&member.key))?);
        }
        Ok(())
    }

    /// Every patient has a provider and that provider's team, from when until when.
    async fn panel(&self, known: &Known) -> Result<(), Failure> {
        let mut list = "patient,provider,pool,from,until\n".to_owned();
        for row in &self.clinic.panels {
            let (patient, pool) = (known.patient(&row.patient)?, known.pool(row.pool)?);
            let until = row.until.map(|until| until.to_string()).unwrap_or_default();
            let provider = self.seed.id(row.provider);
            // Writing to a String cannot fail.
            let _ = writeln!(list, "{patient},{provider},{pool},{},{until}", row.from);
        }
        let placed = self.service.import_panels(&self.operator(), list.into_bytes()).await?;
        match placed.refused.first() {
            None => Ok(()),
            Some(refused) => {
                Err(Failure::failed(format!("panel, line {}: {}", refused.line, refused.reason)))
            }
        }
    }
}

/// The circumstances of an act of the past.
pub fn ctx(service: &Service, actor: Actor, at: Timestamp) -> Ctx {
    Ctx { actor, now: at, request: RequestId(service.ids.mint(at)) }
}

pub fn missing(what: &str) -> Failure {
    Failure::failed(format!("the synthetic clinic lacks {what}"))
}

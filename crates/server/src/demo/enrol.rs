//! The patients' way to an account: the many at once, those of the cards with a code, as anybody would.

use super::accounts;
use super::found::{Known, ctx, missing};
use crate::cli::Failure;
use domain::actor::{Actor, Door};
use domain::enrolment::IdentityProof;
use domain::id::{AccountId, PatientId};
use domain::language::Language;
use domain::proxy::{ProxyBasis, ProxyScope};
use service::Service;
use service::demo::Enrolled;
use service::proxies::{NewProxy, ProxyIs};
use simulate::cast::{PROXIES, PatientMember};
use simulate::clinic::Clinic;
use simulate::days::Days;
use simulate::seed::Seed;
use simulate::traffic::Enrolment;
use std::collections::HashMap;

/// Enrolments that share a transaction.
const TOGETHER: usize = 400;

/// Enrols with a service whose clock shows a day on which every site has begun.
pub struct Enrolling<'a> {
    pub clinic: &'a Clinic,
    pub seed: Seed,
    pub service: &'a Service,
    /// For birthdays.
    pub days: Days,
}

impl Enrolling<'_> {
    pub async fn all(&self, known: &mut Known) -> Result<(), Failure> {
        // Before the many, whose later moments would make the ids, and "Who has looked", run ahead.
        for member in self.clinic.patients.iter().filter(|member| member.has_sign_in) {
            self.with_sign_in(known, member).await?;
        }
        self.many(known).await?;
        self.proxies(known).await?;
        // The tour: the first patient asks, the staff answer, other patients follow.
        let first = self.clinic.patients.first().map(PatientMember::sign_in).unwrap_or_default();
        known.sign_ins.sort_by_key(|one| (one.sign_in != first, one.door == "patient"));
        Ok(())
    }

    async fn many(&self, known: &mut Known) -> Result<(), Failure> {
        let members: HashMap<&str, &PatientMember> =
            self.clinic.patients.iter().map(|member| (member.key.as_str(), member)).collect();
        let operator = ctx(self.service, Actor::operator(), self.clinic.opened_at);
        for some in self.clinic.enrolments.chunks(TOGETHER) {
            let mut keys = HashMap::new();
            let mut all = Vec::with_capacity(some.len());
            for one in some {
                let member = *members.get(one.patient.as_str()).ok_or_else(|| missing(&one.patient))?;
                let patient = known.patient(&member.key)?;
                keys.insert(patient, member);
                all.push(enrolled(one, member, patient));
            }
            for (patient, account) in self.service.demo_enrol(&operator, all).await? {
                if let Some(member) = keys.get(&patient) {
                    known.actors.insert(member.key.clone(), as_patient(account, member.language, patient));
                }
            }
        }
        Ok(())
    }

    /// Daughters who act for their parents; they have no password, as most of the cast.
    async fn proxies(&self, known: &mut Known) -> Result<(), Failure> {
        let operator = ctx(self.service, Actor::operator(), self.service.now());
        for member in PROXIES {
            let new = NewProxy {
                who: ProxyIs::Named(member.name.to_owned(), member.language),
                relation: member.relation,
                scope: ProxyScope::ALL,
                basis: ProxyBasis::Consent,
                from: None,
                until: None,
            };
            let patient = known.patient(member.patient)?;
            let (account, _) = self.service.grant_proxy(&operator, patient, new).await?;
            let actor = Actor { own_chart: None, ..as_patient(account, member.language, patient) };
            known.actors.insert(member.key.to_owned(), actor);
        }
        Ok(())
    }

    async fn with_sign_in(&self, known: &mut Known, member: &PatientMember) -> Result<(), Failure> {
        let patient = known.patient(&member.key)?;
        let sign_in = accounts::of_patient(self.seed, member, patient.to_string());
        let operator = ctx(self.service, Actor::operator(), self.service.now());
        let invitation = self.service.invite(&operator, patient, IdentityProof::InPerson).await?;
        let born = self.days.born(member.age, member.birthday).to_string();
        let made = self
            .service
            .activate(&invitation.code, &born, &sign_in.sign_in, &sign_in.password, member.language)
            .await?;
        known.actors.insert(member.key.clone(), as_patient(made.account, member.language, patient));
        known.sign_ins.push(sign_in);
        Ok(())
    }
}

fn enrolled(one: &Enrolment, member: &PatientMember, patient: PatientId) -> Enrolled {
    Enrolled {
        patient,
        name: member.name(),
        sign_in_name: member.sign_in(),
        language: member.language,
        offered: one.offered,
        registered: one.registered,
        verified: one.verified,
        signed_in: one.signed_in,
    }
}

fn as_patient(account: AccountId, language: Language, patient: PatientId) -> Actor {
    Actor {
        account,
        door: Door::Patient,
        language,
        own_chart: Some(patient),
        staff: Vec::new(),
        pools: Vec::new(),
        leads: Vec::new(),
    }
}

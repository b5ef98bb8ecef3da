//! `samechart account`: staff get a link, patients a code. Both are shown once and stored as hashes.

mod proxy;

use super::outcome::{Failure, Outcome};
use super::pool;
use super::session::{Session, operator};
use crate::config::Settings;
use clap::{Args, Subcommand};
use domain::actor::Role;
use domain::enrolment::IdentityProof;
use domain::id::{AccountId, PatientId};
use domain::language::Language;
use serde_json::json;
use service::Service;
use service::accounts::NewStaff;
use store::activation_code::ActivationCode;

#[derive(Debug, Subcommand)]
pub enum Account {
    /// Makes an account for a member of staff and prints a link, good for 24 hours, to set a password.
    Staff(Staff),
    /// Prints a new link for a member of staff who has lost the password.
    Link {
        #[arg(long)]
        sign_in: String,
    },
    /// Prints an activation code for a patient, who is asked for it together with the birth date.
    Invite(Invite),
    /// Lets somebody act for a patient: prints an activation code, or uses the account they have.
    Proxy(proxy::Proxy),
    /// Ends what somebody may do for a patient, at once.
    EndProxy(proxy::EndProxy),
    /// Prints a link, good for 24 hours, by which somebody becomes an administrator.
    Administrator,
    /// Notes that studies may not count a patient from today on.
    ResearchOptOut(ResearchOptOut),
    /// Ends an account and its sessions.
    Deactivate {
        #[arg(long)]
        sign_in: String,
    },
}

#[derive(Debug, Args)]
pub struct Staff {
    /// As patients and colleagues read it: "Maria Lopez, RN".
    #[arg(long)]
    name: String,
    /// The sign-in name.
    #[arg(long)]
    sign_in: String,
    /// physician, nurse, pharmacist, front_desk, administrator, privacy_officer or analyst.
    #[arg(long, value_parser = role)]
    role: Role,
    /// A pool's id or English label; may be given more than once.
    #[arg(long)]
    pool: Vec<String>,
    #[arg(long)]
    specialty: Option<String>,
    /// The FHIR Practitioner that this person is: id or NPI.
    #[arg(long, value_name = "ID")]
    practitioner: Option<String>,
    /// en or es.
    #[arg(long, default_value = "en", value_parser = language)]
    language: Language,
    /// Prints a random first password instead of a link.
    #[arg(long)]
    initial_password: bool,
}

#[derive(Debug, Args)]
pub struct Invite {
    /// The patient: our id, FHIR id or record number.
    patient: String,
    /// How the identity is verified: in_person, code_by_post or identity_provider.
    #[arg(long, default_value = "in_person", value_parser = proof)]
    proof: IdentityProof,
}

#[derive(Debug, Args)]
pub struct ResearchOptOut {
    /// The patient: our id, FHIR id or record number.
    patient: String,
    /// The patient has changed their mind: studies may count them again, from today on.
    #[arg(long)]
    end: bool,
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(&word.replace('-', "_")).ok_or_else(|| {
        let words: Vec<&str> = Role::ALL.into_iter().map(Role::word).collect();
        format!("is none of {}", words.join(", "))
    })
}

fn proof(word: &str) -> Result<IdentityProof, String> {
    let wrong = || "is none of in_person, code_by_post, identity_provider".to_owned();
    IdentityProof::from_word(&word.replace('-', "_")).ok_or_else(wrong)
}

fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "is neither en nor es".to_owned())
}

pub async fn run(arguments: Account, session: &Session) -> Result<Outcome, Failure> {
    let (settings, service) = session.open().await?;
    match arguments {
        Account::Staff(new) => staff(new, &service, &settings).await,
        Account::Link { sign_in } => link(&service, &settings, find(&service, &sign_in).await?).await,
        Account::Invite(new) => invite(new, &service, &settings).await,
        Account::Proxy(new) => proxy::grant(new, &service, &settings).await,
        Account::EndProxy(end) => proxy::end(end, &service).await,
        Account::ResearchOptOut(choice) => research_opt_out(choice, &service).await,
        Account::Administrator => {
            let token = service.administrator_link(&operator(&service)).await?;
            Ok(link_outcome(&settings, &token, None))
        }
        Account::Deactivate { sign_in } => {
            let account = find(&service, &sign_in).await?;
            service.deactivate_account(&operator(&service), account).await?;
            Ok(Outcome::done("Deactivated.", json!({ "account": account })))
        }
    }
}

async fn staff(new: Staff, service: &Service, settings: &Settings) -> Result<Outcome, Failure> {
    let mut pools = Vec::new();
    for text in &new.pool {
        pools.push(pool::find(service, text).await?);
    }
    let practitioner = match &new.practitioner {
        Some(text) => {
            let none = || Failure::usage("no practitioner, or more than one, has this id or NPI");
            Some(service.find_practitioner_id(text).await?.ok_or_else(none)?)
        }
        None => None,
    };
    // The same 60 random bits as an activation code, for somebody who can change it at once.
    let password = match new.initial_password {
        true => Some(ActivationCode::generate()?.printed()),
        false => None,
    };
    let new = NewStaff {
        name: new.name,
        sign_in_name: new.sign_in,
        role: new.role,
        specialty: new.specialty,
        practitioner,
        pools,
        language: new.language,
        password: password.clone(),
    };
    let account = service.create_staff(&operator(service), new).await?;
    match password {
        Some(password) => Ok(Outcome::done(
            format!("Account {account}\nFirst password, shown once: {password}"),
            json!({ "account": account, "password": password }),
        )),
        None => link(service, settings, account).await,
    }
}

async fn link(service: &Service, settings: &Settings, account: AccountId) -> Result<Outcome, Failure> {
    let token = service.staff_link(&operator(service), account).await?;
    Ok(link_outcome(settings, &token, Some(account)))
}

fn link_outcome(settings: &Settings, token: &str, account: Option<AccountId>) -> Outcome {
    let link = format!("{}/admin/activate?link={token}", settings.public_url);
    let head = account.map(|account| format!("Account {account}\n")).unwrap_or_default();
    Outcome::done(
        format!("{head}A link to set a password, good once and for 24 hours:\n{link}"),
        json!({ "account": account, "link": link }),
    )
}

async fn invite(new: Invite, service: &Service, settings: &Settings) -> Result<Outcome, Failure> {
    let patient = patient(service, &new.patient).await?;
    let made = service.invite(&operator(service), patient, new.proof).await?;
    let page = format!("{}/activate", settings.public_url);
    let renewal = match made.is_renewal {
        true => "The patient has an account; this code gives it a new sign-in name and password.\n",
        false => "",
    };
    let text = format!(
        "{renewal}Activation code: {}\nUsed once, until {}, at {page} together with the birth date.",
        made.code, made.expires_at,
    );
    let json = json!({
        "patient": patient, "code": made.code, "expires_at": made.expires_at.to_string(), "page": page,
        "is_renewal": made.is_renewal,
    });
    Ok(Outcome::done(text, json))
}

async fn research_opt_out(choice: ResearchOptOut, service: &Service) -> Result<Outcome, Failure> {
    let patient = patient(service, &choice.patient).await?;
    service.choose_research(&operator(service), patient, choice.end).await?;
    let words = match choice.end {
        true => "From today on studies may count this patient again.",
        false => "From today on studies do not count this patient. What was published before stays as it is.",
    };
    Ok(Outcome::done(words, json!({ "patient": patient, "is_open_to_research": choice.end })))
}

async fn patient(service: &Service, text: &str) -> Result<PatientId, Failure> {
    let none = || Failure::usage("no patient, or more than one, has this id or record number");
    service.find_patient_id(text).await?.ok_or_else(none)
}

async fn find(service: &Service, sign_in: &str) -> Result<AccountId, Failure> {
    service.find_account(sign_in).await?.ok_or_else(|| Failure::usage("no account has this sign-in name"))
}

//! `samechart account proxy` and `end-proxy`: somebody acts for a patient, by consent or as a guardian.

use super::{find, language};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::session::operator;
use crate::config::Settings;
use clap::Args;
use domain::id::PatientId;
use domain::language::Language;
use domain::proxy::{ProxyBasis, ProxyRelation, ProxyScope};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use service::Service;
use service::proxies::{NewProxy, ProxyIs};

#[derive(Debug, Args)]
pub struct Proxy {
    /// The patient: our id, FHIR id or record number.
    patient: String,
    /// Who acts, as others read it: "Ellen Finch". They get an account of their own and a code.
    #[arg(
        long = "for",
        value_name = "NAME",
        required_unless_present = "sign_in",
        conflicts_with = "sign_in"
    )]
    name: Option<String>,
    /// Who acts, by the sign-in name of an account that is there.
    #[arg(long)]
    sign_in: Option<String>,
    /// daughter, son, spouse, mother, father, sister, brother, grandchild, guardian, friend or other.
    #[arg(long, value_parser = relation)]
    relation: ProxyRelation,
    /// record, messages or both.
    #[arg(long, value_delimiter = ',', default_values = ["record", "messages"], value_parser = ["record", "messages"])]
    scope: Vec<String>,
    /// consent or guardianship.
    #[arg(long, default_value = "consent", value_parser = basis)]
    basis: ProxyBasis,
    /// The first day; today where it is absent.
    #[arg(long)]
    from: Option<Date>,
    /// The first day without access; none where it is absent.
    #[arg(long)]
    until: Option<Date>,
    /// The language of a new account: en or es.
    #[arg(long, default_value = "en", value_parser = language)]
    language: Language,
}

#[derive(Debug, Args)]
pub struct EndProxy {
    /// The patient: our id, FHIR id or record number.
    patient: String,
    #[arg(long)]
    sign_in: String,
}

fn relation(word: &str) -> Result<ProxyRelation, String> {
    ProxyRelation::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = ProxyRelation::ALL.iter().map(|known| known.word()).collect();
        format!("is none of {}", words.join(", "))
    })
}

fn basis(word: &str) -> Result<ProxyBasis, String> {
    ProxyBasis::from_word(word).ok_or_else(|| "is neither consent nor guardianship".to_owned())
}

async fn patient(service: &Service, text: &str) -> Result<PatientId, Failure> {
    let none = || Failure::usage("no patient, or more than one, has this id or record number");
    service.find_patient_id(text).await?.ok_or_else(none)
}

/// Midnight at the clinic.
fn midnight(day: Option<Date>, settings: &Settings) -> Result<Option<Timestamp>, Failure> {
    let zone = TimeZone::get(&settings.organisation.time_zone)
        .map_err(|_| Failure::usage("organisation.time_zone is no IANA time zone"))?;
    let at = |day: Date| day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    day.map(at).transpose().map_err(|_| Failure::usage("this day is out of range"))
}

pub async fn grant(new: Proxy, service: &Service, settings: &Settings) -> Result<Outcome, Failure> {
    let patient = patient(service, &new.patient).await?;
    let who = match (new.name, &new.sign_in) {
        (_, Some(sign_in)) => ProxyIs::Account(find(service, sign_in).await?),
        (Some(name), None) => ProxyIs::Named(name, new.language),
        (None, None) => return Err(Failure::usage("--for NAME or --sign-in NAME")),
    };
    let grant = NewProxy {
        who,
        relation: new.relation,
        scope: ProxyScope {
            record: new.scope.iter().any(|one| one == "record"),
            messages: new.scope.iter().any(|one| one == "messages"),
        },
        basis: new.basis,
        from: midnight(new.from, settings)?,
        until: midnight(new.until, settings)?,
    };
    if grant.until.is_some_and(|until| until <= grant.from.unwrap_or(service.now())) {
        return Err(Failure::usage("--until is not after the first day"));
    }
    let (account, invitation) = service.grant_proxy(&operator(service), patient, grant).await?;
    let page = format!("{}/activate", settings.public_url);
    let json = json!({
        "patient": patient, "account": account, "page": page,
        "code": invitation.as_ref().map(|made| made.code.clone()),
        "expires_at": invitation.as_ref().map(|made| made.expires_at.to_string()),
    });
    let text = match invitation {
        Some(made) => format!(
            "Account {account}\nActivation code: {}\nUsed once, until {}, at {page} together with the patient's birth date.",
            made.code, made.expires_at
        ),
        None => format!("Account {account} may act for the patient from its next page on."),
    };
    Ok(Outcome::done(text, json))
}

pub async fn end(end: EndProxy, service: &Service) -> Result<Outcome, Failure> {
    let patient = patient(service, &end.patient).await?;
    let account = find(service, &end.sign_in).await?;
    match service.end_proxy(&operator(service), patient, account).await {
        Err(service::ServiceError::NotFound) => {
            Err(Failure::usage("this account does not act for this patient"))
        }
        other => other
            .map(|()| Outcome::done("Ended.", json!({ "account": account, "patient": patient })))
            .map_err(Failure::from),
    }
}

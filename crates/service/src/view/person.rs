//! The person that a page is about.

use domain::actor::Relation;
use domain::id::{AccountId, PatientId};
use domain::language::Language;
use domain::proxy::{ProxyGrant, ProxyRelation, ProxyScope};

/// On every patient page: whose record this is, and how to reach the clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub patient: PatientId,
    /// The reader's relation to the patient: `$relation` of every sentence.
    pub relation: Relation,
    /// Full name.
    pub name: String,
    /// The name used in speech, `$name` of every sentence: "Rosa's results".
    pub called: String,
    pub clinic: String,
    pub clinic_phone: String,
    /// Threads with an answer that was not read.
    pub unread: i64,
    /// What the reader may see of this person.
    pub sees: ProxyScope,
}

/// One of the people about whom an account may see pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonChoice {
    pub patient: PatientId,
    pub name: String,
    pub is_self: bool,
    pub unread: i64,
}

/// Somebody who may, or might, act for the patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyLine {
    pub account: AccountId,
    pub name: String,
    pub relation: ProxyRelation,
    pub grant: ProxyGrant,
    pub holds: bool,
}

/// The fixed banner above a team's conversation or chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    pub patient: PatientId,
    pub name: String,
    pub preferred: Option<String>,
    /// ISO date, or its part that is known.
    pub birth_date: Option<String>,
    pub age: Option<i64>,
    /// FHIR administrative gender.
    pub sex: Option<String>,
    pub mrn: Option<String>,
    pub language: Option<Language>,
    /// The language as the record gives it, where it is none of ours.
    pub language_text: Option<String>,
    pub phone: Option<String>,
    pub provider: Option<String>,
    /// `None` where the reader may not see the chart; empty where none is recorded.
    pub allergies: Option<Vec<String>>,
    pub is_deceased: bool,
    /// Whether the reader may begin a message: not in an emergency.
    pub may_write: bool,
    /// Whether anybody on the patient's side has an account that can read messages here.
    pub has_reader: bool,
}

/// A hit of the team's patient search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub patient: PatientId,
    pub name: String,
    pub birth_date: Option<String>,
    pub age: Option<i64>,
    pub sex: Option<String>,
    pub mrn: Option<String>,
    pub phone: Option<String>,
}

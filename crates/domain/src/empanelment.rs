//! Who is responsible for whom, since when: dated rows, never overwritten.

use crate::id::{AccountId, PatientId, PoolId};
use jiff::Timestamp;

/// Where an empanelment row came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmpanelmentSource {
    /// An active CareTeam of the record.
    CareTeam,
    /// Most visits in the look-back.
    MostVisits,
    /// Nobody found: the organisation's default pool, so that nobody is without a team.
    Default,
    /// A site's own list.
    File,
}

impl EmpanelmentSource {
    pub const ALL: [EmpanelmentSource; 4] = [
        EmpanelmentSource::CareTeam,
        EmpanelmentSource::MostVisits,
        EmpanelmentSource::Default,
        EmpanelmentSource::File,
    ];

    pub fn word(self) -> &'static str {
        match self {
            EmpanelmentSource::CareTeam => "care_team",
            EmpanelmentSource::MostVisits => "most_visits",
            EmpanelmentSource::Default => "default",
            EmpanelmentSource::File => "file",
        }
    }

    pub fn from_word(word: &str) -> Option<EmpanelmentSource> {
        EmpanelmentSource::ALL.into_iter().find(|source| source.word() == word)
    }
}

/// A patient's primary care provider and pool in [from, until).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Empanelment {
    pub patient: PatientId,
    pub pool: PoolId,
    /// The provider's FHIR Practitioner id, where one is known.
    pub practitioner: Option<String>,
    /// The provider's account, where there is one.
    pub provider: Option<AccountId>,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
    pub source: EmpanelmentSource,
}

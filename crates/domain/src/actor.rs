//! Who acts, through which door and for what purpose: one half of every access decision.

use crate::id::{AccountId, PatientId, PoolId, SiteId};
use crate::language::Language;
use serde::{Deserialize, Serialize};

/// A staff role. What each may do is decided in [`crate::access`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Physician,
    Nurse,
    Pharmacist,
    FrontDesk,
    Administrator,
    PrivacyOfficer,
    Analyst,
}

impl Role {
    pub const ALL: [Role; 7] = [
        Role::Physician,
        Role::Nurse,
        Role::Pharmacist,
        Role::FrontDesk,
        Role::Administrator,
        Role::PrivacyOfficer,
        Role::Analyst,
    ];

    /// The word that is stored and that the command line takes.
    pub fn word(self) -> &'static str {
        match self {
            Role::Physician => "physician",
            Role::Nurse => "nurse",
            Role::Pharmacist => "pharmacist",
            Role::FrontDesk => "front_desk",
            Role::Administrator => "administrator",
            Role::PrivacyOfficer => "privacy_officer",
            Role::Analyst => "analyst",
        }
    }

    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Roles that treat patients: they read charts, and their reading "opens" a message.
    pub fn is_clinical(self) -> bool {
        matches!(self, Role::Physician | Role::Nurse | Role::Pharmacist)
    }

    /// Roles that answer messages in a pool.
    pub fn answers(self) -> bool {
        self.is_clinical() || self == Role::FrontDesk
    }
}

/// The way in. Patient and team doors have separate cookies; a session belongs to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    Patient,
    Team,
    Api,
    Cli,
}

impl Door {
    pub const ALL: [Door; 4] = [Door::Patient, Door::Team, Door::Api, Door::Cli];

    pub fn word(self) -> &'static str {
        match self {
            Door::Patient => "patient",
            Door::Team => "team",
            Door::Api => "api",
            Door::Cli => "cli",
        }
    }

    pub fn from_word(word: &str) -> Option<Door> {
        Door::ALL.into_iter().find(|door| door.word() == word)
    }
}

/// Why a record is opened (HL7 PurposeOfUse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurposeOfUse {
    /// Patient-requested (PATRQT): the patient or a proxy.
    PatientRequest,
    /// Treatment (TREAT).
    Treatment,
    /// Break the glass (BTG): an emergency, with a reason.
    BreakGlass,
    /// Healthcare operations (HOPERAT): administration, import, audit.
    Operations,
    /// Research (HRESCH): study extracts.
    Research,
}

impl PurposeOfUse {
    pub fn word(self) -> &'static str {
        match self {
            PurposeOfUse::PatientRequest => "patient_request",
            PurposeOfUse::Treatment => "treatment",
            PurposeOfUse::BreakGlass => "break_glass",
            PurposeOfUse::Operations => "operations",
            PurposeOfUse::Research => "research",
        }
    }
}

/// One staff role of an account, at a site or everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRole {
    pub role: Role,
    pub site: Option<SiteId>,
    pub specialty: Option<String>,
}

/// How a proxy stands to the patient; decides the words on every page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    #[default]
    Myself,
    Other,
}

impl Relation {
    /// The value of `$relation` in every patient-facing sentence.
    pub fn word(self) -> &'static str {
        match self {
            Relation::Myself => "self",
            Relation::Other => "other",
        }
    }
}

/// Whoever acts: a signed-in account at a door, with what it may act as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub account: AccountId,
    pub door: Door,
    pub language: Language,
    /// The chart that is this account's own, at the patient door.
    pub own_chart: Option<PatientId>,
    /// Staff roles, at the team door.
    pub staff: Vec<StaffRole>,
    /// Pools that this account is a member of, at the team door.
    pub pools: Vec<PoolId>,
    /// Of these, the pools that this account leads.
    pub leads: Vec<PoolId>,
}

impl Actor {
    /// An operator at the command line: no PHI without a reason, which the audit keeps.
    pub fn operator() -> Actor {
        Actor {
            account: AccountId(uuid::Uuid::nil()),
            door: Door::Cli,
            language: Language::En,
            own_chart: None,
            staff: vec![StaffRole { role: Role::Administrator, site: None, specialty: None }],
            pools: Vec::new(),
            leads: Vec::new(),
        }
    }

    pub fn has(&self, role: Role) -> bool {
        self.door != Door::Patient && self.staff.iter().any(|held| held.role == role)
    }

    pub fn is_clinical(&self) -> bool {
        self.door != Door::Patient && self.staff.iter().any(|held| held.role.is_clinical())
    }

    pub fn answers(&self) -> bool {
        self.door != Door::Patient && self.staff.iter().any(|held| held.role.answers())
    }

    /// The role under which a staff act is recorded: the most clinical one held.
    pub fn leading_role(&self) -> Option<&StaffRole> {
        if self.door == Door::Patient {
            return None;
        }
        self.staff.iter().min_by_key(|held| held.role)
    }

    pub fn is_in_pool(&self, pool: PoolId) -> bool {
        self.door == Door::Team && self.pools.contains(&pool)
    }

    pub fn is_lead_of(&self, pool: PoolId) -> bool {
        self.is_in_pool(pool) && self.leads.contains(&pool)
    }
}

//! May this actor do this to this patient's item, now? One pure function; its facts are read in the
//! transaction that does the work. (HIPAA's "authorization" is something else: a signed permission.)

use crate::actor::{Actor, Door, PurposeOfUse, Role};
use crate::confidentiality::{Sensitivity, Visibility};
use crate::id::{PatientId, PoolId};
use crate::proxy::ProxyGrant;
use jiff::{SignedDuration, Timestamp};

/// How long after an encounter the staff who saw a patient may open the chart.
pub const ENCOUNTER_WINDOW: SignedDuration = SignedDuration::from_hours(24 * 365);
/// How long breaking the glass opens a chart.
pub const BREAK_GLASS: SignedDuration = SignedDuration::from_hours(4);

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Capability {
    ReadThread(PoolId),
    /// Reply in a thread of this pool, and withdraw one's own message.
    WriteInThread(PoolId),
    /// The team's own work in a thread of this pool: answer, note, assign, close, reopen, retract.
    WorkThread(PoolId),
    /// Begin a thread with this pool.
    BeginThread(PoolId),
    ReadInbox(PoolId),
    /// How a pool's conversations went, in published-grade numbers: its lead's board.
    ReadTeamBoard(PoolId),
    /// The patient's side of all conversations: lists, search, drafts.
    ReadMessages,
    ReadChart,
    ReadDemographics,
    FindPatient,
    /// "Who has looked" at one's own record.
    ReadAccessLog,
    /// Who may act for the patient, and to end that.
    ManageProxies,
    BreakGlass,
    ManageSettings,
    ManageAccounts,
    /// Who did what, about whom: the audit of everybody.
    ReadAudit,
    ImportRecords,
    /// Published-grade numbers about everybody.
    ReadStudy,
    /// A study on the record, of which only published-grade numbers come out; and the destroying of its key.
    RunStudy,
    /// A study's rows, one for each person: a limited data set.
    ExtractStudy,
    /// Noting down whether studies may count a patient.
    ChooseResearch,
}

/// What ties somebody to a patient, read from the database for this decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CareRelation {
    /// The patient is empanelled now to a pool or provider of the actor.
    pub is_empanelled: bool,
    /// The actor stands in a care team of the patient's record.
    pub is_in_care_team: bool,
    /// A pool of the actor holds a thread about the patient.
    pub holds_thread: bool,
    /// The newest encounter of this patient at the actor's site.
    pub last_encounter: Option<Timestamp>,
    /// The newest date of the patient's whole record: where a site loads history, "now" is then.
    pub record_newest: Option<Timestamp>,
    pub glass_broken_at: Option<Timestamp>,
    /// At the patient door: the grant by which the actor acts for somebody else.
    pub proxy: Option<ProxyGrant>,
}

/// The item asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Item {
    pub sensitivity: Sensitivity,
    pub visibility: Visibility,
}

impl Item {
    /// As restricted as the stricter of both.
    pub fn or_stricter(self, other: Item) -> Item {
        Item {
            sensitivity: self.sensitivity.max(other.sensitivity),
            visibility: self.visibility.max(other.visibility),
        }
    }
}

/// Why it is allowed; kept with the audit row's purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grounds {
    OwnRecord,
    /// By the patient's consent, or as a guardian.
    Proxy,
    PoolMember,
    CareRelationship,
    BrokenGlass,
    Role,
    Operator,
}

/// Why it is refused; for the audit only, never for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotOwnRecord,
    /// A grant to act for this patient does not cover it.
    OutsideGrant,
    NotInPool,
    /// A member of the pool, or a stranger to it, and not its lead.
    NotLead,
    NoCareRelationship,
    RoleMayNot,
    WrongDoor,
}

pub type Decision = Result<Grounds, Refusal>;

impl CareRelation {
    fn grounds(&self, now: Timestamp) -> Option<Grounds> {
        let seen_lately = self.last_encounter.is_some_and(|seen| {
            let reference = self.record_newest.map_or(now, |newest| newest.min(now));
            reference.duration_since(seen) <= ENCOUNTER_WINDOW
        });
        if self.is_empanelled || self.is_in_care_team || self.holds_thread || seen_lately {
            return Some(Grounds::CareRelationship);
        }
        let broken = self.glass_broken_at?;
        (broken <= now && now.duration_since(broken) < BREAK_GLASS).then_some(Grounds::BrokenGlass)
    }
}

/// Decides. `patient` is whose item it is; `relation` is read for staff, and for whoever acts for another.
pub fn decide(
    actor: &Actor,
    capability: Capability,
    patient: PatientId,
    (relation, item): (&CareRelation, Item),
    now: Timestamp,
) -> Decision {
    match actor.door {
        Door::Patient if actor.own_chart == Some(patient) => as_patient(capability, patient),
        Door::Patient => as_proxy(actor, (capability, patient), relation, item, now),
        Door::Team => as_staff(actor, capability, relation, item, now),
        Door::Cli => as_operator(capability),
        Door::Api => Err(Refusal::WrongDoor),
    }
}

fn as_patient(capability: Capability, patient: PatientId) -> Decision {
    if patient.is_organisation() {
        return Err(Refusal::NotOwnRecord);
    }
    match capability {
        Capability::ReadThread(_)
        | Capability::WriteInThread(_)
        | Capability::BeginThread(_)
        | Capability::ReadMessages
        | Capability::ReadChart
        | Capability::ReadDemographics
        | Capability::ReadAccessLog
        | Capability::ManageProxies => Ok(Grounds::OwnRecord),
        _ => Err(Refusal::WrongDoor),
    }
}

/// Who has looked, and who else may, stays between the patient and the organisation.
fn as_proxy(
    actor: &Actor,
    (capability, patient): (Capability, PatientId),
    relation: &CareRelation,
    item: Item,
    now: Timestamp,
) -> Decision {
    let grant = relation.proxy.filter(|grant| grant.is_of(actor.account, patient) && grant.holds(now));
    let grant = grant.filter(|_| !patient.is_organisation()).ok_or(Refusal::NotOwnRecord)?;
    let covers = match capability {
        Capability::ReadThread(_)
        | Capability::WriteInThread(_)
        | Capability::BeginThread(_)
        | Capability::ReadMessages => grant.scope.messages,
        Capability::ReadChart => grant.scope.record,
        Capability::ReadDemographics => grant.scope.messages || grant.scope.record,
        _ => false,
    };
    let is_shown = item.visibility == Visibility::All;
    if covers && is_shown { Ok(Grounds::Proxy) } else { Err(Refusal::OutsideGrant) }
}

fn as_staff(
    actor: &Actor,
    capability: Capability,
    relation: &CareRelation,
    item: Item,
    now: Timestamp,
) -> Decision {
    match capability {
        Capability::ReadInbox(pool)
        | Capability::ReadThread(pool)
        | Capability::WriteInThread(pool)
        | Capability::WorkThread(pool) => in_pool(actor, pool, item),
        // A thread is itself a care relationship for its pool, so an emergency cannot begin one.
        Capability::BeginThread(pool) => match (in_pool(actor, pool, item)?, relation.grounds(now)) {
            (_, Some(Grounds::CareRelationship)) => Ok(Grounds::CareRelationship),
            _ => Err(Refusal::NoCareRelationship),
        },
        Capability::ReadChart => {
            if !actor.is_clinical() {
                return Err(Refusal::RoleMayNot);
            }
            relation.grounds(now).ok_or(Refusal::NoCareRelationship)
        }
        Capability::ReadDemographics => {
            if !actor.answers() {
                return Err(Refusal::RoleMayNot);
            }
            relation.grounds(now).ok_or(Refusal::NoCareRelationship)
        }
        Capability::ReadTeamBoard(pool) if actor.answers() => {
            if actor.is_lead_of(pool) {
                Ok(Grounds::Role)
            } else {
                Err(Refusal::NotLead)
            }
        }
        Capability::FindPatient if actor.answers() => Ok(Grounds::Role),
        Capability::BreakGlass if actor.is_clinical() => Ok(Grounds::Role),
        Capability::ManageSettings | Capability::ManageAccounts if actor.has(Role::Administrator) => {
            Ok(Grounds::Role)
        }
        Capability::ReadAudit if actor.has(Role::PrivacyOfficer) => Ok(Grounds::Role),
        Capability::ReadStudy | Capability::RunStudy if actor.has(Role::Analyst) => Ok(Grounds::Role),
        _ => Err(Refusal::RoleMayNot),
    }
}

fn in_pool(actor: &Actor, pool: PoolId, item: Item) -> Decision {
    if !actor.answers() {
        return Err(Refusal::RoleMayNot);
    }
    if !actor.is_in_pool(pool) {
        return Err(Refusal::NotInPool);
    }
    if item.sensitivity == Sensitivity::Restricted && !actor.is_clinical() {
        return Err(Refusal::RoleMayNot);
    }
    Ok(Grounds::PoolMember)
}

fn as_operator(capability: Capability) -> Decision {
    match capability {
        Capability::ManageSettings
        | Capability::ManageAccounts
        | Capability::ImportRecords
        | Capability::RunStudy
        | Capability::ExtractStudy
        | Capability::ChooseResearch => Ok(Grounds::Operator),
        _ => Err(Refusal::RoleMayNot),
    }
}

/// The purpose of use that goes with the grounds.
pub fn purpose(grounds: Grounds) -> PurposeOfUse {
    match grounds {
        Grounds::OwnRecord | Grounds::Proxy => PurposeOfUse::PatientRequest,
        Grounds::PoolMember | Grounds::CareRelationship => PurposeOfUse::Treatment,
        Grounds::BrokenGlass => PurposeOfUse::BreakGlass,
        Grounds::Role | Grounds::Operator => PurposeOfUse::Operations,
    }
}

#[cfg(test)]
mod tests;

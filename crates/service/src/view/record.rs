//! The record's further pages: visits and notes, vital signs, procedures, plans, care team, insurance.

use super::chart::{ChartDate, ResultLine, Section, Trend};
use super::name::ChartName;
use super::person::Person;
use super::thread::{TeamChoice, ThreadLine};
use domain::id::{PoolId, ResourceId};

pub use fhir::project::note::Block;
pub use fhir::project::visit::Setting;

/// One visit of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitLine {
    pub resource: ResourceId,
    /// What kind of visit; `None` where the record does not say.
    pub name: Option<ChartName>,
    pub setting: Setting,
    /// FHIR status, such as `finished`, `planned`, `cancelled`.
    pub status: String,
    pub start: Option<ChartDate>,
    /// Only of a stay that ended on another day than it began.
    pub until: Option<ChartDate>,
    pub place: Option<String>,
    pub practitioner: Option<String>,
    pub reasons: Vec<String>,
}

/// Something that a visit found, gave or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitThing {
    pub resource: ResourceId,
    pub name: ChartName,
    /// How to take it, or another word to add.
    pub detail: Option<String>,
}

/// One visit with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitView {
    pub person: Person,
    pub line: VisitLine,
    pub notes: Vec<NoteLine>,
    pub problems: Vec<VisitThing>,
    pub medicines: Vec<VisitThing>,
    pub procedures: Vec<VisitThing>,
    pub vaccines: Vec<VisitThing>,
    pub results: Vec<ResultLine>,
    pub vitals: Vec<ResultLine>,
    pub questions: Vec<ThreadLine>,
}

impl VisitView {
    /// Whether the record holds nothing of this visit but that it took place.
    pub fn is_bare(&self) -> bool {
        self.notes.is_empty()
            && self.results.is_empty()
            && self.vitals.is_empty()
            && [&self.problems, &self.medicines, &self.procedures, &self.vaccines]
                .iter()
                .all(|things| things.is_empty())
    }
}

/// One note, letter or report of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteLine {
    pub resource: ResourceId,
    /// `None` where the record does not say what it is.
    pub name: Option<ChartName>,
    pub date: Option<ChartDate>,
    pub author: Option<String>,
}

/// What can be read of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteText {
    Blocks(Vec<Block>),
    /// A file that these pages do not show: its media type.
    File(String),
    Absent,
    /// It has no text of its own: it holds results together, and is shown among them.
    Panel,
}

/// One note, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteView {
    pub person: Person,
    pub line: NoteLine,
    pub source: Option<String>,
    /// Written to the patient, and not for the work of the care team.
    pub is_for_patient: bool,
    pub text: NoteText,
    /// The visit that it is about.
    pub visit: Option<ResourceId>,
    pub questions: Vec<ThreadLine>,
}

/// One kind of vital sign: its newest value and how it went.
#[derive(Clone, Debug, PartialEq)]
pub struct VitalLine {
    pub newest: ResultLine,
    pub times: usize,
    /// Of the upper value, where it is a blood pressure.
    pub trend: Option<Trend>,
}

/// A procedure with its dates, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcedureLine {
    /// The newest.
    pub resource: ResourceId,
    pub name: ChartName,
    pub dates: Vec<ChartDate>,
    pub times: usize,
    pub place: Option<String>,
    pub reasons: Vec<String>,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    pub name: ChartName,
    /// FHIR status, such as `in-progress`, `completed`.
    pub status: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    pub resource: ResourceId,
    pub name: ChartName,
    pub is_active: bool,
    pub since: Option<ChartDate>,
    pub until: Option<ChartDate>,
    /// The problems that it is for.
    pub problems: Vec<String>,
    pub steps: Vec<PlanStep>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalLine {
    pub resource: ResourceId,
    pub name: ChartName,
    pub is_active: bool,
    /// FHIR achievement, such as `improving`, `achieved`.
    pub achievement: Option<String>,
    pub targets: Vec<GoalTarget>,
    pub due: Option<ChartDate>,
}

/// What is to be reached: "Average blood sugar (A1c): below 7%".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalTarget {
    /// What is measured, where the goal's own name does not say it.
    pub measure: Option<ChartName>,
    pub value: String,
}

/// Care plans and goals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans {
    pub plans: Section<PlanLine>,
    pub goals: Section<GoalLine>,
}

/// Somebody of a care team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareMember {
    pub name: String,
    pub roles: Vec<String>,
    pub is_organisation: bool,
    /// The team through which a message reaches them.
    pub pool: Option<PoolId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareTeamLine {
    pub resource: ResourceId,
    pub name: Option<String>,
    pub is_active: bool,
    pub since: Option<ChartDate>,
    pub reasons: Vec<String>,
    pub members: Vec<CareMember>,
}

/// Who takes care of the patient, and who of them can be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareTeams {
    pub teams: Vec<TeamChoice>,
    pub record: Section<CareTeamLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageLine {
    pub resource: ResourceId,
    pub payer: ChartName,
    pub plan: Option<String>,
    pub number: Option<String>,
    pub is_active: bool,
    pub since: Option<ChartDate>,
    pub until: Option<ChartDate>,
    /// Taken from a bill of this date: the record has no insurance of its own.
    pub bill: Option<ChartDate>,
}

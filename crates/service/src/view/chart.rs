//! The record as pages show it: plain words in the reader's language first, codes behind. Dates are kept as
//! delivered where only a year or a month is known.

use super::name::ChartName;
use super::person::Person;
use super::thread::ThreadLine;
use domain::id::ResourceId;
use jiff::Timestamp;

/// A date of the record: as delivered (`2019`, `2019-04`, `2019-04-02T10:00:00-07:00`) and, where it
/// is exact enough, as a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartDate {
    pub text: String,
    pub at: Option<Timestamp>,
}

/// A problem of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionLine {
    pub resource: ResourceId,
    pub name: ChartName,
    pub is_active: bool,
    /// FHIR clinical status, such as `active`, `resolved`.
    pub status: String,
    pub since: Option<ChartDate>,
    pub until: Option<ChartDate>,
}

/// One medicine: all its prescriptions are its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MedicineLine {
    /// The newest prescription.
    pub resource: ResourceId,
    pub name: ChartName,
    pub dosage: Option<String>,
    pub is_active: bool,
    pub first: Option<ChartDate>,
    pub last: Option<ChartDate>,
    pub times: usize,
    pub prescriber: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllergyLine {
    pub resource: ResourceId,
    pub name: ChartName,
    pub is_active: bool,
    pub criticality: Option<String>,
    pub reactions: Vec<String>,
    pub recorded: Option<ChartDate>,
}

/// One vaccine with its dates, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImmunizationLine {
    pub resource: ResourceId,
    pub name: ChartName,
    pub dates: Vec<ChartDate>,
}

/// A section's source and age: "From Riverbend's record, newest entry 3 May 2026".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionSource {
    pub newest: Option<Timestamp>,
    /// When the newest of them came into this record.
    pub received: Option<Timestamp>,
    /// The newest entry is older than the clinic's setting: there may be news that is not here.
    pub is_old: bool,
}

/// A section of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<T> {
    pub lines: Vec<T>,
    pub source: SectionSource,
}

/// The record at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartOverview {
    pub conditions: Section<ConditionLine>,
    pub medicines: Section<MedicineLine>,
    pub allergies: Section<AllergyLine>,
    pub immunizations: Section<ImmunizationLine>,
    /// The newest results, a handful.
    pub results: Section<ResultLine>,
}

/// Where a value lies in the range that the laboratory sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeRelation {
    /// "No usual range came with this."
    NoRange,
    Within,
    Above,
    Below,
    /// Outside by at most a quarter of the range's width.
    LittleAbove,
    LittleBelow,
    /// The laboratory marked it abnormal without saying in which direction.
    Abnormal,
}

/// One result of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultLine {
    pub resource: ResourceId,
    pub name: ChartName,
    /// "5.4 mmol/L", or the words of a coded result; empty where only components have values.
    pub value: String,
    pub range: Option<String>,
    pub relation: RangeRelation,
    /// FHIR status, such as `final`, `preliminary`, `corrected`.
    pub status: String,
    pub date: Option<ChartDate>,
    pub components: Vec<Component>,
    /// How many results it holds together, where it is a panel.
    pub members: usize,
    /// Not opened by this reader yet.
    pub is_new: bool,
}

/// A part of a result, such as systolic pressure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    pub name: ChartName,
    pub value: String,
    pub range: Option<String>,
    pub relation: RangeRelation,
}

impl ResultLine {
    /// Whether the laboratory said anything of what is usual, for the whole or for a part.
    pub fn has_range(&self) -> bool {
        let is_told =
            |range: &Option<String>, relation| range.is_some() || relation != RangeRelation::NoRange;
        is_told(&self.range, self.relation)
            || self.components.iter().any(|part| is_told(&part.range, part.relation))
    }
}

/// A point of a trend; all points of one trend have one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendPoint {
    pub resource: ResourceId,
    pub at: Timestamp,
    pub value: f64,
    pub text: String,
}

/// Earlier values of the same test, in one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    pub unit: String,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Oldest first; the result itself is among them.
    pub points: Vec<TrendPoint>,
}

/// One result, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultView {
    pub person: Person,
    pub line: ResultLine,
    pub version: i64,
    /// Who ordered it, where the record holds the order.
    pub ordered_by: Option<String>,
    /// Who reported it.
    pub reported_by: Option<String>,
    /// What is known here of a look by the care team; of new results only.
    pub review: Option<Review>,
    pub notes: Vec<String>,
    /// The results that it holds together, where it is a panel.
    pub members: Vec<ResultLine>,
    /// The panels that it was measured in.
    pub panels: Vec<PanelLine>,
    pub trend: Option<Trend>,
    /// How its parts went, such as systolic pressure.
    pub part_trends: Vec<(ChartName, Trend)>,
    /// What was asked about this result.
    pub questions: Vec<ThreadLine>,
    /// "LOINC 2823-3", behind the plain words.
    pub code: Option<String>,
    pub can_ask: bool,
}

/// A group of tests that were done together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelLine {
    pub resource: ResourceId,
    pub name: ChartName,
}

/// Whether somebody of the care team has had a result before their eyes in this record. Reading it
/// elsewhere leaves no trace here, so the words say "here".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    NotYet,
    Opened(Timestamp),
}

/// The patient's first page.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    pub person: Person,
    pub new_results: Vec<ResultLine>,
    /// Threads with an unread answer.
    pub answers: Vec<ThreadLine>,
    /// Threads with other news: closed, opened again, a message retracted.
    pub changes: Vec<ThreadLine>,
    /// Threads that wait for the team.
    pub waiting: Vec<ThreadLine>,
}

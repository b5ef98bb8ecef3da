//! Test results: the list, and one result with its range, its trend and what was asked about it.

use crate::about::zone;
use crate::acts::Act;
use crate::banner;
use crate::charts::date;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::service::Service;
use crate::view::chart::{Component, RangeRelation, ResultLine, ResultView, Trend, TrendPoint};
use crate::view::name::ChartName;
use crate::view::person::{Banner, Person};
use crate::view::thread::ThreadLine;
use crate::{persons, threads};
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::id::{PatientId, ResourceId};
use domain::language::Language;
use fhir::project::result::{self, TestResult};
use fhir::project::value::Measured;
use fhir::project::{CodeKey, Section, range, trend};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;
use store::blind::TokenQuery;
use store::db::Tx;
use store::keys::DataKey;
use store::resource::{self, Before, StoredResource};
use store::resource_reader;

/// For so long before the record's newest day a result that was not opened counts as new.
const NEW_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Values of one test that a trend looks at.
const TREND: usize = 500;

/// What reading a patient's sealed resources needs.
pub(crate) struct Reading {
    pub patient: PatientId,
    pub key: Arc<DataKey>,
    pub zone: TimeZone,
    /// The reader's.
    pub language: Language,
}

impl Reading {
    pub fn begin(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<Reading, ServiceError> {
        let key = act.vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
        Ok(Reading { patient, key, zone: zone(tx)?, language: act.actor().language })
    }

    /// What the reader calls a thing of the chart.
    pub fn name(&self, display: String, key: Option<&CodeKey>) -> ChartName {
        ChartName::of(display, key, self.language)
    }
}

impl Service {
    /// A page of the patient's results, newest first.
    pub async fn results(
        &self,
        ctx: &Ctx,
        person: PatientId,
        after: Option<Cursor>,
    ) -> Result<(Person, Page<ResultLine>), ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadResults), move |tx, act| {
            act.about(person, None);
            act.allow(tx, Capability::ReadChart, Item::default())?;
            let reading = Reading::begin(tx, act, person)?;
            let before = after.map(|cursor| (cursor.at, ResourceId(cursor.id)));
            let stored = resource::section(tx, (person, Section::Results.as_str()), before, PAGE + 1)?;
            let page = Page::cut(stored, PAGE, |one| Cursor { at: one.clinical_at, id: one.resource.0 });
            let items = lines(tx, act, &reading, &page.items)?;
            Ok((persons::load(tx, act, person)?, Page { items, next: page.next }))
        })
        .await
    }

    /// One result; reading it marks it as opened by this account.
    pub async fn result(
        &self,
        ctx: &Ctx,
        person: PatientId,
        id: ResourceId,
    ) -> Result<ResultView, ServiceError> {
        self.read_marking(
            self.act(ctx, AuditAction::ReadResult),
            move |tx, act| Ok((view(tx, act, (person, id))?, ())),
            move |tx, act, ()| Ok(resource_reader::mark(tx, (person, id), act.actor().account, act.now)?),
        )
        .await
    }

    /// One result as the team reads it.
    pub async fn team_result(
        &self,
        ctx: &Ctx,
        patient: PatientId,
        id: ResourceId,
    ) -> Result<(Banner, ResultView), ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadResult), move |tx, act| {
            let view = view(tx, act, (patient, id))?;
            Ok((banner::load(tx, act, patient)?, view))
        })
        .await
    }
}

/// The newest results, at most so many.
pub(crate) fn newest(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    count: usize,
) -> Result<Vec<ResultLine>, ServiceError> {
    let stored = resource::section(tx, (reading.patient, Section::Results.as_str()), None, count)?;
    lines(tx, act, reading, &stored)
}

/// Results that this reader has not opened, of the record's last 30 days, at most so many.
pub(crate) fn not_opened(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    count: usize,
) -> Result<Vec<ResultLine>, ServiceError> {
    let since = new_since(tx, act, reading.patient)?;
    let mut found: Vec<StoredResource> = Vec::new();
    let mut before: Before = None;
    while found.len() < count {
        let stored = resource::section(tx, (reading.patient, Section::Results.as_str()), before, PAGE)?;
        let ids: Vec<ResourceId> = stored.iter().map(|one| one.resource).collect();
        let opened = resource_reader::opened(tx, reading.patient, act.actor().account, &ids)?;
        before = stored.last().map(|last| (last.clinical_at, last.resource));
        let is_last = stored.len() < PAGE || before.is_none_or(|(at, _)| at < since.as_microsecond());
        found.extend(stored.into_iter().filter(|one| is_new(act, one, since, &opened)));
        if is_last {
            break;
        }
    }
    found.truncate(count);
    lines(tx, act, reading, &found)
}

fn lines(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    stored: &[StoredResource],
) -> Result<Vec<ResultLine>, ServiceError> {
    let ids: Vec<ResourceId> = stored.iter().map(|one| one.resource).collect();
    let opened = resource_reader::opened(tx, reading.patient, act.actor().account, &ids)?;
    let since = new_since(tx, act, reading.patient)?;
    let mut lines = Vec::with_capacity(stored.len());
    for one in stored {
        let Some(found) = result::project(&one.open(&reading.key)?, &reading.zone) else { continue };
        lines.push(line(reading, one, &found, is_new(act, one, since, &opened)));
    }
    Ok(lines)
}

/// New is for the patient's side: a team's reading is work, not news.
fn is_new(act: &Act, stored: &StoredResource, since: Timestamp, opened: &HashSet<ResourceId>) -> bool {
    act.actor().door == Door::Patient
        && stored.clinical_at >= since.as_microsecond()
        && !opened.contains(&stored.resource)
}

/// Where a site loads history, "now" is the record's own newest day.
fn new_since(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<Timestamp, ServiceError> {
    let newest = store::patient::load(tx, &act.vault, patient)?.and_then(|chart| chart.record_newest_at);
    let reference = newest.map_or(act.now, |newest| newest.min(act.now));
    Ok(reference.checked_sub(NEW_FOR).unwrap_or(Timestamp::MIN))
}

fn line(reading: &Reading, stored: &StoredResource, found: &TestResult, is_new: bool) -> ResultLine {
    let language = reading.language;
    let range = |found: &Option<range::UsualRange>| found.as_ref()?.in_language(language);
    let component = |one: &result::Component| Component {
        name: reading.name(one.name.clone(), one.key.as_ref()),
        value: one.value.as_ref().map(|value| value.in_language(language)).unwrap_or_default(),
        range: range(&one.range),
        relation: relation(one.relation),
    };
    ResultLine {
        resource: stored.resource,
        name: reading.name(found.name.clone(), found.key.as_ref()),
        value: found.value_text(language),
        range: range(&found.range),
        relation: relation(found.relation),
        status: found.status.clone(),
        date: found.effective.as_ref().or(found.issued.as_ref()).map(date),
        components: found.components.iter().map(component).collect(),
        is_new,
    }
}

/// A range that the value cannot be compared with is shown as sent, without a verdict.
fn relation(found: range::RangeRelation) -> RangeRelation {
    match found {
        range::RangeRelation::Within => RangeRelation::Within,
        range::RangeRelation::Above => RangeRelation::Above,
        range::RangeRelation::Below => RangeRelation::Below,
        range::RangeRelation::Abnormal => RangeRelation::Abnormal,
        range::RangeRelation::NoRange | range::RangeRelation::NotCompared => RangeRelation::NoRange,
    }
}

fn view(
    tx: &mut Tx<'_>,
    act: &mut Act,
    (patient, id): (PatientId, ResourceId),
) -> Result<ResultView, ServiceError> {
    act.about(patient, Some((AuditObject::Resource, id.0)));
    let stored = resource::load(tx, patient, id)?.filter(|stored| stored.resource_type == "Observation");
    let item =
        stored.as_ref().map(|stored| Item { sensitivity: stored.sensitivity, visibility: stored.visibility });
    act.allow(tx, Capability::ReadChart, item.unwrap_or_default())?;
    let stored = stored.ok_or(ServiceError::NotFound)?;
    let reading = Reading::begin(tx, act, patient)?;
    let json = stored.open(&reading.key)?;
    let found = result::project(&json, &reading.zone).ok_or(ServiceError::NotFound)?;
    let opened = resource_reader::opened(tx, patient, act.actor().account, &[id])?;
    let since = new_since(tx, act, patient)?;
    let is_deceased = store::patient::card(tx, &act.vault, patient)?.is_some_and(|card| card.deceased);
    let (trend, part_trends) = trends(tx, act, &reading, &found)?;
    Ok(ResultView {
        person: persons::load(tx, act, patient)?,
        line: line(&reading, &stored, &found, is_new(act, &stored, since, &opened)),
        version: stored.version,
        trend,
        part_trends,
        questions: questions(tx, act, &reading, id)?,
        code: found.key.as_ref().and_then(CodeKey::label),
        ordered_by: found.source,
        notes: found.notes,
        can_ask: act.actor().door == Door::Patient && !is_deceased,
    })
}

/// How a result and its parts went over time.
type Trends = (Option<Trend>, Vec<(ChartName, Trend)>);

/// The same test over time, found by the code's blind token and compared after opening.
fn trends(tx: &mut Tx<'_>, act: &Act, reading: &Reading, found: &TestResult) -> Result<Trends, ServiceError> {
    let Some(key) = &found.key else { return Ok((None, Vec::new())) };
    let same = same_test(tx, act, reading, (key, found.section))?;
    let whole = found.value.as_ref().and_then(|value| trend_of(&same, key, value));
    let part = |part: &result::Component| {
        let key = part.key.as_ref()?;
        let trend = trend_of(&same, key, part.value.as_ref()?)?;
        Some((reading.name(part.name.clone(), Some(key)), trend))
    };
    Ok((whole, found.components.iter().filter_map(part).collect()))
}

/// All results under a key, with their ids.
struct SameTest {
    ids: Vec<ResourceId>,
    results: Vec<TestResult>,
}

fn same_test(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    (key, section): (&CodeKey, Section),
) -> Result<SameTest, ServiceError> {
    let candidates = match &key.system {
        Some(system) => {
            let query = TokenQuery::SystemAndCode(system, &key.code);
            let token = act.vault.organisation().blind().coding_query("code", query);
            resource::with_code(tx, reading.patient, token, TREND)?
        }
        None => resource::section(tx, (reading.patient, section.as_str()), None, TREND)?,
    };
    let mut same = SameTest { ids: Vec::new(), results: Vec::new() };
    for stored in candidates {
        let json: Value = stored.open(&reading.key)?;
        if let Some(one) = result::project(&json, &reading.zone) {
            same.ids.push(stored.resource);
            same.results.push(one);
        }
    }
    Ok(same)
}

fn trend_of(same: &SameTest, key: &CodeKey, like: &Measured) -> Option<Trend> {
    let line = trend::trend(&same.results, key, like)?;
    let point = |point: trend::TrendPoint| {
        let resource = *same.ids.get(point.index)?;
        Some(TrendPoint { resource, at: point.at, value: point.value, text: point.text })
    };
    Some(Trend {
        unit: line.unit.unwrap_or_default(),
        low: line.low,
        high: line.high,
        points: line.points.into_iter().filter_map(point).collect(),
    })
}

/// What was asked about this result.
fn questions(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    id: ResourceId,
) -> Result<Vec<ThreadLine>, ServiceError> {
    let reader = persons::reader(act.actor(), reading.patient);
    let mut lines = Vec::new();
    for stored in store::thread::about(tx, reading.patient, id)? {
        let pool = stored.thread.pool;
        // A colleague of another pool sees the result, not what was written to this one.
        if act.may(tx, Capability::ReadThread(pool), threads::item(&stored))? {
            lines.push(threads::line(tx, act, &reading.key, (&stored, reader))?);
        }
    }
    Ok(lines)
}

//! Test results: the list, and one result or panel with its range, its trend and what was asked about it.

mod panel;
mod trends;

pub(crate) use trends::{SameTest, trend_of};

use crate::acts::Act;
use crate::banner;
use crate::charts::{date, source};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::persons;
use crate::reading::{self, Reading};
use crate::service::Service;
use crate::view::chart::{Component, RangeRelation, ResultLine, ResultView, Review, SectionSource};
use crate::view::person::{Banner, Person};
use domain::access::{Capability, Item};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditObject};
use domain::id::{PatientId, ResourceId};
use fhir::project::result::{self, TestResult};
use fhir::project::{CodeKey, Section, range};
use fhir::reference::Reference;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::HashSet;
use store::db::Tx;
use store::resource::{self, Before, StoredResource};
use store::resource_reader;

/// For so long before the record's newest day a result that was not opened counts as new.
const NEW_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);
/// A report is shown as the panel that it is.
const TYPES: [&str; 2] = ["Observation", "DiagnosticReport"];

impl Service {
    /// A page of the patient's results, newest first, with the age of all of them.
    pub async fn results(
        &self,
        ctx: &Ctx,
        person: PatientId,
        after: Option<Cursor>,
    ) -> Result<(Person, Page<ResultLine>, SectionSource), ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadResults), move |tx, act| {
            act.about(person, None);
            act.allow(tx, Capability::ReadChart, Item::default())?;
            let reading = Reading::begin(tx, act, person)?;
            let before = after.map(|cursor| (cursor.at, ResourceId(cursor.id)));
            let stored = resource::section(tx, (person, Section::Results.as_str()), before, PAGE + 1)?;
            let page = Page::cut(stored, PAGE, |one| Cursor { at: one.clinical_at, id: one.resource.0 });
            let items = lines(tx, act, &reading, &page.items)?;
            let source = source(tx, &reading, Section::Results)?;
            Ok((persons::load(tx, act, person)?, Page { items, next: page.next }, source))
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
            move |tx, act| {
                let view = view(tx, act, (person, id))?;
                let seen = seen(&view);
                Ok((view, seen))
            },
            move |tx, act, seen| {
                for id in seen {
                    resource_reader::mark(tx, (person, *id), act.actor().account, act.now)?;
                }
                Ok(())
            },
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
        self.read_marking(
            self.act(ctx, AuditAction::ReadResult),
            move |tx, act| {
                let view = view(tx, act, (patient, id))?;
                let seen = seen(&view);
                Ok(((banner::load(tx, act, patient)?, view), seen))
            },
            move |tx, act, seen| seen.iter().try_for_each(|id| mark_opened(tx, act, (patient, *id))),
        )
        .await
    }
}

/// What stands on a result's page with its value.
fn seen(view: &ResultView) -> Vec<ResourceId> {
    view.members.iter().map(|member| member.resource).chain([view.line.resource]).collect()
}

/// Clinical staff had this item before their eyes: the patient is told.
pub(crate) fn mark_opened(
    tx: &mut Tx<'_>,
    act: &Act,
    place: (PatientId, ResourceId),
) -> Result<(), ServiceError> {
    if act.actor().is_clinical() {
        resource_reader::mark(tx, place, act.actor().account, act.now)?;
    }
    Ok(())
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

pub(crate) fn lines(
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

pub(crate) fn line(
    reading: &Reading,
    stored: &StoredResource,
    found: &TestResult,
    is_new: bool,
) -> ResultLine {
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
        members: found.members.len(),
        is_new,
    }
}

/// A range that the value cannot be compared with is shown as sent, without a verdict.
fn relation(found: range::RangeRelation) -> RangeRelation {
    match found {
        range::RangeRelation::Within => RangeRelation::Within,
        range::RangeRelation::Above => RangeRelation::Above,
        range::RangeRelation::Below => RangeRelation::Below,
        range::RangeRelation::LittleAbove => RangeRelation::LittleAbove,
        range::RangeRelation::LittleBelow => RangeRelation::LittleBelow,
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
    let is_result = |stored: &StoredResource| TYPES.contains(&stored.resource_type.as_str());
    let stored = resource::load(tx, patient, id)?.filter(is_result);
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
    let (trend, part_trends) = trends::trends(tx, act, &reading, &found)?;
    Ok(ResultView {
        person: persons::load(tx, act, patient)?,
        line: line(&reading, &stored, &found, is_new(act, &stored, since, &opened)),
        version: stored.version,
        members: panel::members(tx, act, &reading, &found)?,
        panels: panel::of(tx, &reading, (&stored, &json))?,
        trend,
        part_trends,
        questions: reading::questions(tx, act, &reading, id)?,
        code: found.key.as_ref().and_then(CodeKey::label),
        ordered_by: orderer(tx, act, &reading, found.order.as_deref())?,
        reported_by: found.source,
        review: review(tx, act, &stored, since)?,
        notes: found.notes,
        can_ask: act.actor().door == Door::Patient && !is_deceased,
    })
}

/// Who asked for the test: the requester of its order, where the record holds it.
fn orderer(
    tx: &mut Tx<'_>,
    act: &Act,
    reading: &Reading,
    order: Option<&str>,
) -> Result<Option<String>, ServiceError> {
    let Some(Reference::Relative { resource_type: "ServiceRequest", id, .. }) =
        order.and_then(Reference::parse)
    else {
        return Ok(None);
    };
    let Some((_, order)) = reading::referred(tx, act, reading, ("ServiceRequest", id))? else {
        return Ok(None);
    };
    Ok(order.pointer("/requester/display").and_then(Value::as_str).map(str::to_owned))
}

/// Of a new result: whether clinical staff has opened it here.
fn review(
    tx: &mut Tx<'_>,
    act: &Act,
    stored: &StoredResource,
    since: Timestamp,
) -> Result<Option<Review>, ServiceError> {
    // What was measured at a visit has been seen by whoever measured it.
    let is_result = stored.section == Section::Results.as_str();
    if act.actor().door != Door::Patient || !is_result || stored.clinical_at < since.as_microsecond() {
        return Ok(None);
    }
    let opened = resource_reader::opened_by_staff(tx, (stored.patient, stored.resource))?;
    Ok(Some(opened.map_or(Review::NotYet, Review::Opened)))
}

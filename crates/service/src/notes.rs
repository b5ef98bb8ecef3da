//! Notes, letters and reports: the list, and one of them with its text.

use crate::charts::{date, source};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::reading::{self, Reading};
use crate::service::Service;
use crate::view::chart::SectionSource;
use crate::view::person::Person;
use crate::view::record::{NoteLine, NoteText, NoteView};
use crate::{persons, visits};
use domain::audit::AuditAction;
use domain::id::{PatientId, ResourceId};
use fhir::project::Section as Part;
use fhir::project::note::{self, Content, Note};
use serde_json::Value;
use std::collections::HashSet;
use store::resource::{self, StoredResource};

const TYPES: [&str; 2] = ["DocumentReference", "DiagnosticReport"];

impl Service {
    /// A page of the patient's notes, newest first.
    pub async fn chart_notes(
        &self,
        ctx: &Ctx,
        person: PatientId,
        after: Option<Cursor>,
    ) -> Result<(Person, (Page<NoteLine>, SectionSource)), ServiceError> {
        self.section(ctx, person, Part::Documents, move |tx, _, reading| {
            let before = after.map(|cursor| (cursor.at, ResourceId(cursor.id)));
            let stored = resource::section(tx, (person, Part::Documents.as_str()), before, PAGE + 1)?;
            let page = Page::cut(stored, PAGE, |one| Cursor { at: one.clinical_at, id: one.resource.0 });
            let mut opened = Vec::with_capacity(page.items.len());
            for one in page.items {
                let json = one.open(&reading.key)?;
                opened.push((one, json));
            }
            let items = lines(&opened, reading);
            Ok((Page { items, next: page.next }, source(tx, reading, Part::Documents)?))
        })
        .await
    }

    /// One note.
    pub async fn chart_note(
        &self,
        ctx: &Ctx,
        person: PatientId,
        id: ResourceId,
    ) -> Result<NoteView, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadEntry), move |tx, act| {
            let (stored, json, reading) = visits::entry(tx, act, (person, id), &TYPES)?;
            let found = note::project(&json, &reading.zone).ok_or(ServiceError::NotFound)?;
            let visit = match &found.encounter {
                Some(id) => visit_of(tx, act, person, id)?,
                None => None,
            };
            Ok(NoteView {
                person: persons::load(tx, act, person)?,
                source: found.source.clone(),
                is_for_patient: found.is_for_patient,
                text: match &found.content {
                    Content::Text(text) => NoteText::Blocks(note::blocks(text)),
                    Content::File(kind) => NoteText::File(kind.clone()),
                    Content::Absent if stored.section == Part::Reports.as_str() => NoteText::Panel,
                    Content::Absent => NoteText::Absent,
                },
                line: line(&reading, &stored, found),
                visit,
                questions: reading::questions(tx, act, &reading, id)?,
            })
        })
        .await
    }
}

/// The lines of documents. Many systems send one text twice, as a document and as a report: the
/// reader gets it once.
pub(crate) fn lines(opened: &[(StoredResource, Value)], reading: &Reading) -> Vec<NoteLine> {
    let mut seen = HashSet::new();
    let mut lines = Vec::with_capacity(opened.len());
    for (stored, json) in opened {
        let Some(found) = note::project(json, &reading.zone) else { continue };
        let is_new = match &found.content {
            Content::Text(text) => seen.insert((found.encounter.clone(), text.clone())),
            _ => true,
        };
        if is_new {
            lines.push(line(reading, stored, found));
        }
    }
    lines
}

fn line(reading: &Reading, stored: &StoredResource, found: Note) -> NoteLine {
    NoteLine {
        resource: stored.resource,
        name: found.name.map(|name| reading.named(name)),
        date: found.date.as_ref().map(date),
        author: found.authors.into_iter().next(),
    }
}

fn visit_of(
    tx: &mut store::db::Tx<'_>,
    act: &crate::acts::Act,
    patient: PatientId,
    encounter: &str,
) -> Result<Option<ResourceId>, ServiceError> {
    let blind = act.vault.organisation().blind();
    let found = store::resource_directory::everywhere(tx, blind, "Encounter", encounter)?;
    let own = found.into_iter().find(|(owner, _)| *owner == patient).map(|(_, resource)| resource);
    // An entry may stand in the directory before its resource came.
    match own {
        Some(resource) => Ok(resource::load(tx, patient, resource)?.map(|stored| stored.resource)),
        None => Ok(None),
    }
}

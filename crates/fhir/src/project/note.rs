//! Notes, letters and reports with a text of their own: FHIR DocumentReference, and DiagnosticReport
//! with a presented form.

use super::chart_date::{self, ChartDate};
use super::coded::{Named, code_at, display_at, items, named, text};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::tz::TimeZone;
use serde_json::Value;

/// LOINC's Instructions: what a patient takes home from a visit.
const INSTRUCTIONS: &str = "69730-0";

/// A document of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of document, or its own title.
    pub name: Option<Named>,
    /// Written to the patient, and not for the work of the care team.
    pub is_for_patient: bool,
    pub date: Option<ChartDate>,
    pub authors: Vec<String>,
    /// Who keeps it.
    pub source: Option<String>,
    /// The (foreign) id of the visit that it is about.
    pub encounter: Option<String>,
    pub content: Content,
}

/// What can be read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text(String),
    /// A file that is no plain text: its media type.
    File(String),
    /// The record names the document without holding it.
    Absent,
}

/// A piece of a plain text that is laid out with `#` for headings and `-` for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
}

/// Projects a document; nothing where it was entered in error.
pub fn project(resource: &Value, zone: &TimeZone) -> Option<Note> {
    let is_report = text(resource, "resourceType") == Some("DiagnosticReport");
    if text(resource, "status") == Some("entered-in-error")
        || text(resource, "docStatus") == Some("entered-in-error")
    {
        return None;
    }
    let (kind, people) = if is_report { ("code", "performer") } else { ("type", "author") };
    let given = chart_date::at(resource, if is_report { "issued" } else { "date" }, zone);
    let attachment = attachment(resource);
    Some(Note {
        name: text(resource, "description")
            .or_else(|| attachment.and_then(|one| text(one, "title")))
            .map(Named::only)
            .or_else(|| resource.get(kind).and_then(named)),
        is_for_patient: code_at(resource, kind) == Some(INSTRUCTIONS),
        date: given.or_else(|| chart_date::start_of(resource, "effective", zone)),
        authors: items(resource, people).filter_map(|one| text(one, "display")).map(str::to_owned).collect(),
        source: display_at(resource, "custodian"),
        encounter: encounter(resource),
        content: attachment.map_or(Content::Absent, content),
    })
}

fn attachment(resource: &Value) -> Option<&Value> {
    let presented = || items(resource, "presentedForm").next();
    items(resource, "content").find_map(|one| one.get("attachment")).or_else(presented)
}

fn content(attachment: &Value) -> Content {
    let kind = text(attachment, "contentType").unwrap_or_default();
    let Some(data) = text(attachment, "data") else { return Content::Absent };
    let media = kind.split(';').next().unwrap_or_default().trim();
    if !matches!(media, "text/plain" | "text/markdown") {
        return Content::File(media.to_owned());
    }
    match BASE64_STANDARD.decode(data).map(String::from_utf8) {
        Ok(Ok(text)) => Content::Text(text),
        _ => Content::File(media.to_owned()),
    }
}

fn encounter(resource: &Value) -> Option<String> {
    let context = resource.get("context").unwrap_or(&Value::Null);
    let reference = resource.get("encounter").or_else(|| items(context, "encounter").next())?;
    let id = text(reference, "reference")?.strip_prefix("Encounter/")?;
    id.split('/').next().map(str::to_owned)
}

/// Takes a plain text apart. Words are kept as they were written.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix('#') {
            blocks.push(Block::Heading(heading.trim_start_matches('#').trim().to_owned()));
            is_open = false;
        } else if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            match blocks.last_mut() {
                Some(Block::List(items)) if is_open => items.push(item.to_owned()),
                _ => blocks.push(Block::List(vec![item.to_owned()])),
            }
            is_open = true;
        } else if line.is_empty() {
            is_open = false;
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(words)) if is_open => {
                    words.push(' ');
                    words.push_str(line);
                }
                _ => blocks.push(Block::Paragraph(line.to_owned())),
            }
            is_open = true;
        }
    }
    blocks.retain(|block| !matches!(block, Block::Heading(words) if words.is_empty()));
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(attachment: Value) -> Value {
        json!({"resourceType": "DocumentReference", "status": "current", "type": {"text": "Visit note"},
            "date": "2026-05-03", "context": {"encounter": [{"reference": "Encounter/e1"}]},
            "content": [{"attachment": attachment}]})
    }

    #[test]
    fn a_plain_text_is_laid_out_and_its_words_are_kept() {
        let text = "\n2026-05-03\n\n# Plan\nDrink more\nwater.\n- rest\n- come back\n\n##\n* call";
        let told = |words: &str| words.to_owned();
        assert_eq!(
            blocks(text),
            [
                Block::Paragraph(told("2026-05-03")),
                Block::Heading(told("Plan")),
                Block::Paragraph(told("Drink more water.")),
                Block::List(vec![told("rest"), told("come back")]),
                Block::List(vec![told("call")]),
            ]
        );
    }

    #[test]
    fn only_plain_text_is_shown_and_a_missing_text_is_said_to_be_missing() {
        let note = |attachment: Value| project(&document(attachment), &TimeZone::UTC).unwrap();
        let plain = note(json!({"contentType": "text/plain; charset=utf-8", "data": "UmVzdC4="}));
        assert_eq!(plain.content, Content::Text("Rest.".to_owned()));
        assert_eq!(plain.name.unwrap().words, "Visit note");
        assert_eq!((plain.is_for_patient, plain.encounter.as_deref()), (false, Some("e1")));
        let pdf = note(json!({"contentType": "application/pdf", "data": "JVBERi0="}));
        assert_eq!(pdf.content, Content::File("application/pdf".to_owned()));
        assert_eq!(note(json!({"url": "https://elsewhere.example/1"})).content, Content::Absent);
    }
}

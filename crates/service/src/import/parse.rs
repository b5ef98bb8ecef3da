//! From a line of text to checked resources: a Bundle is taken apart, references within it become
//! `Type/id`. Runs on many threads; knows nothing of the database.

use super::chunk::Chunk;
use super::facts;
use super::files::Source;
use super::item::{Item, path};
use super::registry::Keys;
use super::report::Refusal;
use super::tally::Clock;
use fhir::check;
use fhir::json;
use fhir::reference::{self, Reference};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A chunk taken apart.
#[derive(Debug)]
pub struct Parsed {
    pub seq: u64,
    pub source: Arc<Source>,
    pub last_line: u64,
    pub is_done: bool,
    pub file_bytes: u64,
    /// JSON in it, in bytes.
    pub bytes: u64,
    pub items: Vec<Item>,
    pub refusals: Vec<Refusal>,
}

/// A reference to `Type/id`, and the line where it was met first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub resource_type: String,
    pub id: String,
    pub line: u64,
}

/// Parses and checks the lines of a chunk; `id_for` names a resource that came without an id.
pub fn chunk(
    chunk: Chunk,
    clock: &mut Clock,
    base: Option<&str>,
    id_for: impl Fn(&Value) -> String,
) -> Parsed {
    let Chunk { seq, source, lines, is_done, file_bytes } = chunk;
    let last_line = lines.last().map_or(0, |line| line.number);
    let bytes = lines.iter().map(|line| line.text.trim_ascii().len() as u64).sum();
    let parsed = Parsed {
        seq,
        source,
        last_line,
        is_done,
        file_bytes,
        bytes,
        items: Vec::new(),
        refusals: Vec::new(),
    };
    let mut reading = Reading { parsed, clock, base, is_long: false, id_for: &id_for };
    for line in lines {
        reading.line(line.number, &line.text);
    }
    reading.parsed
}

struct Reading<'a, F: Fn(&Value) -> String> {
    parsed: Parsed,
    clock: &'a mut Clock,
    /// The address of the server that these files came from.
    base: Option<&'a str>,
    /// The line is so long that a resource in it may be too large.
    is_long: bool,
    id_for: &'a F,
}

/// One resource and where it stood.
struct Found {
    entry: Option<usize>,
    full_url: Option<String>,
    resource: Value,
}

impl<F: Fn(&Value) -> String> Reading<'_, F> {
    fn line(&mut self, line: u64, text: &[u8]) {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        self.is_long = text.len() > store::seal::LARGEST;
        let value = match self.clock.parse(|| json::parse(text)) {
            Ok(value) => value,
            Err(broken) => {
                let at = format!("line {} column {}", broken.line, broken.column);
                return self.refuse(line, String::new(), format!("no JSON: it breaks at {at}"));
            }
        };
        if value.get("resourceType").is_some_and(|name| name == "Bundle") {
            return self.bundle(line, value);
        }
        let found = Found { entry: None, full_url: None, resource: value };
        self.take(line, vec![found]);
    }

    fn bundle(&mut self, line: u64, mut bundle: Value) {
        let kind = bundle.get("type").and_then(Value::as_str).unwrap_or_default();
        if !matches!(kind, "transaction" | "batch" | "collection" | "searchset") {
            let reason = "expected a Bundle of type transaction, batch, collection or searchset";
            return self.refuse(line, "Bundle.type".into(), reason.into());
        }
        let Some(Value::Array(entries)) = bundle.get_mut("entry").map(Value::take) else { return };
        let mut found = Vec::with_capacity(entries.len());
        for (index, mut entry) in entries.into_iter().enumerate() {
            let place = |member: &str| format!("Bundle.entry[{index}]{member}");
            let method = entry.pointer("/request/method").and_then(Value::as_str);
            if method.is_some_and(|method| !matches!(method, "POST" | "PUT")) {
                self.refuse(line, place(".request.method"), "only POST and PUT are imported".into());
                continue;
            }
            let full_url = entry.get("fullUrl").and_then(Value::as_str).map(str::to_owned);
            match entry.get_mut("resource").map(Value::take) {
                Some(resource) => found.push(Found { entry: Some(index), full_url, resource }),
                None => self.refuse(line, place(".resource"), "required, but absent".into()),
            }
        }
        self.take(line, found);
    }

    fn take(&mut self, line: u64, mut found: Vec<Found>) {
        let mut bases: BTreeSet<String> = self.base.map(str::to_owned).into_iter().collect();
        bases.extend(found.iter().filter_map(|one| base_of(one.full_url.as_deref()?)));
        let names = Names { by_url: self.name(&mut found), bases };
        for Found { entry, mut resource, .. } in found {
            if self.is_long && is_too_large(&resource) {
                let reason = format!("larger than {} MiB", store::seal::LARGEST >> 20);
                self.refuse(line, path(entry, ""), reason);
                continue;
            }
            if let Err(problems) = self.clock.check(|| check::resource(&resource)) {
                let others = problems.len().saturating_sub(1);
                let Some(first) = problems.into_iter().next() else { continue };
                let more = if others == 0 { String::new() } else { format!(" (and {others} more)") };
                self.refuse(line, path(entry, &first.path), format!("{}{more}", first.reason));
                continue;
            }
            let conditionals = self.clock.parse(|| link(&mut resource, &names));
            let text = |member: &str| resource.get(member).and_then(Value::as_str).unwrap_or_default();
            let (resource_type, id) = (text("resourceType").to_owned(), text("id").to_owned());
            self.parsed.items.push(Item { line, entry, resource_type, id, resource, conditionals });
        }
    }

    /// Gives every resource an id and answers what the bundle calls it: full URL -> `Type/id`.
    fn name(&self, found: &mut [Found]) -> HashMap<String, String> {
        let mut names = HashMap::new();
        for one in found {
            let Some(members) = one.resource.as_object_mut() else { continue };
            if !members.contains_key("id") {
                let uuid = one.full_url.as_deref().and_then(|url| url.strip_prefix("urn:uuid:"));
                let id = uuid.map(str::to_owned);
                let id = id.unwrap_or_else(|| (self.id_for)(&one.resource));
                if let Some(members) = one.resource.as_object_mut() {
                    members.shift_insert(1.min(members.len()), "id".into(), id.into());
                }
            }
            let text = |member: &str| one.resource.get(member).and_then(Value::as_str);
            if let (Some(url), Some(kind), Some(id)) = (one.full_url.take(), text("resourceType"), text("id"))
            {
                names.insert(url, format!("{kind}/{id}"));
            }
        }
        names
    }

    fn refuse(&mut self, line: u64, path: String, reason: String) {
        let file = self.parsed.source.path.display().to_string();
        self.parsed.refusals.push(Refusal { file, line, path, reason });
    }
}

/// How a reference's text becomes `Type/id`.
struct Names {
    /// What a bundle calls its own.
    by_url: HashMap<String, String>,
    /// Addresses of the server that this came from: below them `Type/id` is meant.
    bases: BTreeSet<String>,
}

impl Names {
    fn of(&self, text: &str) -> Option<String> {
        if let Some(name) = self.by_url.get(text) {
            return Some(name.clone());
        }
        let below = |base: &String| text.strip_prefix(base.as_str())?.strip_prefix('/');
        let relative = self.bases.iter().find_map(below)?;
        matches!(Reference::parse(relative), Some(Reference::Relative { .. })).then(|| relative.to_owned())
    }
}

/// `https://example.org/fhir` of `https://example.org/fhir/Patient/12`.
fn base_of(url: &str) -> Option<String> {
    let Some(Reference::Absolute { url, target: Some((resource_type, id)) }) = Reference::parse(url) else {
        return None;
    };
    let end = format!("/{resource_type}/{id}");
    Some(url.get(..url.find(&end)?)?.to_owned())
}

/// No content of that size is stored.
fn is_too_large(resource: &Value) -> bool {
    let mut text = Vec::new();
    json::write(resource, &mut text);
    text.len() > store::seal::LARGEST
}

/// Rewrites references by their names; answers the conditional ones, each once.
fn link(resource: &mut Value, names: &Names) -> Vec<String> {
    let mut conditionals: Vec<String> = Vec::new();
    reference::visit_mut(resource, &mut |text| {
        if text.contains('?')
            && matches!(Reference::parse(text), Some(Reference::Conditional { .. }))
            && !conditionals.iter().any(|known| known == text)
        {
            conditionals.push(text.to_owned());
        }
        names.of(text)
    });
    conditionals
}

/// What a chunk refers to, each once, whatever it is.
pub fn mentions(items: &[Item], keys: &Keys) -> HashMap<u128, Mention> {
    let mut mentions = HashMap::new();
    for item in items {
        reference::visit(&item.resource, &mut |text| {
            let (resource_type, id) = match Reference::parse(text) {
                Some(Reference::Relative { resource_type, id, .. }) => (resource_type, id),
                Some(Reference::Uuid(uuid)) => ("urn:uuid", uuid),
                _ => return,
            };
            mentions.entry(keys.key(resource_type, id)).or_insert_with(|| Mention {
                resource_type: resource_type.to_owned(),
                id: id.to_owned(),
                line: item.line,
            });
        });
    }
    mentions
}

/// The identifiers of a chunk's resources, by which conditional references find them.
pub fn identified(items: &[Item]) -> impl Iterator<Item = (&Item, (&str, &str))> {
    items.iter().flat_map(|item| facts::identifiers(&item.resource).into_iter().map(move |pair| (item, pair)))
}

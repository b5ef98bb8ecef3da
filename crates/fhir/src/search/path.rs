//! The part of FHIRPath that R4 search parameters use, compiled against the type tables and walked.
//! Written form: `xtask/src/fhir_tables/params.rs`.

use crate::reference::Reference;
use crate::tables::{Member, Shape, Type, tables};
use serde_json::Value;

/// One way to a value: steps from the resource, and the datatype found there.
#[derive(Debug, Clone)]
pub struct Alternative {
    pub(super) steps: Vec<Step>,
    pub leaf: &'static str,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Member(&'static str),
    /// `[0]`
    First,
    /// `where(system='email')`
    Equals(&'static str, &'static str),
    /// `where(resolve() is Patient)`
    RefersTo(&'static str),
    /// `x.exists() and x != false`
    Exists,
}

/// The alternatives that a path means; a choice element without a type means one for each of its types.
pub fn compile(resource_type: &str, path: &'static str) -> Vec<Alternative> {
    let Some(root) = tables().by_name(resource_type) else { return Vec::new() };
    let words: Vec<_> = path.split(' ').collect();
    let mut found = Vec::new();
    follow(Some(root), &words, Alternative { steps: Vec::new(), leaf: root.name }, &mut found);
    found
}

fn follow(at: Option<&Type>, words: &[&'static str], so_far: Alternative, found: &mut Vec<Alternative>) {
    let Some((&word, mut rest)) = words.split_first() else { return found.push(so_far) };
    if let Some(step) = filter_step(word) {
        let mut next = so_far;
        next.leaf = if matches!(step, Step::Exists) { "boolean" } else { next.leaf };
        next.steps.push(step);
        return follow(at, rest, next, found);
    }
    let cast = rest.first().and_then(|next| next.strip_prefix(':'));
    if cast.is_some() {
        rest = &rest[1..];
    }
    let members = at.into_iter().flat_map(|kind| kind.members_of(word));
    for member in members.filter(|member| cast.is_none_or(|name| name == member.type_name)) {
        let mut next = so_far.clone();
        next.steps.push(Step::Member(member.name));
        next.leaf = member.type_name;
        follow(type_of(member), rest, next, found);
    }
}

fn type_of(member: &Member) -> Option<&'static Type> {
    match member.shape {
        Shape::Object(kind) => Some(tables().at(kind)),
        Shape::Reference(_) => tables().by_name("Reference"),
        _ => None,
    }
}

fn filter_step(word: &'static str) -> Option<Step> {
    if let Some(kind) = word.strip_prefix('?') {
        return Some(Step::RefersTo(kind));
    }
    match word {
        "[0]" => return Some(Step::First),
        "!exists" => return Some(Step::Exists),
        _ => {}
    }
    let (member, value) = word.strip_prefix('[')?.strip_suffix(']')?.split_once('=')?;
    Some(Step::Equals(member, value))
}

/// Calls `seen` with every value that an alternative reaches in a resource.
pub(crate) fn each<'a>(alternative: &Alternative, resource: &'a Value, seen: &mut dyn FnMut(&'a Value)) {
    walk(&alternative.steps, resource, resource, seen);
}

fn walk<'a>(steps: &[Step], value: &'a Value, resource: &'a Value, seen: &mut dyn FnMut(&'a Value)) {
    match (steps.split_first(), value) {
        (None, Value::Array(items)) => items.iter().for_each(seen),
        (None, _) => seen(value),
        (Some((Step::First, rest)), Value::Array(items)) => {
            items.iter().take(1).for_each(|item| walk(rest, item, resource, seen));
        }
        (_, Value::Array(items)) => items.iter().for_each(|item| walk(steps, item, resource, seen)),
        (Some((Step::Member(name), rest)), _) => {
            value.get(*name).into_iter().for_each(|member| walk(rest, member, resource, seen));
        }
        (Some((filter, rest)), _) => {
            filter.pass(value, resource).into_iter().for_each(|kept| walk(rest, kept, resource, seen));
        }
    }
}

impl Step {
    /// What a filter lets through of a single value.
    pub(super) fn pass<'a>(&self, value: &'a Value, resource: &Value) -> Option<&'a Value> {
        match self {
            Step::Exists => {
                Some(if *value == Value::Bool(false) { &Value::Bool(false) } else { &Value::Bool(true) })
            }
            Step::Equals(name, wanted) => value.get(*name).is_some_and(|v| v == wanted).then_some(value),
            Step::RefersTo(kind) => (is_reference_to(kind, value, resource) != Some(false)).then_some(value),
            Step::First | Step::Member(_) => Some(value),
        }
    }
}

/// Whether a Reference points at a type; nothing when it does not tell (`urn:uuid:`).
pub(crate) fn is_reference_to(kind: &str, reference: &Value, resource: &Value) -> Option<bool> {
    let text = reference.get("reference").and_then(Value::as_str);
    let named = || reference.get("type").and_then(Value::as_str);
    let target = match text.and_then(Reference::parse) {
        Some(Reference::Contained(id)) => {
            let contained = resource.get("contained").and_then(Value::as_array);
            let mut all = contained.into_iter().flatten();
            let found = all.find(|inner| inner.get("id").is_some_and(|own| own == id));
            found.and_then(|inner| inner.get("resourceType")).and_then(Value::as_str)
        }
        Some(parsed) => parsed.resource_type().or_else(named),
        None => named(),
    };
    target.map(|name| name == kind)
}

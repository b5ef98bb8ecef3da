//! Parses the table files (their format stands at the head of `xtask/src/fhir_tables/types.rs`).

use super::names::Names;
use super::types::{CodeSet, Kind, Member, Shape, Tables, Type};
use crate::primitive::Primitive;
use std::collections::HashMap;
use std::sync::OnceLock;

const TYPES: &str = include_str!("types.txt");
const CODES: &str = include_str!("codes.txt");

static TABLES: OnceLock<Tables> = OnceLock::new();

/// The tables; the first call parses them (some milliseconds).
pub fn tables() -> &'static Tables {
    TABLES.get_or_init(load)
}

/// Whether R4 has a concrete resource of this name.
pub fn is_resource_type(name: &str) -> bool {
    tables().resource(name).is_some()
}

/// The names of all concrete R4 resources.
pub fn resource_types() -> impl Iterator<Item = &'static str> {
    tables().resource_names()
}

struct Raw {
    name: &'static str,
    kind: Kind,
    base: &'static str,
    elements: Vec<RawElement>,
}

struct RawElement {
    name: &'static str,
    is_required: bool,
    is_list: bool,
    what: &'static str,
}

struct Indices {
    types: HashMap<&'static str, u16>,
    codes: HashMap<&'static str, u16>,
}

fn load() -> Tables {
    let raw = raw_types();
    let codes = code_sets();
    let names = Indices {
        types: numbered(raw.iter().map(|r| r.name)),
        codes: numbered(codes.iter().map(|set| set.name)),
    };
    let types = raw.iter().map(|one| build(one, &raw, &names)).collect();
    Tables { types, by_name: Names::new(names.types.into_iter().collect()), codes }
}

fn numbered(names: impl Iterator<Item = &'static str>) -> HashMap<&'static str, u16> {
    names.zip(0..).collect()
}

fn raw_types() -> Vec<Raw> {
    let mut raw: Vec<Raw> = Vec::new();
    for line in TYPES.lines() {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        match next() {
            "T" => raw.push(Raw { name: next(), kind: kind(next()), base: next(), elements: Vec::new() }),
            _ => {
                let (name, min, max, what) = (next(), next(), next(), next());
                let element = RawElement { name, is_required: min == "1", is_list: max == "*", what };
                if let Some(last) = raw.last_mut() {
                    last.elements.push(element);
                }
            }
        }
    }
    raw
}

fn kind(letter: &str) -> Kind {
    match letter {
        "R" => Kind::Resource,
        "C" => Kind::Datatype,
        _ => Kind::Backbone,
    }
}

fn code_sets() -> Vec<CodeSet> {
    let sets = CODES.lines().filter_map(|line| line.split_once('\t'));
    sets.map(|(name, codes)| CodeSet { name, codes: codes.split('\t').collect() }).collect()
}

fn build(one: &Raw, raw: &[Raw], names: &Indices) -> Type {
    let (mut elements, mut required, mut members) = (Vec::new(), 0_u128, Vec::new());
    for element in lineage(one, raw, names).iter().flat_map(|ancestor| &ancestor.elements) {
        let at = elements.len();
        elements.push(element.name);
        required |= u128::from(element.is_required) << at;
        push_members(element, at, names, &mut members);
    }
    Type { name: one.name, kind: one.kind, elements, required, members: Names::new(members) }
}

/// The type and what it inherits from, the farthest ancestor first.
fn lineage<'a>(one: &'a Raw, raw: &'a [Raw], names: &Indices) -> Vec<&'a Raw> {
    let mut line = vec![one];
    let mut base = one.base;
    while let Some(ancestor) = names.types.get(base).and_then(|&at| raw.get(usize::from(at))) {
        line.push(ancestor);
        base = ancestor.base;
    }
    line.reverse();
    line
}

fn push_members(element: &RawElement, at: usize, names: &Indices, members: &mut Vec<(&'static str, Member)>) {
    let choice = element.name.strip_suffix("[x]");
    for what in element.what.split('|') {
        let (type_name, shape) = shape(what, names);
        let name = choice.map_or(element.name, |stem| member_name(stem, type_name));
        let member = Member {
            name,
            element: u8::try_from(at).unwrap_or(u8::MAX),
            is_list: element.is_list,
            is_choice: choice.is_some(),
            type_name,
            shape,
        };
        members.push((name, member));
    }
}

/// `value` + `dateTime` = `valueDateTime`; a few hundred names, kept for the life of the program.
fn member_name(stem: &str, type_name: &str) -> &'static str {
    let (first, rest) = type_name.split_at(1);
    Box::leak(format!("{stem}{}{rest}", first.to_ascii_uppercase()).into_boxed_str())
}

fn shape(what: &'static str, names: &Indices) -> (&'static str, Shape) {
    let object = |name| Shape::Object(names.types.get(name).copied().unwrap_or_default());
    if let Some(path) = what.strip_prefix('@') {
        return (path, object(path));
    }
    if let Some(set) = what.strip_prefix("code=") {
        return ("code", Shape::Code(names.codes.get(set).copied().unwrap_or_default()));
    }
    if let Some(targets) = what.strip_prefix("Reference") {
        return ("Reference", Shape::Reference(targets.trim_matches(['(', ')'])));
    }
    match Primitive::named(what) {
        _ if what == "Resource" => (what, Shape::Resource),
        Some(primitive) => (what, Shape::Primitive(primitive)),
        None => (what, object(what)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_names_types_and_codes_that_exist() {
        let raw = raw_types();
        let known = numbered(raw.iter().map(|r| r.name));
        let sets = numbered(code_sets().iter().map(|set| set.name));
        assert!(raw.len() > 600 && sets.len() > 200);
        for element in raw.iter().flat_map(|one| &one.elements) {
            for what in element.what.split('|') {
                let is_known = match (what.strip_prefix('@'), what.strip_prefix("code=")) {
                    (Some(path), _) => known.contains_key(path),
                    (_, Some(set)) => sets.contains_key(set),
                    _ => {
                        what.starts_with("Reference")
                            || Primitive::named(what).is_some()
                            || known.contains_key(what)
                    }
                };
                assert!(is_known, "{} {what}", element.name);
            }
        }
    }

    #[test]
    fn no_type_has_more_elements_than_a_mask_has_bits() {
        assert!(tables().types.iter().all(|one| one.elements.len() <= 128));
    }

    #[test]
    fn a_choice_is_one_element_with_a_member_for_each_type() {
        let observation = tables().resource("Observation").unwrap();
        let quantity = observation.member("valueQuantity").unwrap();
        let text = observation.member("valueString").unwrap();
        assert!(quantity.is_choice && quantity.element == text.element);
        assert!(observation.member("value").is_none());
        assert!(observation.member("subject").is_some_and(|m| !m.is_list));
    }
}

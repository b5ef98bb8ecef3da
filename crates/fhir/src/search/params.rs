//! The search parameters of each resource type, with their paths compiled to member names.

use super::path::{Alternative, compile};
use super::tree::Node;
use crate::tables::{Names, tables};
use std::collections::HashMap;
use std::sync::OnceLock;

const PARAMS: &str = include_str!("../tables/params.txt");

static BY_TYPE: OnceLock<Names<TypeParams>> = OnceLock::new();

/// The parameters of a type, and their paths merged into one tree.
#[derive(Debug)]
pub(super) struct TypeParams {
    pub params: Vec<Param>,
    pub tree: Node,
}

/// A search parameter of one resource type.
#[derive(Debug)]
pub struct Param {
    pub name: &'static str,
    pub kind: ParamKind,
    /// The types a reference parameter may point at; empty for any.
    pub targets: Vec<&'static str>,
    pub(crate) paths: Vec<Alternative>,
}

/// R4 `search-param-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParamKind {
    Number,
    Date,
    String,
    Token,
    Reference,
    Composite,
    Quantity,
    Uri,
    Special,
}

impl Param {
    /// Whether `extract` finds values for it.
    pub fn is_indexed(&self) -> bool {
        !self.paths.is_empty()
    }
}

/// The parameters of a resource type, those of Resource (`_id`, ...) included; empty for an unknown type.
pub fn params(resource_type: &str) -> &'static [Param] {
    of_type(resource_type).map(|own| own.params.as_slice()).unwrap_or_default()
}

/// One parameter by name.
pub fn param(resource_type: &str, name: &str) -> Option<&'static Param> {
    params(resource_type).iter().find(|param| param.name == name)
}

pub(super) fn of_type(resource_type: &str) -> Option<&'static TypeParams> {
    BY_TYPE.get_or_init(load).get(resource_type)
}

fn load() -> Names<TypeParams> {
    let own = |name| {
        let params: Vec<_> = rows(name).map(|row| build(name, row)).collect();
        let tree = Node::new(&params);
        (name, TypeParams { params, tree })
    };
    Names::new(tables().resource_names().map(own).collect())
}

type Row = (&'static str, &'static str, &'static str, &'static str);

/// The table's rows for a type, after those that every resource has.
fn rows(resource_type: &str) -> impl Iterator<Item = Row> {
    static ROWS: OnceLock<HashMap<&'static str, Vec<Row>>> = OnceLock::new();
    let all = ROWS.get_or_init(|| {
        let mut rows: HashMap<_, Vec<Row>> = HashMap::new();
        for line in PARAMS.lines() {
            let mut fields = line.split('\t');
            let mut next = || fields.next().unwrap_or_default();
            rows.entry(next()).or_default().push((next(), next(), next(), next()));
        }
        rows
    });
    let of = |name: &str| all.get(name).map(Vec::as_slice).unwrap_or_default();
    ["Resource", "DomainResource", resource_type].map(of).concat().into_iter()
}

fn build(resource_type: &str, (name, kind, targets, paths): Row) -> Param {
    let paths = paths.split(" | ").filter(|path| *path != "-");
    Param {
        name,
        kind: param_kind(kind),
        targets: targets.split(',').filter(|target| !target.is_empty()).collect(),
        paths: paths.flat_map(|path| compile(resource_type, path)).collect(),
    }
}

fn param_kind(word: &str) -> ParamKind {
    match word {
        "number" => ParamKind::Number,
        "date" => ParamKind::Date,
        "string" => ParamKind::String,
        "token" => ParamKind::Token,
        "reference" => ParamKind::Reference,
        "composite" => ParamKind::Composite,
        "quantity" => ParamKind::Quantity,
        "uri" => ParamKind::Uri,
        _ => ParamKind::Special,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_these_parameters_are_indexed() {
        let mut left_out: Vec<_> = tables()
            .resource_names()
            .flat_map(|name| params(name).iter().map(move |param| (name, param)))
            .filter(|(_, param)| !param.is_indexed() && param.kind != ParamKind::Composite)
            .map(
                |(name, param)| {
                    if param.name.starts_with('_') { ("*", param.name) } else { (name, param.name) }
                },
            )
            .collect();
        left_out.sort_unstable();
        left_out.dedup();
        assert_eq!(left_out, [("*", "_content"), ("*", "_query"), ("*", "_text"), ("Location", "near")]);
    }

    #[test]
    fn each_written_path_reaches_an_element() {
        for line in PARAMS.lines() {
            let fields: Vec<_> = line.split('\t').collect();
            let [base, .., paths] = fields[..] else { panic!("{line}") };
            for path in paths.split(" | ").filter(|path| *path != "-") {
                assert!(!compile(base, path).is_empty(), "{line}");
            }
        }
    }

    #[test]
    fn a_reference_parameter_knows_its_targets() {
        assert_eq!(param("Observation", "patient").unwrap().targets, ["Patient"]);
        assert!(param("Provenance", "target").unwrap().targets.is_empty());
        assert!(param("Patent", "name").is_none());
    }
}

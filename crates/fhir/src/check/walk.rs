//! The walker: a resource or object member by member against its type.

use super::problem::{Path, Problem};
use crate::tables::{Kind, Member, Tables, Type, tables};
use serde_json::{Map, Value};

/// A resource with this many problems is not searched for more.
const MOST_PROBLEMS: usize = 50;

type Object = Map<String, Value>;

/// Checks a whole resource; at most 50 problems are listed.
pub fn resource(value: &Value) -> Result<(), Vec<Problem>> {
    let mut walk = Walk { tables: tables(), problems: Vec::new() };
    let name = value.get("resourceType").and_then(Value::as_str);
    let name = name.filter(|name| walk.tables.resource(name).is_some());
    walk.resource(value, &Path::root(name.unwrap_or("Resource")), None);
    if walk.problems.is_empty() { Ok(()) } else { Err(walk.problems) }
}

/// The resource around a value: what `#id` can point at.
#[derive(Clone, Copy)]
pub(super) struct Scope<'v> {
    pub container: &'v Object,
    pub is_contained: bool,
}

pub(super) struct Walk {
    pub tables: &'static Tables,
    problems: Vec<Problem>,
}

impl Walk {
    pub(super) fn problem(&mut self, path: &Path, reason: impl Into<String>) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { path: path.to_string(), reason: reason.into() });
        }
    }

    /// A resource at the root, in a Bundle or Parameters, or contained in `container`.
    pub(super) fn resource(&mut self, value: &Value, path: &Path, container: Option<&Object>) {
        let Some(map) = value.as_object() else { return self.problem(path, "expected a resource object") };
        let name = map.get("resourceType").and_then(Value::as_str);
        let Some(kind) = name.and_then(|name| self.tables.resource(name)) else {
            return self.problem(&path.member("resourceType"), "expected the name of an R4 resource type");
        };
        if container.is_some() {
            if !map.contains_key("id") {
                self.problem(&path.member("id"), "a contained resource needs an id");
            }
            if map.contains_key("contained") {
                self.problem(&path.member("contained"), "a contained resource contains no others");
                return;
            }
        }
        let scope = Scope { container: container.unwrap_or(map), is_contained: container.is_some() };
        self.object(kind, map, path, scope);
    }

    pub(super) fn object(&mut self, kind: &'static Type, map: &Object, path: &Path, scope: Scope) {
        let mut seen = 0_u128;
        for (name, value) in map {
            if let Some(member) = kind.member(name) {
                let bit = 1 << member.element;
                if member.is_choice && seen & bit != 0 {
                    self.second_choice(kind, member, map, path);
                }
                seen |= bit;
                self.member(member, value, map, path, scope);
            } else if let Some(member) = name.strip_prefix('_').and_then(|rest| kind.member(rest)) {
                let bit = 1 << member.element;
                if member.is_choice && seen & bit != 0 {
                    self.second_choice(kind, member, map, path);
                }
                seen |= bit;
                self.primitive_extension(member, name, map, path, scope);
            } else if !(name == "resourceType" && kind.kind == Kind::Resource) {
                self.problem(&path.member(name), "no such member in this type");
            }
        }
        if kind.required & !seen != 0 {
            self.missing(kind, seen, path);
        }
        self.own_rules(kind, map, path, seen);
    }

    fn missing(&mut self, kind: &Type, seen: u128, path: &Path) {
        let absent = kind.required & !seen;
        for index in (0..kind.elements.len()).filter(|index| absent & (1 << index) != 0) {
            self.problem(&path.member(kind.spelled(index)), "required, but absent");
        }
    }

    /// Two members of one choice; `valueString` with its own `_valueString` is one.
    fn second_choice(&mut self, kind: &Type, member: &Member, map: &Object, path: &Path) {
        let element = kind.spelled(usize::from(member.element));
        let others = kind.members_of(element).filter(|other| other.name != member.name);
        let is_given =
            |other: &Member| map.contains_key(other.name) || map.contains_key(&format!("_{}", other.name));
        if { others }.any(is_given) {
            self.problem(&path.member(member.name), format!("only one of {element} may be given"));
        }
    }

    fn own_rules(&mut self, kind: &Type, map: &Object, path: &Path, seen: u128) {
        match kind.kind {
            Kind::Resource => return,
            _ if map.is_empty() => return self.problem(path, "an empty object says nothing"),
            // Beside a primitive's own value an id is enough.
            _ if map.len() == 1 && map.contains_key("id") && kind.name != "Element" => {
                return self.problem(path, "an id alone says nothing");
            }
            _ => {}
        }
        if kind.name == "Extension" {
            let has_value = seen & kind.bit("value[x]") != 0;
            if has_value == (seen & kind.bit("extension") != 0) {
                self.problem(path, "an extension has either a value or extensions");
            }
        }
    }
}

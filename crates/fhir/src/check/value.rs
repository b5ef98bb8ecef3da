//! One member's value: single or list, primitive or object, and the `_member` beside a primitive.

use super::problem::Path;
use super::walk::{Scope, Walk};
use crate::tables::{Member, Shape};
use serde_json::{Map, Value};

type Object = Map<String, Value>;

impl Walk {
    pub(super) fn member(&mut self, member: &Member, value: &Value, map: &Object, path: &Path, scope: Scope) {
        let path = path.member(member.name);
        if !member.is_list {
            return match value {
                Value::Array(_) => self.problem(&path, "expected a single value, not a list"),
                _ => self.value(member, value, &path, scope),
            };
        }
        let Value::Array(items) = value else { return self.problem(&path, "expected a list") };
        if items.is_empty() {
            self.problem(&path, "an empty list says nothing");
        }
        for (index, item) in items.iter().enumerate() {
            if item.is_null() && is_primitive(member) {
                let beside = map.get(&format!("_{}", member.name)).and_then(|list| list.get(index));
                if beside.is_none_or(Value::is_null) {
                    self.problem(&path.item(index), "null needs an extension in its place");
                }
                continue;
            }
            self.value(member, item, &path.item(index), scope);
        }
    }

    fn value(&mut self, member: &Member, value: &Value, path: &Path, scope: Scope) {
        match member.shape {
            Shape::Primitive(primitive) => {
                if !primitive.accepts(value) {
                    self.problem(path, primitive.expected());
                }
            }
            Shape::Code(set) => self.code(set, value, path),
            Shape::Object(kind) => match value {
                Value::Object(map) => self.object(self.tables.at(kind), map, path, scope),
                _ => self.problem(path, format!("expected an object: {}", member.type_name)),
            },
            Shape::Reference(targets) => self.reference(targets, value, path, scope),
            Shape::Resource if member.name == "contained" => {
                self.resource(value, path, Some(scope.container));
            }
            Shape::Resource => self.resource(value, path, None),
        }
    }

    fn code(&mut self, set: u16, value: &Value, path: &Path) {
        let set = self.tables.code_set(set);
        if !value.as_str().is_some_and(|code| set.contains(code)) {
            self.problem(path, format!("expected a code of the required value set {}", set.name));
        }
    }

    /// `_birthDate`: the id and extensions of a primitive, in a list with null where there are none.
    pub(super) fn primitive_extension(
        &mut self,
        member: &Member,
        name: &str,
        map: &Object,
        path: &Path,
        scope: Scope,
    ) {
        let path = path.member(name);
        if !is_primitive(member) {
            return self.problem(&path, "only a primitive has a second member with an underscore");
        }
        let value = &map[name];
        if !member.is_list {
            return self.element(value, &path, scope);
        }
        let Value::Array(items) = value else { return self.problem(&path, "expected a list") };
        if items.is_empty() {
            self.problem(&path, "an empty list says nothing");
        }
        for (index, item) in items.iter().enumerate() {
            let beside = map.get(member.name).and_then(|list| list.get(index));
            match (item.is_null(), beside.is_none_or(Value::is_null)) {
                (true, true) => self.problem(&path.item(index), "null needs a value in its place"),
                (true, false) => {}
                (false, _) => self.element(item, &path.item(index), scope),
            }
        }
    }

    fn element(&mut self, value: &Value, path: &Path, scope: Scope) {
        match (value, self.tables.by_name("Element")) {
            (Value::Object(map), Some(kind)) => self.object(kind, map, path, scope),
            _ => self.problem(path, "expected an object with extensions"),
        }
    }
}

fn is_primitive(member: &Member) -> bool {
    matches!(member.shape, Shape::Primitive(_) | Shape::Code(_))
}

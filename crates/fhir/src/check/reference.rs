//! A Reference: its string's form, and whether what it points at may stand there.

use super::problem::Path;
use super::walk::{Scope, Walk};
use crate::reference::Reference;
use serde_json::Value;

impl Walk {
    /// `targets`: the allowed types joined by commas, empty for any.
    pub(super) fn reference(&mut self, targets: &str, value: &Value, path: &Path, scope: Scope) {
        let (Value::Object(map), Some(kind)) = (value, self.tables.by_name("Reference")) else {
            return self.problem(path, "expected an object: Reference");
        };
        self.object(kind, map, path, scope);
        if let Some(Value::String(text)) = map.get("reference") {
            self.reference_text(targets, text, &path.member("reference"), scope);
        }
        if let Some(Value::String(named)) = map.get("type")
            && !allows(targets, named.trim_start_matches("http://hl7.org/fhir/StructureDefinition/"))
        {
            self.problem(&path.member("type"), expected(targets));
        }
    }

    fn reference_text(&mut self, targets: &str, text: &str, path: &Path, scope: Scope) {
        let Some(reference) = Reference::parse(text) else {
            let forms = "expected Type/id, urn:uuid:, #id, Type?query or an absolute URL";
            return self.problem(path, forms);
        };
        let target = match reference {
            Reference::Contained(id) => match contained(id, scope) {
                Some(resource) => resource.get("resourceType").and_then(Value::as_str),
                None => return self.problem(path, "no contained resource has this id"),
            },
            other => other.resource_type(),
        };
        if target.is_some_and(|name| !allows(targets, name)) {
            self.problem(path, expected(targets));
        }
    }
}

/// The contained resource with the id; for `#` the container, from inside a contained one.
fn contained<'v>(id: &str, scope: Scope<'v>) -> Option<&'v serde_json::Map<String, Value>> {
    if id.is_empty() {
        return scope.is_contained.then_some(scope.container);
    }
    let all = scope.container.get("contained")?.as_array()?;
    all.iter().find(|resource| resource.get("id").is_some_and(|own| own == id))?.as_object()
}

fn allows(targets: &str, name: &str) -> bool {
    targets.is_empty() || targets.split(',').any(|target| target == name)
}

fn expected(targets: &str) -> String {
    format!("expected a reference to one of {targets}")
}

//! All search parameters of a resource at once.

use super::convert::convert;
use super::params::{TypeParams, of_type};
use super::value::Indexed;
use jiff::tz::TimeZone;
use serde_json::Value;

/// What a resource says for each search parameter of its type; dates without a zone are read in `zone`.
/// The resource should have passed `check::resource`; of one that would not, something may be missing.
pub fn extract<'a>(resource: &'a Value, zone: &TimeZone) -> Vec<Indexed<'a>> {
    let name = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
    let mut all = Vec::new();
    let Some(TypeParams { params, tree }) = of_type(name) else { return all };
    tree.walk(resource, resource, &mut |leaf, value| {
        let param = &params[leaf.param];
        convert(param.kind, leaf.datatype, value, zone, &mut |value| {
            all.push(Indexed { param: param.name, value });
        });
    });
    all
}

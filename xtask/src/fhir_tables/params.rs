//! Search parameters: a line `type name kind targets paths`, and the Patient compartment: `type params`.
//! Paths are the FHIRPath expressions brought into steps: members, `:Type` (as), `?Type` (resolve() is),
//! `[member=value]`, `[0]`, `!exists`; alternatives stand apart by ` | `. `-` marks what is not indexed.

use super::types::Types;
use serde_json::Value;
use std::collections::BTreeSet;

/// The parameter table, sorted by type and name.
pub fn text(search: &[Value], types: &Types) -> Result<String, String> {
    let mut lines = BTreeSet::new();
    for param in search {
        let expression = param["expression"].as_str().unwrap_or_default();
        let kind = param["type"].as_str().ok_or("a parameter without a type")?;
        let code = param["code"].as_str().ok_or("a parameter without a code")?;
        for base in strings(&param["base"]).filter(|base| types.has_type(base)) {
            let paths = paths(expression, base).filter(|_| kind != "composite" && kind != "special");
            let first = paths.as_deref().and_then(|p| p.split(' ').next());
            if first.is_some_and(|element| !types.has_element(base, element)) {
                continue;
            }
            let targets: Vec<_> = strings(&param["target"]).collect();
            let targets = if types_are_all(&targets) { String::new() } else { targets.join(",") };
            let paths = paths.unwrap_or_else(|| "-".to_owned());
            lines.insert(format!("{base}\t{code}\t{kind}\t{targets}\t{paths}\n"));
        }
    }
    Ok(lines.into_iter().collect())
}

/// The parameters that put a resource of a type into a patient's compartment.
pub fn compartment(definition: &Value) -> String {
    let rows = definition["resource"].as_array().into_iter().flatten();
    let rows = rows.filter_map(|row| {
        let params: Vec<_> = strings(&row["param"]).collect();
        let code = row["code"].as_str()?;
        (!params.is_empty()).then(|| format!("{code}\t{}\n", params.join(",")))
    });
    rows.collect()
}

/// A parameter that may point at anything lists every resource type of the standard.
fn types_are_all(targets: &[&str]) -> bool {
    targets.len() > 100
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn paths(expression: &str, base: &str) -> Option<String> {
    let alternatives = expression.split('|').map(str::trim);
    let rooted = alternatives.map(|path| match path.starts_with(char::is_lowercase) {
        true => format!("{base}.{path}"),
        false => path.to_owned(),
    });
    let own: Vec<_> = rooted.filter(|path| root(path) == base).collect();
    let steps: Option<Vec<_>> = own.iter().map(|path| steps(path)).collect();
    steps.filter(|all| !all.is_empty()).map(|all| all.join(" | "))
}

fn root(path: &str) -> &str {
    path.trim_start_matches('(').split(['.', ' ']).next().unwrap_or_default()
}

/// `(Observation.value as Quantity)` becomes `value :Quantity`.
fn steps(path: &str) -> Option<String> {
    if let Some((head, _)) = path.split_once(".exists() and ") {
        return Some(format!("{} !exists", steps(head)?));
    }
    if let Some(inner) = path.strip_prefix('(') {
        let (inner, rest) = inner.split_once(')')?;
        let (head, kind) = inner.split_once(" as ")?;
        let tail = rest.trim_start_matches('.').replace('.', " ");
        return Some(format!("{} :{kind} {tail}", steps(head)?).trim_end().to_owned());
    }
    let (_, mut rest) = path.split_once('.')?;
    let mut out: Vec<String> = Vec::new();
    while !rest.is_empty() {
        let end = step_end(rest);
        out.extend(step(&rest[..end])?);
        rest = rest[end..].trim_start_matches('.');
    }
    Some(out.join(" "))
}

fn step_end(rest: &str) -> usize {
    let mut depth = 0;
    for (at, letter) in rest.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            '.' if depth == 0 => return at,
            _ => {}
        }
    }
    rest.len()
}

fn step(step: &str) -> Option<Vec<String>> {
    if let Some(argument) = step.strip_prefix("where(").and_then(|s| s.strip_suffix(')')) {
        if let Some(kind) = argument.strip_prefix("resolve() is ") {
            return Some(vec![format!("?{kind}")]);
        }
        let (member, value) = argument.split_once('=')?;
        return Some(vec![format!("[{member}={}]", value.trim_matches('\''))]);
    }
    for cast in ["as(", "ofType("] {
        if let Some(kind) = step.strip_prefix(cast) {
            return Some(vec![format!(":{}", kind.trim_end_matches(')'))]);
        }
    }
    if let Some((member, _)) = step.split_once("[0]") {
        return Some(vec![member.to_owned(), "[0]".to_owned()]);
    }
    step.chars().all(|c| c.is_ascii_alphanumeric()).then(|| vec![step.to_owned()])
}

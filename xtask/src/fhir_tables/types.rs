//! Types and their elements. A line `T name kind base` starts a type (R resource, C datatype, B backbone);
//! each line `E name min max what` below it is one of its own elements, inherited ones stay with the base.
//! `what`: datatypes joined by `|`, `code=SET`, `Reference(A,B)`, `@Path` for a backbone or content reference.

use super::codes::Sets;
use serde_json::Value;
use std::collections::BTreeMap;

/// One element as the table writes it.
struct Element {
    name: String,
    min: u64,
    max: String,
    what: String,
}

/// All types in the order of the definitions.
pub struct Types {
    types: Vec<(String, char, String, Vec<Element>)>,
    codes: BTreeMap<String, String>,
}

impl Types {
    pub fn new(structures: &[Value], sets: &Sets) -> Result<Self, String> {
        let mut all = Types { types: Vec::new(), codes: BTreeMap::new() };
        for structure in structures {
            all.add(structure, sets)?;
        }
        Ok(all)
    }

    fn add(&mut self, structure: &Value, sets: &Sets) -> Result<(), String> {
        let kind = match structure["kind"].as_str() {
            Some("resource") => 'R',
            Some("complex-type") => 'C',
            _ => return Ok(()),
        };
        let name = text(&structure["name"])?;
        let base = structure["baseDefinition"].as_str().unwrap_or_default();
        let base = base.rsplit('/').next().unwrap_or_default();
        self.types.push((name.to_owned(), kind, base.to_owned(), Vec::new()));
        // The package has edited some snapshots; the differentials are HL7's own.
        let elements = structure["differential"]["element"].as_array();
        for element in elements.into_iter().flatten().skip(1) {
            self.element(element, sets)?;
        }
        Ok(())
    }

    fn element(&mut self, element: &Value, sets: &Sets) -> Result<(), String> {
        let path = text(&element["path"])?;
        let (parent, name) = path.rsplit_once('.').ok_or("a path without a type")?;
        let what = self.what(element, path, sets)?;
        let row = Element {
            name: name.to_owned(),
            min: element["min"].as_u64().unwrap_or_default(),
            max: text(&element["max"])?.to_owned(),
            what,
        };
        let owner = self.types.iter_mut().find(|(known, ..)| known == parent);
        owner.ok_or_else(|| format!("{path}: no parent"))?.3.push(row);
        let types = element["type"].as_array().map(Vec::as_slice).unwrap_or_default();
        if let [only] = types
            && let Some(backbone @ ("BackboneElement" | "Element")) = only["code"].as_str()
        {
            self.types.push((path.to_owned(), 'B', backbone.to_owned(), Vec::new()));
        }
        Ok(())
    }

    fn what(&mut self, element: &Value, path: &str, sets: &Sets) -> Result<String, String> {
        if let Some(target) = element["contentReference"].as_str() {
            return Ok(format!("@{}", target.trim_start_matches('#')));
        }
        let mut words = Vec::new();
        for kind in element["type"].as_array().into_iter().flatten() {
            words.push(match (path, text(&kind["code"])?) {
                ("Resource.id", _) => "id".to_owned(),
                ("Extension.url", _) => "uri".to_owned(),
                (_, "http://hl7.org/fhirpath/System.String") => "string".to_owned(),
                (_, "BackboneElement" | "Element") => format!("@{path}"),
                (_, "Reference") => reference(kind),
                (_, "code") => self.code(element, sets),
                (_, other) => other.to_owned(),
            });
        }
        Ok(words.join("|"))
    }

    fn code(&mut self, element: &Value, sets: &Sets) -> String {
        let binding = &element["binding"];
        let canonical = binding["valueSet"].as_str().unwrap_or_default();
        let expansion = sets.expand(canonical).filter(|_| binding["strength"] == "required");
        let Some(codes) = expansion else { return "code".to_owned() };
        let name = canonical.split('|').next().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
        let codes = codes.into_iter().collect::<Vec<_>>().join("\t");
        self.codes.insert(name.to_owned(), codes);
        format!("code={name}")
    }

    /// Whether R4 defines a type of this name.
    pub fn has_type(&self, name: &str) -> bool {
        self.types.iter().any(|(known, ..)| known == name)
    }

    /// Whether R4 defines this element, or this choice without its `[x]`, on a type or its bases.
    pub fn has_element(&self, type_name: &str, element: &str) -> bool {
        let Some((.., base, elements)) = self.types.iter().find(|(known, ..)| known == type_name) else {
            return false;
        };
        elements.iter().any(|e| e.name.trim_end_matches("[x]") == element) || self.has_element(base, element)
    }

    pub fn text(&self) -> String {
        let mut out = String::new();
        for (name, kind, base, elements) in &self.types {
            out.push_str(&format!("T\t{name}\t{kind}\t{base}\n"));
            for Element { name, min, max, what } in elements {
                out.push_str(&format!("E\t{name}\t{min}\t{max}\t{what}\n"));
            }
        }
        out
    }

    pub fn codes_text(&self) -> String {
        self.codes.iter().map(|(name, codes)| format!("{name}\t{codes}\n")).collect()
    }
}

fn reference(kind: &Value) -> String {
    let targets = kind["targetProfile"].as_array().into_iter().flatten();
    let names: Vec<_> = targets.filter_map(|t| t.as_str()?.rsplit('/').next()).collect();
    match names.is_empty() || names.contains(&"Resource") {
        true => "Reference".to_owned(),
        false => format!("Reference({})", names.join(",")),
    }
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| "a definition lacks a text".to_owned())
}

//! Expands a required value set into its codes, where code systems in the definitions enumerate them.

use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Value sets and code systems by canonical URL.
pub struct Sets<'a> {
    value_sets: HashMap<&'a str, &'a Value>,
    code_systems: HashMap<&'a str, &'a Value>,
}

impl<'a> Sets<'a> {
    pub fn new(bundle: &'a Value) -> Self {
        let mut sets = Sets { value_sets: HashMap::new(), code_systems: HashMap::new() };
        for entry in array(&bundle["entry"]) {
            let resource = &entry["resource"];
            let Some(url) = resource["url"].as_str() else { continue };
            match resource["resourceType"].as_str() {
                Some("ValueSet") => sets.value_sets.insert(url, resource),
                Some("CodeSystem") => sets.code_systems.insert(url, resource),
                _ => None,
            };
        }
        sets
    }

    /// The codes of a value set; nothing where any part of it cannot be enumerated.
    pub fn expand(&self, canonical: &str) -> Option<BTreeSet<String>> {
        let url = canonical.split('|').next()?;
        let compose = &self.value_sets.get(url)?["compose"];
        let mut codes = BTreeSet::new();
        for include in array(&compose["include"]) {
            codes.extend(self.included(include)?);
        }
        for exclude in array(&compose["exclude"]) {
            for code in self.included(exclude)? {
                codes.remove(&code);
            }
        }
        (!codes.is_empty()).then_some(codes)
    }

    fn included(&self, include: &Value) -> Option<BTreeSet<String>> {
        if include.get("filter").is_some() || include.get("valueSet").is_some() {
            return None;
        }
        let mut codes = BTreeSet::new();
        if include.get("concept").is_some() {
            collect(&include["concept"], &mut codes);
            return Some(codes);
        }
        let system = self.code_systems.get(include["system"].as_str()?)?;
        if system["content"] != "complete" {
            return None;
        }
        collect(&system["concept"], &mut codes);
        Some(codes)
    }
}

fn collect(concepts: &Value, codes: &mut BTreeSet<String>) {
    for concept in array(concepts) {
        codes.extend(concept["code"].as_str().map(str::to_owned));
        collect(&concept["concept"], codes);
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

//! Writes the compact FHIR R4 tables of `crates/fhir` from the HL7 definitions (CC0).
//! Four tab-separated text files: types, codes, params, compartment.

mod codes;
mod params;
mod types;

use flate2::read::GzDecoder;
use serde_json::Value;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

const FHIR_VERSION: &str = "4.0.1";

/// One generated file: its name and whole text.
pub struct Table {
    name: &'static str,
    text: String,
}

/// Generates the tables and writes them into `crates/fhir/src/tables`.
pub fn run() -> Result<String, String> {
    let tables = build(&definitions_dir())?;
    let mut said = String::new();
    for table in tables {
        fs::write(tables_dir().join(table.name), &table.text).map_err(|e| e.to_string())?;
        said.push_str(&format!("{}: {} bytes\n", table.name, table.text.len()));
    }
    Ok(said)
}

/// Generates all tables from the definitions in `dir`.
pub fn build(dir: &Path) -> Result<Vec<Table>, String> {
    let mut structures = Vec::new();
    for file in ["profiles-types", "profiles-resources"] {
        structures.extend(resources(&read(dir, file)?, "StructureDefinition"));
    }
    structures.retain(is_r4_type);
    let valuesets = read(dir, "valuesets")?;
    let sets = codes::Sets::new(&valuesets);
    let types = types::Types::new(&structures, &sets)?;
    let search = resources(&read(dir, "search-parameters")?, "SearchParameter");
    let compartment = read(dir, "compartmentdefinition-patient")?;
    Ok(vec![
        Table { name: "types.txt", text: types.text() },
        Table { name: "codes.txt", text: types.codes_text() },
        Table { name: "params.txt", text: params::text(&search, &types)? },
        Table { name: "compartment.txt", text: params::compartment(&compartment) },
    ])
}

fn is_r4_type(definition: &Value) -> bool {
    definition["fhirVersion"] == FHIR_VERSION
        && definition["derivation"] != "constraint"
        && definition["kind"] != "logical"
}

fn resources(bundle: &Value, resource_type: &str) -> Vec<Value> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    let all = entries.iter().map(|entry| entry["resource"].clone());
    all.filter(|resource| resource["resourceType"] == resource_type).collect()
}

fn read(dir: &Path, name: &str) -> Result<Value, String> {
    let path = dir.join(format!("{name}.json.gz"));
    let file = File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).map_err(|e| format!("{name}: {e}"))?;
    serde_json::from_str(&text).map_err(|e| format!("{name}: {e}"))
}

fn definitions_dir() -> PathBuf {
    let default = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").into();
    let shared = std::env::var_os("SAMECHART_SHARED").unwrap_or_else(default);
    PathBuf::from(shared).join("data/fhir-r4")
}

fn tables_dir() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/fhir/src/tables"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_tables_are_what_the_definitions_say() {
        for table in build(&definitions_dir()).unwrap() {
            let committed = fs::read_to_string(tables_dir().join(table.name)).unwrap();
            assert!(committed == table.text, "{} is stale: cargo run -p xtask -- fhir-tables", table.name);
        }
    }
}

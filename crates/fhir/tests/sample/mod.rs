//! The shared Synthea sample, read from `SAMECHART_SHARED` (default `../shared`); its absence is a failure.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use flate2::read::GzDecoder;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

fn synthea() -> PathBuf {
    let default = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into();
    let shared = std::env::var_os("SAMECHART_SHARED").unwrap_or_else(default);
    PathBuf::from(shared).join("data/synthea")
}

fn lines(path: PathBuf) -> impl Iterator<Item = Value> {
    let file =
        File::open(&path).unwrap_or_else(|e| panic!("the shared sample is missing: {}: {e}", path.display()));
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap())
}

/// All resource types of the sample.
pub fn types() -> Vec<String> {
    let files = std::fs::read_dir(synthea().join("bulk")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut types: Vec<_> = names.map(|name| name.trim_end_matches(".ndjson.gz").to_owned()).collect();
    types.sort();
    types
}

/// All resources of a type.
pub fn bulk(resource_type: &str) -> impl Iterator<Item = Value> + use<> {
    lines(synthea().join(format!("bulk/{resource_type}.ndjson.gz")))
}

/// The transaction bundles, as a client sends them.
pub fn bundles() -> impl Iterator<Item = Value> {
    lines(synthea().join("bundles.ndjson.gz"))
}

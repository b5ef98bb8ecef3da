//! The dictionary of FHIR resources, and of the notes that they carry. Every type has its share
//! of the training set, or the few frequent ones would crowd out the rest.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;

use super::notes::Notes;
use super::scrub::Scrubber;
use super::seeded::Seeded;

const SIZE: usize = 112 * 1024;
/// Bytes of samples per resource type, about.
const SHARE: usize = 500_000;
/// A few resources are very long lists; their beginning says all about their shape.
const LONGEST_SAMPLE: usize = 6 * 1024;
const SEED: u64 = 2026;

pub fn train(bulk: &Path) -> Result<Vec<u8>, String> {
    let mut scrubber = Scrubber(Seeded(SEED));
    let mut notes = Notes::default();
    let mut samples = Vec::new();
    for path in files(bulk)? {
        let resources = read(&path, &mut notes)?;
        let bytes: usize = resources.iter().map(|(length, _)| (*length).min(LONGEST_SAMPLE)).sum();
        let stride = (bytes / SHARE).max(2);
        for (_, mut resource) in resources.into_iter().step_by(stride) {
            scrubber.scrub(&mut resource);
            let mut sample = resource.to_string().into_bytes();
            sample.truncate(LONGEST_SAMPLE);
            samples.push(sample);
        }
    }
    samples.extend(notes.into_samples(16));
    zstd::dict::from_samples(&samples, SIZE).map_err(|why| why.to_string())
}

fn files(bulk: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(bulk)
        .map_err(|why| format!("{}: {why}", bulk.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    files.sort();
    Ok(files)
}

fn read(path: &Path, notes: &mut Notes) -> Result<Vec<(usize, Value)>, String> {
    let file = File::open(path).map_err(|why| format!("{}: {why}", path.display()))?;
    let mut resources = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines().step_by(2) {
        let line = line.map_err(|why| why.to_string())?;
        let mut resource: Value = serde_json::from_str(&line).map_err(|why| why.to_string())?;
        notes.take_from(&mut resource);
        resources.push((line.len(), resource));
    }
    Ok(resources)
}

//! The dictionary of FHIR resources, and of the notes that they carry: the symbol statistics are
//! zstd's, from samples of every type; the content is chosen here. Every second resource is left
//! out, to measure on data that it has not seen.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;

use super::content;
use super::notes::Notes;
use super::scrub::{Scrubber, pieces};
use super::seeded::Seeded;

const SIZE: usize = 64 * 1024;
/// Bytes of samples per resource type, about, from which the symbol statistics come.
const SHARE: usize = 500_000;
/// Of so many notes one is a sample.
const NOTE_STRIDE: usize = 16;
/// A few resources are very long lists; their beginning says all about their shape.
const LONGEST_SAMPLE: usize = 6 * 1024;
const SEED: u64 = 2026;

pub fn train(bulk: &Path) -> Result<Vec<u8>, String> {
    let mut filling = Scrubber(Some(Seeded(SEED)));
    let mut emptying = Scrubber(None);
    let mut notes = Notes::default();
    let mut samples = Vec::new();
    let mut counts: HashMap<String, u64> = HashMap::new();
    for path in files(bulk)? {
        let resources = read(&path, &mut notes)?;
        let bytes: usize = resources.iter().map(|(length, _)| (*length).min(LONGEST_SAMPLE)).sum();
        let stride = (bytes / SHARE).max(1);
        for (_, resource) in resources.iter().step_by(stride) {
            let mut resource = resource.clone();
            filling.scrub(&mut resource);
            let mut sample = resource.to_string().into_bytes();
            sample.truncate(LONGEST_SAMPLE);
            samples.push(sample);
        }
        for (_, mut resource) in resources {
            emptying.scrub(&mut resource);
            for piece in pieces(&resource) {
                *counts.entry(piece).or_default() += 1;
            }
        }
    }
    for (number, note) in notes.into_common().enumerate() {
        for phrase in &note {
            *counts.entry(phrase.clone()).or_default() += 1;
        }
        if number % NOTE_STRIDE == 0 {
            samples.push(note.concat().into_bytes());
        }
    }
    let trained = zstd::dict::from_samples(&samples, SIZE).map_err(|why| why.to_string())?;
    content::replace(&trained, |room| content::choose(counts, room))
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

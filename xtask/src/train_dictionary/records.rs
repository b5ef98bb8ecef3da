//! The dictionary of FHIR resources. It is trained on every second resource of the sample, so
//! that the others show how well it serves data it has not seen.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;

use super::scrub::Scrubber;
use super::seeded::Seeded;

const SIZE: usize = 112 * 1024;
/// A few resources are very long lists; their beginning says all about their shape.
const LONGEST_SAMPLE: usize = 8 * 1024;
const STRIDE: usize = 4;

pub fn train(bulk: &Path, size: usize) -> Result<Vec<u8>, String> {
    let mut scrubber = Scrubber(Seeded(2026));
    let mut samples = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(bulk)
        .map_err(|why| format!("{}: {why}", bulk.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    files.sort();
    for path in files {
        let file = File::open(&path).map_err(|why| format!("{}: {why}", path.display()))?;
        for line in BufReader::new(GzDecoder::new(file)).lines().step_by(STRIDE) {
            let line = line.map_err(|why| why.to_string())?;
            let mut resource: Value = serde_json::from_str(&line).map_err(|why| why.to_string())?;
            scrubber.scrub(&mut resource);
            let mut sample = resource.to_string().into_bytes();
            sample.truncate(LONGEST_SAMPLE);
            samples.push(sample);
        }
    }
    zstd::dict::from_samples(&samples, size).map_err(|why| why.to_string())
}

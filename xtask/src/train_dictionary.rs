//! Trains the compression dictionaries of sealed storage, from the synthetic sample population
//! (records) and from written sentences (messages). Rule: what names or locates a person, and
//! every free text, is replaced before training; a dictionary once released is never rewritten.

mod content;
mod messages;
mod notes;
mod records;
mod scrub;
mod seeded;

use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/store/src/dictionary");
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");

/// Trains and writes every dictionary that is not there yet.
pub fn run() -> Result<String, String> {
    let shared = std::env::var("SAMECHART_SHARED").unwrap_or_else(|_| SAMPLES.to_owned());
    let bulk = Path::new(&shared).join("data/synthea/bulk");
    let records = write_once("1.record.zdict", || records::train(&bulk))?;
    let messages = write_once("2.message.zdict", messages::train)?;
    Ok(format!("{records}\n{messages}"))
}

fn write_once(name: &str, train: impl FnOnce() -> Result<Vec<u8>, String>) -> Result<String, String> {
    let path: PathBuf = Path::new(FOLDER).join(name);
    if path.exists() {
        return Ok(format!(
            "{name} exists and stays: sealed bytes name it by number. Before a first release, remove it to train it again."
        ));
    }
    let dictionary = train()?;
    fs::write(&path, &dictionary).map_err(|why| format!("{}: {why}", path.display()))?;
    Ok(format!("{name}: {} bytes", dictionary.len()))
}

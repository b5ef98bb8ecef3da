//! The machine of a measurement, as far as it decides the figures.

use super::report::{millis, quantile};
use crate::cli::outcome::Failure;
use serde_json::{Map, Value, json};
use std::fs::{OpenOptions, read_to_string};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

const SYNCS: usize = 100;

/// Cores, processor, memory, build profile; with a folder, its file system and its time to sync.
pub fn describe(folder: Option<&Path>) -> Result<Map<String, Value>, Failure> {
    let mut notes = Map::new();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    notes.insert("cores".into(), json!(cores));
    notes.insert("processor".into(), json!(field("/proc/cpuinfo", "model name")));
    notes.insert("memory".into(), json!(field("/proc/meminfo", "MemTotal")));
    notes.insert("profile".into(), json!(if cfg!(debug_assertions) { "dev" } else { "release" }));
    notes.insert("load".into(), json!(read_to_string("/proc/loadavg").unwrap_or_default().trim()));
    if let Some(folder) = folder {
        notes.insert("file_system".into(), json!(file_system(folder)));
        notes.insert("fsync_ms_median".into(), json!(sync_millis(folder)?));
    }
    Ok(notes)
}

/// The first value of this name in a file of `name: value` lines.
fn field(path: &str, name: &str) -> String {
    let text = read_to_string(path).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines
        .filter(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim().to_owned())
        .next()
        .unwrap_or_default()
}

/// The type of the mount that holds the folder.
fn file_system(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mounts = read_to_string("/proc/self/mounts").unwrap_or_default();
    let mut best = (0, String::new());
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(1);
        let (Some(at), Some(kind)) = (fields.next(), fields.next()) else { continue };
        if folder.starts_with(at) && at.len() >= best.0 {
            best = (at.len(), kind.to_owned());
        }
    }
    best.1
}

/// Processor time of all threads of this process so far, in milliseconds: what a call costs, however
/// busy the neighbours are. It counts no waiting, so no fsync.
pub fn processor_millis() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanos = tasks.filter_map(|task| {
        let text = read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    nanos.sum::<f64>() / 1e6
}

/// The same with the threads that have ended, in whole hundredths of a second: for long work.
pub fn process_millis() -> f64 {
    const TICKS_PER_SECOND: f64 = 100.0;
    let text = read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name, which may hold blanks: state is the first field, user and system time follow.
    let fields = text.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().skip(11).take(2));
    let ticks = fields.into_iter().flatten().filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() * 1e3 / TICKS_PER_SECOND
}

/// Milliseconds to append a page to a file and sync it.
fn sync_millis(folder: &Path) -> Result<f64, Failure> {
    let path = folder.join("sync");
    let mut file = OpenOptions::new().create_new(true).append(true).open(&path)?;
    let mut samples = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        file.write_all(&[42; 4096])?;
        let started = Instant::now();
        file.sync_data()?;
        samples.push(millis(started.elapsed()));
    }
    std::fs::remove_file(path)?;
    Ok((quantile(&mut samples, 0.5) * 1e3).round() / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_has_cores_memory_and_a_file_system_that_syncs() {
        let folder = tempfile::tempdir().unwrap();
        let notes = describe(Some(folder.path())).unwrap();
        assert!(notes["cores"].as_u64().unwrap() > 0);
        assert!(notes["memory"].as_str().unwrap().ends_with("kB"));
        assert!(!notes["file_system"].as_str().unwrap().is_empty());
        assert!(notes["fsync_ms_median"].as_f64().unwrap() >= 0.0);
    }
}

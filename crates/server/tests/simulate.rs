//! A simulated clinic: the same seed writes the same bytes, comes near the published figures, and its record is
//! imported whole.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

fn run(folder: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_samechart"))
        .arg("--json")
        .args(arguments)
        .current_dir(folder)
        .output();
    let output = output.unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for part in ["record", "messages"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn a_seed_writes_the_same_clinic_twice_and_another_seed_another() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (out, seed) in [("one", "5"), ("two", "5"), ("other", "6")] {
        run(folder, &["simulate", "clinic", "--patients", "120", "--seed", seed, "--out", out]);
    }
    let one = bytes(&folder.join("one"));
    assert!(one.len() > 8, "{:?}", one.keys());
    assert!(one == bytes(&folder.join("two")));
    assert!(one != bytes(&folder.join("other")));
}

#[test]
fn the_record_and_the_messages_are_imported_without_a_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let made = run(folder, &["simulate", "clinic", "--patients", "200", "--out", "clinic"]);
    let count = |file: &str| made["files"][file].as_u64().unwrap();
    run(folder, &["init", "--name", "Riverbend", "--time-zone", "America/Los_Angeles"]);
    let record = run(folder, &["import", "clinic/record"]);
    assert_eq!(record["refused"], 0, "{record}");
    assert_eq!(record["by_type"]["Patient"], count("record/Patient.ndjson"));
    let written: u64 = made["files"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    let messages = count("messages/Communication.ndjson");
    assert_eq!(record["created"], written - messages);
    let messages_read = run(folder, &["import", "clinic/messages"]);
    assert_eq!(messages_read["refused"], 0, "{messages_read}");
    assert_eq!(messages_read["by_type"]["Communication"], messages);
}

#[test]
fn the_clinic_of_four_thousand_comes_near_the_published_figures() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), &["simulate", "clinic", "--out", "clinic"]);
    let figures = made["figures"].as_array().unwrap();
    let mut compared = 0;
    for figure in figures.iter().filter(|figure| !figure["reached"].is_null()) {
        let [low, high] = [0, 1].map(|end| figure["published"][end].as_f64().unwrap());
        let reached = figure["reached"].as_f64().unwrap();
        println!("{}: {low} to {high}, {reached:.2}", figure["what"]);
        // What the demo does not aim at: one topic a thread, and physicians of a small clinic.
        let is_aim = !figure["what"].as_str().unwrap().starts_with("topic:")
            && !figure["what"].as_str().unwrap().contains("workday");
        assert!(!is_aim || (low * 0.8..=high * 1.25).contains(&reached), "{figure}");
        compared += usize::from(is_aim);
    }
    assert!(compared >= 10, "{compared}");
}

//! How fast check and extract run: `cargo run --release -p fhir --example throughput -- FILE.ndjson`.
//! Reads one resource or Bundle per line; entries of a Bundle are taken one by one.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::tz::TimeZone;
use serde_json::Value;
use std::time::{Duration, Instant};

fn main() {
    let path = std::env::args().nth(1).expect("a file of resources, one per line");
    let text = std::fs::read_to_string(path).unwrap();
    let (mut load, mut parsing, mut checking, mut indexing) =
        (Duration::ZERO, Duration::ZERO, Duration::ZERO, Duration::ZERO);
    timed(&mut load, || {
        let patient = serde_json::json!({"resourceType": "Patient"});
        fhir::check::resource(&patient).unwrap();
        fhir::search::extract(&patient, &TimeZone::UTC).len()
    });
    let (mut resources, mut indexed) = (0_usize, 0_usize);
    for line in text.lines() {
        let value: Value = timed(&mut parsing, || serde_json::from_str(line).unwrap());
        let entries =
            value["entry"].as_array().map(|entries| entries.iter().map(|e| &e["resource"]).collect());
        for resource in entries.unwrap_or_else(|| vec![&value]) {
            resources += 1;
            timed(&mut checking, || fhir::check::resource(resource).unwrap());
            indexed += timed(&mut indexing, || {
                let patient = fhir::compartment::patient_of(resource);
                fhir::search::extract(resource, &TimeZone::UTC).len() + usize::from(patient.is_none())
            });
        }
    }
    let rate = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
    println!("{resources} resources, {indexed} index values, tables loaded in {load:?}");
    println!("parse   {:6.0} MB/s", rate(parsing));
    println!("check   {:6.0} MB/s", rate(checking));
    println!("extract {:6.0} MB/s", rate(indexing));
    println!("both    {:6.0} MB/s", rate(checking + indexing));
}

fn timed<T>(total: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let answer = work();
    *total += start.elapsed();
    answer
}

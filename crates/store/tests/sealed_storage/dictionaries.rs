use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;
use store::seal::{Dictionary, Place, seal};

use crate::{key_of, patient};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/dictionary");
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
/// What is longer tells of a person; shorter words stand in codes too.
const SHORTEST: usize = 5;

fn bulk(kind: &str) -> impl Iterator<Item = String> {
    let shared = std::env::var("SAMECHART_SHARED").unwrap_or_else(|_| SAMPLES.to_owned());
    let path = Path::new(&shared).join(format!("data/synthea/bulk/{kind}.ndjson.gz"));
    let file = File::open(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    BufReader::new(GzDecoder::new(file)).lines().map(Result::unwrap)
}

/// All texts below the members of these names.
fn texts_below(value: &Value, names: &[&str], inside: bool, found: &mut HashSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let vocabulary = ["system", "use", "url", "code", "type"].contains(&name.as_str());
                let here = names.contains(&name.as_str());
                texts_below(value, names, here || (inside && !vocabulary), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts_below(item, names, inside, found)),
        Value::String(text) if inside && text.len() >= SHORTEST => {
            found.insert(text.to_lowercase());
        }
        _ => {}
    }
}

fn readable_in(dictionary: &[u8], identifying: &HashSet<String>) -> Vec<String> {
    let text = String::from_utf8_lossy(dictionary).to_lowercase();
    identifying.iter().filter(|word| text.contains(word.as_str())).cloned().collect()
}

fn identifying() -> HashSet<String> {
    let members = [
        "id",
        "identifier",
        "name",
        "telecom",
        "address",
        "birthDate",
        "deceasedDateTime",
        "valueAddress",
        "valueString",
        "div",
    ];
    let mut found = HashSet::new();
    for kind in ["Patient", "Practitioner", "Organization", "Location"] {
        for resource in bulk(kind) {
            let resource: Value = serde_json::from_str(&resource).unwrap();
            texts_below(&resource, &members, false, &mut found);
        }
    }
    // Races are texts of a vocabulary, a state stands in every address.
    for vocabulary in [
        "white",
        "black or african american",
        "asian",
        "other",
        "hispanic or latino",
        "non hispanic or latino",
    ] {
        found.remove(vocabulary);
    }
    found
}

#[test]
fn no_name_address_or_identifier_of_the_sample_persons_is_in_the_record_dictionary() {
    let identifying = identifying();
    assert!(identifying.len() > 2000, "{}", identifying.len());
    let dictionary = std::fs::read(Path::new(FOLDER).join("1.record.zdict")).unwrap();
    assert_eq!(readable_in(&dictionary, &identifying), Vec::<String>::new());
    // The search does find what is there.
    let someone = identifying.iter().next().unwrap();
    let planted = [&dictionary[..], someone.to_uppercase().as_bytes()].concat();
    assert!(readable_in(&planted, &identifying).contains(someone));
}

#[test]
fn the_sample_record_is_sealed_in_less_than_three_tenths_of_its_size() {
    let key = key_of(1);
    let place = Place::of(patient(1), "resource", b"0123456789abcdef", "content");
    let (mut plain, mut stored) = (0, 0);
    for kind in ["Observation", "Claim", "DiagnosticReport", "ExplanationOfBenefit", "Condition", "Patient"] {
        for resource in bulk(kind).take(300) {
            plain += resource.len();
            stored += seal(&key, place, Dictionary::Record, resource.as_bytes()).unwrap().len();
        }
    }
    assert!(stored * 10 < plain * 3, "{stored} of {plain}");
}

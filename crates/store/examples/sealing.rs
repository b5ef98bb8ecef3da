//! Size and speed of sealed storage over the sample population, and of blind tokens:
//! `cargo run --release -p store --example sealing`. One thread; figures are for this machine.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::time::Instant;

use flate2::read::GzDecoder;
use store::keys::{DataKey, KeyOwner, OrganisationKeys};
use store::seal::{CHUNK_BYTES, Dictionary, FileKey, Place, open, seal};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
const MESSAGE: &str = "Since Tuesday my left ankle has been swelling up by the evening, and this \
morning the shoe hardly fit. I take the water pill at eight as you told me. There is no pain, but \
walking to the bus stop leaves me out of breath, which is new. Is that something to worry about, \
or can it wait until my visit on the ninth?";

fn main() {
    let shared = std::env::var("SAMECHART_SHARED").unwrap_or_else(|_| SAMPLES.to_owned());
    let mut files: Vec<PathBuf> = std::fs::read_dir(PathBuf::from(shared).join("data/synthea/bulk"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let types: Vec<(String, Vec<Vec<u8>>)> = files.into_iter().map(read).collect();
    records(&types);
    message();
    attachment();
    tokens();
}

fn read(path: PathBuf) -> (String, Vec<Vec<u8>>) {
    let name = path.file_name().unwrap().to_string_lossy().replace(".ndjson.gz", "");
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).split(b'\n');
    (name, lines.map(|line| line.unwrap()).collect())
}

fn records(types: &[(String, Vec<Vec<u8>>)]) {
    let key = DataKey::generate(KeyOwner::Organisation, 1).unwrap();
    let place = Place::of_organisation("resource", b"0123456789abcdef", "content");
    let (mut plain, mut stored, mut seconds_sealing, mut seconds_opening) = (0, 0, 0.0, 0.0);
    for (name, resources) in types {
        let start = Instant::now();
        let sealed: Vec<Vec<u8>> =
            resources.iter().map(|text| seal(&key, place, Dictionary::Record, text).unwrap()).collect();
        seconds_sealing += start.elapsed().as_secs_f64();
        let start = Instant::now();
        for (resource, sealed) in resources.iter().zip(&sealed) {
            assert_eq!(resource, &open(&key, place, sealed).unwrap());
        }
        seconds_opening += start.elapsed().as_secs_f64();
        let before: usize = resources.iter().map(Vec::len).sum();
        let after: usize = sealed.iter().map(Vec::len).sum();
        println!("{name:26}{:>7}{before:>11}{after:>10}  {:.3}", resources.len(), ratio(after, before));
        plain += before;
        stored += after;
    }
    let speed = |seconds: f64| plain as f64 / seconds / 1e6;
    println!("all: sealed / compact JSON = {:.4}", ratio(stored, plain));
    println!("seal {:.0} MB/s, open {:.0} MB/s", speed(seconds_sealing), speed(seconds_opening));
}

fn message() {
    let key = DataKey::generate(KeyOwner::Organisation, 1).unwrap();
    let place = Place::of_organisation("message", b"0123456789abcdef", "body");
    let size = seal(&key, place, Dictionary::Message, MESSAGE.as_bytes()).unwrap().len();
    println!("message of {} bytes: sealed {size}, ratio {:.3}", MESSAGE.len(), ratio(size, MESSAGE.len()));
    each("seal a message", 20_000, || {
        black_box(seal(&key, place, Dictionary::Message, MESSAGE.as_bytes()).unwrap());
    });
    each("unwrap a data key", 20_000, {
        let roots = store::keys::RootKeys::new(store::keys::RootKey::generate().unwrap());
        let wrapped = key.wrap(roots.current()).unwrap();
        move || {
            black_box(DataKey::unwrap(&roots, KeyOwner::Organisation, 1, &wrapped).unwrap());
        }
    });
}

fn attachment() {
    let file = vec![7; 64 * CHUNK_BYTES];
    let start = Instant::now();
    let chunks = FileKey::generate().unwrap().sealer().unwrap().seal_all(&file).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    println!("attachment, {} chunks: {:.0} MB/s", chunks.len(), file.len() as f64 / seconds / 1e6);
}

fn tokens() {
    let keys = OrganisationKeys::derive(DataKey::generate(KeyOwner::Organisation, 1).unwrap()).unwrap();
    each("blind token", 1_000_000, || {
        black_box(keys.blind().token("Observation.code", &["both", "http://loinc.org", "4548-4"]));
    });
    each("12 name prefixes", 100_000, || {
        black_box(keys.blind().prefixes("Patient.family", "wolfeschlegel"));
    });
    each("audit mac", 1_000_000, || {
        black_box(keys.chain().mac(&[1; 32], 7, &[2; 32]));
    });
}

fn each(what: &str, times: u32, mut work: impl FnMut()) {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    println!("{what}: {:.2} µs", start.elapsed().as_secs_f64() * 1e6 / f64::from(times));
}

fn ratio(after: usize, before: usize) -> f64 {
    after as f64 / before as f64
}

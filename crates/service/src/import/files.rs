//! Which files an import reads and in which order: what others refer to comes first, so that few
//! references are forward ones.

use super::report::Refusal;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::import_progress::FileHash;
use store::vault::Vault;

/// A file to read.
#[derive(Debug)]
pub struct Source {
    pub path: PathBuf,
    /// Keyed hash of content and source name, by which an interrupted import is taken up again.
    pub hash: FileHash,
    pub size: u64,
}

const BUFFER: usize = 256 * 1024;

/// The files that the paths mean: a folder's `.json`, `.ndjson` and `.gz` files, sorted.
pub fn expand(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Refusal>) {
    let (mut files, mut refusals) = (Vec::new(), Vec::new());
    for path in paths {
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => match folder(path) {
                Ok(inside) => files.extend(inside),
                Err(error) => refusals.push(unreadable(path, &error)),
            },
            Ok(_) => files.push(path.clone()),
            Err(error) => refusals.push(unreadable(path, &error)),
        }
    }
    files.sort_by_key(|path| rank(&name(path)));
    (files, refusals)
}

/// A file or folder that could not be read, as a refusal of its own.
pub fn unreadable(path: &Path, error: &io::Error) -> Refusal {
    let reason = format!("cannot be read: {}", error.kind());
    Refusal { file: path.display().to_string(), line: 0, path: String::new(), reason }
}

fn folder(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        let name = name(&path);
        let is_fhir = [".json", ".ndjson", ".gz"].iter().any(|end| name.ends_with(end));
        if is_fhir && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Organisations and people who treat first, then patients, then what is about them.
fn rank(name: &str) -> u8 {
    const FIRST: [&str; 6] =
        ["organization", "location", "hospitalinformation", "practitioner", "healthcareservice", "endpoint"];
    if FIRST.iter().any(|start| name.starts_with(start)) {
        return 0;
    }
    if name.starts_with("patient") { 1 } else { 2 }
}

/// Reads the whole file once for its hash; keyed, since the hash of a known file would say whose data are here.
pub fn identify(path: &Path, vault: &Vault, source: &str) -> io::Result<Source> {
    let mut content = ring::digest::Context::new(&ring::digest::SHA256);
    let mut file = File::open(path)?;
    let mut buffer = vec![0; BUFFER];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        size += read as u64;
        content.update(&buffer[..read]);
    }
    content.update(source.as_bytes());
    let hash = vault.organisation().pepper().hash("import file", content.finish().as_ref());
    Ok(Source { path: path.to_owned(), hash, size })
}

/// A file's unpacked bytes, and how many of its own bytes were taken so far.
pub struct Content {
    pub bytes: Box<dyn BufRead + Send>,
    pub taken: Arc<AtomicU64>,
}

/// Opens a file; gzip is recognised by its first bytes.
pub fn open(path: &Path) -> io::Result<Content> {
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted { file: File::open(path)?, taken: taken.clone() };
    let mut packed = BufReader::with_capacity(BUFFER, counted);
    let is_gzip = packed.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    let bytes: Box<dyn BufRead + Send> = match is_gzip {
        true => Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(packed))),
        false => Box::new(packed),
    };
    Ok(Content { bytes, taken })
}

struct Counted {
    file: File,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

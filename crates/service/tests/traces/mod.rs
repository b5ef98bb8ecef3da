//! Searching bytes for words in every writing in which a leak could show: UTF-8, UTF-16, hexadecimal,
//! base64 at each of its three alignments; whatever the case.

pub mod planted;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One writing of one word.
struct Needle {
    word: usize,
    bytes: Vec<u8>,
    /// Base64 means something else in another case.
    is_exact: bool,
}

/// Words to look for, by their first three bytes.
pub struct Needles {
    words: Vec<String>,
    needles: Vec<Needle>,
    begins: Vec<bool>,
    by_begin: HashMap<u32, Vec<usize>>,
    /// Each byte in lower case.
    lower: [u32; 256],
}

const BLOCK: usize = 4096;
const EMPTY: [u8; BLOCK] = [0; BLOCK];

/// Where a word was found first.
pub type Hits = BTreeMap<String, PathBuf>;

impl Needles {
    pub fn new<'a>(words: impl IntoIterator<Item = &'a String>) -> Needles {
        let mut all = Needles {
            words: Vec::new(),
            needles: Vec::new(),
            begins: vec![false; 1 << 24],
            by_begin: HashMap::new(),
            lower: std::array::from_fn(|byte| u32::from((byte as u8).to_ascii_lowercase())),
        };
        for word in words {
            all.words.push(word.clone());
            all.add(word);
        }
        all
    }

    fn add(&mut self, word: &str) {
        let lower = word.to_lowercase();
        let utf16: Vec<u16> = lower.encode_utf16().collect();
        self.push(lower.clone().into_bytes(), false);
        self.push(utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect(), false);
        self.push(utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect(), false);
        let mut cases = vec![word.to_owned(), lower.clone(), word.to_uppercase(), capitalised(&lower)];
        cases.sort();
        cases.dedup();
        for case in cases {
            self.push(case.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(), false);
            for alignment in 0..3 {
                self.push(base64(alignment, case.as_bytes()), true);
            }
        }
    }

    fn push(&mut self, bytes: Vec<u8>, is_exact: bool) {
        let begin = begin(&bytes);
        self.begins[begin as usize] = true;
        self.by_begin.entry(begin).or_default().push(self.needles.len());
        self.needles.push(Needle { word: self.words.len() - 1, bytes, is_exact });
    }

    /// The words that stand in these bytes.
    pub fn within(&self, bytes: &[u8]) -> Vec<&str> {
        let mut found = vec![false; self.words.len()];
        for (n, block) in bytes.chunks(BLOCK).enumerate() {
            // Most of a database's files is room for later.
            if block == &EMPTY[..block.len()] {
                continue;
            }
            // Words that begin in the last two bytes of the block before are begun here again.
            let from = (n * BLOCK).saturating_sub(2);
            self.within_block(bytes, from..n * BLOCK + block.len(), &mut found);
        }
        let words = self.words.iter().zip(found);
        words.filter(|(_, found)| *found).map(|(word, _)| word.as_str()).collect()
    }

    fn within_block(&self, bytes: &[u8], block: Range<usize>, found: &mut [bool]) {
        let mut begin = 0;
        for place in block.clone() {
            begin = (begin << 8 | self.lower[usize::from(bytes[place])]) & 0x00ff_ffff;
            if !self.begins[begin as usize] || place < block.start + 2 {
                continue;
            }
            let Some(known) = self.by_begin.get(&begin) else { continue };
            for needle in known.iter().map(|needle| &self.needles[*needle]) {
                let there = bytes.get(place - 2..place - 2 + needle.bytes.len());
                if !found[needle.word] && there.is_some_and(|there| needle.is(there)) {
                    found[needle.word] = true;
                }
            }
        }
    }

    /// The words that stand in a file or in any file of a folder.
    pub fn under(&self, path: &Path) -> Hits {
        let mut hits = Hits::new();
        for file in files(path) {
            let bytes = std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            for word in self.within(&bytes) {
                hits.entry(word.to_owned()).or_insert_with(|| file.clone());
            }
        }
        hits
    }
}

impl Needle {
    /// A writing with a mixture of cases is no word, only an accident of random bytes.
    fn is(&self, there: &[u8]) -> bool {
        if self.is_exact {
            return there == self.bytes;
        }
        if !there.eq_ignore_ascii_case(&self.bytes) {
            return false;
        }
        let mut letters = there.iter().filter(|byte| byte.is_ascii_alphabetic());
        let _first = letters.next();
        letters.clone().all(|byte| byte.is_ascii_lowercase()) || letters.all(|byte| byte.is_ascii_uppercase())
    }
}

/// The first three bytes in lower case.
fn begin(bytes: &[u8]) -> u32 {
    bytes[..3].iter().fold(0, |begin, byte| begin << 8 | u32::from(byte.to_ascii_lowercase()))
}

fn capitalised(lower: &str) -> String {
    let mut letters = lower.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The digits of base64 that depend on these bytes alone, where `before` other bytes stand in front.
fn base64(before: usize, bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |n: usize| usize::from(bytes[n / 8] >> (7 - n % 8) & 1);
    let first = (6 - before * 8 % 6) % 6;
    let digits = (first..).step_by(6).take_while(|at| at + 6 <= bytes.len() * 8);
    digits.map(|at| DIGITS[(at..at + 6).fold(0, |digit, n| digit << 1 | bit(n))]).collect()
}

/// The same for a text of its own, with its padding.
pub fn base64_whole(bytes: &[u8]) -> String {
    let padding = (3 - bytes.len() % 3) % 3;
    let padded = [bytes, &vec![0; padding]].concat();
    let digits = String::from_utf8(base64(0, &padded)).unwrap();
    format!("{}{}", &digits[..digits.len() - padding], "=".repeat(padding))
}

fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    let inside = std::fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    inside.flat_map(|entry| files(&entry.unwrap().path())).collect()
}

#[test]
fn a_word_is_found_in_every_writing_and_at_every_place() {
    let word = "Quokkaberg".to_owned();
    let needles = Needles::new([&word]);
    let utf16 = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    for before in (0..7).chain(BLOCK - 30..BLOCK + 3) {
        let line = format!("{}QUOKKABERG and more", "-".repeat(before));
        let lower = line.to_lowercase();
        let hex: String = lower.bytes().map(|byte| format!("{byte:02X}")).collect();
        let writings: [Vec<u8>; 6] = [
            line.clone().into_bytes(),
            lower.clone().into_bytes(),
            utf16(&line).into_iter().flat_map(u16::to_le_bytes).collect(),
            utf16(&lower).into_iter().flat_map(u16::to_be_bytes).collect(),
            hex.into_bytes(),
            base64(0, lower.as_bytes()),
        ];
        for writing in writings {
            assert_eq!(needles.within(&writing), ["Quokkaberg"], "{}", String::from_utf8_lossy(&writing));
        }
    }
    assert!(needles.within(b"quokka berg, qUoKkAbErG").is_empty());
    assert_eq!(base64(0, b"Man"), b"TWFu");
    assert_eq!(base64_whole(b"light wor"), "bGlnaHQgd29y");
    assert_eq!(base64_whole(b"light work"), "bGlnaHQgd29yaw==");
}

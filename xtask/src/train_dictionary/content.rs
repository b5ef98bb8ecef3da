//! Chooses what a dictionary of a given size holds: of all pieces of text those that save most
//! per byte, given what is chosen already; the most frequent last (nearest, so cheapest).

use std::collections::{BinaryHeap, HashMap, HashSet};

/// Rarer pieces stay out: they could tell of one person.
const MANY: u64 = 10;
/// Text is taken to be in the dictionary where all its stretches of so many bytes are.
const GRAM: usize = 16;
/// About what zstd spends on one match and on one letter, in quarters of a byte.
const MATCH_COST: u64 = 16;
const LETTER_COST: u64 = 3;

/// A dictionary's tables end with three repeat offsets (RFC 8878, section 5); its content follows.
const REPEAT_OFFSETS: [u8; 12] = [1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0];

/// A trained dictionary with its tables and other content, of at most the same size.
pub fn replace(trained: &[u8], content: impl FnOnce(usize) -> Vec<u8>) -> Result<Vec<u8>, String> {
    let tables = trained
        .windows(REPEAT_OFFSETS.len())
        .position(|bytes| bytes == REPEAT_OFFSETS)
        .ok_or("the trained dictionary has no repeat offsets")?
        + REPEAT_OFFSETS.len();
    let mut dictionary = trained[..tables].to_vec();
    dictionary.extend(content(trained.len() - tables));
    Ok(dictionary)
}

/// The pieces that save most, up to `size` bytes.
pub fn choose(counts: HashMap<String, u64>, size: usize) -> Vec<u8> {
    let mut heap: BinaryHeap<(u64, String, u64)> = counts
        .into_iter()
        .filter(|(piece, count)| *count >= MANY && !piece.is_empty())
        .map(|(piece, count)| (u64::MAX, piece, count))
        .collect();
    let mut chosen = Chosen::default();
    while chosen.length < size {
        let Some((_, piece, count)) = heap.pop() else { break };
        let worth = chosen.worth(piece.as_bytes(), count);
        if worth == 0 {
            continue;
        }
        // What was chosen since may have made this piece worth less than the next one.
        if heap.peek().is_some_and(|next| next.0 > worth) {
            heap.push((worth, piece, count));
        } else {
            chosen.take(piece.into_bytes());
        }
    }
    chosen.into_bytes(size)
}

#[derive(Default)]
struct Chosen {
    grams: HashSet<[u8; GRAM]>,
    pieces: Vec<Vec<u8>>,
    length: usize,
}

impl Chosen {
    /// What having the whole piece saves over all its occurrences, per byte of dictionary.
    fn worth(&self, piece: &[u8], count: u64) -> u64 {
        let saved = self.cost(piece).saturating_sub(MATCH_COST);
        1000 * count * saved / piece.len() as u64
    }

    fn cost(&self, piece: &[u8]) -> u64 {
        let known: Vec<bool> = piece
            .windows(GRAM)
            .map(|gram| gram.first_chunk().is_some_and(|gram| self.grams.contains(gram)))
            .collect();
        let mut cost = 0;
        let mut at = 0;
        while at < piece.len() {
            let run = known[at.min(known.len())..].iter().take_while(|known| **known).count();
            if run == 0 {
                cost += LETTER_COST;
                at += 1;
            } else {
                cost += MATCH_COST;
                at += run + GRAM - 1;
            }
        }
        cost
    }

    fn take(&mut self, piece: Vec<u8>) {
        let grams = piece.windows(GRAM).filter_map(|gram| gram.first_chunk::<GRAM>().copied());
        self.grams.extend(grams);
        self.length += piece.len();
        self.pieces.push(piece);
    }

    fn into_bytes(self, size: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.pieces.into_iter().rev().flatten().collect();
        let excess = bytes.len().saturating_sub(size);
        bytes.drain(..excess);
        bytes
    }
}

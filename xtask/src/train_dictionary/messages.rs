//! The dictionary of messages: letters put together at random from written sentences that name
//! no one, in English and Spanish, as patients and care teams write them.

use super::content;
use super::seeded::Seeded;

const ENGLISH: &str = include_str!("messages.en.txt");
const SPANISH: &str = include_str!("messages.es.txt");
const SIZE: usize = 16 * 1024;
const LETTERS: usize = 6000;
const SEED: u64 = 52;

pub fn train() -> Result<Vec<u8>, String> {
    let mut seeded = Seeded(SEED);
    let letters: Vec<Vec<u8>> = (0..LETTERS)
        .map(|number| {
            // Two letters of three are English: so are the sample clinic's patients.
            letter(if number % 3 == 0 { SPANISH } else { ENGLISH }, &mut seeded)
        })
        .collect();
    let trained = zstd::dict::from_samples(&letters, SIZE).map_err(|why| why.to_string())?;
    content::replace(&trained, |_| format!("{SPANISH}{ENGLISH}").replace('\n', " ").into_bytes())
}

fn letter(language: &str, seeded: &mut Seeded) -> Vec<u8> {
    let sentences: Vec<&str> = language.lines().filter(|line| !line.is_empty()).collect();
    let count = 1 + seeded.below(5);
    let chosen: Vec<&str> = (0..count).map(|_| *seeded.pick(&sentences)).collect();
    let between = if seeded.below(4) == 0 { "\n\n" } else { " " };
    chosen.join(between).into_bytes()
}

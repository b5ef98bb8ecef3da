//! Activation codes: twelve characters to read from paper and type once, 60 random bits. Rule:
//! no printed character can be taken for another one that is also printed (Crockford's base 32).

use ring::rand::{SecureRandom, SystemRandom};

use crate::keys::KeyError;
use crate::secret_token::Pepper;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;
const GROUP: usize = 4;
const USE: &str = "activation code";

/// A code in its one spelling: upper case, without separators.
#[derive(Clone, PartialEq, Eq)]
pub struct ActivationCode([u8; LENGTH]);

impl ActivationCode {
    /// A new code from the operating system's generator.
    pub fn generate() -> Result<Self, KeyError> {
        let mut letters = [0; LENGTH];
        SystemRandom::new().fill(&mut letters).map_err(|_| KeyError::NoRandomness)?;
        // 256 is a multiple of 32, so every letter is equally likely.
        for letter in &mut letters {
            *letter = ALPHABET[usize::from(*letter) % ALPHABET.len()];
        }
        Ok(Self(letters))
    }

    /// Reads what a person typed: any case, with spaces or dashes anywhere, O for 0 and I or L
    /// for 1. `None` where it cannot be a code.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut letters = [0; LENGTH];
        let mut count = 0;
        let kept =
            typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'));
        for letter in kept {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let letter = u8::try_from(letter).ok()?;
            if !ALPHABET.contains(&letter) {
                return None;
            }
            *letters.get_mut(count)? = letter;
            count += 1;
        }
        (count == LENGTH).then_some(Self(letters))
    }

    /// The printed form: `XXXX-XXXX-XXXX`.
    pub fn printed(&self) -> String {
        let groups: Vec<String> =
            self.0.chunks(GROUP).map(|group| group.iter().copied().map(char::from).collect()).collect();
        groups.join("-")
    }

    /// The hash to store and look up by.
    pub fn hash(&self, pepper: &Pepper) -> [u8; 32] {
        pepper.hash(USE, &self.0)
    }

    /// Whether it has the stored hash, in constant time.
    pub fn matches(&self, pepper: &Pepper, stored: &[u8]) -> bool {
        pepper.matches(USE, &self.0, stored)
    }
}

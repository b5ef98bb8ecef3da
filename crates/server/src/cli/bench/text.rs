//! Text of messages for measuring: words as frequent as in speech (Zipf), the same in every run.

/// A small repeatable generator (SplitMix64); nothing secret comes from it.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

const COMMON: &str = "the to and i my a is it have for of in you that was on with this me so but not \
    do be can at what are as am if been had or should take doctor pain blood pressure medicine test \
    results appointment tablets morning night feeling better worse since yesterday week days refill \
    pharmacy dizzy headache sugar insulin swelling knee stomach cough fever breathing sleep please \
    thank call visit time still when would like know more after before started stopped again today";
const ONSETS: [&str; 16] =
    ["b", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "br", "st", "tr", "pl"];
const VOWELS: [&str; 6] = ["a", "e", "i", "o", "u", "ea"];
const ENDS: [&str; 10] = ["n", "r", "s", "t", "l", "ning", "ted", "tion", "ly", "ment"];
/// Different words in all.
const WORDS: usize = 8_000;

/// Makes texts of a given number of words.
pub struct Vocabulary(Vec<String>);

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        let mut dice = Dice::new(7);
        while words.len() < WORDS {
            let mut word = String::new();
            for _ in 0..=dice.below(2) {
                word += ONSETS[dice.below(ONSETS.len())];
                word += VOWELS[dice.below(VOWELS.len())];
            }
            word += ENDS[dice.below(ENDS.len())];
            words.push(word);
        }
        Vocabulary(words)
    }
}

impl Vocabulary {
    /// A text of `words` words; the n-th most frequent one comes about 1/n as often as the first.
    pub fn text(&self, dice: &mut Dice, words: usize) -> String {
        let mut text = String::new();
        for n in 0..words {
            if n > 0 {
                text.push(if n % 12 == 11 { '\n' } else { ' ' });
            }
            let rank = (self.0.len() as f64).powf(dice.share()) as usize - 1;
            text += &self.0[rank.min(self.0.len() - 1)];
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_text_of_sixty_words_repeats_some_of_them_as_people_do() {
        let vocabulary = Vocabulary::default();
        let text = vocabulary.text(&mut Dice::new(1), 60);
        let words: Vec<&str> = text.split_whitespace().collect();
        let different: BTreeSet<&str> = words.iter().copied().collect();
        assert_eq!(words.len(), 60);
        assert!((35..58).contains(&different.len()), "{}", different.len());
        assert_eq!(text, vocabulary.text(&mut Dice::new(1), 60));
    }
}

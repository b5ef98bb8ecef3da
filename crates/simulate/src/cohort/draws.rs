//! Random numbers of one row: a SplitMix64 stream that starts from the seed and the row's number, so
//! that any row can be made without those before it.

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

#[derive(Clone, Debug)]
pub struct Draws(u64);

impl Draws {
    /// `kind` keeps the streams of people and providers apart.
    pub fn of(seed: u64, kind: u64, number: u64) -> Self {
        let start = scramble(scramble(seed ^ GOLDEN).wrapping_add(kind.wrapping_mul(GOLDEN)));
        Self(scramble(start ^ scramble(number.wrapping_add(GOLDEN))))
    }

    /// Uniform between 0 and 1, neither included.
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        let bits = scramble(self.0) >> 11;
        (bits as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A position, by shares that sum to about 1.
    pub fn pick(&mut self, shares: &[f64]) -> usize {
        let mut left = self.uniform();
        for (place, share) in shares.iter().enumerate() {
            left -= share;
            if left < 0.0 {
                return place;
            }
        }
        shares.len().saturating_sub(1)
    }
}

fn scramble(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

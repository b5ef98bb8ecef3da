//! The seed of a clinic: ids and choices by name, so that a new person changes nobody else.

use std::f64::consts::TAU;
use uuid::Uuid;

/// Everything random in a clinic comes from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// The id of what has this name.
    pub fn uuid(self, name: &str) -> Uuid {
        let high = self.number(name).to_be_bytes();
        let low = mix(self.number(name) ^ 0x5ca1_ab1e).to_be_bytes();
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&high);
        bytes[8..].copy_from_slice(&low);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// A FHIR id.
    pub fn id(self, name: &str) -> String {
        self.uuid(name).to_string()
    }

    /// A whole number below `limit`; 0 where the limit is 0.
    pub fn below(self, name: &str, limit: u64) -> u64 {
        self.number(name).checked_rem(limit).unwrap_or(0)
    }

    /// One of a list; `None` of an empty one.
    pub fn pick<'a, T>(self, name: &str, from: &'a [T]) -> Option<&'a T> {
        let place = usize::try_from(self.below(name, from.len() as u64)).unwrap_or(0);
        from.get(place)
    }

    /// A row of numbers of its own for what has this name.
    pub fn dice(self, name: &str) -> Dice {
        Dice(self.number(name))
    }

    fn number(self, name: &str) -> u64 {
        name.bytes().fold(mix(self.0), |state, byte| mix(state ^ u64::from(byte)))
    }
}

/// A row of random numbers: each call is another throw.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// Uniform in (0, 1).
    pub fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number in `from..from + span`; `from` where the span is not positive.
    pub fn between(&mut self, from: i64, span: i64) -> i64 {
        match u64::try_from(span).ok().filter(|span| *span > 0) {
            Some(span) => from + i64::try_from(self.next() % span).unwrap_or(0),
            None => from,
        }
    }

    /// Exponential with this mean.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -self.unit().ln() * mean
    }

    /// Log-normal by its median and the standard deviation of the logarithm.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        let normal = (-2.0 * self.unit().ln()).sqrt() * (TAU * self.unit()).cos();
        median * (sigma * normal).exp()
    }

    /// One of a list; `None` of an empty one.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let place = self.between(0, i64::try_from(from.len()).unwrap_or(0));
        from.get(usize::try_from(place).unwrap_or(0))
    }

    /// One of a list by the weights of its members; `None` where all weigh nothing.
    pub fn weighted<'a, T>(&mut self, from: &'a [T], weight: impl Fn(&T) -> f64) -> Option<&'a T> {
        let total: f64 = from.iter().map(&weight).sum();
        let mut left = self.unit() * total;
        from.iter().find(|one| {
            left -= weight(one);
            left < 0.0
        })
    }
}

/// SplitMix64's output function.
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_id_under_one_seed_and_another_under_another() {
        assert_eq!(Seed(1).uuid("rosa"), Seed(1).uuid("rosa"));
        assert_ne!(Seed(1).uuid("rosa"), Seed(2).uuid("rosa"));
        assert_ne!(Seed(1).uuid("rosa"), Seed(1).uuid("maya"));
        assert_eq!(Seed(1).pick("x", &[] as &[u8]), None);
    }

    #[test]
    fn the_dice_are_fair_enough_and_repeat_themselves() {
        let mut dice = Seed(1).dice("rosa");
        let throws: Vec<f64> = (0..10_000).map(|_| dice.unit()).collect();
        let mean = throws.iter().sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
        assert_eq!(throws[0].to_bits(), Seed(1).dice("rosa").unit().to_bits());
        let heavy = (0..10_000).filter(|_| dice.weighted(&[1.0, 3.0], |w| *w) == Some(&3.0)).count();
        assert!((7_200..7_800).contains(&heavy), "{heavy}");
        assert_eq!(dice.weighted(&[0.0], |w| *w), None);
    }
}

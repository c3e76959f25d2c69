//! Chance that can be asked again: every number follows from the seed and the place where it is needed, so that work 812,345 can
//! be invented without inventing the others first.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// The dice of one work. Numbers are derived from the generator's words here, not by the distributions of `rand`, so that a
/// corpus stays the same when that crate changes them.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice for number `index` under `seed`: ChaCha's stream of that number.
    pub fn new(seed: u64, index: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(index);
        Self(rng)
    }

    /// A number below `end`, which must not be 0.
    pub fn below(&mut self, end: usize) -> usize {
        scale(self.0.next_u64(), end as u64) as usize
    }

    /// A number of `first..=last`.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// True in `percent` of 100 cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// A place in a list of weights, as often as its weight says.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut left = self.below(total as usize) as u32;
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        weights.len() - 1
    }
}

/// Scales 64 random bits to `0..end`.
fn scale(bits: u64, end: u64) -> u64 {
    ((u128::from(bits) * u128::from(end)) >> 64) as u64
}

/// Sixty-four bits that belong to number `index` of something; `salt` says of what. The finaliser of SplitMix64
/// (Steele, Lea and Flood 2014).
pub fn mix(seed: u64, salt: u64, index: u64) -> u64 {
    let mut z = seed
        .wrapping_add(salt.wrapping_mul(0xd1b5_4a32_d192_ed03))
        .wrapping_add(index.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// [`mix`] scaled to `0..end`.
pub fn mix_below(seed: u64, salt: u64, index: u64, end: u64) -> u64 {
    scale(mix(seed, salt, index), end)
}

/// A permutation of `0..size` by `key`: a Feistel network over the next even power of two, walked until it lands inside. Two
/// different numbers below `size` never share a result, which is what keeps names and titles apart without remembering them.
pub fn permute(key: u64, number: u64, size: u64) -> u64 {
    debug_assert!(number < size);
    let bits = 64 - size.saturating_sub(1).leading_zeros();
    let half = bits.div_ceil(2).max(1);
    let mask = (1u64 << half) - 1;
    let mut number = number;
    loop {
        let (mut left, mut right) = (number >> half, number & mask);
        for round in 0..3 {
            (left, right) = (right, left ^ (mix(key, round, right) & mask));
        }
        number = (left << half) | right;
        if number < size {
            return number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permutation_hits_every_number_once() {
        for size in [1, 2, 3, 24, 48, 1000, 1800] {
            let mut hit = vec![false; size as usize];
            for number in 0..size {
                let place = permute(7, number, size) as usize;
                assert!(!hit[place], "{place} of {size} twice");
                hit[place] = true;
            }
        }
    }

    #[test]
    fn weights_decide_how_often_a_place_is_drawn() {
        let mut dice = Dice::new(1, 2);
        let mut drawn = [0; 3];
        for _ in 0..10_000 {
            drawn[dice.weighted(&[1, 0, 3])] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((2300..2700).contains(&drawn[0]), "{drawn:?}");
    }
}

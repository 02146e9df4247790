//! Numbers that look random and are the same everywhere for the same seed: `SplitMix64`
//! (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).

/// A source of numbers.
pub(super) struct Random(u64);

impl Random {
    /// The source that starts at a seed.
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`, which is not zero.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * end as u128) >> 64) as usize
    }

    /// Yes, in so many cases of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several. `None` of none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() { None } else { items.get(self.below(items.len())) }
    }

    /// One of several, copied, each as often as its weight says. The first where nothing weighs.
    pub fn weighted<T: Copy>(&mut self, items: &[(usize, T)]) -> Option<T> {
        let all: usize = items.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(all.max(1));
        let found = items.iter().find(|(weight, _)| {
            let is_here = left < *weight;
            left = left.saturating_sub(*weight);
            is_here
        });
        found.or(items.first()).map(|(_, item)| *item)
    }

    /// A yes/no record as plans have them: yes, no, or nobody wrote it down.
    pub fn record(&mut self, yes_percent: usize, no_percent: usize) -> Option<bool> {
        let place = self.below(100);
        (place < yes_percent + no_percent).then_some(place < yes_percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_the_same_on_every_machine() {
        let mut random = Random::of(1);
        let numbers: Vec<_> = (0..6).map(|_| random.below(1_000)).collect();
        assert_eq!(numbers, [566, 745, 971, 444, 444, 762]);
    }

    #[test]
    fn weights_decide_how_often() {
        let mut random = Random::of(7);
        let often = (0..1_000).filter(|_| random.weighted(&[(9, true), (1, false)]) == Some(true)).count();
        assert!((850..950).contains(&often), "{often}");
        assert_eq!(random.weighted::<u8>(&[]), None);
    }
}

//! Ranges of whole numbers, walked lazily.

/// What `from..to` gives: every whole number between both bounds, both included, downwards where `from` is the greater.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    from: i64,
    to: i64,
}

impl Range {
    /// The range between two bounds.
    pub const fn new(from: i64, to: i64) -> Self {
        Self { from, to }
    }

    /// The first number.
    pub const fn first(self) -> i64 {
        self.from
    }

    /// The last number.
    pub const fn last(self) -> i64 {
        self.to
    }

    /// Whether the numbers are `Long`: a bound does not fit `Integer`.
    pub(crate) fn is_long(self) -> bool {
        i32::try_from(self.from).is_err() || i32::try_from(self.to).is_err()
    }

    /// How many numbers there are; at least one.
    pub fn count(self) -> u128 {
        u128::from(self.from.abs_diff(self.to)) + 1
    }

    /// Whether `number` lies between the bounds.
    pub(crate) fn contains(self, number: i64) -> bool {
        self.from.min(self.to) <= number && number <= self.from.max(self.to)
    }

    /// The number at `index`, counted from the first.
    pub fn get(self, index: u64) -> Option<i64> {
        if u128::from(index) >= self.count() {
            return None;
        }
        Some(if self.from <= self.to {
            self.from.wrapping_add_unsigned(index)
        } else {
            self.from.wrapping_sub_unsigned(index)
        })
    }

    /// The number at `index` as a value of the range's class.
    pub(crate) fn value(self, index: u64) -> Option<super::Value> {
        let number = self.get(index)?;
        match i32::try_from(number) {
            Ok(small) if !self.is_long() => Some(super::Value::Integer(small)),
            _ => Some(super::Value::Long(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_belong_to_the_range_in_both_directions() {
        let down = Range::new(3, 1);
        assert_eq!(
            (0..4).map(|i| down.get(i)).collect::<Vec<_>>(),
            [Some(3), Some(2), Some(1), None]
        );
        assert!(down.contains(3) && down.contains(1) && !down.contains(0));
        assert_eq!(Range::new(i64::MIN, i64::MAX).count(), 1 << 64);
        assert_eq!(Range::new(i64::MIN, i64::MAX).get(u64::MAX), Some(i64::MAX));
    }
}

//! "Did you mean": the known name nearest to a misspelt one.

/// The candidate closest to `name`, if one is close enough to be what was meant.
///
/// A candidate that differs only in letter case wins over every other. Otherwise the Damerau–Levenshtein distance
/// decides; up to one edit in three characters, at least one and at most three. Ties go to the earlier candidate.
///
/// ```
/// use pipewright_source::closest;
/// assert_eq!(closest("Build_iOS_app", ["Build_iOS_App", "Deploy"]), Some("Build_iOS_App"));
/// assert_eq!(closest("Bulid", ["Build", "Deploy"]), Some("Build"));
/// assert_eq!(closest("x", ["Build"]), None);
/// ```
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = allowed(name.chars().count());
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.eq_ignore_ascii_case(name) {
            return Some(candidate);
        }
        let distance = strsim::damerau_levenshtein(name, candidate);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    // One edit in a name of one or two letters makes any other name of that length.
    best.filter(|(distance, candidate)| *distance < candidate.chars().count().max(2))
        .map(|(_, candidate)| candidate)
}

/// The most edits between a misspelt name of that many characters and the one that was meant.
fn allowed(length: usize) -> usize {
    (length / 3).clamp(1, 3)
}

/// What tells of two names, without a comparison, that [`closest`] would not take one for the other: their lengths and letters.
///
/// ```
/// use pipewright_source::Outline;
/// assert!(Outline::of("bulid").may_mean(Outline::of("Build")));
/// assert!(!Outline::of("bulid").may_mean(Outline::of("Deploy")));
/// assert!(!Outline::of("bulid").may_mean(Outline::of("buildbuild")));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outline {
    /// In characters.
    length: usize,
    /// The letters there are once, and from bit 64 on those there are twice. An edit changes at most one bit on either side.
    letters: u128,
}

impl Outline {
    /// The outline of a name; capital letters count as small ones.
    pub fn of(name: &str) -> Self {
        let mut outline = Self {
            length: 0,
            letters: 0,
        };
        for letter in name.chars() {
            let once = 1 << (u32::from(letter.to_ascii_lowercase()) % 64);
            let is_known = outline.letters & once != 0;
            outline.letters |= if is_known { once << 64 } else { once };
            outline.length += 1;
        }
        outline
    }

    /// Whether the name may be misspelt for `other`. False only where it surely is not.
    pub fn may_mean(self, other: Self) -> bool {
        let allowed = allowed(self.length);
        let without = |a: u128, b: u128| (a & !b).count_ones() as usize;
        self.length.abs_diff(other.length) <= allowed
            && without(self.letters, other.letters) <= allowed
            && without(other.letters, self.letters) <= allowed
    }
}

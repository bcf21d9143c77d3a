//! "Did you mean": the known name nearest to a misspelt one.

/// How many near names are told apart. Further ones are hardly what was meant.
const MOST_NEAR: usize = 3;

/// The candidate closest to `name`, if one is close enough to be what was meant: the first of [`near_names`].
///
/// ```
/// use pipewright_source::closest;
/// assert_eq!(closest("Build_iOS_app", ["Build_iOS_App", "Deploy"]), Some("Build_iOS_App"));
/// assert_eq!(closest("Bulid", ["Build", "Deploy"]), Some("Build"));
/// assert_eq!(closest("x", ["Build"]), None);
/// ```
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near_names(name, candidates).into_iter().next()
}

/// The candidates that `name` may be misspelt for, the nearest first, at most three.
///
/// The Damerau–Levenshtein distance without regard to letter case decides: up to one edit in three characters, at least
/// one and at most three; of those alike the one whose case is nearer comes first, then the earlier candidate. A
/// candidate that has no more letters than there are edits is another name.
///
/// ```
/// use pipewright_source::near_names;
/// assert_eq!(near_names("biulds", ["Build", "guilds", "Builds"]), ["Builds", "guilds", "Build"]);
/// assert_eq!(near_names("x", ["y", "X"]), ["X"]);
/// ```
pub fn near_names<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let (allowed, lowered) = (allowed(name.chars().count()), name.to_ascii_lowercase());
    let mut near: Vec<((usize, usize), &str)> = Vec::new();
    let outline = Outline::of(name);
    for candidate in candidates {
        // A comparison takes the product of both lengths, and a name may be very long.
        if !outline.may_mean(Outline::of(candidate)) {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&lowered, &candidate.to_ascii_lowercase());
        let is_another = distance > 0 && distance >= candidate.chars().count();
        if distance > allowed || is_another {
            continue;
        }
        let with_case = strsim::damerau_levenshtein(name, candidate);
        let rank = (distance, with_case);
        let place = near.partition_point(|(other, _)| *other <= rank);
        if !near.iter().any(|(_, known)| *known == candidate) {
            near.insert(place, (rank, candidate));
            near.truncate(MOST_NEAR);
        }
    }
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The most edits between a misspelt name of that many characters and the one that was meant.
fn allowed(length: usize) -> usize {
    (length / 3).clamp(1, 3)
}

/// What tells of two names, without a comparison, that [`closest`] would not take one for the other: their lengths and
/// letters.
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
    /// The letters there are once, and from bit 64 on those there are twice. An edit changes at most one bit on either
    /// side.
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

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
    let allowed = (name.chars().count() / 3).clamp(1, 3);
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

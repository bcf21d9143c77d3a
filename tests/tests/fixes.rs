//! A fix does what it says: once it is applied its finding is gone, no other has come, and the file holds the same but
//! where the fix has written.
//!
//! The test applies the fixes of the rules' cases; `FIXES=folder` applies those of every YAML file below a folder
//! instead. Cases changed by lines have their fixes applied, too: 400 of them, `MADE=10000` of that many; `SEED=5813`
//! makes one and prints it.

use std::collections::BTreeMap;
use std::path::Path;

use pipewright_lint::fuzzing::mutate;
use pipewright_lint::{self as rules, Family, edited};
use pipewright_source::{Applicability, Diagnostic, FileId, Fix, SourceFile, TextRange};
use pipewright_syntax::fuzzing::{Bytes, scattered};
use pipewright_tests::{files, lint};
use pipewright_yaml::{self as yaml, NodeId, Part, Scalar, Tree};

#[test]
fn fixes_of_the_cases_settle_their_findings() {
    let files = match std::env::var_os("FIXES") {
        None => lint::cases().expect("the cases of the rules"),
        Some(folder) => {
            files::texts_below(Path::new(&folder), &["yaml"]).expect("the folder can be listed")
        }
    };
    let mut wrong = Vec::new();
    let mut applied = 0;
    for (path, text) in &files {
        applied += apply_each(&path.display().to_string(), text, &mut wrong);
    }
    println!("{applied} fixes applied");
    assert_none(&wrong, applied);
    assert!(applied > 0);
}

#[test]
fn fixes_of_changed_cases_settle_their_findings() {
    let files = lint::cases().expect("the cases of the rules");
    let asked = |name| std::env::var(name).ok()?.parse::<u64>().ok();
    let only = asked("SEED");
    let seeds = only.map_or(0..asked("MADE").unwrap_or(400), |seed| seed..seed + 1);
    let mut wrong = Vec::new();
    let mut applied = 0;
    for seed in seeds {
        let (path, text) = &files[usize::try_from(seed).unwrap_or(0) % files.len()];
        let changed = mutate(text, &mut Bytes::new(&scattered(seed)));
        if only.is_some() {
            println!("{changed}");
        }
        let name = format!("{} changed by {seed}", path.display());
        applied += apply_each(&name, &changed, &mut wrong);
    }
    println!("{applied} fixes applied");
    assert_none(&wrong, applied);
}

fn assert_none(wrong: &[String], applied: usize) {
    let count = wrong.len();
    assert!(count == 0, "{}\n{count} of {applied}", wrong.join("\n"));
}

/// Applies each fix of a text alone; returns how many there were.
fn apply_each(name: &str, text: &str, wrong: &mut Vec<String>) -> usize {
    let file = SourceFile::new("case.yaml", text);
    let before = lint::check(&file);
    let mut applied = 0;
    for finding in &before {
        let fixes = finding.fixes.iter();
        for fix in fixes.filter(|fix| fix.applicability != Applicability::DisplayOnly) {
            applied += 1;
            let mended = edited(&file, &fix.edits);
            let after = lint::check(&SourceFile::new("case.yaml", &*mended));
            if let Some(lost) = first_lost(text, fix, &mended) {
                let rule = finding.rule;
                wrong.push(format!("{name}: {rule} changes `{lost}`: {}", fix.title));
            }
            let what = if count(finding, &after) >= count(finding, &before) {
                "is still there".to_owned()
            } else if let Some(new) = new_one(&file, (finding, fix), &before, &after) {
                format!("is gone for {}: {}", new.rule, new.message)
            } else {
                continue;
            };
            let (rule, message) = (finding.rule, &finding.message);
            wrong.push(format!("{name}: {rule} {what} ({message}): {}", fix.title));
        }
    }
    applied
}

/// The first scalar beside the edits of a fix that is not in the fixed text as it was before: at its place, with its
/// style, and below the same keys. Of a text that is no YAML nobody knows what it holds.
fn first_lost(text: &str, fix: &Fix, fixed: &str) -> Option<String> {
    let before = yaml::parse(FileId(0), text);
    if !before.problems().is_empty() {
        return None;
    }
    let after = yaml::parse(FileId(0), fixed);
    let scalars: BTreeMap<TextRange, &Scalar> = after
        .scalars()
        .map(|(id, scalar)| (after.raw(id).range, scalar))
        .collect();
    let is_kept = |id: NodeId, scalar: &Scalar| {
        let range = before.raw(id).range;
        let Some(now) = range_after(fix, range) else {
            return true;
        };
        let same = scalars.get(&now);
        let is_same =
            same.is_some_and(|now| (&now.value, now.style) == (&scalar.value, scalar.style));
        let (mut keys, keys_now) = (keys_around(&before, range), keys_around(&after, now));
        keys.retain(|key| !is_taken_out(fix, *key));
        let mut pairs = keys.iter().zip(&keys_now);
        let is_below = |(key, now): (&TextRange, &TextRange)| {
            range_after(fix, *key).is_none_or(|key| key == *now)
        };
        is_same && keys.len() == keys_now.len() && pairs.all(is_below)
    };
    let mut lost = before
        .scalars()
        .filter(|(id, scalar)| !is_kept(*id, scalar));
    lost.next().map(|(_, scalar)| scalar.value.to_string())
}

/// Where a range stands after a fix; `None` where the fix touches it.
fn range_after(fix: &Fix, range: TextRange) -> Option<TextRange> {
    let mut start = i64::from(range.start());
    for edit in &fix.edits {
        let edited = edit.span.range;
        if edited.end() <= range.start() && !range.is_empty() {
            start += i64::try_from(edit.replacement.len()).ok()? - i64::from(edited.len());
        } else if edited.start() <= range.end() || range.is_empty() {
            return None;
        }
    }
    let start = usize::try_from(start).ok()?;
    Some(TextRange::of(start, start + range.len() as usize))
}

/// Whether a fix takes a key out, with nothing in its place.
fn is_taken_out(fix: &Fix, key: TextRange) -> bool {
    let mut edits = fix.edits.iter();
    edits.any(|edit| edit.replacement.is_empty() && edit.span.range.contains_range(key))
}

/// The keys around a range, from the outside to the inside.
fn keys_around(tree: &Tree, range: TextRange) -> Vec<TextRange> {
    let keys = tree.parts_around(range).filter_map(|part| match part {
        Part::Key(entry) | Part::Value(entry) => Some(tree.raw(entry.key).range),
        Part::Item(..) => None,
    });
    keys.collect()
}

/// How many of the findings say what this one says.
fn count(finding: &Diagnostic, all: &[Diagnostic]) -> usize {
    let same = |one: &&Diagnostic| one.rule == finding.rule && one.message == finding.message;
    all.iter().filter(same).count()
}

/// A finding that has come with a fix. What cannot be read hides what it says, and a path that leads nowhere what is
/// wrong with where it leads: what rules of a later family say of the text, and those of references of the line that is
/// mended, was there before.
fn new_one<'d>(
    file: &SourceFile,
    (finding, fix): (&Diagnostic, &Fix),
    before: &[Diagnostic],
    after: &'d [Diagnostic],
) -> Option<&'d Diagnostic> {
    let family = |name| rules::rule(name).map(|rule| rule.family);
    let line = |at| file.line_index().line(at);
    let was_there = |one: &Diagnostic| {
        let at = place_before(fix, one.span.range.start());
        let mut same = before.iter().filter(|known| known.rule == one.rule);
        same.any(|known| Some(known.span.range.start()) == at || known.message == one.message)
    };
    let was_hidden = |one: &Diagnostic| {
        let is_of_path = family(one.rule) == Some(Family::References)
            && place_before(fix, one.span.range.start())
                .is_none_or(|at| line(at) == line(finding.span.range.start()));
        // Of a step of an unknown type nothing is known, nor of what stands below a key that is none, of what is no
        // YAML or of a comment that is not read.
        let tells_more = match finding.rule {
            "unknown-spec-key" | "unknown-step-type" | "yaml-syntax" => true,
            "malformed-suppression" => one.rule == "unused-suppression",
            // What stands in a stage is looked at once there is such a stage.
            "input-set-mismatch" => one.rule == finding.rule,
            _ => false,
        };
        tells_more
            || family(one.rule) > family(finding.rule)
            || family(finding.rule) == Some(Family::References) && is_of_path
    };
    let mut after = after.iter();
    after.find(|one| !was_there(one) && !was_hidden(one))
}

/// Where a place of the mended text was before the fix; `None` inside what the fix has written.
fn place_before(fix: &Fix, at: u32) -> Option<u32> {
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span.range.start());
    let mut place = at;
    for edit in edits {
        let (start, end) = (edit.span.range.start(), edit.span.range.end());
        let length = u32::try_from(edit.replacement.len()).ok()?;
        if place < start {
            break;
        } else if place < start + length {
            return None;
        }
        place = place - length + (end - start);
    }
    Some(place)
}

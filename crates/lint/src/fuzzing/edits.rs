//! A snapshot that is edited again and again says what a new one of the same texts says.

use std::collections::BTreeMap;

use pipewright_analysis::Snapshot;
use pipewright_syntax::fuzzing::{Bytes, scattered};

use super::{every_rule, files_of, findings_of, mutate, shown_of};
use crate::Kept;

/// How many edits one input makes.
const EDITS: usize = 8;

/// Edits the files of a project in one text (see [`super::check_project`]); the text itself decides how.
///
/// # Panics
/// Where the edited snapshot finds something else than a new one, or a clone from before the edits has changed.
pub fn check_edits(text: &str) {
    check_many_edits(text, EDITS);
}

/// [`check_edits`] with so many edits, each of which parses no more than the file that is edited.
///
/// # Panics
/// As [`check_edits`].
pub fn check_many_edits(text: &str, edits: usize) {
    let originals: BTreeMap<&str, &str> = files_of(text).into_iter().collect();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in &originals {
        texts.insert((*name).to_owned(), (*text).to_owned());
    }
    let mut edited = snapshot_of(&texts);
    let (before, at_first) = (edited.clone(), findings_of(&edited));
    let mut kept = Kept::default();
    let names: Vec<&str> = originals.keys().copied().collect();
    let seed = seed_of(text);
    let mut unasked = 0;
    for number in 0..edits {
        let decisions = scattered(seed.wrapping_add(number as u64));
        let mut bytes = Bytes::new(&decisions);
        let name = bytes.pick(&names);
        let text = match bytes.below(6) {
            0 => None,
            1 | 2 => originals.get(name).map(|text| (*text).to_owned()),
            _ => texts.get(name).map(|text| mutate(text, &mut bytes)),
        };
        if let Some(text) = text {
            edited.set_text(name, text.as_str());
            texts.insert(name.to_owned(), text);
        } else {
            edited.remove(name);
            texts.remove(name);
        }
        unasked += 1;
        // Sometimes a check is cut short by the next edit, and what earlier ones left behind is dropped.
        if bytes.chance(96) {
            kept.check_some(&edited, &every_rule(), 1);
        }
        if bytes.chance(96) {
            edited.forget_edits();
        }
        // Sometimes two edits come before the next question.
        if !bytes.chance(64) {
            let parsed = edited.work().parsed;
            let found = kept_findings(&mut kept, &edited);
            let parsed = edited.work().parsed - parsed;
            assert!(
                parsed <= unasked,
                "{parsed} files are parsed for {unasked} edits"
            );
            unasked = 0;
            let fresh = findings_of(&snapshot_of(&texts));
            assert_eq!(found, fresh, "after edit {number}, of {name}");
        }
    }
    assert_eq!(findings_of(&before), at_first, "a clone has changed");
}

fn snapshot_of(texts: &BTreeMap<String, String>) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for (name, text) in texts {
        snapshot.set_text(name.as_str(), text.as_str());
    }
    snapshot
}

/// The findings of an edited snapshot, told by what is kept of earlier ones.
fn kept_findings(kept: &mut Kept, snapshot: &Snapshot) -> BTreeMap<String, String> {
    kept.check(snapshot, &every_rule());
    shown_of(snapshot, |id| kept.found(id).to_vec())
}

/// A number that differs for texts that differ (FNV-1a).
fn seed_of(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    text.bytes().fold(0xCBF2_9CE4_8422_2325, step)
}

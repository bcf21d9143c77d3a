//! Findings that are known: kept in a file, and not told again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use pipewright_lint::{Options, Place, place};
use pipewright_source::{Diagnostic, FileId};
use pipewright_workspace::Workspace;
use serde::{Deserialize, Serialize};

use super::destinations::write_file;
use crate::Streams;
use crate::batch::{Batch, CheckResult};
use crate::counted::counted;
use crate::exit::Failure;
use crate::printable::{json_lines, printable};

/// The version of the file's shape.
const VERSION: u32 = 1;

/// The most entries that are told one by one.
const MOST_TOLD: usize = 5;

/// Which findings are known.
#[derive(Args, Debug)]
pub(super) struct Baseline {
    /// Leave out the findings that FILE knows, by rule, place in the YAML and expression; lines may move
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write what is found now into the file of --baseline
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    findings: Vec<Entry>,
}

/// Findings of one rule that nothing but their number tells apart.
#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    key: Key,
    count: usize,
}

/// By what a finding is known again.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Key {
    /// The file, as one comes to it from the folder of the baseline.
    file: String,
    /// The path in its YAML.
    path: String,
    rule: String,
    /// The expression.
    text: String,
}

/// What came of the comparison with a baseline.
#[derive(Default)]
pub(super) struct Known {
    /// How many findings were left out.
    left_out: usize,
    /// The findings in the file that there are no more, in the files and by the rules of this run.
    gone: Vec<Key>,
    /// How many were written, and where.
    written: Option<(usize, String)>,
}

impl Baseline {
    /// Leaves out of `outcome` what is known, or writes it down first.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is none of a baseline.
    pub(super) fn apply(
        &self,
        batch: &Batch,
        outcome: &mut CheckResult,
        options: &Options,
        streams: &mut Streams<'_>,
    ) -> Result<Known, Failure> {
        let Some(file) = &self.baseline else {
            return Ok(Known::default());
        };
        let name = printable(&file.to_string_lossy()).into_owned();
        let mut nothing: &[u8] = &[];
        let directory = streams.surroundings.directory.clone();
        let mut workspace = Workspace::new(directory.clone(), &mut nothing, "-");
        let place_of_file = workspace.place(&file.to_string_lossy());
        let folder = Path::new(&place_of_file).parent().unwrap_or(Path::new(""));
        let files = names_from(folder, batch);
        let found = outcome.diagnostics.iter();
        let found: Vec<Key> = found.map(|finding| key(batch, &files, finding)).collect();
        let mut known = Known::default();
        if self.write_baseline {
            let document = Document::of(&found);
            let text = json_lines(&document)? + "\n";
            write_file(&directory, file, text.as_bytes())?;
            known.written = Some((found.len(), name));
            known.left_out = found.len();
            outcome.leave_out(|_| true);
            return Ok(known);
        }
        let text = workspace
            .read_text(file)
            .map_err(|error| Failure::Message(format!("cannot read `{name}`: {error}")))?;
        let mut entries = Document::read(&text)
            .map_err(|reason| Failure::Message(format!("`{name}` is no baseline: {reason}")))?;
        let mut number = 0;
        outcome.leave_out(|_| {
            let entry = entries.get_mut(&found[number]);
            number += 1;
            match entry {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    known.left_out += 1;
                    true
                }
                _ => false,
            }
        });
        let checked = outcome.checked.iter().filter_map(|id| files.get(id));
        let checked: BTreeSet<&String> = checked.collect();
        let is_of_run = |key: &Key| checked.contains(&key.file) && options.enables(&key.rule);
        let gone = entries.into_iter().filter(|(_, count)| *count > 0);
        known.gone = gone.map(|(key, _)| key).filter(is_of_run).collect();
        Ok(known)
    }
}

impl Document {
    fn of(found: &[Key]) -> Self {
        let mut counts: BTreeMap<&Key, usize> = BTreeMap::new();
        for key in found {
            *counts.entry(key).or_default() += 1;
        }
        let entries = counts.into_iter().map(|(key, count)| Entry {
            key: key.clone(),
            count,
        });
        Self {
            version: VERSION,
            findings: entries.collect(),
        }
    }

    /// The findings of a file's text, each with its number.
    fn read(text: &str) -> Result<BTreeMap<Key, usize>, String> {
        let document: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if document.version != VERSION {
            let version = document.version;
            return Err(format!(
                "it has version {version}, and only {VERSION} is known"
            ));
        }
        let mut entries: BTreeMap<Key, usize> = BTreeMap::new();
        for Entry { key, count } in document.findings {
            let known = entries.entry(key).or_default();
            *known = known.saturating_add(count);
        }
        Ok(entries)
    }
}

impl Known {
    /// Says what was left out, written and not found again.
    pub(super) fn tell(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let errors = &mut streams.errors;
        let findings = |count| counted(count, "finding");
        if let Some((count, file)) = &self.written {
            writeln!(errors, "note: {} written to `{file}`", findings(*count))?;
        } else if self.left_out > 0 {
            let count = findings(self.left_out);
            writeln!(errors, "note: {count} of the baseline not shown")?;
        }
        if self.gone.is_empty() {
            return Ok(());
        }
        let (entries, match_) = match self.gone.len() {
            1 => ("1 entry".to_owned(), "matches"),
            count => (format!("{count} entries"), "match"),
        };
        writeln!(
            errors,
            "note: {entries} of the baseline {match_} nothing any more; --write-baseline takes what is gone out"
        )?;
        for key in self.gone.iter().take(MOST_TOLD) {
            let (file, rule) = (printable(&key.file), printable(&key.rule));
            writeln!(errors, "  {file}: {rule} at {}", printable(&key.path))?;
        }
        if self.gone.len() > MOST_TOLD {
            writeln!(errors, "  and {} more", self.gone.len() - MOST_TOLD)?;
        }
        Ok(())
    }
}

/// What each file of the run is called from a folder.
fn names_from(folder: &Path, batch: &Batch) -> BTreeMap<FileId, String> {
    let places = batch.snapshot.ids();
    places
        .map(|(place, id)| (id, relative(folder, Path::new(place))))
        .collect()
}

/// The way from a folder to a place, with `/` between its parts.
fn relative(folder: &Path, place: &Path) -> String {
    let common = folder.components().zip(place.components());
    let common = common.take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = place.components().skip(common);
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

fn key(batch: &Batch, files: &BTreeMap<FileId, String>, finding: &Diagnostic) -> Key {
    let Place { path, text } = place(&batch.snapshot, finding);
    Key {
        file: files.get(&finding.span.file).cloned().unwrap_or_default(),
        path,
        rule: finding.rule.to_owned(),
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_from_the_folder_of_the_baseline() {
        let cases = [
            ("/a", "/a/b.yaml", "b.yaml"),
            ("/a/b", "/a/b.yaml", "../b.yaml"),
            ("/a/b", "/c/d.yaml", "../../c/d.yaml"),
        ];
        for (folder, place, name) in cases {
            assert_eq!(relative(Path::new(folder), Path::new(place)), name);
        }
    }
}

//! Findings that are known: kept in a file, and not told again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use pipewright_lint::{Options, Place, Places};
use pipewright_source::{Diagnostic, FileId};
use pipewright_workspace::{ReadError, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use crate::Streams;
use crate::batch::{Batch, CheckResult};
use crate::counted::counted;
use crate::exit::Failure;
use crate::printable::{json_lines, printable};
use crate::rewritten::write_file;

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
    /// The findings in the file that there are no more.
    gone: Vec<Key>,
    /// How many entries are for files that were not looked at.
    not_looked_at: usize,
    /// How many were written, and where.
    written: Option<(usize, String)>,
}

/// What a run says of an entry that it has not found.
#[derive(PartialEq, Eq)]
enum Fate {
    /// There is no such finding any more.
    Gone,
    /// Its file was not looked at.
    NotLookedAt,
    /// Its rule did not run.
    NotAsked,
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
        let mut nothing: &[u8] = &[];
        let directory = streams.surroundings.directory.clone();
        let mut workspace = Workspace::new(directory.clone(), &mut nothing, "-");
        let place_of_file = workspace.place(&file.to_string_lossy());
        let folder = Path::new(&place_of_file).parent().unwrap_or(Path::new(""));
        let files = names_from(folder, batch);
        let mut places = Places::new(&batch.snapshot);
        let found = outcome.diagnostics.iter();
        let found: Vec<Key> = found
            .map(|finding| key(&mut places, &files, finding))
            .collect();
        let mut entries = self.entries(file, &mut workspace)?;
        let mut number = 0;
        let mut is_known = |_: &Diagnostic| {
            let entry = entries.get_mut(&found[number]);
            number += 1;
            match entry {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => self.write_baseline,
            }
        };
        outcome.leave_out(&mut is_known);
        entries.retain(|_, count| *count > 0);
        let read = batch.read_files().filter_map(|id| files.get(&id));
        let read: BTreeSet<&String> = read.collect();
        let fate = |key: &Key| {
            if !options.enables(&key.rule) {
                Fate::NotAsked
            } else if read.contains(&key.file) || !workspace.has(&folder.join(&key.file)) {
                Fate::Gone
            } else {
                Fate::NotLookedAt
            }
        };
        let mut known = Known::default();
        if self.write_baseline {
            let kept = entries
                .into_iter()
                .filter(|(key, _)| fate(key) != Fate::Gone);
            let text = json_lines(&Document::of(&found, kept))? + "\n";
            write_file(&directory, file, text.as_bytes())?;
            known.written = Some((found.len(), shown(file)));
            return Ok(known);
        }
        for (key, count) in entries {
            match fate(&key) {
                Fate::Gone => known.gone.push(key),
                Fate::NotLookedAt => known.not_looked_at += count,
                Fate::NotAsked => {}
            }
        }
        Ok(known)
    }

    /// What the file knows; where it is to be written there need be none.
    fn entries(
        &self,
        file: &Path,
        workspace: &mut Workspace<'_>,
    ) -> Result<BTreeMap<Key, usize>, Failure> {
        let name = shown(file);
        match workspace.read_text(file) {
            Ok(text) => Document::read(&text)
                .map_err(|reason| Failure::Message(format!("`{name}` is no baseline: {reason}"))),
            Err(ReadError::Missing) if self.write_baseline => Ok(BTreeMap::new()),
            Err(error) => Err(Failure::Message(format!("cannot read `{name}`: {error}"))),
        }
    }
}

fn shown(file: &Path) -> String {
    printable(&file.to_string_lossy()).into_owned()
}

impl Document {
    /// What was found, and what was known before and is kept.
    fn of(found: &[Key], kept: impl Iterator<Item = (Key, usize)>) -> Self {
        let mut counts: BTreeMap<Key, usize> = kept.collect();
        for key in found {
            *counts.entry(key.clone()).or_default() += 1;
        }
        let entries = counts.into_iter().map(|(key, count)| Entry { key, count });
        Self {
            version: VERSION,
            findings: entries.collect(),
        }
    }

    /// The findings of a file's text, each with its number.
    fn read(text: &str) -> Result<BTreeMap<Key, usize>, String> {
        let document: Self = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            match error.classify() {
                Category::Data => format!("its members are others (line {line}, column {column})"),
                _ => format!("it is no JSON (line {line}, column {column})"),
            }
        })?;
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
    /// Says what was written, what was not found again and what was not looked at.
    pub(super) fn tell(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let errors = &mut streams.errors;
        if let Some((count, file)) = &self.written {
            let findings = counted(*count, "finding");
            writeln!(errors, "note: {findings} written to `{file}`")?;
        }
        let entries = |count| match count {
            1 => "1 entry".to_owned(),
            count => format!("{count} entries"),
        };
        if self.not_looked_at > 0 {
            let (entries, of) = (entries(self.not_looked_at), "files that were not looked at");
            writeln!(errors, "note: {entries} of the baseline for {of}")?;
        }
        if self.gone.is_empty() {
            return Ok(());
        }
        let match_ = if self.gone.len() == 1 {
            "matches"
        } else {
            "match"
        };
        writeln!(
            errors,
            "note: {} of the baseline {match_} nothing any more; --write-baseline takes what is gone out",
            entries(self.gone.len())
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

fn key(places: &mut Places<'_>, files: &BTreeMap<FileId, String>, finding: &Diagnostic) -> Key {
    let Place { path, text } = places.place(finding);
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

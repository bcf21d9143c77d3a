//! `check --fix`: what can be mended is mended, as long as that makes nothing else wrong.

use std::collections::BTreeMap;
use std::ops::Range;

use clap::Args;
use pipewright_lint::{Checked, Chosen, Fewer, Options, Wanted, apply, choose, fewer};
use pipewright_source::{Diagnostic, FileId, SourceFile};
use similar::TextDiff;

use crate::batch::{Batch, CheckResult};
use crate::counted::{counted, counted_as};
use crate::exit::Failure;
use crate::printable::{printable, printable_lines};
use crate::progress::Progress;
use crate::statistics::Clock;
use crate::{Streams, rewritten};

/// How often all files are checked to see what fixes do; what is not right by then stays as it is.
const MOST_TRIES: usize = 32;

/// What is mended.
#[derive(Args, Debug)]
pub(super) struct Fixing {
    /// Put safe fixes into the files, and report what is left
    #[arg(long, help_heading = "Fixes")]
    fix: bool,

    /// Put fixes into the files that change what the pipeline does, too
    #[arg(long, help_heading = "Fixes")]
    unsafe_fixes: bool,

    /// Print what --fix or --unsafe-fixes would change and leave the files alone: 0 for nothing, 1 for something
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
}

/// What came of mending.
pub(super) struct Fixed {
    /// What each changed file held before.
    before: BTreeMap<FileId, SourceFile>,
    /// How many fixes were put in.
    count: usize,
    /// How many kinds of fixes were left out because something else would go wrong.
    refused: usize,
    /// Whether no try was left for the rest.
    is_cut_short: bool,
}

impl Fixing {
    /// Whether anything is to be mended.
    pub(super) const fn is_wanted(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }

    /// Whether the changes are printed instead of made.
    pub(super) const fn is_diff(&self) -> bool {
        self.diff
    }

    /// Mends the texts of the batch.
    pub(super) fn mend(&self, batch: &mut Batch, options: &Options) -> Fixed {
        let mut wanted = Wanted::new(self.unsafe_fixes);
        let mut fixed = Fixed {
            before: BTreeMap::new(),
            count: 0,
            refused: 0,
            is_cut_short: false,
        };
        let mut found = checked(batch, options).diagnostics;
        let mut tries = 0..MOST_TRIES;
        loop {
            let chosen = choose(&found, &wanted, |id| batch.may_change(id));
            let next = first_that_hold(batch, &found, chosen, options, &mut wanted, &mut tries);
            let Some((outcome, before, count)) = next else {
                if wanted.refused() > fixed.refused {
                    // Without these others may be taken that were in their way.
                    fixed.refused = wanted.refused();
                    continue;
                }
                break;
            };
            found = outcome.diagnostics;
            fixed.count += count;
            for (id, file) in before {
                fixed.before.entry(id).or_insert(file);
            }
        }
        fixed.refused = wanted.refused();
        fixed.is_cut_short = tries.is_empty();
        let holds_other = |(id, file): &(FileId, SourceFile)| {
            let now = batch.snapshot.source(*id);
            now.is_some_and(|now| now.text() != file.text())
        };
        let before = std::mem::take(&mut fixed.before).into_iter();
        fixed.before = before.filter(holds_other).collect();
        fixed
    }
}

fn checked(batch: &Batch, options: &Options) -> CheckResult {
    let progress = Progress::new(batch.len(), false);
    batch.check(options, &progress, &mut Clock::start())
}

/// What a round comes to: what is found then, the files it changed as they were, and how many fixes it took.
type Round = (CheckResult, BTreeMap<FileId, SourceFile>, usize);

/// Puts the fixes in if no rule then finds more in a file than before; otherwise fewer of them, as long as there are
/// tries left. `None` where no fix is left.
fn first_that_hold(
    batch: &mut Batch,
    found: &[Diagnostic],
    mut chosen: Vec<Chosen<'_>>,
    options: &Options,
    wanted: &mut Wanted,
    tries: &mut Range<usize>,
) -> Option<Round> {
    while !chosen.is_empty() && tries.next().is_some() {
        let texts = apply(batch.snapshot.sources(), &chosen);
        let before = batch.replace_texts(texts);
        let outcome = checked(batch, options);
        let sources = batch.snapshot.sources();
        let then = Checked {
            findings: found,
            file: |id| before.get(&id).or_else(|| sources.get(id)),
        };
        let now = Checked {
            findings: &outcome.diagnostics,
            file: |id| sources.get(id),
        };
        let fewer = match fewer(&chosen, &then, &now) {
            Some(fewer) => fewer,
            None if outcome.internal_errors.is_empty() => {
                return Some((outcome, before, chosen.len()));
            }
            None => Fewer::half_of(&chosen),
        };
        let texts = before.into_iter();
        batch.replace_texts(
            texts
                .map(|(id, file)| (id, file.text().to_owned()))
                .collect(),
        );
        fewer.refused.iter().for_each(|of| wanted.refuse(*of));
        chosen = fewer.kept;
    }
    None
}

impl Fixed {
    /// How many files differ from what they were.
    pub(super) fn files(&self) -> usize {
        self.before.len()
    }

    /// Prints what differs.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub(super) fn print(&self, batch: &Batch, streams: &mut Streams<'_>) -> Result<(), Failure> {
        for (id, before) in &self.before {
            let Some(now) = batch.snapshot.source(*id) else {
                continue;
            };
            let name = printable(before.name());
            let diff = TextDiff::from_lines(before.text(), now.text());
            let diff = diff.unified_diff().header(&name, &name).to_string();
            write!(streams.output, "{}", printable_lines(&diff))?;
        }
        Ok(())
    }

    /// Puts the texts into the files. A file that somebody else has changed meanwhile stays as it is.
    ///
    /// # Errors
    /// When a file cannot be written or is another one by now; those before it are written.
    pub(super) fn write(&self, batch: &Batch, streams: &mut Streams<'_>) -> Result<(), Failure> {
        for (id, before) in &self.before {
            if let Some(now) = batch.snapshot.source(*id) {
                rewritten::write(before, now.text(), "fix", streams)?;
            }
        }
        Ok(())
    }

    /// What was mended, as a sentence without its end.
    pub(super) fn sentence(&self, is_diff: bool) -> String {
        if self.count + self.refused == 0 {
            return "there is nothing to fix".to_owned();
        }
        let verb = if is_diff { "would be put" } else { "put" };
        let put = counted_as(self.count, "fix", "fixes");
        let files = counted(self.files(), "file");
        let refused = match self.refused {
            0 => String::new(),
            refused => format!(
                "; {} left out, because something else would go wrong then",
                counted_as(refused, "kind of fix", "kinds of fixes")
            ),
        };
        let rest = if self.is_cut_short {
            format!("; stopped after {MOST_TRIES} tries, and the same command goes on from there")
        } else {
            String::new()
        };
        format!("{put} {verb} into {files}{refused}{rest}")
    }
}

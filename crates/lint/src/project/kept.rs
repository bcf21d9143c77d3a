//! What was found before, so that an edit checks again only what it can change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pipewright_analysis::{Analysis, Prepared, Snapshot, WrittenOut};
use pipewright_source::{Diagnostic, FileId};

use super::{View, foreign, of_several, recheck_file, view, waits};
use crate::finding::Finding;
use crate::{Options, check};

/// The findings of all files of a snapshot that is edited again and again: what [`crate::check_all`] finds, without
/// asking again what no edit can have changed.
#[derive(Debug, Default)]
pub struct Kept {
    options: Options,
    files: BTreeMap<FileId, OfFile>,
    /// The files that were seen anew since findings were told.
    seen_anew: BTreeSet<FileId>,
    /// What was known before edits and is not any more.
    replaced: Vec<OfFile>,
}

/// What is known of one file.
#[derive(Debug)]
struct OfFile {
    analysis: Arc<Analysis>,
    /// Whether a comment of it is judged only when all files were looked at.
    waits: bool,
    /// What is found in it by itself.
    alone: Vec<Diagnostic>,
    viewed: Option<Viewed>,
    /// What is found in it with all others.
    together: Option<Together>,
}

/// A file with its templates written out, and what it was made of.
#[derive(Debug)]
struct Viewed {
    whole: Arc<WrittenOut>,
    /// Its pipelines as they were evaluated.
    prepared: Vec<Option<Arc<Prepared>>>,
    view: Option<View>,
}

/// What is found in a file with all others, and what others had to say of it.
#[derive(Debug)]
struct Together {
    foreign: Vec<Finding>,
    found: Vec<Diagnostic>,
}

impl OfFile {
    fn found(&self) -> &[Diagnostic] {
        let together = self.together.as_ref();
        together.map_or(&self.alone, |together| &together.found)
    }
}

impl Kept {
    /// The findings of a file as of the latest check, sorted by start, then rule. Empty where it was not there.
    pub fn found(&self, file: FileId) -> &[Diagnostic] {
        self.files.get(&file).map_or(&[], OfFile::found)
    }

    /// Drops what edits have replaced. The next check drops it otherwise; to do it before takes that time where nobody
    /// waits.
    pub fn forget_edits(&mut self) {
        self.replaced.clear();
    }

    /// Checks what the edits since the latest check can have changed; with other options than then, everything.
    pub fn check(&mut self, snapshot: &Snapshot, options: &Options) {
        while !self.check_some(snapshot, options, usize::MAX) {}
    }

    /// The same in pieces: looks at no more than so many files. Whether all is done; until then, the findings are those
    /// of before, or those of files by themselves.
    pub fn check_some(&mut self, snapshot: &Snapshot, options: &Options, files: usize) -> bool {
        self.forget_edits();
        if self.options != *options {
            self.files.clear();
            self.options = options.clone();
        }
        let there = |id: &FileId| snapshot.source(*id).is_some();
        self.files.retain(|id, _| there(id));
        let of_several = of_several(options);
        let mut left = files;
        // Every file by itself first: to look at one together with others takes the text of all of them.
        for is_together in [false, true] {
            for (id, _) in snapshot.sources().iter() {
                let is_new = if is_together {
                    self.view(snapshot, id)
                } else {
                    self.read(snapshot, id, &of_several)
                };
                if !is_new {
                    continue;
                }
                self.seen_anew.insert(id);
                left = left.saturating_sub(1);
                if left == 0 {
                    return false;
                }
            }
        }
        let seen_anew = std::mem::take(&mut self.seen_anew);
        self.tell(snapshot, &seen_anew);
        true
    }

    /// Checks a file by itself where its text is another one. Whether it was.
    fn read(&mut self, snapshot: &Snapshot, id: FileId, of_several: &[&str]) -> bool {
        let Some(analysis) = snapshot.analysis(id) else {
            return self.files.remove(&id).is_some();
        };
        let known = self.files.get(&id);
        if known.is_some_and(|known| Arc::ptr_eq(&known.analysis, analysis)) {
            return false;
        }
        let of_file = OfFile {
            analysis: Arc::clone(analysis),
            waits: waits(snapshot, id, of_several, &self.options),
            alone: check(snapshot, id, &self.options),
            viewed: None,
            together: None,
        };
        self.replaced.extend(self.files.insert(id, of_file));
        true
    }

    /// Looks at a file with its templates written out where that is another text. Whether it was.
    fn view(&mut self, snapshot: &Snapshot, id: FileId) -> bool {
        let Some(of_file) = self.files.get_mut(&id) else {
            return false;
        };
        let Some(whole) = snapshot.written_out(id) else {
            return of_file.viewed.take().is_some();
        };
        let prepared = || -> Vec<Option<Arc<Prepared>>> {
            let documents = snapshot.pipelines(id).into_iter();
            let documents = documents.filter(|_| whole.says_more());
            documents
                .map(|document| snapshot.prepared(id, document, &[]).ok())
                .collect()
        };
        let known = of_file.viewed.as_ref();
        let known = known.filter(|known| Arc::ptr_eq(&known.whole, whole));
        let are_same = |known: &Viewed| {
            let now = prepared();
            let mut pairs = known.prepared.iter().zip(&now);
            known.prepared.len() == now.len()
                && pairs.all(|pair| match pair {
                    (Some(then), Some(now)) => Arc::ptr_eq(then, now),
                    (then, now) => then.is_none() && now.is_none(),
                })
        };
        if known.is_some_and(are_same) {
            return false;
        }
        of_file.viewed = Some(Viewed {
            whole: Arc::clone(whole),
            view: view(snapshot, id, &self.options),
            prepared: prepared(),
        });
        true
    }

    /// Tells again what is found in the files that were seen anew, and in those of which others say something else.
    fn tell(&mut self, snapshot: &Snapshot, seen_anew: &BTreeSet<FileId>) {
        let views = self.files.values();
        let views = views.filter_map(|of_file| of_file.viewed.as_ref()?.view.as_ref());
        let mut foreign = foreign(snapshot, views, &self.options);
        for (id, of_file) in &mut self.files {
            let view = of_file.viewed.as_ref().and_then(|of| of.view.as_ref());
            let own = view.and_then(|view| view.own.as_ref());
            let foreign = foreign.remove(id);
            if own.is_none() && foreign.is_none() && !of_file.waits {
                of_file.together = None;
                continue;
            }
            let foreign = foreign.unwrap_or_default();
            let known = of_file.together.as_ref();
            if known.is_some_and(|known| known.foreign == foreign) && !seen_anew.contains(id) {
                continue;
            }
            let report = recheck_file(snapshot, *id, own, foreign.clone(), &self.options);
            of_file.together = report.map(|report| Together {
                found: report.found.diagnostics,
                foreign,
            });
        }
    }
}

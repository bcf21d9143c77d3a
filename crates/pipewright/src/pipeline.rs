//! One pipeline: its names, positions and references.

use std::ops::Range;
use std::sync::Arc;

use pipewright_analysis::{Prepared, Snapshot, WrittenOut};
use pipewright_context::RunPlace;
use pipewright_model::Pipeline as Model;
use pipewright_resolve::{self as resolve, Resolution};
use pipewright_source::{FileId, LineColumn, Span, closest};

use crate::{Error, Scope, Value, Values};

/// A pipeline of a [`Project`](crate::Project) as it is now, with the templates at hand written out.
#[derive(Clone, Debug)]
pub struct Pipeline {
    snapshot: Snapshot,
    file: FileId,
    prepared: Arc<Prepared>,
    whole: Arc<WrittenOut>,
    /// Which of the file's pipelines it is.
    number: usize,
}

/// What stands at a fully qualified name.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Named {
    /// Its value, as far as the files tell.
    pub value: Value,
    /// The file in which it is written; `None` for what only a run makes.
    pub file: Option<String>,
    /// Where in that file, in bytes.
    pub range: Option<Range<usize>>,
}

/// A path that an expression of the pipeline names.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Reference {
    /// The path as it is written: names joined by dots, parts that only a run knows as `*`.
    pub path: String,
    /// The file in which it is written.
    pub file: String,
    /// Where in that file, in bytes.
    pub range: Range<usize>,
    /// The fully qualified name of the node that reads.
    pub from: String,
    /// The fully qualified name of what it points at.
    pub to: Option<String>,
    /// What became of it, in the words of `refs`: `resolved`, `undefined`, `parallel`, `later`, `run-time`, `unknown`,
    /// …
    pub outcome: String,
}

impl Pipeline {
    pub(crate) fn new(snapshot: Snapshot, file: FileId) -> Result<Self, Error> {
        let holders = snapshot.pipelines(file);
        let none = || Error::not_found("the text holds no pipeline", &[]);
        let document = *holders.first().ok_or_else(none)?;
        let prepared = snapshot.prepared(file, document, &[]).map_err(|_| none())?;
        let whole = Arc::clone(snapshot.written_out(file).ok_or_else(none)?);
        Ok(Self {
            number: holders.iter().filter(|at| **at < document).count(),
            snapshot,
            file,
            prepared,
            whole,
        })
    }

    /// What stands at a fully qualified name: the value of a setting, variable or output, and where it is written.
    ///
    /// # Errors
    /// `not-found` where the pipeline has no such name, with those that were probably meant as help.
    pub fn get(&self, fqn: &str) -> Result<Named, Error> {
        let pipeline = self.prepared.pipeline();
        let all = resolve::list(pipeline.tree(), pipeline.pipeline(), pipeline.names(), true);
        let Some(name) = all.iter().find(|name| name.fqn == fqn) else {
            let near = closest(fqn, all.iter().map(|name| name.fqn.as_str()));
            let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
            return Err(Error::not_found(
                format!("the pipeline has no `{fqn}`"),
                &near,
            ));
        };
        let root = self.scope(RunPlace::node(Model::ROOT));
        let value = root.evaluate(&format!("<+{fqn}>"), &Values::new())?;
        let place = name
            .span
            .map(|span| (self.name(span), span.range.to_usize()));
        let (file, range) = place.unzip();
        Ok(Named { value, file, range })
    }

    /// The position of a node or setting by its fully qualified name, or of the only node with an identifier. An
    /// iteration of a looping node may be named by its suffix.
    ///
    /// # Errors
    /// `not-found` where there is none, with those that were probably meant as help.
    pub fn at(&self, name: &str) -> Result<Scope, Error> {
        let place = self
            .prepared
            .pipeline()
            .place(name)
            .map_err(|error| Error::not_found(error.to_string(), error.nearest()))?;
        Ok(self.scope(place))
    }

    /// The position at a line and column of the file, both from 1, columns in Unicode scalar values: the setting that
    /// is written there, or else the innermost node around it; on the line of `- step:` and its like the node behind
    /// it.
    ///
    /// # Errors
    /// `not-found` where the pipeline is not around it.
    pub fn at_position(&self, line: u32, column: u32) -> Result<Scope, Error> {
        let nothing = || Error::not_found(format!("no pipeline is around {line}:{column}"), &[]);
        let source = self.snapshot.source(self.file).ok_or_else(nothing)?;
        let at = LineColumn { line, column };
        let offset = source.line_index().offset_of_scalar(source.text(), at);
        let offset = offset.ok_or_else(nothing)?;
        let pipeline = self.prepared.pipeline();
        let place = pipeline.place_at(self.file, source.text(), offset);
        Ok(self.scope(place.ok_or_else(nothing)?))
    }

    /// Every path that expressions of the pipeline name, in the order of the file, and what became of it.
    pub fn references(&self) -> Vec<Reference> {
        let mut resolved = self.whole.analysis().resolved().zip(self.whole.beyond());
        let Some(((model, resolution), beyond)) = resolved.nth(self.number) else {
            return Vec::new();
        };
        let decided = beyond.decided();
        let tree = self.whole.analysis().tree();
        let reference = |(place, own): (usize, &resolve::Reference)| {
            let (by, became): (&Resolution, &resolve::Reference) = match decided.get(&place) {
                Some((child, reference)) => (&child.resolution, reference),
                None => (resolution, own),
            };
            let span = tree.cover_of(model.sites[own.site].yaml, own.range);
            Reference {
                path: own.path(),
                file: self.name(span),
                range: span.range.to_usize(),
                from: resolution.names.fqn(own.reader),
                to: by.target_name(became),
                outcome: became.verdict.as_str().to_owned(),
            }
        };
        let references = resolution.references.iter().enumerate();
        references.map(reference).collect()
    }

    /// Which stages, groups and steps would run under what is given, and why.
    ///
    /// # Errors
    /// `not-found` where the pipeline has no such stage or step, `input` where something given is not valid or Harness
    /// refuses the pipeline.
    #[cfg(feature = "plan")]
    pub fn plan(&self, given: &crate::Given) -> Result<crate::Plan, Error> {
        crate::plan::plan(&self.prepared, given)
    }

    /// What kind of thing is at the root: `pipeline`, or of a template `stage`, `stepGroup` or `step`.
    pub fn root(&self) -> &'static str {
        self.prepared.pipeline().root_name()
    }

    fn scope(&self, place: RunPlace) -> Scope {
        Scope::new(Arc::clone(&self.prepared), place)
    }

    fn name(&self, span: Span) -> String {
        let file = self.snapshot.source(span.file);
        file.map_or_else(String::new, |file| file.name().to_owned())
    }
}

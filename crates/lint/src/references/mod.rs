//! What the rules on references share: one reference with the words and places its messages need.

mod asked;
pub(crate) mod later;
pub(crate) mod parallel;
mod through_chain;
pub(crate) mod undefined;
mod verdict_kind;

use pipewright_model::{NodeId, NodeKind, Pipeline, Site, SiteKind};
use pipewright_resolve::{
    List, ListedNames, Member, Reference, ReferenceSource, Resolution, Segment, Target, Undefined,
    Verdict, paths_in,
};
use pipewright_source::{Applicability, Diagnostic, Fix, Span, TextRange};
use pipewright_syntax::Language;
use pipewright_yaml::Tree;

use crate::rule_context::{Elsewhere, Evaluated, PlacedReference, RuleContext};
use crate::wording;

pub(crate) use verdict_kind::{Missing, RulesByVerdict, VerdictKind};

/// What a rule on references sees: one reference, where it stands, and the file under check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReferenceContext<'a> {
    /// The file under check.
    pub(crate) file: RuleContext<'a>,
    /// The pipeline it is evaluated in.
    pub(crate) pipeline: &'a Pipeline,
    /// What became of the references that are evaluated there.
    pub(crate) resolution: &'a Resolution,
    /// The reference.
    pub(crate) reference: &'a Reference,
    /// The scalar it stands in.
    site: &'a Site,
    /// Where it is evaluated, if that is another pipeline than that of the file.
    elsewhere: Option<Elsewhere<'a>>,
}

impl<'a> RuleContext<'a> {
    /// Every reference of the file, or of the part of it that is looked at.
    pub(crate) fn references(self) -> impl Iterator<Item = ReferenceContext<'a>> {
        let of_part = self.within.map_or(&[][..], |within| within.references);
        let of_file = self.within.is_none().then(|| self.placed_references());
        let places = of_part.iter().copied();
        places
            .chain(of_file.into_iter().flatten())
            .map(move |place| ReferenceContext {
                file: self,
                pipeline: place.pipeline,
                resolution: place.resolution,
                reference: place.reference,
                site: place.site,
                elsewhere: place.elsewhere,
            })
    }

    /// Every reference of the file by itself.
    fn placed_references(self) -> impl Iterator<Item = PlacedReference<'a>> {
        let resolved = self.analysis.resolved();
        resolved.flat_map(|(pipeline, resolution)| {
            let references = resolution.references.iter();
            references.map(move |reference| PlacedReference {
                pipeline,
                resolution,
                reference,
                site: &pipeline.sites[reference.site],
                elsewhere: None,
            })
        })
    }
}

impl<'a> ReferenceContext<'a> {
    /// The tree that the pipeline was read from, if it is that of the file under check.
    pub(crate) fn tree(&self) -> Option<&'a Tree> {
        self.elsewhere.is_none().then(|| self.file.tree())
    }

    /// The scalar it stands in.
    pub(crate) fn site(&self) -> &'a Site {
        self.site
    }

    /// Where `range` of the scalar's text was written.
    pub(crate) fn written(&self, range: TextRange) -> Span {
        self.file.written(self.site().yaml, range)
    }

    /// The whole path.
    pub(crate) fn span(&self) -> Span {
        self.written(self.reference.range)
    }

    /// The path from its beginning to the end of the segment `last`.
    pub(crate) fn up_to(&self, last: usize) -> TextRange {
        let end = self.reference.segments[last].range.end();
        TextRange::new(self.reference.range.start(), end)
    }

    /// The path from the beginning of the segment `from` to the end of the segment `through`.
    pub(crate) fn between(&self, from: usize, through: usize) -> TextRange {
        let segments = &self.reference.segments;
        TextRange::new(segments[from].range.start(), segments[through].range.end())
    }

    /// The decoded text of the scalar.
    fn whole_text(&self) -> &'a str {
        self.file.tree().text(self.site().yaml).unwrap_or("")
    }

    /// A part of the scalar's text, for a message.
    pub(crate) fn text(&self, range: TextRange) -> String {
        if !self.is_spliced(range) {
            return wording::quoted(range.slice(self.whole_text()));
        }
        let segments = self.reference.segments.iter();
        let mut inside: Vec<&Segment> = segments
            .filter(|segment| range.contains_range(segment.range))
            .collect();
        if inside.iter().all(|segment| segment.range == range) {
            // A value with dots is several parts, of which the last one is meant.
            inside.drain(..inside.len().saturating_sub(1));
        }
        let parts = inside.into_iter().map(|segment| {
            let written = segment.range.slice(self.whole_text());
            segment.name().unwrap_or(written)
        });
        wording::quoted(&parts.collect::<Vec<_>>().join("."))
    }

    /// Whether a part of the path in `range` is given by a variable, whose value stands in its place.
    fn is_spliced(&self, range: TextRange) -> bool {
        let mut segments = self.reference.segments.iter();
        segments.any(|segment| {
            let is_given = segment.name().is_some() && self.is_given(segment);
            range.contains_range(segment.range) && is_given
        })
    }

    fn is_given(&self, segment: &Segment) -> bool {
        let written = segment.range.slice(self.whole_text());
        self.pipeline.version.may_hold_expression(written)
    }

    /// If the part at `range` follows a dot: the longest of the names that the text goes on with from there, though
    /// that is no part of a path (`my-name`, `my.name`), and its range from the dot on.
    pub(crate) fn name_of_several_parts<'n>(
        &self,
        range: TextRange,
        names: &'n ListedNames,
    ) -> Option<(&'n str, TextRange)> {
        let (before, text) = self.whole_text().split_at_checked(range.start() as usize)?;
        let dot = before.strip_suffix('.')?.len();
        let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let name = names.longest_in_front(text, |behind| !goes_on(behind))?;
        let is_longer = name.len() > range.slice(self.whole_text()).len();
        is_longer.then(|| (name, TextRange::of(dot, before.len() + name.len())))
    }

    /// Where the name of a segment stands, without the brackets and quotes of `["name"]` and `get("name")`.
    pub(crate) fn name_in(&self, segment: usize) -> TextRange {
        let segment = &self.reference.segments[segment];
        let text = self.whole_text();
        let written = segment.name().filter(|_| !self.is_given(segment));
        let place = written.and_then(|name| {
            let at = segment.range.slice(text).rfind(name)?;
            Some(TextRange::of(at, at + name.len()).shift(segment.range.start()))
        });
        place.unwrap_or(segment.range)
    }

    /// The node that reads.
    pub(crate) fn reader(&self) -> NodeId {
        self.reference.reader
    }

    /// Who reads, for a message: the node, or its condition.
    pub(crate) fn reading(&self) -> String {
        if let Some((noun, pipeline)) = self.evaluated() {
            return format!("this {noun}, evaluated in {pipeline},");
        }
        let reader = self.name(self.reader());
        match self.site().kind {
            SiteKind::Condition => format!("the condition of {reader}"),
            _ => reader,
        }
    }

    /// What is evaluated in another pipeline, and in which: identifier and file.
    fn evaluated(&self) -> Option<(&'static str, String)> {
        let Elsewhere { file, what } = self.elsewhere?;
        let root = self.pipeline.node(Pipeline::ROOT);
        let identifier = root.identifier.as_ref().map_or("", |name| &name.text);
        let pipeline = format!("pipeline `{identifier}` (`{}`)", file.name());
        Some((what.noun(), pipeline))
    }

    /// The run it is evaluated in, inside a sentence.
    pub(crate) fn run(&self) -> String {
        let run = "the run".to_owned();
        match self.evaluated() {
            Some((_, pipeline)) => format!("{run} of {pipeline}"),
            None => run,
        }
    }

    /// The pipeline it is evaluated in, at the end of a sentence.
    pub(crate) fn whole(&self) -> String {
        match self.evaluated() {
            Some((noun, pipeline)) => format!("{pipeline}, where this {noun} is evaluated"),
            None => "this pipeline".to_owned(),
        }
    }

    /// Of which pipeline something is, where that is not the one of the file: a piece of a sentence with a blank in
    /// front.
    pub(crate) fn of_child(&self) -> String {
        match self.elsewhere {
            Some(_) => format!(" of {}", self.whole()),
            None => String::new(),
        }
    }

    /// Whether it is evaluated in another pipeline than it stands in.
    pub(crate) fn is_in_child(&self) -> bool {
        self.elsewhere.is_some()
    }

    /// What comes of a name that is not found.
    pub(crate) fn when_not_found(&self) -> &'static str {
        match self.elsewhere.map(|elsewhere| elsewhere.what) {
            Some(Evaluated::Output) => {
                "not found at run time: the output keeps this text, or is null"
            }
            None if self.is_spliced(self.reference.range) => {
                "not found at run time: the path stays a text"
            }
            Some(Evaluated::Value) | None => "null at run time",
        }
    }

    /// The names of the list in which one is missing. Of a child only what its pipeline says: its file is not the one
    /// under check.
    pub(crate) fn names_of(&self, undefined: &'a Undefined) -> Option<&'a ListedNames> {
        let is_of_pipeline = matches!(undefined.list, List::Nodes(..) | List::Variables(_));
        (is_of_pipeline || !self.is_in_child()).then_some(&*undefined.names)
    }

    /// A node by kind and identifier.
    pub(crate) fn name(&self, node: NodeId) -> String {
        wording::node(self.pipeline, node)
    }

    /// A node by kind, identifier and, where it stands in another stage than the reader, that stage.
    pub(crate) fn name_with_stage(&self, node: NodeId) -> String {
        let stage_of = |node| self.pipeline.enclosing(node, NodeKind::Stage);
        match stage_of(node) {
            Some(stage) if stage != node && stage_of(self.reader()) != Some(stage) => {
                format!("{} in {}", self.name(node), self.name(stage))
            }
            _ => self.name(node),
        }
    }

    /// What of a node is read: ``the output of step `Build` ``.
    pub(crate) fn what(&self, target: Target) -> String {
        let node = self.name_with_stage(target.node);
        match target.member {
            Member::Node | Member::Section(_) => node,
            Member::Setting | Member::StageSpec => format!("a setting of {node}"),
            Member::Variable(at) => {
                let variables = &self.pipeline.node(target.node).variables;
                match variables.get(at as usize) {
                    Some(variable) => format!("variable `{}` of {node}", variable.name.text),
                    None => format!("a variable of {node}"),
                }
            }
            Member::Status => format!("the status of {node}"),
            Member::RunTime => format!("a run-time value of {node}"),
            Member::Output => format!("the output of {node}"),
        }
    }

    /// A fix that writes `text` in place of a part of the scalar's text, if the file can hold it there.
    pub(crate) fn replace(
        &self,
        range: TextRange,
        text: &str,
        applicability: Applicability,
    ) -> Option<Fix> {
        if self.is_spliced(range) {
            // The mistake stands where the value of the variable is given.
            return None;
        }
        let title = format!("write `{text}`");
        let edits = [(range, text)];
        self.file
            .fix(title, applicability, self.site().yaml, &edits)
    }

    /// Adds that at `range` probably `name` was meant.
    pub(crate) fn did_you_mean(
        &self,
        mut finding: Diagnostic,
        range: TextRange,
        name: &str,
    ) -> Diagnostic {
        let before = &self.whole_text()[..range.start() as usize];
        let in_quotes = before.ends_with(['"', '\'']) && !name.contains(['"', '\'', '\\']);
        if in_quotes || is_part_of_path(name) {
            let fix = self.replace(range, name, Applicability::Unsafe);
            finding.fixes.extend(fix);
            return finding.with_help(format!("did you mean `{name}`?"));
        }
        // A name with other characters, or one that is a word of the language, is read by `get` alone.
        let call = get_call(name);
        if name.contains(['"', '\\', '<', '>', '\n']) || !before.ends_with('.') {
            return finding.with_help(format!("did you mean `{name}`?"));
        }
        let with_dot = TextRange::new(range.start() - 1, range.end());
        let fix = self.replace(with_dot, &call, Applicability::Unsafe);
        finding.fixes.extend(fix);
        finding.with_help(format!(
            "did you mean `{name}`? It is one name: read it by `{call}`"
        ))
    }

    /// The node that is read and where the last part of the path stands, if that is `word`.
    pub(crate) fn read_of_status(&self, word: &str) -> Option<(NodeId, TextRange)> {
        let target = self.reference.verdict.target()?;
        let last = self.reference.segments.len().checked_sub(1)?;
        let is_word = self.reference.segments[last].name() == Some(word);
        is_word.then(|| (target.node, self.name_in(last)))
    }

    /// What a finding about it is about: the name that is missing and where it was looked for, or the path and who
    /// reads it; the same in the other language is another mistake, which who looks for the first overlooks. `None`
    /// where the name alone is wrong, whoever reads it.
    fn subject(&self) -> Option<String> {
        let subject = self.subject_in_jexl()?;
        Some(match self.language() {
            Language::Jexl => subject,
            Language::Cel => format!("{subject} in CEL"),
        })
    }

    /// What it is written in.
    fn language(&self) -> Language {
        let text = self.resolution.texts.get(self.reference.site);
        let island = match self.reference.source {
            ReferenceSource::Island(id) => text.and_then(|text| text.template.get(id)),
            _ => None,
        };
        island.map_or(Language::Jexl, |island| island.language)
    }

    fn subject_in_jexl(&self) -> Option<String> {
        let root = (self.pipeline.file, self.pipeline.node(Pipeline::ROOT).yaml);
        let (list, node, segment) = match &self.reference.verdict {
            Verdict::UnknownRoot => return None,
            // How to reach what stands elsewhere depends on who reads.
            Verdict::Undefined(missing) if missing.elsewhere.is_none() => {
                (missing.list, None, missing.segment)
            }
            Verdict::NoInstance(missing) => (missing.list, Some(missing.node), missing.segment),
            _ => {
                let path = self.reference.range.slice(self.whole_text());
                return Some(format!("{root:?} {:?} {path}", self.reader()));
            }
        };
        let name = self.reference.segments[segment].name()?;
        Some(format!("{root:?} {list:?} {node:?} {name}"))
    }

    /// Whether it stands in a template of another file.
    pub(crate) fn is_in_template(&self) -> bool {
        self.file.tree().file_of(self.site().yaml) != self.pipeline.file
    }

    /// Adds the place where a node is defined.
    pub(crate) fn with_definition(&self, finding: Diagnostic, node: NodeId) -> Diagnostic {
        match &self.pipeline.node(node).identifier {
            Some(identifier) => finding.with_related(
                identifier.span,
                format!("{} is defined here", self.name(node)),
            ),
            None => finding,
        }
    }
}

/// What reads a name that is no part of a path.
pub(super) fn get_call(name: &str) -> String {
    format!(".get(\"{name}\")")
}

/// Whether a name can stand behind a dot and is read as one name there.
fn is_part_of_path(name: &str) -> bool {
    let path = format!("pipeline.{name}");
    let paths = paths_in(&format!("<+{path}>"));
    matches!(paths.as_slice(), [(read, _)] if *read == path)
}

//! The texts of a file that rules on values look at: each with what it comes to.

use std::cell::OnceCell;

use foldhash::HashMap;
use pipewright_analysis::{SiteValue, SiteValues};
use pipewright_engine::Error;
use pipewright_jexl::Value;
use pipewright_model::{Pipeline, ScriptLanguage, Site, SiteKind};
use pipewright_resolve::{Reference, Resolution, SiteText};
use pipewright_source::{Span, TextRange};
use pipewright_syntax::{Expr, ExprKind, IslandId, Language};

use crate::expressions::without_parentheses;
use crate::finding::Findings;
use crate::rule_context::RuleContext;
use crate::runs::Runs;
use crate::script::Script;
use crate::whens::{Choice, Condition, NotKnown, Whens};
use crate::{Rule, v1};

/// The kinds of text that are evaluated where they stand.
pub(crate) const EVALUATED: &[SiteKind] = &[
    SiteKind::Condition,
    SiteKind::Evaluated,
    SiteKind::Script,
    SiteKind::Variable,
    SiteKind::Loop,
    SiteKind::Text,
    SiteKind::Setting,
];

/// What a rule on values sees: one text, where it stands, and what it comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SiteContext<'a> {
    /// The file under check.
    pub(crate) file: RuleContext<'a>,
    /// The pipeline it stands in.
    pub(crate) pipeline: &'a Pipeline,
    /// Its scalar.
    pub(crate) site: &'a Site,
    /// Its text.
    pub(crate) text: &'a str,
    /// The text, taken apart.
    pub(crate) parsed: &'a SiteText,
    /// The references in it, from left to right.
    pub(crate) references: &'a [Reference],
    values: &'a DocumentValues<'a>,
}

/// What the texts of one document come to: made when a rule asks for it.
#[derive(Debug)]
struct DocumentValues<'a> {
    file: RuleContext<'a>,
    document: usize,
    pipeline: &'a Pipeline,
    resolution: &'a Resolution,
    values: OnceCell<Option<SiteValues>>,
    whens: OnceCell<Whens<'a>>,
    runs: Runs<'a>,
}

impl<'a> DocumentValues<'a> {
    /// Of a file by itself its own text tells; of one with what it uses written out that does.
    fn get(&self) -> Option<&SiteValues> {
        let make = || {
            let (file, document) = (self.file, self.document);
            if file.within.is_none() {
                return file.analysis.values(document).cloned();
            }
            let prepared = file.snapshot.prepared(file.analysis.file(), document, &[]);
            Some(prepared.ok()?.values().clone())
        };
        self.values.get_or_init(make).as_ref()
    }

    fn whens(&self) -> &Whens<'a> {
        let make = || Whens::of(self.file, self.pipeline, self.resolution);
        self.whens.get_or_init(make)
    }
}

impl<'a> SiteContext<'a> {
    /// The expressions in the text that could be read: the whole, where it is evaluated as one, and the insides of
    /// islands, each with its range.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = (TextRange, &'a Expr)> {
        let parsed = self.parsed;
        let whole = parsed.whole.iter();
        let whole = whole.map(|whole| (TextRange::of(0, self.text.len()), whole));
        let islands = parsed.template.islands.iter().zip(&parsed.islands);
        let islands = islands.map(|(island, inside)| (island.inner, inside));
        whole.chain(islands).filter_map(|(range, parsed)| {
            let expression = parsed.as_ref().ok()?.as_ref()?;
            Some((range, expression))
        })
    }

    /// The reference that an expression is as a whole: a path, or an island with a path in it.
    pub(crate) fn reference(&self, expression: &Expr) -> Option<&'a Reference> {
        let expression = without_parentheses(expression);
        let range = match &expression.kind {
            ExprKind::Name(name) => match name.as_island() {
                Some(id) => self.parsed.template.get(id)?.inner,
                None => expression.range,
            },
            ExprKind::Chain { .. } => expression.range,
            _ => return None,
        };
        self.reference_at(range)
    }

    /// The reference that a part of the text is as a whole, without the blanks around it.
    pub(crate) fn reference_at(&self, range: TextRange) -> Option<&'a Reference> {
        let is_all = |reference: &&Reference| {
            range.contains_range(reference.range)
                && reference.range.len() as usize == range.slice(self.text).trim().len()
        };
        self.references.iter().find(is_all)
    }

    /// What the text comes to where and when it is read, see [`SiteValues::value_at`]. `None` where the file has too
    /// much to evaluate.
    pub(crate) fn value(&self) -> Option<SiteValue> {
        let values = self.values.get()?;
        values.value_at(self.site, self.file.profile())
    }

    /// What a part of the text comes to, read as an expression.
    pub(crate) fn value_of(&self, range: TextRange) -> Option<SiteValue> {
        self.value_of_text(range.slice(self.text))
    }

    /// What an expression comes to where the text stands.
    pub(crate) fn value_of_text(&self, expression: &str) -> Option<SiteValue> {
        let values = self.values.get()?;
        values.value_of(expression, self.site, self.file.profile())
    }

    /// The conditions of the pipeline.
    pub(crate) fn whens(&self) -> &'a Whens<'a> {
        self.values.whens()
    }

    /// The runs of the pipeline.
    pub(crate) fn runs(&self) -> &'a Runs<'a> {
        &self.values.runs
    }

    /// Values for which some conditions hold and another does not, see [`Whens::choice`].
    pub(crate) fn choice(
        &self,
        hold: &[Condition<'a>],
        fails: Condition<'a>,
    ) -> Result<Option<Choice>, NotKnown> {
        self.whens().choice(self.values.get(), hold, Some(fails))
    }

    /// What another condition of the pipeline comes to.
    pub(crate) fn value_of_condition(&self, condition: &Condition<'_>) -> Option<Value> {
        let values = self.values.get()?;
        let value = values.value_at(condition.site, self.file.profile())?;
        value.value.ok()
    }

    /// The outermost islands in a part of the text, each with what it comes to. Those that are not answered are left
    /// out.
    pub(crate) fn values_of_islands(
        &self,
        part: TextRange,
    ) -> impl Iterator<Item = (TextRange, Result<Value, Error>)> {
        let islands = self.parsed.template.islands.iter();
        let outermost = islands
            .filter(move |island| island.parent.is_none() && part.contains_range(island.range));
        outermost.filter_map(|island| Some((island.range, self.value_of(island.range)?.value)))
    }

    /// The text as a script of its language; `None` where that is not known.
    pub(crate) fn script(&self) -> Option<(ScriptLanguage, Script)> {
        let language = self.pipeline.script_language(self.file.tree(), self.site)?;
        let expressions: Vec<TextRange> = self.outermost().map(|(_, range)| range).collect();
        Some((language, Script::read(self.text, language, &expressions)))
    }

    /// The outermost expressions of the text.
    pub(crate) fn outermost(&self) -> impl Iterator<Item = (IslandId, TextRange)> {
        self.parsed.template.roots()
    }

    /// What becomes of a call at `range` that fails, as the label of a finding. An expression without others inside it
    /// is null; one with others, and a condition outside of expressions, fails what it stands in (`spec/engine.md`
    /// §2.4, §5).
    pub(crate) fn label_of_failed_call(&self, range: TextRange) -> &'static str {
        let template = &self.parsed.template;
        let islands = template.islands.iter().zip(0..);
        let around = islands.filter(|(island, _)| island.inner.contains_range(range));
        let is_plain = around
            .last()
            .is_some_and(|(_, id)| template.children(IslandId(id)).next().is_none());
        match self.site.kind {
            _ if is_plain => "the call fails: null at run time",
            SiteKind::Condition => "the call fails, and the condition with it",
            _ => "the call fails, and the step with it",
        }
    }

    /// The tree of an expression, if it could be read.
    pub(crate) fn tree(&self, island: IslandId) -> Option<&'a Expr> {
        let parsed = self.parsed.islands.get(island.0 as usize)?;
        parsed.as_ref().ok()?.as_ref()
    }

    /// The names of an expression of CEL that is one path and nothing else, with `*` for what is no name.
    pub(crate) fn path_of_cel(&self, island: IslandId) -> Option<Vec<&'a str>> {
        let island = self.parsed.template.get(island)?;
        let island = Some(island).filter(|island| island.language == Language::Cel)?;
        let segments = &self.reference_at(island.inner)?.segments;
        Some(
            segments
                .iter()
                .map(|segment| segment.name().unwrap_or("*"))
                .collect(),
        )
    }

    /// Where `range` of the text was written.
    pub(crate) fn written(&self, range: TextRange) -> Span {
        self.file.written(self.site.yaml, range)
    }
}

/// What a rule does with a text.
type CheckSite = fn(&SiteContext<'_>, &mut Findings);

/// The rules that look at texts and what they come to, by the kinds of text they handle.
#[derive(Debug, Default)]
pub(crate) struct RulesBySite {
    handlers: HashMap<SiteKind, Vec<(&'static Rule, CheckSite)>>,
}

impl RulesBySite {
    /// Adds a rule that looks at texts of those kinds.
    pub(crate) fn add(&mut self, rule: &'static Rule, kinds: &[SiteKind], check: CheckSite) {
        for kind in kinds {
            self.handlers.entry(*kind).or_default().push((rule, check));
        }
    }

    /// Gives every text of the file's own to the rules that handle it.
    pub(crate) fn run(&self, file: RuleContext<'_>, findings: &mut Findings) {
        if self.handlers.is_empty() {
            return;
        }
        let documents = file.analysis.documents().iter().enumerate();
        let holders = documents.filter(|(_, document)| document.pipeline().is_some());
        for ((document, _), (pipeline, resolution)) in holders.zip(file.analysis.resolved()) {
            let values = DocumentValues {
                file,
                document,
                pipeline,
                resolution,
                values: OnceCell::new(),
                whens: OnceCell::new(),
                runs: Runs::of(file, document, resolution),
            };
            let mut references = resolution.references.as_slice();
            for (place, site) in pipeline.sites.iter().enumerate() {
                let of_site = references.partition_point(|reference| reference.site <= place);
                let (here, behind) = references.split_at(of_site);
                references = behind;
                let Some(handlers) = self.handlers.get(&site.kind) else {
                    continue;
                };
                let parsed = &*resolution.texts[place];
                let has_none = parsed.whole.is_none() && parsed.template.islands.is_empty();
                if has_none || !file.is_own(site) {
                    continue;
                }
                let context = SiteContext {
                    file,
                    pipeline,
                    site,
                    text: file.tree().text(site.yaml).unwrap_or_default(),
                    parsed,
                    references: here,
                    values: &values,
                };
                for (rule, check) in handlers {
                    if v1::holds(rule, pipeline.version) {
                        check(&context, findings);
                    }
                }
            }
        }
    }
}

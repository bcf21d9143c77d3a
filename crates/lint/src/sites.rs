//! The texts of a file that rules on values look at: each with what it comes to.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use pipewright_analysis::{SiteValue, SiteValues};
use pipewright_engine::Error;
use pipewright_jexl::Value;
use pipewright_model::{Pipeline, Site, SiteKind};
use pipewright_resolve::SiteText;
use pipewright_source::{Span, TextRange};

use crate::finding::Findings;
use crate::rule_context::RuleContext;

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
    values: &'a DocumentValues<'a>,
}

/// What the texts of one document come to: made when a rule asks for it.
#[derive(Debug)]
struct DocumentValues<'a> {
    file: RuleContext<'a>,
    document: usize,
    values: OnceCell<Option<SiteValues>>,
}

impl DocumentValues<'_> {
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
}

impl SiteContext<'_> {
    /// What the text comes to where and when it is read, see [`SiteValues::value_at`]. `None` where the file has too much to evaluate.
    pub(crate) fn value(&self) -> Option<SiteValue> {
        let values = self.values.get()?;
        values.value_at(self.site, self.file.options.profile())
    }

    /// What a part of the text comes to, read as an expression.
    pub(crate) fn value_of(&self, range: TextRange) -> Option<SiteValue> {
        let (values, expression) = (self.values.get()?, range.slice(self.text));
        values.value_of(expression, self.site, self.file.options.profile())
    }

    /// The outermost islands in a part of the text, each with what it comes to. Those that are not answered are left out.
    pub(crate) fn values_of_islands(
        &self,
        part: TextRange,
    ) -> impl Iterator<Item = (TextRange, Result<Value, Error>)> {
        let islands = self.parsed.template.islands.iter();
        let outermost = islands
            .filter(move |island| island.parent.is_none() && part.contains_range(island.range));
        outermost.filter_map(|island| Some((island.range, self.value_of(island.range)?.value)))
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
    handlers: HashMap<SiteKind, Vec<CheckSite>>,
}

impl RulesBySite {
    /// Adds a rule that looks at texts of those kinds.
    pub(crate) fn add(&mut self, kinds: &[SiteKind], check: CheckSite) {
        for kind in kinds {
            self.handlers.entry(*kind).or_default().push(check);
        }
    }

    /// Gives every text of the file's own to the rules that handle it.
    pub(crate) fn run(&self, file: RuleContext<'_>, findings: &mut Findings) {
        if self.handlers.is_empty() {
            return;
        }
        for (document, holder) in file.analysis.documents().iter().enumerate() {
            let Some(pipeline) = holder.pipeline() else {
                continue;
            };
            let values = DocumentValues {
                file,
                document,
                values: OnceCell::new(),
            };
            for site in pipeline.sites.iter().filter(|site| file.is_own(site)) {
                let Some(handlers) = self.handlers.get(&site.kind) else {
                    continue;
                };
                let text = file.tree().text(site.yaml).unwrap_or_default();
                let parsed: Arc<SiteText> = file.snapshot.parsed_text(text, site.kind);
                if parsed.whole.is_none() && parsed.template.islands.is_empty() {
                    continue;
                }
                let context = SiteContext {
                    file,
                    pipeline,
                    site,
                    text,
                    parsed: &parsed,
                    values: &values,
                };
                for check in handlers {
                    check(&context, findings);
                }
            }
        }
    }
}

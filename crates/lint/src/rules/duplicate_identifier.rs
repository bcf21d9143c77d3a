//! `duplicate-identifier`

use foldhash::HashMap;
use pipewright_model::{Item, Located, NodeKind, Pipeline, SectionKind};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule =
    declare!("duplicate-identifier", Structure, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let of_node = || wording::node(pipeline, id);
            for section in &node.sections {
                let place = || match section.kind {
                    SectionKind::Stages => "this pipeline".to_owned(),
                    kind => format!("the `{}` of {}", kind.as_str(), of_node()),
                };
                Names::new(&place, findings).walk(pipeline, &section.items);
            }
            let place = || format!("the variables of {}", of_node());
            let mut names = Names::new(&place, findings);
            for variable in &node.variables {
                names.add("variable", &variable.name);
            }
        }
    }
}

/// The names of one list. A step and a step group may share one: Harness does not call that a repetition.
struct Names<'a> {
    /// Where the list stands, in words.
    place: &'a dyn Fn() -> String,
    first: HashMap<(&'static str, &'a str), &'a Located>,
    findings: &'a mut Findings,
}

impl<'a> Names<'a> {
    fn new(place: &'a dyn Fn() -> String, findings: &'a mut Findings) -> Self {
        Self {
            place,
            first: HashMap::default(),
            findings,
        }
    }

    /// Parallel blocks belong to the list around them; a placeholder is a list of its own, as what fills it decides its
    /// place.
    fn walk(&mut self, pipeline: &'a Pipeline, items: &'a [Item]) {
        for item in items {
            match item {
                Item::Node(id) => {
                    let node = pipeline.node(*id);
                    if let Some(identifier) = &node.identifier {
                        self.add(noun(node.kind), identifier);
                    }
                }
                Item::Parallel { items, .. } | Item::StageGroup { items, .. } => {
                    self.walk(pipeline, items);
                }
                Item::Insert { items, .. } => {
                    Names::new(self.place, self.findings).walk(pipeline, items);
                }
            }
        }
    }

    fn add(&mut self, noun: &'static str, name: &'a Located) {
        if name.text.contains("<+") {
            return;
        }
        let Some(first) = self.first.get(&(noun, &*name.text)) else {
            self.first.insert((noun, &name.text), name);
            return;
        };
        let finding = RULE
            .finding(
                name.span,
                format!(
                    "{noun} `{}` is there twice in {}",
                    name.text,
                    (self.place)()
                ),
            )
            .with_label("Harness refuses to save the pipeline")
            .with_help(format!("give one of the two another {}", word(noun)))
            .with_related(first.span, format!("the first `{}`", name.text));
        self.findings.add(finding);
    }
}

const fn noun(kind: NodeKind) -> &'static str {
    wording::kind(kind)
}

fn word(noun: &str) -> &'static str {
    if noun == "variable" {
        "name"
    } else {
        "identifier"
    }
}

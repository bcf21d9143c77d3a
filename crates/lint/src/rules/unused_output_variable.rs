//! `unused-output-variable`

use pipewright_model::{DocumentKind, NodeKind};

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::project::{EnvironmentNames, FilesContext};
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule =
    declare!("unused-output-variable", Hygiene per Place, Info, Check::Files(check));

/// The last parts of paths that read outputs as a whole.
const WHOLES: [&str; 3] = ["output", "outputVariables", "outcome"];

fn check(context: &FilesContext<'_>, findings: &mut Findings) {
    for file in context.files() {
        let is_open = context.misses_templates(file.analysis.file())
            || file.tree().recovered()
            || reads_wholes(file);
        if !is_open {
            check_file(context, file, findings);
        }
    }
}

/// Whether the file reads outputs as a whole, or by a name that is computed.
fn reads_wholes(file: RuleContext<'_>) -> bool {
    file.references().any(|reference| {
        let segments = &reference.reference.segments;
        let named = segments.iter().map(pipewright_resolve::Segment::name);
        let mut behind = named.skip_while(|name| !name.is_some_and(|name| WHOLES.contains(&name)));
        match behind.next() {
            // Behind it a name must follow, which may be that of the next whole.
            Some(_) => match behind.find(|name| !name.is_some_and(|name| WHOLES.contains(&name))) {
                Some(name) => name.is_none(),
                None => true,
            },
            None => false,
        }
    })
}

fn check_file(context: &FilesContext<'_>, file: RuleContext<'_>, findings: &mut Findings) {
    let tree = file.tree();
    let environment = EnvironmentNames::of(file.file.text());
    for document in file.analysis.documents().iter() {
        // The outputs of a template are read by those who use it.
        let DocumentKind::Pipeline(pipeline) = &document.kind else {
            continue;
        };
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let spec = tree.find(node.yaml, "spec");
            let Some(spec) = spec.filter(|_| node.kind == NodeKind::Step) else {
                continue;
            };
            // With an alias other pipelines may read them.
            if tree.find(spec, "outputAlias").is_some() {
                continue;
            }
            let list = tree.find(spec, "outputVariables");
            for variable in list.map_or(&[][..], |list| tree.items(list)) {
                let Some(name) = tree.find(*variable, "name") else {
                    continue;
                };
                let text = tree.text(name).unwrap_or("");
                if text.is_empty()
                    || context.reads(text)
                    || is_filled_in_later(text)
                    || environment.contain(text)
                {
                    continue;
                }
                let finding = RULE
                    .finding(
                        tree.span(name),
                        format!(
                            "output variable `{text}` of {} is never read",
                            wording::node(pipeline, id)
                        ),
                    )
                    .with_label("no file at hand reads it")
                    .with_help("remove it, or read it where its value is needed");
                findings.add(finding);
            }
        }
    }
}

//! `jexl-keyword-name`

use pipewright_model::Variable;
use pipewright_model::identifier::{self, IdentifierProblem};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!("jexl-keyword-name", Syntax, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let variables = context.variables();
    let is_reserved = |variable: &&Variable| {
        identifier::problem(&variable.name.text) == Some(IdentifierProblem::Reserved)
    };
    findings.extend(variables.filter(is_reserved).map(finding));
}

fn finding(variable: &Variable) -> Diagnostic {
    let name = &variable.name.text;
    RULE.finding(
        variable.name.span,
        format!("`{name}` is a reserved word: no variable can have that name"),
    )
    .with_label("Harness refuses to save the pipeline")
    .with_help(format!("take another name, such as `{name}_value`"))
}

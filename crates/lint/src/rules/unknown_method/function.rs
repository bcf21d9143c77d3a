//! A function that other languages have and nothing here: `<+lower(…)>`.

use pipewright_engine::instead_of_foreign_function;
use pipewright_source::Diagnostic;
use pipewright_syntax::{Expr, ExprKind};

use super::RULE;
use crate::sites::SiteContext;
use crate::wording;

pub(super) fn judge(context: &SiteContext<'_>, expression: &Expr) -> Option<Diagnostic> {
    let ExprKind::Call { function, .. } = &expression.kind else {
        return None;
    };
    let name = function.as_text()?;
    let instead = instead_of_foreign_function(name)?;
    let finding = RULE.finding(
        context.written(function.range),
        format!("there is no function {}", wording::quoted(name)),
    );
    let finding = finding.with_label(context.label_of_failed_call(expression.range));
    Some(finding.with_help(instead))
}

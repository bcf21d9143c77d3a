//! `number-in-quotes` (`spec/engine.md` §2.7)

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{ExprKind, IslandId, Piece, StringLiteral};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::sites::{EVALUATED, SiteContext};
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "number-in-quotes",
    Conditions,
    Warning,
    Check::Values(EVALUATED, check),
    Safe
);

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for (_, expression) in context.expressions() {
        expression.walk(&mut |expression| {
            if let ExprKind::Str(literal) = &expression.kind {
                let islands = islands_between_letters(literal);
                findings.extend(islands.filter_map(|island| judge(context, island)));
            }
        });
    }
}

/// The islands of a text in quotes that holds something else, too.
fn islands_between_letters(literal: &StringLiteral) -> impl Iterator<Item = IslandId> {
    let pieces = literal.pieces.iter().filter(|_| literal.pieces.len() > 1);
    pieces.filter_map(|piece| match piece {
        Piece::Island(island) => Some(*island),
        Piece::Text(_) => None,
    })
}

fn judge(context: &SiteContext<'_>, island: IslandId) -> Option<Diagnostic> {
    if !context.is_number(island) {
        return None;
    }
    let island = context.parsed.template.get(island)?;
    let written = wording::quoted(island.range.slice(context.text));
    let path = island.inner.slice(context.text).trim();
    let mut finding = RULE
        .finding(
            context.written(island.range),
            format!("{written} is a number, and only texts are joined to a text in quotes"),
        )
        .with_label("an internal name, `VAR…`, stands there instead")
        .with_help(format!("write `<+{path}.toString()>`, or join by `+`"));
    let end = TextRange::empty(
        island.inner.start() + u32::try_from(leading(context, island.inner) + path.len()).ok()?,
    );
    finding.fixes.extend(context.file.fix(
        format!("write `<+{path}.toString()>`"),
        Applicability::Safe,
        context.site.yaml,
        &[(end, ".toString()")],
    ));
    Some(finding)
}

/// How many bytes of blanks a part of the text begins with.
fn leading(context: &SiteContext<'_>, part: TextRange) -> usize {
    let part = part.slice(context.text);
    part.len() - part.trim_start().len()
}

//! `secret-method`

use pipewright_source::TextRange;
use pipewright_syntax::LinkKind;

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::secrets::links_behind_secret;
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!("secret-method", Security, Warning, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        let mut methods: Vec<TextRange> = Vec::new();
        expression.tree.walk(&mut |expr| {
            let links = links_behind_secret(expression.text, expr);
            if let [method, rest @ ..] = links {
                let call = rest
                    .first()
                    .filter(|link| matches!(link.kind, LinkKind::Call(_)));
                let end = call.map_or(method.range.end(), |call| call.range.end());
                methods.push(TextRange::new(method.range.start(), end));
            }
        });
        let decoded = context.text(expression.text);
        for range in methods {
            let finding = RULE
                .finding(
                    context.written(expression.text.scalar, range),
                    format!(
                        "{} works on the placeholder of a secret",
                        wording::quoted(range.slice(decoded))
                    ),
                )
                .with_label("the value is put in later, where the step runs: what is made of its placeholder is no part of it")
                .with_help("take the secret apart in a script of the step");
            findings.add(finding);
        }
    }
}

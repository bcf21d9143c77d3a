//! `unclosed-expression`

use pipewright_source::{Applicability, TextRange};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!("unclosed-expression", Syntax, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let decoded = context.text(text);
        let Some(unclosed) = text.template().unclosed else {
            continue;
        };
        let rest = unclosed.slice(decoded);
        if !begins_a_name(&rest[2..]) {
            continue;
        }
        let path = TextRange::of(0, path_length(rest)).shift(unclosed.start());
        let swallowed = rest[path.len() as usize..].contains("<+");
        let label = if swallowed {
            "stays as written, and so do the expressions behind it in this value"
        } else {
            "stays as written: Harness replaces nothing from here on"
        };
        let mut finding = RULE
            .finding(
                context.written(text.scalar, path),
                format!("{} is never closed", wording::quoted(path.slice(decoded))),
            )
            .with_label(label)
            .with_help("every `<+` needs its own `>`");
        finding.fixes.extend(context.fix(
            "close the expression with `>`",
            Applicability::Unsafe,
            text.scalar,
            &[(TextRange::empty(path.end()), ">")],
        ));
        let claim = context.written(text.scalar, unclosed);
        findings.add_claiming(finding, claim);
    }
}

/// Whether what follows `<+` can be an expression at all; `<+` also occurs in patterns and programs.
fn begins_a_name(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    rest.starts_with("<+") || rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// The length of `<+` and the path behind it: up to the first character that is no part of a dotted name or a call with
/// literal arguments.
fn path_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, c) in rest.char_indices().skip(2) {
        match (quote, c) {
            (_, '\n' | '\r') => return at,
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if depth > 0 => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') if depth > 0 => depth -= 1,
            (None, ' ' | ',') if depth > 0 => {}
            (None, c) if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '<' | '+') => {}
            (None, _) => return at,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_ends_where_the_text_goes_on() {
        for (text, path) in [
            ("<+pipeline.name", "<+pipeline.name"),
            ("<+pipeline.name/status", "<+pipeline.name"),
            ("<+pipeline.name and more", "<+pipeline.name"),
            (
                "<+secrets.getValue(\"a b\") x",
                "<+secrets.getValue(\"a b\")",
            ),
            ("<+a[\"x y\"]\" \n", "<+a[\"x y\"]"),
        ] {
            assert_eq!(&text[..path_length(text)], path);
        }
    }

    #[test]
    fn patterns_and_programs_are_no_expressions() {
        assert!(begins_a_name("pipeline.name"));
        assert!(begins_a_name(" <+x"));
        for other in ["", "'", "/g", "]+", "1"] {
            assert!(!begins_a_name(other), "{other}");
        }
    }
}

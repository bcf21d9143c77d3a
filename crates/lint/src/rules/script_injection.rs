//! `script-injection`

mod variable;

use pipewright_model::{ScriptLanguage, SiteKind};
use pipewright_source::TextRange;

use crate::Rule;
use crate::finding::Findings;
use crate::outsiders::is_of_outsiders;
use crate::rule::{Check, declare};
use crate::script::Quoting;
use crate::sites::SiteContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "script-injection",
    Security,
    Warning,
    Check::Values(&[SiteKind::Script], check),
    Unsafe
);

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    let of_outsiders: Vec<(usize, TextRange)> = context
        .outermost()
        .enumerate()
        .filter(|(_, (island, _))| context.tree(*island).is_some_and(is_of_outsiders))
        .map(|(at, (_, range))| (at, range))
        .collect();
    if of_outsiders.is_empty() {
        return;
    }
    let Some((language, script)) = context.script() else {
        return;
    };
    for (at, range) in of_outsiders {
        let Some(place) = script.places.get(at) else {
            continue;
        };
        let Some(label) = label(language, place.quoting) else {
            continue;
        };
        let written = wording::quoted(range.slice(context.text));
        let name = variable::name(range.slice(context.text));
        let read = variable::read(language, place.quoting, &name);
        let mut finding = RULE
            .finding(
                context.written(range),
                format!(
                    "{written} is put into the script, and who triggers the run may choose its text"
                ),
            )
            .with_label(label)
            .with_help(format!(
                "give it to the script as an environment variable, and read that: `{read}`"
            ));
        finding
            .fixes
            .extend(variable::fix(context, range, &name, &read));
        findings.add(finding);
    }
}

/// What can be done with the text there; `None` where nothing can.
fn label(language: ScriptLanguage, quoting: Quoting) -> Option<&'static str> {
    match (language, quoting) {
        (_, Quoting::Comment | Quoting::QuotedHereDocument) => None,
        (ScriptLanguage::Python, _) => Some("a quote in it ends the text, and what follows is run"),
        (_, Quoting::Bare) => Some("a `;` or `$(…)` in it is run as a command"),
        (_, Quoting::Single) => {
            Some("a quote in it ends the text, and what follows is run as a command")
        }
        (_, Quoting::Double | Quoting::HereDocument) => Some("a `$(…)` in it is run as a command"),
    }
}

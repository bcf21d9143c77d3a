//! `script-injection`

mod variable;

use pipewright_model::{ScriptLanguage, SiteKind};
use pipewright_source::TextRange;

use crate::Rule;
use crate::finding::Findings;
use crate::outsiders::{ends_in_lines, has_lines, is_of_outsiders, is_text};
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
    let of_outsiders: Vec<OfOutsiders> = context
        .outermost()
        .enumerate()
        .filter_map(|(at, (island, range))| {
            let has_lines = if let Some(path) = context.path_of_cel(island) {
                is_text(&path).then(|| ends_in_lines(&path))?
            } else {
                let tree = context.tree(island).filter(|tree| is_of_outsiders(tree))?;
                has_lines(tree)
            };
            Some(OfOutsiders {
                at,
                range,
                has_lines,
            })
        })
        .collect();
    if of_outsiders.is_empty() {
        return;
    }
    let Some((language, script)) = context.script() else {
        return;
    };
    for text in of_outsiders {
        let Some(place) = script.places.get(text.at) else {
            continue;
        };
        let Some(label) = label(language, place.quoting, text.has_lines) else {
            continue;
        };
        let written = wording::quoted(text.range.slice(context.text));
        let name = variable::name(text.range.slice(context.text));
        let read = variable::read(language, place.quoting, &name);
        let finding = RULE
            .finding(
                context.written(text.range),
                format!(
                    "{written} is put into the script, and who triggers the run may choose its text"
                ),
            )
            .with_label(label);
        let mut finding = finding.with_help(help(place.quoting, &read));
        if is_read_there(place.quoting) {
            let fix = variable::fix(context, text.range, &name, &read);
            finding.fixes.extend(fix);
        }
        findings.add(finding);
    }
}

/// An outermost expression of a script that is text of outsiders.
struct OfOutsiders {
    /// Its place among the outermost expressions.
    at: usize,
    range: TextRange,
    /// Whether the text may have more than one line.
    has_lines: bool,
}

/// Whether the script reads variables between such quotes.
const fn is_read_there(quoting: Quoting) -> bool {
    !matches!(quoting, Quoting::Comment | Quoting::QuotedHereDocument)
}

/// What to write instead.
fn help(quoting: Quoting, read: &str) -> String {
    match quoting {
        Quoting::Comment => {
            "leave it out of the comment: expressions in comments are put in, too".to_owned()
        }
        Quoting::QuotedHereDocument => format!(
            "give it to the script as an environment variable, and print `{read}` in place of this line: nothing is read \
             inside the here-document"
        ),
        _ => format!("give it to the script as an environment variable, and read that: `{read}`"),
    }
}

/// What can be done with the text there; `None` where nothing can. It is put in before the shell reads the script, so
/// the line that ends a here-document, or one behind a comment, may come with it.
const fn label(
    language: ScriptLanguage,
    quoting: Quoting,
    has_lines: bool,
) -> Option<&'static str> {
    match (language, quoting) {
        (_, Quoting::Comment | Quoting::QuotedHereDocument) if !has_lines => None,
        (_, Quoting::Comment) => Some("its second line is no comment any more, and is run"),
        (_, Quoting::QuotedHereDocument) => {
            Some("a line in it may end the here-document, and what follows is run as commands")
        }
        (ScriptLanguage::Python, _) => Some("a quote in it ends the text, and what follows is run"),
        (_, Quoting::Bare) => Some("a `;` or `$(…)` in it is run as a command"),
        (_, Quoting::Single) => {
            Some("a quote in it ends the text, and what follows is run as a command")
        }
        (_, Quoting::Double | Quoting::HereDocument) => Some("a `$(…)` in it is run as a command"),
    }
}

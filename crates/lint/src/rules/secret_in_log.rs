//! `secret-in-log`

use pipewright_model::{ScriptLanguage, SiteKind};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::secrets::secret_call;
use crate::sites::SiteContext;

pub(crate) const RULE: Rule = declare!(
    "secret-in-log",
    Security,
    Warning,
    Check::Values(&[SiteKind::Script], check)
);

/// The commands that print what they are given.
const PRINTING: [(ScriptLanguage, &[&str]); 3] = [
    (ScriptLanguage::Shell, &["echo", "printf", "print"]),
    (
        ScriptLanguage::PowerShell,
        &["echo", "write-host", "write-output"],
    ),
    (ScriptLanguage::Python, &["print"]),
];

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    let secrets: Vec<_> = context
        .outermost()
        .enumerate()
        .filter(|(_, (island, _))| {
            // What a method makes of the placeholder is no secret any more; `secret-method` tells.
            let call = context.tree(*island).and_then(secret_call);
            call.is_some_and(|call| call.links.is_empty())
        })
        .collect();
    if secrets.is_empty() {
        return;
    }
    let Some((language, script)) = context.script() else {
        return;
    };
    for (at, (_, range)) in secrets {
        let command = script.places.get(at).and_then(|place| place.command);
        let Some(command) = command.map(|at| &script.commands[at]) else {
            continue;
        };
        let word = command.word.to_ascii_lowercase();
        let prints = PRINTING
            .iter()
            .any(|(of, words)| *of == language && words.contains(&word.as_str()));
        if !prints || command.is_redirected {
            continue;
        }
        let finding = RULE
            .finding(
                context.written(range),
                format!("`{}` prints a secret to the log", command.word),
            )
            .with_label("Harness hides the value where it finds it as it is; any other form of it stays readable")
            .with_help("do not print it; to hand it on, write it to a file or pipe it into the command that needs it");
        findings.add(finding);
    }
}

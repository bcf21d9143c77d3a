//! What a rule is.

use pipewright_source::Severity;

use crate::finding::Findings;
use crate::subject::Subject;

/// A rule: its name, its page and how bad its findings are.
#[derive(Debug)]
pub struct Rule {
    /// The kebab-case name used in reports, options and suppression comments.
    pub name: &'static str,
    /// What the rule looks at.
    pub family: Family,
    /// How bad its findings are.
    pub severity: Severity,
    /// The whole page as Markdown: a heading with the name, the summary, then what it finds, why it matters, example, instead, fix.
    pub page: &'static str,
    /// Where the page is published; `None` as long as the workspace names no public repository.
    pub url: Option<&'static str>,
    /// Finds what the rule is about in one file.
    pub(crate) check: fn(Subject<'_>, &mut Findings),
}

/// What a rule looks at. Decides where it runs: see [`crate::check`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Family {
    /// The file as a file and as YAML.
    File,
    /// The text of expressions, whatever they refer to.
    Syntax,
    /// What expressions refer to.
    References,
    /// Stages, groups, steps and their conditions.
    Structure,
}

impl Family {
    /// The heading of the family in lists of rules.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "files and YAML",
            Self::Syntax => "delimiters and syntax",
            Self::References => "references",
            Self::Structure => "structure",
        }
    }
}

impl Rule {
    /// Whether the rule runs without being asked for: all but the `info` rules.
    pub fn default_on(&self) -> bool {
        self.severity > Severity::Info
    }

    /// The page's first paragraph: one sentence that says what the rule finds.
    pub fn summary(&self) -> &'static str {
        let mut paragraphs = self.page.split("\n\n").map(str::trim);
        paragraphs
            .find(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#'))
            .unwrap_or("")
    }
}

/// Declares a rule: its page is `docs/NAME.md`.
macro_rules! declare {
    ($name:literal, $family:ident, $severity:ident, $check:expr) => {
        $crate::Rule {
            name: $name,
            family: $crate::Family::$family,
            severity: pipewright_source::Severity::$severity,
            page: include_str!(concat!("../../docs/", $name, ".md")),
            url: if env!("CARGO_PKG_REPOSITORY").is_empty() {
                None
            } else {
                Some(concat!(
                    env!("CARGO_PKG_REPOSITORY"),
                    "/blob/main/crates/lint/docs/",
                    $name,
                    ".md"
                ))
            },
            check: $check,
        }
    };
}
pub(crate) use declare;

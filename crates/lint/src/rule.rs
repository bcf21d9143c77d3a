//! What a rule is.

use pipewright_model::SiteKind;
use pipewright_source::{Applicability, Severity};

use crate::finding::Findings;
use crate::project::FilesContext;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule_context::RuleContext;
use crate::sites::SiteContext;

/// A rule: its name, its page, what it needs and how bad its findings are.
#[derive(Debug)]
pub struct Rule {
    /// The kebab-case name used in reports, options and suppression comments.
    pub name: &'static str,
    /// What the rule is about.
    pub family: Family,
    /// How bad its findings are where no [option](crate::Options) says otherwise.
    pub severity: Severity,
    /// How bad the worst of its findings are: some say for sure what the others only say may be.
    pub worst: Severity,
    /// The surest fix that its findings may have; `None` where it never knows what to write.
    pub fix: Option<Applicability>,
    /// The whole page as Markdown: a heading with the name, the summary, then what it finds, why it matters, example,
    /// instead, fix.
    pub page: &'static str,
    /// Where the page is published; `None` as long as the workspace names no public repository.
    pub url: Option<&'static str>,
    /// What its findings speak of, which decides whether two of them are the same mistake.
    pub(crate) speaks_of: Subject,
    /// Finds what the rule is about.
    pub(crate) check: Check,
}

/// What the findings of a rule speak of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    /// A text: what is said of it is the same wherever it stands in a file.
    Text,
    /// The node or key around it: what is said holds there alone.
    Place,
}

/// How a rule finds what it is about: what it is given, and so what it needs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// Given one file by itself: its text, tree, model and syntax.
    Text(fn(RuleContext<'_>, &mut Findings)),
    /// Given every reference of these kinds, one after the other.
    References(
        &'static [VerdictKind],
        fn(&ReferenceContext<'_>, &mut Findings),
    ),
    /// Given every text of these kinds that has expressions, one after the other, with what it comes to.
    Values(&'static [SiteKind], fn(&SiteContext<'_>, &mut Findings)),
    /// Given all files at once, where files are checked together.
    Files(fn(&FilesContext<'_>, &mut Findings)),
}

/// What a rule needs. Decides what it is asked again for where a file's templates are written out and the pipelines it
/// runs are at hand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Need {
    /// One file as it is written: nothing in a template changes the answer.
    Text,
    /// What references come to, which templates and other pipelines may change. References in a template are looked at
    /// in each of its uses.
    References,
    /// What texts come to, which templates and other pipelines may change. The texts of a template are looked at by
    /// themselves alone: what they come to in one use is the point of that use.
    Values,
    /// All files at hand, each as it is written. Runs where files are checked together ([`crate::check_all`]), not for
    /// one by itself.
    SeveralFiles,
}

/// What a rule is about: the heading it stands under in lists of rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Family {
    /// The file as YAML, and the text of expressions, whatever they refer to.
    Syntax,
    /// What expressions refer to.
    References,
    /// Conditions and the values they compare.
    Conditions,
    /// Values asked for when a run starts.
    Inputs,
    /// Stages, groups and steps.
    Structure,
    /// Secrets, and text that an outsider controls.
    Security,
    /// What is not wrong, but in the way.
    Hygiene,
}

impl Family {
    /// Every family, in the order of lists of rules.
    pub const ALL: [Self; 7] = [
        Self::Syntax,
        Self::References,
        Self::Conditions,
        Self::Inputs,
        Self::Structure,
        Self::Security,
        Self::Hygiene,
    ];

    /// The word by which options choose all rules of the family.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::References => "references",
            Self::Conditions => "conditions",
            Self::Inputs => "inputs",
            Self::Structure => "structure",
            Self::Security => "security",
            Self::Hygiene => "hygiene",
        }
    }

    /// What the findings of its rules speak of, where a rule does not say otherwise.
    pub(crate) const fn speaks_of(self) -> Subject {
        match self {
            Self::Inputs | Self::Structure => Subject::Place,
            Self::Syntax | Self::References | Self::Conditions | Self::Security | Self::Hygiene => {
                Subject::Text
            }
        }
    }

    /// The heading of the family in lists of rules.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "delimiters and syntax",
            Self::References => "references",
            Self::Conditions => "conditions and values",
            Self::Inputs => "runtime inputs",
            Self::Structure => "structure",
            Self::Security => "security",
            Self::Hygiene => "hygiene",
        }
    }
}

impl Need {
    /// Whether a rule with this need is asked again about a file's own text where what it uses is written out.
    pub(crate) const fn sees_templates(self) -> bool {
        match self {
            Self::Text | Self::SeveralFiles => false,
            Self::References | Self::Values => true,
        }
    }

    /// Whether a rule with this need is asked about the content of a template in each of its uses.
    pub(crate) const fn looks_into_templates(self) -> bool {
        matches!(self, Self::References)
    }
}

impl Rule {
    /// Whether the rule runs without being asked for: all but the `info` rules.
    pub fn default_on(&self) -> bool {
        self.severity > Severity::Info
    }

    /// Whether some of its findings are reported without being asked for.
    pub(crate) fn finds_by_default(&self) -> bool {
        self.worst > Severity::Info
    }

    /// What the rule needs.
    pub const fn need(&self) -> Need {
        match self.check {
            Check::Text(_) => Need::Text,
            Check::References(..) => Need::References,
            Check::Values(..) => Need::Values,
            Check::Files(_) => Need::SeveralFiles,
        }
    }

    /// The page's first paragraph: one sentence that says what the rule finds.
    pub fn summary(&self) -> &'static str {
        let mut paragraphs = self.page.split("\n\n").map(str::trim);
        paragraphs
            .find(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#'))
            .unwrap_or("")
    }
}

/// Declares a rule by name, family (`Conditions per Place` where its findings do not speak of what those of the family
/// do), severity (`Info or Warning` where some findings are worse) and check, and where it may know what to write the
/// surest such fix; its page is `docs/NAME.md`.
macro_rules! declare {
    (@fix) => { None };
    (@fix $fix:ident) => { Some(pipewright_source::Applicability::$fix) };
    (@subject $family:ident) => { $crate::Family::$family.speaks_of() };
    (@subject $family:ident $subject:ident) => { $crate::rule::Subject::$subject };
    (@worst $severity:ident) => { pipewright_source::Severity::$severity };
    (@worst $severity:ident $worst:ident) => { pipewright_source::Severity::$worst };
    (
        $name:literal, $family:ident $(per $subject:ident)?, $severity:ident $(or $worst:ident)?,
        $check:expr $(, $fix:ident)? $(,)?
    ) => {
        $crate::Rule {
            name: $name,
            family: $crate::Family::$family,
            severity: pipewright_source::Severity::$severity,
            worst: $crate::rule::declare!(@worst $severity $($worst)?),
            fix: $crate::rule::declare!(@fix $($fix)?),
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
            speaks_of: $crate::rule::declare!(@subject $family $($subject)?),
            check: $check,
        }
    };
}
pub(crate) use declare;

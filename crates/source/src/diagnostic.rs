//! What a check found, where, and what to write instead.

use crate::Span;

/// How bad a finding is. The order is from harmless to bad, so that `severity >= Severity::Warning` reads as it should.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing; off by default.
    Info,
    /// Probably not what was meant.
    Warning,
    /// Cannot work.
    Error,
}

impl Severity {
    /// The lower-case word used in every output format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Applicability {
    /// Keeps the meaning or makes the only meaning that can work.
    Safe,
    /// Probably right, but changes what the pipeline does.
    Unsafe,
    /// An illustration; not to be applied by a program.
    DisplayOnly,
}

impl Applicability {
    /// The lower-case word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::DisplayOnly => "display-only",
        }
    }
}

/// A further place that explains a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to see there.
    pub message: String,
}

/// One replacement of bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// A way to mend a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What the fix does, as an imperative.
    pub title: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// The edits, not overlapping.
    pub edits: Vec<Edit>,
}

/// One finding. The message states the fact and stands alone; `label` says why here; `help` says what to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The rule's kebab-case name.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The fact, without a full stop at the end.
    pub message: String,
    /// What happens at run time, shown at the place itself.
    pub label: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// The place.
    pub span: Span,
    /// What is wrong, where the text at the place does not tell it alone: two findings of a rule about one subject are
    /// the same mistake made twice. For comparing, never shown.
    pub subject: Option<String>,
    /// Further places.
    pub related: Vec<Label>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A finding of `rule` at `span` with nothing but its message.
    pub fn new(
        rule: &'static str,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            label: None,
            help: None,
            span,
            subject: None,
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Says at the place why it matters.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a place that explains.
    #[must_use]
    pub fn with_related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    /// Adds a way to mend it.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}

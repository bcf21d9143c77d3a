//! Mistakes in a text by itself, found by the rules about delimiters and syntax and said in their words.

use std::fmt;
use std::sync::LazyLock;

use pipewright_analysis::Snapshot;
use pipewright_jexl::Json;
use pipewright_source::TextRange;

use crate::{Family, Level, Options, check, rules};

/// A mistake, by the rule that finds it. Shown with what to write instead.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TextMistake {
    /// The rule.
    pub rule: &'static str,
    /// Where in the text.
    pub range: TextRange,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// Rules of which an evaluation says more by itself.
const SAID_ANYWAY: [&str; 6] = [
    "expression-syntax",
    "first-generation-expression",
    "hyphen-in-path",
    "newer-jexl-syntax",
    "script-in-expression",
    "unclosed-expression",
];

/// Rules about conditions and values that need nothing but the text.
const OF_VALUES: [&str; 3] = [
    "assignment-in-condition",
    "bitwise-operator",
    "comparison-inside-expression",
];

/// Rules that tell better than the place where reading ended why a text cannot be read.
const TELL_WHY: [&str; 3] = [
    "curly-quote",
    "greater-than-closes-expression",
    "malformed-delimiter",
];

/// Of the rules that are on by default those that are told.
static TOLD: LazyLock<Options> = LazyLock::new(|| {
    let mut options = Options::default();
    for rule in rules() {
        let is_told = rule.family == Family::Syntax || OF_VALUES.contains(&rule.name);
        if !is_told || SAID_ANYWAY.contains(&rule.name) {
            // The name is that of a rule.
            let _ = options.set_level(rule.name, Level::Off);
        }
    }
    options
});

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 65_536;

/// What the rules about delimiters and syntax find in a text with expressions, as the condition of a `when` or as
/// another setting. Left out are rules of which an evaluation says more by itself; a very long text is not looked at.
///
/// ```
/// let found = pipewright_lint::text_mistakes("<+a > 1>", false);
/// assert_eq!(found[0].rule, "greater-than-closes-expression");
/// assert!(found[0].tells_why());
/// ```
pub fn text_mistakes(text: &str, is_condition: bool) -> Vec<TextMistake> {
    if text.len() > LONGEST || !text.contains('<') {
        return Vec::new();
    }
    let (document, start) = document(text, is_condition);
    let mut snapshot = Snapshot::default();
    let question = snapshot.set_text("question", document);
    let found = check(&snapshot, question, &TOLD).into_iter();
    found
        .map(|found| TextMistake {
            rule: found.rule,
            range: range_in(text, found.span.range, start),
            message: found.message,
            help: found.help,
        })
        .collect()
}

/// A pipeline that has the text in one place, and nothing else that a rule about syntax looks at; and where in it the
/// text begins, behind its quote.
fn document(text: &str, is_condition: bool) -> (String, usize) {
    let (before, after) = if is_condition {
        ("when: { stageStatus: Success, condition: ", " }")
    } else {
        ("spec: { source: { type: Inline, spec: { script: ", " } } }")
    };
    let before = format!(
        "pipeline: {{ identifier: p, stages: [{{ stage: {{ identifier: s, type: Custom, spec: {{ execution: {{ steps: [\
         {{ step: {{ identifier: a, type: ShellScript, {before}"
    );
    let start = before.len() + 1;
    let text = Json::from(text);
    (
        format!("{before}{text}{after} }} }}] }} }} }} }}] }}\n"),
        start,
    )
}

/// The range of the text that a range of the document stands for, in which the text begins at `start`.
fn range_in(text: &str, range: TextRange, start: usize) -> TextRange {
    let range = range.to_usize();
    let (mut at, mut found) = (start, [text.len(); 2]);
    for (offset, c) in text.char_indices() {
        for (found, wanted) in found.iter_mut().zip([range.start, range.end]) {
            if at <= wanted {
                *found = offset;
            }
        }
        at += Json::from(c.to_string()).to_string().len() - 2;
    }
    if at <= range.end {
        found[1] = text.len();
    }
    TextRange::of(found[0], found[1].max(found[0]))
}

impl TextMistake {
    /// Whether it tells why the text cannot be read.
    pub fn tells_why(&self) -> bool {
        TELL_WHY.contains(&self.rule)
    }
}

/// What is wrong, and what to write instead.
impl fmt::Display for TextMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

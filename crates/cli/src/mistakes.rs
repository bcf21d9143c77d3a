//! Mistakes in the text of a question, found by the rules of `check` and said in their words.

use std::fmt;
use std::sync::LazyLock;

use pipewright_analysis::Snapshot;
use pipewright_jexl::Json;
use pipewright_lint::{Family, Level, Options, check, rules};
use pipewright_source::TextRange;

/// A mistake, by the rule that finds it.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    rule: &'static str,
    /// Where in the question.
    pub(crate) range: TextRange,
    message: String,
    help: Option<String>,
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
const OF_VALUES: [&str; 2] = ["assignment-in-condition", "comparison-inside-expression"];

/// Rules that tell better than the place where reading ended why a text cannot be read.
const TELL_WHY: [&str; 2] = ["greater-than-closes-expression", "malformed-delimiter"];

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
/// another setting.
pub(crate) fn mistakes(text: &str, is_condition: bool) -> Vec<Mistake> {
    if text.len() > LONGEST || !text.contains('<') {
        return Vec::new();
    }
    let (document, start) = document(text, is_condition);
    let mut snapshot = Snapshot::default();
    let question = snapshot.set_text("question", document);
    let found = check(&snapshot, question, &TOLD).into_iter();
    found
        .map(|found| Mistake {
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

impl Mistake {
    /// Whether it tells why the text cannot be read.
    pub(crate) fn tells_why(&self) -> bool {
        TELL_WHY.contains(&self.rule)
    }

    /// As data: `{"rule", "kind", "reason", "help"}`.
    pub(crate) fn as_json(&self) -> Json {
        let help = self.help.as_deref().map(|help| ("help", Json::from(help)));
        let members = [
            ("rule", Json::from(self.rule)),
            ("kind", "mistake".into()),
            ("reason", self.message.as_str().into()),
        ];
        Json::object(members.into_iter().chain(help))
    }
}

/// What is wrong, and what to write instead.
impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

//! Mistakes in the text of a question, found by the rules of `check` and said in their words.

use std::fmt;

use pipewright_analysis::Analysis;
use pipewright_jexl::Json;
use pipewright_lint::{Family, Options, check, rule};
use pipewright_resolve::Texts;
use pipewright_source::{FileId, SourceFile};

/// A mistake, by the rule that finds it.
#[derive(Debug)]
pub(crate) struct Mistake {
    rule: &'static str,
    message: String,
    help: Option<String>,
}

/// Rules of which an evaluation says more by itself.
const SAID_ANYWAY: [&str; 2] = ["expression-syntax", "unclosed-expression"];

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 65_536;

/// What the rules about delimiters and syntax find in a text with expressions, as the condition of a `when` or as another setting.
pub(crate) fn mistakes(text: &str, is_condition: bool) -> Vec<Mistake> {
    if text.len() > LONGEST || !text.contains("<+") {
        return Vec::new();
    }
    let file = SourceFile::new("question", document(text, is_condition));
    let analysis = Analysis::new(FileId(0), &file, &Texts::default());
    let found = check(&analysis, &file, &Options::default()).into_iter();
    let told = found.filter(|found| {
        let is_syntax = rule(found.rule).is_some_and(|rule| rule.family == Family::Syntax);
        is_syntax && !SAID_ANYWAY.contains(&found.rule)
    });
    told.map(|found| Mistake {
        rule: found.rule,
        message: found.message,
        help: found.help,
    })
    .collect()
}

/// A pipeline that has the text in one place, and nothing else that a rule about syntax looks at.
fn document(text: &str, is_condition: bool) -> String {
    let text = Json::from(text);
    let step = if is_condition {
        format!("when: {{ stageStatus: Success, condition: {text} }}")
    } else {
        format!("spec: {{ source: {{ type: Inline, spec: {{ script: {text} }} }} }}")
    };
    format!(
        "pipeline: {{ identifier: p, stages: [{{ stage: {{ identifier: s, type: Custom, spec: {{ execution: {{ steps: [\
         {{ step: {{ identifier: a, type: ShellScript, {step} }} }}] }} }} }} }}] }}\n"
    )
}

impl Mistake {
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

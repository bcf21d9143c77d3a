//! What is said of names that have no value: why, and how to give them one.

use pipewright_context::Note;
use pipewright_engine::{Remark, RemarkCause, not_joined};
use pipewright_jexl::{ErrorKind, Json};
use pipewright_lint::{TextMistake, text_mistakes};
use pipewright_source::TextRange;

use crate::answer::Fault;
use crate::exit::Failure;
use crate::printable::printable;
use crate::shown::Shown;
use crate::{Streams, advice};

/// What there is to say of a text and its expressions.
#[derive(Debug, Default)]
pub(crate) struct TextNotes {
    mistakes: Vec<TextMistake>,
    remarks: Vec<Remark>,
    /// What to do instead, as sentences.
    advice: Vec<String>,
}

impl TextNotes {
    /// The mistakes in a text, and the remarks on its evaluation that do not just follow from them.
    pub(crate) fn new(text: &str, is_condition: bool, remarks: Vec<Remark>) -> Self {
        Self::of(text_mistakes(text, is_condition), remarks)
    }

    /// The same where the mistakes are known.
    pub(crate) fn of(mistakes: Vec<TextMistake>, mut remarks: Vec<Remark>) -> Self {
        if !mistakes.is_empty() {
            remarks.retain(|remark| match &remark.cause {
                RemarkCause::Failed { kind, .. } => *kind != ErrorKind::Syntax,
                RemarkCause::Unclosed { .. } => true,
                _ => false,
            });
        }
        Self {
            mistakes,
            remarks,
            advice: Vec::new(),
        }
    }

    /// The same with advice.
    pub(crate) fn with_advice(mut self, advice: impl IntoIterator<Item = String>) -> Self {
        self.advice.extend(advice);
        self
    }

    /// Tells in the error of the text what explains it; what is told there is no note any more.
    pub(crate) fn explain(&mut self, fault: &mut Fault, text: &str, decides: bool) {
        if fault.is_no_number()
            && let Some(why) = not_joined(&self.remarks)
        {
            // Where the parts of a text are not joined, its hyphens subtract.
            fault.message = format!("{}: {why}", fault.message);
            self.forget_parts();
        } else if fault.is_of_text() {
            if let Some(at) = self.mistakes.iter().position(TextMistake::tells_why) {
                let mistake = self.mistakes.remove(at);
                fault.message = mistake.to_string();
                fault.range = Some(mistake.range);
            } else if advice::explains_itself(text, decides) {
                self.forget_parts();
            } else if let Some(message) = not_joined(&self.remarks) {
                fault.message = message;
                fault.range = self.first_part(text).or(fault.range);
                self.forget_parts();
            }
        }
        for advice in self.advice.drain(..) {
            fault.message = format!("{}; {advice}", fault.message);
        }
    }

    /// Where the first expression stands in a text that is not joined to what stands beside it.
    fn first_part(&self, text: &str) -> Option<TextRange> {
        let is_part = |remark: &&Remark| {
            let cause = &remark.cause;
            matches!(
                cause,
                RemarkCause::NotJoined { .. } | RemarkCause::NullNotJoined
            )
        };
        let part = &self.remarks.iter().find(is_part)?.expression;
        let start = text.find(part.as_str())?;
        Some(TextRange::of(start, start + part.len()))
    }

    /// Forgets what was said of parts of a text that were not joined. What is no text is not read as a name either.
    fn forget_parts(&mut self) {
        let is_part = |remark: &Remark| {
            matches!(
                remark.cause,
                RemarkCause::NotJoined { .. }
                    | RemarkCause::NullNotJoined
                    | RemarkCause::ReadAsName { .. }
            )
        };
        self.remarks.retain(|remark| !is_part(remark));
    }

    /// Whether there is nothing to say.
    pub(crate) const fn is_empty(&self) -> bool {
        self.mistakes.is_empty() && self.remarks.is_empty() && self.advice.is_empty()
    }

    /// Says it on the error stream.
    pub(crate) fn tell(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let mistakes = self.mistakes.iter().map(ToString::to_string);
        let remarks = self.remarks.iter().map(ToString::to_string);
        for sentence in mistakes.chain(remarks).chain(self.advice.iter().cloned()) {
            writeln!(streams.errors, "note: {}", printable(&sentence))?;
        }
        Ok(())
    }
}

/// The notes as data: `[{"name", "kind", "reason"}]`, with `suggestions` where something else was probably meant; then
/// what there is to say of the text, with `rule` or `expression` in place of `name`.
pub(crate) fn as_json(notes: &[Note], of_text: &TextNotes) -> Json {
    let notes = notes.iter().map(|note| {
        let kind = if note.is_null() { "null" } else { "unknown" };
        let members = [
            ("name", Json::from(note.name.as_str())),
            ("kind", kind.into()),
            ("reason", note.to_string().into()),
        ];
        let meant = note.meant().map(|meant| {
            let meant: Json = [Json::from(meant)].into_iter().collect();
            ("suggestions", meant)
        });
        Json::object(members.into_iter().chain(meant))
    });
    let mistakes = of_text.mistakes.iter().map(mistake_as_json);
    let remarks = of_text.remarks.iter().map(remark_as_json);
    let advice = of_text.advice.iter().map(|advice| {
        let members = [
            ("kind", Json::from("mistake")),
            ("reason", advice.as_str().into()),
        ];
        Json::object(members)
    });
    notes.chain(mistakes).chain(remarks).chain(advice).collect()
}

/// `{"rule", "kind", "reason", "help"}`
fn mistake_as_json(mistake: &TextMistake) -> Json {
    let help = mistake.help.as_deref();
    let help = help.map(|help| ("help", Json::from(help)));
    let members = [
        ("rule", Json::from(mistake.rule)),
        ("kind", "mistake".into()),
        ("reason", mistake.message.as_str().into()),
    ];
    Json::object(members.into_iter().chain(help))
}

fn remark_as_json(remark: &Remark) -> Json {
    let (kind, meant) = match &remark.cause {
        RemarkCause::Failed { instead, .. } => ("null", instead.names()),
        RemarkCause::Unclosed { .. } => ("unclosed", Vec::new()),
        RemarkCause::NotJoined { .. } | RemarkCause::NullNotJoined => ("not-joined", Vec::new()),
        RemarkCause::ReadAsName { .. } => ("null", Vec::new()),
        _ => ("mistake", Vec::new()),
    };
    let members = [
        ("expression", Json::from(remark.expression.as_str())),
        ("kind", kind.into()),
        ("reason", remark.to_string().into()),
    ];
    let meant: Vec<Json> = meant.into_iter().map(Json::from).collect();
    let meant = (!meant.is_empty()).then(|| ("suggestions", meant.into_iter().collect()));
    Json::object(members.into_iter().chain(meant))
}

/// Says on the error stream why names are null, and which names can be given because only a run knows them. What the
/// answer hangs on is said with the answer.
pub(crate) fn tell(
    notes: &[Note],
    shown: Shown<'_>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let needs: Vec<&str> = match shown {
        Shown::Value | Shown::Null => Vec::new(),
        Shown::Unknown(unknown) => unknown.needs().collect(),
        Shown::Partly(islands) => {
            let needs = islands.iter().flat_map(|island| island.unknown.needs());
            needs.collect()
        }
    };
    for note in notes {
        let reason = note.to_string();
        let reason = printable(&reason);
        if note.is_null() {
            let name = printable(&note.name);
            writeln!(streams.errors, "note: `{name}` is null: {reason}")?;
        } else if !needs.iter().any(|need| is_or_holds(&note.name, need)) {
            writeln!(
                streams.errors,
                "note: {reason}; a file for --context can give it a value"
            )?;
        }
    }
    if let Shown::Unknown(_) = shown {
        for need in needs {
            let name = printable(need);
            writeln!(
                streams.errors,
                "note: a file for --context can give `{name}` a value"
            )?;
        }
    }
    Ok(())
}

/// Whether a name is another one, or that of something the other is read of.
fn is_or_holds(name: &str, other: &str) -> bool {
    let rest = other.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

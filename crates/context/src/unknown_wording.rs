//! The words for why the value of a name is not known before a run.

use std::fmt;

use pipewright_resolve::UnknownReason;

use crate::unknown_cause::{NotKnown, UnknownCause};

impl fmt::Display for NotKnown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, cause } = self;
        match cause {
            UnknownCause::Platform(_) | UnknownCause::WholeOfLoops => cause.fmt(f),
            UnknownCause::WholeOfRun => write!(f, "`{name}` has values that only a run knows"),
            UnknownCause::WholeOfNode => write!(
                f,
                "`{name}` as a whole has fields that only a run knows; read one of them"
            ),
            UnknownCause::WholeOfOutputs => {
                write!(f, "`{name}` as a whole is not known; read one output")
            }
            UnknownCause::WholeOfGiven => write!(f, "only some members of `{name}` are given"),
            cause => write!(f, "`{name}` is not known: {cause}"),
        }
    }
}

impl fmt::Display for UnknownCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Self::Platform(root) => return root.fmt(f),
            Self::NotGiven => "only a run has it, and no value is given for it",
            Self::OthersGiven => "values are given only for names beside it",
            Self::RuntimeInput => "it is a runtime input without default",
            Self::RuntimeInputWithDefault => {
                "it is a runtime input, and a run may be given another value than its default"
            }
            Self::Masked => "it is masked, so its value is a secret",
            Self::AskedDuringRun => "it is asked for during the run",
            Self::GivenIsRefused(refusal) => {
                return write!(f, "the value given for it is refused: {refusal}");
            }
            Self::ValueIsRefused(refusal) => {
                return write!(f, "a run refuses its value: {refusal}");
            }
            Self::TooManySettings => "it rests on too many other settings",
            Self::CannotBeEvaluated(error) => return write!(f, "it cannot be evaluated: {error}"),
            Self::IsNoScalar => "its value is a list or an object",
            Self::VariablesElsewhere => "the variables are not all in this file",
            Self::OfService => "service variables are resolved in a run",
            Self::FilledByStep => "the step itself fills it in while it runs",
            Self::FilledInRun => "it is filled in during the run",
            Self::Published => "steps publish it during the run",
            Self::PerhapsPublished => {
                "nothing in the file is called so, but a step may publish it during the run"
            }
            Self::StageSettings => {
                "a run keeps the settings of a stage elsewhere, and fills this place with what its steps publish"
            }
            Self::Output => "it is an output of the run",
            Self::FactOfRun => "it is a fact of the run",
            Self::SetInRun => "it is set during the run",
            Self::RunsInParallel(reader) => {
                return write!(f, "it runs at the same time as `{reader}`");
            }
            Self::OrderIsOpen(reader) => {
                return write!(f, "only a run can tell whether it comes before `{reader}`");
            }
            Self::MayNotHaveRun => "it may not have run when this is read",
            Self::OtherIteration => "another turn of the loop may not have come so far",
            Self::InTemplate => "it stands in a template that is not at hand",
            Self::AroundTemplateContent => "what stands around the template's content is not known",
            Self::AroundTemplate => "what stands around the template is not known",
            Self::InDynamicStage => {
                "it stands in a dynamic stage, whose content is made in the run"
            }
            Self::NoListYet => "what is written there is no list yet",
            Self::ListIsOpen(reason) => why_open(*reason),
            Self::LinesUnreadable => "lines of the file could not be read",
            Self::BrokenAlias => "the file has an alias without anchor there",
            Self::ContainerStep => "the engine adds it where something runs in containers",
            Self::NotExported(alias) => {
                return write!(f, "no step at hand exports alias `{alias}` there");
            }
            Self::ExportedBy(steps) => return exported_by(steps, f),
            Self::OutputsElsewhere => "the outputs of the stage are not all in this file",
            Self::StageMayBeSkipped => "it is there only if the condition of the stage lets it run",
            Self::ChildIsMissing { .. }
            | Self::UnknownInChild { .. }
            | Self::NothingInChild { .. }
            | Self::FailsInChild { .. }
            | Self::UnknownInParent { .. } => return self.fmt_of_chain(f),
            Self::NoIterationChosen(node) => {
                return write!(
                    f,
                    "it differs from turn to turn of the loop of `{node}`, and no turn was chosen"
                );
            }
            Self::CountIsOpen(node) => {
                return write!(f, "only a run can count the turns of `{node}`");
            }
            Self::CountOfAllIsOpen => "only a run can count the turns of all loops",
            Self::CountedInRun => "only a run counts through all its loops",
            Self::StateOfLoops => "only a run knows the state of its loops",
            Self::PerhapsInLoop => "the template may be used inside a loop",
            Self::MatrixIsExpression(node) => {
                return write!(f, "the matrix of `{node}` is an expression");
            }
            Self::AxisIsExpression { axis, node } => {
                return write!(f, "the axis `{axis}` of `{node}` is an expression");
            }
            Self::ValuesAreText { node, text } => {
                return write!(
                    f,
                    "a run refuses the loop of `{node}`: `{text}` is a text, not a list; `.split(\",\")` makes one of it"
                );
            }
            Self::ItemsAreOpen(node) => return write!(f, "only a run knows the items of `{node}`"),
            Self::LoopIsOpen(node) => {
                return write!(f, "the file does not tell how `{node}` loops");
            }
            Self::WholeOfRun | Self::WholeOfNode | Self::WholeOfOutputs | Self::WholeOfGiven => {
                "only a run knows all of it"
            }
            Self::WholeOfLoops => "only a run knows all values of its loops",
        };
        f.write_str(sentence)
    }
}

impl UnknownCause {
    /// What is said of values that go between a chained stage and its pipeline.
    fn fmt_of_chain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChildIsMissing {
                text,
                pipeline,
                or_input_set,
            } => {
                let child = child_in_words(pipeline.as_deref());
                let further = if *or_input_set {
                    ", or an input set that the stage names for it is not"
                } else {
                    ""
                };
                write!(
                    f,
                    "it is `{text}` in {child}, which is not at hand{further}"
                )
            }
            Self::UnknownInChild {
                text,
                pipeline,
                unknown,
            } => {
                let child = child_in_words(pipeline.as_deref());
                write!(f, "it is `{text}` at the end of {child}, and {unknown}")
            }
            Self::NothingInChild {
                text,
                pipeline,
                because,
            } => {
                let child = child_in_words(pipeline.as_deref());
                let why = because.as_ref();
                let why = why.map_or_else(String::new, |because| format!(" ({because})"));
                write!(
                    f,
                    "`{text}` finds nothing in {child}{why}, so it stays that text or is null"
                )
            }
            Self::FailsInChild {
                text,
                pipeline,
                error,
            } => {
                let child = child_in_words(pipeline.as_deref());
                write!(f, "`{text}` cannot be evaluated in {child}: {error}")
            }
            Self::UnknownInParent {
                stage,
                text,
                unknown,
            } => write!(f, "`{stage}` gives it `{text}`, and {unknown}"),
            _ => Ok(()),
        }
    }
}

fn child_in_words(pipeline: Option<&str>) -> String {
    pipeline.map_or_else(
        || "the pipeline of the stage".to_owned(),
        |name| format!("pipeline `{name}`"),
    )
}

fn exported_by(steps: &[String], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let verb = if steps.len() == 1 {
        "exports"
    } else {
        "export"
    };
    let named = steps.iter().take(2).map(|step| format!("`{step}`"));
    let named: Vec<String> = named.collect();
    write!(f, "{} {verb} it during the run", named.join(" and "))
}

/// Why a list may hold more nodes than are known.
const fn why_open(reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::Template => "it would stand in a template that is not at hand",
        UnknownReason::Insert => "the list has an `insert` placeholder",
        UnknownReason::Dynamic => "an identifier in the list is an expression",
        UnknownReason::Open => "a dynamic stage in the list adds what it is given in the run",
        UnknownReason::Unnamed => "a part of the list has no identifier",
        _ => "a part of the list could not be read",
    }
}

//! Why a name cannot become another one.

use pipewright_model::identifier::IdentifierProblem;
use pipewright_resolve::UnknownReason;
use pipewright_source::Span;

use crate::DeclarationKind;

/// Why a name cannot become another one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenameError {
    /// Nothing that the files declare is named at the cursor.
    #[error(
        "no stage, group, step, variable, output, axis or barrier of these files is named here"
    )]
    NoName,
    /// What is named has a name that Harness gives.
    #[error("a {} has no name of its own that could be another one", .0.as_str())]
    Fixed(DeclarationKind),
    /// The template that is used declares it, and is not at hand.
    #[error("the template that is used declares it, and is not at hand")]
    OfTemplate,
    /// The new name is none that Harness accepts.
    #[error("{}", wording(*.0))]
    Name(IdentifierProblem),
    /// The new name is a word that YAML does not read as text.
    #[error("YAML reads the new name as something else than a text")]
    NoText,
    /// Something of that name is there already.
    #[error("there is one of that name already")]
    Taken(Span),
    /// The script sets a shell variable of the output's name.
    #[error("the script sets a shell variable of this name: give the output a `value` first")]
    OfShell(Span),
    /// The name is not written out here: it is put together from expressions, escaped, or repeated by an alias.
    #[error("the name is not written out here, so it cannot be replaced")]
    NotWritten(Span),
    /// A path without quotes cannot hold the new name.
    #[error("the new name can only be read in quotes, and this path has none")]
    NeedsQuotes(Span),
    /// A reference may mean it that cannot be followed.
    #[error("this may read it and cannot be followed: {}", reason(*.1))]
    Open(Span, UnknownReason),
    /// With the new name something else would be meant here.
    #[error("with the new name something else would be meant here")]
    Changes(Span),
    /// A test may read it by another path than its full name.
    #[error("this test may read it by another path than its full name: write that first")]
    InTest(Span),
    /// What cannot be read has the name in it: a line that is no YAML, or an expression that is none.
    #[error("this cannot be read and has the name in it")]
    Broken(Span),
}

impl RenameError {
    /// The place that is in the way.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Self::Taken(span)
            | Self::OfShell(span)
            | Self::NotWritten(span)
            | Self::NeedsQuotes(span)
            | Self::Open(span, _)
            | Self::Changes(span)
            | Self::InTest(span)
            | Self::Broken(span) => Some(*span),
            Self::NoName | Self::Fixed(_) | Self::OfTemplate | Self::Name(_) | Self::NoText => None,
        }
    }
}

fn wording(problem: IdentifierProblem) -> String {
    match problem {
        IdentifierProblem::Empty => "the new name is empty".to_owned(),
        IdentifierProblem::FirstCharacter(first) => {
            format!("a name cannot begin with `{}`", first.escape_debug())
        }
        IdentifierProblem::Character(character, _) => {
            format!("a name cannot hold `{}`", character.escape_debug())
        }
        IdentifierProblem::TooLong(length) => {
            format!("the new name has {length} characters, which is too long")
        }
        IdentifierProblem::Reserved => "Harness keeps that word for itself".to_owned(),
    }
}

const fn reason(reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::Template => "it leads into a template that is not at hand, or out of one",
        UnknownReason::Dynamic => "a part of the path is known only to a run",
        UnknownReason::Insert => "the list has a placeholder for more",
        UnknownReason::Open => "what the object holds is not known",
        UnknownReason::Lazy => "it is evaluated where it is read, not where it stands",
        UnknownReason::Foreign => "it is evaluated in another pipeline or entity",
        UnknownReason::Order => "the order depends on the run",
        UnknownReason::Ambiguous => "several nodes have that identifier",
        UnknownReason::Unnamed => "a stage, group or step has no identifier",
        _ => "the file has errors",
    }
}

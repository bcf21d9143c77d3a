//! The names of rules and families as arguments: what completes them, and what is said of those that are none.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use pipewright_lint::{names, rules};
use pipewright_source::closest;

use crate::exit::Failure;
use crate::printable::printable;

/// How many names are offered for a part of them.
const MOST_SUGGESTIONS: usize = 4;

/// The shortest part of a name by which others are offered.
const LEAST_PART: usize = 4;

/// Takes any text, and tells completions the names there are: which of them are known is judged later, with an answer
/// of our own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RuleNames {
    /// Names of rules.
    OfRules,
    /// Names of rules and families, and the word for all.
    OfChoices,
}

impl TypedValueParser for RuleNames {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(match self {
            Self::OfRules => Box::new(rules().iter().map(|rule| PossibleValue::new(rule.name))),
            Self::OfChoices => Box::new(names().map(PossibleValue::new)),
        })
    }
}

/// The answer to a name that is no rule's: with those that were probably meant.
pub(crate) fn unknown(name: &str) -> Failure {
    answer(name, "rule", || rules().iter().map(|rule| rule.name))
}

/// The answer to a name that chooses no rules: with those that were probably meant.
pub(crate) fn unknown_choice(name: &str) -> Failure {
    answer(name, "rule or family", names)
}

fn answer<I: Iterator<Item = &'static str>>(
    name: &str,
    noun: &str,
    names: impl Fn() -> I,
) -> Failure {
    let mut near: Vec<&str> = closest(name, names()).into_iter().collect();
    if near.is_empty() && name.len() >= LEAST_PART {
        near = names().filter(|rule| rule.contains(name)).collect();
    }
    let hint = if near.is_empty() || near.len() > MOST_SUGGESTIONS {
        "`pipewright rules` lists them".to_owned()
    } else {
        format!("did you mean `{}`?", near.join("` or `"))
    };
    Failure::Message(format!("there is no {noun} `{}`; {hint}", printable(name)))
}

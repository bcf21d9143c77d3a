//! `pipewright explain`: the page of one rule.

use clap::Args;
use pipewright_lint::{rule, rules};
use pipewright_source::closest;

use crate::exit::Failure;
use crate::global::Global;
use crate::markdown;
use crate::printable::printable;
use crate::{Exit, Streams};

/// How many rules are offered for a part of their names.
const MOST_SUGGESTIONS: usize = 4;

/// The shortest part of a name by which rules are offered.
const LEAST_PART: usize = 4;

/// Print the page of a rule: what it finds, why it matters, what to write instead
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pipewright explain parallel-step-reference
  pipewright explain wrong-step-path --format markdown > wrong-step-path.md")]
pub(crate) struct Explain {
    /// The rule (`pipewright rules` lists them)
    rule: String,

    /// How to print the page
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// Laid out for the terminal
    Human,
    /// The page as it was written
    Markdown,
}

impl Explain {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let rule = rule(&self.rule).ok_or_else(|| unknown(&self.rule))?;
        let page = match self.format {
            Format::Human => markdown::render(rule.page, global.layout(&streams.surroundings)),
            Format::Markdown => rule.page.to_owned(),
        };
        writeln!(streams.output, "{}", page.trim_end())?;
        Ok(Exit::Success)
    }
}

/// The answer to a name that is no rule's: with those that were probably meant.
pub(super) fn unknown(name: &str) -> Failure {
    let names = || rules().iter().map(|rule| rule.name);
    let mut near: Vec<&str> = closest(name, names()).into_iter().collect();
    if near.is_empty() && name.len() >= LEAST_PART {
        near = names().filter(|rule| rule.contains(name)).collect();
    }
    let hint = if near.is_empty() || near.len() > MOST_SUGGESTIONS {
        "`pipewright rules` lists them".to_owned()
    } else {
        format!("did you mean `{}`?", near.join("` or `"))
    };
    Failure::Message(format!("there is no rule `{}`; {hint}", printable(name)))
}

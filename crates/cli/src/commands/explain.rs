//! `pipewright explain`: the page of one rule.

use clap::Args;
use pipewright_lint::rule;

use crate::exit::Failure;
use crate::global::Global;
use crate::rule_names::RuleNames;
use crate::{Exit, Streams, markdown, rule_names, rule_page};

/// Print the page of a rule: what it finds, why, and what to write instead
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  pipewright explain parallel-step-reference
  pipewright explain wrong-step-path --format markdown > wrong-step-path.md")]
pub(crate) struct Explain {
    /// The rule (`pipewright rules` lists them)
    #[arg(value_parser = RuleNames::OfRules, hide_possible_values = true)]
    rule: String,

    /// How to print the page
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// Laid out for the terminal
    Human,
    /// The same as Markdown
    Markdown,
}

impl Explain {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let rule = rule(&self.rule).ok_or_else(|| rule_names::unknown(&self.rule))?;
        let page = rule_page::page(rule);
        let page = match self.format {
            Format::Human => markdown::render(&page, global.layout(&streams.surroundings)),
            Format::Markdown => page,
        };
        writeln!(streams.output, "{}", page.trim_end())?;
        Ok(Exit::Success)
    }
}

//! Which rules run.

use clap::Args;
use pipewright_lint::Options;

use crate::exit::Failure;
use crate::rule_names::{self, RuleNames};

/// The rules that run.
#[derive(Args, Debug)]
pub(super) struct Selection {
    /// Run only these rules: names of rules or families, or ALL (`pipewright rules` lists them)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = RuleNames::OfChoices, hide_possible_values = true)]
    select: Vec<String>,

    /// Do not run these rules, families or ALL; the narrower choice counts: --ignore security --select script-injection
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = RuleNames::OfChoices, hide_possible_values = true)]
    ignore: Vec<String>,

    /// Run the info rules too
    #[arg(long)]
    pedantic: bool,
}

impl Selection {
    /// The level of every rule.
    ///
    /// # Errors
    /// When a name chooses nothing.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        Options::new(&self.select, &self.ignore, self.pedantic)
            .map_err(|error| rule_names::unknown_choice(&error.name))
    }
}

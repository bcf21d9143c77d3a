//! Which rules run.

use std::collections::BTreeMap;

use clap::Args;
use pipewright_lint::Options;
use pipewright_workspace::Configurations;

use crate::batch::Batch;
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
    /// The level of every rule where there is no configuration.
    ///
    /// # Errors
    /// When a name chooses nothing.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        Options::new(&self.select, &self.ignore, self.pedantic)
            .map_err(|error| rule_names::unknown_choice(&error.name))
    }

    /// The level of every rule in any of the files, and gives the batch those of each file where there are
    /// configurations.
    ///
    /// # Errors
    /// When a name chooses nothing.
    pub(super) fn configure(
        &self,
        batch: &mut Batch,
        configurations: &Configurations,
    ) -> Result<Options, Failure> {
        let own = self.options()?;
        if configurations.is_empty() {
            return Ok(own);
        }
        let mut of_files = BTreeMap::new();
        for (id, place) in batch.places() {
            let options = configurations.options(place, &self.select, &self.ignore, self.pedantic);
            let options = options.map_err(|error| rule_names::unknown_choice(&error.name))?;
            of_files.insert(id, options);
        }
        let all = Options::of_files(&of_files);
        batch.set_options(of_files);
        Ok(all)
    }
}

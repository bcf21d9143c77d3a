//! The commands: one file each, one line each in the table.

mod check;
mod completions;
mod config_schema;
mod convert_expressions;
mod diff;
mod eval;
mod explain;
mod fqn;
mod impact;
mod init;
mod lsp;
mod man;
mod navigation;
mod plan;
mod refs;
mod render;
mod rules;
mod test;

use clap::Subcommand;

use crate::exit::Failure;
use crate::global::Global;
use crate::{Exit, Streams};

/// The table of commands, in the order of `--help`. A variant's documentation is its line there.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Check(check::Check),
    Eval(eval::Eval),
    Render(render::Render),
    Fqn(fqn::Fqn),
    Refs(refs::Refs),
    Complete(navigation::Complete),
    Hover(navigation::Hover),
    Definition(navigation::Definition),
    References(navigation::References),
    Rename(navigation::Rename),
    Symbols(navigation::Symbols),
    Lsp(lsp::Lsp),
    ConvertExpressions(convert_expressions::ConvertExpressions),
    Plan(plan::Plan),
    Test(test::Test),
    Diff(diff::Diff),
    Impact(impact::Impact),
    Explain(explain::Explain),
    Rules(rules::Rules),
    Init(init::Init),
    ConfigSchema(config_schema::ConfigSchema),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// Runs the command. `program` describes the whole command line.
    pub(crate) fn run(
        &self,
        global: &Global,
        program: fn() -> clap::Command,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        match self {
            Self::Check(command) => command.run(global, streams),
            Self::Eval(command) => command.run(global, streams),
            Self::Render(command) => command.run(streams),
            Self::Fqn(command) => command.run(global, streams),
            Self::Refs(command) => command.run(global, streams),
            Self::Complete(command) => command.run(streams),
            Self::Hover(command) => command.run(streams),
            Self::Definition(command) => command.run(streams),
            Self::References(command) => command.run(streams),
            Self::Rename(command) => command.run(streams),
            Self::Symbols(command) => command.run(streams),
            Self::Lsp(command) => command.run(streams),
            Self::ConvertExpressions(command) => command.run(streams),
            Self::Plan(command) => command.run(global, streams),
            Self::Test(command) => command.run(global, streams),
            Self::Diff(command) => command.run(global, streams),
            Self::Impact(command) => command.run(global, streams),
            Self::Explain(command) => command.run(global, streams),
            Self::Rules(command) => command.run(global, streams),
            Self::Init(_) => init::Init::run(streams),
            Self::ConfigSchema(_) => config_schema::ConfigSchema::run(streams),
            Self::Completions(command) => command.run(program(), streams),
            Self::Man(command) => command.run(program(), streams),
        }
    }
}

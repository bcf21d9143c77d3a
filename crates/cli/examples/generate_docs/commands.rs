//! The reference of the commands, from what the command line itself knows of them.

use std::fmt::Write as _;

use clap::{Arg, Command};

use super::Pages;

/// Options of every command.
const EVERYWHERE: [&str; 2] = ["help", "version"];

/// The names of the commands, in their order.
pub(super) fn names() -> Vec<String> {
    let program = pipewright_cli::command();
    shown(&program)
        .map(|command| command.get_name().to_owned())
        .collect()
}

fn shown(program: &Command) -> impl Iterator<Item = &Command> {
    let commands = program.get_subcommands();
    commands.filter(|command| !command.is_hide_set() && command.get_name() != "help")
}

/// Adds a page a command, and their index.
pub(super) fn add(pages: &mut Pages) {
    let mut program = pipewright_cli::command();
    program.build();
    let mut index = String::from("# Commands\n\n| command | what it does |\n|---|---|\n");
    for command in shown(&program) {
        let name = command.get_name();
        let about = text(command.get_about());
        let _ = writeln!(index, "| [`{name}`]({name}.md) | {about} |");
        pages.insert(format!("docs/commands/{name}.md"), page(command.clone()));
    }
    index
        .push_str("\nEvery command takes `--color auto|always|never`, `--help` and `--version`.\n");
    pages.insert("docs/commands/README.md".to_owned(), index);
}

fn page(mut command: Command) -> String {
    let about = text(command.get_long_about().or(command.get_about()));
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim();
    let mut page = format!(
        "# pipewright {}\n\n{about}.\n\n```text\n{usage}\n```\n",
        command.get_name()
    );
    let (positional, named): (Vec<&Arg>, Vec<&Arg>) = command
        .get_arguments()
        .filter(|argument| {
            !argument.is_hide_set() && !EVERYWHERE.contains(&argument.get_id().as_str())
        })
        .partition(|argument| argument.is_positional());
    for (heading, arguments) in [("Arguments", positional), ("Options", named)] {
        let own = arguments
            .iter()
            .filter(|argument| !argument.is_global_set());
        let rows: String = own.map(|argument| described(argument)).collect();
        if !rows.is_empty() {
            let _ = write!(page, "\n## {heading}\n\n{rows}");
        }
    }
    if let Some(after) = command.get_after_help() {
        page.push_str(&sections(&after.to_string()));
    }
    page
}

/// An argument as an item of a list.
fn described(argument: &Arg) -> String {
    let mut item = format!("- `{argument}`");
    let help = text(argument.get_long_help().or(argument.get_help()));
    let _ = write!(item, ": {help}");
    let defaults = argument.get_default_values();
    let flag = !argument.get_action().takes_values();
    if !defaults.is_empty() && !flag {
        let defaults: Vec<_> = defaults
            .iter()
            .map(|value| value.to_string_lossy())
            .collect();
        let _ = write!(item, " (default `{}`)", defaults.join(" "));
    }
    item.push('\n');
    if flag || argument.is_hide_possible_values_set() {
        return item;
    }
    for value in argument.get_possible_values() {
        let help = text(value.get_help());
        let name = value.get_name();
        let behind = if help.is_empty() {
            String::new()
        } else {
            format!(": {help}")
        };
        let _ = writeln!(item, "  - `{name}`{behind}");
    }
    item
}

/// What stands behind the options in `--help`: headings with indented lines below them, and sentences.
fn sections(after: &str) -> String {
    let mut page = String::new();
    for part in after.split("\n\n") {
        match part.split_once(":\n") {
            Some((heading, lines)) if lines.lines().all(|line| line.starts_with("  ")) => {
                let _ = write!(page, "\n## {heading}\n\n```text\n");
                for line in lines.lines() {
                    page.push_str(line.get(2..).unwrap_or_default());
                    page.push('\n');
                }
                page.push_str("```\n");
            }
            _ => {
                let _ = write!(page, "\n{part}\n");
            }
        }
    }
    page
}

fn text(help: Option<&clap::builder::StyledStr>) -> String {
    help.map_or_else(String::new, |help| help.to_string().replace('\n', " "))
}

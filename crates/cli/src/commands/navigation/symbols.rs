//! `pipewright symbols`: what a file declares, as an outline.

use clap::Args;
use pipewright_ide::{Symbol, symbols};
use serde::Serialize;

use super::{Asked, Declared, Format, json, nothing};
use crate::exit::Failure;
use crate::files::Files;
use crate::printable::printable;
use crate::{Exit, Streams};

/// List what a file declares, as an outline
#[derive(Args, Debug)]
#[command(after_help = "Exit codes:
  0  answered; a note says when the file declares nothing
  2  could not answer: no such file

Examples:
  pipewright symbols pipeline.yaml
  pipewright symbols - --format json < unsaved.yaml")]
pub(crate) struct Symbols {
    #[command(flatten)]
    asked: Asked,
}

/// A symbol in JSON.
#[derive(Serialize)]
struct Entry<'f> {
    #[serde(flatten)]
    declared: Declared<'f>,
    /// The type of a stage or step.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'f str>,
    children: Vec<Self>,
}

impl<'f> Entry<'f> {
    /// Recurses as deep as nodes nest.
    fn new(files: &'f Files, symbol: &'f Symbol) -> Self {
        let children = symbol.children.iter();
        Self {
            declared: Declared::new(files, &symbol.declaration),
            detail: symbol.declaration.type_name.as_deref(),
            children: children.map(|child| Self::new(files, child)).collect(),
        }
    }
}

impl Symbols {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let (files, id) = self.asked.file.read(streams)?;
        let symbols = symbols(&files.snapshot, id);
        let entries: Vec<Entry<'_>> = symbols
            .iter()
            .map(|symbol| Entry::new(&files, symbol))
            .collect();
        match self.asked.format {
            Format::Human => {
                outline(&entries, 0, streams)?;
                if entries.is_empty() {
                    nothing("the file declares nothing", streams)?;
                }
            }
            Format::Json => json("symbols", entries, streams)?,
        }
        Ok(Exit::Success)
    }
}

fn outline(entries: &[Entry<'_>], depth: usize, streams: &mut Streams<'_>) -> Result<(), Failure> {
    for entry in entries {
        let indent = "  ".repeat(depth);
        let detail = entry
            .detail
            .map(|detail| format!(" ({})", printable(detail)));
        let detail = detail.unwrap_or_default();
        writeln!(
            streams.output,
            "{indent}{}{detail}",
            entry.declared.for_people()
        )?;
        outline(&entry.children, depth + 1, streams)?;
    }
    Ok(())
}

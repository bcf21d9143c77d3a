//! Where reports go, and in which formats.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum as _};
use pipewright_workspace::Workspace;

use crate::Streams;
use crate::exit::Failure;
use crate::global::Global;
use crate::printable::printable;
use crate::report::{Format, Report};
use crate::rewritten::write_file;

/// Where the reports of a run go.
#[derive(Args, Debug)]
pub(super) struct Destinations {
    /// How to print findings [default: human on a terminal, otherwise short]
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Write the report into FILE instead of printing it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write a report into a file, too, in a format of its own: sarif=findings.sarif; may be repeated
    #[arg(long, value_name = "FORMAT=FILE", value_parser = format_and_file)]
    output_file: Vec<(Format, PathBuf)>,
}

fn format_and_file(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("expected FORMAT=FILE")?;
    let known = Format::from_str(format, false).map_err(|_| {
        let names = Format::value_variants().iter();
        let names =
            names.filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()));
        let names: Vec<String> = names.collect();
        format!(
            "there is no format `{format}`; there are {}",
            names.join(", ")
        )
    })?;
    if file.is_empty() {
        return Err("expected FORMAT=FILE".to_owned());
    }
    Ok((known, file.into()))
}

impl Destinations {
    /// The format of the report that is printed; `None` where a file takes it.
    pub(super) fn printed(&self, streams: &Streams<'_>) -> Option<Format> {
        self.output.is_none().then(|| {
            let is_terminal = streams.surroundings.output_is_terminal;
            self.format.unwrap_or(Format::default_for(is_terminal))
        })
    }

    /// Says where two reports would go into one file, and where one would go into a file that is checked.
    ///
    /// # Errors
    /// Then.
    pub(super) fn refuse_collisions(
        &self,
        checked: &BTreeSet<&str>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let directory = streams.surroundings.directory.clone();
        let workspace = Workspace::new(directory, &mut streams.input, "");
        let files = self.output_file.iter().map(|(_, file)| file);
        let mut taken = BTreeSet::new();
        for file in self.output.iter().chain(files) {
            let place = workspace.place(&file.to_string_lossy());
            let name = printable(&file.to_string_lossy()).into_owned();
            let message = if checked.contains(&*place) {
                format!("`{name}` is checked: a report would take its place")
            } else if place.starts_with("/dev/") || taken.insert(place) {
                continue;
            } else {
                format!("two reports would go into `{name}`")
            };
            return Err(Failure::Message(message));
        }
        Ok(())
    }

    /// Prints and writes the report.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub(super) fn write(
        &self,
        report: &Report<'_>,
        global: &Global,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if let Some(format) = self.printed(streams) {
            let layout = global.layout(&streams.surroundings);
            format.write(report, layout, &mut streams.output)?;
        }
        let format = self.format.unwrap_or(Format::default_for(false));
        let output = self.output.iter().map(|file| (format, file));
        let files = self
            .output_file
            .iter()
            .map(|(format, file)| (*format, file));
        for (format, file) in output.chain(files) {
            let mut contents = Vec::new();
            let layout = global.layout_of_file(&streams.surroundings);
            format.write(report, layout, &mut contents)?;
            write_file(&streams.surroundings.directory, file, &contents)?;
        }
        Ok(())
    }
}

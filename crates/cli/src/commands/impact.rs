//! `pipewright impact`: who reads a name, uses a template or runs a pipeline.

use std::path::{Path, PathBuf};

use clap::Args;
use pipewright_analysis::Snapshot;
use pipewright_compare::impact;
use pipewright_workspace::Workspace;

use crate::at_hand;
use crate::compared::{
    write_impact_dot, write_impact_json, write_impact_mermaid, write_impact_tree,
};
use crate::exit::Failure;
use crate::global::Global;
use crate::printable::printable;
use crate::{Exit, Streams};

/// Say who reads a name, uses a template or runs a pipeline
#[derive(Args, Debug)]
#[command(after_help = "What rests on something:
  reads      an expression reads the name, or something below it
  uses       a stage, group or step uses the template
  runs       a stage runs the pipeline
  fills      an input set gives values to the pipeline
  overlays   an overlay puts the input set on its pipeline

All of these would break if it went, but for those marked `may break`. What rests on something that rests on it stands
below that.

Exit codes:
  0  answered
  2  could not answer: nothing at hand has the name, or a path cannot be read

Examples:
  pipewright impact templates/build.yaml
  pipewright impact pipeline.variables.region --in .harness/release.yaml
  pipewright impact pipeline.stages.Build.spec.execution.steps.Tag.output.outputVariables.tag
  pipewright impact build_image --with .harness --format dot | dot -Tsvg > impact.svg")]
pub(crate) struct Impact {
    /// A file, the identifier of a pipeline, template or input set, or a fully qualified name
    #[arg(value_name = "NAME|FILE")]
    what: String,

    /// The files to look through: a file, or a directory, walked as `check` walks it; may be repeated [default: .]
    #[arg(long = "with", value_name = "PATH")]
    with: Vec<PathBuf>,

    /// The file of the pipeline that has the name, where several have it
    #[arg(long = "in", value_name = "FILE")]
    within: Option<PathBuf>,

    /// How to print what rests on it
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// A tree
    Human,
    /// One JSON object
    Json,
    /// A Mermaid flowchart
    Mermaid,
    /// A Graphviz graph
    Dot,
}

impl Impact {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let mut snapshot = Snapshot::of_one_repository();
        let mut paths = self.with.clone();
        if paths.is_empty() {
            paths.push(PathBuf::from("."));
        }
        let directory = streams.surroundings.directory.clone();
        let what = Path::new(&self.what);
        let is_file = pipewright_workspace::is_file(&directory, what);
        if is_file {
            paths.insert(0, what.to_owned());
        }
        paths.extend(self.within.clone());
        at_hand::read(&paths, "<stdin>", &mut snapshot, streams)?;
        let (name, within) = {
            let workspace = Workspace::new(directory, &mut streams.input, "<stdin>");
            let place = |path: &Path| workspace.place(&path.to_string_lossy());
            let name = if is_file {
                place(what)
            } else {
                self.what.clone()
            };
            let within = self
                .within
                .as_deref()
                .and_then(|path| snapshot.id(&place(path)));
            (name, within)
        };
        let answer = impact(&snapshot, &name, within)
            .map_err(|error| Failure::Message(printable(&error.to_string()).into_owned()))?;
        match self.format {
            Format::Human => {
                let layout = global.layout(&streams.surroundings);
                write_impact_tree(&answer, &snapshot, layout, streams)?;
            }
            Format::Json => write_impact_json(&answer, &snapshot, streams)?,
            Format::Mermaid => write_impact_mermaid(&answer, streams)?,
            Format::Dot => write_impact_dot(&answer, streams)?,
        }
        Ok(Exit::Success)
    }
}

//! `pipewright fqn`: every name a pipeline offers.

use clap::Args;
use pipewright_model::{NodeId, Pipeline};
use pipewright_resolve::{self as resolve, Looping, Name, Position, Resolution};
use serde::Serialize;

use crate::exit::Failure;
use crate::global::Global;
use crate::layout::Layout;
use crate::names::{node_called, title, unknown_name};
use crate::one_file::{FileArguments, OneFile};
use crate::printable::json_lines;
use crate::report::Range;
use crate::table::{Cell, Table};
use crate::{Exit, Streams};

/// List every fully qualified name a pipeline offers
#[derive(Args, Debug)]
#[command(
    after_help = "Settings, variables and declared outputs stand in the file; --outputs adds what only a run fills in.
With --at, each name is given as the shortest path that leads to it from there.

Exit codes:
  0  answered
  2  could not answer: no such file, no pipeline in it, or no node called as --at says

Examples:
  pipewright fqn pipeline.yaml
  pipewright fqn pipeline.yaml --outputs | grep outputVariables
  pipewright fqn .harness/pipeline.yaml --with .harness
  pipewright fqn pipeline.yaml --at pipeline.stages.Build.spec.execution.steps.Unit
  pipewright fqn pipeline.yaml --format json | jq -r '.names[].fqn'"
)]
pub(crate) struct Fqn {
    #[command(flatten)]
    file: FileArguments,

    /// How to print the names
    #[arg(long, value_enum, default_value = "human")]
    format: Format,

    /// Add the outputs that are known of step and stage types, and the fields a run fills in
    #[arg(long)]
    outputs: bool,

    /// Give each name as it is read by the stage, group or step of this name
    #[arg(long, value_name = "FQN")]
    at: Option<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// A table, by stage, group and step
    Human,
    /// One JSON object
    Json,
}

#[derive(Serialize)]
struct Document<'a> {
    names: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    fqn: &'a str,
    kind: &'static str,
    file: Option<&'a str>,
    span: Option<Range>,
    available: &'static str,
    /// Of a looping node the names of its instances, where the file tells them.
    #[serde(skip_serializing_if = "Option::is_none")]
    instances: Option<Vec<String>>,
    #[serde(flatten)]
    reading: Option<&'a Reading>,
}

/// How a name is read at the position of `--at`.
#[derive(Serialize)]
struct Reading {
    /// The path that leads to it, if there is one.
    relative: Option<String>,
    /// What becomes of that path, or without one of the whole name.
    outcome: &'static str,
}

/// The names of one pipeline, and how they are read where `--at` asks for it.
struct Listing<'a> {
    pipeline: &'a Pipeline,
    resolution: &'a Resolution,
    names: Vec<(Name, Option<Reading>)>,
}

impl Fqn {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let file = self.file.load(streams)?;
        let listings = self.listings(&file)?;
        match self.format {
            Format::Human => {
                let layout = global.layout(&streams.surroundings);
                for listing in &listings {
                    listing.table(&file, layout, streams)?;
                }
            }
            Format::Json => json(&file, &listings, streams)?,
        }
        Ok(Exit::Success)
    }

    /// The names of each pipeline of the file; with `--at` only of the one that has such a node.
    fn listings<'a>(&self, file: &'a OneFile) -> Result<Vec<Listing<'a>>, Failure> {
        let resolved = file.resolved();
        let Some(at) = &self.at else {
            let all = resolved.map(|(pipeline, resolution)| Listing {
                pipeline,
                resolution,
                names: self
                    .names(file, pipeline, resolution)
                    .into_iter()
                    .map(|name| (name, None))
                    .collect(),
            });
            return Ok(all.collect());
        };
        for (pipeline, resolution) in resolved {
            if let Some(reader) = node_called(at, file.tree(), pipeline, resolution) {
                let names = self.names(file, pipeline, resolution);
                let names = read_at(file, pipeline, resolution, reader, names);
                return Ok(vec![Listing {
                    pipeline,
                    resolution,
                    names,
                }]);
            }
        }
        Err(unknown_name(at, file))
    }

    fn names(&self, file: &OneFile, pipeline: &Pipeline, resolution: &Resolution) -> Vec<Name> {
        let tree = file.tree();
        resolve::list(tree, pipeline, &resolution.names, self.outputs)
    }
}

/// How each name is read by `reader`.
fn read_at(
    file: &OneFile,
    pipeline: &Pipeline,
    resolution: &Resolution,
    reader: NodeId,
    names: Vec<Name>,
) -> Vec<(Name, Option<Reading>)> {
    let position = Position::new(file.tree(), pipeline, resolution, reader);
    let read = |name: Name| {
        let reading = match position.shortest(&name) {
            Ok(relative) => Reading {
                relative: Some(relative),
                outcome: "resolved",
            },
            Err(verdict) => Reading {
                relative: None,
                outcome: verdict.as_str(),
            },
        };
        (name, Some(reading))
    };
    names.into_iter().map(read).collect()
}

impl Listing<'_> {
    /// One line a name, nodes in the order of the file. What cannot be read at the position of `--at` is only counted.
    fn table(
        &self,
        file: &OneFile,
        layout: Layout,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let mut by_node: Vec<Vec<&(Name, Option<Reading>)>> =
            self.pipeline.ids().map(|_| Vec::new()).collect();
        let mut hidden = 0;
        for entry in &self.names {
            match &entry.1 {
                Some(reading) if reading.relative.is_none() => hidden += 1,
                _ => by_node[entry.0.node.0 as usize].push(entry),
            }
        }
        let mut table = Table::default();
        for (node, entries) in self.pipeline.ids().zip(by_node) {
            if entries.is_empty() {
                continue;
            }
            let rows = entries.into_iter().map(|entry| row(file, entry));
            table.group(self.title(node), rows.collect());
        }
        table.write(layout.palette, &mut streams.output)?;
        if hidden > 0 {
            let note = "what runs later or beside, elements of lists without names in a run, and what only a run can tell";
            writeln!(
                streams.output,
                "\n{hidden} more cannot be read there ({note}); --format json says why"
            )?;
        }
        Ok(())
    }

    /// A node in a few words, with its instances if it loops.
    fn title(&self, node: NodeId) -> String {
        let loops = &self.resolution.loops;
        let of_node = self.pipeline.node(node);
        let title = title(of_node);
        let identifier = of_node.identifier.as_ref();
        match (loops.iterations(node), identifier) {
            (Some(iterations), Some(identifier)) => {
                format!("{title}, {}", iterations.in_words(&identifier.text))
            }
            _ if loops.looping(node) == Looping::Surely => format!("{title}, loops"),
            _ => title,
        }
    }

    /// The names of the instances of the node that a name is the name of.
    fn instances(&self, name: &Name) -> Option<Vec<String>> {
        let iterations = self.resolution.loops.iterations(name.node)?;
        name.parts
            .is_empty()
            .then(|| iterations.instances(&name.fqn))?
    }
}

fn row(file: &OneFile, (name, reading): &(Name, Option<Reading>)) -> Vec<Cell> {
    let path = reading
        .as_ref()
        .and_then(|reading| reading.relative.as_ref())
        .unwrap_or(&name.fqn);
    let place = name.span.map(|span| file.files.short_place(span));
    vec![
        Cell::plain(path),
        Cell::plain(name.kind.as_str()),
        Cell::plain(name.available.as_str()),
        Cell::plain(&place.unwrap_or_default()),
    ]
}

fn json(
    file: &OneFile,
    listings: &[Listing<'_>],
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let names = listings
        .iter()
        .flat_map(|listing| listing.names.iter().map(move |entry| (listing, entry)));
    let document = Document {
        names: names
            .map(|(listing, (name, reading))| {
                let (file, span) = name.span.map(|span| file.files.place(span)).unzip();
                Entry {
                    fqn: &name.fqn,
                    kind: name.kind.as_str(),
                    file,
                    span,
                    available: name.available.as_str(),
                    instances: listing.instances(name),
                    reading: reading.as_ref(),
                }
            })
            .collect(),
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

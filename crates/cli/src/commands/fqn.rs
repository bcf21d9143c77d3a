//! `pipewright fqn`: every name a pipeline offers.

use clap::Args;
use pipewright_analysis::Prepared;
use pipewright_context::RunPlace;
use pipewright_jexl::Json;
use pipewright_model::{NodeId, Pipeline};
use pipewright_resolve::{self as resolve, Looping, Name, Position, Resolution};
use serde::Serialize;

use crate::exit::Failure;
use crate::global::Global;
use crate::layout::Layout;
use crate::named_values::{NamedValues, in_table};
use crate::names::title;
use crate::one_file::{FileArguments, OneFile};
use crate::place::PLACE;
use crate::printable::json_lines;
use crate::report::Range;
use crate::table::{Cell, Table};
use crate::{Exit, Streams};

/// List every fully qualified name a pipeline offers
#[derive(Args, Debug)]
#[command(
    after_help = "Settings, variables and declared outputs stand in the file; --outputs adds what only a run fills in.
Values are shown as far as the files tell them: not what differs from turn to turn of a loop.
With --at, each name is given as the shortest path that leads to it from there.

Exit codes:
  0  answered
  2  could not answer: no such file, no pipeline in it, or no place as --at says

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

    /// Give each name as it is read by a stage, group or step: its fully qualified name, that of a setting of it, an
    /// identifier that only one node has, an instance of a loop (`A_1`), or a place in the file
    #[arg(long, value_name = PLACE)]
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
    /// Its value, where the files tell one: a text, number, boolean or list.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Json>,
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

/// A name with what is told of it.
struct Listed {
    name: Name,
    value: Option<Json>,
    /// How it is read where `--at` asks for it.
    reading: Option<Reading>,
}

/// The names of one pipeline.
struct Listing<'a> {
    pipeline: &'a Pipeline,
    resolution: &'a Resolution,
    names: Vec<Listed>,
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

    /// The names of each pipeline of the file; with `--at` only of the one that has such a place.
    fn listings<'a>(&self, file: &'a OneFile) -> Result<Vec<Listing<'a>>, Failure> {
        if let Some(at) = &self.at {
            let (number, prepared, place) = file.find(at)?;
            let mut resolved = file.resolved();
            let found = resolved.nth(number).map(|(pipeline, resolution)| Listing {
                pipeline,
                resolution,
                names: read_at(
                    (file, pipeline, resolution),
                    (&prepared, &place),
                    self.names(file, pipeline, resolution),
                ),
            });
            return Ok(found.into_iter().collect());
        }
        let all = file.resolved().zip(file.prepared());
        let all = all.map(|((pipeline, resolution), prepared)| {
            let mut values = prepared.as_deref().map(NamedValues::new);
            let names = self.names(file, pipeline, resolution).into_iter();
            let names = names.map(|name| Listed {
                value: values.as_mut().and_then(|values| values.own(&name)),
                name,
                reading: None,
            });
            Listing {
                pipeline,
                resolution,
                names: names.collect(),
            }
        });
        Ok(all.collect())
    }

    fn names(&self, file: &OneFile, pipeline: &Pipeline, resolution: &Resolution) -> Vec<Name> {
        let tree = file.tree();
        resolve::list(tree, pipeline, &resolution.names, self.outputs)
    }
}

/// How each name is read at a place, and what is read there.
fn read_at(
    (file, pipeline, resolution): (&OneFile, &Pipeline, &Resolution),
    (prepared, place): (&Prepared, &RunPlace),
    names: Vec<Name>,
) -> Vec<Listed> {
    let position = Position::new(file.tree(), pipeline, resolution, place.reader());
    let values = NamedValues::new(prepared);
    let context = prepared.pipeline().at(place).ok();
    let read = |name: Name| {
        let (reading, value) = match position.shortest(&name) {
            Ok(relative) => {
                let context = context.as_ref();
                let value = context.and_then(|context| values.at(context, &relative));
                let reading = Reading {
                    relative: Some(relative),
                    outcome: "resolved",
                };
                (reading, value)
            }
            Err(verdict) => {
                let reading = Reading {
                    relative: None,
                    outcome: verdict.as_str(),
                };
                (reading, None)
            }
        };
        Listed {
            name,
            value,
            reading: Some(reading),
        }
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
        let mut by_node: Vec<Vec<&Listed>> = self.pipeline.ids().map(|_| Vec::new()).collect();
        let mut hidden = 0;
        for entry in &self.names {
            match &entry.reading {
                Some(reading) if reading.relative.is_none() => hidden += 1,
                _ => by_node[entry.name.node.0 as usize].push(entry),
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

fn row(file: &OneFile, listed: &Listed) -> Vec<Cell> {
    let name = &listed.name;
    let reading = listed.reading.as_ref();
    let path = reading
        .and_then(|reading| reading.relative.as_ref())
        .unwrap_or(&name.fqn);
    let place = name.span.map(|span| file.files.short_place(span));
    vec![
        Cell::plain(path),
        Cell::plain(name.kind.as_str()),
        Cell::plain(name.available.as_str()),
        Cell::plain(&place.unwrap_or_default()),
        Cell::plain(&in_table(listed.value.as_ref())),
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
            .map(|(listing, listed)| {
                let name = &listed.name;
                let (file, span) = name.span.map(|span| file.files.place(span)).unzip();
                Entry {
                    fqn: &name.fqn,
                    kind: name.kind.as_str(),
                    file,
                    span,
                    available: name.available.as_str(),
                    value: listed.value.as_ref(),
                    instances: listing.instances(name),
                    reading: listed.reading.as_ref(),
                }
            })
            .collect(),
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

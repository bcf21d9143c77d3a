//! `pipewright refs`: every reference of a pipeline and what it points at.

use std::collections::{HashMap, HashSet};

use clap::Args;
use pipewright_model::Pipeline;
use pipewright_resolve::{Child, Reference, Resolution, UnknownReason, Verdict};
use pipewright_source::{Severity, Span, TextRange};
use serde::Serialize;

use crate::exit::Failure;
use crate::global::Global;
use crate::graph::{ChildReading, Graph, dot, mermaid};
use crate::layout::Layout;
use crate::names::{
    is_of_child, is_surely_unknown, may_exist, meant_by, near_name, setting_at, title, unknown_name,
};
use crate::one_file::{FileArguments, OneFile};
use crate::place::PLACE;
use crate::printable::{json_lines, printable};
use crate::report::Range;
use crate::table::{Cell, Table};
use crate::{Exit, Streams};

/// List every reference of a pipeline and what it points at
#[derive(Args, Debug)]
#[command(after_help = "Outcomes:
  resolved   points at something that exists when it is read
  run-time   begins with a root that only a run knows
  unknown    the files cannot tell: a template that is not at hand, a computed path
  undefined, wrong-path, later, parallel, self, rollback
             cannot work; `pipewright check` explains why

Reasons of what is unknown:
  template   leads into a template that is not at hand, or out of the template that is read
  dynamic    a part of the path is known only to a run, or a hyphen in it (v1) may subtract
  insert     the list holds an `insert` placeholder
  open       the members are known only to a run, such as the outputs of a plugin or workspace
  lazy       the text is read elsewhere than it stands: the value of a variable, an input of a service
  foreign    another pipeline or entity reads the text
  order      whether it has run depends on how a rollback or a loop goes
  ambiguous  several nodes have that identifier
  incomplete the file has syntax errors, so that names may be missing
  unnamed    a stage, group or step on the way has no identifier that is written (v1)

Outputs of a chained stage are read in the pipeline that it runs: where --with finds that, its file is `to_file` in JSON.

Exit codes:
  0  answered
  2  could not answer: no such file, no pipeline in it, or no node of the name of --to

Examples:
  pipewright refs pipeline.yaml
  pipewright refs pipeline.yaml --to pipeline.variables.region
  pipewright refs .harness/pipeline.yaml --with .harness
  pipewright refs pipeline.yaml --format json | jq '.references[] | select(.outcome == \"undefined\")'
  pipewright refs pipeline.yaml --format dot | dot -Tsvg > pipeline.svg")]
pub(crate) struct Refs {
    #[command(flatten)]
    file: FileArguments,

    /// How to print the references
    #[arg(long, value_enum, default_value = "human")]
    format: Format,

    /// Only those that read this name or something below it; a looping node stands for all its instances, `A_0` for one
    /// of them. A name that only a pipeline of a chained stage has is read through outputs of the stage. An identifier
    /// that only one node has and a place in the file name what is there
    #[arg(long, value_name = PLACE)]
    to: Option<String>,

    /// Only those that are read by this stage, group or step and what is in it, or at this place of the file
    #[arg(long, value_name = PLACE)]
    at: Option<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// A table, by the node that reads
    Human,
    /// One JSON object
    Json,
    /// The stages, groups and steps with their references as a Graphviz graph
    Dot,
    /// The same as a Mermaid flowchart
    Mermaid,
}

#[derive(Serialize)]
struct Document<'a> {
    references: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    path: String,
    file: &'a str,
    span: Range,
    from: String,
    to: Option<String>,
    /// The file of the chained pipeline in which the reference is evaluated and `to` is a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    to_file: Option<&'a str>,
    /// The same with the suffixes by which the path names instances of loops.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// The references of one pipeline that were asked for.
struct Found<'a> {
    pipeline: &'a Pipeline,
    resolution: &'a Resolution,
    references: Vec<&'a Reference>,
    /// The references that the pipelines of chained stages decide about, by site and range.
    in_children: HashMap<(usize, TextRange), InChild<'a>>,
}

/// What became of a reference in the pipeline that a chained stage runs.
#[derive(Clone, Copy)]
struct InChild<'a> {
    file: &'a str,
    pipeline: &'a Pipeline,
    resolution: &'a Resolution,
    reference: &'a Reference,
}

/// What became of a reference, in the pipeline that decides about it.
struct Became<'a> {
    outcome: &'a Verdict,
    /// The name of what it points at.
    to: Option<String>,
    /// The same with the suffixes of instances that the path gives.
    instance: Option<String>,
    /// The file of the pipeline, if that is one that a chained stage runs.
    file: Option<&'a str>,
}

impl Refs {
    pub(crate) fn run(&self, global: &Global, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let file = self.file.load(streams)?;
        let to = self.to.as_deref().map(|to| meant_by(to, &file));
        let to = to.transpose()?;
        let to = to.as_deref();
        let mut found = found(to, &file)?;
        if let Some(at) = &self.at {
            keep_read_at(at, &file, &mut found)?;
        }
        match self.format {
            Format::Human => {
                let layout = global.layout(&streams.surroundings);
                table(&file, &found, layout, streams)?;
                if found.iter().all(|part| part.references.is_empty()) {
                    // What a program reads from the output stays empty.
                    streams.flush_output()?;
                    writeln!(streams.errors, "note: {}", self.nothing(to, &file))?;
                }
            }
            Format::Json => json(&file, &found, streams)?,
            Format::Dot => dot::write(&graph(&found), &mut streams.output)?,
            Format::Mermaid => mermaid::write(&graph(&found), &mut streams.output)?,
        }
        Ok(Exit::Success)
    }

    /// Why there is nothing to show.
    fn nothing(&self, to: Option<&str>, file: &OneFile) -> String {
        let Some(to) = to else {
            return match &self.at {
                Some(at) => format!("nothing is read at `{}`", printable(at)),
                None => "there are no references".to_owned(),
            };
        };
        let is_unknown = is_surely_unknown(to, file) && !is_of_child(to, file);
        let unknown = if is_unknown {
            ", and there is no such name"
        } else {
            ""
        };
        let meant = near_name(to, file).map_or_else(String::new, |name| {
            format!("; did you mean `{}`?", printable(&name))
        });
        format!("nothing reads `{}`{unknown}{meant}", printable(to))
    }
}

/// One line a reference: where it stands, the path, what became of it, what it points at.
fn table(
    file: &OneFile,
    found: &[Found<'_>],
    layout: Layout,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let mut table = Table::default();
    for part in found {
        // What a template reads for a node follows what the node reads itself.
        let mut by_reader = part.references.clone();
        by_reader.sort_by_key(|reference| reference.reader);
        for references in by_reader.chunk_by(|a, b| a.reader == b.reader) {
            let reader = part.resolution.names.fqn(references[0].reader);
            let rows = references
                .iter()
                .map(|reference| part.row(file, reference, layout));
            table.group(reader, rows.collect());
        }
    }
    table.write(layout.palette, &mut streams.output)?;
    Ok(())
}

/// The references of each pipeline, those that read `to` if that is asked for.
fn found<'a>(to: Option<&str>, file: &'a OneFile) -> Result<Vec<Found<'a>>, Failure> {
    let of_child = to.is_some_and(|to| is_of_child(to, file));
    if let Some(to) = to
        && !of_child
        && !may_exist(to, file)
    {
        return Err(unknown_name(to, file));
    }
    let resolved = file.resolved().zip(file.children());
    let found = resolved.map(|((pipeline, resolution), children)| Found {
        pipeline,
        resolution,
        references: match to {
            None => resolution.references.iter().collect(),
            Some(to) if of_child => through_outputs(to, (pipeline, resolution), children),
            Some(to) => resolution.readers(pipeline, to).collect(),
        },
        in_children: in_children(file, children),
    });
    Ok(found.collect())
}

/// Leaves only the references that are read at a place: by its node and what is in it, or of a setting by that.
fn keep_read_at(at: &str, file: &OneFile, found: &mut [Found<'_>]) -> Result<(), Failure> {
    let (number, _, place) = file.find(at)?;
    let tree = file.tree();
    let setting = place.moment.and_then(|_| setting_at(at, number, file));
    for (part, of) in found.iter_mut().zip(0..) {
        let pipeline = part.pipeline;
        let is_in_setting = |reference: &Reference| {
            let scalar = tree.span(pipeline.sites[reference.site].yaml);
            setting.is_none_or(|setting| {
                setting.file == scalar.file && setting.range.contains_range(scalar.range)
            })
        };
        part.references.retain(|reference| {
            of == number
                && pipeline.is_around(place.reader(), reference.reader)
                && is_in_setting(reference)
        });
    }
    Ok(())
}

/// The references of a pipeline that read a name, in it or through the outputs of a chained stage in the pipeline that
/// this runs.
fn through_outputs<'a>(
    to: &str,
    (pipeline, resolution): (&Pipeline, &'a Resolution),
    children: &[Child],
) -> Vec<&'a Reference> {
    let readers = children.iter().flat_map(|child| {
        let readers = child.resolution.readers(&child.pipeline, to);
        readers.map(|reader| (reader.site, reader.range))
    });
    let mut readers: HashSet<(usize, TextRange)> = readers.collect();
    readers.extend(
        resolution
            .readers(pipeline, to)
            .map(|reader| (reader.site, reader.range)),
    );
    let references = resolution.references.iter();
    references
        .filter(|reference| readers.contains(&(reference.site, reference.range)))
        .collect()
}

fn in_children<'a>(
    file: &'a OneFile,
    children: &'a [Child],
) -> HashMap<(usize, TextRange), InChild<'a>> {
    let mut found = HashMap::new();
    for Child {
        tree,
        pipeline,
        resolution,
        ..
    } in children
    {
        let file = file.files.name(tree.file());
        for reference in &resolution.references {
            let decided = InChild {
                file,
                pipeline,
                resolution,
                reference,
            };
            found.insert((reference.site, reference.range), decided);
        }
    }
    found
}

fn graph(found: &[Found<'_>]) -> Graph {
    let mut graph = Graph::default();
    for part in found {
        let references = part.references.iter();
        let in_children: Vec<ChildReading> = references
            .filter_map(|reference| part.child_reading(reference))
            .collect();
        graph.add(
            part.pipeline,
            part.resolution,
            &part.references,
            &in_children,
        );
    }
    graph
}

impl<'a> Found<'a> {
    /// Where a reference is written.
    fn span(&self, file: &OneFile, reference: &Reference) -> Span {
        let site = &self.pipeline.sites[reference.site];
        file.tree().cover_of(site.yaml, reference.range)
    }

    /// What became of a reference.
    fn became(&self, reference: &'a Reference) -> Became<'a> {
        let in_child = self.in_children.get(&(reference.site, reference.range));
        let (resolution, reference) = match in_child {
            Some(child) => (child.resolution, child.reference),
            None => (self.resolution, reference),
        };
        Became {
            outcome: &reference.verdict,
            to: resolution.target_name(reference),
            instance: resolution.instance_name(reference),
            file: in_child.map(|child| child.file),
        }
    }

    /// What a reference in an output of a chained stage reads there.
    fn child_reading(&self, reference: &Reference) -> Option<ChildReading> {
        let InChild {
            file,
            pipeline,
            resolution,
            reference: read,
        } = self.in_children.get(&(reference.site, reference.range))?;
        let name = resolution.target_name(read);
        let name = name.unwrap_or_else(|| read.path());
        let is_wrong = read.verdict.is_wrong();
        Some(ChildReading {
            stage: reference.reader,
            child: vec![title(pipeline.node(Pipeline::ROOT)), (*file).to_owned()],
            label: if is_wrong {
                format!("{}: {name}", read.verdict.as_str())
            } else {
                name
            },
            is_wrong,
        })
    }

    fn entry(&self, file: &'a OneFile, reference: &'a Reference) -> Entry<'a> {
        let (name, span) = file.files.place(self.span(file, reference));
        let Became {
            outcome,
            to,
            instance,
            file,
        } = self.became(reference);
        Entry {
            path: reference.path(),
            file: name,
            span,
            from: self.resolution.names.fqn(reference.reader),
            to,
            to_file: file,
            instance,
            outcome: outcome.as_str(),
            reason: reason(outcome).map(UnknownReason::as_str),
        }
    }

    fn row(&self, file: &OneFile, reference: &'a Reference, layout: Layout) -> Vec<Cell> {
        let place = file.files.short_place(self.span(file, reference));
        let Became {
            outcome,
            to,
            instance,
            file,
        } = self.became(reference);
        let word = match reason(outcome) {
            Some(reason) => format!("{} ({reason})", outcome.as_str()),
            None => outcome.as_str().to_owned(),
        };
        let word = if outcome.is_wrong() {
            Cell::styled(&word, layout.palette.severity(Severity::Error))
        } else {
            Cell::plain(&word)
        };
        let target = match (instance.or(to), file) {
            (to, None) => to.unwrap_or_default(),
            (Some(to), Some(file)) => format!("{to} in {}", printable(file)),
            (None, Some(file)) => format!("in {}", printable(file)),
        };
        vec![
            Cell::plain(&place),
            Cell::plain(&reference.path()),
            word,
            Cell::plain(&target),
        ]
    }
}

/// Why nothing is known of a reference.
const fn reason(verdict: &Verdict) -> Option<UnknownReason> {
    match verdict {
        Verdict::Unknown(reason) => Some(*reason),
        _ => None,
    }
}

fn json(file: &OneFile, found: &[Found<'_>], streams: &mut Streams<'_>) -> Result<(), Failure> {
    let entries = found.iter().flat_map(|part| {
        let references = part.references.iter();
        references.map(|reference| part.entry(file, reference))
    });
    let document = Document {
        references: entries.collect(),
    };
    writeln!(streams.output, "{}", json_lines(&document)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::Args as _;

    use super::*;

    #[test]
    fn the_help_lists_every_reason() {
        let command = Refs::augment_args(clap::Command::new("refs"));
        let help = command.get_after_help().map(ToString::to_string);
        let help = help.unwrap_or_default();
        for reason in UnknownReason::ALL {
            let row = format!("\n  {reason} ");
            assert!(help.contains(&row), "{reason}");
        }
    }
}

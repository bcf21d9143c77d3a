//! A position in a pipeline, as `eval` and `render` name it: where names get their values.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use pipewright_analysis::{PrepareError, Prepared};
use pipewright_context::{
    AskedText, Given, Moment, Note, NoteCause, PipelineContext, RunPlace, UnknownCause,
};
use pipewright_engine::{Engine, Languages};
use pipewright_resolve::{NoInputSet, languages_of};
use pipewright_source::FileId;

use crate::at_hand::WITH_HELP;
use crate::exit::Failure;
use crate::files::Files;
use crate::place::PLACE;
use crate::printable::printable;
use crate::shown::Shown;
use crate::{Streams, missing_templates, notes, place};

/// The heading of the arguments in `--help`.
const HEADING: &str = "Position in a pipeline";

/// The arguments that name a position.
#[derive(Args, Debug)]
pub(crate) struct PositionArguments {
    /// Take names from this pipeline or template; - is standard input
    #[arg(long, value_name = "FILE", help_heading = HEADING)]
    pub(crate) pipeline: Option<PathBuf>,

    /// The stage, step group or step that reads, or a setting of one: its fully qualified name, an identifier that only
    /// one node has, an instance of a loop (`A_1`), or a place in the file; default: the whole
    #[arg(long, value_name = PLACE, requires = "pipeline", help_heading = HEADING)]
    at: Option<String>,

    /// The turn of the innermost loop around the position, from 0
    #[arg(long, value_name = "N", requires = "pipeline", help_heading = HEADING)]
    iteration: Option<u32>,

    /// The value of a matrix axis; may be repeated
    #[arg(long, value_name = "AXIS=VALUE", requires = "pipeline", value_parser = axis, help_heading = HEADING)]
    matrix: Vec<(String, String)>,

    /// An input set or overlay for the pipeline; of several the later one holds
    #[arg(long = "input-set", value_name = "FILE", requires = "pipeline", help_heading = HEADING)]
    input_sets: Vec<PathBuf>,

    #[arg(long = "with", value_name = "PATH", requires = "pipeline", help = WITH_HELP, help_heading = HEADING)]
    with: Vec<PathBuf>,

    /// The name of a pipeline that comes from standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>", help_heading = HEADING)]
    stdin_filename: String,
}

fn axis(text: &str) -> Result<(String, String), &'static str> {
    let (axis, value) = text.split_once('=').ok_or("expected AXIS=VALUE")?;
    Ok((axis.to_owned(), value.to_owned()))
}

/// A position that was found.
#[derive(Debug)]
pub(crate) struct Position {
    prepared: Arc<Prepared>,
    /// Whether it was asked for, rather than being the whole.
    is_chosen: bool,
    place: RunPlace,
    pub(crate) names: PipelineContext,
}

impl PositionArguments {
    /// Whether one of the files is standard input.
    pub(crate) fn reads_input(&self) -> bool {
        let named = self.pipeline.iter().chain(&self.input_sets);
        let mut paths = named.chain(&self.with);
        paths.any(|path| path.as_os_str() == "-")
    }

    /// Which node reads, and in which turns of its loops.
    pub(crate) fn reader(&self) -> Reader {
        Reader {
            at: self.at.clone(),
            iteration: self.iteration,
            matrix: self.matrix.clone(),
        }
    }

    /// Reads the file of the pipeline at `path`, and what goes with it.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(crate) fn read(&self, path: &Path, streams: &mut Streams<'_>) -> Result<Scene, Failure> {
        let mut files = Files::default();
        files.read(path, &self.stdin_filename, streams)?;
        let sets =
            files.read_around(&self.input_sets, &self.with, &self.stdin_filename, streams)?;
        Ok(Scene { files, sets })
    }
}

/// Which node reads, and in which turns of its loops.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Reader {
    /// Its name, or that of a setting; without one the whole reads.
    pub(crate) at: Option<String>,
    /// The turn of the innermost loop around it.
    pub(crate) iteration: Option<u32>,
    /// The values of axes.
    pub(crate) matrix: Vec<(String, String)>,
}

/// The files of a pipeline.
#[derive(Debug)]
pub(crate) struct Scene {
    /// The pipeline's first.
    files: Files,
    sets: Vec<FileId>,
}

impl Scene {
    /// The position of a reader, with supplied values: in the first of the pipelines that has it. A node reads at
    /// `moment`, a setting is read at its own.
    ///
    /// # Errors
    /// If the file is of another kind, or there is no such position.
    pub(crate) fn position(
        &self,
        reader: &Reader,
        given: &Given,
        moment: Moment,
    ) -> Result<Position, Failure> {
        let Self { files, sets } = self;
        let mut refused = None;
        for document in files.snapshot.pipelines(files.first()) {
            let found = prepare(files, document, sets).and_then(|prepared| {
                let pipeline = prepared.pipeline();
                let at = reader.at.as_deref().unwrap_or(pipeline.root_name());
                let source = files.source(files.first());
                let place = place::find(pipeline, (files.first(), source), at)?;
                Ok((prepared, place))
            });
            match found {
                Ok((prepared, mut place)) => {
                    place.iteration = reader.iteration;
                    place.matrix.clone_from(&reader.matrix);
                    place.given = given.clone();
                    let moment = place.moment.unwrap_or(moment);
                    let names = prepared.pipeline().at_moment(&place, moment);
                    let names = names.map_err(|error| place::explain(&error))?;
                    return Ok(Position {
                        prepared,
                        is_chosen: reader.at.is_some(),
                        place,
                        names,
                    });
                }
                Err(failure) => {
                    refused.get_or_insert(failure);
                }
            }
        }
        Err(refused.unwrap_or_else(|| files.without_pipeline()))
    }
}

/// The pipeline in a document of the first file, with its input sets merged and templates written out.
fn prepare(files: &Files, document: usize, sets: &[FileId]) -> Result<Arc<Prepared>, Failure> {
    let prepared = files.snapshot.prepared(files.first(), document, sets);
    prepared.map_err(|error| {
        let (file, hint) = match &error {
            PrepareError::InputSet { file, reason } => (*file, hint(reason)),
            _ => (files.first(), ""),
        };
        let sentence = format!("`{}` {error}", files.source(file).name());
        Failure::Message(format!("{}{hint}", printable(&sentence)))
    })
}

/// Reads a file and what stands around it, and takes its first pipeline with its input sets merged and templates
/// written out.
///
/// # Errors
/// If a file cannot be read, or the first holds no pipeline that can be prepared.
pub(crate) fn prepare_file(
    path: &Path,
    input_sets: &[PathBuf],
    with: &[PathBuf],
    input_name: &str,
    streams: &mut Streams<'_>,
) -> Result<(Files, Arc<Prepared>), Failure> {
    let mut files = Files::default();
    let id = files.read(path, input_name, streams)?;
    let sets = files.read_around(input_sets, with, input_name, streams)?;
    let document = files.snapshot.pipelines(id).first().copied();
    let document = document.ok_or_else(|| files.without_pipeline())?;
    let prepared = prepare(&files, document, &sets)?;
    Ok((files, prepared))
}

/// What to do about an input set that does not go on the pipeline.
const fn hint(reason: &NoInputSet) -> &'static str {
    match reason {
        NoInputSet::Missing(_) => {
            "; name its file with --input-set too, or where to look for it with --with"
        }
        NoInputSet::Ambiguous(_) => "; name the one that is meant with --input-set too",
        _ => "",
    }
}

impl Position {
    /// The engine of its pipeline.
    pub(crate) fn engine(&self) -> Engine {
        self.prepared.pipeline().engine()
    }

    /// What expressions in the file of its pipeline are written in.
    pub(crate) fn languages(&self) -> Languages {
        languages_of(self.prepared.pipeline().pipeline().version)
    }

    /// The predicate of the node itself.
    ///
    /// # Errors
    /// If the file does not tell, or Harness refuses the `when`.
    pub(crate) fn predicate(&self) -> Result<String, Failure> {
        self.prepared
            .pipeline()
            .predicate(&self.place)
            .map_err(|error| Failure::Message(printable(&error.to_string()).into_owned()))
    }

    /// What was found about names, when `text` was evaluated last.
    pub(crate) fn notes(&self, text: AskedText<'_>, shown: Shown<'_>) -> Vec<Note> {
        match shown {
            // An expression of a setting that is read may be what is null.
            Shown::Null | Shown::Partly(_) => self.names.notes(),
            Shown::Value | Shown::Unknown(_) => self.names.notes_on(text),
        }
    }

    /// Says on the error stream why names are null, which names can be given because only a run knows them, and what
    /// templates are not at hand.
    pub(crate) fn tell(
        &self,
        text: AskedText<'_>,
        shown: Shown<'_>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let notes = self.notes(text, shown);
        notes::tell(&notes, shown, streams)?;
        let is_relative = notes
            .iter()
            .any(|note| note.is_null() && !note.name.starts_with("pipeline"));
        if is_relative && !self.is_chosen {
            writeln!(
                streams.errors,
                "note: names are looked up from the pipeline as a whole; --at FQN names the stage, step group, step or setting that reads"
            )?;
        }
        if shown == Shown::Value {
            return Ok(());
        }
        let differs = |note: &Note| {
            let cause = &note.cause;
            matches!(
                cause,
                NoteCause::Unknown(UnknownCause::NoIterationChosen(_))
            )
        };
        if notes.iter().any(differs) {
            writeln!(
                streams.errors,
                "note: --iteration N chooses a turn of the innermost loop, an instance in --at (`A_1`) one of the loop it names"
            )?;
        }
        let pipeline = self.prepared.pipeline();
        let named = (&**pipeline.pipeline(), pipeline.names());
        let opaque = self.prepared.opaque();
        missing_templates::tell(opaque, pipeline.tree(), [named].into_iter(), streams)
    }
}

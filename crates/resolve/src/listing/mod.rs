//! Every name a pipeline offers (`spec/model.md` §2.1, §2.2, §4).

mod offered;
mod settings;
mod v1;

use std::collections::HashSet;

use pipewright_model::{NodeId, NodeKind, Pipeline, YamlVersion};
use pipewright_source::Span;
use pipewright_yaml::Tree;

pub use self::v1::published_outputs;
use crate::Names;

/// How much text the names of one listing may hold, in bytes. Deeply nested long keys make names that grow with the
/// square of the file; real listings stay a hundred times below.
const MAX_TEXT: usize = 64 << 20;

/// One name a pipeline offers.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Name {
    /// The fully qualified name.
    pub fqn: String,
    /// What it names.
    pub kind: NameKind,
    /// The node it belongs to.
    pub node: NodeId,
    /// The parts of the name below the node's own. A part is one key or one element's name and may hold dots itself.
    pub parts: Vec<Box<str>>,
    /// Where its value is written: of a setting or variable the value, or where a variable or output has none the name;
    /// of a mapping with an identifier the identifier. `None` for what only a run makes.
    pub span: Option<Span>,
    /// From when it can be read.
    pub available: Availability,
}

/// What a name names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum NameKind {
    /// A field of the YAML.
    Setting,
    /// A declared variable.
    Variable,
    /// An output, declared or known from the catalogue.
    Output,
    /// A field the run fills in.
    RunTime,
}

impl NameKind {
    /// The word of the `fqn` output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::Variable => "variable",
            Self::Output => "output",
            Self::RunTime => "runtime",
        }
    }
}

/// From when a name can be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Availability {
    /// During the whole run.
    Always,
    /// From when its node has started.
    AfterStart,
    /// From when its node has ended with success.
    AfterSuccess,
    /// While and after its node runs; the value changes.
    RunTime,
}

impl Availability {
    /// The word of the `fqn` output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::AfterStart => "after-start",
            Self::AfterSuccess => "after-success",
            Self::RunTime => "run-time",
        }
    }
}

/// The settings, variables and declared outputs of a pipeline in the order of the file, each name once; with
/// `catalogued` then also the outputs that the catalogue knows of its steps and stages, and the fields that the run
/// fills in, node by node.
///
/// Mappings are listed before what is in them: a path may end there and yield the whole. What a run names freely
/// (`output.*`) is listed by what holds it. Names beyond 64 MiB of text are left out.
pub fn list(tree: &Tree, pipeline: &Pipeline, names: &Names, catalogued: bool) -> Vec<Name> {
    if pipeline.nodes.is_empty() {
        return Vec::new();
    }
    let mut listing = Listing {
        pipeline,
        names: pipeline.ids().map(|node| names.fqn(node)).collect(),
        found: Vec::new(),
        seen: HashSet::new(),
        text: 0,
    };
    match pipeline.version {
        YamlVersion::V0 => settings::collect(tree, &mut listing),
        YamlVersion::V1 => v1::collect(tree, &mut listing),
    }
    if catalogued {
        offered::collect(tree, &mut listing);
    }
    listing.found
}

/// The names found so far.
struct Listing<'a> {
    pipeline: &'a Pipeline,
    /// The fully qualified name of each node.
    names: Vec<String>,
    found: Vec<Name>,
    seen: HashSet<String>,
    /// The bytes of all names so far.
    text: usize,
}

impl Listing<'_> {
    fn is_full(&self) -> bool {
        self.text > MAX_TEXT
    }

    /// Adds the name that `parts` make below `node`, unless there is one.
    fn add(&mut self, node: NodeId, parts: &[&str], kind: NameKind, span: Option<Span>) {
        let mut fqn = self.names[node.0 as usize].clone();
        for part in parts {
            fqn.push('.');
            fqn.push_str(part);
        }
        if self.is_full() || !self.seen.insert(fqn.clone()) {
            return;
        }
        self.text += fqn.len();
        let of_pipeline = self.pipeline.node(node).kind == NodeKind::Pipeline;
        let available = match kind {
            NameKind::RunTime => Availability::RunTime,
            NameKind::Output => Availability::AfterSuccess,
            NameKind::Setting | NameKind::Variable if of_pipeline => Availability::Always,
            NameKind::Setting | NameKind::Variable => Availability::AfterStart,
        };
        self.found.push(Name {
            fqn,
            kind,
            node,
            parts: parts.iter().map(|part| Box::from(*part)).collect(),
            span,
            available,
        });
    }
}

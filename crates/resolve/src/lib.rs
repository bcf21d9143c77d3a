//! What the names in expressions mean: fully qualified names, scopes, the order between nodes, and what each reference
//! points at (`spec/model.md` §2, §3, §5).
//!
//! Where names lead is [`RunTree`]'s business: part by part from a [`StartWord`] on, over lists, loops and sections. A
//! reference is such a way with a [`Verdict`] on what stands at its end and whether that is there when it is read
//! ([`Order::started`]). The crate `context` goes the same ways for values.
//!
//! Everything here answers from the files alone. What only a run can tell is [`Verdict::Unknown`] with its reason or
//! [`Verdict::RunTime`], never a guess.
//!
//! ```
//! use pipewright_resolve::{Verdict, Texts, analyse};
//! use pipewright_source::FileId;
//!
//! let text = "
//! pipeline:
//!   stages:
//!     - stage:
//!         identifier: Build
//!         spec:
//!           execution:
//!             steps:
//!               - parallel:
//!                   - step: { identifier: Compile, type: Run }
//!                   - step: { identifier: Test, type: Run, spec: { command: <+steps.Compile.output.outputVariables.tag> } }
//! ";
//! let tree = pipewright_yaml::parse(FileId(0), text);
//! let documents = pipewright_model::documents(&tree);
//! let pipeline = documents[0].pipeline().expect("the document is a pipeline");
//! let resolution = analyse(&tree, pipeline, &Texts::default());
//!
//! let reference = &resolution.references[0];
//! assert_eq!(reference.path(), "steps.Compile.output.outputVariables.tag");
//! assert!(matches!(reference.verdict, Verdict::Parallel(_)));
//! assert_eq!(
//!     resolution.target_name(reference).as_deref(),
//!     Some("pipeline.stages.Build.spec.execution.steps.Compile.output.outputVariables.tag"),
//! );
//! ```

#![warn(clippy::disallowed_methods)]

mod before_stage;
mod chained;
pub mod conversion;
mod corrections;
mod declared;
mod exists_at_run_time;
mod few_values;
mod fields;
mod filled_in;
mod index;
mod judge;
mod listed_names;
mod listing;
mod lists;
mod loop_values;
mod looping;
mod members;
mod names;
mod order;
mod paths;
mod position;
mod project;
mod read_later;
mod readers;
mod reference;
mod relative_path;
mod reserved_words;
mod resolution;
mod resolver;
mod right_path;
mod run_tree;
mod scope;
mod spliced;
mod suggestions;
mod tables;
mod texts;
mod verdict;
mod walk;

pub use few_values::few_values;
pub use fields::is_fact_of_run;
pub use filled_in::{filled_in, has_mark};
pub use listed_names::ListedNames;
pub use listing::{Availability, Name, NameKind, list, published_outputs};
pub use lists::{Found, Lists, identifier, identifiers};
pub use looping::{
    Iteration, Iterations, LoopItem, LoopItems, LoopValue, LoopValues, Looping, Loops, POSTFIX,
    Suffix,
};
pub use members::outputs_without;
pub use names::{Instance, Named, Names, relative};
pub use order::{Order, Relation, Started};
pub use position::Position;
pub use project::{
    Child, ChildRun, CountLoops, DocumentAt, Expansion, GivenInput, GivenInputs, Home, InputFit,
    InputValues, LookUps, Merged, NoInputSet, Opaque, OpaqueUse, Project, ProjectFile, Receiver,
    Role, Use, Uses, counterpart, merge_input_sets, role,
};
pub use reference::{LoopStep, Reference, ReferenceSource, Segment, SegmentKind};
pub use resolution::{Resolution, analyse, analyse_with, paths_in, paths_in_expression};
pub use right_path::RightPath;
pub use run_tree::{
    Called, Next, ParentGroup, RunPart, RunTree, StartWord, between, is_generated, is_hidden_group,
    nearest, part_around, reads_inside,
};
pub use scope::is_read_elsewhere;
pub use scope::runs_as_group;
pub use texts::{Parsed, ParsedCel, SiteText, Texts, languages_of};
pub use verdict::{
    Later, LaterCause, Level, List, Member, MissingValue, NoInstance, NoLoopValue, NotInside,
    NotPublishedYet, Parallel, Target, Undefined, UnknownReason, Verdict, WrongPath,
};

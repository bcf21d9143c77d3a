//! The names with which a path can begin.

use pipewright_model::catalogue::{Root, RootKind, roots};
use pipewright_model::{NodeKind, Pipeline, YamlVersion};
use pipewright_resolve::Verdict;

use super::{Completion, CompletionKind, Place};

/// The first names that only paths of v0 YAML have.
const OF_V0: [&str; 5] = [
    "execution",
    "rollbackSteps",
    "serviceConfig",
    "spec",
    "stepGroup",
];

impl Place<'_> {
    /// Roots that have a meaning here.
    pub(super) fn roots(&self) -> Vec<Completion> {
        roots()
            .filter(|root| is_offered(*root) && !self.is_out_of_place(root.name()))
            .map(|root| {
                let detail = root.alias().unwrap_or_else(|| root.available());
                self.completion(root.name(), CompletionKind::Root, detail.to_owned())
            })
            .chain(self.around())
            .collect()
    }

    /// Whether nothing of that name is around the reader, or the format has another one.
    fn is_out_of_place(&self, name: &str) -> bool {
        if self.of.pipeline.version == YamlVersion::V1 && OF_V0.contains(&name) {
            return true;
        }
        let verdict = self.position.verdict(name);
        matches!(verdict, Verdict::NotInside(_) | Verdict::UnknownRoot)
    }

    /// `steps` and `execution`, where there are steps around the reader.
    fn around(&self) -> Vec<Completion> {
        let pipeline = self.of.pipeline;
        let mut around = pipeline.self_and_ancestors(self.reader);
        let is_step = around.any(|node| pipeline.node(node).kind == NodeKind::Stage)
            && self.reader != Pipeline::ROOT;
        let names: &[&str] = if is_step {
            &["execution", "steps"]
        } else {
            &[]
        };
        names
            .iter()
            .filter(|name| !self.is_out_of_place(name) && !self.position.verdict(name).is_wrong())
            .map(|name| {
                let detail = "of the stage around it".to_owned();
                self.completion(name, CompletionKind::Root, detail)
            })
            .collect()
    }
}

/// Whether people have a reason to write it.
fn is_offered(root: Root) -> bool {
    !matches!(root.kind(), RootKind::Internal | RootKind::Placeholder)
}

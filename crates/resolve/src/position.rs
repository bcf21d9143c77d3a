//! What names are called at a position, and what they lead to there (`spec/model.md` §3.2, §3.3, §5).

use pipewright_model::{Moment, NodeId, Pipeline, Site, SiteKind};
use pipewright_yaml::Tree;

use crate::exists_at_run_time::exists_at_run_time;
use crate::index::Index;
use crate::relative_path::segments_of_path;
use crate::resolver::Resolver;
use crate::scope::Scope;
use crate::{Name, Names, Order, Resolution, Segment, UnknownReason, Verdict};

/// A node as the reader of names: what they are called in its settings, and what they lead to.
#[derive(Debug)]
pub struct Position<'a> {
    index: Index<'a>,
    names: &'a Names,
    order: &'a Order,
    site: Site,
}

impl<'a> Position<'a> {
    /// The position of a setting of `reader`, which is a node of `pipeline`; `resolution` is that of the same pipeline.
    pub fn new(
        tree: &'a Tree,
        pipeline: &'a Pipeline,
        resolution: &'a Resolution,
        reader: NodeId,
    ) -> Self {
        Self {
            index: Index::new(tree, pipeline, resolution.loops.clone()),
            names: &resolution.names,
            order: &resolution.order,
            site: Site::of_node(pipeline, reader, SiteKind::Setting, Moment::Running),
        }
    }

    /// What becomes of the parts of a path that is read at another site of the pipeline.
    pub fn decide(&self, site: &Site, segments: &[Segment]) -> Verdict {
        let scope = Scope {
            index: &self.index,
            site,
        };
        let resolver = Resolver {
            scope,
            ..self.resolver()
        };
        resolver.decide(segments).0
    }

    /// What becomes of a path that is read from here: its parts joined by dots.
    pub fn verdict(&self, path: &str) -> Verdict {
        self.resolver().decide(&segments_of_path(path)).0
    }

    /// The shortest usual path that leads to a name from here: below `step`, `stepGroup`, `steps`, `execution` or
    /// `stage`, or the whole name. Parts that are no identifiers are quoted. A looping node that is not around the
    /// reader is named by its first instance (`A_0`).
    ///
    /// # Errors
    /// What becomes of the shortest path, if none leads to the name; [`UnknownReason::Open`] where a run holds nothing
    /// of that name, as it does for elements of most lists.
    pub fn shortest(&self, name: &Name) -> Result<String, Verdict> {
        if !exists_at_run_time(self.index.tree, self.index.pipeline, name) {
            return Err(Verdict::Unknown(UnknownReason::Open));
        }
        self.resolver().shortest(name.node, &name.parts)
    }

    fn resolver(&self) -> Resolver<'_> {
        Resolver {
            scope: Scope {
                index: &self.index,
                site: &self.site,
            },
            names: self.names,
            order: self.order,
        }
    }
}

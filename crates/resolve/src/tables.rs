//! Everything that the references of one pipeline are decided with.

use pipewright_model::{Pipeline, Site};
use pipewright_yaml::Tree;

use crate::index::Index;
use crate::resolver::Resolver;
use crate::scope::Scope;
use crate::{Loops, Names, Order, Reference, corrections, suggestions};

/// The tables of one pipeline.
#[derive(Debug)]
pub(crate) struct Tables<'a> {
    pub(crate) index: Index<'a>,
    pub(crate) names: Names,
    pub(crate) order: Order,
}

impl<'a> Tables<'a> {
    /// Makes the tables of `pipeline`, which was read from `tree` and has these loops.
    pub(crate) fn new(tree: &'a Tree, pipeline: &'a Pipeline, loops: Loops) -> Self {
        Self {
            index: Index::new(tree, pipeline, loops),
            names: Names::new(pipeline),
            order: Order::new(pipeline),
        }
    }

    /// A place that reads.
    pub(crate) fn at<'s>(&'s self, site: &'s Site) -> Resolver<'s> {
        Resolver {
            scope: Scope {
                index: &self.index,
                site,
            },
            names: &self.names,
            order: &self.order,
        }
    }

    /// Adds what was probably meant to references that are wrong; `site` gives the place of each.
    pub(crate) fn suggest<'s>(
        &'s self,
        references: &mut [Reference],
        site: impl Fn(&Reference) -> &'s Site,
    ) {
        suggestions::fill(&self.index, references, |reference| {
            self.at(site(reference))
        });
        corrections::fill(references, |reference| self.at(site(reference)));
    }
}

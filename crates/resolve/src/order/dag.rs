//! The order of stages in a DAG pipeline, where `dependsOn` decides and not the place in the file.

use std::collections::HashMap;

use pipewright_model::{NodeId, NodeKind, Pipeline};

use super::Relation;

/// How many stages a DAG pipeline may have for its order to be computed: the closure takes a bit for each pair.
const MAX_STAGES: usize = 4096;

/// Which stages wait for which, directly or through others.
#[derive(Clone, Debug)]
pub(crate) struct Dag {
    /// The row of each stage; empty where there are more than [`MAX_STAGES`].
    rows: HashMap<NodeId, usize>,
    /// For each row, a bit for every row it waits for.
    waits_for: Vec<Vec<u64>>,
    /// Rows that declare no `dependsOn`, wait for something unknown or, in a circle, for themselves: what else they
    /// wait for is not known.
    incomplete: Vec<bool>,
}

impl Dag {
    /// The dependencies, if any stage of the pipeline declares one.
    pub(crate) fn of(pipeline: &Pipeline) -> Option<Self> {
        let stages: Vec<NodeId> = pipeline
            .ids()
            .filter(|id| pipeline.node(*id).kind == NodeKind::Stage)
            .collect();
        if stages
            .iter()
            .all(|id| pipeline.node(*id).depends_on.is_none())
        {
            return None;
        }
        if stages.len() > MAX_STAGES {
            return Some(Self {
                rows: HashMap::new(),
                waits_for: Vec::new(),
                incomplete: Vec::new(),
            });
        }
        let rows: HashMap<NodeId, usize> = stages.iter().copied().zip(0..).collect();
        let by_identifier: HashMap<&str, usize> = stages
            .iter()
            .zip(0..)
            .filter_map(|(id, row)| Some((&*pipeline.node(*id).identifier.as_ref()?.text, row)))
            .collect();
        let mut incomplete = vec![false; stages.len()];
        let mut direct: Vec<Vec<usize>> = Vec::with_capacity(stages.len());
        for (row, id) in stages.iter().enumerate() {
            let mut wanted = Vec::new();
            let declared = pipeline.node(*id).depends_on.as_deref();
            incomplete[row] = declared.is_none();
            for dependency in declared.unwrap_or_default() {
                match by_identifier.get(&*dependency.text) {
                    Some(other) => wanted.push(*other),
                    None => incomplete[row] = true,
                }
            }
            direct.push(wanted);
        }
        let waits_for = close(&direct, &mut incomplete);
        Some(Self {
            rows,
            waits_for,
            incomplete,
        })
    }

    /// How stage `a` stands to stage `b`.
    pub(crate) fn relation(&self, a: NodeId, b: NodeId) -> Relation {
        let (Some(row_a), Some(row_b)) = (self.rows.get(&a), self.rows.get(&b)) else {
            return Relation::Unknown;
        };
        match (self.waits(*row_a, *row_b), self.waits(*row_b, *row_a)) {
            (true, false) => Relation::After,
            (false, true) => Relation::Before,
            (true, true) => Relation::Unknown,
            (false, false) if self.incomplete[*row_a] || self.incomplete[*row_b] => {
                Relation::Unknown
            }
            (false, false) => Relation::Parallel {
                first: a,
                second: b,
                block: None,
            },
        }
    }

    fn waits(&self, row: usize, other: usize) -> bool {
        self.waits_for[row][other / 64] & (1 << (other % 64)) != 0
    }
}

/// The transitive closure, stage by stage in an order in which each comes after all it waits for. Stages of a circle
/// and behind one come in no such order: they are marked incomplete and know only what they wait for directly.
fn close(direct: &[Vec<usize>], incomplete: &mut [bool]) -> Vec<Vec<u64>> {
    let words = direct.len().div_ceil(64);
    let mut closure = vec![vec![0u64; words]; direct.len()];
    let mut waiting: Vec<usize> = direct.iter().map(Vec::len).collect();
    let mut dependants: Vec<Vec<usize>> = vec![Vec::new(); direct.len()];
    for (row, wanted) in direct.iter().enumerate() {
        for other in wanted {
            dependants[*other].push(row);
        }
    }
    let mut ready: Vec<usize> = (0..direct.len()).filter(|row| waiting[*row] == 0).collect();
    while let Some(row) = ready.pop() {
        for other in &direct[row] {
            absorb(&mut closure, row, *other);
            incomplete[row] |= incomplete[*other];
        }
        for dependant in &dependants[row] {
            waiting[*dependant] -= 1;
            if waiting[*dependant] == 0 {
                ready.push(*dependant);
            }
        }
    }
    for row in (0..direct.len()).filter(|row| waiting[*row] > 0) {
        incomplete[row] = true;
        for other in &direct[row] {
            absorb(&mut closure, row, *other);
        }
    }
    closure
}

/// Notes that `row` waits for `other` and for all that waits for.
fn absorb(closure: &mut [Vec<u64>], row: usize, other: usize) {
    let inherited = closure[other].clone();
    for (word, bits) in closure[row].iter_mut().zip(inherited) {
        *word |= bits;
    }
    closure[row][other / 64] |= 1 << (other % 64);
}

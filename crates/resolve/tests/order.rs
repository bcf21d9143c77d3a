//! The order relation: tables under `data/order/` and properties over generated pipelines.

use std::fmt::Write as _;
use std::path::Path;

use pipewright_model::{NodeId, Pipeline, documents};
use pipewright_resolve::{
    Names, Order, Relation, Texts, UnknownReason, Verdict, analyse, relative,
};
use pipewright_source::FileId;
use proptest::prelude::*;

fn pipeline(text: &str) -> Pipeline {
    let tree = pipewright_yaml::parse(FileId(0), text);
    assert!(tree.problems().is_empty(), "{:?}\n{text}", tree.problems());
    let documents = documents(&tree);
    Pipeline::clone(documents[0].pipeline().expect("a pipeline"))
}

/// The word of a relation in the tables.
fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "same",
        Relation::Encloses => "encloses",
        Relation::EnclosedBy => "enclosed-by",
        Relation::Before => "before",
        Relation::After => "after",
        Relation::Parallel { .. } => "parallel",
        Relation::BeforeRollback => "before-rollback",
        Relation::RollbackOf => "rollback-of",
        Relation::Unknown => "unknown",
    }
}

/// Each table is the comment at the head of a pipeline: `# first relation second`, nodes by identifier.
#[test]
fn relations_are_those_of_the_tables() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/order");
    let mut report = String::new();
    for entry in std::fs::read_dir(data).expect("the data is there") {
        let path = entry.expect("the data can be listed").path();
        let text = std::fs::read_to_string(&path).expect("the data can be read");
        let pipeline = pipeline(&text);
        let order = Order::new(&pipeline);
        let rows = text.lines().filter_map(|line| line.strip_prefix("# "));
        for row in rows {
            let [first, expected, second] = row.split(' ').collect::<Vec<_>>()[..] else {
                panic!("not three words: {row}");
            };
            let got = word(order.relation(find(&pipeline, first), find(&pipeline, second)));
            if got != expected {
                let _ = writeln!(report, "{}: {row}: {got}", path.display());
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// The content of a list of steps, as deep as wanted.
#[derive(Clone, Debug)]
enum Shape {
    Step,
    Group(Vec<Self>, Vec<Self>),
    Parallel(Vec<Self>),
}

fn shape() -> impl Strategy<Value = Shape> {
    Just(Shape::Step).prop_recursive(4, 24, 4, |inner| {
        let list = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            (list(), prop::collection::vec(Just(Shape::Step), 0..2))
                .prop_map(|(steps, rollback)| Shape::Group(steps, rollback)),
            list().prop_map(|members| Shape::Parallel(flat(members))),
        ]
    })
}

/// Parallel blocks may not hold parallel blocks.
fn flat(members: Vec<Shape>) -> Vec<Shape> {
    members
        .into_iter()
        .flat_map(|member| match member {
            Shape::Parallel(inner) => inner,
            other => vec![other],
        })
        .collect()
}

/// Writes pipelines in flow style, every node with an identifier of its own.
struct Writer<'a> {
    out: String,
    next: usize,
    /// What each step reads, by its identifier.
    reads: &'a dyn Fn(&str) -> String,
}

impl Writer<'_> {
    fn identifier(&mut self) -> String {
        self.next += 1;
        format!("n{}", self.next)
    }

    fn list(&mut self, list: &[Shape]) {
        self.out.push('[');
        for item in list {
            match item {
                Shape::Step => self.step(),
                Shape::Group(steps, rollback) => {
                    let id = self.identifier();
                    let _ = write!(self.out, "{{stepGroup: {{identifier: {id}, steps: ");
                    self.list(steps);
                    self.out.push_str(", rollbackSteps: ");
                    self.list(rollback);
                    self.out.push_str("}},");
                }
                Shape::Parallel(members) => {
                    self.out.push_str("{parallel: ");
                    self.list(members);
                    self.out.push_str("},");
                }
            }
        }
        self.out.push(']');
    }

    fn step(&mut self) {
        let id = self.identifier();
        let reads = (self.reads)(&id);
        let _ = write!(
            self.out,
            "{{step: {{identifier: {id}, type: Wait, spec: {{x: {reads:?}}}}}}},"
        );
    }

    fn stage(&mut self, (steps, rollback): &(Vec<Shape>, Vec<Shape>)) {
        let id = self.identifier();
        let _ = write!(self.out, "{{stage: {{identifier: {id}, type: Custom, ");
        self.out.push_str("spec: {execution: {steps: ");
        self.list(steps);
        self.out.push_str(", rollbackSteps: ");
        self.list(rollback);
        self.out.push_str("}}}},");
    }
}

/// A pipeline of one stage for each pair of lists; two by two the stages stand in parallel blocks, and one stage of one
/// step stands behind them all.
fn write_pipeline(stages: &[(Vec<Shape>, Vec<Shape>)], reads: &dyn Fn(&str) -> String) -> String {
    let mut writer = Writer {
        out: String::from("pipeline: {identifier: p, stages: ["),
        next: 0,
        reads,
    };
    for pair in stages.chunks(2) {
        writer.out.push_str("{parallel: [");
        for stage in pair {
            writer.stage(stage);
        }
        writer.out.push_str("]},");
    }
    writer.stage(&(vec![Shape::Step], Vec::new()));
    writer.out.push_str("]}");
    writer.out
}

/// The pipeline in which no step reads anything.
fn silent(stages: &[(Vec<Shape>, Vec<Shape>)]) -> Pipeline {
    pipeline(&write_pipeline(stages, &|_| String::new()))
}

fn pipelines() -> impl Strategy<Value = Vec<(Vec<Shape>, Vec<Shape>)>> {
    let steps = prop::collection::vec(shape(), 1..5);
    let rollback = prop::collection::vec(Just(Shape::Step), 0..3);
    prop::collection::vec((steps, rollback), 1..5)
}

fn pairs(pipeline: &Pipeline) -> impl Iterator<Item = (NodeId, NodeId)> {
    pipeline
        .ids()
        .flat_map(|first| pipeline.ids().map(move |second| (first, second)))
}

fn find(pipeline: &Pipeline, identifier: &str) -> NodeId {
    pipeline
        .ids()
        .find(|id| {
            let located = pipeline.node(*id).identifier.as_ref();
            located.is_some_and(|located| &*located.text == identifier)
        })
        .expect("every identifier is some node's")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_relation_is_antisymmetric_and_total(stages in pipelines()) {
        let pipeline = silent(&stages);
        let order = Order::new(&pipeline);
        for (first, second) in pairs(&pipeline) {
            let relation = order.relation(first, second);
            prop_assert_eq!(relation.reverse(), order.relation(second, first));
            prop_assert_eq!(relation == Relation::Same, first == second);
        }
    }

    #[test]
    fn before_is_transitive(stages in pipelines()) {
        let pipeline = silent(&stages);
        let order = Order::new(&pipeline);
        let before = |first, second| order.relation(first, second) == Relation::Before;
        let ids: Vec<NodeId> = pipeline.ids().take(40).collect();
        for first in &ids {
            for second in ids.iter().filter(|second| before(*first, **second)) {
                for third in ids.iter().filter(|third| before(*second, **third)) {
                    prop_assert!(before(*first, *third));
                }
            }
        }
    }

    #[test]
    fn every_full_name_resolves_to_its_node_from_a_later_step(stages in pipelines()) {
        let empty = silent(&stages);
        let names = Names::new(&empty);
        let last = format!("n{}", empty.nodes.len() - 1);
        let all: Vec<String> = empty.ids().map(|id| format!("<+{}.name>", names.fqn(id))).collect();
        let reads = |id: &str| if id == last { all.join(" ") } else { String::new() };
        let tree = pipewright_yaml::parse(FileId(0), &write_pipeline(&stages, &reads));
        let documents = documents(&tree);
        let pipeline = documents[0].pipeline().expect("a pipeline");
        let resolution = analyse(&tree, pipeline, &Texts::default());
        prop_assert_eq!(resolution.references.len(), empty.nodes.len());
        for (reference, id) in resolution.references.iter().zip(empty.ids()) {
            match &reference.verdict {
                Verdict::Resolved(target) => prop_assert_eq!(target.node, id),
                // Rollback steps of an earlier stage: whether they ran is not known.
                verdict => prop_assert_eq!(verdict, &Verdict::Unknown(UnknownReason::Order)),
            }
        }
    }

    #[test]
    fn every_relative_name_leads_to_its_node(stages in pipelines()) {
        let empty = silent(&stages);
        let names = Names::new(&empty);
        let targets: Vec<NodeId> = empty.ids().take(16).collect();
        let reads = |id: &str| {
            let reader = find(&empty, id);
            let relative = |target: &NodeId| relative(&empty, &names, reader, *target);
            let all = targets.iter().map(|target| format!("<+{}.name>", relative(target)));
            all.collect::<Vec<_>>().join(" ")
        };
        let tree = pipewright_yaml::parse(FileId(0), &write_pipeline(&stages, &reads));
        let documents = documents(&tree);
        let pipeline = documents[0].pipeline().expect("a pipeline");
        let resolution = analyse(&tree, pipeline, &Texts::default());
        for (reference, target) in resolution.references.iter().zip(targets.iter().cycle()) {
            let order = resolution.order.relation(*target, reference.reader);
            match &reference.verdict {
                Verdict::Unknown(UnknownReason::Order) => prop_assert_eq!(order, Relation::Unknown),
                verdict => prop_assert_eq!(verdict.node(), Some(*target), "{}", reference.path()),
            }
        }
    }
}

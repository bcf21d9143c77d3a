//! Changes of what a pipeline holds: steps that are new, gone or elsewhere, conditions, strategies, loops, outputs.
//! Each is made at places drawn from all pipelines and templates of the test data, and told at its node alone.
//!
//! `FILES=FOLDER` takes the files below another folder, `PLACES` says at how many places each kind of change is made.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::HashMap;
use std::env;
use std::fmt::Write as _;
use std::path::{Path as File, PathBuf};

use pipewright_analysis::{FileKind, Snapshot};
use pipewright_compare::{Comparison, Question, compare};
use pipewright_lint::{Options, check_all};
use pipewright_model::NodeKind;
use pipewright_tests::changes::told;
use pipewright_tests::document::{Path, Value, below, places};
use pipewright_tests::files::texts_below;
use pipewright_yaml::parse;

/// At how many places each kind of change is made.
const PLACES: usize = 2;

/// A node of a document.
struct Node {
    path: Path,
    fqn: String,
    kind: NodeKind,
}

/// A document with its nodes.
struct Document {
    name: String,
    value: Value,
    text: String,
    nodes: Vec<Node>,
}

/// What has to be told, and nothing else.
enum Expected {
    /// The name of a node, or of something in it.
    Gone(String),
    /// The node at that place after.
    New(Path),
    /// A node, at that place after.
    Moved(String, Path),
    /// One of these nodes stands elsewhere.
    Order([String; 2]),
    /// Settings of a node that start so.
    Settings(String, &'static str),
}

/// A kind of change: its name, and what it makes of a document at a node.
type Kind = (
    &'static str,
    fn(&Document, &Node) -> Option<(Value, Expected)>,
);

const KINDS: [Kind; 17] = [
    ("a new step", new_step),
    ("a removed step", |of, node| {
        removed(of, node, NodeKind::Step)
    }),
    ("a removed group", |of, node| {
        removed(of, node, NodeKind::StepGroup)
    }),
    ("a removed stage", |of, node| {
        removed(of, node, NodeKind::Stage)
    }),
    ("exchanged neighbours", exchanged),
    ("a step moves into a group", into_group),
    ("a step moves out of a group", out_of_group),
    ("a step moves into a parallel block", into_block),
    ("a step moves out of a parallel block", out_of_block),
    ("a new failure strategy", |of, node| {
        let strategy = "[{onFailure: {errors: [AllErrors], action: {type: Ignore}}}]";
        added(of, node, "failureStrategies", strategy)
    }),
    ("another failure strategy", |of, node| {
        let at = [
            &["failureStrategies"][..],
            &["0"],
            &["onFailure", "action", "type"],
        ]
        .concat();
        replaced(of, node, &at, |text| {
            if text.contains("Ignore") {
                "Abort"
            } else {
                "Ignore"
            }
            .to_owned()
        })
    }),
    ("a new condition", |of, node| {
        let status = if node.kind == NodeKind::Stage {
            "pipelineStatus"
        } else {
            "stageStatus"
        };
        added(
            of,
            node,
            "when",
            &format!("{{{status}: Failure, condition: '<+trigger.type> == \"x\"'}}"),
        )
    }),
    ("a removed condition", |of, node| taken(of, node, "when")),
    ("new delegate selectors", |of, node| {
        let spec = below(&node.path, of.value.at(&node.path)?.path(&["spec"])?);
        let is_fit =
            node.kind == NodeKind::Step && matches!(of.value.at(&spec)?, Value::Mapping(_));
        let mut head = of.value.clone();
        add_key(
            head.at_mut(&spec).filter(|_| is_fit)?,
            "delegateSelectors",
            "[a_zz]",
        )?;
        Some((
            head,
            Expected::Settings(node.fqn.clone(), "spec.delegateSelectors"),
        ))
    }),
    ("another bound of turns", |of, node| {
        let loops = ["matrix", "repeat"].into_iter();
        let mut all = loops.map(|of_loop| ["strategy", of_loop, "maxConcurrency"]);
        all.find_map(|at| replaced(of, node, &at, |_| "7".to_owned()))
    }),
    ("another value of a variable", |of, node| {
        replaced(of, node, &["variables", "0", "value"], |_| {
            "another_zz".to_owned()
        })
    }),
    ("a removed output", |of, node| {
        let list = below(
            &node.path,
            of.value
                .at(&node.path)?
                .path(&["spec", "outputVariables"])?,
        );
        let mut head = of.value.clone();
        let items = head.at_mut(&list)?.items_mut()?;
        let name = text(items.pop()?.entry("name")?.1)?;
        let is_twice = items.iter().any(|item| {
            item.entry("name").and_then(|(_, other)| text(other)) == Some(name.clone())
        });
        let gone = format!("{}.output.outputVariables.{name}", node.fqn);
        (!is_twice && !name.contains('<')).then_some((head, Expected::Gone(gone)))
    }),
];

fn text(value: &Value) -> Option<String> {
    let Value::Scalar(text) = value else {
        return None;
    };
    Some(text.trim_matches('"').to_owned())
}

/// The list a node stands in, and its place there. `None` where it stands in none.
fn listed(node: &Node) -> Option<(Path, usize)> {
    let [list @ .., place, _] = node.path.as_slice() else {
        return None;
    };
    Some((list.to_vec(), *place))
}

/// Whether a list is a parallel block.
fn is_block(of: &Document, list: &[usize]) -> bool {
    let Some((key, holder)) = list.split_last() else {
        return false;
    };
    let Some(Value::Mapping(entries)) = of.value.at(holder) else {
        return false;
    };
    entries[*key].0 == "parallel"
}

/// The node whose item stands at a place of a list.
fn neighbour<'d>(of: &'d Document, list: &[usize], place: usize) -> Option<&'d Node> {
    of.nodes
        .iter()
        .find(|node| listed(node).is_some_and(|(own, at)| own == list && at == place))
}

fn add_key(value: &mut Value, key: &str, yaml: &str) -> Option<()> {
    let Value::Mapping(entries) = value else {
        return None;
    };
    if entries
        .iter()
        .any(|(known, _)| known == key || known == "template")
    {
        return None;
    }
    entries.push((key.to_owned(), Value::read(yaml)));
    Some(())
}

fn added(of: &Document, node: &Node, key: &'static str, yaml: &str) -> Option<(Value, Expected)> {
    let mut head = of.value.clone();
    add_key(
        head.at_mut(&node.path)
            .filter(|_| node.kind != NodeKind::Pipeline)?,
        key,
        yaml,
    )?;
    Some((head, Expected::Settings(node.fqn.clone(), key)))
}

fn taken(of: &Document, node: &Node, key: &'static str) -> Option<(Value, Expected)> {
    let mut head = of.value.clone();
    let Value::Mapping(entries) = head.at_mut(&node.path)? else {
        return None;
    };
    let place = entries.iter().position(|(known, value)| {
        known == key && matches!(value, Value::Mapping(of) if !of.is_empty())
    })?;
    entries.remove(place);
    Some((head, Expected::Settings(node.fqn.clone(), key)))
}

/// Replaces the text that keys and places lead to.
fn replaced(
    of: &Document,
    node: &Node,
    keys: &[&'static str],
    with: fn(&str) -> String,
) -> Option<(Value, Expected)> {
    let mut path = node.path.clone();
    for key in keys {
        let value = of.value.at(&path)?;
        path.push(match value {
            Value::List(_) => key.parse().ok()?,
            _ => value.entry(key)?.0,
        });
    }
    let mut head = of.value.clone();
    let Value::Scalar(text) = head.at_mut(&path)? else {
        return None;
    };
    let now = with(text);
    *text = now;
    Some((head, Expected::Settings(node.fqn.clone(), keys[0])))
}

fn new_step(of: &Document, node: &Node) -> Option<(Value, Expected)> {
    let (list, place) = listed(node).filter(|_| node.kind == NodeKind::Step)?;
    let mut head = of.value.clone();
    let step = "step: {identifier: new_zz, name: new_zz, type: Wait, spec: {duration: 7m13s}}";
    head.at_mut(&list)?
        .items_mut()?
        .insert(place + 1, Value::read(step));
    Some((head, Expected::New(below(&list, [place + 1, 0]))))
}

fn removed(of: &Document, node: &Node, kind: NodeKind) -> Option<(Value, Expected)> {
    let (list, place) = listed(node).filter(|_| node.kind == kind)?;
    let mut head = of.value.clone();
    let items = head
        .at_mut(&list)?
        .items_mut()
        .filter(|items| items.len() > 1)?;
    items.remove(place);
    Some((head, Expected::Gone(node.fqn.clone())))
}

fn exchanged(of: &Document, node: &Node) -> Option<(Value, Expected)> {
    let (list, place) = listed(node).filter(|(list, _)| !is_block(of, list))?;
    let next = neighbour(of, &list, place + 1)?;
    let mut head = of.value.clone();
    head.at_mut(&list)?.items_mut()?.swap(place, place + 1);
    Some((head, Expected::Order([node.fqn.clone(), next.fqn.clone()])))
}

fn into_group(of: &Document, node: &Node) -> Option<(Value, Expected)> {
    let (list, place) = listed(node).filter(|_| node.kind == NodeKind::Step)?;
    let group = neighbour(of, &list, place + 1).filter(|next| next.kind == NodeKind::StepGroup)?;
    let steps = of.value.at(&group.path)?.path(&["steps"])?;
    let mut head = of.value.clone();
    head.at_mut(&below(&group.path, steps.clone()))?
        .items_mut()?;
    let item = head.at_mut(&list)?.items_mut()?.remove(place);
    let steps = below(&below(&list, [place, *group.path.last()?]), steps);
    head.at_mut(&steps)?.items_mut()?.insert(0, item);
    Some((
        head,
        Expected::Moved(node.fqn.clone(), below(&steps, [0, *node.path.last()?])),
    ))
}

fn out_of_group(of: &Document, node: &Node) -> Option<(Value, Expected)> {
    let (list, place) =
        listed(node).filter(|(list, _)| node.kind == NodeKind::Step && !is_block(of, list))?;
    let group = of.nodes.iter().find(|group| {
        group.kind == NodeKind::StepGroup
            && list.len() == group.path.len() + 1
            && list.starts_with(&group.path)
    })?;
    let (outer, at) = listed(group).filter(|(outer, _)| !is_block(of, outer))?;
    let head = put_behind(of, (&list, place), (&outer, at))?;
    Some((
        head,
        Expected::Moved(
            node.fqn.clone(),
            below(&outer, [at + 1, *node.path.last()?]),
        ),
    ))
}

/// Takes an item that is not the only one of its list, and puts it behind another one.
fn put_behind(
    of: &Document,
    (list, place): (&[usize], usize),
    (outer, at): (&[usize], usize),
) -> Option<Value> {
    let mut head = of.value.clone();
    let items = head.at_mut(list)?.items_mut();
    let item = items.filter(|items| items.len() > 1)?.remove(place);
    head.at_mut(outer)?.items_mut()?.insert(at + 1, item);
    Some(head)
}

fn into_block(of: &Document, node: &Node) -> Option<(Value, Expected)> {
    let (list, place) =
        listed(node).filter(|(list, _)| node.kind == NodeKind::Step && !is_block(of, list))?;
    let next = neighbour(of, &list, place + 1).filter(|next| next.kind == NodeKind::Step)?;
    let mut head = of.value.clone();
    let items = head.at_mut(&list)?.items_mut()?;
    let members: Vec<Value> = items.drain(place..place + 2).collect();
    items.insert(
        place,
        Value::Mapping(vec![("parallel".to_owned(), Value::List(members))]),
    );
    Some((head, Expected::Order([node.fqn.clone(), next.fqn.clone()])))
}

fn out_of_block(of: &Document, node: &Node) -> Option<(Value, Expected)> {
    let (list, place) =
        listed(node).filter(|(list, _)| node.kind == NodeKind::Step && is_block(of, list))?;
    let [outer @ .., at, _] = list.as_slice() else {
        return None;
    };
    // In a block around the block it would still run beside the others; and what a placeholder brings has no name.
    let mut others = (0..of.value.at(&list)?.items().len()).filter(|other| *other != place);
    if is_block(of, outer) || !others.any(|other| neighbour(of, &list, other).is_some()) {
        return None;
    }
    let head = put_behind(of, (&list, place), (outer, *at))?;
    Some((head, Expected::Order([node.fqn.clone(), node.fqn.clone()])))
}

/// The nodes of a file with their places, but for those of templates that are written out.
fn nodes(snapshot: &Snapshot, name: &str) -> Vec<Node> {
    let Some(analysis) = snapshot.id(name).and_then(|file| snapshot.analysis(file)) else {
        return Vec::new();
    };
    let tree = analysis.tree();
    let places: HashMap<_, _> = places(tree)
        .into_iter()
        .map(|(path, node)| (node, path))
        .collect();
    let of = analysis.resolved().flat_map(|(pipeline, resolution)| {
        pipeline.ids().filter_map(|id| {
            let node = pipeline.node(id);
            Some(Node {
                path: places.get(&node.yaml)?.clone(),
                fqn: resolution.names.fqn(id),
                kind: node.kind,
            })
        })
    });
    of.collect()
}

/// Documents in which every node has a name of its own.
fn documents(folder: &File) -> Vec<Document> {
    let read = |(path, text): (PathBuf, String)| {
        let name = path.to_string_lossy().into_owned();
        let tree = parse(pipewright_source::FileId(0), text.as_str());
        let is_plain =
            tree.problems().is_empty() && tree.roots().len() == 1 && !text.contains("pipewright:");
        let value = Value::read(&text);
        let text = value.to_yaml();
        let mut snapshot = Snapshot::default();
        let file = snapshot.set_text(name.clone(), text.as_str());
        let is_fit = is_plain && snapshot.kind(file) == Some(FileKind::Harness);
        let found = check_all(&snapshot, &Options::default());
        let about_names = [
            "duplicate-identifier",
            "ambiguous-identifier",
            "yaml-duplicate-key",
        ];
        if !is_fit || found.iter().any(|found| about_names.contains(&found.rule)) {
            return None;
        }
        let mut nodes = nodes(&snapshot, &name);
        nodes.retain(|node| !node.fqn.ends_with('.') && !node.fqn.contains(['<', '?']));
        // A step with the identifier of another one cannot stand in every list.
        let last = |node: &Node| node.fqn.rsplit('.').next().unwrap_or_default().to_owned();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for node in &nodes {
            *counts.entry(last(node)).or_default() += 1;
        }
        nodes.retain(|node| counts[&last(node)] == 1);
        Some(Document {
            name,
            value,
            text,
            nodes,
        })
    };
    texts_below(folder, &["yaml", "yml"])
        .unwrap()
        .into_iter()
        .filter_map(read)
        .collect()
}

/// Whether it is told, and no other name, setting or order is.
fn is_told(expected: &Expected, found: &Comparison, head: &[Node]) -> bool {
    let all: Vec<_> = found.all().collect();
    let [of] = all.as_slice() else { return false };
    let (gone, new, renamed) = (&of.names.gone, &of.names.new, &of.names.renamed);
    let counts = [
        gone.len(),
        new.len(),
        renamed.len(),
        of.order.len(),
        of.settings.len(),
    ];
    let at = |path: &Path| {
        head.iter()
            .find(|node| node.path == *path)
            .map(|node| node.fqn.as_str())
    };
    match expected {
        Expected::Gone(fqn) => counts == [1, 0, 0, 0, 0] && gone[0].fqn == *fqn,
        Expected::New(path) => counts == [0, 1, 0, 0, 0] && at(path) == Some(new[0].as_str()),
        Expected::Moved(from, path) => {
            // What is named from where a node stands may be another thing elsewhere, by the same path.
            let is_one =
                counts[..4] == [0, 0, 1, 0] && of.settings.iter().all(|of| of.before == of.after);
            is_one
                && renamed[0].is_moved
                && renamed[0].from == *from
                && at(path) == Some(renamed[0].to.as_str())
        }
        Expected::Order(fqns) => counts == [0, 0, 0, 1, 0] && fqns.contains(&of.order[0].fqn),
        Expected::Settings(fqn, key) => {
            let is_right = |of: &pipewright_compare::SettingDifference| {
                of.fqn == *fqn && of.setting.starts_with(key)
            };
            counts[..4] == [0; 4] && counts[4] > 0 && of.settings.iter().all(is_right)
        }
    }
}

#[test]
fn a_change_of_structure_is_told_at_its_node_and_nothing_else_is() {
    let data = File::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folder = env::var_os("FILES").map_or(data, PathBuf::from);
    let most = env::var("PLACES")
        .ok()
        .and_then(|places| places.parse().ok())
        .unwrap_or(PLACES);
    let documents = documents(&folder);
    let mut drawn: Vec<(u64, usize, usize)> = Vec::new();
    let mut seed = 19_u64;
    for (of, document) in documents.iter().enumerate() {
        for node in 0..document.nodes.len() {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            drawn.push((seed >> 20, of, node));
        }
    }
    drawn.sort_unstable();
    let (mut wrong, mut counts) = (Vec::new(), String::new());
    for (name, change) in KINDS {
        let changed = drawn.iter().filter_map(|(_, of, node)| {
            let document = &documents[*of];
            let node = &document.nodes[*node];
            Some((document, node, change(document, node)?))
        });
        let (mut made, mut missed) = (0, 0);
        for (document, node, (head, expected)) in changed.take(most) {
            let mut before = Snapshot::default();
            before.set_text(document.name.clone(), document.text.as_str());
            let mut after = before.clone();
            after.set_text(document.name.clone(), head.to_yaml());
            let found = compare(&before, &after, &Question::default());
            made += 1;
            if !is_told(&expected, &found, &nodes(&after, &document.name)) {
                missed += 1;
                let told = told(&found).join("\n  ");
                wrong.push(format!("{name}: {}, {}\n  {told}", document.name, node.fqn));
            }
        }
        writeln!(counts, "{name}: {missed} of {made}").unwrap();
        assert!(made > 0, "{name} is made nowhere");
    }
    assert!(wrong.is_empty(), "{counts}{}", wrong.join("\n"));
}

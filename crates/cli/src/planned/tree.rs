//! A plan as a tree for people: what only runs is folded, and every other verdict has its reason.

use owo_colors::{OwoColorize as _, Style};
use pipewright_simulate::{Kind, Plan, PlanNode, Verdict};
use pipewright_source::Severity;

use super::boxes::sign;
use crate::Streams;
use crate::exit::Failure;
use crate::layout::Layout;
use crate::printable::printable;

/// Writes a plan.
pub(crate) fn write_tree(
    plan: &Plan,
    layout: Layout,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let mut tree = Tree::new(plan, layout);
    tree.node(0, "", "");
    for line in tree.lines {
        writeln!(streams.output, "{line}")?;
    }
    Ok(())
}

struct Tree<'a> {
    plan: &'a Plan,
    layout: Layout,
    children: Vec<Vec<usize>>,
    /// How many steps there are below each node.
    steps: Vec<usize>,
    /// Whether nothing below a node, nor itself, does anything but run.
    is_plain: Vec<bool>,
    lines: Vec<String>,
}

impl<'a> Tree<'a> {
    fn new(plan: &'a Plan, layout: Layout) -> Self {
        let count = plan.nodes.len();
        let mut children = vec![Vec::new(); count];
        for (place, node) in plan.nodes.iter().enumerate() {
            if let Some(parent) = node.parent {
                children[parent].push(place);
            }
        }
        let mut tree = Self {
            plan,
            layout,
            children,
            steps: vec![0; count],
            is_plain: vec![true; count],
            lines: Vec::new(),
        };
        tree.sum_up(0);
        tree
    }

    /// Counts the steps below a node. As deep as nodes nest.
    fn sum_up(&mut self, place: usize) {
        let node = &self.plan.nodes[place];
        let is_idle = node.rollback && node.verdict == Verdict::NotReached;
        let mut is_plain = is_idle || is_plain(node);
        let mut steps = usize::from(node.kind == Kind::Step && !is_idle);
        for child in self.children[place].clone() {
            self.sum_up(child);
            is_plain &= self.is_plain[child];
            steps += self.steps[child];
        }
        self.is_plain[place] = is_plain;
        self.steps[place] = steps;
    }

    fn node(&mut self, place: usize, first: &str, rest: &str) {
        let line = self.line(place);
        self.lines.push(format!("{first}{line}"));
        if self.is_plain[place] && place > 0 {
            return;
        }
        let shown = self.children[place].iter().copied();
        let shown: Vec<usize> = shown.filter(|child| !self.is_hidden(*child)).collect();
        let [branch, last, line] = self.layout.branches();
        for (number, child) in shown.iter().enumerate() {
            let is_last = number + 1 == shown.len();
            let (first, below) = if is_last {
                (last, "   ")
            } else {
                (branch, line)
            };
            self.node(*child, &format!("{rest}{first}"), &format!("{rest}{below}"));
        }
    }

    /// Whether a node says nothing: it is not reached because of what stands around it, which says why.
    fn is_hidden(&self, place: usize) -> bool {
        let node = &self.plan.nodes[place];
        let parent = node.parent.map(|parent| &self.plan.nodes[parent]);
        let is_around_left_out = parent
            .is_some_and(|parent| matches!(parent.verdict, Verdict::Skipped | Verdict::NotReached));
        let is_left_out = node.verdict == Verdict::NotReached && node.documented.is_none();
        is_left_out && (is_around_left_out || node.rollback && !self.undoes(parent))
    }

    /// Whether something around is undone.
    fn undoes(&self, around: Option<&PlanNode>) -> bool {
        let mut around = around;
        while let Some(node) = around {
            if node.verdict == Verdict::RolledBack {
                return true;
            }
            around = node.parent.map(|parent| &self.plan.nodes[parent]);
        }
        false
    }

    fn line(&self, place: usize) -> String {
        let node = &self.plan.nodes[place];
        let style = self.style(node.verdict);
        let symbol = self.symbol(node.verdict);
        let own = node.fqn.rsplit('.').next().unwrap_or(&node.fqn);
        let title = match node.kind {
            Kind::Pipeline => "pipeline".to_owned(),
            kind => format!("{} {}", kind.as_str(), printable(own)),
        };
        let strong = self.layout.palette.strong();
        let mut line = format!("{} {}", symbol.style(style), title.style(strong));
        line.extend(self.said(place, style));
        line.extend(marks(node));
        line
    }

    /// What becomes of a node, and why; of one that only runs how many steps it has.
    fn said(&self, place: usize, style: Style) -> Option<String> {
        let node = &self.plan.nodes[place];
        if !is_plain(node) || node.kind == Kind::Pipeline {
            let status = match node.status {
                Some(status) if tells_more(node) => format!(" ({})", status.as_str()),
                _ => String::new(),
            };
            let said = node.verdict.as_str();
            let said = said.style(style);
            return Some(format!(": {said}{status}: {}", printable(&node.reason)));
        }
        let is_folded = self.is_plain[place] && node.kind != Kind::Step;
        match self.steps[place] {
            count if !is_folded || count == 0 => None,
            1 => Some(": 1 step runs".to_owned()),
            count => Some(format!(": {count} steps run")),
        }
    }

    /// A sign that tells the verdict without colour.
    fn symbol(&self, verdict: Verdict) -> &'static str {
        if self.layout.unicode {
            return sign(verdict);
        }
        match verdict {
            Verdict::Runs => "+",
            Verdict::Skipped => "-",
            Verdict::Failed => "x",
            Verdict::Aborted => "#",
            Verdict::RolledBack => "<",
            Verdict::NotReached => ".",
            // These are plain as they are.
            other => sign(other),
        }
    }

    fn style(&self, verdict: Verdict) -> Style {
        let palette = self.layout.palette;
        match verdict {
            Verdict::Runs => palette.code(),
            Verdict::Failed | Verdict::Aborted | Verdict::RolledBack => {
                palette.severity(Severity::Error)
            }
            Verdict::Ignored | Verdict::Unknown => palette.severity(Severity::Warning),
            _ => palette.gutter(),
        }
    }
}

/// What else there is to say of a node.
fn marks(node: &PlanNode) -> Vec<String> {
    let mut marks = Vec::new();
    if node.attempts > 1 {
        marks.push(format!(" [{} attempts]", node.attempts));
    }
    if node.race {
        marks.push(" [depends on which branch is faster]".to_owned());
    }
    if let Some(documented) = node.documented {
        marks.push(format!(" [documented: {}]", documented.as_str()));
    }
    if node.rollback && node.verdict != Verdict::NotReached {
        marks.push(" [rollback]".to_owned());
    }
    marks
}

/// Whether a node does nothing that has to be told.
fn is_plain(node: &PlanNode) -> bool {
    node.verdict == Verdict::Runs
        && !node.race
        && node.documented.is_none()
        && node.attempts <= 1
        && node.action.is_none()
        && !node.rollback
        && !tells_more(node)
}

/// Whether the status says more than the verdict.
fn tells_more(node: &PlanNode) -> bool {
    let said = node.status.map_or("", pipewright_simulate::Status::as_str);
    let usual = match node.verdict {
        Verdict::Runs => "SUCCEEDED",
        Verdict::Skipped => "SKIPPED",
        Verdict::Failed => "FAILED",
        Verdict::Ignored => "IGNORE_FAILED",
        Verdict::Aborted => "ABORTED",
        _ => "",
    };
    !said.is_empty() && said != usual
}

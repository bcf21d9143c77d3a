//! A plan as boxes: what is in what, and what stands side by side.

use pipewright_simulate::{Kind, Plan, PlanNode, Verdict};

/// A node as a box, with rows of boxes in it: those of a row run side by side.
pub(crate) struct PlanBox<'a> {
    pub(crate) node: &'a PlanNode,
    /// The place of the node in the plan.
    pub(crate) place: usize,
    pub(crate) rows: Vec<Vec<Self>>,
}

impl<'a> PlanBox<'a> {
    /// The box of the whole plan.
    pub(crate) fn of(plan: &'a Plan) -> Self {
        let mut children = vec![Vec::new(); plan.nodes.len()];
        for (place, node) in plan.nodes.iter().enumerate() {
            if let Some(parent) = node.parent {
                children[parent].push(place);
            }
        }
        Self::new(plan, &children, 0)
    }

    /// As deep as nodes nest.
    fn new(plan: &'a Plan, children: &[Vec<usize>], place: usize) -> Self {
        let mut items: Vec<usize> = children[place].clone();
        // What was not reached stands where it is written.
        items.sort_by_key(|child| (plan.nodes[*child].item, *child));
        let mut rows: Vec<Vec<Self>> = Vec::new();
        let mut last = None;
        for child in items {
            let inner = Self::new(plan, children, child);
            let item = plan.nodes[child].item;
            match rows.last_mut() {
                Some(row) if last == Some(item) => row.push(inner),
                _ => rows.push(vec![inner]),
            }
            last = Some(item);
        }
        Self {
            node: &plan.nodes[place],
            place,
            rows,
        }
    }

    /// Whether it is a frame around others.
    pub(crate) fn is_frame(&self) -> bool {
        !self.rows.is_empty()
    }

    /// What is written on it.
    pub(crate) fn title(&self) -> String {
        let own = self.node.fqn.rsplit('.').next().unwrap_or_default();
        let kind = match self.node.kind {
            Kind::Pipeline => return "pipeline".to_owned(),
            Kind::Step => return own.to_owned(),
            kind => kind.as_str(),
        };
        format!("{kind} {own}")
    }
}

/// The colours of a verdict: inside, and of the line around.
pub(crate) const fn colours(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Runs => ("#e6f4ea", "#188038"),
        Verdict::Failed => ("#fce8e6", "#d93025"),
        Verdict::Aborted => ("#f4c7c3", "#a50e0e"),
        Verdict::RolledBack => ("#fde7d3", "#c26401"),
        Verdict::Ignored => ("#fef7e0", "#b06000"),
        Verdict::Unknown => ("#e8f0fe", "#1a73e8"),
        Verdict::Skipped => ("#f1f3f4", "#9aa0a6"),
        _ => ("#ffffff", "#bdc1c6"),
    }
}

/// The same on dark ground.
pub(crate) const fn dark_colours(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Runs => ("#16301f", "#5bb974"),
        Verdict::Failed => ("#45201e", "#ee675c"),
        Verdict::Aborted => ("#5a1714", "#f6aea9"),
        Verdict::RolledBack => ("#432c14", "#fcad70"),
        Verdict::Ignored => ("#3a3213", "#fdd663"),
        Verdict::Unknown => ("#1b2d48", "#8ab4f8"),
        Verdict::Skipped => ("#28292c", "#80868b"),
        _ => ("#18191b", "#5f6368"),
    }
}

/// The sign of a verdict.
pub(crate) const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Runs => "✓",
        Verdict::Skipped => "–",
        Verdict::Failed => "✗",
        Verdict::Ignored => "!",
        Verdict::Aborted => "■",
        Verdict::RolledBack => "↩",
        Verdict::NotReached => "·",
        _ => "?",
    }
}

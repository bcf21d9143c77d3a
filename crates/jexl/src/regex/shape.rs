//! What is known of a pattern before it is compiled: its groups, what it begins with, how much it reads.

use fancy_regex::{Assertion, Expr};

use super::set::Set;

/// How many capturing groups there are.
pub(super) fn count_groups(tree: &Expr) -> usize {
    let inside: usize = tree.children_iter().map(count_groups).sum();
    inside + usize::from(matches!(tree, Expr::Group(_)))
}

/// What is repeated here, if its turns may read nothing. Java ends a repetition at such a turn; an automaton knows no
/// turns.
pub(super) fn empty_turn(tree: &Expr) -> Option<&Expr> {
    match tree {
        Expr::Repeat { child, hi: 2.., .. } if lengths(child).0 == 0 => Some(&**child),
        _ => None,
    }
}

pub(super) fn holds(tree: &Expr, wanted: fn(&Expr) -> bool) -> bool {
    wanted(tree) || tree.has_descendant(wanted)
}

/// Whether a turn that may read nothing has groups: an automaton may find others.
pub(super) fn has_empty_turn_with_groups(tree: &Expr) -> bool {
    holds(tree, |part| {
        empty_turn(part).is_some_and(|turn| holds(turn, |part| matches!(part, Expr::Group(_))))
    })
}

/// Whether a turn that may read nothing has branches, conditions or lazy repetitions: an automaton may match something
/// else.
fn has_empty_turn_with_choices(tree: &Expr) -> bool {
    holds(tree, |part| {
        empty_turn(part).is_some_and(|turn| {
            holds(turn, |part| {
                matches!(
                    part,
                    Expr::Alt(_) | Expr::Assertion(_) | Expr::Repeat { greedy: false, .. }
                )
            })
        })
    })
}

/// Whether boundaries of words are asked for.
pub(super) fn has_boundary(tree: &Expr) -> bool {
    holds(tree, |part| {
        matches!(
            part,
            Expr::Assertion(Assertion::WordBoundary | Assertion::NotWordBoundary)
        )
    })
}

/// Whether ways have to be tried one after the other.
pub(super) fn needs_ways(tree: &Expr) -> bool {
    let is_beyond_automata = holds(tree, |part| {
        matches!(
            part,
            Expr::LookAround(..)
                | Expr::AtomicGroup(_)
                | Expr::Backref { .. }
                | Expr::ContinueFromPreviousMatchEnd
        )
    });
    is_beyond_automata || has_empty_turn_with_choices(tree)
}

/// Whether a match can only begin where the text begins.
pub(super) fn is_anchored(tree: &Expr) -> bool {
    match tree {
        Expr::Assertion(Assertion::StartText) => true,
        Expr::Concat(parts) => parts.first().is_some_and(is_anchored),
        Expr::Group(inside) => is_anchored(inside),
        Expr::Alt(branches) => branches.iter().all(is_anchored),
        _ => false,
    }
}

/// What a part can begin with.
pub(super) struct Beginning {
    /// `None` is any character.
    pub(super) set: Option<Set>,
    pub(super) can_be_empty: bool,
}

impl Beginning {
    pub(super) fn of(tree: &Expr) -> Self {
        let one = |set| Self {
            set,
            can_be_empty: false,
        };
        let nothing = Self {
            set: Some(Set::default()),
            can_be_empty: true,
        };
        match tree {
            Expr::Literal { val, casei } => match val.chars().next() {
                Some(c) => one(Set::of_char(c, *casei)),
                None => nothing,
            },
            Expr::Delegate { inner, casei } => one(Set::of_class(inner, *casei)),
            Expr::Any { .. } => one(None),
            Expr::Group(inside) => Self::of(inside),
            Expr::AtomicGroup(inside) => Self::of(inside),
            Expr::Repeat { child, lo, .. } => {
                let child = Self::of(child);
                Self {
                    can_be_empty: child.can_be_empty || *lo == 0,
                    ..child
                }
            }
            Expr::Concat(parts) => parts.iter().fold(nothing, |before, part| {
                if before.can_be_empty {
                    let part = Self::of(part);
                    let can_be_empty = part.can_be_empty;
                    before.or(part, can_be_empty)
                } else {
                    before
                }
            }),
            Expr::Alt(branches) => {
                let mut all = one(Some(Set::default()));
                for branch in branches {
                    let branch = Self::of(branch);
                    let can_be_empty = all.can_be_empty || branch.can_be_empty;
                    all = all.or(branch, can_be_empty);
                }
                all
            }
            Expr::Empty | Expr::Assertion(_) | Expr::LookAround(..) => nothing,
            _ => Self {
                set: None,
                can_be_empty: true,
            },
        }
    }

    fn or(self, other: Self, can_be_empty: bool) -> Self {
        let set = match (self.set, other.set) {
            (Some(one), Some(other)) => Some(one.union(&other)),
            _ => None,
        };
        Self { set, can_be_empty }
    }
}

/// The fewest and the most characters that a part reads.
pub(super) fn lengths(tree: &Expr) -> (usize, usize) {
    match tree {
        Expr::Literal { val, .. } => (val.chars().count(), val.chars().count()),
        Expr::Delegate { .. } | Expr::Any { .. } => (1, 1),
        Expr::Group(inside) => lengths(inside),
        Expr::AtomicGroup(inside) => lengths(inside),
        Expr::Repeat { child, lo, hi, .. } => {
            let (least, most) = lengths(child);
            (least.saturating_mul(*lo), most.saturating_mul(*hi))
        }
        Expr::Concat(parts) => parts.iter().map(lengths).fold((0, 0), |all, part| {
            (all.0.saturating_add(part.0), all.1.saturating_add(part.1))
        }),
        Expr::Alt(branches) => {
            let both =
                |all: (usize, usize), one: (usize, usize)| (all.0.min(one.0), all.1.max(one.1));
            branches.iter().map(lengths).reduce(both).unwrap_or((0, 0))
        }
        Expr::Backref { .. } => (0, usize::MAX),
        _ => (0, 0),
    }
}

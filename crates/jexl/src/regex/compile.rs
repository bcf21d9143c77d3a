//! From the syntax tree that `fancy-regex` reads to a program.

use fancy_regex::{Assertion, Expr, LookAround};

use super::program::{Case, Loop, Program, Step};
use super::set::Set;
use super::shape::{Beginning, count_groups, is_anchored, lengths};
use crate::limits::MAX_REGEX_BYTES;

/// The program of a pattern, where references in any case are compared as `reference_case` says; `None` where it would
/// be too large or holds what the translation never writes.
pub(super) fn program(tree: &Expr, reference_case: Case) -> Option<Program> {
    let mut compiler = Compiler {
        steps: Vec::new(),
        slots: 2 * (count_groups(tree) + 1),
        groups: 1,
        bytes: 0,
        reference_case,
    };
    compiler.expression(tree)?;
    compiler.push(Step::Match);
    let begins = Beginning::of(tree);
    Some(Program {
        steps: compiler.steps,
        slots: compiler.slots,
        groups: compiler.groups,
        is_anchored: is_anchored(tree),
        first: begins.set.filter(|_| !begins.can_be_empty),
    })
}

struct Compiler {
    steps: Vec<Step>,
    slots: usize,
    groups: usize,
    bytes: usize,
    reference_case: Case,
}

impl Compiler {
    fn push(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    fn slot(&mut self) -> usize {
        self.slots += 1;
        self.slots - 1
    }

    /// Writes the steps of a part.
    fn expression(&mut self, tree: &Expr) -> Option<()> {
        self.bytes += size_of::<Step>();
        if self.bytes > MAX_REGEX_BYTES {
            return None;
        }
        match tree {
            Expr::Empty => {}
            Expr::Literal { val, casei: false } => {
                self.push(Step::Text(val.as_str().into()));
            }
            Expr::Literal { val, casei: true } => {
                for c in val.chars() {
                    let set = Set::of_char(c, true)?;
                    self.push(Step::One(set));
                }
            }
            Expr::Any { .. } | Expr::Delegate { .. } => {
                let set = self.set(tree)?;
                self.push(Step::One(set));
            }
            Expr::Concat(parts) => {
                for part in parts {
                    self.expression(part)?;
                }
            }
            Expr::Alt(branches) => self.alternation(branches)?,
            Expr::Group(inside) => {
                let number = self.groups;
                self.groups += 1;
                let start = self.slot();
                self.push(Step::Mark(start));
                self.expression(inside)?;
                self.push(Step::Group { number, start });
            }
            Expr::AtomicGroup(inside) => self.atomic(inside)?,
            Expr::Repeat {
                child,
                lo,
                hi,
                greedy,
            } => self.repetition(child, *lo, *hi, *greedy)?,
            Expr::LookAround(inside, look) => self.look(inside, *look)?,
            Expr::Backref { group, casei } => {
                self.push(Step::Reference {
                    group: *group,
                    case: if *casei {
                        self.reference_case
                    } else {
                        Case::Same
                    },
                });
            }
            Expr::Assertion(assertion) => {
                self.push(match assertion {
                    Assertion::StartText => Step::TextStart,
                    Assertion::EndText => Step::TextEnd,
                    Assertion::WordBoundary => Step::Boundary(true),
                    Assertion::NotWordBoundary => Step::Boundary(false),
                    _ => return None,
                });
            }
            Expr::ContinueFromPreviousMatchEnd => {
                self.push(Step::LastEnd);
            }
            _ => return None,
        }
        Some(())
    }

    /// The set of a part that reads one character.
    fn set(&mut self, tree: &Expr) -> Option<Set> {
        let set = match tree {
            Expr::Any { newline, .. } => Set::any(!newline),
            Expr::Delegate { inner, casei } => Set::of_class(inner, *casei)?,
            Expr::Literal { val, casei } => {
                let mut chars = val.chars();
                let set = Set::of_char(chars.next()?, *casei)?;
                return chars.next().is_none().then_some(set);
            }
            Expr::AtomicGroup(inside) => return self.set(inside),
            _ => return None,
        };
        self.bytes += set.ranges() * size_of::<(char, char)>();
        Some(set)
    }

    fn alternation(&mut self, branches: &[Expr]) -> Option<()> {
        let (last, before) = branches.split_last()?;
        let mut ends = Vec::new();
        for branch in before {
            let split = self.push(Step::Split(0, 0));
            self.expression(branch)?;
            ends.push(self.push(Step::Jump(0)));
            self.steps[split] = Step::Split(split + 1, self.steps.len());
        }
        self.expression(last)?;
        for end in ends {
            self.steps[end] = Step::Jump(self.steps.len());
        }
        Some(())
    }

    fn atomic(&mut self, inside: &Expr) -> Option<()> {
        if let Expr::Repeat {
            child,
            lo,
            hi,
            greedy: true,
        } = inside
            && let Some(set) = self.set(child)
        {
            self.run(set, *lo, *hi, true);
            return Some(());
        }
        let height = self.slot();
        self.push(Step::Open(height));
        self.expression(inside)?;
        self.push(Step::Close(height));
        Some(())
    }

    fn run(&mut self, set: Set, least: usize, most: usize, possessive: bool) {
        self.push(Step::Run {
            set,
            least,
            most,
            possessive,
        });
    }

    fn repetition(&mut self, child: &Expr, least: usize, most: usize, greedy: bool) -> Option<()> {
        if greedy && let Some(set) = self.set(child) {
            self.run(set, least, most, false);
            return Some(());
        }
        let turn = |inside: usize, next: usize| {
            if greedy {
                Step::Split(inside, next)
            } else {
                Step::Split(next, inside)
            }
        };
        if (least, most) == (0, 1) {
            let split = self.push(Step::Split(0, 0));
            self.expression(child)?;
            self.steps[split] = turn(split + 1, self.steps.len());
            return Some(());
        }
        if least == 0 && most == usize::MAX && lengths(child).0 > 0 {
            let split = self.push(Step::Split(0, 0));
            self.expression(child)?;
            self.push(Step::Jump(split));
            self.steps[split] = turn(split + 1, self.steps.len());
            return Some(());
        }
        let (count, start) = (self.slot(), self.slot());
        self.push(Step::LoopStart { count, start });
        let decision = self.push(Step::Jump(0));
        self.push(Step::LoopTurn { count, start });
        self.expression(child)?;
        self.push(Step::Jump(decision));
        self.steps[decision] = Step::Loop(Loop {
            least,
            most,
            greedy,
            next: self.steps.len(),
            count,
            start,
        });
        Some(())
    }

    fn look(&mut self, inside: &Expr, look: LookAround) -> Option<()> {
        let is_behind = matches!(look, LookAround::LookBehind | LookAround::LookBehindNeg);
        let is_negative = matches!(look, LookAround::LookAheadNeg | LookAround::LookBehindNeg);
        let (height, here) = (self.slot(), self.slot());
        self.push(Step::Open(height));
        let split = is_negative.then(|| self.push(Step::Split(0, 0)));
        self.push(Step::Mark(here));
        if is_behind {
            let (least, most) = lengths(inside);
            self.push(Step::Back { least, most });
        }
        self.expression(inside)?;
        if is_behind {
            self.push(Step::IsAt(here));
        }
        if let Some(split) = split {
            self.push(Step::Refuse(height));
            self.steps[split] = Step::Split(split + 1, self.steps.len());
        } else {
            self.push(Step::Close(height));
            self.push(Step::Return(here));
        }
        Some(())
    }
}

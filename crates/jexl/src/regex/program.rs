//! Programs for patterns that no automaton decides: look-around, references to groups, possessive and atomic parts.

use super::set::Set;

/// The steps of a pattern. They are entered at the first and done at [`Step::Match`].
#[derive(Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// How many slots the steps use; those of the groups come first, two for each.
    pub(super) slots: usize,
    /// How many groups there are, with the whole match.
    pub(super) groups: usize,
    /// Whether a match can only begin where the text begins.
    pub(super) is_anchored: bool,
    /// The characters that a match can begin with, where it must have some.
    pub(super) first: Option<Set>,
}

/// One step. Slots hold positions, counts and heights of the stack.
#[derive(Debug)]
pub(super) enum Step {
    /// The text is here.
    Text(Box<str>),
    /// A character of the set is here.
    One(Set),
    /// As many characters of the set as there are; fewer are tried afterwards, unless it is possessive.
    Run {
        set: Set,
        least: usize,
        most: usize,
        possessive: bool,
    },
    /// Goes on at the first and, if that fails, at the second.
    Split(usize, usize),
    Jump(usize),
    /// Keeps the position.
    Mark(usize),
    /// Goes back to a position that was kept.
    Return(usize),
    /// A group began at the kept position and ends here.
    Group {
        number: usize,
        start: usize,
    },
    /// Enters a loop: no turn is done.
    LoopStart {
        count: usize,
        start: usize,
    },
    /// Decides about another turn; the step behind it is [`Step::LoopTurn`].
    Loop(Loop),
    LoopTurn {
        count: usize,
        start: usize,
    },
    /// Keeps how many ways are open.
    Open(usize),
    /// Forgets the ways that were opened since then.
    Close(usize),
    /// What must not match has matched: forgets the ways since then, and fails.
    Refuse(usize),
    /// Goes back by so many characters, fewest first.
    Back {
        least: usize,
        most: usize,
    },
    /// The position is the one that was kept.
    IsAt(usize),
    /// What a group matched is here once more.
    Reference {
        group: usize,
        case: Case,
    },
    TextStart,
    TextEnd,
    /// Whether there is, or is not, a boundary of words here.
    Boundary(bool),
    /// Where the last match ended, or the search began.
    LastEnd,
    Match,
}

/// A repetition of several steps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loop {
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) greedy: bool,
    pub(super) next: usize,
    /// The slot of the turns done.
    pub(super) count: usize,
    /// The slot of where the last turn began: one that reads nothing is the last.
    pub(super) start: usize,
}

/// Which letters are the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    /// Each is only itself.
    Same,
    /// Those of ASCII in both cases.
    Ascii,
    /// All in every case.
    Any,
}

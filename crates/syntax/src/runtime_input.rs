//! Runtime inputs: `<+input>` with its modifiers, and validators on filled values (`spec/engine.md` §7).

use pipewright_source::TextRange;

/// A text that asks for a value, or that carries a validator from doing so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuntimeInput {
    /// Where `<+input>` stands. `None` for a filled value with a validator, as in `4.5.allowedValues(1.5, 4.5)`.
    pub marker: Option<TextRange>,
    /// The filled value before the first validator; `None` with a marker.
    pub value: Option<TextRange>,
    /// The modifiers from left to right.
    pub modifiers: Vec<Modifier>,
    /// Text after the marker or a modifier that is none. The engine ignores it.
    pub rest: Option<TextRange>,
}

/// One `.name(arguments)` of a runtime input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Modifier {
    /// From the dot to the closing parenthesis, or to the end of the text where it is missing.
    pub range: TextRange,
    /// The name.
    pub name_range: TextRange,
    /// Which modifier it is.
    pub kind: ModifierKind,
    /// Between the parentheses; `None` without parentheses.
    pub arguments: Option<TextRange>,
    /// Whether the closing parenthesis is there.
    pub closed: bool,
}

/// The modifiers of runtime inputs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ModifierKind {
    /// `.default(value)`
    Default,
    /// `.allowedValues(a, b)`
    AllowedValues,
    /// `.regex(pattern)`
    Regex,
    /// `.executionInput()`
    ExecutionInput,
    /// `.selectOneFrom(a, b)`
    SelectOneFrom,
    /// `.selectManyFrom(a, b)`
    SelectManyFrom,
    /// Another name: not a modifier the engine knows.
    Unknown,
}

const MODIFIERS: &[(&str, ModifierKind)] = &[
    ("default", ModifierKind::Default),
    ("allowedValues", ModifierKind::AllowedValues),
    ("regex", ModifierKind::Regex),
    ("executionInput", ModifierKind::ExecutionInput),
    ("selectOneFrom", ModifierKind::SelectOneFrom),
    ("selectManyFrom", ModifierKind::SelectManyFrom),
];

impl ModifierKind {
    /// The modifiers that the engine knows.
    pub fn known() -> impl Iterator<Item = Self> {
        MODIFIERS.iter().map(|(_, kind)| *kind)
    }

    /// The name; empty of one that is none.
    pub fn name(self) -> &'static str {
        let mut known = MODIFIERS.iter();
        known
            .find(|(_, kind)| *kind == self)
            .map_or("", |(name, _)| name)
    }

    /// How it is written; empty of one that is none.
    pub const fn signature(self) -> &'static str {
        match self {
            Self::Default => "default(value)",
            Self::AllowedValues => "allowedValues(a, b, …)",
            Self::Regex => "regex(pattern)",
            Self::ExecutionInput => "executionInput()",
            Self::SelectOneFrom => "selectOneFrom(a, b, …)",
            Self::SelectManyFrom => "selectManyFrom(a, b, …)",
            Self::Unknown => "",
        }
    }

    /// What it does, in a sentence; empty of one that is none.
    pub const fn doc(self) -> &'static str {
        match self {
            Self::Default => "The value where nobody gives one.",
            Self::AllowedValues => "A value that is given must be one of these.",
            Self::Regex => "A value that is given must match this pattern.",
            Self::ExecutionInput => "The value is asked for while the pipeline runs.",
            Self::SelectOneFrom => "The form offers these values, of which one is chosen.",
            Self::SelectManyFrom => "The form offers these values, of which several may be chosen.",
            Self::Unknown => "",
        }
    }
}

const MARKER: &str = "<+input>";

/// Whether a text marks a runtime input: with its `.default(…)` and the like it is the whole text.
pub fn is_runtime_input(text: &str) -> bool {
    text.trim_start().starts_with(MARKER)
}

/// Reads a runtime input: a text that begins with `<+input>`, blanks before it aside, or a value that ends in
/// `.allowedValues(…)` or `.regex(…)`. `None` for any other text. What is wrong in it is kept as data.
///
/// ```
/// use pipewright_syntax::{ModifierKind, parse_runtime_input};
/// let text = "<+input>.default(prod).allowedValues(dev,prod)";
/// let input = parse_runtime_input(text).unwrap();
/// assert_eq!(input.modifiers[1].kind, ModifierKind::AllowedValues);
/// assert_eq!(input.modifiers[1].arguments.unwrap().slice(text), "dev,prod");
/// ```
pub fn parse_runtime_input(text: &str) -> Option<RuntimeInput> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let end = start + trimmed.len();
    if trimmed.starts_with(MARKER) {
        let after = start + MARKER.len();
        let (modifiers, rest) = modifiers(text, after, end);
        return Some(RuntimeInput {
            marker: Some(TextRange::of(start, after)),
            value: None,
            modifiers,
            rest,
        });
    }
    filled(text, start, end)
}

/// A value before a validator.
fn filled(text: &str, start: usize, end: usize) -> Option<RuntimeInput> {
    let trimmed = text.get(start..end)?;
    if !trimmed.ends_with(')') {
        return None;
    }
    let validators = [".allowedValues(", ".regex("];
    let at = validators
        .iter()
        .find_map(|validator| trimmed.find(validator))?;
    let (modifiers, rest) = modifiers(text, start + at, end);
    Some(RuntimeInput {
        marker: None,
        value: Some(TextRange::of(start, start + at)),
        modifiers,
        rest,
    })
}

fn modifiers(text: &str, mut at: usize, end: usize) -> (Vec<Modifier>, Option<TextRange>) {
    let mut found = Vec::new();
    while let Some(modifier) = modifier(text, at, end) {
        at = modifier.range.end() as usize;
        found.push(modifier);
    }
    (found, (at < end).then(|| TextRange::of(at, end)))
}

fn modifier(text: &str, at: usize, end: usize) -> Option<Modifier> {
    let rest = text.get(at..end)?.strip_prefix('.')?;
    let length = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    if length == 0 {
        return None;
    }
    let name = rest.get(..length)?;
    let kind = MODIFIERS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(ModifierKind::Unknown, |(_, kind)| *kind);
    let name_end = at + 1 + length;
    let name_range = TextRange::of(at + 1, name_end);
    if !rest.get(length..)?.starts_with('(') {
        return Some(Modifier {
            range: TextRange::of(at, name_end),
            name_range,
            kind,
            arguments: None,
            closed: false,
        });
    }
    let inside = name_end + 1;
    let close = closing(text, inside, end);
    Some(Modifier {
        range: TextRange::of(at, close.map_or(end, |close| close + 1)),
        name_range,
        kind,
        arguments: Some(TextRange::of(inside, close.unwrap_or(end))),
        closed: close.is_some(),
    })
}

/// Where the arguments that begin at `inside` are closed: the first `)` after which the text ends or another known
/// modifier follows, as the engine takes it. Parentheses inside arguments, as in a pattern, need not balance.
fn closing(text: &str, inside: usize, end: usize) -> Option<usize> {
    let mut from = inside;
    let mut last = None;
    while let Some(close) = text.get(from..end)?.find(')').map(|at| from + at) {
        let after = text.get(close + 1..end)?;
        if after.is_empty() || begins_modifier(after) {
            return Some(close);
        }
        last = Some(close);
        from = close + 1;
    }
    last
}

fn begins_modifier(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('.') else {
        return false;
    };
    MODIFIERS.iter().any(|(name, _)| {
        rest.strip_prefix(name)
            .is_some_and(|after| after.starts_with('('))
    })
}

//! What there is in place of functions that there are not.

use pipewright_jexl::methods;
use pipewright_source::closest;
use pipewright_syntax::{TokenKind, tokens};

use super::{Instead, OF_CEL};
use crate::functors::{FUNCTORS, date};

/// Functions of CEL that people call in `<+ >`, with what they are or what to write there (`spec/v1.md` §9).
pub(super) const CEL_FUNCTIONS: &[(&str, &str)] = &[
    (
        "contains",
        "`contains(a, b)` asks whether `b` matches the pattern `a`: write `a.contains(b)`",
    ),
    ("lower", "the method is `a.toLowerCase()`"),
    ("upper", "the method is `a.toUpperCase()`"),
    ("replace", "the method is `a.replace(old, new)`"),
    (
        "fromJSON",
        "`json.object(a)` and `json.select(path, a)` read JSON",
    ),
    (
        "hashFiles",
        "nothing hashes files: a cache key has `{{ checksum \"path\" }}`",
    ),
];

/// Methods of texts that CEL has and JEXL has not.
const CEL_METHODS: &[(&str, &str)] = &[
    ("lower", "the method is `toLowerCase()`"),
    ("lowerAscii", "the method is `toLowerCase()`"),
    ("upper", "the method is `toUpperCase()`"),
    ("upperAscii", "the method is `toUpperCase()`"),
];

/// Methods that other languages have, and the one of that meaning here.
const OTHER_LANGUAGES: &[(&str, &str)] = &[
    ("substr", "substring"),
    ("slice", "substring"),
    ("includes", "contains"),
    ("has", "containsKey"),
    ("len", "length"),
    ("count", "size"),
    ("toLower", "toLowerCase"),
    ("toUpper", "toUpperCase"),
    ("lowercase", "toLowerCase"),
    ("uppercase", "toUpperCase"),
    ("startswith", "startsWith"),
    ("endswith", "endsWith"),
    ("trimStart", "stripLeading"),
    ("trimEnd", "stripTrailing"),
    ("push", "add"),
    ("trimLeft", "stripLeading"),
    ("trimRight", "stripTrailing"),
    ("strftime", "toString"),
    ("append", "concat"),
];

/// Functions that other languages have, and what to write here.
const OTHER_FUNCTIONS: &[(&str, &str)] = &[
    ("len", "`size(a)` tells how long it is"),
    ("length", "`size(a)` tells how long it is"),
    ("count", "`size(a)` tells how many there are"),
    ("toUpper", "the method is `a.toUpperCase()`"),
    ("toLower", "the method is `a.toLowerCase()`"),
    ("trim", "the method is `a.trim()`"),
    ("split", "the method is `a.split(pattern)`"),
    ("join", "no function joins a list"),
    ("isEmpty", "`empty(a)` tells whether it is empty or null"),
    ("substring", "the method is `a.substring(begin, end)`"),
    ("parseInt", "`a * 1` makes a number of a text"),
    ("int", "`a * 1` makes a number of a text"),
    ("toString", "the method is `a.toString()`"),
    ("toJson", "`json.format(a)` writes JSON"),
    ("toJSON", "`json.format(a)` writes JSON"),
    ("always", "write `<+Always>`"),
    (
        "success",
        "`<+OnStageSuccess>` and `<+OnPipelineSuccess>` tell it",
    ),
    (
        "failure",
        "`<+OnStageFailure>` and `<+OnPipelineFailure>` tell it",
    ),
];

/// Methods that other languages have and nothing here is called, and what to write.
const OTHER_METHODS: &[(&str, &str)] = &[
    ("join", "no method joins a list"),
    ("toInt", "`a * 1` makes a number of a text"),
    ("toInteger", "`a * 1` makes a number of a text"),
    ("toNumber", "`a * 1` makes a number of a text"),
    ("toJson", "`json.format(a)` writes JSON"),
    ("toJSON", "`json.format(a)` writes JSON"),
];

/// The method that has the meaning of one of that name in other languages.
pub fn method_for_foreign(name: &str) -> Option<&'static str> {
    let foreign = OTHER_LANGUAGES.iter().find(|(foreign, _)| *foreign == name);
    foreign.map(|(_, method)| *method)
}

/// What to write in place of a function of other languages, as a whole sentence; `None` where nothing is known of one
/// of that name, and where there is such a function.
pub fn instead_of_foreign_function(name: &str) -> Option<String> {
    let is_ours = |method: &methods::Method| {
        method.receiver == methods::Receiver::Function && method.name == name
    };
    if methods::table().any(is_ours) {
        return None;
    }
    let advice = |functions: &[(&str, &'static str)]| {
        let mut functions = functions.iter();
        let found = functions.find(|(function, _)| *function == name);
        found.map(|(_, advice)| *advice)
    };
    if let Some(advice) = advice(CEL_FUNCTIONS) {
        return Some(format!("it is {OF_CEL}, and here {advice}"));
    }
    advice(OTHER_FUNCTIONS).map(str::to_owned)
}

/// The functor whose date an expression is about, and whether the date has a time.
fn date_of<'t>(tokens: &[(TokenKind, &'t str)]) -> Option<(&'t str, bool)> {
    tokens.windows(2).find_map(|pair| match pair {
        [
            (TokenKind::Name, name @ "currentDate"),
            (TokenKind::Open, "("),
        ] => Some((*name, false)),
        [
            (TokenKind::Name, name @ "currentTime"),
            (TokenKind::Open, "("),
        ] => Some((*name, true)),
        _ => None,
    })
}

/// What a date has in place of a method of that name.
fn instead_of_date_method(date: &str, is_timed: bool, name: &str) -> Instead {
    let opposite = name.strip_prefix("minus").map(|unit| format!("plus{unit}"));
    if let Some(opposite) =
        opposite.filter(|name| date::methods(is_timed).any(|method| method == name))
    {
        return Instead::Write(format!("`{opposite}(-1)` goes back"));
    }
    if let Some(meant) = closest(name, date::methods(is_timed)) {
        return Instead::Method(meant);
    }
    let form = if is_timed {
        "2026-11-22T07:42:13.392+0000"
    } else {
        "2026-11-22"
    };
    let methods = date::methods(is_timed).map(|method| format!("{method}(count)"));
    Instead::FunctionsOf {
        root: format!("{date}()"),
        signatures: methods.chain([format!("toString() → {form}")]).collect(),
    }
}

/// What there is in place of the first function that the expression calls and nothing has.
pub(super) fn instead_of_function(expression: &str) -> Instead {
    let tokens: Vec<_> = tokens(expression)
        .into_iter()
        .filter(|token| token.kind != TokenKind::Blank)
        .map(|token| (token.kind, token.range.slice(expression)))
        .collect();
    let date = date_of(&tokens);
    if let [(TokenKind::Name, name), (TokenKind::Open, "("), ..] = &*tokens
        && let Some((_, advice)) = OTHER_FUNCTIONS
            .iter()
            .find(|(function, _)| function == name)
    {
        return Instead::Write((*advice).to_owned());
    }
    for (at, window) in tokens.windows(4).enumerate() {
        let [
            (before, root),
            (TokenKind::Dot, _),
            (TokenKind::Name, name),
            (TokenKind::Open, "("),
        ] = window
        else {
            continue;
        };
        let of_root = || FUNCTORS.iter().filter(|functor| functor.root == *root);
        if at == 0 && *before == TokenKind::Name && of_root().next().is_some() {
            if of_root().any(|functor| functor.name == *name) {
                continue;
            }
            return Instead::FunctionsOf {
                root: (*root).to_owned(),
                signatures: of_root().map(crate::Functor::signature).collect(),
            };
        }
        if let Some((date, is_timed)) = date {
            if date::methods(is_timed).any(|method| method == *name) {
                continue;
            }
            return instead_of_date_method(date, is_timed, name);
        }
        let of_cel = CEL_METHODS.iter().find(|(method, _)| method == name);
        if let Some((method, advice)) = of_cel {
            return Instead::Cel { method, advice };
        }
        if *name == "length" {
            return Instead::Write("a list has `size()`".to_owned());
        }
        if let Some((_, advice)) = OTHER_METHODS.iter().find(|(method, _)| method == name) {
            return Instead::Write((*advice).to_owned());
        }
        if methods::table().all(|method| method.name != *name) {
            let near = || closest(name, methods::table().map(|method| method.name));
            let meant = method_for_foreign(name).or_else(near);
            return meant.map_or(Instead::Nothing, Instead::Method);
        }
    }
    Instead::Nothing
}

/// The single sign of regular expressions at which an expression seems to split a text.
fn split_by_sign(expression: &str) -> Option<char> {
    let calls = expression.match_indices(".split(");
    let mut arguments = calls.map(|(at, call)| expression[at + call.len()..].trim_start());
    arguments.find_map(|argument| {
        let mut signs = argument.chars();
        let (quote, sign, end) = (signs.next()?, signs.next()?, signs.next()?);
        (matches!(quote, '"' | '\'') && quote == end && ".|*+?$".contains(sign)).then_some(sign)
    })
}

/// What there is in place of the last property of a path: a method of that name.
pub(super) fn instead_of_property(expression: &str) -> Instead {
    let mut parts = expression.rsplit('.');
    let name = parts.next().unwrap_or_default().trim_end();
    if name == "length" {
        return Instead::Write(
            "`length` is a method: write `length()`, or `size()` of a list".to_owned(),
        );
    }
    if let Some(sign) = split_by_sign(expression) {
        return Instead::Write(format!(
            "`split` takes a regular expression, in which `{sign}` means something else: write `split(\"[{sign}]\")`"
        ));
    }
    if let (Some("secrets"), None) = (parts.next().map(str::trim), parts.next()) {
        return Instead::Write(format!("write `secrets.getValue(\"{name}\")`"));
    }
    let named = || methods::table().filter(|method| method.name == name);
    match named().find(|method| method.parameters.is_empty()) {
        Some(getter) => Instead::Call(getter.name),
        None if named().next().is_some() => {
            Instead::Write(format!("`{name}` is a method: write `{name}(…)`"))
        }
        None => Instead::Nothing,
    }
}

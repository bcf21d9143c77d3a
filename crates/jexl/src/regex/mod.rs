//! Java regular expressions: `java.util.regex` over `fancy-regex`.
//!
//! `translate` reads the Java dialect and writes the same language in the dialect of `fancy-regex`; what Java refuses is an
//! error of kind `pattern-syntax`. This module finds, replaces and splits as `String` and `Matcher` do. Every search is bounded by
//! [`MAX_REGEX_BACKTRACKS`]. Lone surrogates in a text match as U+FFFD.

mod class;
mod escape;
mod group;
mod property;
mod quantifier;
mod reach;
mod reader;
mod replacement;
mod translate;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::budget;
use crate::limits::{MAX_REGEX_BACKTRACKS, MAX_REGEX_BYTES, MAX_REGEX_LENGTH, REGEX_BYTES_A_UNIT};
use crate::value::{JavaString, TextBuilder};
use crate::{ErrorKind, Failure, OpResult};

use replacement::Replacement;

/// Texts up to this length, in bytes, may be read to their end at each place where a match could begin.
const SHORT_TEXT: usize = 2 * 1024;

/// What finding a match costs besides the text that is read, as bytes of it.
const BYTES_A_MATCH: usize = 64;

/// What a pattern is used for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Use {
    /// The whole text must match.
    Whole,
    /// Matches are searched in the text.
    Find,
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    engine: Engine,
    /// The names of the capturing groups with their numbers.
    names: Vec<(String, usize)>,
}

#[derive(Debug)]
enum Engine {
    /// No character of the pattern has a meaning beyond itself.
    Literal(String),
    Regex {
        regex: Box<fancy_regex::Regex>,
        /// Whether a search reads no further than to the end of its match.
        ends_with_match: bool,
    },
}

/// The byte ranges of a match: the whole and each group that took part.
#[derive(Clone, Debug)]
pub struct Match {
    groups: Vec<Option<Range<usize>>>,
}

impl Match {
    /// The bytes of the whole match.
    pub fn range(&self) -> Range<usize> {
        self.group(0).unwrap_or_default()
    }

    /// The bytes of a group, if it took part; group 0 is the whole match.
    pub fn group(&self, number: usize) -> Option<Range<usize>> {
        self.groups.get(number).cloned().flatten()
    }

    /// The number of capturing groups.
    pub(crate) fn group_count(&self) -> usize {
        self.groups.len().saturating_sub(1)
    }
}

thread_local! {
    /// Patterns compiled on this thread: expressions use few, and use them again.
    static COMPILED: RefCell<HashMap<(JavaString, Use, usize), Arc<Pattern>>> = RefCell::default();
}

/// How many compiled patterns a thread keeps.
const KEPT: usize = 64;

impl Pattern {
    /// Compiles a pattern for searches in texts of `length` bytes.
    ///
    /// # Errors
    /// Kind `pattern-syntax` for what Java refuses, `limit` for patterns too large, `refused` for the few constructs that are not
    /// offered.
    pub fn for_text(pattern: &JavaString, length: usize) -> OpResult<Arc<Self>> {
        Self::cached(pattern, Use::Find, length)
    }

    /// `length` is that of the text in bytes: a pattern that looks ahead or back without end reads the text anew at each place
    /// where it tries, so that it may try less often in a long one.
    fn cached(pattern: &JavaString, purpose: Use, length: usize) -> OpResult<Arc<Self>> {
        let length = if length > SHORT_TEXT && looks_far(&pattern.to_str()) {
            length.next_power_of_two()
        } else {
            SHORT_TEXT
        };
        let key = (pattern.clone(), purpose, length);
        if let Some(compiled) = COMPILED.with_borrow(|cache| cache.get(&key).cloned()) {
            return Ok(compiled);
        }
        budget::spend(work_of_compiling(&pattern.to_str()))?;
        let compiled = Arc::new(Self::compile(pattern, purpose, length)?);
        COMPILED.with_borrow_mut(|cache| {
            if cache.len() >= KEPT {
                cache.clear();
            }
            cache.insert(key, Arc::clone(&compiled));
        });
        Ok(compiled)
    }

    fn compile(pattern: &JavaString, purpose: Use, length: usize) -> OpResult<Self> {
        let text = pattern.to_str();
        if !text.contains(is_special) {
            return Ok(Self {
                engine: Engine::Literal(text.into_owned()),
                names: Vec::new(),
            });
        }
        if pattern.len() > MAX_REGEX_LENGTH {
            return Err(Failure::limit(format!(
                "a regular expression is longer than {MAX_REGEX_LENGTH} characters"
            )));
        }
        let translated = translate::translate(&text, purpose == Use::Whole)?;
        let source = match purpose {
            Use::Whole => format!(r"\A(?:{})\z", translated.source),
            Use::Find => translated.source,
        };
        let regex = fancy_regex::RegexBuilder::new(&source)
            .backtrack_limit(MAX_REGEX_BACKTRACKS * SHORT_TEXT / length)
            .delegate_size_limit(MAX_REGEX_BYTES)
            .delegate_dfa_size_limit(MAX_REGEX_BYTES)
            .build()
            .map_err(|_| {
                Failure::limit("the regular expression is too large to be compiled".to_owned())
            })?;
        Ok(Self {
            engine: Engine::Regex {
                regex: Box::new(regex),
                ends_with_match: reach::ends_with_its_match(&source),
            },
            names: translated.names,
        })
    }

    /// The number of the capturing group `name`.
    pub(crate) fn group_number(&self, name: &str) -> Option<usize> {
        self.names
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, number)| *number)
    }

    /// The first match at or after the byte `from` of `text`.
    pub fn find_at(&self, text: &str, from: usize) -> OpResult<Option<Match>> {
        let regex = match &self.engine {
            Engine::Regex { regex, .. } => regex,
            Engine::Literal(literal) => {
                let found = text
                    .get(from..)
                    .and_then(|rest| rest.find(literal.as_str()));
                return Ok(found.map(|at| Match {
                    groups: vec![Some(from + at..from + at + literal.len())],
                }));
            }
        };
        let captures = regex.captures_from_pos(text, from).map_err(|_| gave_up())?;
        Ok(captures.map(|captures| Match {
            groups: captures
                .iter()
                .map(|group| group.map(|group| group.range()))
                .collect(),
        }))
    }

    /// Every match in order. After an empty match the search goes on behind the next character.
    pub fn find_all(&self, text: &str) -> OpResult<Vec<Match>> {
        let mut matches = Vec::new();
        let mut from = 0;
        while from <= text.len() {
            let rest = text.len() - from;
            if let Engine::Regex {
                ends_with_match: false,
                ..
            } = self.engine
            {
                // It may read to the end of the text before it knows.
                budget::spend(rest as u64 / REGEX_BYTES_A_UNIT)?;
            }
            let Some(found) = self.find_at(text, from)? else {
                break;
            };
            let range = found.range();
            budget::read_bytes(range.end - from + BYTES_A_MATCH)?;
            from = range.end;
            if range.is_empty() {
                from += text[from..].chars().next().map_or(1, char::len_utf8);
            }
            budget::grow(found.groups.len() * size_of::<Option<Range<usize>>>())?;
            matches.push(found);
        }
        Ok(matches)
    }
}

/// Whether a look-ahead or look-behind repeats something without end, as far as the letters tell.
fn looks_far(pattern: &str) -> bool {
    let looks = ["(?=", "(?!", "(?<=", "(?<!"];
    let first = looks.iter().filter_map(|look| pattern.find(look)).min();
    first.is_some_and(|at| {
        let inside = &pattern[at + 3..];
        inside.contains(['*', '+']) || inside.contains(",}")
    })
}

/// What compiling takes, in units of work: counted repetitions are written out.
fn work_of_compiling(pattern: &str) -> u64 {
    const AT_LEAST: u64 = 6_400;
    const AT_MOST: u64 = 25_600_000;
    let counts = pattern.split('{').skip(1).filter_map(|rest| {
        let digits: String = rest
            .split('}')
            .next()?
            .rsplit(',')
            .next()?
            .chars()
            .filter(char::is_ascii_digit)
            .take(6)
            .collect();
        digits.parse::<u64>().ok()
    });
    let copies = counts.fold(1_u64, |product, count| product.saturating_mul(count.max(1)));
    let written = copies.saturating_mul(pattern.len() as u64 * 8);
    written.clamp(AT_LEAST, AT_MOST)
}

/// Whether a character can mean something else than itself in a pattern.
fn is_special(c: char) -> bool {
    r"\^$.|?*+()[]{}".contains(c)
}

fn gave_up() -> Failure {
    Failure::limit(format!(
        "a regular expression tried again more than {MAX_REGEX_BACKTRACKS} times"
    ))
}

/// `text.matches(pattern)`: whether the whole text matches.
pub fn matches(pattern: &JavaString, text: &JavaString) -> OpResult<bool> {
    let pattern = Pattern::cached(pattern, Use::Whole, text.bytes())?;
    let text = text.to_str();
    match &pattern.engine {
        Engine::Literal(literal) => Ok(*literal == text),
        Engine::Regex { regex, .. } => regex.is_match(&*text).map_err(|_| gave_up()),
    }
}

/// `text.replaceAll(pattern, replacement)`, or `replaceFirst` with `only_first`.
pub fn replace(
    pattern: &JavaString,
    text: &JavaString,
    replacement: &JavaString,
    only_first: bool,
) -> OpResult<JavaString> {
    let pattern = Pattern::for_text(pattern, text.bytes())?;
    let source = text.to_str();
    let matches = if only_first {
        pattern.find_at(&source, 0)?.into_iter().collect()
    } else {
        pattern.find_all(&source)?
    };
    if matches.is_empty() {
        return Ok(text.clone());
    }
    let replacement_text = replacement.to_str();
    let mut out = TextBuilder::default();
    let mut copied = 0;
    let mut parsed = None;
    for found in &matches {
        let replacement = match &parsed {
            Some(replacement) => replacement,
            // Java reads the replacement when it first needs it: without a match a wrong one is no error.
            None => parsed.insert(Replacement::parse(&replacement_text, &pattern, found)?),
        };
        let range = found.range();
        out.push(&source[copied..range.start])?;
        replacement.write(&source, found, &mut out)?;
        copied = range.end;
    }
    out.push(&source[copied..])?;
    Ok(out.finish())
}

/// `text.split(pattern, limit)`: with limit 0 empty texts at the end are dropped, a positive limit is the most parts there can be.
pub fn split(pattern: &JavaString, text: &JavaString, limit: i32) -> OpResult<Vec<JavaString>> {
    let pattern = Pattern::for_text(pattern, text.bytes())?;
    let source = text.to_str();
    let most = usize::try_from(limit).ok().filter(|most| *most > 0);
    let mut parts: Vec<JavaString> = Vec::new();
    let mut copied = 0;
    for found in pattern.find_all(&source)? {
        if most.is_some_and(|most| parts.len() + 1 >= most) {
            break;
        }
        let range = found.range();
        if range.end == 0 {
            continue;
        }
        parts.push(source[copied..range.start].into());
        copied = range.end;
    }
    if copied == 0 {
        return Ok(vec![text.clone()]);
    }
    parts.push(source[copied..].into());
    if limit == 0 {
        while parts.last().is_some_and(JavaString::is_empty) {
            parts.pop();
        }
    }
    Ok(parts)
}

/// A failure of kind `pattern-syntax`.
fn syntax(message: impl std::fmt::Display) -> Failure {
    Failure::new(
        ErrorKind::PatternSyntax,
        format!("the regular expression is not valid: {message}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(pattern: &str, text: &str) -> bool {
        matches(&pattern.into(), &text.into()).unwrap()
    }

    fn replaced(text: &str, pattern: &str, replacement: &str) -> String {
        replace(&pattern.into(), &text.into(), &replacement.into(), false)
            .unwrap()
            .to_string()
    }

    fn parts(text: &str, pattern: &str, limit: i32) -> Vec<String> {
        let parts = split(&pattern.into(), &text.into(), limit).unwrap();
        parts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_whole_text_must_match() {
        for (pattern, text, expected) in [
            ("b", "abc", false),
            ("a|ab", "ab", true),
            ("a.c", "a\nc", false),
            ("(?s)a.c", "a\nc", true),
            (r"\Qa.c\E+", "a.ccc", true),
            (r"\p{Alpha}+\d{2,}", "abc123", true),
            (r"\p{javaLowerCase}+", "é", true),
            (r"\p{Lower}+", "é", false),
            (r"(\w)\1", "aa", true),
            (r"a++a", "aaa", false),
            (r"(?i)é", "É", false),
            (r"(?iu)é", "É", true),
            (r"(?i)abc[d-f]", "ABCE", true),
            (r"^abc$", "abc", true),
            (r"[a-z&&[^b]]+", "acd", true),
            (r"[a-z&&[^b]]+", "abc", false),
            (r"(?<!-)foo(?=bar).*", "foobar", true),
            (r"\d", "٣", false),
            (r"(?x) a b # c", "ab", true),
            (r"}]", "}]", true),
            (r"(a)?\1b", "b", false),
            (r"a\x41\u0042\103?", "aABC", false),
            ("x{2}{3}", "xx", true),
            ("x{2}{3}", "xxxxxx", false),
            ("x*{2}", "xxx", true),
            ("(?x)x * ?", "xx", true),
            ("^?(?=a)*a(){3}", "a", true),
            ("(?!b)+a(?<=b)?+", "a", true),
        ] {
            assert_eq!(is_match(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn what_java_refuses_is_a_syntax_error() {
        for pattern in [
            "[",
            "(",
            ")",
            "*a",
            "a**",
            "a{",
            "{",
            "${x}",
            "a{2,1}",
            r"\",
            r"\y",
            "[b-a]",
            "(?<n>a)(?<n>b)",
            r"\k<x>",
            r"\p{Nope}",
            "(?<=a+)b",
            "[]",
            "(?z)",
            "a{1",
            r"\x4",
            r"[a-\d]",
            "(?<1>a)",
            r"\c",
        ] {
            let failure = matches(&pattern.into(), &"x".into()).unwrap_err();
            assert_eq!(failure.kind(), Some(ErrorKind::PatternSyntax), "{pattern}");
        }
    }

    #[test]
    fn replacing() {
        assert_eq!(replaced("abc", "x*", "-"), "-a-b-c-");
        assert_eq!(replaced("baaac", "a*", "-"), "-b--c-");
        assert_eq!(
            replaced("v1.2", r"v(\d)\.(?<minor>\d)", "$1-${minor}\\$"),
            "1-2$"
        );
        assert_eq!(replaced("a10", "(a)1", "$10"), "a00");
        assert_eq!(replaced("none", "x", "$9"), "none");
        for replacement in ["$", "$2", "\\", "${", "${x}", "$x"] {
            let failure = replace(&"(a)".into(), &"a".into(), &replacement.into(), false);
            assert_eq!(
                failure.unwrap_err().kind(),
                Some(ErrorKind::MethodFailed),
                "{replacement}"
            );
        }
    }

    #[test]
    fn splitting() {
        assert_eq!(parts("a,b,,c,,", ",", 0), ["a", "b", "", "c"]);
        assert_eq!(parts("a,b,,c,,", ",", -1), ["a", "b", "", "c", "", ""]);
        assert_eq!(parts("a,b,,c,,", ",", 2), ["a", "b,,c,,"]);
        assert_eq!(parts("", ",", 0), [""]);
        assert_eq!(parts(",", ",", 0), Vec::<String>::new());
        assert_eq!(parts("abc", "", 0), ["a", "b", "c"]);
        assert_eq!(parts("v1.2", r"\.", 0), ["v1", "2"]);
        assert_eq!(parts("v1.2", ".", 0), Vec::<String>::new());
    }

    #[test]
    fn backtracking_is_bounded() {
        let text = "a".repeat(64);
        let failure = matches(
            &r"(a|a|b\1)*+c|(?=(a+)+$)(a+)+\3b".into(),
            &text.as_str().into(),
        );
        assert!(
            matches!(failure, Ok(false)) || failure.unwrap_err().kind() == Some(ErrorKind::Limit)
        );
        let failure = matches(&r"(?:(a+)+\1)+b".into(), &text.as_str().into()).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::Limit));
        let failure = matches(&"(((a{900}){900}){900})".into(), &"a".into()).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::Limit));
        let deep = format!("{}a{}", "(".repeat(4000), ")".repeat(4000));
        let failure = matches(&deep.as_str().into(), &"a".into()).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::Limit));
    }
}

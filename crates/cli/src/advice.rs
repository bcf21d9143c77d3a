//! Which command or option answers a text that the one given cannot.

use pipewright_engine::Flags;
use pipewright_jexl::{Program, methods};
use pipewright_model::catalogue::{self, RootKind};
use pipewright_source::TextRange;
use pipewright_syntax::{
    Expr, ExprKind, InfixOp, IslandId, SyntaxError, SyntaxErrorKind, Template, TokenKind, UnaryOp,
    decrement, first_generation, instead_of_first_generation, parse_island, parse_island_script,
    parse_predicate, parse_predicate_script, parse_template, tokens,
};

use crate::answer::Answer;

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 65_536;

/// The longest text that is searched for expressions of the first generation, in bytes.
const LONGEST_SEARCHED: usize = 256 * 1024;

/// How many expressions of the first generation are told.
const MOST_TOLD: usize = 20;

/// What to write instead of an expression that fails or means something else, or which option answers it.
pub(crate) fn on_answer(text: &str, flags: Flags, decides: bool, answer: &Answer) -> Vec<String> {
    let fails = matches!(answer, Answer::Fault(fault) if fault.is_of_text());
    // A condition is read without statements by every profile.
    let statements = || on_statements(text, flags);
    let statements = (!decides).then(statements).flatten();
    if fails {
        let plain = || on_plain_text(text).filter(|_| !decides);
        let instead = statements.or_else(plain).or_else(|| on_bare_name(text));
        return instead.into_iter().collect();
    }
    // In a condition the rule of `check` says it.
    let assignment = || on_assignment(text);
    let assignment = (!decides).then(assignment).flatten();
    statements
        .into_iter()
        .chain(
            on_text_in_place_of_expression(text, decides)
                .or_else(|| on_method_without_call(text))
                .or_else(|| on_operator_in_text(text, answer)),
        )
        .chain(on_names_without_delimiters(text))
        .chain(assignment)
        .chain(on_first_generation(text))
        .collect()
}

/// For a text of expressions that holds statements, which not every engine reads.
pub(crate) fn on_statements(text: &str, flags: Flags) -> Option<String> {
    (!flags.scripts && text.len() <= LONGEST && has_statements(text))
        .then(|| "`--profile v2` reads statements, as an account with JSON support does".to_owned())
}

/// Whether plain JEXL is a script, and no expression.
pub(crate) fn is_script(text: &str) -> bool {
    Program::expression(text).is_err() && Program::script(text).is_ok()
}

/// For plain JEXL with two minus signs before a value.
pub(crate) fn on_decrement(text: &str) -> Option<String> {
    let is_meant = text.len() <= LONGEST && text.contains("--") && decrement(text).is_some();
    is_meant.then(|| {
        "`--` is two minus signs and changes nothing; write `x - 1` for one less".to_owned()
    })
}

/// For a text with an expression that sets a value where it seems to compare.
fn on_assignment(text: &str) -> Option<String> {
    if text.len() > LONGEST || !text.contains('=') {
        return None;
    }
    let template = parse_template(text);
    let mut islands = ids(&template).map(|id| parse_island(text, &template, id));
    let sets_value = sets(parse_predicate(text, &template)) || islands.any(sets);
    sets_value.then(|| "`=` sets a value, it does not compare; write `==` to compare".to_owned())
}

/// Whether an expression sets a value.
fn sets(parsed: Result<Option<Expr>, SyntaxError>) -> bool {
    let mut sets = false;
    if let Ok(Some(expression)) = parsed {
        expression.walk(&mut |expr| {
            sets |= matches!(expr.kind, ExprKind::Assign { op: None, .. });
        });
    }
    sets
}

/// The islands of a text, at every depth.
fn ids(template: &Template) -> impl Iterator<Item = IslandId> {
    (0_u32..).map(IslandId).take(template.islands.len())
}

/// For a text that cannot be read as an expression and was probably not meant as one.
fn on_plain_text(text: &str) -> Option<String> {
    reads_as_text(text).then(|| {
        "the whole text is one expression here; `pipewright render` puts values into a text"
            .to_owned()
    })
}

/// For what stays in a text as it is because nothing replaces it any more.
pub(crate) fn on_first_generation(text: &str) -> Vec<String> {
    if text.len() > LONGEST_SEARCHED {
        return Vec::new();
    }
    let found = first_generation(text).take(MOST_TOLD).map(|range| {
        let expression = range.slice(text);
        let instead = instead_of_first_generation(expression);
        format!("`{expression}` is of Harness's first generation and stays as it is; {instead}")
    });
    let mut sentences: Vec<String> = found.collect();
    sentences.dedup();
    sentences
}

/// For a text that was put together although it seems to compare or compute: why it is no expression.
fn on_text_in_place_of_expression(text: &str, decides: bool) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let error = parse_predicate(text, &parse_template(text)).err()?;
    if error.kind == SyntaxErrorKind::FirstGeneration {
        return None;
    }
    let is_meant = decides || error.hint.is_some() && !is_unexpected(&error.kind) || computes(text);
    let hint = error
        .hint
        .map_or_else(String::new, |hint| format!("; {hint}"));
    is_meant.then(|| {
        format!(
            "the expressions are put into the text and nothing is compared: {}{hint}",
            error.message
        )
    })
}

/// For an operator that gives no text, in a text that was put together although it can be read as an expression.
fn on_operator_in_text(text: &str, answer: &Answer) -> Option<String> {
    let is_text = matches!(answer, Answer::Value(shown) if shown.type_name == "String");
    if !is_text || text.len() > LONGEST {
        return None;
    }
    let template = parse_template(text);
    let expression = parse_predicate(text, &template).ok()??;
    let (operator, operands) = match &expression.kind {
        ExprKind::Infix { first, rest } => {
            let gives_no_text = |op| {
                !matches!(
                    op,
                    InfixOp::Add | InfixOp::Subtract | InfixOp::Divide | InfixOp::Range
                )
            };
            let last = rest.last().filter(|tail| gives_no_text(tail.op))?;
            let operands = rest.iter().map(|tail| &tail.operand);
            (
                last.op_range,
                [&**first].into_iter().chain(operands).collect(),
            )
        }
        ExprKind::Unary {
            op: UnaryOp::Not,
            op_range,
            operand,
        } => (*op_range, vec![&**operand]),
        _ => return None,
    };
    let operator = operator.slice(text).trim();
    let mut instead = text.to_owned();
    let islands: Vec<TextRange> = operands.into_iter().filter_map(first_island).collect();
    for island in islands.iter().rev() {
        instead.insert(island.end() as usize, ')');
        instead.insert(island.start() as usize, '(');
    }
    (!islands.is_empty()).then(|| {
        format!(
            "the expressions are put into the text, where `{operator}` is no operator; in parentheses they are values: \
             `{instead}`"
        )
    })
}

/// The island that an operand is, or that it begins with.
fn first_island(operand: &Expr) -> Option<TextRange> {
    match &operand.kind {
        ExprKind::Name(name) => name.as_island().map(|_| name.range),
        ExprKind::Infix { first, .. } => first_island(first),
        ExprKind::Unary { operand, .. } => first_island(operand),
        _ => None,
    }
}

/// For a method that is not called, so that its name is joined to the text: `<+name>.length`.
fn on_method_without_call(text: &str) -> Option<String> {
    let template = parse_template(text);
    let mut rests = template
        .roots()
        .map(|(_, island)| &text[island.end() as usize..]);
    rests.find_map(|rest| {
        let name = rest.strip_prefix('.')?;
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let (name, behind) = name.split_at(end);
        let is_method = methods::table().any(|method| method.name == name);
        (is_method && !behind.starts_with(['(', '-', '_'])).then(|| {
            format!(
                "`.{name}` is joined to the text before it; a method is called: write `.{name}()`"
            )
        })
    })
}

/// For names of a run that stand outside of every `<+ >`, where a run does not look for them.
fn on_names_without_delimiters(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let mut found = None;
    parse_predicate(text, &parse_template(text))
        .ok()??
        .walk(&mut |expr| {
            let ExprKind::Chain { head, .. } = &expr.kind else {
                return;
            };
            let root = catalogue::root(head.range.slice(text));
            let is_of_run = root
                .is_some_and(|root| !matches!(root.kind(), RootKind::Functor | RootKind::Methods));
            if is_of_run {
                found.get_or_insert(expr.range);
            }
        });
    let path = found?.slice(text);
    Some(format!(
        "`{path}` has no delimiters, and a run finds no such name without them: write `<+{path}>`"
    ))
}

/// Whether the syntax error of a text says more than that it was not put together, which in a condition it always does.
pub(crate) fn explains_itself(text: &str, decides: bool) -> bool {
    let error = || parse_predicate(text, &parse_template(text)).err();
    let error = (text.len() <= LONGEST).then(error).flatten();
    error.is_some_and(|error| {
        decides || error.hint.is_some() && !matches!(error.kind, SyntaxErrorKind::Unexpected)
    })
}

/// Whether an expression of the text is none, but a script.
fn has_statements(text: &str) -> bool {
    let template = parse_template(text);
    ids(&template).any(|id| {
        is_statement(parse_island(text, &template, id).err())
            && parse_island_script(text, &template, id).is_ok()
    }) || is_statement(parse_predicate(text, &template).err())
        && parse_predicate_script(text, &template).is_ok()
}

fn is_statement(error: Option<SyntaxError>) -> bool {
    error.is_some_and(|error| error.kind == SyntaxErrorKind::Statement)
}

const fn is_unexpected(kind: &SyntaxErrorKind) -> bool {
    matches!(
        kind,
        SyntaxErrorKind::Unexpected | SyntaxErrorKind::Character | SyntaxErrorKind::Number
    )
}

/// Whether a text has words outside its islands, and nothing that compares, chooses, assigns or quotes.
fn reads_as_text(text: &str) -> bool {
    if text.len() > LONGEST || text.contains("${") {
        return false;
    }
    let template = parse_template(text);
    // What reads as a subtraction or a range of names may be a text with hyphens and dots.
    let is_general = match parse_predicate(text, &template) {
        Ok(_) => !template.islands.is_empty(),
        Err(error) => error.hint.is_none() && is_unexpected(&error.kind),
    };
    let has_words = outside(text, &template).contains(char::is_alphabetic);
    is_general && has_words && !computes(text)
}

/// What stands outside of the islands of a text, with a number in place of each.
fn outside(text: &str, template: &Template) -> String {
    let mut outside = String::new();
    let mut end = 0;
    for (_, island) in template.roots() {
        outside.push_str(&text[end..island.start() as usize]);
        outside.push('0');
        end = island.end() as usize;
    }
    outside.push_str(&text[end..]);
    outside
}

/// Whether a text has something outside of its islands that compares, chooses, assigns or quotes.
fn computes(text: &str) -> bool {
    let outside = outside(text, &parse_template(text));
    tokens(&outside).into_iter().any(|token| {
        let written = token.range.slice(&outside);
        match token.kind {
            TokenKind::Operator => !matches!(written, "/" | "-" | "%" | "*"),
            TokenKind::Keyword | TokenKind::String | TokenKind::Open => true,
            _ => false,
        }
    })
}

/// For a name without its delimiters.
fn on_bare_name(text: &str) -> Option<String> {
    is_bare_name(text).then(|| format!("a name is written `<+{text}>`"))
}

/// Whether a text is the path of a name and nothing else.
pub(crate) fn is_bare_name(text: &str) -> bool {
    let is_part = |part: &str| {
        let mut characters = part.chars();
        let begins = characters
            .next()
            .is_some_and(|c| c.is_alphabetic() || c == '_');
        begins && characters.all(|c| c.is_alphanumeric() || c == '_')
    };
    text.contains('.') && text.split('.').all(is_part)
}

//! Expressions as the printer writes them.

use pipewright_analysis::Snapshot;
use pipewright_source::{Edit, FileId, TextRange};
use pipewright_syntax::{Expr, IslandId, print_expression};

use crate::cursor::touches;
use crate::island::{Written, text_at, texts};

/// The expression around the cursor in its canonical form: the outermost island, or the whole text where the engine
/// evaluates one. `None` where there is none, where it is written so already, and where it has errors, escapes or
/// comments, which the form would lose.
pub fn format_expression(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Edit> {
    let of = text_at(snapshot.analysis(file)?, file, offset)?;
    let mut all = expressions(&of).into_iter();
    let (range, expr) = all.find(|(range, _)| touches(of.cover(*range), file, offset))?;
    formatted(&of, range, expr)
}

/// Every expression that reaches into a range of a file, as [`format_expression`] writes it, from the beginning.
pub fn format_expressions(snapshot: &Snapshot, file: FileId, within: TextRange) -> Vec<Edit> {
    let Some(analysis) = snapshot.analysis(file) else {
        return Vec::new();
    };
    let mut found: Vec<Edit> = Vec::new();
    for of in texts(analysis) {
        for (range, expr) in expressions(&of) {
            let span = of.cover(range);
            let is_within = span.file == file
                && span.range.start() <= within.end()
                && within.start() <= span.range.end();
            found.extend(is_within.then(|| formatted(&of, range, expr)).flatten());
        }
    }
    found.sort_by_key(|edit| edit.span);
    // Texts that aliases repeat are written once.
    found.dedup();
    found
}

/// The outermost expressions of a text without errors: what is between the delimiters, and what it is read as.
fn expressions<'a>(of: &Written<'a>) -> Vec<(TextRange, &'a Expr)> {
    if let Some(whole) = of.text.whole() {
        let expr = whole.as_ref().ok().and_then(Option::as_ref);
        let range = TextRange::of(0, of.decoded.len());
        return expr.map(|expr| (range, expr)).into_iter().collect();
    }
    let roots = of.text.template().roots();
    let read = roots.filter_map(|(id, range)| {
        let expr = of.text.island(id)?.as_ref().ok()?.as_ref()?;
        Some((range, expr))
    });
    read.collect()
}

fn formatted(of: &Written<'_>, range: TextRange, expr: &Expr) -> Option<Edit> {
    let inner = expr.range.slice(of.decoded);
    let is_plain = of.is_verbatim(range) && !has_comment(range.slice(of.decoded));
    let mut islands = of.text.template().islands.iter();
    if !is_plain || islands.any(|island| island.escaped) {
        return None;
    }
    let printed = print_expression(expr, |id| island(of, id));
    if printed == inner || printed.contains('\n') {
        return None;
    }
    Some(Edit {
        span: of.cover(expr.range),
        replacement: printed,
    })
}

fn island<'a>(of: &Written<'a>, id: IslandId) -> &'a str {
    let island = of.text.template().get(id);
    island.map_or("", |island| island.range.slice(of.decoded))
}

fn has_comment(text: &str) -> bool {
    let all = pipewright_syntax::tokens(text);
    all.iter()
        .any(|token| token.kind == pipewright_syntax::TokenKind::Comment)
}

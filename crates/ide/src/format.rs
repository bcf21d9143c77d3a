//! An expression as the printer writes it.

use pipewright_analysis::Snapshot;
use pipewright_source::{Edit, FileId, TextRange};
use pipewright_syntax::{IslandId, print_expression};

use crate::cursor::touches;
use crate::island::{Written, text_at};

/// The expression around the cursor in its canonical form: the outermost island, or the whole text where the engine
/// evaluates one. `None` where there is none, where it is written so already, and where it has errors, escapes or
/// comments, which the form would lose.
pub fn format_expression(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Edit> {
    let of = text_at(snapshot.analysis(file)?, file, offset)?;
    let template = of.text.template();
    let mut roots = template.roots();
    let around = roots.find(|(_, range)| touches(of.cover(*range), file, offset));
    let (range, expr) = match (of.text.whole(), around) {
        (Some(whole), _) => (TextRange::of(0, of.decoded.len()), whole),
        (None, Some((id, _))) => (template.get(id)?.inner, of.text.island(id)?),
        (None, None) => return None,
    };
    let expr = expr.as_ref().ok()?.as_ref()?;
    let inner = expr.range.slice(of.decoded);
    let is_plain = of.is_verbatim(range) && !has_comment(range.slice(of.decoded));
    if !is_plain || template.islands.iter().any(|island| island.escaped) {
        return None;
    }
    let printed = print_expression(expr, |id| island(&of, id));
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

//! Parts of paths that are put together from islands: those that are variables with a fixed value are judged like
//! written ones.

use pipewright_model::{NodeId, SiteKind, Variable};
use pipewright_syntax::{Expr, ExprKind, Piece, Template, parse_runtime_input};

use crate::paths::{Path, Spliced, is_postfix, paths};
use crate::resolver::Resolver;
use crate::{Member, Segment, SegmentKind, SiteText, Verdict};

/// How many variables may stand for each other.
const MAX_CHAIN: u32 = 4;

impl Resolver<'_> {
    /// The path, which stands in a site of that text, with the parts written out that variables with a fixed value
    /// give. What another pipeline evaluates stays as it is.
    pub(crate) fn written_out(self, mut path: Path, of_site: &SiteText, text: &str) -> Path {
        let is_foreign = matches!(
            self.scope.site.kind,
            SiteKind::ChildOutput | SiteKind::ForeignInput
        );
        // From the end, so that places stay: a value with dots is several parts.
        for part in std::mem::take(&mut path.spliced).into_iter().rev() {
            if is_foreign {
                break;
            }
            if let Some(kinds) = self.parts_of(&part, of_site, text) {
                let at = part.at;
                let range = path.segments[at].range;
                let parts = kinds.into_iter().map(|kind| Segment { range, kind });
                path.segments.splice(at..=at, parts);
            }
        }
        path
    }

    /// The parts that a text is which these pieces make.
    fn parts_of(self, part: &Spliced, of_site: &SiteText, text: &str) -> Option<Vec<SegmentKind>> {
        let mut joined = String::new();
        let mut is_postfixed = false;
        for piece in &part.pieces {
            if is_postfixed {
                return None;
            }
            match piece {
                Piece::Text(text) => joined.push_str(text),
                Piece::Island(id)
                    if !part.is_quoted && is_postfix(*id, &of_site.template, text) =>
                {
                    is_postfixed = true;
                }
                Piece::Island(id) => {
                    let expr = of_site
                        .islands
                        .get(id.0 as usize)?
                        .as_ref()
                        .ok()?
                        .as_ref()?;
                    joined.push_str(&self.fixed_value(expr, text, &of_site.template, 0)?);
                }
            }
        }
        if part.is_quoted {
            return Some(vec![SegmentKind::Quoted(joined.into())]);
        }
        let names: Vec<&str> = joined.split('.').collect();
        if !names.iter().all(|name| is_name(name)) {
            return None;
        }
        let mut kinds: Vec<SegmentKind> = names
            .into_iter()
            .map(|name| SegmentKind::Name(name.into()))
            .collect();
        if is_postfixed && let Some(SegmentKind::Name(last)) = kinds.pop() {
            kinds.push(SegmentKind::Postfixed(last));
        }
        Some(kinds)
    }

    /// The text of an expression that is the path of a variable whose text is the same in every run.
    fn fixed_value(
        self,
        expr: &Expr,
        text: &str,
        template: &Template,
        depth: u32,
    ) -> Option<Box<str>> {
        if depth > MAX_CHAIN || !matches!(expr.kind, ExprKind::Name(_) | ExprKind::Chain { .. }) {
            return None;
        }
        let found = paths(expr, text, template);
        let [only] = found.as_slice() else {
            return None;
        };
        let is_whole = only.range == expr.range && only.spliced.is_empty();
        let (Verdict::Resolved(target), _) = self.decide(&only.segments) else {
            return None;
        };
        let Member::Variable(place) = target.member else {
            return None;
        };
        if !is_whole || target.at + 2 != only.segments.len() {
            return None;
        }
        let value = self.text_of(target.node, place)?;
        if !value.contains("<+") {
            return Some(value.into());
        }
        let further = SiteText::parse(value, SiteKind::Setting);
        let mut roots = further.template.roots();
        let (id, range) = roots.next()?;
        let is_single = range.start() == 0 && range.end() as usize == value.len();
        let inner = further
            .islands
            .get(id.0 as usize)?
            .as_ref()
            .ok()?
            .as_ref()?;
        is_single.then(|| self.fixed_value(inner, value, &further.template, depth + 1))?
    }
}

impl<'s> Resolver<'s> {
    /// The text that a variable is given in the file, if a run cannot be given another. A number is none: it is not
    /// joined to a path.
    fn text_of(self, node: NodeId, place: u32) -> Option<&'s str> {
        let declared = &self.scope.pipeline().node(node).variables;
        let Variable {
            type_name, value, ..
        } = declared.get(place as usize)?;
        let is_text = type_name
            .as_ref()
            .is_none_or(|of_type| *of_type.text == *"String");
        let text = self.scope.index.tree.text((*value)?)?;
        let is_fixed = parse_runtime_input(text).is_none();
        (is_text && is_fixed).then_some(text)
    }
}

/// Whether a text can stand between the dots of a path as a name.
fn is_name(text: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
    text.starts_with(is_start) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

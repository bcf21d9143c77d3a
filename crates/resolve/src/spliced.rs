//! Parts of paths that are put together from islands: those that are variables with a fixed value, or the identifier of
//! a node around the reader, are judged like written ones.

use pipewright_model::{NodeId, SiteKind, Variable};
use pipewright_syntax::{Expr, ExprKind, Piece, Template, parse_runtime_input};

use crate::paths::{Path, Spliced, is_postfix, paths};
use crate::resolver::Resolver;
use crate::{Looping, Member, Segment, SegmentKind, SiteText, Verdict};

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
                    let fixed = self.fixed_value(expr, text, &of_site.template, 0)?;
                    joined.push_str(&fixed.text);
                    is_postfixed = fixed.is_postfixed;
                }
            }
        }
        if part.is_quoted {
            return (!is_postfixed).then(|| vec![SegmentKind::Quoted(joined.into())]);
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

    /// The text of an expression that is the path of a variable whose text is the same in every run, or of the
    /// identifier of a node around the reader.
    fn fixed_value(
        self,
        expr: &Expr,
        text: &str,
        template: &Template,
        depth: u32,
    ) -> Option<Fixed> {
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
        let behind = only.segments.get(target.at..)?;
        let value = match (target.member, behind) {
            _ if !is_whole => return None,
            (Member::Setting, [name]) if name.name() == Some("identifier") => {
                return self.identifier_of(target.node);
            }
            (Member::Variable(place), [_, _]) => self.text_of(target.node, place)?,
            _ => return None,
        };
        if !self.scope.pipeline().version.may_hold_expression(value) {
            return Some(Fixed {
                text: value.into(),
                is_postfixed: false,
            });
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

/// A text that is the same in every run.
struct Fixed {
    text: Box<str>,
    /// Whether the suffix of the reader's own iteration follows it.
    is_postfixed: bool,
}

impl<'s> Resolver<'s> {
    /// The identifier of a node; of one that loops only from within, where it is that of the same instance.
    fn identifier_of(self, node: NodeId) -> Option<Fixed> {
        let index = self.scope.index;
        let is_postfixed = index.looping(node) != Looping::No;
        let is_around = self.scope.pipeline().is_around(node, self.scope.reader());
        (is_around || !is_postfixed).then_some(Fixed {
            text: index.identifier(node)?.into(),
            is_postfixed,
        })
    }

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

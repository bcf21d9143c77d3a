//! What is printed reads as the same tree, whatever the tree.

use pipewright_source::TextRange;
use pipewright_syntax::{
    Block, Expr, ExprKind, InfixOp, InfixTail, Link, LinkKind, Name, Number, NumberForm, Piece,
    Statement, StatementKind, StringLiteral, UnaryOp, parse_expression, print_expression,
};
use proptest::collection::vec;
use proptest::prelude::*;

const RANGE: TextRange = TextRange::empty(0);

fn expr(kind: ExprKind) -> Expr {
    Expr { range: RANGE, kind }
}

fn name(text: &str) -> Name {
    Name {
        range: RANGE,
        pieces: vec![Piece::Text(text.into())],
    }
}

fn infix_op() -> impl Strategy<Value = InfixOp> {
    use InfixOp::{
        Add, And, BitAnd, BitOr, BitXor, Divide, EndsWith, Equal, Greater, Less, Modulo, Multiply,
        NotEndsWith, NotMatch, Or, Range, Subtract,
    };
    prop::sample::select(vec![
        Or,
        And,
        BitOr,
        BitXor,
        BitAnd,
        Equal,
        Range,
        Less,
        Greater,
        NotMatch,
        EndsWith,
        NotEndsWith,
        Add,
        Subtract,
        Multiply,
        Divide,
        Modulo,
    ])
}

fn unary_op() -> impl Strategy<Value = UnaryOp> {
    use UnaryOp::{Complement, Empty, Negate, Not, Size};
    prop::sample::select(vec![Negate, Complement, Not, Empty, Size])
}

fn string() -> impl Strategy<Value = StringLiteral> {
    let quote = prop::sample::select(vec!['\'', '"']);
    ("[a-c'\"\\\\u0-9\n `é]{0,8}", quote).prop_map(|(text, quote)| {
        let pieces = Some(Piece::Text(text.as_str().into())).filter(|_| !text.is_empty());
        StringLiteral {
            range: RANGE,
            quote,
            pieces: pieces.into_iter().collect(),
        }
    })
}

fn leaf() -> impl Strategy<Value = ExprKind> {
    let number = |form, digits: &str, suffix| {
        ExprKind::Number(Number {
            form,
            digits: digits.into(),
            suffix,
        })
    };
    prop_oneof![
        prop::sample::select(vec!["a", "$b", "notx", "d"])
            .prop_map(|text| ExprKind::Name(name(text))),
        string().prop_map(ExprKind::Str),
        Just(ExprKind::Null),
        any::<bool>().prop_map(ExprKind::Bool),
        Just(number(NumberForm::Decimal, "42", None)),
        Just(number(NumberForm::Hexadecimal, "1F", Some('l'))),
        Just(number(NumberForm::Octal, "17", None)),
        Just(number(NumberForm::Real, "1.5", Some('b'))),
        Just(number(NumberForm::NaN, "", None)),
    ]
}

fn link(inner: BoxedStrategy<Expr>) -> impl Strategy<Value = LinkKind> {
    prop_oneof![
        Just(LinkKind::Name(name("d"))),
        Just(LinkKind::Size),
        Just(LinkKind::Empty),
        string().prop_map(LinkKind::Quoted),
        inner.prop_map(|index| LinkKind::Index(Box::new(index))),
    ]
}

fn statement(expr: Expr) -> Statement {
    Statement {
        range: RANGE,
        kind: StatementKind::Expr(expr),
    }
}

/// A chain; one that begins with a chain goes on with it, as chains are flat.
fn chain(head: Expr, kinds: Vec<LinkKind>) -> ExprKind {
    let (head, mut links) = match head.kind {
        ExprKind::Chain { head, links } => (head, links),
        _ => (Box::new(head), Vec::new()),
    };
    links.extend(kinds.into_iter().map(|kind| Link { range: RANGE, kind }));
    ExprKind::Chain { head, links }
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_map(expr).prop_recursive(6, 48, 4, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let items = vec(inner.clone(), 0..3);
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            boxed.clone().prop_map(ExprKind::Paren),
            (boxed.clone(), vec(link(inner.clone().boxed()), 1..3))
                .prop_map(|(head, kinds)| chain(*head, kinds)),
            items.clone().prop_map(|arguments| ExprKind::Call {
                function: name("f"),
                arguments
            }),
            items.clone().prop_map(ExprKind::New),
            items.clone().prop_map(|arguments| ExprKind::NamespaceCall {
                namespace: name("ns"),
                function: name("f"),
                arguments,
            }),
            (items.clone(), any::<bool>())
                .prop_map(|(items, ellipsis)| ExprKind::Array { items, ellipsis }),
            items.clone().prop_map(ExprKind::Set),
            vec(pair, 0..3).prop_map(ExprKind::Map),
            items.prop_map(|items| ExprKind::Lambda {
                parameters: vec![name("x")],
                body: Block {
                    range: RANGE,
                    statements: items.into_iter().map(statement).collect()
                },
            }),
            (unary_op(), boxed.clone()).prop_map(|(op, operand)| ExprKind::Unary {
                op,
                op_range: RANGE,
                operand
            }),
            (boxed.clone(), infix_op(), inner.clone()).prop_map(|(first, op, operand)| {
                let rest = vec![InfixTail {
                    op,
                    op_range: RANGE,
                    operand,
                }];
                ExprKind::Infix { first, rest }
            }),
            (boxed.clone(), boxed.clone(), boxed.clone()).prop_map(
                |(condition, then, otherwise)| ExprKind::Ternary {
                    condition,
                    then,
                    otherwise
                }
            ),
            (boxed.clone(), boxed.clone())
                .prop_map(|(value, otherwise)| ExprKind::Elvis { value, otherwise }),
            boxed.prop_map(|value| ExprKind::Assign {
                op: None,
                op_range: RANGE,
                target: Box::new(expr(ExprKind::Name(name("t")))),
                value,
            }),
        ]
        .prop_map(expr)
    })
}

/// The tree without its parentheses, as text: what is what, and what is inside what.
fn shape(expr: &Expr) -> String {
    let label = match &expr.kind {
        ExprKind::Paren(inner) => return shape(inner),
        ExprKind::Name(_)
        | ExprKind::Str(_)
        | ExprKind::Number(_)
        | ExprKind::Bool(_)
        | ExprKind::Null => print_expression(expr, |_| ""),
        ExprKind::Unary { op, .. } => format!("{op:?}"),
        ExprKind::Infix { rest, .. } => {
            let ops: Vec<InfixOp> = rest.iter().map(|tail| tail.op).collect();
            format!("{ops:?}")
        }
        ExprKind::Chain { links, .. } => links
            .iter()
            .map(|link| match &link.kind {
                LinkKind::Index(_) | LinkKind::Call(_) => "[]".to_owned(),
                LinkKind::Quoted(literal) => format!(".{:?}", literal.as_text()),
                LinkKind::Name(name) => format!(".{:?}", name.as_text()),
                other => format!("{other:?}"),
            })
            .collect(),
        ExprKind::Array { ellipsis, .. } => format!("array {ellipsis}"),
        ExprKind::Call { .. } => "call".to_owned(),
        ExprKind::NamespaceCall { .. } => "namespace call".to_owned(),
        ExprKind::New(_) => "new".to_owned(),
        ExprKind::Set(_) => "set".to_owned(),
        ExprKind::Map(_) => "map".to_owned(),
        ExprKind::Lambda { .. } => "lambda".to_owned(),
        ExprKind::Ternary { .. } => "ternary".to_owned(),
        ExprKind::Elvis { .. } => "elvis".to_owned(),
        ExprKind::Assign { .. } => "assign".to_owned(),
        ExprKind::ParenCall { .. } | ExprKind::TemplateString(_) => {
            unreachable!("no tree of these is made")
        }
    };
    let mut children = String::new();
    expr.for_each_child(&mut |child| {
        children.push_str(&shape(child));
        children.push(',');
    });
    format!("({label}: {children})")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_tree_reads_as_the_same_tree(tree in tree()) {
        let printed = print_expression(&tree, |_| "");
        let read = parse_expression(&printed);
        prop_assert!(read.is_ok(), "{printed}: {read:?}");
        let read = read.unwrap().unwrap();
        prop_assert_eq!(shape(&read), shape(&tree), "printed as {}", printed);
    }
}

#[test]
fn what_stands_before_a_colon_becomes_no_namespace() {
    let call = expr(ExprKind::Call {
        function: name("f"),
        arguments: vec![],
    });
    let variable = expr(ExprKind::Name(name("a")));
    let ternary = expr(ExprKind::Ternary {
        condition: Box::new(variable.clone()),
        then: Box::new(variable.clone()),
        otherwise: Box::new(call.clone()),
    });
    assert_eq!(print_expression(&ternary, |_| ""), "a ? (a) : f()");
    let map = expr(ExprKind::Map(vec![(variable, call)]));
    assert_eq!(print_expression(&map, |_| ""), "{(a): f()}");
}

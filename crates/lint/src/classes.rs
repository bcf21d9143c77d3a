//! What class an expression has, as far as that is sure: a set of values that stand for the classes it may have.

use pipewright_engine::{FUNCTORS, Functor};
use pipewright_jexl::Value;
use pipewright_jexl::methods::{Found, Method, Type, lookup};
use pipewright_jexl::value::{Array, ElementClass, UnknownClass};
use pipewright_model::Variable;
use pipewright_resolve::{Member, Reference, SegmentKind, Verdict};
use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, InfixOp, IslandId, Link, LinkKind, Name, UnaryOp};

use crate::expressions::{compares, is_truth_value, operands, without_parentheses};
use crate::placeholder::is_evaluated;
use crate::run_numbers::{is_count, is_field};
use crate::run_texts::is_text as is_text_of_run;
use crate::sites::SiteContext;

/// A value for each class that something may have: the value itself where it is known.
pub(crate) type Classes = Vec<Value>;

/// The most ways to choose one class for each part of a call that are looked at.
const MOST_CHOICES: usize = 64;

/// A method called on something whose class is known.
#[derive(Debug)]
pub(crate) struct MethodCall<'e> {
    /// What it is called on: one value for each class that may be.
    pub(crate) receiver: Classes,
    /// The method.
    pub(crate) name: &'e str,
    /// Where the name stands.
    pub(crate) range: TextRange,
    /// Where the arguments stand, with their parentheses.
    pub(crate) parentheses: TextRange,
    /// The expressions in the parentheses.
    pub(crate) arguments: &'e [Expr],
    /// For each way to choose a class for every part: what is called on, and with what. What is not known of an
    /// argument is unknown in it.
    pub(crate) choices: Vec<(Value, Vec<Value>)>,
}

/// A function of a functor that is called.
#[derive(Debug)]
pub(crate) struct FunctorCall<'e> {
    /// The functor, such as `json`.
    pub(crate) root: &'e str,
    /// The function.
    pub(crate) name: &'e str,
    /// Where its name stands.
    pub(crate) range: TextRange,
    /// Where the arguments stand, with their parentheses.
    pub(crate) parentheses: TextRange,
    /// The expressions in the parentheses.
    pub(crate) arguments: &'e [Expr],
    /// One value for each argument: unknown where its class is not sure.
    pub(crate) values: Vec<Value>,
}

/// A call in an expression.
#[derive(Debug)]
pub(crate) enum Called<'e> {
    Method(MethodCall<'e>),
    Functor(FunctorCall<'e>),
}

const fn is_call(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Call(_))
}

/// Why a class is left open in a call.
const NOT_SURE: &str = "its class is not sure";

impl<'a> SiteContext<'a> {
    /// Every call in the text of which something is known, from left to right.
    pub(crate) fn calls(&self) -> Vec<Called<'a>> {
        let mut calls = Vec::new();
        if !self.text.contains('(') {
            return calls;
        }
        for (_, expression) in self.expressions() {
            expression.walk(&mut |expression| {
                let tell = &mut |call| calls.push(call);
                match &expression.kind {
                    // Without a call in it, nothing is told of a chain.
                    ExprKind::Chain { head, links } if links.iter().any(is_call) => {
                        self.chain(expression.range, head, links, tell);
                    }
                    ExprKind::Call { .. } => {
                        self.function_call(expression, tell);
                    }
                    _ => {}
                }
            });
        }
        calls
    }

    /// The classes that an expression may have; `None` where it may have any, or be null.
    pub(crate) fn classes(&self, expression: &'a Expr) -> Option<Classes> {
        let expression = without_parentheses(expression);
        let text = || Some(vec![Value::from("")]);
        if is_truth_value(expression) {
            return Some(vec![Value::Boolean(true)]);
        }
        match &expression.kind {
            ExprKind::Str(literal) => literal
                .as_text()
                .map_or_else(text, |text| Some(vec![text.into()])),
            ExprKind::TemplateString(_) => text(),
            ExprKind::Number(_) => known(self.value_of(expression.range)?.value.ok()?),
            ExprKind::Name(name) => match name.as_island() {
                Some(island) => self.class_of_island(island, expression.range),
                None => self.class_of_path(expression.range),
            },
            ExprKind::Chain { head, links } => {
                self.chain(expression.range, head, links, &mut |_| {})
            }
            ExprKind::Call { .. } => self.function_call(expression, &mut |_| {}),
            ExprKind::Unary {
                op: UnaryOp::Size, ..
            } => Some(vec![Value::Integer(1)]),
            ExprKind::Infix { first, rest } => self.class_of_infix(first, rest),
            ExprKind::Ternary {
                then, otherwise, ..
            } => self.either(then, otherwise),
            ExprKind::Elvis { value, otherwise } => self.either(value, otherwise),
            _ => None,
        }
    }

    fn either(&self, one: &'a Expr, other: &'a Expr) -> Option<Classes> {
        let mut classes = self.classes(one)?;
        classes.extend(self.classes(other)?);
        Some(classes)
    }

    fn class_of_infix(
        &self,
        first: &'a Expr,
        rest: &'a [pipewright_syntax::InfixTail],
    ) -> Option<Classes> {
        let ops = || rest.iter().map(|tail| tail.op);
        if ops().all(compares) {
            return Some(vec![Value::Boolean(true)]);
        }
        let is_text = |operand| {
            let classes = self.classes(operand);
            classes.is_some_and(|classes| classes.iter().all(is_text))
        };
        let mut operands = operands(first, rest);
        let joins = ops().all(|op| op == InfixOp::Add) && operands.any(is_text);
        joins.then(|| vec![Value::from("")])
    }

    fn class_of_island(&self, island: IslandId, range: TextRange) -> Option<Classes> {
        let inner = self.parsed.template.get(island)?.inner;
        match self.reference_at(inner) {
            Some(reference) => self
                .class_of_value(range.slice(self.text), reference)
                .or_else(|| {
                    let tree = self.tree(island)?;
                    let is_call = matches!(tree.kind, ExprKind::Call { .. });
                    let is_of_functor = is_call || reference.verdict == Verdict::RunTime;
                    is_of_functor.then(|| self.classes(tree)).flatten()
                }),
            None => match self.value_of(range).and_then(|of| of.value.ok()) {
                // What only a run tells, or an object of the engine such as a date: its expression says what it is.
                None | Some(Value::Unknown(_) | Value::Object(_)) => {
                    self.classes(self.tree(island)?)
                }
                Some(value) => known(value),
            },
        }
    }

    /// The classes of what a path inside an island leads to.
    fn class_of_path(&self, range: TextRange) -> Option<Classes> {
        self.class_of_reference(self.reference_at(range)?)
    }

    /// The classes of what a path inside an island leads to.
    pub(crate) fn class_of_reference(&self, reference: &Reference) -> Option<Classes> {
        let expression = format!("<+{}>", reference.range.slice(self.text));
        self.class_of_value(&expression, reference)
    }

    fn class_of_value(&self, expression: &str, reference: &Reference) -> Option<Classes> {
        match self.value_of_text(expression)?.value.ok()? {
            Value::Unknown(unknown) => match unknown.class() {
                Some(UnknownClass::String) => Some(vec![Value::from("")]),
                Some(UnknownClass::Boolean) => Some(vec![Value::Boolean(true)]),
                _ => self.class_of_unknown(reference),
            },
            value => known(value),
        }
    }

    /// The classes of a name whose value only a run can tell.
    fn class_of_unknown(&self, reference: &Reference) -> Option<Classes> {
        let numbers = || vec![Value::Integer(1), Value::Long(1), Value::Double(1.0)];
        let is_of_run = match &reference.verdict {
            Verdict::RunTime | Verdict::Everywhere => true,
            verdict => verdict
                .target()
                .is_some_and(|target| target.member == Member::RunTime),
        };
        if is_of_run && is_text_of_run(&reference.path()) {
            return Some(vec![Value::from("")]);
        }
        let Some(target) = reference.verdict.target() else {
            let is_iteration = ["strategy.iteration", "strategy.iterations"];
            return is_iteration
                .contains(&&*reference.path())
                .then(|| vec![Value::Integer(1)]);
        };
        let segments = reference.segments.as_slice();
        let names = match segments {
            [names @ .., last] if matches!(last.kind, SegmentKind::Call(_)) => names,
            names => names,
        };
        match target.member {
            Member::Status => Some(vec![Value::from("")]),
            Member::Variable(place) => {
                let variables = &self.pipeline.node(target.node).variables;
                let variable = variables.get(place as usize)?;
                let type_name = &*variable.type_name.as_ref()?.text;
                match type_name {
                    _ if self.is_computed(variable) => None,
                    "String" => Some(vec![Value::from("")]),
                    "Number" => Some(numbers()),
                    _ => None,
                }
            }
            Member::Output => {
                let mut parts = names.iter();
                let behind = parts.position(|part| part.name() == Some("outputVariables"))?;
                // What stands behind the name of the variable is a member of it.
                (names.len() == behind + 2).then(|| vec![Value::from("")])
            }
            Member::RunTime => {
                let name = names.last()?.name()?;
                (is_count(name) || is_field(name)).then(numbers)
            }
            _ => None,
        }
    }

    /// Whether an expression makes the value of a variable: it is then whatever that comes to.
    fn is_computed(&self, variable: &Variable) -> bool {
        let text = variable
            .value
            .and_then(|value| self.file.tree().text(value));
        text.is_some_and(is_evaluated)
    }

    /// Goes along a chain: tells each call and gives the classes of what comes out.
    fn chain(
        &self,
        whole: TextRange,
        head: &'a Expr,
        links: &'a [Link],
        tell: &mut dyn FnMut(Called<'a>),
    ) -> Option<Classes> {
        let (mut classes, mut links) = self.beginning(whole, head, links, tell)?;
        while let Some((link, behind)) = links.split_first() {
            let (next, rest) = self.step(classes, link, behind, tell)?;
            (classes, links) = (next, rest);
        }
        Some(classes)
    }

    /// What a chain begins with, up to the first call: its classes, and the links behind.
    fn beginning(
        &self,
        whole: TextRange,
        head: &'a Expr,
        links: &'a [Link],
        tell: &mut dyn FnMut(Called<'a>),
    ) -> Option<(Classes, &'a [Link])> {
        let plain = match &without_parentheses(head).kind {
            ExprKind::Name(name) => name.as_text(),
            _ => None,
        };
        let Some(root) = plain else {
            return Some((self.classes(head)?, links));
        };
        let mut read = self.references.iter();
        let reference = read.find(|reference| {
            reference.range.start() == whole.start() && whole.contains_range(reference.range)
        })?;
        let behind = links
            .iter()
            .position(|link| link.range.start() >= reference.range.end());
        let behind = behind.map_or(&[][..], |at| &links[at..]);
        if reference.verdict == Verdict::RunTime
            && let [method, call, rest @ ..] = behind
            && let (LinkKind::Name(name), LinkKind::Call(arguments)) = (&method.kind, &call.kind)
            && reference.path() == root
        {
            let called = (name, call.range, arguments.as_slice());
            let classes = self.functor_call(root, called, tell)?;
            return Some((classes, rest));
        }
        Some((self.class_of_path(reference.range)?, behind))
    }

    /// `name(arguments)`: one of the functions that need no root.
    fn function_call(
        &self,
        expression: &'a Expr,
        tell: &mut dyn FnMut(Called<'a>),
    ) -> Option<Classes> {
        let ExprKind::Call {
            function,
            arguments,
        } = &expression.kind
        else {
            return None;
        };
        let functor = without_root(function.as_text()?)?;
        let parentheses = TextRange::new(function.range.end(), expression.range.end());
        self.called(functor, function.range, (parentheses, arguments), tell)
    }

    fn functor_call(
        &self,
        root: &'a str,
        (name, parentheses, arguments): (&'a Name, TextRange, &'a [Expr]),
        tell: &mut dyn FnMut(Called<'a>),
    ) -> Option<Classes> {
        let function = name.as_text()?;
        let functor = FUNCTORS
            .iter()
            .find(|functor| functor.root == root && functor.name == function)?;
        self.called(functor, name.range, (parentheses, arguments), tell)
    }

    fn called(
        &self,
        functor: &'static Functor,
        range: TextRange,
        (parentheses, arguments): (TextRange, &'a [Expr]),
        tell: &mut dyn FnMut(Called<'a>),
    ) -> Option<Classes> {
        let values = arguments.iter().map(|argument| {
            let classes = self.classes(argument).unwrap_or_default();
            match classes.as_slice() {
                [only] => only.clone(),
                _ => Value::unknown(NOT_SURE),
            }
        });
        tell(Called::Functor(FunctorCall {
            root: functor.root,
            name: functor.name,
            range,
            parentheses,
            arguments,
            values: values.collect(),
        }));
        // A secret is a placeholder here: `secret-method` says what comes of that.
        let result = functor.example().filter(|_| functor.root != "secrets");
        result.map(|value| vec![value])
    }

    fn step(
        &self,
        classes: Classes,
        link: &'a Link,
        behind: &'a [Link],
        tell: &mut dyn FnMut(Called<'a>),
    ) -> Option<(Classes, &'a [Link])> {
        match &link.kind {
            LinkKind::Size => Some((vec![Value::Integer(1)], behind)),
            LinkKind::Empty => Some((vec![Value::Boolean(true)], behind)),
            LinkKind::Index(_) => {
                let elements = classes.iter().map(|value| match value {
                    Value::Array(array) => array.get(0),
                    _ => None,
                });
                Some((elements.collect::<Option<_>>()?, behind))
            }
            LinkKind::Name(name) => {
                let (call, rest) = behind.split_first()?;
                let (Some(method), LinkKind::Call(arguments)) = (name.as_text(), &call.kind) else {
                    return None;
                };
                let choices = self.choices(&classes, arguments);
                let given = results(method, &choices);
                tell(Called::Method(MethodCall {
                    receiver: classes,
                    name: method,
                    range: name.range,
                    parentheses: call.range,
                    arguments,
                    choices,
                }));
                Some((given?, rest))
            }
            LinkKind::Quoted(_) | LinkKind::Call(_) => None,
        }
    }

    /// Each way to choose one class for the receiver and every argument; none where there are too many.
    fn choices(&self, receiver: &Classes, arguments: &'a [Expr]) -> Vec<(Value, Vec<Value>)> {
        let start = receiver.iter().map(|value| (value.clone(), Vec::new()));
        let mut choices: Vec<(Value, Vec<Value>)> = start.collect();
        for argument in arguments {
            let classes = self.classes(argument);
            let classes = classes.unwrap_or_else(|| vec![Value::unknown(NOT_SURE)]);
            if choices.len() * classes.len() > MOST_CHOICES {
                return Vec::new();
            }
            let longer = choices.iter().flat_map(|(receiver, arguments)| {
                classes.iter().map(move |class| {
                    let mut arguments = arguments.clone();
                    arguments.push(class.clone());
                    (receiver.clone(), arguments)
                })
            });
            choices = longer.collect();
        }
        choices
    }
}

/// The function that is called without its root (`spec/engine.md` §3.1: `datetime` is a prefix of names).
fn without_root(name: &str) -> Option<&'static Functor> {
    FUNCTORS
        .iter()
        .find(|functor| functor.root == "datetime" && functor.name == name)
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::String(_))
}

/// The class of a known value: none of null and of what a run fills.
fn known(value: Value) -> Option<Classes> {
    match value {
        Value::Null | Value::Unknown(_) | Value::Object(_) => None,
        value => Some(vec![value]),
    }
}

/// The classes of what a call gives, if it finds a method whatever the classes of its parts.
fn results(name: &str, choices: &[(Value, Vec<Value>)]) -> Option<Classes> {
    let results =
        choices.iter().map(
            |(receiver, arguments)| match lookup(receiver, name, arguments) {
                Found::Method(method) => value_of_type(method, receiver),
                _ => None,
            },
        );
    results.collect()
}

/// A value that stands for what a method of a receiver gives.
fn value_of_type(method: &Method, receiver: &Value) -> Option<Value> {
    match method.returns {
        Type::Itself(_) => Some(receiver.clone()),
        Type::Text => Some(Value::from("")),
        Type::Boolean => Some(Value::Boolean(true)),
        Type::Integer => Some(Value::Integer(1)),
        Type::Long => Some(Value::Long(1)),
        Type::Double => Some(Value::Double(1.0)),
        Type::Character => Some(Value::Character(65)),
        Type::List => Some(Value::list(Vec::new())),
        Type::Array if method.name == "split" => {
            let element = ElementClass::Object("java.lang.String");
            Some(Value::Array(Array::new(element, vec![Value::from("")])))
        }
        _ => None,
    }
}

/// What something of these classes is called in messages.
pub(crate) fn described(classes: &Classes) -> String {
    if classes.iter().all(Value::is_number) && classes.len() > 1 {
        return "a number".to_owned();
    }
    let mut names: Vec<String> = classes.iter().map(Value::described).collect();
    names.dedup();
    names.join(" or ")
}

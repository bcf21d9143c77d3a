//! The steps of a path: `child::a[predicate]` and its short forms (XPath 1.0, §2).

use pipewright_jexl::OpResult;

use crate::xml::parse::{Parser, unreadable};
use crate::xml::path::{Axis, Expr, Step, Test};
use crate::xml::tokens::Token;

impl Parser {
    pub(super) fn starts_step(&self) -> bool {
        match self.peek() {
            Some(Token::Name(_)) => true,
            Some(Token::Sign(sign)) => [".", "..", "@", "name *", "*"].contains(sign),
            Some(Token::Literal(_) | Token::Number(_)) | None => false,
        }
    }

    pub(super) fn more_steps(&mut self, steps: &mut Vec<Step>) -> OpResult<()> {
        loop {
            if self.take("/") {
                self.step(steps)?;
            } else if self.take("//") {
                let all = Step {
                    axis: Axis::DescendantOrSelf,
                    test: Test::Node,
                    predicates: Vec::new(),
                };
                steps.push(all);
                self.step(steps)?;
            } else {
                return Ok(());
            }
        }
    }

    pub(super) fn step(&mut self, steps: &mut Vec<Step>) -> OpResult<()> {
        if self.take(".") {
            steps.push(Step {
                axis: Axis::Itself,
                test: Test::Node,
                predicates: Vec::new(),
            });
            return Ok(());
        }
        if self.take("..") {
            steps.push(Step {
                axis: Axis::Parent,
                test: Test::Node,
                predicates: Vec::new(),
            });
            return Ok(());
        }
        let axis = self.axis()?;
        let test = self.test()?;
        let predicates = self.predicates()?;
        steps.push(Step {
            axis,
            test,
            predicates,
        });
        Ok(())
    }

    fn axis(&mut self) -> OpResult<Axis> {
        if self.take("@") {
            return Ok(Axis::Attribute);
        }
        let Some(Token::Name(name)) = self.peek() else {
            return Ok(Axis::Child);
        };
        if !self.is(1, "::") {
            return Ok(Axis::Child);
        }
        let axis = Axis::named(name)
            .ok_or_else(|| unreadable(format!("the axis `{name}` is not known")))?;
        self.at += 2;
        Ok(axis)
    }

    fn test(&mut self) -> OpResult<Test> {
        // Behind `::`, `@` and `/` no operator can stand, so that every `*` is one of a name.
        if self.take("name *") || self.take("*") {
            return Ok(Test::Any);
        }
        let Some(Token::Name(name)) = self.peek().cloned() else {
            return Err(self.unexpected());
        };
        self.at += 1;
        if !self.take("(") {
            let prefixed = name.contains(':');
            return Ok(if prefixed {
                Test::Nothing
            } else {
                Test::Name(name)
            });
        }
        let test = match name.as_str() {
            "node" => Test::Node,
            "text" => Test::Text,
            "comment" => Test::Comment,
            "processing-instruction" => match self.peek().cloned() {
                Some(Token::Literal(target)) => {
                    self.at += 1;
                    Test::Instruction(Some(target))
                }
                _ => Test::Instruction(None),
            },
            _ => return Err(unreadable(format!("`{name}()` is no step"))),
        };
        self.expect(")")?;
        Ok(test)
    }

    pub(super) fn predicates(&mut self) -> OpResult<Vec<Expr>> {
        let mut predicates = Vec::new();
        while self.take("[") {
            predicates.push(self.expr()?);
            self.expect("]")?;
        }
        Ok(predicates)
    }
}

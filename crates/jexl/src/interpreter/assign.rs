//! Assignments (`spec/jexl.md` §5.12).

use std::sync::Arc;

use pipewright_source::TextRange;
use pipewright_syntax::InfixOp;

use super::access::no_property;
use super::{Flow, Machine, placed, property, stop};
use crate::compile::code::{Assign, Chain, Head, Member, Target};
use crate::{ErrorKind, Failure, OpResult, Value};

impl Machine<'_> {
    pub(super) fn assign(&mut self, assign: &Assign, range: TextRange) -> Flow {
        let right = self.eval(&assign.value)?;
        match &assign.target {
            Target::Local(slot) => {
                let old = self.local(*slot);
                let value = self.combined_with(assign.op, || Ok(Some(old)), right, range)?;
                self.set_local(*slot, value.clone());
                Self::bind_to_itself(&value, *slot);
                Ok(value)
            }
            Target::Variable(name) => {
                let variables = self.variables;
                let value = self.combined_with(assign.op, || variables.get(name), right, range)?;
                self.set_variable(name, value, range)
            }
            Target::Member(chain, member, member_range) => {
                self.assign_member(assign.op, chain, member, *member_range, right)
            }
        }
    }

    fn set_variable(&mut self, name: &str, value: Value, range: TextRange) -> Flow {
        Self::charge_bytes(name.len() + size_of::<Value>(), range)?;
        match self.variables.set(name, value.clone()) {
            Ok(()) => Ok(value),
            Err(failure) => Err(stop(failure, range)),
        }
    }

    /// The value to assign: the right side, or what a compound operator makes of the old value and it.
    fn combined_with(
        &mut self,
        op: Option<InfixOp>,
        old: impl FnOnce() -> OpResult<Option<Value>>,
        right: Value,
        range: TextRange,
    ) -> Flow {
        let Some(op) = op else { return Ok(right) };
        let old = placed(old().map(Option::unwrap_or_default), range)?;
        self.binary(op, &old, &right, range)
    }

    fn assign_member(
        &mut self,
        op: Option<InfixOp>,
        chain: &Chain,
        member: &Member,
        range: TextRange,
        right: Value,
    ) -> Flow {
        let mut walk = self.head(chain)?;
        for step in &chain.steps {
            if let Value::Unknown(unknown) = &walk.object {
                return Ok(unknown.consequence());
            }
            if !self.advance(chain, step, &mut walk)? {
                return Err(stop(illegal(), range));
            }
        }
        if let (Head::Variable { dotted, .. }, Some(length), Member::Name(key)) =
            (&chain.head, walk.dotted, member)
            && walk.object.is_null()
        {
            let name: Arc<str> = format!("{}.{}", &dotted[..length], key.text).into();
            let variables = self.variables;
            let value = self.combined_with(op, || variables.get(&name), right, range)?;
            return self.set_variable(&name, value, range);
        }
        let (object, key) = match member {
            Member::Name(key) => (walk.object, key.value.clone()),
            Member::Index(indexes) => {
                let Some((last, before)) = indexes.split_last() else {
                    return Err(stop(illegal(), range));
                };
                let object = self.elements(walk.object, before)?;
                (object, self.eval(last)?)
            }
            Member::Illegal => return Err(stop(illegal(), range)),
        };
        if object.is_null() {
            return Err(stop(
                Failure::new(
                    ErrorKind::UndefinedProperty,
                    "a member of null cannot be assigned",
                ),
                range,
            ));
        }
        let value = match op {
            None => right,
            Some(op) => {
                let old = match member {
                    Member::Name(key) => self.member(&object, key, range)?,
                    _ => self.element(&object, &key, range)?,
                };
                self.binary(op, &old, &right, range)?
            }
        };
        Self::charge_bytes(size_of::<Value>() * 2, range)?;
        match property::set(&object, &key, &value) {
            Ok(true) => Ok(value),
            Ok(false) => Err(stop(no_property(&object, &key), range)),
            Err(failure) => placed(Err(failure), range),
        }
    }
}

fn illegal() -> Failure {
    Failure::new(ErrorKind::MethodFailed, "this cannot be assigned to")
}

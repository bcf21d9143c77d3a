//! Calls of functions and methods (`spec/jexl.md` §7).

use std::ops::Deref;

use pipewright_source::TextRange;

use super::{Flow, Machine, placed, property, stop};
use crate::compile::code::{Code, Function, Key, MethodCall};
use crate::methods;
use crate::operators;
use crate::value::Unknown;
use crate::{ErrorKind, Failure, Value};

/// What a call costs in steps beyond the evaluation of its arguments.
const CALL_STEPS: u64 = 20;

/// The values of the arguments of a call. Most calls have one at most, which then takes no memory of its own.
pub(super) enum Evaluated {
    None,
    One([Value; 1]),
    Several(Vec<Value>),
}

impl Deref for Evaluated {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        match self {
            Self::None => &[],
            Self::One(only) => only,
            Self::Several(values) => values,
        }
    }
}

impl Machine<'_> {
    pub(super) fn arguments(&mut self, codes: &[Code]) -> Flow<Evaluated> {
        Ok(match codes {
            [] => Evaluated::None,
            [only] => Evaluated::One([self.eval(only)?]),
            _ => Evaluated::Several(self.eval_all(codes)?),
        })
    }

    /// `name(arguments)`
    pub(super) fn function(&mut self, function: &Function, range: TextRange) -> Flow {
        let arguments = self.arguments(&function.arguments)?;
        self.spend(CALL_STEPS, range)?;
        let callee = match function.slot {
            Some(slot) => self.local(slot),
            None => Value::Null,
        };
        let name = &*function.name;
        Self::read_bytes(name.len(), range)?;
        let found = self.narrowing(&arguments, |machine, arguments| {
            if let Some(value) = machine.called(&callee, arguments, range)? {
                return Ok(Some(value));
            }
            let host = machine.variables.call(name, arguments);
            if let Some(value) = maybe(host, range)? {
                return Ok(Some(value));
            }
            if function.slot.is_none() {
                let global = placed(
                    machine.variables.get(name).map(Option::unwrap_or_default),
                    range,
                )?;
                if let Some(value) = machine.called(&global, arguments, range)? {
                    return Ok(Some(value));
                }
            }
            let own = methods::call_function(function.functions, arguments);
            maybe(own, range)
        })?;
        self.answer(found, range, || {
            format!("there is no function {name}{}", taking(&arguments))
        })
    }

    /// `object.name(arguments)`
    pub(super) fn method(&mut self, object: Value, call: &MethodCall, range: TextRange) -> Flow {
        let Some((first, others)) = call.arguments.split_first() else {
            return Ok(object);
        };
        if let Value::Unknown(unknown) = object {
            return self.method_of_unknown(unknown, &call.name, first);
        }
        let arguments = self.arguments(first)?;
        self.spend(CALL_STEPS, range)?;
        Self::read_bytes(call.name.len(), range)?;
        let found = self.narrowing(&arguments, |machine, arguments| {
            machine.try_method(&object, call, arguments, range)
        })?;
        let result = self.answer(found, range, || no_method(&object, &call.name, &arguments))?;
        Self::charge(&result, range)?;
        if others.is_empty() {
            return Ok(result);
        }
        self.call_values(result, others, range)
    }

    fn try_method(
        &mut self,
        object: &Value,
        call: &MethodCall,
        arguments: &[Value],
        range: TextRange,
    ) -> Flow<Option<Value>> {
        let own = methods::call(call.methods, object, arguments);
        if let Some(value) = maybe(own, range)? {
            return Ok(Some(value));
        }
        if let Value::Object(host) = object {
            let own = host.call(&call.name, arguments);
            if let Some(value) = maybe(own, range)? {
                return Ok(Some(value));
            }
        }
        if let Value::Map(_) | Value::Object(_) = object {
            let key = Key::plain(&call.name);
            let member = placed(
                property::get_member(object, &key).map(Option::unwrap_or_default),
                range,
            )?;
            if let Some(value) = self.called(&member, arguments, range)? {
                return Ok(Some(value));
            }
        }
        let mut with_object = Vec::with_capacity(arguments.len() + 1);
        with_object.push(object.clone());
        with_object.extend_from_slice(arguments);
        let host = self.variables.call(&call.name, &with_object);
        if let Some(value) = maybe(host, range)? {
            return Ok(Some(value));
        }
        let function = methods::call_function(call.functions, &with_object);
        maybe(function, range)
    }

    /// Tries with the arguments as they are, then with every number in its smallest class.
    fn narrowing(
        &mut self,
        arguments: &[Value],
        mut attempt: impl FnMut(&mut Self, &[Value]) -> Flow<Option<Value>>,
    ) -> Flow<Option<Value>> {
        if let Some(value) = attempt(self, arguments)? {
            return Ok(Some(value));
        }
        if let Some(unknown) = Unknown::among(arguments) {
            return Ok(Some(Value::Unknown(unknown)));
        }
        let narrowed: Vec<Value> = arguments.iter().map(operators::narrow).collect();
        let changed = arguments
            .iter()
            .zip(&narrowed)
            .any(|(old, new)| old.type_name() != new.type_name());
        if !changed {
            return Ok(None);
        }
        attempt(self, &narrowed)
    }

    /// `callee(a)(b)…`
    pub(super) fn call_values(
        &mut self,
        callee: Value,
        calls: &[Vec<Code>],
        range: TextRange,
    ) -> Flow {
        let mut callee = callee;
        for arguments in calls {
            let arguments = self.arguments(arguments)?;
            if let Value::Unknown(unknown) = &callee {
                return Ok(unknown.consequence());
            }
            self.spend(CALL_STEPS, range)?;
            let target = callee.clone();
            let found = self.narrowing(&arguments, |machine, arguments| {
                machine.called(&target, arguments, range)
            })?;
            callee = self.answer(found, range, || {
                format!("{} cannot be called", target.described())
            })?;
        }
        Ok(callee)
    }

    /// Calls a value, if it is something that can be called.
    fn called(
        &mut self,
        callee: &Value,
        arguments: &[Value],
        range: TextRange,
    ) -> Flow<Option<Value>> {
        match callee {
            Value::Object(object) => match object.as_any().downcast_ref() {
                Some(lambda) => self.call_lambda(callee, lambda, arguments, range).map(Some),
                None => maybe(object.invoke(arguments), range),
            },
            Value::Unknown(unknown) => Ok(Some(unknown.consequence())),
            _ => Ok(None),
        }
    }

    /// The value of a call, or the error that nobody has such a method.
    fn answer(
        &mut self,
        found: Option<Value>,
        range: TextRange,
        message: impl FnOnce() -> String,
    ) -> Flow {
        match found {
            Some(value) => Ok(value),
            None if self.lenient => Ok(Value::Null),
            None => Err(stop(
                Failure::new(ErrorKind::UndefinedMethod, message()),
                range,
            )),
        }
    }
}

/// What a call gave, if somebody answered it, at its place.
fn maybe(outcome: crate::OpResult<Option<Value>>, range: TextRange) -> Flow<Option<Value>> {
    match outcome {
        Ok(value) => Ok(value),
        Err(failure) => placed(Err(failure), range).map(Some),
    }
}

/// Why an object takes no such call: it has no method of that name, or only those with other parameters.
fn no_method(object: &Value, name: &str, arguments: &[Value]) -> String {
    let signatures = match object {
        Value::Object(host) => host.signatures(name),
        object => {
            let methods = methods::methods_of(object, name);
            methods.map(methods::Method::signature).collect()
        }
    };
    let described = object.described();
    if signatures.is_empty() {
        return format!("{described} has no method {name}");
    }
    let signatures: Vec<String> = signatures
        .iter()
        .take(MOST_SIGNATURES)
        .map(|signature| format!("`{signature}`"))
        .collect();
    format!(
        "{described} has no method {name}{}, but {}",
        taking(arguments),
        signatures.join(", ")
    )
}

/// The classes of arguments, as the end of a sentence.
fn taking(arguments: &[Value]) -> String {
    if arguments.is_empty() {
        return " that takes nothing".to_owned();
    }
    let classes = arguments.iter().take(MOST_SIGNATURES).map(Value::type_name);
    let classes: Vec<&str> = classes.collect();
    format!(" that takes ({})", classes.join(", "))
}

/// How many signatures and arguments a message tells.
const MOST_SIGNATURES: usize = 6;

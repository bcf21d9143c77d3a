//! Array, list, set and map literals (`spec/jexl.md` §4).

use pipewright_source::TextRange;

use super::{Flow, Machine, placed};
use crate::compile::code::Code;
use crate::value::{Array, ElementClass, Map, Order, Set, Table};
use crate::{OpResult, Value};

impl Machine<'_> {
    pub(super) fn eval_all(&mut self, items: &[Code]) -> Flow<Vec<Value>> {
        items.iter().map(|item| self.eval(item)).collect()
    }

    pub(super) fn array(&mut self, items: &[Code], range: TextRange) -> Flow {
        let items = self.eval_all(items)?;
        let value = Value::Array(Array::new(common_class(&items), items));
        Self::charge(&value, range)?;
        Ok(value)
    }

    pub(super) fn list(&mut self, items: &[Code], range: TextRange) -> Flow {
        let value = Value::list(self.eval_all(items)?);
        Self::charge(&value, range)?;
        Ok(value)
    }

    pub(super) fn set(&mut self, items: &[Code], range: TextRange) -> Flow {
        let order = Order::hash_sized(items.len());
        let items = self.eval_all(items)?;
        Self::made(Set::new(order, items).map(Value::Set), range)
    }

    pub(super) fn map(&mut self, entries: &[(Code, Code)], range: TextRange) -> Flow {
        let mut table = Table::new(Order::hash_sized(entries.len()));
        for (key, value) in entries {
            let key = self.eval(key)?;
            let value = self.eval(value)?;
            if let Err(failure) = table.insert(key, value) {
                return Self::made(Err(failure), range);
            }
        }
        Self::made(Ok(Value::Map(Map::new(table))), range)
    }

    fn made(value: OpResult, range: TextRange) -> Flow {
        let value = placed(value, range)?;
        Self::charge(&value, range)?;
        Ok(value)
    }
}

/// The element class of an array literal: primitive where every element has one class and none is null.
fn common_class(items: &[Value]) -> ElementClass {
    let mut present = items.iter().filter(|item| !item.is_null());
    let Some(first) = present.next() else {
        return ElementClass::OBJECT;
    };
    let has_null = items.iter().any(Value::is_null);
    let class = std::mem::discriminant(first);
    if present
        .clone()
        .all(|item| std::mem::discriminant(item) == class)
    {
        let (primitive, boxed) = classes(first);
        return match primitive {
            Some(primitive) if !has_null => primitive,
            _ => ElementClass::Object(boxed),
        };
    }
    if !has_null && items.iter().all(Value::is_number) {
        return ElementClass::Object("java.lang.Number");
    }
    ElementClass::OBJECT
}

/// The primitive class of a value, if it has one, and the name of its own class.
fn classes(value: &Value) -> (Option<ElementClass>, &'static str) {
    match value {
        Value::Boolean(_) => (Some(ElementClass::Boolean), "java.lang.Boolean"),
        Value::Byte(_) => (Some(ElementClass::Byte), "java.lang.Byte"),
        Value::Short(_) => (Some(ElementClass::Short), "java.lang.Short"),
        Value::Integer(_) => (Some(ElementClass::Int), "java.lang.Integer"),
        Value::Long(_) => (Some(ElementClass::Long), "java.lang.Long"),
        Value::Float(_) => (Some(ElementClass::Float), "java.lang.Float"),
        Value::Double(_) => (Some(ElementClass::Double), "java.lang.Double"),
        Value::Character(_) => (Some(ElementClass::Char), "java.lang.Character"),
        Value::BigInteger(_) => (None, "java.math.BigInteger"),
        Value::BigDecimal(_) => (None, "java.math.BigDecimal"),
        Value::String(_) => (None, "java.lang.String"),
        _ => (None, "java.lang.Object"),
    }
}

//! Values that only a run can tell.

use std::fmt;
use std::sync::Arc;

use super::Value;
use crate::Failure;

/// A value that only a run can tell: why, and what is known of it all the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    reason: Arc<str>,
    class: Option<UnknownClass>,
}

/// What is known of a value that is not known itself. Neither may be null.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnknownClass {
    /// It is true or false: a comparison that cannot fail.
    Boolean,
    /// It is a string, such as a status.
    String,
}

impl Unknown {
    /// A value of which nothing is known.
    pub fn new(reason: impl Into<Arc<str>>) -> Self {
        Self {
            reason: reason.into(),
            class: None,
        }
    }

    /// The same value, known to be of `class`.
    #[must_use]
    pub fn of(self, class: UnknownClass) -> Self {
        Self {
            class: Some(class),
            ..self
        }
    }

    /// Why it is not known, as a sentence without a full stop.
    pub const fn reason(&self) -> &Arc<str> {
        &self.reason
    }

    /// What an operation makes of it: a value that is unknown for the same reason, and nothing else is known of it.
    pub fn consequence(&self) -> Value {
        Value::unknown(Arc::clone(&self.reason))
    }

    /// What class it has, if that is known.
    pub const fn class(&self) -> Option<UnknownClass> {
        self.class
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// What hangs on an unknown value is unknown for the same reason, and nothing else is known of it.
impl From<&Unknown> for Failure {
    fn from(unknown: &Unknown) -> Self {
        Self::Unknown(Arc::clone(&unknown.reason))
    }
}

impl Value {
    /// Whether equality with any other such value gives true or false, whatever the value is: numbers fail on texts that are none.
    pub(crate) const fn compares_safely(&self) -> bool {
        match self {
            Self::Null | Self::Boolean(_) | Self::String(_) => true,
            Self::Unknown(unknown) => unknown.class.is_some(),
            _ => false,
        }
    }
}

//! Values that only a run can tell.

use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::Value;

/// A value that only a run can tell: why, which names would decide it, and what is known of it all the same.
///
/// Two that meet in an operation become one, which every name of both would decide.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    facts: Arc<Facts>,
    class: Option<UnknownClass>,
    /// Whether what is read of it has a name of its own, one part longer.
    has_members: bool,
}

#[derive(Clone, Debug)]
struct Facts {
    cause: Arc<dyn Cause>,
    needs: BTreeSet<Arc<str>>,
}

/// How many names are kept that would decide a value.
const MAX_NEEDS: usize = 64;

/// How long a name may grow by the members that are read of it, in bytes.
const MAX_NAME_BYTES: usize = 4_096;

/// Why a value is not known: whoever puts unknown values among the names says it in a type of its own, shown as a
/// sentence without a full stop. Every such type is one.
pub trait Cause: fmt::Display + fmt::Debug + Any + Send + Sync {
    /// Whether `other` is the same cause.
    fn is_same(&self, other: &dyn Cause) -> bool;
}

impl<T: fmt::Display + fmt::Debug + PartialEq + Any + Send + Sync> Cause for T {
    fn is_same(&self, other: &dyn Cause) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<T>() == Some(self)
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        self.needs == other.needs && self.cause.is_same(&*other.cause)
    }
}

impl Eq for Facts {}

/// What is known of a value that is not known itself. Neither may be null.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum UnknownClass {
    /// It is true or false: a comparison that cannot fail.
    Boolean,
    /// It is a string, such as a status.
    String,
}

impl Unknown {
    /// A value of which nothing is known, and that no name decides.
    pub fn new(cause: impl Cause) -> Self {
        Self::made(Arc::new(cause), BTreeSet::new())
    }

    /// The value of `name`, which is known if a value is given for it.
    pub fn of_name(name: &str, cause: impl Cause) -> Self {
        Self::made(Arc::new(cause), BTreeSet::from([name.into()]))
    }

    fn made(cause: Arc<dyn Cause>, needs: BTreeSet<Arc<str>>) -> Self {
        Self {
            facts: Arc::new(Facts { cause, needs }),
            class: None,
            has_members: false,
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

    /// The same value, where what is read of it is given by a name of its own: `trigger.type` of `trigger`.
    #[must_use]
    pub fn with_members(self) -> Self {
        Self {
            has_members: true,
            ..self
        }
    }

    /// Why it is not known, if the cause is of this type.
    pub fn cause<C: Cause>(&self) -> Option<&C> {
        let cause: &dyn Any = &*self.facts.cause;
        cause.downcast_ref()
    }

    /// The names that would decide it if values were given for them, sorted. Of very many the first that were met.
    pub fn needs(&self) -> impl ExactSizeIterator<Item = &str> {
        self.facts.needs.iter().map(|name| &**name)
    }

    /// What an operation makes of it: a value that is unknown for the same reason, and nothing else is known of it.
    pub(crate) fn consequence(&self) -> Value {
        Value::Unknown(self.bare())
    }

    /// What a path reads of it.
    pub(crate) fn member(&self, key: &Value) -> Value {
        let name = self.facts.needs.first().filter(|_| self.has_members);
        let part = key.as_string().map(super::JavaString::to_str);
        let (Some(name), Some(part)) = (name, part) else {
            return self.consequence();
        };
        if part.is_empty() || part.contains('.') || name.len() + part.len() >= MAX_NAME_BYTES {
            return self.consequence();
        }
        let needs = BTreeSet::from([format!("{name}.{part}").into()]);
        Value::Unknown(Self::made(Arc::clone(&self.facts.cause), needs).with_members())
    }

    /// What an operation makes of all that are unknown among `values`; `None` if none is, which is told quickly.
    #[inline]
    pub fn among<'v>(values: impl IntoIterator<Item = &'v Value>) -> Option<Self> {
        let unknown = values.into_iter().filter_map(|value| match value {
            Value::Unknown(unknown) => Some(unknown),
            _ => None,
        });
        Self::all(unknown)
    }

    /// What an operation makes of all of them: the first says why, and the names of all would decide it. `None` of
    /// none.
    #[inline]
    pub fn all<'v>(unknown: impl IntoIterator<Item = &'v Self>) -> Option<Self> {
        let mut unknown = unknown.into_iter();
        let first = unknown.next()?;
        Some(first.with_all(unknown))
    }

    #[cold]
    fn with_all<'v>(&self, others: impl Iterator<Item = &'v Self>) -> Self {
        let mut all = self.bare();
        for other in others {
            all.join(other);
        }
        all
    }

    /// Makes it hang on another one, too. Nothing else is known of it then but its class, which stays.
    pub(crate) fn join(&mut self, other: &Self) {
        self.has_members = false;
        if Arc::ptr_eq(&self.facts, &other.facts) || other.facts.needs.is_subset(&self.facts.needs)
        {
            return;
        }
        let facts = Arc::make_mut(&mut self.facts);
        let room = MAX_NEEDS.saturating_sub(facts.needs.len());
        facts
            .needs
            .extend(other.facts.needs.iter().take(room).cloned());
    }

    pub(crate) fn bare(&self) -> Self {
        Self {
            facts: Arc::clone(&self.facts),
            class: None,
            has_members: false,
        }
    }

    /// What class it has, if that is known.
    pub const fn class(&self) -> Option<UnknownClass> {
        self.class
    }
}

/// Why it is not known, as a sentence without a full stop.
impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.facts.cause.fmt(f)
    }
}

impl Value {
    /// Whether equality with any other such value gives true or false, whatever the value is: numbers fail on texts
    /// that are none.
    pub(crate) const fn compares_safely(&self) -> bool {
        match self {
            Self::Null | Self::Boolean(_) | Self::String(_) => true,
            Self::Unknown(unknown) => unknown.class.is_some(),
            _ => false,
        }
    }
}

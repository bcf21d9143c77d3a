//! The objects `currentDate()` and `currentTime()` give.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use pipewright_jexl::methods::{Method, Type};
use pipewright_jexl::value::{JavaString, Object};
use pipewright_jexl::{Failure, OpResult, Value};

/// A date, or a date with time, in UTC. Its `plus…` methods change it and give it back, as those of Harness do: two
/// names for one date see each other's changes.
#[derive(Clone, Debug)]
pub(crate) struct Date {
    now: Arc<Mutex<DateTime>>,
    timed: bool,
}

/// The name of the class in answers and messages.
const CLASS: &str = "Date";

/// A method that adds to a date.
#[derive(Debug)]
struct Mutator {
    method: Method,
    unit: Unit,
    /// Whether a date without time has it.
    of_dates: bool,
}

const fn mutator(name: &'static str, unit: Unit, of_dates: bool, doc: &'static str) -> Mutator {
    Mutator {
        method: Method::of_object(CLASS, name, &[Type::Long], doc),
        unit,
        of_dates,
    }
}

static MUTATORS: [Mutator; 8] = [
    mutator("plusYears", Span::try_years, true, "Adds years."),
    mutator("plusMonths", Span::try_months, true, "Adds months."),
    mutator("plusWeeks", Span::try_weeks, true, "Adds weeks."),
    mutator("plusDays", Span::try_days, true, "Adds days."),
    mutator("plusHours", Span::try_hours, false, "Adds hours."),
    mutator("plusMinutes", Span::try_minutes, false, "Adds minutes."),
    mutator("plusSeconds", Span::try_seconds, false, "Adds seconds."),
    mutator(
        "plusNanos",
        Span::try_nanoseconds,
        false,
        "Adds nanoseconds.",
    ),
];

fn mutators(timed: bool) -> impl Iterator<Item = &'static Mutator> {
    MUTATORS.iter().filter(move |one| one.of_dates || timed)
}

/// The methods of a date, or of one with time.
pub(crate) fn methods(timed: bool) -> impl Iterator<Item = &'static str> {
    mutators(timed).map(|one| one.method.name)
}

/// Makes a span of so many of a unit.
type Unit = fn(Span, i64) -> Result<Span, jiff::Error>;

impl Date {
    /// The date of `time`, with the time of day if `timed`.
    pub(crate) fn new(time: Timestamp, timed: bool) -> Self {
        let now = TimeZone::UTC.to_datetime(time);
        Self {
            now: Arc::new(Mutex::new(now)),
            timed,
        }
    }

    /// Adds `count` units to the date and gives the date.
    fn add(&self, unit: Unit, count: i64) -> OpResult {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = unit(Span::new(), count)
            .and_then(|span| now.checked_add(span))
            .map_err(|error| Failure::method(format!("the date would be out of range: {error}")))?;
        Ok(Value::object(self.clone()))
    }
}

impl Object for Date {
    fn type_name(&self) -> &'static str {
        CLASS
    }

    /// `2026-11-22` or `2026-11-22T07:42:13.392+0000`.
    fn text(&self) -> OpResult<JavaString> {
        let now = *self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let format = if self.timed {
            "%Y-%m-%dT%H:%M:%S%.3f+0000"
        } else {
            "%Y-%m-%d"
        };
        Ok(now.strftime(format).to_string().into())
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let mutator = mutators(self.timed).find(|one| one.method.name == method);
        match (mutator, arguments) {
            (Some(_), [Value::Unknown(unknown)]) => Err(Failure::from(unknown)),
            (Some(mutator), [count]) => match count.as_i64() {
                Some(count) => self.add(mutator.unit, count).map(Some),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn signatures(&self, method: &str) -> Vec<String> {
        let mut names = methods(self.timed);
        let is_there = names.any(|name| name == method);
        is_there
            .then(|| format!("{method}(count)"))
            .into_iter()
            .collect()
    }

    fn methods(&self) -> Option<Vec<&'static Method>> {
        Some(mutators(self.timed).map(|one| &one.method).collect())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use pipewright_jexl::methods::{Found, lookup};

    use super::*;

    fn text(value: &Value) -> String {
        value.text().unwrap().to_string()
    }

    fn call(value: &Value, method: &str, argument: Value) -> Option<Value> {
        let Value::Object(object) = value else {
            panic!("an object")
        };
        object.call(method, &[argument]).unwrap()
    }

    #[test]
    fn dates_are_written_as_harness_writes_them() {
        let time = Timestamp::from_millisecond(1_795_333_333_392).unwrap();
        assert_eq!(text(&Value::object(Date::new(time, false))), "2026-11-22");
        assert_eq!(
            text(&Value::object(Date::new(time, true))),
            "2026-11-22T07:42:13.392+0000"
        );
    }

    #[test]
    fn adding_changes_the_date_itself() {
        let date = Value::object(Date::new(Timestamp::UNIX_EPOCH, false));
        let same = call(&date, "plusMonths", 13.into()).unwrap();
        call(&same, "plusDays", (-1_i64).into()).unwrap();
        assert_eq!(text(&date), "1971-01-31");
        assert!(call(&date, "plusHours", 1.into()).is_none());
        assert!(call(&date, "plusDays", "1".into()).is_none());
    }

    #[test]
    fn what_a_date_tells_of_its_methods_is_what_it_does() {
        let arguments = [
            1.into(),
            1_i64.into(),
            "1".into(),
            Value::Double(1.5),
            Value::Boolean(true),
            Value::Null,
        ];
        for date in [false, true].map(|timed| Date::new(Timestamp::UNIX_EPOCH, timed)) {
            let value = Value::object(date.clone());
            for Mutator { method, .. } in &MUTATORS {
                for argument in &arguments {
                    let told = lookup(&value, method.name, std::slice::from_ref(argument));
                    let done = call(&value, method.name, argument.clone());
                    assert_eq!(
                        matches!(told, Found::Method(_)),
                        done.is_some(),
                        "{method:?} {argument:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_date_out_of_range_is_a_failed_call() {
        let date = Date::new(Timestamp::UNIX_EPOCH, true);
        assert!(date.call("plusYears", &[Value::Long(i64::MAX)]).is_err());
        assert!(date.call("plusNanos", &[Value::Long(i64::MAX)]).is_ok());
    }
}

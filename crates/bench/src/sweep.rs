//! How long one question can run: every method on long and short objects, called in a loop until the budget ends it.

use std::time::Duration;

use pipewright_jexl::methods::{Method, Receiver, Type, table};
use pipewright_jexl::value::{Array, ElementClass, Map, Order, Range, Set, Table};
use pipewright_jexl::{Program, Scope, Value};

use crate::measure::timed;

/// How many elements, characters or digits the objects have, and how many the arguments.
const SIZES: [(usize, usize); 6] = [
    (0, 0),
    (100, 100),
    (10_000, 10_000),
    (1_000_000, 1_000_000),
    (1_000_000, 100),
    (100, 1_000_000),
];

/// How long a question may run in a release build; what takes longer is told at once.
const GOAL: Duration = Duration::from_secs(1);

/// How many of the slowest and of the largest are told.
const TOLD: usize = 10;

/// One question and what it took.
struct Run {
    what: String,
    /// Time on a processor, where the system tells.
    time: Duration,
    /// Bytes that the process held at most while it ran, where the system tells.
    memory: u64,
    end: String,
}

/// Runs every method on every object and tells the slowest and the largest.
pub(crate) fn report() {
    let mut runs = Vec::new();
    for (size, given) in SIZES {
        for method in table() {
            for (kind, object) in objects(method.receiver, size) {
                let kind = format!("{kind} of {size}");
                let run = run(method, &kind, &object, given);
                if run.time > GOAL {
                    tell(&run);
                }
                runs.push(run);
            }
        }
    }
    println!("{} questions", runs.len());
    runs.sort_by_key(|run| std::cmp::Reverse(run.time));
    println!("slowest:");
    runs.iter().take(TOLD).for_each(tell);
    runs.sort_by_key(|run| std::cmp::Reverse(run.memory));
    println!("largest:");
    runs.iter().take(TOLD).for_each(tell);
}

fn tell(run: &Run) {
    let (milliseconds, megabytes) = (run.time.as_millis(), run.memory >> 20);
    println!(
        "{milliseconds:>6} ms {megabytes:>6} MiB  {}: {}",
        run.what, run.end
    );
}

fn run(method: &Method, kind: &str, object: &Value, given: usize) -> Run {
    let mut scope = vec![("r", object.clone())];
    let names = ["a", "b", "c", "d", "e"];
    let arguments = names.into_iter().zip(method.parameters);
    scope.extend(arguments.map(|(name, class)| (name, argument(*class, given))));
    let arguments: Vec<&str> = scope.iter().skip(1).map(|(name, _)| *name).collect();
    let call = format!("{}({})", method.name, arguments.join(", "));
    let call = match method.receiver {
        Receiver::Function => call,
        _ => format!("r.{call}"),
    };
    let program = Program::script(&format!("while (true) {{ {call}; }}"));
    let scope: Scope = scope.into_iter().collect();
    forget_peak();
    let (end, time) = timed(|| program.and_then(|program| program.run(&scope)));
    Run {
        what: format!("{kind}, given {given}: {method:?}"),
        time,
        memory: peak(),
        end: end.map_or_else(|error| error.message, |_| "it ends by itself".to_owned()),
    }
}

/// Objects that have a method, of so many elements.
fn objects(receiver: Receiver, size: usize) -> Vec<(&'static str, Value)> {
    let digits = size.clamp(1, 19_000);
    match receiver {
        Receiver::Any => vec![
            ("list", list(size)),
            ("text", text(size)),
            ("map", map(size)),
        ],
        Receiver::Text => vec![
            ("text", text(size)),
            ("text of two bytes", "é".repeat(size / 2).into()),
        ],
        Receiver::Number | Receiver::Integer => vec![("int", 7.into())],
        Receiver::Byte => vec![("byte", Value::Byte(7))],
        Receiver::Short => vec![("short", Value::Short(7))],
        Receiver::Long => vec![("long", Value::Long(7))],
        Receiver::Float => vec![("float", Value::Float(1.5))],
        Receiver::Double => vec![("double", 1.5.into())],
        Receiver::BigInteger => vec![("digits", value_of(&format!("{}H", "7".repeat(digits))))],
        Receiver::BigDecimal => vec![("digits", value_of(&format!("7.{}B", "7".repeat(digits))))],
        Receiver::Boolean => vec![("boolean", true.into())],
        Receiver::Character => vec![("character", Value::Character(98))],
        Receiver::Array => vec![("array", array(size))],
        Receiver::List => vec![("list", list(size)), ("list of texts", texts(size))],
        Receiver::Set => vec![("set", set(size))],
        Receiver::Map => vec![("map", map(size))],
        Receiver::Range => vec![(
            "range",
            Value::Range(Range::new(1, i64::try_from(size).unwrap_or(0))),
        )],
        // What an object of the host does, its host bounds.
        Receiver::Object => Vec::new(),
        Receiver::Function => vec![("function", Value::Null)],
    }
}

/// An argument that makes a method work.
fn argument(class: Type, size: usize) -> Value {
    let half = i32::try_from(size / 2).unwrap_or(0);
    match class {
        Type::Text | Type::Sequence | Type::Rest | Type::Texts => {
            Value::from(format!("{}c", "ba".repeat(size / 4)))
        }
        Type::Character => Value::Character(98),
        Type::Boolean => true.into(),
        Type::Byte => Value::Byte(3),
        Type::Short => Value::Short(3),
        Type::Integer | Type::Number | Type::Any => half.into(),
        Type::Long => Value::Long(i64::from(half)),
        Type::Float => Value::Float(1.5),
        Type::Double => 1.5.into(),
        Type::BigInteger => value_of("77777777777777777777H"),
        Type::BigDecimal => value_of("7.7B"),
        Type::Collection | Type::List => list(size),
        Type::Set => set(size),
        Type::Map => map(size),
        Type::Array => array(size),
        Type::Characters => value_of(&format!(
            "'{}'.toCharArray()",
            "ab".repeat(size.min(1_000) / 2)
        )),
        Type::Locale | Type::Comparator | Type::Itself(_) => Value::Null,
        Type::Range => Value::Range(Range::new(1, 9)),
    }
}

fn text(size: usize) -> Value {
    "ab".repeat(size / 2).into()
}

fn numbers(size: usize) -> Vec<Value> {
    (0..size)
        .filter_map(|at| i32::try_from(at).ok())
        .map(Value::from)
        .collect()
}

fn list(size: usize) -> Value {
    Value::list(numbers(size))
}

fn texts(size: usize) -> Value {
    Value::list(
        (0..size)
            .map(|at| Value::from(format!("{}", at * 7_919 % 1_000_003)))
            .collect(),
    )
}

fn array(size: usize) -> Value {
    Value::Array(Array::new(ElementClass::OBJECT, numbers(size)))
}

fn set(size: usize) -> Value {
    Value::Set(Set::new(Order::Insertion, numbers(size)).expect("numbers have hash codes"))
}

fn map(size: usize) -> Value {
    let mut table = Table::new(Order::Insertion);
    for at in 0..size {
        table.insert_text(format!("k{at}").as_str().into(), Value::Null);
    }
    Value::Map(Map::new(table))
}

/// The value of an expression without names.
fn value_of(source: &str) -> Value {
    let program = Program::expression(source).expect("the expression is valid");
    program
        .run(&Scope::new())
        .expect("the expression has a value")
}

/// Lets the system measure the memory of the process anew, where it can.
fn forget_peak() {
    // Without it the memory told is that of all runs before, too.
    drop(std::fs::write("/proc/self/clear_refs", "5"));
}

/// The most memory the process held since [`forget_peak`], in bytes; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

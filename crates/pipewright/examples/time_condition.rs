//! Decides one condition many times and prints the seconds of one: `time_condition 100000`.

use std::error::Error;
use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use pipewright::{Condition, Values};

fn main() -> Result<(), Box<dyn Error>> {
    let times: u32 = std::env::args().nth(1).ok_or("how many times?")?.parse()?;
    let condition = Condition::new("<+env.name> == 'prod'")?;
    let values = Values::from_json(r#"{"env": {"name": "prod"}}"#)?;
    let start = Instant::now();
    for _ in 0..times {
        black_box(condition.decide(black_box(&values))?);
    }
    let took = start.elapsed() / times.max(1);
    writeln!(std::io::stdout(), "{}", took.as_secs_f64())?;
    Ok(())
}

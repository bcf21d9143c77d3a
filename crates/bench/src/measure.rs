//! A stopwatch: the least time of many rounds.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The least time of one call in nanoseconds, over rounds of many calls each.
pub(crate) fn nanoseconds<T>(mut work: impl FnMut() -> T) -> u64 {
    const ROUNDS: u32 = 60;
    const ROUND: Duration = Duration::from_millis(4);
    let mut calls = 1_u32;
    loop {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(work());
        }
        if start.elapsed() >= ROUND || calls >= 1 << 20 {
            break;
        }
        calls *= 2;
    }
    let mut least = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(work());
        }
        least = least.min(start.elapsed() / calls);
    }
    u64::try_from(least.as_nanos()).unwrap_or(u64::MAX)
}

//! A stopwatch: several works take turns, and the least time of each counts.

use std::time::{Duration, Instant};

const ROUNDS: usize = 200;
const ROUND: Duration = Duration::from_millis(1);

/// What is measured.
pub(crate) type Work<'a> = Box<dyn FnMut() + 'a>;

/// Works that are measured side by side.
#[derive(Default)]
pub(crate) struct Contest<'a> {
    entries: Vec<(&'static str, Work<'a>)>,
}

impl<'a> Contest<'a> {
    pub(crate) fn enter(&mut self, name: &'static str, work: Work<'a>) {
        self.entries.push((name, work));
    }

    /// The least time of one call of each work, in nanoseconds.
    pub(crate) fn run(mut self) -> Vec<(&'static str, u64)> {
        let calls: Vec<u32> = self
            .entries
            .iter_mut()
            .map(|(_, work)| calls_in_a_round(work))
            .collect();
        let mut least = vec![Duration::MAX; calls.len()];
        for _ in 0..ROUNDS {
            for (((_, work), calls), least) in self.entries.iter_mut().zip(&calls).zip(&mut least) {
                *least = (*least).min(round(work, *calls) / *calls);
            }
        }
        self.entries
            .iter()
            .zip(least)
            .map(|((name, _), time)| (*name, u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)))
            .collect()
    }
}

/// What an action gives, and how long the threads of this process were on a processor for it: other work of the machine
/// does not count. Where the system does not tell, the time that passed.
pub(crate) fn timed<T>(action: impl FnOnce() -> T) -> (T, Duration) {
    let (start, before) = (Instant::now(), worked());
    let answer = action();
    let time = match (before, worked()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    };
    (answer, time)
}

/// How long all threads have been on a processor.
fn worked() -> Option<Duration> {
    let threads = std::fs::read_dir("/proc/self/task").ok()?;
    let of_thread = |entry: std::io::Result<std::fs::DirEntry>| {
        let told = std::fs::read_to_string(entry.ok()?.path().join("schedstat")).ok()?;
        let nanoseconds: u64 = told.split_whitespace().next()?.parse().ok()?;
        Some(nanoseconds)
    };
    let all: Option<u64> = threads.map(of_thread).sum();
    all.map(Duration::from_nanos)
}

fn calls_in_a_round(work: &mut Work<'_>) -> u32 {
    let mut calls = 1;
    while calls < 1 << 20 && round(work, calls) < ROUND {
        calls *= 2;
    }
    calls
}

fn round(work: &mut Work<'_>, calls: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        work();
    }
    start.elapsed()
}

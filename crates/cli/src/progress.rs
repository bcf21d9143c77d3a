//! A progress bar for runs that take long.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that ends sooner shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts files, and shows the count on the error stream once people would wonder.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    /// Whether the bar is on the screen, or must never be.
    settled: AtomicBool,
}

impl Progress {
    /// Counts up to `total`; shows nothing unless somebody looks.
    pub(crate) fn new(total: usize, is_watched: bool) -> Self {
        Self {
            bar: ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden()),
            started: Instant::now(),
            settled: AtomicBool::new(!is_watched),
        }
    }

    /// One file is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
        if self.started.elapsed() > PATIENCE && !self.settled.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len} files") {
                self.bar.set_style(style.progress_chars("=> "));
            }
        }
    }

    /// All files are done; the bar goes.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

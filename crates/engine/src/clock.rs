//! What time it is for `currentDate()` and `currentTime()`.

use std::fmt;

use jiff::Timestamp;

/// The clock of an engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub enum Clock {
    /// The clock of this machine.
    #[default]
    System,
    /// A clock that stands still.
    At(Timestamp),
    /// The time of a run to come: dates are unknown values.
    Run,
}

impl Clock {
    /// A clock that stands at `millis` milliseconds after 1970 (UTC); `None` outside the years -9999 to 9999.
    pub fn at_millis(millis: i64) -> Option<Self> {
        Timestamp::from_millisecond(millis).ok().map(Self::At)
    }

    /// The time now; `None` for [`Clock::Run`].
    pub(crate) fn now(self) -> Option<Timestamp> {
        match self {
            Self::System => Some(Timestamp::now()),
            Self::At(time) => Some(time),
            Self::Run => None,
        }
    }
}

/// Why a date is unknown: it is the time of a run to come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TimeOfRun;

impl fmt::Display for TimeOfRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the time of a run is known when it runs")
    }
}

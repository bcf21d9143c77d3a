//! The engine's statuses of nodes that have ended, and what several come to together (`spec/plan.md` §1.2, §1.3).

/// How a node ended. In the order in which one of several decides about the node around them: the last one holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Status {
    /// Its condition left it out.
    Skipped,
    /// It did what it is for.
    Succeeded,
    /// It failed, and a strategy ignored that; or something inside it did.
    IgnoreFailed,
    /// It took longer than its timeout.
    Expired,
    /// An approval was rejected.
    ApprovalRejected,
    /// A deployment freeze stopped it.
    FreezeFailed,
    /// It failed.
    Failed,
    /// It was aborted.
    Aborted,
}

impl Status {
    /// Every status.
    pub(crate) const ALL: [Self; 8] = [
        Self::Skipped,
        Self::Succeeded,
        Self::IgnoreFailed,
        Self::Expired,
        Self::ApprovalRejected,
        Self::FreezeFailed,
        Self::Failed,
        Self::Aborted,
    ];

    /// The engine's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skipped => "SKIPPED",
            Self::Succeeded => "SUCCEEDED",
            Self::IgnoreFailed => "IGNORE_FAILED",
            Self::Expired => "EXPIRED",
            Self::ApprovalRejected => "APPROVAL_REJECTED",
            Self::FreezeFailed => "FREEZE_FAILED",
            Self::Failed => "FAILED",
            Self::Aborted => "ABORTED",
        }
    }

    /// Whether what comes next may go on as if nothing had happened.
    pub const fn is_positive(self) -> bool {
        matches!(self, Self::Skipped | Self::Succeeded | Self::IgnoreFailed)
    }

    /// Whether it failed in one way or another; an abort is no failure.
    pub const fn is_broke(self) -> bool {
        !self.is_positive() && !matches!(self, Self::Aborted)
    }

    /// What this and another one inside the same node come to together.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        self.max(other).max(Self::Succeeded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_decides() {
        let together = |all: &[Status]| {
            let all = all.iter().copied();
            all.fold(Status::Succeeded, Status::and).as_str()
        };
        assert_eq!(together(&[]), "SUCCEEDED");
        assert_eq!(together(&[Status::Skipped, Status::Skipped]), "SUCCEEDED");
        assert_eq!(
            together(&[Status::IgnoreFailed, Status::Succeeded]),
            "IGNORE_FAILED"
        );
        assert_eq!(together(&[Status::Failed, Status::Expired]), "FAILED");
        assert_eq!(
            together(&[Status::FreezeFailed, Status::ApprovalRejected]),
            "FREEZE_FAILED"
        );
        assert_eq!(together(&[Status::Aborted, Status::Failed]), "ABORTED");
    }
}

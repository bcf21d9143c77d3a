//! Why there is no such position.

/// Why there is no such position.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AtError {
    /// Neither a node nor a setting has that name.
    #[error("no stage, step group, step or setting is called `{name}`")]
    NoPlace {
        /// The name.
        name: String,
        /// Names that were probably meant.
        nearest: Vec<String>,
    },
    /// Several nodes have the identifier.
    #[error("{total} nodes are called `{name}`; name one of them in full")]
    Several {
        /// The identifier.
        name: String,
        /// How many have it.
        total: usize,
        /// The fully qualified names of the first ones.
        nearest: Vec<String>,
    },
    /// The name is that of an output of a chained stage.
    #[error("`{0}` is read in the pipeline that the stage runs: evaluate it there")]
    InChild(String),
    /// An iteration was asked for where nothing loops.
    #[error("nothing around `{0}` loops, so it has no turns to choose from")]
    NoLoop(String),
    /// The loop has fewer iterations.
    #[error("`{name}` has {}: there is no turn {asked}", turns(*total))]
    NoIteration {
        /// The name of the looping node.
        name: String,
        /// The iteration that was asked for.
        asked: u32,
        /// How many there are.
        total: u32,
    },
    /// The position names an instance of another iteration than the one that was asked for.
    #[error("`{suffix}` is turn {index} of `{name}`, not turn {asked}")]
    OtherIteration {
        /// The name of the looping node.
        name: String,
        /// The suffix of the instance.
        suffix: String,
        /// Its iteration.
        index: u32,
        /// The iteration that was asked for.
        asked: u32,
    },
    /// No matrix around the node has that axis.
    #[error(
        "no matrix around `{at}` has an axis `{axis}`{}",
        listed("the axes are", "the only axis is", axes)
    )]
    NoAxis {
        /// The name of the position.
        at: String,
        /// The axis.
        axis: String,
        /// The axes there are.
        axes: Vec<String>,
    },
    /// The axis has no such value.
    #[error(
        "the axis `{axis}` of `{name}` has no value `{value}`{}",
        listed("it has", "it has", has)
    )]
    NoAxisValue {
        /// The name of the looping node.
        name: String,
        /// The axis.
        axis: String,
        /// The value that was asked for.
        value: String,
        /// Its values, objects as JSON; the first ones of many.
        has: Vec<String>,
    },
    /// The matrix has no combination of these values.
    #[error("the matrix of `{0}` has no combination of the chosen values")]
    NoCombination(String),
    /// A suffix behind an identifier is none that the loop gives.
    #[error("`{suffix}` is no suffix of an instance of `{name}`{}", has(iterations.as_deref()))]
    NoInstance {
        /// The name of the looping node.
        name: String,
        /// The suffix.
        suffix: String,
        /// How many iterations there are and what the instances are called, where that is known.
        iterations: Option<String>,
    },
}

impl AtError {
    /// The names that may have been meant.
    pub fn nearest(&self) -> &[String] {
        match self {
            Self::NoPlace { nearest, .. } | Self::Several { nearest, .. } => nearest,
            _ => &[],
        }
    }
}

fn turns(total: u32) -> String {
    match total {
        0 => "no turns".to_owned(),
        1 => "1 turn, numbered 0".to_owned(),
        _ => format!("{total} turns, numbered from 0"),
    }
}

fn has(iterations: Option<&str>) -> String {
    iterations.map_or_else(String::new, |iterations| {
        format!(", which has {iterations}")
    })
}

/// The end of a message that lists what there is.
fn listed(several: &str, one: &str, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => format!("; {one} `{only}`"),
        [before @ .., last] => format!("; {several} `{}` and `{last}`", before.join("`, `")),
    }
}

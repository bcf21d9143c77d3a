//! Names of the pipeline, as they are read.

/// A name of the pipeline: as it is read, and without the suffixes of instances.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Path {
    pub(crate) read: String,
    pub(super) plain: String,
}

impl Path {
    pub(crate) fn new(read: String, plain: String) -> Self {
        Self { read, plain }
    }

    pub(crate) fn member(&self, name: &str) -> Self {
        Self::new(
            format!("{}.{name}", self.read),
            format!("{}.{name}", self.plain),
        )
    }

    /// The name of the node around one whose name this is: without its own identifier and that of its list.
    pub(crate) fn around(&self) -> Self {
        let around = |name: &str| name.rsplitn(3, '.').nth(2).unwrap_or(name).to_owned();
        Self::new(around(&self.read), around(&self.plain))
    }

    /// The member `name` that is called `plain` without its suffix.
    pub(crate) fn instance(&self, name: &str, plain: &str) -> Self {
        Self::new(
            format!("{}.{name}", self.read),
            format!("{}.{plain}", self.plain),
        )
    }
}

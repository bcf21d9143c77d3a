//! One file, taken the whole way from bytes to references.

use pipewright_source::{FileId, SourceFile};

use crate::Statistics;

/// What became of one file. Made by [`analyse`], read by [`crate::check`].
#[derive(Debug)]
pub struct Analysis {
    id: FileId,
    kind: FileKind,
    statistics: Statistics,
}

/// What a file is to Pipewright.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FileKind {
    /// At least one document is a pipeline, template or input set.
    Harness,
    /// The Harness documents are all `version: 1`: only files, YAML and syntax are checked.
    Version1,
    /// A Terraform, Jinja or Go template that is not YAML by itself: reported once, as `templated-file`.
    Templated,
    /// Something else; nothing is reported.
    Other,
}

/// Takes a file the whole way: YAML, model, syntax, references. Never fails; whatever is wrong is found by [`crate::check`].
pub fn analyse(id: FileId, file: &SourceFile) -> Analysis {
    let _ = file;
    Analysis {
        id,
        kind: FileKind::Other,
        statistics: Statistics::default(),
    }
}

impl Analysis {
    /// The file it was made from.
    pub fn file(&self) -> FileId {
        self.id
    }

    /// What the file is.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Figures for `--stats`.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }
}

//! The files of a revision of a git repository, read with the `git` command: no checkout, and nothing is written.
//!
//! Three processes are started in the directory one stands in: `git rev-parse` tells which commit is meant,
//! `git ls-tree` what is in it at and below the directory, and one `git cat-file --batch` gives the contents.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use pipewright_lint::CONFIGURATION_FILE;

use crate::configurations::understood;
use crate::find::has_ending;
use crate::{ConfigurationProblem, Configurations, MAX_FILE_BYTES, Workspace};

/// The files of a revision.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Revision {
    /// The YAML and JSON files at and below a directory, by their paths from there, with `/`.
    pub files: Vec<(String, Arc<str>)>,
    /// The configurations there and above, by their paths in the repository.
    configurations: BTreeMap<PathBuf, Arc<str>>,
    /// The path of the directory in the repository.
    prefix: PathBuf,
}

impl Revision {
    /// The configurations of its files, as the revision has them, by the places where the files are in a workspace.
    /// Those that cannot be taken come second; the files that have one of these go without.
    pub fn configurations(
        &self,
        workspace: &Workspace<'_>,
    ) -> (Configurations, Vec<ConfigurationProblem>) {
        let mut found = Configurations::default();
        if self.configurations.is_empty() {
            return (found, Vec::new());
        }
        for (name, _) in &self.files {
            let path = self.prefix.join(name);
            let directories = path.ancestors().skip(1);
            let nearest = directories.map(|directory| directory.join(CONFIGURATION_FILE));
            let nearest = nearest
                .into_iter()
                .find(|file| self.configurations.contains_key(file));
            let Some(nearest) = nearest else { continue };
            let directory = nearest.parent().unwrap_or(Path::new(""));
            let below = path.strip_prefix(directory).unwrap_or(&path);
            let below = below.to_string_lossy().replace('\\', "/");
            found.insert(workspace.place(name), nearest, below);
        }
        let problems = found.take(|path| {
            let text = self.configurations.get(path);
            understood(path, text.map_or("", |text| text))
        });
        (found, problems)
    }
}

/// Why a revision cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RevisionError {
    /// There is no `git` command.
    #[error("the `git` command is needed to read a revision: {0}")]
    NoGit(#[source] io::Error),
    /// No commit has that name, or one stands in no repository.
    #[error("it is no revision of the repository one stands in")]
    Unknown,
    /// `git` failed while it answered.
    #[error("`git` failed: {0}")]
    Failed(String),
}

/// The YAML and JSON files of a revision at and below a directory, and the configurations for them. Files that are not
/// UTF-8 or too large for a directory are left out, as are links.
///
/// # Errors
/// If there is no such revision, or no `git`.
pub fn read_revision(directory: &Path, revision: &str) -> Result<Revision, RevisionError> {
    let commit = commit(directory, revision)?;
    let prefix = output(git(directory).args(["rev-parse", "--show-prefix"]))?;
    let prefix = PathBuf::from(String::from_utf8_lossy(&prefix).trim_end_matches('\n'));
    let mut listed =
        output(git(directory).args(["ls-tree", "-r", "-z", "-l", "--full-name", &commit]))?;
    let above: Vec<PathBuf> = prefix
        .ancestors()
        .skip(1)
        .map(|directory| directory.join(CONFIGURATION_FILE))
        .collect();
    if !above.is_empty() {
        let mut list = git(directory);
        list.args(["ls-tree", "-z", "-l", "--full-tree", &commit, "--"]);
        listed.extend(output(list.args(&above))?);
    }
    let blobs: Vec<(String, String)> = listed.split(|byte| *byte == 0).filter_map(blob).collect();
    let mut batch = git(directory)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(RevisionError::NoGit)?;
    let read = contents(&mut batch, blobs);
    let ended = batch.wait();
    let read = read.map_err(|error| RevisionError::Failed(error.to_string()))?;
    match ended {
        Ok(status) if status.success() => Ok(sorted(read, prefix)),
        Ok(status) => Err(RevisionError::Failed(status.to_string())),
        Err(error) => Err(RevisionError::Failed(error.to_string())),
    }
}

/// The files that were read, by what they are for.
fn sorted(read: Vec<(String, Arc<str>)>, prefix: PathBuf) -> Revision {
    let mut revision = Revision {
        files: Vec::new(),
        configurations: BTreeMap::new(),
        prefix,
    };
    for (path, text) in read {
        if is_configuration(&path) {
            revision.configurations.insert(PathBuf::from(path), text);
        } else if let Ok(below) = Path::new(&path).strip_prefix(&revision.prefix) {
            let name = below.to_string_lossy().replace('\\', "/");
            revision.files.push((name, text));
        }
    }
    revision
}

fn is_configuration(path: &str) -> bool {
    path.rsplit('/').next() == Some(CONFIGURATION_FILE)
}

/// The command, which takes no lock for what it only reads.
fn git(directory: &Path) -> Command {
    let mut command = Command::new("git");
    if !directory.as_os_str().is_empty() {
        command.current_dir(directory);
    }
    command.env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null());
    command
}

fn output(command: &mut Command) -> Result<Vec<u8>, RevisionError> {
    let answer = command.output().map_err(RevisionError::NoGit)?;
    if answer.status.success() {
        return Ok(answer.stdout);
    }
    let said = String::from_utf8_lossy(&answer.stderr);
    let said = said.lines().next().unwrap_or_default().to_owned();
    Err(RevisionError::Failed(said))
}

fn commit(directory: &Path, revision: &str) -> Result<String, RevisionError> {
    // What begins like an option is none.
    if revision.starts_with('-') {
        return Err(RevisionError::Unknown);
    }
    let wanted = format!("{revision}^{{commit}}");
    let found = output(git(directory).args(["rev-parse", "--verify", "--quiet", &wanted]));
    let found = match found {
        Err(RevisionError::Failed(_)) => return Err(RevisionError::Unknown),
        other => other?,
    };
    Ok(String::from_utf8_lossy(&found).trim().to_owned())
}

/// The object and the path of an entry `MODE blob OBJECT SIZE<tab>PATH`.
fn blob(entry: &[u8]) -> Option<(String, String)> {
    let entry = std::str::from_utf8(entry).ok()?;
    let (about, path) = entry.split_once('\t')?;
    let mut about = about.split_ascii_whitespace();
    let (mode, kind) = (about.next()?, about.next()?);
    let (object, size) = (about.next()?, about.next()?);
    let is_file = mode.starts_with("100") && kind == "blob";
    let is_wanted = has_ending(Path::new(path)) || is_configuration(path);
    let is_small = size.parse::<u64>().is_ok_and(|size| size <= MAX_FILE_BYTES);
    (is_file && is_wanted && is_small).then(|| (object.to_owned(), path.to_owned()))
}

/// Asks for each object and reads the answers, one behind the other.
fn contents(
    batch: &mut Child,
    blobs: Vec<(String, String)>,
) -> io::Result<Vec<(String, Arc<str>)>> {
    let missing = || io::Error::other("it has no streams");
    let mut questions = batch.stdin.take().ok_or_else(missing)?;
    let answers = batch.stdout.take().ok_or_else(missing)?;
    let objects: Vec<String> = blobs.iter().map(|(object, _)| object.clone()).collect();
    // Both sides wait for the other where nobody reads while questions are written.
    let asking = std::thread::spawn(move || -> io::Result<()> {
        for object in objects {
            writeln!(questions, "{object}")?;
        }
        Ok(())
    });
    let mut answers = BufReader::new(answers);
    let mut files = Vec::with_capacity(blobs.len());
    for (_, path) in blobs {
        let mut header = String::new();
        answers.read_line(&mut header)?;
        let size = header.split_ascii_whitespace().nth(2);
        let size = size.and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("`{path}` cannot be read")))?;
        let mut bytes = Vec::new();
        answers.by_ref().take(size).read_to_end(&mut bytes)?;
        answers.read_exact(&mut [0])?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push((path, text.into()));
        }
    }
    match asking.join() {
        Ok(written) => written?,
        Err(_) => return Err(io::Error::other("nothing could be asked")),
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_small_yaml_files_are_taken() {
        let cases = [
            ("100644 blob abc      12\ta/b c.yaml", Some("a/b c.yaml")),
            ("100755 blob abc 12\tb.yml", Some("b.yml")),
            ("120000 blob abc 12\tlink.yaml", None),
            ("160000 commit abc -\tmodule.yaml", None),
            ("100644 blob abc 99999999\tlarge.yaml", None),
            ("100644 blob abc 12\tREADME.md", None),
            ("", None),
        ];
        for (entry, path) in cases {
            let found = blob(entry.as_bytes()).map(|(_, path)| path);
            assert_eq!(found.as_deref(), path, "{entry}");
        }
    }
}

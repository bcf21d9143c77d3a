//! What is found below which paths, under which names, and what cannot be read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pipewright_workspace::{Input, Origin, ReadError, Workspace};

/// A directory with these files, each holding its own name.
fn tree(files: &[&str]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    for file in files {
        let path = directory.path().join(file);
        let parent = path.parent().expect("a path below the directory");
        fs::create_dir_all(parent).expect("a new directory");
        fs::write(path, file).expect("a new file");
    }
    directory
}

fn collect(directory: &Path, paths: &[&str]) -> Vec<Input> {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    Workspace::new(directory, &mut io::empty(), "<stdin>").collect(&paths)
}

fn names(inputs: &[Input]) -> Vec<&str> {
    inputs.iter().map(|input| &*input.name).collect()
}

#[test]
fn a_directory_is_walked_with_hidden_ones_but_without_git() {
    let directory = tree(&[
        ".git/config.yaml",
        ".harness/deploy.yaml",
        "b.yml",
        "a/c.JSON",
        "a/readme.md",
        "a.yaml",
    ]);
    let inputs = collect(directory.path(), &["."]);
    assert_eq!(
        names(&inputs),
        [".harness/deploy.yaml", "a.yaml", "a/c.JSON", "b.yml"]
    );
    assert!(inputs.iter().all(|input| input.origin == Origin::Walked));
    assert_eq!(inputs[1].text.as_deref().unwrap(), "a.yaml");
}

#[test]
fn names_keep_the_path_that_was_given() {
    let directory = tree(&["a/b/c.yaml", "a/d.txt"]);
    for (given, expected) in [
        ("a", "a/b/c.yaml"),
        ("a/", "a/b/c.yaml"),
        ("./a", "./a/b/c.yaml"),
        ("a/../a/b", "a/../a/b/c.yaml"),
    ] {
        assert_eq!(names(&collect(directory.path(), &[given])), [expected]);
    }
    let absolute = directory.path().join("a");
    let inputs = collect(Path::new(""), &[absolute.to_str().unwrap()]);
    assert_eq!(
        names(&inputs),
        [absolute.join("b/c.yaml").to_str().unwrap()]
    );
}

#[test]
fn ignore_files_are_honoured_but_not_for_named_files() {
    let directory = tree(&["build/x.yaml", "sub/y.yaml", "sub/z.yaml", "w.yaml"]);
    fs::write(directory.path().join(".gitignore"), "build/\n").unwrap();
    fs::write(directory.path().join("sub/.ignore"), "z.yaml\n").unwrap();
    assert_eq!(
        names(&collect(directory.path(), &["."])),
        ["sub/y.yaml", "w.yaml"]
    );
    let inputs = collect(directory.path(), &["build/x.yaml", "sub/z.yaml"]);
    assert_eq!(names(&inputs), ["build/x.yaml", "sub/z.yaml"]);
}

#[test]
fn a_file_comes_once_and_a_named_one_stays_named() {
    let directory = tree(&["a/b.yaml", "a/c.yaml"]);
    let inputs = collect(directory.path(), &[".", "a", "./a/b.yaml"]);
    assert_eq!(names(&inputs), ["./a/b.yaml", "a/c.yaml"]);
    assert_eq!(inputs[0].origin, Origin::Named);
    assert_eq!(inputs[1].origin, Origin::Walked);
}

#[test]
fn a_named_file_is_read_whatever_its_ending() {
    let directory = tree(&["pipeline.txt"]);
    let inputs = collect(directory.path(), &["pipeline.txt", "missing.yaml"]);
    assert_eq!(names(&inputs), ["missing.yaml", "pipeline.txt"]);
    assert_eq!(inputs[0].text, Err(ReadError::Missing));
    assert!(inputs[1].text.is_ok());
}

#[test]
fn standard_input_is_read_once_under_its_name() {
    let mut input: &[u8] = b"pipeline: {}";
    let paths = [PathBuf::from("-"), PathBuf::from("-")];
    let inputs = Workspace::new("", &mut input, ".harness/x.yaml").collect(&paths);
    assert_eq!(names(&inputs), [".harness/x.yaml"]);
    assert_eq!(inputs[0].text.as_deref().unwrap(), "pipeline: {}");
}

#[test]
fn one_file_or_standard_input_as_text() {
    let directory = tree(&["values.json"]);
    let mut input: &[u8] = b"{}";
    let mut workspace = Workspace::new(directory.path(), &mut input, "<stdin>");
    assert_eq!(
        workspace.read_text(Path::new("values.json")).unwrap(),
        "values.json"
    );
    assert_eq!(workspace.read_text(Path::new("-")).unwrap(), "{}");
    assert_eq!(
        workspace.read_text(Path::new("none.json")),
        Err(ReadError::Missing)
    );
    assert_eq!(
        workspace.read_text(Path::new(".")),
        Err(ReadError::IsDirectory)
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_only_where_they_are_named() {
    use std::os::unix::fs::symlink;

    let outside = tree(&["secret.yaml"]);
    let directory = tree(&["in/a.yaml"]);
    symlink(outside.path(), directory.path().join("in/directory")).unwrap();
    symlink(
        outside.path().join("secret.yaml"),
        directory.path().join("in/file.yaml"),
    )
    .unwrap();
    symlink(directory.path().join("in"), directory.path().join("link")).unwrap();
    assert_eq!(names(&collect(directory.path(), &["in"])), ["in/a.yaml"]);
    assert_eq!(
        names(&collect(directory.path(), &["link"])),
        ["link/a.yaml"]
    );
    let inputs = collect(directory.path(), &["in/file.yaml"]);
    assert_eq!(inputs[0].text.as_deref().unwrap(), "secret.yaml");
}

#[test]
fn a_file_has_one_place_however_it_is_named() {
    let directory = tree(&["a/b.yaml"]);
    let mut input = io::empty();
    let workspace = Workspace::new(directory.path(), &mut input, "<stdin>");
    let place = workspace.place("a/b.yaml");
    assert!(place.ends_with("/a/b.yaml"), "{place}");
    for name in ["./a/b.yaml", "a/../a/./b.yaml", &place] {
        assert_eq!(workspace.place(name), place);
    }
    let new = workspace.place("c/../new.yaml");
    assert!(new.ends_with("/new.yaml") && !new.contains(".."), "{new}");
}

/// A committed link to an endless device, a pipe without a writer, a file too long: none of them is waited for.
#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_passed_over_with_a_reason() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let directory = tree(&["a.yaml", "sub/b.yaml", "long/c.yaml"]);
    symlink("/dev/zero", directory.path().join(".gitignore")).unwrap();
    let pipe = directory.path().join("sub/.ignore");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    fs::write(
        directory.path().join("long/.gitignore"),
        "#\n".repeat(1 << 20),
    )
    .unwrap();
    let _socket = UnixListener::bind(directory.path().join("s.yaml")).unwrap();
    let mut input = io::empty();
    let mut workspace = Workspace::new(directory.path(), &mut input, "<stdin>");
    let inputs = workspace.collect(&[PathBuf::from(".")]);
    assert_eq!(names(&inputs), ["a.yaml", "long/c.yaml", "sub/b.yaml"]);
    let mut passed_over: Vec<String> = workspace
        .passed_over()
        .iter()
        .map(|file| format!("{}: {}", file.name, file.reason))
        .collect();
    passed_over.sort();
    assert_eq!(
        passed_over,
        [
            ".gitignore: it is a symbolic link, and only regular files are read",
            "long/.gitignore: it is larger than 1 MiB",
            "s.yaml: it is a socket, and only regular files are read",
            "sub/.ignore: it is a named pipe, and only regular files are read",
        ]
    );
    for (name, kind) in [
        ("sub/.ignore", "a named pipe"),
        ("s.yaml", "a socket"),
        ("/dev/zero", "a device"),
    ] {
        assert_eq!(
            workspace.read_text(Path::new(name)),
            Err(ReadError::Special(kind))
        );
        let inputs = workspace.collect(&[PathBuf::from(name)]);
        assert_eq!(inputs[0].text, Err(ReadError::Special(kind)));
    }
}

#[test]
fn ignore_files_around_a_directory_and_exclude_files_count() {
    let directory = tree(&[
        "in/a.yaml",
        "in/b.yaml",
        "in/c.yaml",
        "in/deep/a.yaml",
        "in/d.yaml",
    ]);
    fs::create_dir_all(directory.path().join(".git/info")).unwrap();
    fs::write(directory.path().join(".git/info/exclude"), "c.yaml\n").unwrap();
    fs::write(directory.path().join(".gitignore"), "/in/a.yaml\nd.yaml\n").unwrap();
    fs::write(directory.path().join(".ignore"), "!d.yaml\nb.yaml\n").unwrap();
    let expected = ["in/d.yaml", "in/deep/a.yaml"];
    assert_eq!(names(&collect(directory.path(), &["in"])), expected);
    assert_eq!(names(&collect(directory.path(), &["."])), expected);
}

#[test]
fn a_working_copy_is_one_repository_unless_another_is_inside() {
    let is_one = |files: &[&str], paths: &[&str]| {
        let directory = tree(files);
        let mut nothing = io::empty();
        let mut workspace = Workspace::new(directory.path(), &mut nothing, "<stdin>");
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        workspace.collect(&paths);
        workspace.is_one_repository()
    };
    assert!(is_one(&[".git/config", "p.yaml", "odd/t.yaml"], &["."]));
    assert!(is_one(&["a/.git", "a/b/t.yaml"], &["a"]));
    assert!(!is_one(&["p.yaml", "odd/t.yaml"], &["."]));
    let submodule = [".git/config", "p.yaml", "sub/.git", "sub/x/t.yaml"];
    assert!(!is_one(&submodule, &["."]));
    assert!(!is_one(&[".git/config", "odd/t.yaml"], &["odd"]));
    assert!(!is_one(&[".git/config", "p.yaml"], &["p.yaml"]));
    let files = [".git/config", "p/p.yaml", "odd/t.yaml"];
    assert!(is_one(&files, &["p", "odd"]));
    assert!(is_one(&files, &["p/p.yaml", "odd"]));
    assert!(!is_one(&files, &["p/p.yaml", "odd/t.yaml"]));
    assert!(!is_one(&files[1..], &["p", "odd"]));
    assert!(!is_one(
        &["p/.git", "p/p.yaml", "odd/.git", "odd/t.yaml"],
        &["p", "odd"]
    ));
    assert!(!is_one(
        &[".git/config", "p/p.yaml", "odd/.git", "odd/t.yaml"],
        &["p", "odd"]
    ));
}

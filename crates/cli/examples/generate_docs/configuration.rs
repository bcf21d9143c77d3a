//! The reference of `pipewright.toml`: what `init` writes, with what holds around it.

/// The file that `pipewright init` writes.
const WRITTEN: &str = include_str!("../../src/commands/init.toml");

const INTRODUCTION: &str = "# Configuration

`pipewright check` reads `pipewright.toml` from the nearest directory at or above each file; `--config FILE` names one
for all files, `--no-config` none. `pipewright init` writes one that explains itself, in which every setting is a
comment:

```toml
";

const AFTER: &str = "```

- Paths and patterns (`legacy/**`) count from the directory of the file.
- A level is `off`, `info`, `warning` or `error`. Of several names that have a rule the narrowest counts: the rule, its
  family, `ALL`. An override counts over `[rules]`, and of several that fit a file the later one.
- The profile, the names and the levels of a configuration hold for the files that it is the nearest of; `paths` is
  asked of the one that holds where the command is started.
- Under `[names]`, the rule `unlisted-name` finds what the lists lack. `outputs` keeps `unknown-output` silent about
  what is listed there.
- `pipewright diff` counts the findings of each side by its own configuration, those of a revision by the one in it.
- `--select` and `--ignore` on the command line decide what runs before the configuration does.
- A key, a rule or a family that there is not, a value of another kind, and what is no TOML is an error with its place,
  and the exit code is 2. `pipewright config-schema` prints the JSON schema, for editors.
";

/// The page.
pub(super) fn page() -> String {
    [INTRODUCTION, WRITTEN.trim_end(), "\n", AFTER].concat()
}

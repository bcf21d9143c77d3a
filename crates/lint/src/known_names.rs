//! Names of things outside the files, as a configuration lists them: variables, secrets and services of the project,
//! the organisation and the account, and outputs of steps.

use std::collections::BTreeMap;

/// Names that a configuration lists. What it lists of a scope is taken for all that there is; of a scope it lists
/// nothing of, nothing is known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KnownNames {
    /// Variables by their references: `region`, `org.region`, `account.region`.
    pub variables: Vec<String>,
    /// Secrets, written alike.
    pub secrets: Vec<String>,
    /// Services, written alike.
    pub services: Vec<String>,
    /// Further outputs of steps, by the type of the step.
    pub outputs: BTreeMap<String, Vec<String>>,
}

/// Whose a name is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Owner {
    Project,
    Organisation,
    Account,
}

impl Owner {
    /// The owner that a reference names, and the name behind it.
    pub(crate) fn of(reference: &str) -> (Self, &str) {
        match reference.split_once('.') {
            Some(("account", name)) => (Self::Account, name),
            Some(("org", name)) => (Self::Organisation, name),
            _ => (Self::Project, reference),
        }
    }

    /// Its word in messages.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Organisation => "organisation",
            Self::Account => "account",
        }
    }
}

/// The names that a list holds of the owner of a reference, without the prefix, where it holds some and the reference
/// is none of them.
pub(crate) fn others<'l>(list: &'l [String], reference: &str) -> Option<Vec<&'l str>> {
    let (owner, name) = Owner::of(reference);
    let names = list.iter().map(|known| Owner::of(known));
    let names: Vec<&str> = names
        .filter_map(|(of, name)| (of == owner).then_some(name))
        .collect();
    (!names.is_empty() && !names.contains(&name)).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_that_is_listed_is_listed_whole() {
        let list = ["account.a", "account.b", "c"].map(str::to_owned);
        let cases: [(&str, Option<&[&str]>); 5] = [
            ("account.a", None),
            ("account.x", Some(&["a", "b"])),
            ("c", None),
            ("a", Some(&["c"])),
            ("org.a", None),
        ];
        for (reference, names) in cases {
            assert_eq!(others(&list, reference).as_deref(), names, "{reference}");
        }
    }
}

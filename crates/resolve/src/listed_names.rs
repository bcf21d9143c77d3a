//! The names of a list, kept once for all references that miss one in it.

use pipewright_source::Outline;

/// The longest name that is looked for, in bytes. Identifiers are at most 128 characters long.
pub(crate) const MAX_NAME: usize = 128;

/// The names of a list in which others are missing.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct ListedNames {
    /// In the order of the list.
    names: Vec<Box<str>>,
    /// The names that are looked for, as places in `names`, in the order of the list.
    outlines: Vec<(u32, Outline)>,
    /// The same by their texts.
    sorted: Vec<u32>,
}

impl ListedNames {
    /// Names in the order of their list.
    pub(crate) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names: Vec<Box<str>> = names.into_iter().map(Box::from).collect();
        names.dedup();
        let short = (0..).zip(&names).filter(|(_, name)| name.len() <= MAX_NAME);
        let outlines: Vec<(u32, Outline)> = short
            .map(|(place, name)| (place, Outline::of(name)))
            .collect();
        let mut sorted: Vec<u32> = outlines.iter().map(|(place, _)| *place).collect();
        sorted.sort_by_key(|place| &names[*place as usize]);
        Self {
            names,
            outlines,
            sorted,
        }
    }

    /// The names in the order of the list: those of the file, then those of the catalogue.
    pub fn in_order(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// The longest of the names up to 128 bytes that `text` begins with and that `is_whole` takes, given what follows.
    pub fn longest_in_front(&self, text: &str, is_whole: impl Fn(&str) -> bool) -> Option<&str> {
        let mut beginning = &text.as_bytes()[..text.len().min(MAX_NAME)];
        let mut sorted = &self.sorted[..];
        // Every name that the beginning starts with is its predecessor, or one of what both have in common.
        loop {
            let not_behind =
                sorted.partition_point(|place| self.name(*place).as_bytes() <= beginning);
            sorted = &sorted[..not_behind];
            let (last, rest) = sorted.split_last()?;
            let name = self.name(*last);
            let common = beginning.iter().zip(name.as_bytes());
            let common = common.take_while(|(a, b)| a == b).count();
            beginning = &beginning[..common];
            if common == name.len() {
                if is_whole(&text[common..]) {
                    return Some(name);
                }
                sorted = rest;
            }
        }
    }

    /// The names that `name` may be misspelt for, in the order of the list.
    pub(crate) fn may_be_meant(&self, name: &str) -> impl Iterator<Item = &str> {
        let outline = Outline::of(name);
        let near = self.outlines.iter();
        near.filter(move |(_, other)| outline.may_mean(*other))
            .map(|(place, _)| self.name(*place))
    }

    fn name(&self, place: u32) -> &str {
        &self.names[place as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_whole_name_in_front_is_found() {
        let names = ListedNames::new(["my", "my-name", "my-name-is", "mz", "m", "ä-b", ""]);
        let find = |text: &str| {
            let is_whole = |behind: &str| !behind.starts_with(char::is_alphanumeric);
            names.longest_in_front(text, is_whole).map(str::to_owned)
        };
        for (text, found) in [
            ("my-name-is>", Some("my-name-is")),
            ("my-name-isnt", Some("my-name")),
            ("my-names", Some("my")),
            ("myself", None),
            ("m.y", Some("m")),
            ("ä-b", Some("ä-b")),
            ("ä-c", None),
            ("", Some("")),
        ] {
            assert_eq!(find(text).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn names_that_may_be_meant_are_those_of_like_length_and_letters() {
        let names = ListedNames::new(["Build", "Deploy", "guild", "BULID", "build_all_of_it"]);
        let near: Vec<&str> = names.may_be_meant("bulid").collect();
        assert_eq!(near, ["Build", "guild", "BULID"]);
    }
}

//! The `id` of a line that cannot be read as a whole.

use std::fmt;

use pipewright_jexl::Json;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};

/// The `id` of the object that a line begins, null if it has none or does not come so far before something is wrong.
pub(super) fn id_of(line: &str) -> Json {
    let mut found = Json::Null;
    let mut members = serde_json::Deserializer::from_str(line);
    // Whatever is wrong behind the `id` was told already.
    drop(members.deserialize_map(IdOf(&mut found)));
    found
}

/// Looks at members until one is the `id`.
struct IdOf<'f>(&'f mut Json);

impl<'de> Visitor<'de> for IdOf<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            if name == "id" {
                *self.0 = members.next_value()?;
                break;
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_read_as_far_as_the_line_goes() {
        for (line, id) in [
            (r#"{"id":1,"expr":"#, "1"),
            (
                r#"{"n":1e99999999999,"m":[[{}]],"id":"a\"b","expr":}"#,
                r#""a\"b""#,
            ),
            (
                r#"{"id":{"k":[1.0,null]},"context":{"#,
                r#"{"k":[1.0,null]}"#,
            ),
            (r#"{"expr":"x"}"#, "null"),
            (r#"{"expr":,"id":1}"#, "null"),
            (r#"{"id":1"#, "1"),
            (r#"{"id":"a"#, "null"),
            (r#"["id",1]"#, "null"),
            ("id", "null"),
            ("", "null"),
        ] {
            assert_eq!(id_of(line).to_string(), id, "{line}");
        }
    }
}

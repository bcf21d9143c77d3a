//! The words that made trees are written with.

/// Variables of the contexts that made programs run in.
pub const VARIABLES: [&str; 8] = ["a", "b", "c", "d", "s", "n", "m", "l"];

/// What names, calls and literals of a made tree are taken from. None of them is empty.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w> {
    /// Variables, parameters and loop variables.
    pub variables: &'w [&'w str],
    /// Names behind a dot.
    pub members: &'w [&'w str],
    /// Names behind a dot that are called.
    pub methods: &'w [&'w str],
    /// Functions.
    pub functions: &'w [&'w str],
    /// The contents of string literals.
    pub texts: &'w [&'w str],
}

impl Default for Words<'_> {
    fn default() -> Self {
        Self {
            variables: &[
                "a", "b", "c", "d", "s", "n", "m", "l", "$x", "@y", "_", "notx", "e1",
            ],
            members: &["a", "b", "key", "length", "0", "1a", "d", "e5", "$", "x_y"],
            methods: &[
                "length", "contains", "get", "split", "concat", "toString", "equals",
            ],
            functions: &["f", "g", "size_", "list", "$"],
            texts: &[
                "", "a", "b", "key", "true", "1", "a,b", ".*", "it's", "\"", "\\", "\\d",
                "\\u0041", "\\\\", "a\nb", "\u{2028}", "é😀", "`", "${a}", "0.5", " ", "]}>",
            ],
        }
    }
}

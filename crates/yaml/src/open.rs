//! Whether an expression is open somewhere in a text, as far as that can be told without reading it.

/// What is open in a text, looked at byte by byte.
#[derive(Clone, Copy, Default)]
pub(crate) struct Open {
    islands: usize,
    /// Those of CEL.
    of_cel: usize,
    calls: usize,
    /// Behind the last of them.
    called: Option<usize>,
    quote: Option<u8>,
}

impl Open {
    /// Whether it is inside `<+ … >` or `${{ … }}`, or inside the parentheses of a call behind one.
    pub(crate) const fn is_open(self) -> bool {
        self.islands > 0 || self.of_cel > 0 || self.calls > 0
    }

    /// Looks at the byte of `text` at `at`; the place of the next one.
    pub(crate) fn step(&mut self, text: &str, at: usize) -> usize {
        let bytes = text.as_bytes();
        let inside = self.is_open();
        match (self.quote, bytes[at]) {
            (Some(_), b'\\') => {
                let escaped = text[at + 1..].chars().next();
                return at + 1 + escaped.map_or(0, char::len_utf8);
            }
            (Some(open), byte) if open == byte => self.quote = None,
            (None, byte @ (b'"' | b'\'')) if inside => self.quote = Some(byte),
            (None, b'<') if bytes.get(at + 1) == Some(&b'+') => {
                self.islands += 1;
                return at + 2;
            }
            (None, b'$') if begins_cel(bytes, at) => {
                self.of_cel += 1;
                return at + OPEN_CEL.len();
            }
            (None, b'}') if self.of_cel > 0 && bytes.get(at + 1) == Some(&b'}') => {
                self.of_cel -= 1;
                return at + 2;
            }
            (None, b'>') if !is_comparison(bytes, at) => {
                self.islands = self.islands.saturating_sub(1);
            }
            (None, b'(') if inside || self.is_called(&text[..at]) => self.calls += 1,
            (None, b')') if self.calls > 0 => {
                self.calls -= 1;
                self.called = Some(at + 1);
            }
            _ => {}
        }
        at + 1
    }

    /// Whether a parenthesis behind `before` calls something on an island, or on what such a call gives:
    /// `<+input>.default(a).allowedValues`.
    fn is_called(self, before: &str) -> bool {
        let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let of = name.strip_suffix('.').filter(|_| name.len() < before.len());
        of.is_some_and(|of| of.ends_with('>') || self.called == Some(of.len()))
    }
}

/// What opens an expression of CEL.
const OPEN_CEL: &[u8] = b"${{";

/// Whether an expression of CEL begins there.
pub(crate) fn begins_cel(bytes: &[u8], at: usize) -> bool {
    bytes[at..].starts_with(OPEN_CEL)
}

/// Where the first `<+` or `${{` of a text stands.
pub(crate) fn first_open(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut places = memchr::memchr2_iter(b'<', b'$', bytes);
    places.find(|at| bytes[*at..].starts_with(b"<+") || begins_cel(bytes, *at))
}

/// Whether `text` ends inside `<+ … >` or `${{ … }}`, or inside the parentheses of a call behind one.
pub(crate) fn is_open(text: &str) -> bool {
    let Some(mut at) = first_open(text) else {
        return false;
    };
    let mut open = Open::default();
    while at < text.len() {
        at = open.step(text, at);
    }
    open.is_open()
}

/// `a > b` and `a >= b`: a bracket that closes an island has no blank before it and no `=` behind it.
pub(crate) fn is_comparison(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| bytes[before]);
    before == Some(b' ') && matches!(bytes.get(at + 1), Some(b' ' | b'='))
}

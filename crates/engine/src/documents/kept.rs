//! What was made of texts, found again by where the text is in memory, or by the text.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pipewright_jexl::value::JavaString;
use pipewright_jexl::{OpResult, charge_reading};

/// How long a text is at least that is kept, in bytes: a shorter one is read as fast as it is found.
const MIN_KEPT_BYTES: usize = 1024;

/// How much memory the documents of a kind may take that an engine keeps, in bytes.
const MAX_KEPT_BYTES: usize = 8 * 1024 * 1024;

/// Documents by their texts.
pub(super) struct Kept<T>(Mutex<Held<T>>);

struct Held<T> {
    by_text: HashMap<JavaString, Arc<T>>,
    /// By where the texts of `by_text` are: as long as those are held, no other text can be there.
    by_place: HashMap<Place, Arc<T>>,
    bytes: usize,
}

/// Where a text is in memory, and how long it is.
type Place = (usize, usize);

fn place(text: &str) -> Place {
    (text.as_ptr().addr(), text.len())
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(Held::default()))
    }
}

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self {
            by_text: HashMap::new(),
            by_place: HashMap::new(),
            bytes: 0,
        }
    }
}

impl<T> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kept({} texts)", self.held().by_text.len())
    }
}

impl<T> Kept<T> {
    /// What was made of `text`; made by `read`, which also tells how much memory it takes, if it is not there.
    pub(super) fn found_or_read(
        &self,
        text: &JavaString,
        read: impl FnOnce(&str) -> OpResult<(T, usize)>,
    ) -> OpResult<Arc<T>> {
        let Some(plain) = text.as_str().filter(|text| text.len() >= MIN_KEPT_BYTES) else {
            return read(&text.to_str()).map(|(document, _)| Arc::new(document));
        };
        if let Some(document) = self.held().by_place.get(&place(plain)) {
            return Ok(Arc::clone(document));
        }
        // To be looked up, the text is read once.
        charge_reading(plain.len())?;
        if let Some(document) = self.held().moved(text, plain) {
            return Ok(document);
        }
        let (document, bytes) = read(plain)?;
        let document = Arc::new(document);
        self.held().put(text, plain, &document, bytes);
        Ok(document)
    }

    fn held(&self) -> MutexGuard<'_, Held<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Held<T> {
    /// The document of a text that is elsewhere in memory than last time; this place is remembered, because the one
    /// that is asked for now is asked for again.
    fn moved(&mut self, text: &JavaString, plain: &str) -> Option<Arc<T>> {
        let document = self.forgotten(text)?;
        self.remember(text, plain, &document);
        Some(document)
    }

    /// Puts a document in. Where all take too much, the others go.
    fn put(&mut self, text: &JavaString, plain: &str, document: &Arc<T>, bytes: usize) {
        if bytes > MAX_KEPT_BYTES {
            return;
        }
        self.bytes += bytes;
        if self.bytes > MAX_KEPT_BYTES {
            *self = Self::default();
            self.bytes = bytes;
        }
        self.forgotten(text);
        self.remember(text, plain, document);
    }

    fn remember(&mut self, text: &JavaString, plain: &str, document: &Arc<T>) {
        self.by_place.insert(place(plain), Arc::clone(document));
        self.by_text.insert(text.clone(), Arc::clone(document));
    }

    /// Takes a text out, with its place: nobody may find it there once the text is gone.
    fn forgotten(&mut self, text: &JavaString) -> Option<Arc<T>> {
        let (held, document) = self.by_text.remove_entry(text)?;
        if let Some(plain) = held.as_str() {
            self.by_place.remove(&place(plain));
        }
        Some(document)
    }
}

#[cfg(test)]
mod tests {
    use pipewright_jexl::question;

    use super::*;

    /// What is found for a text, or how it is made now, and whether it had to be made.
    fn ask(kept: &Kept<String>, text: &JavaString, bytes: usize) -> (String, bool) {
        let mut made = false;
        let found = kept.found_or_read(text, |text| {
            made = true;
            Ok((text.to_owned(), bytes))
        });
        (found.unwrap().to_string(), made)
    }

    #[test]
    fn a_text_is_read_once_wherever_it_is() {
        let kept = Kept::default();
        let long = "é".repeat(MIN_KEPT_BYTES);
        let text = JavaString::from(long.as_str());
        for (text, made) in [
            (text.clone(), true),
            (text, false),
            (long.as_str().into(), false),
            (long.repeat(2).into(), true),
        ] {
            let (found, was_made) = ask(&kept, &text, 10);
            assert_eq!(was_made, made);
            assert_eq!(text, found.as_str());
        }
        assert_eq!(kept.held().by_place.len(), 2);
    }

    #[test]
    fn a_place_is_forgotten_with_its_text() {
        let kept = Kept::default();
        for round in 0..1000 {
            // The allocator gives the same places again and again.
            let text = JavaString::from(format!("{round:>4000}"));
            let (found, made) = ask(&kept, &text, MAX_KEPT_BYTES / 3);
            assert!(made && text == found.as_str());
        }
        let held = kept.held();
        assert!(held.by_text.len() <= 3 && held.by_place.len() == held.by_text.len());
    }

    #[test]
    fn what_is_too_large_or_short_is_not_kept() {
        let kept = Kept::default();
        let long = JavaString::from("x".repeat(MIN_KEPT_BYTES));
        let short = JavaString::from("x");
        for _ in 0..2 {
            assert!(ask(&kept, &long, MAX_KEPT_BYTES + 1).1);
            assert!(ask(&kept, &short, 1).1);
        }
    }

    #[test]
    fn what_is_found_by_its_place_costs_nothing() {
        let kept = Kept::default();
        let text = JavaString::from("x".repeat(1024 * 1024));
        ask(&kept, &text, 1);
        question(|| (0..100_000).for_each(|_| assert!(!ask(&kept, &text, 1).1)));
    }
}

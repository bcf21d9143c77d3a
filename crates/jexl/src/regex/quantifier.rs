//! Quantifiers: `*`, `+`, `?` and counts, greedy, lazy or possessive.

use super::reader::{Input, Reader};
use super::syntax;
use super::translate::Atom;
use crate::OpResult;

/// How often the atom before it may match, and which way is tried first.
pub(super) struct Quantifier {
    source: String,
    /// How often the atom must match.
    least: i32,
    /// Whether it may never match.
    is_never: bool,
    mode: Mode,
}

#[derive(Clone, Copy)]
enum Mode {
    Greedy,
    Lazy,
    Possessive,
}

impl Quantifier {
    /// Writes an atom with its quantifier.
    pub(super) fn write(&self, atom: &Atom, out: &mut String) {
        let source = &atom.source;
        if !atom.is_empty {
            // In a possessive repetition no turn tries another way so that there are enough turns.
            let (opening, mode) = match self.mode {
                Mode::Greedy => ("(?:", ""),
                Mode::Lazy => ("(?:", "?"),
                Mode::Possessive if self.least < 2 => ("(?:", "+"),
                Mode::Possessive => ("(?>", "+"),
            };
            out.extend([opening, source, ")", &self.source, mode]);
            return;
        }
        // What is empty gains nothing by repetition, and `fancy-regex` refuses to repeat it.
        match (self.least == 0, self.mode) {
            (false, _) => out.push_str(source),
            (true, _) if self.is_never => out.extend(["(?:|", source, ")"]),
            (true, Mode::Greedy) => out.extend(["(?:", source, "|)"]),
            (true, Mode::Lazy) => out.extend(["(?:|", source, ")"]),
            (true, Mode::Possessive) => out.extend(["(?>", source, "|)"]),
        }
    }
}

impl Reader {
    /// The quantifier that follows an atom, if there is one.
    pub(super) fn quantifier(&mut self) -> OpResult<Option<Quantifier>> {
        let Some(Input::Char(c)) = self.peek() else {
            return Ok(None);
        };
        let mut quantifier = match c {
            '*' | '+' | '?' => {
                self.at += 1;
                if c != '?' {
                    self.unbounded()?;
                }
                Quantifier {
                    source: c.to_string(),
                    least: i32::from(c == '+'),
                    is_never: false,
                    mode: Mode::Greedy,
                }
            }
            '{' => self.count()?,
            _ => return Ok(None),
        };
        self.skip_comments();
        if self.eat('?') {
            quantifier.mode = Mode::Lazy;
        } else if self.eat('+') {
            quantifier.mode = Mode::Possessive;
        }
        Ok(Some(quantifier))
    }

    /// `{n}`, `{n,}` or `{n,m}`.
    fn count(&mut self) -> OpResult<Quantifier> {
        self.at += 1;
        let Some(least) = self.number()? else {
            return Err(syntax("a { must be followed by a count"));
        };
        let mut out = format!("{{{least}");
        let mut is_never = least == 0;
        if self.eat(',') {
            out.push(',');
            let most = self.number()?;
            is_never &= most == Some(0);
            match most {
                Some(most) if most < least => {
                    return Err(syntax("the upper count is below the lower"));
                }
                Some(most) => out.push_str(&most.to_string()),
                None => self.unbounded()?,
            }
        }
        if !self.eat('}') {
            return Err(syntax("a count is not closed"));
        }
        out.push('}');
        Ok(Quantifier {
            source: out,
            least,
            is_never,
            mode: Mode::Greedy,
        })
    }

    fn number(&mut self) -> OpResult<Option<i32>> {
        let mut number: Option<i32> = None;
        while let Some(Input::Char(c)) = self.peek()
            && let Some(digit) = c.to_digit(10)
        {
            self.at += 1;
            let longer = i64::from(number.unwrap_or(0)) * 10 + i64::from(digit);
            number = Some(i32::try_from(longer).map_err(|_| syntax("a count is too large"))?);
        }
        Ok(number)
    }

    /// Refuses a repetition without an end inside a look-behind.
    pub(super) fn unbounded(&self) -> OpResult<()> {
        if self.look_behind > 0 {
            return Err(syntax("a look-behind has no obvious greatest length"));
        }
        Ok(())
    }
}

//! Writes JSON text.

use std::fmt::Write;

use super::form::{Form, Manner};
use crate::model::{Record, Table};

/// A JSON text in the making.
#[derive(Debug)]
pub(in crate::codec) struct Writer {
    text: String,
    /// Places after the point of every amount.
    pub(in crate::codec) digits: u32,
    /// Levels of indentation; `None` writes everything on one line.
    indent: Option<usize>,
    /// Whether the next element of the open list or object is its first.
    first: bool,
}

impl Writer {
    /// For people: one value a line, indented.
    pub(in crate::codec) fn readable(digits: u32) -> Self {
        Self { text: String::new(), digits, indent: Some(0), first: true }
    }

    /// For links: what [`readable`](Self::readable) writes without its blanks.
    pub(in crate::codec) fn dense(digits: u32) -> Self {
        Self { indent: None, ..Self::readable(digits) }
    }

    /// For storage: no blanks, amounts in minor units whatever the currency.
    pub(in crate::codec) fn compact() -> Self {
        Self { text: String::new(), digits: 0, indent: None, first: true }
    }

    /// The text.
    pub(in crate::codec) fn finish(mut self) -> String {
        if self.indent.is_some() {
            self.text.push('\n');
        }
        self.text
    }

    /// Writes `{`, what `body` writes, `}`.
    pub(in crate::codec) fn object(&mut self, body: impl FnOnce(&mut Self)) {
        self.open('{');
        body(self);
        self.close('}');
    }

    /// Writes a list of values.
    pub(in crate::codec) fn list<'v, T: Form + 'v>(&mut self, values: impl IntoIterator<Item = &'v T>) {
        self.open('[');
        for value in values {
            self.next();
            value.write(self);
        }
        self.close(']');
    }

    /// Writes a field, unless its value goes without saying.
    pub(in crate::codec) fn field<T, M: Manner<T>>(&mut self, key: &str, value: &T, manner: M) {
        manner.write(key, value, self);
    }

    /// Writes a field with a text.
    pub(in crate::codec) fn word(&mut self, key: &str, value: &str) {
        self.key(key);
        self.quoted(value);
    }

    /// Writes the records of one chunk of a table with what goes before and behind them; whether the table has more.
    pub(super) fn chunk<V: Record + Form>(&mut self, key: &str, table: &Table<V>, at: usize) -> bool {
        let chunks = table.chunks();
        let Some(chunk) = chunks.get(at) else { return false };
        if at == 0 {
            self.key(key);
            self.open('[');
        }
        for record in chunk.records() {
            self.next();
            record.write(self);
        }
        let more = at + 1 < chunks.len();
        if !more {
            self.close(']');
        }
        more
    }

    /// Writes the key of the next field.
    pub(in crate::codec) fn key(&mut self, key: &str) {
        self.next();
        self.quoted(key);
        self.text.push_str(if self.indent.is_some() { ": " } else { ":" });
    }

    /// Writes a value that needs no quotes.
    pub(in crate::codec) fn plain(&mut self, value: impl std::fmt::Display) {
        // Writing into a `String` cannot fail.
        let _infallible = write!(self.text, "{value}");
    }

    /// Writes a text in quotes.
    pub(in crate::codec) fn quoted(&mut self, value: &str) {
        self.text.push('"');
        let mut rest = value;
        while let Some(at) = rest.bytes().position(|b| b < b' ' || b == b'"' || b == b'\\') {
            let (clean, tail) = rest.split_at(at);
            self.text.push_str(clean);
            let mut tail = tail.chars();
            match tail.next() {
                Some('\n') => self.text.push_str("\\n"),
                Some('\r') => self.text.push_str("\\r"),
                Some('\t') => self.text.push_str("\\t"),
                Some(c @ ('"' | '\\')) => self.text.extend(['\\', c]),
                Some(c) => self.plain(format_args!("\\u{:04x}", u32::from(c))),
                None => {}
            }
            rest = tail.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    pub(super) fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.indent = self.indent.map(|level| level + 1);
        self.first = true;
    }

    pub(super) fn close(&mut self, bracket: char) {
        self.indent = self.indent.map(|level| level - 1);
        if !self.first {
            self.line();
        }
        self.first = false;
        self.text.push(bracket);
    }

    fn next(&mut self) {
        if !self.first {
            self.text.push(',');
        }
        self.first = false;
        self.line();
    }

    fn line(&mut self) {
        if let Some(level) = self.indent {
            self.text.push('\n');
            (0..level).for_each(|_| self.text.push_str("  "));
        }
    }
}

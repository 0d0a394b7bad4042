//! From records to columns.

use std::collections::{BTreeMap, HashMap};

use ulid::{ULID_LEN, Ulid};

use super::{
    days::{day_of, second_of},
    signs::{SIGNS, sign, write, write_step},
};

/// A list of objects, as the [writer](crate::codec::document::writer::Writer) makes it for storage, in columns.
pub(in crate::codec::journal) fn columns(list: &str) -> String {
    let mut out = String::with_capacity(list.len() / 4);
    match (Scan { text: list, at: 0 }).value().kind {
        Kind::List(rows) => match Table::of(&rows.iter().collect::<Vec<_>>()) {
            Some(table) => {
                out.push_str("{\"rows\":");
                out.push_str(&rows.len().to_string());
                out.push_str(",\"columns\":");
                table.write(&mut out);
                out.push('}');
            }
            None => out.push_str(list),
        },
        Kind::Single | Kind::Object(_) => out.push_str(list),
    }
    out
}

/// A value where it stands in a JSON text without blanks.
#[derive(Debug)]
struct Value<'t> {
    text: &'t str,
    kind: Kind<'t>,
}

#[derive(Debug)]
enum Kind<'t> {
    /// A text, a number, a truth, `null`.
    Single,
    List(Vec<Value<'t>>),
    /// Keys in their quotes.
    Object(Vec<(&'t str, Value<'t>)>),
}

/// Finds the values of a JSON text that was just written, so nothing in it is checked.
#[derive(Debug)]
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn value(&mut self) -> Value<'t> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'[') => {
                let mut elements = Vec::new();
                self.each(|scan| elements.push(scan.value()));
                Kind::List(elements)
            }
            Some(b'{') => {
                let mut entries = Vec::new();
                self.each(|scan| {
                    let key = scan.single();
                    scan.at += usize::from(scan.peek() == Some(b':'));
                    entries.push((key, scan.value()));
                });
                Kind::Object(entries)
            }
            _ => {
                self.single();
                Kind::Single
            }
        };
        Value { text: self.since(start), kind }
    }

    /// Steps from a bracket to behind the one that closes it.
    fn each(&mut self, mut element: impl FnMut(&mut Self)) {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b']' | b'}') => {
                    self.at += 1;
                    return;
                }
                Some(b',') => self.at += 1,
                Some(_) => element(self),
                None => return,
            }
        }
    }

    fn single(&mut self) -> &'t str {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let length = if let Some(inner) = rest.strip_prefix(b"\"") {
            let mut escaped = false;
            let end = inner.iter().position(|byte| match byte {
                _ if escaped => {
                    escaped = false;
                    false
                }
                b'\\' => {
                    escaped = true;
                    false
                }
                byte => *byte == b'"',
            });
            end.map_or(rest.len(), |end| end + 2)
        } else {
            rest.iter().position(|byte| b",:]}".contains(byte)).unwrap_or(rest.len())
        };
        self.at += length;
        self.since(start)
    }
}

/// A column in the making: which rows have it, and their values.
#[derive(Debug)]
struct Column<'v, 't> {
    key: &'t str,
    rows: Vec<usize>,
    cells: Vec<&'v Value<'t>>,
}

/// Objects in the making of columns.
#[derive(Debug)]
struct Table<'v, 't> {
    count: usize,
    columns: Vec<Column<'v, 't>>,
}

impl<'v, 't> Table<'v, 't> {
    /// `None` when one is no object or has a key twice.
    fn of(rows: &[&'v Value<'t>]) -> Option<Self> {
        let mut columns: Vec<Column<'v, 't>> = Vec::new();
        let mut places: HashMap<&'t str, usize> = HashMap::new();
        for (row, value) in rows.iter().enumerate() {
            let Kind::Object(entries) = &value.kind else { return None };
            // Most objects have the keys of the one before, in its order.
            let mut next = 0;
            for (key, cell) in entries {
                let place = match columns.get(next) {
                    Some(column) if column.key == *key => next,
                    _ => *places.entry(key).or_insert(columns.len()),
                };
                next = place + 1;
                match columns.get_mut(place) {
                    Some(column) if column.rows.last() == Some(&row) => return None,
                    Some(column) => {
                        column.rows.push(row);
                        column.cells.push(cell);
                    }
                    None => columns.push(Column { key, rows: vec![row], cells: vec![cell] }),
                }
            }
        }
        Some(Self { count: rows.len(), columns })
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        for (place, column) in self.columns.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            out.push_str(column.key);
            out.push(':');
            if column.rows.len() == self.count {
                write_column(&column.cells, out);
                continue;
            }
            out.push_str("{\"in\":\"");
            let (mut begin, mut end) = (0, 0);
            for row in &column.rows {
                if *row != end {
                    if end > 0 {
                        write_count(end - begin, out);
                    }
                    write_count(row - end, out);
                    begin = *row;
                } else if end == 0 {
                    write_count(0, out);
                }
                end = row + 1;
            }
            write_count(end - begin, out);
            out.push_str("\",\"of\":");
            write_column(&column.cells, out);
            out.push('}');
        }
        out.push('}');
    }
}

fn write_count(count: usize, out: &mut String) {
    write(count as u128, out);
}

fn write_column(cells: &[&Value<'_>], out: &mut String) {
    let lists = || cells.iter().map(|cell| if let Kind::List(list) = &cell.kind { Some(list) } else { None });
    let written = if cells.is_empty() {
        false
    } else if let Some(table) = Table::of(cells) {
        out.push_str("{\"columns\":");
        table.write(out);
        out.push('}');
        true
    } else if let Some(lists) = lists().collect::<Option<Vec<_>>>() {
        out.push_str("{\"lengths\":\"");
        for list in &lists {
            write_count(list.len(), out);
        }
        out.push_str("\",\"of\":");
        write_column(&lists.into_iter().flatten().collect::<Vec<_>>(), out);
        out.push('}');
        true
    } else {
        let single = |cell: &&Value<'_>| matches!(cell.kind, Kind::Single);
        cells.iter().all(single) && {
            let texts: Vec<&str> = cells.iter().map(|cell| cell.text).collect();
            write_words(&texts, out) || write_texts(&texts, out)
        }
    };
    if !written {
        out.push('[');
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            out.push_str(cell.text);
        }
        out.push(']');
    }
}

/// Writes few different values.
fn write_words(cells: &[&str], out: &mut String) -> bool {
    let most = usize::from(SIGNS).min(cells.len() / 3);
    let mut words: BTreeMap<&str, u8> = BTreeMap::new();
    let mut order = Vec::new();
    let mut at = String::with_capacity(cells.len());
    for cell in cells {
        let place = if let Some(place) = words.get(cell) {
            *place
        } else {
            let Some(place) = u8::try_from(order.len()).ok().filter(|_| order.len() < most) else { return false };
            words.insert(cell, place);
            order.push(*cell);
            place
        };
        at.push(sign(place));
    }
    out.push_str("{\"words\":[");
    out.push_str(&order.join(","));
    out.push_str("],\"at\":\"");
    out.push_str(&at);
    out.push_str("\"}");
    true
}

/// Writes texts without escapes or bars.
fn write_texts(cells: &[&str], out: &mut String) -> bool {
    let clean = |cell: &&'_ str| !cell.contains(['\\', '|']);
    let bare = |cell: &&'_ str| cell.starts_with('"') && cell.len() >= 2;
    if !cells.iter().all(|cell| bare(cell) && clean(cell)) {
        return false;
    }
    let texts: Vec<&str> = cells.iter().map(|cell| cell.trim_matches('"')).collect();
    let steps = write_steps("days", &texts, day_of, out)
        || write_steps("seconds", &texts, second_of, out)
        || write_steps("ids", &texts, id_of, out);
    if !steps {
        out.push_str("{\"texts\":\"");
        out.push_str(&texts.join("|"));
        out.push_str("\"}");
    }
    true
}

fn write_steps(name: &str, texts: &[&str], number: impl Fn(&str) -> Option<u128>, out: &mut String) -> bool {
    let Some(numbers) = texts.iter().map(|text| number(text)).collect::<Option<Vec<_>>>() else { return false };
    out.extend(["{\"", name, "\":\""]);
    let mut before = 0;
    for number in numbers {
        write_step(before, number, out);
        before = number;
    }
    out.push_str("\"}");
    true
}

/// The number of an identifier, if its text is written as any other.
fn id_of(text: &str) -> Option<u128> {
    let id = Ulid::from_string(text).ok()?;
    (id.array_to_str(&mut [0; ULID_LEN]) == text).then_some(id.0)
}

//! Which delimiter and quote a text uses.

use super::{
    rows::{Row, rows},
    shape::{Dialect, DialectReason, Guess},
};

/// As much of a text as is looked at.
const SAMPLE: usize = 64 << 10;

/// The dialect in which most rows of the text's beginning have the same number of cells, at least two. Among equals the one
/// with more cells wins, then the order comma, semicolon, tab, bar. A first line `sep=;`, which Excel reads, decides at once.
pub(super) fn sniff(text: &str) -> Guess<Dialect, DialectReason> {
    if let Some(delimiter) = declared(text) {
        return Guess { value: Dialect { delimiter, quote: '"' }, reason: DialectReason::Declared };
    }
    let sample = beginning(text);
    let quote = if sample.contains('"') || !has_single_quoted(sample) { '"' } else { '\'' };
    let mut best = (0, 1, ',');
    for delimiter in [',', ';', '\t', '|'] {
        if !sample.contains(delimiter) {
            continue;
        }
        let rows = rows(sample, Dialect { delimiter, quote }, 200);
        let (width, share) = common_width(&rows);
        if width > 1 && (share, width) > (best.0, best.1) {
            best = (share, width, delimiter);
        }
    }
    let (share, columns, delimiter) = best;
    let reason = match u8::try_from(share) {
        Ok(percent) if columns > 1 => DialectReason::SameWidth { percent, columns },
        _ => DialectReason::OneColumn,
    };
    Guess { value: Dialect { delimiter, quote }, reason }
}

/// The delimiter that a first line such as `sep=;` declares.
pub(super) fn declared(text: &str) -> Option<char> {
    let line = text.lines().next()?.trim_matches('"');
    let sign = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let mut signs = sign.chars();
    signs.next().filter(|sign| ",;\t|".contains(*sign) && signs.next().is_none())
}

/// The number of cells of the rows that hold most of all cells, and the percentage of rows that have it. Rows are weighed by their
/// cells because a short report may have more lines of title and footer than of data.
pub(super) fn common_width(rows: &[Row]) -> (usize, usize) {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match counts.iter_mut().find(|(width, _)| *width == row.len()) {
            Some((_, count)) => *count += 1,
            None => counts.push((row.len(), 1)),
        }
    }
    let (width, count) = counts.into_iter().max_by_key(|(width, count)| (*count * *width, *width)).unwrap_or((0, 0));
    (width, count.saturating_mul(100) / rows.len().max(1))
}

/// The beginning of a text up to the last whole line.
fn beginning(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let cut = (0..=SAMPLE).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let head = text.get(..cut).unwrap_or(text);
    head.rfind(['\n', '\r']).and_then(|end| head.get(..end)).unwrap_or(head)
}

/// Whether single quotes stand around cells rather than inside words: they open after a delimiter, often.
fn has_single_quoted(text: &str) -> bool {
    let opened = [",'", ";'", "\t'", "|'", "\n'"].iter().map(|opening| text.matches(opening).count()).sum::<usize>();
    let closed =
        ["',", "';", "'\t", "'|", "'\n", "'\r"].iter().map(|closing| text.matches(closing).count()).sum::<usize>();
    opened > 3 && closed > 3 && (opened + closed) * 10 > text.matches('\'').count() * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_that_makes_even_rows_wins() {
        for (text, delimiter) in [
            ("a,b,c\n1,2,3\n", ','),
            ("a;b;c\n1,5;2,5;3,5\n2,5;3,5;4,5\n", ';'),
            ("a\tb\nx, y\tz\n", '\t'),
            ("a|b\n1|2\n", '|'),
            ("Report of May, June\na;b;c\n1;2;3\n4;5;6\n", ';'),
            ("\"a;b\",\"c\"\n\"d;e\",\"f\"\n", ','),
        ] {
            assert_eq!(sniff(text).value.delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn a_declared_separator_decides() {
        let guess = sniff("sep=;\na,b;c\n");
        assert_eq!((guess.value.delimiter, guess.reason), (';', DialectReason::Declared));
    }

    #[test]
    fn a_list_of_names_is_one_column() {
        assert_eq!(sniff("name\nAda\nGrace\n").reason, DialectReason::OneColumn);
    }

    #[test]
    fn single_quotes_can_be_quotes() {
        assert_eq!(sniff("'a','b'\n'c,d','e'\n'f','g'\n'h','i'\n").value.quote, '\'');
        assert_eq!(sniff("name,note\nO'Hara,it's\nD'Arcy,don't\n").value.quote, '"');
    }
}

//! Tables as text for spreadsheets.

/// How cells are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A file: commas, CRLF between rows, and a mark at the beginning without which Excel takes text for the system's code page.
    Csv,
    /// The clipboard: tabs.
    Tsv,
}

/// The rows as text in UTF-8; cells with separators, quotes or line breaks are quoted.
///
/// # Errors
/// What the writer says; a table in memory gives it no cause.
///
/// # Examples
///
/// ```
/// use loudou::codec::table::{Form, encode};
///
/// let rows = [["a", "b,c"], ["say \"no\"", "two\nlines"]];
/// assert_eq!(encode(Form::Csv, rows)?, "\u{feff}a,\"b,c\"\r\n\"say \"\"no\"\"\",\"two\nlines\"\r\n");
/// assert_eq!(encode(Form::Tsv, [["a", "b,c"]])?, "a\tb,c\n");
/// # Ok::<(), csv::Error>(())
/// ```
pub fn encode<R>(form: Form, rows: R) -> Result<String, csv::Error>
where
    R: IntoIterator,
    R::Item: IntoIterator<Item: AsRef<[u8]>>,
{
    let mut builder = csv::WriterBuilder::new();
    builder.flexible(true);
    let mark = match form {
        Form::Csv => {
            builder.terminator(csv::Terminator::CRLF);
            "\u{feff}"
        }
        Form::Tsv => {
            builder.delimiter(b'\t');
            ""
        }
    };
    let mut writer = builder.from_writer(mark.as_bytes().to_vec());
    for row in rows {
        writer.write_record(row)?;
    }
    let written = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(written).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error).into())
}

/// A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it. So does what begins with
/// apostrophes and then like one, so that [`armed`] takes off no apostrophe of the text's own.
pub fn neutral(text: &str) -> String {
    if is_formula(text.trim_start_matches('\'')) { ["'", text].concat() } else { text.to_owned() }
}

/// The text that [`neutral`] made this of.
///
/// ```
/// use loudou::codec::table::{armed, neutral};
///
/// for text in ["=1+1", "'=1+1", "'tis", "+49 30 1234", "Acme"] {
///     assert_eq!(armed(&neutral(text)), text);
/// }
/// ```
pub fn armed(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(own) if is_formula(own.trim_start_matches('\'')) => own,
        _ => text,
    }
}

/// Whether a spreadsheet takes the text for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::neutral;

    #[test]
    fn formulas_are_disarmed() {
        for cell in ["=1+1", "@SUM(A1)", "+1", "-2+3"] {
            assert_eq!(neutral(cell), format!("'{cell}"));
        }
        assert_eq!(neutral("Acme-Corp"), "Acme-Corp");
    }
}

//! What pages write into their addresses, and kept views with them: a [`Query`] of values, and several codes, texts or a range in one
//! value, where signs part them.

pub mod query;

pub use query::Query;

/// Stands between codes.
const JOINT: &str = ".";
/// Stands between several texts.
const BETWEEN: char = '|';
/// Stands between the ends of a range.
const RANGE: &str = "..";

/// Several ids or codes as one value; `None` for none. For texts that people wrote see [`write_texts`].
pub fn write_list(codes: &[String]) -> Option<String> {
    (!codes.is_empty()).then(|| codes.join(JOINT))
}

/// The codes that [`write_list`] wrote.
pub fn read_list(written: &str) -> Vec<String> {
    written.split(JOINT).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// A text in which `%`, `.` and `|` are written as percent escapes, so that they can part texts.
pub fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('.', "%2E").replace(BETWEEN, "%7C")
}

/// The text that [`escape`] wrote; other percent signs stay.
pub fn unescape(text: &str) -> String {
    text.replace("%7C", "|").replace("%2E", ".").replace("%25", "%")
}

/// Several texts as one; `None` for none. Texts without `|` mostly stand as they are.
pub fn write_texts(texts: &[String]) -> Option<String> {
    // Only what would be read as an escape is escaped, besides what parts the texts.
    let written = |text: &String| {
        let text = text.replace("%25", "%2525").replace("%2E", "%252E").replace("%7C", "%257C");
        text.replace(BETWEEN, "%7C")
    };
    let written: Vec<_> = texts.iter().map(written).collect();
    (!written.is_empty()).then(|| written.join("|"))
}

/// The texts that [`write_texts`] wrote, empty ones left out.
pub fn read_texts(written: &str) -> Vec<String> {
    written.split(BETWEEN).filter(|text| !text.is_empty()).map(unescape).collect()
}

/// A range as one text; either end may be empty. `None` when both are.
pub fn write_range(from: &str, to: &str) -> Option<String> {
    (!from.is_empty() || !to.is_empty()).then(|| [from, RANGE, to].concat())
}

/// The ends that [`write_range`] wrote.
pub fn read_range(written: &str) -> (&str, &str) {
    written.split_once(RANGE).unwrap_or((written, ""))
}

/// Whether a path leads to a file beside the page or in a folder below it, on whatever host that is: no scheme, no host, no step up,
/// nothing that a browser would read as one of these.
///
/// ```
/// use loudou::model::address::is_beside;
///
/// assert!(is_beside("packs/first day.json") && is_beside("培训.json"));
/// for elsewhere in ["https://example.org/a.json", "//example.org/a.json", "/a.json", "../a.json", "a/%2e%2e/../b", "\\\\host\\a", ""] {
///     assert!(!is_beside(elsewhere), "{elsewhere}");
/// }
/// ```
pub fn is_beside(path: &str) -> bool {
    let fine = |step: &str| {
        let plain = step.replace("%2e", ".").replace("%2E", ".");
        !plain.is_empty() && plain != "." && plain != ".."
    };
    !path.contains(|sign: char| sign.is_control() || matches!(sign, ':' | '\\' | '?' | '#'))
        && path.trim() == path
        && path.split('/').all(fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_back() {
        let texts = ["a", "50 %", "v1.2|x", "%2E", "%257C", "%", "%%7C"].map(str::to_owned);
        let written = write_texts(&texts).unwrap();
        assert_eq!(read_texts(&written), texts);
        assert_eq!(write_texts(&["50 %, v1.2".to_owned()]).as_deref(), Some("50 %, v1.2"));
        for text in &texts {
            assert_eq!(unescape(&escape(text)), *text);
            assert!(!escape(text).contains(['.', BETWEEN]));
        }
        assert_eq!(write_texts(&[]), None);
        assert_eq!(read_texts(""), Vec::<String>::new());
    }

    #[test]
    fn ranges_read_back() {
        for range in [("1.5", "20"), ("", "-3"), ("2026-01-01", "")] {
            assert_eq!(read_range(&write_range(range.0, range.1).unwrap()), range);
        }
        assert_eq!(write_range("", ""), None);
    }
}

//! Links out of records: the one place that decides what becomes one.
//!
//! Whatever stands in a record may have been written by somebody else. A text becomes a link only when it leads to a web page, to a
//! mailbox or to a telephone; everything else, `javascript:` above all, stays a text.

use super::address::query::encode;

/// The schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The address of a link to what stands in a text; `None` when it leads nowhere that is allowed.
///
/// ```
/// use loudou::model::link::href;
///
/// assert_eq!(href(" https://example.org/a?b=c "), Some("https://example.org/a?b=c".to_owned()));
/// assert_eq!(href("MAILTO:a@example.org"), Some("MAILTO:a@example.org".to_owned()));
/// for text in ["javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//example.org", "a.html", "https:", ""] {
///     assert_eq!(href(text), None, "{text}");
/// }
/// ```
pub fn href(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once(':')?;
    let scheme = SCHEMES.into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    let rest_is_there = match scheme {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with('/')),
        _ => !rest.is_empty(),
    };
    (rest_is_there && !text.contains(is_hidden)).then(|| text.to_owned())
}

/// The link that writes to a mailbox; `None` for a text without the form of an address. What stands in it adds nobody else and no
/// words.
///
/// ```
/// use loudou::model::link::mail;
///
/// assert_eq!(mail("li.wei+sales@example.com"), Some("mailto:li.wei%2Bsales@example.com".to_owned()));
/// assert_eq!(mail("a@example.com?bcc=b"), Some("mailto:a@example.com%3Fbcc%3Db".to_owned()));
/// assert_eq!(mail("tomorrow"), None);
/// ```
pub fn mail(address: &str) -> Option<String> {
    let address = address.trim();
    let (local, host) = address.split_once('@')?;
    is_mail(address).then(|| href(&["mailto:", &encode(local), "@", &encode(host)].concat())).flatten()
}

/// The link that dials a number; `None` for a text without digits.
///
/// ```
/// use loudou::model::link::dial;
///
/// assert_eq!(dial("+86 (10) 6552-9988"), Some("tel:+861065529988".to_owned()));
/// assert_eq!(dial("ask Li"), None);
/// ```
pub fn dial(phone: &str) -> Option<String> {
    let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    number.contains(|c: char| c.is_ascii_digit()).then(|| href(&["tel:", &number].concat())).flatten()
}

/// Whether a text has the form of an e-mail address: something, an @, and a host with a dot inside.
pub fn is_mail(text: &str) -> bool {
    let text = text.trim();
    let Some((local, host)) = text.split_once('@') else { return false };
    let plain = !text.contains(char::is_whitespace) && !host.contains('@');
    plain && !local.is_empty() && host.split_once('.').is_some_and(|(name, end)| !name.is_empty() && !end.is_empty())
}

/// Whether a sign cannot be seen, or turns round what can: browsers skip some of them, and readers are led astray by others.
fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || sign.is_whitespace()
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_nobody_sees_make_no_link() {
        for text in ["https://a.example/\u{202e}gpj.exe", "tel:1\u{0}2", "https://a b.example", "\u{feff}tel:1"] {
            assert_eq!(href(text), None, "{text:?}");
        }
        assert_eq!(href("http:///a"), None);
        assert_eq!(href("vbscript:x"), None);
        assert_eq!(href(" javascript://example.org/%0aalert(1)"), None);
    }
}

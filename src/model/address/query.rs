//! The query of a page's address.

/// The query part of an address: keys and values in the order in which they were first written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `a=1&b=2`; `+` and percent escapes are decoded, the last of equal keys wins, empty keys are left out.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for pair in text.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !key.is_empty() {
                query.set(&decode(key), Some(&decode(value)));
            }
        }
        query
    }

    /// The text for an address, escaped, without `?`.
    pub fn format(&self) -> String {
        let pairs: Vec<String> = self.0.iter().map(|(key, value)| [encode(key), encode(value)].join("=")).collect();
        pairs.join("&")
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Writes a value in place of the old one; `None` removes the key.
    pub fn set(&mut self, key: &str, value: Option<&str>) {
        let place = self.0.iter().position(|(known, _)| known == key);
        match (place.and_then(|index| self.0.get_mut(index)), value) {
            (Some(pair), Some(value)) => value.clone_into(&mut pair.1),
            (None, Some(value)) => self.0.push((key.to_owned(), value.to_owned())),
            (_, None) => self.0.retain(|(known, _)| known != key),
        }
    }

    /// Gives the value of a key another one, in its place; what stood under that one goes.
    pub fn rename(&mut self, key: &str, to: &str) {
        if self.get(key).is_some() && key != to {
            self.set(to, None);
            self.0.iter_mut().filter(|(known, _)| known == key).for_each(|(known, _)| to.clone_into(known));
        }
    }

    /// The same query with one more value, for links.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.set(key, Some(value));
        self
    }

    /// The pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether there is no pair at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A text with percent escapes for all but letters and digits of ASCII and `-_.!~*'()`, as browsers write parts of addresses.
pub fn encode(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push('%');
            for half in [byte >> 4, byte & 15] {
                written.extend(char::from_digit(half.into(), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
    written
}

/// The text that [`encode`] wrote; `+` is a space. Malformed escapes stay as they are written, with all others of the text.
pub fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    unescaped(&spaced).unwrap_or(spaced)
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_browsers() {
        assert_eq!(encode("a-b_c.d!e~f*g'h(i)"), "a-b_c.d!e~f*g'h(i)");
        assert_eq!(encode("50 % of 漏斗:a+b"), "50%20%25%20of%20%E6%BC%8F%E6%96%97%3Aa%2Bb");
        assert_eq!(decode("%E6%bc%8F+%2B"), "漏 +");
        for malformed in ["%", "%2", "%zz", "%E6%BC", "50%25%"] {
            assert_eq!(decode(malformed), malformed);
        }
    }

    #[test]
    fn queries_read_back() {
        let text = "owner=x&custom%3A%E5%AD%97=a%20b&=1&owner=y";
        let mut query = Query::parse(text);
        assert_eq!(query.format(), "owner=y&custom%3A%E5%AD%97=a%20b");
        assert_eq!(Query::parse(&query.format()), query);
        query.rename("owner", "custom:字");
        assert_eq!(query.format(), "custom%3A%E5%AD%97=y");
        query.rename("none", "other");
        assert_eq!(query.iter().collect::<Vec<_>>(), [("custom:字", "y")]);
    }
}

//! Several values in one value of an address.

/// Stands between ids and codes, as on the analysing pages.
const BETWEEN: &str = ".";

/// Several ids or codes as one value; `None` for none. For texts that people wrote see [`crate::codec::address`].
pub fn write_list(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join(BETWEEN))
}

/// The values that [`write_list`] wrote.
pub fn read_list(text: &str) -> Vec<String> {
    text.split(BETWEEN).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

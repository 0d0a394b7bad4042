//! Several values in one value of an address.

/// Stands between ids and codes, as on the analysing pages.
pub const BETWEEN: &str = ".";
/// Stands between texts that people wrote: sources, territories, tags.
pub const BETWEEN_TEXTS: &str = "|";

/// Several values as one; `None` for none.
pub fn write_list(values: &[String], between: &str) -> Option<String> {
    (!values.is_empty()).then(|| values.join(between))
}

/// The values that [`write_list`] wrote.
pub fn read_list(text: &str, between: &str) -> Vec<String> {
    text.split(between).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

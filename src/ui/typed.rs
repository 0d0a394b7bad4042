//! Amounts as people type them, and texts as searches see them.

pub use crate::metrics::sought::folded;
use crate::model::{InvalidMoney, Money};

/// An amount as people write it; separators between thousands are allowed and nothing means unknown.
///
/// # Errors
/// The text is no amount of a currency with this many `digits`.
pub fn amount(text: &str, digits: u32) -> Result<Option<Money>, InvalidMoney> {
    let separates = |c: &char| matches!(c, ',' | ' ' | '\u{a0}' | '\'');
    let plain: String = folded(text).chars().filter(|c| !separates(c)).collect();
    if plain.is_empty() { Ok(None) } else { Money::from_decimal(&plain, digits).map(Some) }
}

/// An amount as it stands in a field before it is changed: plain, whole amounts without decimals.
pub fn amount_text(amount: Money, digits: u32) -> String {
    let text = amount.to_decimal(digits);
    match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        _ => text,
    }
}

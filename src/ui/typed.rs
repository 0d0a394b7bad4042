//! Amounts and percentages as people type them, and texts as searches see them.

pub use crate::search::folded;

use crate::model::{InvalidMoney, Money, Share};

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

/// A text that is no percentage from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a percentage from 0 to 100")]
pub struct NotAPercentage;

/// A percentage as people write it, with its sign or without; nothing means none.
///
/// # Errors
/// The text is no percentage from 0 to 100.
pub fn percent(text: &str) -> Result<Option<Share>, NotAPercentage> {
    let folded = folded(text);
    let plain = folded.trim_end_matches('%').trim_end();
    if plain.is_empty() {
        return Ok(None);
    }
    let percent = plain.parse::<f64>().ok().filter(|percent| (0.0..=100.0).contains(percent)).ok_or(NotAPercentage)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100 times 100")]
    Ok(Share::from_basis_points((percent * 100.0).round() as u16))
}

/// A percentage as it stands in a field before it is changed, without its sign.
pub fn percent_text(share: Share) -> String {
    let points = share.basis_points();
    if points.is_multiple_of(100) { (points / 100).to_string() } else { (f64::from(points) / 100.0).to_string() }
}

/// The signs that part texts in a list: commas, Chinese or not.
pub const BETWEEN: [char; 5] = [',', '\u{ff0c}', '\u{3001}', ';', '\u{ff1b}'];

/// The parts of a text divided by commas, Chinese or not.
pub fn list(text: &str) -> Vec<String> {
    text.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

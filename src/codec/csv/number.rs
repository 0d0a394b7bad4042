//! Numbers as people and products write them.

use serde::{Deserialize, Serialize};

/// The sign between the whole and the fraction of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecimalMark {
    /// `1,054.50`
    Point,
    /// `1.054,50`
    Comma,
}

/// A decimal number, exactly: `digits × 10^−scale`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decimal {
    /// All digits with the sign, as one whole number.
    pub digits: i64,
    /// How many of the digits are the fraction.
    pub scale: u8,
    /// Whether a percent sign stood with it; the digits are as written, 25 for `25 %`.
    pub percent: bool,
    /// The currency as written, sign or code, upper case: `$`, `EUR`, `元`.
    pub currency: Option<String>,
}

impl Decimal {
    /// The number in units of 10^−`places`, rounded half away from zero; `None` when it does not fit.
    ///
    /// # Examples
    ///
    /// ```
    /// use loudou::codec::csv::{DecimalMark, parse_number};
    ///
    /// let price = parse_number("$1,054.505", DecimalMark::Point).unwrap();
    /// assert_eq!(price.units(2), Some(105_451));
    /// assert_eq!(price.units(0), Some(1055));
    /// ```
    pub fn units(&self, places: u8) -> Option<i64> {
        if places >= self.scale {
            return self.digits.checked_mul(10i64.checked_pow(u32::from(places - self.scale))?);
        }
        let Some(divisor) = 10i64.checked_pow(u32::from(self.scale - places)) else { return Some(0) };
        let (whole, rest) = (self.digits / divisor, self.digits % divisor);
        Some(if rest.unsigned_abs() >= divisor.unsigned_abs().div_ceil(2) {
            whole + self.digits.signum()
        } else {
            whole
        })
    }

    /// The number as a fraction, 0.25 for `25 %`: for measures such as a probability, never for money.
    #[allow(clippy::cast_precision_loss, reason = "a measure needs no more than 15 digits")]
    pub fn measure(&self) -> f64 {
        let value = self.digits as f64 / 10f64.powi(i32::from(self.scale));
        if self.percent { value / 100.0 } else { value }
    }
}

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum NumberError {
    /// There is no digit, or something that belongs to no number.
    #[error("not a number")]
    NotANumber,
    /// Separators stand where this decimal mark does not allow them, as in `1.05,4` or `12,34.5`.
    #[error("separators out of place")]
    Separators,
    /// More digits than an amount or a count has; most likely an identifier.
    #[error("too many digits")]
    TooLarge,
}

/// Signs and codes of currencies that may stand before or after a number, longest first where one begins another.
const CURRENCIES: &[&str] = &[
    "人民币",
    "RMB",
    "CNY",
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CHF",
    "HKD",
    "TWD",
    "KRW",
    "INR",
    "RUB",
    "BRL",
    "MXN",
    "AUD",
    "CAD",
    "SGD",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "TRY",
    "ZAR",
    "AED",
    "THB",
    "VND",
    "MYR",
    "IDR",
    "PHP",
    "NZD",
    "US$",
    "HK$",
    "NT$",
    "R$",
    "A$",
    "C$",
    "S$",
    "CN¥",
    "KČ",
    "ZŁ",
    "KR",
    "FR.",
    "РУБ.",
    "РУБ",
    "$",
    "€",
    "£",
    "¥",
    "￥",
    "₩",
    "₹",
    "₽",
    "₺",
    "฿",
    "₫",
    "₴",
    "₪",
    "元",
    "圆",
];

/// The number a cell holds.
///
/// Takes thousands separators (`,` `.` `'` `’`, spaces of all widths), a currency sign or code on either side, 万 and 亿, a
/// leading or trailing sign, negatives in parentheses, a percent sign and full-width digits. At most 15 digits are a number: longer
/// runs are identifiers, and reading them as numbers would lose digits elsewhere.
///
/// # Errors
///
/// See [`NumberError`].
///
/// # Examples
///
/// ```
/// use loudou::codec::csv::{DecimalMark, parse_number};
///
/// let comma = |text| parse_number(text, DecimalMark::Comma).unwrap().units(2);
/// assert_eq!(comma("1.054,00 €"), Some(105_400));
/// assert_eq!(parse_number("¥3.5万", DecimalMark::Point).unwrap().units(0), Some(35_000));
/// assert_eq!(parse_number("(1 200)", DecimalMark::Point).unwrap().units(0), Some(-1200));
/// ```
pub fn parse_number(text: &str, mark: DecimalMark) -> Result<Decimal, NumberError> {
    let parts = scan(text)?;
    let (digits, scale) = join(&parts.core, mark)?;
    let digits = parts.zeros.iter().try_fold(digits, |all, _| all.checked_mul(10));
    let digits = digits.ok_or(NumberError::TooLarge)?;
    let currency = parts.currency.map(str::to_uppercase);
    Ok(Decimal { digits: if parts.negative { -digits } else { digits }, scale, percent: parts.percent, currency })
}

/// What a number's separators say about its decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkEvidence {
    /// No separator that could be one.
    Either,
    /// Only this reading is possible.
    Only(DecimalMark),
    /// Both are possible with different values, as `1.054`; a fraction of exactly three digits is rare, so this one is likelier.
    Likely(DecimalMark),
}

/// The evidence of one cell, or `None` when it is no number under either mark.
pub(super) fn mark_evidence(text: &str) -> Option<MarkEvidence> {
    let parts = scan(text).ok()?;
    match (join(&parts.core, DecimalMark::Point), join(&parts.core, DecimalMark::Comma)) {
        (Ok(point), Ok(comma)) if point == comma => Some(MarkEvidence::Either),
        (Ok((_, 0)), Ok(_)) => Some(MarkEvidence::Likely(DecimalMark::Point)),
        (Ok(_), Ok(_)) => Some(MarkEvidence::Likely(DecimalMark::Comma)),
        (Ok(_), Err(_)) => Some(MarkEvidence::Only(DecimalMark::Point)),
        (Err(_), Ok(_)) => Some(MarkEvidence::Only(DecimalMark::Comma)),
        (Err(_), Err(_)) => None,
    }
}

/// Whether a text is digits that must not become a number: more than 15 of them, or a leading zero as in `007`.
pub(super) fn is_identifier(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && (text.len() > 15 || (text.len() > 1 && text.starts_with('0')))
}

struct Parts<'a> {
    core: String,
    /// One entry per zero that 万 or 亿 appends.
    zeros: &'static [u8],
    negative: bool,
    percent: bool,
    currency: Option<&'a str>,
}

/// Strips everything that surrounds the digits and separators.
fn scan(text: &str) -> Result<Parts<'_>, NumberError> {
    let mut rest = text.trim();
    // Most cells of a table are words: leave before any work.
    if !rest.chars().any(|sign| sign.is_ascii_digit() || ('０'..='９').contains(&sign)) {
        return Err(NumberError::NotANumber);
    }
    let (mut negative, mut percent, mut zeros, mut currency): (_, _, &'static [u8], _) = (false, false, &[], None);
    // Nothing stands around most numbers: looking for currencies would take most of the time that a large file takes.
    if rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b' ')) {
        return Ok(Parts { core: rest.to_owned(), zeros, negative, percent, currency });
    }
    if let Some(inner) = rest.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）'])) {
        (rest, negative) = (inner.trim(), true);
    }
    loop {
        let before = rest.len();
        if let Some(inner) = rest.strip_prefix(['-', '−', '－']).or_else(|| rest.strip_suffix(['-', '−'])) {
            if negative {
                return Err(NumberError::NotANumber);
            }
            (rest, negative) = (inner.trim(), true);
        } else if let Some(inner) = rest.strip_prefix(['+', '＋']) {
            rest = inner.trim();
        } else if let Some(inner) = rest.strip_suffix(['%', '％']) {
            (rest, percent) = (inner.trim(), true);
        } else if let Some((inner, sign)) =
            (currency.is_none() && !is_bare(rest)).then(|| strip_currency(rest)).flatten()
        {
            (rest, currency) = (inner.trim(), Some(sign));
        } else if let Some(inner) = rest.strip_suffix(['元', '圆']) {
            // ¥3.5万元 names its currency twice.
            rest = inner.trim();
        } else if let Some(inner) = rest.strip_suffix(['万', '萬']).filter(|_| zeros.is_empty()) {
            (rest, zeros) = (inner.trim(), &[0; 4]);
        } else if let Some(inner) = rest.strip_suffix(['亿', '億']).filter(|_| zeros.is_empty()) {
            (rest, zeros) = (inner.trim(), &[0; 8]);
        }
        if rest.len() == before {
            break;
        }
    }
    let core: String = rest
        .chars()
        .map(|sign| match sign {
            '０'..='９' => char::from_u32(u32::from(sign) - 0xff10 + 0x30).unwrap_or(sign),
            '，' => ',',
            '．' => '.',
            '’' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' => ' ',
            other => other,
        })
        .collect();
    let legal = core.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ',' | '.' | ' '));
    if legal { Ok(Parts { core, zeros, negative, percent, currency }) } else { Err(NumberError::NotANumber) }
}

/// Whether nothing can stand around the digits, as in a date: no currency begins or ends with a digit.
fn is_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    [bytes.first(), bytes.last()].into_iter().all(|byte| byte.is_some_and(u8::is_ascii_digit))
}

fn strip_currency(text: &str) -> Option<(&str, &str)> {
    let digit = |text: &str| text.starts_with(|sign: char| sign.is_numeric() || "-−+.,(".contains(sign));
    CURRENCIES.iter().find_map(|sign| {
        let head = text.split_at_checked(sign.len());
        if let Some((head, inner)) = head.filter(|(head, inner)| same(head, sign) && digit(inner.trim_start())) {
            return Some((inner, head));
        }
        let cut = text.len().checked_sub(sign.len())?;
        let tail = text.get(cut..).filter(|tail| same(tail, sign))?;
        Some((text.get(..cut)?, tail))
    })
}

fn same(text: &str, sign: &str) -> bool {
    text == sign || text.to_uppercase() == sign
}

/// Digits and scale of a core such as `1.054,00` under `mark`.
fn join(core: &str, mark: DecimalMark) -> Result<(i64, u8), NumberError> {
    let (point, other) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = core.split_once(point).unwrap_or((core, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::Separators);
    }
    // One kind of group separator, groups of three (or of two above the thousands, as in India), the first one shorter.
    let separator = if whole.contains(other) { other } else { ' ' };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = rest.is_empty()
        || (matches!(first.len(), 1..=3)
            && rest.last().is_some_and(|last| last.len() == 3)
            && (rest.iter().all(|group| group.len() == 3)
                || (first.len() < 3 && rest.iter().rev().skip(1).all(|g| g.len() == 2))));
    if !grouped || !digits(first) || !rest.iter().all(|group| digits(group)) {
        return Err(NumberError::Separators);
    }
    let fraction = fraction.trim_end_matches('0');
    let count = whole.len() - rest.len() + fraction.len();
    if count == 0 {
        // A lone fraction of zeros, as in `.00`, is zero; a lone separator is nothing.
        return if core.contains('0') { Ok((0, 0)) } else { Err(NumberError::NotANumber) };
    }
    let significant = whole.trim_start_matches(['0', separator]).len();
    if significant + fraction.len() > 18 || (fraction.is_empty() && significant - rest.len().min(significant) > 15) {
        return Err(NumberError::TooLarge);
    }
    let all = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
    let value = all.fold(0i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    let scale = u8::try_from(fraction.len()).map_err(|_error| NumberError::TooLarge)?;
    Ok((value, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(text: &str, mark: DecimalMark) -> Result<Option<i64>, NumberError> {
        parse_number(text, mark).map(|number| number.units(2))
    }

    #[test]
    fn separators_signs_and_currencies() {
        for (text, expected) in [
            ("1054", 105_400),
            ("1,054.00", 105_400),
            ("$1,054.00", 105_400),
            ("-$1,054.5", -105_450),
            ("$-1,054.5", -105_450),
            ("(1,054.50)", -105_450),
            ("1 054.50", 105_450),
            ("1'054.50", 105_450),
            ("1\u{a0}054", 105_400),
            ("USD 1,054", 105_400),
            ("1,054 usd", 105_400),
            ("¥120", 12_000),
            ("120元", 12_000),
            ("3.5万", 3_500_000),
            ("¥3.5万元", 3_500_000),
            ("1.2亿", 12_000_000_000),
            ("１，２００", 120_000),
            ("12,34,567", 123_456_700),
            (".5", 50),
            ("0", 0),
            ("0.00", 0),
            ("35188 ", 3_518_800),
        ] {
            assert_eq!(cents(text, DecimalMark::Point), Ok(Some(expected)), "{text}");
        }
        assert_eq!(cents("1.054,00", DecimalMark::Comma), Ok(Some(105_400)));
        assert_eq!(cents("1.054.000", DecimalMark::Comma), Ok(Some(105_400_000)));
        assert_eq!(cents("50,5", DecimalMark::Comma), Ok(Some(5050)));
    }

    #[test]
    fn percent_is_kept_apart() {
        let rate = parse_number("9.98%", DecimalMark::Point).unwrap();
        assert!(rate.percent && (rate.measure() - 0.0998).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_number_says_why() {
        for text in ["", "-", "abc", "GTX 500", "1-2", "2017-03-01", "12:30", "1e5", "EUR", "--5", "5 apples"] {
            assert!(parse_number(text, DecimalMark::Point).is_err(), "{text}");
        }
        assert_eq!(cents("1.054,00", DecimalMark::Point), Err(NumberError::Separators));
        assert_eq!(cents("12,34", DecimalMark::Point), Err(NumberError::Separators));
        assert_eq!(cents("4876876000000111222", DecimalMark::Point), Err(NumberError::TooLarge));
        assert_eq!(cents("999999999999999亿", DecimalMark::Point), Err(NumberError::TooLarge));
    }

    #[test]
    fn separators_are_evidence() {
        assert_eq!(mark_evidence("1054"), Some(MarkEvidence::Either));
        assert_eq!(mark_evidence("1.054,00"), Some(MarkEvidence::Only(DecimalMark::Comma)));
        assert_eq!(mark_evidence("12.5"), Some(MarkEvidence::Only(DecimalMark::Point)));
        assert_eq!(mark_evidence("1.054"), Some(MarkEvidence::Likely(DecimalMark::Comma)));
        assert_eq!(mark_evidence("1,054"), Some(MarkEvidence::Likely(DecimalMark::Point)));
        assert_eq!(mark_evidence("Won"), None);
    }

    #[test]
    fn identifiers_are_no_numbers() {
        assert!(is_identifier("4876876000000111222") && is_identifier("007"));
        assert!(!is_identifier("1054") && !is_identifier("0") && !is_identifier("zcrm_1"));
    }
}

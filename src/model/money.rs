//! Money in minor units of one currency per workspace.

use std::{fmt, str::FromStr};

/// An amount in minor units (cents, fen) of the workspace's currency, within ±(2⁵¹ − 1).
///
/// The bound keeps sums of thousands of amounts inside `i64` and every amount exact as an `f64`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// The largest amount, 2⁵¹ − 1 minor units.
    pub const MAX: Self = Self((1 << 51) - 1);
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The amount of this many minor units; `None` beyond ±(2⁵¹ − 1).
    pub const fn from_minor(minor: i64) -> Option<Self> {
        if minor.unsigned_abs() <= Self::MAX.0.unsigned_abs() { Some(Self(minor)) } else { None }
    }

    /// The number of minor units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// This amount `units` times; `None` beyond the bound.
    pub fn times(self, units: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(units)).and_then(Self::from_minor)
    }

    /// The sum; `None` beyond the bound.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).and_then(Self::from_minor)
    }

    /// The amount as a decimal text with `digits` places after the point, as documents carry it.
    ///
    /// ```
    /// use loudou::model::Money;
    /// let amount = Money::from_minor(-105_400).unwrap();
    /// assert_eq!(amount.to_decimal(2), "-1054.00");
    /// assert_eq!(amount.to_decimal(0), "-105400");
    /// ```
    pub fn to_decimal(self, digits: u32) -> String {
        let unit = 10_u64.saturating_pow(digits);
        let (whole, part) = (self.0.unsigned_abs() / unit, self.0.unsigned_abs() % unit);
        let sign = if self.0 < 0 { "-" } else { "" };
        if digits == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part:0>width$}", width = digits as usize)
        }
    }

    /// Reads a decimal text such as `1054`, `-1054.5` or `1054.00`; at most `digits` places after the point.
    ///
    /// # Errors
    /// [`InvalidMoney`] when the text is no such number, has more places than the currency or is out of bounds.
    pub fn from_decimal(text: &str, digits: u32) -> Result<Self, InvalidMoney> {
        let (negative, body) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = body.split_once('.').unwrap_or((body, ""));
        let digits = digits as usize;
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || !plain(whole)
            || !plain(part)
            || part.len() > digits
            || (body.contains('.') && part.is_empty())
        {
            return Err(InvalidMoney);
        }
        let minor = format!("{whole}{part:0<digits$}").parse::<i64>().or(Err(InvalidMoney))?;
        Self::from_minor(if negative { -minor } else { minor }).ok_or(InvalidMoney)
    }
}

/// A text that is no amount of the currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of money")]
pub struct InvalidMoney;

/// An ISO 4217 currency code, such as `CNY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The renminbi.
    pub const CNY: Self = Self(*b"CNY");
    /// The US dollar.
    pub const USD: Self = Self(*b"USD");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits after the decimal point: 2 but for the currencies that ISO 4217 lists with 0, 3 or 4.
    pub fn digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text that is no currency code of three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code of three capital letters")]
pub struct InvalidCurrency;

impl FromStr for Currency {
    type Err = InvalidCurrency;

    fn from_str(text: &str) -> Result<Self, InvalidCurrency> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(InvalidCurrency),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_read_back() {
        for (minor, digits, text) in [(0, 2, "0.00"), (5, 2, "0.05"), (-5, 3, "-0.005"), (123_456, 0, "123456")] {
            let money = Money::from_minor(minor).unwrap();
            assert_eq!(money.to_decimal(digits), text);
            assert_eq!(Money::from_decimal(text, digits), Ok(money));
        }
        assert_eq!(Money::from_decimal("1054", 2), Ok(Money(105_400)));
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in
            ["", "-", ".", "1.", ".5", "1.234", "1e3", "+1", " 1", "NaN", "99999999999999999999", "22517998136852.48"]
        {
            assert_eq!(Money::from_decimal(text, 2), Err(InvalidMoney), "{text}");
        }
    }

    #[test]
    fn stays_within_the_bound() {
        assert_eq!(Money::MAX.plus(Money(1)), None);
        assert_eq!(Money::MAX.times(2), None);
        assert_eq!(Money::from_minor(i64::MIN), None);
    }

    #[test]
    fn currencies_know_their_digits() {
        assert_eq!(["CNY", "JPY", "KWD"].map(|c| c.parse::<Currency>().unwrap().digits()), [2, 0, 3]);
        assert!("cny".parse::<Currency>().is_err());
        assert!("€€".parse::<Currency>().is_err());
    }
}

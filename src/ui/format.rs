//! Numbers, money and dates as text, through the browser's `Intl`, in the language of the interface.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::{
    model::Timestamp,
    ui::settings::{Language, Settings},
};

/// What stands for an unknown value.
pub const UNKNOWN: &str = "—";

/// As many decimals as every browser shows.
const MOST_DIGITS: usize = 20;

/// Which formatter; each is made once per language and kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Money { currency: String, digits: u32, compact: bool },
    Number { digits: u32, compact: bool },
    Decimal { digits: u32 },
    Percent { digits: u32 },
    Days,
    Date,
    Month,
    ShortMonth,
    Moment,
}

/// Turns values into text. Every method reads the language, so a view that calls it follows a change.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    language: RwSignal<Language>,
    made: StoredValue<BTreeMap<(Language, Kind), Function>, LocalStorage>,
}

impl Format {
    /// Makes the formats of the settings' language and provides them as context.
    pub fn provide(settings: Settings) -> Self {
        let format = Self { language: settings.language, made: StoredValue::new_local(BTreeMap::new()) };
        provide_context(format);
        format
    }

    /// An amount in minor units with its currency: `¥31,200.00`; compact: `¥3.12万`, `$31.2K`.
    ///
    /// `digits` is how many digits the currency's minor unit has; whole amounts show none.
    /// A `currency` that is not three letters gives the plain number. `None` gives `—`.
    pub fn money(self, minor: impl Into<Option<i64>>, currency: &str, digits: u32, compact: bool) -> String {
        let Some(minor) = minor.into() else { return UNKNOWN.to_owned() };
        // Amounts are bounded by 2^51 minor units, so the division is exact to the minor unit.
        #[allow(clippy::cast_precision_loss, reason = "amounts are bounded by 2^51")]
        let major = minor as f64 / 10_f64.powi(digits.cast_signed());
        let shown = if major.fract() == 0.0 { 0 } else { digits };
        let kind = if currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            Kind::Money { currency: currency.to_owned(), digits: shown, compact }
        } else {
            Kind::Number { digits: shown, compact }
        };
        self.show(kind, &major.into())
    }

    /// A count with separators: `8,800`. `None` gives `—`.
    pub fn count(self, count: impl Into<Option<usize>>) -> String {
        #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        count.into().map_or_else(
            || UNKNOWN.to_owned(),
            |count| self.show(Kind::Number { digits: 0, compact: false }, &(count as f64).into()),
        )
    }

    /// A number with at most `digits` decimals. `None` and what is not finite give `—`.
    pub fn number(self, number: impl Into<Option<f64>>, digits: u32) -> String {
        self.finite(Kind::Number { digits, compact: false }, number.into())
    }

    /// A decimal number as it is kept, `-12000.50`, with every digit and with separators: `-12,000.50`.
    pub fn decimal(self, text: &str) -> String {
        let digits = text.split_once('.').map_or(0, |(_, part)| part.len().min(MOST_DIGITS));
        // Browsers read a text digit by digit; older ones as the nearest number they know.
        self.show(Kind::Decimal { digits: u32::try_from(digits).unwrap_or_default() }, &text.into())
    }

    /// A share as a percentage: `0.41` is `41%`. `None` and what is not finite give `—`.
    pub fn percent(self, share: impl Into<Option<f64>>, digits: u32) -> String {
        self.finite(Kind::Percent { digits }, share.into())
    }

    /// A length in days with its unit: `118 days`, `118天`. `None` and what is not finite give `—`.
    pub fn days(self, days: impl Into<Option<f64>>) -> String {
        self.finite(Kind::Days, days.into())
    }

    /// A calendar date: `Sep 30, 2026`, `2026年9月30日`. `None` gives `—`.
    pub fn date(self, date: impl Into<Option<NaiveDate>>) -> String {
        self.day(Kind::Date, date.into())
    }

    /// The month of a date with its year: `Sep 2026`, `2026年9月`. `None` gives `—`.
    pub fn month(self, date: impl Into<Option<NaiveDate>>) -> String {
        self.day(Kind::Month, date.into())
    }

    /// The month of a date alone, for axes: `Sep`, `9月`. `None` gives `—`.
    pub fn short_month(self, date: impl Into<Option<NaiveDate>>) -> String {
        self.day(Kind::ShortMonth, date.into())
    }

    /// A moment by the clock of this computer: `Sep 30, 2026, 2:05 PM`, `2026年9月30日 14:05`. `None` gives `—`.
    pub fn moment(self, moment: impl Into<Option<Timestamp>>) -> String {
        let Some(moment) = moment.into() else { return UNKNOWN.to_owned() };
        #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 are below 2^53")]
        let milliseconds = moment.timestamp_millis() as f64;
        self.show(Kind::Moment, &Date::new(&milliseconds.into()))
    }

    fn finite(self, kind: Kind, number: Option<f64>) -> String {
        match number {
            Some(number) if number.is_finite() => self.show(kind, &number.into()),
            _ => UNKNOWN.to_owned(),
        }
    }

    fn day(self, kind: Kind, date: Option<NaiveDate>) -> String {
        let Some(date) = date else { return UNKNOWN.to_owned() };
        let noon = Date::new(&JsValue::from(0.0));
        noon.set_utc_full_year_with_month_date(
            date.year().cast_unsigned(),
            date.month0().cast_signed(),
            date.day().cast_signed(),
        );
        self.show(kind, &noon)
    }

    fn show(self, kind: Kind, value: &JsValue) -> String {
        let key = (self.language.get(), kind);
        if let Some(made) = self.made.with_value(|made| made.get(&key).cloned()) {
            return call(&made, value);
        }
        let made = make(key.0, &key.1);
        let text = call(&made, value);
        self.made.update_value(|known| {
            known.insert(key, made);
        });
        text
    }
}

/// The formats of the page; the page provides them at its root.
pub fn use_format() -> Format {
    expect_context()
}

/// A bound `format` function of `Intl` does not throw for numbers and valid dates.
fn call(format: &Function, value: &JsValue) -> String {
    format.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn make(language: Language, kind: &Kind) -> Function {
    let locales = Array::of1(&language.tag().into());
    let options = Object::new();
    let set = |name: &str, value: JsValue| {
        // Setting a property of a fresh object cannot fail.
        Reflect::set(&options, &name.into(), &value).ok();
    };
    let digits = |digits: u32, compact: bool| {
        if compact {
            set("notation", "compact".into());
            set("maximumSignificantDigits", 3.into());
            set("maximumFractionDigits", 0.into());
            set("roundingPriority", "morePrecision".into());
        } else {
            set("maximumFractionDigits", digits.into());
        }
    };
    match kind {
        Kind::Money { currency, digits: shown, compact } => {
            set("style", "currency".into());
            set("currency", currency.as_str().into());
            set("currencyDisplay", "narrowSymbol".into());
            if !compact {
                set("minimumFractionDigits", (*shown).into());
            }
            digits(*shown, *compact);
        }
        Kind::Number { digits: shown, compact } => digits(*shown, *compact),
        Kind::Decimal { digits: shown } => {
            set("minimumFractionDigits", (*shown).into());
            digits(*shown, false);
        }
        Kind::Percent { digits: shown } => {
            set("style", "percent".into());
            digits(*shown, false);
        }
        Kind::Days => {
            set("style", "unit".into());
            set("unit", "day".into());
            set("unitDisplay", "long".into());
            digits(1, false);
        }
        Kind::Date => set("dateStyle", "medium".into()),
        Kind::Month => {
            set("year", "numeric".into());
            set("month", "short".into());
        }
        Kind::ShortMonth => set("month", "short".into()),
        Kind::Moment => {
            set("dateStyle", "medium".into());
            set("timeStyle", "short".into());
            return Intl::DateTimeFormat::new(&locales, &options).format();
        }
    }
    if matches!(kind, Kind::Date | Kind::Month | Kind::ShortMonth) {
        set("timeZone", "UTC".into());
        Intl::DateTimeFormat::new(&locales, &options).format()
    } else {
        Intl::NumberFormat::new(&locales, &options).format()
    }
}

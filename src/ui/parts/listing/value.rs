//! What stands in a cell, and the forms it takes.

use crate::{
    codec::table::neutral,
    model::{CustomKind, Date, Level, Money, Share, Workspace},
    ui::{
        format::{Format, UNKNOWN},
        wording::{self, I18n},
    },
};

/// A cell's value, from which its text, its plain form for other programs and its place in the order come. Where very many are put in
/// order, their texts are lent.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<T = String> {
    /// Nobody knows.
    Unknown,
    /// Words, in the order of the language.
    Text(T),
    /// A word with a place of its own in the order.
    Ranked(usize, T),
    /// A decimal with its place in the order.
    Decimal(i64, T),
    /// A text that does not fit the field it stands in: it has no place in its order.
    Misfit(T),
    /// Minor units.
    Money(i64),
    /// A share of the whole.
    Share(Share),
    /// A day.
    Day(Date),
    /// A whole number: days, deals.
    Number(i64),
}

impl<'a, T: From<&'a str>> Value<T> {
    /// A text; a blank one is unknown.
    pub fn text(text: &'a str) -> Self {
        if text.trim_start().is_empty() { Self::Unknown } else { Self::Text(text.into()) }
    }

    /// What stands in a field of the user's own.
    pub fn own(kind: &CustomKind, text: &'a str) -> Self {
        match (kind, kind.place(text)) {
            (CustomKind::Text {}, _) => Self::text(text),
            (CustomKind::Number {}, Some(place)) => Self::Decimal(place, text.into()),
            (CustomKind::Date {}, Some(_)) => Self::day(text.parse().ok()),
            (CustomKind::Choice { .. }, Some(place)) => {
                Self::Ranked(usize::try_from(place).unwrap_or_default(), text.into())
            }
            (_, None) => Self::Misfit(text.into()),
        }
    }

    /// A level, the highest first.
    pub fn level(i18n: I18n, level: Option<Level>) -> Self {
        let Some(level) = level else { return Self::Unknown };
        let rank = match level {
            Level::High => 0,
            Level::Medium => 1,
            Level::Low => 2,
        };
        Self::Ranked(rank, wording::level(i18n, level).into())
    }
}

impl<T: From<String>> Value<T> {
    /// A text that was made for the cell; a blank one is unknown.
    pub fn made(text: String) -> Self {
        if text.trim_start().is_empty() { Self::Unknown } else { Self::Text(text.into()) }
    }
}

impl<T> Value<T> {
    /// A day, if it is known.
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Unknown, Self::Day)
    }
}

impl<T: AsRef<str>> Value<T> {
    /// The text in the user's language.
    pub fn shown(&self, format: Format, workspace: &Workspace) -> String {
        let currency = workspace.profile.currency;
        match self {
            Self::Unknown => UNKNOWN.to_owned(),
            Self::Text(text) | Self::Ranked(_, text) | Self::Misfit(text) => text.as_ref().to_owned(),
            Self::Decimal(_, text) => format.decimal(text.as_ref()),
            Self::Money(minor) => format.money(*minor, currency.code(), currency.digits(), false),
            Self::Share(share) => format.percent(share.as_f64(), 0),
            Self::Day(day) => format.date(*day),
            #[expect(clippy::cast_precision_loss, reason = "days and deals are few")]
            Self::Number(number) => format.number(*number as f64, 0),
        }
    }

    /// The text for a spreadsheet: plain numbers, ISO dates, and words that no spreadsheet takes for a formula.
    pub fn plain(&self, workspace: &Workspace) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::Text(text) | Self::Ranked(_, text) | Self::Misfit(text) => neutral(text.as_ref()),
            Self::Decimal(_, text) => text.as_ref().to_owned(),
            Self::Money(minor) => Money::from_minor(*minor)
                .map_or_else(String::new, |money| money.to_decimal(workspace.profile.currency.digits())),
            Self::Share(share) => (share.as_f64() * 100.0).to_string(),
            Self::Day(day) => day.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

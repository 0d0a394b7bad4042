//! What stands in a cell, and the forms it takes.

use crate::{
    codec::table::neutral,
    model::{CustomKind, Date, Level, Money, Share, Workspace},
    ui::{
        format::{Format, UNKNOWN},
        wording::{self, I18n},
    },
};

/// A cell's value, from which its text, its plain form for other programs and its place in the order come.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nobody knows.
    Unknown,
    /// Words, in the order of the language.
    Text(String),
    /// A word with a place of its own in the order.
    Ranked(usize, String),
    /// A decimal with its place in the order.
    Decimal(i64, String),
    /// A text that does not fit the field it stands in: it has no place in its order.
    Misfit(String),
    /// Minor units.
    Money(i64),
    /// A share of the whole.
    Share(Share),
    /// A day.
    Day(Date),
    /// A whole number: days, deals.
    Number(i64),
}

impl Value {
    /// A text; a blank one is unknown.
    pub fn text(text: &str) -> Self {
        if text.trim_start().is_empty() { Self::Unknown } else { Self::Text(text.to_owned()) }
    }

    /// What stands in a field of the user's own.
    pub fn own(kind: &CustomKind, text: &str) -> Self {
        match (kind, kind.place(text)) {
            (CustomKind::Text {}, _) => Self::text(text),
            (CustomKind::Number {}, Some(place)) => Self::Decimal(place, text.to_owned()),
            (CustomKind::Date {}, Some(_)) => Self::day(text.parse().ok()),
            (CustomKind::Choice { .. }, Some(place)) => {
                Self::Ranked(usize::try_from(place).unwrap_or_default(), text.to_owned())
            }
            (_, None) => Self::Misfit(text.to_owned()),
        }
    }

    /// A day, if it is known.
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Unknown, Self::Day)
    }

    /// A level, the highest first.
    pub fn level(i18n: I18n, level: Option<Level>) -> Self {
        let Some(level) = level else { return Self::Unknown };
        let rank = match level {
            Level::High => 0,
            Level::Medium => 1,
            Level::Low => 2,
        };
        Self::Ranked(rank, wording::level(i18n, level).to_owned())
    }

    /// The text in the user's language.
    pub fn shown(&self, format: Format, workspace: &Workspace) -> String {
        let currency = workspace.profile.currency;
        match self {
            Self::Unknown => UNKNOWN.to_owned(),
            Self::Text(text) | Self::Ranked(_, text) | Self::Misfit(text) => text.clone(),
            Self::Decimal(_, text) => format.decimal(text),
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
            Self::Text(text) | Self::Ranked(_, text) | Self::Misfit(text) => neutral(text),
            Self::Decimal(_, text) => text.clone(),
            Self::Money(minor) => Money::from_minor(*minor)
                .map_or_else(String::new, |money| money.to_decimal(workspace.profile.currency.digits())),
            Self::Share(share) => (share.as_f64() * 100.0).to_string(),
            Self::Day(day) => day.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

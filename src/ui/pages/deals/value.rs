//! What stands in a cell, and the forms it takes.

use crate::{
    codec::table::neutral,
    model::{CustomKind, Date, Money, Share, Workspace},
    ui::format::{Format, UNKNOWN},
};

/// A cell's value, from which its text, its plain form for other programs and its place in the order come.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Unknown,
    Text(String),
    /// A word with a place of its own in the order.
    Ranked(usize, String),
    /// A decimal with its place in the order.
    Number(i64, String),
    /// A text that does not fit the field it stands in: it has no place in its order.
    Misfit(String),
    /// Minor units.
    Money(i64),
    Share(Share),
    Day(Date),
    Days(i64),
}

impl Value {
    /// A text; a blank one is unknown.
    pub(super) fn text(text: &str) -> Self {
        if text.trim().is_empty() { Self::Unknown } else { Self::Text(text.to_owned()) }
    }

    /// What stands in a field of the user's own.
    pub(super) fn own(kind: &CustomKind, text: &str) -> Self {
        match (kind, kind.place(text)) {
            (CustomKind::Text {}, _) => Self::text(text),
            (CustomKind::Number {}, Some(place)) => Self::Number(place, text.to_owned()),
            (CustomKind::Date {}, Some(_)) => Self::day(text.parse().ok()),
            (CustomKind::Choice { .. }, Some(place)) => {
                Self::Ranked(usize::try_from(place).unwrap_or_default(), text.to_owned())
            }
            (_, None) => Self::Misfit(text.to_owned()),
        }
    }

    /// A day, if it is known.
    pub(super) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Unknown, Self::Day)
    }

    /// The text in the user's language.
    pub(super) fn shown(&self, format: Format, workspace: &Workspace) -> String {
        let currency = workspace.profile.currency;
        match self {
            Self::Unknown => UNKNOWN.to_owned(),
            Self::Text(text) | Self::Ranked(_, text) | Self::Misfit(text) => text.clone(),
            Self::Number(_, text) => format.decimal(text),
            Self::Money(minor) => format.money(*minor, currency.code(), currency.digits(), false),
            Self::Share(share) => format.percent(share.as_f64(), 0),
            Self::Day(day) => format.date(*day),
            #[expect(clippy::cast_precision_loss, reason = "days are few")]
            Self::Days(days) => format.number(*days as f64, 0),
        }
    }

    /// The text for a spreadsheet: plain numbers, ISO dates, and words that no spreadsheet takes for a formula.
    pub(super) fn plain(&self, workspace: &Workspace) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::Text(text) | Self::Ranked(_, text) | Self::Misfit(text) => neutral(text),
            Self::Number(_, text) => text.clone(),
            Self::Money(minor) => Money::from_minor(*minor)
                .map_or_else(String::new, |money| money.to_decimal(workspace.profile.currency.digits())),
            Self::Share(share) => (share.as_f64() * 100.0).to_string(),
            Self::Day(day) => day.to_string(),
            Self::Days(days) => days.to_string(),
        }
    }
}

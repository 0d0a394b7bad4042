//! Where in the product a figure is seen.

use crate::model::address::Query;

/// A page that shows figures of a funnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// The funnel picture with its four readings.
    Funnel,
    /// The analysis: conversion, time, movement, breakdown.
    Analysis,
    /// The forecast and its track record.
    Forecast,
    /// The list of deals.
    Deals,
    /// The team: balance and scorecards.
    Team,
}

impl Page {
    const ALL: [Self; 5] = [Self::Funnel, Self::Analysis, Self::Forecast, Self::Deals, Self::Team];

    /// Its name on the way between programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Funnel => "funnel",
            Self::Analysis => "analysis",
            Self::Forecast => "forecast",
            Self::Deals => "deals",
            Self::Team => "team",
        }
    }

    /// The page of a name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.code() == code)
    }
}

/// A page with what is chosen on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub page: Page,
    /// The query of its address.
    pub query: Query,
}

impl Place {
    /// A page with these choices.
    pub fn of(page: Page, choices: &[(&str, &str)]) -> Self {
        let query = choices.iter().fold(Query::default(), |query, (key, value)| query.with(key, value));
        Self { page, query }
    }
}

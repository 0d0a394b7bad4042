//! What each page is for, and the tour: `content/help.json`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Text, read};

/// All of it. Read once.
///
/// ```
/// use loudou::codec::content::{Language, help::help};
/// let board = help().page("board").unwrap();
/// assert_eq!(board.lesson, Some("funnel"));
/// assert!(board.shows.in_language(Language::English).contains("stage"));
/// assert!(help().page("nowhere").is_none());
/// ```
pub fn help() -> &'static Help {
    static HELP: OnceLock<Help> = OnceLock::new();
    HELP.get_or_init(|| read(include_str!("../../../content/help.json")))
}

/// The help of all pages, and the tour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Help {
    /// One for each page.
    pub pages: Vec<PageHelp>,
    /// The steps of the tour.
    pub tour: Vec<TourStep>,
}

impl Help {
    /// The help of a page by the first step of its address, which is empty for the first page.
    pub fn page(&self, page: &str) -> Option<&PageHelp> {
        self.pages.iter().find(|help| help.page == page)
    }
}

/// What a page is for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageHelp {
    /// The first step of its address: `board`.
    pub page: &'static str,
    /// What it shows.
    pub shows: Text,
    /// How to read it, in one to three sentences.
    pub read: Vec<Text>,
    /// What to do next.
    pub next: Text,
    /// The name of the lesson that explains it; `None` where none does.
    #[serde(default)]
    pub lesson: Option<&'static str>,
}

/// A step of the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TourStep {
    /// The address of the page it is about, without `#/`; `None` for what stands on every page.
    #[serde(default)]
    pub page: Option<&'static str>,
    /// A CSS selector of what it points at. A step whose part is not on the visitor's screen is told without pointing.
    pub at: &'static str,
    /// Its title.
    pub title: Text,
    /// What it says.
    pub words: Text,
}

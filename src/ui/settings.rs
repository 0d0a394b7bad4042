//! What a person chose for this browser: language, theme, a fixed today, keys, who they are in each workspace, when
//! they last took a copy of it, and when they did not want to be reminded of one.
//!
//! Kept in local storage under `loudou/settings`; reading is tolerant and a blocked storage only means
//! that the choice lasts as long as the page.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use js_sys::{JSON, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::model::{PersonId, WorkspaceId, read_day};

/// The key of the settings in local storage.
pub const STORAGE_KEY: &str = "loudou/settings";

/// How yes and no are kept.
const ON: &str = "on";
const OFF: &str = "off";

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The short code kept in the settings: `zh` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The BCP 47 tag for `<html lang>` and `Intl`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language of a code or a tag such as `zh-Hans-CN`; `None` for other languages.
    pub fn parse(text: &str) -> Option<Self> {
        let primary = text.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The browser's first language that the interface speaks, else English.
    pub fn of_browser() -> Self {
        let navigator = window().navigator();
        navigator.language().as_deref().and_then(Self::parse).unwrap_or(Self::En)
    }
}

/// How light the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The code kept in the settings and in `<html data-theme>`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a code; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == text)
    }
}

/// The settings of this browser, as signals to read and write.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The language of the interface.
    pub language: RwSignal<Language>,
    /// Light, dark or as the system says.
    pub theme: RwSignal<Theme>,
    /// A day that stands for today, for training and tests.
    pub today: RwSignal<Option<NaiveDate>>,
    /// Whether keys of a single letter work.
    pub single_keys: RwSignal<bool>,
    /// Who sits here, by workspace.
    pub me: RwSignal<BTreeMap<WorkspaceId, PersonId>>,
    /// The day of the last copy in a file, by workspace.
    pub copied: RwSignal<BTreeMap<WorkspaceId, NaiveDate>>,
    /// The day on which a person did not want to be reminded of a copy, by workspace.
    pub hushed: RwSignal<BTreeMap<WorkspaceId, NaiveDate>>,
    /// The day on which a person put the story of a workspace away, by workspace.
    pub told: RwSignal<BTreeMap<WorkspaceId, NaiveDate>>,
}

impl Settings {
    /// Reads the settings, provides them as context, keeps them saved and shows language and theme on `<html>`.
    pub fn provide() -> Self {
        let kept = Kept::read();
        let settings = Self {
            language: RwSignal::new(kept.language.unwrap_or_else(Language::of_browser)),
            theme: RwSignal::new(kept.theme.unwrap_or(Theme::Auto)),
            today: RwSignal::new(kept.today),
            single_keys: RwSignal::new(kept.single_keys.unwrap_or(true)),
            me: RwSignal::new(kept.me),
            copied: RwSignal::new(kept.copied),
            hushed: RwSignal::new(kept.hushed),
            told: RwSignal::new(kept.told),
        };
        provide_context(settings);
        Effect::new(move || settings.show_and_keep());
        settings
    }

    /// Notes that a workspace was copied into a file on a day.
    pub fn note_copy(self, id: WorkspaceId, day: NaiveDate) {
        if self.copied.with_untracked(|copied| copied.get(&id) != Some(&day)) {
            self.copied.update(|copied| {
                copied.insert(id, day);
            });
        }
    }

    fn show_and_keep(self) {
        let (language, theme, today) = (self.language.get(), self.theme.get(), self.today.get());
        if let Some(root) = document().document_element() {
            // `set_attribute` refuses malformed names only; these are constants.
            root.set_attribute("lang", language.tag()).ok();
            root.set_attribute("data-theme", theme.code()).ok();
        }
        let (single_keys, me) = (Some(self.single_keys.get()), self.me.get());
        let (copied, hushed, told) = (self.copied.get(), self.hushed.get(), self.told.get());
        Kept { language: Some(language), theme: Some(theme), today, single_keys, me, copied, hushed, told }.write();
    }
}

/// The settings of this browser; the page provides them at its root.
pub fn use_settings() -> Settings {
    expect_context()
}

/// What was found in storage: a damaged or missing field is simply not chosen.
#[derive(Debug, Default)]
struct Kept {
    language: Option<Language>,
    theme: Option<Theme>,
    today: Option<NaiveDate>,
    single_keys: Option<bool>,
    me: BTreeMap<WorkspaceId, PersonId>,
    copied: BTreeMap<WorkspaceId, NaiveDate>,
    hushed: BTreeMap<WorkspaceId, NaiveDate>,
    told: BTreeMap<WorkspaceId, NaiveDate>,
}

impl Kept {
    fn read() -> Self {
        let text = local_storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
        let Some(kept) = text.and_then(|text| JSON::parse(&text).ok()) else { return Self::default() };
        let field = |name: &str| Reflect::get(&kept, &name.into()).ok().and_then(|value| value.as_string());
        let days = |name: &str| field(name).map(|text| read_pairs(&text, read_day)).unwrap_or_default();
        Self {
            language: field("language").as_deref().and_then(Language::parse),
            theme: field("theme").as_deref().and_then(Theme::parse),
            today: field("today").as_deref().and_then(read_day),
            single_keys: field("singleKeys").map(|text| text == ON),
            me: field("me").map(|text| read_pairs(&text, |id| id.parse().ok())).unwrap_or_default(),
            copied: days("copied"),
            hushed: days("hushed"),
            told: days("told"),
        }
    }

    fn write(&self) {
        let Some(storage) = local_storage() else { return };
        let kept = Object::new();
        let fields = [
            ("language", self.language.map(|language| language.code().to_owned())),
            ("theme", self.theme.map(|theme| theme.code().to_owned())),
            ("today", self.today.map(|today| today.to_string())),
            ("singleKeys", self.single_keys.map(|on| if on { ON } else { OFF }.to_owned())),
            ("me", Some(write_pairs(&self.me))),
            ("copied", Some(write_pairs(&self.copied))),
            ("hushed", Some(write_pairs(&self.hushed))),
            ("told", Some(write_pairs(&self.told))),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                // Setting a property of a fresh object cannot fail.
                Reflect::set(&kept, &name.into(), &JsValue::from(value)).ok();
            }
        }
        if let Ok(text) = JSON::stringify(&kept) {
            // A full storage loses a preference, never data; the store reports a full storage.
            storage.set_item(STORAGE_KEY, &String::from(text)).ok();
        }
    }
}

/// `workspace=value` for each, with blanks between.
fn write_pairs<V: ToString>(pairs: &BTreeMap<WorkspaceId, V>) -> String {
    pairs.iter().map(|(id, value)| [id.to_string(), value.to_string()].join("=")).collect::<Vec<_>>().join(" ")
}

fn read_pairs<V>(text: &str, read: fn(&str) -> Option<V>) -> BTreeMap<WorkspaceId, V> {
    let pair = |pair: &str| {
        let (id, value) = pair.split_once('=')?;
        Some((id.parse().ok()?, read(value)?))
    };
    text.split(' ').filter_map(pair).collect()
}

/// Local storage, or `None` where the browser blocks it (the getter throws then).
pub fn local_storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

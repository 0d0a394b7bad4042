//! The page's addresses: hash routes, so that the page works at any path of any static host.
//!
//! `#/deal/01J…?stage=offer` is a [`Route`] and a [`Query`]; filters, period and as-of date live in the query.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;

pub use crate::model::address::Query;
use crate::model::address::query::{decode, encode};

/// The key of the packet in the address of a shared workspace.
const PACKET: &str = "d";

/// A page of the application.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Route {
    /// The first screen of a new visitor.
    #[default]
    Welcome,
    /// What is to be done today.
    Today,
    /// The kanban board.
    Board,
    /// The funnel picture.
    Funnel,
    /// The analysis: conversion, time, movement and more.
    Analysis,
    /// The forecast.
    Forecast,
    /// The weekly meeting.
    Coaching,
    /// The team: balance, handover, conflicts, scorecards, appraisal.
    Team,
    /// The list of deals.
    Deals,
    /// One deal, by its id as text.
    Deal(String),
    /// The list of customers.
    Customers,
    /// One customer, by its id as text.
    Customer(String),
    /// The tables that the method prints.
    Tables,
    /// Target profiles.
    Targets,
    /// The list of campaigns.
    Campaigns,
    /// One campaign, by its id as text.
    Campaign(String),
    /// What is wrong with the data.
    Quality,
    /// Lessons, games, drills, the simulator, the contest, the trainer's part.
    Learn,
    /// The funnel models.
    Models,
    /// One funnel model: the name of one that ships, or the id of one of the workspace.
    Model(String),
    /// The editor of one funnel model of the workspace, by its id as text.
    ModelEditor(String),
    /// Import, export, storage.
    Data,
    /// What was deleted.
    Trash,
    /// The import of a file.
    Import,
    /// What this is too small for, and the files that go on from here.
    GrowingOut,
    /// A workspace that was shared: the packet of its link, or nothing when it came as a file.
    Shared(String),
    /// Language, theme, currency.
    Settings,
    /// An address nobody knows.
    NotFound,
}

impl Route {
    /// Reads a location hash such as `#/deals?stage=2`, with or without its `#`.
    ///
    /// An empty hash is the welcome page; an unknown path is [`Route::NotFound`].
    pub fn parse(hash: &str) -> (Self, Query) {
        let address = hash.trim_start_matches('#');
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let mut steps = path.split('/').filter(|step| !step.is_empty());
        let route = match (steps.next(), steps.next(), steps.next()) {
            (None, ..) => Self::Welcome,
            (Some("today"), None, _) => Self::Today,
            (Some("board"), None, _) => Self::Board,
            (Some("funnel"), None, _) => Self::Funnel,
            (Some("analysis"), None, _) => Self::Analysis,
            (Some("forecast"), None, _) => Self::Forecast,
            (Some("coaching"), None, _) => Self::Coaching,
            (Some("team"), None, _) => Self::Team,
            (Some("deals"), None, _) => Self::Deals,
            (Some("deal"), Some(id), None) => Self::Deal(decode(id)),
            (Some("customers"), None, _) => Self::Customers,
            (Some("customer"), Some(id), None) => Self::Customer(decode(id)),
            (Some("tables"), None, _) => Self::Tables,
            (Some("targets"), None, _) => Self::Targets,
            (Some("campaigns"), None, _) => Self::Campaigns,
            (Some("campaign"), Some(id), None) => Self::Campaign(decode(id)),
            (Some("quality"), None, _) => Self::Quality,
            (Some("learn"), None, _) => Self::Learn,
            (Some("models"), None, _) => Self::Models,
            (Some("model"), Some(key), None) => Self::Model(decode(key)),
            (Some("edit-model"), Some(id), None) => Self::ModelEditor(decode(id)),
            (Some("data"), None, _) => Self::Data,
            (Some("trash"), None, _) => Self::Trash,
            (Some("import"), None, _) => Self::Import,
            (Some("growing-out"), None, _) => Self::GrowingOut,
            (Some("settings"), None, _) => Self::Settings,
            (Some("shared"), None, _) => return Self::shared(query),
            _ => Self::NotFound,
        };
        (route, Query::parse(query))
    }

    /// The packet belongs to the page, so that links to other pages do not carry it on.
    fn shared(query: &str) -> (Self, Query) {
        let mut query = Query::parse(query);
        let packet = query.get(PACKET).unwrap_or_default().to_owned();
        query.set(PACKET, None);
        (Self::Shared(packet), query)
    }

    /// The address of this page with a query, for `href`: `#/deals?stage=2`.
    pub fn href(&self, query: &Query) -> String {
        let (page, key) = match self {
            Self::Welcome | Self::NotFound => ("", None),
            Self::Today => ("today", None),
            Self::Board => ("board", None),
            Self::Funnel => ("funnel", None),
            Self::Analysis => ("analysis", None),
            Self::Forecast => ("forecast", None),
            Self::Coaching => ("coaching", None),
            Self::Team => ("team", None),
            Self::Deals => ("deals", None),
            Self::Deal(id) => ("deal", Some(id)),
            Self::Customers => ("customers", None),
            Self::Customer(id) => ("customer", Some(id)),
            Self::Tables => ("tables", None),
            Self::Targets => ("targets", None),
            Self::Campaigns => ("campaigns", None),
            Self::Campaign(id) => ("campaign", Some(id)),
            Self::Quality => ("quality", None),
            Self::Learn => ("learn", None),
            Self::Models => ("models", None),
            Self::Model(key) => ("model", Some(key)),
            Self::ModelEditor(id) => ("edit-model", Some(id)),
            Self::Data => ("data", None),
            Self::Trash => ("trash", None),
            Self::Import => ("import", None),
            Self::GrowingOut => ("growing-out", None),
            Self::Settings => ("settings", None),
            Self::Shared(_) => ("shared", None),
        };
        let mut address = ["#/", page].concat();
        if let Self::Shared(packet) = self {
            address.extend(["?", PACKET, "=", packet]);
            if !query.is_empty() {
                address.extend(["&", &query.format()]);
            }
            return address;
        }
        if let Some(key) = key {
            address.push('/');
            address.push_str(&encode(key));
        }
        if !query.is_empty() {
            address.push('?');
            address.push_str(&query.format());
        }
        address
    }
}

/// Where the page is, and how to go elsewhere; follows the browser's back and forward.
#[derive(Debug, Clone, Copy)]
pub struct Navigation {
    /// The page that is open.
    pub route: Signal<Route>,
    /// The query of the address.
    pub query: Signal<Query>,
    address: RwSignal<(Route, Query)>,
}

impl Navigation {
    /// Starts to follow the location hash and provides itself as context; stops with the owner.
    pub fn provide() -> Self {
        let address = RwSignal::new(read_address());
        let listener = window_event_listener(ev::hashchange, move |_| {
            settle_field();
            address.set(read_address());
        });
        on_cleanup(move || listener.remove());
        let route = Memo::new(move |_| address.with(|(route, _)| route.clone()));
        let query = Memo::new(move |_| address.with(|(_, query)| query.clone()));
        let navigation = Self { route: route.into(), query: query.into(), address };
        provide_context(navigation);
        navigation
    }

    /// Opens a page; filters, period and as-of date of the present address stay.
    pub fn go(self, route: &Route) {
        self.go_with(route, &self.query.get_untracked());
    }

    /// Opens a page with a query of its own.
    pub fn go_with(self, route: &Route, query: &Query) {
        // Fails only for a document that is no longer shown.
        window().location().set_hash(&route.href(query)).ok();
    }

    /// Changes one value of the address without a new step in the browser's history; `None` removes it.
    pub fn set_query(self, key: &str, value: Option<&str>) {
        let (route, mut query) = self.address.get_untracked();
        query.set(key, value);
        let href = route.href(&query);
        if let Ok(history) = window().history() {
            // Browsers limit how often an address may change; the page follows all the same.
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&href)).ok();
        }
        self.address.set((route, query));
    }

    /// The address of a page with the present query, for links that keep the filters. Reactive.
    pub fn href(self, route: &Route) -> String {
        self.query.with(|query| route.href(query))
    }
}

/// The navigation of the page; the page provides it at its root.
pub fn use_navigation() -> Navigation {
    expect_context()
}

/// A value of the page's own address, before the `#`: `?today=2026-11-23`.
pub fn of_page(key: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(key)
}

/// Has the field with the focus tell what was typed into it: one that is taken away with its page never does.
pub fn settle_field() {
    let Some(focused) = document().active_element() else { return };
    if matches!(focused.tag_name().as_str(), "INPUT" | "TEXTAREA")
        && let Some(field) = focused.dyn_ref::<web_sys::HtmlElement>()
    {
        // Leaving an element of the page cannot fail.
        field.blur().ok();
    }
}

fn read_address() -> (Route, Query) {
    Route::parse(&window().location().hash().unwrap_or_default())
}

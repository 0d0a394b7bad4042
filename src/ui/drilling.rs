//! The drill that is under way. It is looked at on other pages and answered on the learning page, so it stands above all of them; with
//! the page it is gone, as the company is that it is about.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    model::WorkspaceId,
    store::use_store,
    training::drill::{Answer, Drill, Marks, Sheet},
    ui::{
        components::toast::use_toasts,
        looking::{ExerciseBand, leave},
        route::{Query, Route, use_navigation},
    },
};

/// A drill, what is asked, and what has been answered so far.
#[derive(Clone, Debug)]
pub struct UnderWay {
    /// The drill.
    pub drill: Drill,
    /// What is asked, and what is right.
    pub sheet: Sheet,
    /// The company, as it is looked at.
    pub company: WorkspaceId,
    /// Its name.
    pub name: String,
    /// When it began, in milliseconds as the page counts them.
    pub began: f64,
    /// What is answered so far.
    pub answer: Answer,
    /// What the answer is worth, once it is handed in.
    pub marks: Option<Marks>,
}

/// Where the drill under way is kept. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Drilling(RwSignal<Option<UnderWay>>);

impl Drilling {
    /// Starts without one and provides itself as context.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// Reads the drill, followed.
    pub fn with<T>(self, read: impl FnOnce(&UnderWay) -> T) -> Option<T> {
        self.0.with(|under_way| under_way.as_ref().map(read))
    }

    /// Reads the drill as it is.
    pub fn with_untracked<T>(self, read: impl FnOnce(&UnderWay) -> T) -> Option<T> {
        self.0.with_untracked(|under_way| under_way.as_ref().map(read))
    }

    /// Puts a drill in the place of the one before; `None` ends it.
    pub fn put(self, under_way: Option<UnderWay>) {
        self.0.set(under_way);
    }

    /// Changes what is answered or what is known of the drill.
    pub fn change(self, change: impl FnOnce(&mut UnderWay)) {
        self.0.update(|under_way| {
            if let Some(under_way) = under_way {
                change(under_way);
            }
        });
    }
}

/// Where the drill under way is kept.
pub fn use_drilling() -> Drilling {
    expect_context()
}

/// Whether the company that is looked at is that of the drill under way; followed.
pub fn is_looked_at(drilling: Drilling, opened: Option<WorkspaceId>) -> bool {
    opened.is_some() && drilling.with(|under_way| under_way.company) == opened
}

/// The way to the answer sheet.
pub fn sheet_href() -> String {
    Route::Learn.href(&sheet_query())
}

/// What the address of the learning page says of the answer sheet.
fn sheet_query() -> Query {
    Query::default().with("tab", "drills")
}

/// What stands above the pages while the company of a drill is looked at.
#[component]
pub fn DrillBand() -> impl IntoView {
    let (i18n, navigation, drilling) = (use_i18n(), use_navigation(), use_drilling());
    let marked = move || drilling.with(|under_way| under_way.marks.is_some()).unwrap_or_default();
    let name = move || drilling.with(|under_way| under_way.name.clone()).unwrap_or_default();
    let (store, toasts) = (use_store(), use_toasts());
    let give_up = move |()| {
        leave(i18n, store, toasts);
        drilling.put(None);
        navigation.go_with(&Route::Learn, &sheet_query());
    };
    let back_words = move || {
        if marked() { t_string!(i18n, learn.drills.to_result) } else { t_string!(i18n, learn.drills.to_sheet) }
    };
    let end_words =
        move || if marked() { t_string!(i18n, learn.drills.finish) } else { t_string!(i18n, learn.drills.give_up) };
    view! {
        <ExerciseBand
            title=Signal::derive(move || t_string!(i18n, learn.drills.band, name = name()).to_string())
            what=Signal::derive(move || t_string!(i18n, learn.drills.band_what).to_owned())
            back=sheet_href()
            back_words=Signal::derive(move || back_words().to_owned())
            end_words=Signal::derive(move || end_words().to_owned())
            on_end=give_up
            kind="drill"
        />
    }
    .into_any()
}

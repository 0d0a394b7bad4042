//! The round of the forecast contest that is under way. Its company may be looked at on other pages and is forecast on the learning page,
//! so the round stands above all of them; with the page it is gone, as the company is.
//!
//! The company stands on the day of the round, which is long ago: while it is looked at, that day is [today](Contesting::day) for the
//! pages of the product, not for those that teach.
//!
//! **The forecast page stays closed until the player has said a forecast**, and so does the funnel on one sheet, which prints the same
//! draws. They are what the opponent says: whoever has seen a number stays near it (Tversky, Kahneman 1974, "Judgment under uncertainty",
//! on anchoring), and a record of copied forecasts tells nobody whether he or she is too sure. Everything that the product's forecast is
//! made from is open before: board, deals, rates, times. Afterwards the page opens, for then it teaches how the product came to its
//! number.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Date, WorkspaceId},
    store::use_store,
    training::contest::{Kept, Round},
    ui::{
        components::toast::use_toasts,
        format::use_format,
        looking::{ExerciseBand, leave},
        route::{Query, Route, use_navigation},
        timing::moment,
    },
};

/// A round, and how far the player is.
#[derive(Clone, Debug)]
pub struct UnderWay {
    /// The round.
    pub round: Round,
    /// When it began, in milliseconds as the page counts them.
    pub began: f64,
    /// The company, once it was looked at.
    pub company: Option<WorkspaceId>,
    /// What is typed of P10, P50, P90 and the chance of the quota.
    pub typed: [String; 4],
    /// What was said and what came, once the forecast is made.
    pub kept: Option<Kept>,
}

impl UnderWay {
    fn new(round: Round) -> Self {
        Self { round, began: moment(), company: None, typed: Default::default(), kept: None }
    }
}

/// Where the round under way is kept. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Contesting {
    under_way: RwSignal<Option<UnderWay>>,
    opened: Signal<Option<WorkspaceId>>,
}

impl Contesting {
    /// Starts without a round and provides itself as context; `opened` is the workspace that is open.
    pub fn provide(opened: Signal<Option<WorkspaceId>>) -> Self {
        let contesting = Self { under_way: RwSignal::new(None), opened };
        provide_context(contesting);
        contesting
    }

    /// Reads the round, followed.
    pub fn with<T>(self, read: impl FnOnce(&UnderWay) -> T) -> Option<T> {
        self.under_way.with(|under_way| under_way.as_ref().map(read))
    }

    /// Reads the round as it is.
    pub fn with_untracked<T>(self, read: impl FnOnce(&UnderWay) -> T) -> Option<T> {
        self.under_way.with_untracked(|under_way| under_way.as_ref().map(read))
    }

    /// Begins a round, unless it is the one under way. Whether another one was left for it.
    pub fn begin(self, round: Round) -> bool {
        let is_other = self.with_untracked(|under_way| under_way.round) != Some(round);
        if is_other {
            self.under_way.set(Some(UnderWay::new(round)));
        }
        is_other
    }

    /// Changes how far the player is.
    pub fn change(self, change: impl FnOnce(&mut UnderWay)) {
        self.under_way.update(|under_way| {
            if let Some(under_way) = under_way {
                change(under_way);
            }
        });
    }

    /// Whether the company that is open is that of the round; followed.
    pub fn is_looked_at(self) -> bool {
        let opened = self.opened.get();
        opened.is_some() && self.with(|under_way| under_way.company == opened) == Some(true)
    }

    /// Whether what the product forecasts is not to be seen yet; followed.
    pub fn holds_back(self) -> bool {
        self.is_looked_at() && self.with(|under_way| under_way.kept.is_none()) == Some(true)
    }

    /// The day of the company that is looked at on a page of the product; `None` when today is today. Followed.
    pub fn day(self, route: Signal<Route>) -> Signal<Option<Date>> {
        let day = move || {
            let applies = self.is_looked_at() && route.with(|route| *route != Route::Learn);
            self.with(|under_way| under_way.round.as_of).filter(|_| applies)
        };
        Memo::new(move |_| day()).into()
    }
}

/// Where the round under way is kept.
pub fn use_contesting() -> Contesting {
    expect_context()
}

/// The way to the round under way; followed.
pub fn round_href(contesting: Contesting) -> String {
    Route::Learn.href(&round_query(contesting))
}

/// What the address of the learning page says of the round under way; followed.
fn round_query(contesting: Contesting) -> Query {
    let seed = contesting.with(|under_way| under_way.round.seed.to_string()).unwrap_or_default();
    Query::default().with("tab", "contest").with("contest", &seed)
}

/// What stands above the pages while the company of a round is looked at.
#[component]
pub fn ContestBand() -> impl IntoView {
    let (i18n, format, contesting) = (use_i18n(), use_format(), use_contesting());
    let (store, navigation, toasts) = (use_store(), use_navigation(), use_toasts());
    let title = Signal::derive(move || {
        let (seed, day) = contesting.with(|under_way| (under_way.round.seed, under_way.round.as_of)).unzip();
        let (n, day) = (seed.unwrap_or_default().to_string(), format.date(day));
        t_string!(i18n, learn.contest.band, n = n, day = day).to_string()
    });
    let what = Signal::derive(move || {
        let words = if contesting.holds_back() {
            t_string!(i18n, learn.contest.band_what)
        } else {
            t_string!(i18n, learn.contest.band_open)
        };
        words.to_owned()
    });
    let close = move |()| {
        let query = untrack(|| round_query(contesting));
        leave(i18n, store, toasts);
        navigation.go_with(&Route::Learn, &query);
    };
    view! {
        <ExerciseBand
            title
            what
            back=Signal::derive(move || round_href(contesting))
            back_words=Signal::derive(move || t_string!(i18n, learn.contest.to_round).to_owned())
            end_words=Signal::derive(move || t_string!(i18n, learn.contest.close_company).to_owned())
            on_end=close
            kind="contest"
        />
    }
    .into_any()
}

/// What the forecast page says while it is closed.
#[component]
pub fn HeldBack() -> impl IntoView {
    let (i18n, contesting) = (use_i18n(), use_contesting());
    view! {
        <section class="card notice" data-tone="accent" data-testid="contest-held">
            <h2>{t!(i18n, learn.contest.held)}</h2>
            <p>{t!(i18n, learn.contest.held_what)}</p>
            <div><a class="button button--primary" href=move || round_href(contesting)>{t!(i18n, learn.contest.to_round)}</a></div>
        </section>
    }
    .into_any()
}

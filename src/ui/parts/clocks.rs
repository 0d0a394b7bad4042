//! The clocks of deals: what they are read against, followed, and the marks and colours they are shown in.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    metrics::{
        Clocks, Health, Mark, Yardsticks,
        stall::{Contacts, Grounds, Thresholds},
    },
    model::{Activity, Command, Date, Profile, Stalling, Table},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            segmented::Segmented,
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        format::use_format,
        wording::{self, I18n},
    },
};

/// The contacts up to a day, with what they were gathered from.
#[derive(Clone)]
struct Gathered {
    activities: Table<Activity>,
    day: Date,
    contacts: Arc<Contacts>,
}

impl PartialEq for Gathered {
    fn eq(&self, other: &Self) -> bool {
        self.day == other.day && self.activities.same(&other.activities)
    }
}

/// What the clocks of the deals of the open workspace are read against today, followed. Call it once in the body of a page and hand
/// it on: contacts are gathered anew only when an activity changed, thresholds only when a model or a deal that won did, and readers
/// wake only when one of these did.
pub fn use_yardsticks() -> Memo<Arc<Yardsticks>> {
    let (store, today) = (use_store(), use_clock().today);
    let gathered = Memo::new(move |before: Option<&Gathered>| {
        let day = today.get();
        store.with(|workspace| {
            let same = before.filter(|before| before.day == day && before.activities.same(&workspace.activities));
            same.cloned().unwrap_or_else(|| Gathered {
                activities: workspace.activities.clone(),
                day,
                contacts: Arc::new(Contacts::of(&workspace.activities, day)),
            })
        })
    });
    let grounds = Memo::new(move |_| {
        let day = today.get();
        store.with(|workspace| Grounds::of(workspace, day, workspace.profile.stalling))
    });
    let thresholds = Memo::new(move |_| grounds.with(|grounds| Arc::new(Thresholds::of(grounds))));
    Memo::new(move |_| {
        let (Gathered { day, contacts, .. }, thresholds) = (gathered.get(), thresholds.get());
        store.with(|workspace| Arc::new(Yardsticks::of(workspace, day, thresholds, contacts)))
    })
}

/// The colour in which a clock is shown that stands so.
pub const fn tone(health: Health) -> Tone {
    match health {
        Health::Healthy => Tone::Accent,
        Health::Watch => Tone::Warn,
        Health::Ill => Tone::Bad,
    }
}

/// The colour of a mark.
pub const fn mark_tone(mark: Mark) -> Tone {
    match mark {
        Mark::AtRisk => Tone::Bad,
        Mark::Slipped | Mark::Stalled | Mark::Idle => Tone::Warn,
    }
}

/// The gravest mark of some clocks as a tag that names them all; nothing without a mark.
pub fn gravest(i18n: I18n, clocks: &Clocks) -> Option<AnyView> {
    let marks = clocks.marks();
    let first = *marks.first()?;
    let all = wording::clocks::marks(i18n, &marks);
    let word = wording::clocks::mark(i18n, first);
    Some(view! { <span title=all data-mark=first.code()><Tag tone=mark_tone(first)>{word}</Tag></span> }.into_any())
}

/// Every mark of some clocks as a tag of its own.
pub fn every(i18n: I18n, clocks: &Clocks) -> AnyView {
    let tag = |mark: Mark| {
        let word = wording::clocks::mark(i18n, mark);
        view! { <span data-mark=mark.code()><Tag tone=mark_tone(mark)>{word}</Tag></span> }
    };
    clocks.marks().into_iter().map(tag).collect_view().into_any()
}

/// The choice of what the age in a stage is held against, for the whole workspace.
#[component]
pub fn StallingChoice() -> impl IntoView {
    let (i18n, store, format, toasts) = (use_i18n(), use_store(), use_format(), use_toasts());
    let chosen = Memo::new(move |_| store.with(|workspace| workspace.profile.stalling));
    let choose = move |stalling: Stalling| {
        let profile = Profile { stalling, ..store.peek(|workspace| Profile::clone(&workspace.profile)) };
        if let Err(refused) = store.dispatch(Command::SetProfile(profile)) {
            toasts.say(store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused)), Tone::Bad);
        }
    };
    let words = |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <Segmented
            label=words(|i18n| t_string!(i18n, clocks.basis.title))
            options=vec![
                (Stalling::Model, words(|i18n| t_string!(i18n, clocks.basis.model))),
                (Stalling::Won, words(|i18n| t_string!(i18n, clocks.basis.won))),
            ]
            value=chosen
            on_change=choose
        />
    }
    .into_any()
}

//! What was done with a customer, or for a deal.

use std::{cmp::Reverse, sync::Arc};

use leptos::prelude::*;

use super::{
    earlier::Earlier,
    log_form::LogForm,
    log_preset::Preset,
    mover::Mover,
    names::{Names, use_names},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Activity, Command, CustomerId, DealId, Workspace},
    store::use_store,
    ui::{
        anywhere::{Deed, use_anywhere},
        components::{
            button::{Button, Variant},
            tag::Tag,
        },
        format::use_format,
        parts::amounts::Amounts,
        route::{Route, use_navigation},
        wording::{self, I18n},
    },
};

/// How many activities are shown at first, and how many more at each step.
const STEP: usize = 20;

/// Whose activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Those of a deal.
    Deal(DealId),
    /// Those of a customer and of its deals.
    Customer(CustomerId),
}

impl About {
    /// The activities, newest first.
    pub fn of(self, workspace: &Workspace) -> Vec<Arc<Activity>> {
        let mut found: Vec<_> =
            workspace.activities.iter().filter(|activity| self.holds(activity, workspace)).cloned().collect();
        found.sort_by_key(|activity| Reverse((activity.on, activity.id)));
        found
    }

    fn holds(self, activity: &Activity, workspace: &Workspace) -> bool {
        match self {
            Self::Deal(id) => activity.deal == Some(id),
            Self::Customer(id) => {
                let of_deal = || workspace.deals.get(activity.deal?)?.details.customer;
                activity.customer == Some(id) || of_deal() == Some(id)
            }
        }
    }

    const fn preset(self) -> Preset {
        match self {
            Self::Deal(id) => Preset::deal(id),
            Self::Customer(id) => Preset::customer(id),
        }
    }
}

/// The card of the activities, newest first, with the form that adds one.
#[component]
pub fn Activities(
    /// Whose.
    about: About,
) -> impl IntoView {
    let (i18n, store, names) = (use_i18n(), use_store(), use_names());
    let mover = Mover::new(Callback::new(|_| ()));
    let (logging, shown) = (RwSignal::new(false), RwSignal::new(STEP));
    let activities = Memo::new(move |_| store.with(|workspace| about.of(workspace)));
    let rows = move || {
        let activities = activities.get().into_iter().take(shown.get());
        activities.map(|activity| view! { <Row activity=(*activity).clone() about names mover/> }).collect_view()
    };
    view! {
        <section class="card activities" data-testid="activities">
            <div class="activities__head">
                <h2>{t!(i18n, activity.title)}</h2>
                <div data-testid="log-activity">
                    <Button icon=icondata_lu::LuPlus on_click=move |_| logging.update(|on| *on = !*on)>
                        {t!(i18n, activity.log)}
                    </Button>
                </div>
            </div>
            <Show when=move || logging.get()>
                <div class="activities__form"><LogForm preset=about.preset() on_close=move |()| logging.set(false)/></div>
            </Show>
            <Show when=move || activities.with(Vec::is_empty)>
                <p class="muted">{t!(i18n, activity.none)}</p>
            </Show>
            <ul class="activities__list">{rows}</ul>
            <Earlier all=Signal::derive(move || activities.with(Vec::len)) shown step=STEP/>
        </section>
    }
    .into_any()
}

#[component]
fn Row(activity: Activity, about: About, names: Memo<Names>, mover: Mover) -> impl IntoView {
    let (i18n, store, format, navigation) = (use_i18n(), use_store(), use_format(), use_navigation());
    let anywhere = use_anywhere();
    let amounts = Amounts::of(names);
    let id = activity.id;
    let when = move || {
        let by = activity.by.map(|by| names.with(|names| names.person(Some(by))));
        [Some(format.date(activity.on)), by].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    // The deal of its own page goes without saying.
    let deal = activity.deal.filter(|_| matches!(about, About::Customer(_))).map(|id| {
        let title = store.peek(|workspace| workspace.deals.get(id).map(|deal| deal.details.title.clone()));
        view! { <a class="small" href=move || navigation.href(&Route::Deal(id.to_string()))>{title}</a> }
    });
    let part = move |words: fn(I18n) -> &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <div><span class="muted">{move || words(i18n)}" "</span>{text}</div> })
    };
    let figures = move || {
        let minutes =
            activity.minutes.map(|minutes| t_string!(i18n, activity.minutes_spent, minutes = minutes).to_string());
        let cost = activity.cost.map(|cost| amounts.full(Some(cost)));
        let level = activity.satisfaction;
        let satisfaction = level.map(|level| t_string!(i18n, activity.satisfied, level = level).to_string());
        [satisfaction, minutes, cost].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let remove = move |_| match store.dispatch(Command::RemoveActivity(id)) {
        Ok(change) => mover.offer_undo(t_string!(i18n, activity.removed).to_owned(), change),
        Err(refused) => mover.complain(&refused),
    };
    view! {
        <li class="activities__one">
            <div class="activities__line">
                <span class="row">
                    <Tag>{move || wording::activity_kind(i18n, activity.kind)}</Tag>
                    <span class="muted small">{when}</span>
                    {deal}
                </span>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuPencil
                    label=Signal::derive(move || t_string!(i18n, activity.amend).to_owned())
                    on_click=move |_| anywhere.open(Deed::Amend(id))
                />
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuTrash2
                    label=Signal::derive(move || t_string!(i18n, activity.remove).to_owned())
                    on_click=remove
                />
            </div>
            <div>{activity.note}</div>
            {part(|i18n| t_string!(i18n, activity.result), activity.result)}
            {part(|i18n| t_string!(i18n, activity.next_step), activity.next_step)}
            <div class="muted small">{figures}</div>
        </li>
    }
    .into_any()
}

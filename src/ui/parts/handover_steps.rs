//! The steps of one line of a handover: the call, the introduction, the confirmed next step, each with its day.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    model::{Command, Date, HandedOver, Handover, HandoverId, HandoverItem, Workspace},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{field::Checkbox, tag::Tone, toast::use_toasts},
        format::{Format, use_format},
        wording::{self, I18n},
    },
};

/// A step of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The receiver called the customer.
    Called,
    /// The receiver was introduced.
    Introduced,
    /// The next step is confirmed with the customer.
    Confirmed,
}

impl Step {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Called, Self::Introduced, Self::Confirmed];

    /// The day on which it was done.
    pub fn of(self, item: &HandoverItem) -> Option<Date> {
        match self {
            Self::Called => item.called,
            Self::Introduced => item.introduced,
            Self::Confirmed => item.confirmed,
        }
    }

    fn put(self, item: &mut HandoverItem, on: Option<Date>) {
        let day = match self {
            Self::Called => &mut item.called,
            Self::Introduced => &mut item.introduced,
            Self::Confirmed => &mut item.confirmed,
        };
        *day = on;
    }

    /// Its name, with the day on which it was done.
    pub fn words(self, i18n: I18n, format: Format, on: Option<Date>) -> String {
        let name = match self {
            Self::Called => t_string!(i18n, team.handover.called),
            Self::Introduced => t_string!(i18n, team.handover.introduced),
            Self::Confirmed => t_string!(i18n, team.handover.confirmed),
        };
        match on {
            Some(on) => [name, &format.date(on)].join(" · "),
            None => name.to_owned(),
        }
    }
}

/// What is handed over, in words: the customer, or the deal that goes alone.
pub fn lot_name(workspace: &Workspace, what: HandedOver) -> String {
    let name = match what {
        HandedOver::Customer(id) => workspace.customers.get(id).map(|customer| customer.name.clone()),
        HandedOver::Deal(id) => workspace.deals.get(id).map(|deal| {
            let customer = workspace.customer_of(deal).map(|customer| customer.name.clone());
            customer.into_iter().chain([deal.details.title.clone()]).collect::<Vec<_>>().join(" · ")
        }),
    };
    name.unwrap_or_default()
}

/// Three boxes to tick; ticking one writes today's day.
#[component]
pub fn HandoverSteps(
    /// Which handover.
    handover: HandoverId,
    /// Which line of it.
    what: HandedOver,
) -> impl IntoView {
    let (i18n, format, store, clock, toasts) = (use_i18n(), use_format(), use_store(), use_clock(), use_toasts());
    let item = Memo::new(move |_| {
        store.with(|workspace| workspace.handovers.get(handover).and_then(|handover| handover.item(what).cloned()))
    });
    let tick = move |step: Step, done: bool| {
        let Some(kept) = store.peek(|workspace| workspace.handovers.get(handover).cloned()) else { return };
        let mut next = Handover::clone(&kept);
        let on = done.then(|| clock.today.get_untracked());
        next.items.iter_mut().filter(|item| item.what == what).for_each(|item| step.put(item, on));
        if let Err(refused) = store.dispatch(Command::PutHandover(next)) {
            toasts.say(store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused)), Tone::Bad);
        }
    };
    let boxes = Step::ALL.map(|step| {
        let on = move || item.with(|item| item.as_ref().and_then(|item| step.of(item)));
        view! {
            <Checkbox
                label=Signal::derive(move || step.words(i18n, format, on()))
                value=Signal::derive(move || on().is_some())
                on_change=move |done| tick(step, done)
            />
        }
    });
    view! { <div class="handover__steps">{boxes.collect_view()}</div> }.into_any()
}

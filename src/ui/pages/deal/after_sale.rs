//! What follows once the deal is won: when the customer is visited again, what is done for it, and the way to the next deal.

use leptos::prelude::*;

use super::stage::folded_advice;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::return_visit,
    model::{AfterSale, DealId, Status},
    store::use_store,
    ui::{
        anywhere::{Deed, use_anywhere},
        clock::use_clock,
        components::button::{Button, Variant},
        format::use_format,
        parts::{
            editor::Editor,
            log_preset::Preset,
            playbook::titled_list,
            referral::{Asked, Referral},
            repeat::Repeat,
            return_visit::Next,
        },
    },
};

/// The contents of the card that takes the place of the stage's.
#[component]
pub(super) fn AfterSaleCard(
    /// Reads the deal.
    editor: Editor,
    /// What its model says.
    after_sale: AfterSale,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let AfterSale { name, return_visit_days, tasks, playbook } = after_sale;
    let every = move || {
        let days = format.days(f64::from(return_visit_days));
        t_string!(i18n, after_sale.every, days = days).to_string()
    };
    let goal = playbook.goal.clone();
    let goal = (!goal.is_empty()).then(|| view! { <p>{goal}</p> });
    view! {
        <div class="deal__card-head" data-testid="after-sale">
            <h2>{move || t_string!(i18n, after_sale.then, name = name.clone()).to_string()}</h2>
            <span class="muted small">{every}</span>
        </div>
        {goal}
        <Visits editor/>
        <Ways editor/>
        {titled_list(t_string!(i18n, after_sale.tasks), tasks)}
        {folded_advice(i18n, playbook)}
    }
    .into_any()
}

/// The last return visit and the next one.
#[component]
fn Visits(editor: Editor) -> impl IntoView {
    let (i18n, format, store, clock) = (use_i18n(), use_format(), use_store(), use_clock());
    let visit = Memo::new(move |_| {
        let today = clock.today.get();
        store.with(|workspace| return_visit(workspace, workspace.deals.get(editor.id)?.as_ref(), today))
    });
    let won = move || {
        editor.read(|deal| match deal.standing().status {
            Status::Won { on } => on,
            _ => None,
        })
    };
    let last = move || match (visit.get().and_then(|visit| visit.last), won()) {
        (Some(last), _) => t_string!(i18n, after_sale.last_on, day = format.date(last)).to_string(),
        (None, Some(won)) => t_string!(i18n, after_sale.none_since, day = format.date(won)).to_string(),
        (None, None) => t_string!(i18n, after_sale.unknown).to_owned(),
    };
    view! {
        <div>
            <p class="small muted" data-testid="last-visit">{last}</p>
            <Next visit/>
        </div>
    }
    .into_any()
}

/// Log a visit, ask for a referral, begin the next deal.
#[component]
fn Ways(editor: Editor) -> impl IntoView {
    let (i18n, anywhere) = (use_i18n(), use_anywhere());
    let id = editor.id;
    let (asked, repeated) = (RwSignal::new(None::<Asked>), RwSignal::new(None::<DealId>));
    let customer = Memo::new(move |_| editor.read(|deal| deal.details.customer));
    let ask = move |_| asked.set(customer.get_untracked().map(|customer| Asked { customer, deal: id }));
    view! {
        <div class="row">
            <Button
                variant=Variant::Primary
                icon=icondata_lu::LuPlus
                on_click=move |_| anywhere.open(Deed::Log(Preset::return_visit(id)))
                attr:data-testid="log-visit"
            >
                {t!(i18n, customer.log_visit)}
            </Button>
            <Show when=move || customer.get().is_some()>
                <Button icon=icondata_lu::LuHandshake on_click=ask attr:data-testid="ask-referral">
                    {t!(i18n, after_sale.ask_referral)}
                </Button>
            </Show>
            <Button icon=icondata_lu::LuRepeat2 on_click=move |_| repeated.set(Some(id)) attr:data-testid="next-deal">
                {t!(i18n, customer.repeat)}
            </Button>
        </div>
        <Referral asked/>
        <Repeat deal=repeated/>
    }
    .into_any()
}

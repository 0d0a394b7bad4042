//! Customers and deals that were handed over to somebody and whose checklist is not done.

use leptos::prelude::*;

use super::SHOWN;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::handover::waiting,
    model::{self, PersonId},
    store::use_store,
    ui::{
        components::button::Button,
        format::use_format,
        parts::{
            handover_steps::{HandoverSteps, lot_name},
            names::use_names,
        },
        route::{Query, Route},
    },
};

/// The lines that wait for a person, or for anybody; nothing without any.
#[component]
pub(super) fn HandedOver(
    /// Whose; anybody's when `None`.
    whose: Memo<Option<PersonId>>,
) -> impl IntoView {
    let (i18n, format, store, names) = (use_i18n(), use_format(), use_store(), use_names());
    let lines = Memo::new(move |_| {
        let line = |(handover, item): (&model::Handover, &model::HandoverItem)| (handover.id, item.what, handover.from);
        store.with(|workspace| waiting(workspace, whose.get()).map(line).collect::<Vec<_>>())
    });
    let most = RwSignal::new(SHOWN);
    let shown = move || lines.with(|lines| lines.iter().take(most.get()).copied().collect::<Vec<_>>());
    let count = Memo::new(move |_| lines.with(Vec::len));
    let more = move || {
        let rest = count.get().saturating_sub(most.get());
        t_string!(i18n, today.more, count = rest, n = format.count(rest)).to_string()
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="card today__kind" data-testid="today-handover">
                <h2>{t!(i18n, team.handover.today)}" "<span class="muted">{move || format.count(count.get())}</span></h2>
                <p class="small muted">{t!(i18n, team.handover.today_what)}</p>
                <ul class="today__list">
                    <For each=shown key=|(handover, what, _)| (*handover, *what) let((handover, what, from))>
                        {
                            let route = match what {
                                model::HandedOver::Customer(id) => Route::Customer(id.to_string()),
                                model::HandedOver::Deal(id) => Route::Deal(id.to_string()),
                            };
                            let name = move || store.with(|workspace| lot_name(workspace, what));
                            let from = move || {
                                let name = names.with(|names| names.person(Some(from)));
                                t_string!(i18n, team.handover.today_from, name = name).to_string()
                            };
                            view! {
                                <li class="today__row">
                                    <div class="today__what">
                                        <a href=route.href(&Query::default()) data-record>{name}</a>
                                        <span class="small muted">{from}</span>
                                    </div>
                                    <div class="today__steps"><HandoverSteps handover what/></div>
                                </li>
                            }
                        }
                    </For>
                </ul>
                <Show when=move || { count.get() > most.get() }>
                    <div><Button on_click=move |_| most.update(|most| *most += 5 * SHOWN)>{more}</Button></div>
                </Show>
            </section>
        </Show>
    }
    .into_any()
}

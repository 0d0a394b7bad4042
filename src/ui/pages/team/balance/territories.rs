//! The same potential by territory.

use leptos::prelude::*;

use super::desk::{Desk, share};
use crate::{
    i18n::{t, t_string},
    metrics::balance::Territory,
};

/// Potential and load by the territory of the customers.
#[component]
pub(super) fn Territories(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let territories = Memo::new(move |_| desk.after.with(|balance| balance.territories.clone()));
    let richest = Memo::new(move |_| {
        territories.with(|all| all.iter().map(|territory| territory.potential).max().unwrap_or_default())
    });
    let gini = move || {
        let gini = format.number(desk.before.with(|reading| reading.balance.gini_of_territories()), 2);
        t_string!(i18n, team.balance.gini_of_territories, gini = gini).to_string()
    };
    view! {
        <Show when=move || territories.with(|all| !all.is_empty())>
            <section class="card balance__part">
                <h2>{t!(i18n, team.balance.by_territory)}</h2>
                <p class="small muted">{gini}</p>
                <div class="table-scroll" tabindex="0" role="group" aria-label=move || t_string!(i18n, team.balance.by_territory)>
                    <table class="table balance__territories">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, team.balance.territory)}</th>
                                <th scope="col">{t!(i18n, team.balance.potential)}</th>
                                <th scope="col">{t!(i18n, team.balance.deals)}</th>
                                <th scope="col">{t!(i18n, team.balance.customers)}</th>
                                <th scope="col">{t!(i18n, team.balance.sellers)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || territories.get().into_iter().map(|territory| row(desk, territory, richest.get())).collect_view()}
                        </tbody>
                    </table>
                </div>
            </section>
        </Show>
    }
    .into_any()
}

fn row(desk: Desk, territory: Territory, richest: i128) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let Territory { name, potential, deals, customers, holders } = territory;
    let name = if name.is_empty() { t_string!(i18n, team.balance.no_territory).to_owned() } else { name };
    let count = format.count(deals.len());
    let title = t_string!(i18n, team.balance.list_territory, name = name.clone()).to_string();
    let open = move |_| desk.opener.run(title.clone(), &deals, String::new());
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="balance__amount" style:--share=share(potential, richest).to_string()>{desk.amounts.sum(Some(potential))}</td>
            <td><button type="button" class="link" on:click=open>{count}</button></td>
            <td>{format.count(customers)}</td>
            <td>{format.count(holders)}</td>
        </tr>
    }
}

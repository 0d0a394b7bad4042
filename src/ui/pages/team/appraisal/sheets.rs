//! The sheets of a quarter: everybody in one table, or one that prints.

use leptos::prelude::*;

use super::{desk::Desk, sheet::Single};
use crate::{
    codec::table::{encode, neutral},
    i18n::{t, t_string, use_i18n},
    metrics::appraisal::{Appraisal, Sheet},
    ui::{components::field::SelectField, format::UNKNOWN, parts::listing::export::TakeAway, wording::I18n},
};

#[component]
pub(super) fn Sheets(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let found = desk.sheets();
    let quarters = Signal::derive(move || {
        desk.quarters().into_iter().map(|first| (first.to_string(), desk.quarter_words(first))).collect::<Vec<_>>()
    });
    let value = move || desk.quarter().map(|first| first.to_string()).unwrap_or_default();
    let single = move || {
        let wished = desk.wished()?;
        found.with(|found| found.as_ref().as_ref()?.sheets.iter().find(|sheet| sheet.person == wished).cloned())
    };
    let rows = move || {
        let found = found.get();
        found.as_ref().as_ref().map(|found| found.sheets.iter().map(|sheet| row(desk, sheet)).collect_view())
    };
    let text = move |form| {
        let found = found.get_untracked();
        let rows = found.as_ref().as_ref().map(|found| plain(desk, i18n, found)).unwrap_or_default();
        Ok((rows.len().saturating_sub(1), encode(form, rows)?))
    };
    let all = move || {
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, team.appraisal.sheets)>
                <table class="table figures" data-testid="sheets">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, team.appraisal.who)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.points)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.won)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.quota)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.paid)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.of_won)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="row no-print">
                <TakeAway
                    name=Signal::derive(move || t_string!(i18n, team.appraisal.title).to_owned())
                    table=Callback::new(text)
                />
            </div>
        }
    };
    view! {
        <section class="card stack">
            <div class="card__head no-print">
                <h2>{t!(i18n, team.appraisal.sheets)}</h2>
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, team.appraisal.quarter).to_owned())
                    options=quarters
                    value=Signal::derive(value)
                    on_change=move |quarter: String| desk.choose(&quarter)
                />
            </div>
            {move || match single() {
                Some(sheet) => view! { <Single desk sheet/> }.into_any(),
                None => all().into_any(),
            }}
        </section>
    }
    .into_any()
}

fn row(desk: Desk, sheet: &Sheet) -> AnyView {
    let person = sheet.person;
    let name = desk.name(person);
    let won = desk.link(desk.money(sheet.pay.won), name.clone(), sheet.won.clone());
    let share = |share: Option<f64>| desk.format.percent(share, 1);
    view! {
        <tr>
            <th scope="row"><a class="link" href=move || desk.href(Some(person))>{name}</a></th>
            <td>{desk.points(sheet.total())}</td>
            <td>{won}</td>
            <td>{sheet.pay.quota.map_or_else(|| UNKNOWN.to_owned(), |quota| desk.money(quota))}</td>
            <td data-paid=sheet.pay.total().to_string()>{desk.money(sheet.pay.total())}</td>
            <td>{share(sheet.pay.share())}</td>
        </tr>
    }
    .into_any()
}

fn plain(desk: Desk, i18n: I18n, found: &Appraisal) -> Vec<Vec<String>> {
    let heads = [
        t_string!(i18n, team.appraisal.who),
        t_string!(i18n, team.appraisal.points),
        t_string!(i18n, team.appraisal.won),
        t_string!(i18n, team.appraisal.quota),
        t_string!(i18n, team.appraisal.paid),
    ];
    let row = |sheet: &Sheet| {
        vec![
            neutral(&desk.name(sheet.person)),
            sheet.total().map(|points| format!("{points:.2}")).unwrap_or_default(),
            desk.decimal(sheet.pay.won),
            sheet.pay.quota.map(|quota| desk.decimal(quota)).unwrap_or_default(),
            desk.decimal(sheet.pay.total()),
        ]
    };
    std::iter::once(heads.map(str::to_owned).to_vec()).chain(found.sheets.iter().map(row)).collect()
}

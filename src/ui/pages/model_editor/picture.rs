//! The draft as a picture, and how many of a hundred deals reach each stage by it.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{parts::model_picture::model_picture, wording},
};

/// The picture, live.
#[component]
pub(super) fn Picture(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let format = desk.format;
    let rates =
        Memo::new(move |_| desk.form.with(|form| form.stages.iter().map(|s| s.promotion_rate).collect::<Vec<_>>()));
    let after = Memo::new(move |_| {
        desk.form.with(|form| form.after_sale.as_ref().map(|after| (after.name.clone(), after.return_visit_days)))
    });
    let rows = move || {
        let mut share = 100.0_f64;
        let stages = desk.form.with(|form| {
            let stages = form.stages.iter().map(|stage| {
                let reach = share;
                share *= stage.promotion_rate.as_f64();
                (stage.name.clone(), stage.zone(), reach)
            });
            stages.collect::<Vec<_>>()
        });
        let row = |(name, zone, reach): (String, _, f64)| {
            let reach = t_string!(i18n, model_editor.reach, n = format.number(reach, 1)).to_string();
            view! {
                <li>
                    <span class="editor__reach-name">{name}</span>
                    <span class="muted small">{wording::zone(i18n, zone)}" · "{reach}</span>
                </li>
            }
            .into_any()
        };
        let rows = stages.into_iter().map(row).collect_view();
        let won = t_string!(i18n, model_editor.win, n = format.number(share, 1)).to_string();
        let after = after.get().map(|(name, days)| {
            let every = t_string!(i18n, after_sale.every, days = format.days(f64::from(days))).to_string();
            view! {
                <li class="editor__reach-after">
                    <span class="editor__reach-name">{name}</span>
                    <span class="muted small">{every}</span>
                </li>
            }
            .into_any()
        });
        view! { {rows}<li class="small"><b>{won}</b></li>{after} }.into_any()
    };
    view! {
        <aside class="card editor__picture" aria-labelledby="editor-picture">
            <h2 id="editor-picture">{t!(i18n, model_editor.picture)}</h2>
            <div class="editor__funnel">{move || rates.with(|rates| model_picture(rates, after.with(Option::is_some)))}</div>
            <ol class="editor__reach" data-testid="editor-picture">{rows}</ol>
        </aside>
    }
    .into_any()
}

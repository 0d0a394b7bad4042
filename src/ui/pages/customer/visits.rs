//! Return visits after a sale, and how satisfied the customer was.

use std::sync::Arc;

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Activity, ActivityKind},
    ui::{
        components::{
            button::Button,
            tag::{Tag, Tone},
        },
        format::use_format,
        parts::{activities::About, log_form::LogForm, log_preset::Preset, return_visit::Next},
    },
};

/// The card of the return visits.
#[component]
pub(super) fn Visits(desk: Desk) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let logging = RwSignal::new(false);
    let visits = Memo::new(move |_| {
        let mut visits = desk.book.with(|book| About::Customer(desk.id).of(book.workspace()));
        visits.retain(|activity| activity.kind == ActivityKind::ReturnVisit);
        visits
    });
    let mean = move || {
        let facts = desk.book.with(|book| {
            book.entry(desk.id).and_then(|entry| Some((entry.facts.satisfaction()?, entry.facts.rated_visits)))
        });
        facts.map(|(mean, visits)| {
            let mean = format.number(Some(mean), 1);
            t_string!(i18n, customer.mean_satisfaction, count = visits, mean = mean).to_string()
        })
    };
    let row = move |visit: Arc<Activity>| {
        let (on, by) = (visit.on, visit.by);
        let about = move || {
            let by = by.map(|by| desk.names.with(|names| names.person(Some(by))));
            [Some(format.date(on)), by].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        let level = visit.satisfaction.map(|level| {
            let tone = match level {
                4.. => Tone::Good,
                3 => Tone::Neutral,
                _ => Tone::Bad,
            };
            let words = move || t_string!(i18n, activity.satisfied, level = level).to_string();
            view! { <Tag tone=Signal::derive(move || tone)>{words}</Tag> }
        });
        view! {
            <li class="customer__one">
                <div class="customer__card-head"><span class="muted small">{about}</span>{level}</div>
                <div>{visit.note.clone()}</div>
            </li>
        }
    };
    let visit =
        Memo::new(move |_| desk.book.with(|book| book.entry(desk.id).and_then(|entry| entry.facts.return_visit)));
    let preset = Preset { kind: ActivityKind::ReturnVisit, ..Preset::customer(desk.id) };
    view! {
        <section class="card customer__card" data-testid="return-visits">
            <div class="customer__card-head">
                <h2>{t!(i18n, customer.visits)}</h2>
                <span data-testid="log-return-visit">
                    <Button icon=icondata_lu::LuPlus on_click=move |_| logging.update(|on| *on = !*on)>
                        {t!(i18n, customer.log_visit)}
                    </Button>
                </span>
            </div>
            <Show when=move || logging.get()>
                <div class="activities__form"><LogForm preset on_close=move |()| logging.set(false)/></div>
            </Show>
            <Next visit/>
            <p class="small">{mean}</p>
            <Show when=move || visits.with(Vec::is_empty)><p class="muted">{t!(i18n, customer.no_visits)}</p></Show>
            <ul class="customer__list">{move || visits.get().into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

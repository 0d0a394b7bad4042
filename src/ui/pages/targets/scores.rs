//! The customers with their scores, best first, and what follows from them.

use std::{cmp::Reverse, sync::Arc};

use leptos::prelude::*;

use super::{desk::Desk, fits::Fits, histogram::Histogram};
use crate::{
    i18n::{t, t_string},
    metrics::{Match, score},
    model::{Customer, CustomerId, Level, Wish},
    ui::{
        components::{
            button::{Button, Variant},
            data_table::{Column, DataTable, Sort},
            dialog::Dialog,
            field::Checkbox,
            icon::Icon,
        },
        parts::{
            mover::Mover,
            target_scores::{Answers, level, take_over},
            target_words,
        },
        route::{Query, Route},
    },
};

/// Best first.
const USUAL_SORT: Sort = Sort { column: "score", descending: true };

/// What follows from the score of one customer.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    customer: Arc<Customer>,
    wishes: Vec<Wish>,
    matched: Match,
    passes: bool,
    fit: Option<Level>,
}

/// How many pass, how the scores spread, and every customer with its reasons.
#[component]
pub(super) fn Scores(desk: Desk, mover: Mover) -> impl IntoView {
    let i18n = desk.i18n;
    let sort = RwSignal::new(USUAL_SORT);
    let only_passing = RwSignal::new(false);
    let opened = RwSignal::new(None::<CustomerId>);
    let passing = Memo::new(move |_| desk.screening.with(|screening| (screening.passing(), screening.scored().len())));
    let rows = Memo::new(move |_| {
        let (sort, only) = (sort.get(), only_passing.get());
        desk.screening.with(|screening| {
            let mut scored: Vec<_> = screening.scored().iter().filter(|scored| !only || scored.passes).collect();
            if sort != USUAL_SORT {
                let now = |id| desk.names.with(|names| names.customers.get(id).and_then(|customer| customer.fit));
                match sort.column {
                    "fit" => scored.sort_by_key(|scored| Reverse(now(scored.customer))),
                    "proposed" => scored.sort_by_key(|scored| Reverse(scored.fit)),
                    _ => {}
                }
                if !sort.descending || sort.column == "score" {
                    scored.reverse();
                }
            }
            scored.iter().map(|scored| scored.customer).collect::<Vec<_>>()
        })
    });
    let columns = columns(desk, mover);
    let count = move || {
        let (some, all) = passing.get();
        let (some, all) = (desk.format.count(some), desk.format.count(all));
        t_string!(i18n, targets.pass_count, some = some, all = all).to_string()
    };
    view! {
        <section class="card stack targets__scores" aria-labelledby="target-scores">
            <div class="targets__head">
                <h2 id="target-scores">{t!(i18n, targets.scores)}</h2>
                <strong aria-live="polite" data-testid="passing">{count}</strong>
            </div>
            <Histogram desk/>
            <div class="row targets__tools">
                <Checkbox label=desk.label(|i18n| t_string!(i18n, targets.only_passing)) value=only_passing on_change=move |only| only_passing.set(only)/>
                <Fits desk mover/>
            </div>
            <div class="targets__table" data-testid="target-customers">
                <DataTable
                    label=desk.label(|i18n| t_string!(i18n, targets.scores))
                    columns
                    rows
                    sort=Signal::derive(move || Some(sort.get()))
                    on_sort=move |asked: Sort| sort.set(asked)
                    on_open=move |id: CustomerId| opened.set(Some(id))
                    row_height=100.0
                />
            </div>
            <p class="muted small">{t!(i18n, targets.open_hint)}</p>
            <Reasons desk opened/>
        </section>
    }
    .into_any()
}

/// What the profile says of a customer, followed.
fn found(desk: Desk, id: CustomerId) -> Memo<Option<Found>> {
    Memo::new(move |_| {
        let customer = desk.names.with(|names| names.customers.get(id).cloned())?;
        desk.shown.with(|target| {
            let target = target.as_ref()?;
            let matched = score(target, &customer);
            let (passes, fit) = (matched.passes(target.line), matched.fit(target.line));
            Some(Found { customer, wishes: target.wishes.clone(), matched, passes, fit })
        })
    })
}

fn columns(desk: Desk, mover: Mover) -> Signal<Vec<Column<CustomerId>>> {
    let i18n = desk.i18n;
    let name = move |id: CustomerId| {
        let href = Route::Customer(id.to_string()).href(&Query::default());
        let name = move || desk.names.with(|names| names.customer(Some(id)));
        view! { <a class="targets__customer" href=href on:click=|event| event.stop_propagation()>{name}</a> }.into_any()
    };
    let percent = move |id: CustomerId| {
        let found = found(desk, id);
        let passes = move || found.with(|found| found.as_ref().is_some_and(|found| found.passes));
        let score =
            move || found.with(|found| desk.format.percent(found.as_ref().and_then(|found| found.matched.score), 0));
        view! {
            <span class="targets__score">
                {score}
                <Show when=passes>
                    <Icon icon=icondata_lu::LuCheck/>
                    <span class="visually-hidden">{t!(i18n, targets.passes)}</span>
                </Show>
            </span>
        }
        .into_any()
    };
    let why = move |id: CustomerId| {
        let found = found(desk, id);
        let chips = move || {
            let chip = |(wish, answer): (Wish, crate::metrics::Answer)| {
                let weight = wish.weight;
                let words = move || target_words::attribute(i18n, &wish.attribute);
                view! {
                    <span class="targets__chip small" data-tone=target_words::tone(answer).as_str()>
                        <Icon icon=target_words::symbol(answer)/>
                        <span class="visually-hidden">{move || target_words::answer(i18n, answer)}</span>
                        {words}" "{weight}
                    </span>
                }
            };
            found.get().map(|found| found.wishes.into_iter().zip(found.matched.answers).map(chip).collect_view())
        };
        view! { <span class="targets__chips">{chips}</span> }.into_any()
    };
    let now = move |id: CustomerId| {
        let found = found(desk, id);
        view! { <span>{move || level(i18n, found.get().and_then(|found| found.customer.fit))}</span> }.into_any()
    };
    let proposed = move |id: CustomerId| {
        let found = found(desk, id);
        let change = Memo::new(move |_| {
            found
                .with(|found| found.as_ref().and_then(|found| found.fit.filter(|fit| Some(*fit) != found.customer.fit)))
        });
        let button = move |fit| {
            let name = move || {
                let customer = desk.names.with(|names| names.customer(Some(id)));
                t_string!(i18n, targets.take_over_of, name = customer).to_string()
            };
            let take = move |event: leptos::ev::MouseEvent| {
                event.stop_propagation();
                take_over(desk.store, mover, i18n, id, fit);
            };
            view! { <Button variant=Variant::Bare label=Signal::derive(name) on_click=take>{t!(i18n, targets.take_over)}</Button> }
        };
        view! {
            <span class="targets__proposed">
                {move || level(i18n, found.get().and_then(|found| found.fit))}
                {move || change.get().map(button)}
            </span>
        }
        .into_any()
    };
    let column = |id, title: fn(crate::ui::wording::I18n) -> &'static str, width, numeric, sortable, cell| Column {
        id,
        title: desk.label(title),
        width,
        numeric,
        sortable,
        cell,
    };
    let columns: Vec<Column<CustomerId>> = vec![
        column(
            "customer",
            |i18n| t_string!(i18n, domain.field.customer),
            "minmax(9rem, 1fr)",
            false,
            false,
            Arc::new(name),
        ),
        column("score", |i18n| t_string!(i18n, targets.score), "5.5rem", true, true, Arc::new(percent)),
        column("why", |i18n| t_string!(i18n, targets.why), "minmax(14rem, 2fr)", false, false, Arc::new(why)),
        column("fit", |i18n| t_string!(i18n, targets.fit_now), "5.25rem", false, true, Arc::new(now)),
        column("proposed", |i18n| t_string!(i18n, targets.proposed), "9.5rem", false, true, Arc::new(proposed)),
    ];
    Signal::stored(columns)
}

/// Why the opened customer scores as it does.
#[component]
fn Reasons(desk: Desk, opened: RwSignal<Option<CustomerId>>) -> impl IntoView {
    let i18n = desk.i18n;
    let title = Signal::derive(move || {
        opened.get().map(|id| desk.names.with(|names| names.customer(Some(id)))).unwrap_or_default()
    });
    let reasons = move || {
        let id = opened.get()?;
        let customer = desk.names.with(|names| names.customers.get(id).cloned())?;
        let target = desk.shown.get()?;
        let found = score(&target, &customer);
        let href = Route::Customer(id.to_string()).href(&Query::default());
        let best = (found.best > found.score).then(|| {
            let best = desk.format.percent(found.best, 0);
            t_string!(i18n, targets.best, best = best).to_string()
        });
        Some(view! {
            <p>
                <b>{desk.format.percent(found.score, 0)}</b>
                " "
                <span class="muted">{best}</span>
            </p>
            <Answers target customer/>
            <div class="dialog__actions"><a class="button" href=href>{t!(i18n, targets.to_customer)}</a></div>
        })
    };
    view! {
        <Dialog open=Signal::derive(move || opened.get().is_some()) title on_close=move |()| opened.set(None)>
            {reasons}
        </Dialog>
    }
}

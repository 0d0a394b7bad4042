//! The weighted amount of the open deals by the month of their expected close and by category.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use super::Wish;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Category, Forecast, ForecastMonth, Holding, Month, forecast},
    ui::{
        charts::bar_months::{BarMonths, MonthBar, Series},
        components::{explain::Explain, tag::Tone},
        format::{Format, UNKNOWN, use_format},
        parts::{behind::left_out_words, counted::made_anew},
        wording::{self, I18n},
    },
};

/// The categories, the surest first.
const CATEGORIES: [Category; 3] = [Category::Commit, Category::BestCase, Category::Pipeline];

/// The card with the chart and the table.
#[component]
pub(super) fn Weighted(wish: Wish) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let figures = Memo::new_with_compare(
        move |_| {
            let counted = wish.counted.get();
            Arc::new(wish.scope.with(|scope| forecast(&counted.frame.view(scope.as_of, &scope.filter))))
        },
        made_anew,
    );
    // Months without an open deal are behind us: they belong to the track record.
    let months = move || figures.with(|figures| ahead(figures).count());
    let series = Signal::derive(move || {
        let tones = [Tone::Good, Tone::Accent, Tone::Neutral];
        let one = |(category, tone)| Series { name: wording::category(i18n, category).to_owned(), tone };
        CATEGORIES.into_iter().zip(tones).map(one).collect::<Vec<_>>()
    });
    let bars = Signal::derive(move || {
        figures.with(|figures| {
            let bar = |(month, figures): (&Month, &ForecastMonth)| MonthBar {
                month: format.month(month.first_day()),
                short: format.short_month(month.first_day()),
                parts: CATEGORIES
                    .map(|category| figures.categories.get(&category).map_or(0.0, |holding| holding.weighted))
                    .to_vec(),
            };
            ahead(figures).map(bar).collect::<Vec<_>>()
        })
    });
    let on_pick = Callback::new(move |index: usize| {
        figures.with_untracked(|figures| {
            if let Some((month, figures)) = ahead(figures).nth(index) {
                open(wish, i18n, format, month_title(i18n, format, *month), &figures.open);
            }
        });
    });
    let rows = move || {
        figures.with(|figures| {
            let months = ahead(figures).map(|(month, figures)| {
                let title = month_title(i18n, format, *month);
                line(
                    wish,
                    i18n,
                    format,
                    &format.month(month.first_day()),
                    &title,
                    Some(&figures.categories),
                    &figures.open,
                )
            });
            let loose = [
                (t_string!(i18n, funnel.overdue), t_string!(i18n, funnel.list.overdue), &figures.overdue),
                (t_string!(i18n, funnel.no_date), t_string!(i18n, funnel.list.no_date), &figures.without_date),
                (t_string!(i18n, funnel.no_amount), t_string!(i18n, funnel.list.no_amount), &figures.without_amount),
            ];
            let loose =
                loose.into_iter().map(|(name, title, holding)| line(wish, i18n, format, name, title, None, holding));
            months.chain(loose).collect_view()
        })
    };
    let counted = move || {
        let all = figures.with(|figures| figures.categories.values().map(|holding| holding.deals.len()).sum::<usize>());
        t_string!(i18n, funnel.deals, count = format.count(all)).to_string()
    };
    view! {
        <section class="card stack" data-testid="forecast-weighted">
            <div class="forecast__head">
                <h2>{t!(i18n, forecast.weighted)}</h2>
                <Explain formula=Signal::derive(move || t_string!(i18n, forecast.weighted_formula).to_owned()) counted=Signal::derive(counted)/>
            </div>
            <p class="muted small">{t!(i18n, forecast.weighted_what)}</p>
            <Show when=move || { months() > 0 }>
                <BarMonths
                    label=Signal::derive(move || t_string!(i18n, funnel.forecast_label).to_owned())
                    series
                    bars
                    format=Callback::new(move |minor: f64| wish.money(format, minor))
                    on_pick
                />
            </Show>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, forecast.weighted)>
                <table class="table figures">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, common.month)}</th>
                            {move || CATEGORIES.map(|category| view! { <th scope="col">{wording::category(i18n, category)}</th> }).collect_view()}
                            <th scope="col">{t!(i18n, funnel.open_series)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The months in which open deals are expected to close.
fn ahead(figures: &Forecast) -> impl Iterator<Item = (&Month, &ForecastMonth)> {
    figures.months.iter().filter(|(_, month)| !month.open.deals.is_empty())
}

/// One line: each category and all together; where deals have no month, all together alone.
fn line(
    wish: Wish,
    i18n: I18n,
    format: Format,
    name: &str,
    title: &str,
    categories: Option<&BTreeMap<Category, Holding>>,
    all: &Holding,
) -> AnyView {
    let cell = |title: String, holding: &Holding| {
        let amount =
            holding.known_amount().map_or_else(|| UNKNOWN.to_owned(), |_| wish.money(format, holding.weighted));
        let (count, holding) = (format.count(holding.deals.len()), holding.clone());
        view! {
            <td>
                <button type="button" class="link" on:click=move |_| open(wish, i18n, format, title.clone(), &holding)>{amount}</button>
                <span class="muted small figures__count">{count}</span>
            </td>
        }
        .into_any()
    };
    let parts = CATEGORIES.map(|category| match categories.and_then(|categories| categories.get(&category)) {
        Some(holding) => cell([title, wording::category(i18n, category)].join(" · "), holding),
        None => view! { <td class="muted">"·"</td> }.into_any(),
    });
    view! { <tr><th scope="row">{name.to_owned()}</th>{parts.collect_view()}{cell(title.to_owned(), all)}</tr> }
        .into_any()
}

/// Opens the deals of a figure.
fn open(wish: Wish, i18n: I18n, format: Format, title: String, holding: &Holding) {
    wish.opener.run(title, &holding.deals, left_out_words(i18n, format, &holding.left_out));
}

fn month_title(i18n: I18n, format: Format, month: Month) -> String {
    t_string!(i18n, funnel.list.month, month = format.month(month.first_day())).to_string()
}

//! The lines of a breakdown as a table, sorted by any column, with a sum of all deals once.

use std::sync::Arc;

use leptos::prelude::*;

use super::{super::Desk, Shown, column::Column, words::dimension_name};
use crate::{
    codec::table::{encode, neutral},
    i18n::{t, t_string, use_i18n},
    metrics::breakdown::Line,
    ui::{
        components::{data_table::Sort, explain::Explain, icon::Icon},
        format::{Format, use_format},
        parts::{behind::left_out_words, listing::export::TakeAway},
        route::use_navigation,
        wording::I18n,
    },
};

#[component]
pub(super) fn LinesTable(desk: Desk, shown: Memo<Option<Arc<Shown>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let navigation = use_navigation();
    let on_sort = Callback::new(move |order: String| navigation.set_query("sorted", Some(order.as_str())));
    let table = move || shown.get().map(|shown| grid(desk, i18n, format, &shown, on_sort));
    let text = move |form| {
        let rows = shown.get_untracked().map(|shown| plain(desk, i18n, &shown)).unwrap_or_default();
        Ok((rows.len().saturating_sub(2), encode(form, rows)?))
    };
    let name = move || {
        let by = shown.get().map_or("", |shown| dimension_name(i18n, shown.by));
        [t_string!(i18n, analysis.breakdown.title), by].join("-")
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.breakdown.lines)>
            {table}
        </div>
        <div class="row no-print">
            <TakeAway name=Signal::derive(name) table=Callback::new(text)/>
        </div>
    }
    .into_any()
}

fn grid(desk: Desk, i18n: I18n, format: Format, shown: &Shown, on_sort: Callback<String>) -> AnyView {
    let columns = Column::of(shown.by);
    let heads = columns.iter().map(|column| head(i18n, format, shown, *column, on_sort)).collect_view();
    let most: Vec<f64> = columns
        .iter()
        .map(|column| {
            let values = shown.lines().filter_map(|(_, line)| column.value(line, &shown.breakdown.total));
            values.fold(0.0, f64::max)
        })
        .collect();
    let rows = shown.lines().map(|(name, line)| row(desk, i18n, format, shown, name, line, &most)).collect_view();
    let total = &shown.breakdown.total;
    let sum = row(desk, i18n, format, shown, t_string!(i18n, analysis.breakdown.total), total, &[]);
    let cohort = columns.iter().filter(|column| column.is_of_cohort()).count();
    let groups = (cohort > 0).then(|| {
        let rest = columns.len() - cohort - 1;
        view! {
            <tr>
                <td></td>
                <th scope="colgroup" colspan=cohort.to_string()>{t!(i18n, analysis.breakdown.began)}</th>
                <th scope="colgroup" colspan=rest.to_string()>{t!(i18n, analysis.breakdown.closed)}</th>
            </tr>
        }
    });
    view! {
        <table class="table figures breakdown" data-testid="breakdown-table">
            <thead>
                {groups}
                <tr>{heads}</tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>{sum}</tfoot>
        </table>
    }
    .into_any()
}

/// A heading that sorts, with how its column is computed.
fn head(i18n: I18n, format: Format, shown: &Shown, column: Column, on_sort: Callback<String>) -> AnyView {
    let Sort { column: sorted_by, descending } = shown.sorting.0;
    let order = (sorted_by == column).then_some(if descending { "descending" } else { "ascending" });
    let arrow = order.map(|_| {
        let icon = if descending { icondata_lu::LuArrowDown } else { icondata_lu::LuArrowUp };
        view! { <Icon icon/> }
    });
    let next = shown.sorting.after(column);
    let title = if column == Column::Name { dimension_name(i18n, shown.by) } else { column.title(i18n) };
    let explained = (column != Column::Name).then(|| {
        let total = &shown.breakdown.total;
        let counted = t_string!(i18n, funnel.deals, count = format.count(column.rows(total).len())).to_string();
        let left_out = left_out_words(i18n, format, column.left_out(total));
        let left_out = (!left_out.is_empty()).then_some(left_out);
        view! { <Explain formula=column.formula(i18n) counted left_out/> }
    });
    view! {
        <th scope="col" class:breakdown__part=column.begins_part() aria-sort=order data-column=column.code()>
            <span class="readings__rate">
                <button type="button" class="data-table__sort" on:click=move |_| on_sort.run(next.clone())>{title}{arrow}</button>
                {explained}
            </span>
        </th>
    }
    .into_any()
}

fn row(desk: Desk, i18n: I18n, format: Format, shown: &Shown, name: &str, line: &Line, most: &[f64]) -> AnyView {
    let cell = |(place, column): (usize, &Column)| {
        if *column == Column::Name {
            return view! { <th scope="row">{name.to_owned()}</th> }.into_any();
        }
        let value = column.value(line, &shown.breakdown.total);
        let title = [name, column.title(i18n)].join(" · ");
        let left_out = left_out_words(i18n, format, column.left_out(line));
        let figure = desk.link(column.shown(desk, format, value), title, column.rows(line), left_out);
        let note = column.rate(line).map(|rate| {
            let interval = rate.interval();
            let range = [format.percent(interval.low, 0), format.percent(interval.high, 0)].join("–");
            let is_thin = *column == Column::OfDecided && line.cohort.too_few();
            let few = is_thin.then(|| {
                view! { <span class="breakdown__few"><Icon icon=icondata_lu::LuTriangleAlert/>{t_string!(i18n, funnel.too_few)}</span> }
            });
            view! { <span class="muted small breakdown__note">{range}{few}</span> }
        });
        let largest = most.get(place).copied().filter(|most| column.has_bar() && *most > 0.0);
        let share = value.zip(largest).map(|(value, largest)| (value / largest).to_string());
        view! { <td class:breakdown__part=column.begins_part() class:breakdown__bar=share.is_some() style:--share=share>{figure}{note}</td> }.into_any()
    };
    let cells = Column::of(shown.by).iter().enumerate().map(cell).collect_view();
    view! { <tr>{cells}</tr> }.into_any()
}

/// The table for spreadsheets: headings, lines, total.
fn plain(desk: Desk, i18n: I18n, shown: &Shown) -> Vec<Vec<String>> {
    let columns = Column::of(shown.by);
    let title = |column: &Column| {
        let group = match column {
            Column::Name => return dimension_name(i18n, shown.by).to_owned(),
            _ if shown.by.is_of_losses() => return column.title(i18n).to_owned(),
            column if column.is_of_cohort() => t_string!(i18n, analysis.breakdown.began),
            _ => t_string!(i18n, analysis.breakdown.closed),
        };
        [group, column.title(i18n)].join(" · ")
    };
    let cells = |name: &str, line: &Line| {
        let cell = |column: &Column| match column {
            Column::Name => neutral(name),
            column => column.plain(desk, column.value(line, &shown.breakdown.total)),
        };
        columns.iter().map(cell).collect::<Vec<_>>()
    };
    let lines = shown.lines().map(|(name, line)| cells(name, line));
    let total = cells(t_string!(i18n, analysis.breakdown.total), &shown.breakdown.total);
    std::iter::once(columns.iter().map(title).collect()).chain(lines).chain([total]).collect()
}

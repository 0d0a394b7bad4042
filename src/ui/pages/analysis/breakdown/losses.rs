//! Lost deals by the stage they stood in, the reason given and who else bid.

use leptos::prelude::*;

use super::{super::Desk, words::not_given};
use crate::{
    codec::table::{encode, neutral},
    i18n::{t, t_string, use_i18n},
    metrics::{Holding, Losses, losses},
    ui::{
        components::{explain::Explain, field::SelectField},
        format::{Format, use_format},
        parts::{behind::left_out_words, listing::export::TakeAway},
        route::use_navigation,
        wording::I18n,
    },
};

/// What the address says for deals that name no competitor; a name never begins with a blank.
const NOBODY: &str = " ";

#[component]
pub(super) fn LossesCard(desk: Desk) -> impl IntoView {
    let (i18n, format, navigation) = (use_i18n(), use_format(), use_navigation());
    let rival = Memo::new(move |_| navigation.query.with(|query| query.get("rival").map(str::to_owned)));
    let table = desk.metric(move |view| losses(view, rival.get().as_deref().map(str::trim)).pop());
    let options = Signal::derive(move || {
        let all = (String::new(), t_string!(i18n, common.all).to_owned());
        let Some(table) = table.get() else { return vec![all] };
        let option = |(name, deals): (&String, &usize)| {
            let (key, shown) = if name.is_empty() {
                (NOBODY.to_owned(), t_string!(i18n, analysis.breakdown.no_competitor).to_owned())
            } else {
                (name.clone(), name.clone())
            };
            (key, [shown.as_str(), " (", &format.count(*deals), ")"].concat())
        };
        std::iter::once(all).chain(table.competitors.iter().map(option)).collect::<Vec<_>>()
    });
    let choose = move |name: String| navigation.set_query("rival", (!name.is_empty()).then_some(name.as_str()));
    let shown = move || {
        let table = table.get()?;
        if table.total.deals.is_empty() {
            return Some(view! { <p class="muted">{t!(i18n, analysis.breakdown.no_losses)}</p> }.into_any());
        }
        Some(grid(desk, i18n, format, &table))
    };
    let text = move |form| {
        let rows = table.get_untracked().map(|table| plain(desk, i18n, &table)).unwrap_or_default();
        Ok((rows.len().saturating_sub(1), encode(form, rows)?))
    };
    let counted = move || {
        let count = table.get().map(|table| table.total.deals.len());
        t_string!(i18n, funnel.deals, count = format.count(count)).to_string()
    };
    let left_out = move || {
        let words = left_out_words(i18n, format, &table.get()?.left_out);
        Some(words).filter(|words| !words.is_empty())
    };
    view! {
        <section class="card stack">
            <div class="card__head">
                <div class="row">
                    <h2>{t!(i18n, analysis.breakdown.losses)}</h2>
                    <Explain
                        formula=Signal::derive(move || t_string!(i18n, analysis.breakdown.losses_formula).to_owned())
                        counted=Signal::derive(counted)
                        left_out=MaybeProp::derive(left_out)
                    />
                </div>
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, domain.field.competitors).to_owned())
                    options
                    value=Signal::derive(move || rival.get().unwrap_or_default())
                    on_change=choose
                />
            </div>
            <p class="muted small">{t!(i18n, analysis.breakdown.losses_what)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.breakdown.losses)>
                {shown}
            </div>
            <div class="row no-print">
                <TakeAway
                    name=Signal::derive(move || t_string!(i18n, analysis.breakdown.losses).to_owned())
                    table=Callback::new(text)
                />
            </div>
        </section>
    }
    .into_any()
}

fn reason_name(i18n: I18n, reason: &str) -> String {
    if reason.is_empty() { not_given(i18n) } else { reason.to_owned() }
}

fn grid(desk: Desk, i18n: I18n, format: Format, table: &Losses) -> AnyView {
    let most = table.cells.values().map(|cell| cell.deals.len()).max().unwrap_or_default().max(1);
    let left_out = left_out_words(i18n, format, &table.left_out);
    let cell = |holding: &Holding, stage: &str, reason: &str, most: Option<usize>| {
        if holding.deals.is_empty() {
            return view! { <td class="muted">"·"</td> }.into_any();
        }
        let title = [t_string!(i18n, domain.status.lost), stage, reason].join(" · ");
        let count = desk.link(format.count(holding.deals.len()), title, holding.deals.clone(), left_out.clone());
        let amount = holding.known_amount().map_or_else(|| format.number(None, 0), |minor| desk.amount(format, minor));
        #[expect(clippy::cast_precision_loss, reason = "a shade")]
        let share = most.map(|most| (holding.deals.len() as f64 / most as f64).to_string());
        view! { <td class="matrix__cell" style:--share=share.unwrap_or_else(|| "0".to_owned())>{count}<span class="muted small">{amount}</span></td> }
            .into_any()
    };
    let empty = Holding::default();
    let all = t_string!(i18n, analysis.sum);
    let mut reasons: Vec<_> = table.by_reason.iter().collect();
    reasons.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.deals.len()));
    let heads = reasons.iter().map(|(reason, _)| view! { <th scope="col">{reason_name(i18n, reason)}</th> });
    let heads = heads.collect_view();
    let rows = table.by_stage.iter().enumerate().map(|(place, sum)| {
        let stage = desk.stage_name(place);
        let cells = reasons.iter().map(|(reason, _)| {
            let found = table.cells.get(&(place, (*reason).clone())).unwrap_or(&empty);
            cell(found, &stage, &reason_name(i18n, reason), Some(most))
        });
        let cells = cells.collect_view();
        let sum = cell(sum, &stage, all, None);
        view! { <tr><th scope="row">{stage}</th>{cells}{sum}</tr> }
    });
    let rows = rows.collect_view();
    let sums = reasons.iter().map(|(reason, sum)| cell(sum, all, &reason_name(i18n, reason), None)).collect_view();
    let total = cell(&table.total, all, all, None);
    view! {
        <table class="table figures matrix losses" data-testid="losses">
            <thead><tr><th scope="col">{t!(i18n, funnel.stage)}</th>{heads}<th scope="col">{all}</th></tr></thead>
            <tbody>{rows}</tbody>
            <tfoot><tr><th scope="row">{all}</th>{sums}{total}</tr></tfoot>
        </table>
    }
    .into_any()
}

/// A row for each cell: stage, reason, deals, amount.
fn plain(desk: Desk, i18n: I18n, table: &Losses) -> Vec<Vec<String>> {
    let heads = [
        t_string!(i18n, funnel.stage),
        t_string!(i18n, domain.field.lost_reason),
        t_string!(i18n, common.count),
        t_string!(i18n, common.amount),
    ];
    let row = |((place, reason), cell): (&(usize, String), &Holding)| {
        #[expect(clippy::cast_precision_loss, reason = "amounts are bounded by 2^51")]
        let amount = desk.decimal(cell.known_amount().map(|minor| minor as f64));
        let (stage, reason) = (neutral(&desk.stage_name(*place)), neutral(&reason_name(i18n, reason)));
        vec![stage, reason, cell.deals.len().to_string(), amount]
    };
    let rows = table.cells.iter().map(row);
    std::iter::once(heads.map(str::to_owned).to_vec()).chain(rows).collect()
}

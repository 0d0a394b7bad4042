//! The sheet of one person: measures with points, and what is paid line by line.

use leptos::prelude::*;

use super::{
    desk::Desk,
    words::{name, paid_for, target, value},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::appraisal::{PayLine, Sheet, SheetLine, less_is_better},
    ui::{components::button::Button, format::UNKNOWN, wording::I18n},
};

#[component]
pub(super) fn Single(desk: Desk, sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let print = move |_| {
        // Refused only where the browser cannot print at all.
        window().print().ok();
    };
    let person = sheet.person;
    let about = move || {
        let quarter = desk.quarter().map(|first| desk.quarter_words(first)).unwrap_or_default();
        [desk.draft.with(|draft| draft.name.clone()), quarter].join(" · ")
    };
    let lines = sheet.lines.iter().map(|line| measured(desk, i18n, &sheet, line)).collect_view();
    let without = (!sheet.without_amount.is_empty()).then(|| {
        let count = desk.format.count(sheet.without_amount.len());
        let words = t_string!(i18n, team.appraisal.without_amount, count = count).to_string();
        view! { <p class="small notice" data-tone="warn">{words}</p> }
    });
    let left_out = (sheet.measured() < 100 && !sheet.lines.is_empty()).then(|| {
        let measured = desk.format.percent(f64::from(sheet.measured()) / 100.0, 0);
        let words = t_string!(i18n, team.appraisal.measured, share = measured).to_string();
        view! { <p class="muted small">{words}</p> }
    });
    let total = desk.points(sheet.total());
    view! {
        <div class="stack paper" data-testid="sheet">
            <div class="row">
                <a class="link no-print" href=move || desk.href(None)>{t!(i18n, team.appraisal.all)}</a>
                <h2 class="scorecards__name">{move || desk.name(person)}</h2>
                <span class="muted small">{about}</span>
                <span class="scorecards__print no-print"><Button icon=icondata_lu::LuPrinter on_click=print>{t!(i18n, team.scorecards.print)}</Button></span>
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, team.appraisal.measures)>
                <table class="table figures" data-testid="sheet-measures">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, team.appraisal.what)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.weight)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.target)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.result)}</th>
                            <th scope="col">{t!(i18n, team.appraisal.points)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{t!(i18n, team.appraisal.together)}</th>
                            <td></td>
                            <td></td>
                            <td></td>
                            <td>{total}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            {left_out}
            <Paid desk sheet/>
            {without}
            <p class="muted small">{t!(i18n, team.appraisal.points_what)}</p>
            <p class="muted small">{t!(i18n, team.appraisal.incentive_what)}</p>
        </div>
    }
    .into_any()
}

fn measured(desk: Desk, i18n: I18n, sheet: &Sheet, line: &SheetLine) -> AnyView {
    let kind = line.measure.kind;
    let title = [&desk.name(sheet.person), " · ", name(i18n, kind)].concat();
    let result = desk.link(value(desk, kind, line.result), title, line.deals.clone());
    let less = less_is_better(kind)
        .then(|| view! { <span class="muted small appraisal__less">{t_string!(i18n, team.appraisal.less)}</span> });
    view! {
        <tr>
            <th scope="row">{name(i18n, kind)}{less}</th>
            <td>{desk.format.percent(f64::from(line.measure.weight) / 100.0, 0)}</td>
            <td>{target(desk, kind, line.measure.target)}</td>
            <td>{result}</td>
            <td>{desk.points(line.points)}</td>
        </tr>
    }
    .into_any()
}

/// What is paid, line by line.
#[component]
fn Paid(desk: Desk, sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let pay = sheet.pay;
    let steps = desk.draft.with_untracked(|draft| draft.incentive.steps.clone());
    let line = |line: &PayLine| {
        let (of, share) = (desk.money(line.of), desk.format.percent(line.share.as_f64(), 2));
        view! {
            <tr>
                <th scope="row">{paid_for(desk, i18n, &pay, &steps, line)}</th>
                <td>{of}</td>
                <td>{share}</td>
                <td>{desk.money(line.amount)}</td>
            </tr>
        }
    };
    let lines = pay.lines.iter().map(line).collect_view();
    let quota = pay.quota.map_or_else(|| UNKNOWN.to_owned(), |quota| desk.money(quota));
    let won = desk.link(desk.money(pay.won), desk.name(sheet.person), sheet.won);
    view! {
        <h3>{t!(i18n, team.appraisal.incentive)}</h3>
        <p>{t!(i18n, team.appraisal.won)}": "{won}" · "{t!(i18n, team.appraisal.quota)}": "{quota}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, team.appraisal.incentive)>
            <table class="table figures" data-testid="sheet-pay">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, team.appraisal.part)}</th>
                        <th scope="col">{t!(i18n, team.appraisal.of)}</th>
                        <th scope="col">{t!(i18n, team.appraisal.share)}</th>
                        <th scope="col">{t!(i18n, team.appraisal.paid)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{t!(i18n, team.appraisal.together)}</th>
                        <td></td>
                        <td>{desk.format.percent(pay.share(), 2)}</td>
                        <td>{desk.money(pay.total())}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
    .into_any()
}

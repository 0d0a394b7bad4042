//! Planning backwards: how many new opportunities a target needs, and by when. The target lives in the address.

use std::sync::Arc;

use leptos::prelude::*;

use super::Figures;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        StageConversion,
        replenishment::{Replenishment, StageAssumption, StageNeed, replenishment},
    },
    model::Date,
    ui::{
        components::field::{Field, FieldKind},
        filters::{Scope, Span},
        format::{Format, use_format},
        parts::goal::{GoalField, goal},
        route::use_navigation,
        typed,
        wording::I18n,
    },
};

/// The card with the target, the sentence and the stages.
#[component]
pub(super) fn Target(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
    /// The scope of the page.
    scope: Memo<Scope>,
) -> impl IntoView {
    let (i18n, format, navigation) = (use_i18n(), use_format(), use_navigation());
    let by = Memo::new(move |_| {
        let wished = navigation.query.with(|query| query.get("goal-by").and_then(|day| day.parse::<Date>().ok()));
        wished.unwrap_or_else(|| scope.with(|scope| end_of_quarter(scope.as_of)))
    });
    let need = move || {
        let figures = figures.get()?;
        let amount = typed::amount(&goal(navigation), figures.currency.1).ok().flatten()?;
        let won_amount = figures.shape.velocity.levers.won_amount.filter(|amount| *amount > 0.0)?;
        #[expect(clippy::cast_precision_loss, reason = "an amount is bounded by 2⁵¹")]
        let wins = amount.minor() as f64 / won_amount;
        let stages: Vec<_> = assumptions(&figures);
        scope.with(|scope| replenishment(&figures.model, &stages, wins, by.get(), scope.as_of))
    };
    let words = move || need().map(|need| sentence(i18n, format, &need));
    let unknown = move || (need().is_none()).then(|| t_string!(i18n, funnel.target_what).to_owned());
    let stages = move || Some(table(i18n, format, figures.get()?.as_ref(), need()?));
    view! {
        <section class="card stack" data-testid="target">
            <h2>{t!(i18n, funnel.target)}</h2>
            <div class="pair">
                <GoalField/>
                <Field
                    label=Signal::derive(move || t_string!(i18n, funnel.target_by).to_owned())
                    kind=FieldKind::Date
                    value=Signal::derive(move || by.get().to_string())
                    on_change=move |day: String| navigation.set_query("goal-by", day.parse::<Date>().ok().map(|_| day.as_str()))
                />
            </div>
            <p>{words}</p>
            <p class="muted small">{unknown}</p>
            {stages}
        </section>
    }
    .into_any()
}

/// What the target takes, in a sentence.
fn sentence(i18n: I18n, format: Format, need: &Replenishment) -> String {
    let number = |number: f64| format.number(number, 1);
    let (wins, expected, new) = (number(need.wins), number(need.expected), format.number(need.new.ceil(), 0));
    let by = format.date(need.by);
    match (need.new > 0.0, need.per_week) {
        (false, _) => t_string!(i18n, funnel.target_met, wins = wins, expected = expected).to_string(),
        (true, Some(per_week)) => {
            let per_week = number(per_week);
            t_string!(
                i18n,
                funnel.target_need,
                wins = wins,
                expected = expected,
                new = new,
                by = by,
                per_week = per_week
            )
            .to_string()
        }
        (true, None) => {
            t_string!(i18n, funnel.target_late, wins = wins, expected = expected, new = new, by = by).to_string()
        }
    }
}

/// What every stage has to have by when.
fn table(i18n: I18n, format: Format, figures: &Figures, need: Replenishment) -> AnyView {
    let row = |need: StageNeed| {
        let name = figures.model.stage(need.stage).map(|stage| stage.name.clone());
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{format.number(need.needed.ceil(), 0)}</td>
                <td>{format.count(need.there)}</td>
                <td>{format.date(need.by)}</td>
            </tr>
        }
    };
    let rows = need.stages.into_iter().map(row).collect_view();
    view! {
        <table class="table outlook">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, funnel.stage)}</th>
                    <th scope="col">{t!(i18n, funnel.needed)}</th>
                    <th scope="col">{t!(i18n, funnel.there)}</th>
                    <th scope="col">{t!(i18n, funnel.needed_by)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Observed rates and medians where enough is decided, the model's elsewhere.
fn assumptions(figures: &Figures) -> Vec<StageAssumption> {
    let stages = figures.model.stages.iter().zip(&figures.conversion.stages).zip(&figures.stock.stages);
    let of = |((stage, seen), stock): ((&crate::model::Stage, &StageConversion), &crate::metrics::StageStock)| {
        let observed = seen.cohort.of_decided().filter(|rate| !seen.cohort.too_few() && rate.hits() > 0);
        let days = seen.cohort.stay().median().filter(|_| !seen.cohort.too_few());
        StageAssumption {
            rate: observed.map_or_else(|| stage.promotion_rate.as_f64(), |rate| rate.value()),
            days: days.unwrap_or_else(|| u32::from(stage.expected_days)),
            open: stock.open.deals.len(),
        }
    };
    stages.map(of).collect()
}

/// The last day of the quarter in which a day lies.
fn end_of_quarter(day: Date) -> Date {
    let end = Span::Quarter
        .period(day, 1)
        .and_then(|quarter| quarter.from.checked_add_months(chrono::Months::new(3)).and_then(|next| next.pred_opt()));
    end.unwrap_or(day)
}

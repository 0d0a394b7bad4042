//! What the open deals may bring from now on.

use leptos::prelude::*;

use super::{
    Asked, Wish,
    asking::UnderWay,
    drawn::{DRAWS, Drawn, use_drawn},
    picture::{Fan, Totals},
    weighted::Weighted,
};
use crate::{
    i18n::{t_string, use_i18n},
    metrics::simulation::Spread,
    ui::{
        components::{explain::Explain, stat::Stat},
        format::{UNKNOWN, use_format},
        parts::goal::GoalField,
    },
};

#[component]
pub(super) fn Ahead(wish: Wish) -> impl IntoView {
    let i18n = use_i18n();
    let drawn = use_drawn(wish);
    view! {
        <div class="stack forecast">
            <Asked wish><GoalField/></Asked>
            <UnderWay asking=drawn.asking label=Signal::derive(move || t_string!(i18n, forecast.drawing).to_owned())/>
            <Answers wish drawn/>
            <div class="forecast-page">
                <Fan wish drawn/>
                <Totals wish drawn/>
            </div>
            <Weighted wish/>
        </div>
    }
    .into_any()
}

/// The answers in figures.
#[component]
fn Answers(wish: Wish, drawn: Drawn) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let money = move |minor: Option<f64>| minor.map_or_else(|| UNKNOWN.to_owned(), |minor| wish.money(format, minor));
    let total = move |read: fn(&Spread) -> f64| {
        drawn.outcomes.with(|outcomes| outcomes.as_ref().map(|outcomes| read(&outcomes.total)))
    };
    let without = move |read: fn(&Spread) -> f64| {
        drawn.outcomes.with(|outcomes| outcomes.as_ref().map(|outcomes| read(&outcomes.without_largest)))
    };
    let chance = move || {
        let goal = wish.goal.get()?;
        drawn.outcomes.with(|outcomes| outcomes.as_ref().and_then(|outcomes| outcomes.chance(goal)))
    };
    let range = move |low: Option<f64>, high: Option<f64>| {
        t_string!(i18n, forecast.range, low = money(low), high = money(high)).to_string()
    };
    let formula = move || {
        [&t_string!(i18n, forecast.formula, draws = format.count(DRAWS)).to_string(), " ", wish.basis_words(i18n)]
            .concat()
    };
    let counted = move || t_string!(i18n, funnel.deals, count = format.count(drawn.deals.get().0)).to_string();
    let left_out = move || {
        let unknown = drawn.deals.get().1;
        (unknown > 0).then(|| [format.count(unknown).as_str(), t_string!(i18n, funnel.reason.no_amount)].join(" "))
    };
    #[expect(clippy::cast_precision_loss, reason = "an amount that is shown")]
    let of_quota = move || {
        let quota = wish.quota.get().filter(|_| !wish.is_goal_written.get())?;
        let (asked, won) = (money(Some(quota.asked.amount as f64)), money(Some(quota.won.amount as f64)));
        if quota.left() <= 0.0 {
            return Some(t_string!(i18n, forecast.quota.reached, asked = asked, won = won).to_string());
        }
        let left = money(Some(quota.left()));
        Some(t_string!(i18n, forecast.quota.left, left = left, asked = asked, won = won).to_string())
    };
    let goal_words = move || match (of_quota(), wish.goal.get()) {
        (Some(words), _) => words,
        (None, Some(goal)) => t_string!(i18n, forecast.chance_note, goal = money(Some(goal))).to_string(),
        (None, None) => t_string!(i18n, forecast.no_goal).to_owned(),
    };
    let until = move || t_string!(i18n, forecast.until, day = format.date(wish.end())).to_string();
    view! {
        <div class="tiles" data-testid="forecast-answers">
            <Stat
                label=Signal::derive(until)
                figure=Signal::derive(move || money(total(|spread| spread.p50)))
                note=Signal::derive(move || range(total(|spread| spread.p10), total(|spread| spread.p90)))
            >
                <Explain
                    formula=Signal::derive(formula)
                    counted=Signal::derive(counted)
                    left_out=MaybeProp::derive(left_out)
                />
            </Stat>
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.chance).to_owned())
                figure=Signal::derive(move || format.percent(chance(), 0))
                note=Signal::derive(goal_words)
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.without_largest).to_owned())
                figure=Signal::derive(move || money(without(|spread| spread.p50)))
                note=Signal::derive(move || range(without(|spread| spread.p10), without(|spread| spread.p90)))
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.mean).to_owned())
                figure=Signal::derive(move || money(total(|spread| spread.mean)))
                note=Signal::derive(move || t_string!(i18n, forecast.mean_note).to_owned())
            />
        </div>
    }
    .into_any()
}

//! Dragging the probability of a deal until the weighted sum reaches an amount.

use leptos::prelude::*;

use super::{ask, check};
use crate::{
    codec::content::lessons::{self, Unit, Weighed},
    i18n::{t, t_string},
    training::lesson::{
        Answer,
        practice::weighted,
        task::{STEP, dragged},
    },
    ui::pages::learn::lessons::{desk::Desk, pictures::number},
};

/// The deals as a table; one of them has a slider.
#[component]
pub(super) fn Weighing(desk: Desk, weigh: &'static lessons::Weigh) -> impl IntoView {
    let Desk { i18n, format, .. } = desk;
    let start = weigh.deals.get(weigh.drag).map_or(0, |deal| deal.percent);
    let percent = RwSignal::new(start);
    desk.when_shown(move |answer| {
        if let Answer::Percent(right) = answer {
            percent.set(*right);
        }
    });
    let hand_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.answer(&Answer::Percent(percent.get_untracked()));
    };
    let sum = Memo::new(move |_| dragged(weigh, percent.get()));
    #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
    let share = move || (sum.get() / weigh.reach as f64).to_string();
    let row = move |(place, deal): (usize, &'static Weighed)| {
        let is_dragged = place == weigh.drag;
        let own = move || if is_dragged { percent.get() } else { deal.percent };
        let chance = move || format.percent(f64::from(own()) / 100.0, 0);
        let worth = move || format.number(weighted(&[Weighed { percent: own(), ..*deal }]), 0);
        let label = move || t_string!(i18n, learn.lessons.chance_of, deal = desk.text(deal.name)).to_string();
        let slider = is_dragged.then(|| {
            view! {
                <input
                    type="range"
                    class="lesson__slider"
                    min="0"
                    max="100"
                    step=STEP.to_string()
                    aria-label=label
                    aria-valuetext=chance
                    data-testid="lesson-slider"
                    prop:value=move || percent.get().to_string()
                    on:input=move |event| if let Ok(dragged) = event_target_value(&event).parse() { percent.set(dragged) }
                />
            }
        });
        view! {
            <tr>
                <th scope="row">{move || desk.text(deal.name)}</th>
                <td>{move || number(desk, Unit::Money, deal.amount)}</td>
                <td><span class="lesson__chance">{chance}{slider}</span></td>
                <td>{worth}</td>
            </tr>
        }
    };
    view! {
        <form class="lesson__form" data-kind="weigh" on:submit=hand_in>
            {ask(desk, weigh.ask)}
            <div class="table-scroll" tabindex="0">
                <table class="table figures">
                    <thead><tr>
                        <th scope="col">{t!(i18n, learn.lessons.deal)}</th>
                        <th scope="col">{t!(i18n, common.amount)}</th>
                        <th scope="col">{t!(i18n, learn.lessons.chance)}</th>
                        <th scope="col">{t!(i18n, common.weighted)}</th>
                    </tr></thead>
                    <tbody>{weigh.deals.iter().enumerate().map(row).collect_view()}</tbody>
                </table>
            </div>
            <div class="lesson__reach" style:--share=share>
                <span class="lesson__reach-bar" aria-hidden="true"><span></span></span>
                <strong role="status" data-testid="lesson-sum">{move || {
                    let reach = number(desk, Unit::Money, weigh.reach);
                    t_string!(i18n, learn.lessons.sum_of, sum = format.number(sum.get(), 0), reach = reach).to_string()
                }}</strong>
            </div>
            {check(desk, Signal::stored(false))}
        </form>
    }
    .into_any()
}

//! What came, beside what the player and the product had said.

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string},
    training::contest::{Forecast, Kept, Score, Verdict},
    ui::{
        charts::intervals::{IntervalRow, Intervals},
        components::tag::{Tag, Tone},
    },
};

/// The end of a round.
#[component]
pub(super) fn Outcome(desk: Desk, kept: Kept) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let (player, product) = kept.scores();
    let came = move || {
        let (came, share) = (desk.money(kept.came), format.percent(kept.came / kept.asked, 0));
        t_string!(i18n, learn.contest.came, came = came, share = share).to_string()
    };
    let (tone, verdict) = match Verdict::of(&player, &product) {
        Verdict::Player => (Tone::Good, t_string!(i18n, learn.contest.you_nearer)),
        Verdict::Product => (Tone::Warn, t_string!(i18n, learn.contest.product_nearer)),
        Verdict::Even => (Tone::Neutral, t_string!(i18n, learn.contest.even)),
    };
    let rows = Signal::derive(move || {
        let row = |name: &str, said: Forecast, tone: Tone| IntervalRow {
            name: name.to_owned(),
            value: Some(said.won.p50()),
            range: Some((said.won.p10(), said.won.p90())),
            tone,
        };
        vec![
            row(t_string!(i18n, learn.contest.you), kept.player, Tone::Accent),
            row(t_string!(i18n, learn.contest.product), kept.product, Tone::Neutral),
        ]
    });
    let inside = move |score: Score| {
        if score.inside { t_string!(i18n, learn.contest.inside) } else { t_string!(i18n, learn.contest.outside) }
    };
    let line = move |label: fn(crate::ui::wording::I18n) -> &'static str, of: Callback<Score, String>| {
        view! {
            <tr>
                <th scope="row">{move || label(i18n)}</th>
                <td>{move || of.run(player)}</td>
                <td>{move || of.run(product)}</td>
            </tr>
        }
    };
    view! {
        <section class="card games__part" data-testid="contest-result">
            <h3>{t!(i18n, learn.contest.result)}</h3>
            <p role="status"><strong>{came}</strong>" "<Tag tone>{verdict}</Tag></p>
            <Intervals
                label=Signal::derive(move || t_string!(i18n, learn.contest.ranges).to_owned())
                row_name=Signal::derive(move || t_string!(i18n, learn.contest.who).to_owned())
                value_name=Signal::derive(move || "P50".to_owned())
                rows
                beside=MaybeProp::derive(move || Some(kept.came))
                format=Callback::new(move |minor: f64| desk.money(minor))
            />
            <p class="small muted">{t!(i18n, learn.contest.ranges_what)}</p>
            <div class="table-scroll" tabindex="0" role="group" aria-label=move || t_string!(i18n, learn.contest.scores)>
                <table class="table" data-testid="contest-scores">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, learn.contest.scores)}</th>
                            <th scope="col">{t!(i18n, learn.contest.you)}</th>
                            <th scope="col">{t!(i18n, learn.contest.product)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {line(|i18n| t_string!(i18n, learn.contest.range), Callback::new(move |score: Score| inside(score).to_owned()))}
                        {line(|i18n| t_string!(i18n, learn.contest.crps), Callback::new(move |score: Score| desk.money(score.crps)))}
                        {line(|i18n| t_string!(i18n, learn.contest.crps_share), Callback::new(move |score: Score| format.percent(score.share, 1)))}
                        {line(|i18n| t_string!(i18n, learn.contest.chance), Callback::new(move |score: Score| format.percent(score.quota, 0)))}
                        {line(|i18n| t_string!(i18n, learn.contest.brier), Callback::new(move |score: Score| format.number(score.brier, 2)))}
                        {line(|i18n| t_string!(i18n, learn.contest.points), Callback::new(move |score: Score| format.count(usize::from(score.points()))))}
                    </tbody>
                </table>
            </div>
            <p class="small muted">{t!(i18n, learn.contest.scores_what)}</p>
        </section>
    }
    .into_any()
}

//! The arithmetic of a round: what is there, what is missing, and how the chance grows with every further stick.

use leptos::prelude::*;

use super::sticks::Desk;
use crate::{
    i18n::{t, t_string},
    training::matches::{Arithmetic, Term, ladder},
    ui::{
        charts::{
            chart_frame::Look,
            lines::{Column, Line, Lines, Rule, Stroke},
        },
        components::tag::{Tag, Tone},
    },
};

fn arithmetic(desk: Desk) -> Arithmetic {
    desk.round.with_value(|round| Arithmetic::of(&round.sticks, round.more, round.target))
}

/// What the sticks bring on average: the sum, term by term.
#[component]
pub(super) fn Have(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let row = move |Term { count, stick, product }: Term| {
        let term = move || {
            let (count, odds) = (format.count(count as usize), format.percent(stick.odds.as_f64(), 0));
            if stick.worth == 1 {
                [&count, " × ", &odds].concat()
            } else {
                [&count, " × ", &odds, " × ", &desk.amount(f64::from(stick.worth))].concat()
            }
        };
        view! { <tr><th scope="row">{term}</th><td>{move || desk.amount(product)}</td></tr> }
    };
    let Arithmetic { terms, expected, .. } = arithmetic(desk);
    let rows = terms.into_iter().map(row).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=move || t_string!(i18n, learn.games.have)>
            <table class="table games__sum" data-testid="sticks-sum">
                <caption class="games__caption">{t!(i18n, learn.games.have)}</caption>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr><th scope="row">{t!(i18n, learn.games.on_average)}</th><td><strong>{move || desk.amount(expected)}</strong></td></tr>
                    <tr><th scope="row">{t!(i18n, learn.games.target)}</th><td>{move || desk.whole(desk.target())}</td></tr>
                </tfoot>
            </table>
        </div>
    }
    .into_any()
}

/// What is right, and why.
#[component]
pub(super) fn Need(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let Some(judged) = desk.judged.get_untracked() else { return ().into_any() };
    let Some(answer) = desk.answer.get_untracked() else { return ().into_any() };
    let Arithmetic { expected, missing, each, quotient, .. } = arithmetic(desk);
    let sum = move || {
        let (target, expected, missing) =
            (desk.amount(f64::from(desk.target())), desk.amount(expected), desk.amount(missing));
        let (each, quotient) = (desk.amount(each), format.number(quotient, 2));
        let step = [missing.as_str(), " ÷ ", &each, " = ", &quotient].concat();
        [target.as_str(), " − ", &expected, " = ", &missing, "; ", &step].concat()
    };
    let right = judged.right;
    let sure = desk.round.with_value(|round| round.level.sure().as_f64());
    let line = move |words: String, right: u32, said: u32| {
        let hit = right == said;
        let tone = if hit { Tone::Good } else { Tone::Warn };
        let verdict = move || {
            let n = format.count(said as usize);
            if hit {
                t_string!(i18n, learn.games.right).to_owned()
            } else {
                t_string!(i18n, learn.games.you_said, n = n).to_string()
            }
        };
        view! { <p class="row">{words}" "<Tag tone>{verdict}</Tag></p> }
    };
    let average = move || {
        let (n, chance) = (format.count(right.on_average as usize), format.percent(judged.chance_on_average, 0));
        let words = t_string!(i18n, learn.games.need_average, n = n, chance = chance).to_string();
        line(words, right.on_average, answer.on_average)
    };
    let certain = move || {
        let (n, share) = (format.count(right.sure as usize), format.percent(sure, 0));
        line(t_string!(i18n, learn.games.need_sure, n = n, share = share).to_string(), right.sure, answer.sure)
    };
    view! {
        <section class="card games__part" data-testid="sticks-need">
            <h2>{t!(i18n, learn.games.need)}</h2>
            <p class="games__formula">{sum}</p>
            {average}
            {certain}
            <Ladder desk most=right.sure.max(answer.sure).saturating_add(2)/>
        </section>
    }
    .into_any()
}

/// The chance to reach the target, by the number of further sticks.
#[component]
fn Ladder(desk: Desk, most: u32) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let chances = desk.round.with_value(|round| ladder(&round.sticks, round.more, round.target, most.min(60)));
    let sure = desk.round.with_value(|round| round.level.sure().as_f64());
    let steps = chances.len();
    let columns = Signal::derive(move || {
        let every = steps.div_ceil(12).max(1);
        let column = |(more, at): (usize, u32)| {
            let name = format.count(more);
            Column {
                at: f64::from(at),
                word: if more.is_multiple_of(every) { name.clone() } else { String::new() },
                name,
            }
        };
        (0..steps).zip(0_u32..).map(column).collect::<Vec<_>>()
    });
    let lines = Signal::derive(move || {
        vec![Line {
            name: t_string!(i18n, learn.games.chance).to_owned(),
            look: Look::Tone(Tone::Accent),
            stroke: Stroke::Points,
            values: chances.iter().map(|chance| Some(*chance)).collect(),
            ranges: Vec::new(),
        }]
    });
    let rules = Signal::derive(move || {
        vec![Rule { at: sure, name: t_string!(i18n, learn.games.sure).to_owned(), upright: false }]
    });
    view! {
        <Lines
            label=Signal::derive(move || t_string!(i18n, learn.games.ladder).to_owned())
            column_name=Signal::derive(move || t_string!(i18n, learn.games.further).to_owned())
            columns
            lines
            rules
            format=Callback::new(move |share: f64| format.percent(share, 0))
            most=1.0
            height=200.0
        />
    }
    .into_any()
}

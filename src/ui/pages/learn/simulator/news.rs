//! What happened in the latest weeks, as a short list.

use leptos::prelude::*;

use super::{desk::Desk, words::zone};
use crate::{
    i18n::{t, t_string},
    training::simulator::{News as Event, Week, ZONES},
};

/// How many weeks are told.
const TOLD: usize = 4;

/// The list, the latest week first.
#[component]
pub(super) fn News(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let weeks = move || {
        let weeks = desk.game.with(|game| {
            let Some(game) = game else { return Vec::new() };
            let weeks = game.state.weeks.iter().enumerate().rev().take(TOLD);
            weeks.map(|(place, week)| (place, week.clone())).collect::<Vec<_>>()
        });
        if weeks.is_empty() {
            return view! { <p class="muted">{t!(i18n, learn.simulator.no_news)}</p> }.into_any();
        }
        weeks.into_iter().map(|(place, week)| told(desk, place, &week)).collect_view().into_any()
    };
    view! {
        <section class="card simulator__news" aria-labelledby="simulator-news" data-testid="simulator-news">
            <h3 id="simulator-news">{t!(i18n, learn.simulator.news)}</h3>
            {weeks}
        </section>
    }
    .into_any()
}

/// A week with what is worth telling of it.
fn told(desk: Desk, place: usize, week: &Week) -> AnyView {
    let i18n = desk.i18n;
    let counts = t_string!(
        i18n,
        learn.simulator.counts,
        leads = week.leads.iter().sum::<u32>().to_string(),
        promoted = week.promoted.to_string(),
        won = week.won.to_string(),
        lost = week.lost().to_string()
    )
    .to_string();
    let mut lines: Vec<String> = week.news.iter().filter_map(|event| event_words(desk, *event)).collect();
    let signed = week.news.iter().filter_map(|event| match event {
        Event::Won { amount, .. } => Some(desk.money(*amount)),
        _ => None,
    });
    let signed: Vec<_> = signed.collect();
    if !signed.is_empty() {
        lines.insert(0, t_string!(i18n, learn.simulator.signed, amounts = signed.join(" · ")).to_string());
    }
    for (of, count) in ZONES.into_iter().zip(week.silent).filter(|(_, count)| *count > 0) {
        let zone = zone(i18n, of);
        lines.push(t_string!(i18n, learn.simulator.went_silent, n = count.to_string(), zone = zone).to_string());
    }
    for (of, count) in ZONES.into_iter().zip(week.taken).filter(|(_, count)| *count > 0) {
        let zone = zone(i18n, of);
        lines.push(t_string!(i18n, learn.simulator.were_taken, n = count.to_string(), zone = zone).to_string());
    }
    let head = t_string!(i18n, learn.simulator.week, week = (place + 1).to_string()).to_string();
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <div class="simulator__told">
            <p><strong>{head}</strong>" "<span class="muted">{counts}</span></p>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}

/// An event in words; signatures are told together.
fn event_words(desk: Desk, event: Event) -> Option<String> {
    let i18n = desk.i18n;
    let training = |zone| desk.text(desk.of_scenario(|scenario| scenario.training_names.of(zone)));
    let rival = |place: usize| {
        desk.text(desk.of_scenario(|scenario| scenario.rivals.get(place).map(|rival| rival.name).unwrap_or_default()))
    };
    Some(match event {
        Event::Won { .. } => return None,
        Event::DrillsBegan(zone) => t_string!(i18n, learn.simulator.drills_began, name = training(zone)).to_string(),
        Event::DrillsDone(zone) => t_string!(i18n, learn.simulator.drills_done, name = training(zone)).to_string(),
        Event::Joined(_) => t_string!(i18n, learn.simulator.joined).to_owned(),
        Event::Left(place) => {
            match desk.of_scenario(|scenario| scenario.sellers.get(place).map(|seller| seller.name)) {
                Some(name) => t_string!(i18n, learn.simulator.left, name = desk.text(name)).to_string(),
                None => t_string!(i18n, learn.simulator.left_new).to_owned(),
            }
        }
        Event::RivalCame(place) => t_string!(i18n, learn.simulator.rival_came, name = rival(place)).to_string(),
        Event::RivalWent(place) => t_string!(i18n, learn.simulator.rival_went, name = rival(place)).to_string(),
    })
}

//! The choice of a scenario, its market, and whether weeks may be taken back.

use leptos::prelude::*;

use super::desk::{Desk, key};
use crate::{
    codec::{
        content::scenarios::{self, Scenario},
        progress::Exercise,
    },
    i18n::{t, t_string},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Checkbox, Field, FieldKind},
        },
        route::use_navigation,
        seat::use_seat,
    },
};

/// The scenarios. The address may name one and its market: `scenario=rival&seed=11`.
#[component]
pub(super) fn Begin(desk: Desk) -> impl IntoView {
    let (i18n, navigation) = (desk.i18n, use_navigation());
    let all = scenarios::shipped();
    let asked = |key: &'static str| navigation.query.with_untracked(|query| query.get(key).map(str::to_owned));
    let first = asked("scenario").and_then(|slug| all.iter().find(|scenario| scenario.slug == slug)).or(all.first());
    let chosen = RwSignal::new(first.map_or("", |scenario| scenario.slug));
    let of_class = |slug: &str| scenarios::of_slug(slug).map_or(1, |scenario| scenario.seed);
    let seed = asked("seed").and_then(|seed| seed.parse().ok());
    let number = RwSignal::new(seed.unwrap_or_else(|| of_class(chosen.get_untracked())).to_string());
    let refusal = RwSignal::new(None::<String>);
    let practice = RwSignal::new(true);
    let seat = use_seat();
    // What a pack asks for is a result beside those of others.
    let counts = Memo::new(move |_| {
        let seed = number.with(|number| number.trim().parse().ok());
        seed.is_some_and(|seed| seat.asks(Exercise::Simulator, &key(chosen.get(), seed)))
    });
    let choose = move |slug: &'static str| {
        chosen.set(slug);
        number.set(of_class(slug).to_string());
        refusal.set(None);
    };
    let begin = move |_| match (scenarios::of_slug(chosen.get_untracked()), number.get_untracked().trim().parse()) {
        (Some(scenario), Ok(seed)) => {
            desk.start(scenario, seed, practice.get_untracked() && !counts.get_untracked());
        }
        _ => refusal.set(Some(t_string!(i18n, learn.simulator.bad_market).to_owned())),
    };
    let cards = all.into_iter().map(|scenario| card(desk, scenario, chosen, choose)).collect_view();
    view! {
        <p class="simulator__what">{t!(i18n, learn.simulator.what)}</p>
        <div class="simulator__scenarios" role="radiogroup" aria-label=move || t_string!(i18n, learn.simulator.scenario)>
            {cards}
        </div>
        <div class="card simulator__begin">
            <Field
                label=Signal::derive(move || t_string!(i18n, learn.simulator.market).to_owned())
                kind=FieldKind::Number
                value=number
                hint=Signal::derive(move || t_string!(i18n, learn.simulator.market_hint).to_owned())
                error=refusal
                on_change=move |text: String| {
                    refusal.set(None);
                    number.set(text);
                }
            />
            <Show
                when=move || !counts.get()
                fallback=move || view! { <p data-testid="simulator-counts">{t!(i18n, learn.simulator.of_pack)}</p> }
            >
                <Checkbox
                    label=Signal::derive(move || t_string!(i18n, learn.simulator.practice).to_owned())
                    value=practice
                    on_change=move |on: bool| practice.set(on)
                />
            </Show>
            <div>
                <Button variant=Variant::Primary on_click=begin attr:data-testid="simulator-begin">
                    {t!(i18n, learn.simulator.begin)}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// A scenario to choose.
fn card(
    desk: Desk,
    scenario: Scenario,
    chosen: RwSignal<&'static str>,
    choose: impl Fn(&'static str) + Copy + Send + Sync + 'static,
) -> AnyView {
    let Scenario { slug, name, story, task, .. } = scenario;
    view! {
        <label class="card simulator__scenario" data-testid="simulator-scenario">
            <span class="simulator__scenario-head">
                <input
                    type="radio"
                    name="simulator-scenario"
                    value=slug
                    prop:checked=move || chosen.get() == slug
                    on:change=move |_| choose(slug)
                />
                <strong>{move || desk.text(name)}</strong>
            </span>
            <span>{move || desk.text(story)}</span>
            <span class="muted">{move || desk.text(task)}</span>
        </label>
    }
    .into_any()
}

//! What is decided for the week to come.

use leptos::prelude::*;

use super::{
    desk::Desk,
    slider::Slider,
    words::{gate, use_of_hours, zone},
};
use crate::{
    codec::run::{Decision, Hours, Strictness},
    i18n::{t, t_string},
    model::Zone,
    training::simulator::{MOST_DISCOUNT, MOST_HOURS, ZONES},
    ui::components::{button::Button, segmented::Segmented, tag::Tone},
};

/// What the hours of a week go to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Prospecting,
    Upper,
    Middle,
    Lower,
    Coaching,
}

impl Use {
    const ALL: [Self; 5] = [Self::Prospecting, Self::Upper, Self::Middle, Self::Lower, Self::Coaching];

    const fn id(self) -> &'static str {
        match self {
            Self::Prospecting => "hours-prospecting",
            Self::Upper => "hours-upper",
            Self::Middle => "hours-middle",
            Self::Lower => "hours-lower",
            Self::Coaching => "hours-coaching",
        }
    }

    const fn of(self, hours: &mut Hours) -> &mut u8 {
        match self {
            Self::Prospecting => &mut hours.prospecting,
            Self::Upper => &mut hours.upper,
            Self::Middle => &mut hours.middle,
            Self::Lower => &mut hours.lower,
            Self::Coaching => &mut hours.coaching,
        }
    }
}

/// All decisions, in groups.
#[component]
pub(super) fn Decide(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let back = move |_| desk.draft.set(desk.of_scenario(|scenario| scenario.standing.clone()));
    view! {
        <section class="card simulator__decide" aria-labelledby="simulator-decide" data-testid="simulator-decide">
            <div class="simulator__decide-head">
                <h2 id="simulator-decide">{t!(i18n, learn.simulator.decide)}</h2>
                <Button on_click=back>{t!(i18n, learn.simulator.as_before)}</Button>
            </div>
            <WeekHours desk/>
            <Gates desk/>
            <Channels desk/>
            <Price desk/>
            <People desk/>
        </section>
    }
    .into_any()
}

/// How each seller spends the week, with the sum.
#[component]
fn WeekHours(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let sum = Memo::new(move |_| desk.draft.with(|draft| draft.hours.sum()));
    let sliders = Use::ALL.map(|part| {
        let value = Memo::new(move |_| desk.draft.with(|draft| u32::from(*part.of(&mut { draft.hours }))));
        let change = move |hours: u32| {
            desk.draft.update(|draft| {
                let others = draft.hours.sum() - u32::from(*part.of(&mut draft.hours));
                let hours = hours.min(MOST_HOURS.saturating_sub(others));
                *part.of(&mut draft.hours) = u8::try_from(hours).unwrap_or(u8::MAX);
            });
        };
        let text = move || t_string!(i18n, learn.simulator.hours, n = value.get().to_string()).to_string();
        view! {
            <Slider
                label=Signal::derive(move || use_of_hours(i18n, part).to_owned())
                text=Signal::derive(text)
                value
                most=Signal::derive(|| 40)
                id=part.id()
                on_change=change
            />
        }
    });
    let words = move || {
        let (n, over) = (sum.get(), sum.get().saturating_sub(40));
        if over == 0 {
            t_string!(i18n, learn.simulator.hours_sum, n = n.to_string()).to_string()
        } else {
            t_string!(i18n, learn.simulator.overtime, n = n.to_string(), over = over.to_string()).to_string()
        }
    };
    let tone = move || if sum.get() > 40 { Tone::Warn.as_str() } else { Tone::Neutral.as_str() };
    view! {
        <fieldset class="simulator__group">
            <legend>{t!(i18n, learn.simulator.hours_each)}</legend>
            {sliders.into_iter().collect_view()}
            <p class="simulator__sum" data-tone=tone role="status" data-testid="simulator-hours">{words}</p>
        </fieldset>
    }
    .into_any()
}

/// How strict the gates are.
#[component]
fn Gates(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let options = Strictness::ALL.map(|one| (one, Signal::derive(move || gate(i18n, one).to_owned()))).to_vec();
    view! {
        <div class="simulator__group">
            <h3>{t!(i18n, learn.simulator.gates)}</h3>
            <Segmented
                label=Signal::derive(move || t_string!(i18n, learn.simulator.gates).to_owned())
                options
                value=Memo::new(move |_| desk.draft.with(|draft| draft.gate))
                on_change=move |strictness: Strictness| desk.draft.update(|draft| draft.gate = strictness)
            />
            <p class="small muted">{t!(i18n, learn.simulator.gates_what)}</p>
        </div>
    }
    .into_any()
}

/// What each channel gets in the week.
#[component]
fn Channels(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let count =
        desk.game.with_untracked(|game| game.as_ref().map_or(0, |game| game.simulator.scenario().channels.len()));
    let slider = |place: usize| {
        let value = Memo::new(move |_| desk.draft.with(|draft| draft.spend.get(place).copied().unwrap_or(0)));
        let most = Memo::new(move |_| {
            desk.of_scenario(|scenario| scenario.channels.get(place).map_or(0, |channel| channel.most))
        });
        let change = move |spent: u32| {
            desk.draft.update(|draft| {
                draft.spend.resize(draft.spend.len().max(count), 0);
                if let Some(spend) = draft.spend.get_mut(place) {
                    *spend = spent;
                }
            });
        };
        view! {
            <Slider
                label=Signal::derive(move || desk.origin(2 + place))
                text=Signal::derive(move || desk.money(i64::from(value.get())))
                value
                most
                step=10
                id=["channel-0", "channel-1", "channel-2", "channel-3"].get(place).copied().unwrap_or("channel")
                on_change=change
            />
        }
    };
    view! {
        <fieldset class="simulator__group">
            <legend>{t!(i18n, learn.simulator.channels)}</legend>
            {(0..count).map(slider).collect_view()}
        </fieldset>
    }
    .into_any()
}

/// What is taken off the price.
#[component]
fn Price(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let value = Memo::new(move |_| desk.draft.with(|draft| u32::from(draft.discount)));
    let change = move |percent: u32| {
        desk.draft.update(|draft| draft.discount = u8::try_from(percent).unwrap_or(u8::MAX));
    };
    view! {
        <div class="simulator__group">
            <h3>{t!(i18n, learn.simulator.price)}</h3>
            <Slider
                label=Signal::derive(move || t_string!(i18n, learn.simulator.discount).to_owned())
                text=Signal::derive(move || format.percent(f64::from(value.get()) / 100.0, 0))
                value
                most=Signal::derive(|| u32::from(MOST_DISCOUNT))
                step=5
                id="discount"
                on_change=change
            />
            <p class="small muted">{t!(i18n, learn.simulator.discount_what)}</p>
        </div>
    }
    .into_any()
}

/// Training and new sellers: what is done once, in the week to come.
#[component]
fn People(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let places = Memo::new(move |_| {
        let all = Decision { hires: u8::MAX, ..Decision::default() };
        desk.game.with(|game| game.as_ref().map_or(0, |game| u32::from(game.simulator.fit(&game.state, &all).hires)))
    });
    let hires = Memo::new(move |_| desk.draft.with(|draft| u32::from(draft.hires)));
    let change = move |count: u32| {
        desk.draft.update(|draft| draft.hires = u8::try_from(count).unwrap_or(u8::MAX));
    };
    let training_what = move || {
        let (price, weeks) = desk.of_scenario(|scenario| (scenario.training.price, scenario.training.weeks));
        t_string!(i18n, learn.simulator.training_what, price = desk.money(price), weeks = weeks.to_string()).to_string()
    };
    let hiring_what = move || {
        let (price, wait, ramp) =
            desk.of_scenario(|scenario| (scenario.hiring.price, scenario.hiring.wait, scenario.hiring.ramp));
        let (price, wait, ramp) = (desk.money(price), wait.to_string(), ramp.to_string());
        t_string!(i18n, learn.simulator.hiring_what, price = price, wait = wait, ramp = ramp).to_string()
    };
    view! {
        <fieldset class="simulator__group">
            <legend>{t!(i18n, learn.simulator.training)}</legend>
            <p class="small muted">{training_what}</p>
            {ZONES.map(|of| training(desk, of)).into_iter().collect_view()}
        </fieldset>
        <div class="simulator__group">
            <h3>{t!(i18n, learn.simulator.hiring)}</h3>
            <p class="small muted">{hiring_what}</p>
            <Slider
                label=Signal::derive(move || t_string!(i18n, learn.simulator.hires).to_owned())
                text=Signal::derive(move || hires.get().to_string())
                value=hires
                most=places
                id="hires"
                on_change=change
            />
        </div>
    }
    .into_any()
}

/// Whether a training for a zone is bought in the week to come; one a week.
fn training(desk: Desk, of: Zone) -> AnyView {
    let i18n = desk.i18n;
    let bought = Memo::new(move |_| desk.draft.with(|draft| draft.training == Some(of)));
    let until = Memo::new(move |_| desk.drilled_until(of));
    let name = move || desk.of_scenario(|scenario| Some(scenario.training_names.of(of))).map(|name| desk.text(name));
    let note = move || match until.get() {
        Some(week) => t_string!(i18n, learn.simulator.drilled_until, week = (week + 1).to_string()).to_string(),
        None => zone(i18n, of).to_owned(),
    };
    view! {
        <label class="checkbox simulator__training">
            <input
                type="checkbox"
                prop:checked=bought
                prop:disabled=move || until.get().is_some()
                data-testid="simulator-training"
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    desk.draft.update(|draft| draft.training = on.then_some(of));
                }
            />
            <span>{name}</span>
            <span class="small muted">{note}</span>
        </label>
    }
    .into_any()
}

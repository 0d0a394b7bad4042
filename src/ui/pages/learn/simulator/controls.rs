//! The bar with which the year is played: weeks, speed, pause, a week back, the company, the file.

use leptos::prelude::*;

use super::{
    company::Look,
    desk::{Desk, SPEEDS, YEAR},
    game::Game,
};
use crate::{
    codec::run::encode,
    i18n::{t, t_string},
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            segmented::Segmented,
            tag::Tone,
            toast::use_toasts,
        },
        file::{download, stem},
    },
};

/// The bar.
#[component]
pub(super) fn Controls(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let weeks = Memo::new(move |_| desk.game.with(|game| game.as_ref().map_or(0, Game::weeks)));
    let is_over = Memo::new(move |_| weeks.get() >= YEAR);
    let practice = Memo::new(move |_| desk.game.with(|game| game.as_ref().is_some_and(|game| game.practice)));
    let name = move || desk.text(desk.of_scenario(|scenario| scenario.name));
    let market = move || {
        let seed = desk.game.with(|game| game.as_ref().map_or(0, |game| game.simulator.seed()));
        t_string!(i18n, learn.simulator.market_is, seed = seed.to_string()).to_string()
    };
    let where_now = move || {
        if is_over.get() {
            return t_string!(i18n, learn.simulator.over).to_owned();
        }
        let (week, quarter) = (weeks.get() + 1, weeks.get() / 13 + 1);
        t_string!(i18n, learn.simulator.week_now, week = week.to_string(), quarter = quarter.to_string()).to_string()
    };
    let speeds = SPEEDS.map(|speed| (speed, Signal::derive(move || format!("{speed}×")))).to_vec();
    let toggle = move |_| desk.running.update(|running| *running = !*running);
    view! {
        <section class="card simulator__bar" aria-labelledby="simulator-now">
            <div class="simulator__now">
                <h2 id="simulator-now">{name}</h2>
                <p><strong data-testid="simulator-week" data-week=move || weeks.get().to_string()>{where_now}</strong>" "<span class="muted">{market}</span></p>
                <div class="simulator__progress" aria-hidden="true" style:--share=move || (f64::from(u32::try_from(weeks.get()).unwrap_or(0)) / 52.0).to_string()></div>
            </div>
            <Show when=move || !is_over.get()>
                <div class="row">
                    <Button variant=Variant::Primary disabled=desk.running on_click=move |_| desk.play(1) attr:data-testid="simulator-play">
                        {t!(i18n, learn.simulator.play_week)}
                    </Button>
                    <Button disabled=desk.running on_click=move |_| desk.play(4) attr:data-testid="simulator-play-four">
                        {t!(i18n, learn.simulator.play_four)}
                    </Button>
                    <Button on_click=toggle attr:data-testid="simulator-run" attr:aria-pressed=move || desk.running.get().to_string()>
                        {move || if desk.running.get() {
                            t_string!(i18n, learn.simulator.pause)
                        } else {
                            t_string!(i18n, learn.simulator.run)
                        }}
                    </Button>
                </div>
            </Show>
            <Show when=move || !is_over.get()>
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, learn.simulator.speed).to_owned())
                    options=speeds.clone()
                    value=desk.speed
                    on_change=move |speed: u32| desk.speed.set(speed)
                />
            </Show>
            <div class="row">
                <Show when=move || practice.get()>
                    <Button
                        icon=icondata_lu::LuUndo2
                        disabled=Signal::derive(move || weeks.get() == 0)
                        on_click=move |_| desk.take_back()
                        attr:data-testid="simulator-back"
                    >
                        {t!(i18n, learn.simulator.take_back)}
                    </Button>
                </Show>
                <Look desk/>
                <Export desk/>
                <Leave desk is_over=is_over.into()/>
            </div>
        </section>
    }
    .into_any()
}

/// The run as a file.
#[component]
fn Export(desk: Desk) -> impl IntoView {
    let (i18n, toasts) = (desk.i18n, use_toasts());
    let save = move |_| {
        let Some(run) = desk.game.with_untracked(|game| game.as_ref().map(Game::run)) else { return };
        let name = untrack(|| desk.text(desk.of_scenario(|scenario| scenario.name)));
        let file = format!("{}-{}.json", stem(name), run.seed);
        if download(&file, "application/json", encode(&run).as_bytes()).is_err() {
            toasts.say(t_string!(i18n, chart.not_taken).to_owned(), Tone::Bad);
        }
    };
    view! {
        <Button icon=icondata_lu::LuDownload on_click=save attr:data-testid="simulator-export">
            {t!(i18n, learn.simulator.export)}
        </Button>
    }
    .into_any()
}

/// The way out of the year, asked for twice while it is not over.
#[component]
fn Leave(desk: Desk, is_over: Signal<bool>) -> impl IntoView {
    let i18n = desk.i18n;
    let asking = RwSignal::new(false);
    let ask = move |_| {
        if is_over.get_untracked() {
            desk.leave();
        } else {
            desk.running.set(false);
            asking.set(true);
        }
    };
    view! {
        <Button on_click=ask attr:data-testid="simulator-leave">
            {move || if is_over.get() {
                t_string!(i18n, learn.simulator.another)
            } else {
                t_string!(i18n, learn.simulator.leave)
            }}
        </Button>
        <Dialog
            open=asking
            title=Signal::derive(move || t_string!(i18n, learn.simulator.leave).to_owned())
            on_close=move |()| asking.set(false)
        >
            <p>{t!(i18n, learn.simulator.leave_what)}</p>
            <div class="dialog__actions">
                <Button on_click=move |_| asking.set(false)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Danger on_click=move |_| desk.leave() attr:data-testid="simulator-leave-really">
                    {t!(i18n, learn.simulator.leave)}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

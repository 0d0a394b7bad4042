//! The pictures of lessons: funnels as the product draws them, matches, clocks, bars.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    codec::content::lessons::{Bars, Bundle, Clocks, Funnel, Picture, Screen, Unit},
    i18n::t_string,
    metrics::{Clock, stall::Limits},
    training::lesson::practice::reached,
    ui::{
        charts::funnel_picture::{FunnelFigure, FunnelPart, FunnelPicture, FunnelStage, FunnelWon},
        components::tag::Tone,
        wording,
    },
};

/// A picture of a screen.
pub(super) fn picture_view(desk: Desk, picture: &'static Picture, screen: &'static Screen) -> AnyView {
    let body = match picture {
        Picture::Funnel(funnel) => funnel_view(desk, funnel, Show::Rates, desk.words(screen.title), None),
        Picture::Sticks(bundles) => sticks(desk, bundles),
        Picture::Clocks(clocks) => clocks_view(desk, *clocks),
        Picture::Bars(bars) => bars_view(desk, bars),
    };
    view! { <div class="lesson__picture">{body}</div> }.into_any()
}

/// What a funnel shows beside its counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    /// How many entered each stage.
    Rates,
    /// How many stand in each stage, with how many entered.
    Open,
}

/// A funnel as the product draws it.
pub(super) fn funnel_view(
    desk: Desk,
    funnel: &'static Funnel,
    show: Show,
    label: Signal<String>,
    on_pick: Option<Callback<(usize, FunnelPart)>>,
) -> AnyView {
    let figure = Memo::new(move |_| figure(desk, funnel, show));
    match on_pick {
        Some(on_pick) => view! { <FunnelPicture label figure on_pick/> }.into_any(),
        None => view! { <FunnelPicture label figure/> }.into_any(),
    }
}

fn figure(desk: Desk, funnel: &Funnel, show: Show) -> FunnelFigure {
    let Desk { i18n, format, .. } = desk;
    let deals = |number: u32| t_string!(i18n, learn.lessons.pieces, count = count(desk, number)).to_string();
    let entered = reached(funnel);
    let stages = funnel.stages.iter().zip(entered.windows(2)).map(|(stage, entered)| {
        let [here, next] = [entered.first(), entered.get(1)].map(|number| number.copied().unwrap_or_default());
        let decided = next + stage.lost;
        let passage = (decided > 0).then(|| format.percent(f64::from(next) / f64::from(decided), 0));
        let expected = format.percent(f64::from(stage.rate) / 100.0, 0);
        let (size, counted) = match show {
            Show::Rates => (here, deals(here)),
            Show::Open => {
                (stage.open, t_string!(i18n, learn.lessons.open_pieces, count = count(desk, stage.open)).to_string())
            }
        };
        let note = match show {
            Show::Rates => t_string!(i18n, learn.lessons.model_says, rate = expected).to_string(),
            Show::Open => t_string!(i18n, learn.lessons.came, count = count(desk, here)).to_string(),
        };
        FunnelStage {
            name: desk.text(stage.name).to_owned(),
            zone: None,
            note,
            size: f64::from(size),
            ghost: None,
            count: counted,
            amount: String::new(),
            weighted: String::new(),
            passage,
            passage_tone: Tone::Neutral,
        }
    });
    let won = FunnelWon {
        name: t_string!(i18n, learn.lessons.won).to_owned(),
        count: deals(funnel.won),
        amount: String::new(),
    };
    FunnelFigure { stages: stages.collect(), won }
}

fn count(desk: Desk, number: u32) -> String {
    desk.format.count(usize::try_from(number).ok())
}

/// Matches in bundles, each with how many there are and how likely each of them catches.
fn sticks(desk: Desk, bundles: &'static [Bundle]) -> AnyView {
    let bundle = |bundle: &'static Bundle| {
        let sticks = (0..bundle.count).map(|_| view! { <span class="lesson__stick"></span> }).collect_view();
        let words = move || {
            let share = desk.format.percent(f64::from(bundle.percent) / 100.0, 0);
            t_string!(desk.i18n, learn.lessons.each, count = count(desk, bundle.count), share = share).to_string()
        };
        view! {
            <li class="lesson__bundle">
                <strong>{move || desk.text(bundle.name)}</strong>
                <span class="lesson__sticks" aria-hidden="true">{sticks}</span>
                <span>{words}</span>
            </li>
        }
    };
    view! { <ul class="lesson__bundles">{bundles.iter().map(bundle).collect_view()}</ul> }.into_any()
}

/// The clocks of a deal, each against when it is to be watched and when it is too long; what that means is for the reader to say.
fn clocks_view(desk: Desk, clocks: Clocks) -> AnyView {
    let Desk { i18n, format, .. } = desk;
    let rows = [
        (Clock::Age, clocks.age, Limits::of_model(clocks.expected)),
        (Clock::Idle, clocks.idle, Limits::of_silence(clocks.expected)),
        (Clock::Overdue, clocks.overdue, Limits::OVERDUE),
    ];
    let row = move |(clock, days, limits): (Clock, u32, Limits)| {
        let end = f64::from(days.max(limits.ill * 3 / 2));
        let share = |days: u32| (f64::from(days) / end).to_string();
        let long = move || {
            let (watch, ill) = (count(desk, limits.watch), count(desk, limits.ill));
            t_string!(i18n, clocks.long_from, watch = watch, ill = ill).to_string()
        };
        view! {
            <li class="lesson__clock" style:--share=share(days) style:--watch=share(limits.watch) style:--ill=share(limits.ill)>
                <strong>{move || wording::clocks::clock(i18n, clock)}</strong>
                <span>{move || format.days(f64::from(days))}</span>
                <span class="lesson__clock-bar" aria-hidden="true"><span></span></span>
                <span class="small muted">{long}</span>
            </li>
        }
    };
    view! { <ul class="lesson__clocks">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// Bars with their figures beside them.
fn bars_view(desk: Desk, bars: &'static Bars) -> AnyView {
    let most = bars.bars.iter().map(|(_, value)| *value).max().unwrap_or(1).max(1);
    let most = if bars.unit == Unit::Percent { most.max(100) } else { most };
    let bar = |(name, value): &'static (crate::codec::content::Text, i64)| {
        #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
        let share = (*value as f64 / most as f64).to_string();
        view! {
            <li class="lesson__bar" style:--share=share>
                <span>{move || desk.text(*name)}</span>
                <span class="lesson__bar-line" aria-hidden="true"><span></span></span>
                <strong>{move || number(desk, bars.unit, *value)}</strong>
            </li>
        }
    };
    view! { <ul class="lesson__bars">{bars.bars.iter().map(bar).collect_view()}</ul> }.into_any()
}

/// A number with its unit.
pub(super) fn number(desk: Desk, unit: Unit, value: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a number that is shown")]
    let plain = value as f64;
    match unit {
        Unit::Count | Unit::Money => desk.format.number(plain, 0),
        Unit::Percent => desk.format.percent(plain / 100.0, 0),
        Unit::Days => desk.format.days(plain),
    }
}

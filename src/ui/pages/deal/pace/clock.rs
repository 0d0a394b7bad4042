//! One clock: what it shows, against its limits.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    metrics::{
        Clock, Clocks, Health,
        stall::{Idle, Limits},
    },
    ui::{
        components::tag::{Tag, Tone},
        format::{Format, use_format},
        parts::clocks::tone,
        wording::{self, I18n},
    },
};

/// What a clock shows.
struct Shown {
    /// The figure.
    figure: String,
    /// From when, or why not.
    note: String,
    /// What fills the bar, with its limits; nothing for a clock without bar.
    bar: Option<(u32, Limits)>,
}

/// A clock as a small bar with its limits as ticks. Everything that the bar says stands in words beside it.
#[component]
pub(super) fn ClockBar(
    /// Which one.
    clock: Clock,
    /// The clocks of the deal.
    clocks: Memo<Option<Clocks>>,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let body = move || {
        let clocks = clocks.get()?;
        let Shown { figure, note, bar } = shown(i18n, format, clock, &clocks);
        let health = clocks.health(clock);
        let tag = health.map(|health| {
            let tone = if health == Health::Healthy { Tone::Good } else { tone(health) };
            view! { <Tag tone>{wording::clocks::health(i18n, health)}</Tag> }
        });
        let limits = bar.map(|(_, limits)| {
            let (watch, ill) = (format.days(f64::from(limits.watch)), format.days(f64::from(limits.ill)));
            t_string!(i18n, clocks.long_from, watch = watch, ill = ill).to_string()
        });
        let bar = bar.map(|(days, limits)| drawn(days, limits, health));
        let note = [Some(note), limits].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        Some(view! {
            <div class="pace__words">
                <span>{wording::clocks::clock(i18n, clock)}</span>
                <b>{figure}</b>
                {tag}
            </div>
            {bar}
            <div class="small muted">{note.join(" · ")}</div>
        })
    };
    view! { <div class="pace__clock" data-clock=format!("{clock:?}")>{body}</div> }.into_any()
}

/// The bar: long enough for the limits and for what the clock shows.
fn drawn(days: u32, limits: Limits, health: Option<Health>) -> AnyView {
    let full = f64::from(days.max(limits.ill + limits.ill.div_ceil(3)).max(1));
    let share = |days: u32| (f64::from(days) / full).to_string();
    let tone = health.map_or(Tone::Neutral, tone);
    view! {
        <div
            class="pace__bar"
            data-tone=tone.as_str()
            style:--share=share(days)
            style:--watch=share(limits.watch)
            style:--ill=share(limits.ill)
            aria-hidden="true"
        ></div>
    }
    .into_any()
}

fn shown(i18n: I18n, format: Format, clock: Clock, clocks: &Clocks) -> Shown {
    let days = |days: u32| format.days(f64::from(days));
    let unknown = |note: &str| Shown { figure: "—".to_owned(), note: note.to_owned(), bar: None };
    match clock {
        Clock::Age => match clocks.age {
            None => unknown(t_string!(i18n, clocks.unknown.age)),
            Some(age) => Shown {
                figure: days(age.days),
                note: t_string!(i18n, clocks.since, day = format.date(age.since)).to_string(),
                bar: Some((age.days, age.limits)),
            },
        },
        Clock::Idle => match clocks.idle {
            None => unknown(t_string!(i18n, clocks.unknown.idle)),
            Some(idle) => Shown {
                figure: days(idle.days),
                note: contact(i18n, format, idle),
                bar: Some((idle.days, idle.limits)),
            },
        },
        Clock::Overdue => match clocks.overdue {
            None => unknown(t_string!(i18n, clocks.unknown.overdue)),
            Some(overdue) => Shown {
                figure: days(overdue.days),
                note: t_string!(i18n, clocks.close_on, day = format.date(overdue.close)).to_string(),
                bar: Some((overdue.days, Limits::OVERDUE)),
            },
        },
        Clock::Pushes => {
            let pushes = clocks.pushes;
            let figure = match pushes.times {
                0 => t_string!(i18n, clocks.not_pushed).to_owned(),
                times => t_string!(i18n, clocks.times, count = times, days = days(pushes.days)).to_string(),
            };
            Shown { figure, note: String::new(), bar: None }
        }
    }
}

/// The last contact, or what pauses the clock.
fn contact(i18n: I18n, format: Format, idle: Idle) -> String {
    match (idle.paused, idle.last) {
        (Some(until), _) => t_string!(i18n, clocks.paused, day = format.date(until)).to_string(),
        (None, Some(last)) => t_string!(i18n, clocks.last_contact, day = format.date(last)).to_string(),
        (None, None) => t_string!(i18n, clocks.never, day = format.date(idle.since)).to_string(),
    }
}

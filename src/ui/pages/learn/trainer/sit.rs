//! A pack being worked through: what the trainer says, the tasks with what was reached, the time left, and the result to hand in.

use std::time::Duration;

use leptos::prelude::*;

use super::{Part, certificates::Certificates, desk::Desk, give::Give, look::Look, papers::TakeIn, words};
use crate::{
    codec::class::Paper,
    i18n::{t, t_string},
    training::class::{Board, Outcome, Pack, Sitting, Task},
    ui::{
        clock,
        components::{
            button::{Button, Variant},
            empty::Empty,
            field::Field,
            tag::{Tag, Tone},
        },
        format::UNKNOWN,
        seat::address,
    },
};

/// The part.
#[component]
pub(super) fn Sit(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let sitting = desk.seat.sitting();
    // Whether there is one; what is in it changes while answers are typed.
    let sits = Memo::new(move |_| {
        sitting.with(|sitting| sitting.as_ref().map(|sitting| (sitting.pack.id, sitting.sheet.code)))
    });
    move || {
        match (desk.given.get(), sits.get()) {
        (Some(pack), _) => view! { <Offered desk pack/> }.into_any(),
        (None, Some(_)) => view! { <Sat desk/> }.into_any(),
        (None, None) => view! {
            <Empty icon=icondata_lu::LuBackpack text=Signal::derive(move || t_string!(i18n, learn.trainer.no_seat).to_owned())>
                <Button on_click=move |_| desk.go(Part::Make)>{t!(i18n, learn.trainer.part_make)}</Button>
            </Empty>
            <section class="card stack" aria-labelledby="class-open">
                <h2 id="class-open">{t!(i18n, learn.trainer.open)}</h2>
                <TakeIn desk to_board=false/>
            </section>
        }
        .into_any(),
    }
    }
}

/// A pack that was given and is not begun.
#[component]
fn Offered(desk: Desk, pack: Pack) -> impl IntoView {
    let i18n = desk.i18n;
    let name = RwSignal::new(String::new());
    let complaint = RwSignal::new(None::<String>);
    let begun = desk.seat.sitting().with_untracked(|sitting| {
        sitting.as_ref().filter(|sitting| !sitting.sheet.outcomes.is_empty()).map(|sitting| sitting.pack.title.clone())
    });
    let loses = begun.map(|title| {
        view! { <p class="card notice" data-tone="warn">{move || t_string!(i18n, learn.trainer.loses, title = title.clone()).to_string()}</p> }
    });
    let (anonymous, title, text) = (pack.anonymous, pack.title.clone(), pack.text.clone());
    let shown = pack.clone();
    let begin = move |_| {
        let typed = name.get_untracked();
        if !anonymous && typed.trim().is_empty() {
            complaint.set(Some(t_string!(i18n, learn.trainer.name_needed).to_owned()));
            return;
        }
        desk.seat.begin(pack.clone(), &typed);
        desk.given.set(None);
    };
    let who = if anonymous {
        view! { <p class="muted">{t!(i18n, learn.trainer.anonymous_what)}</p> }.into_any()
    } else {
        view! {
            <div data-testid="class-name">
                <Field
                    label=Signal::derive(move || t_string!(i18n, learn.trainer.your_name).to_owned())
                    value=name
                    error=complaint
                    required=true
                    on_change=move |text| name.set(text)
                    on_input=move |text| { name.set(text); complaint.set(None); }
                />
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="class-offered" data-testid="class-offered">
            <h2 id="class-offered">{title}</h2>
            <p class="trainer__text">{text}</p>
            <TaskNames desk pack=shown/>
            {loses}
            <div class="trainer__who">{who}</div>
            <div class="row">
                <Button variant=Variant::Primary icon=icondata_lu::LuPlay on_click=begin attr:data-testid="class-begin">
                    {t!(i18n, learn.trainer.begin)}
                </Button>
                <Button on_click=move |_| desk.given.set(None)>{t!(i18n, common.cancel)}</Button>
            </div>
        </section>
    }
    .into_any()
}

/// What a pack asks for, in order, and how long there is.
#[component]
pub(super) fn TaskNames(desk: Desk, pack: Pack) -> impl IntoView {
    let i18n = desk.i18n;
    let time = pack.minutes.map(|minutes| {
        move || t_string!(i18n, learn.trainer.minutes_n, n = desk.format.count(usize::from(minutes))).to_string()
    });
    let none = pack.tasks.is_empty().then(|| view! { <p class="muted">{t!(i18n, learn.trainer.no_tasks)}</p> });
    let counts =
        pack.tasks.iter().any(Task::is_scored).then(|| view! { <p class="muted">{t!(i18n, learn.trainer.counts)}</p> });
    let tasks = move || {
        let language = desk.language();
        pack.tasks.iter().map(|task| view! { <li>{words::task(i18n, language, task)}</li> }).collect_view()
    };
    view! { <ol class="trainer__tasks">{tasks}</ol>{none}{counts}{time.map(|time| view! { <p class="muted">{time}</p> })} }
        .into_any()
}

/// The pack that is being worked through.
#[component]
fn Sat(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let sitting = desk.seat.sitting();
    let Some(Sitting { pack, sheet }) = sitting.get_untracked() else { return ().into_any() };
    let handing = RwSignal::new(false);
    let leaving = RwSignal::new(false);
    let done = move || sitting.with(|sitting| sitting.as_ref().map_or(0, |sitting| sitting.sheet.outcomes.len()));
    let (title, text, count) = (pack.title.clone(), pack.text.clone(), pack.tasks.len());
    let progress = move || {
        let (done, all) = (desk.format.count(done()), desk.format.count(count));
        t_string!(i18n, learn.trainer.done_of, done = done, all = all).to_string()
    };
    #[expect(clippy::cast_precision_loss, reason = "tasks are few")]
    let share = move || (done() as f64 / count.max(1) as f64).to_string();
    let shown = sheet.clone();
    let who = move || shown.shown(false, desk.language());
    let rows = (0..).zip(&pack.tasks).map(|(place, task)| row(desk, &pack, place, task)).collect_view();
    let given = move || {
        let (sitting, true) = (sitting.get()?, handing.get()) else { return None };
        let name = [sitting.sheet.shown(false, desk.language()), sitting.pack.title.clone()].join(" ");
        let (board, people) = (Signal::stored(Some(Board::of(sitting.class()).0)), vec![sitting.sheet.person()]);
        Some(view! {
            <section class="card stack" aria-labelledby="class-hand" data-testid="class-hand">
                <h3 id="class-hand">{t!(i18n, learn.trainer.hand_in)}</h3>
                <p class="muted">{t!(i18n, learn.trainer.hand_in_what)}</p>
                <Give paper=Paper::Result(Box::new(sitting.sheet)) name/>
                <div class="row"><Certificates desk board people/></div>
            </section>
        })
    };
    let left = move || {
        if leaving.get() {
            view! {
                <Button variant=Variant::Danger on_click=move |_| desk.seat.leave()>{t!(i18n, learn.trainer.leave_sure)}</Button>
                <Button on_click=move |_| leaving.set(false)>{t!(i18n, common.cancel)}</Button>
            }
            .into_any()
        } else {
            view! { <Button on_click=move |_| leaving.set(true) attr:data-testid="class-leave">{t!(i18n, learn.trainer.leave)}</Button> }.into_any()
        }
    };
    view! {
        <section class="card stack" aria-labelledby="class-sat" data-testid="class-sat">
            <div class="card__head">
                <h2 id="class-sat">{title}</h2>
                <div class="row"><span class="muted">{who}</span><TimeLeft desk/></div>
            </div>
            <p class="trainer__text">{text}</p>
            <div class="trainer__progress">
                <span aria-live="polite">{progress}</span>
                <progress max="1" aria-label=progress value=share></progress>
            </div>
            <ol class="trainer__list">{rows}</ol>
            <div class="row">
                <Button
                    variant=Variant::Primary
                    icon=icondata_lu::LuSend
                    disabled=Signal::derive(move || done() == 0)
                    on_click=move |_| handing.set(true)
                    attr:data-testid="class-hand-in"
                >
                    {t!(i18n, learn.trainer.hand_in)}
                </Button>
                {left}
            </div>
        </section>
        {given}
    }
    .into_any()
}

/// One task of the list: what it is, what was reached, and the way there or the answer.
fn row(desk: Desk, pack: &Pack, place: u16, task: &Task) -> AnyView {
    let i18n = desk.i18n;
    let sitting = desk.seat.sitting();
    let outcome = Memo::new(move |_| sitting.with(|sitting| sitting.as_ref()?.sheet.outcome(place).cloned()));
    let named = task.clone();
    let name = move || words::task(i18n, desk.language(), &named);
    let state = move || state(desk, outcome.get());
    let way = match (task, address(pack, place)) {
        (Task::Look { company, .. }, _) => view! { <Look desk place company=company.clone() outcome/> }.into_any(),
        (_, Some(href)) => view! {
            <a class="button" href=href data-testid="class-go">
                {move || if outcome.with(Option::is_some) { t_string!(i18n, learn.trainer.again) } else { t_string!(i18n, learn.trainer.go) }}
            </a>
        }
        .into_any(),
        (_, None) => ().into_any(),
    };
    view! { <li class="trainer__task"><div class="trainer__task-name">{name}{state}</div>{way}</li> }.into_any()
}

/// What was reached, in a tag.
fn state(desk: Desk, outcome: Option<Outcome>) -> AnyView {
    let i18n = desk.i18n;
    let (tone, said) = match outcome {
        None => (Tone::Neutral, t_string!(i18n, learn.trainer.open_task).to_owned()),
        Some(Outcome { score: None, .. }) => (Tone::Good, t_string!(i18n, learn.trainer.answered).to_owned()),
        Some(Outcome { score: Some(score), .. }) => {
            (Tone::Good, t_string!(i18n, learn.trainer.points_n, n = score).to_string())
        }
    };
    view! { <Tag tone=Signal::derive(move || tone)>{said}</Tag> }.into_any()
}

/// The time that is left, by the second.
#[component]
fn TimeLeft(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let now = RwSignal::new(clock::now());
    if let Ok(tick) = set_interval_with_handle(move || now.set(clock::now()), Duration::from_secs(1)) {
        on_cleanup(move || tick.clear());
    }
    let left = Memo::new(move |_| desk.seat.sitting().with(|sitting| sitting.as_ref()?.seconds_left(now.get())));
    let tone = Signal::derive(move || match left.get() {
        Some(left) if left < 0 => Tone::Bad,
        Some(left) if left < 300 => Tone::Warn,
        _ => Tone::Neutral,
    });
    let said = move || match left.get() {
        None => UNKNOWN.to_owned(),
        Some(left) if left < 0 => t_string!(i18n, learn.trainer.time_over).to_owned(),
        Some(left) => t_string!(i18n, learn.trainer.time_left, time = words::clock_time(left)).to_string(),
    };
    let limited = move || left.with(Option::is_some);
    view! { <Show when=limited><span role="timer"><Tag tone>{said}</Tag></span></Show> }.into_any()
}

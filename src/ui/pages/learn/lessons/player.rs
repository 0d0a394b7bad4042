//! A lesson, one screen at a time; at its end, how it went and where to try it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast as _;

use super::{
    desk::Desk,
    pictures::picture_view,
    tasks::{Feedback, task_view},
};
use crate::{
    codec::{
        content::lessons::{Lesson, lessons},
        progress::Exercise,
    },
    i18n::{t, t_string},
    training::{class::Sitting, lesson::Run},
    ui::{
        clock::now,
        components::{
            button::{Button, Variant},
            icon::Icon,
        },
        learning::use_learning,
        route::{Query, Route, use_navigation},
        seat::use_seat,
    },
};

/// An open lesson.
#[component]
pub(super) fn Player(lesson: &'static Lesson) -> impl IntoView {
    let learning = use_learning();
    let kept = learning.progress().with_untracked(|all| all.reached(lesson.slug).map(|one| one.marks.clone()));
    let run = kept.map_or_else(|| Run::new(lesson), |marks| Run::resume(lesson, &marks));
    let is_asked = |sitting: &Sitting| sitting.heard(Exercise::Lesson, lesson.slug, 0, 0).is_some();
    let is_task = use_seat().sitting().with_untracked(|sitting| sitting.as_ref().is_some_and(is_asked));
    // A lesson that was finished opens on its first screen with all that was done; as a task of a pack it begins anew, or it could not
    // be done again.
    let run = if run.is_finished() && is_task { Run::new(lesson) } else { run };
    let desk = Desk::new(run);
    if desk.run.with_untracked(Run::is_finished) {
        desk.run.update(|run| run.go(0));
    }
    let begun = StoredValue::new(now());
    let ended = RwSignal::new(false);
    keep(desk, lesson, begun);
    let at = Memo::new(move |_| desk.run.with(Run::at));
    let stage = NodeRef::<html::Section>::new();
    // Whoever turns the page by key or reads it aloud begins at its top.
    Effect::new(move |before: Option<(usize, bool)>| {
        let here = (at.get(), ended.get());
        if before.is_some_and(|before| before != here)
            && let Some(stage) = stage.get_untracked()
        {
            stage.scroll_into_view();
            stage.focus().ok();
        }
        here
    });
    let turned = window_event_listener(ev::keydown, move |event| turn_by_key(desk, ended, &event));
    on_cleanup(move || turned.remove());
    view! {
        <article class="lesson" data-testid="lesson-open" data-lesson=lesson.slug>
            <Head desk lesson/>
            <section node_ref=stage class="card lesson__screen" tabindex="-1" data-testid="lesson-screen" data-screen=move || at.get().to_string()>
                {move || if ended.get() {
                    view! { <End desk lesson ended begun/> }.into_any()
                } else {
                    at.track();
                    screen_view(desk)
                }}
            </section>
            <Steps desk ended/>
        </article>
    }
    .into_any()
}

/// Keeps what is done, and records the score when all of it is done for the first time.
fn keep(desk: Desk, lesson: &'static Lesson, begun: StoredValue<crate::model::Timestamp>) {
    let learning = use_learning();
    Effect::new(move |was_finished: Option<bool>| {
        let (at, code, score) = desk.run.with(|run| (run.at(), run.code(), run.score()));
        learning.turn(lesson.slug, u16::try_from(at).unwrap_or(u16::MAX), &code, score.is_some());
        if let (Some(false), Some(score)) = (was_finished, score) {
            let seconds = (now() - begun.get_value()).num_seconds();
            learning.record(Exercise::Lesson, lesson.slug, score, u32::try_from(seconds).unwrap_or_default(), code);
        }
        score.is_some()
    });
}

/// The title of the lesson, and how far it is.
#[component]
fn Head(desk: Desk, lesson: &'static Lesson) -> impl IntoView {
    let Desk { i18n, format, run, .. } = desk;
    let all = lesson.screens.len();
    let counted = move || {
        let at = format.count(run.with(Run::at) + 1);
        t_string!(i18n, learn.lessons.screen_of, at = at, all = format.count(all)).to_string()
    };
    #[expect(clippy::cast_precision_loss, reason = "screens are few")]
    let share = move || (run.with(Run::done) as f64 / all.max(1) as f64).to_string();
    let back = Route::Learn.href(&Query::default());
    view! {
        <header class="lesson__head">
            <a class="lesson__back" href=back><Icon icon=icondata_lu::LuArrowLeft/>{t!(i18n, learn.lessons.all)}</a>
            <h2>{move || desk.text(lesson.title)}</h2>
            <span class="muted small">{counted}</span>
            <progress max="1" value=share aria-label=counted></progress>
        </header>
    }
    .into_any()
}

/// The open screen.
fn screen_view(desk: Desk) -> AnyView {
    let Some(screen) = desk.run.with_untracked(Run::screen) else { return ().into_any() };
    let words = screen.words.iter().map(|words| view! { <p>{move || desk.text(*words)}</p> }).collect_view();
    view! {
        <h3 class="lesson__title">{move || desk.text(screen.title)}</h3>
        <div class="lesson__words">{words}</div>
        {screen.picture.as_ref().map(|picture| picture_view(desk, picture, screen))}
        {screen.task.as_ref().map(|task| view! {
            <div class="lesson__task" data-testid="lesson-task">
                {task_view(desk, task)}
                <Feedback desk/>
            </div>
        })}
    }
    .into_any()
}

/// Back and next.
#[component]
fn Steps(desk: Desk, ended: RwSignal<bool>) -> impl IntoView {
    let Desk { i18n, run, .. } = desk;
    let is_first = move || run.with(Run::at) == 0;
    let is_last = Memo::new(move |_| run.with(|run| run.at() + 1 == run.lesson().screens.len()));
    let is_finished = Memo::new(move |_| run.with(Run::is_finished));
    let back = move |_| {
        if ended.get_untracked() { ended.set(false) } else { desk.turn(Run::back) }
    };
    let next = move |_| go_on(desk, ended);
    view! {
        <nav class="lesson__steps" aria-label=move || t_string!(i18n, learn.lessons.steps)>
            <Button
                icon=icondata_lu::LuArrowLeft
                disabled=Signal::derive(move || is_first() && !ended.get())
                on_click=back
                attr:data-testid="lesson-back"
            >
                {t!(i18n, learn.lessons.back)}
            </Button>
            <Show when=move || is_last.get() && !is_finished.get()>
                <span class="small muted">{t!(i18n, learn.lessons.left_open)}</span>
            </Show>
            <Show when=move || !ended.get()>
                <Button variant=Variant::Primary on_click=next attr:data-testid="lesson-next">
                    {move || if is_last.get() && is_finished.get() {
                        t_string!(i18n, learn.lessons.finish)
                    } else {
                        t_string!(i18n, learn.lessons.next)
                    }}
                </Button>
            </Show>
        </nav>
    }
    .into_any()
}

/// Opens the next screen; on the last one the end, or the first screen that is not done yet.
fn go_on(desk: Desk, ended: RwSignal<bool>) {
    let (is_last, is_finished, open) = desk
        .run
        .with_untracked(|run| (run.at() + 1 == run.lesson().screens.len(), run.is_finished(), run.first_open()));
    match (is_last, is_finished, open) {
        (true, true, _) => ended.set(true),
        (true, false, Some(open)) => desk.turn(move |run| run.go(open)),
        _ => desk.turn(Run::next),
    }
}

/// Page Up and Page Down turn the pages, unless they belong to a control.
fn turn_by_key(desk: Desk, ended: RwSignal<bool>, event: &ev::KeyboardEvent) {
    const CONTROLS: &str = "input:not([type=radio]), select, textarea, dialog, [popover]";
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_busy = target.is_some_and(|element| element.closest(CONTROLS).ok().flatten().is_some());
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() || is_busy {
        return;
    }
    match event.key().as_str() {
        "PageDown" if !ended.get_untracked() => go_on(desk, ended),
        "PageUp" if ended.get_untracked() => ended.set(false),
        "PageUp" => desk.turn(Run::back),
        _ => return,
    }
    event.prevent_default();
}

/// How it went, and what comes next.
#[component]
fn End(
    desk: Desk,
    lesson: &'static Lesson,
    ended: RwSignal<bool>,
    begun: StoredValue<crate::model::Timestamp>,
) -> impl IntoView {
    let Desk { i18n, format, run, .. } = desk;
    let navigation = use_navigation();
    let score = move || format.count(run.with(Run::score).map(usize::from));
    let place = lessons().iter().position(|one| one.slug == lesson.slug);
    let following = place.and_then(|place| lessons().get(place + 1));
    let again = move |_| {
        begun.set_value(now());
        run.set(Run::new(lesson));
        desk.turn(|run| run.go(0));
        desk.said.set(None);
        desk.shown.set(None);
        ended.set(false);
    };
    let there = ["#/", lesson.place.address].concat();
    view! {
        <h3 class="lesson__title">{t!(i18n, learn.lessons.well)}</h3>
        <p class="lesson__score" data-testid="lesson-score">
            {move || t_string!(i18n, learn.lessons.your_score, score = score()).to_string()}
        </p>
        <p class="muted">{t!(i18n, learn.lessons.score_what)}</p>
        <div class="lesson__try">
            <p>{move || desk.text(lesson.place.words)}</p>
            <a class="button button--primary" href=there data-testid="lesson-try">
                {t!(i18n, learn.lessons.try_it)}<Icon icon=icondata_lu::LuArrowRight/>
            </a>
        </div>
        <div class="row">
            {following.map(|next| {
                let next_lesson = move || navigation.query.with(|query| Route::Learn.href(&query.clone().with("lesson", next.slug)));
                let name = move || t_string!(i18n, learn.lessons.then, name = desk.text(next.title)).to_string();
                view! { <a class="button" href=next_lesson data-testid="lesson-then">{name}</a> }
            })}
            <Button icon=icondata_lu::LuRotateCcw on_click=again>{t!(i18n, learn.lessons.again)}</Button>
        </div>
    }
    .into_any()
}

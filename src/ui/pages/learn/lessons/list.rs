//! All lessons, each with how far it has come.

use leptos::prelude::*;

use crate::{
    codec::{
        content::{
            Text,
            lessons::{Lesson, lessons},
        },
        progress::{Exercise, Progress},
    },
    i18n::{t, t_string, use_i18n},
    training::lesson::Run,
    ui::{
        components::{
            icon::Icon,
            tag::{Tag, Tone},
        },
        format::use_format,
        learning::use_learning,
        route::{Query, Route},
        settings::use_settings,
    },
};

/// The lessons in the order in which they are taught.
#[component]
pub(super) fn List() -> impl IntoView {
    let (i18n, format, learning) = (use_i18n(), use_format(), use_learning());
    let progress = learning.progress();
    let done = Memo::new(move |_| {
        let is_done = |lesson: &&Lesson| progress.with(|all| all.reached(lesson.slug).is_some_and(|one| one.done));
        lessons().iter().filter(is_done).count()
    });
    let all = lessons().len();
    #[expect(clippy::cast_precision_loss, reason = "lessons are few")]
    let share = move || (done.get() as f64 / all.max(1) as f64).to_string();
    let counted = move || {
        let (done, all) = (format.count(done.get()), format.count(all));
        t_string!(i18n, learn.lessons.done_of, done = done, all = all).to_string()
    };
    view! {
        <div class="lessons">
            <div class="lessons__head">
                <p class="muted">{t!(i18n, learn.lessons.what)}</p>
                <div class="lessons__progress" data-testid="lessons-done">
                    <span>{counted}</span>
                    <progress max="1" value=share aria-label=counted></progress>
                </div>
            </div>
            <ol class="lessons__list">
                {lessons().iter().enumerate().map(|(place, lesson)| view! { <Entry place lesson/> }).collect_view()}
            </ol>
        </div>
    }
    .into_any()
}

/// One lesson of the list.
#[component]
fn Entry(place: usize, lesson: &'static Lesson) -> impl IntoView {
    let (i18n, format, settings, learning) = (use_i18n(), use_format(), use_settings(), use_learning());
    let progress = learning.progress();
    let text = move |text: Text| text.in_language(settings.language.get().into());
    let reached = Memo::new(move |_| progress.with(|all| all.reached(lesson.slug).cloned()));
    // The best of all its readings.
    let best = Memo::new(move |_| {
        let of = |all: &Progress| {
            all.of(Exercise::Lesson).filter(|attempt| attempt.key == lesson.slug).map(|attempt| attempt.score).max()
        };
        progress.with(of)
    });
    let state = move || {
        let Some(reached) = reached.get() else { return ().into_any() };
        let run = Run::resume(lesson, &reached.marks);
        if reached.done {
            let words = match best.get() {
                Some(score) => {
                    t_string!(i18n, learn.lessons.score, score = format.count(usize::from(score))).to_string()
                }
                None => t_string!(i18n, learn.lessons.finished).to_owned(),
            };
            return view! { <Tag tone=Tone::Good>{words}</Tag> }.into_any();
        }
        let (done, all) = (format.count(run.done()), format.count(lesson.screens.len()));
        let words = t_string!(i18n, learn.lessons.screens_of, done = done, all = all).to_string();
        view! { <Tag tone=Tone::Accent>{words}</Tag> }.into_any()
    };
    let minutes = move || format.count(usize::try_from(lesson.minutes).ok());
    let href = Route::Learn.href(&Query::default().with("lesson", lesson.slug));
    view! {
        <li class="card lessons__entry" data-testid="lesson" data-lesson=lesson.slug>
            <span class="lessons__number" aria-hidden="true">{move || format.count(place + 1)}</span>
            <div class="lessons__about">
                <h2><a href=href>{move || text(lesson.title)}</a></h2>
                <p>{move || text(lesson.about)}</p>
                <p class="small muted">{move || t_string!(i18n, learn.lessons.minutes, minutes = minutes()).to_string()}</p>
            </div>
            <div class="lessons__state">{state}<Icon icon=icondata_lu::LuChevronRight/></div>
        </li>
    }
    .into_any()
}

//! The trainer's guide: what to see to before, two half days, and what to do after. It prints as it stands.

use leptos::prelude::*;

use crate::{
    codec::content::{
        Language, Text,
        guide::{GuidePart as Part, HalfDay, guide},
        lessons::Place,
    },
    i18n::{t, t_string, use_i18n},
    ui::{components::button::Button, format::use_format, settings::use_settings},
};

/// The part.
#[component]
pub(super) fn GuidePart() -> impl IntoView {
    let i18n = use_i18n();
    let settings = use_settings();
    let print = move |_| {
        // Refused only where the browser cannot print at all.
        window().print().ok();
    };
    let body = move || {
        let language: Language = settings.language.get().into();
        let guide = guide();
        let plans = guide.plans.iter().map(|plan| half_day(language, plan)).collect_view();
        let questions = guide.questions.iter().map(|(question, answer)| {
            view! { <dt>{question.in_language(language)}</dt><dd>{answer.in_language(language)}</dd> }
        });
        view! {
            <p>{guide.about.in_language(language)}</p>
            {list(language, t_string!(i18n, learn.trainer.before), &guide.before)}
            {list(language, t_string!(i18n, learn.trainer.manner), &guide.manner)}
            {plans}
            <section class="card stack">
                <h2>{t!(i18n, learn.trainer.asked)}</h2>
                <dl class="trainer__asked">{questions.collect_view()}</dl>
            </section>
            {list(language, t_string!(i18n, learn.trainer.after), &guide.after)}
        }
    };
    view! {
        <div class="stack paper" data-testid="class-guide">
            <div class="row no-print"><Button icon=icondata_lu::LuPrinter on_click=print>{t!(i18n, learn.trainer.print_guide)}</Button></div>
            {body}
        </div>
    }
    .into_any()
}

/// A card with a list of sentences.
fn list(language: Language, title: &'static str, texts: &[Text]) -> AnyView {
    let items = texts.iter().map(|text| view! { <li>{text.in_language(language)}</li> }).collect_view();
    view! { <section class="card stack"><h2>{title}</h2><ul class="trainer__lines">{items}</ul></section> }.into_any()
}

/// The plan of half a day.
fn half_day(language: Language, plan: &'static HalfDay) -> AnyView {
    let (i18n, format) = (use_i18n(), use_format());
    let texts =
        |texts: &[Text]| texts.iter().map(|text| view! { <li>{text.in_language(language)}</li> }).collect_view();
    let minutes = move |minutes: u32| {
        let n = format.count(usize::try_from(minutes).ok());
        t_string!(i18n, learn.trainer.minutes_n, n = n).to_string()
    };
    let place = |place: &Place| {
        let href = ["#/", place.address].concat();
        view! { <a class="link" href=href>{place.words.in_language(language)}</a> }
    };
    let part = |part: &Part| {
        view! {
            <tr>
                <td class="trainer__minutes">{minutes(part.minutes)}</td>
                <th scope="row">{part.title.in_language(language)}</th>
                <td>
                    <ul class="trainer__lines">{texts(&part.say)}</ul>
                    {part.exercise.as_ref().map(|exercise| view! { <p>{place(exercise)}</p> })}
                    <ul class="trainer__lines trainer__ask">{texts(&part.ask)}</ul>
                </td>
            </tr>
        }
    };
    let prints = plan.prints.iter().map(|print| view! { <li>{place(print)}</li> }).collect_view();
    view! {
        <section class="card stack">
            <div class="card__head"><h2>{plan.title.in_language(language)}</h2><span class="muted">{minutes(plan.minutes())}</span></div>
            <p>{plan.whom.in_language(language)}</p>
            <h3>{t!(i18n, learn.trainer.aims)}</h3>
            <ul class="trainer__lines">{texts(&plan.aims)}</ul>
            <div class="table-scroll" tabindex="0" role="region" aria-label=plan.title.in_language(language)>
                <table class="table trainer__agenda">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, learn.trainer.time)}</th>
                            <th scope="col">{t!(i18n, learn.trainer.agenda)}</th>
                            <th scope="col">{t!(i18n, learn.trainer.say)}</th>
                        </tr>
                    </thead>
                    <tbody>{plan.parts.iter().map(part).collect_view()}</tbody>
                </table>
            </div>
            <h3>{t!(i18n, learn.trainer.debrief)}</h3>
            <ul class="trainer__lines">{texts(&plan.debrief)}</ul>
            <h3>{t!(i18n, learn.trainer.prints)}</h3>
            <ul class="trainer__lines">{prints}</ul>
        </section>
    }
    .into_any()
}

//! The demo companies: the healthy one and one for each illness, with the question that their manager asks.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::t,
    training::{
        demo::{OFFERED, Offered},
        drill::{Level, Treatment},
    },
    ui::components::button::{Button, Variant},
};

#[component]
pub(super) fn Companies(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let companies = OFFERED.map(|offered| view! { <Company desk offered/> }).collect_view();
    view! {
        <section class="drills__part" data-testid="drill-companies">
            <h2>{t!(i18n, learn.drills.companies)}</h2>
            <p class="muted small">{t!(i18n, learn.drills.companies_what)}</p>
            <div class="drills__companies">{companies}</div>
        </section>
    }
    .into_any()
}

/// One of them: its story, and what one would do about it behind a question.
#[component]
fn Company(desk: Desk, offered: Offered) -> impl IntoView {
    let i18n = desk.i18n;
    let code = offered.code();
    let name = move || desk.words(|words| Some(words.illness(code)?.company));
    let story = move || desk.words(|words| Some(words.illness(code)?.story));
    let hook = move || desk.words(|words| Some(words.illness(code)?.hook));
    let explanation = move || desk.words(|words| Some(words.illness(code)?.explanation));
    let treatments = Treatment::of(&offered.condition()).into_iter().map(|treatment| {
        let code = treatment.code();
        let what = move || desk.words(|words| Some(words.treatment(code)?.name));
        let reason = move || desk.words(|words| Some(words.treatment(code)?.reason));
        view! { <p><strong>{what}</strong>" "{reason}</p> }
    });
    view! {
        <article class="card drills__company" data-testid="drill-company" data-code=code>
            <h3>{name}</h3>
            <p>{story}</p>
            <details class="drills__hook">
                <summary><span>{hook}</span>" "<span class="link">{t!(i18n, learn.drills.hook)}</span></summary>
                <div class="drills__answer">
                    <p>{explanation}</p>
                    {treatments.collect_view()}
                    <Button busy=desk.busy on_click=move |_| desk.begin(Level::Clear)>{t!(i18n, learn.drills.find_yourself)}</Button>
                </div>
            </details>
            <Button variant=Variant::Quiet icon=icondata_lu::LuEye busy=desk.busy on_click=move |_| desk.look_round(code)>
                {t!(i18n, learn.drills.look_round)}
                <span class="visually-hidden">" · "{name}</span>
            </Button>
        </article>
    }
    .into_any()
}

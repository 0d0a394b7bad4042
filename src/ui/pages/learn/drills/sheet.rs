//! The answer sheet: what the company has, which figures show it, and what is to be done.

use leptos::{ev, prelude::*};

use super::desk::{Desk, href, key};
use crate::{
    codec::progress::Exercise,
    i18n::{t, t_string},
    training::{
        drill::{Answer, Level, Treatment},
        illness::{Condition, Illness, Sign},
    },
    ui::{
        components::{button::Button, dom_id, field::Checkbox},
        drilling::UnderWay,
        looking::CompanyPages,
        route::Route,
        timing::moment,
    },
};

#[component]
pub(super) fn AnswerSheet(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let Some(under_way) = desk.drilling.with_untracked(Clone::clone) else { return ().into_any() };
    let UnderWay { drill, sheet, .. } = under_way;
    let figures = sheet.question.figures.into_iter().map(|sign| view! { <FigureChoice desk sign/> }).collect_view();
    let treatments = sheet
        .question
        .treatments
        .into_iter()
        .map(|treatment| view! { <TreatmentChoice desk treatment/> })
        .collect_view();
    let untold = RwSignal::new(false);
    let hand_in = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let said = desk.drilling.with_untracked(|under_way| under_way.answer.illnesses.is_some());
        untold.set(said != Some(true));
        if said == Some(true) {
            mark(desk);
        }
    };
    view! {
        <Company desk/>
        <form class="drills__sheet" data-testid="drill-sheet" data-drill=key(drill) on:submit=hand_in>
            <fieldset class="card drills__question" data-testid="drill-illness">
                <legend>
                    {move || if drill.level == Level::Mixed { t_string!(i18n, learn.drills.ask_two) } else { t_string!(i18n, learn.drills.ask_one) }}
                </legend>
                <Illnesses desk level=drill.level/>
                <p class="field__note field__note--error" role="alert">
                    {move || untold.get().then(|| t_string!(i18n, learn.drills.say_first))}
                </p>
            </fieldset>
            <fieldset class="card drills__question" data-testid="drill-evidence">
                <legend>{t!(i18n, learn.drills.ask_evidence)}</legend>
                <p class="small muted">{t!(i18n, learn.drills.ask_evidence_what)}</p>
                {figures}
            </fieldset>
            <fieldset class="card drills__question" data-testid="drill-treatment">
                <legend>{t!(i18n, learn.drills.ask_treatment)}</legend>
                <p class="small muted">{t!(i18n, learn.drills.ask_treatment_what)}</p>
                {treatments}
            </fieldset>
            <div class="row">
                <button type="submit" class="button button--primary" data-testid="drill-hand-in">{t!(i18n, learn.drills.hand_in)}</button>
                <Button on_click=move |_| desk.end()>{t!(i18n, learn.drills.give_up)}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Marks what is answered and keeps the score.
fn mark(desk: Desk) {
    let marked = desk.drilling.with_untracked(|under_way| {
        let marks = under_way.sheet.mark(&under_way.answer);
        (key(under_way.drill), marks, moment() - under_way.began)
    });
    let Some((key, marks, took)) = marked else { return };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast from f64 saturates")]
    let seconds = (took / 1_000.0) as u32;
    desk.learning.record(Exercise::Drill, &key, marks.score(), seconds, String::new());
    desk.drilling.change(|under_way| under_way.marks = Some(marks));
}

/// The company and where to look at it.
#[component]
pub(super) fn Company(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let name = move || desk.drilling.with(|under_way| under_way.name.clone()).unwrap_or_default();
    let number = move || desk.drilling.with(|under_way| under_way.drill.seed.to_string()).unwrap_or_default();
    let level = move || {
        let level = desk.drilling.with(|under_way| under_way.drill.level);
        desk.words(|words| Some(words.level(level?.code())?.name))
    };
    let again = move |_| {
        if let Some(drill) = desk.drilling.with_untracked(|under_way| under_way.drill) {
            desk.make(drill);
        }
    };
    view! {
        <section class="card drills__subject" data-testid="drill-subject">
            <h2>{name}</h2>
            <p class="small muted">{move || t_string!(i18n, learn.drills.named, number = number(), level = level()).to_string()}</p>
            <Show
                when=move || desk.is_open()
                fallback=move || view! {
                    <p>{t!(i18n, learn.drills.closed)}</p>
                    <Button busy=desk.busy on_click=again attr:data-testid="drill-again">{t!(i18n, learn.drills.open_again)}</Button>
                }
            >
                <p>{t!(i18n, learn.drills.look_what)}</p>
                <CompanyPages pages=vec![Route::Funnel, Route::Analysis, Route::Forecast, Route::Deals, Route::Team]/>
            </Show>
        </section>
    }
    .into_any()
}

/// What the answer says, followed.
fn answered(desk: Desk, read: impl FnOnce(&Answer) -> bool) -> bool {
    desk.drilling.with(|under_way| read(&under_way.answer)).unwrap_or_default()
}

/// One of the illnesses or none; where there are two, several.
#[component]
fn Illnesses(desk: Desk, level: Level) -> impl IntoView {
    let group = dom_id::fresh();
    let one = |condition: Condition| {
        let code = condition.iter().next().map_or("healthy", |illness| illness.code());
        let name = move || desk.words(|words| Some(words.illness(code)?.name));
        let signs = move || desk.words(|words| Some(words.illness(code)?.signs));
        let (chosen, mine) = (condition.clone(), condition);
        let is_chosen = move || answered(desk, |answer| answer.illnesses.as_ref() == Some(&mine));
        let choose = move |_| desk.drilling.change(|under_way| under_way.answer.illnesses = Some(chosen.clone()));
        view! {
            <label class="drills__choice">
                <input type="radio" name=group.clone() value=code prop:checked=is_chosen on:change=choose/>
                <span><strong>{name}</strong><span class="small muted">{signs}</span></span>
            </label>
        }
        .into_any()
    };
    let of_several = |illness: Illness| {
        let code = illness.code();
        let name = move || desk.words(|words| Some(words.illness(code)?.name));
        let signs = move || desk.words(|words| Some(words.illness(code)?.signs));
        let is_chosen =
            move || answered(desk, |answer| answer.illnesses.as_ref().is_some_and(|named| named.contains(&illness)));
        let choose = move |_| {
            desk.drilling.change(|under_way| {
                let mut named = under_way.answer.illnesses.take().unwrap_or_default();
                if !named.remove(&illness) {
                    named.insert(illness);
                }
                under_way.answer.illnesses = (!named.is_empty()).then_some(named);
            });
        };
        view! {
            <label class="drills__choice">
                <input type="checkbox" value=code prop:checked=is_chosen on:change=choose/>
                <span><strong>{name}</strong><span class="small muted">{signs}</span></span>
            </label>
        }
        .into_any()
    };
    if level == Level::Mixed {
        Illness::ALL.map(of_several).collect_view().into_any()
    } else {
        let none = one(Condition::new());
        let each = Illness::ALL.map(|illness| one([illness].into())).collect_view();
        (each, none).into_any()
    }
}

/// A figure that may be evidence, with the page on which it is seen.
#[component]
fn FigureChoice(desk: Desk, sign: Sign) -> impl IntoView {
    let figure = sign.figure;
    let link = href(&sign.place);
    let sentence = Signal::derive(move || desk.figure(&sign));
    let seen = move || desk.words(|words| Some(words.figure(figure.code())?.seen));
    let value = Signal::derive(move || answered(desk, |answer| answer.evidence.contains(&figure)));
    let choose = move |chosen: bool| {
        desk.drilling.change(|under_way| {
            if chosen {
                under_way.answer.evidence.insert(figure);
            } else {
                under_way.answer.evidence.remove(&figure);
            }
        });
    };
    view! {
        <div class="drills__figure" data-figure=figure.code()>
            <Checkbox label=sentence value on_change=choose/>
            <Show when=move || desk.is_open()><a class="small" href=link.clone()>{seen}</a></Show>
        </div>
    }
    .into_any()
}

#[component]
fn TreatmentChoice(desk: Desk, treatment: Treatment) -> impl IntoView {
    let name = Signal::derive(move || desk.words(|words| Some(words.treatment(treatment.code())?.name)).to_owned());
    let value = Signal::derive(move || answered(desk, |answer| answer.treatments.contains(&treatment)));
    let choose = move |chosen: bool| {
        desk.drilling.change(|under_way| {
            if chosen {
                under_way.answer.treatments.insert(treatment);
            } else {
                under_way.answer.treatments.remove(&treatment);
            }
        });
    };
    view! {
        <div data-treatment=treatment.code()><Checkbox label=name value on_change=choose/></div>
    }
    .into_any()
}

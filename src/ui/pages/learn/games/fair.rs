//! The job fair: how many must be met so that enough are hired, what a better step changes, and what luck makes of it.

use leptos::prelude::*;

use super::{
    super::rounds::{Rounds, seconds},
    floor::Floor,
    levers::Levers,
};
use crate::{
    codec::content::gallery,
    codec::progress::Exercise,
    i18n::{t, t_string, use_i18n},
    training::job_fair::{Fair, Question, VISITORS},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
        },
        format::{Format, use_format},
        learning::use_learning,
        settings::use_settings,
        timing::moment,
        wording::I18n,
    },
};

/// The key of the round in the address.
const ROUND: &str = "fair";
/// The model of the fair.
const MODEL: &str = "job-fair";

/// A fair at hand. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Stand {
    pub(super) i18n: I18n,
    pub(super) format: Format,
    /// Who stands before each step, and after the last one.
    pub(super) names: Memo<Vec<String>>,
    /// The fair as its rates are set.
    pub(super) fair: RwSignal<Fair>,
    /// The seed of the round.
    pub(super) seed: u64,
}

impl Stand {
    pub(super) fn name(self, place: usize) -> String {
        self.names.with(|names| names.get(place).cloned().unwrap_or_default())
    }

    pub(super) fn people(self, number: f64) -> String {
        self.format.number(number, 1)
    }
}

/// The game.
#[component]
pub(super) fn FairGame() -> impl IntoView {
    let (i18n, settings) = (use_i18n(), use_settings());
    let rounds = Rounds::follow(ROUND, Exercise::JobFair);
    let model =
        Memo::new(move |_| gallery(settings.language.get().into()).into_iter().find(|model| model.slug == MODEL));
    let names = Memo::new(move |_| {
        let stages = model.with(|model| {
            let name = |stage: &crate::codec::content::StageTemplate| stage.name.to_string();
            model.as_ref().map(|model| model.stages.iter().map(name).collect::<Vec<_>>()).unwrap_or_default()
        });
        let hired = t_string!(i18n, learn.games.hired).to_owned();
        stages.into_iter().chain([hired]).collect::<Vec<_>>()
    });
    view! {
        <p class="games__intro">{t!(i18n, learn.games.fair_what)}</p>
        {move || {
            let seed = rounds.seed.get();
            let story = model.with_untracked(|model| model.as_ref().map(|model| Fair::of(model, VISITORS)));
            story.map(|story| view! { <Round question=Question::of(story, seed) rounds names seed/> })
        }}
    }
    .into_any()
}

/// One round.
#[component]
fn Round(question: Question, rounds: Rounds, names: Memo<Vec<String>>, seed: u64) -> impl IntoView {
    let (i18n, format, learning, began) = (use_i18n(), use_format(), use_learning(), moment());
    let stand = Stand { i18n, format, names, fair: RwSignal::new(question.fair.clone()), seed };
    let wanted = question.wanted;
    let question = StoredValue::new(question);
    let (text, points) = (RwSignal::new(String::new()), RwSignal::new(None::<u8>));
    let number = |text: &str| text.trim().replace(',', "").parse::<u32>().ok();
    let answer = Memo::new(move |_| text.with(|text| number(text)));
    let check = move |_| {
        let Some(answer) = answer.get_untracked() else { return };
        let earned = question.with_value(|question| question.points(answer));
        points.set(Some(earned));
        learning.record(Exercise::JobFair, &seed.to_string(), earned, seconds(began), answer.to_string());
    };
    let objection = Callback::new(move |text: String| {
        (!text.trim().is_empty() && number(&text).is_none())
            .then(|| t_string!(i18n, learn.games.whole_number).to_owned())
    });
    let ask = move || t_string!(i18n, learn.games.fair_ask, n = format.count(wanted as usize)).to_string();
    let rates = question.with_value(|question| question.fair.rates.clone());
    let steps = move || {
        let step = |(place, name): (usize, String)| {
            let rate = rates.get(place).map(|rate| format.percent(rate.as_f64(), 0));
            let on = rate.map(|rate| view! { <span class="fair__rate">{rate}" →"</span> });
            view! { <li>{name}{on}</li> }
        };
        names.get().into_iter().enumerate().map(step).collect_view()
    };
    let done = Memo::new(move |_| points.get().is_some());
    view! {
        <section class="card games__part" data-testid="fair-round" data-seed=seed.to_string()>
            <div class="card__head">
                <h2>{move || t_string!(i18n, learn.games.round, n = seed.to_string()).to_string()}</h2>
                <Button icon=icondata_lu::LuArrowRight on_click=move |_| rounds.next()>{t!(i18n, learn.games.next)}</Button>
            </div>
            <ol class="fair__steps">{steps}</ol>
            <div class="row games__answer">
                <Field
                    label=Signal::derive(ask)
                    kind=FieldKind::Number
                    value=text
                    on_input=move |typed: String| text.set(typed)
                    on_change=move |typed: String| text.set(typed)
                    check=objection
                />
                <Button
                    variant=Variant::Primary
                    disabled=Signal::derive(move || done.get() || answer.get().is_none())
                    on_click=check
                >
                    {t!(i18n, learn.games.check)}
                </Button>
                <strong role="status" data-testid="fair-points">
                    {move || points.get().map(|points| t_string!(i18n, learn.games.points, n = format.count(usize::from(points))).to_string())}
                </strong>
            </div>
            <Show when=move || done.get()>
                <Backwards stand question/>
            </Show>
        </section>
        <Levers stand/>
        <Floor stand wanted/>
    }
    .into_any()
}

/// From the number that is wanted back to the first step.
#[component]
fn Backwards(stand: Stand, question: StoredValue<Question>) -> impl IntoView {
    let (i18n, format) = (stand.i18n, stand.format);
    let (fair, wanted) = question.with_value(|question| (question.fair.clone(), question.wanted));
    let needs = fair.needed(f64::from(wanted)).unwrap_or_default();
    let last = needs.len().saturating_sub(1);
    let row = move |place: usize| {
        let (need, after) = (needs.get(place).copied(), needs.get(place + 1).copied());
        let rate = fair.rates.get(place).copied();
        let sum = move || match (after, rate) {
            (Some(after), Some(rate)) => {
                let (after, rate) = (stand.people(after), format.percent(rate.as_f64(), 0));
                [after.as_str(), " ÷ ", &rate].concat()
            }
            _ => t_string!(i18n, learn.games.wanted).to_owned(),
        };
        let need = move || format.number(need, 1);
        view! { <tr><th scope="row">{move || stand.name(place)}</th><td class="muted">{sum}</td><td><strong>{need}</strong></td></tr> }
    };
    let rows = (0..=last).rev().map(row).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=move || t_string!(i18n, learn.games.backwards)>
            <table class="table games__sum" data-testid="fair-backwards">
                <caption class="games__caption">{t!(i18n, learn.games.backwards)}</caption>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

//! What an answer came to, and why: the figures that speak, where they are seen, and what helps.

use leptos::{html, prelude::*};

use super::{
    desk::{Desk, href},
    sheet::Company,
};
use crate::{
    i18n::{t, t_string},
    training::{
        drill::{Part, Treatment},
        illness::{Figure, Illness, Sign},
    },
    ui::{
        components::{
            button::{Button, Variant},
            tag::{Tag, Tone},
        },
        drilling::UnderWay,
    },
};

/// How a choice fared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fared {
    Right,
    Missed,
    Wrong,
}

#[component]
pub(super) fn Outcome(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let Some(UnderWay { drill, sheet, marks: Some(marks), .. }) = desk.drilling.with_untracked(Clone::clone) else {
        return ().into_any();
    };
    let title = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(title) = title.get() {
            // What was handed in is gone; the focus goes on with the result.
            title.focus().ok();
        }
    });
    let score = marks.score();
    let signs = sheet.question.figures;
    let had = if sheet.condition.is_empty() {
        view! { <Explained desk code="healthy" signs=Vec::new()/> }.into_any()
    } else {
        let of = |illness: Illness| {
            let speaks = |sign: &&Sign| sign.ill && sign.figure.shows() == Some(illness);
            let signs = signs.iter().filter(speaks).cloned().collect();
            view! { <Explained desk code=illness.code() signs/> }
        };
        sheet.condition.iter().copied().map(of).collect_view().into_any()
    };
    let illnesses = fared(&marks.illness).into_iter().map(|(illness, fared)| {
        let name = move || desk.words(|words| Some(words.illness(illness.code())?.name)).to_owned();
        line(desk, (illness.code(), fared), name, String::new)
    });
    let is_seen_healthy = marks.illness.points == marks.illness.of && sheet.condition.is_empty();
    let healthy = is_seen_healthy.then(|| {
        let name = move || desk.words(|words| Some(words.illness("healthy")?.name)).to_owned();
        line(desk, ("healthy", Fared::Right), name, String::new)
    });
    let figures = fared(&marks.evidence).into_iter().map(|(figure, fared): (Figure, Fared)| {
        let sign = signs.iter().find(|sign| sign.figure == figure).cloned();
        let sentence = move || sign.as_ref().map(|sign| desk.figure(sign)).unwrap_or_default();
        let why = move || match fared {
            Fared::Wrong => t_string!(i18n, learn.drills.beside).to_owned(),
            _ => desk.words(|words| Some(words.figure(figure.code())?.meaning)).to_owned(),
        };
        line(desk, (figure.code(), fared), sentence, why)
    });
    let treatments = fared(&marks.treatment).into_iter().map(|(treatment, fared): (Treatment, Fared)| {
        let name = move || desk.words(|words| Some(words.treatment(treatment.code())?.name)).to_owned();
        let why = move || desk.words(|words| Some(words.treatment(treatment.code())?.reason)).to_owned();
        line(desk, (treatment.code(), fared), name, why)
    });
    let points = move |points: u8, of: u8| {
        let (points, of) = (format.count(usize::from(points)), format.count(usize::from(of)));
        t_string!(i18n, learn.drills.points, points = points, of = of).to_string()
    };
    let (of_illness, of_evidence, of_treatment) = (
        (marks.illness.points, marks.illness.of),
        (marks.evidence.points, marks.evidence.of),
        (marks.treatment.points, marks.treatment.of),
    );
    view! {
        <section class="card drills__score" data-testid="drill-result" data-score=score>
            <h2 node_ref=title tabindex="-1">{move || t_string!(i18n, learn.drills.result, score = format.count(usize::from(score))).to_string()}</h2>
            <meter class="drills__meter" min="0" max="100" value=score aria-hidden="true"></meter>
            {had}
        </section>
        <section class="card drills__part">
            <div class="drills__head"><h3>{t!(i18n, learn.drills.ask_one)}</h3><span>{move || points(of_illness.0, of_illness.1)}</span></div>
            <ul class="drills__lines">{illnesses.collect_view()}{healthy}</ul>
        </section>
        <section class="card drills__part">
            <div class="drills__head"><h3>{t!(i18n, learn.drills.ask_evidence)}</h3><span>{move || points(of_evidence.0, of_evidence.1)}</span></div>
            <ul class="drills__lines">{figures.collect_view()}</ul>
        </section>
        <section class="card drills__part">
            <div class="drills__head"><h3>{t!(i18n, learn.drills.ask_treatment)}</h3><span>{move || points(of_treatment.0, of_treatment.1)}</span></div>
            <ul class="drills__lines">{treatments.collect_view()}</ul>
        </section>
        <div class="row">
            <Button variant=Variant::Primary busy=desk.busy on_click=move |_| { desk.end(); desk.begin(drill.level) } attr:data-testid="drill-next">
                {t!(i18n, learn.drills.next)}
            </Button>
            <Button on_click=move |_| desk.end() attr:data-testid="drill-finish">{t!(i18n, learn.drills.finish)}</Button>
        </div>
        <Company desk/>
    }
    .into_any()
}

/// What the company has, why one can tell, and where to see it.
#[component]
fn Explained(desk: Desk, code: &'static str, signs: Vec<Sign>) -> impl IntoView {
    let i18n = desk.i18n;
    let name = move || desk.words(|words| Some(words.illness(code)?.name));
    let explanation = move || desk.words(|words| Some(words.illness(code)?.explanation));
    let seen = |sign: Sign| {
        let (figure, link) = (sign.figure.code(), href(&sign.place));
        let page = move || desk.words(|words| Some(words.figure(figure)?.seen));
        view! {
            <li>
                {move || desk.figure(&sign)}
                <Show when=move || desk.is_open()>" "<a href=link.clone()>{page}</a></Show>
            </li>
        }
    };
    let signs = signs.into_iter().map(seen).collect_view();
    view! {
        <div class="drills__explained" data-illness=code>
            <h3>{move || t_string!(i18n, learn.drills.had, name = name()).to_string()}</h3>
            <p>{explanation}</p>
            <ul class="drills__signs">{signs}</ul>
        </div>
    }
    .into_any()
}

/// Every choice that counts, what is right first.
fn fared<T: Copy>(part: &Part<T>) -> Vec<(T, Fared)> {
    let each = |choices: &[T], fared: Fared| choices.iter().map(move |choice| (*choice, fared)).collect::<Vec<_>>();
    [each(&part.right, Fared::Right), each(&part.missed, Fared::Missed), each(&part.wrong, Fared::Wrong)].concat()
}

fn line(
    desk: Desk,
    (code, fared): (&'static str, Fared),
    what: impl Fn() -> String + Send + 'static,
    why: impl Fn() -> String + Send + 'static,
) -> AnyView {
    let i18n = desk.i18n;
    let (tone, word): (Tone, fn(crate::ui::wording::I18n) -> &'static str) = match fared {
        Fared::Right => (Tone::Good, |i18n| t_string!(i18n, learn.drills.right)),
        Fared::Missed => (Tone::Warn, |i18n| t_string!(i18n, learn.drills.missed)),
        Fared::Wrong => (Tone::Bad, |i18n| t_string!(i18n, learn.drills.wrong)),
    };
    view! {
        <li class="drills__line" data-code=code data-fared=tone.as_str()>
            <Tag tone=Signal::derive(move || tone)>{move || word(i18n)}</Tag>
            <div><span>{what}</span><p class="small muted">{why}</p></div>
        </li>
    }
    .into_any()
}

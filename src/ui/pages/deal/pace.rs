//! How an open deal keeps its pace: the clocks against their thresholds, what may be wrong, and what to do about it.

mod ask;
mod basis;
mod clock;

use std::sync::Arc;

use leptos::prelude::*;

use self::{
    ask::{Asked, deed, use_asker},
    basis::BasisNote,
    clock::ClockBar,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Clock, Clocks, Diagnosis, Health,
        diagnosis::{Advice, Evidence, Facts, Remedy, Suspicion},
        stall::Threshold,
    },
    model::Deal,
    ui::{
        components::{
            button::Button,
            tag::{Tag, Tone},
        },
        format::{Format, use_format},
        parts::{
            clocks::{every, use_yardsticks},
            editor::Editor,
            mover::Mover,
        },
        wording::{self, I18n},
    },
};

/// The card of the clocks; nothing for a deal that is not open.
#[component]
pub fn PaceCard(
    /// Edits the deal.
    editor: Editor,
    /// Carries out moves.
    mover: Mover,
) -> impl IntoView {
    let yardsticks = use_yardsticks();
    let clocks = Memo::new(move |_| {
        yardsticks.with(|yardsticks| editor.deal.with(|deal| deal.as_ref().and_then(|deal| yardsticks.read(deal))))
    });
    let threshold = Memo::new(move |_| {
        let threshold = |deal: &Arc<Deal>| {
            let standing = deal.standing();
            yardsticks.with(|yardsticks| yardsticks.threshold(standing.model, standing.stage).cloned())
        };
        editor.deal.with(|deal| deal.as_ref().and_then(threshold))
    });
    let diagnosis = Memo::new(move |_| {
        let clocks = clocks.get()?;
        let deal = editor.deal.get()?;
        let day = yardsticks.with(|yardsticks| yardsticks.day());
        editor.store.with(|workspace| Diagnosis::of(&clocks, &Facts::of(workspace, &deal, day)))
    });
    let is_open = Memo::new(move |_| clocks.with(Option::is_some));
    view! {
        <Show when=move || is_open.get()>
            <section class="card deal__card pace" data-testid="deal-pace">
                <Face clocks/>
                <BasisNote editor threshold/>
                <Findings diagnosis editor mover/>
            </section>
        </Show>
    }
    .into_any()
}

/// The marks and the clocks.
#[component]
fn Face(clocks: Memo<Option<Clocks>>) -> impl IntoView {
    let i18n = use_i18n();
    let marks = move || clocks.get().map(|clocks| every(i18n, &clocks));
    let bars = Clock::ALL.map(|clock| view! { <ClockBar clock clocks/> }).collect_view();
    view! {
        <div class="deal__card-head">
            <h2>{t!(i18n, clocks.title)}</h2>
            <div class="row" data-testid="deal-marks">{marks}</div>
        </div>
        <div class="pace__clocks">{bars}</div>
    }
    .into_any()
}

/// What may be wrong and what to do, each with what it rests on.
#[component]
fn Findings(diagnosis: Memo<Option<Diagnosis>>, editor: Editor, mover: Mover) -> impl IntoView {
    let (i18n, format) = (editor.i18n, use_format());
    let asked = RwSignal::new(None);
    let ask = use_asker(editor, mover, asked);
    let found = move || match diagnosis.get() {
        None => view! { <p class="muted">{t!(i18n, clocks.diagnosis.sound)}</p> }.into_any(),
        Some(Diagnosis { suspicions, advice, .. }) => {
            let suspicions = suspicions.into_iter().map(|suspicion| suspected(i18n, format, suspicion)).collect_view();
            let advice = advice.into_iter().map(|advice| advised(i18n, format, advice, ask)).collect_view();
            view! {
                <h3>{t!(i18n, clocks.diagnosis.why)}</h3>
                <ul class="pace__list" data-testid="suspicions">{suspicions}</ul>
                <h3>{t!(i18n, clocks.diagnosis.what)}</h3>
                <ul class="pace__list" data-testid="advice">{advice}</ul>
            }
            .into_any()
        }
    };
    view! {
        {found}
        <Asked editor mover asked/>
    }
    .into_any()
}

fn suspected(i18n: I18n, format: Format, suspicion: Suspicion) -> AnyView {
    let Suspicion { ailment, grade, evidence } = suspicion;
    let (word, tone) = match grade {
        Health::Ill => (t_string!(i18n, clocks.diagnosis.likely), Tone::Bad),
        Health::Watch | Health::Healthy => (t_string!(i18n, clocks.diagnosis.maybe), Tone::Warn),
    };
    view! {
        <li class="pace__item">
            <div>
                <div>{wording::clocks::ailment(i18n, ailment)}</div>
                <div class="small muted">{rests_on(i18n, format, &evidence)}</div>
            </div>
            <Tag tone>{word}</Tag>
        </li>
    }
    .into_any()
}

fn advised(i18n: I18n, format: Format, advice: Advice, ask: Callback<Remedy>) -> AnyView {
    let Advice { remedy, evidence } = advice;
    let label = wording::clocks::remedy(i18n, remedy);
    view! {
        <li class="pace__item" data-remedy=format!("{remedy:?}")>
            <div>
                <div>{label}</div>
                <div class="small muted">{rests_on(i18n, format, &evidence)}</div>
            </div>
            <Button
                label=Signal::derive(move || [deed(i18n, remedy), label].join(t_string!(i18n, discovery.colon)))
                on_click=move |_| ask.run(remedy)
            >
                {deed(i18n, remedy)}
            </Button>
        </li>
    }
    .into_any()
}

fn rests_on(i18n: I18n, format: Format, evidence: &[Evidence]) -> String {
    let words: Vec<String> = evidence.iter().map(|one| wording::clocks::evidence(i18n, format, *one)).collect();
    words.join(" · ")
}

/// The limits of the age as the stage has them.
type StageThreshold = Memo<Option<Threshold>>;

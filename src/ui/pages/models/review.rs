//! What a revision would do, shown before it is done, and the button that does it.

use std::cmp::Ordering;

use leptos::{html, prelude::*};

use super::differences::of_draft;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{
        Command, FunnelModel, ModelDraft, ModelProblem, StageId,
        revision::{self, Fate, Reading, StageEffect, Turned},
    },
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            field::Checkbox,
            tag::Tone,
            toast::use_toasts,
        },
        format::{Format, use_format},
        parts::undo::use_way_back,
        wording::{self, I18n, model as words},
    },
};

/// What a draft would do to its model and to the deals in it. Saving needs a tick when something unusual is new in it.
#[component]
pub fn Review(
    /// The form that the model shall take.
    #[prop(into)]
    draft: Signal<ModelDraft>,
    /// Runs with whether it was saved, or with `false` to go back.
    on_done: Callback<bool>,
) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let (toasts, way_back) = (use_toasts(), use_way_back());
    let model = Memo::new(move |_| {
        let id = draft.with(|draft| draft.id);
        store.with(|workspace| workspace.models.get(id).map(|model| FunnelModel::clone(model)))
    });
    let told = Memo::new(move |_| {
        let stamp = store.stamp(None);
        draft.with(|draft| store.with(|workspace| revision::effect(workspace, draft, stamp)))
    });
    let cautions = Memo::new(move |_| {
        let known =
            model.with(|model| model.as_ref().map(|model| ModelDraft::of(model).problems())).unwrap_or_default();
        let found = draft.with(ModelDraft::problems);
        found.into_iter().filter(|problem| !known.contains(problem) || problem.refuses()).collect::<Vec<_>>()
    });
    let is_seen = RwSignal::new(false);
    let unready = Signal::derive(move || {
        let unseen = !is_seen.get() && cautions.with(|cautions| !cautions.is_empty());
        unseen
            || told.with(Result::is_err)
            || draft.with(|draft| model.with(|model| model.as_ref().is_none_or(|model| draft.changes_nothing(model))))
    });
    let save = move |_| {
        let draft = draft.get_untracked();
        let name = draft.name.clone();
        match store.dispatch(Command::ReviseModel(Box::new(draft))) {
            Ok(change) => {
                way_back.offer(t_string!(i18n, model_editor.saved, name = name).to_string(), change);
                on_done.run(true);
            }
            Err(rejection) => {
                let words = store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection));
                toasts.say(words, Tone::Bad);
            }
        }
    };
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            // Focusing an element of the page cannot fail.
            heading.focus().ok();
        }
    });
    let differences = move || {
        model.with(|model| model.as_ref().map(|model| draft.with(|draft| of_draft(i18n, format, model, draft))))
    };
    let effects = move || match told.get() {
        Ok(effect) => shown(i18n, format, store.peek(|workspace| workspace.profile.currency), &effect),
        Err(rejection) => {
            let why = store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection));
            view! { <p class="card notice" data-tone="bad" role="alert"><b>{t!(i18n, model_editor.refused)}</b>" "{why}</p> }
                .into_any()
        }
    };
    let caution = move |problem: ModelProblem| {
        let name =
            problem.stage().and_then(|stage| draft.with(|draft| draft.stage(stage).map(|stage| stage.name.clone())));
        let says = words::problem(i18n, problem);
        let words = match name {
            Some(stage) => t_string!(i18n, model_editor.of_stage, stage = stage, problem = says).to_string(),
            None => says.to_owned(),
        };
        view! { <li>{words}</li> }.into_any()
    };
    view! {
        <section class="stack review" aria-labelledby="review" data-testid="review-section">
            <h2 id="review" node_ref=heading tabindex="-1">{t!(i18n, model_editor.review_title)}</h2>
            {effects}
            <div class="card stack">
                <h3>{t!(i18n, model_editor.differences)}</h3>
                {differences}
            </div>
            <Show when=move || cautions.with(|cautions| !cautions.is_empty())>
                <div class="card notice" data-tone="warn" data-testid="cautions">
                    <h3>{t!(i18n, model_editor.to_confirm)}</h3>
                    <ul class="notice__places">{move || cautions.get().into_iter().map(caution).collect_view()}</ul>
                    <Checkbox
                        label=Signal::derive(move || t_string!(i18n, model_editor.confirm).to_owned())
                        value=is_seen
                        on_change=move |seen| is_seen.set(seen)
                    />
                </div>
            </Show>
            <div class="row">
                <Button on_click=move |_| on_done.run(false) attr:data-testid="review-back">{t!(i18n, model_editor.back)}</Button>
                <Button variant=Variant::Primary disabled=unready on_click=save attr:data-testid="save-revision">
                    {t!(i18n, model_editor.save)}
                </Button>
            </div>
        </section>
    }
    .into_any()
}

/// Where deals and their history go, stage by stage, and which past moves mean something else.
fn shown(i18n: I18n, format: Format, currency: crate::model::Currency, effect: &revision::Effect) -> AnyView {
    let money = move |reading: Option<Reading>| {
        let minor = reading.and_then(|reading| reading.weighted).and_then(|minor| i64::try_from(minor).ok());
        format.money(minor, currency.code(), currency.digits(), true)
    };
    let deals = move |reading: Option<Reading>| match reading {
        Some(Reading { open, dormant: 0, .. }) => format.count(open),
        Some(Reading { open, dormant, .. }) => {
            let (open, dormant) = (format.count(open), format.count(dormant));
            t_string!(i18n, model_editor.open_dormant, open = open, dormant = dormant).to_string()
        }
        None => format.count(None),
    };
    let figures = move |before: Option<Reading>, after: Option<Reading>| {
        [deals(before), deals(after), money(before), money(after)].map(|text| view! { <td>{text}</td> }).collect_view()
    };
    let name = |id: StageId| {
        effect.stages.iter().find(|stage| stage.stage == id).map(|stage| stage.name.clone()).unwrap_or_default()
    };
    let row = |stage: &StageEffect| {
        let what = happens(i18n, format, stage, &name).into_iter().map(|line| view! { <li>{line}</li> }.into_any());
        view! {
            <tr data-testid="effect-row">
                <th scope="row">{stage.name.clone()}</th>
                {figures(stage.before, stage.after)}
                <td class="review__what"><ul>{what.collect_view()}</ul></td>
            </tr>
        }
        .into_any()
    };
    let rows = effect.stages.iter().map(row).collect_view();
    let follows =
        (effect.sent() > 0).then(|| view! { <p class="muted small">{t_string!(i18n, model_editor.not_moved)}</p> });
    let turned = effect.turned.iter().map(|turned| view! { <li>{turns(i18n, format, turned, &name)}</li> }.into_any());
    let turned = turned.collect_view();
    let turned = (!effect.turned.is_empty()).then(|| {
        view! {
            <h3>{t_string!(i18n, model_editor.turned)}</h3>
            <p class="muted small">{t_string!(i18n, model_editor.turned_what)}</p>
            <ul class="review__turned" data-testid="turned">{turned}</ul>
        }
    });
    let headings = [
        t_string!(i18n, common.stage),
        t_string!(i18n, model_editor.deals_now),
        t_string!(i18n, model_editor.deals_then),
        t_string!(i18n, model_editor.weighted_now),
        t_string!(i18n, model_editor.weighted_then),
        t_string!(i18n, model_editor.what),
    ]
    .map(|heading| view! { <th scope="col">{heading}</th> })
    .collect_view();
    let (before, after) = (Some(effect.before), Some(effect.after));
    view! {
        <div class="card stack">
            <h3>{t_string!(i18n, model_editor.destinations)}</h3>
            <div class="table-scroll" tabindex="0">
                <table class="table review__table" data-testid="effect">
                    <thead><tr>{headings}</tr></thead>
                    <tbody>
                        {rows}
                        <tr><th scope="row"><b>{t_string!(i18n, model_editor.whole)}</b></th>{figures(before, after)}<td></td></tr>
                    </tbody>
                </table>
            </div>
            {follows}
            {turned}
        </div>
    }
    .into_any()
}

/// What becomes of a stage, line by line.
fn happens(i18n: I18n, format: Format, stage: &StageEffect, name: &impl Fn(StageId) -> String) -> Vec<String> {
    let fate = match stage.fate {
        Fate::Stays => t_string!(i18n, model_editor.fate_stays).to_owned(),
        Fate::New => t_string!(i18n, model_editor.fate_new).to_owned(),
        Fate::Returns => t_string!(i18n, model_editor.fate_returns).to_owned(),
        Fate::Goes => t_string!(i18n, model_editor.fate_goes).to_owned(),
        Fate::Into(into) => t_string!(i18n, model_editor.fate_into, stage = name(into)).to_string(),
    };
    let mut lines = vec![fate];
    for (to, deals) in &stage.sent {
        let (count, n) = (*deals, format.count(*deals));
        lines.push(t_string!(i18n, model_editor.sent, count = count, n = n, stage = name(*to)).to_string());
    }
    if matches!(stage.fate, Fate::Into(_)) {
        let (deals, closed) = (stage.deals, stage.closed);
        lines.push(t_string!(i18n, model_editor.past, count = deals, n = format.count(deals)).to_string());
        if closed > 0 {
            lines.push(t_string!(i18n, model_editor.closed, count = closed, n = format.count(closed)).to_string());
        }
    }
    lines
}

fn turns(i18n: I18n, format: Format, turned: &Turned, name: &impl Fn(StageId) -> String) -> String {
    let direction = |direction| match direction {
        Ordering::Greater => t_string!(i18n, model_editor.forward),
        Ordering::Less => t_string!(i18n, model_editor.backward),
        Ordering::Equal => t_string!(i18n, model_editor.no_move),
    };
    let (count, n) = (turned.moves, format.count(turned.moves));
    let (from, to) = (name(turned.from), name(turned.to));
    let (was, will) = (direction(turned.was), direction(turned.will_be));
    t_string!(i18n, model_editor.turned_moves, count = count, n = n, from = from, to = to, was = was, will = will)
        .to_string()
}

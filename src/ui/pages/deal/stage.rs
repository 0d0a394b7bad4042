//! What the present stage asks for and advises: criteria with their proof, required fields, tasks, playbook. After the win, what
//! follows takes its place.

use leptos::prelude::*;

use super::after_sale::AfterSaleCard;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Criterion, Playbook, RequiredField, Stage, Status},
    ui::{
        components::{
            field::Checkbox,
            tag::{Tag, Tone},
        },
        format::use_format,
        parts::{
            editor::{EditText, Editor},
            playbook::{advice, titled_list},
        },
        wording::{self, I18n},
    },
};

/// The card of the present stage.
#[component]
pub fn StageCard(
    /// Edits the deal.
    editor: Editor,
) -> impl IntoView {
    let i18n = use_i18n();
    let place = Memo::new(move |_| {
        editor.deal.with(|deal| deal.as_ref().map(|deal| (deal.standing().model, deal.standing().stage)))
    });
    let stage = Memo::new(move |_| {
        let (model, stage) = place.get()?;
        editor.names.with(|names| names.stage(model, stage).cloned())
    });
    let after_sale = Memo::new(move |_| {
        let won = editor.read(|deal| matches!(deal.standing().status, Status::Won { .. }));
        let (model, _) = place.get().filter(|_| won)?;
        editor.names.with(|names| names.models.get(model)?.after_sale.clone())
    });
    let content = move || match (after_sale.get(), stage.get()) {
        (Some(after_sale), _) => view! { <AfterSaleCard editor after_sale/> }.into_any(),
        (None, Some(stage)) => known(editor, stage),
        (None, None) => view! { <p class="muted">{t!(i18n, deal.stage_gone)}</p> }.into_any(),
    };
    view! { <section class="card deal__card" tabindex="-1" data-testid="deal-stage-card">{content}</section> }
        .into_any()
}

fn known(editor: Editor, stage: Stage) -> AnyView {
    let (i18n, format) = (editor.i18n, use_format());
    let Stage { name, expected_days, criteria, required_fields, tasks, playbook, .. } = stage;
    let probability = stage.probability.as_f64();
    let required_fields: Vec<_> =
        editor.names.with(|names| required_fields.into_iter().filter(|field| field.exists(&names.profile)).collect());
    let has_gate = !criteria.is_empty() || !required_fields.is_empty();
    let criteria = criteria.into_iter().map(|criterion| view! { <Tick editor criterion/> }).collect_view();
    let required = required_fields.into_iter().map(|field| required(editor, field)).collect_view();
    let goal = playbook.goal.clone();
    let goal = (!goal.is_empty()).then(|| view! { <p>{goal}</p> });
    let figures = move || {
        let (days, share) = (format.days(f64::from(expected_days)), format.percent(probability, 0));
        t_string!(i18n, deal.stage_figures, days = days, share = share).to_string()
    };
    view! {
        <div class="deal__card-head">
            <h2>{move || t_string!(i18n, deal.stage_title, stage = name.clone()).to_string()}</h2>
            <span class="muted small">{figures}</span>
        </div>
        {goal}
        {has_gate.then(|| view! { <h3>{t!(i18n, deal.to_move_on)}</h3><ul class="deal__gate">{criteria}{required}</ul> })}
        {titled_list(t_string!(i18n, deal.tasks), tasks)}
        {folded_advice(i18n, playbook)}
    }
    .into_any()
}

/// A playbook that is opened when somebody asks for it.
pub(super) fn folded_advice(i18n: I18n, playbook: Playbook) -> Option<AnyView> {
    advice(i18n, playbook).map(|advice| {
        view! {
            <details class="deal__advice">
                <summary>{t!(i18n, deal.playbook)}</summary>
                {advice}
            </details>
        }
        .into_any()
    })
}

/// A promotion criterion: a box to tick and, once ticked, what proves it.
#[component]
fn Tick(editor: Editor, criterion: Criterion) -> impl IntoView {
    let (i18n, format, id) = (editor.i18n, use_format(), criterion.id);
    let seen = Memo::new(move |_| editor.read(|deal| deal.standing().evidence.get(&id).cloned()));
    let ticked = Signal::derive(move || seen.with(Option::is_some));
    let refusal = RwSignal::new(None::<String>);
    let tick = move |proof: String| editor.run(Command::TickCriterion { id: editor.id, criterion: id, proof });
    let on_change = move |on: bool| {
        refusal.set(if on {
            tick(String::new())
        } else {
            editor.run(Command::UntickCriterion { id: editor.id, criterion: id })
        });
    };
    let seen_by = move || {
        let seen = seen.get()?;
        let (day, by) = (format.date(seen.on), editor.names.with(|names| names.person(seen.by)));
        Some(t_string!(i18n, deal.seen_by, day = day, by = by).to_string())
    };
    let kind = move || {
        if criterion.required { t_string!(i18n, deal.required) } else { t_string!(i18n, deal.advisory) }
    };
    view! {
        <li class="deal__criterion">
            <div class="deal__tick">
                <Checkbox label=criterion.text value=ticked on_change/>
                <span class="muted small">{kind}</span>
            </div>
            <Show when=move || ticked.get()>
                <EditText
                    label=Signal::derive(move || t_string!(i18n, deal.proof).to_owned())
                    value=Signal::derive(move || seen.get().map(|seen| seen.proof).unwrap_or_default())
                    save=tick
                />
                <p class="muted small deal__seen">{seen_by}</p>
            </Show>
            <Show when=move || refusal.with(Option::is_some)>
                <p class="field__note field__note--error">{refusal}</p>
            </Show>
        </li>
    }
}

/// A required field, and whether it is filled in; the field itself is elsewhere on the page. One of the user's own that does not exist
/// is not asked for.
fn required(editor: Editor, field: RequiredField) -> AnyView {
    let i18n = editor.i18n;
    let words = wording::required_field(i18n, &field);
    let filled = Memo::new(move |_| {
        let customer = editor.customer();
        editor.read(|deal| field.is_filled(deal, customer.as_deref()))
    });
    let tone = Signal::derive(move || if filled.get() { Tone::Good } else { Tone::Warn });
    let state = move || if filled.get() { t_string!(i18n, moves.there) } else { t_string!(i18n, moves.missing) };
    view! {
        <li class="deal__tick"><span>{words}</span><Tag tone>{state}</Tag></li>
    }
    .into_any()
}

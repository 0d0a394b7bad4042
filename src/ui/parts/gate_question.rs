//! What a closed gate asks for: fill it in here, or pass with a written reason.

use leptos::prelude::*;

use super::{
    editor::{EditText, Editor},
    mover::{Attempt, Mover, Target, overridden},
    required_field::RequiredControl,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, CriterionId, Field, Missing, gate},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field as TextField, FieldKind},
            tag::{Tag, Tone},
        },
        wording,
    },
};

/// The contents of the dialog for a move that the gate refused.
#[component]
pub fn GateQuestion(
    /// Carries out the move.
    mover: Mover,
    /// The move.
    attempt: Attempt,
    /// What was missing when it was tried.
    asked: Vec<Missing>,
) -> impl IntoView {
    let i18n = use_i18n();
    let editor = Editor::of(attempt.deal);
    let still = Memo::new(move |_| {
        let customer = editor.customer();
        editor.names.with(|names| {
            editor.read(|deal| {
                let stage = names.stage(deal.standing().model, deal.standing().stage);
                stage.map(|stage| gate::missing(stage, deal, customer.as_deref(), &names.profile)).unwrap_or_default()
            })
        })
    });
    let open = Signal::derive(move || still.with(Vec::is_empty));
    // What is asked of the customer can only be written down once there is one.
    let customer = Missing::Field(Field::Customer.into());
    let of_customer = |thing: &Missing| matches!(thing, Missing::Field(field) if field.is_of_customer());
    let lacks_customer = untrack(|| editor.customer().is_none());
    let first = (lacks_customer && asked.iter().any(of_customer) && !asked.contains(&customer)).then(|| {
        let there = Signal::derive(move || editor.customer().is_some());
        item(editor, customer, there)
    });
    let is_there = move |thing: &Missing| {
        let thing = thing.clone();
        Signal::derive(move || still.with(|still| !still.contains(&thing)))
    };
    let items = asked.into_iter().map(|thing| {
        let there = is_there(&thing);
        item(editor, thing, there)
    });
    let items = first.into_iter().chain(items).collect_view();
    let reason = RwSignal::new(String::new());
    let refusal = RwSignal::new(None::<String>);
    let target = attempt.target;
    let attempt = StoredValue::new(attempt);
    let go = move |_| {
        refusal.set(mover.attempt(attempt.get_value()).err());
    };
    let force = move |_| {
        let mut attempt = attempt.get_value();
        attempt.command = overridden(attempt.command, &reason.get_untracked());
        refusal.set(mover.attempt(attempt).err());
    };
    let words = move || match target {
        Target::Stage(stage) => {
            let stage = editor.names.with(|names| names.stage_name(stage));
            t_string!(i18n, moves.move_to, stage = stage).to_string()
        }
        _ => t_string!(i18n, moves.win).to_owned(),
    };
    view! {
        <p>{move || t_string!(i18n, moves.gate_intro, title = mover.title(editor.id)).to_string()}</p>
        <ul class="gate" data-testid="gate-missing">{items}</ul>
        <div class="gate__anyway" hidden=move || open.get()>
            <TextField
                label=Signal::derive(move || t_string!(i18n, moves.reason).to_owned())
                kind=FieldKind::Long
                value=reason
                on_change=move |text: String| reason.set(text)
                on_input=move |text: String| reason.set(text)
                hint=Signal::derive(move || t_string!(i18n, moves.reason_hint).to_owned())
                error=refusal
            />
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| mover.question.set(None)>{t!(i18n, common.cancel)}</Button>
            <Show when=move || !open.get()>
                <Button variant=Variant::Danger on_click=force>{t!(i18n, moves.anyway)}</Button>
            </Show>
            <Button variant=Variant::Primary disabled=Signal::derive(move || !open.get()) on_click=go>
                {words}
            </Button>
        </div>
    }
    .into_any()
}

/// One missing thing, which stays in place once it is there.
fn item(editor: Editor, thing: Missing, done: Signal<bool>) -> AnyView {
    let i18n = editor.i18n;
    let control = match thing {
        Missing::Field(field) => view! { <RequiredControl editor field/> }.into_any(),
        Missing::Criterion(criterion) => view! { <Evidence editor criterion/> }.into_any(),
    };
    let state = move || {
        let tone = Signal::derive(move || if done.get() { Tone::Good } else { Tone::Warn });
        let word = move || if done.get() { t_string!(i18n, moves.there) } else { t_string!(i18n, moves.missing) };
        view! { <Tag tone>{word}</Tag> }
    };
    view! { <li class="gate__item"><div class="gate__control">{control}</div>{state()}</li> }.into_any()
}

/// A promotion criterion with what proves it; writing a proof ticks it.
#[component]
fn Evidence(editor: Editor, criterion: CriterionId) -> impl IntoView {
    let i18n = editor.i18n;
    let label = Signal::derive(move || {
        let model = editor.read(|deal| Some(deal.standing().model));
        editor.names.with(|names| {
            let model = model.and_then(|id| names.models.get(id)).map(AsRef::as_ref);
            wording::missing(i18n, model, &Missing::Criterion(criterion))
        })
    });
    let proof = Signal::derive(move || {
        editor.read(|deal| deal.standing().evidence.get(&criterion).map(|seen| seen.proof.clone())).unwrap_or_default()
    });
    let save = move |proof: String| {
        if proof.trim().is_empty() {
            return None;
        }
        editor.run(Command::TickCriterion { id: editor.id, criterion, proof })
    };
    view! { <EditText label value=proof save hint=Signal::derive(move || t_string!(i18n, moves.proof_hint).to_owned())/> }
}

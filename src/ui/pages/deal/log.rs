//! The form that notes an activity.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string},
    model::{Activity, ActivityId, ActivityKind, Command},
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind, SelectField},
        },
        parts::{
            editor::{Editor, Refusal, read_date},
            mover::Mover,
        },
        wording::{self, I18n},
    },
};

/// The kinds on offer, the commonest first.
pub(super) const KINDS: [ActivityKind; 9] = [
    ActivityKind::Visit,
    ActivityKind::Call,
    ActivityKind::Demo,
    ActivityKind::Meeting,
    ActivityKind::Email,
    ActivityKind::Sms,
    ActivityKind::ReturnVisit,
    ActivityKind::ServiceRequest,
    ActivityKind::Note,
];

/// The kinds as choices: their place and their words.
pub(super) fn kinds(i18n: I18n) -> Vec<(String, String)> {
    let kinds = KINDS.iter().enumerate();
    kinds.map(|(place, kind)| (place.to_string(), wording::activity_kind(i18n, *kind).to_owned())).collect()
}

/// Asks what was done, and keeps it.
#[component]
pub fn LogForm(
    /// Edits the deal.
    editor: Editor,
    /// Offers to undo.
    mover: Mover,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = editor.i18n;
    let text = |start: String| RwSignal::new(start);
    let (kind, day) = (RwSignal::new(0_usize), text(use_clock().today.get_untracked().to_string()));
    let by = text(editor.deal.with_untracked(|deal| {
        deal.as_ref().and_then(|deal| deal.standing().owner).map(|id| id.to_string()).unwrap_or_default()
    }));
    let (note, result, next_step) = (text(String::new()), text(String::new()), text(String::new()));
    let (minutes, satisfaction) = (text(String::new()), text(String::new()));
    let (bad_minutes, refusal) = (RwSignal::new(Refusal::None), RwSignal::new(Refusal::None));
    let chosen = move || KINDS.get(kind.get()).copied().unwrap_or(ActivityKind::Note);
    let returns = Memo::new(move |_| chosen() == ActivityKind::ReturnVisit);
    let save = move |_| {
        let spent = minutes.get_untracked();
        let Ok(spent) = Some(spent.trim()).filter(|text| !text.is_empty()).map(str::parse).transpose() else {
            bad_minutes.set(Some(t_string!(i18n, deal.bad_minutes).to_owned()));
            return;
        };
        bad_minutes.set(None);
        let Ok(Some(on)) = read_date(&day.get_untracked()) else {
            refusal.set(Some(t_string!(i18n, moves.bad_date).to_owned()));
            return;
        };
        let activity = Activity {
            id: ActivityId::new(editor.store.fresh()),
            on,
            kind: untrack(chosen),
            by: by.get_untracked().parse().ok(),
            customer: editor.deal.with_untracked(|deal| deal.as_ref().and_then(|deal| deal.details.customer)),
            deal: Some(editor.id),
            note: note.get_untracked(),
            result: result.get_untracked(),
            next_step: next_step.get_untracked(),
            satisfaction: returns.get_untracked().then(|| satisfaction.get_untracked().parse().ok()).flatten(),
            minutes: spent,
            cost: None,
        };
        match editor.store.dispatch(Command::PutActivity(Box::new(activity))) {
            Ok(change) => {
                open.set(false);
                mover.offer_undo(t_string!(i18n, deal.logged).to_owned(), change);
            }
            Err(refused) => refusal.set(Some(mover.words(&refused))),
        }
    };
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let kinds = Signal::derive(move || kinds(i18n));
    let levels = Signal::derive(|| crate::ui::parts::names::choices((1..=5).map(|n| (n.to_string(), n.to_string()))));
    let people = Signal::derive(move || editor.names.with(|names| names.choose_person(by.get().parse().ok())));
    view! {
        <div class="form deal__log" role="group" aria-label=move || t_string!(i18n, deal.log)>
            <div class="pair">
                <SelectField
                    label=label(|i18n| t_string!(i18n, deal.kind))
                    options=kinds
                    value=Signal::derive(move || kind.get().to_string())
                    on_change=move |place: String| kind.set(place.parse().unwrap_or_default())
                />
                <Field label=label(|i18n| t_string!(i18n, deal.day)) kind=FieldKind::Date value=day on_change=move |text: String| day.set(text)/>
                <SelectField label=label(|i18n| t_string!(i18n, deal.by_whom)) options=people value=by on_change=move |id: String| by.set(id)/>
                <Field
                    label=label(|i18n| t_string!(i18n, deal.minutes))
                    kind=FieldKind::Number
                    value=minutes
                    on_change=move |text: String| minutes.set(text)
                    error=bad_minutes
                />
            </div>
            <Field label=label(|i18n| t_string!(i18n, deal.what_was_said)) kind=FieldKind::Long value=note on_change=move |text: String| note.set(text) error=refusal/>
            <div class="pair">
                <Field label=label(|i18n| t_string!(i18n, deal.result)) value=result on_change=move |text: String| result.set(text)/>
                <Field label=label(|i18n| t_string!(i18n, deal.next_step)) value=next_step on_change=move |text: String| next_step.set(text)/>
                <Show when=move || returns.get()>
                    <SelectField
                        label=label(|i18n| t_string!(i18n, deal.satisfaction))
                        options=levels
                        value=satisfaction
                        on_change=move |level: String| satisfaction.set(level)
                    />
                </Show>
            </div>
            <div class="dialog__actions">
                <Button on_click=move |_| open.set(false)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Primary on_click=save>{t!(i18n, deal.save_activity)}</Button>
            </div>
        </div>
    }
    .into_any()
}

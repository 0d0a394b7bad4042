//! Plans the next action of a deal in one go: what, by whom, until when.

use std::sync::Arc;

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::{
    i18n::{t, t_string},
    model::{Change, Command, NextAction, PersonId, Rejection},
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
        wording::I18n,
    },
};

/// Days until a planned action is due unless somebody says otherwise: by the next weekly meeting.
const USUAL_DAYS: i64 = 7;

/// The form of a next action. It takes the place of the one that is planned, and says so.
#[component]
pub(super) fn Plan(
    /// Edits the deal.
    editor: Editor,
    /// Offers to undo.
    mover: Mover,
    /// What is to be done, to begin with.
    what: String,
    /// Runs when it is done or given up.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = editor.i18n;
    let former = editor.deal.with_untracked(|deal| deal.as_ref().and_then(|deal| deal.details.next_action.clone()));
    let owner = editor.deal.with_untracked(|deal| deal.as_ref().and_then(|deal| deal.standing().owner));
    let by = former.as_ref().and_then(|action| action.owner).or(owner);
    let (what, who) = (RwSignal::new(what), RwSignal::new(by.map(|id| id.to_string()).unwrap_or_default()));
    let until = RwSignal::new(in_a_week());
    let refusal = RwSignal::new(Refusal::None);
    let replaces = former.map(|action| {
        let words = t_string!(i18n, clocks.plan.replaces, what = action.what).to_string();
        view! { <p class="muted small">{words}</p> }
    });
    let save = move |_| {
        let action = planned(i18n, &what.get_untracked(), who.get_untracked().parse().ok(), &until.get_untracked());
        let said = |what| t_string!(i18n, clocks.plan.planned, what = what).to_string();
        refusal.set(put(editor, mover, action, None, said, on_close));
    };
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <div class="form" data-testid="plan-form">
            <Field label=label(|i18n| t_string!(i18n, clocks.plan.what)) value=what on_change=move |text: String| what.set(text) error=refusal/>
            <div class="pair">
                <SelectField
                    label=label(|i18n| t_string!(i18n, clocks.plan.who))
                    options=Signal::derive(move || editor.names.with(|names| names.choose_person(by)))
                    value=who
                    on_change=move |id: String| who.set(id)
                />
                <Field label=label(|i18n| t_string!(i18n, clocks.plan.until)) kind=FieldKind::Date value=until on_change=move |text: String| until.set(text)/>
            </div>
            {replaces}
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| on_close.run(())>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=save>{t!(i18n, clocks.plan.save)}</Button>
        </div>
    }
    .into_any()
}

/// The usual day as the text of a date field.
pub(super) fn in_a_week() -> String {
    let due = use_clock().today.get_untracked().checked_add_signed(TimeDelta::days(USUAL_DAYS));
    due.map(|day| day.to_string()).unwrap_or_default()
}

/// A next action as it was written.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn planned(i18n: I18n, what: &str, owner: Option<PersonId>, until: &str) -> Result<NextAction, String> {
    let due = read_date(until).map_err(|_invalid| t_string!(i18n, moves.bad_date).to_owned())?;
    let what = what.trim().to_owned();
    if what.is_empty() {
        return Err(t_string!(i18n, clocks.plan.blank).to_owned());
    }
    Ok(NextAction { what, owner, due })
}

/// Writes a next action into the deal, and whoever helps to sell from now on; then it is `said`, with the way back, and the form closes.
pub(super) fn put(
    editor: Editor,
    mover: Mover,
    action: Result<NextAction, String>,
    supporter: Option<PersonId>,
    said: impl FnOnce(String) -> String,
    on_close: Callback<()>,
) -> Refusal {
    let action = match action {
        Ok(action) => action,
        Err(words) => return Some(words),
    };
    let said = said(action.what.clone());
    match write(editor, action, supporter) {
        Ok(change) => {
            on_close.run(());
            mover.offer_undo(said, change);
            None
        }
        Err(refused) => Some(mover.words(&refused)),
    }
}

fn write(editor: Editor, action: NextAction, supporter: Option<PersonId>) -> Result<Arc<Change>, Rejection> {
    let (mut details, owner) = editor.store.peek(|workspace| {
        let deal = workspace.deals.get(editor.id);
        deal.map(|deal| (deal.details.clone(), deal.standing().owner)).unwrap_or_default()
    });
    details.next_action = Some(action);
    details.supporters.extend(supporter.filter(|id| owner != Some(*id) && !details.supporters.contains(id)));
    editor.store.dispatch(Command::EditDeal { id: editor.id, details: Box::new(details) })
}

//! Asks for help with a deal: somebody joins, with a next action of their own.

use leptos::prelude::*;

use super::plan::{in_a_week, planned, write};
use crate::{
    i18n::{t, t_string},
    model::{Deal, PersonId, Workspace},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind, SelectField},
        },
        parts::{
            editor::{Editor, Refusal},
            mover::Mover,
        },
        wording::I18n,
    },
};

/// The form that asks somebody to join, first of all the manager. It is one change: the helper supports the deal from now on, and the
/// next action is theirs.
#[component]
pub(super) fn Help(
    /// Edits the deal.
    editor: Editor,
    /// Offers to undo.
    mover: Mover,
    /// Runs when it is done or given up.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = editor.i18n;
    let manager = editor.store.peek(|workspace| manager(workspace, workspace.deals.get(editor.id)?));
    let who = RwSignal::new(manager.map(|id| id.to_string()).unwrap_or_default());
    let title = editor.deal.with_untracked(|deal| deal.as_ref().map(|deal| deal.details.title.clone()));
    let what = t_string!(i18n, clocks.help.join, title = title.unwrap_or_default()).to_string();
    let (what, until) = (RwSignal::new(what), RwSignal::new(in_a_week()));
    let refusal = RwSignal::new(Refusal::None);
    let save = move |_| {
        let helper: Option<PersonId> = who.get_untracked().parse().ok();
        let owner = || editor.deal.with_untracked(|deal| deal.as_ref().and_then(|deal| deal.standing().owner));
        let action = match planned(i18n, &what.get_untracked(), helper.or_else(owner), &until.get_untracked()) {
            Ok(action) => action,
            Err(words) => return refusal.set(Some(words)),
        };
        let said = t_string!(i18n, clocks.help.asked, what = action.what.clone()).to_string();
        match write(editor, action, helper) {
            Ok(change) => {
                on_close.run(());
                mover.offer_undo(said, change);
            }
            Err(refused) => refusal.set(Some(mover.words(&refused))),
        }
    };
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <div class="form" data-testid="help-form">
            <SelectField
                label=label(|i18n| t_string!(i18n, clocks.help.who))
                options=Signal::derive(move || editor.names.with(|names| names.choose_person(manager)))
                value=who
                on_change=move |id: String| who.set(id)
            />
            <p class="field__note">{t!(i18n, clocks.help.who_hint)}</p>
            <Field label=label(|i18n| t_string!(i18n, clocks.help.what)) value=what on_change=move |text: String| what.set(text) error=refusal/>
            <Field label=label(|i18n| t_string!(i18n, clocks.plan.until)) kind=FieldKind::Date value=until on_change=move |text: String| until.set(text)/>
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| on_close.run(())>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=save>{t!(i18n, clocks.help.save)}</Button>
        </div>
    }
    .into_any()
}

/// Whoever leads the department of the deal's owner, or one above it, as far as that is a person of the team: departments name their
/// managers in words.
fn manager(workspace: &Workspace, deal: &Deal) -> Option<PersonId> {
    let owner = workspace.people.get(deal.standing().owner?)?;
    let mut place = owner.department;
    // A chain without an end would have to come by a department twice.
    for _ in 0..workspace.departments.len() {
        let department = workspace.departments.get(place?)?;
        let leads = |person: &&std::sync::Arc<crate::model::Person>| {
            person.active && person.id != owner.id && person.name.trim() == department.manager.trim()
        };
        if let Some(manager) = workspace.people.iter().find(leads) {
            return Some(manager.id);
        }
        place = department.parent;
    }
    None
}

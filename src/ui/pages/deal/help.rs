//! Asks for help with a deal: somebody joins, with a next action of their own.

use std::sync::Arc;

use leptos::prelude::*;

use super::plan::{in_a_week, planned, put};
use crate::{
    i18n::{t, t_string},
    model::{Deal, Department, Person, PersonId, Workspace},
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
        let action = planned(i18n, &what.get_untracked(), helper.or_else(owner), &until.get_untracked());
        let said = |what| t_string!(i18n, clocks.help.asked, what = what).to_string();
        refusal.set(put(editor, mover, action, helper, said, on_close));
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
    let mut departments = workspace.departments_of(owner.id).filter_map(|id| workspace.departments.get(id));
    let led_by = |department: &Arc<Department>| {
        let is_manager = |person: &&Arc<Person>| person.active && person.id != owner.id && department.is_led_by(person);
        workspace.people.iter().find(is_manager).map(|manager| manager.id)
    };
    departments.find_map(led_by)
}

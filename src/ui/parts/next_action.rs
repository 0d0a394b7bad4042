//! What is to be done next, by whom, until when; and that it is done.

use leptos::prelude::*;

use super::{
    deal_field::DealField,
    editor::{EditChoice, EditText, Editor, Refusal, read_date},
    first_focus::FirstFocus,
    log_preset::{KINDS, kinds},
    mover::Mover,
};
use crate::{
    i18n::{t, t_string},
    model::{Activity, ActivityId, ActivityKind, Command, Deal, Field as DealPart, NextAction as Action},
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind, SelectField},
        },
        wording::I18n,
    },
};

fn action(deal: &Deal) -> Option<Action> {
    deal.details.next_action.clone()
}

/// The next action, edited in place.
#[component]
pub fn NextAction(
    /// Edits the deal.
    editor: Editor,
    /// Offers to undo.
    mover: Mover,
) -> impl IntoView {
    let i18n = editor.i18n;
    let there = Memo::new(move |_| editor.read(action).is_some());
    let done = RwSignal::new(false);
    let owner = move || editor.read(action).and_then(|action| action.owner);
    view! {
        <DealField editor field=DealPart::NextAction/>
        <Show when=move || there.get()>
            <div class="pair">
                <EditChoice
                    label=Signal::derive(move || t_string!(i18n, deal.by_whom).to_owned())
                    options=Signal::derive(move || editor.names.with(|names| names.choose_person(owner())))
                    value=Signal::derive(move || owner().map(|id| id.to_string()).unwrap_or_default())
                    save=move |text: String| edit(editor, |action| action.owner = text.parse().ok())
                />
                <ActionDue editor/>
            </div>
            <div class="row" data-testid="action-done">
                <Button icon=icondata_lu::LuCheck on_click=move |_| done.set(true)>{t!(i18n, deal.done)}</Button>
            </div>
        </Show>
        <Dialog
            open=done
            title=Signal::derive(move || t_string!(i18n, deal.done_title).to_owned())
            on_close=move |()| done.set(false)
        >
            <FirstFocus><Done editor mover open=done/></FirstFocus>
        </Dialog>
    }
}

/// Until when the next action is to be done, edited in place; there is no date without an action.
#[component]
pub fn ActionDue(
    /// Edits the deal.
    editor: Editor,
) -> impl IntoView {
    let i18n = editor.i18n;
    let due = move || editor.read(action).and_then(|action| action.due);
    let save = move |text: String| match read_date(&text) {
        Ok(due) => edit(editor, |action| action.due = due),
        Err(_) => Some(t_string!(i18n, moves.bad_date).to_owned()),
    };
    view! {
        <EditText
            label=Signal::derive(move || t_string!(i18n, deal.until).to_owned())
            kind=FieldKind::Date
            value=Signal::derive(move || due().map(|day| day.to_string()).unwrap_or_default())
            save
        />
    }
}

/// Changes the next action, or says that there is none.
fn edit(editor: Editor, write: impl FnOnce(&mut Action)) -> Refusal {
    let mut there = false;
    let refusal = editor.details(|details| {
        if let Some(action) = &mut details.next_action {
            there = true;
            write(action);
        }
    });
    if there { refusal } else { Some(t_string!(editor.i18n, deals.no_action).to_owned()) }
}

/// Notes what was done as an activity and asks what comes next.
#[component]
fn Done(editor: Editor, mover: Mover, open: RwSignal<bool>) -> impl IntoView {
    let i18n = editor.i18n;
    let text = |start: String| RwSignal::new(start);
    let former = editor.deal.with_untracked(|deal| deal.as_deref().and_then(action));
    let owner = editor.deal.with_untracked(|deal| deal.as_ref().and_then(|deal| deal.standing().owner));
    let by = former.as_ref().and_then(|action| action.owner).or(owner);
    let (kind, day) = (RwSignal::new(0_usize), text(use_clock().today.get_untracked().to_string()));
    let note = text(former.map(|action| action.what).unwrap_or_default());
    let (result, next, due) = (text(String::new()), text(String::new()), text(String::new()));
    let refusal = RwSignal::new(Refusal::None);
    let save = move |_| {
        let days = (read_date(&day.get_untracked()), read_date(&due.get_untracked()));
        let (Ok(Some(on)), Ok(due)) = days else {
            refusal.set(Some(t_string!(i18n, moves.bad_date).to_owned()));
            return;
        };
        let Some(deal) = editor.deal.get_untracked() else { return };
        let what = next.get_untracked().trim().to_owned();
        let activity = Activity {
            id: ActivityId::new(editor.store.fresh()),
            on,
            kind: KINDS.get(kind.get_untracked()).copied().unwrap_or(ActivityKind::Note),
            by,
            customer: deal.details.customer,
            deal: Some(editor.id),
            note: note.get_untracked(),
            result: result.get_untracked(),
            next_step: what.clone(),
            satisfaction: None,
            minutes: None,
            cost: None,
        };
        let mut details = deal.details.clone();
        details.next_action = (!what.is_empty()).then_some(Action { what, owner: by, due });
        let commands = vec![
            Command::PutActivity(Box::new(activity)),
            Command::EditDeal { id: editor.id, details: Box::new(details) },
        ];
        match editor.store.dispatch(Command::Many(commands)) {
            Ok(change) => {
                open.set(false);
                mover.offer_undo(t_string!(i18n, activity.logged).to_owned(), change);
            }
            Err(refused) => refusal.set(Some(mover.words(&refused))),
        }
    };
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <div class="form" data-testid="done-form">
            <Field label=label(|i18n| t_string!(i18n, deal.what_was_done)) value=note on_change=move |text: String| note.set(text)/>
            <div class="pair">
                <SelectField
                    label=label(|i18n| t_string!(i18n, activity.kind))
                    options=Signal::derive(move || kinds(i18n))
                    value=Signal::derive(move || kind.get().to_string())
                    on_change=move |place: String| kind.set(place.parse().unwrap_or_default())
                />
                <Field label=label(|i18n| t_string!(i18n, activity.day)) kind=FieldKind::Date value=day on_change=move |text: String| day.set(text)/>
            </div>
            <Field label=label(|i18n| t_string!(i18n, activity.result)) value=result on_change=move |text: String| result.set(text)/>
            <div class="pair">
                <Field
                    label=label(|i18n| t_string!(i18n, deal.what_next))
                    value=next
                    hint=label(|i18n| t_string!(i18n, deal.what_next_hint))
                    on_change=move |text: String| next.set(text)
                    error=refusal
                />
                <Field label=label(|i18n| t_string!(i18n, deal.until)) kind=FieldKind::Date value=due on_change=move |text: String| due.set(text)/>
            </div>
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| open.set(false)>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=save>{t!(i18n, activity.save)}</Button>
        </div>
    }
    .into_any()
}

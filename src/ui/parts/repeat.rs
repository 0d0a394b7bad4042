//! The dialog that begins the deal after a won one (重复购买).

use leptos::prelude::*;

use super::{first_focus::FirstFocus, mover::Mover};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, DealId, RecordKind, Rejection, repeat},
    store::use_store,
    ui::components::{
        button::{Button, Variant},
        dialog::Dialog,
        field::Field,
    },
};

/// Asks for the title of the next deal and begins it; open while there is a won deal.
#[component]
pub fn Repeat(
    /// The won deal.
    deal: RwSignal<Option<DealId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog
            open=Signal::derive(move || deal.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, customer.repeat).to_owned())
            on_close=move |()| deal.set(None)
        >
            {move || deal.get().map(|won| view! { <Form won on_close=move |()| deal.set(None)/> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Form(won: DealId, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let (i18n, store, mover) = (use_i18n(), use_store(), Mover::new(Callback::new(|_| ())));
    let suggestion = untrack(|| t_string!(i18n, customer.repeat_of, title = mover.title(won)).to_string());
    let (title, refusal) = (RwSignal::new(suggestion), RwSignal::new(None::<String>));
    let create = move || {
        let id = DealId::new(store.fresh());
        let title = title.get_untracked().trim().to_owned();
        let begun = store.peek(|workspace| repeat(workspace, workspace.deals.get(won)?, id, title.clone()));
        let unknown = Rejection::Unknown(RecordKind::Model);
        let outcome = begun.ok_or(unknown).and_then(|deal| store.dispatch(Command::CreateDeal(Box::new(deal))));
        match outcome {
            Ok(change) => {
                on_close.run(());
                mover.offer_undo(t_string!(i18n, moves.created, title = title).to_string(), change);
            }
            Err(rejection) => refusal.set(Some(mover.words(&rejection))),
        }
    };
    view! {
        <form class="form" data-testid="repeat-form" on:submit=move |event| { event.prevent_default(); create() }>
            <p>{t!(i18n, customer.repeat_what)}</p>
            <FirstFocus>
                <Field
                    label=Signal::derive(move || t_string!(i18n, domain.field.title).to_owned())
                    required=true
                    value=title
                    on_change=move |text: String| title.set(text)
                    error=refusal
                />
            </FirstFocus>
            <div class="dialog__actions">
                <Button on_click=move |_| on_close.run(())>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Primary on_click=move |_| create()>{t!(i18n, board.create)}</Button>
            </div>
        </form>
    }
    .into_any()
}

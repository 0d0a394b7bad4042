//! What an advice asks for, one click away: a log, a plan, a date, a name, help, rest.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::{help::Help, plan::Plan};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::diagnosis::Remedy,
    model::Field,
    ui::{
        anywhere::{Deed, use_anywhere},
        components::{button::Button, dialog::Dialog},
        parts::{
            contacts::Contacts,
            deal_field::DealField,
            editor::Editor,
            first_focus::FirstFocus,
            log_preset::Preset,
            mover::{Mover, Target},
        },
        wording::{self, I18n},
    },
};

/// What the button of an advice says.
pub(super) fn deed(i18n: I18n, remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::GetInTouch => t_string!(i18n, clocks.diagnosis.deed.get_in_touch),
        Remedy::FirstVisit | Remedy::MeetGate => t_string!(i18n, clocks.diagnosis.deed.show),
        Remedy::NameCompetitor | Remedy::NameDeciders => t_string!(i18n, clocks.diagnosis.deed.name),
        Remedy::ManagerJoins => t_string!(i18n, clocks.diagnosis.deed.help),
        Remedy::NewClose => t_string!(i18n, clocks.diagnosis.deed.close),
        Remedy::Sleep => t_string!(i18n, clocks.diagnosis.deed.sleep),
        Remedy::FindState
        | Remedy::Requalify
        | Remedy::CompareOffers
        | Remedy::ReferenceVisit
        | Remedy::MeetBuyer
        | Remedy::FixFormalities
        | Remedy::PlanNext => t_string!(i18n, clocks.diagnosis.deed.plan),
    }
}

/// Does what is advised, or puts into `asked` what has to be asked first. Call it in a component body, and show the questions with
/// [`Asked`].
pub(super) fn use_asker(editor: Editor, mover: Mover, asked: RwSignal<Option<Remedy>>) -> Callback<Remedy> {
    let (anywhere, deal) = (use_anywhere(), editor.id);
    Callback::new(move |remedy| match remedy {
        Remedy::GetInTouch => anywhere.open(Deed::Choose(Preset::deal(deal))),
        Remedy::FirstVisit | Remedy::MeetGate => show(remedy),
        Remedy::Sleep => mover.go(deal, Target::Dormant),
        remedy => asked.set(Some(remedy)),
    })
}

/// Brings the card that answers into view: the likely problems of the customer with what to ask, else the advice of the stage; or
/// what the gate of the stage asks for.
fn show(remedy: Remedy) {
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let discovery = || find("[data-testid=deal-discovery]").filter(|_| remedy == Remedy::FirstVisit);
    let Some(card) = discovery().or_else(|| find("[data-testid=deal-stage-card]")) else { return };
    if remedy == Remedy::FirstVisit
        && let Some(folded) = card.query_selector("details").ok().flatten()
    {
        // Fails only for a name that no attribute may have.
        folded.set_attribute("open", "").ok();
    }
    card.scroll_into_view();
    if let Ok(card) = card.dyn_into::<web_sys::HtmlElement>() {
        // Focusing an element of the page cannot fail.
        card.focus().ok();
    }
}

/// The dialog of whatever is asked.
#[component]
pub(super) fn Asked(
    /// Edits the deal.
    editor: Editor,
    /// Carries out moves.
    mover: Mover,
    /// What is asked; open while something is.
    asked: RwSignal<Option<Remedy>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let close = move |()| asked.set(None);
    let has_customer = Memo::new(move |_| editor.customer().is_some());
    let title = move || match asked.get() {
        Some(Remedy::ManagerJoins) => t_string!(i18n, clocks.help.title),
        Some(Remedy::PlanNext) | None => t_string!(i18n, clocks.plan.title),
        Some(remedy) => wording::clocks::remedy(i18n, remedy),
    };
    let field = move |field: Field| view! { <FirstFocus><DealField editor field/></FirstFocus> };
    let done = move || {
        view! {
            <div class="dialog__actions">
                <Button on_click=move |_| asked.set(None)>{t!(i18n, common.close)}</Button>
            </div>
        }
    };
    let body = move || {
        match asked.get() {
        None => ().into_any(),
        Some(Remedy::NewClose) => view! { {field(Field::ExpectedClose)}{done()} }.into_any(),
        Some(Remedy::NameCompetitor) => view! { {field(Field::Competitors)}{done()} }.into_any(),
        Some(Remedy::NameDeciders) => view! {
            <p class="muted">{t!(i18n, clocks.deciders)}</p>
            <FirstFocus>
                <Show when=move || has_customer.get() fallback=move || view! { <DealField editor field=Field::Customer/> }>
                    <Contacts editor=editor.of_customer()/>
                </Show>
            </FirstFocus>
            {done()}
        }
        .into_any(),
        Some(Remedy::ManagerJoins) => view! { <FirstFocus><Help editor mover on_close=close/></FirstFocus> }.into_any(),
        Some(remedy) => {
            let what = if remedy == Remedy::PlanNext { "" } else { wording::clocks::remedy(i18n, remedy) };
            view! { <FirstFocus><Plan editor mover what=what.to_owned() on_close=close/></FirstFocus> }.into_any()
        }
    }
    };
    view! {
        <Dialog open=Signal::derive(move || asked.with(Option::is_some)) title=Signal::derive(move || title().to_owned()) on_close=close>
            {body}
        </Dialog>
    }
    .into_any()
}

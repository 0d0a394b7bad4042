//! The dialog in which a [`Mover`] asks what a move needs.

use leptos::{html, prelude::*};

use super::{
    amounts::Amounts,
    editor::read_date,
    first_focus::FirstFocus,
    gate_question::GateQuestion,
    mover::{Attempt, Mover, Question, Target},
    names::use_names,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, DealId},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind, SelectField},
            icon::Icon,
        },
    },
};

/// The questions of a mover; once on each page that moves deals.
#[component]
pub fn Questions(
    /// Who asks.
    mover: Mover,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = Signal::derive(move || {
        mover.question.with(|question| match question {
            None => String::new(),
            Some(Question::Where(_)) => t_string!(i18n, moves.where_title).to_owned(),
            Some(Question::Gate(..)) => t_string!(i18n, moves.gate_title).to_owned(),
            Some(Question::Win(_)) => t_string!(i18n, moves.win_title).to_owned(),
            Some(Question::Lose(_)) => t_string!(i18n, moves.lose_title).to_owned(),
            Some(Question::Sleep(_)) => t_string!(i18n, moves.sleep_title).to_owned(),
        })
    });
    let open = Signal::derive(move || mover.question.with(Option::is_some));
    let content = move || {
        let question = match mover.question.get()? {
            Question::Where(deal) => view! { <WhereQuestion mover deal/> }.into_any(),
            Question::Gate(attempt, asked) => view! { <GateQuestion mover attempt asked/> }.into_any(),
            Question::Win(deal) => view! { <WinQuestion mover deal/> }.into_any(),
            Question::Lose(deal) => view! { <LoseQuestion mover deal/> }.into_any(),
            Question::Sleep(deal) => view! { <SleepQuestion mover deal/> }.into_any(),
        };
        Some(view! { <FirstFocus>{question}</FirstFocus> })
    };
    view! {
        <Dialog open title on_close=move |()| mover.question.set(None)>
            {content}
        </Dialog>
    }
}

/// Where to: the stages of the deal's model and the outcomes.
#[component]
fn WhereQuestion(mover: Mover, deal: DealId) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let (stages, here, is_open) = store.peek(|workspace| {
        let Some(deal) = workspace.deals.get(deal) else { return (Vec::new(), None, true) };
        let model = workspace.models.get(deal.standing().model);
        let stages = model.map(|model| model.stages.iter().map(|stage| (stage.id, stage.name.clone())).collect());
        (stages.unwrap_or_default(), Some(deal.standing().stage), deal.standing().is_open())
    });
    let list = NodeRef::<html::Div>::new();
    let button = move |target: Target, icon, words: Signal<String>, disabled: bool| {
        view! {
            <button type="button" class="menu__item" prop:disabled=disabled on:click=move |_| mover.go(deal, target)>
                <Icon icon/>
                <span>{words}</span>
            </button>
        }
    };
    let rows = stages
        .into_iter()
        .filter(|_| is_open)
        .map(|(stage, name)| {
            let is_here = Some(stage) == here;
            let words = Signal::derive(move || {
                if is_here {
                    t_string!(i18n, moves.stands_here, stage = name.clone()).to_string()
                } else {
                    name.clone()
                }
            });
            let icon = if is_here { icondata_lu::LuMapPin } else { icondata_lu::LuArrowRight };
            button(Target::Stage(stage), icon, words, is_here)
        })
        .collect_view();
    let outcomes = if is_open {
        vec![
            button(
                Target::Won,
                icondata_lu::LuTrophy,
                Signal::derive(move || t_string!(i18n, moves.won).to_owned()),
                false,
            ),
            button(
                Target::Lost,
                icondata_lu::LuX,
                Signal::derive(move || t_string!(i18n, moves.lost).to_owned()),
                false,
            ),
            button(
                Target::Dormant,
                icondata_lu::LuMoon,
                Signal::derive(move || t_string!(i18n, moves.dormant).to_owned()),
                false,
            ),
        ]
    } else {
        vec![button(
            Target::Open,
            icondata_lu::LuRotateCcw,
            Signal::derive(move || t_string!(i18n, moves.reopen).to_owned()),
            false,
        )]
    };
    view! {
        <p class="muted">{mover.title(deal)}</p>
        <div
            node_ref=list
            class="menu"
            data-testid="move-menu"
            on:keydown=move |event| if let Some(list) = list.get_untracked() { rove(&list, &event) }
        >
            {rows}
            {outcomes}
        </div>
    }
    .into_any()
}

/// Amount and day of the signature.
#[component]
fn WinQuestion(mover: Mover, deal: DealId) -> impl IntoView {
    let (i18n, store, today) = (use_i18n(), use_store(), use_clock().today.get_untracked());
    let amounts = Amounts::of(use_names());
    let known = store.peek(|workspace| workspace.deals.get(deal).and_then(|deal| deal.standing().amount));
    let amount = RwSignal::new(untrack(|| amounts.draft(known)));
    let day = RwSignal::new(today.to_string());
    let (bad_amount, refusal) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let win = move |_| {
        let Ok(to) = amounts.read(&amount.get_untracked()) else {
            bad_amount.set(Some(t_string!(i18n, moves.bad_amount).to_owned()));
            return;
        };
        bad_amount.set(None);
        let Ok(Some(on)) = read_date(&day.get_untracked()) else {
            refusal.set(Some(t_string!(i18n, moves.bad_date).to_owned()));
            return;
        };
        let command = Command::Many(vec![
            Command::SetAmount { id: deal, to },
            Command::WinDeal { id: deal, override_reason: None },
        ]);
        refusal.set(mover.attempt(Attempt { deal, target: Target::Won, command, on: Some(on) }).err());
    };
    let amount_label =
        Signal::derive(move || [t_string!(i18n, domain.field.amount), " (", amounts.currency().code(), ")"].concat());
    view! {
        <p>{mover.title(deal)}</p>
        <Field
            label=amount_label
            kind=FieldKind::Money
            value=amount
            on_change=move |text: String| amount.set(text)
            check=move |text: String| amounts.objection(i18n, &text)
            error=bad_amount
        />
        <Field
            label=Signal::derive(move || t_string!(i18n, moves.signed_on).to_owned())
            kind=FieldKind::Date
            value=day
            on_change=move |text: String| day.set(text)
            error=refusal
        />
        <Actions mover words=Signal::derive(move || t_string!(i18n, moves.win).to_owned()) on_go=win/>
    }
    .into_any()
}

/// Why it was lost.
#[component]
fn LoseQuestion(mover: Mover, deal: DealId) -> impl IntoView {
    let i18n = use_i18n();
    let (reason, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let refusal = RwSignal::new(None::<String>);
    let lose = move |_| {
        let command = Command::LoseDeal { id: deal, reason: reason.get_untracked(), note: note.get_untracked() };
        refusal.set(mover.attempt(Attempt { deal, target: Target::Lost, command, on: None }).err());
    };
    view! {
        <p>{mover.title(deal)}</p>
        <LossFields reason note refusal/>
        <Actions mover words=Signal::derive(move || t_string!(i18n, moves.lose).to_owned()) on_go=lose/>
    }
    .into_any()
}

/// The reason for a loss and the note on it.
#[component]
pub fn LossFields(
    /// One of the reasons on offer, or any when there are none.
    reason: RwSignal<String>,
    /// More about it.
    note: RwSignal<String>,
    /// Why it was refused.
    refusal: RwSignal<Option<String>>,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let options: Vec<(String, String)> = store.peek(|workspace| {
        let names = workspace.profile.lost_reasons.iter().map(|reason| reason.name.clone());
        super::names::choices(std::iter::empty()).into_iter().chain(names.map(|name| (name.clone(), name))).collect()
    });
    let label = Signal::derive(move || t_string!(i18n, domain.field.lost_reason).to_owned());
    let choice = if options.len() > 1 {
        view! { <SelectField label options=options value=reason on_change=move |text: String| reason.set(text)/> }
            .into_any()
    } else {
        view! { <Field label value=reason on_change=move |text: String| reason.set(text)/> }.into_any()
    };
    view! {
        {choice}
        <Field
            label=Signal::derive(move || t_string!(i18n, moves.note).to_owned())
            kind=FieldKind::Long
            value=note
            on_change=move |text: String| note.set(text)
            error=refusal
        />
    }
    .into_any()
}

/// When to look again.
#[component]
fn SleepQuestion(mover: Mover, deal: DealId) -> impl IntoView {
    let i18n = use_i18n();
    let day = RwSignal::new(String::new());
    let refusal = RwSignal::new(None::<String>);
    let sleep = move |_| {
        let Ok(wake) = read_date(&day.get_untracked()) else {
            refusal.set(Some(t_string!(i18n, moves.bad_date).to_owned()));
            return;
        };
        let command = Command::SleepDeal { id: deal, wake };
        refusal.set(mover.attempt(Attempt { deal, target: Target::Dormant, command, on: None }).err());
    };
    view! {
        <p>{mover.title(deal)}</p>
        <Field
            label=Signal::derive(move || t_string!(i18n, moves.wake).to_owned())
            kind=FieldKind::Date
            value=day
            on_change=move |text: String| day.set(text)
            hint=Signal::derive(move || t_string!(i18n, moves.wake_hint).to_owned())
            error=refusal
        />
        <Actions mover words=Signal::derive(move || t_string!(i18n, moves.sleep).to_owned()) on_go=sleep/>
    }
    .into_any()
}

#[component]
fn Actions(
    mover: Mover,
    words: Signal<String>,
    #[prop(into)] on_go: Callback<leptos::ev::MouseEvent>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="dialog__actions">
            <Button on_click=move |_| mover.question.set(None)>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=on_go>{words}</Button>
        </div>
    }
}

/// Arrow keys move among the buttons that can be pressed.
fn rove(list: &web_sys::HtmlElement, event: &leptos::ev::KeyboardEvent) {
    use wasm_bindgen::JsCast as _;
    let Ok(buttons) = list.query_selector_all("button:not([disabled])") else { return };
    let focused = document().active_element();
    let is_focused = |index: &u32| {
        buttons
            .item(*index)
            .is_some_and(|node| focused.as_ref().is_some_and(|element| node.is_same_node(Some(element))))
    };
    let (count, here) = (buttons.length(), (0..buttons.length()).find(is_focused));
    let next = match (event.key().as_str(), here) {
        ("ArrowDown", Some(here)) => (here + 1) % count,
        ("ArrowUp", Some(here)) => (here + count - 1) % count,
        ("Home", _) => 0,
        ("End", _) => count.saturating_sub(1),
        _ => return,
    };
    event.prevent_default();
    if let Some(button) = buttons.item(next).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
        button.focus().ok();
    }
}

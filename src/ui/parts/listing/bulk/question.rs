//! Changes that need to be told more: a menu of them, and the dialog that asks.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            menu::{Menu, MenuItem},
        },
        parts::{editor::Refusal, first_focus::FirstFocus},
        wording::I18n,
    },
};

/// A change that needs to be told more.
pub trait Question: Copy + PartialEq + Send + Sync + 'static {
    /// All of them, in order.
    const ALL: &[Self];

    /// What is done, as a verb.
    fn words(self, i18n: I18n) -> &'static str;
    /// The icon in the menu.
    fn icon(self) -> icondata_core::Icon;
    /// Whether something is destroyed.
    fn danger(self) -> bool;
}

/// What the dialogs of the questions `Q` share. `W` is what they wish for the rows.
#[derive(Debug)]
pub struct Asker<Q: Send + Sync + 'static, W: 'static> {
    /// The question on screen.
    pub question: RwSignal<Option<Q>>,
    change: Callback<W, Refusal>,
}

impl<Q: Send + Sync + 'static, W: 'static> Clone for Asker<Q, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: Send + Sync + 'static, W: 'static> Copy for Asker<Q, W> {}

impl<Q: Question, W: 'static> Asker<Q, W> {
    /// Nothing is asked. `change` carries out a wish, or gives back the words of a refusal that is about what was written.
    pub fn new(change: impl Fn(W) -> Refusal + Send + Sync + 'static) -> Self {
        Self { question: RwSignal::new(None), change: Callback::new(change) }
    }

    /// Carries out a wish and closes the dialog; else says why not.
    pub fn wish(self, wish: W) -> Refusal {
        let refusal = self.change.run(wish);
        if refusal.is_none() {
            self.question.set(None);
        }
        refusal
    }
}

/// The menu of the questions.
#[component]
pub fn MoreChanges<Q: Question, W: 'static>(
    /// Asks them.
    asker: Asker<Q, W>,
) -> impl IntoView {
    let i18n = use_i18n();
    let items = Signal::derive(move || {
        let item = |question: Q| MenuItem {
            label: Signal::derive(move || question.words(i18n).to_owned()),
            icon: Some(question.icon()),
            danger: question.danger(),
            on_choose: Callback::new(move |()| asker.question.set(Some(question))),
        };
        Q::ALL.iter().copied().map(item).collect::<Vec<_>>()
    });
    view! { <Menu label=Signal::derive(move || t_string!(i18n, list.more_changes).to_owned()) items/> }
}

/// The dialog of the question on screen.
#[component]
pub fn QuestionDialog<Q: Question, W: 'static>(
    /// Asks them.
    asker: Asker<Q, W>,
    /// The heading of a question.
    #[prop(into)]
    title: Callback<Q, String>,
    /// The form of a question.
    form: fn(Asker<Q, W>, Q) -> AnyView,
) -> impl IntoView {
    let question = asker.question;
    let title = Signal::derive(move || question.get().map(|question| title.run(question)).unwrap_or_default());
    let form = move || question.get().map(|question| view! { <FirstFocus>{form(asker, question)}</FirstFocus> });
    view! {
        <Dialog open=Signal::derive(move || question.with(Option::is_some)) title on_close=move |()| question.set(None)>
            {form}
        </Dialog>
    }
    .into_any()
}

/// Cancel, and go on.
#[component]
pub fn Actions<Q: Question, W: 'static>(
    /// Asks the question.
    asker: Asker<Q, W>,
    /// Goes on.
    #[prop(into)]
    on_go: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let danger = asker.question.get_untracked().filter(|question| question.danger());
    let variant = if danger.is_some() { Variant::Danger } else { Variant::Primary };
    let words = move || danger.map_or_else(|| t_string!(i18n, list.apply), |question| question.words(i18n));
    view! {
        <div class="dialog__actions">
            <Button on_click=move |_| asker.question.set(None)>{t!(i18n, common.cancel)}</Button>
            <Button variant on_click=move |_| on_go.run(())>{words}</Button>
        </div>
    }
    .into_any()
}

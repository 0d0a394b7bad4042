//! The dialogs of the changes that need to be told more.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, CustomFieldOf, CustomKind, Deal, DealDetails, NextAction, PersonId},
    store::use_store,
    ui::{
        components::field::{Field, FieldKind, SelectField},
        pages::deals::cell::Desk,
        parts::{
            custom_fields::put,
            editor::{Refusal, read_date},
            listing::{
                bulk::{self, Actions, Question as _, QuestionDialog},
                own_bulk::OwnField,
            },
            names::people,
            questions::LossFields,
            several::Wish,
            tags::{deal_tags, sources_in_use, tags_in_use},
        },
        wording::{self, I18n},
    },
};

/// A change that needs to be told more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Field,
    AddTag,
    RemoveTag,
    Source,
    Action,
    Sleep,
    Lose,
    Delete,
}

impl bulk::Question for Question {
    const ALL: &[Self] = &[
        Self::Field,
        Self::AddTag,
        Self::RemoveTag,
        Self::Source,
        Self::Action,
        Self::Sleep,
        Self::Lose,
        Self::Delete,
    ];

    fn words(self, i18n: I18n) -> &'static str {
        match self {
            Self::Field => t_string!(i18n, list.set_field),
            Self::AddTag => t_string!(i18n, deals.add_tag),
            Self::RemoveTag => t_string!(i18n, deals.remove_tag),
            Self::Source => t_string!(i18n, deals.set_source),
            Self::Action => t_string!(i18n, deals.set_action),
            Self::Sleep => t_string!(i18n, moves.sleep),
            Self::Lose => t_string!(i18n, moves.lose),
            Self::Delete => t_string!(i18n, deals.delete),
        }
    }

    fn icon(self) -> icondata_core::Icon {
        match self {
            Self::Field => icondata_lu::LuPencil,
            Self::AddTag | Self::RemoveTag => icondata_lu::LuTag,
            Self::Source => icondata_lu::LuCompass,
            Self::Action => icondata_lu::LuCalendarCheck,
            Self::Sleep => icondata_lu::LuMoon,
            Self::Lose => icondata_lu::LuX,
            Self::Delete => icondata_lu::LuTrash2,
        }
    }

    fn danger(self) -> bool {
        self == Self::Delete
    }
}

/// What asks the questions.
pub(super) type Asker = bulk::Asker<Question, Wish>;

/// The dialog of the question on screen.
#[component]
pub(super) fn BulkQuestions(desk: Desk, asker: Asker) -> impl IntoView {
    let i18n = use_i18n();
    let title = move |question: Question| {
        if question == Question::Delete {
            t_string!(i18n, deals.delete_title, count = desk.marked.with(BTreeSet::len)).to_string()
        } else {
            question.words(i18n).to_owned()
        }
    };
    view! { <QuestionDialog asker title form/> }
}

fn form(asker: Asker, question: Question) -> AnyView {
    match question {
        Question::Field => {
            let wish = |name: String, value: Option<String>| {
                details(move |details| put(&mut details.custom, name.clone(), value.clone()))
            };
            view! { <OwnField asker of=CustomFieldOf::Deal wish/> }.into_any()
        }
        Question::AddTag => view! { <Tag asker add=true/> }.into_any(),
        Question::RemoveTag => view! { <Tag asker add=false/> }.into_any(),
        Question::Source => view! { <Source asker/> }.into_any(),
        Question::Action => view! { <Action asker/> }.into_any(),
        Question::Sleep => view! { <Sleep asker/> }.into_any(),
        Question::Lose => view! { <Lose asker/> }.into_any(),
        Question::Delete => view! { <Delete asker/> }.into_any(),
    }
}

/// A wish about what is known of a deal; deals that know it already are passed over.
fn details(write: impl Fn(&mut DealDetails) + Send + Sync + 'static) -> Wish {
    Arc::new(move |deal: &Deal| {
        let mut details = deal.details.clone();
        write(&mut details);
        (details != deal.details).then(|| Command::EditDeal { id: deal.id, details: Box::new(details) })
    })
}

fn text() -> RwSignal<String> {
    RwSignal::new(String::new())
}

#[component]
fn Tag(asker: Asker, add: bool) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let (tag, refusal) = (text(), RwSignal::new(Refusal::None));
    let offered = store.peek(|workspace| if add { tags_in_use(workspace) } else { deal_tags(workspace) });
    let go = move |()| {
        let tag = tag.get_untracked().trim().to_owned();
        if tag.is_empty() {
            return refusal.set(Some(wording::custom::misfit(i18n, &CustomKind::Text {}).to_owned()));
        }
        let wish = details(move |details| {
            if !add {
                details.tags.retain(|known| *known != tag);
            } else if !details.tags.contains(&tag) {
                details.tags.push(tag.clone());
            }
        });
        refusal.set(asker.wish(wish));
    };
    view! {
        <Field
            label=Signal::derive(move || t_string!(i18n, domain.field.tags).to_owned())
            value=tag
            suggestions=Signal::stored(offered)
            on_change=move |text: String| tag.set(text)
            error=refusal
        />
        <Actions asker on_go=go/>
    }
    .into_any()
}

#[component]
fn Source(asker: Asker) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let (source, refusal) = (text(), RwSignal::new(Refusal::None));
    let offered = store.peek(sources_in_use);
    let go = move |()| {
        let source = source.get_untracked().trim().to_owned();
        refusal.set(asker.wish(details(move |details| source.clone_into(&mut details.source))));
    };
    view! {
        <Field
            label=Signal::derive(move || t_string!(i18n, domain.field.source).to_owned())
            value=source
            suggestions=Signal::stored(offered)
            hint=Signal::derive(move || t_string!(i18n, list.clear_value).to_owned())
            on_change=move |text: String| source.set(text)
            error=refusal
        />
        <Actions asker on_go=go/>
    }
    .into_any()
}

#[component]
fn Action(asker: Asker) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let (what, owner, due) = (text(), text(), text());
    let (refusal, bad_date) = (RwSignal::new(Refusal::None), RwSignal::new(Refusal::None));
    let people = Signal::derive(move || people(store, t_string!(i18n, deals.their_owner), ""));
    let go = move |()| {
        let Ok(due) = read_date(&due.get_untracked()) else {
            return bad_date.set(Some(t_string!(i18n, moves.bad_date).to_owned()));
        };
        bad_date.set(None);
        let what = what.get_untracked().trim().to_owned();
        let chosen = owner.get_untracked().parse::<PersonId>().ok();
        let wish: Wish = Arc::new(move |deal: &Deal| {
            let owner = chosen.or(deal.standing().owner);
            let mut details = deal.details.clone();
            details.next_action = Some(NextAction { what: what.clone(), owner, due });
            (details != deal.details).then(|| Command::EditDeal { id: deal.id, details: Box::new(details) })
        });
        refusal.set(asker.wish(wish));
    };
    view! {
        <Field
            label=Signal::derive(move || t_string!(i18n, domain.field.next_action).to_owned())
            value=what
            on_change=move |text: String| what.set(text)
            error=refusal
        />
        <div class="pair">
            <SelectField label=Signal::derive(move || t_string!(i18n, deal.by_whom).to_owned()) options=people value=owner on_change=move |id: String| owner.set(id)/>
            <Field
                label=Signal::derive(move || t_string!(i18n, deal.until).to_owned())
                kind=FieldKind::Date
                value=due
                on_change=move |text: String| due.set(text)
                error=bad_date
            />
        </div>
        <Actions asker on_go=go/>
    }
    .into_any()
}

#[component]
fn Sleep(asker: Asker) -> impl IntoView {
    let i18n = use_i18n();
    let (day, refusal) = (text(), RwSignal::new(Refusal::None));
    let go = move |()| {
        let Ok(wake) = read_date(&day.get_untracked()) else {
            return refusal.set(Some(t_string!(i18n, moves.bad_date).to_owned()));
        };
        refusal.set(asker.wish(Arc::new(move |deal: &Deal| Some(Command::SleepDeal { id: deal.id, wake }))));
    };
    view! {
        <Field
            label=Signal::derive(move || t_string!(i18n, moves.wake).to_owned())
            kind=FieldKind::Date
            value=day
            on_change=move |text: String| day.set(text)
            hint=Signal::derive(move || t_string!(i18n, moves.wake_hint).to_owned())
            error=refusal
        />
        <Actions asker on_go=go/>
    }
    .into_any()
}

#[component]
fn Lose(asker: Asker) -> impl IntoView {
    let (reason, note, refusal) = (text(), text(), RwSignal::new(Refusal::None));
    let go = move |()| {
        let (reason, note) = (reason.get_untracked(), note.get_untracked());
        let lose =
            move |deal: &Deal| Some(Command::LoseDeal { id: deal.id, reason: reason.clone(), note: note.clone() });
        refusal.set(asker.wish(Arc::new(lose)));
    };
    view! {
        <LossFields reason note refusal/>
        <Actions asker on_go=go/>
    }
    .into_any()
}

#[component]
fn Delete(asker: Asker) -> impl IntoView {
    let i18n = use_i18n();
    let refusal = RwSignal::new(Refusal::None);
    let go = move |()| refusal.set(asker.wish(Arc::new(|deal: &Deal| Some(Command::RemoveDeal(deal.id)))));
    view! {
        <p>{t!(i18n, deals.delete_what)}</p>
        <p class="field__note field__note--error">{refusal}</p>
        <Actions asker on_go=go/>
    }
    .into_any()
}

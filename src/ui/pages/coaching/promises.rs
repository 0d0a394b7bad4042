//! Promises: what came of the last ones, and those for next week.

use leptos::{prelude::*, task::spawn_local};

use super::{desk::Desk, parts::Part, words::outcome_tone};
use crate::{
    i18n::{t, t_string},
    metrics::{Outcome, meeting::Agenda},
    model::{Command, DealId, PersonId, Promise, PromiseId, Settled},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind, SelectField},
            tag::Tag,
        },
        format::UNKNOWN,
        parts::{editor::read_date, first_focus::FirstFocus},
    },
};

/// What was promised before, what came of it, and the answer where nobody gave it yet.
pub(super) fn before(desk: Desk, agenda: Memo<Agenda>) -> AnyView {
    let i18n = desk.i18n;
    let all = Memo::new(move |_| agenda.with(|agenda| agenda.promised.before.clone()));
    let lines = Callback::new(move |most: usize| {
        let lines = all.get().into_iter().take(most).filter_map(|(id, outcome)| before_line(desk, id, outcome));
        lines.collect_view().into_any()
    });
    view! {
        <Part
            title=Signal::derive(move || t_string!(i18n, coaching.promised).to_owned())
            name="meeting-promised"
            count=Signal::derive(move || all.with(Vec::len))
            nothing=Signal::derive(move || t_string!(i18n, coaching.nothing_promised).to_owned())
            lines
            desk
        />
    }
    .into_any()
}

fn before_line(desk: Desk, id: PromiseId, outcome: Outcome) -> Option<AnyView> {
    let promise = desk.promise(id)?;
    let (what, due, came) = (desk.promise_words(&promise), desk.due_words(&promise), desk.outcome_words(outcome));
    let answer = move |kept: bool| settle(desk, id, Some(kept));
    let tools = if promise.settled.is_some() {
        view! {
            <Button variant=Variant::Bare on_click=move |_| settle(desk, id, None)>{t!(desk.i18n, coaching.take_back)}</Button>
        }
        .into_any()
    } else if matches!(outcome, Outcome::Kept { .. }) {
        ().into_any()
    } else {
        view! {
            <Button variant=Variant::Bare on_click=move |_| answer(true)>{t!(desk.i18n, coaching.kept)}</Button>
            <Button variant=Variant::Bare on_click=move |_| answer(false)>{t!(desk.i18n, coaching.not_kept)}</Button>
        }
        .into_any()
    };
    let tone = outcome_tone(outcome);
    let view = view! {
        <li class="meeting__line">
            <div class="meeting__what"><span>{what}</span><span class="small muted">{due}</span></div>
            <div class="meeting__tags"><Tag tone=Signal::derive(move || tone)>{came}</Tag>{tools}</div>
        </li>
    };
    Some(view.into_any())
}

/// Writes down what came of a promise, as of the day of the meeting; `None` takes the answer back.
fn settle(desk: Desk, id: PromiseId, kept: Option<bool>) {
    let Some(promise) = untrack(|| desk.promise(id)) else { return };
    let on = desk.week.get_untracked().until;
    let settled = kept.map(|kept| Settled { on, kept, note: String::new() });
    let words = match kept {
        Some(true) => t_string!(desk.i18n, coaching.said_kept),
        Some(false) => t_string!(desk.i18n, coaching.said_broken),
        None => t_string!(desk.i18n, coaching.said_open),
    };
    put(desk, Promise { settled, ..promise }, words);
}

/// Writes a promise down and offers to undo.
fn put(desk: Desk, promise: Promise, words: &'static str) -> bool {
    run(desk, Command::PutPromise(Box::new(promise)), words)
}

fn run(desk: Desk, command: Command, words: &'static str) -> bool {
    match desk.store.dispatch(command) {
        Ok(change) => {
            desk.mover.get_value().offer_undo(words.to_owned(), change);
            true
        }
        Err(refused) => {
            desk.mover.get_value().complain(&refused);
            false
        }
    }
}

/// The promises for next week, and the form that adds one.
pub(super) fn next(desk: Desk, agenda: Memo<Agenda>, person: PersonId) -> AnyView {
    let i18n = desk.i18n;
    let all = Memo::new(move |_| agenda.with(|agenda| agenda.promised.next.clone()));
    let lines = Callback::new(move |most: usize| {
        all.get().into_iter().take(most).filter_map(|id| next_line(desk, id)).collect_view().into_any()
    });
    view! {
        <Part
            title=Signal::derive(move || t_string!(i18n, coaching.next).to_owned())
            name="meeting-next"
            count=Signal::derive(move || all.with(Vec::len))
            nothing=Signal::derive(move || t_string!(i18n, coaching.none_for_next).to_owned())
            lines
            desk
        >
            <NewPromise desk agenda person/>
        </Part>
    }
    .into_any()
}

fn next_line(desk: Desk, id: PromiseId) -> Option<AnyView> {
    let promise = desk.promise(id)?;
    let (what, due) = (desk.promise_words(&promise), desk.due_words(&promise));
    let remove = move |_| {
        run(desk, Command::RemovePromise(id), t_string!(desk.i18n, coaching.removed));
    };
    let view = view! {
        <li class="meeting__line">
            <div class="meeting__what"><span>{what}</span><span class="small muted">{due}</span></div>
            <div class="meeting__tags">
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuTrash2
                    label=Signal::derive(move || t_string!(desk.i18n, coaching.remove).to_owned())
                    on_click=remove
                />
            </div>
        </li>
    };
    Some(view.into_any())
}

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    text: RwSignal<String>,
    deal: RwSignal<Option<DealId>>,
    /// The stage that the deal is to reach; empty without.
    reaches: RwSignal<String>,
    due: RwSignal<String>,
    /// Whether the day cannot be read.
    bad_day: RwSignal<bool>,
}

/// A way to the form, for one person at a time: a page of empty forms would hide what was promised.
#[component]
fn NewPromise(desk: Desk, agenda: Memo<Agenda>, person: PersonId) -> impl IntoView {
    let writing = RwSignal::new(false);
    view! {
        <Show
            when=move || writing.get()
            fallback=move || {
                view! {
                    <div class="no-print">
                        <Button
                            icon=icondata_lu::LuPlus
                            on_click=move |_| writing.set(true)
                            attr:data-testid="new-promise"
                        >
                            {t!(desk.i18n, coaching.write)}
                        </Button>
                    </div>
                }
            }
        >
            <FirstFocus><Adding desk agenda person/></FirstFocus>
        </Show>
    }
    .into_any()
}

/// A promise in the making.
#[component]
fn Adding(desk: Desk, agenda: Memo<Agenda>, person: PersonId) -> impl IntoView {
    let i18n = desk.i18n;
    let week_on = move || {
        let until = desk.week.get().until;
        until.checked_add_days(chrono::Days::new(7)).unwrap_or(until).to_string()
    };
    let draft = Draft {
        text: RwSignal::new(String::new()),
        deal: RwSignal::new(None),
        reaches: RwSignal::new(String::new()),
        due: RwSignal::new(untrack(week_on)),
        bad_day: RwSignal::new(false),
    };
    // Another meeting has another week before it.
    Effect::new(move || draft.due.set(week_on()));
    let deals = Signal::derive(move || {
        let mut deals: Vec<_> = agenda.with(|agenda| agenda.week.open.clone());
        let mut options: Vec<_> = deals.drain(..).map(|id| (id.to_string(), desk.deal_name(id))).collect();
        options.sort_by(|(_, a), (_, b)| a.cmp(b));
        options.insert(0, (String::new(), UNKNOWN.to_owned()));
        options
    });
    let stages = Signal::derive(move || {
        let ahead = draft.deal.get().map(|deal| stages_ahead(desk, deal)).unwrap_or_default();
        std::iter::once((String::new(), UNKNOWN.to_owned())).chain(ahead).collect::<Vec<_>>()
    });
    let choose_deal = move |id: String| {
        draft.deal.set(id.parse().ok());
        draft.reaches.set(String::new());
    };
    let has_deal = Memo::new(move |_| draft.deal.with(Option::is_some));
    let add = move |_| {
        // The field that still has the focus hands its text over first.
        spawn_local(async move { add(desk, draft, person) });
    };
    view! {
        <div class="meeting__form no-print">
            <Field
                label=Signal::derive(move || t_string!(i18n, coaching.what).to_owned())
                value=draft.text
                on_change=move |text| draft.text.set(text)
            />
            <div class="meeting__pair">
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, coaching.deal).to_owned())
                    options=deals
                    value=Signal::derive(move || draft.deal.get().map(|id| id.to_string()).unwrap_or_default())
                    on_change=choose_deal
                />
                <Show when=move || has_deal.get()>
                    <SelectField
                        label=Signal::derive(move || t_string!(i18n, coaching.reaches).to_owned())
                        options=stages
                        value=draft.reaches
                        on_change=move |stage| draft.reaches.set(stage)
                    />
                </Show>
                <Field
                    label=Signal::derive(move || t_string!(i18n, coaching.due).to_owned())
                    kind=FieldKind::Date
                    value=draft.due
                    on_change=move |day| {
                        draft.due.set(day);
                        draft.bad_day.set(false);
                    }
                    error=MaybeProp::derive(move || draft.bad_day.get().then(|| t_string!(i18n, moves.bad_date).to_owned()))
                />
            </div>
            <div>
                <Button icon=icondata_lu::LuPlus on_click=add attr:data-testid="add-promise">{t!(i18n, coaching.add)}</Button>
            </div>
        </div>
    }
    .into_any()
}

/// The stages that a deal has not come to yet.
fn stages_ahead(desk: Desk, deal: DealId) -> Vec<(String, String)> {
    desk.store.with(|workspace| {
        let Some((model, stage)) = workspace.deals.get(deal).and_then(|deal| workspace.stage_of(deal)) else {
            return Vec::new();
        };
        let here = model.reads_as(stage.id).and_then(|stage| model.position(stage));
        let ahead = model.stages.iter().filter(|stage| model.position(stage.id) > here);
        ahead.map(|stage| (stage.id.to_string(), stage.name.clone())).collect()
    })
}

fn add(desk: Desk, draft: Draft, person: PersonId) {
    let made = desk.week.get_untracked().until;
    let Ok(due) = read_date(&draft.due.get_untracked()) else { return draft.bad_day.set(true) };
    let due = due.unwrap_or(made);
    let promise = Promise {
        id: desk.store.fresh().0.into(),
        person,
        made,
        due,
        text: draft.text.get_untracked().trim().to_owned(),
        deal: draft.deal.get_untracked(),
        customer: None,
        reaches: draft.reaches.with_untracked(|stage| stage.parse().ok()),
        settled: None,
    };
    if put(desk, promise, t_string!(desk.i18n, coaching.added)) {
        draft.text.set(String::new());
        draft.deal.set(None);
        draft.reaches.set(String::new());
    }
}

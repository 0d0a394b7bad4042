//! Customers of two sellers, or of two spellings: found as the data changes, settled in place.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Conflict, ConflictKind, Hand, conflicts},
    model::{Command, CustomerId, assignment, joint_selling},
    store::use_store,
    ui::{
        components::{
            button::Button,
            dom_id,
            empty::Empty,
            icon::Icon,
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        format::use_format,
        pages::quality::{compare::Compare, twins::use_pairs},
        parts::{amounts::Amounts, names::use_names, undo::use_way_back},
        route::{Route, use_navigation},
        selection::{Chosen, use_open_list},
        wording::{self, I18n},
    },
};

/// How many conflicts are listed at first, and how many more at once.
const LISTED: usize = 20;

/// What tells a conflict from the others: its kind and its customers.
type Key = (ConflictKind, Vec<CustomerId>);

/// What was found, followed.
#[derive(Clone, Copy)]
pub(super) struct Found {
    all: Memo<Vec<Conflict>>,
    /// Whether the search for two spellings is still under way.
    searching: Memo<bool>,
}

/// Follows the conflicts of the open workspace; call it in a component body. Two spellings join once the search for them is over.
pub(super) fn use_conflicts() -> Found {
    let store = use_store();
    let pairs = use_pairs(store);
    let all = Memo::new(move |_| {
        pairs.with(|pairs| store.with(|workspace| conflicts(workspace, pairs.as_deref().unwrap_or_default())))
    });
    Found { all, searching: Memo::new(move |_| pairs.with(Option::is_none)) }
}

/// The words of the tab, with how many there are.
pub(super) fn title(i18n: I18n, found: Found) -> String {
    match found.all.with(Vec::len) {
        0 => t_string!(i18n, team.conflicts.title).to_owned(),
        count => t_string!(i18n, team.conflicts.title_count, count = count).to_string(),
    }
}

/// The conflicts.
#[component]
pub(super) fn Conflicts(found: Found) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let limit = RwSignal::new(LISTED);
    let opened = RwSignal::new(BTreeSet::<Key>::new());
    let count = Memo::new(move |_| found.all.with(Vec::len));
    let listed = move || found.all.with(|all| all.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let more = move || count.get().saturating_sub(limit.get());
    view! {
        <div class="conflicts" data-testid="conflicts" data-count=move || count.get().to_string()>
            <p class="muted">{t!(i18n, team.conflicts.what)}</p>
            <Show when=move || found.searching.get()>
                <p class="muted" role="status">{t!(i18n, quality.searching)}</p>
            </Show>
            <Show when=move || count.get() == 0 && !found.searching.get()>
                <Empty icon=icondata_lu::LuHandshake text=Signal::derive(move || t_string!(i18n, team.conflicts.none).to_owned())/>
            </Show>
            <For
                each=listed
                key=|conflict| (conflict.kind, conflict.customers.clone(), conflict.hands.clone(), conflict.amount)
                children=move |conflict| view! { <Card conflict opened/> }
            />
            <Show when=move || more() != 0>
                <div>
                    <Button on_click=move |_| limit.update(|limit| *limit += LISTED)>
                        {move || t_string!(i18n, team.balance.more, count = more(), n = format.count(more())).to_string()}
                    </Button>
                </div>
            </Show>
        </div>
    }
    .into_any()
}

/// One conflict: who is concerned, and what settles it.
#[component]
fn Card(conflict: Conflict, opened: RwSignal<BTreeSet<Key>>) -> impl IntoView {
    let (i18n, store, navigation, names) = (use_i18n(), use_store(), use_navigation(), use_names());
    let amounts = Amounts::of(names);
    let Conflict { kind, customers, hands, amount } = conflict;
    let settle = use_settle();
    let heads = customers.iter().copied().map(|id| {
        let route = Route::Customer(id.to_string());
        let name = move || names.with(|names| names.customer(Some(id)));
        view! { <a href=move || navigation.href(&route)>{name}</a> }
    });
    let heads = heads.collect_view();
    let tone = if kind == ConflictKind::Twice { Tone::Warn } else { Tone::Bad };
    let alone = customers.len() == 1;
    let rows = hands.into_iter().map(|hand| view! { <Row hand alone/> }).collect_view();
    let joint = customers.first().copied().filter(|_| alone).map(|customer| {
        let join = move |_| {
            let said = t_string!(i18n, team.conflicts.joined).to_owned();
            settle.run((store.peek(|workspace| joint_selling(workspace, customer)), said));
        };
        view! { <div><Button on_click=join>{t!(i18n, team.conflicts.join)}</Button></div> }
    });
    let compare = match customers[..] {
        [one, two] => Some(view! { <Merge key=(kind, vec![one, two]) one two opened/> }),
        _ => None,
    };
    view! {
        <article class="card conflict" data-testid="conflict" data-kind=format!("{kind:?}")>
            <div class="conflict__head">
                <h2 class="conflict__names stack">{heads}</h2>
                <Tag tone=tone>{move || kind_words(i18n, kind)}</Tag>
                <span class="balance__potential">{move || amounts.short(amount)}</span>
            </div>
            <p class="small muted">{move || why_words(i18n, kind)}</p>
            <ul class="conflict__hands">{rows}</ul>
            {joint}
            {compare}
        </article>
    }
    .into_any()
}

/// What one person has to do with the customer, and the way to give it all to that person.
#[component]
fn Row(
    hand: Hand,
    /// Whether the customer stands here under one spelling only: else it is to be merged first.
    alone: bool,
) -> impl IntoView {
    let (i18n, store, format, names) = (use_i18n(), use_store(), use_format(), use_names());
    let (open_list, settle) = (use_open_list(), use_settle());
    let Hand { customer, person, owns, deals } = hand;
    let name = move || names.with(|names| names.person(Some(person)));
    let customer_name = move || names.with(|names| names.customer(Some(customer)));
    let count = deals.len();
    let open = move |_| {
        let title = t_string!(i18n, team.conflicts.list, customer = untrack(customer_name), name = untrack(name));
        open_list.run(Chosen { title, deals: deals.clone(), left_out: String::new() });
    };
    let give = move |_| {
        let (customer_name, name) = (untrack(customer_name), untrack(name));
        let said = t_string!(i18n, team.conflicts.assigned, customer = customer_name, name = name).to_string();
        settle.run((store.peek(|workspace| assignment(workspace, &[(customer, person)].into())), said));
    };
    let works_here = move || store.with(|workspace| workspace.people.get(person).is_some_and(|person| person.active));
    view! {
        <li class="conflict__hand">
            <strong>{name}</strong>
            {(!alone).then(|| view! { <span class="small">{customer_name}</span> })}
            {owns.then(|| view! { <Tag>{t!(i18n, team.conflicts.owns)}</Tag> })}
            {(count > 0).then(|| view! {
                <button type="button" class="link small" on:click=open>
                    {move || t_string!(i18n, team.balance.load, count = count, n = format.count(count)).to_string()}
                </button>
            })}
            {move || (alone && works_here()).then(|| view! {
                <Button on_click=give>{move || t_string!(i18n, team.conflicts.assign, name = name()).to_string()}</Button>
            })}
        </li>
    }
    .into_any()
}

/// Both spellings side by side, once they are opened.
#[component]
fn Merge(key: Key, one: CustomerId, two: CustomerId, opened: RwSignal<BTreeSet<Key>>) -> impl IntoView {
    let i18n = use_i18n();
    let panel = dom_id::fresh();
    let known = key.clone();
    let open = Memo::new(move |_| opened.with(|opened| opened.contains(&known)));
    let toggle = move |_| {
        opened.update(|opened| {
            if !opened.remove(&key) {
                opened.insert(key.clone());
            }
        });
    };
    view! {
        <div>
            <button
                type="button"
                class="button"
                aria-expanded=move || open.get().to_string()
                aria-controls=panel.clone()
                on:click=toggle
            >
                <Icon icon=icondata_lu::LuMerge/>
                {t!(i18n, team.conflicts.compare)}
            </button>
        </div>
        <div id=panel class="conflict__compare">
            <Show when=move || open.get()><Compare one two/></Show>
        </div>
    }
    .into_any()
}

/// Carries out what settles a conflict as one change, with the way back.
fn use_settle() -> Callback<(Option<Command>, String)> {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let (toasts, way_back) = (use_toasts(), use_way_back());
    Callback::new(move |(command, said): (Option<Command>, String)| {
        let Some(command) = command else { return };
        match store.dispatch(command) {
            Ok(change) => way_back.offer(said, change),
            Err(refused) => toasts.say(store.peek(|w| wording::rejection(i18n, format, w, &refused)), Tone::Bad),
        }
    })
}

fn kind_words(i18n: I18n, kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::TwiceWithTwoSellers => t_string!(i18n, team.conflicts.kind.twice_two),
        ConflictKind::SeveralSellers => t_string!(i18n, team.conflicts.kind.several),
        ConflictKind::OtherSeller => t_string!(i18n, team.conflicts.kind.other),
        ConflictKind::Twice => t_string!(i18n, team.conflicts.kind.twice),
    }
}

fn why_words(i18n: I18n, kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::TwiceWithTwoSellers => t_string!(i18n, team.conflicts.why.twice_two),
        ConflictKind::SeveralSellers => t_string!(i18n, team.conflicts.why.several),
        ConflictKind::OtherSeller => t_string!(i18n, team.conflicts.why.other),
        ConflictKind::Twice => t_string!(i18n, team.conflicts.why.twice),
    }
}

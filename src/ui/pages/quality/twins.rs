//! Customers that may stand here twice. The search goes on in small portions between pictures, so that the page never freezes.

use std::{cell::RefCell, collections::BTreeSet};

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::{compare::Compare, words};
use crate::{
    codec::content::company_words,
    i18n::{t, t_string, use_i18n},
    metrics::{Pair, duplicates::Search},
    model::{Customer, CustomerId, Table, Workspace},
    store::{Store, use_store},
    ui::{
        components::{button::Button, dom_id, icon::Icon, tag::Tag},
        format::use_format,
        timing::moment,
    },
};

/// How many pairs are listed at first, and how many more at once.
const LISTED: usize = 20;
/// How many customers or pairs are looked at before the clock is.
const PORTION: usize = 64;
/// How long a portion may hold up the page, in milliseconds.
const BREATH: f64 = 8.0;

/// What came of a search, and among whom.
struct Searched {
    among: Table<Customer>,
    pairs: Vec<Pair>,
}

thread_local! {
    /// The latest search, for whoever comes back to the page.
    static LATEST: RefCell<Option<Searched>> = const { RefCell::new(None) };
}

/// The pairs that may be one company, the surest first, followed; `None` until the first search is over. While a change of the customers
/// makes for another search, those of the last one stay that still stand.
pub(in crate::ui::pages) fn use_pairs(store: Store) -> Memo<Option<Vec<Pair>>> {
    let found = RwSignal::new(None::<Vec<Pair>>);
    let latest = StoredValue::new(0_u32);
    let customers = Memo::new(move |_| Customers(store.with(|workspace| workspace.customers.clone())));
    Effect::new(move || {
        let Customers(table) = customers.get();
        let known = LATEST.with_borrow(|latest| {
            let searched = latest.as_ref().filter(|searched| searched.among.same(&table));
            searched.map(|searched| searched.pairs.clone())
        });
        let number = latest.try_update_value(|number| {
            *number += 1;
            *number
        });
        if known.is_some() {
            found.set(known);
            return;
        }
        spawn_local(async move {
            let mut search = Search::new(&table, company_words());
            loop {
                // Lets the browser paint and hear.
                TimeoutFuture::new(0).await;
                // The page is gone, or the customers have changed since.
                if latest.try_get_value() != number {
                    return;
                }
                let start = moment();
                let mut done = false;
                while !done && moment() - start < BREATH {
                    done = search.go_on(PORTION);
                }
                if done {
                    break;
                }
            }
            let pairs = search.into_pairs();
            LATEST.set(Some(Searched { among: table, pairs: pairs.clone() }));
            found.try_set(Some(pairs));
        });
    });
    Memo::new(move |_| {
        found.with(|found| {
            let pairs = found.as_ref()?;
            Some(store.with(|workspace| pairs.iter().filter(|pair| stands(workspace, pair)).cloned().collect()))
        })
    })
}

/// Equal when nothing in the table can differ.
#[derive(Clone)]
struct Customers(Table<Customer>);

impl PartialEq for Customers {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(&other.0)
    }
}

/// Whether both are there and nobody said that they are two.
fn stands(workspace: &Workspace, pair: &Pair) -> bool {
    let (one, two) = (workspace.customers.get(pair.one), workspace.customers.get(pair.two));
    one.zip(two).is_some_and(|(one, two)| !one.not_same_as.contains(&two.id) && !two.not_same_as.contains(&one.id))
}

/// The list of pairs.
#[component]
pub(super) fn Twins(pairs: Memo<Option<Vec<Pair>>>) -> impl IntoView {
    let i18n = use_i18n();
    let limit = RwSignal::new(LISTED);
    let opened = RwSignal::new(BTreeSet::<(CustomerId, CustomerId)>::new());
    let listed = move || pairs.with(|pairs| pairs.iter().flatten().take(limit.get()).cloned().collect::<Vec<_>>());
    let count = Memo::new(move |_| pairs.with(|pairs| pairs.as_ref().map(Vec::len)));
    let more = move || count.get().unwrap_or_default().saturating_sub(limit.get()).min(LISTED);
    view! {
        {move || match count.get() {
            None => view! { <p class="muted" role="status">{t!(i18n, quality.searching)}</p> }.into_any(),
            Some(0) => view! { <p class="quality__fine" data-testid="no-twins">{t!(i18n, quality.no_twins)}</p> }.into_any(),
            Some(_) => view! { <p class="muted">{t!(i18n, quality.twins_intro)}</p> }.into_any(),
        }}
        <For each=listed key=|pair| (pair.one, pair.two) children=move |pair| view! { <Twin pair opened/> }/>
        <Show when=move || more() != 0>
            <Button on_click=move |_| limit.update(|limit| *limit += LISTED)>
                {move || t_string!(i18n, quality.more, count = more()).to_string()}
            </Button>
        </Show>
    }
    .into_any()
}

/// One pair; both side by side once it is opened.
#[component]
fn Twin(pair: Pair, opened: RwSignal<BTreeSet<(CustomerId, CustomerId)>>) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let key = (pair.one, pair.two);
    let panel = dom_id::fresh();
    let open = Memo::new(move |_| opened.with(|opened| opened.contains(&key)));
    let toggle = move |_| {
        opened.update(|opened| {
            if !opened.remove(&key) {
                opened.insert(key);
            }
        });
    };
    let name = move |id: CustomerId| {
        Memo::new(move |_| {
            store
                .with(|workspace| workspace.customers.get(id).map(|customer| customer.name.clone()))
                .unwrap_or_default()
        })
    };
    let (one, two) = (name(pair.one), name(pair.two));
    let signs =
        pair.signs.into_iter().map(|sign| view! { <Tag>{move || words::sign(i18n, sign)}</Tag> }).collect_view();
    // What is not quite sure is not shown as sure.
    let sure = if pair.confidence < 1.0 { pair.confidence.min(0.99) } else { 1.0 };
    let share = move || t_string!(i18n, quality.sure, share = format.percent(sure, 0)).to_string();
    view! {
        <div class="card quality__kind" data-testid="twin">
            <h3>
                <button
                    type="button"
                    class="quality__head quality__head--twin"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=panel.clone()
                    on:click=toggle
                >
                    <Icon icon=icondata_lu::LuChevronRight/>
                    <span class="quality__names"><span>{one}</span><span>{two}</span></span>
                    <span class="quality__signs">{signs}</span>
                    <span class="quality__amount muted">{share}</span>
                </button>
            </h3>
            <div id=panel>
                <Show when=move || open.get()><Compare one=key.0 two=key.1/></Show>
            </div>
        </div>
    }
    .into_any()
}

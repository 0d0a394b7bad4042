//! One kind of problem: how much there is of it, and its records, each fixable in place.

use std::{collections::BTreeSet, sync::Arc};

use leptos::{html, prelude::*};

use super::{
    bulk::{Bulk, has_tools},
    facts::{Facts, facts},
    fix::fix,
    words,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Problem, Quality, Severity, Subject},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            dom_id,
            icon::Icon,
            tag::{Tag, Tone},
            viewport::use_size,
            virtual_list::VirtualList,
        },
        format::use_format,
        parts::{amounts::Amounts, names::use_names},
        route::use_navigation,
    },
};

/// The height of a row, and of one whose fields stand below its name.
const ROW: f64 = 104.0;
const NARROW_ROW: f64 = 192.0;
/// A list that is less wide has its fields below.
const NARROW: f64 = 640.0;

/// The kinds whose records are in view.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opened(RwSignal<BTreeSet<Problem>>);

impl Opened {
    /// Whether the records of a kind are in view, followed.
    pub(super) fn is(self, problem: Problem) -> bool {
        self.0.with(|opened| opened.contains(&problem))
    }

    fn toggle(self, problem: Problem) {
        self.0.update(|opened| {
            if !opened.remove(&problem) {
                opened.insert(problem);
            }
        });
    }
}

/// A kind of problem; its records once it is opened.
#[component]
pub(super) fn Kind(problem: Problem, report: Memo<Quality>, opened: Opened) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let amounts = Amounts::of(use_names());
    let panel = dom_id::fresh();
    let count = Memo::new(move |_| report.with(|report| report.of(problem).len()));
    let amount = Memo::new(move |_| report.with(|report| report.finding(problem).and_then(|finding| finding.amount)));
    let open = Memo::new(move |_| opened.is(problem));
    let severity = move || match problem.severity() {
        Severity::Must => view! { <Tag tone=Tone::Bad>{t!(i18n, quality.must)}</Tag> },
        Severity::Should => view! { <Tag tone=Tone::Neutral>{t!(i18n, quality.should)}</Tag> },
    };
    view! {
        <div class="card quality__kind" data-testid="quality-kind" data-kind=format!("{problem:?}") data-count=move || count.get().to_string()>
            <h3>
                <button
                    type="button"
                    class="quality__head"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=panel.clone()
                    on:click=move |_| opened.toggle(problem)
                >
                    <Icon icon=icondata_lu::LuChevronRight/>
                    <span class="quality__name">{move || words::problem(i18n, problem)}</span>
                    {severity}
                    <span class="quality__count">{move || format.count(count.get())}</span>
                    <span class="quality__amount muted">{move || amounts.short(amount.get())}</span>
                </button>
            </h3>
            <div id=panel>
                <Show when=move || open.get()><Records problem report/></Show>
            </div>
        </div>
    }
    .into_any()
}

/// The records of a kind. One that is put right stays in view, so that nothing moves away from under the hand.
#[component]
fn Records(problem: Problem, report: Memo<Quality>) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let list = NodeRef::<html::Div>::new();
    let size = use_size(list);
    let narrow = Memo::new(move |_| size.get().0 < NARROW);
    let shown = Memo::new(move |before: Option<&Vec<Subject>>| {
        let mut shown = before.cloned().unwrap_or_default();
        store.with(|workspace| {
            shown.retain(|subject| match subject {
                Subject::Deal(id) => workspace.deals.contains(*id),
                Subject::Customer(id) => workspace.customers.contains(*id),
                Subject::Contact(id, contact) => {
                    workspace.customers.get(*id).is_some_and(|customer| customer.contact(*contact).is_some())
                }
            });
        });
        let known: BTreeSet<Subject> = shown.iter().copied().collect();
        report.with(|report| shown.extend(report.of(problem).iter().filter(|subject| !known.contains(subject))));
        shown
    });
    let present = Memo::new(move |_| report.with(|report| report.of(problem).iter().copied().collect::<BTreeSet<_>>()));
    let marked = RwSignal::new(BTreeSet::new());
    let markable = has_tools(problem);
    let row = Arc::new(move |subject: Subject, _: Signal<usize>| {
        view! { <Record problem subject present marked markable/> }.into_any()
    });
    let height = move || if narrow.get() { NARROW_ROW } else { ROW };
    #[expect(clippy::cast_precision_loss, reason = "records are far fewer than 2^52")]
    let least = move || format!("{}px", shown.with(Vec::len) as f64 * height());
    view! {
        <p class="quality__why muted">{move || words::why(i18n, problem)}</p>
        {markable.then(|| view! { <Bulk problem present marked/> })}
        <div class="quality__list" node_ref=list style:--whole=least data-narrow=move || narrow.get().to_string()>
            {move || view! { <VirtualList items=shown row_height=height() row=row.clone() attr:role="list"/> }}
        </div>
        <Show when=move || present.with(BTreeSet::is_empty)>
            <p class="quality__fine">{t!(i18n, quality.none_listed)}</p>
        </Show>
    }
    .into_any()
}

/// One record: what it is, and what puts it right.
#[component]
fn Record(
    problem: Problem,
    subject: Subject,
    present: Memo<BTreeSet<Subject>>,
    marked: RwSignal<BTreeSet<Subject>>,
    markable: bool,
) -> impl IntoView {
    let (i18n, store, format, navigation) = (use_i18n(), use_store(), use_format(), use_navigation());
    let clock = use_clock();
    let amounts = Amounts::of(use_names());
    let known = Memo::new(move |_| {
        let today = clock.today.get();
        store.with(|workspace| facts(workspace, problem, subject, today, i18n, format, amounts)).unwrap_or_default()
    });
    let fixed = Memo::new(move |_| present.with(|present| !present.contains(&subject)));
    let ticked = Memo::new(move |_| marked.with(|marked| marked.contains(&subject)));
    let toggle = move |_| {
        marked.update(|marked| {
            if !marked.remove(&subject) {
                marked.insert(subject);
            }
        });
    };
    let name = move || known.with(|known| t_string!(i18n, quality.mark, name = known.name.as_str()).to_string());
    let Facts { route, .. } = known.get_untracked();
    view! {
        <div class="quality__row" class:quality__row--fixed=move || fixed.get() role="listitem" data-testid="quality-record">
            {markable.then(|| view! {
                <label class="quality__mark">
                    <input type="checkbox" aria-label=name prop:checked=ticked on:change=toggle/>
                </label>
            })}
            <div class="quality__what">
                <div class="quality__title">
                    <a href=move || navigation.href(&route)>{move || known.with(|known| known.name.clone())}</a>
                    <Show when=move || fixed.get()>
                        <Tag tone=Tone::Good>{t!(i18n, quality.fixed)}</Tag>
                    </Show>
                </div>
                <div class="small muted quality__facts">{move || known.with(|known| known.line.clone())}</div>
            </div>
            <div class="quality__fix">{fix(problem, subject)}</div>
        </div>
    }
    .into_any()
}

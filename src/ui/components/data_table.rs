//! A table of many rows: sorted by its columns, moved through by keyboard, only the cells in view exist.

pub mod across;

use std::hash::Hash;
use std::sync::Arc;

use across::Across;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    dom_id,
    icon::Icon,
    virtual_list::{RowView, VirtualList},
};

/// One column. Its id is of any type; mostly it is a word.
pub struct Column<K, C = &'static str> {
    /// The name used in [`Sort`].
    pub id: C,
    /// The heading.
    pub title: Signal<String>,
    /// A CSS grid track with a least width in rem: `minmax(12rem, 2fr)` or `6rem`.
    pub width: &'static str,
    /// Whether it holds figures, which stand at the right.
    pub numeric: bool,
    /// Whether the rows can be sorted by it.
    pub sortable: bool,
    /// The contents of the cell of a row.
    pub cell: Arc<dyn Fn(K) -> AnyView + Send + Sync>,
}

impl<K, C: Clone> Clone for Column<K, C> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), cell: Arc::clone(&self.cell), ..*self }
    }
}

impl<K, C: std::fmt::Debug> std::fmt::Debug for Column<K, C> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Column").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The columns, shared by all rows.
type Columns<K, C> = Arc<[Column<K, C>]>;

/// The ids of the rows in the page, by their places.
type RowIds = Arc<dyn Fn(usize) -> String + Send + Sync>;

/// By which column the rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort<C = &'static str> {
    /// The column's id.
    pub column: C,
    /// Largest first.
    pub descending: bool,
}

/// A grid: arrow keys, Page Up and Down, Home and End move through the rows, Enter opens one.
#[component]
pub fn DataTable<K, C>(
    /// What the rows are.
    #[prop(into)]
    label: Signal<String>,
    /// The columns in view, in order.
    #[prop(into)]
    columns: Signal<Vec<Column<K, C>>>,
    /// The keys of all rows in the order to show.
    #[prop(into)]
    rows: Signal<Vec<K>>,
    /// How the rows are sorted; the page sorts them.
    #[prop(into)]
    sort: Signal<Option<Sort<C>>>,
    /// Takes the sort that a heading asks for.
    #[prop(into)]
    on_sort: Callback<Sort<C>>,
    /// Opens a row.
    #[prop(into)]
    on_open: Callback<K>,
    /// Takes the keys that the table has no use for, with the row they are meant for.
    #[prop(optional, into)]
    on_key: Option<Callback<(ev::KeyboardEvent, K)>>,
    /// A column whose cells exist even while it is scrolled away.
    #[prop(optional, into)]
    keep: Signal<Option<C>>,
    /// The height of every row in pixels.
    #[prop(default = 40.0)]
    row_height: f64,
) -> impl IntoView
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    C: Clone + PartialEq + Send + Sync + 'static,
{
    let prefix = dom_id::fresh();
    let row_id: RowIds = Arc::new(move |index: usize| [prefix.as_str(), "-", &index.to_string()].concat());
    let active = RwSignal::new(None::<usize>);
    // Made once for all rows.
    let columns = Memo::new_with_compare(move |_| columns.get().into(), |_, _| true);
    let tracks = Memo::new(move |_| {
        columns.with(|columns: &Columns<K, C>| columns.iter().map(|column| column.width).collect::<Vec<_>>().join(" "))
    });
    // Head and rows are grids of their own; they agree on their tracks when they agree on their least width.
    let least = Memo::new(move |_| {
        let widths = columns.with(|columns| columns.iter().map(|column| least_width(column.width)).collect::<Vec<_>>());
        ["calc(", &widths.join(" + "), ")"].concat()
    });
    let frame = NodeRef::<html::Div>::new();
    let across = Across::of(frame);
    let widths = Memo::new(move |_| {
        columns.with(|columns| columns.iter().map(|column| in_rem(least_width(column.width))).collect())
    });
    let kept = Signal::derive(move || {
        let id = keep.get()?;
        columns.with(|columns| columns.iter().position(|column| column.id == id))
    });
    let places = across.places(widths, kept);
    let header = move || {
        let headings = move || {
            columns.get().iter().zip(1..).map(|(column, number)| heading(column, number, sort, on_sort)).collect_view()
        };
        view! {
            <div class="data-table__head" role="rowgroup">
                <div class="data-table__row data-table__row--head" role="row" aria-rowindex="1">{headings}</div>
            </div>
        }
    };
    let row = rows_of(columns, places, active, row_id.clone(), on_open);
    let pressed = move |event: ev::KeyboardEvent| {
        let count = rows.with_untracked(Vec::len);
        let here = active.get_untracked();
        if event.key() == "Enter" {
            let key = here.and_then(|here| rows.with_untracked(|rows| rows.get(here).cloned()));
            if let Some(key) = key
                && event.target() == event.current_target()
            {
                on_open.run(key);
            }
        } else if let Some(next) = step(&event.key(), here, count) {
            event.prevent_default();
            active.set(Some(next));
        } else if let Some(on_key) = on_key
            && event.target() == event.current_target()
            && let Some(key) = here.and_then(|here| rows.with_untracked(|rows| rows.get(here).cloned()))
        {
            on_key.run((event, key));
        }
    };
    view! {
        <div
            class="data-table"
            node_ref=frame
            style:--tracks=tracks
            style:--least=least
            on:mouseover=tell_in_full
            on:focusin=move |event| across.focus_moved(event.target())
            on:focusout=move |event| across.focus_moved(event.related_target())
        >
            <VirtualList
                items=rows
                row_height
                overscan=OVERSCAN
                row
                reveal=active
                header
                body_role="rowgroup"
                attr:role="grid"
                attr:tabindex="0"
                attr:aria-label=label
                attr:aria-rowcount=move || (rows.with(Vec::len) + 1).to_string()
                attr:aria-colcount=move || columns.with(|columns| columns.len()).to_string()
                attr:aria-activedescendant=move || active.get().map(|index| row_id(index))
                on:keydown=pressed
                on:scroll=move |event| across.scrolled(&event)
            />
        </div>
    }
}

/// What a row is built from: a cell for each column in view.
fn rows_of<K, C>(
    columns: Memo<Columns<K, C>>,
    places: Memo<Vec<usize>>,
    active: RwSignal<Option<usize>>,
    ids: RowIds,
    on_open: Callback<K>,
) -> RowView<K>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    C: Clone + PartialEq + Send + Sync + 'static,
{
    Arc::new(move |key: K, index: Signal<usize>| {
        let ids = ids.clone();
        let (shown, opened) = (key.clone(), key);
        let cells = move || {
            let (columns, key) = (columns.get(), shown.clone());
            let cell = move |place: usize| {
                // The places follow the columns a moment later.
                let column = columns.get(place)?;
                let (number, contents) = (place + 1, (column.cell)(key.clone()));
                Some(view! {
                    <div
                        class="data-table__cell"
                        class:data-table__cell--number=column.numeric
                        role="gridcell"
                        aria-colindex=number
                        style:grid-column=number.to_string()
                    >
                        {contents}
                    </div>
                })
            };
            view! { <For each=move || places.get() key=|place| *place children=cell/> }
        };
        view! {
            <div
                class="data-table__row"
                class:data-table__row--active=move || active.get() == Some(index.get())
                role="row"
                id=move || ids(index.get())
                aria-rowindex=move || (index.get() + 2).to_string()
                on:click=move |_| { active.set(Some(index.get_untracked())); on_open.run(opened.clone()) }
            >
                {cells}
            </div>
        }
        .into_any()
    })
}

/// How many rows beyond the view are kept at each end: a row is dear.
const OVERSCAN: usize = 2;

/// Marks a title that was given to a text because it is cut off.
const TOLD: &str = "data-told";

/// Gives the text under the pointer its title while it is cut off. Doing so for every text beforehand would make tables slow.
fn tell_in_full(event: ev::MouseEvent) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    let is_text =
        element.child_element_count() == 0 && element.closest("[role=gridcell]").is_ok_and(|cell| cell.is_some());
    let has_own = element.has_attribute("title") && !element.has_attribute(TOLD);
    if !is_text || has_own {
        return;
    }
    if element.scroll_width() > element.client_width() {
        element.set_title(&element.text_content().unwrap_or_default());
        // Both are attributes of an element of the page, which cannot fail.
        element.set_attribute(TOLD, "").ok();
    } else if element.has_attribute(TOLD) {
        element.remove_attribute("title").ok();
        element.remove_attribute(TOLD).ok();
    }
}

/// The row that a key moves to; `None` for other keys and empty tables.
pub fn step(key: &str, here: Option<usize>, count: usize) -> Option<usize> {
    const PAGE: usize = 10;
    let last = count.checked_sub(1)?;
    let next = match (key, here) {
        ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp", None) | ("Home", _) => 0,
        ("End", _) => last,
        ("ArrowDown", Some(here)) => here + 1,
        ("ArrowUp", Some(here)) => here.saturating_sub(1),
        ("PageDown", Some(here)) => here + PAGE,
        ("PageUp", Some(here)) => here.saturating_sub(PAGE),
        _ => return None,
    };
    Some(next.min(last))
}

/// The least width of a grid track.
fn least_width(track: &'static str) -> &'static str {
    let inside = track.strip_prefix("minmax(").and_then(|inside| inside.split(',').next());
    inside.unwrap_or(track)
}

/// A width in rem as a number; one in another unit is taken for 0, so that its column is never thought to be farther than it is.
fn in_rem(width: &str) -> f64 {
    width.strip_suffix("rem").and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn heading<K, C: Clone + PartialEq + Send + Sync + 'static>(
    column: &Column<K, C>,
    number: usize,
    sort: Signal<Option<Sort<C>>>,
    on_sort: Callback<Sort<C>>,
) -> AnyView {
    let (id, title, numeric) = (column.id.clone(), column.title, column.numeric);
    let own = id.clone();
    let descending = Memo::new(move |_| sort.get().filter(|sort| sort.column == own).map(|sort| sort.descending));
    let order = move || descending.get().map(|descending| if descending { "descending" } else { "ascending" });
    let contents = if column.sortable {
        // A first click shows figures from the largest, words from the first letter.
        let ask = move |_| {
            let descending = descending.get_untracked().map_or(numeric, |descending| !descending);
            on_sort.run(Sort { column: id.clone(), descending });
        };
        let arrow = move || {
            let icon = if descending.get()? { icondata_lu::LuArrowDown } else { icondata_lu::LuArrowUp };
            Some(view! { <Icon icon/> })
        };
        view! { <button type="button" class="data-table__sort" on:click=ask>{title}{arrow}</button> }.into_any()
    } else {
        view! { <span>{title}</span> }.into_any()
    };
    view! {
        <div
            class="data-table__cell"
            class:data-table__cell--number=numeric
            role="columnheader"
            aria-colindex=number
            aria-sort=order
        >
            {contents}
        </div>
    }
    .into_any()
}

//! A long list of which only the rows in view exist.

use std::hash::Hash;
use std::sync::Arc;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::viewport::use_size;

/// What a row is built from: its key and its place in the whole list, which may change.
pub type RowView<K> = Arc<dyn Fn(K, Signal<usize>) -> AnyView + Send + Sync>;

/// The rows from first to last (exclusive) that a viewport shows.
///
/// `overscan` rows more are kept at both ends; everything is clipped to `count`.
pub fn window_of(scroll: f64, height: f64, row_height: f64, overscan: usize, count: usize) -> (usize, usize) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "row numbers are small and ≥ 0")]
    let row_at = |offset: f64| (offset / row_height).max(0.0) as usize;
    let first = row_at(scroll).saturating_sub(overscan).min(count);
    let last = (row_at(scroll + height) + 1 + overscan).min(count);
    (first, last)
}

/// A scrolling list with rows of one height. The row that holds the focus stays, however far it is scrolled away.
///
/// Roles and names are the caller's: give them to the list as `attr:role`, and to the row in its view.
#[component]
pub fn VirtualList<K>(
    /// The keys of all rows, in order, each once.
    #[prop(into)]
    items: Signal<Vec<K>>,
    /// The height of every row in pixels.
    row_height: f64,
    /// How many rows beyond the view are kept at each end.
    #[prop(default = 6)]
    overscan: usize,
    /// Builds a row.
    row: RowView<K>,
    /// A row to bring into view whenever it changes.
    #[prop(optional, into)]
    reveal: Signal<Option<usize>>,
    /// The role of the element around the rows: `rowgroup` in a grid, else nothing that readers hear.
    #[prop(default = "presentation")]
    body_role: &'static str,
    /// What stays at the top while the rows scroll.
    #[prop(optional, into)]
    header: ViewFn,
) -> impl IntoView
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
{
    let list = NodeRef::<html::Div>::new();
    let scroll = RwSignal::new(0.0);
    let size = use_size(list);
    let focused = RwSignal::new(None::<K>);
    let range = Memo::new(move |_| window_of(scroll.get(), size.get().1, row_height, overscan, items.with(Vec::len)));
    let visible = Memo::new(move |_| {
        let (from, to) = range.get();
        items.with(|items| {
            let mut visible: Vec<(usize, K)> = items.iter().cloned().enumerate().skip(from).take(to - from).collect();
            if let Some(key) = focused.get()
                && let Some(place) = items.iter().position(|item| *item == key)
                && !(from..to).contains(&place)
            {
                let end = if place < from { 0 } else { visible.len() };
                visible.insert(end, (place, key));
            }
            visible
        })
    });
    Effect::new(move || {
        let (Some(place), Some(list)) = (reveal.get(), list.get_untracked()) else { return };
        bring_into_view(&list, place, row_height);
    });
    let children = move |place: ReadSignal<usize>, (index, key): (usize, K)| {
        let index =
            Signal::derive(move || visible.with(|visible| visible.get(place.get()).map_or(index, |(index, _)| *index)));
        let held = key.clone();
        #[allow(clippy::cast_precision_loss, reason = "row numbers are small")]
        let top = move || ["translateY(", &(index.get() as f64 * row_height).to_string(), "px)"].concat();
        view! {
            <div
                class="virtual-list__row"
                role="presentation"
                style:transform=top
                on:focusin=move |_| focused.set(Some(held.clone()))
            >
                {row(key, index)}
            </div>
        }
    };
    let on_focusout = move |event: ev::FocusEvent| {
        // A list that leaves the page with the focus inside hears of it when its signals are gone.
        let Some(list) = list.try_get_untracked().flatten() else { return };
        let inside = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if !(inside.is_some() && list.contains(inside.as_ref())) {
            focused.try_set(None);
        }
    };
    #[allow(clippy::cast_precision_loss, reason = "row numbers are small")]
    let total = move || [&(items.with(Vec::len) as f64 * row_height).to_string(), "px"].concat();
    let px = [&row_height.to_string(), "px"].concat();
    view! {
        <div
            node_ref=list
            class="virtual-list"
            style:--row-height=px
            on:scroll=move |_| if let Some(list) = list.get_untracked() { scroll.set(f64::from(list.scroll_top())) }
            on:focusout=on_focusout
        >
            {header.run()}
            <div class="virtual-list__body" role=body_role style:height=total>
                <ForEnumerate each=move || visible.get() key=|(_, key)| key.clone() children=children/>
            </div>
        </div>
    }
}

/// Scrolls as little as needed.
fn bring_into_view(list: &web_sys::HtmlElement, place: usize, row_height: f64) {
    #[allow(clippy::cast_precision_loss, reason = "row numbers are small")]
    let top = place as f64 * row_height;
    let (from, height) = (f64::from(list.scroll_top()), f64::from(list.client_height()));
    let target = if top < from {
        top
    } else if top + 2.0 * row_height > from + height {
        top + 2.0 * row_height - height
    } else {
        return;
    };
    #[allow(clippy::cast_possible_truncation, reason = "scroll positions are small")]
    list.set_scroll_top(target as i32);
}

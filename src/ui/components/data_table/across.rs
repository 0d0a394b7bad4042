//! Which columns of a wide table are in view: of the others no cell exists.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::ui::components::viewport::use_size;

/// The first and last (exclusive) of the columns of these widths that are seen from `scroll` on, over `width`.
pub fn columns_between(widths: &[f64], scroll: f64, width: f64) -> (usize, usize) {
    let mut edge = 0.0;
    let ends: Vec<f64> = widths
        .iter()
        .map(|width| {
            edge += width;
            edge
        })
        .collect();
    let first = ends.partition_point(|end| *end <= scroll);
    let last = ends.partition_point(|end| *end < scroll + width);
    (first, (last + 1).min(widths.len()))
}

/// A table of so few columns keeps all its cells: little is spared, and the Tab key finds what stands in them.
const FEW: usize = 8;

/// Follows the sideways scrolling of a table and the focus in it.
#[derive(Clone, Copy)]
pub(super) struct Across {
    frame: NodeRef<html::Div>,
    scroll: RwSignal<i32>,
    focused: RwSignal<Option<usize>>,
    printing: RwSignal<bool>,
}

impl Across {
    /// Follows the table in `frame`; call it in a component body.
    pub(super) fn of(frame: NodeRef<html::Div>) -> Self {
        let printing = RwSignal::new(false);
        let starts = window_event_listener(ev::beforeprint, move |_| printing.set(true));
        let ends = window_event_listener(ev::afterprint, move |_| printing.set(false));
        on_cleanup(move || {
            starts.remove();
            ends.remove();
        });
        Self { frame, scroll: RwSignal::new(0), focused: RwSignal::new(None), printing }
    }

    /// The places of the columns whose cells exist, given the least widths of all in rem: those in view, the one that holds the focus
    /// and the one asked for. On paper and in tables of few columns all of them.
    pub(super) fn places(self, widths: Memo<Vec<f64>>, asked: Signal<Option<usize>>) -> Memo<Vec<usize>> {
        let size = use_size(self.frame);
        let rem = Memo::new(move |_| {
            size.track();
            rem()
        });
        Memo::new(move |_| {
            let (rem, width) = (rem.get(), size.get().0);
            let count = widths.with(Vec::len);
            if count <= FEW || self.printing.get() {
                return (0..count).collect();
            }
            let (from, to) =
                widths.with(|widths| columns_between(widths, f64::from(self.scroll.get()) / rem, width / rem));
            let mut places: Vec<usize> = (from..to).collect();
            for kept in [self.focused.get(), asked.get()].into_iter().flatten() {
                if kept < count && !places.contains(&kept) {
                    places.push(kept);
                }
            }
            places.sort_unstable();
            places
        })
    }

    /// Takes a scrolling of the list.
    pub(super) fn scrolled(self, event: &ev::Event) {
        let list = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(left) = list.map(|list| list.scroll_left()) else { return };
        if self.scroll.try_get_untracked().is_some_and(|known| known != left) {
            self.scroll.set(left);
        }
    }

    /// Takes a change of the focus to this element; to `None` when it leaves the table.
    pub(super) fn focus_moved(self, to: Option<web_sys::EventTarget>) {
        let element = to.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let cell = element.and_then(|element| element.closest("[role=gridcell]").ok().flatten());
        let number = cell.and_then(|cell| cell.get_attribute("aria-colindex")?.parse::<usize>().ok());
        // A table that leaves the page with the focus inside hears of it when its signals are gone.
        self.focused.try_set(number.and_then(|number| number.checked_sub(1)));
    }
}

/// One rem in pixels.
fn rem() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse().ok()).filter(|size| *size > 0.0).unwrap_or(16.0)
}

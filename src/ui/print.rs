//! What is printed in place of the page: a sheet that exists only while the browser prints.

use leptos::{ev, mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, MediaQueryList};

/// Lets the browser print what `build` makes instead of the page, whoever asks it to: the button that runs the callback, or the
/// browser's own command. Call it in a component body; it holds until the owner goes.
///
/// Lists on screen hold only the rows in view, paper needs all of them. They are laid out when the browser announces that it
/// prints, and put away afterwards. `build` runs outside the reactive system.
pub fn use_print_sheet(build: impl Fn() -> AnyView + Send + Sync + 'static) -> Callback<()> {
    let laid_out = StoredValue::new_local(None);
    let build = StoredValue::new(build);
    let put_away = move || drop(laid_out.try_update_value(Option::take));
    let lay_out = move || {
        let missing = laid_out.try_with_value(Option::is_none) == Some(true);
        if let Some(sheet) = missing.then(|| build.with_value(|build| Sheet::of(build))).flatten() {
            laid_out.set_value(Some(sheet));
        }
    };
    let before = window_event_listener(ev::beforeprint, move |_| lay_out());
    let after = window_event_listener(ev::afterprint, move |_| put_away());
    let paper = StoredValue::new_local(Paper::follow(move |is_paper| if is_paper { lay_out() } else { put_away() }));
    on_cleanup(move || {
        before.remove();
        after.remove();
        drop(paper.try_update_value(Option::take));
        put_away();
    });
    Callback::new(move |()| {
        lay_out();
        // Refused only where the browser cannot print at all.
        window().print().ok();
    })
}

/// The sheet in the document, taken out when dropped.
struct Sheet {
    element: HtmlElement,
    /// Takes the view out.
    _view: Box<dyn std::any::Any>,
}

impl Sheet {
    fn of(build: &impl Fn() -> AnyView) -> Option<Self> {
        let element = document().create_element("div").ok()?.dyn_into::<HtmlElement>().ok()?;
        element.set_class_name("print-sheet");
        document().body()?.append_child(&element).ok()?;
        let view = untrack(build);
        let view = mount_to(element.clone(), move || view);
        Some(Self { element, _view: Box::new(view) })
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        self.element.remove();
    }
}

/// Tells when the page is shown as on paper: browsers that print without announcing it do at least this.
struct Paper {
    query: MediaQueryList,
    listener: Closure<dyn FnMut()>,
}

impl Paper {
    fn follow(tell: impl Fn(bool) + 'static) -> Option<Self> {
        let query = window().match_media("print").ok()??;
        let asked = query.clone();
        let listener = Closure::<dyn FnMut()>::new(move || tell(asked.matches()));
        query.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref()).ok()?;
        Some(Self { query, listener })
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        // Taking away a listener that was added cannot fail.
        self.query.remove_event_listener_with_callback("change", self.listener.as_ref().unchecked_ref()).ok();
    }
}

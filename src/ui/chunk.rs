//! The parts of the program that are fetched when they are first needed.
//!
//! A release splits the program: one file with what the first page needs, and one for each part that the macro `chunk!` names, with
//! what only the functions of that part reach (`xtask/src/dist/split.rs`). To call such a function is to fetch its part, once. Builds
//! without the feature `split` (`cargo xtask serve`, tests) are one file, and the same calls are answered at once.
//!
//! The first page is the welcome page of a visitor who has nothing here yet: whatever it does not show belongs to a part.

use std::{pin::Pin, time::Duration};

use leptos::{prelude::*, reactive::spawn_local_scoped_with_cancellation, task::spawn_local};

pub use leptos::wasm_split::SplitLoaderError as NotFetched;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::components::{button::Button, tag::Tone, toast::use_toasts},
};

/// Declares functions of a part: `work fn board() -> AnyView { … }` becomes an async function that answers with the value or with
/// [`NotFetched`]. The function is not generic, and its body does not wait.
macro_rules! chunk {
    ($($(#[$meta:meta])* $part:ident fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $made:ty $body:block)*) => {$(
        #[cfg(feature = "split")]
        $(#[$meta])*
        ///
        /// # Errors
        /// The part could not be fetched.
        #[::leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
        pub fn $name($($argument: $type),*) -> Result<$made, $crate::ui::chunk::NotFetched> {
            let made: $made = $body;
            Ok(made)
        }

        #[cfg(not(feature = "split"))]
        $(#[$meta])*
        ///
        /// # Errors
        /// The part could not be fetched.
        pub fn $name($($argument: $type),*) -> impl Future<Output = Result<$made, $crate::ui::chunk::NotFetched>> {
            async move {
                let made: $made = $body;
                Ok(made)
            }
        }
    )*};
}
pub(crate) use chunk;

chunk! {
    /// Fetches what a workspace needs every day.
    work fn fetch_work() -> () {}
    /// Fetches what it needs now and then.
    rest fn fetch_rest() -> () {}
}

/// The pause after the first page in milliseconds, so that it is whole before anything else is asked for.
pub const CALM: u32 = 1_000;

/// Fetches every part once the first page stands, so that the next click finds it here.
pub fn fetch_ahead() {
    let fetch = || {
        spawn_local(async {
            // Whoever needs a part that did not come asks again, and says so then.
            drop((fetch_work().await, fetch_rest().await));
        });
    };
    set_timeout(fetch, Duration::from_millis(CALM.into()));
}

/// A view of a part, under way.
pub type Coming = Pin<Box<dyn Future<Output = Result<AnyView, NotFetched>>>>;

/// Something done by a part, under way.
pub type Errand = Pin<Box<dyn Future<Output = Result<(), NotFetched>>>>;

/// Where a view of a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the page.
    Page,
    /// It is a part of a page.
    Section,
}

/// A view of a part: a quiet word while it is fetched, then the view, or what to do when it did not come.
pub fn coming(place: Place, ask: impl Fn() -> Coming + Send + Sync + 'static) -> AnyView {
    shown(place, Box::new(ask))
}

/// Not generic: the first page holds one of it, and not one for each page that it leads to.
fn shown(place: Place, ask: Box<dyn Fn() -> Coming + Send + Sync>) -> AnyView {
    let i18n = use_i18n();
    let outcome = RwSignal::new_local(None);
    let run = spawner();
    let fetch = move || {
        let view = ask();
        run(Box::pin(async move { outcome.set(Some(view.await)) }));
    };
    fetch();
    let fetch = Callback::new(move |_| fetch());
    let shown = move || {
        outcome.track();
        // A view is taken, once for each outcome.
        match outcome.try_update_untracked(Option::take).flatten() {
            Some(Ok(view)) => view,
            Some(Err(_)) => view! {
                <section class="card notice" data-tone="bad" role="alert" data-testid="not-fetched">
                    {match place {
                        Place::Page => view! { <h1>{t!(i18n, common.not_fetched)}</h1> }.into_any(),
                        Place::Section => view! { <h2>{t!(i18n, common.not_fetched)}</h2> }.into_any(),
                    }}
                    <p>{t!(i18n, common.not_fetched_what)}</p>
                    <div><Button on_click=fetch>{t!(i18n, common.try_again)}</Button></div>
                </section>
            }
            .into_any(),
            None => view! { <p class="coming muted" role="status">{t!(i18n, common.coming)}</p> }.into_any(),
        }
    };
    shown.into_any()
}

/// Runs errands as part of the component that asks for this in its body, unless it is gone by then; says when the part did not come.
pub fn use_errands() -> impl Fn(Errand) + Copy + Send + Sync + 'static {
    let (i18n, toasts, run) = (use_i18n(), use_toasts(), spawner());
    move |errand| {
        run(Box::pin(async move {
            if errand.await.is_err() {
                let words = [t_string!(i18n, common.not_fetched), t_string!(i18n, common.not_fetched_what)];
                toasts.say(words.join(" "), Tone::Bad);
            }
        }));
    }
}

/// Starts tasks that have the present component's contexts and end with it.
fn spawner() -> impl Fn(Pin<Box<dyn Future<Output = ()>>>) + Copy + Send + Sync + 'static {
    let owner = StoredValue::new(Owner::current());
    move |task| {
        if let Some(owner) = owner.try_get_value().flatten() {
            // What a task reads must not wake whoever happened to start it.
            owner.with(|| untrack(|| spawn_local_scoped_with_cancellation(task)));
        }
    }
}

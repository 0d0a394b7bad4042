//! Looking at the company of an exercise on the product's own pages: it is opened as what was shared is, nothing of it is kept and nothing
//! can be changed, and a bar above the pages leads back to where the exercise is answered.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    model::{WorkspaceId, address::Query},
    store::{Store, assembled},
    ui::{
        background::NoAnswer,
        components::{button::Button, dom_id, tag::Tone, toast::Toasts},
        keys::page_name,
        route::{Route, use_navigation},
        starting::StartError,
        wording::{I18n, storage::shelf_error},
    },
    worker::Response,
};

/// Opens the pieces of a company to be looked at; the id that it has meanwhile.
///
/// # Errors
/// What was open is not saved; it stays open.
pub async fn look_at(store: Store, pieces: &[(String, String)]) -> Result<Option<WorkspaceId>, StartError> {
    let (company, _whole) = assembled(WorkspaceId::new(store.fresh()), pieces).await;
    store.visit(company)?;
    Ok(store.library().opened().get_untracked())
}

/// Opens the company that the worker made, to be looked at; the id that it has meanwhile.
///
/// # Errors
/// The worker made none, or what was open is not saved; it stays open.
pub async fn look_at_made(store: Store, answer: Result<Response, NoAnswer>) -> Result<Option<WorkspaceId>, StartError> {
    match answer? {
        Response::Demo { pieces, .. } | Response::Simulated(Ok((_, pieces))) => look_at(store, &pieces).await,
        _ => Err(NoAnswer::NotStarted.into()),
    }
}

/// Closes what is looked at; says why where it stays open.
pub fn leave(i18n: I18n, store: Store, toasts: Toasts) {
    if let Err(error) = store.leave_visited() {
        toasts.say(shelf_error(i18n, &error), Tone::Bad);
    }
}

/// What stands above the pages while the company of an exercise is looked at.
#[component]
pub fn ExerciseBand(
    /// Which exercise it is.
    #[prop(into)]
    title: Signal<String>,
    /// What may be done meanwhile.
    #[prop(into)]
    what: Signal<String>,
    /// The address where the exercise is answered.
    #[prop(into)]
    back: Signal<String>,
    /// What the way there says.
    #[prop(into)]
    back_words: Signal<String>,
    /// What the button says that leaves the company.
    #[prop(into)]
    end_words: Signal<String>,
    /// Leaves it.
    #[prop(into)]
    on_end: Callback<()>,
    /// Whose band it is, for tests.
    kind: &'static str,
) -> impl IntoView {
    let (navigation, id) = (use_navigation(), dom_id::fresh());
    let named_by = id.clone();
    let elsewhere = move || navigation.route.with(|route| *route != Route::Learn);
    view! {
        <section
            class="card notice visit no-print"
            data-tone="accent"
            data-testid=[kind, "-band"].concat()
            aria-labelledby=named_by
        >
            <p><strong id=id>{title}</strong>" "{what}</p>
            <Show when=elsewhere>
                <a class="button button--primary" href=back data-testid=[kind, "-to-sheet"].concat()>{back_words}</a>
            </Show>
            <Button on_click=move |_| on_end.run(()) attr:data-testid=[kind, "-end"].concat()>{end_words}</Button>
        </section>
    }
    .into_any()
}

/// The ways to the pages of the company that is open.
#[component]
pub fn CompanyPages(
    /// Which pages, beginning with the one to look at first.
    pages: Vec<Route>,
) -> impl IntoView {
    let i18n = use_i18n();
    let link = move |route: Route| {
        let href = route.href(&Query::default());
        view! { <a class="button" href=href>{move || page_name(i18n, &route)}</a> }
    };
    view! {
        <nav class="row" aria-label=move || t_string!(i18n, learn.drills.look)>
            {pages.into_iter().map(link).collect_view()}
        </nav>
    }
    .into_any()
}

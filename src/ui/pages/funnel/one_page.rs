//! The funnel on one page of paper. Its forecast is drawn by the background worker as on the forecast page; once it is there, the
//! sheet is laid out and the browser asked to print it. Until something changes, the browser's own command prints it, too.

mod sheet;

use std::sync::Arc;

use leptos::prelude::*;

use super::{Figures, More};
use crate::{
    i18n::{t, use_i18n},
    metrics::simulation::{Outcomes, horizon_end, prospects},
    store::use_store,
    ui::{
        background::Desk,
        clock::use_clock,
        components::{button::Button, tag::Tone, toast::use_toasts},
        filters::Scope,
        format::use_format,
        pages::forecast::{DRAWS, SEED, basis_of, months_of},
        parts::after_paint::once_painted,
        print::use_print_sheet,
        route::use_navigation,
        wording::import,
    },
    worker::{Request, Response},
};

use sheet::Sheet;

/// The button, and the sheet once it was asked for.
#[component]
pub(super) fn OnePage(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
    /// What is more to be said of them.
    more: Memo<Option<Arc<More>>>,
    /// What they are of.
    scope: Memo<Scope>,
) -> impl IntoView {
    let (i18n, format, toasts) = (use_i18n(), use_format(), use_toasts());
    let (store, clock, navigation) = (use_store(), use_clock(), use_navigation());
    let desk = Desk::new();
    let sheet = RwSignal::new(None::<Arc<Sheet>>);
    let busy = RwSignal::new(false);
    // A sheet is of the figures as they were.
    Effect::new(move || {
        figures.track();
        sheet.set(None);
        busy.set(false);
        desk.stop();
    });
    let laid_out = move |more: Arc<More>, outcomes: Option<Outcomes>, months: u32| {
        busy.set(false);
        desk.stop();
        let until = horizon_end(scope.with_untracked(|scope| scope.as_of), months);
        let today = clock.today.get_untracked();
        let made = store.peek(|workspace| {
            scope.with_untracked(|scope| {
                Sheet::of(workspace, scope, more, outcomes.as_ref(), until, today, i18n, format)
            })
        });
        sheet.set(Some(Arc::new(made)));
    };
    let ask = move |_| {
        let Some(more) = more.get_untracked() else { return };
        let (basis, months) = navigation.query.with_untracked(|query| (basis_of(query), months_of(query)));
        let prospects = {
            let Figures { frame, workspace, scope, .. } = &*more.figures;
            let models: Vec<_> = workspace.models.iter().map(AsRef::as_ref).collect();
            prospects(&frame.view(scope.as_of, &scope.filter), &models, basis, months)
        };
        busy.set(true);
        let request = Request::Simulate { lots: prospects.into(), draws: DRAWS, seed: SEED };
        desk.ask(
            request,
            |_, _| {},
            move |answer| match answer {
                Ok(Response::Simulate(outcomes)) => laid_out(more, Some((*outcomes).into()), months),
                Ok(_) => laid_out(more, None, months),
                // Without a worker the sheet has no forecast, and says so.
                Err(why) => {
                    toasts.say(import::no_answer(i18n, &why).to_owned(), Tone::Warn);
                    laid_out(more, None, months);
                }
            },
        );
    };
    view! {
        <Button
            icon=icondata_lu::LuPrinter
            busy
            disabled=Signal::derive(move || more.with(Option::is_none))
            on_click=ask
            attr:data-testid="one-page"
        >
            {t!(i18n, one_page.button)}
        </Button>
        {move || sheet.get().map(|sheet| view! { <Printed sheet/> })}
    }
    .into_any()
}

/// Prints a sheet, and stands for the page on paper while it is there.
#[component]
fn Printed(sheet: Arc<Sheet>) -> impl IntoView {
    let print = use_print_sheet(move || sheet.view());
    once_painted(move || {
        // By then the page may have gone.
        print.try_run(());
    });
    view! { <span hidden data-testid="one-page-ready"></span> }
}

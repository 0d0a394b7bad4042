//! Demand discovery: the problems that a customer of this type is likely to have, what to ask, how to introduce the product.

mod sheet;

use std::sync::Arc;

use leptos::{ev, prelude::*};

use self::sheet::{Desk, Sheet};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::discovery::{Found, Likely, discovers, likely},
    ui::{
        components::{
            button::{Button, Variant},
            tag::Tag,
        },
        parts::{after_paint::once_painted, catalogue::use_shipped, editor::Editor, mover::Mover},
        print::use_print_sheet,
        route::{Query, Route},
        wording::I18n,
    },
};

/// How many problems are shown before somebody asks for all.
const SHOWN: usize = 4;

/// What the card has to show.
#[derive(Clone, PartialEq)]
enum Ground {
    /// The deal is past discovery.
    Past,
    NoCatalogue,
    NoCustomer,
    NoneLikely,
    Likely(Vec<Likely>),
}

/// The card of the likely problems, in the stages in which needs are discovered.
#[component]
pub fn DiscoveryCard(
    /// Reads the deal.
    editor: Editor,
    /// Offers to undo.
    mover: Mover,
) -> impl IntoView {
    let i18n = use_i18n();
    let ground = Memo::new(move |_| ground(editor));
    let take = use_shipped(mover);
    let all = RwSignal::new(false);
    let (desk, asked) = (Desk::new(), RwSignal::new(None::<Arc<Sheet>>));
    // The sheet is of the deal as it was; the page itself is printed again once it changed.
    Effect::new(move || {
        editor.deal.track();
        ground.track();
        asked.set(None);
    });
    let print = move |_| {
        let sheet = ground.with_untracked(|ground| Sheet::of(editor, desk, likely_of(ground)));
        asked.set(Some(Arc::new(sheet)));
    };
    let settings = Route::Settings.href(&Query::default());
    let body = move || match ground.get() {
        Ground::Past => ().into_any(),
        Ground::NoCatalogue => view! {
            <p class="muted">{t!(i18n, discovery.empty)}</p>
            <div class="row"><Button on_click=move |_| take.run(())>{t!(i18n, discovery.take)}</Button></div>
        }
        .into_any(),
        Ground::NoCustomer => view! { <p class="muted">{t!(i18n, discovery.no_customer)}</p> }.into_any(),
        Ground::NoneLikely => view! { <p class="muted">{t!(i18n, discovery.none_likely)}</p> }.into_any(),
        Ground::Likely(likely) => {
            let rest = likely.len().saturating_sub(SHOWN);
            let most = if all.get() { likely.len() } else { SHOWN };
            let shown = likely.into_iter().take(most).map(|likely| problem(i18n, &likely)).collect_view();
            let more = (rest > 0 && !all.get()).then(|| {
                let words = t_string!(i18n, discovery.more, count = rest).to_string();
                view! { <Button variant=Variant::Bare on_click=move |_| all.set(true)>{words}</Button> }
            });
            view! { <ul class="discovery__list" data-testid="likely-problems">{shown}</ul>{more} }.into_any()
        }
    };
    let is_shown = Memo::new(move |_| ground.with(|ground| *ground != Ground::Past));
    view! {
        <Show when=move || is_shown.get()>
            <section class="card deal__card" tabindex="-1" data-testid="deal-discovery">
                <div class="deal__card-head">
                    <h2>{t!(i18n, discovery.title)}</h2>
                    <a class="small no-print" href=settings.clone()>{t!(i18n, discovery.to_catalogue)}</a>
                </div>
                <p class="muted small">{t!(i18n, discovery.what)}</p>
                {body}
                <div class="row">
                    <Button icon=icondata_lu::LuPrinter on_click=print attr:data-testid="first-visit">
                        {t!(i18n, discovery.sheet)}
                    </Button>
                </div>
                {move || asked.get().map(|sheet| view! { <Printed sheet asked/> })}
            </section>
        </Show>
    }
    .into_any()
}

/// Prints a sheet once, and stands for the page on paper meanwhile.
#[component]
fn Printed(sheet: Arc<Sheet>, asked: RwSignal<Option<Arc<Sheet>>>) -> impl IntoView {
    let i18n = use_i18n();
    let print = use_print_sheet(move || sheet.view(i18n));
    let printed = window_event_listener(ev::afterprint, move |_| {
        // By then the page may have gone.
        asked.try_set(None);
    });
    on_cleanup(move || printed.remove());
    once_painted(move || {
        print.try_run(());
    });
    view! { <span hidden data-testid="first-visit-ready"></span> }
}

fn likely_of(ground: &Ground) -> &[Likely] {
    if let Ground::Likely(likely) = ground { likely } else { &[] }
}

fn ground(editor: Editor) -> Ground {
    let place = |deal: &crate::model::Deal| {
        let standing = deal.standing();
        standing.is_open().then_some((standing.model, standing.stage))
    };
    let place = editor.deal.with(|deal| deal.as_deref().and_then(place));
    let is_discovery = |(model, stage)| {
        editor.names.with(|names| names.models.get(model).is_some_and(|model| discovers(model, stage)))
    };
    if !place.is_some_and(is_discovery) {
        return Ground::Past;
    }
    let customer = editor.customer();
    editor.store.with(|workspace| match customer {
        _ if workspace.problems.is_empty() => Ground::NoCatalogue,
        None => Ground::NoCustomer,
        Some(customer) => match likely(&workspace.problems, &customer) {
            none if none.is_empty() => Ground::NoneLikely,
            some => Ground::Likely(some),
        },
    })
}

fn problem(i18n: I18n, likely: &Likely) -> AnyView {
    let problem = &likely.problem;
    let signs = likely.signs.iter().map(|(place, word)| {
        let words = [found_in(i18n, *place), word].join(t_string!(i18n, discovery.colon));
        view! { <Tag>{words}</Tag> }
    });
    let questions = problem.questions.iter().map(|question| view! { <li>{question.clone()}</li> }).collect_view();
    let introduction = problem.introduction.clone();
    view! {
        <li class="discovery__problem">
            <details>
                <summary>
                    <span>{problem.problem.clone()}</span>
                    <span class="discovery__signs">
                        <span class="small muted">{problem.company.clone()}</span>
                        {signs.collect_view()}
                    </span>
                </summary>
                <h3>{t!(i18n, discovery.questions)}</h3>
                <ul class="discovery__questions">{questions}</ul>
                {(!introduction.is_empty()).then(|| view! { <h3>{t!(i18n, discovery.introduction)}</h3><p>{introduction}</p> })}
            </details>
        </li>
    }
    .into_any()
}

fn found_in(i18n: I18n, place: Found) -> &'static str {
    match place {
        Found::Industry => t_string!(i18n, discovery.found.industry),
        Found::Size => t_string!(i18n, discovery.found.size),
        Found::Needs => t_string!(i18n, discovery.found.needs),
        Found::Tags => t_string!(i18n, discovery.found.tags),
    }
}

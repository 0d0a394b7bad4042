//! The frame around every page: rail, top bar, main.

use leptos::{ev, html, prelude::*};

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        anywhere::{Deed, use_anywhere},
        components::icon::Icon,
        route::{Route, use_navigation},
        wording::I18n,
    },
};

/// The frame; the pages go into `children`.
#[component]
pub fn Shell(
    /// The chips of the top bar: workspace, then filters, period and as-of date. They scroll sideways on a phone.
    #[prop(optional, into)]
    chips: ViewFn,
    /// The tools of the top bar: search, undo, redo, the state of saving.
    #[prop(optional, into)]
    tools: ViewFn,
    /// The page.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let main = NodeRef::<html::Main>::new();
    let skip = move |event: leptos::ev::MouseEvent| {
        // The hash is the address of the page, so the link must not change it.
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            main.focus().ok();
        }
    };
    view! {
        <a class="skip-link" href="#main" on:click=skip>{t!(i18n, app.skip)}</a>
        <div class="shell" data-testid="app-ready">
            <Rail/>
            <header class="top-bar">
                <div class="top-bar__chips">{chips.run()}</div>
                <div class="top-bar__tools">{tools.run()}<HelpButton/></div>
            </header>
            <main node_ref=main id="main" class="page" tabindex="-1">{children()}</main>
        </div>
    }
    .into_any()
}

/// Opens the help of the page, which lists the keys too.
#[component]
fn HelpButton() -> impl IntoView {
    let (i18n, anywhere) = (use_i18n(), use_anywhere());
    view! {
        <button
            type="button"
            class="button button--bare button--icon no-print"
            aria-label=move || t_string!(i18n, learn.help.open)
            title=move || t_string!(i18n, learn.help.open)
            aria-keyshortcuts="?"
            data-testid="help-open"
            on:click=move |_| anywhere.open(Deed::Keys)
        >
            <Icon icon=icondata_lu::LuCircleHelp/>
        </button>
    }
    .into_any()
}

/// The pages: a rail at the left, a bar at the bottom of a phone.
#[component]
fn Rail() -> impl IntoView {
    let i18n = use_i18n();
    // On a phone the bar holds a few pages; the others unfold.
    let open = RwSignal::new(false);
    let pressed = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            open.set(false);
        }
    });
    on_cleanup(move || pressed.remove());
    view! {
        <nav class="rail" aria-label=move || t_string!(i18n, nav.label)>
            <a class="rail__brand" href="#/"><Brand/><span>{t!(i18n, app.name)}</span></a>
            {entry(Route::Today, icondata_lu::LuCalendarCheck, |i18n| t_string!(i18n, nav.today))}
            {entry(Route::Funnel, icondata_lu::LuFunnel, |i18n| t_string!(i18n, nav.funnel))}
            {entry(Route::Board, icondata_lu::LuSquareKanban, |i18n| t_string!(i18n, nav.board))}
            {entry(Route::Deals, icondata_lu::LuList, |i18n| t_string!(i18n, nav.deals))}
            <button
                type="button"
                class="rail__entry rail__more"
                aria-expanded=move || open.get().to_string()
                aria-controls="rail-rest"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon icon=icondata_lu::LuEllipsis/>
                <span>{t!(i18n, nav.more)}</span>
            </button>
            <div id="rail-rest" class="rail__rest" class:rail__rest--open=open on:click=move |_| open.set(false)>
                {entry(Route::Analysis, icondata_lu::LuChartLine, |i18n| t_string!(i18n, nav.analysis))}
                {entry(Route::Forecast, icondata_lu::LuTelescope, |i18n| t_string!(i18n, nav.forecast))}
                {entry(Route::Coaching, icondata_lu::LuMessagesSquare, |i18n| t_string!(i18n, nav.coaching))}
                {entry(Route::Team, icondata_lu::LuUsers, |i18n| t_string!(i18n, nav.team))}
                <div class="rail__gap" role="presentation"></div>
                {entry(Route::Customers, icondata_lu::LuBuilding2, |i18n| t_string!(i18n, nav.customers))}
                {entry(Route::Targets, icondata_lu::LuTarget, |i18n| t_string!(i18n, nav.targets))}
                {entry(Route::Campaigns, icondata_lu::LuMegaphone, |i18n| t_string!(i18n, nav.campaigns))}
                {entry(Route::Tables, icondata_lu::LuSheet, |i18n| t_string!(i18n, nav.tables))}
                <div class="rail__gap" role="presentation"></div>
                {entry(Route::Learn, icondata_lu::LuGraduationCap, |i18n| t_string!(i18n, nav.learn))}
                {entry(Route::Models, icondata_lu::LuShapes, |i18n| t_string!(i18n, nav.models))}
                {entry(Route::Quality, icondata_lu::LuShieldCheck, |i18n| t_string!(i18n, nav.quality))}
                {entry(Route::Data, icondata_lu::LuDatabase, |i18n| t_string!(i18n, nav.data))}
                {entry(Route::Settings, icondata_lu::LuSettings, |i18n| t_string!(i18n, nav.settings))}
            </div>
        </nav>
    }
    .into_any()
}

fn entry(route: Route, icon: icondata_core::Icon, words: fn(I18n) -> &'static str) -> AnyView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let own = route.clone();
    let here = Memo::new(move |_| {
        navigation.route.with(|open| match (open, &own) {
            (Route::Deal(_), Route::Deals)
            | (Route::Customer(_), Route::Customers)
            | (Route::Campaign(_), Route::Campaigns)
            | (Route::Import | Route::Trash | Route::GrowingOut, Route::Data)
            | (Route::Model(_) | Route::ModelEditor(_), Route::Models) => true,
            (open, own) => open == own,
        })
    });
    view! {
        <a
            class="rail__entry"
            href=move || navigation.href(&route)
            aria-current=move || here.get().then_some("page")
        >
            <Icon icon/>
            <span>{move || words(i18n)}</span>
        </a>
    }
    .into_any()
}

/// The mark: a funnel of three segments in the hue of the stages.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <svg class="brand" viewBox="0 0 24 24" aria-hidden="true">
            <path class="brand__top" d="M2 4h20l-5 6H7z"></path>
            <path class="brand__middle" d="M7.7 11h8.6l-2.5 4h-3.6z"></path>
            <path class="brand__bottom" d="M10.6 16h2.8v5l-2.8-1.6z"></path>
        </svg>
    }
}

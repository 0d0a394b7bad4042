//! The keys that work on every page, and the map of all keys.
//!
//! Keys of a single letter can be turned off (WCAG 2.1.4): who speaks to the computer types letters without meaning keys.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        anywhere::{Anywhere, Deed, use_anywhere},
        components::field::Checkbox,
        parts::log_preset::{KINDS, letter},
        route::{Navigation, Query, Route, use_navigation},
        settings::use_settings,
        wording::{self, I18n},
    },
};

/// The letters after `g` and the pages they lead to.
pub const PLACES: [(&str, Route); 16] = [
    ("T", Route::Today),
    ("F", Route::Funnel),
    ("Y", Route::Analysis),
    ("O", Route::Forecast),
    ("W", Route::Coaching),
    ("E", Route::Team),
    ("B", Route::Board),
    ("D", Route::Deals),
    ("C", Route::Customers),
    ("R", Route::Tables),
    ("A", Route::Campaigns),
    ("P", Route::Targets),
    ("Q", Route::Quality),
    ("L", Route::Learn),
    ("M", Route::Models),
    ("S", Route::Settings),
];

/// The name of a page in the navigation.
pub fn page_name(i18n: I18n, route: &Route) -> &'static str {
    match route {
        Route::Today => t_string!(i18n, nav.today),
        Route::Board => t_string!(i18n, nav.board),
        Route::Funnel => t_string!(i18n, nav.funnel),
        Route::Analysis => t_string!(i18n, nav.analysis),
        Route::Forecast => t_string!(i18n, nav.forecast),
        Route::Coaching => t_string!(i18n, nav.coaching),
        Route::Team => t_string!(i18n, nav.team),
        Route::Deals | Route::Deal(_) => t_string!(i18n, nav.deals),
        Route::Customers | Route::Customer(_) => t_string!(i18n, nav.customers),
        Route::Tables => t_string!(i18n, nav.tables),
        Route::Targets => t_string!(i18n, nav.targets),
        Route::Campaigns | Route::Campaign(_) => t_string!(i18n, nav.campaigns),
        Route::Quality => t_string!(i18n, nav.quality),
        Route::Learn => t_string!(i18n, nav.learn),
        Route::Models | Route::Model(_) | Route::ModelEditor(_) => t_string!(i18n, nav.models),
        Route::Trash => t_string!(i18n, trash.title),
        Route::Data | Route::Import | Route::GrowingOut => t_string!(i18n, nav.data),
        Route::Settings => t_string!(i18n, nav.settings),
        Route::Welcome | Route::NotFound => t_string!(i18n, switcher.more),
        Route::Shared(_) => t_string!(i18n, share.page.title),
    }
}

/// Follows the keys that work on every page. Call it in a component body.
pub fn follow_keys() {
    let (anywhere, navigation, settings) = (use_anywhere(), use_navigation(), use_settings());
    // Whether the key before was `g`.
    let going = StoredValue::new(false);
    let pressed = window_event_listener(ev::keydown, move |event| {
        let was_going = going.get_value();
        going.set_value(false);
        if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() || is_busy(&event) {
            return;
        }
        let key = event.key();
        if key == "?" {
            anywhere.open(Deed::Keys);
        } else if !settings.single_keys.get_untracked() || !press(&key.to_lowercase(), was_going, anywhere, navigation)
        {
            going.set_value(key.eq_ignore_ascii_case("g") && settings.single_keys.get_untracked());
            return;
        }
        event.prevent_default();
    });
    on_cleanup(move || pressed.remove());
}

/// Acts on a letter; tells whether it did.
fn press(key: &str, going: bool, anywhere: Anywhere, navigation: Navigation) -> bool {
    if going {
        let Some((_, route)) = PLACES.iter().find(|(letter, _)| letter.eq_ignore_ascii_case(key)) else { return false };
        navigation.go_with(route, &Query::default());
        return true;
    }
    match key {
        "n" => anywhere.open(Deed::Begin),
        "l" => anywhere.log(),
        "/" => anywhere.open(Deed::Search),
        _ => return false,
    }
    true
}

/// Whether the key belongs to a field, a dialog or a panel. A dialog that was closed keeps the focus until the next frame; a key
/// pressed before is meant for the page.
fn is_busy(event: &ev::KeyboardEvent) -> bool {
    const FIELDS: &str = "input:not([type=checkbox]):not([type=radio]), select, textarea, dialog, [popover]";
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_inside = |element: &web_sys::Element, css| element.closest(css).ok().flatten().is_some();
    target.is_some_and(|element| is_inside(&element, FIELDS) && !is_inside(&element, "dialog:not([open])"))
        || document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// The map of the keys, for the dialog of help.
#[component]
pub fn KeyMap() -> impl IntoView {
    let (i18n, settings) = (use_i18n(), use_settings());
    let row = |keys: &[&'static str], words: AnyView| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <div class="keys__row"><dt>{keys}</dt><dd>{words}</dd></div> }.into_any()
    };
    let places = move || {
        let place = |(letter, route): (&'static str, Route)| row(&["G", letter], page_name(i18n, &route).into_any());
        PLACES.into_iter().map(place).collect_view()
    };
    let kinds = move || {
        let kind = |kind| row(&["L", letter(kind)], wording::activity_kind(i18n, kind).into_any());
        KINDS.into_iter().map(kind).collect_view()
    };
    view! {
        <h3 class="help__keys">{t!(i18n, keys.map)}</h3>
        <div class="keys">
            <section>
                <h3>{t!(i18n, keys.everywhere)}</h3>
                <dl>
                    {row(&["Ctrl", "K"], t!(i18n, keys.search).into_any())}
                    {row(&["/"], t!(i18n, keys.search).into_any())}
                    {row(&["N"], t!(i18n, keys.begin).into_any())}
                    {row(&["L"], t!(i18n, keys.log).into_any())}
                    {row(&["Ctrl", "Z"], t!(i18n, saving.undo).into_any())}
                    {row(&["Ctrl", "Y"], t!(i18n, saving.redo).into_any())}
                    {row(&["?"], t!(i18n, keys.map).into_any())}
                    {row(&["Esc"], t!(i18n, common.close).into_any())}
                </dl>
            </section>
            <section>
                <h3>{t!(i18n, keys.go)}</h3>
                <dl>{places}</dl>
            </section>
            <section>
                <h3>{t!(i18n, keys.log)}</h3>
                <dl>{kinds}</dl>
            </section>
            <section>
                <h3>{t!(i18n, nav.board)}</h3>
                <dl>
                    {row(&["←", "→", "↑", "↓"], t!(i18n, keys.walk).into_any())}
                    {row(&["["], t!(i18n, keys.back).into_any())}
                    {row(&["]"], t!(i18n, keys.forward).into_any())}
                    {row(&["M"], t!(i18n, keys.move_to).into_any())}
                    {row(&["Enter"], t!(i18n, keys.open).into_any())}
                </dl>
            </section>
            <section>
                <h3>{t!(i18n, keys.tables)}</h3>
                <dl>
                    {row(&["↑", "↓"], t!(i18n, keys.rows).into_any())}
                    {row(&["Space"], t!(i18n, keys.mark).into_any())}
                    {row(&["F2"], t!(i18n, keys.edit).into_any())}
                    {row(&["Enter"], t!(i18n, keys.open).into_any())}
                </dl>
            </section>
        </div>
        <Checkbox
            label=Signal::derive(move || t_string!(i18n, keys.single).to_owned())
            value=settings.single_keys
            on_change=move |on: bool| settings.single_keys.set(on)
        />
    }
    .into_any()
}

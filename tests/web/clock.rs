//! The one clock of the page.

use chrono::{DateTime, Duration, FixedOffset};
use leptos::prelude::*;
use loudou::ui::{
    clock::{Clock, fresh_ulid, now},
    route::Navigation,
    settings::{Language, Settings, Theme},
};
use wasm_bindgen_test::wasm_bindgen_test;

fn with_clock<T>(fixed: Option<&str>, read: impl FnOnce(Clock) -> T) -> T {
    let owner = Owner::new();
    owner.with(|| {
        let settings = Settings {
            language: RwSignal::new(Language::En),
            theme: RwSignal::new(Theme::Auto),
            today: RwSignal::new(fixed.map(|day| day.parse().unwrap())),
            single_keys: RwSignal::new(true),
            me: RwSignal::default(),
            copied: RwSignal::default(),
            hushed: RwSignal::default(),
            told: RwSignal::default(),
        };
        read(Clock::provide(settings, Navigation::provide(), Signal::stored(None)))
    })
}

/// The day on the wall: UTC moved by the offset that the browser names. `toISOString` would give the day in Greenwich.
#[wasm_bindgen_test]
fn today_is_the_day_of_the_visitor_s_time_zone() {
    // Twice, should midnight fall between the two readings.
    let today_is_local = || {
        let west = js_sys::Date::new_0().get_timezone_offset();
        #[allow(clippy::cast_possible_truncation, reason = "an offset is at most a day of minutes")]
        let east = FixedOffset::west_opt(west as i32 * 60).unwrap();
        let local: DateTime<FixedOffset> = now().with_timezone(&east);
        with_clock(None, |clock| clock.today.get_untracked() == local.date_naive() && !clock.fixed.get_untracked())
    };
    assert!(today_is_local() || today_is_local());
}

#[wasm_bindgen_test]
fn a_fixed_day_stands_for_today() {
    let (today, fixed) =
        with_clock(Some("2026-03-31"), |clock| (clock.today.get_untracked(), clock.fixed.get_untracked()));
    assert_eq!((today.to_string().as_str(), fixed), ("2026-03-31", true));
}

#[wasm_bindgen_test]
fn ids_are_of_this_moment_and_differ() {
    let (one, other) = (fresh_ulid(), fresh_ulid());
    assert_ne!(one, other);
    let made = DateTime::from_timestamp_millis(one.timestamp_ms().try_into().unwrap()).unwrap();
    assert!((now() - made).abs() < Duration::seconds(5));
}

//! Numbers, money and dates as a reader of each language expects them.

use leptos::{mount::mount_to, prelude::*};
use loudou::{
    model::Date,
    ui::{
        format::Format,
        settings::{Language, Settings, Theme},
    },
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;

/// What `read` gives in each language: first Chinese, then English.
fn in_each<T: 'static>(read: impl Fn(Format) -> T + 'static) -> [T; 2] {
    let owner = Owner::new();
    owner.with(|| {
        let settings = Settings {
            language: RwSignal::new(Language::Zh),
            theme: RwSignal::new(Theme::Auto),
            today: RwSignal::new(None),
            single_keys: RwSignal::new(true),
            me: RwSignal::default(),
            copied: RwSignal::default(),
            hushed: RwSignal::default(),
            told: RwSignal::default(),
        };
        let format = Format::provide(settings);
        Language::ALL.map(|language| {
            settings.language.set(language);
            read(format)
        })
    })
}

#[wasm_bindgen_test]
fn money_names_its_currency_and_whole_amounts_show_no_cents() {
    assert_eq!(in_each(|f| f.money(3_120_000, "CNY", 2, false)), ["¥31,200", "¥31,200"]);
    assert_eq!(in_each(|f| f.money(3_120_050, "USD", 2, false)), ["$31,200.50", "$31,200.50"]);
    assert_eq!(in_each(|f| f.money(-105_400, "CNY", 2, false)), ["-¥1,054", "-¥1,054"]);
    assert_eq!(in_each(|f| f.money(1_234, "JPY", 0, false)), ["¥1,234", "¥1,234"]);
    assert_eq!(in_each(|f| f.money(1_234_567, "KWD", 3, false)), ["KWD\u{a0}1,234.567", "KWD\u{a0}1,234.567"]);
    assert_eq!(in_each(|f| f.money(None, "CNY", 2, false)), ["—", "—"]);
    assert_eq!(in_each(|f| f.money(500, "", 2, false)), ["5", "5"]);
}

#[wasm_bindgen_test]
fn compact_money_counts_in_the_units_of_the_language() {
    assert_eq!(in_each(|f| f.money(3_120_000, "CNY", 2, true)), ["¥3.12万", "¥31.2K"]);
    assert_eq!(in_each(|f| f.money(1_234_567_800_000, "CNY", 2, true)), ["¥123亿", "¥12.3B"]);
    assert_eq!(in_each(|f| f.money(99_900, "CNY", 2, true)), ["¥999", "¥999"]);
}

#[wasm_bindgen_test]
fn the_largest_amount_is_exact() {
    let largest = loudou::model::Money::MAX.minor();
    assert_eq!(in_each(move |f| f.money(largest, "CNY", 2, false)), ["¥22,517,998,136,852.47"; 2]);
}

#[wasm_bindgen_test]
fn shares_counts_and_lengths() {
    assert_eq!(in_each(|f| f.percent(0.414, 0)), ["41%", "41%"]);
    assert_eq!(in_each(|f| f.percent(0.414, 1)), ["41.4%", "41.4%"]);
    assert_eq!(in_each(|f| f.percent(None, 0)), ["—", "—"]);
    assert_eq!(in_each(|f| f.percent(f64::NAN, 0)), ["—", "—"]);
    assert_eq!(in_each(|f| f.percent(f64::INFINITY, 0)), ["—", "—"]);
    assert_eq!(in_each(|f| f.count(8_800)), ["8,800", "8,800"]);
    assert_eq!(in_each(|f| f.count(None)), ["—", "—"]);
    assert_eq!(in_each(|f| f.number(1.25, 1)), ["1.3", "1.3"]);
    assert_eq!(in_each(|f| f.days(118.0)), ["118天", "118 days"]);
    assert_eq!(in_each(|f| f.days(1.0)), ["1天", "1 day"]);
    assert_eq!(in_each(|f| f.days(0.5)), ["0.5天", "0.5 days"]);
}

#[wasm_bindgen_test]
fn dates_are_the_days_they_name_in_every_time_zone() {
    for (year, month, day, zh, en) in [
        (2026, 9, 30, "2026年9月30日", "Sep 30, 2026"),
        (2026, 1, 1, "2026年1月1日", "Jan 1, 2026"),
        (2024, 2, 29, "2024年2月29日", "Feb 29, 2024"),
        (2025, 12, 31, "2025年12月31日", "Dec 31, 2025"),
    ] {
        let date = Date::from_ymd_opt(year, month, day).unwrap();
        assert_eq!(in_each(move |f| f.date(date)), [zh, en]);
    }
    let date = Date::from_ymd_opt(2026, 9, 30).unwrap();
    assert_eq!(in_each(move |f| f.month(date)), ["2026年9月", "Sep 2026"]);
    assert_eq!(in_each(move |f| f.short_month(date)), ["9月", "Sep"]);
    assert_eq!(in_each(|f| f.date(None)), ["—", "—"]);
}

#[wasm_bindgen_test]
async fn a_view_follows_the_language() {
    let place = document().create_element("div").unwrap().unchecked_into::<web_sys::HtmlElement>();
    let language = RwSignal::new(Language::Zh);
    let view = mount_to(place.clone(), move || {
        let settings = Settings {
            language,
            theme: RwSignal::new(Theme::Auto),
            today: RwSignal::new(None),
            single_keys: RwSignal::new(true),
            me: RwSignal::default(),
            copied: RwSignal::default(),
            hushed: RwSignal::default(),
            told: RwSignal::default(),
        };
        let format = Format::provide(settings);
        view! { <p>{move || format.days(3.0)}</p> }
    });
    assert_eq!(place.text_content().as_deref(), Some("3天"));
    language.set(Language::En);
    leptos::task::tick().await;
    assert_eq!(place.text_content().as_deref(), Some("3 days"));
    drop(view);
}

//! Addresses.

use loudou::ui::route::{Query, Route};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn every_page_is_found_again_at_its_address() {
    let query = Query::default().with("stage", "报价 & 100%").with("q", "a=b+c");
    let pages = [
        Route::Welcome,
        Route::Board,
        Route::Funnel,
        Route::Deals,
        Route::Deal("01J/ä?#".to_owned()),
        Route::Models,
        Route::Model("software-regular".to_owned()),
        Route::Data,
        Route::Import,
        Route::Trash,
        Route::Settings,
        Route::Shared("TERVAQ-_".to_owned()),
        Route::Shared(String::new()),
    ];
    for page in pages {
        assert_eq!(Route::parse(&page.href(&query)), (page.clone(), query.clone()));
        assert_eq!(Route::parse(&page.href(&Query::default())), (page, Query::default()));
    }
}

#[wasm_bindgen_test]
fn a_packet_stays_with_its_page() {
    let (route, query) = Route::parse("#/shared?today=2026-03-31&d=TERV");
    assert_eq!(route, Route::Shared("TERV".to_owned()));
    assert_eq!(Route::Board.href(&query), "#/board?today=2026-03-31");
}

#[wasm_bindgen_test]
fn unknown_and_malformed_addresses_are_read() {
    assert_eq!(Route::parse("").0, Route::Welcome);
    assert_eq!(Route::parse("#/nowhere").0, Route::NotFound);
    assert_eq!(Route::parse("#/board/extra").0, Route::NotFound);
    assert_eq!(Route::parse("#/deal").0, Route::NotFound);
    let (_, query) = Route::parse("#/deals?a=%E0%A4&&b=1+2&b=3&=x");
    assert_eq!(query.iter().collect::<Vec<_>>(), [("a", "%E0%A4"), ("b", "3")]);
}

#[wasm_bindgen_test]
fn a_query_keeps_its_order() {
    let mut query = Query::parse("b=1&a=2&c=3");
    query.set("a", Some("4"));
    query.set("b", None);
    query.set("d", Some(""));
    assert_eq!(query.format(), "a=4&c=3&d=");
}

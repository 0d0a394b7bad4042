//! What people type.

use loudou::{
    model::{Money, Share},
    ui::typed,
};
use wasm_bindgen_test::wasm_bindgen_test;

fn minor(text: &str) -> Option<i64> {
    typed::amount(text, 2).unwrap().map(Money::minor)
}

#[wasm_bindgen_test]
fn amounts_are_read_as_people_write_them() {
    assert_eq!(minor("12,000.50"), Some(1_200_050));
    assert_eq!(minor(" 12 000 "), Some(1_200_000));
    assert_eq!(minor("１２００．５"), Some(120_050));
    assert_eq!(minor("-3"), Some(-300));
    assert_eq!(minor(""), None);
}

#[wasm_bindgen_test]
fn what_is_no_amount_is_refused() {
    for text in ["abc", "1.234", "1e3", "1.2.3", "=1+1", "99999999999999999"] {
        assert!(typed::amount(text, 2).is_err(), "{text}");
    }
}

#[wasm_bindgen_test]
fn an_amount_reads_back_from_its_field() {
    for (minor, digits, text) in [(120_000, 2, "1200"), (120_050, 2, "1200.50"), (7, 0, "7"), (-5, 2, "-0.05")] {
        let amount = Money::from_minor(minor).unwrap();
        assert_eq!(typed::amount_text(amount, digits), text);
        assert_eq!(typed::amount(text, digits), Ok(Some(amount)));
    }
}

#[wasm_bindgen_test]
fn searches_see_neither_case_nor_width() {
    assert_eq!(typed::folded(" ＧＴＸ　Pro１ "), "gtx pro1");
    assert_eq!(typed::folded("华东·ÄB"), "华东·äb");
}

#[wasm_bindgen_test]
fn percentages_are_read_with_and_without_their_sign() {
    for (text, share) in [("25", 2_500), ("２５％", 2_500), (" 33.3 % ", 3_330), ("0", 0), ("100%", 10_000)] {
        let share = Share::from_basis_points(share).unwrap();
        assert_eq!(typed::percent(text), Ok(Some(share)), "{text}");
        assert_eq!(typed::percent(&typed::percent_text(share)), Ok(Some(share)));
    }
    assert_eq!(typed::percent(" "), Ok(None));
    for text in ["-1", "100.1", "x", "5%%x"] {
        assert_eq!(typed::percent(text), Err(typed::NotAPercentage), "{text}");
    }
}

//! Which rows a list keeps, and which columns a table.

use loudou::ui::components::{
    data_table::{across::columns_between, step},
    virtual_list::window_of,
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_window_follows_the_scroll_and_stays_inside_the_list() {
    assert_eq!(window_of(0.0, 400.0, 40.0, 2, 1000), (0, 13));
    assert_eq!(window_of(4000.0, 400.0, 40.0, 2, 1000), (98, 113));
    assert_eq!(window_of(1e9, 400.0, 40.0, 2, 1000), (1000, 1000));
    assert_eq!(window_of(0.0, 400.0, 40.0, 2, 3), (0, 3));
    assert_eq!(window_of(-50.0, 0.0, 40.0, 0, 0), (0, 0));
}

#[wasm_bindgen_test]
fn keys_move_through_the_rows_and_stop_at_the_ends() {
    assert_eq!(step("ArrowDown", None, 3), Some(0));
    assert_eq!(step("ArrowDown", Some(2), 3), Some(2));
    assert_eq!(step("PageUp", Some(4), 30), Some(0));
    assert_eq!(step("End", None, 30), Some(29));
    assert_eq!(step("a", Some(1), 3), None);
    assert_eq!(step("ArrowDown", None, 0), None);
}

#[wasm_bindgen_test]
fn columns_in_view_are_those_that_are_seen_in_part() {
    let widths = [10.0; 8];
    assert_eq!(columns_between(&widths, 0.0, 25.0), (0, 3));
    assert_eq!(columns_between(&widths, 25.0, 25.0), (2, 5));
    assert_eq!(columns_between(&widths, 55.0, 25.0), (5, 8));
    assert_eq!(columns_between(&widths, 0.0, 80.0), (0, 8));
    assert_eq!(columns_between(&widths, 0.0, 200.0), (0, 8));
    assert_eq!(columns_between(&[], 0.0, 200.0), (0, 0));
}

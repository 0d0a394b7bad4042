//! The arithmetic of the charts.

use loudou::ui::charts::geometry::{Segment, outline, segments, shortened, stack, ticks};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn widths_are_true_to_scale_and_walls_lead_to_the_next_stage() {
    let segments = segments(&[100.0, 50.0, 25.0], 100.0, 0.5);
    assert_eq!(
        segments,
        [Segment { top: 1.0, bottom: 0.75 }, Segment { top: 0.5, bottom: 0.375 }, Segment { top: 0.25, bottom: 0.25 },]
    );
    assert_eq!(outline(Segment { top: 1.0, bottom: 0.75 }), "0,0 100,0 87.5,100 12.5,100");
}

#[wasm_bindgen_test]
fn a_funnel_of_nothing_has_no_width() {
    assert_eq!(segments(&[0.0, f64::NAN], 0.0, 0.5), [Segment { top: 0.0, bottom: 0.0 }; 2]);
    assert_eq!(segments(&[], 1.0, 0.5), []);
}

#[wasm_bindgen_test]
fn a_name_is_shortened_to_its_room() {
    assert_eq!(shortened("Job fair", 60.0), "Job fair");
    assert_eq!(shortened("Job fair on Monday", 60.0), "Job fai…");
    assert_eq!(shortened("润序新材料", 65.0), "润序新材料");
    assert_eq!(shortened("润序新材料", 60.0), "润序新…");
    assert_eq!(shortened("润序", 0.0), "…");
}

#[wasm_bindgen_test]
fn the_axis_reaches_over_the_largest_bar_in_round_steps() {
    assert_eq!(ticks(87.0, 4), [0.0, 50.0, 100.0]);
    assert_eq!(ticks(100.0, 4), [0.0, 50.0, 100.0]);
    assert_eq!(ticks(3.0, 4), [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(ticks(0.0, 4), [0.0, 1.0]);
    assert_eq!(ticks(f64::NAN, 4), [0.0, 1.0]);
}

#[wasm_bindgen_test]
fn parts_stand_on_each_other() {
    assert_eq!(stack(&[2.0, -1.0, 3.0]), [(0.0, 2.0), (2.0, 2.0), (2.0, 5.0)]);
}

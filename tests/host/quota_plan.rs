//! Laws of sharing out a quota: the parts are the whole, and nobody gets what is not theirs.

use loudou::metrics::quota_plan::{rounded, share_out};
use proptest::prelude::*;

proptest! {
    #[test]
    fn parts_are_the_whole(
        whole in 0_i64..(1 << 51),
        weights in prop::collection::vec(0_i128..(1 << 60), 1..40),
        step in 1_i64..10_000_000,
    ) {
        let Some(parts) = share_out(whole, &weights, step) else {
            prop_assert!(weights.iter().all(|weight| *weight == 0));
            return Ok(());
        };
        prop_assert_eq!(parts.iter().sum::<i64>(), whole);
        let largest = weights.iter().position(|weight| weight == weights.iter().max().unwrap()).unwrap();
        let all: i128 = weights.iter().sum();
        for (place, (part, weight)) in parts.iter().zip(&weights).enumerate() {
            let whole_steps = part - if place == largest { whole % step } else { 0 };
            prop_assert_eq!(whole_steps % step, 0);
            // The quota rule: within one step of the exact share of the whole steps.
            let exact = weight * i128::from(whole - whole % step);
            prop_assert!((i128::from(whole_steps) * all - exact).abs() < i128::from(step) * all);
            prop_assert!(*weight > 0 || *part == 0);
        }
        for (a, one) in weights.iter().enumerate() {
            for (b, other) in weights.iter().enumerate() {
                prop_assert!(one <= other || parts[a] >= parts[b]);
            }
        }
    }

    #[test]
    fn what_is_rounded_lies_near(amount in 0_i128..(1 << 60), step in 1_i64..10_000_000) {
        let near = rounded(amount, step);
        prop_assert_eq!(near % i128::from(step), 0);
        prop_assert!((near - amount).abs() * 2 <= i128::from(step));
    }
}

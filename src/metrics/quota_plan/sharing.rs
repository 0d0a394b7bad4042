//! A whole shared out in round parts that add up to it again.

/// A whole amount shared out in proportion to weights, in minor units and in the order of the weights: each part is a multiple of
/// `step`, and all together are the whole.
///
/// Largest remainder (Hamilton): each gets the whole steps of its exact share, and those with the largest rest one step more until
/// the whole steps are given away. What is less than a step comes to the largest weight. Of equal rests the larger weight goes
/// first, then the earlier one, so the same question always has the same answer, and a larger weight never gets less than a smaller
/// one. Who weighs nothing gets nothing. Negative weights count as nothing and a step below 1 as 1; `None` when nobody weighs
/// anything, when the whole is below 0 or when the weights are beyond all reason.
///
/// ```
/// use loudou::metrics::quota_plan::share_out;
/// // Exactly 333.33 each: in steps of 10, one of them gets 10 more, and it is the first.
/// assert_eq!(share_out(1_000, &[1, 1, 1], 10), Some(vec![340, 330, 330]));
/// // 500 : 300 : 200 of 1,005 in steps of 100: 502.5, 301.5, 201; the 5 that are less than a step come to the largest.
/// assert_eq!(share_out(1_005, &[500, 300, 200], 100), Some(vec![505, 300, 200]));
/// assert_eq!(share_out(1_000, &[0, 0], 10), None);
/// ```
pub fn share_out(whole: i64, weights: &[i128], step: i64) -> Option<Vec<i64>> {
    let step = i128::from(step.max(1));
    let weights: Vec<i128> = weights.iter().map(|weight| (*weight).max(0)).collect();
    let all = weights.iter().try_fold(0_i128, |all, weight| all.checked_add(*weight))?;
    let (steps, less) = (i128::from(whole) / step, i128::from(whole) % step);
    if all == 0 || whole < 0 || all.checked_mul(steps).is_none() {
        return None;
    }
    let mut parts: Vec<i128> = weights.iter().map(|weight| weight * steps / all).collect();
    let mut order: Vec<(i128, i128, usize)> =
        weights.iter().enumerate().map(|(place, weight)| (weight * steps % all, *weight, place)).collect();
    order.sort_by_key(|(rest, weight, place)| (-rest, -weight, *place));
    let open = usize::try_from(steps - parts.iter().sum::<i128>()).ok()?;
    for (_, _, place) in order.iter().take(open) {
        *parts.get_mut(*place)? += 1;
    }
    let mut parts: Vec<i128> = parts.into_iter().map(|part| part * step).collect();
    let (_, _, largest) = order.iter().min_by_key(|(_, weight, place)| (-weight, *place))?;
    *parts.get_mut(*largest)? += less;
    parts.into_iter().map(|part| i64::try_from(part).ok()).collect()
}

/// An amount to the nearest multiple of a step; halves go up.
///
/// ```
/// use loudou::metrics::quota_plan::rounded;
/// assert_eq!([449, 450, 451].map(|amount| rounded(amount, 100)), [400, 500, 500]);
/// ```
pub fn rounded(amount: i128, step: i64) -> i128 {
    let step = i128::from(step.max(1));
    (amount + step / 2).div_euclid(step) * step
}

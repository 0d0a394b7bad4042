//! Who says more than comes, and who less.

use std::collections::{BTreeMap, BTreeSet};

use super::{Claim, Group, Past, fate};
use crate::{
    metrics::{Filter, Frame, Row, View, cohort::Fate, view::Status},
    model::{Date, PersonId},
};

/// What a seller said of their deals, against what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimism {
    /// The seller; `None` for deals without an owner.
    pub person: Option<PersonId>,
    /// Their decided deals. Its gap is their optimism: the mean of chance − outcome.
    pub group: Group,
    /// Their deals that are neither won nor lost yet: not counted.
    pub undecided: Vec<Row>,
    /// Days from the expected close to the signature, the middle one of the deals that were won; below 0, they came early. `None`
    /// when no won deal had an expected close.
    pub slip: Option<i64>,
    /// The won deals that had an expected close.
    pub slipped: Vec<Row>,
}

/// What each seller said of their own deals against what had come by the end of `as_of`: those who say too much first.
///
/// A deal counts once for each of its owners, as it stood on the first of the days on which it was open and theirs; its chance is
/// the seller's own probability, or else that of the stage they had put it in. Whoever has no decided deal is missing. The slip is
/// of won deals only, for nobody knows when a lost one would have closed.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, backtest::{Leaning, Lookback, month_ends, optimism}, simulation::Basis};
/// let workspace = six_deals();
/// let (frame, today) = (Frame::new(&workspace), day(2026, 3, 31));
/// let mut lookback = Lookback::new(workspace);
/// let past = |end| lookback.past(end, &Filter::default(), Basis::Model, 1);
/// let pasts: Vec<_> = month_ends(today, 2).into_iter().map(past).collect();
/// // Nobody owns the six deals: one at 50 % was won, one at 25 % lost.
/// let nobody = &optimism(&frame, today, &pasts)[0];
/// assert_eq!((nobody.person, nobody.group.said, nobody.group.gap()), (None, 0.375, -0.125));
/// assert_eq!((nobody.group.leaning(), nobody.undecided.len()), (Leaning::TooFew, 3));
/// assert_eq!(nobody.slip, None);
/// ```
pub fn optimism(frame: &Frame, as_of: Date, pasts: &[Past]) -> Vec<Optimism> {
    let all = Filter::default();
    let now = frame.view(as_of, &all);
    let mut seen = BTreeSet::new();
    let firsts = pasts.iter().flat_map(|past| &past.claims).filter(|claim| seen.insert((claim.row, claim.owner)));
    let mut by_person: BTreeMap<Option<PersonId>, Vec<(&Claim, Fate)>> = BTreeMap::new();
    for claim in firsts {
        by_person.entry(claim.owner).or_default().push((claim, fate(&now, claim.row)));
    }
    let of = |(person, claims): (Option<PersonId>, Vec<(&Claim, Fate)>)| {
        let decided = claims.iter().filter(|(_, fate)| *fate != Fate::Open);
        let group = Group::of(decided.map(|(claim, fate)| (claim.row, claim.own, fate)))?;
        let undecided = claims.iter().filter(|(_, fate)| *fate == Fate::Open).map(|(claim, _)| claim.row).collect();
        let slips = claims.iter().filter_map(|(claim, _)| Some((slip(&now, claim)?, claim.row)));
        let (mut days, slipped): (Vec<i64>, Vec<Row>) = slips.unzip();
        days.sort_unstable();
        let slip = days.get(days.len() / 2).copied();
        Some(Optimism { person, group, undecided, slip, slipped })
    };
    let mut all: Vec<Optimism> = by_person.into_iter().filter_map(of).collect();
    all.sort_by(|a, b| b.group.gap().total_cmp(&a.group.gap()));
    all
}

/// Days from the expected close of the claim to the signature; `None` when the deal is not won or no day was expected.
fn slip(now: &View, claim: &Claim) -> Option<i64> {
    match now.state(claim.row)?.status {
        Status::Won(Some(on)) => Some((on - claim.close?).num_days()),
        _ => None,
    }
}

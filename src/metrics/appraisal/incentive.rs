//! What is paid for won money, line by line (method §8, incentive).

use crate::model::{Incentive, Share};

/// Hundredths in a whole, for the parts of a quota.
const PERCENT: i128 = 100;
/// Basis points in a whole, for shares.
const WHOLE: i128 = 10_000;

/// What a line pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaidFor {
    /// The won money below the first step, or all of it without a quota.
    Base,
    /// The won money between this step, by its place from 0, and the next one.
    Step(usize),
    /// A part of what the department won above its quota.
    Team,
}

/// One line of what is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayLine {
    /// What it is for.
    pub what: PaidFor,
    /// The money it is a share of, in minor units; of the team, all that the department won above its quota.
    pub of: i128,
    /// The share.
    pub share: Share,
    /// Among how many it is parted: 1, but for the team.
    pub among: usize,
    /// What is paid, in whole minor units.
    pub amount: i128,
}

/// What a department won above its quota, and whose part is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamPart {
    /// What it won, in minor units.
    pub won: i128,
    /// Its quota in minor units; without one there is no team part.
    pub quota: Option<i128>,
    /// How many people part it.
    pub people: usize,
    /// The place of the one who is paid among them, from 0.
    pub place: usize,
}

/// What somebody is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pay {
    /// What was won, in minor units.
    pub won: i128,
    /// The quota in minor units; without one no step is reached.
    pub quota: Option<i128>,
    /// The lines; a step that was not reached has none.
    pub lines: Vec<PayLine>,
}

impl Pay {
    /// The sum of the lines, in minor units.
    pub fn total(&self) -> i128 {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// What is paid ÷ what was won; `None` when nothing was.
    pub fn share(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "a share that is shown")]
        (self.won > 0).then(|| self.total() as f64 / self.won as f64)
    }
}

/// What `rule` pays for `won` against a `quota`, both in minor units.
///
/// The won money is cut at the steps: below the first one it earns the share of the rule, between two steps that of the lower one, and
/// nothing that was earned below a step changes when it is reached. So the pay has no jump at a step and never falls while more is
/// won. A step begins at so many percent of the quota, to the nearest minor unit. The department's part is the team share of what
/// it won above its quota, parted into whole minor units as evenly as they go, the first of its people getting one more where it
/// does not come out even.
///
/// Every line is rounded to the nearest minor unit, a half upwards, and the total is the sum of the rounded lines. Less than nothing
/// won, as after a credit note, pays nothing.
///
/// ```
/// use loudou::{metrics::appraisal::{PaidFor, TeamPart, incentive}, model::{Incentive, IncentiveStep, Share}};
/// // 2 % of what is won, 4 % above the quota, 6 % above one and a half times the quota.
/// let steps = [(100, 4), (150, 6)].map(|(from, share)| IncentiveStep { from, share: Share::percent(share) });
/// let rule = Incentive { share: Share::percent(2), steps: steps.into(), team: Share::percent(1) };
/// // A quota of 1,000.00 and 1,600.00 won: 20.00 + 20.00 + 6.00.
/// let pay = incentive(&rule, 160_000, Some(100_000), None);
/// let lines: Vec<_> = pay.lines.iter().map(|line| (line.what, line.of, line.amount)).collect();
/// assert_eq!(lines, [(PaidFor::Base, 100_000, 2_000), (PaidFor::Step(0), 50_000, 2_000), (PaidFor::Step(1), 10_000, 600)]);
/// assert_eq!(pay.total(), 4_600);
/// // The department won 500.00 above its quota; 1 % of that among three: 1.67, 1.67 and 1.66.
/// let part = TeamPart { won: 350_000, quota: Some(300_000), people: 3, place: 2 };
/// assert_eq!(incentive(&rule, 0, None, Some(part)).lines.last().unwrap().amount, 166);
/// ```
pub fn incentive(rule: &Incentive, won: i128, quota: Option<i128>, team: Option<TeamPart>) -> Pay {
    let most = won.max(0);
    // Where each share begins: the base at 0, and the steps of a quota that asks for something.
    let steps = quota.filter(|quota| *quota > 0).into_iter().flat_map(|quota| {
        rule.steps.iter().enumerate().map(move |(place, step)| {
            (PaidFor::Step(place), nearest(quota * i128::from(step.from), PERCENT), step.share)
        })
    });
    let begins: Vec<_> = std::iter::once((PaidFor::Base, 0, rule.share)).chain(steps).collect();
    let ends = begins.iter().skip(1).map(|(_, begins, _)| *begins).chain([most]);
    let lines = begins.iter().zip(ends).filter_map(|((what, begins, share), ends)| {
        let of = ends.min(most) - begins;
        let amount = nearest(of * i128::from(share.basis_points()), WHOLE);
        (of > 0 || *what == PaidFor::Base).then_some(PayLine {
            what: *what,
            of: of.max(0),
            share: *share,
            among: 1,
            amount,
        })
    });
    let lines = lines.chain(team.and_then(|part| of_team(rule.team, part))).collect();
    Pay { won, quota, lines }
}

fn of_team(share: Share, part: TeamPart) -> Option<PayLine> {
    if share == Share::ZERO || part.people == 0 {
        return None;
    }
    let of = (part.won - part.quota?).max(0);
    let all = nearest(of * i128::from(share.basis_points()), WHOLE);
    let (people, place) = (i128::try_from(part.people).ok()?, i128::try_from(part.place).ok()?);
    let amount = all / people + i128::from(place < all % people);
    Some(PayLine { what: PaidFor::Team, of, share, among: part.people, amount })
}

/// A quotient of numbers from 0 on to the nearest whole one, a half upwards.
fn nearest(of: i128, by: i128) -> i128 {
    (of.max(0) + by / 2) / by
}

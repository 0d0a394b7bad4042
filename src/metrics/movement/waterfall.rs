//! How the open amount of one day became that of another (method §5.6).

use std::collections::BTreeMap;

use crate::{
    metrics::{
        LeftOut, Period, Reason, Row, View,
        view::{State, Status},
    },
    model::{Date, ModelId},
};

/// Why the open amount changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Deals that began in between.
    New,
    /// Open deals whose expected close moved into the horizon.
    PulledIn,
    /// Amounts that went up, or became known.
    Increased,
    /// Closed or sleeping deals that went on.
    Reopened,
    /// Open deals that came into the view: from another owner or another model.
    TakenOver,
    /// Amounts that went down, or are no longer known.
    Decreased,
    /// Open deals whose expected close moved out of the horizon.
    PushedOut,
    /// Open deals that left the view: to another owner or another model.
    HandedOver,
    /// Deals that were lost.
    Lost,
    /// Deals that fell asleep.
    Dormant,
    /// Deals that were won.
    Won,
}

impl Bucket {
    /// In the order in which they are shown: what adds, then what takes away, won last.
    pub const ALL: [Self; 11] = [
        Self::New,
        Self::PulledIn,
        Self::Increased,
        Self::Reopened,
        Self::TakenOver,
        Self::Decreased,
        Self::PushedOut,
        Self::HandedOver,
        Self::Lost,
        Self::Dormant,
        Self::Won,
    ];
}

/// The deals of one bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The deals, each once.
    pub deals: Vec<Row>,
    /// By how much they changed the open amount, in minor units: above 0 what adds, below 0 what takes away.
    pub change: i128,
}

/// A change of the open amount between two days, by its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waterfall {
    /// Open at the end of the first day.
    pub start: Item,
    /// What changed; buckets without a deal are missing.
    pub changes: BTreeMap<Bucket, Item>,
    /// Open at the end of the last day, counted on its own.
    pub end: Item,
    /// Deals that are open on one of the days and whose amount nobody knows then: they count as nothing, under
    /// [`Reason::NoAmount`].
    pub left_out: LeftOut,
}

impl Waterfall {
    /// Start + changes − end, in minor units. It is 0: nothing comes from nowhere and nothing disappears.
    pub fn residual(&self) -> i128 {
        self.start.change + self.changes.values().map(|item| item.change).sum::<i128>() - self.end.change
    }
}

/// A deal as the waterfall sees it on one day.
#[derive(Clone, Copy)]
struct Seen {
    /// Whether it is counted: open, in the view, and expected to close within the horizon.
    counted: bool,
    /// Whether the view has it: its owner passes the filter and it runs through the model.
    in_view: bool,
    status: Status,
    amount: Option<i128>,
}

/// What changed the open amount between the days of two views of one frame with one filter; `before` is the earlier day.
///
/// With a horizon, only deals expected to close within it are counted: then the close dates that moved in and out have buckets of
/// their own. Without one, every open deal is counted. A deal that left is first brought to the amount it had when it left, so that
/// [`Bucket::Won`] is what was really won; one that comes back or in begins with the amount it had before. What happened and was
/// undone in between leaves no trace: a waterfall compares two days.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, movement::{Bucket, waterfall}};
/// let frame = Frame::new(&six_deals());
/// let all = Filter::default();
/// let change = waterfall(&frame.view(day(2026, 1, 31), &all), &frame.view(day(2026, 3, 31), &all), None);
/// // At the end of January 1,000, 3,000, 2,000 and 500 are open; 4,000 begins, 3,000 is lost, 1,000 is won.
/// assert_eq!((change.start.change, change.end.change), (650_000, 650_000));
/// assert_eq!(change.changes[&Bucket::New].change, 400_000);
/// assert_eq!(change.changes[&Bucket::Lost].change, -300_000);
/// assert_eq!(change.changes[&Bucket::Won].change, -100_000);
/// assert_eq!(change.residual(), 0);
/// ```
pub fn waterfall(before: &View, after: &View, horizon: Option<Period>) -> Waterfall {
    let mut result = Waterfall {
        start: Item::default(),
        changes: BTreeMap::new(),
        end: Item::default(),
        left_out: LeftOut::default(),
    };
    let frame = after.frame;
    for (row, facts) in frame.rows() {
        let then = before.state(row).map(|state| seen(state, before.filter.model, frame, horizon));
        let now = after.state(row).map(|state| seen(state, after.filter.model, frame, horizon));
        if !then.is_some_and(|seen| seen.counted) && !now.is_some_and(|seen| seen.counted) {
            continue;
        }
        // The other day may lie outside the filter: what the deal was then is asked of the frame itself.
        let on = |view: &View, known: Option<Seen>| {
            known.or_else(|| {
                let state = frame.state(row, facts, view.as_of)?;
                Some(Seen { counted: false, in_view: false, ..seen(&state, view.filter.model, frame, horizon) })
            })
        };
        let (then, now) = (on(before, then), on(after, now));
        result.account(row, then, now);
    }
    result
}

fn seen(state: &State, model: Option<ModelId>, frame: &crate::metrics::Frame, horizon: Option<Period>) -> Seen {
    let through = |number: usize| frame.models.get(number).map(|model| model.id);
    let in_view = model.is_none_or(|wanted| state.stage.and_then(|stage| through(stage.model)) == Some(wanted));
    let open = state.status == Status::Open;
    let soon = |close: Option<Date>| horizon.is_none_or(|horizon| close.is_some_and(|day| horizon.contains(day)));
    Seen {
        counted: open && in_view && soon(state.close),
        in_view,
        status: state.status,
        amount: state.amount.map(|amount| i128::from(amount.minor())),
    }
}

impl Waterfall {
    /// Books what became of one deal.
    fn account(&mut self, row: Row, then: Option<Seen>, now: Option<Seen>) {
        let worth = |seen: Option<Seen>| seen.and_then(|seen| seen.amount).unwrap_or_default();
        let (old, new) = (worth(then), worth(now));
        let unknown = |seen: Option<Seen>| seen.is_some_and(|seen| seen.counted && seen.amount.is_none());
        if unknown(then) || unknown(now) {
            self.left_out.add(Reason::NoAmount, row);
        }
        let was = then.filter(|seen| seen.counted);
        let is = now.filter(|seen| seen.counted);
        if was.is_some() {
            self.start.add(row, old);
        }
        if is.is_some() {
            self.end.add(row, new);
        }
        match (was, then, now) {
            // It is counted on both days, or was: the amount first, then the reason why it left.
            (Some(_), _, now) => {
                self.adjust(row, old, new);
                if let Some(reason) = now.filter(|seen| !seen.counted).map(left) {
                    self.book(reason, row, -new);
                }
            }
            (None, None, _) => self.book(Bucket::New, row, new),
            (None, Some(then), _) => {
                self.book(came(then), row, old);
                self.adjust(row, old, new);
            }
        }
    }

    fn adjust(&mut self, row: Row, old: i128, new: i128) {
        match new - old {
            0 => {}
            more @ 1.. => self.book(Bucket::Increased, row, more),
            less => self.book(Bucket::Decreased, row, less),
        }
    }

    fn book(&mut self, bucket: Bucket, row: Row, change: i128) {
        self.changes.entry(bucket).or_default().add(row, change);
    }
}

impl Item {
    fn add(&mut self, row: Row, change: i128) {
        self.deals.push(row);
        self.change += change;
    }
}

/// Why a deal that was not counted on the first day is on the last.
fn came(then: Seen) -> Bucket {
    match (then.status, then.in_view) {
        (Status::Open, true) => Bucket::PulledIn,
        (Status::Open, false) => Bucket::TakenOver,
        _ => Bucket::Reopened,
    }
}

/// Why a deal that was counted on the first day is not on the last.
fn left(now: Seen) -> Bucket {
    match (now.status, now.in_view) {
        (Status::Won(_), _) => Bucket::Won,
        (Status::Lost(_), _) => Bucket::Lost,
        (Status::Dormant(_), _) => Bucket::Dormant,
        (Status::Open, false) => Bucket::HandedOver,
        (Status::Open, true) => Bucket::PushedOut,
    }
}

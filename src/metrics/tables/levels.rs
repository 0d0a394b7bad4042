//! The level table (客户级别表, method §5.3).

use super::status::{CustomerStatus, Place};
use crate::{
    metrics::{Holding, LeftOut, Reason, View, holding::Tally, view::Status},
    model::{CustomerId, Level, Zone},
};

/// The columns of the table: high, medium, low and unknown fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fit(pub Option<Level>);

impl Fit {
    /// The columns in order.
    pub const ALL: [Self; 4] = [Self(Some(Level::High)), Self(Some(Level::Medium)), Self(Some(Level::Low)), Self(None)];

    fn place(self) -> usize {
        Self::ALL.iter().position(|fit| *fit == self).unwrap_or_default()
    }
}

/// Some customers, and what may come of their open deals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelCell {
    /// The customers, in the order of their ids.
    pub customers: Vec<CustomerId>,
    /// All their open deals in the view.
    pub open: Holding,
}

/// A line of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelRow {
    /// By fit, in the order of [`Fit::ALL`].
    pub by_fit: [LevelCell; 4],
    /// Whatever the fit.
    pub all: LevelCell,
}

/// The level table.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// Every stage of the models of the filter in order, then what lies beside and after the funnel.
    pub places: Vec<(Place, LevelRow)>,
    /// The stages by zone: upper, middle, lower.
    pub zones: [(Zone, LevelRow); 3],
    /// Everybody.
    pub total: LevelRow,
    /// Open deals that name no customer ([`Reason::NoCustomer`]): they are in no cell.
    pub left_out: LeftOut,
}

/// How many customers and how much open money stand at each level of the funnel, by fit.
///
/// A customer counts once, where `customers`, the [status table](super::customer_status) of the same view, says that it stands; its
/// money is that of all its open deals, also of those that stand elsewhere. So every column adds up to its total, and the total
/// with the deals left out to the open deals of the [stock](super::super::stock()).
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{company, created, day, deal, model, stage};
/// use loudou::{
///     metrics::{Filter, Frame, Reason, tables::{customer_levels, customer_status}},
///     model::{Batch, Customer, Level},
/// };
/// // Acme, a high fit, talks about 9,000.00 and has an offer of 4,000.00; a deal of 500.00 names no customer.
/// let customers = vec![Customer { fit: Some(Level::High), ..Customer::named(1.into(), "Acme") }];
/// let mut deals = vec![
///     deal(1, created(1, Some(900_000), None, None), Some(day(2026, 1, 1)), vec![]),
///     deal(2, created(2, Some(400_000), None, None), Some(day(2026, 1, 5)), vec![]),
///     deal(3, created(1, Some(50_000), None, None), Some(day(2026, 1, 9)), vec![]),
/// ];
/// deals[0].details.customer = Some(1.into());
/// deals[1].details.customer = Some(1.into());
/// let models = vec![model(1, vec![stage(1, "Talk", 25), stage(2, "Offer", 50)])];
/// let company = company(Batch { models, customers, deals, ..Batch::default() });
/// let (frame, everything) = (Frame::new(&company), Filter::default());
/// let view = frame.view(day(2026, 3, 1), &everything);
/// let levels = customer_levels(&view, &customer_status(&view, &company));
/// // Acme stands at the offer with all its money: 25 % of 9,000.00 and 50 % of 4,000.00 are 4,250.00.
/// let offer = &levels.places[1].1;
/// assert_eq!((offer.by_fit[0].customers.len(), offer.by_fit[0].open.amount), (1, 1_300_000));
/// assert_eq!((offer.all.open.weighted, levels.total.all.open.amount), (425_000.0, 1_300_000));
/// assert_eq!(levels.left_out.of(Reason::NoCustomer).len(), 1);
/// ```
pub fn customer_levels(view: &View, customers: &[CustomerStatus]) -> Levels {
    let stages = view.frame.stages.iter().filter(|stage| view.shows(stage.model));
    let stages: Vec<_> = stages
        .filter_map(|stage| Some((Place::Stage(view.frame.models.get(stage.model)?.id, stage.id), Some(stage.zone))))
        .collect();
    let beside = [Place::Dormant, Place::AfterSale, Place::Won, Place::Lost, Place::NoDeal].map(|place| (place, None));
    let mut places: Vec<_> =
        stages.into_iter().chain(beside).map(|(place, zone)| (place, zone, Sum::default())).collect();
    let mut zones = [Zone::Upper, Zone::Middle, Zone::Lower].map(|zone| (zone, Sum::default()));
    let mut total = Sum::default();
    for customer in customers {
        let Some((_, zone, row)) = places.iter_mut().find(|(place, ..)| *place == customer.place) else { continue };
        row.add(view, customer);
        if let Some((_, sum)) = zones.iter_mut().find(|(known, _)| Some(*known) == *zone) {
            sum.add(view, customer);
        }
        total.add(view, customer);
    }
    let mut left_out = LeftOut::default();
    for state in view.states.iter().filter(|state| state.status == Status::Open && state.facts.customer.is_none()) {
        if state.stage.is_some_and(|stage| view.shows(stage.model)) {
            left_out.add(Reason::NoCustomer, state.row);
        }
    }
    Levels {
        places: places.into_iter().map(|(place, _, sum)| (place, sum.finish())).collect(),
        zones: zones.map(|(zone, sum)| (zone, sum.finish())),
        total: total.finish(),
        left_out,
    }
}

/// Adds up a [`LevelRow`].
#[derive(Default)]
struct Sum {
    by_fit: [(Vec<CustomerId>, Tally); 4],
    all: (Vec<CustomerId>, Tally),
}

impl Sum {
    fn add(&mut self, view: &View, customer: &CustomerStatus) {
        let cells = self.by_fit.get_mut(Fit(customer.fit).place()).into_iter().chain([&mut self.all]);
        for (customers, tally) in cells {
            customers.push(customer.customer);
            for state in customer.open.deals.iter().filter_map(|row| view.state(*row)) {
                if let Some(stage) = state.stage {
                    tally.add(state, state.chance(stage));
                }
            }
        }
    }

    fn finish(self) -> LevelRow {
        let cell = |(customers, tally): (Vec<CustomerId>, Tally)| LevelCell { customers, open: tally.finish() };
        LevelRow { by_fit: self.by_fit.map(cell), all: cell(self.all) }
    }
}

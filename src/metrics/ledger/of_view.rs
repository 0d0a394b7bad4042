//! The ledger of a view.

use chrono::Datelike as _;

use super::{Ground, Ledger, Line, Outcome, Whose};
use crate::{
    metrics::{
        LeftOut, Month, Reason, View,
        frame::Step,
        timeline::{until, value_on},
        view::{State, Status},
    },
    model::{Date, ModelId, Money, PersonId},
};

/// The ledger of one model, and what its numbers stand for.
#[derive(Clone, Debug)]
pub struct OfModel {
    /// The model.
    pub model: ModelId,
    /// The flows; its ticks are days of the common era.
    pub ledger: Ledger,
    /// The months of the ledger, oldest first; empty when nothing was entered.
    pub months: Vec<Month>,
    /// The sellers by number, as they owned the deals on the day of the view; `None` for nobody. Departments are not told apart.
    pub owners: Vec<Option<PersonId>>,
    /// Deals that are not in it: of which a day is unknown ([`Reason::Undated`]), or that were elsewhere in between
    /// ([`Reason::EnteredMidway`]).
    pub left_out: LeftOut,
}

/// The ledgers of the deals of a view, one for each model of its filter. A deal asleep is open; one that a revision put elsewhere stays
/// where its last step of its own led.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, ledger::{Wanted, ledger}};
/// let frame = Frame::new(&six_deals());
/// let all = Filter::default();
/// let flows = ledger(&frame.view(day(2026, 3, 31), &all)).remove(0);
/// // Of one of the six deals nobody knows when it began.
/// assert_eq!((flows.ledger.deals(), flows.months.len()), (5, 3));
/// let sums = flows.ledger.sums(&Wanted::default());
/// assert_eq!((sums.owners[0].won, sums.owners[0].lost, sums.cycle), (1, 1, Some(50.0)));
/// ```
pub fn ledger(view: &View) -> Vec<OfModel> {
    view.models().map(|(number, model)| of_model(view, number, model.id)).collect()
}

/// A deal made ready.
struct Ready<'a> {
    state: &'a State<'a>,
    entries: Vec<(u8, i64)>,
    closed: i64,
    owner: Option<PersonId>,
}

fn of_model(view: &View, number: usize, model: ModelId) -> OfModel {
    let mut left_out = LeftOut::default();
    let mut ready = Vec::new();
    for state in view.states.iter().filter(|state| state.stage.is_some_and(|stage| stage.model == number)) {
        match read(view, number, state) {
            Ok(deal) => ready.push(deal),
            Err(reason) => left_out.add(reason, state.row),
        }
    }
    let first = ready.iter().filter_map(|deal| deal.entries.first()).min_by_key(|(_, day)| *day);
    let first = first.and_then(|(_, day)| Date::from_num_days_from_ce_opt(i32::try_from(*day).ok()?));
    let months = first.map_or(Vec::new(), |first| months_until(first, view.as_of));
    let mut owners: Vec<_> = ready.iter().map(|deal| deal.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let weights = view.frame.stages.iter().filter(|stage| stage.model == number);
    let ground = Ground {
        months: months.iter().map(|(_, first)| day(*first)).chain([day(view.as_of) + 1]).collect(),
        weights: weights.map(|stage| stage.probability.basis_points().into()).collect(),
        owners: u16::try_from(owners.len()).unwrap_or(u16::MAX),
        departments: 1,
    };
    let mut ledger = Ledger::new(ground).unwrap_or_default();
    for deal in ready {
        let owner = owners.binary_search(&deal.owner).ok().and_then(|owner| u16::try_from(owner).ok());
        let (facts, amount) = (deal.state.facts, deal.state.amount.map_or(0, Money::minor));
        let outcome = match deal.state.status {
            Status::Won(_) => Outcome::Won,
            Status::Lost(_) => Outcome::Lost,
            Status::Open | Status::Dormant(_) => Outcome::Open,
        };
        let source = u16::try_from(facts.source).unwrap_or(u16::MAX);
        let owner = owner.unwrap_or(u16::MAX);
        let whose = Whose { owner, department: 0, source };
        ledger.push(whose, Line { amount, outcome, closed: deal.closed }, &deal.entries);
    }
    OfModel { model, ledger, months: months.into_iter().map(|(month, _)| month).collect(), owners, left_out }
}

/// The way of a deal, or why it cannot be told. What was closed and reopened stayed where it was.
fn read<'a>(view: &View, number: usize, state: &'a State<'a>) -> Result<Ready<'a>, Reason> {
    let mut deal = Ready { state, entries: Vec::new(), closed: 0, owner: None };
    for (on, step) in until(view.frame.steps(state.row), view.as_of) {
        let on = day(on.ok_or(Reason::Undated)?);
        match step {
            Step::Stands(place) => {
                let column =
                    place.and_then(|place| view.frame.stages.get(place)).filter(|column| column.model == number);
                let position = column.and_then(|column| u8::try_from(column.position).ok());
                let position = position.ok_or(Reason::EnteredMidway)?;
                if deal.entries.last().is_none_or(|(last, _)| *last != position) {
                    deal.entries.push((position, on));
                }
            }
            Step::Won | Step::Lost => deal.closed = on,
            Step::Restaged(_) | Step::Dormant(_) => {}
        }
    }
    deal.owner = value_on(view.frame.owners(state.row), view.as_of).flatten();
    Ok(deal)
}

/// The months from that of the first day to that of the last, each with its first day.
fn months_until(first: Date, last: Date) -> Vec<(Month, Date)> {
    let start = Month::of(first);
    let months = std::iter::successors(Some(start), |month| Some(month.next()));
    months.map_while(|month| Some((month, month.first_day().filter(|day| *day <= last)?))).collect()
}

fn day(date: Date) -> i64 {
    date.num_days_from_ce().into()
}

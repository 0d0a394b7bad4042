//! The funnel sheet (销售漏斗表, method §5.1).

use crate::{
    metrics::{Holding, Row, View, holding::Tally, stock},
    model::{Date, DealId, ModelId, Money, NextAction, Share, StageId, Workspace},
};

/// A deal on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLine {
    /// Its row in the frame.
    pub row: Row,
    /// Which deal; [`entry`] tells the rest of the line.
    pub deal: DealId,
    /// The date on the sheet: the day the deal began. `None` when nobody wrote it down.
    pub began: Option<Date>,
    /// The expected amount on the day of the view; `None` while nobody knows it, which is not 0.
    pub amount: Option<Money>,
}

/// Some deals with the line that sums them up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetGroup {
    /// The deals, in the order of their ids.
    pub lines: Vec<SheetLine>,
    /// Their different customers, units and expected amount, with the deals that lack one of them.
    pub sum: Holding,
}

/// The part of the sheet of one model.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetModel {
    /// The model.
    pub model: ModelId,
    /// The open deals of each stage, first to last, also of those where none stands.
    pub stages: Vec<(StageId, SheetGroup)>,
    /// All open deals; a customer with deals in two stages counts once.
    pub open: Holding,
}

/// The funnel sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// One part for each model of the filter.
    pub models: Vec<SheetModel>,
    /// All open deals of these models; a customer with deals in two models counts once.
    pub open: Holding,
    /// Deals of these models won in the period; they stand below the total and are no part of it.
    pub won: Holding,
}

/// The open deals of the view by stage, with a subtotal per stage and totals, and what was won in its period.
///
/// The sums are those of [`stock`]. The period chooses among the won deals only: what is open is open on the day of the view.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, Reason, tables::funnel_sheet};
/// let frame = Frame::new(&six_deals());
/// let everything = Filter::default();
/// let sheet = funnel_sheet(&frame.view(day(2026, 3, 31), &everything));
/// let model = &sheet.models[0];
/// // In Talk stand a deal of 2,000.00 that began on January 10 and one of 500.00 of which nobody knows when it began.
/// let talk = &model.stages[1].1;
/// assert_eq!(talk.lines.iter().map(|line| line.began).collect::<Vec<_>>(), [Some(day(2026, 1, 10)), None]);
/// assert_eq!(talk.sum.amount, 250_000);
/// // In Lead stands a deal without amount: its subtotal is no 0, it says that one deal is not in it.
/// let lead = &model.stages[0].1;
/// assert_eq!((lead.lines.len(), lead.sum.left_out.of(Reason::NoAmount).len()), (1, 1));
/// // Four deals are open, for 6,500.00 as far as it is known; the deal won for 1,000.00 stands below.
/// assert_eq!((sheet.open.deals.len(), sheet.open.amount), (4, 650_000));
/// assert_eq!((sheet.won.deals.len(), sheet.won.amount), (1, 100_000));
/// ```
pub fn funnel_sheet(view: &View) -> Sheet {
    let [mut open, mut won] = <[Tally; 2]>::default();
    let models = stock(view).into_iter().map(|stock| {
        for state in stock.open.deals.iter().filter_map(|row| view.state(*row)) {
            if let Some(stage) = state.stage {
                open.add(state, state.chance(stage));
            }
        }
        for state in stock.won.deals.iter().filter_map(|row| view.state(*row)) {
            won.add(state, Share::ONE);
        }
        SheetModel {
            model: stock.model,
            stages: stock.stages.into_iter().map(|stage| (stage.stage, group(view, stage.open))).collect(),
            open: stock.open,
        }
    });
    let models = models.collect();
    Sheet { models, open: open.finish(), won: won.finish() }
}

fn group(view: &View, sum: Holding) -> SheetGroup {
    let line = |row: &Row| {
        let state = view.state(*row)?;
        Some(SheetLine { row: *row, deal: state.facts.id, began: state.began, amount: state.amount })
    };
    SheetGroup { lines: sum.deals.iter().filter_map(line).collect(), sum }
}

/// What a line of the sheet says besides date and amount. Texts are empty where nobody wrote anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The contact's name.
    pub contact: &'a str,
    /// The customer's full name.
    pub customer: &'a str,
    /// The customer's address.
    pub address: &'a str,
    /// The contact's job title.
    pub job_title: &'a str,
    /// The contact's phone.
    pub phone: &'a str,
    /// The software the customer uses now.
    pub software: &'a str,
    /// The products planned, with their units.
    pub products: Vec<(&'a str, u32)>,
    /// Who else is bidding.
    pub competitors: &'a [String],
    /// What stands between us and the signature.
    pub obstacles: &'a str,
    /// What is to be done next.
    pub next_action: Option<&'a NextAction>,
}

/// What the sheet says of a deal; `None` when there is no such deal. Details have no history: it is what holds today.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// use loudou::{metrics::tables::entry, model::{Command, Customer, DealDetails, Stamp, Timestamp, apply}};
/// let company = oracles::six_deals();
/// let customer = Customer { address: "1 Harbour Road".into(), ..Customer::named(1.into(), "Acme Limited") };
/// let details = DealDetails { title: "Deal 3".into(), customer: Some(1.into()), ..DealDetails::default() };
/// let edit = Command::EditDeal { id: 3.into(), details: Box::new(details) };
/// let stamp = Stamp { on: oracles::day(2026, 4, 1), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(1) };
/// let change = apply(&company, Command::Many(vec![Command::PutCustomer(Box::new(customer)), edit]), stamp)?;
/// let company = company.with(&change);
///
/// let line = entry(&company, 3.into()).unwrap_or_default();
/// assert_eq!((line.customer, line.address, line.contact), ("Acme Limited", "1 Harbour Road", ""));
/// # Ok::<(), loudou::model::Rejection>(())
/// ```
pub fn entry(workspace: &Workspace, deal: DealId) -> Option<Entry<'_>> {
    let deal = workspace.deals.get(deal)?;
    let (details, customer, contact) = (&deal.details, workspace.customer_of(deal), workspace.contact_of(deal));
    let product =
        |line: &crate::model::ProductLine| Some((workspace.products.get(line.product)?.name.as_str(), line.units));
    Some(Entry {
        contact: contact.map_or("", |contact| &contact.name),
        customer: customer.map_or("", |customer| &customer.name),
        address: customer.map_or("", |customer| &customer.address),
        job_title: contact.map_or("", |contact| &contact.job_title),
        phone: contact.map_or("", |contact| &contact.phone),
        software: customer.map_or("", |customer| &customer.software_in_use),
        products: details.lines.iter().filter_map(product).collect(),
        competitors: &details.competitors,
        obstacles: &details.obstacles,
        next_action: details.next_action.as_ref(),
    })
}

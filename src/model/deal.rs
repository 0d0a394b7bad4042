//! Opportunities (销售机会).

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    CampaignId, ContactId, CustomerId, Date, DealId, Event, EventKind, HistoryFault, Level, Money, PersonId, ProductId,
    Standing,
    history::{fold, replay},
};

/// Some units of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductLine {
    /// What.
    pub product: ProductId,
    /// How many (套数), at least 1.
    pub units: u32,
    /// Price of one unit; `None` while nobody knows.
    pub price: Option<Money>,
}

/// What is to be done next, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextAction {
    /// What, never blank.
    pub what: String,
    /// By whom.
    pub owner: Option<PersonId>,
    /// Until when.
    pub due: Option<Date>,
}

/// What is known of a deal and may be rewritten without a trace; what moves it is in its history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DealDetails {
    /// What it is about, never blank.
    pub title: String,
    /// Who may buy.
    pub customer: Option<CustomerId>,
    /// The person there.
    pub contact: Option<ContactId>,
    /// People who help to sell (联合销售).
    pub supporters: Vec<PersonId>,
    /// What would be sold.
    pub lines: Vec<ProductLine>,
    /// Who else is bidding.
    pub competitors: Vec<String>,
    /// What stands between us and the signature (成交障碍).
    pub obstacles: String,
    /// The next action (行动计划).
    pub next_action: Option<NextAction>,
    /// How well the need matches what we sell.
    pub fit: Option<Level>,
    /// How the deal reached us.
    pub source: String,
    /// The campaign that brought it.
    pub campaign: Option<CampaignId>,
    /// The won deal that it repeats or follows from (重复购买).
    pub follows: Option<DealId>,
    /// The deal's own id in the file it came from.
    pub reference: String,
    /// Free labels.
    pub tags: Vec<String>,
    /// Free text.
    pub notes: String,
    /// Fields of the user's own, by name.
    pub custom: BTreeMap<String, String>,
}

/// One possible sale to one customer, moving through one model.
///
/// **Invariant:** the standing is the fold of the history; both change only through [`Deal::record`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Unique within the workspace.
    pub id: DealId,
    /// What is known of it.
    pub details: DealDetails,
    standing: Standing,
    history: Vec<Event>,
}

impl Deal {
    /// A deal with this history.
    ///
    /// # Errors
    /// The place of the first event that cannot follow those before it, and why.
    pub fn from_history(id: DealId, details: DealDetails, history: Vec<Event>) -> Result<Self, (usize, HistoryFault)> {
        let standing = replay(&history)?;
        Ok(Self { id, details, standing, history })
    }

    /// Appends an event.
    ///
    /// # Errors
    /// Why the event cannot follow the history so far; the deal stays as it was.
    pub fn record(&mut self, event: Event) -> Result<(), HistoryFault> {
        if event.on < self.last_day() {
            return Err(HistoryFault::Order);
        }
        self.standing = fold(Some(&self.standing), &event)?;
        self.history.push(event);
        Ok(())
    }

    /// Every event with where the deal stood after it, oldest first.
    pub fn course(&self) -> impl Iterator<Item = (&Event, Standing)> {
        self.history.iter().scan(None, |standing, event| {
            *standing = fold(standing.as_ref(), event).ok();
            Some((event, standing.clone()?))
        })
    }

    /// Where the deal stands after everything recorded.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Where the deal stood at the end of `day`; `None` when it had not begun. Undated events count as before every day. Nothing is
    /// replayed when nothing happened since.
    pub fn standing_on(&self, day: Date) -> Option<Cow<'_, Standing>> {
        if self.last_day() <= Some(day) {
            return Some(Cow::Borrowed(&self.standing));
        }
        replay(self.history.iter().take_while(|event| event.on <= Some(day))).ok().map(Cow::Owned)
    }

    /// Everything that happened, oldest first; never empty.
    pub fn history(&self) -> &[Event] {
        &self.history
    }

    /// The day the deal entered the stage it stands in, or came back to it; `None` when nobody wrote it down.
    pub fn entered_on(&self) -> Option<Date> {
        let latest = self.history.iter().rfind(|event| {
            use EventKind::{Created, Entered, Reopened, Transferred};
            matches!(event.kind, Created { .. } | Entered { .. } | Transferred { .. } | Reopened { .. })
        });
        latest.and_then(|event| event.on)
    }

    /// The day of the latest event; `None` when no event is dated.
    pub fn last_day(&self) -> Option<Date> {
        self.history.last().and_then(|event| event.on)
    }
}

//! Handovers (客户交接): the checklist of a leaver's customers, followed until all of them know whom to call.

use super::{CustomerId, Date, DealId, HandoverId, PersonId};

/// What is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandedOver {
    /// A customer with all its deals.
    Customer(CustomerId),
    /// A deal that has no customer to go along with.
    Deal(DealId),
}

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverItem {
    /// What is handed over; no other line of the handover has it.
    pub what: HandedOver,
    /// Who receives it.
    pub to: PersonId,
    /// The day on which the receiver called the customer first.
    pub called: Option<Date>,
    /// The day on which the leaver introduced the receiver.
    pub introduced: Option<Date>,
    /// The day on which the customer knew whom to call.
    pub confirmed: Option<Date>,
    /// What the receiver has to know.
    pub note: String,
}

/// A leaver's customers on their way to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// Unique within the workspace.
    pub id: HandoverId,
    /// Who leaves.
    pub from: PersonId,
    /// The day it began.
    pub begun: Date,
    /// What is handed over, line by line.
    pub items: Vec<HandoverItem>,
    /// The day it was closed; `None` while it is followed.
    pub closed: Option<Date>,
    /// More about it.
    pub note: String,
}

impl Handover {
    /// The line of a customer or a deal.
    pub fn item(&self, what: HandedOver) -> Option<&HandoverItem> {
        self.items.iter().find(|item| item.what == what)
    }

    /// Gives the lines of one customer to another one. Where both have a line, that of `keep` stays: with the days that only the other
    /// one has, and with the note of the other one below its own. Says whether anything changed.
    pub(super) fn hand_on(&mut self, gone: CustomerId, keep: CustomerId) -> bool {
        let (gone, keep) = (HandedOver::Customer(gone), HandedOver::Customer(keep));
        let Some(place) = self.items.iter().position(|item| item.what == gone) else { return false };
        if self.item(keep).is_none() {
            for item in self.items.iter_mut().filter(|item| item.what == gone) {
                item.what = keep;
            }
            return true;
        }
        let other = self.items.remove(place);
        for item in self.items.iter_mut().filter(|item| item.what == keep) {
            item.called = item.called.or(other.called);
            item.introduced = item.introduced.or(other.introduced);
            item.confirmed = item.confirmed.or(other.confirmed);
            let notes = [item.note.as_str(), other.note.as_str()];
            item.note = notes.into_iter().filter(|note| !note.trim().is_empty()).collect::<Vec<_>>().join("\n");
        }
        true
    }
}

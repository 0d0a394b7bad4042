//! The sales team: company → departments → people.

use super::{DepartmentId, PersonId};

/// A department of the company, possibly inside another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Unique within the workspace.
    pub id: DepartmentId,
    /// Never blank.
    pub name: String,
    /// The department it belongs to; `None` directly under the company.
    pub parent: Option<DepartmentId>,
    /// Who leads it; need not be a seller.
    pub manager: String,
}

impl Department {
    /// Whether its manager is this person: departments name their managers in words.
    pub fn is_led_by(&self, person: &Person) -> bool {
        self.manager.trim() == person.name.trim()
    }
}

/// A seller or manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Unique within the workspace.
    pub id: PersonId,
    /// Never blank.
    pub name: String,
    /// Where the person works.
    pub department: Option<DepartmentId>,
    /// Territory or industry the person looks after.
    pub territory: String,
    /// How many open deals the person can look after; `None` when nobody said.
    pub capacity: Option<u16>,
    /// Whether the person still works here; leavers keep the credit for what they did.
    pub active: bool,
}

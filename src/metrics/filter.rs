//! What is counted.

use std::collections::BTreeSet;

use crate::model::{Customer, Date, DepartmentId, ModelId, PersonId, ProductId};

/// Days from one to another, both included. A period that ends before it begins holds no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// Whether the day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// Which deals are looked at, and what of them is counted. The default looks at everything; conditions of one kind widen each
/// other, those of different kinds narrow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The funnel model; without one, each model has figures of its own.
    pub model: Option<ModelId>,
    /// Departments of the owner on the day looked at, each with the departments inside it. Empty: all, and deals without owner.
    pub departments: BTreeSet<DepartmentId>,
    /// Owners on the day looked at. Empty: all, and deals without owner.
    pub people: BTreeSet<PersonId>,
    /// Products, at least one of which the deal is about. Empty: all, and deals without product.
    pub products: BTreeSet<ProductId>,
    /// Sources of the deal, or of its customer when the deal names none; `""` stands for no source. Empty: all.
    pub sources: BTreeSet<String>,
    /// Territories of the customer; `""` stands for none, as with a deal without customer. Empty: all.
    pub territories: BTreeSet<String>,
    /// Industries of the customer; `""` stands for none. Empty: all.
    pub industries: BTreeSet<String>,
    /// Sizes of the customer; `""` stands for none. Empty: all.
    pub sizes: BTreeSet<String>,
    /// When what is counted happened: the first entry for conversion and durations, the signature or loss for won and lost.
    /// It leaves the stock alone, which is counted on one day.
    pub period: Option<Period>,
}

impl Filter {
    /// Whether a customer is of a territory, an industry and a size that are asked for; without a customer, all three are `""`.
    pub fn takes(&self, customer: Option<&Customer>) -> bool {
        let among = |wanted: &BTreeSet<String>, text: fn(&Customer) -> &String| {
            wanted.is_empty() || wanted.contains(customer.map_or("", |customer| text(customer).trim()))
        };
        among(&self.territories, |customer| &customer.territory)
            && among(&self.industries, |customer| &customer.industry)
            && among(&self.sizes, |customer| &customer.size)
    }
}

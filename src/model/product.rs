//! What is sold.

use super::{Money, ProductId};

/// A product or service on the price list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Unique within the workspace.
    pub id: ProductId,
    /// Never blank.
    pub name: String,
    /// The family it belongs to.
    pub series: String,
    /// List price of one unit; `None` when it has none.
    pub price: Option<Money>,
    /// Whether it is still sold.
    pub active: bool,
}

//! A workspace as the files that another product imports.

use serde::{Deserialize, Serialize};

use super::{Unfit, sent::Sent};
use crate::{
    codec::crm_layout::{Product, zip},
    model::Workspace,
};

/// What the page wants for which product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmOrder {
    workspace: Sent,
    product: String,
}

impl CrmOrder {
    /// The whole workspace.
    pub fn of(workspace: &Workspace, product: Product) -> Self {
        Self { workspace: Sent::of(workspace), product: product.code().to_owned() }
    }

    /// The bytes of the archive; `progress` hears how many files of how many are written.
    pub(super) fn make(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<u8>, Unfit> {
        let workspace = self.workspace.open()?;
        let product = Product::of_code(&self.product).ok_or_else(|| Unfit(self.product.clone()))?;
        zip(&workspace, product, progress).map_err(|error| Unfit(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{codec::content::Language, model::Date, training::demo};

    #[test]
    fn an_order_is_the_archive_of_its_product() {
        let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 3);
        for product in Product::ALL {
            let ordered = CrmOrder::of(&company, product).make(&mut |_, _| {}).unwrap();
            assert_eq!(ordered, zip(&company, product, &mut |_, _| {}).unwrap());
        }
        let unknown = CrmOrder { product: "other".to_owned(), ..CrmOrder::of(&company, Product::Odoo) };
        assert!(unknown.make(&mut |_, _| {}).is_err());
    }
}

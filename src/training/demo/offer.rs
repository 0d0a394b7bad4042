//! What a deal offers: units of one product, days of service and a discount. The amount follows from it, in either currency.

use crate::{
    codec::content::{Language, recipes::ProductRecipe},
    model::{Money, Product, ProductLine},
    training::draw::{Draw, whole},
};

/// An offer; a copy is a version of it.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    licence: ProductRecipe,
    service: ProductRecipe,
    units: u32,
    days: u32,
    /// On the licence, in percent.
    discount: u8,
}

impl Offer {
    /// An offer worth about `yuan`.
    pub(super) fn draw(draw: &mut Draw, licence: ProductRecipe, service: ProductRecipe, yuan: f64) -> Self {
        let part = draw.between(55, 80);
        let count = |share: i32, price: i32| {
            u32::try_from(whole(yuan * f64::from(share) / 100.0 / f64::from(price.max(1)))).unwrap_or(0).max(1)
        };
        Self {
            licence,
            service,
            units: count(part, licence.price.0),
            days: count(100 - part, service.price.0),
            discount: draw.pick(&[0, 0, 0, 5, 10]),
        }
    }

    /// The next version: fewer or more units or days, or a larger discount.
    pub(super) fn revised(mut self, draw: &mut Draw) -> Self {
        match draw.between(0, 3) {
            0 => self.units += 1,
            1 => self.units = (self.units - 1).max(1),
            2 => self.days = (self.days * 4 / 5).max(1),
            _ => self.discount = (self.discount + 5).min(25),
        }
        self
    }

    /// The same offer with this many times as much in it, of either at least one.
    pub(super) fn scaled(mut self, share: f64) -> Self {
        let scaled = |number: u32| u32::try_from(whole(f64::from(number) * share)).unwrap_or(0).max(1);
        (self.units, self.days) = (scaled(self.units), scaled(self.days));
        self
    }

    /// What it comes to.
    pub(super) fn amount(&self, language: Language) -> Option<Money> {
        let licence = self.licence_price(language)?.times(self.units)?;
        licence.plus(self.service_price(language)?.times(self.days)?)
    }

    /// Its product lines, which add up to the amount.
    pub(super) fn lines(&self, language: Language, licence: &Product, service: &Product) -> Vec<ProductLine> {
        vec![
            ProductLine { product: licence.id, units: self.units, price: self.licence_price(language) },
            ProductLine { product: service.id, units: self.days, price: self.service_price(language) },
        ]
    }

    fn licence_price(&self, language: Language) -> Option<Money> {
        Money::from_minor(self.licence.price_in(language) * i64::from(100 - self.discount) / 100)
    }

    fn service_price(&self, language: Language) -> Option<Money> {
        Money::from_minor(self.service.price_in(language))
    }
}

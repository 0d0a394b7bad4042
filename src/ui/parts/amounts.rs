//! Amounts of the workspace's currency as text, and text as amounts.

use leptos::prelude::*;

use super::names::Names;
use crate::{
    i18n::t_string,
    model::{Currency, Money, money::InvalidMoney},
    ui::{
        format::{Format, use_format},
        typed,
        wording::I18n,
    },
};

/// Writes and reads amounts in the workspace's currency.
#[derive(Clone, Copy, Debug)]
pub struct Amounts {
    format: Format,
    names: Memo<Names>,
}

impl Amounts {
    /// Amounts in the currency of `names`; call it in a component body.
    pub fn of(names: Memo<Names>) -> Self {
        Self { format: use_format(), names }
    }

    /// The currency of the workspace.
    pub fn currency(self) -> Currency {
        self.names.with(|names| names.profile.currency)
    }

    /// The amount in full: `¥31,200`; `—` for none.
    pub fn full(self, amount: Option<Money>) -> String {
        self.show(amount.map(Money::minor), false)
    }

    /// Minor units, shortened: `¥3.12万`; `—` for none.
    pub fn short(self, minor: Option<i64>) -> String {
        self.show(minor, true)
    }

    /// A sum of amounts in minor units, shortened; `—` for none.
    pub fn sum(self, sum: Option<i128>) -> String {
        self.short(sum.and_then(|sum| i64::try_from(sum).ok()))
    }

    fn show(self, minor: Option<i64>, compact: bool) -> String {
        let currency = self.currency();
        self.format.money(minor, currency.code(), currency.digits(), compact)
    }

    /// The text of a field to edit: `31200`, `31200.50`, empty for none.
    pub fn draft(self, amount: Option<Money>) -> String {
        let digits = self.currency().digits();
        amount.map(|amount| typed::amount_text(amount, digits)).unwrap_or_default()
    }

    /// What is wrong with what a person wrote.
    pub fn objection(self, i18n: I18n, text: &str) -> Option<String> {
        self.read(text).err().map(|_| t_string!(i18n, moves.bad_amount).to_owned())
    }

    /// Reads what a person wrote: see [`typed::amount`].
    ///
    /// # Errors
    /// [`InvalidMoney`] when the rest is no amount of the currency.
    pub fn read(self, text: &str) -> Result<Option<Money>, InvalidMoney> {
        typed::amount(text, self.names.with_untracked(|names| names.profile.currency.digits()))
    }
}

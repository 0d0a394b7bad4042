//! The price list.

use std::sync::Arc;

use leptos::prelude::*;

use super::rows::{AddRow, Desk, Part, RemoveButton, TextCell};
use crate::{
    i18n::{t_string, use_i18n},
    model::{Command, Product, ProductId},
    store::use_store,
    ui::{components::field::Checkbox, typed},
};

/// What is sold.
#[component]
pub(super) fn Products() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let desk = Desk::new();
    let all = Memo::new(move |_| store.with(|workspace| workspace.products.iter().cloned().collect::<Vec<_>>()));
    let currency = Memo::new(move |_| store.with(|workspace| workspace.profile.currency));
    let row = move |id: ProductId| {
        let product = Memo::new(move |_| all.with(|all| all.iter().find(|product| product.id == id).cloned()));
        let text = move |read: fn(&Product) -> &String| {
            Signal::derive(move || {
                product.with(|known| known.as_ref().map(|known| read(known).clone())).unwrap_or_default()
            })
        };
        let name = text(|product| &product.name);
        let put = move |change: &dyn Fn(&mut Product)| {
            if let Some(known) = product.get_untracked() {
                let mut next = Arc::unwrap_or_clone(known);
                change(&mut next);
                desk.send(Command::PutProduct(next));
            }
        };
        let price = Signal::derive(move || {
            let price = product.with(|known| known.as_ref().and_then(|known| known.price));
            price.map(|price| typed::amount_text(price, currency.get().digits())).unwrap_or_default()
        });
        let on_price = move |text: String| match typed::amount(&text, currency.get_untracked().digits()) {
            Ok(price) => put(&|next| next.price = price),
            Err(_invalid) => desk.refuse(t_string!(i18n, deals.not_an_amount)),
        };
        let active = Signal::derive(move || product.with(|known| known.as_ref().is_some_and(|known| known.active)));
        let price_label = move || [t_string!(i18n, settings.price), " (", currency.get().code(), ")"].concat();
        let remove = move |()| {
            desk.send(Command::RemoveProduct(id));
        };
        view! {
            <li class="settings__row">
                <TextCell desk label=Signal::derive(move || t_string!(i18n, settings.product_name).to_owned()) value=name on_change=move |text: String| put(&|next| text.trim().clone_into(&mut next.name))/>
                <TextCell desk label=Signal::derive(move || t_string!(i18n, settings.series).to_owned()) value=text(|product| &product.series) on_change=move |text: String| put(&|next| text.trim().clone_into(&mut next.series))/>
                <TextCell desk label=Signal::derive(price_label) value=price numeric=true on_change=on_price/>
                <Checkbox label=Signal::derive(move || t_string!(i18n, settings.on_sale).to_owned()) value=active on_change=move |active| put(&|next| next.active = active)/>
                <RemoveButton label=Signal::derive(move || t_string!(i18n, settings.remove, name = name.get()).to_string()) on_remove=remove/>
            </li>
        }
    };
    let on_add = move |name: String| {
        let id = ProductId::new(store.fresh());
        desk.send(Command::PutProduct(Product { id, name, series: String::new(), price: None, active: true }))
    };
    let ids = move || all.with(|all| all.iter().map(|product| product.id).collect::<Vec<_>>());
    let what = move || {
        let currency = currency.get().to_string();
        t_string!(i18n, settings.products_what, currency = currency).to_string()
    };
    view! {
        <Part title=Signal::derive(move || t_string!(i18n, settings.products).to_owned()) what=Signal::derive(what) desk>
            <ul class="settings__rows"><For each=ids key=|id| *id children=row/></ul>
            <AddRow desk label=Signal::derive(move || t_string!(i18n, settings.new_product).to_owned()) on_add/>
        </Part>
    }
    .into_any()
}

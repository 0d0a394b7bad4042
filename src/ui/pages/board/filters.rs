//! The filters, the search and the order of the board, all in the address.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::columns::Sort;
use crate::{
    i18n::{t_string, use_i18n},
    model::{ModelId, Workspace},
    store::use_store,
    ui::{
        components::{chip_select::ChipSelect, field::SelectField},
        route::use_navigation,
        wording::I18n,
    },
};

type Options = Vec<(String, String)>;

/// The row of filters.
#[component]
pub fn BoardFilters(
    /// The model on the board.
    model: Signal<Option<ModelId>>,
) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let options = |read: fn(&Workspace) -> Options| Memo::new(move |_| store.with(read));
    let models = options(|w| w.models.iter().map(|model| (model.id.to_string(), model.name.clone())).collect());
    let people = options(|w| w.people.iter().map(|person| (person.id.to_string(), person.name.clone())).collect());
    let departments = options(|w| w.departments.iter().map(|d| (d.id.to_string(), d.name.clone())).collect());
    let products =
        options(|w| w.products.iter().map(|product| (product.id.to_string(), product.name.clone())).collect());
    let sources = options(|w| {
        let of_deals = w.deals.iter().map(|deal| &deal.details.source);
        let of_customers = w.customers.iter().map(|customer| &customer.source);
        let known: BTreeSet<&String> = of_deals.chain(of_customers).filter(|source| !source.is_empty()).collect();
        known.into_iter().map(|source| (source.clone(), source.clone())).collect()
    });
    let chip =
        move |key: &'static str, between: &'static str, words: fn(I18n) -> &'static str, options: Memo<Options>| {
            let chosen = Signal::derive(move || {
                let text = navigation.query.with(|query| query.get(key).map(str::to_owned)).unwrap_or_default();
                text.split(between).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
            });
            let on_change = move |values: Vec<String>| {
                navigation.set_query(key, (!values.is_empty()).then(|| values.join(between)).as_deref());
            };
            view! {
                <Show when=move || options.with(|options| !options.is_empty())>
                    <ChipSelect label=Signal::derive(move || words(i18n).to_owned()) options chosen on_change/>
                </Show>
            }
        };
    let sought = Signal::derive(move || navigation.query.with(|q| q.get("q").unwrap_or_default().to_owned()));
    let search = move |event| {
        let text: String = event_target_value(&event);
        navigation.set_query("q", (!text.is_empty()).then_some(text.as_str()));
    };
    let search_words = move || t_string!(i18n, board.search);
    let sorts = Signal::derive(move || {
        Sort::ALL.map(|sort| (sort.key().to_owned(), sort_words(i18n, sort).to_owned())).to_vec()
    });
    let sort = Signal::derive(move || {
        navigation.query.with(|query| query.get("sort").map(Sort::of_key).unwrap_or_default().key().to_owned())
    });
    view! {
        <div class="board__filters no-print" role="search">
            <input
                type="search"
                class="field__control board__search"
                aria-label=search_words
                placeholder=move || t_string!(i18n, common.search)
                prop:value=sought
                on:input=search
            />
            {chip("person", ".", |i18n| t_string!(i18n, domain.field.owner), people)}
            {chip("department", ".", |i18n| t_string!(i18n, domain.field.department), departments)}
            {chip("product", ".", |i18n| t_string!(i18n, domain.field.products), products)}
            {chip("source", "|", |i18n| t_string!(i18n, domain.field.source), sources)}
            <div class="board__selects">
                <Show when=move || models.with(|models| models.len() > 1)>
                    <SelectField
                        label=Signal::derive(move || t_string!(i18n, domain.field.model).to_owned())
                        options=models
                        value=Signal::derive(move || model.get().map(|id| id.to_string()).unwrap_or_default())
                        on_change=move |id: String| navigation.set_query("model", Some(&id))
                    />
                </Show>
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, board.sort).to_owned())
                    options=sorts
                    value=sort
                    on_change=move |key: String| navigation.set_query("sort", Some(&key))
                />
            </div>
        </div>
    }
    .into_any()
}

fn sort_words(i18n: I18n, sort: Sort) -> &'static str {
    match sort {
        Sort::Changed => t_string!(i18n, board.by_changed),
        Sort::Days => t_string!(i18n, board.by_days),
        Sort::Amount => t_string!(i18n, board.by_amount),
        Sort::Close => t_string!(i18n, board.by_close),
    }
}

//! The filters above the list; they live in the address.

use leptos::prelude::*;

use super::{
    column::OWN,
    edit::Desk,
    sieve::{Condition, NOBODY, UNKNOWN_LEVEL},
};
use crate::{
    i18n::{t_string, use_i18n},
    model::{CustomFieldOf, Customer},
    ui::{
        parts::{
            customer_editor::different,
            levels::levels,
            listing::{
                controls::{FilterChip, named},
                own_filters::OwnFilters,
            },
        },
        wording::I18n,
    },
};

/// The filters.
#[component]
pub(super) fn Filters(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let texts = move |read: fn(&Customer) -> &[String]| {
        let found = move |_: Option<&Vec<(String, String)>>| {
            desk.names.with(|records| {
                let customers = records.workspace().customers.iter();
                let texts = different(customers.flat_map(|customer| read(customer)));
                texts.into_iter().map(|text| (text.clone(), text)).collect()
            })
        };
        Signal::from(Memo::new(found))
    };
    let chip = move |key: &'static str, words: fn(I18n) -> &'static str, read: fn(&Customer) -> &[String]| {
        view! { <FilterChip key label=label(words) options=texts(read) texts=true/> }
    };
    let owners = Memo::new(move |_| {
        let mut owners = vec![(NOBODY.to_owned(), t_string!(i18n, list.nobody).to_owned())];
        owners.extend(desk.names.with(|records| named(&records.workspace().people, |person| &person.name)));
        owners
    });
    let of_level = Signal::derive(move || {
        let mut choices = levels(i18n).get();
        choices.rotate_left(1);
        if let Some((value, _)) = choices.last_mut() {
            UNKNOWN_LEVEL.clone_into(value);
        }
        choices
    });
    let conditions = Signal::derive(move || {
        let choice = |condition: Condition| (condition.code().to_owned(), words_of(i18n, condition).to_owned());
        Condition::ALL.map(choice).to_vec()
    });
    view! {
        <div class="listing__chips" role="group" aria-label=label(|i18n| t_string!(i18n, list.filters))>
            <FilterChip key="person" label=label(|i18n| t_string!(i18n, domain.field.owner)) options=owners least=2/>
            {chip("territory", |i18n| t_string!(i18n, customer.territory), |c| std::slice::from_ref(&c.territory))}
            {chip("industry", |i18n| t_string!(i18n, customer.industry), |c| std::slice::from_ref(&c.industry))}
            {chip("source", |i18n| t_string!(i18n, domain.field.source), |c| std::slice::from_ref(&c.source))}
            <FilterChip key="fit" label=label(|i18n| t_string!(i18n, domain.field.fit)) options=of_level/>
            <FilterChip key="intent" label=label(|i18n| t_string!(i18n, customer.intent)) options=of_level/>
            <FilterChip key="priority" label=label(|i18n| t_string!(i18n, customer.priority)) options=of_level/>
            {chip("tag", |i18n| t_string!(i18n, domain.field.tags), |c| &c.tags)}
            <OwnFilters of=OWN rows=CustomFieldOf::Customer/>
            <FilterChip key="is" label=label(|i18n| t_string!(i18n, customers.condition)) options=conditions/>
        </div>
    }
    .into_any()
}

fn words_of(i18n: I18n, condition: Condition) -> &'static str {
    match condition {
        Condition::ReviewDue => t_string!(i18n, customers.review_due),
        Condition::VisitDue => t_string!(i18n, customers.visit_due),
        Condition::NoOwner => t_string!(i18n, customers.no_owner),
        Condition::NoOpenDeal => t_string!(i18n, customers.no_open_deal),
        Condition::HasWon => t_string!(i18n, customers.has_won),
    }
}

//! What is known of the customer, every field ready to edit.

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::review_due,
    model::CustomFieldOf,
    ui::{
        clock::use_clock,
        components::field::FieldKind,
        parts::{
            custom_fields::{CustomFields, put},
            customer_editor::{CustomerText, CustomerTextField},
            editor::{EditChoice, EditText, read_date},
            levels::{level_key, level_of, levels},
            tags::Tags,
        },
        wording::I18n,
    },
};

/// The card with the customer's own fields.
#[component]
pub(super) fn Facts(desk: Desk) -> impl IntoView {
    let (i18n, editor) = (use_i18n(), desk.editor);
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let line = move |words: fn(I18n) -> &'static str, text: CustomerText, offered: bool| {
        view! { <CustomerTextField editor label=label(words) text offered/> }
    };
    let long = move |words: fn(I18n) -> &'static str, text: CustomerText| {
        view! { <CustomerTextField editor label=label(words) text kind=FieldKind::Long/> }
    };
    let blank = move |text: String| text.trim().is_empty().then(|| t_string!(i18n, customer.needs_name).to_owned());
    let power = Signal::derive(move || level_key(editor.read(|customer| customer.buying_power)).to_owned());
    let sources = Signal::derive(move || desk.names.with(|names| names.profile.sources.clone()));
    view! {
        <section class="card customer__card">
            <h2>{t!(i18n, deal.facts)}</h2>
            <div class="pair">
                <EditText
                    label=label(|i18n| t_string!(i18n, customer.name))
                    value=Signal::derive(move || editor.read(|customer| customer.name.clone()))
                    advise=blank
                    save=move |text: String| editor.edit(|customer| customer.name = text)
                />
                {line(|i18n| t_string!(i18n, customer.short_name), (|c| &c.short_name, |c| &mut c.short_name), false)}
                {line(|i18n| t_string!(i18n, customer.industry), (|c| &c.industry, |c| &mut c.industry), true)}
                {line(|i18n| t_string!(i18n, customer.territory), (|c| &c.territory, |c| &mut c.territory), true)}
                {line(|i18n| t_string!(i18n, customer.size), (|c| &c.size, |c| &mut c.size), true)}
                {line(|i18n| t_string!(i18n, customer.standing), (|c| &c.standing, |c| &mut c.standing), true)}
                <EditChoice
                    label=label(|i18n| t_string!(i18n, customer.buying_power))
                    options=levels(i18n)
                    value=power
                    save=move |text: String| editor.edit(|customer| customer.buying_power = level_of(&text))
                />
                <EditText
                    label=label(|i18n| t_string!(i18n, domain.field.source))
                    value=Signal::derive(move || editor.read(|customer| customer.source.clone()))
                    suggestions=sources
                    save=move |text: String| editor.edit(|customer| customer.source = text)
                />
                <ReviewDate desk/>
            </div>
            {line(|i18n| t_string!(i18n, customer.address), (|c| &c.address, |c| &mut c.address), false)}
            {line(
                |i18n| t_string!(i18n, domain.field.customer_software),
                (|c| &c.software_in_use, |c| &mut c.software_in_use),
                true,
            )}
            <div data-testid="customer-needs">
                {long(|i18n| t_string!(i18n, customer.needs), (|c| &c.needs, |c| &mut c.needs))}
            </div>
            {long(|i18n| t_string!(i18n, domain.field.notes), (|c| &c.notes, |c| &mut c.notes))}
            <Tags
                values=Signal::derive(move || editor.read(|customer| customer.tags.clone()))
                save=move |tags| editor.edit(|customer| customer.tags = tags)
            />
            <h3>{t!(i18n, custom.title)}</h3>
            <div class="pair" data-testid="customer-custom">
                <CustomFields
                    of=CustomFieldOf::Customer
                    values=Signal::derive(move || editor.read(|customer| customer.custom.clone()))
                    save=move |(name, value)| editor.edit(|customer| put(&mut customer.custom, name, value))
                />
            </div>
        </section>
    }
    .into_any()
}

/// When the priority is looked at again, and whether that day has come.
#[component]
fn ReviewDate(desk: Desk) -> impl IntoView {
    let (i18n, clock, editor) = (use_i18n(), use_clock(), desk.editor);
    let value = move || editor.read(|customer| customer.review_on).map(|on| on.to_string()).unwrap_or_default();
    let hint = Signal::derive(move || {
        let due = editor.read(|customer| review_due(customer, clock.today.get()));
        due.then(|| t_string!(i18n, customers.review_due).to_owned())
    });
    let save = move |text: String| match read_date(&text) {
        Ok(on) => editor.edit(|customer| customer.review_on = on),
        Err(_) => Some(t_string!(i18n, moves.bad_date).to_owned()),
    };
    view! {
        <EditText
            label=Signal::derive(move || t_string!(i18n, customer.review_on).to_owned())
            kind=FieldKind::Date
            value=Signal::derive(value)
            hint
            save
        />
    }
}

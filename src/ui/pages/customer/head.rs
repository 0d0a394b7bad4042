//! Who the customer is, how much attention it gets, and what stands behind it.

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::CustomerFacts,
    model::{Command, Customer, Level},
    ui::{
        components::{
            menu::{Menu, MenuItem},
            tag::Tag,
        },
        format::use_format,
        parts::{
            amounts::Amounts,
            editor::EditChoice,
            levels::{level_key, level_of, levels},
            mover::Mover,
        },
        route::{Route, use_navigation},
        wording::I18n,
    },
};

/// A level as it is kept in a customer: how to read and how to write it.
type LevelOf = (fn(&Customer) -> Option<Level>, fn(&mut Customer) -> &mut Option<Level>);

/// The header of the page.
#[component]
pub(super) fn Head(desk: Desk) -> impl IntoView {
    let (i18n, navigation, editor) = (use_i18n(), use_navigation(), desk.editor);
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let level = move |words: fn(I18n) -> &'static str, (get, get_mut): LevelOf| {
        let value = Signal::derive(move || level_key(editor.read(get)).to_owned());
        let save = move |text: String| editor.edit(|customer| *get_mut(customer) = level_of(&text));
        view! { <EditChoice label=label(words) options=levels(i18n) value save/> }
    };
    let owner = move || editor.read(|customer| customer.owner);
    let owners = Signal::derive(move || desk.names.with(|names| names.choose_person(owner())));
    let tags = move || {
        let tags = editor.read(|customer| customer.tags.clone());
        tags.into_iter().map(|tag| view! { <Tag>{tag}</Tag> }).collect_view()
    };
    view! {
        <header class="customer__head">
            <nav class="customer__back"><a href=move || navigation.href(&Route::Customers)>{t!(i18n, customer.all)}</a></nav>
            <div class="customer__line">
                <div class="customer__name">
                    <h1 data-testid="customer-title">{move || editor.read(|customer| customer.name.clone())}</h1>
                    {tags}
                </div>
                <More desk/>
            </div>
            <p class="page__sub">{move || editor.read(|customer| customer.short_name.clone())}</p>
            <Sums desk/>
            <div class="card pair customer__attention">
                <EditChoice
                    label=label(|i18n| t_string!(i18n, domain.field.owner))
                    options=owners
                    value=Signal::derive(move || owner().map(|id| id.to_string()).unwrap_or_default())
                    save=move |text: String| editor.edit(|customer| customer.owner = text.parse().ok())
                />
                {level(|i18n| t_string!(i18n, customer.priority), (|c| c.priority, |c| &mut c.priority))}
                {level(|i18n| t_string!(i18n, domain.field.fit), (|c| c.fit, |c| &mut c.fit))}
                {level(|i18n| t_string!(i18n, customer.intent), (|c| c.intent, |c| &mut c.intent))}
            </div>
        </header>
    }
    .into_any()
}

/// What deals and activities add up to.
#[component]
fn Sums(desk: Desk) -> impl IntoView {
    let (i18n, format, amounts) = (use_i18n(), use_format(), Amounts::of(desk.names));
    let facts = Memo::new(move |_| {
        desk.book.with(|book| book.entry(desk.id).map(|entry| entry.facts.clone())).unwrap_or_default()
    });
    let read = move |read: fn(&CustomerFacts) -> Option<i128>| move || facts.with(|facts| amounts.sum(read(facts)));
    let open = move || {
        facts.with(|facts| match facts.open_without_amount {
            0 => amounts.sum(facts.open_amount),
            without => {
                let amount = amounts.sum(facts.open_amount);
                t_string!(i18n, customer.open_partly, count = without, amount = amount).to_string()
            }
        })
    };
    let satisfaction = move || {
        let mean = facts.with(CustomerFacts::satisfaction);
        let words = |mean| t_string!(i18n, customer.of_five, level = format.number(Some(mean), 1)).to_string();
        mean.map_or_else(|| crate::ui::format::UNKNOWN.to_owned(), words)
    };
    view! {
        <dl class="customer__sums">
            <div><dt>{t!(i18n, customers.open_deals)}</dt><dd>{move || format.count(facts.with(|facts| facts.open_deals))}</dd></div>
            <div><dt>{t!(i18n, customers.open_amount)}</dt><dd>{open}</dd></div>
            <div><dt>{t!(i18n, customers.won_amount)}</dt><dd>{read(|facts| facts.won_amount)}</dd></div>
            <div><dt>{t!(i18n, customers.last_contact)}</dt><dd>{move || format.date(facts.with(|facts| facts.last_contact))}</dd></div>
            <div><dt>{t!(i18n, customer.satisfaction)}</dt><dd data-testid="satisfaction">{satisfaction}</dd></div>
        </dl>
    }
    .into_any()
}

/// What is done now and then.
#[component]
fn More(desk: Desk) -> impl IntoView {
    let (i18n, navigation, mover) = (use_i18n(), use_navigation(), Mover::new(Callback::new(|_| ())));
    let remove = move |()| {
        let name = desk.editor.customer.with_untracked(|customer| customer.as_ref().map(|c| c.name.clone()));
        match desk.editor.store.dispatch(Command::RemoveCustomer(desk.id)) {
            Ok(change) => {
                let words = t_string!(i18n, customer.deleted, name = name.unwrap_or_default()).to_string();
                mover.offer_undo(words, change);
                navigation.go(&Route::Customers);
            }
            Err(refused) => mover.complain(&refused),
        }
    };
    let items = Signal::derive(move || {
        vec![MenuItem {
            label: Signal::derive(move || t_string!(i18n, customer.delete).to_owned()),
            icon: Some(icondata_lu::LuTrash2),
            danger: true,
            on_choose: Callback::new(remove),
        }]
    });
    view! {
        <div class="row no-print">
            <Menu icon=icondata_lu::LuEllipsis label=Signal::derive(move || t_string!(i18n, deal.more).to_owned()) items/>
        </div>
    }
}

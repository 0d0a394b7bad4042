//! Two customers side by side, and the one that a merge would make of them.

use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{
        Command, Contact, ContactId, Customer, CustomerId, Level, Workspace,
        merge::{giving_way, merged},
    },
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dom_id,
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        format::{Format, UNKNOWN, use_format},
        parts::undo::use_way_back,
        route::{Route, use_navigation},
        wording::{self, I18n},
    },
};

/// One property of both and of what comes of them.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    label: &'static str,
    one: String,
    two: String,
    after: String,
}

/// Two customers, which of them to keep, and the merge.
#[component]
pub(in crate::ui::pages) fn Compare(one: CustomerId, two: CustomerId) -> impl IntoView {
    let (i18n, store, format, navigation) = (use_i18n(), use_store(), use_format(), use_navigation());
    let (toasts, way_back) = (use_toasts(), use_way_back());
    let keep = RwSignal::new(store.peek(|workspace| richer(workspace, one, two)));
    let gone = move || if keep.get() == one { two } else { one };
    let remark = move |keep: CustomerId, gone: CustomerId| {
        let (name, gives_way) = store.peek(|workspace| {
            let name = workspace.customers.get(gone).map(|customer| customer.name.clone()).unwrap_or_default();
            (name, giving_way(workspace, keep, gone))
        });
        words::remark(i18n, &name, &gives_way)
    };
    let lines = Memo::new(move |_| {
        let (keep, gone) = (keep.get(), gone());
        let remark = remark(keep, gone);
        store.with(|workspace| lines(workspace, (one, two), (keep, gone), &remark, i18n, format)).unwrap_or_default()
    });
    let name = move |id: CustomerId| {
        store.peek(|w| w.customers.get(id).map_or_else(|| UNKNOWN.to_owned(), |customer| customer.name.clone()))
    };
    let undoable = move |command: Command, said: String| match store.dispatch(command) {
        Ok(change) => {
            way_back.offer(said, change);
        }
        Err(refused) => toasts.say(store.peek(|w| wording::rejection(i18n, format, w, &refused)), Tone::Bad),
    };
    let merge = move |_| {
        let keep = keep.get_untracked();
        let gone = if keep == one { two } else { one };
        let command = Command::MergeCustomers { keep, gone, remark: remark(keep, gone) };
        undoable(command, t_string!(i18n, quality.merged, name = name(keep)).to_string());
    };
    let not_same = move |_| {
        let Some(customer) = store.peek(|workspace| workspace.customers.get(one).cloned()) else { return };
        let mut customer = (*customer).clone();
        customer.not_same_as.push(two);
        let said = t_string!(i18n, quality.noted_apart, one = name(one), two = name(two)).to_string();
        undoable(Command::PutCustomer(Box::new(customer)), said);
    };
    let group = dom_id::fresh();
    let head = move |id: CustomerId| {
        let label = move || t_string!(i18n, quality.keep_this, name = name(id)).to_string();
        view! {
            <th scope="col">
                <label class="checkbox">
                    <input type="radio" name=group.clone() prop:checked=move || keep.get() == id on:change=move |_| keep.set(id)/>
                    <span>{label}</span>
                </label>
                <a class="small" href=move || navigation.href(&Route::Customer(id.to_string()))>{name(id)}</a>
            </th>
        }
    };
    let row = move |line: Line| {
        let differs = !line.one.is_empty() && !line.two.is_empty() && line.one != line.two;
        let shown = |text: String| if text.is_empty() { UNKNOWN.to_owned() } else { text };
        view! {
            <tr>
                <th scope="row">
                    {line.label}
                    {differs.then(|| view! { " " <Tag tone=Tone::Warn>{t!(i18n, quality.differs)}</Tag> })}
                </th>
                <td>{shown(line.one)}</td>
                <td>{shown(line.two)}</td>
                <td class="quality__after" data-label=move || t_string!(i18n, quality.after)>{shown(line.after)}</td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll quality__scroll" tabindex="0" role="group" aria-label=move || t_string!(i18n, quality.compare)>
            <table class="quality__compare">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, quality.property_head)}</th>
                        {head.clone()(one)}
                        {head(two)}
                        <th scope="col">{t!(i18n, quality.after)}</th>
                    </tr>
                </thead>
                <tbody>{move || lines.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <div class="row quality__decide">
            <Button variant=Variant::Primary on_click=merge>{t!(i18n, quality.merge)}</Button>
            <Button on_click=not_same>{t!(i18n, quality.not_same)}</Button>
        </div>
    }
    .into_any()
}

/// Of two customers the one with more deals, then with more said of it, then the older one.
fn richer(workspace: &Workspace, one: CustomerId, two: CustomerId) -> CustomerId {
    let rank = |id: CustomerId| {
        let said = workspace.customers.get(id).map_or(0, |customer| {
            let texts = texts(customer).iter().filter(|text| !text.is_empty()).count();
            texts + customer.contacts.len()
        });
        (deals(workspace, id), said)
    };
    if rank(two) > rank(one) { two } else { one }
}

fn deals(workspace: &Workspace, id: CustomerId) -> usize {
    workspace.deals.iter().filter(|deal| deal.details.customer == Some(id)).count()
}

fn activities(workspace: &Workspace, id: CustomerId) -> usize {
    workspace.activities.iter().filter(|activity| activity.customer == Some(id)).count()
}

/// The texts that a customer may have beside its name.
fn texts(customer: &Customer) -> [&String; 10] {
    let Customer { short_name, address, territory, industry, size, standing, source, .. } = customer;
    let Customer { software_in_use, needs, notes, .. } = customer;
    [short_name, address, territory, industry, size, standing, source, software_in_use, needs, notes]
}

/// The properties of both that either has; `None` when one is gone.
fn lines(
    workspace: &Workspace,
    (one, two): (CustomerId, CustomerId),
    (keep, gone): (CustomerId, CustomerId),
    remark: &str,
    i18n: I18n,
    format: Format,
) -> Option<Vec<Line>> {
    // The ids of contacts are not shown, so any that differ will do.
    let mut number = 0_u128;
    let fresh = || {
        number += 1;
        ContactId::from(number)
    };
    let after = merged(workspace, keep, gone, remark, fresh).ok()?.customer;
    let sides = [workspace.customers.get(one)?, workspace.customers.get(two)?, &after];
    let mut lines = Vec::new();
    let mut add = |label: &'static str, [one, two, after]: [String; 3]| {
        if !(one.is_empty() && two.is_empty()) {
            lines.push(Line { label, one, two, after });
        }
    };
    let text = |of: fn(&Customer) -> &String| sides.map(|customer| of(customer).clone());
    let level = |of: fn(&Customer) -> Option<Level>| {
        sides.map(|customer| of(customer).map(|level| wording::level(i18n, level).to_owned()).unwrap_or_default())
    };
    add(t_string!(i18n, quality.property.name), text(|customer| &customer.name));
    add(t_string!(i18n, quality.property.short_name), text(|customer| &customer.short_name));
    add(t_string!(i18n, quality.property.address), text(|customer| &customer.address));
    add(t_string!(i18n, quality.property.territory), text(|customer| &customer.territory));
    add(t_string!(i18n, quality.property.industry), text(|customer| &customer.industry));
    add(t_string!(i18n, quality.property.size), text(|customer| &customer.size));
    add(t_string!(i18n, quality.property.standing), text(|customer| &customer.standing));
    add(t_string!(i18n, quality.property.buying_power), level(|customer| customer.buying_power));
    add(t_string!(i18n, quality.property.source), text(|customer| &customer.source));
    let referrer = |customer: &Customer| {
        customer.referred_by.and_then(|id| workspace.customers.get(id)).map(|referrer| referrer.name.clone())
    };
    add(t_string!(i18n, quality.property.referred_by), sides.map(|customer| referrer(customer).unwrap_or_default()));
    add(t_string!(i18n, quality.property.software), text(|customer| &customer.software_in_use));
    add(t_string!(i18n, quality.property.needs), text(|customer| &customer.needs));
    add(t_string!(i18n, quality.property.intent), level(|customer| customer.intent));
    add(t_string!(i18n, quality.property.fit), level(|customer| customer.fit));
    add(t_string!(i18n, quality.property.priority), level(|customer| customer.priority));
    let review = |customer: &Customer| customer.review_on.map(|day| format.date(day)).unwrap_or_default();
    add(t_string!(i18n, quality.property.review_on), sides.map(review));
    let owner = |customer: &Customer| {
        customer.owner.and_then(|id| workspace.people.get(id)).map(|person| person.name.clone()).unwrap_or_default()
    };
    add(t_string!(i18n, quality.property.owner), sides.map(owner));
    let contacts = |customer: &Customer| customer.contacts.iter().map(contact).collect::<Vec<_>>().join("\n");
    add(t_string!(i18n, quality.property.contacts), sides.map(contacts));
    let sum = |of: fn(&Workspace, CustomerId) -> usize| {
        let (one, two) = (of(workspace, one), of(workspace, two));
        [one, two, one + two].map(|count| format.count(count))
    };
    add(t_string!(i18n, quality.property.deals), sum(deals));
    add(t_string!(i18n, quality.property.activities), sum(activities));
    add(t_string!(i18n, quality.property.tags), sides.map(|customer| customer.tags.join(", ")));
    let custom = |customer: &Customer| {
        let fields = customer.custom.iter().map(|(name, value)| {
            t_string!(i18n, quality.line, field = name.as_str(), value = value.as_str()).to_string()
        });
        fields.collect::<Vec<_>>().join("\n")
    };
    add(t_string!(i18n, quality.property.custom), sides.map(custom));
    // The notes of what comes of it hold more than those of either.
    let [one, two, after] = text(|customer| &customer.notes);
    lines.push(Line { label: t_string!(i18n, quality.property.notes), one, two, after });
    Some(lines)
}

/// A contact in a line.
fn contact(contact: &Contact) -> String {
    let Contact { name, job_title, phone, email, role, .. } = contact;
    let parts = [name, job_title, phone, email, role].into_iter().filter(|part| !part.trim().is_empty());
    parts.cloned().collect::<Vec<_>>().join(" · ")
}

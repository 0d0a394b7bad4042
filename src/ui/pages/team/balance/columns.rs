//! Who looks after whom: a column for each person with its customers, to drag or send from one to another.

use leptos::{ev, prelude::*};

use super::desk::Desk;
use crate::{
    i18n::{t, t_string},
    metrics::balance::{Account, Balance, Stays},
    model::{CustomerId, PersonId},
    ui::{
        components::{
            button::Button,
            tag::{Tag, Tone},
        },
        parts::drag::{Drag, Ghost, Scrolls},
        route::{Route, use_navigation},
    },
};

/// How many customers a column shows at first, and how many more at once.
const SHOWN: usize = 8;

/// A customer in a column.
#[derive(Clone, Debug, PartialEq)]
struct Face {
    customer: CustomerId,
    worth: i128,
    deals: usize,
    stays: Option<Stays>,
    /// Whether only the draft puts it here.
    moved: bool,
}

/// What a column holds: the customers that the draft brings first, then the most valuable.
fn faces(balance: &Balance, before: &Balance, person: PersonId) -> Vec<Face> {
    let own = |account: &&Account| account.holder == person;
    let mut faces: Vec<Face> = Vec::new();
    for account in balance.accounts.iter().filter(own) {
        // A customer that two sellers had stands once in the column of the one who gets it.
        if let Some(face) = faces.last_mut().filter(|face| face.customer == account.customer) {
            face.worth += account.worth;
            face.deals += account.deals.len();
            continue;
        }
        let was_here = before.accounts.iter().any(|was| was.customer == account.customer && was.holder == person);
        faces.push(Face {
            customer: account.customer,
            worth: account.worth,
            deals: account.deals.len(),
            stays: account.stays,
            moved: !was_here,
        });
    }
    faces.sort_by_key(|face| (!face.moved, -face.worth, face.customer));
    faces
}

/// The columns.
#[component]
pub(super) fn Columns(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let scrolls = Scrolls::Row(".balance__columns");
    let drag: Drag<CustomerId, PersonId> =
        Drag::listen(scrolls, |name| name.parse().ok(), move |customer, to| desk.give(customer, to));
    let people = Memo::new(move |_| {
        desk.before.with(|reading| reading.balance.people.iter().map(|holder| holder.person).collect::<Vec<_>>())
    });
    let face = move |customer| {
        let name = move || desk.names.with(|names| names.customer(Some(customer)));
        view! { <strong>{name}</strong> }.into_any()
    };
    let dragging = Memo::new(move |_| drag.dragged().get().is_some());
    view! {
        <section class="card balance__part">
            <h2>{t!(i18n, team.balance.columns)}</h2>
            <p class="small muted">{t!(i18n, team.balance.columns_what)}</p>
            <div
                class="balance__columns"
                class:balance__columns--dragging=dragging
                tabindex="0"
                role="group"
                aria-label=move || t_string!(i18n, team.balance.columns)
                on:touchmove=move |event| drag.hold_scroll(&event)
            >
                <For each=move || people.get() key=|person| *person let(person)><Column desk drag person/></For>
            </div>
            <Ghost drag face=Callback::new(face)/>
        </section>
    }
    .into_any()
}

#[component]
fn Column(desk: Desk, drag: Drag<CustomerId, PersonId>, person: PersonId) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let all =
        Memo::new(move |_| desk.after.with(|after| desk.before.with(|reading| faces(after, &reading.balance, person))));
    let limit = RwSignal::new(SHOWN);
    let shown = Memo::new(move |_| all.with(|all| all.iter().take(limit.get()).cloned().collect::<Vec<_>>()));
    let count = Memo::new(move |_| all.with(Vec::len));
    let more = move || count.get().saturating_sub(limit.get());
    let name = move || desk.names.with(|names| names.person(Some(person)));
    let over = Memo::new(move |_| drag.over().get() == Some(person));
    let potential = move || {
        let potential = desk
            .after
            .with(|after| after.people.iter().find(|holder| holder.person == person).map(|holder| holder.potential));
        desk.amounts.sum(potential)
    };
    view! {
        <section
            class="balance__column"
            class:balance__column--over=over
            data-drop=person.to_string()
            data-testid="balance-column"
            aria-label=name
        >
            <header class="balance__column-head">
                <h3>{name}" "<span class="muted">{move || format.count(count.get())}</span></h3>
                <span class="balance__potential">{potential}</span>
            </header>
            <ul class="balance__cards">
                <For each=move || shown.get() key=|face| (face.customer, face.worth, face.moved) let(face)>
                    <Card desk drag person face/>
                </For>
            </ul>
            <Show when=move || count.get() == 0>
                <p class="small muted">{t!(i18n, team.balance.no_customer)}</p>
            </Show>
            <Show when=move || more() != 0>
                <Button on_click=move |_| limit.update(|limit| *limit += 3 * SHOWN)>
                    {move || t_string!(i18n, team.balance.more, count = more(), n = format.count(more())).to_string()}
                </Button>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn Card(desk: Desk, drag: Drag<CustomerId, PersonId>, person: PersonId, face: Face) -> impl IntoView {
    let (i18n, format, navigation) = (desk.i18n, desk.format, use_navigation());
    let Face { customer, worth, deals, stays, moved } = face;
    let name = move || desk.names.with(|names| names.customer(Some(customer)));
    let route = Route::Customer(customer.to_string());
    let facts = move || {
        let deals = t_string!(i18n, team.balance.load, count = deals, n = format.count(deals)).to_string();
        [desk.amounts.sum(Some(worth)), deals].join(" · ")
    };
    let dragged = Memo::new(move |_| drag.dragged().get() == Some(customer));
    let tag = if moved {
        Some(view! { <Tag tone=Tone::Accent>{t!(i18n, team.balance.moved)}</Tag> }.into_any())
    } else {
        match stays {
            Some(Stays::Lower) => Some(view! { <Tag>{t!(i18n, team.balance.stays.lower)}</Tag> }.into_any()),
            Some(Stays::Contested) => {
                Some(view! { <Tag tone=Tone::Warn>{t!(i18n, team.balance.stays.contested)}</Tag> }.into_any())
            }
            Some(Stays::Worthless) | None => None,
        }
    };
    let open = move |event: ev::MouseEvent| {
        if drag.ends_here() {
            event.prevent_default();
        }
    };
    view! {
        <li
            class="balance__card"
            class:balance__card--dragged=dragged
            class:balance__card--moved=moved
            data-testid="balance-card"
            data-customer=customer.to_string()
            on:pointerdown=move |event| drag.press(customer, &event)
            on:contextmenu=move |event| drag.hold_menu(&event)
        >
            <div class="balance__card-head">
                <a draggable="false" href=move || navigation.href(&route) title=name on:click=open>{name}</a>
                {tag}
            </div>
            <div class="balance__card-foot">
                <span class="small muted">{facts}</span>
                <MoveTo desk customer person/>
            </div>
        </li>
    }
    .into_any()
}

/// Sends a customer to somebody without dragging.
#[component]
fn MoveTo(desk: Desk, customer: CustomerId, person: PersonId) -> impl IntoView {
    let i18n = desk.i18n;
    let label = move || {
        let customer = desk.names.with(|names| names.customer(Some(customer)));
        t_string!(i18n, team.balance.move_customer, customer = customer).to_string()
    };
    let options = move || {
        let others = desk.before.with(|reading| {
            reading.balance.people.iter().map(|holder| holder.person).filter(|id| *id != person).collect::<Vec<_>>()
        });
        desk.names.with(|names| {
            let option = |id: PersonId| (id.to_string(), names.person(Some(id)));
            others.into_iter().map(option).map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()
        })
    };
    let chosen = move |event: ev::Event| {
        if let Ok(to) = event_target_value(&event).parse() {
            desk.give(customer, to);
        }
    };
    view! {
        <select
            class="field__control balance__send"
            aria-label=label
            on:pointerdown=|event| event.stop_propagation()
            on:change=chosen
        >
            <option value="">{t!(i18n, team.balance.move_to)}</option>
            {options}
        </select>
    }
}

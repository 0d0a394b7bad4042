//! What a receiver has to know of each customer: a sheet to print or to keep as a file.

use std::{cmp::Reverse, sync::Arc};

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Customer, Deal, HandedOver, HandoverId, Money, Status, Workspace},
    store::use_store,
    ui::{
        components::{button::Button, tag::Tone, toast::use_toasts},
        file,
        format::{Format, UNKNOWN, use_format},
        parts::{activities::About, after_paint::once_painted, handover_steps::lot_name},
        print::use_print_sheet,
        wording::{self, I18n},
    },
};

/// How many activities a sheet tells of.
const ACTIVITIES: usize = 5;

/// The sheet of one customer, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Briefing {
    title: String,
    about: String,
    parts: Vec<(String, Vec<String>)>,
}

/// The buttons that print the sheets and put them into a file.
#[component]
pub(super) fn Briefings(id: HandoverId, lines: Memo<Vec<HandedOver>>) -> impl IntoView {
    let (i18n, format, store, toasts) = (use_i18n(), use_format(), use_store(), use_toasts());
    let sheets = RwSignal::new(None::<Arc<Vec<Briefing>>>);
    let made = move || {
        store.peek(|workspace| {
            let lines = lines.get_untracked();
            lines.into_iter().map(|what| briefing(i18n, format, workspace, id, what)).collect::<Vec<_>>()
        })
    };
    let download = move |_| {
        let text = made().iter().map(Briefing::text).collect::<Vec<_>>().join("\n\n");
        let name = [t_string!(i18n, team.handover.briefing), ".txt"].concat();
        if file::download(&name, "text/plain;charset=utf-8", text.as_bytes()).is_err() {
            toasts.say(t_string!(i18n, list.not_taken).to_owned(), Tone::Bad);
        }
    };
    view! {
        <Button
            icon=icondata_lu::LuPrinter
            on_click=move |_| sheets.set(Some(Arc::new(made())))
            attr:data-testid="handover-print"
        >
            {t!(i18n, team.handover.print)}
        </Button>
        <Button icon=icondata_lu::LuDownload on_click=download attr:data-testid="handover-export">
            {t!(i18n, team.handover.export)}
        </Button>
        {move || sheets.get().map(|sheets| view! { <Printed sheets/> })}
    }
    .into_any()
}

/// Prints the sheets, and lets them stand for the page on paper while they are there.
#[component]
fn Printed(sheets: Arc<Vec<Briefing>>) -> impl IntoView {
    let print = use_print_sheet(move || sheets.iter().map(Briefing::view).collect_view().into_any());
    once_painted(move || {
        // By then the page may have gone.
        print.try_run(());
    });
    view! { <span hidden data-testid="briefing-ready"></span> }
}

impl Briefing {
    fn view(&self) -> AnyView {
        let parts = self.parts.iter().map(|(heading, lines)| {
            let lines = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
            view! { <section><h2>{heading.clone()}</h2><ul>{lines}</ul></section> }
        });
        view! {
            <article class="briefing">
                <h1>{self.title.clone()}</h1>
                <p>{self.about.clone()}</p>
                {parts.collect_view()}
            </article>
        }
        .into_any()
    }

    fn text(&self) -> String {
        let head = [self.title.clone(), self.about.clone()];
        let parts = self.parts.iter().flat_map(|(heading, lines)| {
            let lines = lines.iter().map(|line| ["- ", line].concat());
            [String::new(), heading.clone()].into_iter().chain(lines)
        });
        head.into_iter().chain(parts).collect::<Vec<_>>().join("\n")
    }
}

/// What there is to know of a line; parts without anything to say are left out.
fn briefing(i18n: I18n, format: Format, workspace: &Workspace, id: HandoverId, what: HandedOver) -> Briefing {
    let person = |id| workspace.people.get(id).map(|person| person.name.clone()).unwrap_or_default();
    let handover = workspace.handovers.get(id);
    let item = handover.and_then(|handover| handover.item(what));
    let from = handover.map(|handover| person(handover.from)).unwrap_or_default();
    let to = item.map(|item| person(item.to)).unwrap_or_default();
    let (customer, deals): (Option<&Customer>, Vec<&Arc<Deal>>) = match what {
        HandedOver::Customer(id) => {
            let of_customer = workspace.deals.iter().filter(|deal| deal.details.customer == Some(id)).collect();
            (workspace.customers.get(id).map(AsRef::as_ref), of_customer)
        }
        HandedOver::Deal(id) => {
            let deal = workspace.deals.get(id);
            (deal.and_then(|deal| workspace.customer_of(deal)).map(AsRef::as_ref), deal.into_iter().collect())
        }
    };
    let about = match what {
        HandedOver::Customer(id) => About::Customer(id),
        HandedOver::Deal(id) => About::Deal(id),
    };
    let mut parts = Vec::new();
    let mut add = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            parts.push((heading.to_owned(), lines));
        }
    };
    add(
        t_string!(i18n, team.handover.note),
        item.map(|item| item.note.clone()).filter(|note| !note.trim().is_empty()).into_iter().collect(),
    );
    add(t_string!(i18n, team.handover.company), customer.map(company).unwrap_or_default());
    add(t_string!(i18n, contacts.title), customer.map(contacts).unwrap_or_default());
    add(t_string!(i18n, team.handover.history), history(i18n, format, workspace, &deals));
    let open = deals.iter().filter(|deal| matches!(deal.standing().status, Status::Open | Status::Dormant { .. }));
    for deal in open {
        add(&deal.details.title, one_deal(i18n, format, workspace, deal));
    }
    let done = about.of(workspace).into_iter().take(ACTIVITIES).map(|activity| {
        let kind = wording::activity_kind(i18n, activity.kind).to_owned();
        let texts = [activity.note.clone(), activity.result.clone(), activity.next_step.clone()];
        let by = activity.by.map(person);
        let texts = texts.into_iter().filter(|text| !text.trim().is_empty());
        [format.date(activity.on), kind].into_iter().chain(by).chain(texts).collect::<Vec<_>>().join(" · ")
    });
    add(t_string!(i18n, activity.title), done.collect());
    let about = t_string!(i18n, team.handover.from_to_people, from = from, to = to).to_string();
    Briefing { title: lot_name(workspace, what), about, parts }
}

fn company(customer: &Customer) -> Vec<String> {
    let line = [&customer.territory, &customer.industry, &customer.size, &customer.address].map(|text| text.trim());
    let line = line.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let texts = [line, customer.needs.clone(), customer.notes.clone()];
    texts.into_iter().filter(|text| !text.trim().is_empty()).collect()
}

fn contacts(customer: &Customer) -> Vec<String> {
    let one = |contact: &crate::model::Contact| {
        let parts = [&contact.name, &contact.job_title, &contact.role, &contact.phone, &contact.email];
        let parts = parts.map(|text| text.trim()).into_iter().filter(|text| !text.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    };
    customer.contacts.iter().map(one).collect()
}

/// What was won and lost with the customer.
fn history(i18n: I18n, format: Format, workspace: &Workspace, deals: &[&Arc<Deal>]) -> Vec<String> {
    let mut closed: Vec<_> = deals.iter().filter(|deal| deal.standing().is_closed()).collect();
    closed.sort_by_key(|deal| Reverse((deal.last_day(), deal.id)));
    let one = |deal: &&&Arc<Deal>| {
        let standing = deal.standing();
        let reason = if let Status::Lost { reason, .. } = &standing.status { Some(reason.clone()) } else { None };
        let status = wording::status(i18n, &standing.status).to_owned();
        let amount = money(format, workspace, standing.amount);
        let known = [format.date(deal.last_day()), status, amount, deal.details.title.clone()];
        known.into_iter().chain(reason).collect::<Vec<_>>().join(" · ")
    };
    closed.iter().map(one).collect()
}

/// Where an open deal stands: stage, amount, close; evidence, next action, obstacles, competitors.
fn one_deal(i18n: I18n, format: Format, workspace: &Workspace, deal: &Deal) -> Vec<String> {
    let standing = deal.standing();
    let found = workspace.stage_of(deal);
    let stage = found.map_or_else(|| UNKNOWN.to_owned(), |(_, stage)| stage.name.clone());
    let close = standing
        .expected_close
        .map(|close| t_string!(i18n, team.handover.closes, day = format.date(close)).to_string());
    let head = [stage, money(format, workspace, standing.amount)].into_iter().chain(close);
    let mut lines = vec![head.collect::<Vec<_>>().join(" · ")];
    let criteria = found.iter().flat_map(|(model, _)| &model.stages).flat_map(|stage| &stage.criteria);
    lines.extend(criteria.filter_map(|criterion| {
        let seen = standing.evidence.get(&criterion.id)?;
        let on = seen.on.map(|on| format.date(on));
        let proof = Some(seen.proof.clone()).filter(|proof| !proof.trim().is_empty());
        let text = t_string!(i18n, team.handover.seen, text = criterion.text.clone()).to_string();
        Some(std::iter::once(text).chain(on).chain(proof).collect::<Vec<_>>().join(" · "))
    }));
    lines.extend(deal.details.next_action.as_ref().map(|action| {
        let due = action.due.map(|due| format.date(due));
        let what = t_string!(i18n, team.handover.next, what = action.what.clone()).to_string();
        std::iter::once(what).chain(due).collect::<Vec<_>>().join(" · ")
    }));
    let obstacles = Some(deal.details.obstacles.trim()).filter(|text| !text.is_empty());
    lines.extend(obstacles.map(|text| t_string!(i18n, team.handover.obstacles, text = text.to_owned()).to_string()));
    let rivals = deal.details.competitors.join(" · ");
    lines.extend((!rivals.is_empty()).then(|| t_string!(i18n, team.handover.rivals, names = rivals).to_string()));
    lines
}

fn money(format: Format, workspace: &Workspace, amount: Option<Money>) -> String {
    let currency = workspace.profile.currency;
    format.money(amount.map(Money::minor), currency.code(), currency.digits(), false)
}

//! One change for many records with the same problem.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};

use super::{
    facts::{open_deals, sellers},
    fix::rest_again,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Problem, Subject, quality::sum_of_lines},
    model::{Command, Customer, CustomerId, Date, Deal, DealDetails, NextAction, PersonId, Workspace},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            tag::Tone,
            toast::use_toasts,
        },
        parts::{
            editor::read_date,
            listing::bulk::Doubt,
            names::use_names,
            several::{Doubts, Several},
        },
    },
};

/// A change for many records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    /// Deals go to a person.
    Owner,
    /// Deals get an expected close date.
    Close,
    /// Expected close dates move by so many days.
    ShiftClose,
    /// Due dates of next actions move by so many days.
    ShiftDue,
    /// Deals get a next action, due on a day.
    Action,
    /// Deals rest until a day.
    Sleep,
    /// Dormant deals go on.
    Reopen,
    /// Dormant deals rest until another day.
    SleepOn,
    /// Deals take the sum of their lines as amount.
    TakeSum,
    /// Customers go to a person.
    CustomerOwner,
    /// Open deals go to the owner of their customer.
    FollowCustomer,
    /// Customers go to the one owner of their open deals.
    FollowDeals,
}

const fn tools(problem: Problem) -> &'static [Tool] {
    match problem {
        Problem::NoNextAction => &[Tool::Action, Tool::Sleep],
        Problem::ActionOverdue => &[Tool::ShiftDue, Tool::Sleep],
        Problem::CloseOverdue => &[Tool::Close, Tool::ShiftClose, Tool::Sleep],
        Problem::NoClose => &[Tool::Close],
        Problem::NoOwner | Problem::OwnerLeft => &[Tool::Owner],
        Problem::Overslept => &[Tool::Reopen, Tool::SleepOn],
        Problem::NoAmount | Problem::AmountDiffers => &[Tool::TakeSum],
        Problem::SeveralSellers => &[Tool::FollowCustomer],
        Problem::OtherSeller => &[Tool::FollowCustomer, Tool::FollowDeals],
        Problem::CustomerNoOwner | Problem::CustomerOwnerLeft => &[Tool::CustomerOwner, Tool::FollowDeals],
        Problem::NoCustomer
        | Problem::UnknownStage
        | Problem::Undated
        | Problem::NoContact
        | Problem::Unreachable
        | Problem::BadEmail => &[],
    }
}

/// Whether many records with a problem can be put right at once.
pub(super) const fn has_tools(problem: Problem) -> bool {
    !tools(problem).is_empty()
}

/// What a tool is given.
#[derive(Clone, Debug)]
enum Given {
    Nothing,
    Person(Option<PersonId>),
    Day(Date),
    Days(i64),
    Action(String, Option<Date>),
}

/// The row of changes for the records that are marked.
#[component]
pub(super) fn Bulk(
    problem: Problem,
    present: Memo<BTreeSet<Subject>>,
    marked: RwSignal<BTreeSet<Subject>>,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let clear = move || marked.update(BTreeSet::clear);
    let several = Several::new(clear);
    let run = Callback::new(move |(tool, given): (Tool, Given)| {
        let marked = marked.get_untracked();
        let deals: Vec<_> = marked
            .iter()
            .filter_map(|subject| match subject {
                Subject::Deal(id) => Some(*id),
                _ => None,
            })
            .collect();
        if !deals.is_empty() {
            several.change(&deals, |deal| for_deal(deal, tool, &given));
            return;
        }
        let customers = marked.iter().filter_map(|subject| match subject {
            Subject::Customer(id) => Some(*id),
            _ => None,
        });
        let commands: Vec<Command> =
            store.peek(|w| customers.filter_map(|id| for_customer(w, id, tool, &given)).collect());
        let asked = Doubt { willing: commands, refused: Vec::new() };
        several.bulk.change(asked, |i18n, count| t_string!(i18n, quality.changed, count = count).to_string());
    });
    let count = Memo::new(move |_| marked.with(BTreeSet::len));
    let all =
        Memo::new(move |_| present.with(|present| !present.is_empty() && marked.with(|m| m.is_superset(present))));
    let toggle_all = move |_| {
        if all.get_untracked() {
            clear();
        } else {
            marked.set(present.get_untracked());
        }
    };
    view! {
        <div class="quality__bulk" role="group" aria-label=move || t_string!(i18n, quality.bulk)>
            <label class="checkbox">
                <input type="checkbox" prop:checked=all on:change=toggle_all/>
                <span>{t!(i18n, quality.mark_all)}</span>
            </label>
            <Show when=move || count.get() != 0>
                <b>{move || t_string!(i18n, quality.marked, count = count.get()).to_string()}</b>
                {tools(problem).iter().map(|tool| view! { <Control tool=*tool run/> }).collect_view()}
            </Show>
            <Doubts several/>
        </div>
    }
    .into_any()
}

/// The fields and the button of a tool.
#[component]
fn Control(tool: Tool, run: Callback<(Tool, Given)>) -> impl IntoView {
    let (i18n, toasts, names) = (use_i18n(), use_toasts(), use_names());
    let (text, day) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let written = move |event: ev::Event| text.set(event_target_value(&event));
    let date = move |label: fn(crate::ui::wording::I18n) -> &'static str| {
        view! {
            <label class="quality__day">
                <span class="small muted">{move || label(i18n)}</span>
                <input
                    type="date"
                    class="field__control"
                    prop:value=day
                    on:input=move |event| day.set(event_target_value(&event))
                />
            </label>
        }
    };
    let with_day = move |_| match read_date(&day.get_untracked()) {
        Ok(Some(day)) => run.run((tool, Given::Day(day))),
        _ => toasts.say(t_string!(i18n, moves.bad_date).to_owned(), Tone::Bad),
    };
    let no_day = Signal::derive(move || day.with(String::is_empty));
    let inner = match tool {
        Tool::Owner | Tool::CustomerOwner => {
            let options = move || {
                let people = names.with(|names| names.choose_person(None));
                people.into_iter().skip(1).map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()
            };
            let chosen = move |event: ev::Event| {
                if let Ok(person) = event_target_value(&event).parse() {
                    run.run((tool, Given::Person(Some(person))));
                }
            };
            view! {
                <select class="field__control" aria-label=move || t_string!(i18n, quality.set_owner) on:change=chosen>
                    <option value="">{t!(i18n, quality.set_owner)}</option>
                    {options}
                </select>
            }
            .into_any()
        }
        Tool::Close => view! {
            {date(|i18n| t_string!(i18n, quality.new_date))}
            <Button on_click=with_day disabled=no_day>{t!(i18n, quality.set_date)}</Button>
        }
        .into_any(),
        Tool::Sleep => view! {
            {date(|i18n| t_string!(i18n, quality.wake))}
            <Button on_click=with_day disabled=no_day>{t!(i18n, quality.make_dormant)}</Button>
        }
        .into_any(),
        Tool::SleepOn => view! {
            {date(|i18n| t_string!(i18n, quality.wake))}
            <Button on_click=with_day disabled=no_day>{t!(i18n, quality.sleep_on)}</Button>
        }
        .into_any(),
        Tool::ShiftClose | Tool::ShiftDue => {
            let shift = move |_| match text.get_untracked().trim().parse() {
                Ok(days) => run.run((tool, Given::Days(days))),
                Err(_) => toasts.say(t_string!(i18n, quality.bad_days).to_owned(), Tone::Bad),
            };
            view! {
                <input
                    type="text"
                    inputmode="numeric"
                    class="field__control field__control--number quality__days"
                    aria-label=move || t_string!(i18n, quality.days)
                    placeholder=move || t_string!(i18n, quality.days)
                    prop:value=text
                    on:input=written
                />
                <Button on_click=shift disabled=Signal::derive(move || text.with(String::is_empty))>{t!(i18n, quality.shift)}</Button>
            }
            .into_any()
        }
        Tool::Action => {
            let set = move |_| match read_date(&day.get_untracked()) {
                Ok(day) => run.run((tool, Given::Action(text.get_untracked(), day))),
                Err(_) => toasts.say(t_string!(i18n, moves.bad_date).to_owned(), Tone::Bad),
            };
            view! {
                <input
                    type="text"
                    class="field__control"
                    autocomplete="off"
                    aria-label=move || t_string!(i18n, domain.field.next_action)
                    placeholder=move || t_string!(i18n, domain.field.next_action)
                    prop:value=text
                    on:input=written
                />
                {date(|i18n| t_string!(i18n, deal.until))}
                <Button on_click=set disabled=Signal::derive(move || text.with(|text| text.trim().is_empty()))>
                    {t!(i18n, quality.set_action)}
                </Button>
            }
            .into_any()
        }
        Tool::Reopen | Tool::TakeSum | Tool::FollowCustomer | Tool::FollowDeals => {
            let words = move || match tool {
                Tool::Reopen => t_string!(i18n, quality.reopen),
                Tool::TakeSum => t_string!(i18n, quality.take_sum),
                Tool::FollowCustomer => t_string!(i18n, quality.follow_customer),
                _ => t_string!(i18n, quality.follow_deals),
            };
            view! { <Button variant=Variant::Quiet on_click=move |_| run.run((tool, Given::Nothing))>{words}</Button> }
                .into_any()
        }
    };
    view! { <div class="quality__tool">{inner}</div> }.into_any()
}

/// What a tool does to a deal; `None` leaves it as it is.
fn for_deal(deal: &Deal, tool: Tool, given: &Given) -> Option<Command> {
    let id = deal.id;
    let later = |day: Date, days: i64| day.checked_add_signed(chrono::TimeDelta::try_days(days)?);
    let edit = |action: NextAction| {
        let details = DealDetails { next_action: Some(action), ..deal.details.clone() };
        Command::EditDeal { id, details: Box::new(details) }
    };
    match (tool, given) {
        (Tool::Owner, Given::Person(to)) => Some(Command::SetOwner { id, to: *to }),
        (Tool::Close, Given::Day(day)) => Some(Command::SetExpectedClose { id, to: Some(*day) }),
        (Tool::ShiftClose, Given::Days(days)) => {
            Some(Command::SetExpectedClose { id, to: Some(later(deal.standing().expected_close?, *days)?) })
        }
        (Tool::ShiftDue, Given::Days(days)) => {
            let action = deal.details.next_action.clone()?;
            Some(edit(NextAction { due: Some(later(action.due?, *days)?), ..action }))
        }
        (Tool::Action, Given::Action(what, due)) => {
            Some(edit(NextAction { what: what.clone(), owner: deal.standing().owner, due: *due }))
        }
        (Tool::Sleep, Given::Day(day)) => Some(Command::SleepDeal { id, wake: Some(*day) }),
        (Tool::SleepOn, Given::Day(day)) => Some(rest_again(id, Some(*day))),
        (Tool::Reopen, _) => Some(Command::ReopenDeal(id)),
        (Tool::TakeSum, _) => Some(Command::SetAmount { id, to: Some(sum_of_lines(deal)?) }),
        _ => None,
    }
}

/// What a tool does to a customer or its open deals; `None` leaves them as they are.
fn for_customer(workspace: &Workspace, id: CustomerId, tool: Tool, given: &Given) -> Option<Command> {
    let customer = workspace.customers.get(id)?;
    let give = |owner: Option<PersonId>| Command::PutCustomer(Box::new(Customer { owner, ..(**customer).clone() }));
    match (tool, given) {
        (Tool::CustomerOwner, Given::Person(owner)) => Some(give(*owner)),
        (Tool::FollowCustomer, _) => {
            let to = Some(customer.owner?);
            let deals = open_deals(workspace, id).map(|deal| Command::SetOwner { id: deal.id, to });
            Some(Command::Many(deals.collect()))
        }
        (Tool::FollowDeals, _) => match sellers(workspace, id).as_slice() {
            [Some(seller)] => Some(give(Some(*seller))),
            _ => None,
        },
        _ => None,
    }
}

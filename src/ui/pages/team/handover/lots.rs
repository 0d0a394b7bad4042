//! Who receives what: proposed line by line, changed one by one or all at once, with the loads of the receivers moving along.

use std::sync::Arc;

use leptos::prelude::*;

use super::guide::{Case, Desk};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::handover::{Fit, Ground, Known, Load},
    model::{HandedOver, Person, PersonId, Workspace},
    ui::{
        components::{
            button::{Button, Variant},
            explain::Explain,
            field::SelectField,
        },
        format::{Format, use_format},
        parts::handover_steps::lot_name,
        route::{Query, Route},
        wording::I18n,
    },
};

/// The table of the lines.
#[component]
pub(super) fn Lots(desk: Desk) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let fits = Memo::new(move |_| {
        let to = desk.to.get();
        desk.case.with(|case| case.as_ref().map(|case| Arc::new(case.matching.fits(&to))))
    });
    let words = move |what: HandedOver| {
        let found = fits.with(|fits| fits.as_ref().and_then(|fits| fits.get(&what).cloned()));
        let fit = found.flatten()?;
        desk.case.with(|case| case.as_ref().map(|case| fit_words(i18n, format, &case.workspace, &fit)))
    };
    let rows = move || {
        let case = desk.case.get();
        let rows = case.iter().flat_map(|case| case.proposals.iter().map(move |one| (case, one.what)));
        rows.map(|(case, what)| row(desk, i18n, format, case, what, words)).collect_view()
    };
    let everybody = move |id: String| {
        let Ok(person) = id.parse::<PersonId>() else { return };
        let Some(case) = desk.case.get_untracked() else { return };
        desk.chosen.update(|chosen| chosen.extend(case.proposals.iter().map(|one| ((case.leaver, one.what), person))));
    };
    let options = Signal::derive(move || {
        let mut people = desk.receivers();
        people.insert(0, (String::new(), t_string!(i18n, team.handover.as_proposed).to_owned()));
        people
    });
    let is_changed = Memo::new(move |_| {
        let leaver = desk.case.with(|case| case.as_ref().map(|case| case.leaver));
        desk.chosen.with(|chosen| chosen.keys().any(|(from, _)| Some(*from) == leaver))
    });
    let anew = move |()| {
        let leaver = desk.case.with_untracked(|case| case.as_ref().map(|case| case.leaver));
        desk.chosen.update(|chosen| chosen.retain(|(from, _), _| Some(*from) != leaver));
    };
    // One person for all lines, as long as there is only one.
    let common = Signal::derive(move || {
        desk.to.with(|to| {
            let mut people = to.values();
            let first = people.next().copied();
            let same = is_changed.get() && people.all(|person| Some(*person) == first);
            first.filter(|_| same).map(|person| person.to_string()).unwrap_or_default()
        })
    });
    let counted = move || t_string!(i18n, team.handover.lines, count = desk.to.with(|to| to.len())).to_string();
    view! {
        <section class="card stack" data-testid="handover-lots">
            <div class="row">
                <h2>{t!(i18n, team.handover.receivers)}</h2>
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, team.handover.formula).to_owned())
                    counted=Signal::derive(counted)
                />
            </div>
            <div class="filter-bar no-print" data-testid="handover-all">
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, team.handover.all_to).to_owned())
                    options
                    value=common
                    on_change=move |id: String| if id.is_empty() { anew(()) } else { everybody(id) }
                />
                <Show when=move || is_changed.get()>
                    <Button variant=Variant::Bare icon=icondata_lu::LuRotateCcw on_click=move |_| anew(())>
                        {t!(i18n, team.handover.propose)}
                    </Button>
                </Show>
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, team.handover.receivers)>
                <table class="table figures handover__lots">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, team.handover.lot)}</th>
                            <th scope="col">{t!(i18n, team.handover.open)}</th>
                            <th scope="col">{t!(i18n, team.handover.receiver)}</th>
                            <th scope="col">{t!(i18n, team.handover.why)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(
    desk: Desk,
    i18n: I18n,
    format: Format,
    case: &Arc<Case>,
    what: HandedOver,
    words: impl Fn(HandedOver) -> Option<String> + Copy + Send + Sync + 'static,
) -> AnyView {
    let workspace = &case.workspace;
    let name = lot_name(workspace, what);
    let (href, about) = match what {
        HandedOver::Customer(id) => {
            let customer = workspace.customers.get(id);
            let about = customer.map(|one| [one.territory.as_str(), one.industry.as_str()]).unwrap_or_default();
            (Route::Customer(id.to_string()), about.map(str::trim).join(" · "))
        }
        HandedOver::Deal(id) => (Route::Deal(id.to_string()), t_string!(i18n, team.handover.deal_alone).to_owned()),
    };
    let about = about.trim_matches([' ', '·']).to_owned();
    let deals = case.owned.lots.get(&what).map_or(0, Vec::len);
    let potential = desk.amounts.sum(Some(case.matching.of_lot(&what).potential));
    let potential = t_string!(i18n, team.handover.weighted, amount = potential).to_string();
    let leaver = case.leaver;
    let receiver =
        Signal::derive(move || desk.to.with(|to| to.get(&what).map(ToString::to_string).unwrap_or_default()));
    let choose = move |id: String| {
        if let Ok(person) = id.parse::<PersonId>() {
            desk.chosen.update(|chosen| {
                chosen.insert((leaver, what), person);
            });
        }
    };
    let label = [t_string!(i18n, team.handover.receiver), &name].join(" · ");
    let options = move || {
        let mine = receiver.get();
        let option =
            |(id, name): (String, String)| view! { <option value=id.clone() selected=id == mine>{name}</option> };
        desk.receivers().into_iter().map(option).collect_view()
    };
    view! {
        <tr>
            <th scope="row">
                <a href=href.href(&Query::default())>{name}</a>
                <span class="muted small figures__count">{about}</span>
            </th>
            <td>{format.count(deals)}<span class="muted small figures__count">{potential}</span></td>
            <td>
                <select
                    class="field__control"
                    aria-label=label
                    prop:value=receiver
                    on:change=move |event| choose(event_target_value(&event))
                >
                    {options}
                </select>
            </td>
            <td class="handover__why small">{move || words(what)}</td>
        </tr>
    }
    .into_any()
}

/// Why somebody fits, in words.
fn fit_words(i18n: I18n, format: Format, workspace: &Workspace, fit: &Fit) -> String {
    let ground = |ground: &Ground| match *ground {
        Ground::Knows(Known::Owns) => t_string!(i18n, team.handover.owns).to_owned(),
        Ground::Knows(Known::Sold(deal)) => {
            t_string!(i18n, team.handover.sold, deal = title(workspace, deal)).to_string()
        }
        Ground::Knows(Known::Supports(deal)) => {
            t_string!(i18n, team.handover.helps, deal = title(workspace, deal)).to_string()
        }
        Ground::Knows(Known::Met(activity)) => {
            let on = workspace.activities.get(activity).map(|activity| activity.on);
            t_string!(i18n, team.handover.met, day = format.date(on)).to_string()
        }
        Ground::Territory => t_string!(i18n, team.handover.territory).to_owned(),
        Ground::Industry { customers, won } => {
            let (customers, won) = (format.count(customers), format.count(won));
            t_string!(i18n, team.handover.industry, customers = customers, won = won).to_string()
        }
        Ground::Load { deals, capacity, over } => {
            let deals = format.count(usize::try_from(deals).ok());
            let words = match capacity {
                Some(capacity) => {
                    let of = format.count(usize::from(capacity));
                    t_string!(i18n, team.handover.load_of, deals = deals, of = of).to_string()
                }
                None => t_string!(i18n, team.handover.load, deals = deals).to_string(),
            };
            if over { [words.as_str(), t_string!(i18n, team.handover.over)].join(" ") } else { words }
        }
    };
    fit.grounds.iter().map(ground).collect::<Vec<_>>().join(" · ")
}

fn title(workspace: &Workspace, deal: crate::model::DealId) -> String {
    workspace.deals.get(deal).map(|deal| deal.details.title.clone()).unwrap_or_default()
}

/// What everybody has, and would have then.
#[component]
pub(super) fn Bars(desk: Desk) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let rows = move || {
        let to = desk.to.get();
        let loads = desk.case.with(|case| case.as_ref().map(|case| case.matching.loads(&to))).unwrap_or_default();
        let most = loads.iter().map(|(person, before, after)| {
            let capacity = person.capacity.map_or(0, i64::from);
            capacity.max(before.deals).max(after.deals)
        });
        let most = most.max().unwrap_or(1).max(1);
        loads
            .iter()
            .map(|(person, before, after)| bar(desk, i18n, format, person, (*before, *after), most))
            .collect_view()
    };
    view! {
        <section class="card stack" data-testid="handover-loads">
            <h2>{t!(i18n, team.handover.loads)}</h2>
            <p class="muted small">{t!(i18n, team.handover.loads_what)}</p>
            <ul class="handover__loads">{rows}</ul>
        </section>
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "lengths of bars")]
fn bar(desk: Desk, i18n: I18n, format: Format, person: &Person, loads: (Load, Load), most: i64) -> AnyView {
    let (before, after) = loads;
    let share = |deals: i64| (deals as f64 / most as f64).to_string();
    let count = |deals: i64| format.count(usize::try_from(deals).ok());
    let over = person.capacity.is_some_and(|capacity| after.deals > i64::from(capacity));
    let tone = if over { "warn" } else { "accent" };
    let deals =
        t_string!(i18n, team.handover.from_to, before = count(before.deals), after = count(after.deals)).to_string();
    let of = person.capacity.map(|capacity| {
        t_string!(i18n, team.handover.room, capacity = format.count(usize::from(capacity))).to_string()
    });
    let potential = [desk.amounts.sum(Some(before.potential)), desk.amounts.sum(Some(after.potential))];
    let [was, is] = potential;
    let weighted = t_string!(i18n, team.handover.potential, before = was, after = is).to_string();
    let words = std::iter::once(deals).chain(of).chain([weighted]).collect::<Vec<_>>().join(" · ");
    let mark = person.capacity.map(|capacity| share(i64::from(capacity)));
    view! {
        <li class="handover__load" data-tone=tone data-person=person.id.to_string()>
            <span>{person.name.clone()}</span>
            <span class="muted small">{words}</span>
            <div class="handover__bar" aria-hidden="true" style:--before=share(before.deals) style:--after=share(after.deals)>
                {mark.map(|mark| view! { <span class="handover__mark" style:--mark=mark></span> })}
            </div>
        </li>
    }
    .into_any()
}

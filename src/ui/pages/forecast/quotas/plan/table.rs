//! The proposals, person by person, beside what came before; the amounts are changed where they stand.

use std::sync::Arc;

use leptos::prelude::*;

use super::Planner;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Holding,
        quota::{asked, filter_of},
        quota_plan::{Earlier, Ground, Plan, Proposal, Sum, sums},
    },
    model::{Money, QuotaOf},
    store::use_store,
    ui::{
        components::{explain::Explain, icon::Icon},
        format::{Format, UNKNOWN, use_format},
        pages::forecast::quotas::span_words,
        parts::{
            behind::left_out_words,
            cell::{Desk, TextCell},
        },
        typed,
        wording::I18n,
    },
};

/// The table.
#[component]
pub(super) fn Proposals(planner: Planner) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let months = planner.months;
    let words = move |back: u32| {
        let (first, span) = (months.first.get(), months.span.get());
        span_words(format, first.earlier(back), span)
    };
    let before = Signal::derive(move || words(months.span.get().months()));
    let year_before = Signal::derive(move || words(12));
    // For a whole year, the period before is the year before.
    let two = Memo::new(move |_| months.span.get().months() < 12);
    let rows = move || {
        let plan = planner.plan.get();
        let rows = plan.iter().flat_map(|plan| &plan.proposals).map(|one| row(planner, i18n, format, one, two.get()));
        rows.collect_view()
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, forecast.quota.plan)>
            <table class="table figures quotas__plan">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, forecast.quota.whose)}</th>
                        <th scope="col">{t!(i18n, forecast.quota.planning.open)}</th>
                        <th scope="col">
                            {t!(i18n, forecast.quota.planning.potential)}
                            <Explain
                                formula=Signal::derive(move || t_string!(i18n, forecast.quota.planning.potential_formula).to_owned())
                                counted=Signal::derive(move || counted(i18n, format, planner.plan.get().as_deref()))
                            />
                        </th>
                        <th scope="col">
                            {t!(i18n, forecast.quota.planning.before)}
                            <span class="muted small figures__count">{before}</span>
                        </th>
                        <Show when=move || two.get()>
                            <th scope="col">
                                {t!(i18n, forecast.quota.planning.year_before)}
                                <span class="muted small figures__count">{year_before}</span>
                            </th>
                        </Show>
                        <th scope="col">{t!(i18n, forecast.quota.planning.now)}</th>
                        <th scope="col">{t!(i18n, forecast.quota.planning.proposed)}</th>
                        <th scope="col">{t!(i18n, forecast.quota.planning.new)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <Feet planner two/>
            </table>
        </div>
    }
    .into_any()
}

fn counted(i18n: I18n, format: Format, plan: Option<&Plan>) -> String {
    let deals: usize = plan.iter().flat_map(|plan| &plan.proposals).map(|one| one.potential.deals.len()).sum();
    t_string!(i18n, funnel.deals, count = format.count(deals)).to_string()
}

#[expect(clippy::cast_precision_loss, reason = "amounts that are shown")]
fn row(planner: Planner, i18n: I18n, format: Format, proposal: &Proposal, two: bool) -> AnyView {
    let wish = planner.wish;
    let (name, place) = wish.counted.with(|counted| {
        let workspace = &counted.workspace;
        let name = workspace.people.get(proposal.person).map(|person| person.name.clone()).unwrap_or_default();
        let place = proposal.department.and_then(|id| workspace.departments.get(id)).map(|one| one.name.clone());
        (name, place)
    });
    let open = &proposal.potential;
    let amount = open.known_amount().map_or_else(|| UNKNOWN.to_owned(), |minor| wish.money(format, minor as f64));
    let count = format.count(open.deals.len());
    let weighted = wish.money(format, open.weighted);
    let title = [t_string!(i18n, forecast.quota.planning.potential), &name].join(" · ");
    let potential = link(planner, i18n, format, title, weighted, open);
    let earlier = |earlier: &Option<Earlier>| came(planner, i18n, format, &name, earlier.as_ref());
    let now = holds_now(planner, QuotaOf::Person { person: proposal.person }, format);
    let proposed = proposal.amount.map_or_else(|| UNKNOWN.to_owned(), |one| wish.money(format, one.minor() as f64));
    let ground = ground_words(i18n, proposal.ground);
    let year_before = two.then(|| view! { <td>{earlier(&proposal.year_before)}</td> });
    view! {
        <tr data-person=proposal.person.to_string()>
            <th scope="row">{name.clone()}<span class="muted small figures__count">{place}</span></th>
            <td>{amount}<span class="muted small figures__count">{count}</span></td>
            <td>{potential}</td>
            <td>{earlier(&proposal.before)}</td>
            {year_before}
            <td>{now}</td>
            <td>{proposed}<span class="muted small figures__count">{ground}</span></td>
            <td>{amount_cell(planner, i18n, name, proposal)}</td>
        </tr>
    }
    .into_any()
}

fn ground_words(i18n: I18n, ground: Ground) -> &'static str {
    match ground {
        Ground::Potential => "",
        Ground::QuotaBefore => t_string!(i18n, forecast.quota.planning.quota_before),
        Ground::WonBefore => t_string!(i18n, forecast.quota.planning.won_before),
        Ground::Floor => t_string!(i18n, forecast.quota.planning.is_floor),
        Ground::Nothing => t_string!(i18n, forecast.quota.planning.nothing),
        Ground::Locked => t_string!(i18n, forecast.quota.planning.locked),
    }
}

/// A figure that opens its deals.
fn link(planner: Planner, i18n: I18n, format: Format, title: String, figure: String, holding: &Holding) -> AnyView {
    if holding.deals.is_empty() {
        return figure.into_any();
    }
    let (rows, left_out) = (holding.deals.clone(), left_out_words(i18n, format, &holding.left_out));
    let open = move |_| planner.wish.opener.run(title.clone(), &rows, left_out.clone());
    view! { <button type="button" class="link" on:click=open>{figure}</button> }.into_any()
}

/// What was won in an earlier period, and how much of its quota that was.
#[expect(clippy::cast_precision_loss, reason = "amounts that are shown")]
fn came(planner: Planner, i18n: I18n, format: Format, name: &str, earlier: Option<&Earlier>) -> AnyView {
    let Some(earlier) = earlier else { return UNKNOWN.into_any() };
    let wish = planner.wish;
    let title = [t_string!(i18n, forecast.quota.attained.won), name].join(" · ");
    let won = wish.money(format, earlier.won.amount as f64);
    let won = link(planner, i18n, format, title, won, &earlier.won);
    let of = match earlier.asked {
        Some(asked) => {
            let (share, asked) = (format.percent(earlier.share(), 0), wish.money(format, asked as f64));
            t_string!(i18n, forecast.quota.planning.of_quota, share = share, asked = asked).to_string()
        }
        None => t_string!(i18n, forecast.quota.planning.no_quota).to_owned(),
    };
    let so_far = (!earlier.is_over).then(|| t_string!(i18n, forecast.quota.planning.so_far));
    view! {
        {won}
        <span class="muted small figures__count">{of}</span>
        <span class="muted small figures__count">{so_far}</span>
    }
    .into_any()
}

/// What quotas ask of somebody in these months now.
#[expect(clippy::cast_precision_loss, reason = "amounts that are shown")]
fn holds_now(planner: Planner, of: QuotaOf, format: Format) -> impl Fn() -> String {
    move || {
        let (first, span) = (planner.months.first.get(), planner.months.span.get());
        let now = planner.store.with(|workspace| asked(workspace, &filter_of(of), first, span.months()));
        now.map_or_else(|| UNKNOWN.to_owned(), |now| planner.wish.money(format, now.amount as f64))
    }
}

/// The amount that will be written: the proposal, or what somebody wrote instead.
fn amount_cell(planner: Planner, i18n: I18n, name: String, proposal: &Proposal) -> AnyView {
    let (person, proposed) = (proposal.person, proposal.amount);
    let shown = move |amount: Option<Money>| {
        amount.map(|amount| typed::amount_text(amount, planner.digits.get())).unwrap_or_default()
    };
    if proposal.ground == Ground::Locked {
        return view! { <span class="quotas__locked"><Icon icon=icondata_lu::LuLock/>{move || shown(proposed)}</span> }
            .into_any();
    }
    let desk = Desk::new();
    let key = move || (planner.months.first.get(), planner.months.span.get(), person);
    let value = Signal::derive(move || {
        planner.drafts.with(|drafts| drafts.get(&key()).cloned()).unwrap_or_else(|| shown(proposed))
    });
    let change = move |text: String| {
        let read = typed::amount(&text, planner.digits.get_untracked());
        if read.is_ok_and(|amount| amount.is_none_or(|amount| amount >= Money::ZERO)) {
            desk.refusal.set(None);
            let key = untrack(key);
            planner.drafts.update(|drafts| drop(drafts.insert(key, text)));
        } else {
            desk.refuse(t_string!(i18n, deals.not_an_amount));
        }
    };
    let label = Signal::derive(move || [t_string!(i18n, forecast.quota.planning.new), &name].join(" · "));
    view! { <TextCell desk label value numeric=true on_change=change/> }.into_any()
}

/// The sums of departments and of everybody.
#[component]
fn Feet(planner: Planner, two: Memo<bool>) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let all =
        Memo::new(move |_| planner.amounts.with(|amounts| store.with(|workspace| Arc::new(sums(workspace, amounts)))));
    let rows = move || {
        let all = all.get();
        let departments = store.with(|workspace| {
            let named = all.departments.iter().filter_map(|(id, sum)| {
                let name = workspace.departments.get(*id)?.name.clone();
                Some((QuotaOf::Department { department: *id }, name, *sum))
            });
            named.collect::<Vec<_>>()
        });
        let company = (QuotaOf::Company {}, t_string!(i18n, forecast.quota.planning.everybody).to_owned(), all.company);
        let rows = departments.into_iter().chain([company]);
        rows.map(|(of, name, sum)| foot(planner, i18n, format, of, name, sum, two.get())).collect_view()
    };
    view! { <tfoot data-testid="plan-sums">{rows}</tfoot> }
}

#[expect(clippy::cast_precision_loss, reason = "amounts that are shown")]
fn foot(planner: Planner, i18n: I18n, format: Format, of: QuotaOf, name: String, sum: Sum, two: bool) -> AnyView {
    let amount = planner.wish.money(format, sum.amount as f64);
    let without = (sum.without > 0)
        .then(|| t_string!(i18n, forecast.quota.planning.people_without, count = sum.without).to_string());
    let minor = sum.amount.to_string();
    view! {
        <tr data-sum=minor>
            <th scope="row">{name}</th>
            <td colspan=if two { "4" } else { "3" }></td>
            <td>{holds_now(planner, of, format)}</td>
            <td></td>
            <td>{amount}<span class="muted small figures__count">{without}</span></td>
        </tr>
    }
    .into_any()
}

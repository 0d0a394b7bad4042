//! The campaigns: what they cost, whom they touched and what they brought.

use std::{cmp::Ordering, sync::Arc};

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{CampaignFigures, Phase, Worth, campaigns},
    model::{Campaign, CampaignId, Command},
    store::{Store, use_store},
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            data_table::{Column, DataTable, Sort},
            empty::Empty,
            tag::{Tag, Tone},
        },
        format::{Format, UNKNOWN, use_format},
        parts::{amounts::Amounts, mover::Mover, names::use_names, nothing::NoWorkspace},
        route::{Query, Route, use_navigation},
        wording::I18n,
    },
};

/// The latest first.
const USUAL_SORT: Sort = Sort { column: "dates", descending: true };

/// A campaign with its figures.
type Row = (Arc<Campaign>, CampaignFigures);

/// The campaigns.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let none = Memo::new(move |_| store.with(|workspace| workspace.campaigns.is_empty()));
    let mover = Mover::new(Callback::new(|_| ()));
    let new = add(mover);
    view! {
        <h1>{t!(i18n, campaigns.title)}</h1>
        {move || if opened.get().is_none() {
            view! {
                <NoWorkspace icon=icondata_lu::LuMegaphone text=Signal::derive(move || t_string!(i18n, campaigns.no_workspace).to_owned())/>
            }.into_any()
        } else if none.get() {
            view! {
                <Empty icon=icondata_lu::LuMegaphone text=Signal::derive(move || t_string!(i18n, campaigns.what).to_owned())>
                    <Button variant=Variant::Primary on_click=move |_| new.run(()) attr:data-testid="new-campaign">{t!(i18n, campaigns.new)}</Button>
                    <a class="button" href=Route::Targets.href(&Query::default())>{t!(i18n, campaigns.to_targets)}</a>
                </Empty>
            }.into_any()
        } else {
            view! { <List mover new/> }.into_any()
        }}
    }
}

/// Adds a campaign and opens it.
fn add(mover: Mover) -> Callback<()> {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    Callback::new(move |()| {
        let id = CampaignId::new(store.fresh());
        let campaign = Campaign::named(id, t_string!(i18n, campaigns.new_name));
        match store.dispatch(Command::PutCampaign(Box::new(campaign))) {
            Ok(_) => navigation.go_with(&Route::Campaign(id.to_string()), &Query::default()),
            Err(refused) => mover.complain(&refused),
        }
    })
}

#[component]
fn List(mover: Mover, new: Callback<()>) -> impl IntoView {
    let (i18n, store, format, clock) = (use_i18n(), use_store(), use_format(), use_clock());
    let navigation = use_navigation();
    let amounts = Amounts::of(use_names());
    let all = Memo::new(move |_| {
        store.with(|workspace| {
            let figures = campaigns(workspace, clock.today.get());
            workspace.campaigns.iter().cloned().zip(figures).collect::<Vec<Row>>()
        })
    });
    let sort = RwSignal::new(USUAL_SORT);
    let rows = Memo::new(move |_| {
        let sort = sort.get();
        all.with(|all| {
            let mut rows: Vec<&Row> = all.iter().collect();
            rows.sort_by(|a, b| if sort.descending { order(sort.column, b, a) } else { order(sort.column, a, b) });
            rows.into_iter().map(|(campaign, _)| campaign.id).collect::<Vec<_>>()
        })
    });
    let row = move |id| Memo::new(move |_| all.with(|all| all.iter().find(|(campaign, _)| campaign.id == id).cloned()));
    let text = move |show: fn(I18n, Format, Amounts, &Row) -> String| {
        let cell = move |id: CampaignId| {
            let row = row(id);
            let words = move || row.with(|row| row.as_ref().map(|row| show(i18n, format, amounts, row)));
            view! { <span class="campaigns__text">{words}</span> }.into_any()
        };
        Arc::new(cell) as Arc<dyn Fn(CampaignId) -> AnyView + Send + Sync>
    };
    let name = move |id: CampaignId| {
        let row = row(id);
        let href = Route::Campaign(id.to_string()).href(&Query::default());
        let name = move || row.with(|row| row.as_ref().map(|(campaign, _)| campaign.name.clone()));
        view! { <a class="campaigns__name" href=href on:click=|event| event.stop_propagation()>{name}</a> }.into_any()
    };
    let state = move |id: CampaignId| {
        let row = row(id);
        let phase = Signal::derive(move || row.with(|row| row.as_ref().and_then(|(_, figures)| figures.phase)));
        view! { <PhaseTag phase/> }.into_any()
    };
    let remove = move |id: CampaignId| {
        let row = row(id);
        let name = move || row.with(|row| row.as_ref().map(|(campaign, _)| campaign.name.clone())).unwrap_or_default();
        let remove = move |event: leptos::ev::MouseEvent| {
            event.stop_propagation();
            remove(store, mover, i18n, id);
        };
        let label = Signal::derive(move || t_string!(i18n, campaigns.remove, name = name()).to_string());
        view! { <Button variant=Variant::Bare icon=icondata_lu::LuTrash2 label on_click=remove/> }.into_any()
    };
    let column = |id, title: fn(I18n) -> &'static str, width, numeric, sortable, cell| Column {
        id,
        title: Signal::derive(move || title(i18n).to_owned()),
        width,
        numeric,
        sortable,
        cell,
    };
    let columns: Vec<Column<CampaignId>> = vec![
        column("name", |i18n| t_string!(i18n, campaigns.name), "minmax(11rem, 2fr)", false, true, Arc::new(name)),
        column("state", |i18n| t_string!(i18n, campaigns.state), "5.75rem", false, true, Arc::new(state)),
        column(
            "channel",
            |i18n| t_string!(i18n, campaigns.channel),
            "minmax(6.5rem, 1fr)",
            false,
            true,
            text(|_, _, _, (c, _)| known(&c.channel)),
        ),
        column(
            "dates",
            |i18n| t_string!(i18n, campaigns.dates),
            "minmax(9rem, 1fr)",
            false,
            true,
            text(|_, format, _, (c, _)| dates(format, c)),
        ),
        column(
            "cost",
            |i18n| t_string!(i18n, campaigns.cost),
            "5.75rem",
            true,
            true,
            text(|_, _, amounts, (c, _)| amounts.short(c.cost.map(crate::model::Money::minor))),
        ),
        column(
            "audience",
            |i18n| t_string!(i18n, campaigns.audience_size),
            "6rem",
            true,
            true,
            text(|_, format, _, (_, f)| format.count(f.audience)),
        ),
        column(
            "touched",
            |i18n| t_string!(i18n, campaigns.touched),
            "5.25rem",
            true,
            true,
            text(|_, format, _, (_, f)| format.count(f.touched)),
        ),
        column(
            "deals",
            |i18n| t_string!(i18n, common.count),
            "5rem",
            true,
            true,
            text(|_, format, _, (_, f)| format.count(f.deals.len())),
        ),
        column(
            "open",
            |i18n| t_string!(i18n, campaigns.open),
            "6.5rem",
            true,
            true,
            text(|_, _, amounts, (_, f)| worth(amounts, f.open)),
        ),
        column(
            "won",
            |i18n| t_string!(i18n, campaigns.won),
            "6.5rem",
            true,
            true,
            text(|_, _, amounts, (_, f)| worth(amounts, f.won)),
        ),
        column(
            "per-win",
            |i18n| t_string!(i18n, campaigns.per_win),
            "6.75rem",
            true,
            true,
            text(|_, _, amounts, (_, f)| per_win(amounts, f)),
        ),
        column("remove", |i18n| t_string!(i18n, campaigns.actions), "4rem", false, false, Arc::new(remove)),
    ];
    let height = move || [&(rows.with(Vec::len).min(10) * 60 + 78).to_string(), "px"].concat();
    view! {
        <p class="page__sub">{t!(i18n, campaigns.sub)}</p>
        <div class="row campaigns__tools">
            <Button variant=Variant::Primary icon=icondata_lu::LuPlus on_click=move |_| new.run(()) attr:data-testid="new-campaign">{t!(i18n, campaigns.new)}</Button>
            <a href=Route::Targets.href(&Query::default())>{t!(i18n, campaigns.to_targets)}</a>
        </div>
        <div class="campaigns__table" style:height=height data-testid="campaigns-table">
            <DataTable
                label=Signal::derive(move || t_string!(i18n, campaigns.title).to_owned())
                columns=Signal::stored(columns)
                rows
                sort=Signal::derive(move || Some(sort.get()))
                on_sort=move |asked: Sort| sort.set(asked)
                on_open=move |id: CampaignId| navigation.go_with(&Route::Campaign(id.to_string()), &Query::default())
                row_height=60.0
            />
        </div>
    }
    .into_any()
}

/// Removes a campaign and offers to undo it; says why it stays, when deals name it. Tells whether it is gone.
pub(super) fn remove(store: Store, mover: Mover, i18n: I18n, id: CampaignId) -> bool {
    let name = store.peek(|workspace| workspace.campaigns.get(id).map(|campaign| campaign.name.clone()));
    match store.dispatch(Command::RemoveCampaign(id)) {
        Ok(change) => {
            let words = t_string!(i18n, campaigns.removed, name = name.unwrap_or_default()).to_string();
            mover.offer_undo(words, change);
            true
        }
        Err(refused) => {
            mover.complain(&refused);
            false
        }
    }
}

/// Planned, running or over; nothing without dates.
#[component]
pub(super) fn PhaseTag(#[prop(into)] phase: Signal<Option<Phase>>) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |phase| match phase {
        Phase::Planned => t_string!(i18n, campaigns.phase.planned),
        Phase::Running => t_string!(i18n, campaigns.phase.running),
        Phase::Over => t_string!(i18n, campaigns.phase.over),
    };
    let tone = |phase| match phase {
        Phase::Planned => Tone::Warn,
        Phase::Running => Tone::Accent,
        Phase::Over => Tone::Neutral,
    };
    move || match phase.get() {
        Some(phase) => view! { <Tag tone=tone(phase)>{move || words(phase)}</Tag> }.into_any(),
        None => UNKNOWN.into_any(),
    }
}

/// The first and the last day.
pub(super) fn dates(format: Format, campaign: &Campaign) -> String {
    match (campaign.starts, campaign.ends) {
        (None, None) => UNKNOWN.to_owned(),
        (Some(starts), Some(ends)) if starts == ends => format.date(starts),
        (starts, ends) => [format.date(starts), format.date(ends)].join(" – "),
    }
}

/// What some deals amount to, in short form; unknown without deals, and when none of them has an amount.
pub(super) fn worth(amounts: Amounts, worth: Worth) -> String {
    let known = worth.deals > worth.without_amount;
    amounts.short(known.then(|| i64::try_from(worth.amount).ok()).flatten())
}

/// What a win cost, in short form; unknown without a cost or a win.
pub(super) fn per_win(amounts: Amounts, figures: &CampaignFigures) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a shown amount; the cast saturates")]
    amounts.short(figures.cost_per_win.map(|cost| cost.round() as i64))
}

fn known(text: &str) -> String {
    if text.trim().is_empty() { UNKNOWN.to_owned() } else { text.to_owned() }
}

/// The order of two rows by a column; what is unknown comes first.
fn order(column: &str, (a, x): &Row, (b, y): &Row) -> Ordering {
    let first = match column {
        "name" => a.name.cmp(&b.name),
        "channel" => a.channel.cmp(&b.channel),
        "state" => x.phase.cmp(&y.phase),
        "cost" => a.cost.cmp(&b.cost),
        "audience" => x.audience.cmp(&y.audience),
        "touched" => x.touched.cmp(&y.touched),
        "deals" => x.deals.len().cmp(&y.deals.len()),
        "open" => x.open.amount.cmp(&y.open.amount),
        "won" => x.won.amount.cmp(&y.won.amount),
        "per-win" => x.cost_per_win.unwrap_or(-1.0).total_cmp(&y.cost_per_win.unwrap_or(-1.0)),
        _ => a.starts.cmp(&b.starts),
    };
    first.then(a.id.cmp(&b.id))
}

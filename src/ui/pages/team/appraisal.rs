//! The appraisal sheet and the incentive rule: edited as a draft, seen on people and past quarters before it is kept.

mod desk;
mod rule;
mod sheet;
mod sheets;
mod tried;
mod words;

use std::sync::Arc;

use leptos::prelude::*;

use self::{desk::Desk, rule::RuleCard, sheets::Sheets, tried::TriedOut};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Incentive, IncentiveStep, Measure, MeasureKind, Scheme, SchemeId, Share},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            empty::Empty,
            field::SelectField,
        },
        parts::mover::Mover,
        route::use_navigation,
    },
};

/// The key of the address that chooses a scheme.
const SCHEME: &str = "scheme";

/// The appraisal.
#[component]
pub fn Appraisal() -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let mover = Mover::new(Callback::new(|_| ()));
    let all = Memo::new(move |_| {
        store.with(|workspace| workspace.schemes.iter().map(|one| (one.id, one.name.clone())).collect::<Vec<_>>())
    });
    let chosen = Memo::new(move |_| {
        let wished = navigation.query.with(|query| query.get(SCHEME).and_then(|id| id.parse::<SchemeId>().ok()));
        store.with(|workspace| {
            let wished = wished.and_then(|id| workspace.schemes.get(id));
            wished.or_else(|| workspace.schemes.iter().next()).cloned()
        })
    });
    let add = Callback::new(move |()| {
        let scheme = usual(SchemeId::new(store.fresh()), t_string!(i18n, team.appraisal.new_name).to_owned());
        let id = scheme.id;
        match store.dispatch(Command::PutScheme(scheme)) {
            Ok(change) => {
                navigation.set_query(SCHEME, Some(&id.to_string()));
                mover.offer_undo(t_string!(i18n, team.appraisal.added).to_owned(), change);
            }
            Err(refused) => mover.complain(&refused),
        }
    });
    let schemes = Signal::derive(move || {
        all.with(|all| all.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>())
    });
    let value = move || chosen.with(|chosen| chosen.as_ref().map(|one| one.id.to_string()).unwrap_or_default());
    let body = move || {
        match chosen.get() {
        None => view! {
            <Empty icon=icondata_lu::LuAward text=Signal::derive(move || t_string!(i18n, team.appraisal.empty).to_owned())>
                <Button variant=Variant::Primary on_click=move |_| add.run(()) attr:data-testid="new-scheme">{t!(i18n, team.appraisal.new)}</Button>
            </Empty>
        }
        .into_any(),
        Some(scheme) => view! { <Chosen scheme mover/> }.into_any(),
    }
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <div class="filter-bar no-print">
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, team.appraisal.scheme).to_owned())
                    options=schemes
                    value=Signal::derive(value)
                    on_change=move |id: String| navigation.set_query(SCHEME, Some(id.as_str()))
                />
                <Button icon=icondata_lu::LuPlus on_click=move |_| add.run(()) attr:data-testid="new-scheme">{t!(i18n, team.appraisal.new)}</Button>
            </div>
        </Show>
        {body}
    }
    .into_any()
}

/// A scheme to begin with: three measures, and a share that doubles above the quota.
fn usual(id: SchemeId, name: String) -> Scheme {
    let measure = |kind, weight, target| Measure { kind, weight, target };
    Scheme {
        id,
        name,
        measures: vec![
            measure(MeasureKind::Attainment, 60, 100),
            measure(MeasureKind::WinRate, 20, 30),
            measure(MeasureKind::Slippage, 20, 20),
        ],
        incentive: Incentive {
            share: Share::percent(2),
            steps: vec![IncentiveStep { from: 100, share: Share::percent(4) }],
            team: Share::ZERO,
        },
    }
}

#[component]
fn Chosen(scheme: Arc<Scheme>, mover: Mover) -> impl IntoView {
    let desk = Desk::new(scheme);
    let is_single = Memo::new(move |_| desk.wished().is_some());
    view! {
        <div class="stack appraisal">
            <Show when=move || !is_single.get()><RuleCard desk mover/></Show>
            <Sheets desk/>
            <Show when=move || !is_single.get()><TriedOut desk/></Show>
        </div>
    }
    .into_any()
}

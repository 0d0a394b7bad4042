//! Trainings and changes of rules: which there were, and what became of the stage each was meant to help.

mod effect;
mod form;

use std::sync::Arc;

use leptos::prelude::*;

use self::{
    effect::{EffectCard, verdict},
    form::FormDialog,
};
use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::intervention::{Effect, Mark, Reading, intervention},
    model::{Command, Intervention, InterventionId, InterventionKind},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            empty::Empty,
            field::SelectField,
            tag::{Tag, Tone},
        },
        format::{Format, UNKNOWN, use_format},
        parts::{counted::made_anew, mover::Mover},
        route::use_navigation,
        wording::I18n,
    },
};

/// How many days the windows have, at most.
const WINDOWS: [u32; 5] = [30, 60, 90, 180, 365];
/// The usual one.
const USUAL: u32 = 90;

/// An intervention with what became of its stage; `None` while no day lies after it.
type Found = (Arc<Intervention>, Option<Effect>);

#[component]
pub(super) fn InterventionsTab(desk: Desk) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let mover = Mover::new(Callback::new(|_| ()));
    let asked = RwSignal::new(None::<Intervention>);
    let days = Memo::new(move |_| {
        let wished = navigation.query.with(|query| query.get("window").and_then(|days| days.parse().ok()));
        wished.filter(|days| WINDOWS.contains(days)).unwrap_or(USUAL)
    });
    let found = Memo::new_with_compare(move |_| Arc::new(find(desk, days.get())), made_anew);
    let chosen = Memo::new(move |_| {
        let wished = navigation.query.with(|query| query.get("mark").and_then(|id| id.parse::<InterventionId>().ok()));
        found.with(|found| {
            let is_wished = |(one, _): &&Found| Some(one.id) == wished;
            found.iter().find(is_wished).or_else(|| found.first()).map(|(one, _)| one.id)
        })
    });
    let none = Memo::new(move |_| found.with(|found| found.is_empty()));
    let add = new_one(desk, asked);
    let card = move || {
        let id = chosen.get()?;
        let (one, effect) = found.with(|found| found.iter().find(|(one, _)| one.id == id).cloned())?;
        Some(view! { <EffectCard desk one effect/> })
    };
    view! {
        {move || if none.get() {
            view! {
                <Empty icon=icondata_lu::LuFlag text=Signal::derive(move || t_string!(i18n, analysis.interventions.empty).to_owned())>
                    <Button variant=Variant::Primary on_click=move |_| add.run(()) attr:data-testid="new-intervention">{t!(i18n, analysis.interventions.new)}</Button>
                </Empty>
            }.into_any()
        } else {
            view! { <List desk found chosen days asked add mover/> }.into_any()
        }}
        {card}
        <FormDialog desk asked mover/>
    }
    .into_any()
}

/// The interventions of the model, the latest first, each with what became of its stage.
fn find(desk: Desk, days: u32) -> Vec<Found> {
    let (counted, model) = (desk.counted.get(), desk.model.get());
    let Some(model) = model else { return Vec::new() };
    let mut all: Vec<Arc<Intervention>> =
        counted.workspace.interventions.iter().filter(|one| one.model == model.id).cloned().collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.from, one.id)));
    desk.scope.with(|scope| {
        let effect =
            |one: &Intervention| intervention(&counted.frame, scope.as_of, &scope.filter, &Mark::of(one, &model), days);
        all.into_iter().map(|one| (one.clone(), effect(&one))).collect()
    })
}

/// Asks for a new intervention of the model, for its first stage and today.
fn new_one(desk: Desk, asked: RwSignal<Option<Intervention>>) -> Callback<()> {
    let store = use_store();
    Callback::new(move |()| {
        let Some(model) = desk.model.get_untracked() else { return };
        let Some(stage) = model.stages.first() else { return };
        asked.set(Some(Intervention {
            id: InterventionId::new(store.fresh()),
            name: String::new(),
            kind: InterventionKind::Training,
            model: model.id,
            stage: stage.id,
            from: desk.scope.with_untracked(|scope| scope.as_of),
            until: None,
            people: Vec::new(),
            note: String::new(),
        }));
    })
}

#[component]
fn List(
    desk: Desk,
    found: Memo<Arc<Vec<Found>>>,
    chosen: Memo<Option<InterventionId>>,
    days: Memo<u32>,
    asked: RwSignal<Option<Intervention>>,
    add: Callback<()>,
    mover: Mover,
) -> impl IntoView {
    let (i18n, format, navigation) = (use_i18n(), use_format(), use_navigation());
    let windows = Signal::derive(move || {
        let words = |days: u32| (days.to_string(), format.days(f64::from(days)));
        WINDOWS.map(words).to_vec()
    });
    let rows = move || {
        let chosen = chosen.get();
        let found = found.get();
        let row = |(one, effect): &Found| row(desk, i18n, format, one, effect.as_ref(), chosen, asked, mover);
        found.iter().map(row).collect_view()
    };
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.interventions.heading)}</h2>
                <Button icon=icondata_lu::LuPlus on_click=move |_| add.run(()) attr:data-testid="new-intervention">{t!(i18n, analysis.interventions.new)}</Button>
            </div>
            <p class="muted small">{t!(i18n, analysis.interventions.what)}</p>
            <div class="row no-print">
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, analysis.interventions.window).to_owned())
                    options=windows
                    value=Signal::derive(move || days.get().to_string())
                    on_change=move |days: String| navigation.set_query("window", (days != USUAL.to_string()).then_some(days.as_str()))
                />
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.interventions.heading)>
                <table class="table interventions" data-testid="interventions">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, analysis.interventions.name)}</th>
                            <th scope="col">{t!(i18n, funnel.stage)}</th>
                            <th scope="col">{t!(i18n, analysis.interventions.dates)}</th>
                            <th scope="col">{t!(i18n, analysis.interventions.before)}</th>
                            <th scope="col">{t!(i18n, analysis.interventions.after)}</th>
                            <th scope="col">{t!(i18n, analysis.periods.told)}</th>
                            <th scope="col"><span class="visually-hidden">{t!(i18n, analysis.interventions.actions)}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[expect(clippy::too_many_arguments, reason = "a row needs what the list has")]
fn row(
    desk: Desk,
    i18n: I18n,
    format: Format,
    one: &Arc<Intervention>,
    effect: Option<&Effect>,
    chosen: Option<InterventionId>,
    asked: RwSignal<Option<Intervention>>,
    mover: Mover,
) -> AnyView {
    let (store, navigation) = (use_store(), use_navigation());
    let id = one.id;
    let choose = move |_| navigation.set_query("mark", Some(&id.to_string()));
    let gap = effect.and_then(|effect| effect.concerned.conversion(Reading::Estimated));
    let share = |read: fn(&crate::metrics::intervention::Gap) -> f64| {
        gap.as_ref().map_or_else(|| UNKNOWN.to_owned(), |gap| format.percent(read(gap), 0))
    };
    let (words, tone) = match effect {
        Some(_) => verdict(i18n, gap.map(|gap| gap.told), false),
        None => (t_string!(i18n, analysis.interventions.not_yet), Tone::Neutral),
    };
    let edited = one.clone();
    let edit = move |_| asked.set(Some(Intervention::clone(&edited)));
    let name = one.name.clone();
    let removed = name.clone();
    let remove = move |_| match store.dispatch(Command::RemoveIntervention(id)) {
        Ok(change) => {
            mover.offer_undo(
                t_string!(i18n, analysis.interventions.removed, name = removed.clone()).to_string(),
                change,
            );
        }
        Err(refused) => mover.complain(&refused),
    };
    let change_label = t_string!(i18n, analysis.interventions.change, name = name.clone()).to_string();
    let remove_label = t_string!(i18n, common.remove, name = name.clone()).to_string();
    view! {
        <tr aria-current=(chosen == Some(id)).then_some("true")>
            <th scope="row">
                <button type="button" class="link" on:click=choose>{name}</button>
                <span class="muted small interventions__kind">{kind_name(i18n, one.kind)}</span>
            </th>
            <td>{stage_name(desk, one)}</td>
            <td>{dates(format, one)}</td>
            <td>{share(|gap| gap.before.value)}</td>
            <td>{share(|gap| gap.after.value)}</td>
            <td><Tag tone=Signal::derive(move || tone)>{words}</Tag></td>
            <td class="no-print">
                <span class="interventions__actions">
                    <Button variant=Variant::Bare icon=icondata_lu::LuPencil label=change_label on_click=edit/>
                    <Button variant=Variant::Bare icon=icondata_lu::LuTrash2 label=remove_label on_click=remove/>
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// The name of the stage as the model has it, or had it.
fn stage_name(desk: Desk, one: &Intervention) -> String {
    desk.model.with(|model| {
        let stage = model.as_ref().and_then(|model| {
            model.reads_as(one.stage).and_then(|stage| model.stage(stage)).or_else(|| model.known_stage(one.stage))
        });
        stage.map_or_else(|| UNKNOWN.to_owned(), |stage| stage.name.clone())
    })
}

/// The first day, and the last one if there is any.
fn dates(format: Format, one: &Intervention) -> String {
    match one.until {
        Some(until) => [format.date(one.from), format.date(until)].join(" – "),
        None => format.date(one.from),
    }
}

fn kind_name(i18n: I18n, kind: InterventionKind) -> &'static str {
    match kind {
        InterventionKind::Training => t_string!(i18n, analysis.interventions.kind.training),
        InterventionKind::RuleChange => t_string!(i18n, analysis.interventions.kind.rule_change),
        InterventionKind::Other => t_string!(i18n, analysis.interventions.kind.other),
    }
}

//! The scheme as it is edited: measures with weights and targets, and the incentive.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    desk::Desk,
    words::{KINDS, name, read_target, target_text, whole},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Incentive, IncentiveStep, Measure, Scheme, Share},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            field::Field,
        },
        format::use_format,
        parts::mover::Mover,
        typed, wording,
    },
};

#[component]
pub(super) fn RuleCard(desk: Desk, mover: Mover) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let refusal = RwSignal::new(None::<String>);
    let draft = desk.draft;
    let changed = Memo::new(move |_| draft.with(|draft| desk.kept.with_value(|kept| **kept != *draft)));
    let save = move |_| match store.dispatch(Command::PutScheme(draft.get_untracked())) {
        Ok(change) => {
            refusal.set(None);
            mover.offer_undo(t_string!(i18n, team.appraisal.saved).to_owned(), change);
        }
        Err(refused) => {
            refusal.set(Some(store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused))));
        }
    };
    let put_back = move |_| {
        refusal.set(None);
        draft.set(desk.kept.with_value(|kept| Scheme::clone(kept)));
    };
    let remove = move |_| {
        let (id, name) = draft.with_untracked(|draft| (draft.id, draft.name.clone()));
        match store.dispatch(Command::RemoveScheme(id)) {
            Ok(change) => {
                mover.offer_undo(t_string!(i18n, team.appraisal.removed, name = name).to_string(), change);
            }
            Err(refused) => mover.complain(&refused),
        }
    };
    view! {
        <section class="card stack no-print" data-testid="scheme">
            <h2>{t!(i18n, team.appraisal.rule)}</h2>
            <p class="muted small">{t!(i18n, team.appraisal.rule_what)}</p>
            <div class="appraisal__name">
                <Field
                    label=Signal::derive(move || t_string!(i18n, team.appraisal.name).to_owned())
                    value=Signal::derive(move || draft.with(|draft| draft.name.clone()))
                    required=true
                    on_change=move |name: String| draft.update(|draft| draft.name = name)
                />
            </div>
            <div class="appraisal__parts">
                <Measures desk refusal/>
                <Rule desk refusal/>
            </div>
            <p class="field__note field__note--error" role="status">{refusal}</p>
            <div class="row">
                <Button variant=Variant::Primary disabled=Signal::derive(move || !changed.get()) on_click=save attr:data-testid="keep-scheme">{t!(i18n, team.appraisal.save)}</Button>
                <Button disabled=Signal::derive(move || !changed.get()) on_click=put_back>{t!(i18n, team.appraisal.put_back)}</Button>
                <Button variant=Variant::Bare icon=icondata_lu::LuTrash2 on_click=remove>{t!(i18n, team.appraisal.remove)}</Button>
            </div>
        </section>
    }
    .into_any()
}

/// A number in a row, handed over when the person leaves it.
fn cell(label: String, value: Signal<String>, on_change: impl Fn(String) + 'static) -> AnyView {
    view! {
        <input
            class="field__control field__control--number appraisal__cell"
            type="text"
            inputmode="decimal"
            autocomplete="off"
            aria-label=label
            prop:value=value
            on:change=move |event| on_change(event_target_value(&event))
        />
    }
    .into_any()
}

#[component]
fn Measures(desk: Desk, refusal: RwSignal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = desk.draft;
    let bad = move || refusal.set(Some(t_string!(i18n, team.appraisal.bad_number).to_owned()));
    let set = move |place: usize, write: &dyn Fn(&mut Measure)| {
        refusal.set(None);
        draft.update(|draft| {
            if let Some(measure) = draft.measures.get_mut(place) {
                write(measure);
            }
        });
    };
    let row = move |(place, measure): (usize, Measure)| {
        let title = name(i18n, measure.kind);
        let weight = Signal::derive(move || measure.weight.to_string());
        let set_weight = move |text: String| match whole::<u16>(&text) {
            Some(weight) => set(place, &|measure| measure.weight = weight),
            None => bad(),
        };
        let target = Signal::derive(move || target_text(desk, measure.kind, measure.target));
        let set_target = move |text: String| match read_target(desk, measure.kind, &text) {
            Some(target) => set(place, &|measure| measure.target = target),
            None => bad(),
        };
        let remove = move |_| {
            refusal.set(None);
            draft.update(|draft| {
                if place < draft.measures.len() {
                    draft.measures.remove(place);
                }
            });
        };
        let [of_weight, of_target] = [t_string!(i18n, team.appraisal.weight), t_string!(i18n, team.appraisal.target)]
            .map(|what| [title, " · ", what].concat());
        let label = t_string!(i18n, common.remove, name = title).to_string();
        view! {
            <tr>
                <th scope="row">{title}</th>
                <td>{cell(of_weight, weight, set_weight)}</td>
                <td>{cell(of_target, target, set_target)}</td>
                <td><Button variant=Variant::Bare icon=icondata_lu::LuX label on_click=remove/></td>
            </tr>
        }
    };
    let rows = move || draft.with(|draft| draft.measures.clone()).into_iter().enumerate().map(row).collect_view();
    let sum = move || desk.format.percent(f64::from(draft.with(Scheme::weights)) / 100.0, 0);
    let is_whole = move || draft.with(|draft| draft.measures.is_empty() || draft.weights() == 100);
    // What is not measured yet.
    let more = move || {
        let measured: Vec<_> = draft.with(|draft| draft.measures.iter().map(|measure| measure.kind).collect());
        let left = KINDS.into_iter().filter(|(_, kind)| !measured.contains(kind));
        left.map(|(code, kind)| view! { <option value=code>{name(i18n, kind)}</option> }).collect_view()
    };
    let add = move |event: leptos::ev::Event| {
        let code = event_target_value(&event);
        if let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == code) {
            let left = draft.with_untracked(|draft| 100_u32.saturating_sub(draft.weights()));
            let weight = u16::try_from(left).unwrap_or_default();
            draft.update(|draft| draft.measures.push(Measure { kind: *kind, weight, target: 0 }));
        }
    };
    view! {
        <div class="stack">
            <h3>{t!(i18n, team.appraisal.measures)}</h3>
            <table class="table" data-testid="measures">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, team.appraisal.what)}</th>
                        <th scope="col">{t!(i18n, team.appraisal.weight)}</th>
                        <th scope="col">{t!(i18n, team.appraisal.target)}</th>
                        <th scope="col"><span class="visually-hidden">{t!(i18n, analysis.interventions.actions)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{t!(i18n, team.appraisal.together)}</th>
                        <td class="appraisal__sum" data-tone=move || if is_whole() { "neutral" } else { "warn" }>{sum}</td>
                        <td></td>
                        <td></td>
                    </tr>
                </tfoot>
            </table>
            <select
                class="field__control"
                aria-label=move || t_string!(i18n, team.appraisal.add_measure)
                prop:value=""
                on:change=add
            >
                <option value="">{t!(i18n, team.appraisal.add_measure)}</option>
                {more}
            </select>
            <p class="muted small">{t!(i18n, team.appraisal.points_what)}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Rule(desk: Desk, refusal: RwSignal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = desk.draft;
    let bad = move || refusal.set(Some(t_string!(i18n, team.appraisal.bad_number).to_owned()));
    let set = move |write: &dyn Fn(&mut Incentive)| {
        refusal.set(None);
        draft.update(|draft| write(&mut draft.incentive));
    };
    let share = move |label: String,
                      read: Arc<dyn Fn(&Incentive) -> Share + Send + Sync>,
                      write: fn(&mut Incentive, usize, Share),
                      place: usize| {
        let value = Signal::derive(move || typed::percent_text(draft.with(|draft| read(&draft.incentive))));
        let change = move |text: String| match typed::percent(&text) {
            Ok(share) => set(&|rule| write(rule, place, share.unwrap_or(Share::ZERO))),
            Err(_) => bad(),
        };
        cell(label, value, change)
    };
    let step = move |(place, step): (usize, IncentiveStep)| {
        let from = Signal::derive(move || step.from.to_string());
        let set_from = move |text: String| match whole::<u16>(&text) {
            Some(from) => set(&|rule| {
                if let Some(step) = rule.steps.get_mut(place) {
                    step.from = from;
                }
            }),
            None => bad(),
        };
        let write: fn(&mut Incentive, usize, Share) = |rule, place, share| {
            if let Some(step) = rule.steps.get_mut(place) {
                step.share = share;
            }
        };
        let remove = move |_| {
            set(&|rule| {
                if place < rule.steps.len() {
                    rule.steps.remove(place);
                }
            });
        };
        let number = desk.format.count(place + 1);
        let title = t_string!(i18n, team.appraisal.step_of, number = number).to_string();
        let label = t_string!(i18n, common.remove, name = title.clone()).to_string();
        let of_from = [title.as_str(), " · ", t_string!(i18n, team.appraisal.from)].concat();
        let of_share = [title.as_str(), " · ", t_string!(i18n, team.appraisal.share)].concat();
        let read = Arc::new(move |rule: &Incentive| rule.steps.get(place).map_or(Share::ZERO, |step| step.share));
        view! {
            <tr>
                <th scope="row">{title}</th>
                <td>{cell(of_from, from, set_from)}</td>
                <td>{share(of_share, read, write, place)}</td>
                <td><Button variant=Variant::Bare icon=icondata_lu::LuX label on_click=remove/></td>
            </tr>
        }
    };
    let steps =
        move || draft.with(|draft| draft.incentive.steps.clone()).into_iter().enumerate().map(step).collect_view();
    let add = move |_| {
        set(&|rule| {
            let (from, share) =
                rule.steps.last().map_or((100, rule.share), |last| (last.from.saturating_add(20), last.share));
            rule.steps.push(IncentiveStep { from, share });
        });
    };
    let base = move || {
        share(
            t_string!(i18n, team.appraisal.base).to_owned(),
            Arc::new(|rule: &Incentive| rule.share),
            |rule, _, share| rule.share = share,
            0,
        )
    };
    let team = move || {
        share(
            t_string!(i18n, team.appraisal.team).to_owned(),
            Arc::new(|rule: &Incentive| rule.team),
            |rule, _, share| rule.team = share,
            0,
        )
    };
    view! {
        <div class="stack">
            <h3>{t!(i18n, team.appraisal.incentive)}</h3>
            <table class="table" data-testid="incentive">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, team.appraisal.part)}</th>
                        <th scope="col">{t!(i18n, team.appraisal.from)}</th>
                        <th scope="col">{t!(i18n, team.appraisal.share)}</th>
                        <th scope="col"><span class="visually-hidden">{t!(i18n, analysis.interventions.actions)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <tr><th scope="row">{t!(i18n, team.appraisal.base)}</th><td></td><td>{base}</td><td></td></tr>
                    {steps}
                    <tr><th scope="row">{t!(i18n, team.appraisal.team)}</th><td></td><td>{team}</td><td></td></tr>
                </tbody>
            </table>
            <div class="row"><Button icon=icondata_lu::LuPlus on_click=add>{t!(i18n, team.appraisal.add_step)}</Button></div>
            <p class="muted small">{t!(i18n, team.appraisal.incentive_what)}</p>
        </div>
    }
    .into_any()
}

//! The stages of the draft: figures in view, the rest folded in.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    advice::{Advice, Whose},
    desk::{Desk, Spot},
    gate::Gate,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Playbook, Share, Stage, StageId, Zone},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind, SelectField},
            menu::{Menu, MenuItem},
            tag::Tag,
        },
        typed,
        wording::{self, I18n},
    },
};

/// What a new stage is assumed to let pass, and to take.
const USUAL: (Share, u16) = (Share::percent(50), 14);

/// All stages, and a button to add one.
#[component]
pub(super) fn Stages(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let stages = Memo::new(move |_| desk.stages());
    view! {
        <section class="stack" aria-labelledby="editor-stages">
            <h2 id="editor-stages">{t!(i18n, model_editor.stages)}</h2>
            <ol class="editor__stages">
                <For each=move || stages.get() key=|stage| *stage let(stage)><Card desk stage/></For>
            </ol>
            <div>
                <Button icon=icondata_lu::LuPlus on_click=move |_| add(desk, i18n, usize::MAX) attr:data-testid="add-stage">
                    {t!(i18n, model_editor.add_stage)}
                </Button>
            </div>
        </section>
    }
    .into_any()
}

/// Adds a stage at a place: as likely to win as the one before it.
fn add(desk: Desk, i18n: I18n, at: usize) {
    let id: StageId = desk.fresh();
    let (promotion_rate, expected_days) = USUAL;
    desk.edit(|form, _| {
        let at = at.min(form.stages.len());
        let before = at.checked_sub(1).and_then(|before| form.stages.get(before));
        let probability = before.or(form.stages.first()).map_or(Share::percent(10), |stage| stage.probability);
        let free = |n: &usize| form.stages.iter().all(|stage| stage.name != name_of_new(i18n, *n));
        let count = form.stages.len();
        // One of so many names is free.
        let number = (count + 1..=count * 2 + 1).find(free).unwrap_or_default();
        let stage = Stage {
            id,
            name: name_of_new(i18n, number),
            zone: None,
            probability: probability.min(promotion_rate),
            promotion_rate,
            expected_days,
            weight: None,
            criteria: Vec::new(),
            tasks: Vec::new(),
            required_fields: Vec::new(),
            playbook: Playbook::default(),
        };
        form.stages.insert(at, stage);
    });
    focus_soon(id, "input");
}

fn name_of_new(i18n: I18n, number: usize) -> String {
    t_string!(i18n, model_editor.new_stage, n = number).to_string()
}

/// Gives the focus to something inside the card of a stage, once it stands where it belongs.
fn focus_soon(stage: StageId, inside: &'static str) {
    request_animation_frame(move || {
        let selector = format!("[data-editor-stage=\"{stage}\"] {inside}:not([disabled])");
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Focusing an element of the page cannot fail.
            found.focus().ok();
        }
    });
}

#[component]
fn Card(desk: Desk, stage: StageId) -> impl IntoView {
    let i18n = use_i18n();
    let format = desk.format;
    let place = Memo::new(move |_| desk.form.with(|form| form.position(stage)));
    let number = move || place.get().map_or(0, |place| place + 1);
    let name = desk.of(stage, |stage| stage.name.clone());
    let deals = move || {
        let deals = desk.deals_in(stage);
        (deals > 0).then(|| {
            let words = t_string!(i18n, model_editor.deals_here, count = deals, n = format.count(deals)).to_string();
            view! { <Tag>{words}</Tag> }
        })
    };
    let rename = move |text: String| desk.edit_stage(stage, |stage| stage.name = text);
    let is_new = Memo::new(move |_| desk.model.with(|model| model.stage(stage).is_none()));
    view! {
        <li class="card editor__stage" data-editor-stage=stage.to_string() data-testid="editor-stage">
            <div class="editor__stage-head">
                <div class="editor__stage-name" data-testid="stage-name">
                    <Field
                        label=Signal::derive(move || t_string!(i18n, model_editor.stage_name, n = number()).to_string())
                        value=name
                        required=true
                        error=Signal::derive(move || desk.error(stage, Spot::Name))
                        on_change=rename
                        on_input=Callback::new(rename)
                    />
                </div>
                {deals}
                <Order desk stage place name/>
            </div>
            <Figures desk stage/>
            <Show when=move || is_new.get()><Arrivals desk stage/></Show>
            <Folded desk stage/>
        </li>
    }
    .into_any()
}

/// Up, down, and what changes the order by more.
#[component]
fn Order(desk: Desk, stage: StageId, place: Memo<Option<usize>>, name: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| desk.form.with(|form| form.stages.len()));
    let is_first = Memo::new(move |_| place.get() == Some(0));
    let is_last = Memo::new(move |_| place.get().is_some_and(|place| place + 1 == count.get()));
    let shift = move |up: bool| {
        if let Some(place) = place.get_untracked() {
            desk.edit(|form, _| form.shift(stage, if up { place.saturating_sub(1) } else { place + 1 }));
            focus_soon(stage, if up { "[data-move=up]" } else { "[data-move=down]" });
        }
    };
    let merge = move |step: isize| {
        let into = place.get_untracked().and_then(|place| place.checked_add_signed(step));
        let into = into.and_then(|into| desk.form.with_untracked(|form| form.stages.get(into).map(|stage| stage.id)));
        if let Some(into) = into {
            desk.edit(|form, model| form.merge(model, stage, into));
            focus_soon(into, "input");
        }
    };
    let retire = move || {
        let stages = desk.form.with_untracked(|form| form.stages.iter().map(|stage| stage.id).collect::<Vec<_>>());
        let at = place.get_untracked().unwrap_or_default();
        let next = if at == 0 { stages.get(1) } else { stages.get(at - 1) };
        if let Some(into) = next.copied() {
            desk.edit(|form, model| form.retire(model, stage, into));
            focus_soon(into, "input");
        }
    };
    let split = move || {
        let fresh: StageId = desk.fresh();
        let second = t_string!(i18n, model_editor.part_two, name = name.get_untracked()).to_string();
        desk.edit(|form, _| form.split(stage, fresh, second));
        focus_soon(fresh, "input");
    };
    let item = move |words: fn(I18n) -> &'static str, icon, on_choose| MenuItem {
        label: Signal::derive(move || words(i18n).to_owned()),
        icon: Some(icon),
        danger: false,
        on_choose,
    };
    let items = Signal::derive(move || {
        let mut items = vec![
            item(
                |i| t_string!(i, model_editor.add_after),
                icondata_lu::LuPlus,
                Callback::new(move |()| {
                    add(desk, i18n, place.get_untracked().map_or(usize::MAX, |place| place + 1));
                }),
            ),
            item(|i| t_string!(i, model_editor.split), icondata_lu::LuSplit, Callback::new(move |()| split())),
        ];
        let up = item(
            |i| t_string!(i, model_editor.merge_up),
            icondata_lu::LuArrowUpToLine,
            Callback::new(move |()| merge(-1)),
        );
        let down = item(
            |i| t_string!(i, model_editor.merge_down),
            icondata_lu::LuArrowDownToLine,
            Callback::new(move |()| merge(1)),
        );
        items.extend((!is_first.get()).then_some(up));
        items.extend((!is_last.get()).then_some(down));
        let gone =
            item(|i| t_string!(i, model_editor.retire), icondata_lu::LuArchive, Callback::new(move |()| retire()));
        items.extend((count.get() > 1).then_some(MenuItem { danger: true, ..gone }));
        items
    });
    view! {
        <div class="editor__order">
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuArrowUp
                label=Signal::derive(move || t_string!(i18n, model_editor.up, name = name.get()).to_string())
                disabled=Signal::derive(move || is_first.get())
                on_click=move |_| shift(true)
                attr:data-move="up"
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuArrowDown
                label=Signal::derive(move || t_string!(i18n, model_editor.down, name = name.get()).to_string())
                disabled=Signal::derive(move || is_last.get())
                on_click=move |_| shift(false)
                attr:data-move="down"
            />
            <Menu
                label=Signal::derive(move || t_string!(i18n, model_editor.more, name = name.get()).to_string())
                icon=icondata_lu::LuEllipsis
                items
            />
        </div>
    }
    .into_any()
}

/// Zone, probability, promotion rate, days and weight.
#[component]
fn Figures(desk: Desk, stage: StageId) -> impl IntoView {
    let i18n = use_i18n();
    let zone = desk.of(stage, |stage| stage.zone);
    let probability = desk.of(stage, |stage| Some(stage.probability));
    let zones = Signal::derive(move || {
        let auto = wording::zone(i18n, Zone::of(probability.get().unwrap_or_default()));
        let auto = t_string!(i18n, model_editor.zone_auto_is, zone = auto).to_string();
        let by_hand = [Zone::Upper, Zone::Middle, Zone::Lower]
            .map(|zone| (zone_key(Some(zone)).to_owned(), wording::zone(i18n, zone).to_owned()));
        std::iter::once((String::new(), auto)).chain(by_hand).collect::<Vec<_>>()
    });
    let choose = move |key: String| {
        let zone = [Zone::Upper, Zone::Middle, Zone::Lower].into_iter().find(|zone| zone_key(Some(*zone)) == key);
        desk.edit_stage(stage, |stage| stage.zone = zone);
    };
    let days = desk.of(stage, |stage| stage.expected_days);
    let take_days = move |text: String| {
        let days = typed::folded(&text).parse::<u16>().ok();
        desk.note(stage, Spot::Days, days.is_some());
        if let Some(days) = days {
            desk.edit_stage(stage, |stage| stage.expected_days = days);
        }
    };
    let bad_days = move || {
        let unreadable = desk.is_unreadable(stage, Spot::Days);
        unreadable.then(|| t_string!(i18n, model_editor.bad_days).to_owned()).or_else(|| desk.error(stage, Spot::Days))
    };
    let weight = desk.of(stage, |stage| stage.weight);
    let rate = desk.of(stage, |stage| Some(stage.promotion_rate));
    let set = move |write: fn(&mut Stage, Option<Share>)| {
        Callback::new(move |share| desk.edit_stage(stage, |stage| write(stage, share)))
    };
    view! {
        <div class="editor__figures">
            <Percent
                desk stage spot=Spot::Probability value=probability
                label=Signal::derive(move || t_string!(i18n, model_editor.probability).to_owned())
                on_read=set(|stage, share| stage.probability = share.unwrap_or_default())
            />
            <Percent
                desk stage spot=Spot::PromotionRate value=rate
                label=Signal::derive(move || t_string!(i18n, model_editor.promotion_rate).to_owned())
                on_read=set(|stage, share| stage.promotion_rate = share.unwrap_or_default())
            />
            <Field
                label=Signal::derive(move || t_string!(i18n, model_editor.days).to_owned())
                kind=FieldKind::Number
                value=Signal::derive(move || days.get().to_string())
                error=Signal::derive(bad_days)
                on_change=take_days
                on_input=Callback::new(take_days)
            />
            <SelectField
                label=Signal::derive(move || t_string!(i18n, model_editor.zone).to_owned())
                options=zones
                value=Signal::derive(move || zone_key(zone.get()).to_owned())
                hint=Signal::derive(move || desk.caution(stage, Spot::Zone))
                on_change=choose
            />
            <Percent
                desk stage spot=Spot::Weight value=weight optional=true
                label=Signal::derive(move || t_string!(i18n, model_editor.weight).to_owned())
                on_read=set(|stage, share| stage.weight = share)
            />
        </div>
    }
    .into_any()
}

const fn zone_key(zone: Option<Zone>) -> &'static str {
    match zone {
        None => "",
        Some(Zone::Upper) => "upper",
        Some(Zone::Middle) => "middle",
        Some(Zone::Lower) => "lower",
    }
}

/// A percentage of a stage, read at every key.
#[component]
fn Percent(
    desk: Desk,
    stage: StageId,
    spot: Spot,
    value: Memo<Option<Share>>,
    label: Signal<String>,
    /// Whether it may be empty.
    #[prop(optional)]
    optional: bool,
    on_read: Callback<Option<Share>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let take = move |text: String| {
        let share = typed::percent(&text).ok().filter(|share| optional || share.is_some());
        desk.note(stage, spot, share.is_some());
        if let Some(share) = share {
            on_read.run(share);
        }
    };
    let error = move || {
        let unreadable = desk.is_unreadable(stage, spot);
        unreadable.then(|| t_string!(i18n, deal.bad_percent).to_owned()).or_else(|| desk.error(stage, spot))
    };
    let hint = move || {
        let usual = optional.then(|| t_string!(i18n, model_editor.weight_hint).to_owned());
        desk.caution(stage, spot).or(usual)
    };
    view! {
        <Field
            label
            kind=FieldKind::Number
            value=Signal::derive(move || value.get().map(typed::percent_text).unwrap_or_default())
            error=Signal::derive(error)
            hint=Signal::derive(hint)
            on_change=take
            on_input=Callback::new(take)
        />
    }
    .into_any()
}

/// Which deals come to a new stage from its neighbours.
#[component]
fn Arrivals(desk: Desk, stage: StageId) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = Signal::derive(move || {
        let (from, only_with) = desk.form.with(|form| form.fetched(stage))?;
        Some((from, only_with))
    });
    let sources = Memo::new(move |_| {
        desk.form.with(|form| {
            let at = form.position(stage).unwrap_or_default();
            let (before, after) = form.stages.split_at(at.min(form.stages.len()));
            desk.model.with(|model| {
                let old = |stage: &&Stage| model.stage(stage.id).is_some();
                let neighbours = before.iter().rev().find(old).into_iter().chain(after.iter().find(old));
                let source = |stage: &Stage| {
                    let criteria = model.stage(stage.id).map(|stage| stage.criteria.clone()).unwrap_or_default();
                    (stage.id, stage.name.clone(), criteria)
                };
                neighbours.map(source).collect::<Vec<_>>()
            })
        })
    });
    let key = |choice: Option<(StageId, Option<_>)>| match choice {
        None => String::new(),
        Some((from, None)) => from.to_string(),
        Some((from, Some(criterion))) => format!("{from}.{criterion}"),
    };
    let choices = move || {
        let mut choices = vec![(None, t_string!(i18n, model_editor.comes_none).to_owned())];
        for (from, name, criteria) in sources.get() {
            let all = t_string!(i18n, model_editor.comes_all, stage = name.clone()).to_string();
            choices.push((Some((from, None)), all));
            choices.extend(criteria.into_iter().map(|criterion| {
                let (stage, text) = (name.clone(), criterion.text);
                let some = t_string!(i18n, model_editor.comes_with, stage = stage, criterion = text).to_string();
                (Some((from, Some(criterion.id))), some)
            }));
        }
        choices
    };
    let options = Signal::derive(move || choices().into_iter().map(|(choice, words)| (key(choice), words)).collect());
    let choose = move |wanted: String| {
        let choice =
            untrack(choices).into_iter().find(|(choice, _)| key(*choice) == wanted).and_then(|(choice, _)| choice);
        desk.edit(|form, _| form.fetch(stage, choice));
    };
    view! {
        <div class="editor__arrivals" data-testid="arrivals">
            <SelectField
                label=Signal::derive(move || t_string!(i18n, model_editor.comes_from).to_owned())
                options
                value=Signal::derive(move || key(chosen.get()))
                on_change=choose
            />
        </div>
    }
    .into_any()
}

/// Gate, tasks and playbook, made when they are first unfolded.
#[component]
fn Folded(desk: Desk, stage: StageId) -> impl IntoView {
    let i18n = use_i18n();
    let format = desk.format;
    let details = NodeRef::<html::Details>::new();
    let is_open = RwSignal::new(false);
    let toggled = move |_: ev::Event| {
        is_open.set(details.get_untracked().is_some_and(|details| details.has_attribute("open")));
    };
    let counts = desk.of(stage, |stage| (stage.criteria.len(), stage.tasks.len(), stage.required_fields.len()));
    let summary = move || {
        let (criteria, tasks, fields) = counts.get();
        let [criteria, tasks, fields] = [criteria, tasks, fields].map(|count| format.count(count));
        t_string!(i18n, model_editor.counts, criteria = criteria, tasks = tasks, fields = fields).to_string()
    };
    view! {
        <details node_ref=details class="editor__more" on:toggle=toggled>
            <summary><span>{t!(i18n, model_editor.gate_and_advice)}</span>" "<span class="muted small">{summary}</span></summary>
            <Show when=move || is_open.get()>
                <div class="editor__folded"><Gate desk stage/><Advice desk whose=Whose::Stage(stage)/></div>
            </Show>
        </details>
    }
    .into_any()
}

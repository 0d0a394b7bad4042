//! What the merge would do: each file against what is here, and every place where they differ, to be decided.

use std::sync::Arc;

use leptos::prelude::*;

use super::draft::use_draft;
use crate::{
    codec::merge::{Counts, Difference, Note, Summary, TABLES},
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{
            button::{Button, Variant},
            dom_id,
            field::{Checkbox, SelectField},
        },
        format::use_format,
        wording::merge as words,
    },
};

/// The preview.
#[component]
pub(super) fn Preview() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let only_conflicts = RwSignal::new(true);
    let summary = move || draft.summary.get().unwrap_or_default();
    let conflicts = Memo::new(move |_| draft.summary.with(|s| s.as_ref().map_or(0, |s| s.conflict_count)));
    let said = move || {
        let count = conflicts.get();
        match count {
            0 => t_string!(i18n, data.merge.no_conflicts).to_owned(),
            _ => t_string!(i18n, data.merge.conflicts, count = count, n = format.count(count)).to_string(),
        }
    };
    let removed = move || {
        let count = summary().removed;
        (count > 0).then(|| {
            let text = t_string!(i18n, data.merge.removed, count = count, n = format.count(count)).to_string();
            view! { <p class="import__remark" data-testid="merge-removed">{text}</p> }
        })
    };
    view! {
        <div class="stack" data-testid="merge-preview">
            <Files/>
            <Outcome/>
            {removed}
            <h3 data-testid="merge-conflicts">{said}</h3>
            <Show when=move || { conflicts.get() > 0 }><Prefer/></Show>
            <Checkbox
                label=Signal::derive(move || t_string!(i18n, data.merge.only_conflicts).to_owned())
                value=only_conflicts
                on_change=move |only| only_conflicts.set(only)
            />
            {move || {
                let summary = summary();
                let mut rows = summary.conflicts.clone();
                let mut count = summary.conflict_count;
                if !only_conflicts.get() {
                    rows.extend(summary.others.iter().cloned());
                    count += summary.other_count;
                }
                let rest = count - rows.len();
                let more = (rest > 0).then(|| {
                    let text = t_string!(i18n, data.document.more, count = rest, n = format.count(rest)).to_string();
                    view! { <p class="muted small">{text}</p> }
                });
                view! { <Differences rows/>{more} }
            }}
            {move || notes(&summary())}
        </div>
    }
}

/// The names of the sides: this browser, then the files.
pub(super) fn side_name(side: usize) -> String {
    let (i18n, draft) = (use_i18n(), use_draft());
    let file = side.checked_sub(1);
    let name = file.and_then(|file| draft.files.with(|files| files.get(file).map(|file| file.name.clone())));
    name.unwrap_or_else(|| t_string!(i18n, data.merge.here).to_owned())
}

/// Each file: what it would add, what it has otherwise, what is the same.
#[component]
fn Files() -> impl IntoView {
    let (i18n, format, draft) = (use_i18n(), use_format(), use_draft());
    let rows = move || {
        let summary = draft.summary.get().unwrap_or_default();
        let row = |(place, counts): (usize, Counts)| {
            let name = side_name(place + 1);
            let label = t_string!(i18n, common.remove, name = name.clone()).to_string();
            view! {
                <tr data-testid="merge-file">
                    <th scope="row">{name}</th>
                    <td>{format.count(counts.added)}</td>
                    <td>{format.count(counts.changed)}</td>
                    <td>{format.count(counts.same)}</td>
                    <td>
                        <Button
                            variant=Variant::Bare
                            icon=icondata_lu::LuX
                            label=Signal::stored(label)
                            on_click=move |_| draft.forget(place)
                        />
                    </td>
                </tr>
            }
        };
        summary.files.iter().map(crate::codec::merge::FileCounts::total).enumerate().map(row).collect_view()
    };
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, data.merge.file)}</th>
                    <th scope="col">{t!(i18n, data.merge.added)}</th>
                    <th scope="col">{t!(i18n, data.merge.changed)}</th>
                    <th scope="col">{t!(i18n, data.merge.same)}</th>
                    <th scope="col"><span class="visually-hidden">{t!(i18n, common.clear)}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What would become of the records, kind by kind.
#[component]
fn Outcome() -> impl IntoView {
    let (i18n, format, draft) = (use_i18n(), use_format(), use_draft());
    let lines = move || {
        let summary = draft.summary.get().unwrap_or_default();
        let touched = TABLES.into_iter().zip(summary.outcome.tables.clone());
        let touched = touched.filter(|(_, counts)| counts.added + counts.changed > 0);
        let line = |(table, counts): (&str, Counts)| {
            let (added, changed) = (format.count(counts.added), format.count(counts.changed));
            let kind = words::table(i18n, table);
            let text = t_string!(i18n, data.merge.outcome, kind = kind, added = added, changed = changed).to_string();
            view! { <li>{text}</li> }
        };
        touched.map(line).collect_view()
    };
    view! { <ul class="import__balance" data-testid="merge-outcome">{lines}</ul> }
}

/// One side that is right in all conflicts.
#[component]
fn Prefer() -> impl IntoView {
    let (i18n, draft) = (use_i18n(), use_draft());
    let options = Signal::derive(move || {
        let sides = (0..=draft.files.with(Vec::len)).map(|side| (side.to_string(), side_name(side)));
        let rule = (String::new(), t_string!(i18n, data.merge.rule).to_owned());
        std::iter::once(rule).chain(sides).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        draft.options.with(|options| options.prefer.map_or_else(String::new, |side| side.to_string()))
    });
    view! {
        <SelectField
            label=Signal::derive(move || t_string!(i18n, data.merge.prefer).to_owned())
            options
            value
            on_change=move |side: String| draft.decide(|options| options.prefer = side.parse().ok())
        />
        <p class="muted small">{t!(i18n, data.merge.rule_what)}</p>
    }
}

/// Places where the sides differ, each with a choice.
#[component]
fn Differences(rows: Vec<Difference>) -> impl IntoView {
    let i18n = use_i18n();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, data.merge.record)}</th>
                        <th scope="col">{t!(i18n, data.merge.place)}</th>
                        <th scope="col">{t!(i18n, data.merge.take)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|difference| view! { <Row difference/> }).collect_view()}</tbody>
            </table>
        }
    })
}

/// One place: by the rule, or as one of the sides has it.
#[component]
fn Row(difference: Difference) -> impl IntoView {
    let (i18n, format, draft) = (use_i18n(), use_format(), use_draft());
    let Difference { key, name, options, by_rule, chosen, .. } = difference;
    let group = dom_id::fresh();
    let field = words::spot(i18n, &key);
    let title = [words::table(i18n, &key.table), &name].join(" ");
    let legend = [title.as_str(), &field].join(": ");
    let radio = |side: Option<usize>, ticked: bool, text: String| {
        let (group, key) = (group.clone(), key.clone());
        let choose = move |_| {
            draft.decide(|options| match side {
                Some(side) => {
                    options.choices.insert(key.clone(), side);
                }
                None => {
                    options.choices.remove(&key);
                }
            });
        };
        view! {
            <label class="checkbox">
                <input type="radio" name=group prop:checked=ticked on:change=choose/>
                <span>{text}</span>
            </label>
        }
    };
    let rule = words::value(i18n, format, &key.field, &by_rule);
    let rule = t_string!(i18n, data.merge.by_rule, value = rule).to_string();
    let mut radios = vec![radio(None, chosen.is_none(), rule)];
    for option in options {
        let value = words::value(i18n, format, &key.field, &option.value);
        let whose = option.sides.iter().map(|side| side_name(*side)).collect::<Vec<_>>().join(" · ");
        let text = t_string!(i18n, data.merge.says, value = value, whose = whose).to_string();
        let ticked = chosen.is_some_and(|side| option.sides.contains(&side));
        radios.push(radio(option.sides.first().copied(), ticked, text));
    }
    view! {
        <tr data-testid="merge-difference">
            <th scope="row">{title}</th>
            <td>{field}</td>
            <td><fieldset class="data__choices" aria-label=legend>{radios}</fieldset></td>
        </tr>
    }
}

/// What had to be done so that the records hold together.
fn notes(summary: &Arc<Summary>) -> impl IntoView + use<> {
    let (i18n, format) = (use_i18n(), use_format());
    let line = move |note: &Note| {
        let said = words::remark(i18n, format, &note.remark);
        let title = [words::table(i18n, &note.key.table), &note.name].join(" ");
        view! { <li>{title}": "{said}</li> }
    };
    let count = summary.note_count;
    (count > 0).then(|| {
        let title = t_string!(i18n, data.merge.notes, count = count, n = format.count(count)).to_string();
        view! {
            <details data-testid="merge-notes">
                <summary>{title}</summary>
                <ul class="stack small">{summary.notes.iter().map(line).collect_view()}</ul>
            </details>
        }
    })
}

//! The files: what was recognised, with its reason, each to be corrected in place.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    choice::{at, place, says},
    draft::use_draft,
    first_rows::FirstRows,
    memory::LastTime,
    origin::OriginFields,
};
use crate::{
    codec::csv::{FileKind, SkipReason},
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{
            button::{Button, Variant},
            field::SelectField,
        },
        format::use_format,
        wording::import as words,
    },
    worker::Glance,
};

const KINDS: [FileKind; 4] = [FileKind::Deals, FileKind::Customers, FileKind::People, FileKind::Products];

/// How many lines are offered as the header.
const HEADER_LINES: usize = 12;

/// All files.
#[component]
pub(super) fn Files() -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    view! {
        <section class="stack" aria-labelledby="import-files">
            <h2 id="import-files">{t!(i18n, import.files.title)}</h2>
            <For each=move || 0..draft.files.with(Vec::len) key=|file| *file let(file)>
                <FileCard file/>
            </For>
        </section>
    }
}

/// Something of a file as it reads now.
fn of_file<T: Default>(files: RwSignal<Vec<Arc<Glance>>>, file: usize, read: impl Fn(&Glance) -> T) -> T {
    files.with(|files| files.get(file).map(|glance| read(glance))).unwrap_or_default()
}

/// One file.
#[component]
fn FileCard(
    /// Its place.
    file: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let name = move || of_file(draft.files, file, |glance| glance.name.clone());
    let rows = move || {
        let count = of_file(draft.files, file, |glance| glance.shape.rows);
        t_string!(i18n, import.files.rows, count = count, n = format.count(count)).to_string()
    };
    let glance = Signal::derive(move || draft.files.with(|files| files.get(file).cloned()));
    view! {
        <article class="card import__file" data-testid="import-file-card">
            <header class="import__file-head">
                <h3>{name}</h3>
                <span class="muted">{rows}</span>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuX
                    label=Signal::derive(move || t_string!(i18n, import.files.forget, name = name()).to_string())
                    on_click=move |_| draft.forget(file)
                    attr:data-testid="import-forget"
                />
            </header>
            <LastTime file/>
            <Recognised file glance/>
            <Remarks glance/>
            <FirstRows file glance/>
        </article>
    }
}

/// Kind, origin and header.
#[component]
fn Recognised(file: usize, glance: Signal<Option<Arc<Glance>>>) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let kind = Signal::derive(move || {
        let kind = draft.summary.with(|summary| summary.as_ref().and_then(|s| s.files.get(file).map(|f| f.kind)));
        kind.map(|kind| place(&KINDS, &kind)).unwrap_or_default()
    });
    let kinds = Signal::derive(move || {
        KINDS
            .iter()
            .enumerate()
            .map(|(n, kind)| (n.to_string(), words::file_kind(i18n, *kind).to_owned()))
            .collect::<Vec<_>>()
    });
    let set_kind = move |value: String| {
        if let Some(kind) = at(&KINDS, &value) {
            draft.decide(|options| {
                options.kinds.insert(file, kind);
            });
        }
    };
    let headers = Signal::derive(move || {
        let mut headers = vec![(String::new(), t_string!(i18n, import.files.no_header).to_owned())];
        headers.extend(glance.get().iter().flat_map(|glance| header_lines(glance)).map(|line| {
            let words = t_string!(i18n, import.files.header_line, line = line).to_string();
            (line.to_string(), words)
        }));
        headers
    });
    let header = Signal::derive(move || {
        glance.get().and_then(|glance| glance.shape.header.value).map_or_else(String::new, |line| line.to_string())
    });
    let header_reason = Signal::derive(move || {
        glance.get().map(|glance| words::header_reason(i18n, format, glance.shape.header.reason))
    });
    view! {
        <div class="import__choices">
            <SelectField label=says(move || t_string!(i18n, import.files.kind)) options=kinds value=kind on_change=set_kind/>
            <OriginFields file glance/>
            <SelectField
                label=says(move || t_string!(i18n, import.files.header))
                options=headers
                value=header
                hint=header_reason
                on_change=move |value: String| draft.reread(file, |reading| {
                    reading.header = Some(value.parse().ok());
                    reading.columns.clear();
                })
            />
        </div>
    }
}

/// Lines that may be the header: those above the data and the first of the data.
fn header_lines(glance: &Glance) -> Vec<u32> {
    let above =
        glance.shape.skipped.iter().filter(|skipped| matches!(skipped.reason, SkipReason::Title | SkipReason::Header));
    let mut lines: Vec<u32> =
        above.map(|skipped| skipped.line).chain(glance.rows.iter().map(|(line, _)| *line)).take(HEADER_LINES).collect();
    lines.sort_unstable();
    lines
}

/// What is odd about a file.
#[component]
fn Remarks(glance: Signal<Option<Arc<Glance>>>) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let replaced = move || {
        let count = glance.get().map_or(0, |glance| glance.shape.replaced.len());
        (count > 0).then(|| t_string!(i18n, import.files.replaced, count = count, n = format.count(count)).to_string())
    };
    let quote = move || {
        let line = glance.get()?.shape.open_quote?;
        Some(t_string!(i18n, import.files.open_quote, line = line).to_string())
    };
    let skipped = move || {
        let skipped = glance.get()?.shape.skipped.clone();
        let count = skipped.iter().filter(|line| line.reason != SkipReason::Header).count();
        let lines = skipped.into_iter().filter(|line| line.reason != SkipReason::Header).take(20).map(|line| {
            let number = t_string!(i18n, import.files.header_line, line = line.line).to_string();
            view! { <li><span class="muted">{number}</span>" "{line.text}</li> }
        });
        let lines = lines.collect_view();
        (count > 0).then(|| view! {
            <details class="small">
                <summary>{t_string!(i18n, import.files.skipped, count = count, n = format.count(count)).to_string()}</summary>
                <ul class="import__skipped">{lines}</ul>
            </details>
        })
    };
    view! {
        {move || replaced().map(|text| view! { <p class="import__remark">{text}</p> })}
        {move || quote().map(|text| view! { <p class="import__remark">{text}</p> })}
        {skipped}
    }
}

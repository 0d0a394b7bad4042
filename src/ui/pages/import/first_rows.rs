//! The first rows of a file, with what each column means in its heading.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    choice::{at, place},
    draft::use_draft,
};
use crate::{
    codec::csv::{ColumnShape, DateOrder, DecimalMark, Field, Kind, KindReason, Meaning},
    i18n::{t, t_string, use_i18n},
    ui::{components::choice::Choice, wording::import as words},
    worker::Glance,
};

const HOLDS: [Kind; 8] = [
    Kind::Text,
    Kind::Number(DecimalMark::Point),
    Kind::Number(DecimalMark::Comma),
    Kind::Date(DateOrder::YearMonthDay),
    Kind::Date(DateOrder::DayMonthYear),
    Kind::Date(DateOrder::MonthDayYear),
    Kind::Date(DateOrder::ExcelSerial),
    Kind::Boolean,
];

/// The value of a select for a field of the user's own.
const OWN: &str = "own";
/// The value of a select for a column that is left out.
const LEFT_OUT: &str = "out";

/// The table.
#[component]
pub(super) fn FirstRows(
    /// The file's place.
    file: usize,
    /// The file as it reads now.
    glance: Signal<Option<Arc<Glance>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || {
        let name = glance.get().map(|glance| glance.label()).unwrap_or_default();
        t_string!(i18n, import.files.preview, name = name).to_string()
    };
    let columns = Memo::new(move |_| glance.get().map_or(0, |glance| glance.shape.columns.len()));
    let rows = move || {
        let glance = glance.get();
        let rows = glance.iter().flat_map(|glance| glance.rows.clone());
        rows.map(|(line, cells)| {
            let cells = (0..columns.get()).map(|column| {
                view! { <td>{cells.get(column).cloned()}</td> }
            });
            view! { <tr><th scope="row" class="muted">{line}</th>{cells.collect_view()}</tr> }
        })
        .collect_view()
    };
    view! {
        <div class="table-scroll import__rows" tabindex="0" role="region" aria-label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, import.files.line)}</th>
                        <For each=move || 0..columns.get() key=|column| *column let(column)>
                            <Heading file column glance/>
                        </For>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The heading of a column.
#[component]
fn Heading(file: usize, column: usize, glance: Signal<Option<Arc<Glance>>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let shape = Memo::new(move |_| glance.get().and_then(|glance| glance.shape.columns.get(column).cloned()));
    let name = Signal::derive(move || match shape.get() {
        Some(ColumnShape { header, .. }) if !header.is_empty() => header,
        _ => t_string!(i18n, import.files.column, number = column + 1).to_string(),
    });
    let fields = Signal::derive(move || {
        let mut fields = vec![(OWN.to_owned(), t_string!(i18n, import.files.own_field).to_owned())];
        let words = |(n, field): (usize, &Field)| (n.to_string(), words::field(i18n, *field).to_owned());
        fields.extend(Field::ALL.iter().enumerate().map(words));
        fields.push((LEFT_OUT.to_owned(), t_string!(i18n, import.files.left_out).to_owned()));
        fields
    });
    let field = Signal::derive(move || {
        shape.get().map_or_else(String::new, |shape| match shape.meaning {
            Meaning::Field(field) => place(Field::ALL, &field),
            Meaning::Own => OWN.to_owned(),
            Meaning::LeftOut => LEFT_OUT.to_owned(),
        })
    });
    let kinds = Signal::derive(move || {
        HOLDS
            .iter()
            .enumerate()
            .map(|(n, kind)| (n.to_string(), words::holds(i18n, *kind).to_owned()))
            .collect::<Vec<_>>()
    });
    let kind = Signal::derive(move || shape.get().map(|shape| place(&HOLDS, &shape.kind.value)).unwrap_or_default());
    let doubt = move || match shape.get()?.kind.reason {
        KindReason::Ambiguous { other } => {
            let other = words::holds(i18n, other);
            Some(t_string!(i18n, import.files.ambiguous, other = other).to_string())
        }
        _ => None,
    };
    let unused = move || {
        let unused = draft.summary.with(|summary| {
            summary.as_ref().is_some_and(|s| s.files.get(file).is_some_and(|file| file.unused.contains(&column)))
        });
        (unused && shape.get().is_some_and(|shape| shape.meaning.field().is_some()))
            .then(|| view! { <span class="import__remark small">{t!(i18n, import.files.no_place)}</span> })
    };
    let field_label =
        Signal::derive(move || t_string!(i18n, import.files.column_field, column = name.get()).to_string());
    let kind_label = Signal::derive(move || t_string!(i18n, import.files.column_kind, column = name.get()).to_string());
    let set_field = move |value: String| {
        let meaning = match value.as_str() {
            LEFT_OUT => Meaning::LeftOut,
            _ => at(Field::ALL, &value).map_or(Meaning::Own, Meaning::Field),
        };
        draft.reread(file, |reading| reading.columns.entry(column).or_default().meaning = Some(meaning));
    };
    let set_kind = move |value: String| {
        let kind = at(&HOLDS, &value);
        draft.reread(file, |reading| reading.columns.entry(column).or_default().kind = kind);
    };
    view! {
        <th scope="col">
            <div class="import__heading">
                <span class="import__column">{name}</span>
                <Choice label=field_label options=fields value=field on_change=set_field/>
                <Choice label=kind_label options=kinds value=kind on_change=set_kind/>
                {move || doubt().map(|text| view! { <span class="import__remark small">{text}</span> })}
                {unused}
            </div>
        </th>
    }
    .into_any()
}

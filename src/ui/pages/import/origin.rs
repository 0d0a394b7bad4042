//! What a table was read from: encoding and delimiter of a text, the sheet of a workbook.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    choice::{at, place, says},
    draft::use_draft,
};
use crate::{
    codec::csv::{Dialect, Encoding, EncodingReason, Guess, Origin, SheetReason},
    i18n::{t_string, use_i18n},
    ui::{components::field::SelectField, wording::import as words},
    worker::Glance,
};

const ENCODINGS: [Encoding; 5] =
    [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252];

const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// The fields that go with the file.
#[component]
pub(super) fn OriginFields(file: usize, glance: Signal<Option<Arc<Glance>>>) -> impl IntoView {
    let is_workbook = Memo::new(move |_| {
        glance
            .with(|glance| glance.as_ref().is_some_and(|glance| matches!(glance.shape.origin, Origin::Workbook { .. })))
    });
    move || {
        if is_workbook.get() {
            view! { <SheetField file glance/> }.into_any()
        } else {
            view! { <EncodingField file glance/> <DelimiterField file glance/> }.into_any()
        }
    }
}

#[component]
fn EncodingField(file: usize, glance: Signal<Option<Arc<Glance>>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let encoding = move || -> Option<Guess<Encoding, EncodingReason>> {
        match glance.get()?.shape.origin {
            Origin::Text { encoding, .. } => Some(encoding),
            Origin::Workbook { .. } => None,
        }
    };
    let options = Signal::derive(move || {
        let words = |(n, encoding): (usize, &Encoding)| (n.to_string(), words::encoding(i18n, *encoding).to_owned());
        ENCODINGS.iter().enumerate().map(words).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || encoding().map(|guess| place(&ENCODINGS, &guess.value)).unwrap_or_default());
    let hint = Signal::derive(move || encoding().map(|guess| words::encoding_reason(i18n, guess.reason).to_owned()));
    view! {
        <SelectField
            label=says(move || t_string!(i18n, import.files.encoding))
            options
            value
            hint
            on_change=move |value: String| draft.reread(file, |reading| reading.encoding = at(&ENCODINGS, &value))
        />
    }
}

#[component]
fn DelimiterField(file: usize, glance: Signal<Option<Arc<Glance>>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let dialect = move || match glance.get()?.shape.origin {
        Origin::Text { dialect, .. } => Some(dialect),
        Origin::Workbook { .. } => None,
    };
    let options = Signal::derive(move || {
        let words = |(n, delimiter): (usize, &char)| (n.to_string(), words::delimiter(i18n, *delimiter));
        DELIMITERS.iter().enumerate().map(words).collect::<Vec<_>>()
    });
    let value =
        Signal::derive(move || dialect().map(|guess| place(&DELIMITERS, &guess.value.delimiter)).unwrap_or_default());
    let hint = Signal::derive(move || dialect().map(|guess| words::delimiter_reason(i18n, guess.reason)));
    let choose = move |value: String| {
        let quote = untrack(dialect).map_or('"', |guess| guess.value.quote);
        let dialect = at(&DELIMITERS, &value).map(|delimiter| Dialect { delimiter, quote });
        draft.reread_anew(file, |reading| reading.dialect = dialect);
    };
    view! {
        <SelectField
            label=says(move || t_string!(i18n, import.files.delimiter))
            options
            value
            hint
            on_change=choose
        />
    }
}

#[component]
fn SheetField(file: usize, glance: Signal<Option<Arc<Glance>>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let workbook = move || -> Option<(Vec<String>, Guess<usize, SheetReason>)> {
        match &glance.get()?.shape.origin {
            Origin::Workbook { sheets, sheet } => Some((sheets.clone(), *sheet)),
            Origin::Text { .. } => None,
        }
    };
    let options = Signal::derive(move || {
        let sheets = workbook().map(|(sheets, _)| sheets).unwrap_or_default();
        sheets.into_iter().enumerate().map(|(place, name)| (place.to_string(), name)).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || workbook().map(|(_, sheet)| sheet.value.to_string()).unwrap_or_default());
    let hint = Signal::derive(move || workbook().map(|(_, sheet)| words::sheet_reason(i18n, sheet.reason).to_owned()));
    let choose = move |value: String| {
        draft.reread_anew(file, |reading| reading.sheet = value.parse().ok());
    };
    view! {
        <SelectField
            label=says(move || t_string!(i18n, import.files.sheet))
            options
            value
            hint
            on_change=choose
            attr:data-testid="import-sheet"
        />
    }
}

//! A list as text for spreadsheets.

use leptos::{prelude::*, task::spawn_local};

use super::column::ListField;
use crate::{
    codec::table::{Form, encode, neutral},
    i18n::{t, t_string, use_i18n},
    ui::{
        clipboard,
        clock::use_clock,
        components::{button::Button, tag::Tone, toast::use_toasts},
        file,
        wording::I18n,
    },
};

/// How many rows went, and their text.
pub type Table = Result<(usize, String), csv::Error>;

/// Rows of plain cells as a table under the headings of their columns.
///
/// # Errors
/// See [`encode`].
pub fn table<F: ListField>(form: Form, fields: &[F], rows: Vec<Vec<String>>, i18n: I18n) -> Table {
    let count = rows.len();
    let headings: Vec<String> = fields.iter().map(|field| neutral(&field.heading(i18n))).collect();
    Ok((count, encode(form, std::iter::once(headings).chain(rows))?))
}

/// The buttons that copy the rows and download them.
#[component]
pub fn TakeAway(
    /// What the file is called, before the day.
    #[prop(into)]
    name: Signal<String>,
    /// Makes the table.
    #[prop(into)]
    table: Callback<Form, Table>,
) -> impl IntoView {
    let (i18n, clock, toasts) = (use_i18n(), use_clock(), use_toasts());
    let failed = move || toasts.say(t_string!(i18n, list.not_taken).to_owned(), Tone::Bad);
    let take = move |_| {
        let Ok((count, text)) = table.run(Form::Tsv) else { return failed() };
        spawn_local(async move {
            if clipboard::copy(text).await {
                toasts.say(t_string!(i18n, list.copied, count = count).to_string(), Tone::Good);
            } else {
                failed();
            }
        });
    };
    let download = move |_| {
        let Ok((_, text)) = table.run(Form::Csv) else { return failed() };
        let name = format!("{}-{}.csv", name.get_untracked(), clock.today.get_untracked());
        if file::download(&name, "text/csv;charset=utf-8", text.as_bytes()).is_err() {
            failed();
        }
    };
    view! {
        <Button icon=icondata_lu::LuCopy on_click=take>{t!(i18n, list.copy)}</Button>
        <Button icon=icondata_lu::LuDownload on_click=download>{t!(i18n, list.download)}</Button>
    }
}

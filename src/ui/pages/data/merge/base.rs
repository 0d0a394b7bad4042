//! The file that all files of a merge started from: found by what they say, chosen, or none.

use leptos::prelude::*;

use super::{draft::use_draft, preview::side_name};
use crate::{
    codec::merge::Origin,
    i18n::{t, t_string, use_i18n},
    model::ExportId,
    ui::{
        components::{button::Button, file_drop::FileDrop},
        departure,
        format::use_format,
    },
};

/// Says which file it is and lets the user take another one, or none.
#[component]
pub(super) fn Base() -> impl IntoView {
    let (i18n, draft) = (use_i18n(), use_draft());
    let name = Memo::new(move |_| draft.base.with(|base| base.as_ref().map(|base| base.name.clone())));
    let chosen = move |name: String| {
        let said = t_string!(i18n, data.merge.base_known, name = name).to_string();
        view! {
            <div class="row" data-testid="merge-base-known">
                <span>{said}</span>
                <Button on_click=move |_| draft.do_without(true)>{t!(i18n, data.merge.base_forget)}</Button>
            </div>
        }
    };
    view! {
        <h3>{t!(i18n, data.merge.base)}</h3>
        <div class="stack" aria-live="polite">
            {move || match name.get() {
                Some(name) => chosen(name).into_any(),
                None => view! { <Found/> }.into_any(),
            }}
        </div>
        <Show when=move || name.get().is_none()>
            <FileDrop
                accept=".json,application/json"
                testid="merge-base"
                on_opened=move |files| draft.open_base(files)
            />
        </Show>
    }
}

/// What the files say of it.
#[component]
fn Found() -> impl IntoView {
    let (i18n, format, draft) = (use_i18n(), use_format(), use_draft());
    let when = move |export: ExportId| format.moment(departure::moment(export));
    let without = move |without: bool| {
        let words = move || {
            if without { t_string!(i18n, data.merge.base_forget) } else { t_string!(i18n, data.merge.origin.find) }
        };
        view! {
            <Button on_click=move |_| draft.do_without(without) attr:data-testid="merge-base-switch">{words}</Button>
        }
    };
    move || {
        if draft.is_plain.get() {
            return Some(
                view! {
                    <div class="row" data-testid="merge-base-none">
                        <span>{t!(i18n, data.merge.origin.plain)}</span>
                        {without(false)}
                    </div>
                }
                .into_any(),
            );
        }
        // Nobody has looked yet.
        let found = draft.origin.get()?;
        Some(match found {
            Origin::Kept(export) => {
                let said = t_string!(i18n, data.merge.origin.found, moment = when(export)).to_string();
                view! {
                    <div class="row" data-testid="merge-base-found">
                        <span>{said}</span>
                        {without(true)}
                    </div>
                    <p class="muted small">{t!(i18n, data.merge.origin.other)}</p>
                }
                .into_any()
            }
            Origin::NotKept(export) => {
                let said = t_string!(i18n, data.merge.origin.not_kept, moment = when(export)).to_string();
                view! { <p data-testid="merge-base-not-kept">{said}</p> }.into_any()
            }
            Origin::Partly { export, others } => {
                let names = others.into_iter().map(side_name).collect::<Vec<_>>().join(" · ");
                let said = t_string!(i18n, data.merge.origin.partly, names = names, moment = when(export)).to_string();
                view! { <p data-testid="merge-base-partly">{said}</p> }.into_any()
            }
            Origin::Unknown => view! { <p class="muted small">{t!(i18n, data.merge.base_unknown)}</p> }.into_any(),
        })
    }
}

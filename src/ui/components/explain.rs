//! How a number is computed, one click from the number.

use leptos::prelude::*;

use super::popover::Popover;
use crate::i18n::{t, t_string, use_i18n};

/// A small button beside a number that opens its formula, what was counted and what was left out.
#[component]
pub fn Explain(
    /// The formula in words.
    #[prop(into)]
    formula: Signal<String>,
    /// What was counted, in words with figures.
    #[prop(into)]
    counted: Signal<String>,
    /// What was left out and why; `None` when nothing was.
    #[prop(optional, into)]
    left_out: MaybeProp<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = Signal::derive(move || t_string!(i18n, common.how_computed).to_owned());
    view! {
        <Popover class="button button--bare button--icon explain" label icon=icondata_lu::LuInfo trigger=|| ()>
            <dl class="explain__parts" tabindex="-1">
                <dt>{t!(i18n, common.how_computed)}</dt>
                <dd>{formula}</dd>
                <dt>{t!(i18n, common.counted)}</dt>
                <dd>{counted}</dd>
                {move || left_out.get().map(|text| view! { <dt>{t!(i18n, common.left_out)}</dt><dd>{text}</dd> })}
            </dl>
        </Popover>
    }
}

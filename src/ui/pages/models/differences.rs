//! What differs between two forms of a model, as text.

use leptos::prelude::*;

use crate::{
    i18n::t_string,
    model::{AfterSale, Cover, FunnelModel, ModelDraft, Revision, Stage, revision},
    ui::{
        format::Format,
        wording::{I18n, model as words},
    },
};

/// What differs between two forms, stage by stage and after the win; what only one of them knows of itself is left out, and said.
pub(super) fn of_forms(i18n: I18n, format: Format, earlier: &Revision, later: &Revision) -> AnyView {
    let whole = match (&earlier.cover, &later.cover) {
        (Some(earlier), Some(later)) => of_covers(i18n, earlier, later),
        _ => vec![t_string!(i18n, model_editor.diff.unknown).to_owned()],
    };
    let after = of_after_sale(i18n, format, earlier.after_sale.as_ref(), later.after_sale.as_ref());
    listed(i18n, whole, of_each(i18n, format, &earlier.stages, &later.stages).into_iter().chain(after).collect())
}

/// What differs between the model and a draft of it.
pub(super) fn of_draft(i18n: I18n, format: Format, model: &FunnelModel, draft: &ModelDraft) -> AnyView {
    let whole = of_covers(i18n, &model.cover(), &draft.cover());
    let after = of_after_sale(i18n, format, model.after_sale.as_ref(), draft.after_sale.as_ref());
    listed(i18n, whole, of_each(i18n, format, &model.stages, &draft.stages).into_iter().chain(after).collect())
}

fn of_covers(i18n: I18n, earlier: &Cover, later: &Cover) -> Vec<String> {
    let renamed = (earlier.name != later.name).then(|| {
        let (from, to) = (earlier.name.clone(), later.name.clone());
        t_string!(i18n, model_editor.diff.name, from = from, to = to).to_string()
    });
    let described =
        (earlier.description != later.description).then(|| t_string!(i18n, model_editor.diff.description).to_owned());
    let divided = (earlier.segments != later.segments).then(|| t_string!(i18n, model_editor.diff.segments).to_owned());
    renamed.into_iter().chain(described).chain(divided).collect()
}

fn of_each(i18n: I18n, format: Format, earlier: &[Stage], later: &[Stage]) -> Vec<(String, Vec<String>)> {
    let stages = revision::compare(earlier, later).into_iter().map(|stage| {
        let differences = stage.differences.iter().map(|difference| words::difference(i18n, format, difference));
        (stage.name, differences.collect())
    });
    stages.collect()
}

/// What differs after the win, under its name; `None` when nothing does.
fn of_after_sale(
    i18n: I18n,
    format: Format,
    earlier: Option<&AfterSale>,
    later: Option<&AfterSale>,
) -> Option<(String, Vec<String>)> {
    let name = later.or(earlier)?.name.clone();
    let differences = revision::compare_after_sale(earlier, later);
    let words: Vec<_> = differences.iter().map(|difference| words::after_sale(i18n, format, difference)).collect();
    (!words.is_empty()).then_some((name, words))
}

fn listed(i18n: I18n, whole: Vec<String>, stages: Vec<(String, Vec<String>)>) -> AnyView {
    if whole.is_empty() && stages.is_empty() {
        return view! { <p class="muted">{t_string!(i18n, model_editor.diff.none)}</p> }.into_any();
    }
    let item = |text: String| view! { <li>{text}</li> }.into_any();
    let stages = stages.into_iter().map(|(name, differences)| {
        view! {
            <li>
                <b>{name}</b>
                <ul class="differences__of-stage">{differences.into_iter().map(item).collect_view()}</ul>
            </li>
        }
        .into_any()
    });
    let stages = stages.collect_view();
    view! { <ul class="differences" data-testid="differences">{whole.into_iter().map(item).collect_view()}{stages}</ul> }.into_any()
}

//! What is advised in a stage, as text.

use leptos::prelude::*;

use crate::{i18n::t_string, model::Playbook, ui::wording::I18n};

/// The advice of a playbook; `None` when it holds none. The goal is no part of it.
pub fn advice(i18n: I18n, playbook: Playbook) -> Option<AnyView> {
    let Playbook { goal: _, strategy, questions, phrases, material, objections } = playbook;
    let has_any = !strategy.is_empty()
        || [&questions, &phrases, &material].into_iter().any(|list| !list.is_empty())
        || !objections.is_empty();
    let strategy = (!strategy.is_empty()).then(|| view! { <h3>{t_string!(i18n, deal.strategy)}</h3><p>{strategy}</p> });
    let answers = objections.into_iter().map(|(says, answer)| view! { <dt>{says}</dt><dd>{answer}</dd> }.into_any());
    let answers: Vec<_> = answers.collect();
    let answers = (!answers.is_empty()).then(|| {
        view! { <h3>{t_string!(i18n, deal.objections)}</h3><dl class="playbook__answers">{answers}</dl> }
    });
    has_any.then(|| {
        view! {
            <div class="playbook">
                {strategy}
                {titled_list(t_string!(i18n, deal.questions), questions)}
                {titled_list(t_string!(i18n, deal.phrases), phrases)}
                {titled_list(t_string!(i18n, deal.material), material)}
                {answers}
            </div>
        }
        .into_any()
    })
}

/// A list under its title; nothing when it is empty.
pub fn titled_list(title: &'static str, items: Vec<String>) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        let items = items.into_iter().map(|item| view! { <li>{item}</li> }.into_any()).collect_view();
        view! { <h3>{title}</h3><ul class="playbook__list">{items}</ul> }.into_any()
    })
}

//! Names that are spelled like others: joined or kept apart.

use leptos::prelude::*;

use super::draft::use_draft;
use crate::{
    codec::csv::{NameChoice, NameQuestion},
    i18n::{t, t_string, use_i18n},
    ui::{components::choice::Choice, format::use_format, wording::import as words},
};

/// Shown when there are any.
#[component]
pub(super) fn Names() -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let questions = Memo::new(move |_| {
        draft.summary.with(|summary| summary.as_ref().map(|summary| summary.names.clone()).unwrap_or_default())
    });
    let keys = move || questions.get().into_iter().map(|question| (question.of, question.name)).collect::<Vec<_>>();
    view! {
        <Show when=move || questions.with(|questions| !questions.is_empty())>
            <section class="card stack" aria-labelledby="import-names">
                <h2 id="import-names">{t!(i18n, import.names.title)}</h2>
                <p class="muted">{t!(i18n, import.names.sub)}</p>
                <div class="table-scroll import__names" tabindex="0" role="region" aria-labelledby="import-names">
                    <table class="table import__table">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, import.names.in_file)}</th>
                                <th scope="col">{t!(i18n, import.preview.what)}</th>
                                <th scope="col">{t!(i18n, import.names.is)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=keys key=|(of, name)| (*of as u8, name.clone()) let(key)>
                                {
                                    let found = Memo::new(move |_| {
                                        let is_this = |question: &&NameQuestion| (question.of, &question.name) == (key.0, &key.1);
                                        questions.with(|questions| questions.iter().find(is_this).cloned())
                                    });
                                    view! { <Question question=found/> }
                                }
                            </For>
                        </tbody>
                    </table>
                </div>
            </section>
        </Show>
    }
}

/// One name.
#[component]
fn Question(question: Memo<Option<NameQuestion>>) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let name = move || question.get().map(|question| question.name).unwrap_or_default();
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(i18n, import.names.new).to_owned())];
        options.extend(question.get().into_iter().flat_map(|question| question.near).map(|(near, likeness)| {
            let text = [near.as_str(), " (", &format.percent(likeness, 0), ")"].concat();
            (near, text)
        }));
        options
    });
    let value = Signal::derive(move || question.get().and_then(|question| question.joined).unwrap_or_default());
    let label = Signal::derive(move || t_string!(i18n, import.names.question, name = name()).to_string());
    let choose = move |value: String| {
        let Some(question) = question.get_untracked() else { return };
        let choice = NameChoice { of: question.of, name: question.name, is: Some(value).filter(|is| !is.is_empty()) };
        draft.decide(|options| {
            options.names.retain(|other| (other.of, &other.name) != (choice.of, &choice.name));
            options.names.push(choice);
        });
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{move || question.get().map(|question| words::joined(i18n, question.of))}</td>
            <td><Choice label options value on_change=choose/></td>
        </tr>
    }
}

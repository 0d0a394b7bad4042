//! The dialog that writes a problem of the catalogue.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Problem, ProblemId},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind},
        },
        format::use_format,
        parts::first_focus::FirstFocus,
        wording::{self, I18n},
    },
};

/// A problem to be written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    problem: Problem,
    is_new: bool,
}

impl Draft {
    /// A new one of a type of company that is found by these words.
    pub(super) fn new(id: ProblemId, company: String, words: Vec<String>) -> Self {
        let (problem, introduction) = (String::new(), String::new());
        Self { problem: Problem { id, company, words, problem, questions: Vec::new(), introduction }, is_new: true }
    }

    /// One that is there.
    pub(super) fn of(problem: &Problem) -> Self {
        Self { problem: problem.clone(), is_new: false }
    }
}

/// Asks for everything about a problem and keeps it.
#[component]
pub(super) fn ProblemDialog(
    /// The problem that is asked about; open while there is one.
    asked: RwSignal<Option<Draft>>,
    /// The types of companies there are, offered while one is written.
    companies: Signal<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = Signal::derive(move || {
        let is_new = asked.with(|asked| asked.as_ref().is_some_and(|draft| draft.is_new));
        if is_new { t_string!(i18n, discovery.add) } else { t_string!(i18n, discovery.change) }.to_owned()
    });
    let form = move || asked.get().map(|draft| view! { <FirstFocus><Form draft asked companies/></FirstFocus> });
    view! {
        <Dialog open=Signal::derive(move || asked.with(Option::is_some)) title on_close=move |()| asked.set(None)>
            {form}
        </Dialog>
    }
}

#[component]
fn Form(draft: Draft, asked: RwSignal<Option<Draft>>, companies: Signal<Vec<String>>) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let Problem { id, company, words, problem, questions, introduction } = draft.problem;
    let (company, problem) = (RwSignal::new(company), RwSignal::new(problem));
    let (words, questions) = (RwSignal::new(words.join("\n")), RwSignal::new(questions.join("\n")));
    let introduction = RwSignal::new(introduction);
    let refusal = RwSignal::new(None::<String>);
    let save = move |_| {
        let written = Problem {
            id,
            company: company.with_untracked(|text| text.trim().to_owned()),
            words: words.with_untracked(|text| lines(text)),
            problem: problem.with_untracked(|text| text.trim().to_owned()),
            questions: questions.with_untracked(|text| lines(text)),
            introduction: introduction.with_untracked(|text| text.trim().to_owned()),
        };
        match store.dispatch(Command::PutProblem(Box::new(written))) {
            Ok(_) => asked.set(None),
            Err(refused) => refusal.set(Some(store.peek(|w| wording::rejection(i18n, format, w, &refused)))),
        }
    };
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <div class="form" data-testid="problem-form">
            <Field label=label(|i18n| t_string!(i18n, discovery.company)) value=company required=true suggestions=companies on_change=move |text: String| company.set(text)/>
            <Field
                label=label(|i18n| t_string!(i18n, discovery.words))
                kind=FieldKind::Long
                value=words
                hint=label(|i18n| t_string!(i18n, discovery.words_hint))
                on_change=move |text: String| words.set(text)
            />
            <Field label=label(|i18n| t_string!(i18n, discovery.problem)) value=problem required=true error=refusal on_change=move |text: String| problem.set(text)/>
            <Field
                label=label(|i18n| t_string!(i18n, discovery.questions))
                kind=FieldKind::Long
                value=questions
                hint=label(|i18n| t_string!(i18n, discovery.one_a_line))
                on_change=move |text: String| questions.set(text)
            />
            <Field label=label(|i18n| t_string!(i18n, discovery.introduction)) kind=FieldKind::Long value=introduction on_change=move |text: String| introduction.set(text)/>
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| asked.set(None)>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=save>{t!(i18n, discovery.save)}</Button>
        </div>
    }
    .into_any()
}

/// The lines that say something.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

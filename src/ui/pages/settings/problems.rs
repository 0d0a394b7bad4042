//! The catalogue of demand discovery: types of companies, their problems, what to ask, how to introduce the product.

mod dialog;

use std::sync::Arc;

use leptos::prelude::*;

use self::dialog::{Draft, ProblemDialog};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Problem, ProblemId, Table},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            empty::Empty,
        },
        format::use_format,
        parts::{catalogue::use_shipped, mover::Mover},
    },
};

/// The problems of the workspace. Comparing two is one pointer.
#[derive(Clone)]
struct Catalogue(Table<Problem>);

impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(&other.0)
    }
}

impl Catalogue {
    /// The types of companies in the order of their first problem.
    fn companies(&self) -> Vec<String> {
        let mut companies: Vec<String> = Vec::new();
        for problem in self.0.iter() {
            if !companies.contains(&problem.company) {
                companies.push(problem.company.clone());
            }
        }
        companies
    }

    fn of(&self, company: &str) -> Vec<Arc<Problem>> {
        self.0.iter().filter(|problem| problem.company == company).cloned().collect()
    }
}

/// The catalogue, to be edited.
#[component]
pub(super) fn Problems() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let mover = Mover::new(Callback::new(|_| ()));
    let catalogue = Memo::new(move |_| Catalogue(store.with(|workspace| workspace.problems.clone())));
    let companies = Memo::new(move |_| catalogue.with(Catalogue::companies));
    let asked = RwSignal::new(None::<Draft>);
    let take = use_shipped(mover);
    let none = Memo::new(move |_| companies.with(Vec::is_empty));
    let company = move |company: String| view! { <Company company catalogue asked mover/> };
    let add = move |_| asked.set(Some(Draft::new(ProblemId::new(store.fresh()), String::new(), Vec::new())));
    view! {
        <section class="card settings__list" data-testid="problem-catalogue">
            <h2>{t!(i18n, discovery.catalogue)}</h2>
            <p class="muted">{t!(i18n, discovery.catalogue_what)}</p>
            <Show
                when=move || none.get()
                fallback=move || view! {
                    <div class="problems"><For each=move || companies.get() key=Clone::clone children=company/></div>
                }
            >
                <Empty icon=icondata_lu::LuMessageCircleQuestion text=Signal::derive(move || t_string!(i18n, discovery.empty).to_owned())>
                    <Button variant=Variant::Primary on_click=move |_| take.run(())>{t!(i18n, discovery.take)}</Button>
                </Empty>
            </Show>
            <div class="row">
                <Button icon=icondata_lu::LuPlus on_click=add>{t!(i18n, discovery.add)}</Button>
                <Show when=move || !none.get()>
                    <Button on_click=move |_| take.run(())>{t!(i18n, discovery.take)}</Button>
                </Show>
            </div>
        </section>
        <ProblemDialog asked companies=companies.into()/>
    }
    .into_any()
}

/// A type of company with its problems.
#[component]
fn Company(company: String, catalogue: Memo<Catalogue>, asked: RwSignal<Option<Draft>>, mover: Mover) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let name = company.clone();
    let problems = Memo::new(move |_| catalogue.with(|catalogue| catalogue.of(&name)));
    let words = move || {
        let mut words: Vec<String> = Vec::new();
        problems.with(|problems| {
            for word in problems.iter().flat_map(|problem| &problem.words) {
                if !words.contains(word) {
                    words.push(word.clone());
                }
            }
        });
        let words = words.join(t_string!(i18n, deals.joint));
        t_string!(i18n, discovery.found_by, words = words).to_string()
    };
    let title = company.clone();
    let add = move |_| {
        let words = problems.with_untracked(|known| known.first().map(|one| one.words.clone()).unwrap_or_default());
        asked.set(Some(Draft::new(ProblemId::new(store.fresh()), company.clone(), words)));
    };
    let row = move |problem: Arc<Problem>| {
        let (id, named, again) = (problem.id, problem.problem.clone(), problem.clone());
        let label = problem.problem.clone();
        let remove = move |_| match store.dispatch(Command::RemoveProblem(id)) {
            Ok(change) => {
                let words = t_string!(i18n, discovery.removed, name = named.clone()).to_string();
                mover.offer_undo(words, change);
            }
            Err(refused) => mover.complain(&refused),
        };
        view! {
            <li class="problems__problem">
                <div>
                    <div>{problem.problem.clone()}</div>
                    <ul class="problems__questions small">
                        {problem.questions.iter().map(|question| view! { <li>{question.clone()}</li> }).collect_view()}
                    </ul>
                    <p class="small muted">{problem.introduction.clone()}</p>
                </div>
                <div class="problems__do">
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuPencil
                        label=Signal::derive({
                            let label = label.clone();
                            move || t_string!(i18n, discovery.edit, name = label.clone()).to_string()
                        })
                        on_click=move |_| asked.set(Some(Draft::of(&again)))
                    />
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuTrash2
                        label=Signal::derive(move || t_string!(i18n, common.remove, name = label.clone()).to_string())
                        on_click=remove
                    />
                </div>
            </li>
        }
    };
    view! {
        <details class="problems__company">
            <summary>
                <span>{title}</span>" "
                <span class="muted">{move || problems.with(|problems| format.count(problems.len()))}</span>
            </summary>
            <p class="small muted">{words}</p>
            <ul class="problems__list">
                // A problem that was changed is another row.
                <For each=move || problems.get() key=|problem| (problem.id, Arc::as_ptr(problem) as usize) children=row/>
            </ul>
            <Button icon=icondata_lu::LuPlus on_click=add>{t!(i18n, discovery.add_here)}</Button>
        </details>
    }
    .into_any()
}

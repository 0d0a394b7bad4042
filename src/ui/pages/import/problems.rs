//! What is not as it should be: by class, each with a decision, and line by line.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    choice::says,
    draft::{class, use_draft},
};
use crate::{
    codec::csv::{Problem, ProblemKind},
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{
            choice::Choice,
            field::SelectField,
            virtual_list::{RowView, VirtualList},
        },
        format::use_format,
        wording::import as words,
    },
};

const LEAVE: &str = "leave";

/// A class of problems.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Class {
    kind: ProblemKind,
    count: usize,
    left_out: bool,
    /// Whether such rows stay out whatever the user says: they leave nothing to keep.
    fatal: bool,
}

/// The problems of all files.
#[component]
pub(super) fn Problems() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let classes = Memo::new(move |_| {
        let left_out = draft.left_out.get();
        let mut classes: Vec<Class> = left_out
            .iter()
            .map(|left| Class { kind: left.class, count: left.rows.len(), left_out: true, fatal: false })
            .collect();
        let summary = draft.summary.get();
        for problem in summary.iter().flat_map(|summary| &summary.problems) {
            let kind = class(problem.kind);
            match classes.iter_mut().find(|class| class.kind == kind) {
                Some(class) if class.left_out => {}
                Some(class) => {
                    class.count += 1;
                    class.fatal &= problem.row_skipped;
                }
                None => classes.push(Class { kind, count: 1, left_out: false, fatal: problem.row_skipped }),
            }
        }
        classes
    });
    let total = Memo::new(move |_| draft.summary.with(|summary| summary.as_ref().map_or(0, |s| s.problems.len())));
    let title = move || match total.get() {
        0 => t_string!(i18n, import.problems.title).to_owned(),
        count => t_string!(i18n, import.problems.count, count = count, n = format.count(count)).to_string(),
    };
    let shown = RwSignal::new(None::<ProblemKind>);
    view! {
        <section class="stack" aria-labelledby="import-problems" data-testid="import-problems">
            <h3 id="import-problems">{title}</h3>
            <Show
                when=move || classes.with(|classes| !classes.is_empty())
                fallback=move || view! { <p class="muted">{t!(i18n, import.problems.none)}</p> }
            >
                <Decisions classes/>
                <Show when=move || { total.get() > 0 }>
                    <Filter classes shown/>
                    <Lines shown/>
                </Show>
            </Show>
        </section>
    }
}

/// What happens to the rows of each class.
#[component]
fn Decisions(classes: Memo<Vec<Class>>) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let options = Signal::derive(move || {
        vec![
            (String::new(), t_string!(i18n, import.problems.keep).to_owned()),
            (LEAVE.to_owned(), t_string!(i18n, import.problems.leave).to_owned()),
        ]
    });
    let row = move |Class { kind, count, left_out, fatal }: Class| {
        let value = if left_out { LEAVE } else { "" };
        let decide = move |value: String| if value == LEAVE { draft.leave_out(kind) } else { draft.take_again(kind) };
        let decision = if fatal {
            view! { <span>{t!(i18n, import.problems.leave)}</span> }.into_any()
        } else {
            let label = Signal::derive(move || words::problem_class(i18n, kind).to_owned());
            view! { <Choice label options value=value.to_owned() on_change=decide/> }.into_any()
        };
        view! {
            <tr>
                <th scope="row">{words::problem_class(i18n, kind)}</th>
                <td class="import__figure">{format.count(count)}</td>
                <td>{decision}</td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll">
            <table class="table import__table">
                <tbody>{move || classes.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Which class is listed.
#[component]
fn Filter(classes: Memo<Vec<Class>>, shown: RwSignal<Option<ProblemKind>>) -> impl IntoView {
    let i18n = use_i18n();
    let listed = move || classes.get().into_iter().filter(|class| !class.left_out).map(|class| class.kind);
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(i18n, import.problems.all).to_owned())];
        options
            .extend(listed().enumerate().map(|(n, kind)| (n.to_string(), words::problem_class(i18n, kind).to_owned())));
        options
    });
    let value = Signal::derive(move || {
        let place = shown.get().and_then(|kind| listed().position(|other| other == kind));
        place.map_or_else(String::new, |place| place.to_string())
    });
    let choose = move |value: String| shown.set(value.parse().ok().and_then(|place| untrack(listed).nth(place)));
    view! {
        <SelectField label=says(move || t_string!(i18n, import.problems.show)) options value on_change=choose/>
    }
}

/// Every problem with its line.
#[component]
fn Lines(shown: RwSignal<Option<ProblemKind>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let items = Memo::new(move |_| {
        let shown = shown.get();
        let fits = |problem: &Problem| shown.is_none_or(|kind| class(problem.kind) == kind);
        draft.summary.with(|summary| {
            let problems = summary.iter().flat_map(|s| s.problems.iter().enumerate());
            problems.filter(|(_, problem)| fits(problem)).map(|(place, _)| place).collect::<Vec<_>>()
        })
    });
    let row: RowView<usize> = Arc::new(move |place, _| view! { <Line place/> }.into_any());
    view! {
        <div class="import__problems">
            <VirtualList
                items
                row_height=36.0
                row
                body_role="list"
                attr:role="region"
                attr:tabindex="0"
                attr:aria-label=move || t_string!(i18n, import.problems.list)
            />
        </div>
    }
}

/// One problem.
#[component]
fn Line(place: usize) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let problem = move || draft.summary.with(|s| s.as_ref().and_then(|s| s.problems.get(place).cloned()));
    let at = move |problem: &Problem| {
        draft.files.with(|files| {
            let glance = files.get(problem.file);
            let line = t_string!(i18n, import.files.header_line, line = problem.line).to_string();
            let file = glance.filter(|_| files.len() > 1).map(|glance| [" · ", &glance.label()].concat());
            let sheet = glance.filter(|_| files.len() == 1).and_then(|glance| glance.shape.origin.sheet());
            let sheet = sheet.map(|sheet| [" · ", sheet].concat());
            let column =
                problem.column.and_then(|column| glance?.shape.columns.get(column)).map(|column| column.header.clone());
            ([line, file.or(sheet).unwrap_or_default()].concat(), column.unwrap_or_default())
        })
    };
    move || {
        problem().map(|problem| {
            let (line, column) = at(&problem);
            let left_out = problem
                .row_skipped
                .then(|| view! { <span class="tag" data-tone="bad">{t!(i18n, import.problems.left)}</span> });
            view! {
                <div class="import__problem" role="listitem">
                    <span class="muted">{line}</span>
                    <span>{words::problem(i18n, problem.kind)}</span>
                    <span class="import__value">{column}" "<q>{problem.value}</q></span>
                    {left_out}
                </div>
            }
        })
    }
}

//! Certificates: a page of paper for everybody who did something.

use std::sync::Arc;

use leptos::prelude::*;

use super::{desk::Desk, words};
use crate::{
    i18n::{t, t_string},
    training::class::{Board, Certificate, Person, certificate},
    ui::{
        clock::use_clock,
        components::button::{Button, Variant},
        format::UNKNOWN,
        parts::after_paint::once_painted,
        print::use_print_sheet,
    },
};

/// The button that prints certificates of people on a board.
#[component]
pub(super) fn Certificates(
    desk: Desk,
    /// The board that they are on, looked at when they are made.
    board: Signal<Option<Board>>,
    /// Whose certificates.
    people: Vec<Person>,
    /// Whose it is, for a button of one person that shows an icon only.
    #[prop(optional, into)]
    of: Option<String>,
) -> impl IntoView {
    let (i18n, clock) = (desk.i18n, use_clock());
    let made = RwSignal::new(None::<Arc<Vec<Certificate>>>);
    let lay_out = move |_| {
        let (language, on) = (untrack(|| desk.language()), clock.today.get_untracked());
        let all = board.with_untracked(|board| {
            let board = board.as_ref()?;
            Some(people.iter().filter_map(|person| certificate(board, person, on, language)).collect())
        });
        let all: Vec<_> = all.unwrap_or_default();
        made.set(Some(Arc::new(all)));
    };
    let button = match of {
        Some(name) => {
            let label = Signal::derive(move || Some(t_string!(i18n, learn.trainer.certificate_of, name = name.clone()).to_string()));
            view! { <Button variant=Variant::Bare icon=icondata_lu::LuAward label on_click=lay_out/> }.into_any()
        }
        None => view! {
            <Button icon=icondata_lu::LuAward on_click=lay_out attr:data-testid="class-certificates">{t!(i18n, learn.trainer.certificates)}</Button>
        }
        .into_any(),
    };
    view! { {button}{move || made.get().map(|all| view! { <Printed desk all/> })} }.into_any()
}

/// Prints them, and lets them stand for the page on paper while they are there.
#[component]
fn Printed(desk: Desk, all: Arc<Vec<Certificate>>) -> impl IntoView {
    let print = use_print_sheet(move || all.iter().map(|one| page(desk, one)).collect_view().into_any());
    once_painted(move || {
        // By then the page may have gone.
        print.try_run(());
    });
    view! { <span hidden data-testid="certificates-ready"></span> }
}

/// One page.
fn page(desk: Desk, one: &Certificate) -> AnyView {
    let i18n = desk.i18n;
    let (language, format) = (desk.language(), desk.format);
    let (points, most) = (format.count(usize::try_from(one.points).ok()), format.count(usize::try_from(one.most).ok()));
    let reached = one.share().map(|share| {
        let share = format.percent(share, 0);
        t_string!(i18n, learn.trainer.reached, points = points, most = most, share = share).to_string()
    });
    let (done, tasks) = (format.count(one.done.len()), format.count(one.tasks));
    let count = t_string!(i18n, learn.trainer.done_of, done = done, all = tasks).to_string();
    let lines = one.done.iter().map(|(task, score)| {
        let score = score.map_or_else(|| UNKNOWN.to_owned(), |score| format.count(usize::from(score)));
        view! { <tr><th scope="row">{words::task(i18n, language, task)}</th><td class="print-sheet__number">{score}</td></tr> }
    });
    view! {
        <article class="certificate">
            <p class="certificate__kind">{t_string!(i18n, learn.trainer.certificate)}</p>
            <h1>{one.name.clone()}</h1>
            <p>{t_string!(i18n, learn.trainer.certificate_says, pack = one.pack.clone()).to_string()}</p>
            <p class="certificate__reached">{reached}</p>
            <p>{count}</p>
            <table>
                <thead>
                    <tr><th scope="col">{t_string!(i18n, learn.trainer.task)}</th><th scope="col" class="print-sheet__number">{t_string!(i18n, learn.trainer.points)}</th></tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
            <div class="certificate__foot">
                <span>{format.date(one.on)}</span>
                <span class="certificate__sign">{t_string!(i18n, learn.trainer.signed)}</span>
            </div>
        </article>
    }
    .into_any()
}

//! What the board says: the ranking, the spread of every task, and the best of every task.

use leptos::prelude::*;

use super::{certificates::Certificates, desk::Desk, words};
use crate::{
    codec::content::Language,
    i18n::{t, t_string},
    training::class::{Board, Spread, Standing, Task},
    ui::{
        charts::strips::{StripRow, Strips},
        components::{
            button::{Button, Variant},
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        file,
        format::UNKNOWN,
        seat::RUN,
        wording::document::file_error,
    },
};

/// Everybody with rank, points, and the score of every task.
#[component]
pub(super) fn Ranking(
    desk: Desk,
    /// Whether code names stand for names.
    hidden: RwSignal<bool>,
    /// Whether it is on the wall, where nothing is printed or taken away.
    on_wall: bool,
) -> impl IntoView {
    let i18n = desk.i18n;
    let board = desk.board();
    let heads = move || {
        let language = desk.language();
        board.with(|board| {
            let tasks = board.iter().flat_map(|board| &board.pack().tasks).enumerate();
            tasks
                .map(|(place, task)| {
                    let name = words::task(i18n, language, task);
                    view! { <th scope="col"><abbr title=name>{(place + 1).to_string()}</abbr></th> }
                })
                .collect_view()
        })
    };
    let rows = move || board.with(|board| board.as_ref().map(|board| rows(desk, board, hidden.get(), on_wall)));
    view! {
        <section class="card stack">
            <h2>{t!(i18n, learn.trainer.ranking)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, learn.trainer.ranking)>
                <table class="table figures trainer__ranking" data-testid="class-ranking">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, learn.trainer.rank)}</th>
                            <th scope="col" class="table__text">{t!(i18n, learn.trainer.name)}</th>
                            <th scope="col">{t!(i18n, learn.trainer.points)}</th>
                            <th scope="col">{t!(i18n, learn.trainer.share)}</th>
                            <th scope="col">{t!(i18n, learn.trainer.time)}</th>
                            {heads}
                            {(!on_wall).then(|| view! { <th scope="col"><span class="visually-hidden">{t!(i18n, learn.trainer.do_what)}</span></th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn rows(desk: Desk, board: &Board, hidden: bool, on_wall: bool) -> AnyView {
    let i18n = desk.i18n;
    let (language, most) = (desk.language(), board.most());
    let row = |standing: Standing<'_>| {
        let name = standing.sheet.shown(hidden, language);
        let share = (most > 0).then(|| f64::from(standing.points) / f64::from(most));
        let scores = (0..).zip(&board.pack().tasks).map(|(place, task)| {
            let outcome = standing.sheet.outcome(place);
            let said = match outcome {
                None => UNKNOWN.to_owned(),
                Some(outcome) => match board.score(standing.person, outcome) {
                    Some(score) => desk.format.count(usize::from(score)),
                    None if task.is_scored() => UNKNOWN.to_owned(),
                    None => t_string!(i18n, learn.trainer.answered).to_owned(),
                },
            };
            view! { <td>{said}</td> }
        });
        let scores = scores.collect_view();
        let late = standing
            .is_late
            .then(|| view! { <Tag tone=Signal::derive(|| Tone::Warn)>{t!(i18n, learn.trainer.late)}</Tag> });
        let person = standing.person.clone();
        let called = name.clone();
        let remove = move |_| {
            desk.change_board(|board| {
                if let Some(board) = board {
                    board.remove(&person);
                }
            });
        };
        let tools = (!on_wall).then(|| {
            view! {
                <td>
                    <span class="row trainer__tools">
                        <Certificates desk board=desk.board() people=vec![standing.person.clone()] of=called.clone()/>
                        <Button
                            variant=Variant::Bare
                            icon=icondata_lu::LuX
                            label=Signal::derive(move || Some(t_string!(i18n, common.remove, name = called.clone()).to_string()))
                            on_click=remove
                        />
                    </span>
                </td>
            }
        });
        let seconds = i64::try_from(standing.seconds).unwrap_or(i64::MAX);
        view! {
            <tr>
                <td>{desk.format.count(standing.rank)}</td>
                <th scope="row" class="table__text">{name}" "{late}</th>
                <td><strong>{desk.format.count(usize::try_from(standing.points).ok())}</strong></td>
                <td>{desk.format.percent(share, 0)}</td>
                <td>{words::clock_time(seconds)}</td>
                {scores}
                {tools}
            </tr>
        }
    };
    board.standings().into_iter().map(row).collect_view().into_any()
}

/// How far the class is apart in every task and in all of them.
#[component]
pub(super) fn SpreadChart(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let rows = Signal::derive(move || {
        let language = desk.language();
        desk.board().with(|board| board.as_ref().map(|board| strip_rows(desk, board, language)).unwrap_or_default())
    });
    view! {
        <section class="card stack" data-testid="class-spread">
            <h2>{t!(i18n, learn.trainer.spread)}</h2>
            <p class="muted small">{t!(i18n, learn.trainer.spread_what)}</p>
            <Strips
                label=Signal::derive(move || t_string!(i18n, learn.trainer.spread).to_owned())
                row_name=Signal::derive(move || t_string!(i18n, learn.trainer.task).to_owned())
                most=100.0
                rows
                format=Callback::new(move |value: f64| desk.format.number(value, 1))
            />
        </section>
    }
    .into_any()
}

/// The scores of every task; above them the share of all points, in percent.
fn strip_rows(desk: Desk, board: &Board, language: Language) -> Vec<StripRow> {
    let most = f64::from(board.most());
    let row = |name: String, values: Vec<f64>| {
        let spread = Spread::of(values.iter().copied());
        StripRow { name, values, five: spread.map(|s| [s.least, s.lower, s.median, s.upper, s.greatest]) }
    };
    let totals = board.standings().into_iter().map(|standing| f64::from(standing.points) * 100.0 / most.max(1.0));
    let total = row(t_string!(desk.i18n, learn.trainer.total_percent).to_owned(), totals.collect());
    let tasks = (0..)
        .zip(&board.pack().tasks)
        .filter(|(place, _)| board.counts(*place))
        .map(|(place, task)| row(words::task(desk.i18n, language, task), board.scores(place).map(f64::from).collect()));
    std::iter::once(total).chain(tasks).collect()
}

/// The best results of every task, with what they tell.
#[component]
pub(super) fn Best(desk: Desk, hidden: RwSignal<bool>) -> impl IntoView {
    let i18n = desk.i18n;
    let items = move || {
        let (language, hidden) = (desk.language(), hidden.get());
        desk.board().with(|board| {
            let board = board.as_ref()?;
            let of_task = |(place, task): (u16, &Task)| {
                let best = board.best_of(place);
                let (person, _, first) = best.first()?;
                let score = desk.format.count(board.score(person, first).map(usize::from));
                let names: Vec<_> = best.iter().map(|(_, sheet, _)| sheet.shown(hidden, language)).collect();
                let run = first.details.get(RUN).cloned();
                let task = words::task(i18n, language, task);
                let points = t_string!(i18n, learn.trainer.points_n, n = score).to_string();
                let names = names.join(t_string!(i18n, learn.trainer.comma));
                Some(view! {
                    <li>
                        <div class="muted small">{task}</div>
                        <div><strong>{points}</strong>" "{names}</div>
                        {run.map(|run| view! { <SaveRun desk run/> })}
                    </li>
                })
            };
            Some((0..).zip(&board.pack().tasks).filter_map(of_task).collect_view())
        })
    };
    view! {
        <section class="card stack">
            <h2>{t!(i18n, learn.trainer.best)}</h2>
            <ul class="trainer__best" data-testid="class-best">{items}</ul>
        </section>
    }
    .into_any()
}

/// Saves the year behind the best result as the file of a run, to go through its debrief with the class.
#[component]
fn SaveRun(desk: Desk, run: String) -> impl IntoView {
    let (i18n, toasts) = (desk.i18n, use_toasts());
    let save = move |_| {
        let name = [t_string!(i18n, learn.trainer.run_name), ".json"].concat();
        match file::download(&name, "application/json", run.as_bytes()) {
            Ok(()) => toasts.say(t_string!(i18n, data.export.done, name = name).to_string(), Tone::Good),
            Err(error) => toasts.say(file_error(i18n, desk.format, &error), Tone::Bad),
        }
    };
    view! { <Button variant=Variant::Bare icon=icondata_lu::LuDownload on_click=save>{t!(i18n, learn.trainer.save_run)}</Button> }
}

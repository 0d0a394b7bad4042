//! The minutes on paper: a line for each person, so that a team's meeting is one page. What was won, lost or went back is named and the
//! rest counted; the text has all of it.

use leptos::prelude::*;

use super::{Desk, heading};
use crate::{
    i18n::{t, t_string},
    metrics::{Way, meeting::Agenda},
    model::PersonId,
};

/// How many stalled deals of a person are named: the gravest.
const NAMED: usize = 1;

/// The sheet. Reactive.
pub(super) fn sheet(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let (title, about) = heading(desk);
    let rows = desk.shown.get().into_iter().filter_map(|person| row(desk, person)).collect_view();
    view! {
        <div class="minutes">
            <h1>{title}</h1>
            <p>{about}</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, coaching.who)}</th>
                        <th scope="col">{t!(i18n, coaching.promised)}</th>
                        <th scope="col">{t!(i18n, coaching.moved)}</th>
                        <th scope="col">{t!(i18n, coaching.stuck)}</th>
                        <th scope="col">{t!(i18n, coaching.next)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What is said of a person; nothing when there is nothing to say.
fn row(desk: Desk, person: Option<PersonId>) -> Option<AnyView> {
    let agenda = desk.agenda_now(person);
    let cells = [promised(desk, &agenda), moved(desk, &agenda), stuck(desk, &agenda), next(desk, &agenda)];
    if cells.iter().all(Vec::is_empty) {
        return None;
    }
    let cells = cells.map(|lines| {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <td><ul>{lines}</ul></td> }
    });
    Some(view! { <tr><th scope="row">{desk.person(person)}</th>{cells.into_iter().collect_view()}</tr> }.into_any())
}

fn promised(desk: Desk, agenda: &Agenda) -> Vec<String> {
    let line = |(id, outcome): &(_, _)| {
        Some([desk.outcome_words(*outcome), desk.promise_words(&desk.promise(*id)?)].join(" · "))
    };
    agenda.promised.before.iter().filter_map(line).collect()
}

fn moved(desk: Desk, agenda: &Agenda) -> Vec<String> {
    let mut lines = Vec::new();
    for way in [Way::Won, Way::Lost, Way::Back] {
        let moves = agenda.week.moves.iter().filter(|moved| moved.way == way);
        lines.extend(moves.map(|moved| [desk.way_words(way), &desk.deal_name(moved.deal)].join(" · ")));
    }
    let counts =
        [Way::Forward, Way::New, Way::Across, Way::Asleep].map(|way| (desk.way_words(way), agenda.week.count(way)));
    let skips = (t_string!(desk.i18n, coaching.skips), agenda.week.skips().count());
    let counted = counts.into_iter().chain([skips]).filter(|(_, count)| *count != 0);
    let counted: Vec<_> = counted.map(|(words, count)| [words, &desk.format.count(count)].join(" ")).collect();
    lines.extend((!counted.is_empty()).then(|| counted.join(" · ")));
    lines
}

fn stuck(desk: Desk, agenda: &Agenda) -> Vec<String> {
    let named = agenda.stuck.iter().take(NAMED).map(|stuck| {
        let marks = desk.mark_words(stuck).join(t_string!(desk.i18n, deals.joint));
        [marks, desk.deal_name(stuck.deal)].join(" · ")
    });
    let rest = agenda.stuck.len().saturating_sub(NAMED);
    let rest = (rest != 0).then(|| t_string!(desk.i18n, coaching.and_more, n = desk.format.count(rest)).to_string());
    named.chain(rest).collect()
}

fn next(desk: Desk, agenda: &Agenda) -> Vec<String> {
    let line = |id: &_| {
        let promise = desk.promise(*id)?;
        Some([desk.promise_words(&promise), desk.due_words(&promise)].join(" · "))
    };
    agenda.promised.next.iter().filter_map(line).collect()
}

//! The minutes of the meeting: all of it as a text, or [on one page of paper](paper).

mod paper;

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string},
    metrics::meeting::Agenda,
    model::PersonId,
    ui::{
        clipboard,
        components::{button::Button, tag::Tone, toast::use_toasts},
        file,
        print::use_print_sheet,
    },
};

/// What was said of one person: headings with their lines.
type Said = Vec<(&'static str, Vec<String>)>;

/// The minutes.
struct Minutes {
    title: String,
    about: String,
    people: Vec<(String, Said)>,
}

impl Minutes {
    /// The minutes of the meeting as it stands.
    fn of(desk: Desk) -> Self {
        let people = desk.shown.get().into_iter().map(|person| (desk.person(person), said(desk, person)));
        let (title, about) = heading(desk);
        Self { title, about, people: people.filter(|(_, said)| !said.is_empty()).collect() }
    }

    /// As a text that reads well in a mail.
    fn text(&self) -> String {
        let mut text = ["# ", &self.title, "\n\n", &self.about, "\n"].concat();
        for (person, said) in &self.people {
            text.extend(["\n## ", person, "\n"]);
            for (heading, lines) in said {
                text.extend(["\n", heading, "\n\n"]);
                for line in lines {
                    // A line of a list is one line, whatever was written.
                    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                    text.extend(["- ", &line, "\n"]);
                }
            }
        }
        text
    }
}

/// The title of the minutes, and which days they are about.
fn heading(desk: Desk) -> (String, String) {
    let week = desk.week.get();
    let (since, until) = (desk.format.date(week.since), desk.format.date(week.until));
    let company = desk.names.with(|names| names.profile.name.clone());
    let title = [company, t_string!(desk.i18n, coaching.minutes).to_owned()].join(" · ");
    (title, t_string!(desk.i18n, coaching.sub, since = since, until = until).to_string())
}

/// What the minutes say of a person; parts without lines are left out.
fn said(desk: Desk, person: Option<PersonId>) -> Said {
    let i18n = desk.i18n;
    let agenda: Agenda = desk.agenda_now(person);
    let about = |deal, words: String| [desk.deal_name(deal), words].join(" · ");
    let promised = agenda.promised.before.iter().filter_map(|(id, outcome)| {
        let promise = desk.promise(*id)?;
        Some([desk.outcome_words(*outcome), desk.promise_words(&promise), desk.due_words(&promise)].join(" · "))
    });
    let moved =
        agenda.week.moves.iter().map(|moved| {
            [desk.way_words(moved.way).to_owned(), about(moved.deal, desk.moved_words(moved))].join(" · ")
        });
    let stuck = agenda.stuck.iter().map(|stuck| {
        let marks = desk.mark_words(stuck).join(t_string!(i18n, deals.joint));
        [marks, about(stuck.deal, desk.stuck_words(stuck))].join(" · ")
    });
    let skips = agenda.week.skips().map(|moved| about(moved.deal, desk.moved_words(moved)));
    let planned = agenda.planned.iter().map(|planned| about(planned.deal, desk.planned_words(planned)));
    let next = agenda.promised.next.iter().filter_map(|id| {
        let promise = desk.promise(*id)?;
        Some([desk.promise_words(&promise), desk.due_words(&promise)].join(" · "))
    });
    let parts = [
        (t_string!(i18n, coaching.promised), promised.collect::<Vec<_>>()),
        (t_string!(i18n, coaching.moved), moved.collect()),
        (t_string!(i18n, coaching.stuck), stuck.collect()),
        (t_string!(i18n, coaching.skips), skips.collect()),
        (t_string!(i18n, coaching.planned), planned.collect()),
        (t_string!(i18n, coaching.next), next.collect()),
    ];
    parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

/// The buttons that print the minutes, copy them and download them.
#[component]
pub(super) fn TakeMinutes(desk: Desk) -> impl IntoView {
    let (i18n, toasts) = (desk.i18n, use_toasts());
    let print = use_print_sheet(move || paper::sheet(desk));
    let failed = move || toasts.say(t_string!(i18n, list.not_taken).to_owned(), Tone::Bad);
    let copy = move |_| {
        let text = untrack(|| Minutes::of(desk).text());
        leptos::task::spawn_local(async move {
            if clipboard::copy(text).await {
                toasts.say(t_string!(i18n, coaching.copied).to_owned(), Tone::Good);
            } else {
                failed();
            }
        });
    };
    let download = move |_| {
        let text = untrack(|| Minutes::of(desk).text());
        let name = [t_string!(i18n, coaching.file), "-", &desk.week.get_untracked().until.to_string(), ".md"].concat();
        if file::download(&name, "text/markdown;charset=utf-8", text.as_bytes()).is_err() {
            failed();
        }
    };
    view! {
        <div class="row no-print" data-testid="minutes">
            <Button icon=icondata_lu::LuPrinter on_click=move |_| print.run(())>{t!(i18n, coaching.print)}</Button>
            <Button icon=icondata_lu::LuCopy on_click=copy>{t!(i18n, coaching.copy)}</Button>
            <Button icon=icondata_lu::LuDownload on_click=download>{t!(i18n, coaching.download)}</Button>
        </div>
    }
    .into_any()
}

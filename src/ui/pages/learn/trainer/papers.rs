//! Packs and results on their way in: by link, from a file beside the page, dropped anywhere, or pasted as codes.

use leptos::{prelude::*, task::spawn_local};

use super::{
    PART, Part,
    desk::{Desk, Report},
};
use crate::{
    codec::{
        class::{Paper, code, code::CodeError, read},
        document::Problem,
        packet::is_packet,
        share,
    },
    i18n::{t, t_string},
    ui::{
        arriving::Files,
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
            file_drop::FileDrop,
        },
        fetch,
        route::{Navigation, use_navigation},
        starting::Incoming,
        wording::{
            document::file_error,
            share::{ShareError, share_error},
        },
    },
};

/// The key of the address that carries a pack.
pub(super) const PACK: &str = "pack";
/// The key of the address that names a file beside the page.
pub(super) const FILE: &str = "file";

/// One paper as it was read.
type Read = Result<(Paper, Vec<Problem>), CodeError>;

/// Takes what the address and the rest of the page bring, and says what came of papers that arrived.
#[component]
pub(super) fn Arrived(desk: Desk) -> impl IntoView {
    let (navigation, incoming) = (use_navigation(), expect_context::<Incoming>());
    let i18n = desk.i18n;
    Effect::new(move || {
        let (pack, file) =
            navigation.query.with(|query| [PACK, FILE].map(|key| query.get(key).map(str::to_owned))).into();
        if let Some(pack) = pack {
            // It belongs to this page: links to others do not carry it on.
            navigation.set_query(PACK, None);
            desk.take(vec![code::open(&pack)], false);
        }
        if let Some(path) = file {
            navigation.set_query(FILE, None);
            fetch_beside(desk, path);
        }
    });
    Effect::new(move || {
        let files = incoming.papers.take();
        if !files.is_empty() {
            take_files(desk, files, is_on_board(navigation));
        }
    });
    let said = move || desk.report.get().map(|report| view! { <Said desk report/> });
    let lost = move || {
        (!desk.is_kept())
            .then(|| view! { <p class="card notice" data-tone="warn">{t!(i18n, learn.trainer.not_kept)}</p> })
    };
    view! { <div aria-live="polite" data-testid="class-report">{lost}{said}</div> }.into_any()
}

fn is_on_board(navigation: Navigation) -> bool {
    navigation.query.with_untracked(|query| query.get(PART) == Some(Part::Board.code()))
}

/// What came of papers that arrived.
#[component]
fn Said(desk: Desk, report: Report) -> impl IntoView {
    let i18n = desk.i18n;
    let taken = (report.taken + report.known > 0).then(|| {
        let (taken, known) = (desk.format.count(report.taken), desk.format.count(report.known));
        t_string!(i18n, learn.trainer.report, taken = taken, known = known).to_string()
    });
    let marks = (report.marks > 0).then(|| {
        let n = desk.format.count(report.marks);
        t_string!(i18n, learn.trainer.report_marks, n = n).to_string()
    });
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let refused = (!report.refused.is_empty()).then(|| {
        view! {
            <p><strong>{t!(i18n, learn.trainer.refused)}</strong></p>
            <ul class="trainer__lines" data-testid="class-refused">{lines(report.refused)}</ul>
        }
    });
    let notes =
        (!report.notes.is_empty()).then(|| view! { <ul class="trainer__lines muted">{lines(report.notes)}</ul> });
    let tone = if refused.is_some() { "warn" } else { "good" };
    view! { <div class="card notice stack" data-tone=tone>{[taken, marks].map(|words| words.map(|words| view! { <p>{words}</p> }))}{refused}{notes}</div> }.into_any()
}

/// A place to open files and paste codes.
#[component]
pub(super) fn TakeIn(
    desk: Desk,
    /// Whether packs are for the class rather than for whoever sits here.
    to_board: bool,
) -> impl IntoView {
    let i18n = desk.i18n;
    let pasted = RwSignal::new(String::new());
    let take = move |_| {
        let text = pasted.get_untracked();
        let codes = code::split(&text);
        // What looks like no code at all is refused as a whole, with the reason.
        let papers: Vec<Read> = if codes.is_empty() {
            vec![code::open(&text)]
        } else {
            codes.iter().map(|code| code::open(code)).collect()
        };
        if papers.iter().all(Result::is_ok) {
            pasted.set(String::new());
        }
        desk.take(papers, to_board);
    };
    view! {
        <div class="trainer__in">
            <FileDrop
                accept=".json,.txt"
                multiple=to_board
                testid="class-files"
                on_opened=move |files| take_files(desk, files, to_board)
            />
            <div data-testid="class-codes">
                <Field
                    label=Signal::derive(move || if to_board { t_string!(i18n, learn.trainer.codes) } else { t_string!(i18n, learn.trainer.code) }.to_owned())
                    kind=FieldKind::Long
                    value=pasted
                    on_change=move |text| pasted.set(text)
                    on_input=move |text| pasted.set(text)
                />
            </div>
            <div>
                <Button
                    variant=Variant::Quiet
                    icon=icondata_lu::LuClipboardPaste
                    disabled=Signal::derive(move || pasted.with(|text| text.trim().is_empty()))
                    on_click=take
                    attr:data-testid="class-take"
                >
                    {t!(i18n, learn.trainer.take)}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// Takes files: JSON, and texts with codes.
fn take_files(desk: Desk, files: Files, to_board: bool) {
    let mut papers: Vec<Read> = Vec::new();
    let mut unread = Vec::new();
    for file in files {
        match file {
            Ok(file) => papers.extend(papers_of(&file.bytes)),
            Err(error) => unread.push(file_error(desk.i18n, desk.format, &error)),
        }
    }
    desk.take(papers, to_board);
    if !unread.is_empty() {
        desk.report.update(|report| report.get_or_insert_default().refused.extend(unread));
    }
}

/// The papers of a file.
fn papers_of(bytes: &[u8]) -> Vec<Read> {
    if is_packet(bytes) {
        return vec![code::open(&share::text(bytes))];
    }
    let codes = std::str::from_utf8(bytes).map(code::split).unwrap_or_default();
    if codes.is_empty() {
        return vec![read(bytes).map_err(CodeError::from)];
    }
    codes.iter().map(|code| code::open(code)).collect()
}

/// Reads a file beside the page.
fn fetch_beside(desk: Desk, path: String) {
    spawn_local(async move {
        let file = fetch::beside(&path).await;
        if desk.report.is_disposed() {
            return;
        }
        match file {
            Ok(bytes) => desk.take(papers_of(&bytes), false),
            Err(error) => {
                let words = share_error(desk.i18n, desk.format, &ShareError::Fetch(error));
                desk.report.set(Some(Report { refused: vec![words], ..Report::default() }));
            }
        }
    });
}

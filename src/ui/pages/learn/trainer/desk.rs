//! What all parts of the trainer's page share: the pack being made, the pack somebody was given, and the board of the class.

use leptos::prelude::*;

use super::{PART, Part, words};
use crate::{
    codec::{
        class::{
            Paper,
            code::{self, CodeError},
        },
        content::{
            Language,
            drills::{DrillWords, drills},
        },
        document::Problem,
    },
    i18n::{t_string, use_i18n},
    model::PackId,
    training::class::{Added, Board, Class, Company, Pack, Person, ResultSheet},
    ui::{
        clock,
        format::{Format, use_format},
        kept::{Form, Kept},
        route::{Navigation, use_navigation},
        seat::{Seat, paper, use_seat},
        settings::{self, use_settings},
        wording::I18n,
    },
};

/// How the pack being made is kept.
static DRAFT: Form<Pack> = Form {
    key: "loudou/class-pack",
    read: |text| match paper(text)? {
        Paper::Pack(pack) => Some(*pack),
        _ => None,
    },
    write: |pack| Some(code::text(&Paper::Pack(Box::new(pack.clone())))),
};
/// How the class is kept.
static BOARD: Form<Option<Board>> = Form {
    key: "loudou/class-board",
    read: |text| match paper(text)? {
        Paper::Class(class) => Some(Some(Board::of(*class).0)),
        _ => None,
    },
    write: |board| Some(code::text(&Paper::Class(Box::new(board.as_ref()?.class())))),
};
/// The name of the company of the case among those that ship; the others are on offer by the names of their illnesses.
pub(super) const CASE: &str = "case";

/// What came of papers that arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// How many results are new or took the place of older ones.
    pub(super) taken: usize,
    /// How many were there already.
    pub(super) known: usize,
    /// How many marks for answers in words are new or took the place of earlier ones.
    pub(super) marks: usize,
    /// What was refused, each in a sentence.
    pub(super) refused: Vec<String>,
    /// What of it is worth knowing.
    pub(super) notes: Vec<String>,
}

/// What the parts share. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk {
    pub(super) i18n: I18n,
    pub(super) format: Format,
    pub(super) seat: Seat,
    navigation: Navigation,
    language: RwSignal<settings::Language>,
    drills: StoredValue<DrillWords>,
    draft: Kept<Pack>,
    /// A pack that was given to whoever sits here and is not begun.
    pub(super) given: RwSignal<Option<Pack>>,
    board: Kept<Option<Board>>,
    /// What came of the papers that arrived last.
    pub(super) report: RwSignal<Option<Report>>,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self {
            i18n: use_i18n(),
            format: use_format(),
            seat: use_seat(),
            navigation: use_navigation(),
            language: use_settings().language,
            drills: StoredValue::new(drills()),
            draft: Kept::new(&DRAFT, empty()),
            given: RwSignal::new(None),
            board: Kept::new(&BOARD, None),
            report: RwSignal::new(None),
        }
    }

    /// The language of the page, for content; followed.
    pub(super) fn language(self) -> Language {
        self.language.get().into()
    }

    /// The name of a company to look at; followed.
    pub(super) fn company(self, company: &Company) -> String {
        let language = self.language();
        match company {
            Company::Shipped(name) if name == CASE => t_string!(self.i18n, learn.trainer.company_case).to_owned(),
            Company::Shipped(name) => {
                let words = self.drills.with_value(|drills| drills.illness(name).map(|words| words.company));
                words.map_or_else(|| name.clone(), |words| words.in_language(language).to_owned())
            }
            Company::Own { workspace, .. } => workspace.profile.name.clone(),
        }
    }

    /// Whether the browser keeps what is made here; followed.
    pub(super) fn is_kept(self) -> bool {
        self.draft.is_kept() && self.board.is_kept() && self.seat.is_kept()
    }

    /// The pack being made, followed.
    pub(super) fn draft(self) -> Signal<Pack> {
        self.draft.value()
    }

    /// Changes the pack being made.
    pub(super) fn change(self, change: impl FnOnce(&mut Pack)) {
        self.draft.change(change);
    }

    /// Begins another pack.
    pub(super) fn make_anew(self) {
        self.change(|pack| *pack = empty());
    }

    /// The board, followed.
    pub(super) fn board(self) -> Signal<Option<Board>> {
        self.board.value()
    }

    /// Changes the board.
    pub(super) fn change_board(self, change: impl FnOnce(&mut Option<Board>)) {
        self.board.change(change);
    }

    /// Goes to another part.
    pub(super) fn go(self, part: Part) {
        self.navigation.set_query(PART, (part != Part::Sit).then_some(part.code()));
    }

    /// Takes papers where they belong: results and classes onto the board, a pack to whoever sits here or, on the board, as the pack of
    /// the class. What came of it is in the report.
    pub(super) fn take(self, papers: Vec<Result<(Paper, Vec<Problem>), CodeError>>, to_board: bool) {
        let mut report = Report::default();
        // All of them at once: the board is read and written as a whole.
        self.change_board(|board| {
            for paper in papers {
                match paper {
                    Ok((Paper::Pack(pack), _)) if to_board => {
                        // The same pack leaves the results where they are.
                        if board.as_ref().is_none_or(|board| board.pack() != &*pack) {
                            *board = Some(Board::new(*pack));
                        }
                    }
                    Ok((Paper::Pack(pack), _)) => {
                        self.given.set(Some(*pack));
                        self.go(Part::Sit);
                    }
                    Ok((Paper::Result(sheet), _)) => {
                        self.add(board, *sheet, &mut report);
                        self.go(Part::Board);
                    }
                    Ok((Paper::Class(class), _)) => {
                        self.join(board, *class, &mut report);
                        self.go(Part::Board);
                    }
                    Err(error) => report.refused.push(words::code_error(self.i18n, self.format, &error)),
                }
            }
        });
        self.report.set(Some(report).filter(|report| *report != Report::default()));
    }

    /// Adds a sheet; with no board yet, to one of the pack being made if the sheet answers that.
    fn add(self, board: &mut Option<Board>, sheet: ResultSheet, report: &mut Report) {
        let name = sheet.shown(false, untrack(|| self.language()));
        if board.is_none() {
            let draft = self.draft().get_untracked();
            *board = (draft.id == sheet.pack).then(|| Board::new(draft));
        }
        let Some(board) = board else {
            report.refused.push(t_string!(self.i18n, learn.trainer.no_pack, name = name).to_string());
            return;
        };
        match board.add(sheet) {
            Ok(Added::New) => report.taken += 1,
            Ok(Added::Replaced) => {
                report.taken += 1;
                report.notes.push(t_string!(self.i18n, learn.trainer.replaced, name = name).to_string());
            }
            Ok(Added::Same) => report.known += 1,
            Ok(Added::Older) => {
                report.known += 1;
                report.notes.push(t_string!(self.i18n, learn.trainer.older, name = name).to_string());
            }
            Err(refusal) => report.refused.push([&name, ": ", words::refusal(self.i18n, &refusal)].concat()),
        }
    }

    /// Adds a class: to an empty board or one of the same pack.
    fn join(self, board: &mut Option<Board>, class: Class, report: &mut Report) {
        let Class { pack, sheets, marks } = class;
        if board.as_ref().is_none_or(|board| board.pack().id != pack.id) {
            if board.as_ref().is_some_and(|board| !board.sheets().is_empty()) {
                report.refused.push(t_string!(self.i18n, learn.trainer.other_class).to_owned());
                return;
            }
            *board = Some(Board::new(pack.clone()));
        }
        for sheet in sheets {
            self.add(board, sheet, report);
        }
        let marked = Board::of(Class { pack, sheets: Vec::new(), marks }).0;
        // Where the marks are refused, every sheet was for the same reason, and that is said.
        if let Some(Ok(taken)) = board.as_mut().map(|board| board.join(&marked)) {
            report.marks += taken;
        }
    }

    /// Gives somebody marks for an answer in words; `None` takes them back.
    pub(super) fn mark(self, person: &Person, task: u16, score: Option<u8>) {
        self.change_board(|board| {
            if let Some(board) = board {
                // What is marked stands on the board.
                board.give(person, task, score, clock::now()).ok();
            }
        });
    }
}

/// A pack without tasks, with an id and a seed of its own.
fn empty() -> Pack {
    Pack::new(PackId::new(clock::fresh_ulid()), "", clock::fresh_number() % 10_000)
}

//! Answers in words, by question, and the marks that the trainer gives for them.

use leptos::prelude::*;

use super::{desk::Desk, words};
use crate::{
    i18n::{t, t_string},
    training::class::{Board, Person},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
            tag::{Tag, Tone},
        },
        typed::folded,
    },
};

/// The most that an answer gives.
const MOST: u8 = 100;

/// All questions that somebody answered.
#[component]
pub(super) fn Answers(
    desk: Desk,
    /// Whether code names stand for names.
    hidden: RwSignal<bool>,
) -> impl IntoView {
    let i18n = desk.i18n;
    let questions = Memo::new(move |_| {
        let answered = |board: &Board| {
            let places = (0..).take(board.pack().tasks.len());
            places.filter(|place| !people(board, *place).is_empty()).collect::<Vec<_>>()
        };
        desk.board().with(|board| board.as_ref().map(answered).unwrap_or_default())
    });
    view! {
        <Show when=move || questions.with(|questions| !questions.is_empty())>
            <section class="card stack" aria-labelledby="class-answers" data-testid="class-answers">
                <h2 id="class-answers">{t!(i18n, learn.trainer.answers)}</h2>
                <p class="muted small">{t!(i18n, learn.trainer.answers_what)}</p>
                <For each=move || questions.get() key=|place| *place let(place)><Question desk hidden place/></For>
            </section>
        </Show>
    }
    .into_any()
}

/// Who answered the question at a place, in the order of their names.
fn people(board: &Board, place: u16) -> Vec<Person> {
    let answered = board.outcomes(place).filter(|(.., outcome)| outcome.words().is_some());
    answered.map(|(person, ..)| person.clone()).collect()
}

/// A question with its answers. They stay where they are while marks are given, so that no field loses the focus.
#[component]
fn Question(desk: Desk, hidden: RwSignal<bool>, place: u16) -> impl IntoView {
    let i18n = desk.i18n;
    let question = move || {
        let language = desk.language();
        desk.board().with(|board| {
            let task = board.as_ref()?.pack().tasks.get(usize::from(place))?;
            Some(words::task(i18n, language, task))
        })
    };
    let answered = Memo::new(move |_| {
        desk.board().with(|board| board.as_ref().map(|board| people(board, place)).unwrap_or_default())
    });
    let marked = move || {
        let marked = desk.board().with(|board| board.as_ref().map_or(0, |board| board.scores(place).count()));
        let (n, all) = (desk.format.count(marked), desk.format.count(answered.with(Vec::len)));
        t_string!(i18n, learn.trainer.marked_of, n = n, all = all).to_string()
    };
    view! {
        <h3>{question}</h3>
        <p class="muted small" aria-live="polite" data-testid="class-marked">{marked}</p>
        <ul class="trainer__answers">
            <For each=move || answered.get() key=Clone::clone let(person)><Answer desk hidden place person/></For>
        </ul>
    }
    .into_any()
}

/// Somebody's answer, and a field for its marks.
#[component]
fn Answer(desk: Desk, hidden: RwSignal<bool>, place: u16, person: Person) -> impl IntoView {
    let i18n = desk.i18n;
    let person = StoredValue::new(person);
    let name = Memo::new(move |_| {
        let language = desk.language();
        desk.board().with(|board| {
            let sheet = person.with_value(|person| board.as_ref()?.sheets().get(person))?;
            Some(sheet.shown(hidden.get(), language))
        })
    });
    let name = move || name.get().unwrap_or_default();
    // What is said of the answer: its words, its marks, and whether these are for other words.
    let said = Memo::new(move |_| {
        desk.board().with(|board| {
            let board = board.as_ref()?;
            person.with_value(|person| {
                let outcome = board.sheets().get(person)?.outcome(place)?;
                let words = outcome.words()?.to_owned();
                Some((words, board.score(person, outcome), board.is_outdated(person, outcome)))
            })
        })
    });
    let score = move || said.with(|said| said.as_ref().and_then(|(_, score, _)| *score));
    let outdated = move || said.with(|said| said.as_ref().is_some_and(|(.., outdated)| *outdated));
    let give = move |score: Option<u8>| person.with_value(|person| desk.mark(person, place, score));
    let take = move |text: String| {
        if let Ok(score) = read(&text) {
            give(score);
        }
    };
    let wrong = move |text: String| {
        read(&text).err().map(|NoMark| t_string!(i18n, learn.trainer.number_wrong, most = MOST).to_string())
    };
    view! {
        <li class="trainer__answer" data-testid="class-answer">
            <div>
                <strong>{name}</strong>" "
                <Show when=outdated>
                    <Tag tone=Signal::derive(|| Tone::Warn)>{t!(i18n, learn.trainer.mark_outdated)}</Tag>
                </Show>
                <p class="trainer__text">{move || said.with(|said| said.as_ref().map(|(words, ..)| words.clone()))}</p>
            </div>
            <div class="trainer__mark">
                <Field
                    label=Signal::derive(move || t_string!(i18n, learn.trainer.mark_of, name = name()).to_string())
                    kind=FieldKind::Number
                    value=Signal::derive(move || score().map(|score| score.to_string()).unwrap_or_default())
                    check=Callback::new(wrong)
                    on_change=take
                />
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuUndo2
                    label=Signal::derive(move || Some(t_string!(i18n, learn.trainer.mark_back, name = name()).to_string()))
                    disabled=Signal::derive(move || score().is_none() && !outdated())
                    on_click=move |_| give(None)
                    attr:data-testid="class-mark-back"
                />
            </div>
        </li>
    }
    .into_any()
}

/// The text is no whole number up to [`MOST`].
struct NoMark;

/// Marks as somebody types them; nothing takes them back.
fn read(text: &str) -> Result<Option<u8>, NoMark> {
    match folded(text).trim() {
        "" => Ok(None),
        digits => digits.parse().ok().filter(|score| *score <= MOST).map(Some).ok_or(NoMark),
    }
}

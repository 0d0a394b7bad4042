//! The trainer's part: packs are made and given out, trainees work through them, the results of a class come together on a board, and a
//! guide says how to spend half a day on it.

mod answers;
mod board;
mod certificates;
mod desk;
mod give;
mod guide;
mod look;
mod make;
mod papers;
mod ranking;
mod sit;
mod words;

use leptos::prelude::*;

use self::desk::Desk;
use crate::{
    i18n::{t_string, use_i18n},
    ui::{components::segmented::Segmented, route::use_navigation, wording::I18n},
};

/// The key of the address that says which half is in view.
const PART: &str = "part";

/// What is in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A pack being worked through.
    Sit,
    /// A pack being made.
    Make,
    /// The class.
    Board,
    /// The guide.
    Guide,
}

impl Part {
    const ALL: [Self; 4] = [Self::Sit, Self::Make, Self::Board, Self::Guide];

    const fn code(self) -> &'static str {
        match self {
            Self::Sit => "sit",
            Self::Make => "make",
            Self::Board => "board",
            Self::Guide => "guide",
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Sit => t_string!(i18n, learn.trainer.part_sit),
            Self::Make => t_string!(i18n, learn.trainer.part_make),
            Self::Board => t_string!(i18n, learn.trainer.part_board),
            Self::Guide => t_string!(i18n, learn.trainer.part_guide),
        }
    }
}

/// The part of the page.
#[component]
pub(super) fn Trainer() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let desk = Desk::new();
    let part = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get(PART).map(str::to_owned));
        Part::ALL.into_iter().find(|part| Some(part.code()) == code.as_deref()).unwrap_or(Part::Sit)
    });
    let options = Part::ALL.map(|part| (part, Signal::derive(move || part.title(i18n).to_owned()))).to_vec();
    let choose = move |part: Part| {
        // What came of papers was said to whoever took them in.
        desk.report.set(None);
        desk.go(part);
    };
    view! {
        <div class="trainer stack">
            <Segmented
                label=Signal::derive(move || t_string!(i18n, learn.trainer.title).to_owned())
                options
                value=part
                on_change=choose
            />
            <papers::Arrived desk/>
            {move || match part.get() {
                Part::Sit => view! { <sit::Sit desk/> }.into_any(),
                Part::Make => view! { <make::Make desk/> }.into_any(),
                Part::Board => view! { <board::ClassBoard desk/> }.into_any(),
                Part::Guide => view! { <guide::GuidePart/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

//! The class board: results come in, everybody has a rank, the spread is drawn, and all of it can fill the wall.

use leptos::{html, prelude::*};

use super::{
    answers::Answers,
    certificates::Certificates,
    desk::Desk,
    papers::TakeIn,
    ranking::{Best, Ranking, SpreadChart},
};
use crate::{
    codec::class::Paper,
    i18n::{t, t_string},
    training::class::Board,
    ui::{
        components::{
            button::{Button, Variant},
            empty::Empty,
            field::Checkbox,
            stat::Stat,
            tag::Tone,
            toast::use_toasts,
        },
        file,
        wording::document::file_error,
    },
};

/// The part.
#[component]
pub(super) fn ClassBoard(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let toasts = use_toasts();
    let board = desk.board();
    let hidden = RwSignal::new(false);
    let on_wall = RwSignal::new(false);
    let clearing = RwSignal::new(false);
    let has_sheets =
        Memo::new(move |_| board.with(|board| board.as_ref().is_some_and(|board| !board.sheets().is_empty())));
    let title = move || {
        board.with(|board| {
            let title = board.as_ref().map(|board| board.pack().title.clone()).unwrap_or_default();
            if title.is_empty() { t_string!(i18n, learn.trainer.part_board).to_owned() } else { title }
        })
    };
    let save = move |_| {
        let Some(class) = board.with_untracked(|board| board.as_ref().map(Board::class)) else { return };
        let name = [file::stem(&class.pack.title).as_str(), ".json"].concat();
        match file::download(&name, "application/json", Paper::Class(Box::new(class)).file().as_bytes()) {
            Ok(()) => toasts.say(t_string!(i18n, data.export.done, name = name).to_string(), Tone::Good),
            Err(error) => toasts.say(file_error(i18n, desk.format, &error), Tone::Bad),
        }
    };
    let clear = move || {
        if clearing.get() {
            let empty = move |_| {
                desk.change_board(|board| *board = None);
                clearing.set(false);
            };
            view! {
                <Button variant=Variant::Danger on_click=empty attr:data-testid="class-clear-sure">{t!(i18n, learn.trainer.clear_sure)}</Button>
                <Button on_click=move |_| clearing.set(false)>{t!(i18n, common.cancel)}</Button>
            }
            .into_any()
        } else {
            view! { <Button on_click=move |_| clearing.set(true)>{t!(i18n, learn.trainer.clear)}</Button> }.into_any()
        }
    };
    let prints = move || {
        board.with(|board| {
            let board = board.as_ref()?;
            let people = board.standings().into_iter().map(|standing| standing.person.clone()).collect::<Vec<_>>();
            Some(view! { <Certificates desk board=desk.board() people/> })
        })
    };
    let tools = move || {
        has_sheets.get().then(|| view! {
        <div class="row">
            <Button variant=Variant::Primary icon=icondata_lu::LuPresentation on_click=move |_| on_wall.set(true) attr:data-testid="class-wall">
                {t!(i18n, learn.trainer.wall)}
            </Button>
            <Button icon=icondata_lu::LuDownload on_click=save attr:data-testid="class-save">{t!(i18n, learn.trainer.save_class)}</Button>
            {prints}
            {clear}
            <Checkbox
                label=Signal::derive(move || t_string!(i18n, learn.trainer.hide_names).to_owned())
                value=hidden
                on_change=move |is| hidden.set(is)
            />
        </div>
    })
    };
    let shown = move || {
        if has_sheets.get() {
            view! {
                <Figures desk/>
                <Ranking desk hidden on_wall=false/>
                <SpreadChart desk/>
                <Best desk hidden/>
                <Answers desk hidden/>
            }
            .into_any()
        } else {
            let text = Signal::derive(move || t_string!(i18n, learn.trainer.board_empty).to_owned());
            view! { <Empty icon=icondata_lu::LuTrophy text/> }.into_any()
        }
    };
    view! {
        <section class="card stack" aria-labelledby="class-board" data-testid="class-board">
            <h2 id="class-board">{title}</h2>
            <p class="muted">{t!(i18n, learn.trainer.board_what)}</p>
            <TakeIn desk to_board=true/>
            {tools}
        </section>
        {shown}
        <Show when=move || on_wall.get() && has_sheets.get()>
            <Wall desk hidden on_close=move |()| on_wall.set(false)/>
        </Show>
    }
    .into_any()
}

/// How many, how good, how long.
#[component]
fn Figures(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let board = desk.board();
    let of = move |read: fn(Desk, &Board) -> String| {
        Signal::derive(move || board.with(|board| board.as_ref().map(|board| read(desk, board)).unwrap_or_default()))
    };
    let quartiles = move || {
        let spread = board.with(|board| board.as_ref().and_then(Board::spread))?;
        let [low, high] = [spread.lower, spread.upper].map(|value| desk.format.number(value, 1));
        Some(t_string!(i18n, learn.trainer.half_between, low = low, high = high).to_string())
    };
    let range = move || {
        let spread = board.with(|board| board.as_ref().and_then(Board::spread))?;
        let [low, high] = [spread.least, spread.greatest].map(|value| desk.format.number(value, 0));
        Some(t_string!(i18n, learn.trainer.range_is, low = low, high = high).to_string())
    };
    let all_done = move || {
        board.with(|board| {
            let board = board.as_ref()?;
            let count = board.standings().iter().filter(|standing| standing.done >= board.pack().tasks.len()).count();
            let n = desk.format.count(count);
            Some(t_string!(i18n, learn.trainer.all_done, n = n).to_string())
        })
    };
    view! {
        <div class="tiles">
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.trainer.people).to_owned())
                figure=of(|desk, board| desk.format.count(board.sheets().len()))
                note=Signal::derive(all_done)
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.trainer.median).to_owned())
                figure=of(|desk, board| desk.format.number(board.spread().map(|spread| spread.median), 1))
                note=Signal::derive(quartiles)
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.trainer.most).to_owned())
                figure=of(|desk, board| desk.format.count(usize::try_from(board.most()).ok()))
                note=Signal::derive(range)
            />
        </div>
    }
    .into_any()
}

/// The board over all of the screen, in letters that are read from the last row. A dialog, so that nothing behind it takes keys.
#[component]
fn Wall(desk: Desk, hidden: RwSignal<bool>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = desk.i18n;
    let wall = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(wall) = wall.get().filter(|wall| !wall.open()) {
            // Refused only for a dialog that is not in the page.
            wall.show_modal().ok();
        }
    });
    let close = move |_| {
        if let Some(wall) = wall.get_untracked() {
            wall.close();
        }
    };
    let title =
        move || desk.board().with(|board| board.as_ref().map(|board| board.pack().title.clone()).unwrap_or_default());
    view! {
        <dialog node_ref=wall class="wall" aria-labelledby="class-wall" on:close=move |_| on_close.run(()) data-testid="class-on-wall">
            <div class="wall__head">
                <h2 id="class-wall">{title}</h2>
                <Checkbox
                    label=Signal::derive(move || t_string!(i18n, learn.trainer.hide_names).to_owned())
                    value=hidden
                    on_change=move |is| hidden.set(is)
                />
                <Button icon=icondata_lu::LuX on_click=close attr:data-testid="class-wall-close">{t!(i18n, common.close)}</Button>
            </div>
            <div class="wall__body">
                <Ranking desk hidden on_wall=true/>
                <div class="stack"><SpreadChart desk/><Best desk hidden/></div>
            </div>
        </dialog>
    }
    .into_any()
}

//! What deal it is, where it stands, and what can be done with it.

use leptos::prelude::*;

use super::story::days_per_stage;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Event, Gate, StageId, Status},
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            icon::Icon,
            menu::{Menu, MenuItem},
            tag::{Tag, Tone},
        },
        format::use_format,
        parts::{
            editor::Editor,
            mover::{Mover, Target},
            status_tag::StatusTag,
        },
        route::{Route, use_navigation},
    },
};

/// The header of the page.
#[component]
pub fn Head(
    /// Edits the deal.
    editor: Editor,
    /// Carries out moves.
    mover: Mover,
) -> impl IntoView {
    let navigation = use_navigation();
    let i18n = use_i18n();
    let title = move || editor.read(|deal| deal.details.title.clone());
    let status = Signal::derive(move || {
        editor.deal.with(|deal| deal.as_ref().map_or(Status::Open, |deal| deal.standing().status.clone()))
    });
    let skips = Memo::new(move |_| {
        let skipped = |event: &&Event| matches!(event.kind.gate(), Some(Gate::Overridden { .. }));
        editor.read(|deal| deal.history().iter().filter(skipped).count())
    });
    let customer = move || editor.names.with(|names| names.customer(editor.read(|deal| deal.details.customer)));
    let model = move || {
        let id = editor.deal.with(|deal| deal.as_ref().map(|deal| deal.standing().model));
        editor.names.with(|names| id.and_then(|id| names.models.get(id)).map(|model| model.name.clone()))
    };
    view! {
        <header class="deal__head">
            <nav class="deal__back"><a href=move || navigation.href(&Route::Board)>{t!(i18n, deal.board)}</a></nav>
            <div class="deal__line">
                <div class="deal__name">
                    <h1 data-testid="deal-title">{title}</h1>
                    <StatusTag status/>
                    <Show when=move || { skips.get() > 0 }>
                        <Tag tone=Tone::Warn>{move || t_string!(i18n, deal.gates_skipped, count = skips.get()).to_string()}</Tag>
                    </Show>
                </div>
                <Moves editor mover status/>
            </div>
            <p class="page__sub">{customer}" · "{model}</p>
            <Steps editor mover/>
        </header>
    }
    .into_any()
}

/// The moves that the status allows; the likeliest is a button of its own.
#[component]
fn Moves(editor: Editor, mover: Mover, status: Signal<Status>) -> impl IntoView {
    let (i18n, navigation, id) = (use_i18n(), use_navigation(), editor.id);
    let next = Memo::new(move |_| {
        let standing =
            editor.deal.with(|deal| deal.as_ref().map(|deal| (deal.standing().model, deal.standing().stage)));
        let (model, stage) = standing?;
        editor.names.with(|names| names.models.get(model)?.next(stage).map(|stage| (stage.id, stage.name.clone())))
    });
    let open = Memo::new(move |_| status.with(|status| *status == Status::Open));
    let forward = move || {
        if !open.get() {
            return view! {
                <Button variant=Variant::Primary icon=icondata_lu::LuRotateCcw on_click=move |_| mover.go(id, Target::Open)>
                    {t!(i18n, moves.reopen)}
                </Button>
            }
            .into_any();
        }
        match next.get() {
            Some((stage, name)) => view! {
                <Button variant=Variant::Primary icon=icondata_lu::LuArrowRight on_click=move |_| mover.go(id, Target::Stage(stage))>
                    {move || t_string!(i18n, moves.move_to, stage = name.clone()).to_string()}
                </Button>
            }
            .into_any(),
            None => view! {
                <Button variant=Variant::Primary icon=icondata_lu::LuTrophy on_click=move |_| mover.go(id, Target::Won)>
                    {t!(i18n, moves.win)}
                </Button>
            }
            .into_any(),
        }
    };
    let item = move |icon, words: fn(crate::ui::wording::I18n) -> &'static str, act: Callback<()>| MenuItem {
        label: Signal::derive(move || words(i18n).to_owned()),
        icon: Some(icon),
        danger: false,
        on_choose: act,
    };
    let go = move |target| Callback::new(move |()| mover.go(id, target));
    let items = Signal::derive(move || {
        let mut items = Vec::new();
        if open.get() {
            items.push(item(
                icondata_lu::LuMoveHorizontal,
                |i18n| t_string!(i18n, moves.where_title),
                Callback::new(move |()| mover.choose(id)),
            ));
            items.push(item(icondata_lu::LuTrophy, |i18n| t_string!(i18n, moves.win), go(Target::Won)));
            items.push(item(icondata_lu::LuX, |i18n| t_string!(i18n, moves.lose), go(Target::Lost)));
            items.push(item(icondata_lu::LuMoon, |i18n| t_string!(i18n, moves.sleep), go(Target::Dormant)));
        }
        let remove = move |()| {
            if mover.remove(id) {
                navigation.go(&Route::Board);
            }
        };
        let delete = item(icondata_lu::LuTrash2, |i18n| t_string!(i18n, deal.delete), Callback::new(remove));
        items.push(MenuItem { danger: true, ..delete });
        items
    });
    view! {
        <div class="row no-print">
            {forward}
            <Show when=move || open.get() && next.with(Option::is_some)>
                <Button icon=icondata_lu::LuTrophy on_click=move |_| mover.go(id, Target::Won)>{t!(i18n, moves.won)}</Button>
            </Show>
            <Show when=move || open.get()>
                <Button icon=icondata_lu::LuX on_click=move |_| mover.go(id, Target::Lost)>{t!(i18n, moves.lost)}</Button>
            </Show>
            <Menu icon=icondata_lu::LuEllipsis label=Signal::derive(move || t_string!(i18n, deal.more).to_owned()) items/>
        </div>
    }
    .into_any()
}

/// The stages of the model: where the deal went, how long it stayed, where it is now. A click moves it.
#[component]
fn Steps(editor: Editor, mover: Mover) -> impl IntoView {
    let (i18n, format, today) = (use_i18n(), use_format(), use_clock().today);
    let stages = Memo::new(move |_| {
        let model = editor.deal.with(|deal| deal.as_ref().map(|deal| deal.standing().model));
        editor
            .names
            .with(|names| {
                let model = model.and_then(|id| names.models.get(id));
                model.map(|model| model.stages.iter().map(|stage| (stage.id, stage.name.clone())).collect::<Vec<_>>())
            })
            .unwrap_or_default()
    });
    let days = Memo::new(move |_| editor.read(|deal| days_per_stage(deal, today.get())));
    let here = Memo::new(move |_| editor.deal.with(|deal| deal.as_ref().map(|deal| deal.standing().stage)));
    let place = Memo::new(move |_| stages.with(|stages| stages.iter().position(|(id, _)| Some(*id) == here.get())));
    let is_open = Memo::new(move |_| editor.read(|deal| deal.standing().is_open()));
    let step = move |(index, (stage, name)): (usize, (StageId, String))| {
        let spent = move || days.with(|days| days.get(&stage).map(|days| format.days(f64::from(*days))));
        let state = move || match place.get() {
            Some(place) if index < place => "past",
            Some(place) if index == place => "here",
            _ => "ahead",
        };
        let hint = name.clone();
        let count = stages.with_untracked(Vec::len);
        #[allow(clippy::cast_precision_loss, reason = "a funnel has few stages")]
        let position = (index as f64 / (count.max(2) - 1) as f64).to_string();
        view! {
            <li class="steps__item" style:--stage-position=position>
                <button
                    type="button"
                    class="steps__step"
                    data-state=state
                    aria-current=move || (state() == "here").then_some("step")
                    prop:disabled=move || !is_open.get()
                    title=hint
                    on:click=move |_| mover.go(editor.id, Target::Stage(stage))
                >
                    <span class="steps__name">
                        {move || (state() == "past").then(|| view! { <Icon icon=icondata_lu::LuCheck/> })}
                        <span>{name}</span>
                    </span>
                    <span class="steps__days">{move || spent().unwrap_or_else(|| "\u{a0}".to_owned())}</span>
                </button>
            </li>
        }
    };
    view! {
        <ol
            class="steps"
            data-testid="deal-stage"
            aria-label=move || t_string!(i18n, domain.field.stage)
            // Without a step to stop at, the keyboard scrolls the list itself.
            tabindex=move || (!is_open.get()).then_some("0")
        >
            {move || stages.get().into_iter().enumerate().map(step).collect_view()}
        </ol>
    }
    .into_any()
}

//! The parts of an agenda that are read, not written.

use leptos::prelude::*;

use super::{desk::Desk, words::way_tone};
use crate::{
    i18n::t_string,
    metrics::{
        Moved,
        meeting::{Agenda, Planned, Stuck},
    },
    model::DealId,
    ui::{
        anywhere::{Deed, use_anywhere},
        components::{
            button::{Button, Variant},
            tag::{Tag, Tone},
        },
        parts::log_preset::Preset,
        route::{Query, Route},
        wording::I18n,
    },
};

/// Words of the page.
type Words = fn(I18n) -> &'static str;

/// How many lines of a part are shown before somebody asks for all.
const SHOWN: usize = 6;

/// A part with its lines; without any it says so.
#[component]
pub(super) fn Part(
    /// What the lines are.
    #[prop(into)]
    title: Signal<String>,
    /// The name of the part for tests.
    name: &'static str,
    /// How many lines there are.
    #[prop(into)]
    count: Signal<usize>,
    /// Says that there is none.
    #[prop(into)]
    nothing: Signal<String>,
    /// Makes so many of the lines.
    lines: Callback<usize, AnyView>,
    desk: Desk,
    /// What stands below the lines.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let most = RwSignal::new(SHOWN);
    let rest = Memo::new(move |_| count.get().saturating_sub(most.get()));
    let none = Memo::new(move |_| count.get() == 0);
    view! {
        <section class="meeting__part" data-testid=name>
            <h3>{title}" "<span class="muted">{move || format.count(count.get())}</span></h3>
            <Show when=move || none.get()><p class="small muted">{nothing}</p></Show>
            <ul class="meeting__lines">{move || lines.run(most.get())}</ul>
            <Show when=move || rest.get() != 0>
                <button type="button" class="link no-print" on:click=move |_| most.set(usize::MAX)>
                    {move || t_string!(i18n, coaching.more, count = rest.get(), n = format.count(rest.get())).to_string()}
                </button>
            </Show>
            {children.map(|children| children())}
        </section>
    }
    .into_any()
}

/// A line about a deal: its name, tags, what is to be said of it.
fn line(desk: Desk, deal: DealId, tags: AnyView, said: String, tools: AnyView) -> AnyView {
    view! {
        <li class="meeting__line">
            <div class="meeting__what">
                <a href=Route::Deal(deal.to_string()).href(&Query::default()) data-record>{desk.deal_name(deal)}</a>
                <span class="small muted">{said}</span>
            </div>
            <div class="meeting__tags">{tags}{tools}</div>
        </li>
    }
    .into_any()
}

fn tag(words: &'static str, tone: Tone) -> AnyView {
    view! { <Tag tone=Signal::derive(move || tone)>{words}</Tag> }.into_any()
}

/// The words of a part that do not change.
fn said(desk: Desk, words: Words) -> Signal<String> {
    Signal::derive(move || words(desk.i18n).to_owned())
}

/// A part whose lines are those of a list in the agenda.
fn listed<T: Clone + Send + Sync + 'static>(
    desk: Desk,
    agenda: Memo<Agenda>,
    name: &'static str,
    [title, nothing]: [Words; 2],
    list: fn(&Agenda) -> Vec<T>,
    line: impl Fn(&T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let all = Memo::new_with_compare(move |_| agenda.with(list), |_, _| true);
    let lines =
        Callback::new(move |most: usize| all.with(|all| all.iter().take(most).map(&line).collect_view().into_any()));
    let count = Signal::derive(move || all.with(Vec::len));
    view! { <Part title=said(desk, title) name count nothing=said(desk, nothing) lines desk/> }.into_any()
}

/// What moved.
pub(super) fn moves(desk: Desk, agenda: Memo<Agenda>) -> AnyView {
    let words: [Words; 2] = [|i18n| t_string!(i18n, coaching.moved), |i18n| t_string!(i18n, coaching.nothing_moved)];
    listed(
        desk,
        agenda,
        "meeting-moves",
        words,
        |agenda| agenda.week.moves.clone(),
        move |moved: &Moved| {
            line(
                desk,
                moved.deal,
                tag(desk.way_words(moved.way), way_tone(moved.way)),
                desk.moved_words(moved),
                ().into_any(),
            )
        },
    )
}

/// Gates that were passed without being met.
pub(super) fn skips(desk: Desk, agenda: Memo<Agenda>) -> AnyView {
    let words: [Words; 2] = [|i18n| t_string!(i18n, coaching.skips), |i18n| t_string!(i18n, coaching.no_skips)];
    listed(
        desk,
        agenda,
        "meeting-skips",
        words,
        |agenda| agenda.week.skips().copied().collect(),
        move |moved: &Moved| line(desk, moved.deal, ().into_any(), desk.moved_words(moved), ().into_any()),
    )
}

/// What is stalled, slipped, silent or at risk, each with why and with a way to log what is done about it.
pub(super) fn stuck(desk: Desk, agenda: Memo<Agenda>) -> AnyView {
    let anywhere = use_anywhere();
    let words: [Words; 2] = [|i18n| t_string!(i18n, coaching.stuck), |i18n| t_string!(i18n, coaching.nothing_stuck)];
    listed(
        desk,
        agenda,
        "meeting-stuck",
        words,
        |agenda| agenda.stuck.clone(),
        move |stuck: &Stuck| {
            let deal = stuck.deal;
            let tags = desk.mark_words(stuck).into_iter().map(|words| tag(words, Tone::Warn)).collect_view().into_any();
            let log = view! {
                <Button variant=Variant::Bare on_click=move |_| anywhere.open(Deed::Choose(Preset::deal(deal)))>
                    {move || t_string!(desk.i18n, palette.log)}
                </Button>
            };
            line(desk, deal, tags, desk.stuck_words(stuck), log.into_any())
        },
    )
}

/// The largest risks.
pub(super) fn risks(desk: Desk, agenda: Memo<Agenda>) -> AnyView {
    let words: [Words; 2] = [|i18n| t_string!(i18n, coaching.risks), |i18n| t_string!(i18n, coaching.no_risks)];
    listed(
        desk,
        agenda,
        "meeting-risks",
        words,
        |agenda| agenda.risks.clone(),
        move |deal: &DealId| line(desk, *deal, ().into_any(), desk.deal_facts(*deal), ().into_any()),
    )
}

/// Next actions that are due.
pub(super) fn planned(desk: Desk, agenda: Memo<Agenda>) -> AnyView {
    let words: [Words; 2] =
        [|i18n| t_string!(i18n, coaching.planned), |i18n| t_string!(i18n, coaching.nothing_planned)];
    listed(
        desk,
        agenda,
        "meeting-planned",
        words,
        |agenda| agenda.planned.clone(),
        move |planned: &Planned| line(desk, planned.deal, ().into_any(), desk.planned_words(planned), ().into_any()),
    )
}

/// Deals for which nothing is planned, each with a way to plan.
pub(super) fn unplanned(desk: Desk, agenda: Memo<Agenda>) -> AnyView {
    let words: [Words; 2] = [|i18n| t_string!(i18n, coaching.unplanned), |i18n| t_string!(i18n, coaching.all_planned)];
    listed(
        desk,
        agenda,
        "meeting-unplanned",
        words,
        |agenda| agenda.unplanned.clone(),
        move |deal: &DealId| line(desk, *deal, ().into_any(), desk.deal_facts(*deal), ().into_any()),
    )
}

//! The match-stick game: a target, the sticks that are there, how many more are needed, and what luck makes of it.

use leptos::prelude::*;

use super::{
    super::rounds::{Rounds, seconds},
    hand::Hand,
    reckoning::{Have, Need},
    strike::Strike,
};
use crate::{
    codec::progress::Exercise,
    i18n::{t, t_string, use_i18n},
    training::matches::{Answer, Judged, Level, Round},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
            segmented::Segmented,
        },
        format::{Format, use_format},
        learning::use_learning,
        route::use_navigation,
        timing::moment,
        wording::I18n,
    },
};

/// The key of the level in the address.
const LEVEL: &str = "level";
/// The key of the round.
const ROUND: &str = "sticks";
/// More than anybody answers.
const MOST: u32 = 99;

/// A round at the table. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) i18n: I18n,
    pub(super) format: Format,
    pub(super) round: StoredValue<Round>,
    /// What the answer was worth; `None` before there is one.
    pub(super) judged: RwSignal<Option<Judged>>,
    /// The answer.
    pub(super) answer: RwSignal<Option<Answer>>,
}

impl Desk {
    /// An amount or a number of wins, without its unit where wins are counted.
    pub(super) fn amount(self, amount: f64) -> String {
        if self.round.with_value(|round| round.level.counts_money()) {
            t_string!(self.i18n, learn.games.money, n = self.format.number(amount, 1)).to_string()
        } else {
            self.format.number(amount, 2)
        }
    }

    /// The same of a whole number, with its unit.
    pub(super) fn whole(self, sum: u32) -> String {
        if self.round.with_value(|round| round.level.counts_money()) {
            return self.amount(f64::from(sum));
        }
        let n = self.format.count(sum as usize);
        t_string!(self.i18n, learn.games.wins, count = sum, n = n).to_string()
    }

    pub(super) fn target(self) -> u32 {
        self.round.with_value(|round| round.target)
    }
}

/// The game.
#[component]
pub(super) fn SticksGame() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let rounds = Rounds::follow(ROUND, Exercise::Sticks);
    let level = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get(LEVEL).map(str::to_owned));
        Level::ALL.into_iter().find(|level| Some(level.code()) == code.as_deref()).unwrap_or(Level::Even)
    });
    let options = Level::ALL.map(|level| (level, Signal::derive(move || title(i18n, level).to_owned()))).to_vec();
    let choose = move |level: Level| navigation.set_query(LEVEL, (level != Level::Even).then_some(level.code()));
    view! {
        <p class="games__intro">{t!(i18n, learn.games.sticks_what)}</p>
        <Segmented
            label=Signal::derive(move || t_string!(i18n, learn.games.level).to_owned())
            options
            value=level
            on_change=choose
        />
        // A round of its own for each level and seed: nothing of the one before is left.
        {move || {
            let round = Round::of(level.get(), rounds.seed.get());
            view! { <Table round rounds/> }
        }}
    }
    .into_any()
}

fn title(i18n: I18n, level: Level) -> &'static str {
    match level {
        Level::Even => t_string!(i18n, learn.games.even),
        Level::Mixed => t_string!(i18n, learn.games.mixed),
        Level::Money => t_string!(i18n, learn.games.amounts),
        Level::Whale => t_string!(i18n, learn.games.whale),
    }
}

/// One round.
#[component]
fn Table(round: Round, rounds: Rounds) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let sticks = round.sticks.clone();
    let (seed, more) = (round.seed, round.more);
    let desk =
        Desk { i18n, format, round: StoredValue::new(round), judged: RwSignal::new(None), answer: RwSignal::new(None) };
    let question = move || {
        let odds = format.percent(more.odds.as_f64(), 0);
        let target = desk.whole(desk.target());
        if desk.round.with_value(|round| round.level.counts_money()) {
            let worth = desk.amount(f64::from(more.worth));
            t_string!(i18n, learn.games.ask_money, target = target, odds = odds, worth = worth).to_string()
        } else {
            t_string!(i18n, learn.games.ask, target = target, odds = odds).to_string()
        }
    };
    view! {
        <section class="card games__part" data-testid="sticks-round" data-seed=seed.to_string()>
            <div class="card__head">
                <h2>{move || t_string!(i18n, learn.games.round, n = seed.to_string()).to_string()}</h2>
                <Button icon=icondata_lu::LuArrowRight on_click=move |_| rounds.next()>{t!(i18n, learn.games.next)}</Button>
            </div>
            <p>{question}</p>
            <Hand desk sticks=Signal::stored(sticks) lit=Signal::stored(None::<Vec<bool>>)/>
            <div class="games__pair">
                <Have desk/>
                <Ask desk/>
            </div>
        </section>
        <Show when=move || desk.judged.with(Option::is_some)>
            <Need desk/>
            <Strike desk/>
        </Show>
    }
    .into_any()
}

/// The two questions.
#[component]
fn Ask(desk: Desk) -> impl IntoView {
    let (i18n, learning, began) = (desk.i18n, use_learning(), moment());
    let (on_average, sure) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|number| *number <= MOST);
    let objection = Callback::new(move |text: String| {
        let wrong = !text.trim().is_empty() && number(&text).is_none();
        wrong.then(|| t_string!(i18n, learn.games.whole_number).to_owned())
    });
    let answer = Memo::new(move |_| {
        Some(Answer { on_average: on_average.with(|text| number(text))?, sure: sure.with(|text| number(text))? })
    });
    let answered = Memo::new(move |_| desk.judged.with(Option::is_some));
    let check = move |_| {
        let Some(answer) = answer.get_untracked() else { return };
        let (judged, key) = desk
            .round
            .with_value(|round| (round.judge(answer), [round.level.code(), "-", &round.seed.to_string()].concat()));
        desk.answer.set(Some(answer));
        desk.judged.set(Some(judged));
        let details = [answer.on_average.to_string(), answer.sure.to_string()].join(" ");
        learning.record(Exercise::Sticks, &key, u8::try_from(judged.total()).unwrap_or(100), seconds(began), details);
    };
    let share = desk.round.with_value(|round| round.level.sure().as_f64());
    view! {
        <div class="stack" data-testid="sticks-ask">
            <Field
                label=Signal::derive(move || t_string!(i18n, learn.games.more_on_average).to_owned())
                kind=FieldKind::Number
                value=on_average
                on_input=move |text: String| on_average.set(text)
                on_change=move |text: String| on_average.set(text)
                check=objection
            />
            <Field
                label=Signal::derive(move || {
                    t_string!(i18n, learn.games.more_sure, share = desk.format.percent(share, 0)).to_string()
                })
                kind=FieldKind::Number
                value=sure
                on_input=move |text: String| sure.set(text)
                on_change=move |text: String| sure.set(text)
                check=objection
            />
            <div class="row">
                <Button
                    variant=Variant::Primary
                    disabled=Signal::derive(move || answered.get() || answer.get().is_none())
                    on_click=check
                >
                    {t!(i18n, learn.games.check)}
                </Button>
                <Show when=move || answered.get()>
                    <strong role="status" data-testid="sticks-points">
                        {move || desk.judged.get().map(|judged| points(desk, judged.total()))}
                    </strong>
                </Show>
            </div>
        </div>
    }
    .into_any()
}

fn points(desk: Desk, points: u32) -> String {
    t_string!(desk.i18n, learn.games.points, n = desk.format.count(points as usize)).to_string()
}

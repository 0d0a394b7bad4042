//! The figures on top: how uneven the potential is shared.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::t_string,
    metrics::{
        LeftOut,
        balance::{Balance, Side},
    },
    ui::{
        clock::use_clock,
        components::{explain::Explain, stat::Stat},
        format::UNKNOWN,
        parts::behind::left_out_words,
    },
};

/// The figures; with a draft, what they were before it.
#[component]
pub(super) fn Stats(desk: Desk) -> impl IntoView {
    let (i18n, format, amounts) = (desk.i18n, desk.format, desk.amounts);
    let drafted = move || desk.pending.with(|pending| !pending.is_empty());
    // The note of a figure; while there is a draft, the figure before it.
    let note = move |was: Signal<String>, note: Signal<String>| {
        Signal::derive(move || {
            if drafted() { t_string!(i18n, team.balance.before, figure = was.get()).to_string() } else { note.get() }
        })
    };
    let spread = move |balance: &Balance| {
        let share = format.percent(balance.relative_spread(), 0);
        let spread = amounts.sum(balance.spread());
        t_string!(i18n, team.balance.spread_figure, spread = spread, share = share).to_string()
    };
    let gini = move |balance: &Balance| format.number(balance.gini(), 2);
    let within = move |balance: &Balance| {
        let (within, all) = (format.count(balance.on(Side::Within)), format.count(balance.people.len()));
        t_string!(i18n, team.balance.within_figure, within = within, all = all).to_string()
    };
    let now = move |figure: &dyn Fn(&Balance) -> String| desk.after.with(|balance| figure(balance));
    let was = move |figure: &dyn Fn(&Balance) -> String| desk.before.with(|reading| figure(&reading.balance));
    let words =
        move |words: fn(crate::ui::wording::I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let counted = counted(desk);
    let left_out = Signal::derive(move || {
        desk.before.with(|reading| {
            let left_out: &LeftOut = &reading.balance.left_out;
            let elsewhere = reading.balance.elsewhere.len();
            let others = (elsewhere > 0).then(|| {
                t_string!(i18n, team.balance.elsewhere, count = elsewhere, n = format.count(elsewhere)).to_string()
            });
            let parts = [Some(left_out_words(i18n, format, left_out)), others];
            let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            (!parts.is_empty()).then(|| parts.join(" · "))
        })
    });
    let sides = Signal::derive(move || {
        desk.after.with(|balance| {
            let (below, above) = (format.count(balance.on(Side::Below)), format.count(balance.on(Side::Above)));
            t_string!(i18n, team.balance.within_note, below = below, above = above).to_string()
        })
    });
    let mean = Signal::derive(move || {
        #[expect(clippy::cast_possible_truncation, reason = "an amount of the workspace")]
        let mean = desk.before.with(|reading| reading.balance.mean()).map(|mean| mean.round() as i64);
        t_string!(i18n, team.balance.mean_note, mean = amounts.short(mean)).to_string()
    });
    let open_all = move |()| {
        let mut rows = desk.before.with_untracked(|reading| {
            reading.balance.people.iter().flat_map(|holder| holder.deals.clone()).collect::<Vec<_>>()
        });
        rows.sort_unstable();
        let words = left_out.get_untracked().unwrap_or_default();
        desk.opener.run(t_string!(i18n, team.balance.total).to_owned(), &rows, words);
    };
    let explain = move |formula: Signal<String>| view! { <Explain formula counted left_out/> };
    view! {
        <div class="tiles" data-testid="balance-stats">
            <Stat
                label=words(|i18n| t_string!(i18n, team.balance.total))
                figure=Signal::derive(move || desk.after.with(|balance| amounts.sum(Some(balance.total()))))
                note=mean
                on_open=open_all
            >
                {explain(words(|i18n| t_string!(i18n, team.balance.total_how)))}
            </Stat>
            <Stat
                label=words(|i18n| t_string!(i18n, team.balance.within))
                figure=Signal::derive(move || now(&within))
                note=note(Signal::derive(move || was(&within)), sides)
            >
                {explain(words(|i18n| t_string!(i18n, team.balance.within_how)))}
            </Stat>
            <Stat
                label=words(|i18n| t_string!(i18n, team.balance.spread))
                figure=Signal::derive(move || now(&spread))
                note=note(Signal::derive(move || was(&spread)), words(|i18n| t_string!(i18n, team.balance.spread_note)))
            >
                {explain(words(|i18n| t_string!(i18n, team.balance.spread_how)))}
            </Stat>
            <Stat
                label=words(|i18n| t_string!(i18n, team.balance.gini))
                figure=Signal::derive(move || now(&gini))
                note=note(Signal::derive(move || was(&gini)), words(|i18n| t_string!(i18n, team.balance.gini_note)))
            >
                {explain(words(|i18n| t_string!(i18n, team.balance.gini_how)))}
            </Stat>
        </div>
    }
    .into_any()
}

/// What the figures count, in words.
fn counted(desk: Desk) -> Signal<String> {
    let (i18n, format, today) = (desk.i18n, desk.format, use_clock().today);
    Signal::derive(move || {
        let (deals, people) = desk.before.with(|reading| {
            let people = &reading.balance.people;
            (people.iter().map(|holder| holder.deals.len()).sum::<usize>(), people.len())
        });
        if people == 0 {
            return UNKNOWN.to_owned();
        }
        let (deals, people, today) = (format.count(deals), format.count(people), format.date(today.get()));
        t_string!(i18n, team.balance.counted, deals = deals, people = people, today = today).to_string()
    })
}

//! Which two periods are compared: a usual pair, or four dates; all of it in the address.

use leptos::prelude::*;

use super::super::Desk;
use crate::{
    i18n::{t_string, use_i18n},
    metrics::{Period, comparison::Preset},
    model::Date,
    store::use_store,
    ui::{
        components::field::{Field, FieldKind, SelectField},
        route::{Navigation, use_navigation},
        wording::I18n,
    },
};

/// The dates in the address: first and last day of the earlier period, then of the later one.
const DATES: [&str; 4] = ["then-from", "then-to", "now-from", "now-to"];
/// What the choice says while dates are given by hand.
const OWN: &str = "own";

const fn code(preset: Preset) -> &'static str {
    match preset {
        Preset::Month => "month",
        Preset::Quarter => "quarter",
        Preset::Year => "fiscal",
        Preset::LastYear => "last-year",
    }
}

fn name(i18n: I18n, preset: Preset) -> &'static str {
    match preset {
        Preset::Month => t_string!(i18n, analysis.periods.preset.month),
        Preset::Quarter => t_string!(i18n, analysis.periods.preset.quarter),
        Preset::Year => t_string!(i18n, analysis.periods.preset.fiscal),
        Preset::LastYear => t_string!(i18n, analysis.periods.preset.last_year),
    }
}

fn preset(navigation: Navigation) -> Preset {
    let wished = navigation.query.with(|query| query.get("compare").map(str::to_owned));
    Preset::ALL.into_iter().find(|one| Some(code(*one)) == wished.as_deref()).unwrap_or_default()
}

fn date(navigation: Navigation, key: &str) -> Option<Date> {
    navigation.query.with(|query| query.get(key).and_then(|day| day.parse().ok()))
}

/// The earlier and the later period of the address, followed.
pub(super) fn use_periods(desk: Desk) -> Memo<(Period, Period)> {
    let (store, navigation) = (use_store(), use_navigation());
    Memo::new(move |_| {
        let day = desk.scope.with(|scope| scope.as_of);
        let year = store.with(|workspace| workspace.profile.fiscal_year_start);
        let today = Period { from: day, to: day };
        let (then, now) = preset(navigation).periods(day, year).unwrap_or((today, today));
        let usual = [then.from, then.to, now.from, now.to];
        let mut dates = DATES.into_iter().zip(usual).map(|(key, usual)| date(navigation, key).unwrap_or(usual));
        let mut period = || {
            let (from, to) = (dates.next().unwrap_or(day), dates.next().unwrap_or(day));
            // Who writes the later day first means the same days.
            Period { from: from.min(to), to: from.max(to) }
        };
        (period(), period())
    })
}

/// The fields that choose.
#[component]
pub(super) fn Choice(periods: Memo<(Period, Period)>) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let is_own = move || DATES.iter().any(|key| date(navigation, key).is_some());
    let options = Signal::derive(move || {
        let presets = Preset::ALL.map(|one| (code(one).to_owned(), name(i18n, one).to_owned()));
        let own = is_own().then(|| (OWN.to_owned(), t_string!(i18n, analysis.periods.preset.own).to_owned()));
        presets.into_iter().chain(own).collect::<Vec<_>>()
    });
    let value = move || if is_own() { OWN.to_owned() } else { code(preset(navigation)).to_owned() };
    let choose = move |chosen: String| {
        if chosen == OWN {
            return;
        }
        for key in DATES {
            navigation.set_query(key, None);
        }
        navigation.set_query("compare", (chosen != code(Preset::default())).then_some(chosen.as_str()));
    };
    let field = move |place: usize, label: fn(I18n) -> &'static str| {
        let shown = move || {
            let (then, now) = periods.get();
            [then.from, then.to, now.from, now.to].get(place).map(Date::to_string).unwrap_or_default()
        };
        let set = move |text: String| {
            if let Some(key) = DATES.get(place) {
                navigation.set_query(key, text.parse::<Date>().ok().map(|_| text.as_str()));
            }
        };
        view! {
            <Field
                label=Signal::derive(move || label(i18n).to_owned())
                kind=FieldKind::Date
                value=Signal::derive(shown)
                on_change=set
            />
        }
    };
    view! {
        <div class="row periods__choice no-print">
            <SelectField
                label=Signal::derive(move || t_string!(i18n, analysis.periods.compare).to_owned())
                options
                value=Signal::derive(value)
                on_change=choose
            />
            {field(2, |i18n| t_string!(i18n, analysis.periods.now_from))}
            {field(3, |i18n| t_string!(i18n, analysis.periods.now_to))}
            {field(0, |i18n| t_string!(i18n, analysis.periods.then_from))}
            {field(1, |i18n| t_string!(i18n, analysis.periods.then_to))}
        </div>
    }
    .into_any()
}

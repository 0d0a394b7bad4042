//! What came of the quotas of some months: money and percent, the pace against the calendar, and the coverage of what is left.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Line, Months, Wish, lines};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Attainment, Holding,
        quota::{attainments, of_people},
        quota_pace::{Coverage, Days, QuotaPace, Whose, WinRate, coverage, pace},
    },
    model::QuotaOf,
    ui::{
        components::{empty::Empty, explain::Explain, segmented::Segmented, tag::Tone},
        format::{Format, UNKNOWN, use_format},
        parts::{behind::left_out_words, counted::made_anew},
        wording::I18n,
    },
};

/// How far behind is worth watching, and from where on it is ill: a share of what should be there.
const WATCH: f64 = -0.2;

/// What there is to say of one line.
#[derive(Clone, Debug)]
struct Row {
    line: Line,
    attained: Attainment,
    pace: Option<QuotaPace>,
    coverage: Option<Coverage>,
    rate: WinRate,
}

/// The card.
#[component]
pub(super) fn Attained(wish: Wish, months: Months) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let days = RwSignal::new(Days::Calendar);
    let company = Memo::new(move |_| t_string!(i18n, forecast.quota.company).to_owned());
    let rows = Memo::new_with_compare(
        move |_| {
            let counted = wish.counted.get();
            let (first, span, days) = (months.first.get(), months.span.get(), days.get());
            wish.scope.with(|scope| {
                let lines = lines(&counted.workspace, &scope.filter, company.get());
                let whom: Vec<QuotaOf> = lines.iter().map(|line| line.of).collect();
                let attained =
                    attainments(&counted.workspace, &counted.frame, scope.as_of, &whom, first, span.months());
                let rates = WinRate::of_each(&counted.frame, scope.as_of, &whom);
                let rows = lines.into_iter().zip(attained).zip(rates).filter_map(|((line, attained), rate)| {
                    let attained = attained?;
                    let (pace, coverage) = (pace(&attained, scope.as_of, days), coverage(&attained));
                    Some(Row { line, attained, pace, coverage, rate })
                });
                Arc::new(rows.collect::<Vec<_>>())
            })
        },
        made_anew,
    );
    let any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let title = move || [t_string!(i18n, forecast.quota.attainment), &months.words(format)].join(" · ");
    let gone = move || {
        let row = rows.with(|rows| rows.first().and_then(|row| row.pace.map(|pace| pace.gone)))?;
        let day = format.date(wish.scope.with(|scope| scope.as_of));
        let (done, of) = (format.count(row.gone as usize), format.count(row.of as usize));
        let share = format.percent(row.share(), 0);
        Some(t_string!(i18n, forecast.quota.attained.gone, day = day, gone = done, of = of, share = share).to_string())
    };
    let options = [Days::Calendar, Days::Weekdays].map(|days| (days, Signal::derive(move || days_name(i18n, days))));
    let nothing = move || {
        let says_nothing = wish.scope.with(|scope| of_people(&scope.filter).is_none());
        let words = if says_nothing {
            t_string!(i18n, forecast.quota.only_people)
        } else {
            t_string!(i18n, forecast.quota.attained.nothing)
        };
        view! {
            <Empty icon=icondata_lu::LuTarget text=Signal::derive(move || words.to_owned())>
                <a class="button button--primary" href="#/forecast?tab=quotas&part=plan">{t!(i18n, forecast.quota.plan)}</a>
            </Empty>
        }
    };
    view! {
        <section class="card stack" data-testid="quota-attained">
            <h2>{title}</h2>
            <Show when=move || any.get() fallback=nothing>
                <div class="quotas__gone">
                    <p class="muted small">{gone}" "{move || days_what(i18n, days.get())}</p>
                    <div class="no-print">
                        <Segmented
                            label=Signal::derive(move || t_string!(i18n, forecast.quota.attained.days).to_owned())
                            options=options.to_vec()
                            value=days
                            on_change=move |chosen| days.set(chosen)
                        />
                    </div>
                </div>
                <Table wish months rows/>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn Table(wish: Wish, months: Months, rows: Memo<Arc<Vec<Row>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let body = move || rows.with(|rows| rows.iter().map(|row| line(wish, i18n, format, row)).collect_view());
    let period = Signal::derive(move || months.words(format));
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, forecast.quota.attainment)>
            <table class="table figures quotas__attained">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, forecast.quota.whose)}</th>
                        <th scope="col">
                            {t!(i18n, forecast.quota.attained.asked)}
                            <Explain formula=Signal::derive(move || t_string!(i18n, forecast.quota.what).to_owned()) counted=period/>
                        </th>
                        <th scope="col">
                            {t!(i18n, forecast.quota.attained.won)}
                            <Explain formula=Signal::derive(move || t_string!(i18n, forecast.quota.attained.won_formula).to_owned()) counted=period/>
                        </th>
                        <th scope="col">
                            {t!(i18n, forecast.quota.attained.pace)}
                            <Explain formula=Signal::derive(move || t_string!(i18n, forecast.quota.attained.pace_formula).to_owned()) counted=period/>
                        </th>
                        <th scope="col">
                            {t!(i18n, forecast.quota.attained.per_week)}
                            <Explain formula=Signal::derive(move || t_string!(i18n, forecast.quota.attained.week_formula).to_owned()) counted=period/>
                        </th>
                        <th scope="col">{t!(i18n, forecast.quota.attained.coverage)}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "amounts that are shown")]
fn line(wish: Wish, i18n: I18n, format: Format, row: &Row) -> AnyView {
    let Row { line, attained, pace, .. } = row;
    let name = line.name.clone();
    let asked = wish.money(format, attained.asked.amount as f64);
    let title = [t_string!(i18n, forecast.quota.attained.won), &name].join(" · ");
    let won = deals(wish, i18n, format, title, wish.money(format, attained.won.amount as f64), &attained.won);
    let left = attained.left();
    let per_week = match pace.and_then(|pace| pace.per_week) {
        _ if left <= 0.0 => t_string!(i18n, forecast.quota.attained.reached).to_owned(),
        Some(per_week) => wish.money(format, per_week),
        None => t_string!(i18n, forecast.quota.attained.over).to_owned(),
    };
    let missing = (left > 0.0).then(|| {
        let left = wish.money(format, left);
        view! { <span class="muted small figures__count">{t_string!(i18n, forecast.quota.attained.left, left = left).to_string()}</span> }
    });
    view! {
        <tr data-whose=code(line.of)>
            <th scope="row">{name}</th>
            <td>{asked}</td>
            <td>{won}<b class="quotas__share">{format.percent(attained.share(), 0)}</b></td>
            <td>{pace.map(|pace| against_calendar(wish, i18n, format, attained, &pace))}</td>
            <td>{per_week}{missing}</td>
            <td>{covered(wish, i18n, format, row)}</td>
        </tr>
    }
    .into_any()
}

const fn code(of: QuotaOf) -> &'static str {
    match of {
        QuotaOf::Company {} => "company",
        QuotaOf::Department { .. } => "department",
        QuotaOf::Person { .. } => "person",
    }
}

/// A figure that opens its deals; plain without any.
fn deals(wish: Wish, i18n: I18n, format: Format, title: String, figure: String, holding: &Holding) -> AnyView {
    if holding.deals.is_empty() {
        return figure.into_any();
    }
    let (rows, left_out) = (holding.deals.clone(), left_out_words(i18n, format, &holding.left_out));
    let open = move |_| wish.opener.run(title.clone(), &rows, left_out.clone());
    view! { <button type="button" class="link" on:click=open>{figure}</button> }.into_any()
}

/// The bar of what was won with the mark of today, and how far ahead or behind that is.
fn against_calendar(wish: Wish, i18n: I18n, format: Format, attained: &Attainment, pace: &QuotaPace) -> AnyView {
    let share = attained.share().unwrap_or_default();
    let gone = pace.gone.share().unwrap_or_default();
    let tone = match pace.ahead_share {
        Some(ahead) if ahead < WATCH => Tone::Bad,
        Some(ahead) if ahead < 0.0 => Tone::Warn,
        Some(_) => Tone::Good,
        None => Tone::Neutral,
    };
    let (won, past) = (format.percent(share, 0), format.percent(gone, 0));
    let label = t_string!(i18n, forecast.quota.attained.bar, won = won, gone = past).to_string();
    let amount = wish.money(format, pace.ahead.abs());
    let amount = match pace.ahead_share {
        Some(ahead) => {
            let percent = format.percent(ahead.abs(), 0);
            if ahead < 0.0 {
                t_string!(i18n, forecast.quota.attained.behind, amount = amount, percent = percent).to_string()
            } else {
                t_string!(i18n, forecast.quota.attained.ahead, amount = amount, percent = percent).to_string()
            }
        }
        None => t_string!(i18n, forecast.quota.attained.not_begun).to_owned(),
    };
    let expected = wish.money(format, pace.expected);
    view! {
        <div class="attained__pace" data-tone=tone.as_str()>
            <div
                class="attained__pace-bar"
                role="img"
                aria-label=label.clone()
                title=label
                style:--share=share.clamp(0.0, 1.0).to_string()
                style:--mark=gone.to_string()
            ></div>
            <span class="attained__pace-words small">{amount}</span>
            <span class="muted small">{t_string!(i18n, forecast.quota.attained.expected, amount = expected).to_string()}</span>
        </div>
    }
    .into_any()
}

/// The coverage there is, the one that is needed, and where that comes from.
fn covered(wish: Wish, i18n: I18n, format: Format, row: &Row) -> AnyView {
    let times = move |value: Option<f64>| {
        let number = value.map(|value| format.number(value, 1));
        number.map_or_else(
            || UNKNOWN.to_owned(),
            |number| t_string!(i18n, forecast.quota.attained.times, n = number).to_string(),
        )
    };
    let rate = &row.rate;
    if row.attained.left() <= 0.0 {
        return t_string!(i18n, forecast.quota.attained.reached).into_any();
    }
    let (there, needed) = (times(row.coverage.map(|coverage| coverage.open)), times(rate.needed()));
    let weighted = times(row.coverage.map(|coverage| coverage.weighted));
    let title = [t_string!(i18n, forecast.quota.attained.coverage), &row.line.name].join(" · ");
    let there = deals(wish, i18n, format, title, there, &row.attained.closing);
    let few = rate.is_thin().then(
        || view! { <span class="muted small figures__count">{t_string!(i18n, forecast.quota.attained.few)}</span> },
    );
    let interval = rate.needed_interval();
    let (low, high) = (times(interval.map(|one| one.low)), times(interval.map(|one| one.high)));
    let decided = format.count(rate.deals.len());
    let won = format.count(rate.rate.map_or(0, |rate| rate.hits()));
    let (from, to) = (format.date(rate.period.from), format.date(rate.period.to));
    let counted = match rate.whose {
        Whose::Own => t_string!(
            i18n,
            forecast.quota.attained.rate_own,
            won = won,
            decided = decided,
            from = from,
            to = to,
            low = low,
            high = high
        )
        .to_string(),
        Whose::Team => t_string!(
            i18n,
            forecast.quota.attained.rate_team,
            won = won,
            decided = decided,
            from = from,
            to = to,
            low = low,
            high = high
        )
        .to_string(),
    };
    let left_out = left_out_words(i18n, format, &row.attained.closing.left_out);
    let left_out = MaybeProp::derive(move || (!left_out.is_empty()).then(|| left_out.clone()));
    view! {
        <div class="quotas__coverage">
            <span>
                {there}" "
                <span class="muted">{t_string!(i18n, forecast.quota.attained.of_needed, needed = needed).to_string()}</span>
            </span>
            <Explain
                formula=Signal::derive(move || t_string!(i18n, forecast.quota.attained.coverage_formula).to_owned())
                counted=Signal::derive(move || counted.clone())
                left_out
            />
        </div>
        <span class="muted small figures__count">{t_string!(i18n, forecast.quota.attained.weighted, there = weighted).to_string()}</span>
        {few}
    }
    .into_any()
}

fn days_name(i18n: I18n, days: Days) -> String {
    match days {
        Days::Calendar => t_string!(i18n, forecast.quota.attained.calendar).to_owned(),
        Days::Weekdays => t_string!(i18n, forecast.quota.attained.weekdays).to_owned(),
    }
}

fn days_what(i18n: I18n, days: Days) -> &'static str {
    match days {
        Days::Calendar => t_string!(i18n, forecast.quota.attained.calendar_what),
        Days::Weekdays => t_string!(i18n, forecast.quota.attained.weekdays_what),
    }
}

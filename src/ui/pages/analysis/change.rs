//! The change waterfall: how the open amount of one day became that of another.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Desk, movement::use_period};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Period,
        movement::{Bucket, Item, Waterfall as Change, waterfall},
    },
    model::Date,
    ui::{
        charts::waterfall::{Waterfall, WaterfallBar},
        components::{
            explain::Explain,
            field::{Field, FieldKind},
            icon::Icon,
            tag::Tone,
        },
        format::{Format, use_format},
        parts::{behind::left_out_words, counted::made_anew},
        route::use_navigation,
        wording::I18n,
    },
};

#[component]
pub(super) fn ChangeTab(desk: Desk) -> impl IntoView {
    let (i18n, format, navigation) = (use_i18n(), use_format(), use_navigation());
    let period = use_period(desk);
    let day =
        move |key: &'static str| navigation.query.with(|query| query.get(key).and_then(|day| day.parse::<Date>().ok()));
    let start = Memo::new(move |_| {
        day("since").unwrap_or_else(|| period.with(|period| period.from.pred_opt().unwrap_or(period.from)))
    });
    let end = Memo::new(move |_| desk.scope.with(|scope| scope.as_of));
    let horizon = Memo::new(move |_| day("closing-by").map(|to| Period { from: start.get(), to }));
    let change = Memo::new_with_compare(
        move |_| {
            let counted = desk.counted.get();
            Arc::new(desk.scope.with(|scope| {
                let view = |day| counted.frame.view(day, &scope.filter);
                waterfall(&view(start.get()), &view(end.get()), horizon.get())
            }))
        },
        made_anew,
    );
    let bars = Signal::derive(move || change.with(|change| draw(desk, i18n, format, change, start.get(), end.get())));
    let on_pick = move |row: usize| {
        let change = change.get_untracked();
        let items: Vec<_> = items(&change).into_iter().collect();
        let Some((_, item)) = items.get(row) else { return };
        let title = bars.with_untracked(|bars| bars.get(row).map(|bar| bar.name.clone())).unwrap_or_default();
        desk.opener.run(title, &item.deals, left_out_words(i18n, format, &change.left_out));
    };
    let residual = move || change.with(|change| change.residual());
    let set = move |key: &'static str| {
        move |text: String| navigation.set_query(key, text.parse::<Date>().ok().map(|_| text.as_str()))
    };
    let left_out = move || {
        let words = change.with(|change| left_out_words(i18n, format, &change.left_out));
        Some(words).filter(|words| !words.is_empty())
    };
    let counted = move || {
        let change = change.get();
        let (start, end) = (format.count(change.start.deals.len()), format.count(change.end.deals.len()));
        t_string!(i18n, analysis.change_counted, start = start, end = end).to_string()
    };
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.change_title)}</h2>
                <div class="row">
                    <Field
                        label=Signal::derive(move || t_string!(i18n, analysis.since).to_owned())
                        kind=FieldKind::Date
                        value=Signal::derive(move || start.get().to_string())
                        on_change=set("since")
                    />
                    <Field
                        label=Signal::derive(move || t_string!(i18n, analysis.closing_by).to_owned())
                        kind=FieldKind::Date
                        value=Signal::derive(move || horizon.get().map(|horizon| horizon.to.to_string()).unwrap_or_default())
                        on_change=set("closing-by")
                    />
                </div>
            </div>
            <p class="muted small">{t!(i18n, analysis.change_what)}</p>
            <Waterfall
                label=Signal::derive(move || t_string!(i18n, analysis.change_title).to_owned())
                bars
                on_pick=Callback::new(on_pick)
            />
            <p class="small analysis__proof" data-testid="waterfall-residual" data-residual=move || residual().to_string()>
                <Icon icon=icondata_lu::LuEqual/>
                {move || t_string!(i18n, analysis.change_adds_up, residual = residual()).to_string()}
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, analysis.change_formula).to_owned())
                    counted=Signal::derive(counted)
                    left_out=MaybeProp::derive(left_out)
                />
            </p>
        </section>
    }
    .into_any()
}

/// What the rows are: the start, every reason for which there is a deal, the end.
fn items(change: &Change) -> Vec<(Option<Bucket>, &Item)> {
    let reasons = Bucket::ALL.into_iter().filter_map(|bucket| Some((Some(bucket), change.changes.get(&bucket)?)));
    std::iter::once((None, &change.start)).chain(reasons).chain([(None, &change.end)]).collect()
}

fn draw(desk: Desk, i18n: I18n, format: Format, change: &Change, start: Date, end: Date) -> Vec<WaterfallBar> {
    let mut level = 0_i128;
    let mut first = true;
    let bar = |(bucket, item): (Option<Bucket>, &Item)| {
        let deals = t_string!(i18n, funnel.deals, count = format.count(item.deals.len())).to_string();
        #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
        let at = |amount: i128| amount as f64;
        let Some(bucket) = bucket else {
            let day = if std::mem::take(&mut first) { start } else { end };
            level = item.change;
            let name = t_string!(i18n, analysis.open_on, day = format.date(day)).to_string();
            let figure = desk.amount(format, item.change);
            return WaterfallBar { name, ends: (0.0, at(item.change)), figure, deals, tone: Tone::Neutral };
        };
        let before = level;
        level += item.change;
        let tone = match (bucket, item.change) {
            (Bucket::Won, _) => Tone::Accent,
            (_, 0..) => Tone::Good,
            _ => Tone::Bad,
        };
        let sign = if item.change > 0 { "+" } else { "" };
        let figure = [sign, &desk.amount(format, item.change)].concat();
        WaterfallBar { name: bucket_name(i18n, bucket).to_owned(), ends: (at(before), at(level)), figure, deals, tone }
    };
    items(change).into_iter().map(bar).collect()
}

fn bucket_name(i18n: I18n, bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::New => t_string!(i18n, analysis.bucket.new),
        Bucket::PulledIn => t_string!(i18n, analysis.bucket.pulled_in),
        Bucket::Increased => t_string!(i18n, analysis.bucket.increased),
        Bucket::Reopened => t_string!(i18n, analysis.bucket.reopened),
        Bucket::TakenOver => t_string!(i18n, analysis.bucket.taken_over),
        Bucket::Decreased => t_string!(i18n, analysis.bucket.decreased),
        Bucket::PushedOut => t_string!(i18n, analysis.bucket.pushed_out),
        Bucket::HandedOver => t_string!(i18n, analysis.bucket.handed_over),
        Bucket::Lost => t_string!(i18n, analysis.bucket.lost),
        Bucket::Dormant => t_string!(i18n, analysis.bucket.dormant),
        Bucket::Won => t_string!(i18n, analysis.bucket.won),
    }
}

//! The table of the quotas, changed where it stands.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use super::{Line, Wish, lines, span_words};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Month, asked,
        quota::{filter_of, of_people},
    },
    model::{Command, Date, Money, Quota, QuotaOf, QuotaSpan, Workspace},
    store::use_store,
    ui::{
        components::icon::Icon,
        format::{Format, UNKNOWN, use_format},
        parts::cell::{Desk, TextCell},
        typed,
    },
};

/// All quotas by whom they are for and when.
type Book = BTreeMap<(QuotaOf, Date, QuotaSpan), Quota>;

/// What is asked of everybody, person by period of a fiscal year.
#[component]
pub(super) fn Table(wish: Wish, span: Memo<QuotaSpan>, year: Memo<Month>) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let book = Memo::new(move |_| {
        store.with(|workspace| {
            let quotas = workspace.quotas.iter().map(|quota| **quota);
            Arc::new(quotas.map(|quota| ((quota.of, quota.from, quota.span), quota)).collect::<Book>())
        })
    });
    let columns = Memo::new(move |_| {
        let (span, first) = (span.get(), year.get());
        let step = usize::try_from(span.months()).unwrap_or(1);
        std::iter::successors(Some(first), |month| Some(month.next())).take(12).step_by(step).collect::<Vec<_>>()
    });
    let all = Memo::new(move |_| t_string!(i18n, forecast.quota.company).to_owned());
    let lines = Memo::new(move |_| {
        let filter = wish.scope.with(|scope| scope.filter.clone());
        store.with(|workspace| lines(workspace, &filter, all.get()))
    });
    let heads = move || {
        let span = span.get();
        let head = |first: Month| view! { <th scope="col">{span_words(format, first, span)}</th> };
        columns.get().into_iter().map(head).collect_view()
    };
    let rows = move || {
        let (columns, span, year) = (columns.get(), span.get(), year.get());
        let row = |line: Line| {
            let cells = columns.iter().map(|first| view! { <td><Cell line=line.clone() first=*first span book/></td> });
            let cells = cells.collect_view();
            let of = line.of;
            let total = move || whole_year(wish, format, store.with(|workspace| amount_of(workspace, of, year, 12)));
            view! { <tr><th scope="row">{line.name}</th>{cells}<td>{total}</td></tr> }
        };
        lines.get().into_iter().map(row).collect_view()
    };
    let say_nothing = move || {
        let says_nothing = wish.scope.with(|scope| of_people(&scope.filter).is_none());
        says_nothing.then(|| view! { <p class="muted">{t!(i18n, forecast.quota.only_people)}</p> })
    };
    view! {
        <section class="card stack" data-testid="quotas">
            <h2>{t!(i18n, forecast.quota.title)}</h2>
            <p class="muted small">{t!(i18n, forecast.quota.what)}</p>
            {say_nothing}
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, forecast.quota.title)>
                <table class="table figures quotas">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, forecast.quota.whose)}</th>
                            {heads}
                            <th scope="col">{t!(i18n, forecast.quota.whole_year)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The quota of somebody in some months; empty, it shows what counts instead.
#[component]
fn Cell(line: Line, first: Month, span: QuotaSpan, book: Memo<Arc<Book>>) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let desk = Desk::new();
    let Line { of, name } = line;
    let digits = Memo::new(move |_| store.with(|workspace| workspace.profile.currency.digits()));
    let from = first.first_day();
    let kept = Memo::new(move |_| book.with(|book| from.and_then(|from| book.get(&(of, from, span)).copied())));
    let value = Signal::derive(move || {
        kept.get().map(|quota| typed::amount_text(quota.amount, digits.get())).unwrap_or_default()
    });
    let otherwise = MaybeProp::derive(move || {
        kept.get().is_none().then(|| {
            let amount = store.with(|workspace| amount_of(workspace, of, first, span.months()));
            let amount = amount.and_then(|minor| Money::from_minor(i64::try_from(minor).ok()?));
            amount.map(|amount| typed::amount_text(amount, digits.get())).unwrap_or_default()
        })
    });
    let change = move |text: String| match (typed::amount(&text, digits.get_untracked()), kept.get_untracked(), from) {
        (Ok(Some(amount)), kept, Some(from)) => {
            let id = kept.map_or_else(|| store.fresh().0.into(), |kept| kept.id);
            let locked = kept.is_some_and(|kept| kept.locked);
            desk.send(Command::PutQuota(Quota { id, of, from, span, amount, locked }));
        }
        (Ok(None), Some(kept), _) => {
            desk.send(Command::RemoveQuota(kept.id));
        }
        (Ok(_), ..) => desk.refusal.set(None),
        (Err(_), ..) => desk.refuse(t_string!(i18n, deals.not_an_amount)),
    };
    let label = move || {
        let (months, code) = (span_words(format, first, span), store.with(|workspace| workspace.profile.currency));
        [&name, " · ", &months, " (", code.code(), ")"].concat()
    };
    let mark = move || {
        let words = t_string!(i18n, forecast.quota.planning.locked);
        kept.get().is_some_and(|kept| kept.locked).then(|| {
            view! { <span class="quotas__lock" role="img" aria-label=words title=words><Icon icon=icondata_lu::LuLock/></span> }
        })
    };
    view! {
        <div class="quotas__cell">
            <TextCell desk label=Signal::derive(label) value numeric=true otherwise on_change=change/>
            {mark}
        </div>
    }
}

/// What is asked of somebody in some months, in minor units.
fn amount_of(workspace: &Workspace, of: QuotaOf, first: Month, months: u32) -> Option<i128> {
    asked(workspace, &filter_of(of), first, months).map(|asked| asked.amount)
}

#[expect(clippy::cast_precision_loss, reason = "an amount that is shown")]
fn whole_year(wish: Wish, format: Format, amount: Option<i128>) -> String {
    amount.map_or_else(|| UNKNOWN.to_owned(), |minor| wish.money(format, minor as f64))
}

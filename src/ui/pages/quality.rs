//! What is wrong with the data: how much of it is sound, each kind of problem with its records, and customers that stand here twice.

mod bulk;
pub(super) mod compare;
mod facts;
mod fix;
mod kind;
pub(super) mod twins;
mod words;

use leptos::prelude::*;

use self::{
    kind::{Kind, Opened},
    twins::{Twins, use_pairs},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Problem, Quality, Severity, quality},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{explain::Explain, stat::Stat},
        format::use_format,
        parts::nothing::{NoRecords, NoWorkspace},
    },
};

/// What is wrong with the data.
#[component]
pub fn QualityPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let bare = Memo::new(move |_| store.with(|workspace| workspace.deals.is_empty() && workspace.customers.is_empty()));
    view! {
        <h1>{t!(i18n, quality.title)}</h1>
        {move || if opened.get().is_none() {
            view! {
                <NoWorkspace icon=icondata_lu::LuListChecks text=Signal::derive(move || t_string!(i18n, quality.no_workspace).to_owned())/>
            }.into_any()
        } else if bare.get() {
            view! {
                <NoRecords icon=icondata_lu::LuListChecks text=Signal::derive(move || t_string!(i18n, quality.no_data).to_owned())/>
            }.into_any()
        } else {
            view! { <Report/> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Report() -> impl IntoView {
    let (i18n, store, clock) = (use_i18n(), use_store(), use_clock());
    let report = Memo::new(move |_| store.with(|workspace| quality(workspace, clock.today.get())));
    let pairs = use_pairs(store);
    let opened = Opened::default();
    let kinds = move |of_deal: bool| {
        let shown = move || {
            let there = |problem: &Problem| report.with(|report| report.finding(*problem).is_some());
            let wanted = |problem: &Problem| problem.of_deal() == of_deal && (opened.is(*problem) || there(problem));
            Problem::ALL.into_iter().filter(wanted).collect::<Vec<_>>()
        };
        let none = Memo::new(move |_| shown().is_empty());
        view! {
            <For each=shown key=|problem| *problem let(problem)><Kind problem report opened/></For>
            <Show when=move || none.get()>
                <p class="quality__fine">
                    {move || if of_deal { t_string!(i18n, quality.deals_fine) } else { t_string!(i18n, quality.customers_fine) }}
                </p>
            </Show>
        }
    };
    let fine = Memo::new(move |_| {
        report.with(|report| report.findings.is_empty())
            && pairs.with(|pairs| pairs.as_ref().is_some_and(Vec::is_empty))
    });
    view! {
        <div class="quality">
            <Figures report pairs=Signal::derive(move || pairs.with(|pairs| pairs.as_ref().map(Vec::len)))/>
            <Show when=move || fine.get()>
                <p class="quality__all-fine" data-testid="quality-fine">{t!(i18n, quality.all_fine)}</p>
            </Show>
            <section class="quality__part">
                <h2>{t!(i18n, quality.deals)}</h2>
                {kinds(true)}
            </section>
            <section class="quality__part">
                <h2>{t!(i18n, quality.customers)}</h2>
                {kinds(false)}
            </section>
            <section class="quality__part">
                <h2>{t!(i18n, quality.twins)}</h2>
                <Twins pairs/>
            </section>
        </div>
    }
    .into_any()
}

/// The figures on top: how much is sound, and how much there is to do.
#[component]
fn Figures(report: Memo<Quality>, pairs: Signal<Option<usize>>) -> impl IntoView {
    let (i18n, format, clock) = (use_i18n(), use_format(), use_clock());
    let of = move |severity: Severity| {
        report.with(|report| {
            let kinds = report.findings.iter().filter(|finding| finding.problem.severity() == severity);
            kinds.map(|finding| finding.subjects.len()).sum::<usize>()
        })
    };
    let (sound, open) = (move || report.with(|report| report.sound), move || report.with(|report| report.open));
    let note = move || {
        let (sound, open) = (format.count(sound()), format.count(open()));
        t_string!(i18n, quality.sound_note, sound = sound, open = open).to_string()
    };
    let counted = move || {
        let (sound, open, today) = (format.count(sound()), format.count(open()), format.date(clock.today.get()));
        t_string!(i18n, quality.sound_counted, sound = sound, open = open, today = today).to_string()
    };
    // A share that is not whole is not shown as one.
    let share = move || {
        let share = report.with(Quality::share);
        let whole = share.is_some_and(|share| share >= 1.0);
        format.percent(share.map(|share| if whole { 1.0 } else { share.min(0.99) }), 0)
    };
    view! {
        <div class="quality__figures">
            <div class="card quality__sound" data-testid="quality-sound">
                <div class="stat__head">
                    <span class="muted">{t!(i18n, quality.sound)}</span>
                    <Explain formula=Signal::derive(move || t_string!(i18n, quality.sound_how).to_owned()) counted=Signal::derive(counted)/>
                </div>
                <div class="quality__share">{share}</div>
                <div class="stat__note muted">{note}</div>
            </div>
            <Stat
                label=Signal::derive(move || t_string!(i18n, quality.must_count).to_owned())
                figure=Signal::derive(move || format.count(of(Severity::Must)))
                note=Signal::derive(move || t_string!(i18n, quality.must_note).to_owned())
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, quality.should_count).to_owned())
                figure=Signal::derive(move || format.count(of(Severity::Should)))
                note=Signal::derive(move || t_string!(i18n, quality.should_note).to_owned())
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, quality.twins_count).to_owned())
                figure=Signal::derive(move || format.count(pairs.get()))
            />
        </div>
    }
    .into_any()
}

//! All profiles with what they let through, and whether they are any good.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    codec::content::{self, IdSource},
    i18n::{t, t_string, use_i18n},
    metrics::{Decided, Screening, TrackRecord, track_record},
    model::{Command, Share, Target, TargetId, Workspace},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            explain::Explain,
        },
        format::{Format, UNKNOWN, use_format},
        parts::mover::Mover,
        route::{Query, Route, use_navigation},
        settings::use_settings,
        wording::I18n,
    },
};

/// Where a new profile draws its line.
const USUAL_LINE: Share = Share::percent(60);

/// What a row shows.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    target: Arc<Target>,
    passing: usize,
    customers: usize,
    record: TrackRecord,
}

impl Row {
    fn of(target: &Arc<Target>, workspace: &Workspace, desk: Desk) -> Self {
        let row = |screening: &Screening| Self {
            target: target.clone(),
            passing: screening.passing(),
            customers: workspace.customers.len(),
            record: track_record(workspace, screening),
        };
        // The page has scored the profile that it shows.
        if desk.shown.with(|shown| shown.as_ref() == Some(&**target)) {
            desk.screening.with(row)
        } else {
            row(&Screening::of(&workspace.customers, target))
        }
    }
}

/// What the rows depend on. Comparing two is a few pointers.
#[derive(Clone, Debug)]
struct Sources(Workspace);

impl PartialEq for Sources {
    fn eq(&self, other: &Self) -> bool {
        self.0.targets.same(&other.0.targets) && self.counts_as(other)
    }
}

impl Sources {
    /// Whether the same profile lets the same customers pass in both, with the same outcomes.
    fn counts_as(&self, other: &Self) -> bool {
        self.0.customers.same(&other.0.customers) && self.0.deals.same(&other.0.deals)
    }
}

/// The rows of the profiles, and what they were counted from.
#[derive(Clone, Debug, PartialEq)]
struct Counted {
    rows: Vec<Row>,
    sources: Sources,
}

impl Counted {
    /// The rows; what `before` says of a profile still holds where nothing changed.
    fn of(sources: Sources, before: Option<&Self>, desk: Desk) -> Self {
        let before = before.filter(|before| before.sources.counts_as(&sources));
        let row = |target: &Arc<Target>| {
            let known = before.and_then(|before| before.rows.iter().find(|row| Arc::ptr_eq(&row.target, target)));
            known.cloned().unwrap_or_else(|| Row::of(target, &sources.0, desk))
        };
        Self { rows: sources.0.targets.iter().map(row).collect(), sources }
    }
}

/// The table of profiles; the one that is looked at is marked.
#[component]
pub(super) fn List(chosen: Memo<Option<TargetId>>, desk: Desk, mover: Mover, new: Callback<()>) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let sources = Memo::new(move |_| Sources(store.with(Workspace::clone)));
    let counted = Memo::new(move |before: Option<&Counted>| Counted::of(sources.get(), before, desk));
    let ids = move || counted.with(|counted| counted.rows.iter().map(|row| row.target.id).collect::<Vec<_>>());
    let row = move |id: TargetId| {
        let known =
            Memo::new(move |_| counted.with(|counted| counted.rows.iter().find(|row| row.target.id == id).cloned()));
        let see = move |show: &dyn Fn(&Row) -> String| known.with(|row| row.as_ref().map(show)).unwrap_or_default();
        let name = move || see(&|row| row.target.name.clone());
        let current = move || (chosen.get() == Some(id)).then_some("true");
        let href = Route::Targets.href(&Query::default().with("profile", &id.to_string()));
        let passing = move || {
            see(&|row| {
                let (passing, all) = (format.count(row.passing), format.count(row.customers));
                t_string!(i18n, targets.of, some = passing, all = all).to_string()
            })
        };
        view! {
            <tr aria-current=current>
                <th scope="row"><a href=href>{name}</a></th>
                <td>{move || see(&|row| format.count(row.target.wishes.len()))}</td>
                <td>{passing}</td>
                <td>{move || see(&|row| won(i18n, format, row.record.inside))}</td>
                <td>{move || see(&|row| won(i18n, format, row.record.outside))}</td>
                <td><Actions id name=Signal::derive(name) mover/></td>
            </tr>
        }
    };
    view! {
        <section class="card stack" aria-label=move || t_string!(i18n, targets.list)>
            <div class="table-scroll" tabindex="0">
                <table class="table targets__list" data-testid="targets-list">
                    <thead><tr>
                        <th scope="col">{t!(i18n, targets.name)}</th>
                        <th scope="col">{t!(i18n, targets.wishes)}</th>
                        <th scope="col">{t!(i18n, targets.passing)}</th>
                        <th scope="col">
                            <span class="targets__explained">
                                {t!(i18n, targets.won_inside)}
                                <Explain
                                    formula=Signal::derive(move || t_string!(i18n, targets.won_formula).to_owned())
                                    counted=Signal::derive(move || t_string!(i18n, targets.won_counted).to_owned())
                                    left_out=Signal::derive(move || Some(t_string!(i18n, targets.won_left_out).to_owned()))
                                />
                            </span>
                        </th>
                        <th scope="col">{t!(i18n, targets.won_outside)}</th>
                        <th scope="col"><span class="visually-hidden">{t!(i18n, targets.actions)}</span></th>
                    </tr></thead>
                    <tbody><For each=ids key=|id| *id children=row/></tbody>
                </table>
            </div>
            <div class="row"><Button icon=icondata_lu::LuPlus on_click=move |_| new.run(())>{t!(i18n, targets.new)}</Button></div>
        </section>
    }
    .into_any()
}

/// The share won with the counts behind it; too few say so.
fn won(i18n: I18n, format: Format, decided: Decided) -> String {
    match decided.rate() {
        Some(rate) => {
            let (share, won, of) =
                (format.percent(rate.value(), 0), format.count(rate.hits()), format.count(rate.of()));
            t_string!(i18n, targets.won, share = share, won = won, of = of).to_string()
        }
        None if decided.of == 0 => UNKNOWN.to_owned(),
        None => {
            let (won, of) = (format.count(decided.won), format.count(decided.of));
            t_string!(i18n, targets.too_few, won = won, of = of).to_string()
        }
    }
}

/// Duplicates or removes a profile.
#[component]
fn Actions(id: TargetId, name: Signal<String>, mover: Mover) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let duplicate = move |_| {
        let Some(known) = store.peek(|workspace| workspace.targets.get(id).cloned()) else { return };
        let copy = TargetId::new(store.fresh());
        let name = t_string!(i18n, targets.copy_of, name = known.name.clone()).to_string();
        let target = Target { id: copy, name, ..Arc::unwrap_or_clone(known) };
        match store.dispatch(Command::PutTarget(target)) {
            Ok(_) => navigation.set_query("profile", Some(&copy.to_string())),
            Err(refused) => mover.complain(&refused),
        }
    };
    let remove = move |_| {
        let name = name.get_untracked();
        match store.dispatch(Command::RemoveTarget(id)) {
            Ok(change) => mover.offer_undo(t_string!(i18n, targets.removed, name = name).to_string(), change),
            Err(refused) => mover.complain(&refused),
        }
    };
    view! {
        <span class="targets__actions">
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuCopyPlus
                label=Signal::derive(move || t_string!(i18n, targets.duplicate, name = name.get()).to_string())
                on_click=duplicate
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuTrash2
                label=Signal::derive(move || t_string!(i18n, targets.remove, name = name.get()).to_string())
                on_click=remove
            />
        </span>
    }
}

/// Adds an empty profile and looks at it.
pub(super) fn add(mover: Mover) -> Callback<()> {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    Callback::new(move |()| {
        let id = TargetId::new(store.fresh());
        let name = t_string!(i18n, targets.new_name).to_owned();
        match store.dispatch(Command::PutTarget(Target { id, name, wishes: Vec::new(), line: USUAL_LINE })) {
            Ok(_) => navigation.set_query("profile", Some(&id.to_string())),
            Err(refused) => mover.complain(&refused),
        }
    })
}

/// Adds the profiles that ship as examples, in the language of the page.
pub(super) fn begin_with_example(mover: Mover) -> Callback<()> {
    let (i18n, store, settings) = (use_i18n(), use_store(), use_settings());
    Callback::new(move |()| {
        let language = settings.language.get_untracked().into();
        let examples = content::targets::examples(language, &mut IdSource::new(store.fresh()));
        match store.dispatch(Command::Many(examples.into_iter().map(Command::PutTarget).collect())) {
            Ok(change) => mover.offer_undo(t_string!(i18n, targets.example_added).to_owned(), change),
            Err(refused) => mover.complain(&refused),
        }
    })
}

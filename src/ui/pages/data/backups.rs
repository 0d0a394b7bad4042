//! The backups of this browser: what there is, the way back, and one more when it is wanted.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Change, Timestamp, WorkspaceId},
    storage::backups::{Backup, Cabinet, GONE_AFTER, Reason},
    store::{Step, use_store},
    ui::{
        backups::{BackupError, use_backups},
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        file,
        format::use_format,
        wording::{backups as words, document},
    },
};

/// So many of a workspace are shown at first.
const FIRST: usize = 5;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The section of the data page.
#[component]
pub(super) fn BackupList() -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let backups = use_backups();
    let opened = use_store().library().opened();
    let visiting = use_store().library().is_visiting();
    let doomed = RwSignal::new(None::<Backup>);
    let done = RwSignal::new(None::<Arc<Change>>);
    let busy = RwSignal::new(false);
    spawn_local(async move {
        backups.refresh().await;
        backups.check().await;
    });
    let now = move |_| {
        let Some(id) = opened.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            match backups.take(id, Reason::ByHand) {
                Ok(taken) => drop(backups.keep(taken).await),
                Err(error) => drop(backups.failure.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    let failure = move || {
        let failure = backups.failure.get()?;
        let why = move || words::error(i18n, format, &failure);
        Some(view! {
            <div class="card notice backups__failure" data-tone="bad" role="alert" data-testid="backup-failed">
                <p><strong>{t!(i18n, backups.failed)}</strong>" "{why}</p>
            </div>
        })
    };
    let none = Memo::new(move |_| backups.cabinet.with(|seen| matches!(seen, Some(Err(_)))));
    view! {
        <section class="card stack backups" aria-labelledby="data-backups" data-testid="backups">
            <h2 id="data-backups">{t!(i18n, backups.title)}</h2>
            <p class="muted">{t!(i18n, backups.sub)}</p>
            <Show
                when=move || !none.get()
                fallback=move || view! { <p data-testid="backups-none">{t!(i18n, backups.no_database)}</p> }
            >
                {failure}
                <Replaced done/>
                <Show when=move || opened.get().is_some() && !visiting.get()>
                    <div>
                        <Button icon=icondata_lu::LuArchive busy on_click=now attr:data-testid="backup-now">
                            {t!(i18n, backups.now)}
                        </Button>
                    </div>
                </Show>
                <Listed doomed/>
            </Show>
        </section>
        <Replace doomed done/>
    }
    .into_any()
}

/// What is there: of the open workspace, then of the others.
#[component]
fn Listed(doomed: RwSignal<Option<Backup>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let backups = use_backups();
    let library = use_store().library();
    provide_context(Doomed(doomed));
    move || {
        let Some(Ok(cabinet)) = backups.cabinet.get() else { return None };
        let open = library.opened().get().map(|id: WorkspaceId| id.to_string());
        let mut groups: Vec<(String, Vec<Backup>)> = Vec::new();
        for backup in &cabinet.backups {
            match groups.iter_mut().find(|(workspace, _)| *workspace == backup.id.workspace) {
                Some((_, group)) => group.push(backup.clone()),
                None => groups.push((backup.id.workspace.clone(), vec![backup.clone()])),
            }
        }
        // The open one first; the others stay in the order of their newest.
        groups.sort_by_key(|(workspace, _)| Some(workspace) != open.as_ref());
        let is_empty = groups.is_empty() && cabinet.damaged.is_empty();
        let group = |(workspace, group): (String, Vec<Backup>)| {
            let is_open = Some(&workspace) == open.as_ref();
            view! { <Group cabinet=cabinet.clone() workspace group is_open/> }
        };
        let unreadable = (!cabinet.damaged.is_empty()).then(|| {
            let line = |moment: i64| {
                let when = move || format.moment(Timestamp::from_timestamp_millis(moment));
                view! { <li>{when}" "<Tag tone=Tone::Bad>{t!(i18n, backups.damage.tag)}</Tag></li> }
            };
            view! {
                <h3>{t!(i18n, backups.unreadable)}</h3>
                <p class="muted small">{t!(i18n, backups.unreadable_what)}</p>
                <ul class="stack" data-testid="backups-unreadable">
                    {cabinet.damaged.iter().map(|id| line(id.moment)).collect_view()}
                </ul>
            }
        });
        Some(view! {
            {is_empty.then(|| view! { <p class="muted" data-testid="backups-empty">{t!(i18n, backups.empty)}</p> })}
            {groups.into_iter().map(group).collect_view()}
            {unreadable}
        })
    }
}

/// The backup that is asked about before it takes the place of the open workspace.
#[derive(Clone, Copy)]
struct Doomed(RwSignal<Option<Backup>>);

/// The backups of one workspace.
#[component]
fn Group(cabinet: Cabinet, workspace: String, group: Vec<Backup>, is_open: bool) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let all = RwSignal::new(false);
    let (count, name) = (group.len(), group.first().map(|newest| newest.contents.name.clone()).unwrap_or_default());
    let until = cabinet.missing.get(&workspace).map(|since| since + GONE_AFTER * DAY);
    let gone = until.map(|until| {
        let words = move || {
            t_string!(i18n, backups.gone, day = format.moment(Timestamp::from_timestamp_millis(until))).to_string()
        };
        view! { <p class="small" data-testid="backups-of-deleted">{words}</p> }
    });
    let label = move || t_string!(i18n, backups.all, count = count, n = format.count(count)).to_string();
    let rows = move || {
        let shown = if all.get() { count } else { FIRST.min(count) };
        group.iter().take(shown).cloned().map(|backup| view! { <Row backup is_open/> }).collect_view()
    };
    view! {
        <h3 class="backups__name">{name}</h3>
        {gone}
        <ul class="backups__list">{rows}</ul>
        <Show when=move || (count > FIRST) && !all.get()>
            <div><Button variant=Variant::Bare on_click=move |_| all.set(true)>{label}</Button></div>
        </Show>
    }
    .into_any()
}

/// One backup: when, why, how much, and what can be done with it.
#[component]
fn Row(backup: Backup, is_open: bool) -> impl IntoView {
    let (i18n, format, toasts) = (use_i18n(), use_format(), use_toasts());
    let backups = use_backups();
    let Doomed(doomed) = expect_context();
    let Backup { id, reason, contents, units, exports, .. } = backup.clone();
    let is_handed_out = !exports.is_empty() && !matches!(reason, Reason::HandedOut | Reason::Received);
    let (moment, deals) = (id.moment, contents.deals);
    let damage = Memo::new(move |_| backups.damaged.with(|damaged| damaged.get(&id).copied()));
    let failed = move |error: &BackupError| toasts.say(words::error(i18n, format, error), Tone::Bad);
    // Browsers keep two bytes to a unit.
    let what = move || {
        let deals = t_string!(i18n, backups.deals, count = deals, n = format.count(deals)).to_string();
        let size = document::size(i18n, format, units * 2);
        let handed_out = is_handed_out.then(|| words::reason(i18n, Reason::HandedOut));
        let parts = std::iter::once(words::reason(i18n, reason)).chain(handed_out).chain([&*deals, &*size]);
        parts.collect::<Vec<_>>().join(" · ")
    };
    let wanted = backup.clone();
    let restore = move |_| {
        let backup = wanted.clone();
        spawn_local(async move {
            let copy =
                |name: &str| [name, " (", &format.moment(Timestamp::from_timestamp_millis(moment)), ")"].concat();
            match backups.restore(backup, copy).await {
                Ok(name) => toasts.say(t_string!(i18n, backups.restored, name = name).to_string(), Tone::Good),
                Err(error) => failed(&error),
            }
        });
    };
    let wanted = backup.clone();
    let download = move |_| {
        let backup = wanted.clone();
        spawn_local(async move {
            let document = match backups.document(&backup).await {
                Ok(document) => document,
                Err(error) => return failed(&error),
            };
            let day = chrono::DateTime::from_timestamp_millis(moment).unwrap_or_default().format("%Y-%m-%d-%H%M");
            let name = [&file::stem(&backup.contents.name), "-", &day.to_string(), ".json"].concat();
            if let Err(error) = file::download(&name, "application/json", document.as_bytes()) {
                toasts.say(document::file_error(i18n, format, &error), Tone::Bad);
            }
        });
    };
    let replace = move |_| doomed.set(Some(backup.clone()));
    let steps = move || {
        match damage.get() {
        Some(damage) => view! {
            <p class="small" data-testid="backup-damaged">
                <Tag tone=Tone::Bad>{t!(i18n, backups.damage.tag)}</Tag>" "{move || words::damage(i18n, damage)}
            </p>
        }
        .into_any(),
        None => view! {
            <div class="row">
                <Button on_click=restore.clone() attr:data-testid="backup-restore">{t!(i18n, backups.restore)}</Button>
                {is_open.then(|| view! {
                    <Button on_click=replace.clone() attr:data-testid="backup-replace">{t!(i18n, backups.replace)}</Button>
                })}
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuDownload
                    label=Signal::derive(move || t_string!(i18n, backups.download, when = format.moment(Timestamp::from_timestamp_millis(moment))).to_string())
                    on_click=download.clone()
                    attr:data-testid="backup-download"
                />
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <li class="backups__row" data-testid="backup">
            <div class="backups__what">
                <strong class="backups__when">{move || format.moment(Timestamp::from_timestamp_millis(moment))}</strong>
                <span class="muted small">{what}</span>
                {(!contents.is_whole).then(|| view! { <Tag tone=Tone::Warn>{t!(i18n, backups.part)}</Tag> })}
            </div>
            {steps}
        </li>
    }
    .into_any()
}

/// Says that a backup has taken the place of the open workspace, with the way back.
#[component]
fn Replaced(done: RwSignal<Option<Arc<Change>>>) -> impl IntoView {
    let (i18n, store, toasts) = (use_i18n(), use_store(), use_toasts());
    move || {
        let change = done.get()?;
        let undo = move |_| {
            let (text, tone) = match store.take_back(&change) {
                Step::Done => (t_string!(i18n, backups.undone), Tone::Neutral),
                Step::None | Step::Overtaken => (t_string!(i18n, saving.overtaken), Tone::Warn),
            };
            toasts.say(text.to_owned(), tone);
            done.set(None);
        };
        Some(view! {
            <div class="card notice" data-tone="good" role="status" data-testid="backup-replaced">
                <p>{t!(i18n, backups.replaced)}</p>
                <Button on_click=undo attr:data-testid="backup-undo">{t!(i18n, backups.undo)}</Button>
            </div>
        })
    }
}

/// Asks before a backup takes the place of the open workspace.
#[component]
fn Replace(doomed: RwSignal<Option<Backup>>, done: RwSignal<Option<Arc<Change>>>) -> impl IntoView {
    let (i18n, format, toasts) = (use_i18n(), use_format(), use_toasts());
    let backups = use_backups();
    let busy = RwSignal::new(false);
    let replace = move |_| {
        let Some(backup) = doomed.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            match backups.replace(backup).await {
                Ok(change) => drop(done.try_set(Some(change))),
                Err(error) => toasts.say(words::error(i18n, format, &error), Tone::Bad),
            }
            doomed.try_set(None);
            busy.try_set(false);
        });
    };
    let when = move || {
        doomed
            .with(|backup| {
                backup.as_ref().map(|backup| format.moment(Timestamp::from_timestamp_millis(backup.id.moment)))
            })
            .unwrap_or_default()
    };
    view! {
        <Dialog
            open=Signal::derive(move || doomed.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, backups.replace_title, when = when()).to_string())
            on_close=move |()| doomed.set(None)
        >
            <p>{t!(i18n, backups.replace_what)}</p>
            <div class="dialog__actions">
                <Button on_click=move |_| doomed.set(None)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Danger busy on_click=replace attr:data-testid="backup-replace-confirm">
                    {t!(i18n, backups.replace_confirm)}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

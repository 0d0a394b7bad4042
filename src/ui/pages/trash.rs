//! The trash: what was deleted from the open workspace, to be put back or to go for good.

use leptos::{ev, html, prelude::*};

use crate::{
    i18n::{t, t_string, use_i18n},
    model::Rejection,
    storage::trash::KEPT_FOR,
    store::{Discarded, NotBack, use_store},
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            empty::Empty,
            icon::Icon,
            tag::Tone,
            toast::use_toasts,
        },
        file,
        format::use_format,
        parts::{nothing::NoWorkspace, undo::use_way_back},
        route::{Route, use_navigation},
        wording::{self, document, storage, trash as words},
    },
};

/// Days for which a deletion is kept.
const DAYS: i64 = KEPT_FOR / (24 * 60 * 60 * 1000);

/// What was not put back, and why.
type Refused = (String, Vec<String>);

/// What is asked before it goes for good.
#[derive(Clone, Debug, PartialEq)]
enum Doomed {
    /// One deletion, with its name.
    One(String, String),
    /// All of them.
    All(Vec<String>),
}

/// The trash.
#[component]
pub fn TrashPage() -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let opened = store.library().opened();
    view! {
        <h1>{t!(i18n, trash.title)}</h1>
        <p class="page__sub">
            {move || t_string!(i18n, trash.sub, days = DAYS).to_string()}
            " "
            <a href=move || navigation.href(&Route::Data)>{t!(i18n, trash.to_data)}</a>
        </p>
        <Show
            when=move || opened.get().is_some()
            fallback=move || view! {
                <NoWorkspace icon=icondata_lu::LuTrash2 text=Signal::derive(move || t_string!(i18n, trash.no_workspace).to_owned())/>
            }
        >
            <Deletions/>
        </Show>
    }
    .into_any()
}

#[component]
fn Deletions() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let trash = Memo::new(move |_| store.trash());
    let list = Memo::new(move |_| trash.get().unwrap_or_default());
    let changed = window_event_listener(ev::storage, move |_| store.look_into_trash());
    on_cleanup(move || changed.remove());
    let (refused, doomed) = (RwSignal::new(None::<Refused>), RwSignal::new(None::<Doomed>));
    let place = NodeRef::<html::Div>::new();
    // The row with the button is gone afterwards.
    let on_done = Callback::new(move |()| {
        if let Some(place) = place.get_untracked() {
            // Focusing an element of the page cannot fail.
            place.focus().ok();
        }
    });
    let unreadable = move || trash.with(|trash| trash.as_ref().err().map(|error| storage::storage_error(i18n, error)));
    let all =
        move |_| doomed.set(Some(Doomed::All(list.with_untracked(|l| l.iter().map(|one| one.id.clone()).collect()))));
    let empty = move || {
        view! {
            <Empty
                icon=icondata_lu::LuTrash2
                text=Signal::derive(move || t_string!(i18n, trash.empty, days = DAYS).to_string())
            />
        }
    };
    view! {
        <div node_ref=place class="stack trash" tabindex="-1" data-testid="trash">
            {move || unreadable().map(|words| view! { <p class="card notice" data-tone="bad" role="alert">{words}</p> })}
            <Refusal refused/>
            <Show when=move || list.with(|list| !list.is_empty()) fallback=empty>
                <div class="card table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, trash.title)>
                    <table class="table trash__table">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, trash.what)}</th>
                                <th scope="col">{t!(i18n, trash.when)}</th>
                                <th scope="col"><span class="visually-hidden">{t!(i18n, trash.act)}</span></th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || list.get() key=|one| one.id.clone() let(one)>
                                <Row one refused doomed on_done/>
                            </For>
                        </tbody>
                    </table>
                </div>
                <div>
                    <Button icon=icondata_lu::LuTrash2 on_click=all attr:data-testid="empty-trash">{t!(i18n, trash.empty_all)}</Button>
                </div>
            </Show>
        </div>
        <Confirm doomed on_done/>
    }
    .into_any()
}

/// One deletion.
#[component]
fn Row(
    one: Discarded,
    refused: RwSignal<Option<Refused>>,
    doomed: RwSignal<Option<Doomed>>,
    on_done: Callback<()>,
) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let (toasts, way_back) = (use_toasts(), use_way_back());
    let one = StoredValue::new(one);
    let name = move || {
        one.with_value(|one| match &one.said {
            Some((_, summary)) => words::name(i18n, summary),
            None => t_string!(i18n, trash.unreadable).to_owned(),
        })
    };
    let (at, beside) = one.with_value(|one| one.said.clone()).unzip();
    let beside = move || beside.as_ref().map(|summary| words::beside(i18n, summary));
    let put_back = move |_| {
        let name = untrack(name);
        match store.put_back(&one.with_value(|one| one.id.clone())) {
            Ok(returned) => {
                refused.set(None);
                let Some(change) = returned.change else {
                    toasts.say(t_string!(i18n, trash.was_here, name = name).to_string(), Tone::Neutral);
                    return on_done.run(());
                };
                let mut words = t_string!(i18n, trash.is_back, name = name).to_string();
                if returned.left > 0 {
                    let n = returned.left;
                    words.push(' ');
                    words.push_str(&t_string!(i18n, trash.left, count = n, n = n).to_string());
                }
                way_back.offer(words, change);
                on_done.run(());
            }
            Err(NotBack::Refused(Rejection::InTheWay(obstacles))) => {
                let one = |obstacle| words::obstacle(i18n, obstacle, store.name_in_trash(obstacle));
                refused.set(Some((name, obstacles.iter().map(one).collect())));
            }
            Err(why) => refused.set(Some((name, vec![in_words(&why)]))),
        }
    };
    let download = move |_| {
        let id = one.with_value(|one| one.id.clone());
        if let Err(NotBack::Unreadable(raw)) = store.put_back(&id) {
            let name = ["loudou-", &id, ".txt"].concat();
            if let Err(error) = file::download(&name, "text/plain;charset=utf-8", raw.as_bytes()) {
                toasts.say(document::file_error(i18n, format, &error), Tone::Bad);
            }
        }
    };
    let is_whole = at.is_some();
    let label = move || t_string!(i18n, trash.delete_one, name = name()).to_string();
    let doom = move |_| {
        let id = one.with_value(|one| one.id.clone());
        doomed.set(Some(Doomed::One(id, untrack(name))));
    };
    view! {
        <tr data-testid="trash-row">
            <th scope="row">
                <span class="trash__name">{name}</span>
                <span class="muted small">{beside}</span>
            </th>
            <td class="figures">{move || format.moment(at)}</td>
            <td>
                <div class="trash__acts">
                    {if is_whole {
                        view! {
                            <Button icon=icondata_lu::LuUndo2 on_click=put_back attr:data-testid="put-back">
                                {t!(i18n, trash.put_back)}
                            </Button>
                        }.into_any()
                    } else {
                        view! { <Button icon=icondata_lu::LuDownload on_click=download>{t!(i18n, data.losses.download)}</Button> }.into_any()
                    }}
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuX
                        label=Signal::derive(label)
                        on_click=doom
                        attr:data-testid="delete-for-good"
                    />
                </div>
            </td>
        </tr>
    }
    .into_any()
}

/// Why nothing was put back, but for what is in the way.
fn in_words(why: &NotBack) -> String {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    match why {
        NotBack::Gone => t_string!(i18n, trash.gone).to_owned(),
        NotBack::Unreadable(_) => t_string!(i18n, trash.unreadable).to_owned(),
        NotBack::Currency(currency) => {
            t_string!(i18n, trash.currency, currency = currency.code().to_owned()).to_string()
        }
        NotBack::Refused(rejection) => store.peek(|workspace| wording::rejection(i18n, format, workspace, rejection)),
        NotBack::Storage(error) => storage::storage_error(i18n, error),
    }
}

/// What is in the way of what was to be put back.
#[component]
fn Refusal(refused: RwSignal<Option<Refused>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        refused.get().map(|(name, reasons)| {
            view! {
                <section class="card notice" data-tone="warn" role="alert" data-testid="not-put-back">
                    <h2>{move || t_string!(i18n, trash.not_back, name = name.clone()).to_string()}</h2>
                    <ul class="notice__places">
                        {reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}
                    </ul>
                    <p class="muted">{t!(i18n, data.open.unchanged)}</p>
                    <Button icon=icondata_lu::LuX on_click=move |_| refused.set(None)>{t!(i18n, common.dismiss)}</Button>
                </section>
            }
        })
    }
}

/// Asks before anything goes for good.
#[component]
fn Confirm(doomed: RwSignal<Option<Doomed>>, on_done: Callback<()>) -> impl IntoView {
    let (i18n, store, toasts) = (use_i18n(), use_store(), use_toasts());
    let title = move || match doomed.get() {
        Some(Doomed::One(_, name)) => t_string!(i18n, trash.delete_one, name = name).to_string(),
        _ => t_string!(i18n, trash.empty_all).to_owned(),
    };
    let what = move || match doomed.get() {
        Some(Doomed::All(ids)) => {
            let n = ids.len();
            t_string!(i18n, trash.ask_all, count = n, n = n).to_string()
        }
        _ => t_string!(i18n, trash.ask_one).to_owned(),
    };
    let delete = move |_| {
        let ids = match doomed.get_untracked() {
            Some(Doomed::One(id, _)) => vec![id],
            Some(Doomed::All(ids)) => ids,
            None => return,
        };
        doomed.set(None);
        match store.empty_trash(&ids) {
            Ok(()) => on_done.run(()),
            Err(error) => toasts.say(storage::storage_error(i18n, &error), Tone::Bad),
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || doomed.with(Option::is_some))
            title=Signal::derive(title)
            on_close=move |()| doomed.set(None)
        >
            <p>{what}</p>
            <div class="dialog__actions">
                <Button on_click=move |_| doomed.set(None)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Danger on_click=delete attr:data-testid="confirm-delete-for-good">{t!(i18n, trash.for_good)}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The way to the trash, with how much is in it.
#[component]
pub fn TrashCard() -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let count = Memo::new(move |_| store.trash().map_or(0, |trash| trash.len()));
    let words = move || match count.get() {
        0 => t_string!(i18n, trash.empty, days = DAYS).to_string(),
        n => t_string!(i18n, trash.card, count = n, n = n).to_string(),
    };
    view! {
        <section class="card stack" aria-labelledby="data-trash">
            <h2 id="data-trash">{t!(i18n, trash.title)}</h2>
            <p class="muted">{words}</p>
            <a class="button data__step" href=move || navigation.href(&Route::Trash) data-testid="to-trash">
                <Icon icon=icondata_lu::LuTrash2/>
                {t!(i18n, trash.look)}
            </a>
        </section>
    }
    .into_any()
}

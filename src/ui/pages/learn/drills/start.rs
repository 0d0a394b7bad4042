//! Where a drill begins: the levels, a drill that a link names, the companies on offer and the scores so far.

use leptos::prelude::*;

use super::{
    companies::Companies,
    desk::{Desk, of_key},
    history::History,
};
use crate::{
    codec::progress::Exercise,
    i18n::{t, t_string},
    training::drill::{Drill, Level},
    ui::components::button::{Button, Variant},
};

/// The key of the address that names a drill.
const KEY: &str = "drill";

#[component]
pub(super) fn Start(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let named = Memo::new(move |_| desk.navigation.query.with(|query| query.get(KEY).and_then(of_key).map(Asked)));
    let levels = Level::ALL.map(|level| view! { <OneLevel desk level/> }).collect_view();
    view! {
        <p class="drills__what muted">{t!(i18n, learn.drills.what)}</p>
        {move || named.get().map(|Asked(drill)| view! { <Named desk drill/> })}
        <div class="drills__levels">{levels}</div>
        <Show when=move || desk.busy.get()>
            <p class="muted" role="status">{t!(i18n, learn.drills.making)}</p>
        </Show>
        <Companies desk/>
        <History desk/>
    }
    .into_any()
}

/// A drill that a link asks for.
#[derive(Clone, Copy, PartialEq)]
struct Asked(Drill);

#[component]
fn Named(desk: Desk, drill: Drill) -> impl IntoView {
    let i18n = desk.i18n;
    let level = move || desk.words(|words| Some(words.level(drill.level.code())?.name));
    let number = drill.seed.to_string();
    view! {
        <section class="card notice" data-tone="accent" data-testid="drill-named">
            <p>{move || t_string!(i18n, learn.drills.named, number = number.clone(), level = level()).to_string()}</p>
            <Button variant=Variant::Primary busy=desk.busy on_click=move |_| desk.make(drill)>{t!(i18n, learn.drills.begin)}</Button>
        </section>
    }
    .into_any()
}

#[component]
fn OneLevel(desk: Desk, level: Level) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let name = move || desk.words(|words| Some(words.level(level.code())?.name));
    let what = move || desk.words(|words| Some(words.level(level.code())?.text));
    let progress = desk.learning.progress();
    let done = move || {
        let scores: Vec<u8> = progress.with(|progress| {
            let of_level = |key: &str| of_key(key).is_some_and(|drill| drill.level == level);
            progress.of(Exercise::Drill).filter(|one| of_level(&one.key)).map(|one| one.score).collect()
        });
        let (count, best) = (scores.len(), scores.into_iter().max());
        best.map_or_else(
            || t_string!(i18n, learn.drills.not_yet).to_owned(),
            |best| {
                let (n, best) = (format.count(count), format.count(usize::from(best)));
                t_string!(i18n, learn.drills.done, n = n, best = best).to_string()
            },
        )
    };
    view! {
        <section class="card drills__level" data-testid="drill-level">
            <h2>{name}</h2>
            <p>{what}</p>
            <p class="small muted">{done}</p>
            <Button variant=Variant::Primary busy=desk.busy on_click=move |_| desk.begin(level) attr:data-level=level.code()>
                {t!(i18n, learn.drills.new)}
                <span class="visually-hidden">" · "{name}</span>
            </Button>
        </section>
    }
    .into_any()
}

//! What the open page shows, how to read it, what to do next, and the lesson that explains it; below, the keys.

use leptos::prelude::*;

use super::use_guided;
use crate::{
    codec::content::{Text, help::help, lessons::lesson},
    i18n::{t, t_string, use_i18n},
    ui::{
        anywhere::{Deed, use_anywhere},
        components::{button::Button, dialog::Dialog, icon::Icon},
        keys::KeyMap,
        route::{Query, Route, use_navigation},
        settings::use_settings,
    },
};

/// The dialog of help.
#[component]
pub(super) fn HelpDialog() -> impl IntoView {
    let (i18n, anywhere) = (use_i18n(), use_anywhere());
    view! {
        <Dialog
            open=anywhere.is(Deed::Keys)
            title=Signal::derive(move || t_string!(i18n, learn.help.title).to_owned())
            on_close=move |()| anywhere.close()
        >
            <PageHelp/>
            <KeyMap/>
        </Dialog>
    }
    .into_any()
}

/// The help of the open page.
#[component]
fn PageHelp() -> impl IntoView {
    let (i18n, anywhere, navigation, settings) = (use_i18n(), use_anywhere(), use_navigation(), use_settings());
    let guided = use_guided();
    let text = move |text: Text| text.in_language(settings.language.get().into());
    let begin = move |_| {
        anywhere.close();
        guided.begin();
    };
    let of_page = move || {
        let page = navigation.route.with(page_of);
        let help = help().page(&page)?;
        let explained = help.lesson.and_then(lesson).map(|lesson| {
            let href = Route::Learn.href(&Query::default().with("lesson", lesson.slug));
            view! {
                <a class="link" href=href data-testid="help-lesson" on:click=move |_| anywhere.close()>
                    <Icon icon=icondata_lu::LuGraduationCap/>
                    {move || t_string!(i18n, learn.help.lesson, name = text(lesson.title)).to_string()}
                </a>
            }
        });
        let read = help.read.iter().map(|words| view! { <li>{move || text(*words)}</li> }).collect_view();
        Some(view! {
            <p>{move || text(help.shows)}</p>
            <ul class="help__read">{read}</ul>
            <p><strong>{t!(i18n, learn.help.next)}</strong>" "{move || text(help.next)}</p>
            {explained}
        })
    };
    view! {
        <section class="help" data-testid="help-page">
            {of_page}
            <div class="row">
                <Button icon=icondata_lu::LuMap on_click=begin attr:data-testid="tour-again">{t!(i18n, learn.tour.begin)}</Button>
                <a class="button" href=Route::Learn.href(&Query::default()) on:click=move |_| anywhere.close()>
                    {t!(i18n, learn.help.lessons)}
                </a>
            </div>
        </section>
    }
    .into_any()
}

/// The first step of the address of a page.
fn page_of(route: &Route) -> String {
    let address = route.href(&Query::default());
    let path = address.trim_start_matches("#/");
    path.split(['/', '?']).next().unwrap_or_default().to_owned()
}

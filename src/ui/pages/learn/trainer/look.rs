//! A company to look at, and a question about it that is answered in words.

use leptos::{prelude::*, task::spawn_local};

use super::desk::{CASE, Desk};
use crate::{
    codec::share,
    i18n::{t_string, use_i18n},
    store::use_store,
    training::class::{Company, Outcome},
    ui::{
        background::{Desk as Worker, NoAnswer},
        clock::use_clock,
        components::{
            button::Button,
            field::{Field, FieldKind},
            tag::Tone,
            toast::use_toasts,
        },
        looking::look_at_made,
        route::{Query, Route, use_navigation},
        settings::use_settings,
        starting::{Packets, refusal},
    },
    worker::{Request, Response},
};

/// The button that opens the company to be looked at, and the answer.
#[component]
pub(super) fn Look(desk: Desk, place: u16, company: Company, outcome: Memo<Option<Outcome>>) -> impl IntoView {
    let i18n = use_i18n();
    let (store, clock, navigation, toasts) = (use_store(), use_clock(), use_navigation(), use_toasts());
    let (packets, settings, worker) = (expect_context::<Packets>(), use_settings(), Worker::new());
    let busy = RwSignal::new(false);
    let named = company.clone();
    let open = move |_| match &company {
        // As a shared workspace: nothing of it is kept, nothing of it changes.
        Company::Own { workspace, exported } => {
            packets.leave(share::pack(workspace, *exported));
            navigation.go_with(&Route::Shared(String::new()), &Query::default());
        }
        Company::Shipped(name) => {
            let (language, today) = (settings.language.get_untracked().into(), clock.today.get_untracked());
            let request = match name.as_str() {
                CASE => Request::Case { language, today },
                name => Request::Offered { code: name.to_owned(), language, today },
            };
            busy.set(true);
            let on_answer = move |answer: Result<Response, NoAnswer>| {
                spawn_local(async move {
                    let outcome = look_at_made(store, answer).await;
                    if busy.try_set(false).is_some() {
                        return;
                    }
                    match outcome {
                        Ok(_) => navigation.go_with(&Route::Funnel, &Query::default()),
                        Err(error) => toasts.say(refusal(i18n, &error), Tone::Bad),
                    }
                });
            };
            worker.ask(request, |_, _| (), on_answer);
        }
    };
    let answer = Signal::derive(move || {
        outcome.with(|outcome| outcome.as_ref()?.words().map(str::to_owned)).unwrap_or_default()
    });
    let late = RwSignal::new(None::<String>);
    let keep = move |words: String| {
        // Nothing was written, and nothing is.
        if words.trim().is_empty() && answer.with_untracked(String::is_empty) {
            return;
        }
        late.set(desk.seat.answer(place, words).err().map(|_| t_string!(i18n, learn.trainer.time_over).to_owned()));
    };
    let name = move || {
        let name = desk.company(&named);
        t_string!(i18n, learn.trainer.look_at, name = name).to_string()
    };
    view! {
        <div class="trainer__look">
            <Button icon=icondata_lu::LuEye busy on_click=open>{name}</Button>
            <Field
                label=Signal::derive(move || t_string!(i18n, learn.trainer.answer).to_owned())
                kind=FieldKind::Long
                value=answer
                error=late
                on_change=keep
            />
        </div>
    }
    .into_any()
}

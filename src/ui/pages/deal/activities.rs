//! What was done with the customer for this deal.

use std::cmp::Reverse;

use leptos::prelude::*;

use super::log::LogForm;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Activity, Command},
    ui::{
        components::{
            button::{Button, Variant},
            tag::Tag,
        },
        format::use_format,
        parts::{editor::Editor, mover::Mover},
        wording,
    },
};

/// The card of the activities, newest first, with the form that adds one.
#[component]
pub fn Activities(
    /// Edits the deal.
    editor: Editor,
    /// Offers to undo.
    mover: Mover,
) -> impl IntoView {
    let i18n = use_i18n();
    let logging = RwSignal::new(false);
    let activities = Memo::new(move |_| {
        editor.store.with(|workspace| {
            let of_deal = workspace.activities.iter().filter(|activity| activity.deal == Some(editor.id));
            let mut activities: Vec<Activity> = of_deal.map(|activity| (**activity).clone()).collect();
            activities.sort_by_key(|activity| Reverse((activity.on, activity.id)));
            activities
        })
    });
    let rows = move || activities.get().into_iter().map(|activity| row(editor, mover, activity)).collect_view();
    view! {
        <section class="card deal__card">
            <div class="deal__card-head">
                <h2>{t!(i18n, deal.activities)}</h2>
                <div data-testid="log-activity">
                    <Button icon=icondata_lu::LuPlus on_click=move |_| logging.update(|on| *on = !*on)>
                        {t!(i18n, deal.log)}
                    </Button>
                </div>
            </div>
            <Show when=move || logging.get()><LogForm editor mover open=logging/></Show>
            <Show when=move || activities.with(Vec::is_empty)>
                <p class="muted">{t!(i18n, deal.no_activities)}</p>
            </Show>
            <ul class="deal__activities">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(editor: Editor, mover: Mover, activity: Activity) -> AnyView {
    let (i18n, format) = (editor.i18n, use_format());
    let id = activity.id;
    let by = editor.names.with(|names| activity.by.map(|by| names.person(Some(by))));
    let when = [Some(format.date(activity.on)), by].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let part = |words: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <div><span class="muted">{words}" "</span>{text}</div> })
    };
    let minutes = activity.minutes.map(|minutes| t_string!(i18n, deal.minutes_spent, minutes = minutes).to_string());
    let satisfaction = activity.satisfaction.map(|level| t_string!(i18n, deal.satisfied, level = level).to_string());
    let remove = move |_| match editor.store.dispatch(Command::RemoveActivity(id)) {
        Ok(change) => mover.offer_undo(t_string!(i18n, deal.activity_removed).to_owned(), change),
        Err(refused) => mover.complain(&refused),
    };
    view! {
        <li class="deal__activity">
            <div class="deal__card-head">
                <span class="row"><Tag>{wording::activity_kind(i18n, activity.kind)}</Tag><span class="muted small">{when}</span></span>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuTrash2
                    label=Signal::derive(move || t_string!(i18n, deal.remove_activity).to_owned())
                    on_click=remove
                />
            </div>
            <div>{activity.note}</div>
            {part(t_string!(i18n, deal.result), activity.result)}
            {part(t_string!(i18n, deal.next_step), activity.next_step)}
            <div class="muted small">{[minutes, satisfaction].into_iter().flatten().collect::<Vec<_>>().join(" · ")}</div>
        </li>
    }
    .into_any()
}

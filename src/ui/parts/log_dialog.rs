//! The log in two keystrokes: `L`, then the letter of what was done.

use leptos::{ev, prelude::*};

use super::{
    first_focus::FirstFocus,
    log_form::LogForm,
    log_preset::{KINDS, Preset, letter},
    mover::Mover,
    undo::use_way_back,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Activity, ActivityId, ActivityKind, Command},
    store::use_store,
    ui::{
        anywhere::{Deed, use_anywhere},
        clock::use_clock,
        components::{button::Button, dialog::Dialog},
        settings::use_settings,
        wording,
    },
};

/// The dialog of all that has to do with logging, opened from [anywhere](crate::ui::anywhere): which kind, the form of a new
/// activity, the form of one that was logged. It is one dialog, so that the focus goes back to where it was before the first.
#[component]
pub fn LogDialog() -> impl IntoView {
    let (i18n, anywhere, store) = (use_i18n(), use_anywhere(), use_store());
    let deed = Memo::new(move |_| {
        let is_ours = |deed: &Deed| matches!(deed, Deed::Choose(_) | Deed::Log(_) | Deed::Amend(_));
        anywhere.deed.get().filter(is_ours)
    });
    let title = move || match deed.get() {
        Some(Deed::Choose(_)) => t_string!(i18n, activity.what_was_done).to_owned(),
        Some(Deed::Amend(_)) => t_string!(i18n, activity.amend).to_owned(),
        _ => t_string!(i18n, activity.log).to_owned(),
    };
    let close = move |()| anywhere.close();
    let body = move || match deed.get() {
        Some(Deed::Choose(preset)) => view! { <Chooser preset/> }.into_any(),
        Some(Deed::Log(preset)) => view! { <LogForm preset on_close=close/> }.into_any(),
        Some(Deed::Amend(id)) => match store.peek(|workspace| workspace.activities.get(id).cloned()) {
            Some(activity) => {
                let amended = Some(Activity::clone(&activity));
                view! { <LogForm preset=Preset::NOTHING amended on_close=close/> }.into_any()
            }
            None => view! { <p class="muted">{t!(i18n, activity.gone)}</p> }.into_any(),
        },
        _ => ().into_any(),
    };
    view! {
        <Dialog open=Signal::derive(move || deed.with(Option::is_some)) title=Signal::derive(title) on_close=close>
            {body}
        </Dialog>
    }
    .into_any()
}

/// The kinds, each with its letter. One click or key logs it at once where it is known whom it is about; Enter asks for more.
#[component]
fn Chooser(preset: Preset) -> impl IntoView {
    let (i18n, store, anywhere, settings) = (use_i18n(), use_store(), use_anywhere(), use_settings());
    let log = use_log();
    let about = store.peek(|workspace| preset.about(workspace));
    let pressed = window_event_listener(ev::keydown, move |event| {
        let free = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.is_composing();
        if !free || event.repeat() || !settings.single_keys.get_untracked() {
            return;
        }
        if let Some(kind) = KINDS.into_iter().find(|kind| letter(*kind).eq_ignore_ascii_case(&event.key())) {
            event.prevent_default();
            log.run(Preset { kind, ..preset });
        }
    });
    on_cleanup(move || pressed.remove());
    let kind = move |kind: ActivityKind| {
        view! {
            <button
                type="button"
                class="log__kind"
                data-kind=letter(kind)
                on:click=move |_| log.run(Preset { kind, ..preset })
            >
                <Show when=move || settings.single_keys.get()><kbd>{letter(kind)}</kbd></Show>
                <span>{move || wording::activity_kind(i18n, kind)}</span>
            </button>
        }
    };
    let said = move || match about.clone() {
        Some(name) => t_string!(i18n, activity.is_about, name = name).to_string(),
        None => t_string!(i18n, activity.asks_whom).to_owned(),
    };
    view! {
        <div class="form" data-testid="log-kinds">
            <p class="muted">{said}</p>
            <div class="log__kinds">{KINDS.map(kind).collect_view()}</div>
        </div>
        <FirstFocus>
            <div class="dialog__actions">
                <Button on_click=move |_| anywhere.open(Deed::Log(preset)) attr:data-testid="log-details">
                    {t!(i18n, activity.with_details)}
                </Button>
            </div>
        </FirstFocus>
    }
    .into_any()
}

/// Logs an activity of today at once and offers to take it back or to add to it; without anybody it is about, the form asks.
fn use_log() -> Callback<Preset> {
    let (i18n, store, anywhere, clock) = (use_i18n(), use_store(), use_anywhere(), use_clock());
    let (way_back, mover) = (use_way_back(), Mover::new(Callback::new(|_| ())));
    Callback::new(move |preset: Preset| {
        let Some(name) = store.peek(|workspace| preset.about(workspace)) else {
            return anywhere.open(Deed::Log(preset));
        };
        let id = ActivityId::new(store.fresh());
        let activity = Activity {
            id,
            on: clock.today.get_untracked(),
            kind: preset.kind,
            by: preset.by(store),
            customer: store.peek(|workspace| preset.with(workspace)),
            deal: preset.deal,
            note: String::new(),
            result: String::new(),
            next_step: String::new(),
            satisfaction: None,
            minutes: None,
            cost: None,
        };
        anywhere.close();
        match store.dispatch(Command::PutActivity(Box::new(activity))) {
            Ok(change) => {
                let kind = wording::activity_kind(i18n, preset.kind);
                let words = t_string!(i18n, activity.logged_for, kind = kind, name = name).to_string();
                let more = t_string!(i18n, activity.add_note).to_owned();
                way_back.offer_with(words, change, more, move || anywhere.open(Deed::Amend(id)));
            }
            Err(refused) => mover.complain(&refused),
        }
    })
}

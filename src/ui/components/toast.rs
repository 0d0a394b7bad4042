//! Short messages at the edge of the page, with a way back.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;

use super::{icon::Icon, tag::Tone};
use crate::i18n::{t, t_string, use_i18n};

/// How long a message stays; a message with an undo stays twice as long.
const STAY: Duration = Duration::from_secs(6);

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    tone: Tone,
    on_undo: Option<Act>,
    /// What else can be done about it, with its words.
    more: Option<(String, Act)>,
}

/// What a message offers to do. Not a `Callback`, which would go with the page it was made on while the message stays.
type Act = Arc<dyn Fn() + Send + Sync>;

/// The messages of the page, in context.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl std::fmt::Debug for Toasts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Toasts").finish_non_exhaustive()
    }
}

impl Toasts {
    /// Starts without messages and provides itself as context.
    pub fn provide() -> Self {
        let toasts = Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// Says something; `Tone::Bad` stays until it is dismissed.
    pub fn say(self, text: String, tone: Tone) {
        self.show(tone, STAY, |id| Toast { id, text, tone, on_undo: None, more: None });
    }

    /// Says what was done and offers to undo it, also on another page. Whatever `on_undo` uses must not go with the page it was
    /// made on: a store may be in it, a signal or a `Callback` of the page may not.
    pub fn say_with_undo(self, text: String, on_undo: impl Fn() + Send + Sync + 'static) {
        let tone = Tone::Neutral;
        self.show(tone, STAY * 2, |id| Toast { id, text, tone, on_undo: Some(Arc::new(on_undo)), more: None });
    }

    /// The same with something else that can be done about it, in these words.
    pub fn say_with_more(
        self,
        text: String,
        on_undo: impl Fn() + Send + Sync + 'static,
        words: String,
        on_more: impl Fn() + Send + Sync + 'static,
    ) {
        let tone = Tone::Neutral;
        let more: (String, Act) = (words, Arc::new(on_more));
        self.show(tone, STAY * 2, |id| Toast { id, text, tone, on_undo: Some(Arc::new(on_undo)), more: Some(more) });
    }

    /// Generic, so that the two ways to say something share no code that takes an `Option<Act>`: with a single undo in the program,
    /// the compiler would write that undo's vtable into it, and the first page would carry the store's way back with it.
    fn show(self, tone: Tone, stay: Duration, toast: impl FnOnce(u32) -> Toast) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.shown.update(|shown| shown.push(toast(id)));
        if tone != Tone::Bad {
            set_timeout(move || self.dismiss(id), stay);
        }
    }

    fn dismiss(self, id: u32) {
        // The page may be gone when the timer runs.
        self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// The messages of the page; the page provides them at its root.
pub fn use_toasts() -> Toasts {
    expect_context()
}

/// Where the messages appear; once, at the end of the page.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let(toast)>
                <div class="toast" data-tone=toast.tone.as_str()>
                    <span>{toast.text}</span>
                    {toast.on_undo.map(|on_undo| view! {
                        <button type="button" class="link" on:click=move |_| { on_undo(); toasts.dismiss(toast.id) }>
                            {t!(i18n, common.undo)}
                        </button>
                    })}
                    {toast.more.map(|(words, on_more)| view! {
                        <button type="button" class="link" on:click=move |_| { on_more(); toasts.dismiss(toast.id) }>
                            {words}
                        </button>
                    })}
                    <button
                        type="button"
                        class="button button--bare button--icon"
                        aria-label=move || t_string!(i18n, common.dismiss)
                        on:click=move |_| toasts.dismiss(toast.id)
                    >
                        <Icon icon=icondata_lu::LuX/>
                    </button>
                </div>
            </For>
        </div>
    }
}

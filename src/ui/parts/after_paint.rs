//! What may wait until the page has been painted.

use std::time::Duration;

use leptos::prelude::*;

/// The value of `source`, from its second one on a painted frame later: what hangs on it does not hold up what hangs on `source`.
pub fn after_paint<T: Clone + Send + Sync + 'static>(source: Memo<T>) -> Signal<T> {
    let later = RwSignal::new(source.get_untracked());
    let follow = move || {
        // By then the page may have gone.
        if let Some(value) = source.try_get_untracked() {
            later.try_set(value);
        }
    };
    Effect::new(move |before: Option<()>| {
        source.track();
        if before.is_some() {
            once_painted(follow);
        }
    });
    later.into()
}

/// Does something once the page has been painted as it is now.
pub fn once_painted(work: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(work, Duration::ZERO));
}

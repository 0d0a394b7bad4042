//! Leaving a file out of an import in the making.

use leptos::prelude::*;

use super::draft::{Draft, Step};
use crate::worker::{Glance, Request};

impl Draft {
    /// Leaves a file out, with what was decided about it.
    pub(super) fn forget(self, file: usize) {
        self.begin(Step::Reading);
        self.ask(Request::Forget { file }, move |draft, _gone| {
            let names = |place: usize| {
                draft.files.with_untracked(|files| files.get(place).map(|glance| stem(glance).to_owned()))
            };
            // The workspace has the name of its first file unless the user gave it another.
            let (gone, next) = (names(file), names(1));
            if let Some(next) = next
                && file == 0
                && gone.is_some_and(|gone| draft.fresh.with_untracked(|fresh| fresh.profile.name == gone))
            {
                draft.rename(next);
            }
            draft.files.update(|files| take_out(files, file));
            draft.readings.update(|readings| take_out(readings, file));
            draft.traces.update(|traces| take_out(traces, file));
            draft.left_out.update(Vec::clear);
            draft.options.update(|options| {
                let kinds = std::mem::take(&mut options.kinds).into_iter().filter(|(place, _)| *place != file);
                options.kinds = kinds.map(|(place, kind)| (place - usize::from(place > file), kind)).collect();
            });
            draft.summary.set(None);
            if draft.files.with_untracked(Vec::is_empty) {
                draft.restart();
            } else {
                draft.plan();
            }
        });
    }
}

/// The name of a file without its ending.
pub(super) fn stem(glance: &Glance) -> &str {
    glance.name.rsplit_once('.').map_or(glance.name.as_str(), |(stem, _)| stem)
}

/// Removes what stands at a place, if anything does.
fn take_out<T>(list: &mut Vec<T>, place: usize) {
    if place < list.len() {
        list.remove(place);
    }
}

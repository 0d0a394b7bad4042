//! What was decided about files with the same columns before: taken up again, said, and given up on request.

use leptos::prelude::*;

use super::draft::{Draft, use_draft};
use crate::{
    codec::csv::{Memory, Options, Reading, Remembered, layout},
    i18n::{t_string, use_i18n},
    model::Date,
    ui::{
        components::{
            button::{Button, Variant},
            icon::Icon,
        },
        format::use_format,
        kept::Form,
    },
};

/// How the memory is kept, beside the settings of this browser.
static FORM: Form<Memory> =
    Form { key: "loudou/layouts", read: |text| Some(Memory::read(text)), write: |memory| Some(memory.clone().write()) };

/// What is known of a file from before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trace {
    /// The names of its columns as it was first read; `None` for a file without a header.
    layout: Option<String>,
    /// The day on which a file like it was imported last, while it is read as on that day.
    as_on: Option<Date>,
}

impl Draft {
    /// Reads a file that was added as one with the same columns was read before; tells whether it is read once more for that.
    pub(super) fn recall(self, file: usize) -> bool {
        let Some(glance) = self.files.with_untracked(|files| files.get(file).cloned()) else { return false };
        let layout = layout(&glance.shape);
        let memory = FORM.stored().unwrap_or_default();
        let found = layout.as_deref().and_then(|layout| memory.recall(layout));
        let as_on = found.map(|found| found.on);
        self.traces.update(|traces| {
            if let Some(trace) = traces.get_mut(file) {
                *trace = Trace { layout: layout.clone(), as_on };
            }
        });
        let Some(found) = found else { return false };
        self.options.update(|options| found.decide(options, file));
        let reading = found.reading(&glance.shape);
        let differs = reading != Reading::default();
        if differs {
            self.read_as(file, reading);
        }
        differs
    }

    /// Remembers how the files were read that were imported just now.
    pub(super) fn remember(self) {
        let on = self.today.get_untracked();
        let mut memory = FORM.stored().unwrap_or_default();
        let (files, readings) = (self.files.get_untracked(), self.readings.get_untracked());
        let traces = self.traces.get_untracked();
        // A model that the import makes is there the next time.
        let options = Options { new_model: false, ..self.options.get_untracked() };
        for (file, ((glance, reading), trace)) in files.iter().zip(&readings).zip(traces).enumerate() {
            if let Some(layout) = trace.layout {
                memory.keep(Remembered::of(layout, on, reading, &glance.shape, &options, file));
            }
        }
        FORM.store(&memory);
    }

    /// Forgets what was decided about files like this one, and reads it as if it were the first.
    pub(super) fn start_from_scratch(self, file: usize) {
        let trace = self.traces.try_update(|traces| {
            traces.get_mut(file).map(|trace| {
                trace.as_on = None;
                trace.clone()
            })
        });
        if let Some(layout) = trace.flatten().and_then(|trace| trace.layout) {
            let mut memory = FORM.stored().unwrap_or_default();
            memory.forget(&layout);
            FORM.store(&memory);
        }
        self.options.set(Options::default());
        self.reread(file, |reading| *reading = Reading::default());
    }
}

/// Says that a file is read as last time, with the way back.
#[component]
pub(super) fn LastTime(
    /// The file's place.
    file: usize,
) -> impl IntoView {
    let (i18n, format, draft) = (use_i18n(), use_format(), use_draft());
    let as_on = Memo::new(move |_| draft.traces.with(|traces| traces.get(file).and_then(|trace| trace.as_on)));
    let words = move |day: Date| t_string!(i18n, import.memory.as_on, day = format.date(day)).to_string();
    move || {
        as_on.get().map(|day| view! {
            <p class="import__memory" data-testid="import-memory">
                <Icon icon=icondata_lu::LuHistory/>
                <span>{words(day)}</span>
                <Button variant=Variant::Quiet on_click=move |_| draft.start_from_scratch(file) attr:data-testid="import-scratch">
                    {t_string!(i18n, import.memory.scratch)}
                </Button>
            </p>
        })
    }
}

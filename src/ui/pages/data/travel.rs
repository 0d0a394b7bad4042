//! The document with less in it: the deals of a filter only, without names, or both.

use leptos::prelude::*;

use crate::{
    codec::{
        anonymise::{Factor, Words, anonymise},
        document,
    },
    i18n::{t, t_string, use_i18n},
    model::{Workspace, WorkspaceId},
    store::{Store, use_store},
    ui::{
        clock,
        components::{
            button::Button,
            field::{Checkbox, Field, FieldKind},
        },
        filters::{FilterBar, Scope, use_wide_scope},
        format::use_format,
        parts::{
            after_paint::once_painted,
            counted::{LastFrame, use_last_frame},
            hand_out::use_hand_out,
            part::{deals, part},
        },
    },
};

/// How many records travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    deals: usize,
    customers: usize,
    contacts: usize,
    people: usize,
    activities: usize,
}

impl Counts {
    fn of(workspace: &Workspace) -> Self {
        Self {
            deals: workspace.deals.len(),
            customers: workspace.customers.len(),
            contacts: workspace.customers.iter().map(|customer| customer.contacts.len()).sum(),
            people: workspace.people.len(),
            activities: workspace.activities.len(),
        }
    }
}

/// What travels, in words, and the file.
#[component]
pub(super) fn Travel() -> impl IntoView {
    let (i18n, format, store, hand_out) = (use_i18n(), use_format(), use_store(), use_hand_out());
    let (scope, last) = (use_wide_scope(), use_last_frame());
    let (is_part, is_veiled) = (RwSignal::new(false), RwSignal::new(false));
    let percent = RwSignal::new("100".to_owned());
    let busy = RwSignal::new(false);
    let factor = Memo::new(move |_| percent.with(|percent| read_factor(percent)));
    let counts = Memo::new(move |_| {
        store.with(|workspace| {
            if is_part.get() {
                scope.with(|scope| Counts::of(&part(workspace, &deals(workspace, scope, last), store)))
            } else {
                Counts::of(workspace)
            }
        })
    });
    let travels = move || {
        let counts = counts.get();
        let [deals, customers, contacts, people, activities] =
            [counts.deals, counts.customers, counts.contacts, counts.people, counts.activities]
                .map(|count| format.count(count));
        t_string!(
            i18n,
            travel.counted,
            deals = deals,
            customers = customers,
            contacts = contacts,
            people = people,
            activities = activities
        )
        .to_string()
    };
    let produce = move |_| {
        busy.set(true);
        // The button says that it works before everything is written anew.
        once_painted(move || {
            if busy.is_disposed() {
                return;
            }
            let (chosen, veiled) = (is_part.get_untracked(), is_veiled.get_untracked());
            let factor = veiled.then(|| factor.get_untracked().unwrap_or(Factor::ONE));
            let scope = chosen.then(|| scope.get_untracked());
            let text = written(store, scope.as_ref().map(|scope| (scope, last)), factor, t_string!(i18n, travel.nouns));
            busy.set(false);
            if veiled {
                // The name of the workspace is a name, too.
                let name = [t_string!(i18n, travel.file), ".json"].concat();
                hand_out.named(&name, "application/json", text.as_bytes());
            } else {
                hand_out.file(if chosen { "part.json" } else { "json" }, "application/json", text.as_bytes());
            }
        });
    };
    let nothing = Signal::derive(move || {
        let plain = !is_part.get() && !is_veiled.get();
        plain || counts.get().deals == 0 || (is_veiled.get() && factor.get().is_none())
    });
    view! {
        <section class="card stack" aria-labelledby="data-travel" data-testid="travel">
            <h2 id="data-travel">{t!(i18n, travel.title)}</h2>
            <p class="muted">{t!(i18n, travel.what)}</p>
            <div class="share__form">
                <Checkbox
                    label=Signal::derive(move || t_string!(i18n, travel.part).to_owned())
                    value=is_part
                    on_change=move |part| is_part.set(part)
                />
                <Show when=move || is_part.get()>
                    <FilterBar scope all_models=true by_period=false/>
                </Show>
                <Checkbox
                    label=Signal::derive(move || t_string!(i18n, travel.nameless).to_owned())
                    value=is_veiled
                    on_change=move |veiled| is_veiled.set(veiled)
                />
                <Show when=move || is_veiled.get()>
                    <p class="muted small">{t!(i18n, travel.nameless_what)}</p>
                    <Field
                        label=Signal::derive(move || t_string!(i18n, travel.factor).to_owned())
                        kind=FieldKind::Number
                        value=percent
                        hint=Signal::derive(move || Some(t_string!(i18n, travel.factor_hint).to_owned()))
                        error=Signal::derive(move || {
                            factor.get().is_none().then(|| t_string!(i18n, travel.factor_wrong).to_owned())
                        })
                        on_change=move |text| percent.set(text)
                        on_input=move |text| percent.set(text)
                    />
                </Show>
            </div>
            <p data-testid="travel-counted" aria-live="polite">{travels}</p>
            <div>
                <Button icon=icondata_lu::LuDownload busy disabled=nothing on_click=produce attr:data-testid="travel-make">
                    {t!(i18n, travel.make)}
                </Button>
            </div>
        </section>
    }
}

/// The document of the deals that a filter leaves, or of all; without names and with amounts times a factor, where there is one.
fn written(store: Store, filter: Option<(&Scope, LastFrame)>, factor: Option<Factor>, nouns: &str) -> String {
    store.peek(|workspace| {
        let chosen = filter.map(|(scope, last)| part(workspace, &deals(workspace, scope, last), store));
        let workspace = chosen.as_ref().unwrap_or(workspace);
        let nameless = factor.map(|factor| anonymise(workspace, WorkspaceId::new(store.fresh()), Words(nouns), factor));
        document::encode(nameless.as_ref().unwrap_or(workspace), clock::now())
    })
}

/// The factor that somebody typed: a whole percentage from 1 to 1,000, with its sign or without.
fn read_factor(typed: &str) -> Option<Factor> {
    crate::ui::typed::folded(typed).trim_end_matches('%').trim().parse().ok().and_then(Factor::percent)
}

//! The lists offered for choice: sources and lost reasons.

use leptos::prelude::*;

use super::{
    rows::{AddRow, Desk, Part, RemoveButton, TextCell},
    workspace::revise,
};
use crate::{
    i18n::{t_string, use_i18n},
    model::LostReason,
    store::use_store,
    ui::{components::field::Checkbox, wording::I18n},
};

/// Why a name cannot stand in a list of names; `None` when it can.
fn objection(i18n: I18n, name: &str, taken: bool) -> Option<&'static str> {
    if name.is_empty() { Some(t_string!(i18n, settings.blank)) } else { taken.then(|| t_string!(i18n, settings.taken)) }
}

/// How customers reach us.
#[component]
pub(super) fn Sources() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let desk = Desk::new();
    let sources = Memo::new(move |_| store.with(|workspace| workspace.profile.sources.clone()));
    let free = move |name: &str| match objection(
        i18n,
        name,
        sources.with_untracked(|sources| sources.iter().any(|known| known == name)),
    ) {
        Some(words) => {
            desk.refuse(words);
            false
        }
        None => true,
    };
    let on_add = move |name: String| free(&name) && revise(desk, |profile| profile.sources.push(name));
    let row = move |source: String| {
        let (old, gone, named) = (source.clone(), source.clone(), source.clone());
        let rename = move |name: String| {
            let name = name.trim().to_owned();
            if name != old && free(&name) {
                revise(desk, |profile| {
                    if let Some(known) = profile.sources.iter_mut().find(|known| **known == old) {
                        *known = name;
                    }
                });
            }
        };
        let remove = move |()| {
            revise(desk, |profile| profile.sources.retain(|known| *known != gone));
        };
        view! {
            <li class="settings__row">
                <TextCell desk label=Signal::derive(move || t_string!(i18n, domain.field.source).to_owned()) value=Signal::stored(source) on_change=rename/>
                <RemoveButton label=Signal::derive(move || t_string!(i18n, settings.remove, name = named.clone()).to_string()) on_remove=remove/>
            </li>
        }
    };
    view! {
        <Part
            title=Signal::derive(move || t_string!(i18n, settings.sources).to_owned())
            what=Signal::derive(move || t_string!(i18n, settings.sources_what).to_owned())
            desk
        >
            <ul class="settings__rows"><For each=move || sources.get() key=Clone::clone children=row/></ul>
            <AddRow desk label=Signal::derive(move || t_string!(i18n, settings.new_source).to_owned()) on_add/>
        </Part>
    }
    .into_any()
}

/// Why deals are lost.
#[component]
pub(super) fn LostReasons() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let desk = Desk::new();
    let reasons = Memo::new(move |_| store.with(|workspace| workspace.profile.lost_reasons.clone()));
    let free = move |name: &str| match objection(
        i18n,
        name,
        reasons.with_untracked(|reasons| reasons.iter().any(|known| known.name == name)),
    ) {
        Some(words) => {
            desk.refuse(words);
            false
        }
        None => true,
    };
    let on_add = move |name: String| {
        free(&name) && revise(desk, |profile| profile.lost_reasons.push(LostReason { name, needs_note: false }))
    };
    let row = move |reason: LostReason| {
        let name = StoredValue::new(reason.name.clone());
        let change = move |change: &dyn Fn(&mut LostReason)| {
            revise(desk, |profile| {
                let known = profile.lost_reasons.iter_mut().find(|known| name.with_value(|name| known.name == *name));
                if let Some(known) = known {
                    change(known);
                }
            });
        };
        let rename = move |text: String| {
            let text = text.trim();
            if name.with_value(|name| name != text) && free(text) {
                change(&|reason| text.clone_into(&mut reason.name));
            }
        };
        let remove = move |()| {
            revise(desk, |profile| profile.lost_reasons.retain(|known| name.with_value(|name| known.name != *name)));
        };
        view! {
            <li class="settings__row">
                <TextCell desk label=Signal::derive(move || t_string!(i18n, domain.field.lost_reason).to_owned()) value=Signal::stored(reason.name) on_change=rename/>
                <Checkbox
                    label=Signal::derive(move || t_string!(i18n, settings.needs_note).to_owned())
                    value=Signal::stored(reason.needs_note)
                    on_change=move |needs_note| change(&|reason| reason.needs_note = needs_note)
                />
                <RemoveButton label=Signal::derive(move || t_string!(i18n, settings.remove, name = name.get_value()).to_string()) on_remove=remove/>
            </li>
        }
    };
    let key = |reason: &LostReason| (reason.name.clone(), reason.needs_note);
    view! {
        <Part
            title=Signal::derive(move || t_string!(i18n, settings.reasons).to_owned())
            what=Signal::derive(move || t_string!(i18n, settings.reasons_what).to_owned())
            desk
        >
            <ul class="settings__rows"><For each=move || reasons.get() key children=row/></ul>
            <AddRow desk label=Signal::derive(move || t_string!(i18n, settings.new_reason).to_owned()) on_add/>
        </Part>
    }
    .into_any()
}

//! The fields of the user's own: made, changed, put in order, removed.

use leptos::prelude::*;

use super::{
    rows::{Desk, Part, RemoveButton},
    workspace::revise,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{FieldUse, LooseName, loose_names},
    model::{Command, CustomField, CustomFieldOf, CustomKind},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            tag::{Tag, Tone},
        },
        parts::{
            field_dialog::{FieldDialog, FieldDraft},
            undo::use_way_back,
        },
        wording,
    },
};

/// The fields of customers and of deals, and the names that could be fields.
#[component]
pub(super) fn CustomFields() -> impl IntoView {
    let (i18n, desk) = (use_i18n(), Desk::new());
    let asked = RwSignal::new(None::<FieldDraft>);
    let going = RwSignal::new(None::<Going>);
    view! {
        <div class="settings__part">
            <h2>{t!(i18n, custom.title)}</h2>
            <p class="muted">{t!(i18n, custom.what)}</p>
        </div>
        <Found asked/>
        <div class="settings__pair" data-testid="custom-fields">
            <Fields of=CustomFieldOf::Deal desk asked going/>
            <Fields of=CustomFieldOf::Customer desk asked going/>
        </div>
        <FieldDialog asked/>
        <Removal going desk/>
    }
    .into_any()
}

/// A field that is to go, with how many values go with it.
#[derive(Clone, Debug, PartialEq)]
struct Going {
    field: CustomField,
    values: usize,
}

/// The fields of one kind of record, in order.
#[component]
fn Fields(
    of: CustomFieldOf,
    desk: Desk,
    asked: RwSignal<Option<FieldDraft>>,
    going: RwSignal<Option<Going>>,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let fields = Memo::new(move |_| {
        store.with(|workspace| {
            let used = |field: &CustomField| (field.clone(), FieldUse::of(workspace, of, &field.name, &field.kind));
            workspace.profile.fields_of(of).map(used).collect::<Vec<_>>()
        })
    });
    let rows = move || {
        let fields = fields.get();
        let last = fields.len().saturating_sub(1);
        let row = |(place, (field, used))| view! { <Row field used place last desk asked going/> };
        fields.into_iter().enumerate().map(row).collect_view()
    };
    let test_id = match of {
        CustomFieldOf::Customer => "add-customer-field",
        CustomFieldOf::Deal => "add-deal-field",
    };
    let add = move |_| asked.set(Some(FieldDraft::new(of, String::new(), CustomKind::Text {})));
    view! {
        <Part title=Signal::derive(move || wording::custom::of(i18n, of).to_owned()) what="" desk>
            <ul class="settings__rows">{rows}</ul>
            <Show when=move || fields.with(Vec::is_empty)><p class="muted">{t!(i18n, custom.none)}</p></Show>
            <div data-testid=test_id>
                <Button icon=icondata_lu::LuPlus on_click=add>{t!(i18n, custom.add_field)}</Button>
            </div>
        </Part>
    }
    .into_any()
}

#[component]
fn Row(
    field: CustomField,
    used: FieldUse,
    place: usize,
    last: usize,
    desk: Desk,
    asked: RwSignal<Option<FieldDraft>>,
    going: RwSignal<Option<Going>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let FieldUse { values, misfits } = used;
    let name = StoredValue::new(field.name.clone());
    let of = field.of;
    let about = {
        let kind = field.kind.clone();
        move || {
            let mut words = wording::custom::kind(i18n, &kind).to_owned();
            if let CustomKind::Choice { options } = &kind {
                let options = options.join(t_string!(i18n, deals.joint));
                words = t_string!(i18n, custom.choice_of, kind = words, options = options).to_string();
            }
            [words.as_str(), " · ", &t_string!(i18n, custom.values, count = values).to_string()].concat()
        }
    };
    let (changed, removed) = (field.clone(), field.clone());
    let change = move |_| asked.set(Some(FieldDraft::of(changed.clone())));
    let remove = move |()| going.set(Some(Going { field: removed.clone(), values }));
    let shift = move |by: isize| {
        revise(desk, |profile| name.with_value(|name| swap(&mut profile.custom_fields, of, name, by)));
    };
    let label = move |words: fn(wording::I18n, String) -> String| Signal::derive(move || words(i18n, name.get_value()));
    view! {
        <li class="settings__row settings__field" data-field=name.get_value()>
            <div class="settings__field-name">
                <b>{field.name}</b>
                <p class="muted small">{about}</p>
            </div>
            {(misfits != 0).then(|| view! {
                <Tag tone=Tone::Warn>{move || t_string!(i18n, custom.misfits, count = misfits).to_string()}</Tag>
            })}
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuArrowUp
                label=label(|i18n, name| t_string!(i18n, custom.up, name = name).to_string())
                disabled=place == 0
                on_click=move |_| shift(-1)
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuArrowDown
                label=label(|i18n, name| t_string!(i18n, custom.down, name = name).to_string())
                disabled=place == last
                on_click=move |_| shift(1)
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuPencil
                label=label(|i18n, name| t_string!(i18n, custom.change, name = name).to_string())
                on_click=change
            />
            <RemoveButton label=label(|i18n, name| t_string!(i18n, settings.remove, name = name).to_string()) on_remove=remove/>
        </li>
    }
}

/// Changes places with the neighbour among the fields of the same records.
fn swap(fields: &mut [CustomField], of: CustomFieldOf, name: &str, by: isize) {
    let own: Vec<_> = fields.iter().enumerate().filter(|(_, field)| field.of == of).map(|(place, _)| place).collect();
    let here = own.iter().position(|place| fields.get(*place).is_some_and(|field| field.name == name));
    let there = here.and_then(|here| own.get(here.checked_add_signed(by)?));
    if let (Some(here), Some(there)) = (here.and_then(|here| own.get(here)), there) {
        fields.swap(*here, *there);
    }
}

/// Asks whether a field shall go with its values.
#[component]
fn Removal(going: RwSignal<Option<Going>>, desk: Desk) -> impl IntoView {
    let (i18n, way_back) = (use_i18n(), use_way_back());
    let title = Signal::derive(move || {
        let name = going.with(|going| going.as_ref().map(|going| going.field.name.clone())).unwrap_or_default();
        t_string!(i18n, custom.remove_title, name = name).to_string()
    });
    let values = move || going.with(|going| going.as_ref().map_or(0, |going| going.values));
    let remove = move |_| {
        let Some(Going { field, .. }) = going.try_update(Option::take).flatten() else { return };
        let words = t_string!(i18n, custom.removed, name = field.name.clone()).to_string();
        if let Some(change) = desk.change(Command::RemoveCustomField { of: field.of, name: field.name }) {
            way_back.offer(words, change);
        }
    };
    view! {
        <Dialog open=Signal::derive(move || going.with(Option::is_some)) title on_close=move |()| going.set(None)>
            <p>{move || t_string!(i18n, custom.remove_what, count = values()).to_string()}</p>
            <div class="dialog__actions">
                <Button on_click=move |_| going.set(None)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Danger on_click=remove>{t!(i18n, custom.remove_field)}</Button>
            </div>
        </Dialog>
    }
}

/// The names under which records hold values although no field has them.
#[component]
fn Found(asked: RwSignal<Option<FieldDraft>>) -> impl IntoView {
    let (i18n, store, way_back, desk) = (use_i18n(), use_store(), use_way_back(), Desk::new());
    let found = Memo::new(move |_| store.with(loose_names));
    let make_all = move |_| {
        let fields = found.get_untracked().into_iter().map(|LooseName { field, .. }| field);
        let commands: Vec<_> = fields.map(|field| Command::PutCustomField { was: None, field }).collect();
        let words = t_string!(i18n, custom.made, count = commands.len()).to_string();
        if let Some(change) = desk.change(Command::Many(commands)) {
            way_back.offer(words, change);
        }
    };
    let row = move |LooseName { field, values }: LooseName| {
        let name = field.name.clone();
        let label = Signal::derive(move || t_string!(i18n, custom.make_one, name = name.clone()).to_string());
        let draft = FieldDraft::new(field.of, field.name.clone(), field.kind.clone());
        let about = move || {
            let (of, kind) = (wording::custom::of(i18n, field.of), wording::custom::kind(i18n, &field.kind));
            let count = t_string!(i18n, custom.values, count = values).to_string();
            [of, " · ", kind, " · ", &count].concat()
        };
        view! {
            <li class="settings__row settings__field">
                <div class="settings__field-name"><b>{field.name.clone()}</b><p class="muted small">{about}</p></div>
                <Button variant=Variant::Quiet label on_click=move |_| asked.set(Some(draft.clone()))>
                    {t!(i18n, custom.make_field)}
                </Button>
            </li>
        }
    };
    let rows = move || found.get().into_iter().map(row).collect_view();
    let title = Signal::derive(move || t_string!(i18n, custom.found, count = found.with(Vec::len)).to_string());
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <div data-testid="loose-names">
                <Part title what=Signal::derive(move || t_string!(i18n, custom.found_what).to_owned()) desk>
                    <ul class="settings__rows">{rows}</ul>
                    <div><Button variant=Variant::Primary on_click=make_all>{t!(i18n, custom.make_all)}</Button></div>
                </Part>
            </div>
        </Show>
    }
    .into_any()
}

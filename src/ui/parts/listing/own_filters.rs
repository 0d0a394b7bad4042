//! Filters by fields of the user's own: a choice is ticked, a text is searched, a number or a date lies between two others.

use leptos::prelude::*;

use super::own::Own;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{
        CustomFieldOf, CustomKind,
        address::{read_range, read_texts, write_range, write_texts},
    },
    store::use_store,
    ui::{
        components::{chip_select::ChipSelect, popover::Popover},
        format::{Format, use_format},
        parts::custom_value::{self, CustomControl},
        route::use_navigation,
        wording::I18n,
    },
};

/// A chip for each field of these records.
#[component]
pub fn OwnFilters(
    /// Whose fields, in order.
    of: &'static [CustomFieldOf],
    /// What the rows are.
    rows: CustomFieldOf,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let fields = Memo::new(move |_| store.with(|workspace| Own::all(&workspace.profile, of).collect::<Vec<_>>()));
    move || fields.get().into_iter().map(|own| chip(&own, own.heading(i18n, rows))).collect_view()
}

fn chip(own: &Own, label: String) -> AnyView {
    let (key, kind) = (own.code(), own.field().kind.clone());
    match kind {
        CustomKind::Choice { options } => view! { <Ticked label options key_name=key/> }.into_any(),
        CustomKind::Text {} => view! { <Searched label key_name=key/> }.into_any(),
        CustomKind::Number {} | CustomKind::Date {} => view! { <Between label kind key_name=key/> }.into_any(),
    }
}

/// What an address asks for in a field of the kind, in words; `None` when for nothing.
pub fn asked(kind: &CustomKind, value: &str, i18n: I18n, format: Format) -> Option<String> {
    let shown = |end: &str| custom_value::shown(format, kind, end);
    let said = match kind {
        CustomKind::Text {} => value.to_owned(),
        CustomKind::Choice { .. } => read_texts(value).join(t_string!(i18n, deals.joint)),
        CustomKind::Number {} | CustomKind::Date {} => match read_range(value) {
            ("", "") => String::new(),
            (from, "") => ["\u{2265} ", &shown(from)].concat(),
            ("", to) => ["\u{2264} ", &shown(to)].concat(),
            (from, to) => t_string!(i18n, list.from_to, from = shown(from), to = shown(to)).to_string(),
        },
    };
    (!said.is_empty()).then_some(said)
}

/// What the address says under a key, and the way to say something else.
fn use_value(key: String) -> (Signal<String>, Callback<Option<String>>) {
    let navigation = use_navigation();
    let asked = key.clone();
    let value = move || navigation.query.with(|query| query.get(&asked).unwrap_or_default().to_owned());
    let set = move |value: Option<String>| navigation.set_query(&key, value.as_deref());
    (Signal::derive(value), Callback::new(set))
}

#[component]
fn Ticked(label: String, options: Vec<String>, key_name: String) -> impl IntoView {
    let (value, set) = use_value(key_name);
    let options: Vec<_> = options.into_iter().map(|text| (text.clone(), text)).collect();
    let chosen = Signal::derive(move || value.with(|value| read_texts(value)));
    let on_change = move |values: Vec<String>| set.run(write_texts(&values));
    view! { <ChipSelect label options chosen on_change/> }
}

#[component]
fn Searched(label: String, key_name: String) -> impl IntoView {
    let i18n = use_i18n();
    let (value, set) = use_value(key_name);
    let label = StoredValue::new(label);
    let summary = Signal::derive(move || {
        Some(value.get()).filter(|value| !value.is_empty()).unwrap_or_else(|| t_string!(i18n, common.all).to_owned())
    });
    view! {
        <PanelChip label summary on_clear=move |()| set.run(None)>
            <input
                type="search"
                class="field__control"
                aria-label=move || [label.get_value().as_str(), " ", t_string!(i18n, list.own_holds)].concat()
                placeholder=move || t_string!(i18n, list.own_holds)
                prop:value=value
                on:input=move |event| set.run(Some(event_target_value(&event)).filter(|text| !text.is_empty()))
            />
        </PanelChip>
    }
}

#[component]
fn Between(label: String, kind: CustomKind, key_name: String) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let (value, set) = use_value(key_name);
    let (label, kind) = (StoredValue::new(label), StoredValue::new(kind));
    let ends = move || {
        value.with(|value| {
            let (from, to) = read_range(value);
            (from.to_owned(), to.to_owned())
        })
    };
    let summary = Signal::derive(move || {
        let said = value.with(|value| kind.with_value(|kind| asked(kind, value, i18n, format)));
        said.unwrap_or_else(|| t_string!(i18n, common.all).to_owned())
    });
    let end = move |first: bool| {
        // The draft is the person's own while the panel is open: the address keeps the plain form of what fits.
        let typed = RwSignal::new(untrack(|| if first { ends().0 } else { ends().1 }));
        let error = RwSignal::new(None::<String>);
        let take = move |text: String| match kind.with_value(|kind| custom_value::read(i18n, kind, &text)) {
            Ok(read) => {
                let (from, to) = untrack(ends);
                let read = read.unwrap_or_default();
                let (from, to) = if first { (read, to) } else { (from, read) };
                set.run(write_range(&from, &to));
                error.set(None);
            }
            Err(words) => error.set(Some(words)),
        };
        let words = if first { t_string!(i18n, list.own_from) } else { t_string!(i18n, list.own_to) };
        view! { <CustomControl name=words.to_owned() kind=kind.get_value() text=typed on_change=take on_input=take error/> }
    };
    view! {
        <PanelChip label summary on_clear=move |()| set.run(None)>
            {end(true)}
            {end(false)}
        </PanelChip>
    }
}

/// A chip that says what is asked for, with the controls that ask in its panel.
#[component]
fn PanelChip(
    label: StoredValue<String>,
    summary: Signal<String>,
    #[prop(into)] on_clear: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let children = StoredValue::new(children);
    // A cleared filter begins with empty controls.
    let round = RwSignal::new(0_u32);
    let clear = move |_| {
        on_clear.run(());
        round.update(|round| *round = round.wrapping_add(1));
    };
    let class = "chip";
    view! {
        <Popover class panel_label=label.get_value() role="dialog" icon=icondata_lu::LuChevronDown trigger=move || view! {
            <span class="chip__name">{label.get_value()}</span>
            <span class="chip__value">{summary}</span>
        }>
            <div class="choices" role="group" aria-label=label.get_value()>
                {move || {
                    round.track();
                    children.with_value(|children| children())
                }}
                <button type="button" class="link" on:click=clear>{t!(i18n, common.clear)}</button>
            </div>
        </Popover>
    }
}

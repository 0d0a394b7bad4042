//! The dialog that marks an intervention or changes one.

use leptos::prelude::*;

use super::{super::Desk, kind_name};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Date, Intervention, InterventionKind, PersonId},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            chip_select::ChipSelect,
            dialog::Dialog,
            field::{Field, FieldKind, SelectField},
        },
        format::use_format,
        parts::{first_focus::FirstFocus, listing::controls::named, mover::Mover},
        route::use_navigation,
        wording,
    },
};

/// The kinds with their codes.
const KINDS: [(&str, InterventionKind); 3] = [
    ("training", InterventionKind::Training),
    ("rule-change", InterventionKind::RuleChange),
    ("other", InterventionKind::Other),
];

#[component]
pub(super) fn FormDialog(desk: Desk, asked: RwSignal<Option<Intervention>>, mover: Mover) -> impl IntoView {
    let i18n = use_i18n();
    let form = move || asked.get().map(|draft| view! { <FirstFocus><Form desk draft asked mover/></FirstFocus> });
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, analysis.interventions.form).to_owned())
            on_close=move |()| asked.set(None)
        >
            {form}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Form(desk: Desk, draft: Intervention, asked: RwSignal<Option<Intervention>>, mover: Mover) -> impl IntoView {
    let (i18n, store, format, navigation) = (use_i18n(), use_store(), use_format(), use_navigation());
    let id = draft.id;
    let draft = RwSignal::new(draft);
    let refusal = RwSignal::new(None::<String>);
    let name = Signal::derive(move || draft.with(|draft| draft.name.clone()));
    let set_name = move |name: String| draft.update(|draft| draft.name = name);
    let kinds =
        Signal::derive(move || KINDS.map(|(code, kind)| (code.to_owned(), kind_name(i18n, kind).to_owned())).to_vec());
    let kind = move || {
        let kind = draft.with(|draft| draft.kind);
        KINDS.iter().find(|(_, one)| *one == kind).map_or("training", |(code, _)| code).to_owned()
    };
    let set_kind = move |code: String| {
        if let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == code) {
            draft.update(|draft| draft.kind = *kind);
        }
    };
    let stages = Signal::derive(move || {
        desk.model.with(|model| {
            let stages = model.iter().flat_map(|model| &model.stages);
            stages.map(|stage| (stage.id.to_string(), stage.name.clone())).collect::<Vec<_>>()
        })
    });
    let set_stage = move |id: String| {
        if let Ok(stage) = id.parse() {
            draft.update(|draft| draft.stage = stage);
        }
    };
    let set_from = move |day: String| {
        if let Ok(day) = day.parse::<Date>() {
            draft.update(|draft| draft.from = day);
        }
    };
    let set_until = move |day: String| draft.update(|draft| draft.until = day.parse().ok());
    let people = Signal::from(Memo::new(move |_| store.with(|workspace| named(&workspace.people, |one| &one.name))));
    let chosen =
        Signal::derive(move || draft.with(|draft| draft.people.iter().map(ToString::to_string).collect::<Vec<_>>()));
    let set_people = move |ids: Vec<String>| {
        draft.update(|draft| draft.people = ids.iter().filter_map(|id| id.parse::<PersonId>().ok()).collect());
    };
    let save = move |_| match store.dispatch(Command::PutIntervention(Box::new(draft.get_untracked()))) {
        Ok(change) => {
            let name = draft.with_untracked(|draft| draft.name.trim().to_owned());
            asked.set(None);
            navigation.set_query("mark", Some(&id.to_string()));
            mover.offer_undo(t_string!(i18n, analysis.interventions.kept, name = name).to_string(), change);
        }
        Err(refused) => {
            let words = store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused));
            refusal.set(Some(words));
        }
    };
    let label = move |words: &'static str| Signal::derive(move || words.to_owned());
    view! {
        <div class="form" data-testid="intervention-form">
            <Field
                label=label(t_string!(i18n, analysis.interventions.name))
                value=name
                required=true
                on_change=set_name
                on_input=set_name
                error=refusal
            />
            <SelectField label=label(t_string!(i18n, analysis.interventions.kind_label)) options=kinds value=Signal::derive(kind) on_change=set_kind/>
            <SelectField
                label=label(t_string!(i18n, funnel.stage))
                options=stages
                value=Signal::derive(move || draft.with(|draft| draft.stage.to_string()))
                on_change=set_stage
            />
            <Field
                label=label(t_string!(i18n, analysis.interventions.from))
                kind=FieldKind::Date
                value=Signal::derive(move || draft.with(|draft| draft.from.to_string()))
                on_change=set_from
            />
            <Field
                label=label(t_string!(i18n, analysis.interventions.until))
                kind=FieldKind::Date
                value=Signal::derive(move || draft.with(|draft| draft.until.map(|day| day.to_string()).unwrap_or_default()))
                hint=label(t_string!(i18n, analysis.interventions.until_hint))
                on_change=set_until
            />
            <div class="row">
                <ChipSelect label=label(t_string!(i18n, analysis.interventions.people)) options=people chosen on_change=set_people/>
                <span class="muted small">{t!(i18n, analysis.interventions.people_hint)}</span>
            </div>
            <Field
                label=label(t_string!(i18n, analysis.interventions.note))
                kind=FieldKind::Long
                value=Signal::derive(move || draft.with(|draft| draft.note.clone()))
                on_change=move |note: String| draft.update(|draft| draft.note = note)
            />
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| asked.set(None)>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=save attr:data-testid="keep-intervention">{t!(i18n, analysis.interventions.keep)}</Button>
        </div>
    }
    .into_any()
}

//! What can be done with a model of the workspace.

use leptos::prelude::*;

use super::adding::{Adding, refuse};
use crate::{
    codec::{content::IdSource, model_file},
    i18n::{t, t_string, use_i18n},
    model::{Command, FunnelModel, ModelId},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            tag::Tone,
            toast::use_toasts,
        },
        file,
        format::use_format,
        parts::undo::use_way_back,
        route::{Route, use_navigation},
        wording::document as words,
    },
};

/// Edit, export, duplicate, remove.
#[component]
pub(super) fn OwnWays(
    /// Which model.
    id: ModelId,
) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let (navigation, toasts, way_back, adding) = (use_navigation(), use_toasts(), use_way_back(), Adding::new());
    let model = move || store.peek(|workspace| workspace.models.get(id).map(|model| FunnelModel::clone(model)));
    let export = move |_| {
        let Some(model) = model() else { return };
        let name = [file::stem(&model.name).as_str(), ".json"].concat();
        match file::download(&name, "application/json", model_file::encode(&model).as_bytes()) {
            Ok(()) => toasts.say(t_string!(i18n, data.export.done, name = name).to_string(), Tone::Good),
            Err(error) => toasts.say(words::file_error(i18n, format, &error), Tone::Bad),
        }
    };
    let duplicate = move |_| {
        let Some(model) = model() else { return };
        let copy = model_file::copied(&model, &mut IdSource::new(store.fresh()));
        let name = t_string!(i18n, models.copy_of, name = model.name).to_string();
        adding.add(FunnelModel { name, ..copy }, |id| Route::Model(id.to_string()));
    };
    let remove = move |_| {
        let Some(model) = model() else { return };
        match store.dispatch(Command::RemoveModel(id)) {
            Ok(change) => {
                way_back.offer(t_string!(i18n, models.removed, name = model.name).to_string(), change);
                navigation.go(&Route::Models);
            }
            Err(rejection) => refuse(i18n, format, store, toasts, &rejection),
        }
    };
    view! {
        <div class="row">
            <a
                class="button button--primary"
                href=move || navigation.href(&Route::ModelEditor(id.to_string()))
                data-testid="edit-model"
            >
                {t!(i18n, models.edit)}
            </a>
            <Button icon=icondata_lu::LuDownload on_click=export attr:data-testid="export-model">{t!(i18n, models.export)}</Button>
            <Button icon=icondata_lu::LuCopy on_click=duplicate>{t!(i18n, models.duplicate)}</Button>
            <Button variant=Variant::Danger icon=icondata_lu::LuTrash2 on_click=remove attr:data-testid="remove-model">
                {t!(i18n, models.remove)}
            </Button>
        </div>
    }
    .into_any()
}

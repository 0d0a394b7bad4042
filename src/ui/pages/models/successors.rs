//! Where the stages that leave a model go.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{FunnelModel, ModelDraft, StageId},
    ui::components::{
        button::{Button, Variant},
        field::SelectField,
    },
};

/// The stages of the model that the draft does not have, each with a choice of where its deals and its history go. Nothing when
/// all stay.
#[component]
pub fn Successors(
    /// The model as it is.
    #[prop(into)]
    model: Signal<FunnelModel>,
    /// The form it shall take.
    #[prop(into)]
    draft: Signal<ModelDraft>,
    /// Takes a stage that leaves and the one it shall go into.
    #[prop(into)]
    on_send: Callback<(StageId, StageId)>,
    /// Puts a stage back into the draft, where that can be done.
    #[prop(optional, into)]
    on_keep: Option<Callback<StageId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let leaving = Memo::new(move |_| {
        draft.with(|draft| {
            let leaves = |stage: &&crate::model::Stage| draft.stage(stage.id).is_none();
            model.with(|model| {
                model.stages.iter().filter(leaves).map(|stage| (stage.id, stage.name.clone())).collect::<Vec<_>>()
            })
        })
    });
    let stays = Signal::derive(move || {
        let stage = |stage: &crate::model::Stage| (stage.id.to_string(), stage.name.clone());
        draft.with(|draft| draft.stages.iter().map(stage).collect::<Vec<_>>())
    });
    let row = move |(stage, name): (StageId, String)| {
        let (label, keep) = (name.clone(), name);
        let send = move |to: String| {
            if let Ok(to) = to.parse() {
                on_send.run((stage, to));
            }
        };
        let chosen = move || draft.with(|draft| draft.successor(stage)).map(|to| to.to_string()).unwrap_or_default();
        let keep = on_keep.map(|on_keep| {
            view! {
                <Button variant=Variant::Bare icon=icondata_lu::LuUndo2 on_click=move |_| on_keep.run(stage)>
                    {move || t_string!(i18n, model_editor.keep, name = keep.clone()).to_string()}
                </Button>
            }
        });
        view! {
            <li class="editor__row editor__row--leaving">
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, model_editor.goes_to, stage = label.clone()).to_string())
                    options=stays
                    value=Signal::derive(chosen)
                    on_change=send
                />
                {keep}
            </li>
        }
        .into_any()
    };
    view! {
        <Show when=move || leaving.with(|leaving| !leaving.is_empty())>
            <section class="card stack" aria-labelledby="leaving-stages" data-testid="leaving-stages">
                <h2 id="leaving-stages">{t!(i18n, model_editor.leaving)}</h2>
                <p class="muted small">{t!(i18n, model_editor.leaving_what)}</p>
                <ul class="editor__rows">
                    <For each=move || leaving.get() key=Clone::clone children=row/>
                </ul>
            </section>
        </Show>
    }
    .into_any()
}

//! What follows after the win: whether there is anything, its name, its interval, tasks and playbook.

use leptos::prelude::*;

use super::{
    advice::{Advice, Whose},
    desk::Desk,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{AfterSale, ModelProblem, Playbook},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
        },
        parts::first_focus::FirstFocus,
        typed,
        wording::model as words,
    },
};

/// The days between return visits until somebody says otherwise.
const USUAL_DAYS: u16 = 90;

/// The card below the stages.
#[component]
pub(super) fn AfterSaleCard(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let is_there = Memo::new(move |_| desk.form.with(|form| form.after_sale.is_some()));
    // Whoever has just added or removed it goes on inside.
    let touched = StoredValue::new(false);
    let add = move |_| {
        touched.set_value(true);
        // What the model has is put back rather than begun anew.
        desk.edit(|form, model| {
            form.after_sale = Some(model.after_sale.clone().unwrap_or_else(|| AfterSale {
                name: t_string!(i18n, after_sale.title).to_owned(),
                return_visit_days: USUAL_DAYS,
                tasks: Vec::new(),
                playbook: Playbook::default(),
            }));
        });
    };
    let remove = move |_| {
        touched.set_value(true);
        desk.edit(|form, _| form.after_sale = None);
    };
    let content = move || {
        let content = if is_there.get() {
            view! { <Fields desk/> }.into_any()
        } else {
            view! {
                <div>
                    <Button icon=icondata_lu::LuPlus on_click=add attr:data-testid="add-after-sale">
                        {t!(i18n, after_sale.add)}
                    </Button>
                </div>
            }
            .into_any()
        };
        if touched.get_value() { view! { <FirstFocus>{content}</FirstFocus> }.into_any() } else { content }
    };
    view! {
        <section class="card stack editor__after" aria-labelledby="editor-after" data-testid="editor-after-sale">
            <div class="deal__card-head">
                <h2 id="editor-after">{t!(i18n, after_sale.title)}</h2>
                <Show when=move || is_there.get()>
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuTrash2
                        on_click=remove
                        attr:data-testid="remove-after-sale"
                    >
                        {t!(i18n, after_sale.remove)}
                    </Button>
                </Show>
            </div>
            <p class="muted small">{t!(i18n, after_sale.what)}</p>
            {content}
        </section>
    }
    .into_any()
}

#[component]
fn Fields(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let of = move |read: fn(&AfterSale) -> String| {
        Signal::derive(move || desk.form.with(|form| form.after_sale.as_ref().map(read)).unwrap_or_default())
    };
    let edit = move |write: &dyn Fn(&mut AfterSale)| desk.edit(|form, _| form.after_sale.iter_mut().for_each(write));
    let error = move |problem| {
        Signal::derive(move || {
            let found = desk.problems.with(|problems| problems.contains(&problem));
            found.then(|| words::problem(i18n, problem).to_owned())
        })
    };
    let rename = move |text: String| edit(&|after| after.name.clone_from(&text));
    // What is no number of days stays as it is typed and counts as none, which the form refuses.
    let typed_days = RwSignal::new(None::<String>);
    let known_days = of(|after| after.return_visit_days.to_string());
    let take_days = move |text: String| {
        let days = typed::folded(&text).parse::<u16>().ok();
        typed_days.set(days.is_none().then_some(text));
        edit(&|after| after.return_visit_days = days.unwrap_or_default());
    };
    view! {
        <div class="pair">
            <Field
                label=Signal::derive(move || t_string!(i18n, after_sale.name).to_owned())
                value=of(|after| after.name.clone())
                required=true
                error=error(ModelProblem::NamelessAfterSale)
                on_change=rename
                on_input=Callback::new(rename)
            />
            <div data-testid="after-sale-days">
                <Field
                    label=Signal::derive(move || t_string!(i18n, after_sale.interval).to_owned())
                    kind=FieldKind::Number
                    value=Signal::derive(move || typed_days.get().unwrap_or_else(|| known_days.get()))
                    error=error(ModelProblem::NoInterval)
                    on_change=take_days
                    on_input=Callback::new(take_days)
                />
            </div>
        </div>
        <div class="editor__folded"><Advice desk whose=Whose::AfterSale/></div>
    }
    .into_any()
}

//! What is known of the deal, every field ready to edit.

use leptos::prelude::*;

use super::origin::{Campaign, Follows};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, CustomFieldOf, DealDetails, Field, PersonId},
    ui::{
        components::{
            field::{FieldKind, SelectField},
            icon::Icon,
        },
        format::use_format,
        parts::{
            custom_fields::{CustomFields, put},
            deal_field::DealField,
            editor::{EditText, Editor, Refusal},
            mover::Mover,
            next_action::NextAction,
            tags::Tags,
        },
        typed,
        wording::I18n,
    },
};

/// The card with the deal's own fields.
#[component]
pub fn Facts(
    /// Edits the deal.
    editor: Editor,
    /// Offers to undo.
    mover: Mover,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let text = move |get: fn(&DealDetails) -> String| Signal::derive(move || editor.read(|deal| get(&deal.details)));
    let title = label(|i18n| t_string!(i18n, domain.field.title));
    view! {
        <section class="card deal__card">
            <h2>{t!(i18n, deal.facts)}</h2>
            <EditText
                label=title
                value=text(|details| details.title.clone())
                save=move |text: String| editor.details(|details| details.title = text)
            />
            <div class="pair">
                <div data-testid="deal-amount"><DealField editor field=Field::Amount/></div>
                <DealField editor field=Field::ExpectedClose/>
                <DealField editor field=Field::Owner/>
                <Probability editor/>
                <DealField editor field=Field::Source/>
                <DealField editor field=Field::Fit/>
                <Campaign editor/>
                <Follows editor/>
            </div>
            <Supporters editor/>
            <h3>{t!(i18n, deal.plan)}</h3>
            <NextAction editor mover/>
            <DealField editor field=Field::Competitors/>
            <DealField editor field=Field::Obstacles/>
            <Tags
                values=Signal::derive(move || editor.read(|deal| deal.details.tags.clone()))
                save=move |tags| editor.details(|details| details.tags = tags)
            />
            <EditText
                label=label(|i18n| t_string!(i18n, domain.field.notes))
                kind=FieldKind::Long
                value=text(|details| details.notes.clone())
                save=move |text: String| editor.details(|details| details.notes = text)
            />
            <EditText
                label=label(|i18n| t_string!(i18n, domain.field.reference))
                value=text(|details| details.reference.clone())
                save=move |text: String| editor.details(|details| details.reference = text)
            />
            <h3>{t!(i18n, custom.title)}</h3>
            <div class="pair" data-testid="deal-custom">
                <CustomFields
                    of=CustomFieldOf::Deal
                    values=Signal::derive(move || editor.read(|deal| deal.details.custom.clone()))
                    save=move |(name, value)| editor.details(|details| put(&mut details.custom, name, value))
                />
            </div>
        </section>
    }
    .into_any()
}

/// The seller's own probability, or the model's.
#[component]
fn Probability(editor: Editor) -> impl IntoView {
    let (i18n, format) = (editor.i18n, use_format());
    let own = Memo::new(move |_| editor.read(|deal| deal.standing().probability));
    let of_model = move || {
        let place = editor.deal.with(|deal| deal.as_ref().map(|deal| (deal.standing().model, deal.standing().stage)));
        editor.names.with(|names| {
            place.and_then(|(model, stage)| names.stage(model, stage)).map(|stage| stage.probability.as_f64())
        })
    };
    let save = move |text: String| match typed::percent(&text) {
        Ok(to) => editor.run(Command::SetProbability { id: editor.id, to }),
        Err(typed::NotAPercentage) => Some(t_string!(i18n, deal.bad_percent).to_owned()),
    };
    let refusal = RwSignal::new(Refusal::None);
    let hint = move || {
        let model = format.percent(of_model(), 0);
        if own.get().is_some() {
            t_string!(i18n, deal.own_probability, model = model).to_string()
        } else {
            t_string!(i18n, deal.model_probability, model = model).to_string()
        }
    };
    view! {
        <div>
            <EditText
                label=Signal::derive(move || t_string!(i18n, deal.probability).to_owned())
                kind=FieldKind::Number
                value=Signal::derive(move || own.get().map(typed::percent_text).unwrap_or_default())
                hint=Signal::derive(hint)
                save
            />
            <Show when=move || own.get().is_some()>
                <button
                    type="button"
                    class="link small"
                    on:click=move |_| refusal.set(editor.run(Command::SetProbability { id: editor.id, to: None }))
                >
                    {t!(i18n, deal.hand_back)}
                </button>
            </Show>
            <span class="field__note field__note--error">{refusal}</span>
        </div>
    }
}

/// The people who help to sell: who they are, and one more.
#[component]
fn Supporters(editor: Editor) -> impl IntoView {
    let i18n = editor.i18n;
    let chosen = Memo::new(move |_| editor.read(|deal| deal.details.supporters.clone()));
    let options = Signal::derive(move || {
        let taken: Vec<String> = chosen.get().iter().map(ToString::to_string).collect();
        let mut options = editor.names.with(|names| names.choose_person(None));
        options.retain(|(id, _)| !taken.contains(id));
        options
    });
    let refusal = RwSignal::new(Refusal::None);
    let add = move |text: String| {
        if let Ok(person) = text.parse() {
            refusal.set(editor.details(|details| details.supporters.push(person)));
        }
    };
    let remove = move |person: PersonId| {
        refusal.set(editor.details(|details| details.supporters.retain(|known| *known != person)));
    };
    let row = move |person: PersonId| {
        let name = Memo::new(move |_| editor.names.with(|names| names.person(Some(person))));
        let words = move || t_string!(i18n, deal.remove_supporter, name = name.get()).to_string();
        view! {
            <button type="button" class="chip" aria-label=words title=words on:click=move |_| remove(person)>
                {name}<Icon icon=icondata_lu::LuX/>
            </button>
        }
    };
    view! {
        <div class="deal__supporters">
            <SelectField
                label=Signal::derive(move || t_string!(i18n, domain.field.supporters).to_owned())
                options
                value=Signal::derive(move || {
                    chosen.track();
                    String::new()
                })
                on_change=add
                error=refusal
            />
            <div class="row"><For each=move || chosen.get() key=|id| *id children=row/></div>
        </div>
    }
}

//! What is known of the deal, every field ready to edit.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Deal, DealDetails, Field, PersonId},
    ui::{
        components::{
            button::{Button, Variant},
            field::{FieldKind, SelectField},
            icon::Icon,
        },
        format::use_format,
        parts::{
            deal_field::DealField,
            editor::{EditChoice, EditText, Editor, Refusal, read_date},
        },
        typed::{self, list},
        wording::I18n,
    },
};

/// The card with the deal's own fields.
#[component]
pub fn Facts(
    /// Edits the deal.
    editor: Editor,
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
            </div>
            <Supporters editor/>
            <h3>{t!(i18n, deal.plan)}</h3>
            <NextActionFields editor/>
            <DealField editor field=Field::Competitors/>
            <DealField editor field=Field::Obstacles/>
            <EditText
                label=label(|i18n| t_string!(i18n, domain.field.tags))
                value=text(|details| details.tags.join(", "))
                save=move |text: String| editor.details(|details| details.tags = list(&text))
            />
            <EditText
                label=label(|i18n| t_string!(i18n, domain.field.notes))
                kind=FieldKind::Long
                value=text(|details| details.notes.clone())
                save=move |text: String| editor.details(|details| details.notes = text)
            />
            <div class="pair">
                <EditText
                    label=label(|i18n| t_string!(i18n, domain.field.reference))
                    value=text(|details| details.reference.clone())
                    save=move |text: String| editor.details(|details| details.reference = text)
                />
                <Custom editor/>
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

/// What is to be done next, by whom, until when.
#[component]
fn NextActionFields(editor: Editor) -> impl IntoView {
    let i18n = editor.i18n;
    let action = |deal: &Deal| deal.details.next_action.clone();
    let there = Memo::new(move |_| editor.read(action).is_some());
    let owner = move || editor.read(action).and_then(|action| action.owner);
    let due = move || editor.read(action).and_then(|action| action.due).map(|day| day.to_string());
    let edit = move |write: &dyn Fn(&mut crate::model::NextAction)| {
        editor.details(|details| {
            if let Some(action) = &mut details.next_action {
                write(action);
            }
        })
    };
    let save_due = move |text: String| match read_date(&text) {
        Ok(due) => edit(&|action| action.due = due),
        Err(_) => Some(t_string!(i18n, moves.bad_date).to_owned()),
    };
    view! {
        <DealField editor field=Field::NextAction/>
        <Show when=move || there.get()>
            <div class="pair">
                <EditChoice
                    label=Signal::derive(move || t_string!(i18n, deal.by_whom).to_owned())
                    options=Signal::derive(move || editor.names.with(|names| names.choose_person(owner())))
                    value=Signal::derive(move || owner().map(|id| id.to_string()).unwrap_or_default())
                    save=move |text: String| edit(&|action| action.owner = text.parse().ok())
                />
                <EditText
                    label=Signal::derive(move || t_string!(i18n, deal.until).to_owned())
                    kind=FieldKind::Date
                    value=Signal::derive(move || due().unwrap_or_default())
                    save=save_due
                />
            </div>
        </Show>
    }
}

/// The user's own fields, and one more.
#[component]
fn Custom(editor: Editor) -> impl IntoView {
    let i18n = editor.i18n;
    let names = Memo::new(move |_| editor.read(|deal| deal.details.custom.keys().cloned().collect::<Vec<_>>()));
    let fresh = RwSignal::new(String::new());
    let row = move |name: String| {
        let (read, write) = (name.clone(), name.clone());
        let value =
            Signal::derive(move || editor.read(|deal| deal.details.custom.get(&read).cloned()).unwrap_or_default());
        let save = move |text: String| {
            editor.details(|details| {
                details.custom.insert(write.clone(), text);
            })
        };
        view! { <EditText label=name value save/> }
    };
    let refusal = RwSignal::new(Refusal::None);
    let add = move |_| {
        let name = fresh.get_untracked().trim().to_owned();
        if !name.is_empty() {
            refusal.set(editor.details(|details| {
                details.custom.entry(name).or_default();
            }));
            fresh.set(String::new());
        }
    };
    view! {
        <For each=move || names.get() key=Clone::clone children=row/>
        <div class="deal__add">
            <crate::ui::components::field::Field
                label=Signal::derive(move || t_string!(i18n, deal.new_field).to_owned())
                value=fresh
                on_change=move |text: String| fresh.set(text)
                error=refusal
            />
            <Button variant=Variant::Quiet icon=icondata_lu::LuPlus on_click=add>{t!(i18n, deal.add)}</Button>
        </div>
    }
}

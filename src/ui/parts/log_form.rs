//! The form that notes an activity: of a deal, of a customer, or of whomever the person names in it.

use leptos::{ev, prelude::*};

use super::{
    amounts::Amounts,
    customer_field::{CustomerField, find, find_or_create},
    editor::{Refusal, read_date},
    first_focus::FirstFocus,
    log_preset::{KINDS, Preset, kinds},
    mover::Mover,
    names::{Names, choices, use_names},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Activity, ActivityId, ActivityKind, Command, CustomerId, Date, PersonId, Workspace},
    store::{Store, use_store},
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind, SelectField},
        },
        route::settle_field,
        wording::I18n,
    },
};

/// What is written in the form, and what is wrong with it.
#[derive(Clone, Copy, Debug)]
struct Draft {
    preset: Preset,
    /// The activity that is written anew; `None` for one more.
    amended: Option<ActivityId>,
    /// The place of the kind among [`KINDS`].
    kind: RwSignal<usize>,
    day: RwSignal<String>,
    by: RwSignal<String>,
    customer: RwSignal<String>,
    deal: RwSignal<String>,
    note: RwSignal<String>,
    result: RwSignal<String>,
    next_step: RwSignal<String>,
    satisfaction: RwSignal<String>,
    minutes: RwSignal<String>,
    cost: RwSignal<String>,
    bad_day: RwSignal<Refusal>,
    bad_minutes: RwSignal<Refusal>,
    bad_cost: RwSignal<Refusal>,
    refused: RwSignal<Refusal>,
}

impl Draft {
    fn new(preset: Preset, by: Option<PersonId>, today: Date) -> Self {
        let text = || RwSignal::new(String::new());
        let fine = || RwSignal::new(Refusal::None);
        Self {
            preset,
            amended: None,
            kind: RwSignal::new(KINDS.iter().position(|kind| *kind == preset.kind).unwrap_or_default()),
            day: RwSignal::new(today.to_string()),
            by: RwSignal::new(by.map(|id| id.to_string()).unwrap_or_default()),
            customer: text(),
            deal: text(),
            note: text(),
            result: text(),
            next_step: text(),
            satisfaction: text(),
            minutes: text(),
            cost: text(),
            bad_day: fine(),
            bad_minutes: fine(),
            bad_cost: fine(),
            refused: fine(),
        }
    }

    /// An activity as it is, to be written anew.
    fn of(activity: Activity, amounts: Amounts) -> Self {
        let Activity { id, on, kind, by, customer, deal, note, result, next_step, satisfaction, minutes, cost } =
            activity;
        // Nothing about it is asked again that is known.
        let draft = Self { amended: Some(id), ..Self::new(Preset { kind, customer, deal }, by, on) };
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        draft.note.set(note);
        draft.result.set(result);
        draft.next_step.set(next_step);
        draft.satisfaction.set(number(satisfaction.map(u32::from)));
        draft.minutes.set(number(minutes));
        draft.cost.set(amounts.draft(cost));
        draft
    }

    fn chosen(self) -> ActivityKind {
        KINDS.get(self.kind.get()).copied().unwrap_or(ActivityKind::Note)
    }

    /// The commands that keep it; `None` when something is wrong, which is then said beside the field.
    fn commands(self, store: Store, i18n: I18n, amounts: Amounts) -> Option<Vec<Command>> {
        let on = read_date(&self.day.get_untracked()).ok().flatten();
        let minutes = read_minutes(&self.minutes.get_untracked());
        let cost = amounts.read(&self.cost.get_untracked());
        let say = |wrong: bool, words: &str| wrong.then(|| words.to_owned());
        self.bad_day.set(say(on.is_none(), t_string!(i18n, moves.bad_date)));
        self.bad_minutes.set(say(minutes.is_err(), t_string!(i18n, activity.bad_minutes)));
        self.bad_cost.set(say(cost.is_err(), t_string!(i18n, moves.bad_amount)));
        let (Some(on), Ok(minutes), Ok(cost)) = (on, minutes, cost) else { return None };
        let deal = self.preset.deal.or_else(|| self.deal.get_untracked().parse().ok());
        let of_deal = deal.and_then(|id| store.peek(|w| w.deals.get(id).and_then(|deal| deal.details.customer)));
        let (customer, begin) = match self.preset.customer.or(of_deal) {
            Some(known) => (Some(known), None),
            None if self.preset.deal.is_some() => (None, None),
            None => find_or_create(store, &self.customer.get_untracked()),
        };
        let kind = untrack(|| self.chosen());
        let rated = kind == ActivityKind::ReturnVisit;
        let activity = Activity {
            id: self.amended.unwrap_or_else(|| ActivityId::new(store.fresh())),
            on,
            kind,
            by: self.by.get_untracked().parse().ok(),
            customer,
            deal,
            note: self.note.get_untracked(),
            result: self.result.get_untracked(),
            next_step: self.next_step.get_untracked(),
            satisfaction: rated.then(|| self.satisfaction.get_untracked().parse().ok()).flatten(),
            minutes,
            cost,
        };
        Some(begin.into_iter().chain([Command::PutActivity(Box::new(activity))]).collect())
    }
}

/// Asks what was done, and keeps it; Ctrl and Enter keep it from any field. It begins with the
/// customer when nobody is known, else in the note.
#[component]
pub fn LogForm(
    /// What is known of the activity.
    preset: Preset,
    /// An activity to be written anew, whatever the preset.
    #[prop(optional_no_strip)]
    amended: Option<Activity>,
    /// Runs once it is kept or given up.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (i18n, store, names, clock) = (use_i18n(), use_store(), use_names(), use_clock());
    let (amounts, mover) = (Amounts::of(names), Mover::new(Callback::new(|_| ())));
    let draft = match amended {
        Some(activity) => Draft::of(activity, amounts),
        None => Draft::new(preset, preset.by(store), clock.today.get_untracked()),
    };
    let is_new = draft.amended.is_none();
    let save = move || {
        let Some(commands) = draft.commands(store, i18n, amounts) else { return };
        match store.dispatch(Command::Many(commands)) {
            Ok(change) => {
                on_close.run(());
                let said = if is_new { t_string!(i18n, activity.logged) } else { t_string!(i18n, activity.amended) };
                mover.offer_undo(said.to_owned(), change);
            }
            Err(rejection) => draft.refused.set(Some(mover.words(&rejection))),
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            settle_field();
            save();
        }
    };
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let text = move |words: fn(I18n) -> &'static str, text: RwSignal<String>| {
        view! { <Field label=label(words) value=text on_change=move |written: String| text.set(written)/> }
    };
    let people = Signal::derive(move || names.with(|names| names.choose_person(draft.by.get().parse().ok())));
    let spent = label(|i18n| t_string!(i18n, activity.cost));
    let cost = Signal::derive(move || [spent.get().as_str(), " (", amounts.currency().code(), ")"].concat());
    let note = view! {
        <Field
            label=label(|i18n| t_string!(i18n, activity.what_was_said))
            kind=FieldKind::Long
            value=draft.note
            on_change=move |text: String| draft.note.set(text)
            error=draft.refused
        />
    };
    let asks_whom = is_new && !draft.preset.has_subject();
    view! {
        <div class="form log" role="group" aria-label=label(|i18n| t_string!(i18n, activity.log)) data-testid="log-form" on:keydown=on_key>
            {if asks_whom {
                view! { <FirstFocus><What draft names/></FirstFocus>{note} }.into_any()
            } else {
                view! { <What draft names/><FirstFocus>{note}</FirstFocus> }.into_any()
            }}
            <div class="pair">
                {text(|i18n| t_string!(i18n, activity.result), draft.result)}
                {text(|i18n| t_string!(i18n, activity.next_step), draft.next_step)}
                <SelectField label=label(|i18n| t_string!(i18n, deal.by_whom)) options=people value=draft.by on_change=move |id: String| draft.by.set(id)/>
                <Field
                    label=label(|i18n| t_string!(i18n, activity.minutes))
                    kind=FieldKind::Number
                    value=draft.minutes
                    on_change=move |text: String| draft.minutes.set(text)
                    check=move |text: String| read_minutes(&text).err().map(|_| t_string!(i18n, activity.bad_minutes).to_owned())
                    error=draft.bad_minutes
                />
                <Field
                    label=cost
                    kind=FieldKind::Money
                    value=draft.cost
                    on_change=move |text: String| draft.cost.set(text)
                    check=move |text: String| amounts.objection(i18n, &text)
                    error=draft.bad_cost
                />
            </div>
            <div class="dialog__actions">
                <span class="log__keys muted small">{t!(i18n, activity.keys)}</span>
                <Button on_click=move |_| on_close.run(())>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Primary on_click=move |_| save()>
                    {move || if is_new { t_string!(i18n, activity.save) } else { t_string!(i18n, activity.save_changes) }}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// What it was, when, with whom and for what: as far as it is not known before.
#[component]
fn What(draft: Draft, names: Memo<Names>) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let preset = draft.preset;
    let kinds = Signal::derive(move || kinds(i18n));
    let levels = Signal::derive(|| choices((1..=5).map(|n| (n.to_string(), n.to_string()))));
    let deals = Signal::derive(move || {
        let written = || names.with(|names| find(names.customers.iter(), &draft.customer.get()));
        let of = preset.customer.or_else(written);
        store.peek(|workspace| of.map(|id| deals_of(workspace, id))).unwrap_or_default()
    });
    // Another customer has other deals.
    let name = move |name: String| {
        draft.customer.set(name);
        draft.deal.set(String::new());
    };
    let returns = Memo::new(move |_| draft.chosen() == ActivityKind::ReturnVisit);
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <Show when=move || preset.customer.is_none() && preset.deal.is_none()>
            <CustomerField value=draft.customer on_change=name/>
        </Show>
        <div class="pair">
            <SelectField
                label=label(|i18n| t_string!(i18n, activity.kind))
                options=kinds
                value=Signal::derive(move || draft.kind.get().to_string())
                on_change=move |place: String| draft.kind.set(place.parse().unwrap_or_default())
            />
            <Field
                label=label(|i18n| t_string!(i18n, activity.day))
                kind=FieldKind::Date
                value=draft.day
                on_change=move |text: String| draft.day.set(text)
                error=draft.bad_day
            />
            <Show when=move || returns.get()>
                <div data-testid="log-satisfaction">
                    <SelectField
                        label=label(|i18n| t_string!(i18n, activity.satisfaction))
                        options=levels
                        value=draft.satisfaction
                        on_change=move |level: String| draft.satisfaction.set(level)
                    />
                </div>
            </Show>
            <Show when=move || preset.deal.is_none() && deals.with(|deals| deals.len() > 1)>
                <SelectField
                    label=label(|i18n| t_string!(i18n, activity.for_deal))
                    options=deals
                    value=draft.deal
                    on_change=move |id: String| draft.deal.set(id)
                />
            </Show>
        </div>
    }
    .into_any()
}

/// Whole minutes; a blank text is none.
fn read_minutes(text: &str) -> Result<Option<u32>, std::num::ParseIntError> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::parse).transpose()
}

/// The deals of a customer to choose from: none, then the open ones, then the others, the newest first.
fn deals_of(workspace: &Workspace, id: CustomerId) -> Vec<(String, String)> {
    let of = workspace.deals.iter().rev().filter(|deal| deal.details.customer == Some(id));
    let (open, closed): (Vec<_>, Vec<_>) = of.partition(|deal| deal.standing().is_open());
    let deals = open.into_iter().chain(closed).map(|deal| (deal.id.to_string(), deal.details.title.clone()));
    std::iter::once((String::new(), crate::ui::format::UNKNOWN.to_owned())).chain(deals).collect()
}

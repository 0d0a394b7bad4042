//! What is done for the marked recipients: touches, with or without an activity, and deals.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{desk::Desk, make_deals::MakeDeals};
use crate::{
    i18n::{t, t_string},
    model::{Activity, ActivityId, ActivityKind, Command, CustomerId, Date, Touch},
    ui::{
        components::{
            button::{Button, Variant},
            choice::Choice,
            field::Checkbox,
            tag::Tone,
            toast::use_toasts,
        },
        parts::editor::read_date,
        wording,
    },
};

/// The kinds of activity that a touch can be.
const KINDS: [ActivityKind; 5] =
    [ActivityKind::Email, ActivityKind::Sms, ActivityKind::Call, ActivityKind::Visit, ActivityKind::Meeting];

/// The row of actions above the list.
#[component]
pub(super) fn Touching(desk: Desk) -> impl IntoView {
    let (i18n, toasts) = (desk.i18n, use_toasts());
    let day = RwSignal::new(desk.today.get_untracked().to_string());
    let (log, kind) = (RwSignal::new(false), RwSignal::new(0_usize));
    let making = RwSignal::new(false);
    let count = Memo::new(move |_| desk.marked.with(BTreeSet::len));
    let none = Memo::new(move |_| count.get() == 0);
    let touch = move |_| {
        let Ok(Some(on)) = read_date(&day.get_untracked()) else {
            toasts.say(t_string!(i18n, moves.bad_date).to_owned(), Tone::Bad);
            return;
        };
        let kind = log.get_untracked().then(|| KINDS.get(kind.get_untracked()).copied()).flatten();
        desk.touch(&untrack(|| desk.chosen()), on, kind);
    };
    let mark_all = move |_| desk.marked.set(desk.listed.with_untracked(|listed| listed.iter().copied().collect()));
    let kinds = Signal::derive(move || {
        let kinds = KINDS.iter().enumerate();
        let words = kinds.map(|(place, kind)| (place.to_string(), wording::activity_kind(i18n, *kind).to_owned()));
        words.collect::<Vec<_>>()
    });
    view! {
        <div class="campaign__tools" role="group" aria-label=desk.label(|i18n| t_string!(i18n, campaigns.for_marked))>
            <div class="row">
                <b aria-live="polite">{move || t_string!(i18n, campaigns.marked, count = count.get()).to_string()}</b>
                <Button variant=Variant::Bare on_click=mark_all attr:data-testid="mark-all">{t!(i18n, list.mark_all)}</Button>
                <Button variant=Variant::Bare disabled=none on_click=move |_| desk.marked.update(BTreeSet::clear)>{t!(i18n, list.unmark)}</Button>
            </div>
            <div class="row">
                <input
                    type="date"
                    class="field__control campaign__day"
                    aria-label=desk.label(|i18n| t_string!(i18n, campaigns.touched_on))
                    prop:value=day
                    on:input=move |event| day.set(event_target_value(&event))
                />
                <Checkbox label=desk.label(|i18n| t_string!(i18n, campaigns.log)) value=log on_change=move |chosen| log.set(chosen)/>
                <Show when=move || log.get()>
                    <span class="campaign__kind">
                        <Choice
                            label=desk.label(|i18n| t_string!(i18n, activity.kind))
                            options=kinds
                            value=Signal::derive(move || kind.get().to_string())
                            on_change=move |place: String| kind.set(place.parse().unwrap_or_default())
                        />
                    </span>
                </Show>
                <Button variant=Variant::Primary disabled=none on_click=touch attr:data-testid="touch">{t!(i18n, campaigns.touch)}</Button>
                <Button icon=icondata_lu::LuHandshake disabled=none on_click=move |_| making.set(true)>{t!(i18n, campaigns.make_deals)}</Button>
            </div>
            <MakeDeals desk open=making/>
        </div>
    }
    .into_any()
}

impl Desk {
    /// Notes that these customers were touched on a day, as one change, and logs an activity for each if a kind is given. A customer
    /// touched on that day already is left alone.
    fn touch(self, ids: &[CustomerId], on: Date, kind: Option<ActivityKind>) {
        let Some(mut campaign) = self.campaign.get_untracked().map(|campaign| (*campaign).clone()) else { return };
        let customers = self.names.with_untracked(|names| names.customers.clone());
        let mut commands = Vec::new();
        for customer in ids.iter().filter_map(|id| customers.get(*id)) {
            if campaign.touches.iter().any(|touch| touch.customer == customer.id && touch.on == on) {
                continue;
            }
            let contact = untrack(|| self.contact(customer)).filter(|id| customer.contact(*id).is_some());
            campaign.touches.push(Touch { customer: customer.id, contact, on });
            commands.extend(kind.map(|kind| {
                Command::PutActivity(Box::new(Activity {
                    id: ActivityId::new(self.store().fresh()),
                    on,
                    kind,
                    by: customer.owner,
                    customer: Some(customer.id),
                    deal: None,
                    note: campaign.name.clone(),
                    result: String::new(),
                    next_step: String::new(),
                    satisfaction: None,
                    minutes: None,
                    cost: None,
                }))
            }));
        }
        let before = self.campaign.get_untracked().map_or(0, |campaign| campaign.touches.len());
        let count = campaign.touches.len() - before;
        commands.push(Command::PutCampaign(Box::new(campaign)));
        match self.store().dispatch(Command::Many(commands)) {
            Ok(change) => {
                self.marked.update(BTreeSet::clear);
                self.mover()
                    .offer_undo(t_string!(self.i18n, campaigns.touches_noted, count = count).to_string(), change);
            }
            Err(refused) => self.mover().complain(&refused),
        }
    }

    /// Takes the latest touch of a customer back.
    pub(super) fn take_back(self, id: CustomerId) {
        let Some(mut campaign) = self.campaign.get_untracked().map(|campaign| (*campaign).clone()) else { return };
        let latest = campaign.touches.iter().enumerate().filter(|(_, touch)| touch.customer == id);
        let Some((place, _)) = latest.max_by_key(|(_, touch)| touch.on) else { return };
        campaign.touches.remove(place);
        match self.store().dispatch(Command::PutCampaign(Box::new(campaign))) {
            Ok(change) => {
                let name = self.names.with_untracked(|names| names.customer(Some(id)));
                self.mover().offer_undo(t_string!(self.i18n, campaigns.taken_back, name = name).to_string(), change);
            }
            Err(refused) => self.mover().complain(&refused),
        }
    }
}

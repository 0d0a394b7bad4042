//! What the parts of a campaign's page share.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::prelude::*;

use crate::{
    codec::merge_text::Recipient,
    i18n::use_i18n,
    metrics::{CampaignFigures, Reach, Whom, campaign_figures, campaigns::last_touch, recipients},
    model::{Campaign, CampaignId, Command, Contact, ContactId, Customer, CustomerId, Date},
    store::{Store, use_store},
    ui::{
        clock::use_clock,
        format::{Format, use_format},
        parts::{
            amounts::Amounts,
            editor::Refusal,
            mover::Mover,
            names::{Names, use_names},
        },
        wording::I18n,
    },
};

/// Edits one campaign and knows its recipients. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk {
    pub(super) id: CampaignId,
    kit: StoredValue<Kit>,
    pub(super) i18n: I18n,
    pub(super) format: Format,
    pub(super) names: Memo<Names>,
    pub(super) today: Signal<Date>,
    pub(super) campaign: Memo<Option<Arc<Campaign>>>,
    pub(super) figures: Memo<Option<CampaignFigures>>,
    /// Which recipients are listed, and how they are reached.
    pub(super) whom: RwSignal<Whom>,
    pub(super) reach: RwSignal<Reach>,
    /// The customers listed.
    pub(super) listed: Memo<Vec<CustomerId>>,
    /// Those of them that are marked.
    pub(super) marked: RwSignal<BTreeSet<CustomerId>>,
    /// Contacts chosen by hand.
    pub(super) picked: RwSignal<BTreeMap<CustomerId, Option<ContactId>>>,
}

/// What carries out commands and speaks of them; too large to be copied about with every cell.
#[derive(Clone, Copy, Debug)]
struct Kit {
    store: Store,
    mover: Mover,
    amounts: Amounts,
}

impl Desk {
    /// The desk of a campaign; call it in a component body.
    pub(super) fn new(id: CampaignId) -> Self {
        let (store, today) = (use_store(), use_clock().today);
        let names = use_names();
        let (whom, marked) = (RwSignal::new(Whom::Audience), RwSignal::new(BTreeSet::new()));
        let campaign = Memo::new(move |_| store.with(|workspace| workspace.campaigns.get(id).cloned()));
        let figures = Memo::new(move |_| {
            store.with(|workspace| Some(campaign_figures(workspace, workspace.campaigns.get(id)?, today.get())))
        });
        let listed = Memo::new(move |_| {
            let whom = whom.get();
            store.with(|workspace| {
                workspace.campaigns.get(id).map(|campaign| recipients(workspace, campaign, whom)).unwrap_or_default()
            })
        });
        // What is not listed is not marked: nothing happens to customers out of sight.
        Effect::new(move || {
            let listed: BTreeSet<_> = listed.get().into_iter().collect();
            if marked.with_untracked(|marked| !marked.is_subset(&listed)) {
                marked.update(|marked: &mut BTreeSet<CustomerId>| marked.retain(|id| listed.contains(id)));
            }
        });
        Self {
            id,
            kit: StoredValue::new(Kit { store, mover: Mover::new(Callback::new(|_| ())), amounts: Amounts::of(names) }),
            i18n: use_i18n(),
            format: use_format(),
            names,
            today,
            campaign,
            figures,
            whom,
            reach: RwSignal::new(Reach::Email),
            listed,
            marked,
            picked: RwSignal::default(),
        }
    }

    /// The store.
    pub(super) fn store(self) -> Store {
        self.kit.get_value().store
    }

    /// Says what was done and what was refused.
    pub(super) fn mover(self) -> Mover {
        self.kit.get_value().mover
    }

    /// Amounts as text.
    pub(super) fn amounts(self) -> Amounts {
        self.kit.get_value().amounts
    }

    /// Reads something of the campaign, followed; the default once it is gone.
    pub(super) fn read<T: Default>(self, read: impl FnOnce(&Campaign) -> T) -> T {
        self.campaign.with(|campaign| campaign.as_deref().map(read)).unwrap_or_default()
    }

    /// Rewrites the campaign.
    pub(super) fn edit(self, write: impl FnOnce(&mut Campaign)) -> Refusal {
        let before = self.campaign.get_untracked()?;
        let mut campaign = (*before).clone();
        write(&mut campaign);
        if campaign == *before {
            return None;
        }
        let refused = self.store().dispatch(Command::PutCampaign(Box::new(campaign))).err()?;
        Some(self.mover().words(&refused))
    }

    /// A label that follows the language.
    pub(super) fn label(self, words: fn(I18n) -> &'static str) -> Signal<String> {
        Signal::derive(move || words(self.i18n).to_owned())
    }

    /// The day of the latest touch of a customer, followed.
    pub(super) fn touched_on(self, id: CustomerId) -> Option<Date> {
        self.read(|campaign| last_touch(campaign, id).map(|touch| touch.on))
    }

    /// The contact that a customer is reached through: the one chosen by hand, that of the latest touch, or the first that can be
    /// reached. Followed.
    pub(super) fn contact(self, customer: &Customer) -> Option<ContactId> {
        if let Some(picked) = self.picked.with(|picked| picked.get(&customer.id).copied()) {
            return picked;
        }
        let touched = self.read(|campaign| last_touch(campaign, customer.id).and_then(|touch| touch.contact));
        touched.or_else(|| self.reach.get().contact(customer).map(|contact| contact.id))
    }

    /// The contact of a customer by its id.
    pub(super) fn contact_of(self, customer: &Customer) -> Option<&Contact> {
        self.contact(customer).and_then(|id| customer.contact(id))
    }

    /// The customers that something is done for: the marked ones in the order of the list.
    pub(super) fn chosen(self) -> Vec<CustomerId> {
        let listed = self.listed.get();
        self.marked.with(|marked| listed.into_iter().filter(|id| marked.contains(id)).collect())
    }

    /// Hands the recipients with these ids over, followed: whom a text is for, and the day of the latest touch.
    pub(super) fn recipients<T>(
        self,
        ids: &[CustomerId],
        take: impl FnOnce(Vec<(Recipient<'_>, Option<Date>)>) -> T,
    ) -> T {
        let (campaign, today) = (self.read(|campaign| campaign.name.clone()), self.format.date(self.today.get()));
        self.names.with(|names| {
            let recipient = |id: &CustomerId| {
                let customer = names.customers.get(*id)?;
                let owner = customer.owner.and_then(|id| names.people.get(id)).map(AsRef::as_ref);
                let recipient = Recipient {
                    customer,
                    contact: self.contact_of(customer),
                    owner,
                    campaign: &campaign,
                    company: &names.profile.name,
                    today: &today,
                };
                Some((recipient, self.touched_on(*id)))
            };
            take(ids.iter().filter_map(recipient).collect())
        })
    }
}

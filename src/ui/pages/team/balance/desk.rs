//! What the parts of the page share: the balance as it is, the draft, and the balance as it would be.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    metrics::{
        Filter, Frame,
        balance::{Balance, balance},
    },
    model::{CustomerId, PersonId, Workspace, assignment},
    store::{Store, use_store},
    ui::{
        clock::use_clock,
        components::{tag::Tone, toast::use_toasts},
        filters::ids,
        format::{Format, use_format},
        parts::{
            amounts::Amounts,
            behind::Opener,
            counted::{made_anew, use_last_frame},
            names::{Names, use_names},
            undo::use_way_back,
        },
        route::use_navigation,
        wording::{self, I18n},
    },
};

/// The balance of a snapshot.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) workspace: Workspace,
    pub(super) frame: Arc<Frame>,
    pub(super) balance: Balance,
}

/// A customer that would change hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) customer: CustomerId,
    pub(super) to: PersonId,
}

/// The page's state. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The balance as the data has it.
    pub(super) before: Memo<Arc<Reading>>,
    /// The balance as it would be.
    pub(super) after: Memo<Arc<Balance>>,
    /// What would change hands.
    pub(super) pending: Memo<Vec<Step>>,
    /// Whether customers with a deal in the lower zone may be proposed.
    pub(super) lower_too: RwSignal<bool>,
    moves: RwSignal<BTreeMap<CustomerId, PersonId>>,
    pub(super) names: Memo<Names>,
    pub(super) amounts: Amounts,
    pub(super) format: Format,
    pub(super) i18n: I18n,
    pub(super) opener: Opener,
    /// Carries the draft out as one change.
    pub(super) apply: Callback<()>,
}

impl Desk {
    /// Follows the open workspace and the address; call it in a component body.
    pub(super) fn follow() -> Self {
        let (i18n, store, names) = (use_i18n(), use_store(), use_names());
        let who = use_who(store);
        let (today, last) = (use_clock().today, use_last_frame());
        let before = Memo::new_with_compare(
            move |_| {
                let everything = Filter::default();
                let (workspace, frame) = store.with(|workspace| (workspace.clone(), last.of(workspace)));
                let balance = balance(&frame.view(today.get(), &everything), &workspace.people, &who.get());
                Arc::new(Reading { workspace, frame, balance })
            },
            made_anew,
        );
        let moves = RwSignal::new(BTreeMap::new());
        let pending = Memo::new(move |_| before.with(|reading| moves.with(|moves| effective(&reading.balance, moves))));
        let after = Memo::new_with_compare(
            move |_| {
                let chosen = pending.with(|pending| pending.iter().map(|step| (step.customer, step.to)).collect());
                Arc::new(before.with(|reading| reading.balance.after(&chosen)))
            },
            made_anew,
        );
        let frame = Signal::derive(move || Some(before.with(|reading| reading.frame.clone())));
        Self {
            before,
            after,
            pending,
            lower_too: RwSignal::new(false),
            moves,
            names,
            amounts: Amounts::of(names),
            format: use_format(),
            i18n,
            opener: Opener::new(frame),
            apply: use_apply(moves, pending),
        }
    }

    /// Writes into the draft that a customer goes to somebody; to its holder takes it out again.
    pub(super) fn give(self, customer: CustomerId, to: PersonId) {
        self.moves.update(|moves| {
            moves.insert(customer, to);
        });
        let stays = self.pending.with_untracked(|pending| pending.iter().all(|step| step.customer != customer));
        if stays {
            self.keep(customer);
        }
    }

    /// Takes a customer out of the draft.
    pub(super) fn keep(self, customer: CustomerId) {
        self.moves.update(|moves| {
            moves.remove(&customer);
        });
    }

    /// Where the draft puts a customer; `None` where it stays.
    pub(super) fn goes_to(self, customer: CustomerId) -> Option<PersonId> {
        self.pending.with(|pending| pending.iter().find(|step| step.customer == customer).map(|step| step.to))
    }

    /// Forgets the draft.
    pub(super) fn discard(self) {
        self.moves.set(BTreeMap::new());
    }
}

/// Carries the draft out as one change with a way back, or says why not.
fn use_apply(moves: RwSignal<BTreeMap<CustomerId, PersonId>>, pending: Memo<Vec<Step>>) -> Callback<()> {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let (toasts, way_back) = (use_toasts(), use_way_back());
    Callback::new(move |()| {
        let chosen = pending.with_untracked(|pending| pending.iter().map(|step| (step.customer, step.to)).collect());
        let Some(command) = store.peek(|workspace| assignment(workspace, &chosen)) else { return };
        match store.dispatch(command) {
            Ok(change) => {
                moves.set(BTreeMap::new());
                way_back.offer(t_string!(i18n, team.balance.applied, count = chosen.len()).to_string(), change);
            }
            Err(refused) => {
                let words = store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused));
                toasts.say(words, Tone::Bad);
            }
        }
    })
}

/// The moves that change something: the customer is here, and not with that person alone already.
fn effective(balance: &Balance, moves: &BTreeMap<CustomerId, PersonId>) -> Vec<Step> {
    let takes_part = |person: &PersonId| balance.people.iter().any(|holder| holder.person == *person);
    let changes = |customer: &CustomerId, to: &PersonId| {
        balance.accounts.iter().any(|account| account.customer == *customer && account.holder != *to)
    };
    let real = moves.iter().filter(|(customer, to)| takes_part(to) && changes(customer, to));
    real.map(|(customer, to)| Step { customer: *customer, to: *to }).collect()
}

/// The active people whom the address asks for; everybody when it asks for nobody in particular.
fn use_who(store: Store) -> Memo<BTreeSet<PersonId>> {
    let navigation = use_navigation();
    Memo::new(move |_| {
        let (people, departments) =
            navigation.query.with(|query| (ids::<PersonId>(query, "person"), ids(query, "department")));
        store.with(|workspace| {
            let active = workspace.people.iter().filter(|person| person.active);
            let asked = active.filter(|person| people.is_empty() || people.contains(&person.id));
            let asked = asked.filter(|person| departments.is_empty() || workspace.works_in(person.id, &departments));
            asked.map(|person| person.id).collect()
        })
    })
}

/// A part of a whole, for the length of a bar.
#[expect(clippy::cast_precision_loss, reason = "the length of a bar")]
pub(super) fn share(part: i128, whole: i128) -> f64 {
    if whole > 0 { (part as f64 / whole as f64).clamp(0.0, 1.0) } else { 0.0 }
}

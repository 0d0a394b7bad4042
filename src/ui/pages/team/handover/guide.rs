//! The guide: who leaves, what is theirs, who receives it, and then all of it as one change.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use super::lots::{Bars, Lots};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::handover::{Belongings, Matching, Plan, Proposal, hand_over},
    model::{DealId, HandedOver, PersonId, Workspace},
    store::{Store, use_store},
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            field::{Checkbox, SelectField},
            stat::Stat,
            tag::Tone,
            toast::use_toasts,
        },
        format::use_format,
        parts::{
            amounts::Amounts,
            behind::Opener,
            counted::made_anew,
            names::{Names, use_names},
            undo::use_way_back,
        },
        route::use_navigation,
        wording,
    },
};

/// The key of the leaver in the address.
const KEY: &str = "leaver";

/// What is known of a leaver.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) leaver: PersonId,
    pub(super) workspace: Workspace,
    pub(super) owned: Belongings,
    pub(super) matching: Matching,
    pub(super) proposals: Vec<Proposal>,
}

/// What the parts of the guide share. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) names: Memo<Names>,
    pub(super) amounts: Amounts,
    pub(super) case: Memo<Option<Arc<Case>>>,
    /// Receivers that somebody chose in the place of the proposed ones, by leaver and line.
    pub(super) chosen: RwSignal<BTreeMap<(PersonId, HandedOver), PersonId>>,
    /// Who receives what now.
    pub(super) to: Memo<Arc<BTreeMap<HandedOver, PersonId>>>,
    rest: RwSignal<Option<PersonId>>,
    drop_quotas: RwSignal<bool>,
}

impl Desk {
    fn follow() -> Self {
        let (store, navigation, clock, names) = (use_store(), use_navigation(), use_clock(), use_names());
        let leaver = Memo::new(move |_| {
            navigation.query.with(|query| query.get(KEY).and_then(|id| id.parse::<PersonId>().ok()))
        });
        let case = Memo::new_with_compare(
            move |_| {
                let (leaver, today) = (leaver.get()?, clock.today.get());
                let workspace = store.with(Workspace::clone);
                workspace.people.get(leaver)?;
                let owned = Belongings::of(&workspace, leaver, today);
                let matching = Matching::new(&workspace, leaver, &owned, today);
                let proposals = matching.propose();
                Some(Arc::new(Case { leaver, workspace, owned, matching, proposals }))
            },
            |before, after| match (before.and_then(Option::as_ref), after.and_then(Option::as_ref)) {
                (None, None) => before.is_none(),
                (before, after) => made_anew(before, after),
            },
        );
        let chosen = RwSignal::new(BTreeMap::<(PersonId, HandedOver), PersonId>::new());
        let to = Memo::new(move |_| {
            let case = case.get();
            chosen.with(|chosen| {
                let proposed = case.iter().flat_map(|case| case.proposals.iter().map(|one| (case.leaver, one)));
                let to = proposed.map(|(leaver, one)| {
                    let person = chosen.get(&(leaver, one.what)).copied();
                    (one.what, person.unwrap_or(one.fit.person))
                });
                Arc::new(to.collect())
            })
        });
        let (rest, drop_quotas) = (RwSignal::new(None), RwSignal::new(true));
        Self { store, names, amounts: Amounts::of(names), case, chosen, to, rest, drop_quotas }
    }

    /// Who takes what has no line: whoever was chosen, or else whoever receives the most.
    fn rest(self) -> Option<PersonId> {
        let case = self.case.get()?;
        let stays =
            |id: &PersonId| *id != case.leaver && case.workspace.people.get(*id).is_some_and(|person| person.active);
        if let Some(chosen) = self.rest.get().filter(stays) {
            return Some(chosen);
        }
        let mut counts = BTreeMap::<PersonId, usize>::new();
        self.to.with(|to| to.values().for_each(|person| *counts.entry(*person).or_default() += 1));
        let most = counts.into_iter().max_by_key(|(person, count)| (*count, std::cmp::Reverse(*person)));
        let anybody = || case.workspace.people.iter().map(|person| person.id).find(stays);
        most.map(|(person, _)| person).or_else(anybody)
    }

    fn plan(self) -> Option<Plan> {
        Some(Plan {
            from: self.case.get()?.leaver,
            to: self.to.with(|to| BTreeMap::clone(to)),
            rest: self.rest(),
            drop_quotas: self.drop_quotas.get(),
        })
    }

    /// The people who may receive something.
    pub(super) fn receivers(self) -> Vec<(String, String)> {
        let leaver = self.case.with(|case| case.as_ref().map(|case| case.leaver));
        let mut people: Vec<_> = self.names.with(|names| {
            let stay = names.people.iter().filter(|person| person.active && Some(person.id) != leaver);
            stay.map(|person| (person.id.to_string(), person.name.clone())).collect()
        });
        people.sort_by(|a, b| a.1.cmp(&b.1));
        people
    }
}

/// The card of the guide.
#[component]
pub(super) fn Guide() -> impl IntoView {
    let (i18n, navigation, clock) = (use_i18n(), use_navigation(), use_clock());
    let desk = Desk::follow();
    let people = Signal::derive(move || {
        let today = clock.today.get();
        let mut people: Vec<(String, String)> = desk.store.with(|workspace| {
            // Who left already and still has something can hand it over as well.
            let has = |id| !Belongings::of(workspace, id, today).is_empty();
            let offered = workspace.people.iter().filter(|person| person.active || has(person.id));
            offered.map(|person| (person.id.to_string(), person.name.clone())).collect()
        });
        people.sort_by(|a, b| a.1.cmp(&b.1));
        people.insert(0, (String::new(), t_string!(i18n, team.handover.choose).to_owned()));
        people
    });
    let value = Signal::derive(move || {
        desk.case.with(|case| case.as_ref().map(|case| case.leaver.to_string()).unwrap_or_default())
    });
    let is_chosen = Memo::new(move |_| desk.case.with(Option::is_some));
    // Who works here can be marked as having left without having anything.
    let is_anything = Memo::new(move |_| {
        desk.case.with(|case| {
            case.as_ref().is_some_and(|case| {
                let works_here = case.workspace.people.get(case.leaver).is_some_and(|person| person.active);
                works_here || !case.owned.is_empty()
            })
        })
    });
    let has_lots = Memo::new(move |_| desk.to.with(|to| !to.is_empty()));
    view! {
        <section class="card stack" data-testid="handover-guide">
            <h2>{t!(i18n, team.handover.guide)}</h2>
            <p class="muted small">{t!(i18n, team.handover.what)}</p>
            <div class="handover__who" data-testid="handover-who">
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, team.handover.who).to_owned())
                    options=people
                    value
                    on_change=move |id: String| navigation.set_query(KEY, (!id.is_empty()).then_some(id.as_str()))
                />
            </div>
        </section>
        <Show when=move || is_chosen.get()>
            <Theirs desk/>
            <Show when=move || has_lots.get()>
                <Lots desk/>
                <Bars desk/>
            </Show>
            <Show
                when=move || is_anything.get()
                fallback=move || view! { <p class="muted">{t!(i18n, team.handover.nothing_left)}</p> }
            >
                <Doing desk/>
            </Show>
        </Show>
    }
    .into_any()
}

/// What is theirs, in figures that open.
#[component]
fn Theirs(desk: Desk) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let opener = Opener::new(Signal::derive(|| None));
    let read = move |read: fn(&Case) -> usize| {
        Signal::derive(move || format.count(desk.case.with(|case| case.as_ref().map(|case| read(case)))))
    };
    let label = move |words: fn(wording::I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let open = move |title: fn(wording::I18n) -> &'static str, deals: fn(&Case) -> Vec<DealId>| {
        Callback::new(move |()| {
            let deals = desk.case.with_untracked(|case| case.as_ref().map(|case| deals(case)).unwrap_or_default());
            opener.list(title(i18n).to_owned(), deals, String::new());
        })
    };
    let worth = move || {
        desk.case.with(|case| {
            let case = case.as_ref()?;
            let (amount, weighted) = worth(case);
            let (amount, weighted) = (desk.amounts.sum(Some(amount)), desk.amounts.sum(Some(weighted)));
            Some(t_string!(i18n, team.handover.worth, amount = amount, weighted = weighted).to_string())
        })
    };
    view! {
        <div class="tiles" data-testid="handover-theirs">
            <Stat label=label(|i18n| t_string!(i18n, team.handover.customers)) figure=read(|case| case.owned.customers())/>
            <Stat
                label=label(|i18n| t_string!(i18n, team.handover.deals))
                figure=read(|case| case.owned.deals().count())
                note=MaybeProp::derive(worth)
                on_open=open(|i18n| t_string!(i18n, team.handover.deals), |case| case.owned.deals().collect())
            />
            <Stat
                label=label(|i18n| t_string!(i18n, team.handover.actions))
                figure=read(|case| case.owned.actions.len())
                on_open=open(|i18n| t_string!(i18n, team.handover.actions), |case| case.owned.actions.clone())
            />
            <Stat
                label=label(|i18n| t_string!(i18n, team.handover.supports))
                figure=read(|case| case.owned.supports.len())
                note=label(|i18n| t_string!(i18n, team.handover.supports_what))
                on_open=open(|i18n| t_string!(i18n, team.handover.supports), |case| case.owned.supports.clone())
            />
            <Stat label=label(|i18n| t_string!(i18n, team.handover.promises)) figure=read(|case| case.owned.promises.len())/>
            <Stat label=label(|i18n| t_string!(i18n, team.handover.quotas)) figure=read(|case| case.owned.quotas.len())/>
            <Stat
                label=label(|i18n| t_string!(i18n, team.handover.campaigns))
                figure=read(|case| case.owned.campaigns.len())
                note=label(|i18n| t_string!(i18n, team.handover.campaigns_what))
            />
        </div>
    }
    .into_any()
}

/// The amount and the weighted amount of the leaver's open deals, in minor units.
fn worth(case: &Case) -> (i128, i128) {
    let open =
        case.owned.deals().filter_map(|id| case.workspace.deals.get(id)).filter(|deal| deal.standing().is_open());
    let amount = open.filter_map(|deal| deal.standing().amount).map(|amount| i128::from(amount.minor())).sum();
    (amount, case.owned.lots.keys().map(|lot| case.matching.of_lot(lot).potential).sum())
}

/// The rest, what will be done, and doing it.
#[component]
fn Doing(desk: Desk) -> impl IntoView {
    let (i18n, format, clock, navigation) = (use_i18n(), use_format(), use_clock(), use_navigation());
    let (toasts, back) = (use_toasts(), use_way_back());
    let command = move |plan: &Plan| {
        let (today, id) = (clock.today.get_untracked(), desk.store.fresh().0.into());
        desk.store.peek(|workspace| hand_over(workspace, plan, id, today))
    };
    let ready = Memo::new(move |_| {
        let Some(plan) = desk.plan() else { return false };
        desk.store.with(|workspace| hand_over(workspace, &plan, 0.into(), clock.today.get())).is_ok()
    });
    let name =
        move || desk.names.with(|names| names.person(desk.case.with(|case| case.as_ref().map(|case| case.leaver))));
    let preview = move || {
        let case = desk.case.get()?;
        let receivers: std::collections::BTreeSet<PersonId> = desk.to.with(|to| to.values().copied().collect());
        let (amount, _) = worth(&case);
        let words = t_string!(
            i18n,
            team.handover.preview,
            customers = format.count(case.owned.customers()),
            deals = format.count(case.owned.deals().count()),
            amount = desk.amounts.sum(Some(amount)),
            actions = format.count(case.owned.actions.len()),
            promises = format.count(case.owned.promises.len()),
            people = format.count(receivers.len()),
            name = name()
        )
        .to_string();
        Some(words)
    };
    let run = move |_| {
        let Some(plan) = untrack(|| desk.plan()) else { return };
        let Ok(command) = command(&plan) else { return };
        let words = t_string!(i18n, team.handover.done, name = untrack(name)).to_string();
        match desk.store.dispatch(command) {
            Ok(change) => {
                navigation.set_query(KEY, None);
                back.offer(words, change);
            }
            Err(refused) => {
                let words = desk.store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused));
                toasts.say(words, Tone::Bad);
            }
        }
    };
    let rest = Signal::derive(move || desk.rest().map(|id| id.to_string()).unwrap_or_default());
    let has_quotas = Memo::new(move |_| {
        let today = clock.today.get();
        desk.case.with(|case| {
            case.as_ref().is_some_and(|case| {
                let mut quotas = case.owned.quotas.iter().filter_map(|id| case.workspace.quotas.get(*id));
                quotas.any(|quota| quota.from > today)
            })
        })
    });
    view! {
        <section class="card stack" data-testid="handover-do">
            <h2>{t!(i18n, team.handover.then)}</h2>
            <div class="handover__rest">
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, team.handover.rest).to_owned())
                    hint=Signal::derive(move || t_string!(i18n, team.handover.rest_what).to_owned())
                    options=Signal::derive(move || desk.receivers())
                    value=rest
                    on_change=move |id: String| desk.rest.set(id.parse().ok())
                />
            </div>
            <Show when=move || has_quotas.get()>
                <Checkbox
                    label=Signal::derive(move || t_string!(i18n, team.handover.drop_quotas).to_owned())
                    value=desk.drop_quotas
                    on_change=move |on| desk.drop_quotas.set(on)
                />
            </Show>
            <p data-testid="handover-preview">{preview}</p>
            <p class="muted small">{t!(i18n, team.handover.stays)}</p>
            <Show when=move || !ready.get()><p class="field__note field__note--error">{t!(i18n, team.handover.nobody_stays)}</p></Show>
            <div class="row no-print">
                <Button
                    variant=Variant::Primary
                    on_click=run
                    disabled=Signal::derive(move || !ready.get())
                    attr:data-testid="handover-run"
                >
                    {t!(i18n, team.handover.run)}
                </Button>
            </div>
        </section>
    }
    .into_any()
}

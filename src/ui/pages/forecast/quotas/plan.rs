//! The plan for the quotas of some months: proposed from what is in the funnel, changed by hand, written as one change, locked.

mod table;

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use super::{Months, Wish, lines};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Month,
        quota::of_people,
        quota_plan::{Ground, Offer, Plan, Recipe, lock, plan, write},
    },
    model::{Command, Money, PersonId, QuotaOf, QuotaSpan},
    store::{Store, use_store},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind, SelectField},
            segmented::Segmented,
            tag::Tone,
            toast::use_toasts,
        },
        format::use_format,
        parts::{
            behind::left_out_words,
            counted::made_anew,
            undo::{WayBack, use_way_back},
        },
        typed, wording,
    },
};

/// Steps to round to, in whole units of the currency.
const STEPS: [u32; 4] = [1, 1_000, 10_000, 100_000];

/// What somebody wrote for a person in some months.
type Drafts = BTreeMap<(Month, QuotaSpan, PersonId), String>;

/// What the parts of the plan share. Copy it freely.
#[derive(Clone, Copy)]
struct Planner {
    store: Store,
    wish: Wish,
    months: Months,
    digits: Memo<u32>,
    plan: Memo<Option<Arc<Plan>>>,
    drafts: RwSignal<Drafts>,
    /// What each person is to win: what somebody wrote, or else what is proposed.
    amounts: Memo<BTreeMap<PersonId, Option<Money>>>,
}

/// What the recipe is made of.
#[derive(Clone, Copy)]
struct Asked {
    step: RwSignal<u32>,
    from_above: RwSignal<bool>,
    total: RwSignal<String>,
    by_floor: RwSignal<bool>,
    floor: RwSignal<String>,
}

impl Asked {
    fn recipe(self, months: Months, digits: u32) -> Recipe {
        let amount = |text: RwSignal<String>| text.with(|text| typed::amount(text, digits).ok().flatten());
        let total = if self.from_above.get() { amount(self.total) } else { None };
        let floor = if self.by_floor.get() { amount(self.floor) } else { None };
        Recipe {
            first: months.first.get(),
            span: months.span.get(),
            step: i64::from(self.step.get()) * 10_i64.pow(digits),
            total: total.filter(|total| total.minor() >= 0),
            offer: floor.filter(|floor| floor.minor() > 0).map_or(Offer::Before, Offer::Floor),
        }
    }
}

impl Planner {
    fn follow(wish: Wish, months: Months, asked: Asked) -> Self {
        let digits = Memo::new(move |_| wish.counted.with(|counted| counted.workspace.profile.currency.digits()));
        let plan = Memo::new_with_compare(
            move |_| {
                let (counted, recipe) = (wish.counted.get(), asked.recipe(months, digits.get()));
                let made = wish
                    .scope
                    .with(|scope| plan(&counted.workspace, &counted.frame, scope.as_of, &scope.filter, recipe));
                made.map(Arc::new)
            },
            |before, after| {
                before.is_none_or(|before| match (before, after.and_then(Option::as_ref)) {
                    (Some(before), Some(after)) => made_anew(Some(before), Some(after)),
                    (before, after) => before.is_some() != after.is_some(),
                })
            },
        );
        let drafts = RwSignal::new(Drafts::new());
        let amounts = Memo::new(move |_| {
            let (first, span, digits) = (months.first.get(), months.span.get(), digits.get());
            let plan = plan.get();
            drafts.with(|drafts| {
                let one = |proposal: &crate::metrics::quota_plan::Proposal| {
                    let draft = drafts.get(&(first, span, proposal.person));
                    let draft = draft.filter(|_| proposal.ground != Ground::Locked);
                    let amount = match draft {
                        Some(text) => typed::amount(text, digits).ok().flatten(),
                        None => proposal.amount,
                    };
                    (proposal.person, amount)
                };
                plan.iter().flat_map(|plan| &plan.proposals).map(one).collect()
            })
        });
        Self { store: use_store(), wish, months, digits, plan, drafts, amounts }
    }

    /// The one change that writes the plan, and how many quotas it writes; `None` when nothing would change.
    fn written(self) -> Option<(Command, usize)> {
        let (first, span) = (self.months.first.get(), self.months.span.get());
        let command = self.amounts.with(|amounts| {
            self.store.with(|workspace| write(workspace, first, span, amounts, || self.store.fresh().0.into()))
        })?;
        let count = if let Command::Many(commands) = &command { commands.len() } else { 1 };
        Some((command, count))
    }

    /// The one change that locks or unlocks the quotas of these months.
    fn locked(self, locked: bool) -> Option<Command> {
        let (first, span) = (self.months.first.get(), self.months.span.get());
        self.wish.scope.with(|scope| {
            self.store.with(|workspace| {
                let whom: Vec<QuotaOf> =
                    lines(workspace, &scope.filter, String::new()).into_iter().map(|line| line.of).collect();
                lock(workspace, first, span, &whom, locked)
            })
        })
    }
}

/// The planning mode.
#[component]
pub(super) fn Planning(wish: Wish, months: Months) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let asked = Asked {
        step: RwSignal::new(10_000),
        from_above: RwSignal::new(false),
        total: RwSignal::default(),
        by_floor: RwSignal::new(false),
        floor: RwSignal::default(),
    };
    let planner = Planner::follow(wish, months, asked);
    let title = move || [t_string!(i18n, forecast.quota.plan), &months.words(format)].join(" · ");
    let is_there = Memo::new(move |_| planner.plan.with(Option::is_some));
    let says_nothing = move || {
        let words = if wish.scope.with(|scope| of_people(&scope.filter).is_none()) {
            t_string!(i18n, forecast.quota.only_people)
        } else {
            t_string!(i18n, forecast.quota.planning.nobody)
        };
        view! { <p class="muted">{words}</p> }
    };
    view! {
        <section class="card stack" data-testid="quota-plan">
            <h2>{title}</h2>
            <p class="muted small">{t!(i18n, forecast.quota.planning.what)}</p>
            <Show when=move || is_there.get() fallback=says_nothing>
                <Controls asked planner/>
                <table::Proposals planner/>
                <Unplanned planner/>
                <Actions planner/>
            </Show>
        </section>
    }
    .into_any()
}

/// How the proposal is made.
#[component]
fn Controls(asked: Asked, planner: Planner) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let two = |off: fn(wording::I18n) -> &'static str, on: fn(wording::I18n) -> &'static str| {
        vec![(false, Signal::derive(move || off(i18n).to_owned())), (true, Signal::derive(move || on(i18n).to_owned()))]
    };
    let steps =
        Signal::derive(move || STEPS.map(|step| (step.to_string(), format.count(usize::try_from(step).ok()))).to_vec());
    let currency = move || planner.wish.counted.with(|counted| counted.workspace.profile.currency.code().to_owned());
    let named = move |words: &str| [words, " (", &currency(), ")"].concat();
    let error = move |text: RwSignal<String>| {
        MaybeProp::derive(move || {
            let refused = text.with(|text| typed::amount(text, planner.digits.get()).is_err());
            refused.then(|| t_string!(i18n, deals.not_an_amount).to_owned())
        })
    };
    view! {
        <div class="filter-bar no-print">
            <Segmented
                label=Signal::derive(move || t_string!(i18n, forecast.quota.planning.way).to_owned())
                options=two(|i18n| t_string!(i18n, forecast.quota.planning.bottom_up), |i18n| t_string!(i18n, forecast.quota.planning.from_above))
                value=asked.from_above
                on_change=move |on| asked.from_above.set(on)
            />
            <Show when=move || asked.from_above.get()>
                <div data-testid="plan-total">
                    <Field
                        label=Signal::derive(move || named(t_string!(i18n, forecast.quota.planning.total)))
                        kind=FieldKind::Money
                        value=asked.total
                        error=error(asked.total)
                        on_change=move |text| asked.total.set(text)
                    />
                </div>
            </Show>
            <SelectField
                label=Signal::derive(move || named(t_string!(i18n, forecast.quota.planning.step)))
                options=steps
                value=Signal::derive(move || asked.step.get().to_string())
                on_change=move |step: String| asked.step.set(step.parse().unwrap_or(1))
            />
            <Segmented
                label=Signal::derive(move || t_string!(i18n, forecast.quota.planning.without).to_owned())
                options=two(|i18n| t_string!(i18n, forecast.quota.planning.by_before), |i18n| t_string!(i18n, forecast.quota.planning.by_floor))
                value=asked.by_floor
                on_change=move |on| asked.by_floor.set(on)
            />
            <Show when=move || asked.by_floor.get()>
                <Field
                    label=Signal::derive(move || named(t_string!(i18n, forecast.quota.planning.floor)))
                    kind=FieldKind::Money
                    value=asked.floor
                    error=error(asked.floor)
                    on_change=move |text| asked.floor.set(text)
                />
            </Show>
        </div>
    }
    .into_any()
}

/// The open deals that are in no proposal.
#[component]
fn Unplanned(planner: Planner) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let note = move || {
        let unplanned = planner.plan.get()?.unplanned.clone();
        let count = unplanned.deals.len();
        let amount = planner.wish.money(format, unplanned.weighted);
        let words = t_string!(i18n, forecast.quota.planning.unplanned, count = format.count(count), amount = amount)
            .to_string();
        let title = t_string!(i18n, forecast.quota.planning.unplanned_title).to_owned();
        let open = move |_| {
            let left_out = left_out_words(i18n, format, &unplanned.left_out);
            planner.wish.opener.run(title.clone(), &unplanned.deals, left_out);
        };
        (count > 0).then(|| {
            view! {
                <p class="muted small">
                    {words}" "
                    <button type="button" class="link" on:click=open>{t!(i18n, common.show_deals)}</button>
                </p>
            }
        })
    };
    view! { {note} }
}

/// Writing, locking, taking back.
#[component]
fn Actions(planner: Planner) -> impl IntoView {
    let (i18n, format, store, toasts, back) = (use_i18n(), use_format(), planner.store, use_toasts(), use_way_back());
    let carry_out = move |back: WayBack, command: Command, words: String| match store.dispatch(command) {
        Ok(change) => {
            back.offer(words, change);
            true
        }
        Err(refused) => {
            let words = store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused));
            toasts.say(words, Tone::Bad);
            false
        }
    };
    let count = Memo::new(move |_| planner.written().map_or(0, |(_, count)| count));
    let can = move |locked: bool| Memo::new(move |_| planner.locked(locked).is_some());
    let (can_lock, can_unlock) = (can(true), can(false));
    let edited = Memo::new(move |_| {
        let (first, span) = (planner.months.first.get(), planner.months.span.get());
        planner.drafts.with(|drafts| drafts.keys().any(|(month, of, _)| (*month, *of) == (first, span)))
    });
    let forget = move || {
        let (first, span) = (planner.months.first.get_untracked(), planner.months.span.get_untracked());
        planner.drafts.update(|drafts| drafts.retain(|(month, of, _), _| (*month, *of) != (first, span)));
    };
    let write = move |_| {
        let Some((command, count)) = untrack(|| planner.written()) else { return };
        let words = t_string!(i18n, forecast.quota.planning.written, count = count).to_string();
        // What was changed by hand goes on standing in the plan: it is what was written.
        carry_out(back, command, words);
    };
    let lock = move |locked: bool| {
        let Some(command) = untrack(|| planner.locked(locked)) else { return };
        let words = if locked {
            t_string!(i18n, forecast.quota.planning.said_locked).to_owned()
        } else {
            t_string!(i18n, forecast.quota.planning.said_unlocked).to_owned()
        };
        carry_out(back, command, words);
    };
    let months = move || planner.months.words(format);
    view! {
        <div class="row no-print" data-testid="plan-actions">
            <Button
                variant=Variant::Primary
                on_click=write
                disabled=Signal::derive(move || count.get() == 0)
                attr:data-testid="plan-write"
            >
                {move || t_string!(i18n, forecast.quota.planning.write, months = months()).to_string()}
            </Button>
            <Show when=move || edited.get()>
                <Button on_click=move |_| forget()>{t!(i18n, forecast.quota.planning.forget)}</Button>
            </Show>
            <Show when=move || can_lock.get()>
                <Button icon=icondata_lu::LuLock on_click=move |_| lock(true) attr:data-testid="plan-lock">{t!(i18n, forecast.quota.planning.lock)}</Button>
            </Show>
            <Show when=move || can_unlock.get()>
                <Button icon=icondata_lu::LuLockOpen on_click=move |_| lock(false) attr:data-testid="plan-unlock">{t!(i18n, forecast.quota.planning.unlock)}</Button>
            </Show>
            <span class="muted small">
                {move || match count.get() {
                    0 => t_string!(i18n, forecast.quota.planning.nothing_to_write).to_owned(),
                    count => t_string!(i18n, forecast.quota.planning.to_write, count = count).to_string(),
                }}
            </span>
        </div>
    }
    .into_any()
}

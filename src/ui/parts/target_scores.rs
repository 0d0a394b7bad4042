//! How one customer scores against target profiles, wish by wish, and the fit that follows.

use std::sync::Arc;

use leptos::prelude::*;

use super::{mover::Mover, target_words};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::score,
    model::{Command, Customer, CustomerId, Level, Target},
    store::{Store, use_store},
    ui::{
        components::{
            button::Button,
            icon::Icon,
            tag::{Tag, Tone},
        },
        format::{UNKNOWN, use_format},
        route::{Query, Route},
        wording::{self, I18n},
    },
};

/// The scores of a customer against every target profile, each with its reasons.
#[component]
pub fn TargetScores(
    /// Which customer.
    customer: CustomerId,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let mover = Mover::new(Callback::new(|_| ()));
    let known = Memo::new(move |_| store.with(|workspace| workspace.customers.get(customer).cloned()));
    let targets = Memo::new(move |_| store.with(|workspace| workspace.targets.iter().cloned().collect::<Vec<_>>()));
    let row = move |target: Arc<Target>| known.get().map(|known| one(i18n, store, mover, target, known));
    let none = move || {
        view! {
            <p class="muted">{t!(i18n, targets.none_yet)}</p>
            <p><a href=Route::Targets.href(&Query::default())>{t!(i18n, targets.to_targets)}</a></p>
        }
    };
    view! {
        <section class="card stack" aria-labelledby="target-scores" data-testid="target-scores">
            <h2 id="target-scores">{t!(i18n, targets.title)}</h2>
            <Show when=move || targets.with(|targets| !targets.is_empty()) fallback=none>
                <ul class="target-scores">{move || targets.get().into_iter().map(row).collect_view()}</ul>
            </Show>
        </section>
    }
    .into_any()
}

fn one(i18n: I18n, store: Store, mover: Mover, target: Arc<Target>, customer: Arc<Customer>) -> AnyView {
    let format = use_format();
    let found = score(&target, &customer);
    let (passes, proposed) = (found.passes(target.line), found.fit(target.line));
    let href = Route::Targets.href(&Query::default().with("profile", &target.id.to_string()));
    let (name, id, now) = (target.name.clone(), customer.id, customer.fit);
    let change = proposed.filter(|fit| Some(*fit) != now);
    view! {
        <li class="target-scores__one">
            <div class="row">
                <a href=href>{name}</a>
                <b>{move || format.percent(found.score, 0)}</b>
                <Tag tone=if passes { Tone::Good } else { Tone::Neutral }>
                    {move || if passes { t_string!(i18n, targets.passes) } else { t_string!(i18n, targets.fails) }}
                </Tag>
            </div>
            <div class="row small">
                <span class="muted">{t!(i18n, targets.proposed)}</span>
                <span>{move || level(i18n, proposed)}</span>
                {change.map(|fit| view! {
                    <Button on_click=move |_| take_over(store, mover, i18n, id, fit)>{t!(i18n, targets.take_over)}</Button>
                })}
            </div>
            <Answers target=(*target).clone() customer=customer/>
        </li>
    }
    .into_any()
}

/// Why a customer scores as it does: every criterion with its weight, what was found and whether that is as wished.
#[component]
pub fn Answers(
    /// The profile.
    target: Target,
    /// The customer.
    customer: Arc<Customer>,
) -> impl IntoView {
    let i18n = use_i18n();
    let answers = score(&target, &customer).answers;
    let row = |(wish, answer): (crate::model::Wish, crate::metrics::Answer)| {
        let (customer, weight) = (customer.clone(), wish.weight);
        let sentence = {
            let wish = wish.clone();
            move || target_words::wish(i18n, &wish)
        };
        let found = move || target_words::shown(i18n, &wish.attribute, &customer);
        view! {
            <li class="answers__one" data-tone=target_words::tone(answer).as_str()>
                <Icon icon=target_words::symbol(answer)/>
                <span>
                    <b>{move || target_words::answer(i18n, answer)}</b>
                    " · "
                    {sentence}
                    <span class="muted small answers__found">{move || t_string!(i18n, targets.found, found = found()).to_string()}</span>
                </span>
                <span class="muted small">{t!(i18n, targets.weighs, weight = weight)}</span>
            </li>
        }
    };
    view! { <ul class="answers">{target.wishes.into_iter().zip(answers).map(row).collect_view()}</ul> }.into_any()
}

/// A level; `—` for none.
pub fn level(i18n: I18n, level: Option<Level>) -> &'static str {
    level.map_or(UNKNOWN, |level| wording::level(i18n, level))
}

/// Sets the fit of a customer to the proposed one, says what it was before and offers to undo it.
pub fn take_over(store: Store, mover: Mover, i18n: I18n, id: CustomerId, fit: Level) {
    let Some(known) = store.peek(|workspace| workspace.customers.get(id).cloned()) else { return };
    let (name, now, before) = (known.name.clone(), level(i18n, Some(fit)), known.fit);
    let customer = Customer { fit: Some(fit), ..Arc::unwrap_or_clone(known) };
    match store.dispatch(Command::PutCustomer(Box::new(customer))) {
        Ok(change) => {
            let words = if before.is_none() {
                t_string!(i18n, targets.fit_set, name = name, fit = now).to_string()
            } else {
                let before = level(i18n, before);
                t_string!(i18n, targets.fit_replaced, name = name, fit = now, before = before).to_string()
            };
            mover.offer_undo(words, change);
        }
        Err(refused) => mover.complain(&refused),
    }
}

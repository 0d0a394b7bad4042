//! The forecast contest: a company before the end of a quarter, three amounts and a chance, and how near they came beside the
//! product's own forecast. The round lives in the address; how far the player is lives above the pages, for the company may be
//! [looked at](crate::ui::contesting) on all of them.

mod briefing;
mod look;
mod record;
mod result;
mod said;

use std::sync::Arc;

use leptos::prelude::*;

use super::rounds::Rounds;
use crate::{
    codec::progress::Exercise,
    i18n::{t, t_string, use_i18n},
    model::Currency,
    store::use_store,
    training::contest::{Briefing, Forecast, Kept, Round},
    ui::{
        background::Desk as Worker,
        components::button::Button,
        contesting::{Contesting, use_contesting},
        format::{Format, use_format},
        settings::use_settings,
        wording::{I18n, import::no_answer},
    },
    worker::{Request, Response},
};

use briefing::Told;
use look::Look;
use record::Rounded;
use result::Outcome;
use said::Saying;

/// The key of the round in the address.
const ROUND: &str = "contest";

/// A round that the worker made.
#[derive(Debug, PartialEq)]
pub(super) struct Made {
    round: Round,
    briefing: Briefing,
    /// What came, kept back until the forecast is made.
    came: f64,
    /// What the product says, likewise.
    product: Forecast,
}

/// A round at the table. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    i18n: I18n,
    format: Format,
    contesting: Contesting,
    made: RwSignal<Option<Arc<Made>>>,
    /// The round once the forecast was made.
    kept: Memo<Option<Kept>>,
}

impl Desk {
    fn currency(self) -> Option<Currency> {
        self.made.with(|made| made.as_ref().map(|made| made.briefing.currency))
    }

    /// An amount in minor units, shortened.
    fn money(self, minor: f64) -> String {
        let Some(currency) = self.currency() else { return String::new() };
        #[expect(clippy::cast_possible_truncation, reason = "amounts are bounded by 2⁵¹")]
        let minor = minor.round() as i64;
        self.format.money(minor, currency.code(), currency.digits(), true)
    }
}

/// The part of the page.
#[component]
pub(super) fn Contest() -> impl IntoView {
    let (i18n, format, settings) = (use_i18n(), use_format(), use_settings());
    let rounds = Rounds::follow(ROUND, Exercise::Contest);
    let (contesting, store) = (use_contesting(), use_store());
    let kept = Memo::new(move |_| contesting.with(|under_way| under_way.kept).flatten());
    let desk = Desk { i18n, format, contesting, made: RwSignal::new(None), kept };
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<&'static str>));
    let (worker, number) = (Worker::new(), StoredValue::new(0_u32));
    Effect::new(move |_| {
        let (seed, language) = (rounds.seed.get(), settings.language.get().into());
        number.update_value(|number| *number += 1);
        let asked = number.get_value();
        desk.made.set(None);
        let was_open = untrack(|| contesting.is_looked_at());
        if contesting.begin(Round::of(seed)) && was_open {
            // The company of another round says nothing of this one. Where nothing can be opened in its place, nothing is open.
            store.leave_visited().ok();
        }
        failure.set(None);
        busy.set(true);
        worker.ask(
            Request::Contest { language, seed },
            |_, _| (),
            move |answer| {
                // The page is gone, or another round was asked for since.
                if number.try_get_value() != Some(asked) {
                    return;
                }
                busy.set(false);
                match answer {
                    Ok(Response::Contest(Ok(made))) => {
                        let made = made.open().map(|(briefing, came, product)| {
                            Arc::new(Made { round: Round::of(seed), briefing, came, product })
                        });
                        desk.made.set(made);
                    }
                    Ok(_) => failure.set(Some(t_string!(i18n, import.failed.broken))),
                    Err(why) => failure.set(Some(no_answer(i18n, &why))),
                }
            },
        );
    });
    let title = move || t_string!(i18n, learn.games.round, n = rounds.seed.get().to_string()).to_string();
    view! {
        <div class="contest" data-testid="contest">
            <p class="games__intro">{t!(i18n, learn.contest.what)}</p>
            <div class="card__head">
                <h2>{title}</h2>
                <Button icon=icondata_lu::LuArrowRight on_click=move |_| rounds.next()>{t!(i18n, learn.games.next)}</Button>
            </div>
            <Show when=move || busy.get()>
                <p class="muted" role="status">{t!(i18n, learn.contest.making)}</p>
            </Show>
            {move || failure.get().map(|words| view! { <p class="card notice" data-tone="bad" role="alert">{words}</p> })}
            {move || desk.made.get().map(|made| view! { <Told desk made=made.clone()/> <Look desk seed=made.round.seed/> <Saying desk made/> })}
            {move || desk.kept.get().filter(|_| desk.made.with(Option::is_some)).map(|kept| view! { <Outcome desk kept/> })}
            <Rounded i18n format/>
        </div>
    }
    .into_any()
}

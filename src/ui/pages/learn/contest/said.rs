//! The player's forecast: three amounts and the chance of the quota, with what the amounts say of the quota by themselves.

use std::sync::Arc;

use leptos::prelude::*;

use super::{super::rounds::seconds, Desk, Made};
use crate::{
    codec::progress::Exercise,
    i18n::{t, t_string},
    training::contest::{Forecast, Kept, Quantiles},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
        },
        learning::use_learning,
        typed,
    },
};

/// The form.
#[component]
pub(super) fn Saying(desk: Desk, made: Arc<Made>) -> impl IntoView {
    let (i18n, format, learning) = (desk.i18n, desk.format, use_learning());
    let currency = made.briefing.currency;
    let (digits, asked) = (currency.digits(), made.briefing.asked);
    // What was typed before the company was looked at is still there.
    let typed = desk.contesting.with_untracked(|under_way| under_way.typed.clone()).unwrap_or_default();
    let [low, middle, high, chance] = typed.map(RwSignal::new);
    let texts = [low, middle, high];
    let keep = move || {
        let typed = [low, middle, high, chance].map(|text| text.get_untracked());
        desk.contesting.change(|under_way| under_way.typed = typed);
    };
    #[expect(clippy::cast_precision_loss, reason = "amounts are bounded by 2⁵¹")]
    let amount = move |text: &str| typed::amount(text, digits).ok().flatten().map(|amount| amount.minor() as f64);
    let won = Memo::new(move |_| {
        let [p10, p50, p90] = texts.map(|text| text.with(|text| amount(text)));
        Some((p10?, p50?, p90?))
    });
    let quantiles = Memo::new(move |_| won.get().and_then(|(p10, p50, p90)| Quantiles::new(p10, p50, p90)));
    let disordered = Memo::new(move |_| won.get().is_some() && quantiles.get().is_none());
    let quota =
        Memo::new(move |_| chance.with(|text| typed::percent(text).ok().flatten()).map(crate::model::Share::as_f64));
    let done = Memo::new(move |_| desk.kept.with(Option::is_some));
    let implied = move || {
        let share = 1.0 - quantiles.get()?.below(asked);
        Some(t_string!(i18n, learn.contest.implied, share = format.percent(share, 0)).to_string())
    };
    let bad_amount = Callback::new(move |text: String| {
        typed::amount(&text, digits).err().map(|_| t_string!(i18n, moves.bad_amount).to_owned())
    });
    let bad_share = Callback::new(move |text: String| {
        typed::percent(&text).err().map(|_| t_string!(i18n, learn.contest.bad_share).to_owned())
    });
    let seed = made.round.seed;
    let commit = move |_| {
        let (Some(won), Some(quota)) = (quantiles.get_untracked(), quota.get_untracked()) else { return };
        let player = Forecast { won, quota };
        let kept = Kept { asked, came: made.came, player, product: made.product };
        let (score, _) = kept.scores();
        let began = desk.contesting.with_untracked(|under_way| under_way.began).unwrap_or_default();
        desk.contesting.change(|under_way| under_way.kept = Some(kept));
        let seconds = seconds(began);
        learning.record(Exercise::Contest, &seed.to_string(), score.points(), seconds, kept.write());
    };
    let money = move |text: RwSignal<String>, label: fn(crate::ui::wording::I18n) -> &'static str| {
        view! {
            <Field
                label=Signal::derive(move || [label(i18n), " (", currency.code(), ")"].concat())
                kind=FieldKind::Money
                value=text
                on_input=move |typed: String| { text.set(typed); keep(); }
                on_change=move |typed: String| { text.set(typed); keep(); }
                check=bad_amount
            />
        }
    };
    view! {
        <section class="card games__part" data-testid="contest-say">
            <h3>{t!(i18n, learn.contest.say)}</h3>
            <p class="small muted">{t!(i18n, learn.contest.say_what)}</p>
            <div class="contest__fields">
                {money(low, |i18n| t_string!(i18n, learn.contest.p10))}
                {money(middle, |i18n| t_string!(i18n, learn.contest.p50))}
                {money(high, |i18n| t_string!(i18n, learn.contest.p90))}
                <Field
                    label=Signal::derive(move || t_string!(i18n, learn.contest.chance).to_owned())
                    kind=FieldKind::Number
                    value=chance
                    hint=MaybeProp::derive(implied)
                    on_input=move |typed: String| { chance.set(typed); keep(); }
                    on_change=move |typed: String| { chance.set(typed); keep(); }
                    check=bad_share
                />
            </div>
            <Show when=move || disordered.get()>
                <p role="alert">{t!(i18n, learn.contest.disordered)}</p>
            </Show>
            <div class="row">
                <Button
                    variant=Variant::Primary
                    disabled=Signal::derive(move || done.get() || quantiles.get().is_none() || quota.get().is_none())
                    on_click=commit
                >
                    {t!(i18n, learn.contest.commit)}
                </Button>
            </div>
        </section>
    }
    .into_any()
}

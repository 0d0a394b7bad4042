//! The agenda of one person.

use leptos::prelude::*;

use super::{desk::Desk, parts, promises};
use crate::{
    i18n::t_string,
    metrics::{Way, meeting::Agenda},
    model::PersonId,
    ui::{
        components::tag::{Tag, Tone},
        wording::I18n,
    },
};

/// The card of a person.
#[component]
pub(super) fn PersonAgenda(desk: Desk, person: Option<PersonId>) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let agenda = desk.agenda(person);
    let about = move || {
        let open = agenda.with(|agenda| agenda.week.open.clone());
        let sum = desk.store.with(|workspace| {
            let amounts = open.iter().filter_map(|id| workspace.deals.get(*id)?.standing().amount);
            amounts.map(|amount| i128::from(amount.minor())).sum::<i128>()
        });
        let sum = desk.amounts.sum(Some(sum));
        t_string!(i18n, coaching.open, count = open.len(), n = format.count(open.len()), amount = sum).to_string()
    };
    view! {
        <section class="card meeting__person" data-testid="meeting-person" data-person=person.map(|id| id.to_string())>
            <header class="meeting__who">
                <h2>{move || desk.person(person)}</h2>
                <span class="muted small">{about}</span>
                <span class="meeting__tags">
                    {short(desk, agenda, Tone::Good, |i18n| t_string!(i18n, coaching.won), |agenda| agenda.week.count(Way::Won))}
                    {short(desk, agenda, Tone::Accent, |i18n| t_string!(i18n, coaching.forward), |agenda| agenda.week.count(Way::Forward))}
                    {short(desk, agenda, Tone::Warn, |i18n| t_string!(i18n, coaching.back), |agenda| agenda.week.count(Way::Back))}
                    {short(desk, agenda, Tone::Bad, |i18n| t_string!(i18n, coaching.lost), |agenda| agenda.week.count(Way::Lost))}
                    {short(desk, agenda, Tone::Neutral, |i18n| t_string!(i18n, coaching.still), |agenda| agenda.week.still.len())}
                </span>
            </header>
            <div class="meeting__parts">
                {person.is_some().then(|| promises::before(desk, agenda))}
                {parts::moves(desk, agenda)}
                {parts::stuck(desk, agenda)}
                {parts::risks(desk, agenda)}
                {parts::skips(desk, agenda)}
                {parts::planned(desk, agenda)}
                {parts::unplanned(desk, agenda)}
                {person.map(|person| promises::next(desk, agenda, person))}
            </div>
        </section>
    }
    .into_any()
}

/// A number of the week as a tag, where there is one.
fn short(
    desk: Desk,
    agenda: Memo<Agenda>,
    tone: Tone,
    words: fn(I18n) -> &'static str,
    count: fn(&Agenda) -> usize,
) -> AnyView {
    let count = Memo::new(move |_| agenda.with(count));
    let said = move || [words(desk.i18n), &desk.format.count(count.get())].join(" ");
    view! { <Show when=move || count.get() != 0><Tag tone=Signal::derive(move || tone)>{said}</Tag></Show> }.into_any()
}

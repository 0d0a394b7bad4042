//! What the campaign is, edited in place.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string},
    model::Campaign,
    ui::{
        components::field::FieldKind,
        parts::{
            editor::{EditChoice, EditText, read_date},
            names::choices,
        },
        route::{Query, Route},
    },
};

/// Name, channel, dates, cost, audience and notes.
#[component]
pub(super) fn Facts(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let text = move |read: fn(&Campaign) -> String| Signal::derive(move || desk.read(read));
    let channels = Signal::derive(move || {
        let mut sources = desk.names.with(|names| names.profile.sources.clone());
        let present = desk.read(|campaign| campaign.channel.clone());
        if !present.is_empty() && !sources.contains(&present) {
            sources.push(present);
        }
        choices(sources.into_iter().map(|source| (source.clone(), source)))
    });
    let day = |day: Option<crate::model::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let save_day = move |text: &str, write: fn(&mut Campaign, Option<crate::model::Date>)| match read_date(text) {
        Ok(day) => desk.edit(|campaign| write(campaign, day)),
        Err(_) => Some(t_string!(i18n, moves.bad_date).to_owned()),
    };
    let save_cost = move |text: String| match desk.amounts().read(&text) {
        Ok(cost) => desk.edit(|campaign| campaign.cost = cost),
        Err(_) => Some(t_string!(i18n, moves.bad_amount).to_owned()),
    };
    let cost_label = move || [t_string!(i18n, campaigns.cost), " (", desk.amounts().currency().code(), ")"].concat();
    let targets = Memo::new(move |_| {
        desk.store().with(|workspace| {
            let target = |target: &std::sync::Arc<crate::model::Target>| (target.id.to_string(), target.name.clone());
            workspace.targets.iter().map(target).collect::<Vec<_>>()
        })
    });
    let audiences = Signal::derive(move || {
        let mut audiences = vec![(String::new(), t_string!(i18n, campaigns.everybody).to_owned())];
        audiences.extend(targets.get());
        audiences
    });
    let audience =
        Signal::derive(move || desk.read(|campaign| campaign.audience).map(|id| id.to_string()).unwrap_or_default());
    let href = move || {
        let query = desk.read(|campaign| campaign.audience).map(|id| Query::default().with("profile", &id.to_string()));
        Route::Targets.href(&query.unwrap_or_default())
    };
    view! {
        <section class="card stack" aria-labelledby="campaign-facts">
            <h2 id="campaign-facts">{t!(i18n, campaigns.facts)}</h2>
            <div data-testid="campaign-name-field">
                <EditText
                    label=desk.label(|i18n| t_string!(i18n, campaigns.name))
                    value=text(|campaign| campaign.name.clone())
                    save=move |text: String| desk.edit(|campaign| text.trim().clone_into(&mut campaign.name))
                />
            </div>
            <div class="pair">
                <EditChoice
                    label=desk.label(|i18n| t_string!(i18n, campaigns.channel))
                    options=channels
                    value=text(|campaign| campaign.channel.clone())
                    save=move |text: String| desk.edit(|campaign| campaign.channel = text)
                />
                <EditText
                    label=Signal::derive(cost_label)
                    kind=FieldKind::Money
                    value=Signal::derive(move || desk.amounts().draft(desk.read(|campaign| campaign.cost)))
                    save=save_cost
                />
                <EditText
                    label=desk.label(|i18n| t_string!(i18n, campaigns.starts))
                    kind=FieldKind::Date
                    value=Signal::derive(move || day(desk.read(|campaign| campaign.starts)))
                    save=move |text: String| save_day(&text, |campaign, day| campaign.starts = day)
                />
                <EditText
                    label=desk.label(|i18n| t_string!(i18n, campaigns.ends))
                    kind=FieldKind::Date
                    value=Signal::derive(move || day(desk.read(|campaign| campaign.ends)))
                    save=move |text: String| save_day(&text, |campaign, day| campaign.ends = day)
                />
            </div>
            <div data-testid="campaign-audience">
                <EditChoice
                    label=desk.label(|i18n| t_string!(i18n, campaigns.audience))
                    options=audiences
                    value=audience
                    save=move |text: String| desk.edit(|campaign| campaign.audience = text.parse().ok())
                />
            </div>
            <p class="small"><a href=href>{move || if audience.with(String::is_empty) { t_string!(i18n, campaigns.to_targets) } else { t_string!(i18n, campaigns.to_target) }}</a></p>
            <EditText
                label=desk.label(|i18n| t_string!(i18n, domain.field.notes))
                kind=FieldKind::Long
                value=text(|campaign| campaign.notes.clone())
                save=move |text: String| desk.edit(|campaign| campaign.notes = text)
            />
        </section>
    }
    .into_any()
}

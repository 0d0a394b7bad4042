//! The pages; the only users of the store. All but the first one are fetched when they are opened.

pub mod analysis;
pub mod board;
pub mod campaign;
pub mod campaigns;
pub mod coaching;
pub mod customer;
pub mod customers;
pub mod data;
pub mod deal;
pub mod deals;
pub mod forecast;
pub mod funnel;
pub mod growing_out;
pub mod import;
pub mod learn;
pub mod model_editor;
pub mod models;
pub mod not_found;
pub mod quality;
pub mod settings;
pub mod shared;
pub mod tables;
pub mod targets;
pub mod team;
pub mod today;
pub mod trash;
pub mod welcome;

use leptos::prelude::*;

use self::{
    analysis::AnalysisPage,
    board::BoardPage,
    campaign::CampaignPage,
    campaigns::CampaignsPage,
    coaching::CoachingPage,
    customer::CustomerPage,
    customers::CustomersPage,
    data::DataPage,
    deal::DealPage,
    deals::DealsPage,
    forecast::ForecastPage,
    funnel::FunnelPage,
    growing_out::GrowingOutPage,
    import::ImportPage,
    learn::LearnPage,
    model_editor::ModelEditorPage,
    models::{ModelPage, ModelsPage},
    not_found::NotFoundPage,
    quality::QualityPage,
    settings::SettingsPage,
    shared::SharedPage,
    tables::TablesPage,
    targets::TargetsPage,
    team::TeamPage,
    today::TodayPage,
    trash::TrashPage,
    welcome::WelcomePage,
};
use crate::ui::{
    chunk::{Place, chunk, coming},
    route::Route,
    timing,
};

/// The page of an address.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Welcome => shown(view! { <WelcomePage/> }),
        Route::NotFound => shown(view! { <NotFoundPage/> }),
        Route::Board => coming(Place::Page, || Box::pin(board_page())),
        Route::Funnel => coming(Place::Page, || Box::pin(funnel_page())),
        Route::Analysis => coming(Place::Page, || Box::pin(analysis_page())),
        Route::Forecast => coming(Place::Page, || Box::pin(forecast_page())),
        Route::Coaching => coming(Place::Page, || Box::pin(coaching_page())),
        Route::Team => coming(Place::Page, || Box::pin(team_page())),
        Route::Deals => coming(Place::Page, || Box::pin(deals_page())),
        Route::Deal(id) => coming(Place::Page, move || Box::pin(deal_page(id.clone()))),
        Route::Today => coming(Place::Page, || Box::pin(today_page())),
        Route::Customers => coming(Place::Page, || Box::pin(customers_page())),
        Route::Customer(id) => coming(Place::Page, move || Box::pin(customer_page(id.clone()))),
        Route::Tables => coming(Place::Page, || Box::pin(tables_page())),
        Route::Targets => coming(Place::Page, || Box::pin(targets_page())),
        Route::Campaigns => coming(Place::Page, || Box::pin(campaigns_page())),
        Route::Campaign(id) => coming(Place::Page, move || Box::pin(campaign_page(id.clone()))),
        Route::Quality => coming(Place::Page, || Box::pin(quality_page())),
        Route::ModelEditor(id) => coming(Place::Page, move || Box::pin(model_editor_page(id.clone()))),
        Route::Models => coming(Place::Page, || Box::pin(models_page())),
        Route::Model(key) => coming(Place::Page, move || Box::pin(model_page(key.clone()))),
        Route::Learn => coming(Place::Page, || Box::pin(learn_page())),
        Route::Data => coming(Place::Page, || Box::pin(data_page())),
        Route::Trash => coming(Place::Page, || Box::pin(trash_page())),
        Route::Import => coming(Place::Page, || Box::pin(import_page())),
        Route::GrowingOut => coming(Place::Page, || Box::pin(growing_out_page())),
        Route::Settings => coming(Place::Page, || Box::pin(settings_page())),
        Route::Shared(packet) => coming(Place::Page, move || Box::pin(shared_page(packet.clone()))),
    }
}

chunk! {
    /// The board.
    work fn board_page() -> AnyView { shown(view! { <BoardPage/> }) }
    /// The funnel picture.
    work fn funnel_page() -> AnyView { shown(view! { <FunnelPage/> }) }
    /// The list of deals.
    work fn deals_page() -> AnyView { shown(view! { <DealsPage/> }) }
    /// One deal.
    work fn deal_page(id: String) -> AnyView { shown(view! { <DealPage id/> }) }
    /// What is to be done today.
    work fn today_page() -> AnyView { shown(view! { <TodayPage/> }) }
    /// The analysis.
    rest fn analysis_page() -> AnyView { shown(view! { <AnalysisPage/> }) }
    /// The forecast.
    rest fn forecast_page() -> AnyView { shown(view! { <ForecastPage/> }) }
    /// The weekly meeting.
    rest fn coaching_page() -> AnyView { shown(view! { <CoachingPage/> }) }
    /// The team.
    rest fn team_page() -> AnyView { shown(view! { <TeamPage/> }) }
    /// Lessons and exercises.
    rest fn learn_page() -> AnyView { shown(view! { <LearnPage/> }) }
    /// The list of customers.
    rest fn customers_page() -> AnyView { shown(view! { <CustomersPage/> }) }
    /// One customer.
    rest fn customer_page(id: String) -> AnyView { shown(view! { <CustomerPage id/> }) }
    /// The tables that the method prints.
    rest fn tables_page() -> AnyView { shown(view! { <TablesPage/> }) }
    /// Target profiles.
    rest fn targets_page() -> AnyView { shown(view! { <TargetsPage/> }) }
    /// The campaigns.
    rest fn campaigns_page() -> AnyView { shown(view! { <CampaignsPage/> }) }
    /// One campaign.
    rest fn campaign_page(id: String) -> AnyView { shown(view! { <CampaignPage id/> }) }
    /// What is wrong with the data.
    rest fn quality_page() -> AnyView { shown(view! { <QualityPage/> }) }
    /// The editor of one funnel model.
    rest fn model_editor_page(id: String) -> AnyView { shown(view! { <ModelEditorPage id/> }) }
    /// The funnel models.
    rest fn models_page() -> AnyView { shown(view! { <ModelsPage/> }) }
    /// One funnel model.
    rest fn model_page(key: String) -> AnyView { shown(view! { <ModelPage key/> }) }
    /// Import, export, storage.
    rest fn data_page() -> AnyView { shown(view! { <DataPage/> }) }
    /// What was deleted.
    rest fn trash_page() -> AnyView { shown(view! { <TrashPage/> }) }
    /// The import of files.
    rest fn import_page() -> AnyView { shown(view! { <ImportPage/> }) }
    /// What this is too small for.
    rest fn growing_out_page() -> AnyView { shown(view! { <GrowingOutPage/> }) }
    /// Language, theme, currency.
    rest fn settings_page() -> AnyView { shown(view! { <SettingsPage/> }) }
    /// A workspace that was shared.
    share fn shared_page(packet: String) -> AnyView { shown(view! { <SharedPage packet/> }) }
}

fn shown(page: impl IntoView + 'static) -> AnyView {
    timing::first_page_stands();
    page.into_any()
}

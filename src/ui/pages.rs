//! The pages; the only users of the store. All but the first one are fetched when they are opened.

pub mod board;
pub mod data;
pub mod deal;
pub mod deals;
pub mod funnel;
pub mod import;
pub mod models;
pub mod not_found;
pub mod settings;
pub mod welcome;

use leptos::prelude::*;

use self::{
    board::BoardPage,
    data::DataPage,
    deal::DealPage,
    deals::DealsPage,
    funnel::FunnelPage,
    import::ImportPage,
    models::{ModelPage, ModelsPage},
    not_found::NotFoundPage,
    settings::SettingsPage,
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
        Route::Deals => coming(Place::Page, || Box::pin(deals_page())),
        Route::Deal(id) => coming(Place::Page, move || Box::pin(deal_page(id.clone()))),
        Route::Models => coming(Place::Page, || Box::pin(models_page())),
        Route::Model(key) => coming(Place::Page, move || Box::pin(model_page(key.clone()))),
        Route::Data => coming(Place::Page, || Box::pin(data_page())),
        Route::Import => coming(Place::Page, || Box::pin(import_page())),
        Route::Settings => coming(Place::Page, || Box::pin(settings_page())),
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
    /// The funnel models.
    models fn models_page() -> AnyView { shown(view! { <ModelsPage/> }) }
    /// One funnel model.
    models fn model_page(key: String) -> AnyView { shown(view! { <ModelPage key/> }) }
    /// Import, export, storage.
    office fn data_page() -> AnyView { shown(view! { <DataPage/> }) }
    /// The import of files.
    office fn import_page() -> AnyView { shown(view! { <ImportPage/> }) }
    /// Language, theme, currency.
    office fn settings_page() -> AnyView { shown(view! { <SettingsPage/> }) }
}

fn shown(page: impl IntoView + 'static) -> AnyView {
    timing::first_page_stands();
    page.into_any()
}

//! The tables that the method prints: funnel sheet, customer status, levels by fit. What is chosen lives in the address, so that a
//! table can be linked and kept as a view.

mod grid;
mod levels;
mod paper;
mod screen;
mod sheet;
mod status;

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    codec::table::encode,
    i18n::{t, t_string, use_i18n},
    metrics::{
        Frame,
        tables::{customer_status, funnel_sheet},
    },
    model::Workspace,
    store::use_store,
    ui::{
        components::{button::Button, data_table::Sort, tabs::Tabs},
        filters::{self, FilterBar, Scope, use_wide_scope},
        format::use_format,
        parts::{
            counted::{made_anew, use_last_frame},
            listing::{column::Columns, controls::ChooseColumns, export::TakeAway},
            nothing::{NoRecords, NoWorkspace},
            views::Views,
        },
        print::use_print_sheet,
        route::{Route, use_navigation},
        settings::Settings,
        wording::I18n,
    },
};

use grid::Grid;
use screen::GridTable;

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Sheet,
    Status,
    Levels,
}

impl Which {
    const ALL: [Self; 3] = [Self::Sheet, Self::Status, Self::Levels];

    const fn code(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Status => "status",
            Self::Levels => "levels",
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Sheet => t_string!(i18n, tables.sheet),
            Self::Status => t_string!(i18n, tables.status),
            Self::Levels => t_string!(i18n, tables.levels),
        }
    }
}

/// The keys of the address that a view of this page keeps.
const OWN_KEYS: [&str; 3] = ["table", "sort", "columns"];

/// The tables that the method prints.
#[component]
pub fn TablesPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let any = Memo::new(move |_| store.with(|w| !w.deals.is_empty() || !w.customers.is_empty()));
    view! {
        <h1>{t!(i18n, tables.title)}</h1>
        {move || match (opened.get().is_some(), any.get()) {
            (false, _) => view! {
                <NoWorkspace icon=icondata_lu::LuTable text=Signal::derive(move || t_string!(i18n, tables.no_workspace).to_owned())/>
            }.into_any(),
            (true, false) => view! {
                <NoRecords icon=icondata_lu::LuTable text=Signal::derive(move || t_string!(i18n, tables.nothing_yet).to_owned())/>
            }.into_any(),
            (true, true) => view! { <Filled/> }.into_any(),
        }}
    }
}

#[component]
fn Filled() -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let scope = use_wide_scope();
    let which = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get("table").map(str::to_owned));
        Which::ALL.into_iter().find(|which| Some(which.code()) == code.as_deref()).unwrap_or(Which::Sheet)
    });
    // Renewed once per snapshot; another scope only scans it again.
    let last = use_last_frame();
    let frame = Memo::new_with_compare(move |_| store.with(|workspace| last.of(workspace)), made_anew);
    let tabs = Which::ALL.map(|which| (which, Signal::derive(move || which.title(i18n).to_owned()))).to_vec();
    let choose = move |which: Which| {
        // Columns and order are those of a table.
        navigation.set_query("columns", None);
        navigation.set_query("sort", None);
        navigation.set_query("table", (which != Which::Sheet).then_some(which.code()));
    };
    view! {
        <div class="listing tables">
            <FilterBar scope all_models=true by_period=Signal::derive(move || which.get() == Which::Sheet)/>
            <Tabs label=Signal::derive(move || t_string!(i18n, tables.title).to_owned()) tabs value=which on_change=choose>
                {move || match which.get() {
                    Which::Sheet => view! { <SheetTab scope frame/> }.into_any(),
                    Which::Status => view! { <StatusTab scope frame/> }.into_any(),
                    Which::Levels => view! { <LevelsTab scope frame/> }.into_any(),
                }}
            </Tabs>
        </div>
    }
}

#[component]
fn SheetTab(scope: Memo<Scope>, frame: Memo<Arc<Frame>>) -> impl IntoView {
    let (i18n, store, format, settings) = (use_i18n(), use_store(), use_format(), expect_context::<Settings>());
    let chosen = Columns::follow(sheet::USUAL_SORT);
    // Counted once for every order and choice of columns.
    let counted = Memo::new_with_compare(
        move |_| {
            let frame = frame.get();
            Arc::new(scope.with(|scope| funnel_sheet(&frame.view(scope.as_of, &scope.filter))))
        },
        made_anew,
    );
    let grid = Memo::new_with_compare(
        move |_| {
            let (counted, frame, fields) = (counted.get(), frame.get(), chosen.shown.get());
            let language = settings.language.get().tag();
            Arc::new(store.with(|workspace| {
                let (sort, fields) = (chosen.sort.get(), fields.into());
                let teller = Arc::new(sheet::Teller { workspace: workspace.clone(), fields, i18n, format });
                sheet::Sheet { teller, frame: &frame, sort, language }.grid(&counted)
            }))
        },
        made_anew,
    );
    let columns = move || view! { <ChooseColumns columns=chosen/> }.into_any();
    view! { <Table which=Which::Sheet scope grid sort=chosen.sorted() columns/> }
}

#[component]
fn StatusTab(scope: Memo<Scope>, frame: Memo<Arc<Frame>>) -> impl IntoView {
    let (i18n, store, format, settings) = (use_i18n(), use_store(), use_format(), expect_context::<Settings>());
    let chosen = Columns::follow(status::USUAL_SORT);
    let counted = Memo::new_with_compare(
        move |_| {
            let (frame, scope) = (frame.get(), scope.get());
            let view = frame.view(scope.as_of, &scope.filter);
            Arc::new(store.with(|workspace| customer_status(&view, workspace)))
        },
        made_anew,
    );
    let grid = Memo::new_with_compare(
        move |_| {
            let (counted, fields) = (counted.get(), chosen.shown.get());
            let language = settings.language.get().tag();
            Arc::new(store.with(|workspace| {
                chosen.sort.with(|sort| status::grid(counted, workspace, fields.into(), sort, language, i18n, format))
            }))
        },
        made_anew,
    );
    let columns = move || view! { <ChooseColumns columns=chosen/> }.into_any();
    view! { <Table which=Which::Status scope grid sort=chosen.sorted() columns/> }
}

#[component]
fn LevelsTab(scope: Memo<Scope>, frame: Memo<Arc<Frame>>) -> impl IntoView {
    let (i18n, store, format, settings) = (use_i18n(), use_store(), use_format(), expect_context::<Settings>());
    let chosen = Columns::follow(levels::USUAL_SORT);
    let grid = Memo::new_with_compare(
        move |_| {
            let (frame, scope) = (frame.get(), scope.get());
            let language = settings.language.get().tag();
            Arc::new(store.with(|workspace| {
                let sort = chosen.sort.get();
                let levels = levels::Levels { workspace, frame: &frame, sort, language, i18n, format };
                levels.grid(&frame.view(scope.as_of, &scope.filter))
            }))
        },
        made_anew,
    );
    view! { <Table which=Which::Levels scope grid sort=chosen.sorted() columns=|| ()/> }
}

/// A table with what it comes to, its views, its columns and its ways out.
#[component]
fn Table(
    which: Which,
    scope: Memo<Scope>,
    grid: Memo<Arc<Grid>>,
    sort: Signal<Option<Sort<String>>>,
    /// The choice of columns.
    #[prop(into)]
    columns: ViewFn,
) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let title = Signal::derive(move || which.title(i18n).to_owned());
    let as_of = move || t_string!(i18n, tables.as_of, day = format.date(scope.with(|scope| scope.as_of))).to_string();
    let about = move |workspace: &Workspace| {
        let asked = scope.with(|scope| filters::words(scope, workspace, which == Which::Sheet, i18n, format));
        vec![workspace.profile.name.clone(), [as_of(), asked].join(t_string!(i18n, filters.joint))]
    };
    let print = use_print_sheet(move || {
        grid.with(|grid| {
            store.peek(|workspace| {
                let head = paper::Head { title: title.get(), about: about(workspace) };
                paper::paper(head, grid, workspace, format)
            })
        })
    });
    let table = move |form| {
        let rows = grid.with_untracked(|grid| (grid.lines(), store.peek(|workspace| grid.plain(workspace))));
        Ok((rows.0, encode(form, rows.1)?))
    };
    let keys: Vec<&'static str> = OWN_KEYS.into_iter().chain(filters::KEYS).collect();
    view! {
        <div class="listing__sums no-print">
            <p class="tables__summary" data-testid="tables-summary">
                {move || grid.with(|grid| grid.summary.clone())}
            </p>
            <div class="row">
                <Views route=Route::Tables keys/>
                {columns.run()}
                <Button icon=icondata_lu::LuPrinter on_click=move |_| print.run(())>{t!(i18n, tables.print)}</Button>
                <TakeAway name=title table/>
            </div>
        </div>
        <GridTable label=title grid sort/>
    }
    .into_any()
}

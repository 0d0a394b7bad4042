//! The first screen: three ways in, and the workspaces that are here already.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    i18n::{t, t_string, use_i18n},
    model::Date,
    store::{ShelfError, Store, use_store},
    ui::{
        arriving::{Arriving, is_document},
        chunk::{Place, chunk, coming, use_errands},
        clock::use_clock,
        components::{
            button::{Button, Variant},
            file_drop::FileDrop,
            icon::Icon,
            segmented::Segmented,
        },
        document::{Opened, Opening},
        file::{FileError, OpenedFile},
        help::use_guided,
        pages::models::Gallery,
        parts::workspaces::Workspaces,
        route::{Route, use_navigation},
        settings::{Language, Settings},
        starting::{self, Shown, StartError},
    },
};

chunk! {
    /// Has a company that ships made and opens it.
    work fn open_demo(
        store: Store,
        shown: Shown,
        language: Language,
        today: Date,
        on_done: Callback<Result<(), StartError>>
    ) -> () {
        starting::open_demo(store, shown, language, today, move |outcome| {
            on_done.try_run(outcome);
        });
    }
    /// Opens a document, and does something when it is open.
    work fn open_document(opening: Opening, file: Result<OpenedFile, FileError>, on_opened: Callback<()>) -> () {
        spawn_local(async move {
            if opening.take(file).await {
                on_opened.try_run(());
            }
        });
    }
    /// What came of the latest document.
    work fn opened(opening: Opening) -> AnyView { view! { <Opened opening/> }.into_any() }
    /// The funnel models to begin from.
    models fn gallery(on_done: Callback<Result<(), StartError>>) -> AnyView { view! { <Gallery on_done/> }.into_any() }
    /// The workspaces of this browser.
    work fn workspaces(on_opened: Callback<Result<(), ShelfError>>) -> AnyView { view! { <Workspaces on_opened/> }.into_any() }
}

/// The first screen.
#[component]
pub fn WelcomePage() -> impl IntoView {
    let (i18n, store, navigation, clock) = (use_i18n(), use_store(), use_navigation(), use_clock());
    let (settings, arriving): (Settings, Arriving) = (expect_context(), Arriving::new());
    let library = store.library();
    let (run, opening) = (use_errands(), Opening::new());
    let (making, choosing) = (RwSignal::new(false), RwSignal::new(false));
    let refused = RwSignal::new(None::<String>);
    // Whether the tour begins as soon as there is a company to show.
    let (guided, touring) = (use_guided(), StoredValue::new(false));
    let finish = Callback::new(move |outcome: Result<(), StartError>| {
        making.set(false);
        let tours = touring.get_value();
        touring.set_value(false);
        match outcome {
            Ok(()) => {
                navigation.go(&Route::Funnel);
                if tours {
                    guided.begin();
                }
            }
            Err(error) => refused.set(Some(starting::refusal(i18n, &error))),
        }
    });
    let on_entered = Callback::new(move |outcome: Result<(), ShelfError>| finish.run(outcome.map_err(Into::into)));
    let on_made = never_remind(settings, store, finish);
    let look_round = move |shown: Shown| {
        making.set(true);
        let (language, today) = (settings.language.get_untracked(), clock.today.get_untracked());
        run(Box::pin(async move {
            open_demo(store, shown, language, today, on_made).await.inspect_err(|_| making.set(false))
        }));
    };
    let tour = move |()| {
        if library.opened().get_untracked().is_some() {
            guided.begin();
        } else {
            touring.set_value(true);
            look_round(Shown::Demo);
        }
    };
    let shown = Callback::new(move |()| navigation.go(&Route::Funnel));
    let on_opened = move |files: Vec<Result<OpenedFile, FileError>>| {
        refused.set(None);
        let one_document = matches!(files.as_slice(), [Ok(one)] if is_document(one));
        if !one_document && files.iter().all(Result::is_ok) {
            arriving.open(files);
        } else if let Some(file) = files.into_iter().find(|file| one_document || file.is_err()) {
            run(Box::pin(open_document(opening, file, shown)));
        }
    };
    let is_open = Memo::new(move |_| library.opened().get().is_some());
    let is_said = Memo::new(move |_| opening.said());
    let any_shelf = Memo::new(move |_| library.shelves().with(|shelves| !shelves.is_empty()));
    view! {
        <div class="welcome">
            <Head settings/>
            <Show when=move || is_open.get()>
                <GoesOn/>
            </Show>
            <div class="welcome__refusal" role="alert">{move || refused.get()}</div>
            {move || is_said.get().then(|| coming(Place::Section, move || Box::pin(opened(opening))))}
            <div class="welcome__ways">
                <section class="card welcome__way">
                    <Icon icon=icondata_lu::LuBuilding2/>
                    <h2>{t!(i18n, welcome.demo)}</h2>
                    <p class="muted">{t!(i18n, welcome.demo_what)}</p>
                    <div class="welcome__step">
                        <Button variant=Variant::Primary busy=making on_click=move |_| look_round(Shown::Demo) attr:data-testid="open-demo">{t!(i18n, welcome.demo_open)}</Button>
                        <p class="muted small">{t!(i18n, welcome.case_what)}</p>
                        <Button busy=making on_click=move |_| look_round(Shown::Case) attr:data-testid="open-case">{t!(i18n, welcome.case_open)}</Button>
                        <p class="small"><a href="#/learn?tab=drills">{t!(i18n, welcome.sick_ones)}</a></p>
                    </div>
                </section>
                <section class="card welcome__way">
                    <Icon icon=icondata_lu::LuFunnel/>
                    <h2>{t!(i18n, welcome.own)}</h2>
                    <p class="muted">{t!(i18n, welcome.own_what)}</p>
                    <div class="welcome__step">
                        <Button on_click=move |_| choosing.update(|choosing| *choosing = !*choosing) attr:data-testid="choose-model">
                            {move || if choosing.get() { t_string!(i18n, welcome.own_close) } else { t_string!(i18n, welcome.own_open) }}
                        </Button>
                    </div>
                </section>
                <section class="card welcome__way">
                    <Icon icon=icondata_lu::LuFileUp/>
                    <h2>{t!(i18n, welcome.file)}</h2>
                    <p class="muted">{t!(i18n, welcome.file_what)}</p>
                    <div class="welcome__step" data-testid="open-file">
                        <FileDrop accept=".csv,.tsv,.txt,.tab,.xlsx,.xlsm,.json,.loudou,text/csv" multiple=true on_opened/>
                    </div>
                </section>
            </div>
            <Learning making on_tour=Callback::new(tour)/>
            {move || choosing.get().then(|| coming(Place::Section, move || Box::pin(gallery(finish))))}
            {move || any_shelf.get().then(|| coming(Place::Section, move || Box::pin(workspaces(on_entered))))}
            <p class="muted small">{t!(i18n, welcome.private)}</p>
        </div>
    }
    .into_any()
}

/// The workspace that is open, and the way back to it.
#[component]
fn GoesOn() -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let name = move || store.with(|workspace| workspace.profile.name.clone());
    view! {
        <section class="card welcome__continue">
            <div>
                <h2>{name}</h2>
                <p class="muted">{t!(i18n, welcome.goes_on)}</p>
            </div>
            <a class="button button--primary" href=move || navigation.href(&Route::Funnel) data-testid="continue">
                {t!(i18n, welcome.go_on)}
                <Icon icon=icondata_lu::LuArrowRight/>
            </a>
        </section>
    }
    .into_any()
}

/// Lessons, and the tour.
#[component]
fn Learning(making: RwSignal<bool>, on_tour: Callback<()>) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    view! {
        <section class="card welcome__learn">
            <div>
                <h2>{t!(i18n, welcome.learn)}</h2>
                <p class="muted">{t!(i18n, welcome.learn_what)}</p>
            </div>
            <div class="row">
                <a class="button" href=move || navigation.href(&Route::Learn) data-testid="to-lessons">
                    <Icon icon=icondata_lu::LuGraduationCap/>
                    {t!(i18n, welcome.learn_open)}
                </a>
                <Button busy=making icon=icondata_lu::LuMap on_click=move |_| on_tour.run(()) attr:data-testid="tour-begin">{t!(i18n, learn.tour.begin)}</Button>
            </div>
        </section>
    }
    .into_any()
}

/// Nobody needs a copy of the demo company: once it is made, nothing reminds of one.
fn never_remind(
    settings: Settings,
    store: Store,
    on_done: Callback<Result<(), StartError>>,
) -> Callback<Result<(), StartError>> {
    Callback::new(move |outcome: Result<(), StartError>| {
        let made = outcome.as_ref().ok().and_then(|()| store.library().opened().get_untracked());
        if let (Some(id), Some(day)) = (made, Date::from_ymd_opt(9999, 12, 31)) {
            settings.hushed.update(|hushed| {
                hushed.insert(id, day);
            });
        }
        on_done.run(outcome);
    })
}

/// What this is, in the visitor's language.
#[component]
fn Head(settings: Settings) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <header class="welcome__head">
            <div class="welcome__words">
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, settings.language).to_owned())
                    options=super::settings::languages(i18n)
                    value=settings.language
                    on_change=move |language| settings.language.set(language)
                />
                <h1>{t!(i18n, welcome.title)}</h1>
                <p class="welcome__what">{t!(i18n, welcome.what)}</p>
            </div>
            {sketch()}
        </header>
    }
    .into_any()
}

/// What the page is about, as a drawing: of a hundred deals, how many reach each stage. All its numbers are whole: to write others takes
/// more program than the rest of the drawing.
fn sketch() -> impl IntoView {
    const REACHED: [u32; 5] = [100, 64, 42, 27, 18];
    const POSITIONS: [&str; 4] = ["0", ".333", ".667", "1"];
    const STEP: u32 = 36;
    // Bands are drawn in fifths of a unit; half of one is four of them wide for each deal.
    let bands = (0_u32..).zip(REACHED.windows(2)).zip(POSITIONS).map(|((place, reached), position)| {
        let [top, bottom] = [reached[0], reached[1]].map(|deals| deals * 4);
        let (from, to) = (place * STEP * 5, (place * STEP + STEP - 3) * 5);
        let path = format!("M{} {from}H{}L{} {to}H{}Z", 500 - top, 500 + top, 500 + bottom, 500 - bottom);
        view! {
            <path d=path transform="scale(.2)" style:--stage-position=position></path>
            <text x="200" y=place * STEP + STEP / 2 + 3>{reached[0]}</text>
        }
    });
    view! {
        <svg class="welcome__sketch" viewBox="0 0 228 172" aria-hidden="true">
            {bands.collect_view()}
            <path class="welcome__won" d="M85.6 144h28.8v26h-28.8z"></path>
            <text x="200" y="163">{REACHED[4]}</text>
        </svg>
    }
}

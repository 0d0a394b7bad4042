//! What the parts of a drill work with: words, figures, the drill under way, and how a new one begins.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    codec::content::{
        self, Text,
        drills::{DrillWords, drills},
    },
    i18n::use_i18n,
    model::Date,
    store::{Store, use_store},
    training::{
        drill::{Answer, Drill, Level},
        illness::{Page, Place, Sign, Unit},
    },
    ui::{
        background::{Desk as Worker, NoAnswer},
        clock::use_clock,
        drilling::{Drilling, UnderWay, is_looked_at, use_drilling},
        format::{Format, UNKNOWN, use_format},
        learning::{Learning, use_learning},
        looking::{look_at, look_at_made},
        route::{Navigation, Query, Route, use_navigation},
        settings::{Language, Settings},
        starting::{StartError, refusal},
        timing::moment,
        wording::I18n,
    },
    worker::{DrillOrder, MadeDrill, Request, Response},
};

/// Numbers of drills are short enough to be called out in a class.
const NUMBERS: u128 = 1_000_000;

/// Everything that the parts share. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub i18n: I18n,
    pub format: Format,
    pub store: Store,
    pub drilling: Drilling,
    pub learning: Learning,
    pub navigation: Navigation,
    /// Whether something is being made.
    pub busy: RwSignal<bool>,
    /// Why nothing was made.
    pub refused: RwSignal<Option<String>>,
    words: StoredValue<DrillWords>,
    language: RwSignal<Language>,
    today: Signal<Date>,
    worker: Worker,
}

impl Desk {
    pub(super) fn new() -> Self {
        let settings: Settings = expect_context();
        Self {
            i18n: use_i18n(),
            format: use_format(),
            store: use_store(),
            drilling: use_drilling(),
            learning: use_learning(),
            navigation: use_navigation(),
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            words: StoredValue::new(drills()),
            language: settings.language,
            today: use_clock().today,
            worker: Worker::new(),
        }
    }

    /// A text of the content in the language of the page; followed.
    pub(super) fn text(self, text: Text) -> &'static str {
        text.in_language(self.language.get().into())
    }

    /// Something that is said in drills, empty if it is not there; followed.
    pub(super) fn words(self, read: impl FnOnce(&DrillWords) -> Option<Text>) -> &'static str {
        self.text(self.words.with_value(read).unwrap_or_default())
    }

    /// A figure in a sentence; followed.
    pub(super) fn figure(self, sign: &Sign) -> String {
        let sentence = self.words(|words| Some(words.figure(sign.figure.code())?.text));
        let number = |value: f64| match sign.figure.unit() {
            Unit::Deals => self.format.number(value, 0),
            Unit::Share => self.format.percent(value, 0),
            Unit::Days => self.format.days(value),
            Unit::Wins => self.format.number(value, 1),
        };
        let filled = sentence.replace("{value}", &number(sign.value)).replace("{against}", &number(sign.against));
        filled.replace("{name}", if sign.name.is_empty() { UNKNOWN } else { &sign.name })
    }

    /// Whether the company of the drill is open to be looked at; followed.
    pub(super) fn is_open(self) -> bool {
        is_looked_at(self.drilling, self.store.library().opened().get())
    }

    /// Begins a drill of a level that nobody has seen.
    pub(super) fn begin(self, level: Level) {
        let number = self.store.fresh().0 % NUMBERS;
        self.make(Drill { seed: u64::try_from(number).unwrap_or_default(), level });
    }

    /// Has a drill made and opens its company to be looked at. What was answered stays where it is the drill under way.
    pub(super) fn make(self, drill: Drill) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refused.set(None);
        let language: content::Language = self.language.get_untracked().into();
        let order = DrillOrder::new(drill, language, self.today.get_untracked());
        let on_answer = move |answer: Result<Response, NoAnswer>| {
            spawn_local(async move {
                let outcome = match answer {
                    Ok(Response::Drill(Some(made))) => self.take(drill, &made).await,
                    Ok(_) => Err(NoAnswer::NotStarted.into()),
                    Err(error) => Err(error.into()),
                };
                if self.busy.is_disposed() {
                    return;
                }
                self.busy.set(false);
                if let Err(error) = outcome {
                    self.refused.set(Some(refusal(self.i18n, &error)));
                }
            });
        };
        self.worker.ask(Request::Drill(order), |_, _| (), on_answer);
    }

    async fn take(self, drill: Drill, made: &MadeDrill) -> Result<(), StartError> {
        let Some(company) = look_at(self.store, &made.pieces).await? else { return Ok(()) };
        let name = self.store.peek(|workspace| workspace.profile.name.clone());
        let before = self.drilling.with_untracked(|under_way| {
            let same = under_way.drill == drill;
            same.then(|| (under_way.began, under_way.answer.clone(), under_way.marks.clone()))
        });
        let (began, answer, marks) = before.flatten().unwrap_or_else(|| (moment(), Answer::default(), None));
        self.drilling.put(Some(UnderWay { drill, sheet: made.sheet(), company, name, began, answer, marks }));
        Ok(())
    }

    /// Opens a company that is on offer to be looked at, and goes to its funnel.
    pub(super) fn look_round(self, code: &'static str) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refused.set(None);
        let (language, today) = (self.language.get_untracked().into(), self.today.get_untracked());
        let on_answer = move |answer: Result<Response, NoAnswer>| {
            spawn_local(async move {
                let outcome = look_at_made(self.store, answer).await;
                if self.busy.is_disposed() {
                    return;
                }
                self.busy.set(false);
                match outcome {
                    Ok(_) => self.navigation.go_with(&Route::Funnel, &Query::default()),
                    Err(error) => self.refused.set(Some(refusal(self.i18n, &error))),
                }
            });
        };
        self.worker.ask(Request::Offered { code: code.to_owned(), language, today }, |_, _| (), on_answer);
    }

    /// Leaves the company of the drill and ends it.
    pub(super) fn end(self) {
        let is_open = untrack(|| self.is_open());
        if is_open && let Err(error) = self.store.leave_visited() {
            self.refused.set(Some(refusal(self.i18n, &error.into())));
        }
        self.drilling.put(None);
    }
}

/// The address at which a figure is seen.
pub(super) fn href(place: &Place) -> String {
    let route = match place.page {
        Page::Funnel => Route::Funnel,
        Page::Analysis => Route::Analysis,
        Page::Forecast => Route::Forecast,
        Page::Deals => Route::Deals,
        Page::Team => Route::Team,
    };
    route.href(&place.query)
}

/// What a drill is kept under: its level and its number.
pub(super) fn key(drill: Drill) -> String {
    format!("{}-{}", drill.level.code(), drill.seed)
}

/// The drill that is kept under a key.
pub(super) fn of_key(key: &str) -> Option<Drill> {
    let (level, seed) = key.split_once('-')?;
    Some(Drill { level: Level::of_code(level)?, seed: seed.parse().ok()? })
}

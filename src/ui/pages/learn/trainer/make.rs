//! A pack being made: what it says, its tasks in order, how it looks to a trainee, and the ways out.

use leptos::prelude::*;

use super::{
    desk::{CASE, Desk},
    give::Give,
    sit::TaskNames,
    words,
};
use crate::{
    codec::{
        class::Paper,
        content::{
            lessons::{Lesson, lessons},
            scenarios::{Scenario, shipped},
        },
    },
    i18n::{t, t_string},
    store::use_store,
    training::{
        class::{Company, Pack, Task},
        demo::{OFFERED, Offered},
        drill, matches,
    },
    ui::{
        clock,
        components::{
            button::{Button, Variant},
            field::{Checkbox, Field, FieldKind, SelectField},
        },
    },
};

/// The longest time in minutes: a week.
const LONGEST: u16 = 7 * 24 * 60;
/// More rounds of a contest a class does not play.
const ROUNDS: usize = 10;
/// What stands for the workspace that is open among the companies to look at.
const OPEN: &str = "open";

/// The part.
#[component]
pub(super) fn Make(desk: Desk) -> impl IntoView {
    view! {
        <div class="columns trainer__columns">
            <div class="stack"><Form desk/><Tasks desk/></div>
            <div class="stack"><Preview desk/></div>
        </div>
    }
    .into_any()
}

/// What the pack says of itself.
#[component]
fn Form(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let draft = desk.draft();
    let of = move |read: fn(&Pack) -> String| Signal::derive(move || draft.with(read));
    let wrong = move |text: &str, most: u32| {
        let is_fine = text.trim().is_empty() || text.trim().parse::<u32>().is_ok_and(|number| number <= most);
        (!is_fine).then(|| {
            let most = desk.format.count(usize::try_from(most).unwrap_or(usize::MAX));
            t_string!(i18n, learn.trainer.number_wrong, most = most).to_string()
        })
    };
    let minutes = move |text: String| {
        let number = text.trim().parse().ok().filter(|minutes| (1..=LONGEST).contains(minutes));
        if number.is_some() || text.trim().is_empty() {
            desk.change(|pack| pack.minutes = number);
        }
    };
    let seed = move |text: String| {
        if let Ok(seed) = text.trim().parse() {
            desk.change(|pack| pack.seed = seed);
        }
    };
    view! {
        <section class="card stack" aria-labelledby="class-make" data-testid="class-make">
            <div class="card__head">
                <h2 id="class-make">{t!(i18n, learn.trainer.part_make)}</h2>
                <Button variant=Variant::Bare icon=icondata_lu::LuFilePlus on_click=move |_| desk.make_anew()>
                    {t!(i18n, learn.trainer.new_pack)}
                </Button>
            </div>
            <div data-testid="class-title">
                <Field
                    label=Signal::derive(move || t_string!(i18n, learn.trainer.pack_title).to_owned())
                    value=of(|pack| pack.title.clone())
                    required=true
                    on_change=move |text| desk.change(|pack| pack.title = text)
                />
            </div>
            <Field
                label=Signal::derive(move || t_string!(i18n, learn.trainer.pack_text).to_owned())
                kind=FieldKind::Long
                value=of(|pack| pack.text.clone())
                on_change=move |text| desk.change(|pack| pack.text = text)
            />
            <div class="trainer__pair">
                <Field
                    label=Signal::derive(move || t_string!(i18n, learn.trainer.minutes).to_owned())
                    kind=FieldKind::Number
                    value=of(|pack| pack.minutes.map(|minutes| minutes.to_string()).unwrap_or_default())
                    hint=Signal::derive(move || Some(t_string!(i18n, learn.trainer.minutes_hint).to_owned()))
                    check=move |text: String| wrong(&text, LONGEST.into())
                    on_change=minutes
                />
                <Field
                    label=Signal::derive(move || t_string!(i18n, learn.trainer.seed).to_owned())
                    kind=FieldKind::Number
                    value=of(|pack| pack.seed.to_string())
                    hint=Signal::derive(move || Some(t_string!(i18n, learn.trainer.seed_hint).to_owned()))
                    check=move |text: String| wrong(&text, u32::MAX)
                    on_change=seed
                />
            </div>
            <Checkbox
                label=Signal::derive(move || t_string!(i18n, learn.trainer.anonymous).to_owned())
                value=Signal::derive(move || draft.with(|pack| pack.anonymous))
                on_change=move |is| desk.change(|pack| pack.anonymous = is)
            />
        </section>
    }
    .into_any()
}

/// The tasks, and a way to add one.
#[component]
fn Tasks(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let chosen = RwSignal::new("lesson".to_owned());
    let kinds = Signal::derive(move || {
        fresh_tasks()
            .into_iter()
            .map(|(code, task)| (code.to_owned(), words::kind(i18n, &task).to_owned()))
            .collect::<Vec<_>>()
    });
    let add = move |_| {
        let code = chosen.get_untracked();
        let task = fresh_tasks().into_iter().find(|(known, _)| *known == code).map(|(_, task)| task);
        desk.change(|pack| pack.tasks.extend(task));
    };
    // Rows are made anew when tasks come, go or change places, not when something is typed into one.
    let shape = Memo::new(move |_| {
        desk.draft().with(|pack| (pack.id, pack.tasks.iter().map(std::mem::discriminant).collect::<Vec<_>>()))
    });
    let moved = RwSignal::new(0_u32);
    let rows = move || {
        moved.track();
        let count = shape.with(|(_, kinds)| kinds.len());
        (0..count).map(|place| view! { <Row desk place moved/> }).collect_view()
    };
    let none = move || {
        shape
            .with(|(_, kinds)| kinds.is_empty())
            .then(|| view! { <p class="muted">{t!(i18n, learn.trainer.tasks_what)}</p> })
    };
    view! {
        <section class="card stack" aria-labelledby="class-tasks">
            <h2 id="class-tasks">{t!(i18n, learn.trainer.tasks)}</h2>
            {none}
            <ol class="trainer__list" data-testid="class-tasks">{rows}</ol>
            <div class="trainer__add">
                <div data-testid="class-kind">
                    <SelectField
                        label=Signal::derive(move || t_string!(i18n, learn.trainer.kind).to_owned())
                        options=kinds
                        value=chosen
                        on_change=move |code| chosen.set(code)
                    />
                </div>
                <Button icon=icondata_lu::LuPlus on_click=add attr:data-testid="class-add">{t!(i18n, learn.trainer.add)}</Button>
            </div>
        </section>
    }
    .into_any()
}

/// One task with what can be chosen about it.
#[component]
fn Row(desk: Desk, place: usize, moved: RwSignal<u32>) -> impl IntoView {
    let i18n = desk.i18n;
    let draft = desk.draft();
    let task = Signal::derive(move || draft.with(|pack| pack.tasks.get(place).cloned()));
    let name =
        Signal::derive(move || task.get().map(|task| words::task(i18n, desk.language(), &task)).unwrap_or_default());
    let count = move || draft.with(|pack| pack.tasks.len());
    let shift = move |to: Option<usize>| {
        if let Some(to) = to {
            desk.change(|pack| {
                if place < pack.tasks.len() && to < pack.tasks.len() {
                    pack.tasks.swap(place, to);
                }
            });
            moved.update(|moved| *moved += 1);
        }
    };
    let remove = move |_| {
        desk.change(|pack| {
            if place < pack.tasks.len() {
                pack.tasks.remove(place);
            }
        });
        moved.update(|moved| *moved += 1);
    };
    let details = move || details(desk, place, &task.get_untracked()?);
    view! {
        <li class="trainer__task">
            <div class="trainer__task-name">
                <span>{name}</span>
                <span class="row">
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuArrowUp
                        label=Signal::derive(move || Some(t_string!(i18n, learn.trainer.up, name = name.get()).to_string()))
                        disabled=Signal::derive(move || place == 0)
                        on_click=move |_| shift(place.checked_sub(1))
                    />
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuArrowDown
                        label=Signal::derive(move || Some(t_string!(i18n, learn.trainer.down, name = name.get()).to_string()))
                        disabled=Signal::derive(move || place + 1 >= count())
                        on_click=move |_| shift(Some(place + 1))
                    />
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuX
                        label=Signal::derive(move || Some(t_string!(i18n, common.remove, name = name.get()).to_string()))
                        on_click=remove
                    />
                </span>
            </div>
            {details}
        </li>
    }
    .into_any()
}

/// The fields of a task.
fn details(desk: Desk, place: usize, task: &Task) -> Option<AnyView> {
    let i18n = desk.i18n;
    let set = move |change: &dyn Fn(&mut Task)| {
        desk.change(|pack| {
            if let Some(task) = pack.tasks.get_mut(place) {
                change(task);
            }
        });
    };
    let read = move |of: fn(&Task) -> String| {
        Signal::derive(move || desk.draft().with(|pack| pack.tasks.get(place).map(of).unwrap_or_default()))
    };
    let number = move |label: Signal<String>, most: usize, of: fn(&Task) -> String, put: fn(&mut Task, u8)| {
        let options = (1..=most).map(|number| (number.to_string(), desk.format.count(number))).collect::<Vec<_>>();
        let change = move |text: String| {
            if let Ok(number) = text.parse() {
                set(&|task| put(task, number));
            }
        };
        let options = Signal::stored(options);
        view! { <div class="trainer__short"><SelectField label options value=read(of) on_change=change/></div> }
            .into_any()
    };
    Some(match task {
        Task::Lesson { .. } => {
            let options = Signal::derive(move || {
                let language = desk.language();
                let option = |lesson: &Lesson| (lesson.slug.to_owned(), lesson.title.in_language(language).to_owned());
                lessons().iter().map(option).collect::<Vec<_>>()
            });
            let value = read(|task| match task {
                Task::Lesson { lesson } => lesson.clone(),
                _ => String::new(),
            });
            let change = move |slug: String| set(&|task| *task = Task::Lesson { lesson: slug.clone() });
            let label = Signal::derive(move || t_string!(i18n, learn.trainer.kind_lesson).to_owned());
            view! { <SelectField label options value on_change=change/> }.into_any()
        }
        Task::Matches { .. } | Task::Drill { .. } => {
            let label = Signal::derive(move || t_string!(i18n, learn.trainer.level).to_owned());
            let of = |task: &Task| match task {
                Task::Matches { level, .. } | Task::Drill { level, .. } => level.to_string(),
                _ => String::new(),
            };
            let most =
                if matches!(task, Task::Drill { .. }) { drill::Level::ALL.len() } else { matches::Level::ALL.len() };
            number(label, most, of, |task, number| {
                if let Task::Matches { level, .. } | Task::Drill { level, .. } = task {
                    *level = number;
                }
            })
        }
        Task::Contest { .. } => {
            let label = Signal::derive(move || t_string!(i18n, learn.trainer.rounds).to_owned());
            let of = |task: &Task| match task {
                Task::Contest { rounds, .. } => rounds.to_string(),
                _ => String::new(),
            };
            number(label, ROUNDS, of, |task, number| {
                if let Task::Contest { rounds, .. } = task {
                    *rounds = number;
                }
            })
        }
        Task::Look { .. } => view! { <LookFields desk place/> }.into_any(),
        Task::Simulator { .. } => {
            let options = Signal::derive(move || {
                let language = desk.language();
                let option =
                    |scenario: Scenario| (scenario.slug.to_owned(), scenario.name.in_language(language).to_owned());
                shipped().into_iter().map(option).collect::<Vec<_>>()
            });
            let value = read(|task| match task {
                Task::Simulator { scenario, .. } => scenario.clone(),
                _ => String::new(),
            });
            let change = move |slug: String| {
                set(&|task| {
                    if let Task::Simulator { scenario, .. } = task {
                        slug.clone_into(scenario);
                    }
                });
            };
            let label = Signal::derive(move || t_string!(i18n, learn.trainer.scenario).to_owned());
            view! { <SelectField label options value on_change=change/> }.into_any()
        }
        Task::JobFair { .. } => return None,
    })
}

/// The question and the company that it is about.
#[component]
fn LookFields(desk: Desk, place: usize) -> impl IntoView {
    let (i18n, store) = (desk.i18n, use_store());
    let task = Signal::derive(move || desk.draft().with(|pack| pack.tasks.get(place).cloned()));
    let question = Signal::derive(move || match task.get() {
        Some(Task::Look { question, .. }) => question,
        _ => String::new(),
    });
    let company = Signal::derive(move || match task.get() {
        Some(Task::Look { company: Company::Shipped(name), .. }) => name,
        _ => OPEN.to_owned(),
    });
    let options = Signal::derive(move || {
        let shipped = |name: &str| (name.to_owned(), desk.company(&Company::Shipped(name.to_owned())));
        let names = OFFERED.map(Offered::code).into_iter().chain([CASE]);
        let mut options: Vec<_> = names.map(shipped).collect();
        let own = match task.get() {
            Some(Task::Look { company: own @ Company::Own { .. }, .. }) => Some(desk.company(&own)),
            _ => store.with(|workspace| (!workspace.deals.is_empty()).then(|| workspace.profile.name.clone())),
        };
        options.extend(
            own.map(|name| (OPEN.to_owned(), t_string!(i18n, learn.trainer.company_own, name = name).to_string())),
        );
        options
    });
    let change = move |put: &dyn Fn(&mut String, &mut Company)| {
        desk.change(|pack| {
            if let Some(Task::Look { question, company }) = pack.tasks.get_mut(place) {
                put(question, company);
            }
        });
    };
    let choose = move |name: String| {
        let chosen = if name == OPEN {
            let workspace = Box::new(store.peek(Clone::clone));
            Company::Own { workspace, exported: clock::now() }
        } else {
            Company::Shipped(name)
        };
        change(&|_, company| *company = chosen.clone());
    };
    view! {
        <Field
            label=Signal::derive(move || t_string!(i18n, learn.trainer.question).to_owned())
            kind=FieldKind::Long
            value=question
            required=true
            on_change=move |text: String| change(&|question, _| text.clone_into(question))
        />
        <SelectField
            label=Signal::derive(move || t_string!(i18n, learn.trainer.company).to_owned())
            options
            value=company
            on_change=choose
        />
    }
    .into_any()
}

/// The pack as a trainee sees it, and the ways out of a pack that can be given out.
#[component]
fn Preview(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let pack = desk.draft();
    let is_whole = |task: &Task| !matches!(task, Task::Look { question, .. } if question.trim().is_empty());
    let ready = move || {
        pack.with(|pack| !pack.title.trim().is_empty() && !pack.tasks.is_empty() && pack.tasks.iter().all(is_whole))
    };
    let body = move || {
        let pack = pack.get();
        let title = if pack.title.trim().is_empty() {
            t_string!(i18n, learn.trainer.untitled).to_owned()
        } else {
            pack.title.clone()
        };
        let text = pack.text.clone();
        view! { <h3>{title}</h3><p class="trainer__text">{text}</p><TaskNames desk pack/> }
    };
    let give = move || {
        if ready() {
            let pack = pack.get();
            let name = pack.title.clone();
            view! { <Give paper=Paper::Pack(Box::new(pack)) name/> }.into_any()
        } else {
            view! { <p class="muted">{t!(i18n, learn.trainer.not_ready)}</p> }.into_any()
        }
    };
    view! {
        <section class="card stack" aria-labelledby="class-preview" data-testid="class-preview">
            <h2 id="class-preview">{t!(i18n, learn.trainer.preview)}</h2>
            {body}
        </section>
        <section class="card stack" aria-labelledby="class-give" data-testid="class-give">
            <h2 id="class-give">{t!(i18n, learn.trainer.give)}</h2>
            {give}
        </section>
    }
    .into_any()
}

/// A task of every kind, as it begins, by the code that stands for the kind in the list to choose from.
fn fresh_tasks() -> [(&'static str, Task); 7] {
    let first = lessons().first().map_or("", |lesson| lesson.slug);
    let healthy = OFFERED.first().map_or("", |offered| offered.code());
    let scenario = shipped().first().map_or("", |scenario| scenario.slug);
    [
        ("lesson", Task::Lesson { lesson: first.to_owned() }),
        ("matches", Task::Matches { level: 1, seed: None }),
        ("job-fair", Task::JobFair { seed: None }),
        ("drill", Task::Drill { level: 1, seed: None }),
        ("contest", Task::Contest { rounds: 3, seed: None }),
        ("simulator", Task::Simulator { scenario: scenario.to_owned(), seed: None }),
        ("look", Task::Look { question: String::new(), company: Company::Shipped(healthy.to_owned()) }),
    ]
}

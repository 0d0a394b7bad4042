//! The criteria of a profile, edited in place.

use leptos::prelude::*;

use super::{desk::Desk, words::Words};
use crate::{
    i18n::{t, t_string},
    metrics::values_in_use,
    model::{Attribute, CustomFieldOf, Level, Wanted, Wish},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind, SelectField},
        },
        parts::{
            editor::EditChoice,
            levels::{level_key, level_of},
            target_words,
        },
        wording,
    },
};

/// How many texts in use are offered.
const OFFERED: usize = 40;
/// The largest weight on offer.
const HEAVIEST: u8 = 9;

/// All criteria, and the way to one more.
#[component]
pub(super) fn Wishes(desk: Desk) -> impl IntoView {
    let places = move || (0..desk.read(|target| target.wishes.len())).collect::<Vec<_>>();
    let refusal = RwSignal::new(None::<String>);
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(desk.i18n, targets.add_wish).to_owned())];
        options.extend(offered(desk, None));
        options
    });
    // A new value for the same choice, so that the list goes back to its first line after each.
    let value = Signal::derive(move || {
        desk.read(|target| target.wishes.len());
        String::new()
    });
    let on_change = move |code: String| {
        if let Some(attribute) = parse(&code) {
            let wanted = usual(&attribute);
            refusal.set(desk.save(|target| target.wishes.push(Wish { attribute, wanted, weight: 1 })));
        }
    };
    view! {
        <ol class="wishes">
            <For each=places key=|place| *place let(place)><One desk place/></For>
        </ol>
        <div data-testid="add-wish">
            <SelectField label=desk.label(|i18n| t_string!(i18n, targets.one_more)) options value error=refusal on_change/>
        </div>
    }
    .into_any()
}

/// One criterion, by its place.
#[component]
fn One(desk: Desk, place: usize) -> impl IntoView {
    let wish = Memo::new(move |_| desk.read(|target| target.wishes.get(place).cloned()));
    let attribute = Memo::new(move |_| wish.with(|wish| wish.as_ref().map(|wish| wish.attribute.clone())));
    let write = move |change: &dyn Fn(&mut Wish)| {
        desk.save(|target| {
            if let Some(wish) = target.wishes.get_mut(place) {
                change(wish);
            }
        })
    };
    let kind = Memo::new(move |_| wish.with(|wish| wish.as_ref().map_or("", |wish| test_code(&wish.wanted))));
    let attributes = Signal::derive(move || attribute.with(|attribute| offered(desk, attribute.as_ref())));
    let tests = Signal::derive(move || {
        let is_level = attribute.with(|attribute| attribute.as_ref().is_some_and(Attribute::is_level));
        let codes: &[&str] = if is_level { &["level", "known"] } else { &["any", "contains", "between", "known"] };
        codes.iter().map(|code| ((*code).to_owned(), test_words(desk, code).to_owned())).collect::<Vec<_>>()
    });
    let set_attribute = move |code: String| {
        let attribute = parse(&code)?;
        write(&|wish| {
            if attribute.is_level() != wish.attribute.is_level() {
                wish.wanted = usual(&attribute);
            }
            wish.attribute = attribute.clone();
        })
    };
    let set_test = move |code: String| write(&|wish| wish.wanted = as_test(&code, &wish.wanted));
    let weights = Signal::derive(move || {
        let present = wish.with(|wish| wish.as_ref().map(|wish| wish.weight)).filter(|weight| *weight > HEAVIEST);
        (1..=HEAVIEST).chain(present).map(|weight| (weight.to_string(), weight.to_string())).collect::<Vec<_>>()
    });
    let weight =
        Signal::derive(move || wish.with(|wish| wish.as_ref().map(|wish| wish.weight.to_string())).unwrap_or_default());
    let set_weight = move |text: String| {
        let weight = text.parse().ok()?;
        write(&|wish| wish.weight = weight)
    };
    let share = Memo::new(move |_| {
        desk.see(|target| {
            let all: u32 = target.wishes.iter().map(|wish| u32::from(wish.weight)).sum();
            let own = target.wishes.get(place).map_or(0, |wish| wish.weight);
            if all == 0 { 0.0 } else { f64::from(own) / f64::from(all) }
        })
    });
    let name = move || attribute.with(|attribute| attribute.as_ref().map(|a| target_words::attribute(desk.i18n, a)));
    let remove = move |_| {
        // Removing one cannot be refused.
        desk.save(|target| {
            if place < target.wishes.len() {
                target.wishes.remove(place);
            }
        });
    };
    view! {
        <li class="wish" data-testid="wish">
            <div class="wish__head">
                <EditChoice label=desk.label(|i18n| t_string!(i18n, targets.property)) options=attributes value=Signal::derive(move || attribute.with(|a| a.as_ref().map(code).unwrap_or_default())) save=set_attribute/>
                <EditChoice label=desk.label(|i18n| t_string!(i18n, targets.test)) options=tests value=Signal::derive(move || kind.get().to_owned()) save=set_test/>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuTrash2
                    label=Signal::derive(move || t_string!(desk.i18n, targets.remove_wish, name = name().unwrap_or_default()).to_string())
                    on_click=remove
                />
            </div>
            {move || { kind.track(); value(desk, place, wish.get_untracked()) }}
            <div class="wish__weight">
                <EditChoice label=desk.label(|i18n| t_string!(i18n, targets.weight)) options=weights value=weight save=set_weight/>
                <div class="wish__share">
                    <div class="wish__bar" style:--share=move || share.get().to_string()></div>
                    <span class="small muted">{move || t_string!(desk.i18n, targets.share, share = desk.format.percent(share.get(), 0)).to_string()}</span>
                </div>
            </div>
        </li>
    }
    .into_any()
}

/// What is wanted of the property, in the form that the test asks for.
fn value(desk: Desk, place: usize, wish: Option<Wish>) -> AnyView {
    let Some(wish) = wish else { return ().into_any() };
    let stored = Memo::new(move |_| desk.read(|target| target.wishes.get(place).cloned()));
    let set = move |target: &mut crate::model::Target, wanted: Wanted| {
        if let Some(wish) = target.wishes.get_mut(place) {
            wish.wanted = wanted;
        }
    };
    match wish.wanted {
        Wanted::AnyOf { .. } | Wanted::Contains { .. } => {
            let whole = matches!(wish.wanted, Wanted::AnyOf { .. });
            let wanted = move |words| if whole { Wanted::AnyOf { words } } else { Wanted::Contains { words } };
            let words = Signal::derive(move || match stored.get().map(|wish| wish.wanted) {
                Some(Wanted::AnyOf { words } | Wanted::Contains { words }) => words,
                _ => Vec::new(),
            });
            let in_use = Signal::derive(move || {
                let Some(attribute) = stored.get().map(|wish| wish.attribute).filter(|_| whole) else {
                    return Vec::new();
                };
                let mut values = desk.names.with(|names| values_in_use(&names.customers, &attribute));
                values.truncate(OFFERED);
                values
            });
            let preview = move |words: Vec<String>| desk.preview(|target| set(target, wanted(words)));
            let save = move |words: Vec<String>| desk.save(|target| set(target, wanted(words)));
            view! {
                <Words
                    label=Signal::derive(move || test_words(desk, if whole { "any" } else { "contains" }).to_owned())
                    words
                    offered=in_use
                    preview
                    save
                />
            }
            .into_any()
        }
        Wanted::AtLeast { .. } => {
            let options = Signal::derive(move || {
                let level = |level| (level_key(Some(level)).to_owned(), wording::level(desk.i18n, level).to_owned());
                [Level::High, Level::Medium, Level::Low].map(level).to_vec()
            });
            let value = Signal::derive(move || match stored.get().map(|wish| wish.wanted) {
                Some(Wanted::AtLeast { level }) => level_key(Some(level)).to_owned(),
                _ => String::new(),
            });
            let save = move |key: String| {
                let level = level_of(&key)?;
                desk.save(|target| set(target, Wanted::AtLeast { level }))
            };
            view! { <EditChoice label=desk.label(|i18n| t_string!(i18n, targets.level)) options value save/> }
                .into_any()
        }
        Wanted::Between { .. } => view! { <Bounds desk place/> }.into_any(),
        Wanted::Known {} => view! { <p class="muted small">{t!(desk.i18n, targets.known_hint)}</p> }.into_any(),
    }
}

/// Two numbers, either of which may stay open.
#[component]
fn Bounds(desk: Desk, place: usize) -> impl IntoView {
    let bounds = Memo::new(move |_| {
        desk.read(|target| match target.wishes.get(place).map(|wish| &wish.wanted) {
            Some(Wanted::Between { from, to }) => (*from, *to),
            _ => (None, None),
        })
    });
    let refusal = RwSignal::new(None::<String>);
    let bound = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::parse::<u32>).transpose();
    let changed = move |from: Option<u32>, to: Option<u32>| {
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            refusal.set(Some(t_string!(desk.i18n, targets.bad_bounds).to_owned()));
            return;
        }
        refusal.set(desk.save(|target| {
            if let Some(wish) = target.wishes.get_mut(place) {
                wish.wanted = Wanted::Between { from, to };
            }
        }));
    };
    let bad = move || refusal.set(Some(t_string!(desk.i18n, targets.bad_number).to_owned()));
    let text = |bound: Option<u32>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    let on_from = move |text: String| match bound(&text) {
        Ok(from) => changed(from, bounds.get_untracked().1),
        Err(_) => bad(),
    };
    let on_to = move |text: String| match bound(&text) {
        Ok(to) => changed(bounds.get_untracked().0, to),
        Err(_) => bad(),
    };
    view! {
        <div class="pair">
            <Field label=desk.label(|i18n| t_string!(i18n, targets.from)) kind=FieldKind::Number value=Signal::derive(move || text(bounds.get().0)) on_change=on_from error=refusal/>
            <Field label=desk.label(|i18n| t_string!(i18n, targets.to)) kind=FieldKind::Number value=Signal::derive(move || text(bounds.get().1)) on_change=on_to/>
        </div>
        <p class="muted small">{t!(desk.i18n, targets.number_hint)}</p>
    }
    .into_any()
}

/// The properties to choose from: those of every customer and the user's own. Fit follows from the score, so it is no criterion of it;
/// a profile that asks for it all the same keeps it.
fn offered(desk: Desk, present: Option<&Attribute>) -> Vec<(String, String)> {
    let own = desk.names.with(|names| {
        let fields = names.profile.fields_of(CustomFieldOf::Customer);
        fields.map(|field| Attribute::Custom { field: field.name.clone() }).collect::<Vec<_>>()
    });
    let common = Attribute::COMMON.into_iter().filter(|attribute| *attribute != Attribute::Fit);
    let mut offered: Vec<_> = common.chain(own).collect();
    offered.extend(present.filter(|present| !offered.contains(present)).cloned());
    offered.iter().map(|attribute| (code(attribute), target_words::attribute(desk.i18n, attribute))).collect()
}

/// What stands before the name of a field of the user's own.
const OWN: &str = "own:";

/// The value of a property in a choice.
fn code(attribute: &Attribute) -> String {
    match attribute {
        Attribute::Custom { field } => [OWN, field].concat(),
        common => Attribute::COMMON.iter().position(|known| known == common).unwrap_or_default().to_string(),
    }
}

/// The property of a choice.
fn parse(code: &str) -> Option<Attribute> {
    match code.strip_prefix(OWN) {
        Some(field) => Some(Attribute::Custom { field: field.to_owned() }),
        None => Attribute::COMMON.get(code.parse::<usize>().ok()?).cloned(),
    }
}

const fn test_code(wanted: &Wanted) -> &'static str {
    match wanted {
        Wanted::AnyOf { .. } => "any",
        Wanted::Contains { .. } => "contains",
        Wanted::AtLeast { .. } => "level",
        Wanted::Between { .. } => "between",
        Wanted::Known {} => "known",
    }
}

fn test_words(desk: Desk, code: &str) -> &'static str {
    match code {
        "any" => t_string!(desk.i18n, targets.tests.any_of),
        "contains" => t_string!(desk.i18n, targets.tests.contains),
        "level" => t_string!(desk.i18n, targets.tests.at_least),
        "between" => t_string!(desk.i18n, targets.tests.between),
        _ => t_string!(desk.i18n, targets.tests.known),
    }
}

/// The test of a choice; words go along from one test to another.
fn as_test(code: &str, before: &Wanted) -> Wanted {
    let words = match before {
        Wanted::AnyOf { words } | Wanted::Contains { words } => words.clone(),
        _ => Vec::new(),
    };
    match code {
        "any" => Wanted::AnyOf { words },
        "contains" => Wanted::Contains { words },
        "level" => Wanted::AtLeast { level: Level::Medium },
        "between" => Wanted::Between { from: None, to: None },
        _ => Wanted::Known {},
    }
}

/// The test that a new criterion begins with.
fn usual(attribute: &Attribute) -> Wanted {
    if attribute.is_level() { Wanted::AtLeast { level: Level::Medium } } else { Wanted::AnyOf { words: Vec::new() } }
}

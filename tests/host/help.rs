//! What helps to find one's way: help for every page, the tour and the trainer's guide.

use std::{collections::BTreeSet, fs, path::Path};

use loudou::codec::content::{
    Language, gallery,
    guide::guide,
    help::help,
    lessons::{lesson, lessons},
};

use super::lessons::check_words;

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The first steps of the addresses that the page knows, and the codes of tabs in a page's source.
fn pages() -> BTreeSet<String> {
    let text = file("src/ui/route.rs");
    let steps = text.split("(Some(\"").skip(1).filter_map(|rest| rest.split('"').next());
    steps.map(str::to_owned).chain([String::new()]).collect()
}

#[track_caller]
fn check_address(address: &str) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let page = path.split('/').next().unwrap();
    assert!(pages().contains(page), "{address}");
    if let Some(slug) = path.strip_prefix("model/") {
        assert!(gallery(Language::English).iter().any(|model| model.slug == slug), "{address}");
    }
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        match key {
            "tab" => {
                assert!(file(&format!("src/ui/pages/{page}.rs")).contains(&format!("=> \"{value}\"")), "{address}");
            }
            "lesson" => assert!(lesson(value).is_some(), "{address}"),
            _ => panic!("{address}"),
        }
    }
}

#[test]
fn every_page_has_its_help() {
    let helped: BTreeSet<_> = help().pages.iter().map(|help| help.page.to_owned()).collect();
    assert_eq!(helped, pages());
    assert_eq!(helped.len(), help().pages.len());
    for help in &help().pages {
        assert!((3..=5).contains(&(help.read.len() + 2)), "{}", help.page);
        for text in [help.shows, help.next].iter().chain(&help.read) {
            check_words(*text, help.page);
        }
        assert!(help.lesson.is_none_or(|slug| lesson(slug).is_some()), "{}", help.page);
    }
    // Each lesson is what some page asks for.
    for lesson in lessons().iter().filter(|lesson| !["matches", "job-fair", "backwards"].contains(&lesson.slug)) {
        assert!(help().pages.iter().any(|help| help.lesson == Some(lesson.slug)), "{}", lesson.slug);
    }
    for lesson in lessons() {
        check_address(lesson.place.address);
    }
}

/// All of the page's own source.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { sources(&path) } else { fs::read_to_string(path).unwrap() }).collect()
}

#[test]
fn the_tour_points_at_what_is_there() {
    let page = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"));
    assert!((6..=8).contains(&help().tour.len()));
    for step in &help().tour {
        let name = step.at.trim_start_matches(['.', '[']).trim_end_matches(']');
        let is_there = match name.split_once('=') {
            Some((attribute, value)) => page.contains(&format!("{attribute}=\"{value}\"")),
            None => page.contains(name),
        };
        assert!(is_there, "{} is nowhere", step.at);
        step.page.into_iter().for_each(check_address);
        check_words(step.title, step.at);
        check_words(step.words, step.at);
    }
}

#[test]
fn the_guide_can_be_taught() {
    let guide = guide();
    check_words(guide.about, "about");
    let lists = [&guide.before, &guide.manner, &guide.after];
    for text in lists.into_iter().flatten().chain(guide.questions.iter().flat_map(|(asked, said)| [asked, said])) {
        check_words(*text, "guide");
    }
    for plan in &guide.plans {
        assert!(plan.aims.len() >= 3 && plan.debrief.len() >= 4 && plan.prints.len() >= 3);
        for part in &plan.parts {
            let place = part.title.in_language(Language::English);
            assert!(part.minutes % 5 == 0 && part.minutes <= 60, "{place}");
            assert!(!part.say.is_empty() || place == "Break", "{place}");
            let exercise = part.exercise.iter().map(|exercise| &exercise.words);
            for text in [&part.title].into_iter().chain(&part.say).chain(&part.ask).chain(exercise) {
                check_words(*text, place);
            }
            part.exercise.iter().for_each(|exercise| check_address(exercise.address));
        }
        // Somebody who teaches needs a break in the middle.
        let before_break: u32 =
            plan.parts.iter().take_while(|part| !part.say.is_empty()).map(|part| part.minutes).sum();
        assert!((75..=110).contains(&before_break), "{before_break}");
        for text in plan.aims.iter().chain(&plan.debrief).chain([&plan.title, &plan.whom]) {
            check_words(*text, "plan");
        }
        plan.prints.iter().for_each(|place| check_address(place.address));
    }
}

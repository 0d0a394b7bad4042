//! The architecture as a test: which layer may know which, and where words and colours live.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Folders under `src/` and the crate modules that each may name, besides itself. Arrows only point down this list.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("naming", &[]),
    ("search", &["model"]),
    ("metrics", &["model", "naming", "search"]),
    ("training", &["model", "metrics", "codec"]),
    ("codec", &["model", "naming"]),
    ("storage", &[]),
    ("store", &["model", "metrics", "codec", "storage"]),
    ("ui", &["model", "naming", "metrics", "search", "training", "codec", "storage", "store", "worker", "i18n"]),
    ("worker", &["model", "metrics", "training", "codec", "storage"]),
];

/// Layers that must run anywhere: no browser, no clock, no chance of their own.
const PURE: &[&str] = &["model", "naming", "metrics", "search", "training", "codec"];

/// The longest file that still has one job.
const LONGEST: usize = 500;

struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The layer a file under `src/` belongs to; `None` for `lib.rs` and `main.rs`.
    fn layer(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let first = inside.split(['/', '.']).next()?;
        LAYERS.iter().map(|(layer, _)| *layer).find(|layer| *layer == first)
    }

    /// The lines that run in the product: no comments, no files of tests (in name, folder or by their own
    /// word), and nothing from the first test module on.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
            || self.text.lines().any(|line| line == "#![cfg(test)]");
        let end = tests.then_some(0).or_else(|| self.text.find("#[cfg(test)]")).unwrap_or(self.text.len());
        let product = self.text.get(..end).unwrap_or_default();
        product
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(n, line)| (n + 1, line))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<Source> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no .{ending} files under {folder}: the test looks in the wrong place");
    let read = |path: PathBuf| Source {
        path: path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(&path).unwrap(),
    };
    found.into_iter().map(read).collect()
}

fn check(offences: &[String], rule: &str) {
    assert!(offences.is_empty(), "{rule}:\n{}", offences.join("\n"));
}

/// The crate modules that a line names, as in `crate::model::…` or `crate::{codec::…, model}`.
fn named_modules(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let (mut depth, mut start) = (0, true);
        for (index, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                c if start && !c.is_whitespace() => {
                    names.push(word(&group[index..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    names
}

#[test]
fn layers_do_not_look_back() {
    let mut offences = Vec::new();
    for source in files("src", "rs") {
        let Some(layer) = source.layer() else { continue };
        let allowed = LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, allowed)| allowed);
        let code = source.code().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        for name in named_modules(&code) {
            if name != layer && !allowed.contains(&name.as_str()) {
                offences.push(format!("{}: {layer} must not know {name}", source.path));
            }
        }
    }
    check(&offences, "A layer looks back (see the crate docs)");
}

#[test]
fn the_layers_test_sees_what_it_looks_for() {
    assert_eq!(named_modules("use crate::ui::app; crate::{model::{a, b}, codec}"), ["ui", "model", "codec"]);
}

#[test]
fn pure_layers_know_no_browser_clock_or_chance() {
    let foreign = [
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "SystemTime",
        "Instant",
        "Utc::now",
        "thread_rng",
        "rand::rng",
    ];
    let mut offences = Vec::new();
    for source in files("src", "rs").iter().filter(|s| s.layer().is_some_and(|layer| PURE.contains(&layer))) {
        for (number, line) in source.code() {
            if let Some(word) = foreign.iter().find(|word| line.contains(**word)) {
                offences.push(format!("{}:{number}: {word}", source.path));
            }
        }
    }
    check(&offences, "A pure layer knows the outside world");
}

#[test]
fn serialisation_stays_in_the_codec_and_in_messages() {
    let mut offences = Vec::new();
    for source in files("src", "rs").iter().filter(|s| !matches!(s.layer(), Some("codec" | "worker"))) {
        offences
            .extend(source.code().filter(|(_, l)| l.contains("serde")).map(|(n, _)| format!("{}:{n}", source.path)));
    }
    check(&offences, "serde outside codec and worker");
}

#[test]
fn components_and_charts_know_no_store() {
    let mut offences = Vec::new();
    for folder in ["src/ui/components", "src/ui/charts"] {
        for source in files(folder, "rs") {
            let knows = source.code().any(|(_, line)| line.contains("crate::store") || line.contains("use_store"));
            offences.extend(knows.then(|| source.path.clone()));
        }
    }
    check(&offences, "A component knows the store");
}

#[test]
fn product_code_does_not_panic_on_data() {
    let mut offences = Vec::new();
    for source in files("src", "rs") {
        for (number, line) in source.code() {
            if [".unwrap()", ".expect(", "todo!(", "unimplemented!(", "panic!("].iter().any(|word| line.contains(word))
            {
                offences.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    check(&offences, "A panic that data could reach");
}

#[test]
fn words_for_the_user_live_in_locales_and_content() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut offences = Vec::new();
    for source in files("src", "rs") {
        // Recognising the words of other products' files is the importer's job.
        let reads_foreign_words = source.path.starts_with("src/codec/csv/");
        for (number, line) in source.code() {
            let code = line.split(" // ").next().unwrap_or(line);
            if !reads_foreign_words && code.chars().any(han) {
                offences.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
            // A text node of a view: `>"Words"`, or a line that is nothing but words in quotes.
            let text_node = code.split(">\"").skip(1).any(starts_with_word);
            if source.layer() == Some("ui") && text_node {
                offences.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    check(&offences, "Words outside locales/ and content/");
}

fn starts_with_word(text: &str) -> bool {
    text.split('"').next().is_some_and(|node| node.chars().filter(|c| c.is_alphabetic()).count() >= 2)
}

#[test]
fn chinese_has_one_word_for_the_user() {
    let text = fs::read_to_string(root().join("locales/zh.json")).unwrap();
    // A letter to a customer, shown as an example, begins politely.
    let polite = |line: &&str| line.contains('您') && !line.contains("您好");
    let offences: Vec<_> = text.lines().filter(polite).map(|line| line.trim().to_owned()).collect();
    check(&offences, "The user is 你, not 您");
}

#[test]
fn both_languages_say_the_same_things() {
    let plural = ["_zero", "_one", "_two", "_few", "_many", "_other"];
    let read = |language: &str| -> BTreeSet<String> {
        let text = fs::read_to_string(root().join(format!("locales/{language}.json"))).unwrap();
        let mut keys = BTreeSet::new();
        collect_keys(&serde_json::from_str(&text).unwrap(), "", &mut keys);
        keys.into_iter()
            .map(|key| plural.iter().find_map(|suffix| key.strip_suffix(suffix)).unwrap_or(&key).to_owned())
            .collect()
    };
    let (en, zh) = (read("en"), read("zh"));
    let offences: Vec<_> = en.symmetric_difference(&zh).cloned().collect();
    check(&offences, "Keys in one language only");
}

fn collect_keys(value: &serde_json::Value, path: &str, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                collect_keys(value, &if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, keys);
            }
        }
        _ => {
            keys.insert(path.to_owned());
        }
    }
}

#[test]
fn raw_colours_live_in_the_tokens() {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch("];
    let mut offences = Vec::new();
    for source in files("style", "css").iter().filter(|source| source.path != "style/tokens.css") {
        for (number, line) in source.text.lines().enumerate() {
            let hex = line.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
                let whole = !rest.chars().nth(digits).is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_');
                matches!(digits, 3 | 4 | 6 | 8) && whole && line.contains(':')
            });
            if hex || functions.iter().any(|function| line.contains(function)) {
                offences.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    check(&offences, "Raw colours outside style/tokens.css");
}

#[test]
fn every_style_sheet_is_linked_once() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    let mut links: BTreeMap<String, usize> = files("style", "css").into_iter().map(|s| (s.path, 0)).collect();
    for link in page.split("rel=\"css\" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        *links.entry(link.to_owned()).or_default() += 1;
    }
    let offences: Vec<_> =
        links.into_iter().filter(|(_, n)| *n != 1).map(|(path, n)| format!("{path}: {n} times")).collect();
    check(&offences, "A style sheet is not linked exactly once in index.html");
}

#[test]
fn files_have_one_job_and_one_layout() {
    let mut offences = Vec::new();
    for source in ["src", "xtask/src", "tests"].iter().flat_map(|folder| files(folder, "rs")) {
        let lines = source.text.lines().count();
        if lines > LONGEST {
            offences.push(format!("{}: {lines} lines", source.path));
        }
        if source.path.ends_with("/mod.rs") {
            offences.push(format!("{}: modules are foo.rs beside foo/", source.path));
        }
    }
    check(&offences, "A file is too long, or a mod.rs");
}

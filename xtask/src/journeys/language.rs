//! Both languages, on every page.
//!
//! Words of the data (names of the demo company, of products, of people) are the visitor's own and stay as they are: they are
//! known from the export, or marked as not to be translated where the page makes a text of them.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};

/// Latin words that a Chinese page may show: names of formats, keys, units and languages, of those who found an estimator or a score,
/// and of other products with what they call things.
const LATIN: [&str; 67] = [
    "aalen",
    "beta",
    "brier",
    "crps",
    "jeffreys",
    "johansen",
    "kaplan",
    "meier",
    "alt",
    "chrome",
    "cny",
    "crm",
    "csv",
    "ctrl",
    "del",
    "edge",
    "english",
    "enter",
    "esc",
    "eur",
    "excel",
    "gb",
    "gbk",
    "gmt",
    "id",
    "json",
    "kb",
    "loudou",
    "mb",
    "mib",
    "shift",
    "sql",
    "tab",
    "tsv",
    "txt",
    "unicode",
    "usd",
    "utc",
    "utf",
    "windows",
    "xlsx",
    "z",
    "closed",
    "data",
    "dd",
    "docs",
    "document",
    "duckdb",
    "hubspot",
    "loader",
    "loss",
    "lost",
    "metrics",
    "mm",
    "odoo",
    "pipedrive",
    "postgresql",
    "reason",
    "salesforce",
    "schema",
    "status",
    "twenty",
    "upsert",
    "uuid",
    "v",
    "won",
    "yyyy",
];

/// Chinese words that an English page may show: the language's name and the product's.
const HAN: [&str; 4] = ["中文", "简体中文", "漏斗", "简体"];

/// Everything a reader meets: text, and the names and hints that stand in attributes. Hidden parts are left out.
const SAID: &str = "
    const said = [];
    const shown = element => element.checkVisibility({ visibilityProperty: true });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE) {
            const parent = node.parentElement;
            if (!parent.closest('script, style, noscript, #crash, [translate=no]') && shown(parent)) said.push(node.data);
        } else if (!node.closest('#crash') && shown(node)) {
            for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description']) {
                if (node.hasAttribute(name)) said.push(node.getAttribute(name));
            }
        }
    }
    return said.map(text => text.trim()).filter(text => text !== '')";

/// A visitor who reads Chinese meets no English word; after switching to English, no Chinese one but the data's.
pub(super) fn chinese_throughout(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    let mut strange = latin(visit, "welcome", &BTreeSet::new())?;
    visit.open_demo()?;
    let data = words_of(&visit.export()?.1);
    // Without the message about the export, which stays in the language it was said in.
    visit.reload()?;
    for (page, hash) in visit.pages()? {
        visit.open(&hash)?;
        strange.extend(latin(visit, page, &data.latin)?);
    }
    switch(visit, "English", "en")?;
    for (page, hash) in visit.pages()? {
        visit.open(&hash)?;
        strange.extend(han(visit, page, &data.text)?);
    }
    ensure!(strange.is_empty(), "words of the other language:\n  {}", strange.join("\n  "));
    Ok(())
}

/// A visitor who reads English meets no Chinese word; after switching to Chinese, no English one but the data's.
pub(super) fn english_throughout(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    let data = words_of(&visit.export()?.1);
    // Without the message about the export, which stays in the language it was said in.
    visit.reload()?;
    let mut strange = Vec::new();
    for (page, hash) in visit.pages()? {
        visit.open(&hash)?;
        strange.extend(han(visit, page, "")?);
    }
    switch(visit, "中文", "zh")?;
    for (page, hash) in visit.pages()? {
        visit.open(&hash)?;
        strange.extend(latin(visit, page, &data.latin)?);
    }
    ensure!(strange.is_empty(), "words of the other language:\n  {}", strange.join("\n  "));
    Ok(())
}

/// Chooses a language by its own name on the settings page; the page follows at once.
fn switch(visit: &Visit, name: &str, tag: &str) -> Result<()> {
    visit.open("#/settings")?;
    let choose = "const option = [...document.querySelectorAll('main label')].find(label => label.innerText.trim() === arguments[0]);
        option?.click(); return option !== undefined";
    ensure!(visit.holds(choose, &[name.into()])?, "the settings page does not offer {name}");
    visit.until(
        "the language of the page",
        "return document.documentElement.lang.startsWith(arguments[0])",
        &[tag.into()],
    )
}

/// The data's own words.
struct Words {
    latin: BTreeSet<String>,
    text: String,
}

fn words_of(document: &Value) -> Words {
    let mut words = Words { latin: BTreeSet::new(), text: String::new() };
    gather(document, &mut words);
    words
}

fn gather(value: &Value, words: &mut Words) {
    match value {
        Value::String(text) => {
            words.latin.extend(latin_words(text));
            words.text.push_str(text);
            words.text.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, words)),
        Value::Object(fields) => fields.values().for_each(|value| gather(value, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn said(visit: &Visit) -> Result<Vec<String>> {
    let said = visit.browser.script(SAID, &[])?;
    Ok(said.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect())
}

/// What a page says in Latin words of two letters and more that are neither the data's nor names.
fn latin(visit: &Visit, page: &str, data: &BTreeSet<String>) -> Result<Vec<String>> {
    let strange = |text: &String| {
        latin_words(text).any(|word| word.len() > 1 && !LATIN.contains(&word.as_str()) && !data.contains(&word))
    };
    Ok(said(visit)?.into_iter().filter(strange).map(|text| format!("{page}: {text}")).collect())
}

/// What a page says in Chinese that does not stand in the data.
fn han(visit: &Visit, page: &str, data: &str) -> Result<Vec<String>> {
    let strange = |text: &String| {
        let mut runs = text.split(|sign| !is_han(sign)).filter(|run| !run.is_empty());
        runs.any(|run| !HAN.contains(&run) && !data.contains(run))
    };
    Ok(said(visit)?.into_iter().filter(strange).map(|text| format!("{page}: {text}")).collect())
}

fn latin_words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|sign: char| !sign.is_alphabetic() || is_han(sign));
    words.filter(|word| word.chars().any(|sign| sign.is_ascii_alphabetic())).map(str::to_lowercase)
}

fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::{is_han, latin_words};

    #[test]
    fn tells_the_words_of_two_scripts_apart() {
        assert_eq!(latin_words("商机 CRM升级 3 deals, ¥1.2万").collect::<Vec<_>>(), ["crm", "deals"]);
        assert!(is_han('漏') && !is_han('é') && !is_han('，'));
    }
}

//! Rows in the order of a language: what the page works out by itself is what the browser's collator says.

use js_sys::{Array, Function, Intl, Object, Reflect};
use loudou::ui::parts::listing::{order::sorted, value::Value};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const TEXTS: [&str; 39] = [
    "北京华信机械有限公司",
    "北京华信",
    "重庆创新",
    "长沙",
    "银行",
    "上海东方 10",
    "上海东方 9",
    "上海东方",
    "上海（东方）",
    "上海(东方)",
    "阿里·买买提",
    "Acme",
    "ACME",
    "acme",
    "acme 2",
    "acme 10",
    "acme-2",
    "Ärger",
    "arger",
    "Arger",
    "Ørsted",
    "Straße",
    "Strasse",
    "Œuvre",
    "Zürich",
    "zurich",
    "9",
    "10",
    "0",
    "00",
    "７",
    "8n",
    "8６",
    "_x",
    "-x",
    "x",
    "ΟΔΟΣ",
    "😀",
    "Ａcme",
];

fn by_collator(language: &str) -> Vec<String> {
    let options = Object::new();
    Reflect::set(&options, &"numeric".into(), &true.into()).unwrap();
    let compare = Intl::Collator::new(&Array::of1(&language.into()), &options).compare();
    let texts: Array = TEXTS.iter().map(|text| JsValue::from_str(text)).collect();
    let sort: Function = Reflect::get(&texts, &"sort".into()).unwrap().unchecked_into();
    sort.call1(&texts, &compare).unwrap();
    texts.iter().map(|text| text.as_string().unwrap()).collect()
}

#[wasm_bindgen_test]
fn texts_stand_as_the_collator_has_them() {
    for language in ["en", "zh", "en"] {
        let rows: Vec<_> = TEXTS.iter().rev().map(|text| (*text, Value::<&str>::text(text))).collect();
        assert_eq!(sorted(&rows, false, language), by_collator(language), "{language}");
        let mut backwards = by_collator(language);
        backwards.reverse();
        assert_eq!(sorted(&rows, true, language), backwards, "{language}");
    }
}

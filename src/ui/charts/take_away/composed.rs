//! A picture of words and several SVGs in a grid, as one SVG: everything where it is seen.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, Node};

use super::{Colours, Picture, set, svg, with_looks};

/// What stands in `body`.
pub(super) fn composed(body: &Element, colours: &mut Colours) -> Option<Picture> {
    let frame = body.get_bounding_client_rect();
    let root = svg("svg")?;
    let parts = body.query_selector_all("*").ok()?;
    for index in 0..parts.length() {
        let Some(part) = parts.item(index).and_then(|part| part.dyn_into::<Element>().ok()) else { continue };
        if part.tag_name() == "svg" {
            let copy = with_looks(&part, colours)?;
            let place = part.get_bounding_client_rect();
            let sides = [("x", place.left() - frame.left()), ("y", place.top() - frame.top())];
            for (name, value) in sides.into_iter().chain([("width", place.width()), ("height", place.height())]) {
                set(&copy, name, &value.to_string())?;
            }
            set(&copy, "overflow", "visible")?;
            root.append_child(&copy).ok()?;
        } else if part.closest("svg").ok()?.is_none() {
            let children = part.child_nodes();
            for index in 0..children.length() {
                if let Some(child) = children.item(index).filter(|child| child.node_type() == Node::TEXT_NODE)
                    && let Some(word) = word(&part, &child, &frame, colours)
                {
                    root.append_child(&word).ok()?;
                }
            }
        }
    }
    Some(Picture { root, width: frame.width(), height: frame.height() })
}

/// A text as it is seen; `None` for one that is not.
fn word(around: &Element, text: &Node, frame: &DomRect, colours: &mut Colours) -> Option<Element> {
    let words = text.text_content().filter(|words| !words.trim().is_empty())?;
    let range = document().create_range().ok()?;
    range.select_node_contents(text).ok()?;
    let place = range.get_bounding_client_rect();
    if place.width() < 1.0 || place.height() < 1.0 {
        return None;
    }
    let style = window().get_computed_style(around).ok()??;
    let word = svg("text")?;
    let (x, y) = (place.left() - frame.left(), place.top() - frame.top() + place.height() / 2.0);
    if style.get_property_value("writing-mode").ok()?.starts_with("vertical") {
        let x = x + place.width() / 2.0;
        set(&word, "transform", &format!("translate({x} {y}) rotate(-90)"))?;
        set(&word, "text-anchor", "middle")?;
    } else {
        set(&word, "x", &x.to_string())?;
        set(&word, "y", &y.to_string())?;
    }
    set(&word, "dominant-baseline", "central")?;
    set(&word, "fill", &colours.plain(&style.get_property_value("color").ok()?)?.0)?;
    for name in ["font-family", "font-size", "font-weight"] {
        set(&word, name, &style.get_property_value(name).ok()?)?;
    }
    word.set_text_content(Some(words.trim()));
    Some(word)
}

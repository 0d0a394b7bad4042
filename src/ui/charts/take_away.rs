//! Pictures as files: an SVG that other programs draw as it is seen here, and a PNG of it.
//!
//! What a picture looks like stands in the style sheet, in colours that few programs know. So the copy that leaves has every
//! property written on its elements, and every colour in the form of red, green and blue.

mod composed;

use std::collections::BTreeMap;

use gloo_file::{Blob, ObjectUrl};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement, XmlSerializer};

use composed::composed;

use crate::ui::file::{download, download_blob};

/// The form of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines that stay sharp at any size.
    Svg,
    /// Points, two for each point of the screen.
    Png,
}

/// Properties that a style sheet gives and that a picture of its own needs.
const PROPERTIES: [&str; 14] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-opacity",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "stroke-linecap",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "vector-effect",
];

/// Points of a PNG for each point of the screen.
const SHARPNESS: f64 = 2.0;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Hands the picture inside `body` to the person as a file called `name`; `failed` runs when the browser does not take it.
pub fn take_away(body: &Element, name: String, kind: Kind, failed: impl FnOnce() + 'static) {
    let drawn = || {
        let mut colours = Colours::new()?;
        let picture = picture(body, &mut colours)?;
        let text = picture.text(&name, &ground_of(body, &mut colours)?)?;
        Some((text, picture.width, picture.height))
    };
    let Some((text, width, height)) = drawn() else { return failed() };
    if kind == Kind::Svg {
        if download(&[&name, ".svg"].concat(), "image/svg+xml", text.as_bytes()).is_err() {
            failed();
        }
        return;
    }
    spawn_local(async move {
        if paint(&text, (width, height), [&name, ".png"].concat()).await.is_none() {
            failed();
        }
    });
}

/// A picture that needs no style sheet.
struct Picture {
    root: Element,
    width: f64,
    height: f64,
}

impl Picture {
    /// The picture as a file, with a title and on the ground it has on the page.
    fn text(&self, name: &str, ground: &str) -> Option<String> {
        let (root, width, height) = (&self.root, self.width.to_string(), self.height.to_string());
        set(root, "xmlns", SVG)?;
        set(root, "width", &width)?;
        set(root, "height", &height)?;
        let (title, plane) = (svg("title")?, svg("rect")?);
        title.set_text_content(Some(name));
        set(&plane, "width", "100%")?;
        set(&plane, "height", "100%")?;
        set(&plane, "fill", ground)?;
        root.insert_before(&plane, root.first_child().as_ref()).ok()?;
        root.insert_before(&title, root.first_child().as_ref()).ok()?;
        XmlSerializer::new().ok()?.serialize_to_string(root).ok()
    }
}

/// The picture in `body`: its one SVG, or all that stands there put together.
fn picture(body: &Element, colours: &mut Colours) -> Option<Picture> {
    let shown = body.query_selector_all("svg").ok()?;
    if shown.length() != 1 {
        return composed(body, colours);
    }
    let shown = shown.item(0)?.dyn_into::<Element>().ok()?;
    let frame = shown.get_bounding_client_rect();
    Some(Picture { root: with_looks(&shown, colours)?, width: frame.width(), height: frame.height() })
}

/// A copy of an SVG with every property that the style sheet gives it.
fn with_looks(shown: &Element, colours: &mut Colours) -> Option<Element> {
    let copy = shown.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
    write_properties(shown, &copy, colours)?;
    let (shown_parts, parts) = (shown.query_selector_all("*").ok()?, copy.query_selector_all("*").ok()?);
    for index in 0..shown_parts.length() {
        let of = |list: &web_sys::NodeList| list.item(index)?.dyn_into::<Element>().ok();
        write_properties(&of(&shown_parts)?, &of(&parts)?, colours)?;
    }
    Some(copy)
}

fn set(element: &Element, name: &str, value: &str) -> Option<()> {
    element.set_attribute(name, value).ok()
}

fn svg(name: &str) -> Option<Element> {
    document().create_element_ns(Some(SVG), name).ok()
}

/// The colour on which the picture stands: that of the nearest element around it that has one.
fn ground_of(body: &Element, colours: &mut Colours) -> Option<String> {
    let mut element = body.clone();
    loop {
        let style = window().get_computed_style(&element).ok()??;
        let (colour, opacity) = colours.plain(&style.get_property_value("background-color").ok()?)?;
        match element.parent_element() {
            Some(around) if opacity == 0.0 => element = around,
            _ => return Some(colour),
        }
    }
}

fn write_properties(shown: &Element, copy: &Element, colours: &mut Colours) -> Option<()> {
    let style = window().get_computed_style(shown).ok()??;
    for name in PROPERTIES {
        let value = style.get_property_value(name).ok()?;
        let is_colour = matches!(name, "fill" | "stroke") && value != "none" && !value.starts_with("url");
        if is_colour {
            let (colour, opacity) = colours.plain(&value)?;
            copy.set_attribute(name, &colour).ok()?;
            if opacity < 1.0 {
                copy.set_attribute(&[name, "-opacity"].concat(), &opacity.to_string()).ok()?;
            }
        } else if !copy.has_attribute(name) {
            copy.set_attribute(name, &value).ok()?;
        }
    }
    for name in ["class", "style", "tabindex"] {
        copy.remove_attribute(name).ok()?;
    }
    Some(())
}

/// Colours as red, green and blue, found by painting with them.
struct Colours {
    brush: CanvasRenderingContext2d,
    known: BTreeMap<String, (String, f64)>,
}

impl Colours {
    fn new() -> Option<Self> {
        let canvas = canvas(1.0, 1.0)?;
        Some(Self { brush: brush(&canvas)?, known: BTreeMap::new() })
    }

    /// A colour in six digits, and its opacity.
    fn plain(&mut self, colour: &str) -> Option<(String, f64)> {
        if let Some(known) = self.known.get(colour) {
            return Some(known.clone());
        }
        self.brush.clear_rect(0.0, 0.0, 1.0, 1.0);
        self.brush.set_fill_style_str(colour);
        self.brush.fill_rect(0.0, 0.0, 1.0, 1.0);
        let painted = self.brush.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data();
        let [red, green, blue, opacity] = *painted.as_slice() else { return None };
        let plain = (format!("#{red:02x}{green:02x}{blue:02x}"), f64::from(opacity) / 255.0);
        self.known.insert(colour.to_owned(), plain.clone());
        Some(plain)
    }
}

fn canvas(width: f64, height: f64) -> Option<HtmlCanvasElement> {
    let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a picture on a screen")]
    let whole = |length: f64| length.ceil().max(1.0) as u32;
    canvas.set_width(whole(width));
    canvas.set_height(whole(height));
    Some(canvas)
}

fn brush(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

async fn paint(text: &str, (width, height): (f64, f64), name: String) -> Option<()> {
    let address = ObjectUrl::from(Blob::new_with_options(text.as_bytes(), Some("image/svg+xml")));
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&address);
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (width * SHARPNESS, height * SHARPNESS);
    let canvas = canvas(width, height)?;
    brush(&canvas)?.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height).ok()?;
    let painted = js_sys::Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // A promise takes whatever it is given.
            resolve.call1(&JsValue::NULL, &blob).ok();
        });
        if let Err(error) = canvas.to_blob(done.unchecked_ref()) {
            reject.call1(&JsValue::NULL, &error).ok();
        }
    });
    let blob = JsFuture::from(painted).await.ok()?.dyn_into::<web_sys::Blob>().ok()?;
    download_blob(&name, blob.into()).ok()
}

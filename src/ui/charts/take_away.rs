//! Pictures as files: an SVG that other programs draw as it is seen here, and a PNG of it.
//!
//! What a picture looks like stands in the style sheet, in colours that few programs know. So the copy that leaves has every
//! property written on its elements, and every colour in the form of red, green and blue.

use std::collections::BTreeMap;

use gloo_file::{Blob, ObjectUrl};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement, XmlSerializer};

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
const PROPERTIES: [&str; 13] = [
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
];

/// Points of a PNG for each point of the screen.
const SHARPNESS: f64 = 2.0;

/// Hands the first SVG inside `body` to the person as a file called `name`; `failed` runs when the browser does not take it.
pub fn take_away(body: &Element, name: String, kind: Kind, failed: impl FnOnce() + 'static) {
    let Some(picture) = picture(body, &name) else { return failed() };
    if kind == Kind::Svg {
        if download(&[&name, ".svg"].concat(), "image/svg+xml", picture.text.as_bytes()).is_err() {
            failed();
        }
        return;
    }
    spawn_local(async move {
        if paint(&picture, [&name, ".png"].concat()).await.is_none() {
            failed();
        }
    });
}

/// A picture of its own.
struct Picture {
    text: String,
    width: f64,
    height: f64,
}

fn picture(body: &Element, name: &str) -> Option<Picture> {
    let shown = body.query_selector("svg").ok()??;
    let frame = shown.get_bounding_client_rect();
    let (width, height) = (frame.width(), frame.height());
    let copy = shown.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
    let mut colours = Colours::new()?;
    write_properties(&shown, &copy, &mut colours)?;
    let (shown_parts, parts) = (shown.query_selector_all("*").ok()?, copy.query_selector_all("*").ok()?);
    for index in 0..shown_parts.length() {
        let of = |list: &web_sys::NodeList| list.item(index)?.dyn_into::<Element>().ok();
        write_properties(&of(&shown_parts)?, &of(&parts)?, &mut colours)?;
    }
    let set = |element: &Element, name: &str, value: &str| element.set_attribute(name, value).ok();
    set(&copy, "xmlns", "http://www.w3.org/2000/svg")?;
    set(&copy, "width", &width.to_string())?;
    set(&copy, "height", &height.to_string())?;
    let svg = |name| document().create_element_ns(Some("http://www.w3.org/2000/svg"), name).ok();
    let (title, ground) = (svg("title")?, svg("rect")?);
    title.set_text_content(Some(name));
    for (name, value) in [("width", "100%"), ("height", "100%")] {
        set(&ground, name, value)?;
    }
    set(&ground, "fill", &ground_of(body, &mut colours)?)?;
    copy.insert_before(&ground, copy.first_child().as_ref()).ok()?;
    copy.insert_before(&title, copy.first_child().as_ref()).ok()?;
    let text = XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    Some(Picture { text, width, height })
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

async fn paint(picture: &Picture, name: String) -> Option<()> {
    let address = ObjectUrl::from(Blob::new_with_options(picture.text.as_bytes(), Some("image/svg+xml")));
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&address);
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (picture.width * SHARPNESS, picture.height * SHARPNESS);
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

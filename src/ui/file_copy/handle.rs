//! A file on the person's own disk, through the browser's File System Access API. Only some browsers have it, and the bindings know little
//! of it, so everything here goes by name.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Bytes that are handed over at once, so that the page goes on in between.
const SLICE: usize = 1 << 20;

/// Why the file could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// The person has to allow it, again after every start of the browser.
    #[error("writing is not allowed")]
    NotAllowed,
    /// The file was moved or deleted.
    #[error("the file is gone")]
    Gone,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// Another program holds the file.
    #[error("the file is in use")]
    InUse,
    /// Anything else, in the browser's words.
    #[error("{0}")]
    Other(String),
}

impl FileFault {
    fn of(thrown: &JsValue) -> Self {
        let text = |name: &str| Reflect::get(thrown, &name.into()).ok().and_then(|value| value.as_string());
        match text("name").as_deref() {
            Some("NotAllowedError" | "SecurityError") => Self::NotAllowed,
            Some("NotFoundError") => Self::Gone,
            Some("QuotaExceededError") => Self::Full,
            Some("NoModificationAllowedError" | "InvalidStateError") => Self::InUse,
            _ => Self::Other(text("message").unwrap_or_else(|| format!("{thrown:?}"))),
        }
    }
}

/// Whether this browser can write into a file that the person chose.
pub(super) fn is_supported() -> bool {
    window().is_secure_context() && Reflect::has(&window(), &"showSaveFilePicker".into()).unwrap_or(false)
}

/// A file that may be written.
#[derive(Clone, Debug)]
pub(super) struct Handle(pub(super) JsValue);

impl Handle {
    /// Lets the person choose a file; `None` when they would rather not. Call it in the course of a click.
    ///
    /// # Errors
    /// The browser did not show the choice.
    pub(super) async fn choose(name: &str) -> Result<Option<Self>, FileFault> {
        let accept = object(&[("application/json", Array::of1(&".json".into()).into())]);
        let kind = object(&[("accept", accept.into())]);
        let options = object(&[("suggestedName", name.into()), ("types", Array::of1(&kind).into())]);
        match call(&window(), "showSaveFilePicker", &[options.into()]).await {
            Ok(handle) => Ok(Some(Self(handle))),
            Err(thrown) => {
                let name = Reflect::get(&thrown, &"name".into()).ok().and_then(|name| name.as_string());
                if name.as_deref() == Some("AbortError") { Ok(None) } else { Err(FileFault::of(&thrown)) }
            }
        }
    }

    /// The file's name.
    pub(super) fn name(&self) -> String {
        Reflect::get(&self.0, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
    }

    /// Whether both are the very same choice.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Object::is(&self.0, &other.0)
    }

    /// Whether it may be written without asking.
    pub(super) async fn is_allowed(&self) -> bool {
        self.permission("queryPermission").await
    }

    /// Asks the person to allow it; whether they do. Call it in the course of a click.
    pub(super) async fn ask(&self) -> bool {
        self.permission("requestPermission").await
    }

    async fn permission(&self, method: &str) -> bool {
        let mode = object(&[("mode", "readwrite".into())]);
        let answer = call(&self.0, method, &[mode.into()]).await;
        answer.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted"))
    }

    /// How many bytes the file has.
    pub(super) async fn size(&self) -> Result<f64, FileFault> {
        let file = call(&self.0, "getFile", &[]).await.map_err(|thrown| FileFault::of(&thrown))?;
        Ok(Reflect::get(&file, &"size".into()).ok().and_then(|size| size.as_f64()).unwrap_or(-1.0))
    }

    /// Puts a text in the place of what the file holds. The browser writes beside the file and replaces it at the end, so that a stop in
    /// between leaves what was there.
    pub(super) async fn write(&self, text: &str) -> Result<(), FileFault> {
        let stream = call(&self.0, "createWritable", &[]).await.map_err(|thrown| FileFault::of(&thrown))?;
        for slice in text.as_bytes().chunks(SLICE) {
            if let Err(thrown) = call(&stream, "write", &[Uint8Array::from(slice).into()]).await {
                // What was begun beside the file is dropped; if that fails, too, the file is whole all the same.
                call(&stream, "abort", &[]).await.ok();
                return Err(FileFault::of(&thrown));
            }
        }
        call(&stream, "close", &[]).await.map(drop).map_err(|thrown| FileFault::of(&thrown))
    }
}

/// Calls a method by name and waits for what it promises.
async fn call(target: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    let answer = Reflect::apply(&function, target, &arguments.iter().collect::<Array>())?;
    JsFuture::from(Promise::resolve(&answer)).await
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a fresh object cannot fail.
        Reflect::set(&object, &(*name).into(), value).ok();
    }
    object
}

//! The WebDriver protocol as far as it is needed: JSON over HTTP to a driver on this machine.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use ureq::Agent;

/// How a driver names an element in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long an answer may take: longer than the driver itself waits for a page or a script, so that it is the driver who says what
/// did not come.
const ANSWER: Duration = Duration::from_secs(120);

/// A session with one browser window; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Session {
    agent: Agent,
    address: String,
}

/// An element of the page. It goes stale when the page replaces it.
#[derive(Debug, Clone)]
pub(crate) struct Element(String);

impl Element {
    /// The element as an argument of a script or a pointer action's origin.
    pub(crate) fn reference(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }

    fn from_json(value: &Value) -> Option<Self> {
        Some(Self(value.get(ELEMENT)?.as_str()?.to_owned()))
    }
}

impl Session {
    /// Opens a session at the driver's address.
    ///
    /// # Errors
    /// When the driver refuses; its reason is the message.
    pub(crate) fn open(driver: &str, capabilities: &Value) -> Result<Self> {
        let config = Agent::config_builder().http_status_as_error(false).proxy(None).timeout_global(Some(ANSWER));
        let mut session = Self { agent: config.build().into(), address: format!("{driver}/session") };
        let opened = session.post("", &json!({ "capabilities": { "alwaysMatch": capabilities } }))?;
        let id = opened.get("sessionId").and_then(Value::as_str).context("the driver gave no session id")?;
        session.address = format!("{}/{id}", session.address);
        Ok(session)
    }

    /// Asks, and returns the answer's `value`.
    ///
    /// # Errors
    /// When the driver reports an error or cannot be reached.
    pub(crate) fn get(&self, path: &str) -> Result<Value> {
        let mut response = self.agent.get(format!("{}{path}", self.address)).call()?;
        value(&mut response)
    }

    /// Commands, and returns the answer's `value`.
    ///
    /// # Errors
    /// When the driver reports an error or cannot be reached.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let mut response = self.agent.post(format!("{}{path}", self.address)).send_json(body)?;
        value(&mut response)
    }

    /// What a script's `return` gives; a promise is awaited. `arguments[0]`… are `arguments`.
    ///
    /// # Errors
    /// When the script throws.
    pub(crate) fn script(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The elements that match a CSS selector, in page order.
    ///
    /// # Errors
    /// When the selector is not valid.
    pub(crate) fn elements(&self, css: &str) -> Result<Vec<Element>> {
        let found = self.post("/elements", &json!({ "using": "css selector", "value": css }))?;
        Ok(found.as_array().into_iter().flatten().filter_map(Element::from_json).collect())
    }

    /// Posts to a path of the element, such as `click`.
    ///
    /// # Errors
    /// When the driver refuses, as for an element that is covered or gone.
    pub(crate) fn on(&self, element: &Element, path: &str, body: &Value) -> Result<Value> {
        self.post(&format!("/element/{}/{path}", element.0), body)
    }

    /// Asks for something of the element, such as `text`.
    ///
    /// # Errors
    /// When the element is gone.
    pub(crate) fn of(&self, element: &Element, path: &str) -> Result<Value> {
        self.get(&format!("/element/{}/{path}", element.0))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The driver ends with its browser a moment later in any case.
        self.agent.delete(&self.address).call().ok();
    }
}

fn value(response: &mut ureq::http::Response<ureq::Body>) -> Result<Value> {
    let mut answer: Value = response.body_mut().with_config().limit(256 << 20).read_json()?;
    let value = answer.get_mut("value").map(Value::take).context("the driver's answer has no value")?;
    match value.get("error").and_then(Value::as_str) {
        Some(error) if !response.status().is_success() => {
            let message = value.get("message").and_then(Value::as_str).unwrap_or_default();
            bail!("{error}: {}", message.lines().next().unwrap_or_default())
        }
        _ => Ok(value),
    }
}

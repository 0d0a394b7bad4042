//! A static host like any other, on a free port of 127.0.0.1, with the page under a sub path.

use std::{
    fs,
    path::{Component, Path, PathBuf},
    sync::Arc,
    thread::{self, JoinHandle},
};

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

/// Deep on purpose: an address that starts with `/` anywhere in the page is found out.
const PATH: &str = "/some/sub/path/";

/// Serves a folder until dropped.
pub(crate) struct StaticServer {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
    origin: String,
}

impl StaticServer {
    /// Starts to serve `folder`.
    ///
    /// # Errors
    /// When no port can be opened.
    pub(crate) fn start(folder: PathBuf) -> Result<Self> {
        let server = Arc::new(Server::http("127.0.0.1:0").map_err(|error| anyhow!("could not open a port: {error}"))?);
        let port = server.server_addr().to_ip().context("the server has no port")?.port();
        let listener = Arc::clone(&server);
        let thread = thread::spawn(move || {
            for request in listener.incoming_requests() {
                answer(&folder, request);
            }
        });
        Ok(Self { server, thread: Some(thread), origin: format!("http://127.0.0.1:{port}") })
    }

    /// Scheme, host and port, without a closing slash.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of the page.
    pub(crate) fn page(&self) -> String {
        format!("{}{PATH}", self.origin)
    }
}

impl Drop for StaticServer {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            // A panic of the server thread has been printed already.
            thread.join().ok();
        }
    }
}

fn answer(folder: &Path, request: Request) {
    let found = file(folder, request.url()).filter(|_| *request.method() == Method::Get);
    let content = found.and_then(|path| Some((fs::read(&path).ok()?, media_type(&path))));
    let sent = match content {
        Some((content, kind)) => {
            let headers = [("Content-Type", kind), ("Cache-Control", "no-cache")];
            let headers = headers.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok());
            request.respond(headers.fold(Response::from_data(content), Response::with_header))
        }
        None => request.respond(Response::from_string("not found").with_status_code(404)),
    };
    // The browser may have gone away meanwhile, which is its right.
    sent.ok();
}

/// The file behind an address, `None` outside the sub path or the folder.
fn file(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix(PATH)?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| folder.join(path))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::file;

    #[test]
    fn serves_the_sub_path_and_nothing_outside_the_folder() {
        let folder = Path::new("dist");
        assert_eq!(file(folder, "/some/sub/path/?x=1"), Some("dist/index.html".into()));
        assert_eq!(file(folder, "/some/sub/path/app.js"), Some("dist/app.js".into()));
        assert_eq!(file(folder, "/app.js"), None);
        assert_eq!(file(folder, "/some/sub/path/../../secret"), None);
    }
}

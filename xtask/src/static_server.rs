//! A static host like any other, on 127.0.0.1.

use std::{
    fs,
    path::{Component, Path, PathBuf},
    sync::Arc,
    thread::{self, JoinHandle},
};

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

/// Where tests see the page. Deep on purpose: an address that starts with `/` anywhere in the page is found out.
const DEEP: &str = "/some/sub/path/";

/// Serves a folder until dropped.
pub(crate) struct StaticServer {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
    origin: String,
    path: &'static str,
}

impl StaticServer {
    /// Starts to serve `folder` on a free port, under a sub path.
    ///
    /// # Errors
    /// When no port can be opened.
    pub(crate) fn start(folder: PathBuf) -> Result<Self> {
        Self::start_at(folder, 0, DEEP)
    }

    /// Starts to serve `folder` on `port`, under `path`, which begins and ends with a slash.
    ///
    /// # Errors
    /// When the port cannot be opened.
    pub(crate) fn start_at(folder: PathBuf, port: u16, path: &'static str) -> Result<Self> {
        let server = Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("could not open a port: {error}"))?;
        let server = Arc::new(server);
        let port = server.server_addr().to_ip().context("the server has no port")?.port();
        let listener = Arc::clone(&server);
        let thread = thread::spawn(move || {
            for request in listener.incoming_requests() {
                answer(&folder, path, request);
            }
        });
        Ok(Self { server, thread: Some(thread), origin: format!("http://127.0.0.1:{port}"), path })
    }

    /// Scheme, host and port, without a closing slash.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of the page.
    pub(crate) fn page(&self) -> String {
        [self.origin.as_str(), self.path].concat()
    }

    /// Serves until the program is ended.
    pub(crate) fn serve_on(mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic of the server thread has been printed already.
            thread.join().ok();
        }
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

fn answer(folder: &Path, path: &str, request: Request) {
    let found = file(folder, path, request.url()).filter(|_| *request.method() == Method::Get);
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
fn file(folder: &Path, path: &str, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix(path)?;
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

    use super::{DEEP, file};

    #[test]
    fn serves_the_sub_path_and_nothing_outside_the_folder() {
        let folder = Path::new("dist");
        assert_eq!(file(folder, DEEP, "/some/sub/path/?x=1"), Some("dist/index.html".into()));
        assert_eq!(file(folder, DEEP, "/some/sub/path/app.js"), Some("dist/app.js".into()));
        assert_eq!(file(folder, DEEP, "/app.js"), None);
        assert_eq!(file(folder, DEEP, "/some/sub/path/../../secret"), None);
    }
}

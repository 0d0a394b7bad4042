//! A static host like any other, on 127.0.0.1.
//!
//! Every connection has a thread of its own from its first moment. Browsers open several at once, some of them only in case they
//! need one; if any had to wait until another ends, the page that asked through it would never finish loading.

use std::{
    fs,
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use anyhow::{Context, Result};

/// Where tests see the page. Deep on purpose: an address that starts with `/` anywhere in the page is found out.
const DEEP: &str = "/some/sub/path/";

/// Serves a folder until dropped.
pub(crate) struct StaticServer {
    site: Arc<Site>,
    address: SocketAddr,
    thread: Option<JoinHandle<()>>,
    origin: String,
}

/// What is served, and whether it still is.
struct Site {
    folder: PathBuf,
    path: &'static str,
    closed: AtomicBool,
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
        let listener = TcpListener::bind(("127.0.0.1", port)).context("could not open a port")?;
        let address = listener.local_addr().context("the server has no port")?;
        let site = Arc::new(Site { folder, path, closed: AtomicBool::new(false) });
        let served = Arc::clone(&site);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().map_while(|stream| served.is_open().then_some(stream)).flatten() {
                let site = Arc::clone(&served);
                // The browser may go away at any time, which is its right.
                thread::spawn(move || site.serve(&stream).ok());
            }
        });
        Ok(Self { site, address, thread: Some(thread), origin: format!("http://{address}") })
    }

    /// Scheme, host and port, without a closing slash.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of the page.
    pub(crate) fn page(&self) -> String {
        [self.origin.as_str(), self.site.path].concat()
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
        self.site.closed.store(true, Ordering::Release);
        // A last visitor wakes the thread that waits for visitors.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            // A panic of the server thread has been printed already.
            thread.join().ok();
        }
    }
}

impl Site {
    fn is_open(&self) -> bool {
        !self.closed.load(Ordering::Acquire)
    }

    /// Answers what a connection asks, one question after the other, until its other end closes it.
    fn serve(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut lines = BufReader::new(stream).lines();
        while let Some(question) = lines.next().transpose()? {
            // What else the browser says about itself makes no difference.
            for line in lines.by_ref() {
                if line?.is_empty() {
                    break;
                }
            }
            if !self.is_open() {
                break;
            }
            stream.write_all(&self.answer(&question))?;
        }
        Ok(())
    }

    /// The answer to the first line of a question: `GET /some/sub/path/app.js HTTP/1.1`.
    fn answer(&self, question: &str) -> Vec<u8> {
        let url = question.strip_prefix("GET ").and_then(|rest| rest.split(' ').next());
        let path = url.and_then(|url| file(&self.folder, self.path, url));
        let found = path.and_then(|path| Some((fs::read(&path).ok()?, media_type(&path))));
        let (status, content, kind) = match found {
            Some((content, kind)) => ("200 OK", content, kind),
            None => ("404 Not Found", b"not found".to_vec(), "text/plain"),
        };
        let length = content.len();
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\n\r\n"
        );
        [head.into_bytes(), content].concat()
    }
}

/// The file behind an address, `None` outside the sub path or the folder.
fn file(folder: &Path, path: &str, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix(path)?.replace("%20", " ");
    let is_folder = path.is_empty() || path.ends_with('/');
    let path = if is_folder { Path::new(&path).join("index.html") } else { path.into() };
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| folder.join(path))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Read, Write},
        net::TcpStream,
        path::Path,
    };

    use super::{DEEP, StaticServer, file};

    #[test]
    fn serves_the_sub_path_and_nothing_outside_the_folder() {
        let folder = Path::new("dist");
        assert_eq!(file(folder, DEEP, "/some/sub/path/?x=1"), Some("dist/index.html".into()));
        assert_eq!(file(folder, DEEP, "/some/sub/path/app.js"), Some("dist/app.js".into()));
        assert_eq!(file(folder, DEEP, "/some/sub/path/one%20folder/"), Some("dist/one folder/index.html".into()));
        assert_eq!(file(folder, DEEP, "/app.js"), None);
        assert_eq!(file(folder, DEEP, "/some/sub/path/../../secret"), None);
    }

    #[test]
    fn a_connection_that_asks_nothing_holds_up_no_other() {
        let server = StaticServer::start(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
        let connect = || TcpStream::connect(server.address).unwrap();
        let _silent: Vec<_> = (0..20).map(|_| connect()).collect();
        for mut stream in (0..20).map(|_| connect()) {
            for (name, status) in [("main.rs", "HTTP/1.1 200 OK"), ("none.rs", "HTTP/1.1 404 Not Found")] {
                write!(stream, "GET {DEEP}{name} HTTP/1.1\r\nHost: here\r\n\r\n").unwrap();
                let mut answer = BufReader::new(&stream);
                let head: Vec<_> = answer.by_ref().lines().map(Result::unwrap).take_while(|l| !l.is_empty()).collect();
                assert_eq!(head[0], status, "{name}");
                let length = head.iter().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
                answer.read_exact(&mut vec![0; length.parse().unwrap()]).unwrap();
            }
        }
        let address = server.address;
        drop(server);
        assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
    }
}

//! `cargo xtask shots`: what every page looks like.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{
    arguments::Arguments,
    browser::Browser,
    dist,
    process::title,
    project, routes,
    static_server::StaticServer,
    tools::{BrowserTools, Kind},
};

const LANGUAGES: [&str; 2] = ["zh", "en"];
const THEMES: [&str; 2] = ["light", "dark"];
const SIZES: [(u32, u32); 2] = [(390, 844), (1440, 900)];

/// Where the page keeps its settings in local storage.
const SETTINGS: &str = "loudou/settings";

/// Writes `ROUTE-LANGUAGE-THEME-WIDTH.png` for every combination, from the release build with the demo company.
///
/// # Errors
/// When a page does not open; the pictures taken until then stay.
pub(crate) fn shots(mut arguments: Arguments) -> Result<()> {
    let folder = arguments.value("--out")?.map_or_else(|| project::root().join("shots"), PathBuf::from);
    let only = arguments.value("--route")?;
    let query =
        arguments.value("--url-query")?.map(|query| format!("?{}", query.trim_start_matches('?'))).unwrap_or_default();
    let build = !arguments.flag("--no-build");
    arguments.finish()?;

    let wanted = |route: &&str| only.as_deref().is_none_or(|only| only == *route);
    let with_data: Vec<_> = routes::WITH_DATA.into_iter().filter(wanted).collect();
    let welcome = wanted(&routes::WELCOME);
    ensure!(welcome || !with_data.is_empty(), "no such route: welcome, {}", routes::WITH_DATA.join(", "));

    let release = if build { dist::build()? } else { project::dist() };
    let tools = BrowserTools::ensure(Kind::Chromium)?;
    let server = StaticServer::start(release)?;
    fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    title(&format!("Screenshots into {}", folder.display()));
    for language in LANGUAGES {
        let camera =
            Camera { browser: Browser::open(&tools, false)?, page: server.page() + &query, language, folder: &folder };
        if welcome {
            camera.take("#/", routes::WELCOME)?;
        }
        if !with_data.is_empty() {
            camera.open("#/", THEMES[0])?;
            routes::open_demo(&camera.browser)?;
        }
        for route in &with_data {
            let hash = routes::hash(&camera.browser, &camera.page, route)?;
            camera.take(&hash, route)?;
        }
    }
    Ok(())
}

/// One visitor's browser in one language.
struct Camera<'a> {
    browser: Browser,
    page: String,
    language: &'static str,
    folder: &'a Path,
}

impl Camera<'_> {
    /// Takes a page in every theme and size.
    fn take(&self, hash: &str, route: &str) -> Result<()> {
        for theme in THEMES {
            self.open(hash, theme)?;
            for (width, height) in SIZES {
                self.browser.resize(width, height)?;
                self.settle()?;
                let name = format!("{route}-{}-{theme}-{width}.png", self.language);
                fs::write(self.folder.join(&name), self.browser.screenshot()?)?;
                println!("{name}");
            }
        }
        Ok(())
    }

    /// Starts the page anew at `hash` with the language and theme among its settings.
    fn open(&self, hash: &str, theme: &str) -> Result<()> {
        self.browser.goto(&format!("{}{hash}", self.page))?;
        let change = "const settings = JSON.parse(localStorage.getItem(arguments[0])) ?? {};
            localStorage.setItem(arguments[0], JSON.stringify({ ...settings, ...arguments[1] }))";
        self.browser.script(change, &[SETTINGS.into(), json!({ "language": self.language, "theme": theme })])?;
        self.browser.reload()?;
        self.browser.find(routes::READY).map(drop).with_context(|| format!("{hash} did not become ready"))
    }

    /// Lets transitions, observers and late layout come to rest.
    fn settle(&self) -> Result<()> {
        thread::sleep(Duration::from_millis(250));
        let painted = "return document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))";
        self.browser.script(painted, &[]).map(drop)
    }
}

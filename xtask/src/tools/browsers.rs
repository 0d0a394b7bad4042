//! The browsers and the programs that drive them.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail, ensure};

use super::{cargo_tool, executable, is_root, on_path};
use crate::process::{output, run, title};

const GECKODRIVER: &str = "0.37.1";
const CHINESE_FONT: &str = "fonts-noto-cjk";

/// A browser that the page is tried in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Chromium or Chrome, by `ChromeDriver`.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// The one with a name as it stands on the command line.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn named(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == name);
        found.with_context(|| format!("no such browser: {name}; there are {}", Self::ALL.map(Self::name).join(", ")))
    }

    /// Its name on the command line and in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// Debian's packages of what comes from the system.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
        }
    }

    /// What to install where there is no apt-get.
    fn elsewhere(self) -> &'static str {
        match self {
            Self::Chromium => {
                "install Chrome or Chromium, the ChromeDriver of the same version and Noto Sans CJK; \
                 put them on PATH or set CHROME and CHROMEDRIVER."
            }
            Self::Firefox => "install Firefox and Noto Sans CJK; put firefox on PATH or set FIREFOX.",
        }
    }

    fn browser(self) -> Option<PathBuf> {
        let (variable, mac, names): (_, _, &[_]) = match self {
            Self::Chromium => (
                "CHROME",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
            ),
            Self::Firefox => {
                ("FIREFOX", "/Applications/Firefox.app/Contents/MacOS/firefox", &["firefox-esr", "firefox"])
            }
        };
        let mac = || Some(PathBuf::from(mac)).filter(|mac| mac.exists());
        from_env(variable).or_else(|| on_path(names)).or_else(mac)
    }

    /// Whether all that comes from the system is there.
    fn is_there(self) -> bool {
        self.browser().is_some() && (self == Self::Firefox || chromedriver().is_some())
    }

    fn driver(self) -> Result<PathBuf> {
        match self {
            Self::Chromium => chromedriver().context("apt-get installed Chromium, yet chromedriver is not on PATH"),
            Self::Firefox => match from_env("GECKODRIVER") {
                Some(driver) => Ok(driver),
                None => {
                    Ok(cargo_tool("geckodriver", GECKODRIVER, &[], &["geckodriver"])?.join(executable("geckodriver")))
                }
            },
        }
    }
}

/// The programs that drive the page in one browser.
#[derive(Debug)]
pub(crate) struct BrowserTools {
    pub(crate) kind: Kind,
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

impl BrowserTools {
    /// Finds or installs them. `CHROME` and `CHROMEDRIVER`, or `FIREFOX` and `GECKODRIVER`, override the search.
    ///
    /// # Errors
    /// When something is missing and cannot be installed; the message says what to do.
    pub(crate) fn ensure(kind: Kind) -> Result<Self> {
        let can_install = on_path(&["apt-get"]).is_some() && is_root();
        let there = kind.is_there();
        if there && !has_chinese_font() && !can_install {
            println!("!! no Chinese font: screenshots will lack Chinese characters (Debian: {CHINESE_FONT})");
        } else if !there || !has_chinese_font() {
            let packages: Vec<_> = kind.packages().iter().copied().chain([CHINESE_FONT]).collect();
            ensure!(
                can_install,
                "{} or its driver is missing; only root on a system with apt-get can install them from here.\n\
                 Debian: sudo apt-get install {}\n\
                 Elsewhere: {}",
                kind.name(),
                packages.join(" "),
                kind.elsewhere()
            );
            title(&format!("Installing {} by apt-get", packages.join(", ")));
            run(Command::new("apt-get").arg("update"))?;
            run(Command::new("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args(["install", "--yes", "--no-install-recommends"])
                .args(packages))?;
        }
        let Some(browser) = kind.browser() else { bail!("apt-get installed {}, yet it is not on PATH", kind.name()) };
        Ok(Self { kind, browser, driver: kind.driver()? })
    }
}

fn chromedriver() -> Option<PathBuf> {
    from_env("CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))
}

fn from_env(name: &str) -> Option<PathBuf> {
    env::var_os(name).map(PathBuf::from)
}

fn has_chinese_font() -> bool {
    // Without fontconfig (macOS, Windows) the system brings its own Chinese fonts.
    on_path(&["fc-list"])
        .is_none_or(|list| output(Command::new(list).arg(":lang=zh")).is_some_and(|fonts| !fonts.trim().is_empty()))
}

//! What only Firefox is asked: by scripts in its own window, which may do all that Firefox itself may.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::until;
use crate::{tools::BrowserTools, webdriver::Session};

/// What a session is opened with.
pub(super) fn capabilities(tools: &BrowserTools) -> Value {
    let preferences = json!({
        // A download goes to a folder that is named before it, and nothing is asked.
        "browser.download.folderList": 2,
        "browser.download.useDownloadDir": true,
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.download.alwaysOpenPanel": false,
        // It asks nobody about updates, settings and studies.
        "services.settings.server": "data:,#none",
        "app.normandy.enabled": false,
        "intl.accept_languages": "en",
        // The script that reads the console of every process comes as text.
        "security.allow_unsafe_parent_loads": true,
    });
    json!({ "moz:firefoxOptions": { "binary": tools.browser, "args": ["-headless"], "prefs": preferences } })
}

/// Begins to note what the page asks for and what it says on the console.
///
/// A request counts when it is made for a page or opens one, not when Firefox makes it for itself. What pages say on the console is
/// known in their own processes only, so a script in each hands it on; errors, and violations of the content security policy, come to
/// the window's own process.
pub(super) fn watch(session: &Session) -> Result<()> {
    const WATCH: &str = r"
        const notes = window.loudou = { requests: [], lines: [] };
        const OPENS_A_PAGE = Ci.nsIContentPolicy.TYPE_DOCUMENT;
        Services.obs.addObserver(channel => {
            channel.QueryInterface(Ci.nsIHttpChannel);
            const { loadingPrincipal, externalContentPolicyType } = channel.loadInfo;
            if (externalContentPolicyType === OPENS_A_PAGE || loadingPrincipal?.isSystemPrincipal === false) {
                notes.requests.push(channel.URI.spec);
            }
        }, 'http-on-modify-request');
        Services.console.registerListener({ observe(message) {
            if (!(message instanceof Ci.nsIScriptError)) return;
            const policy = /Content.Security.Policy/.test(message.errorMessage);
            if (!policy && !message.category.startsWith('content')) return;
            const level = message.flags & Ci.nsIScriptError.warningFlag ? 'WARNING' : 'SEVERE';
            const text = policy ? `Content Security Policy: ${message.errorMessage}` : message.errorMessage;
            notes.lines.push(`${level} ${message.sourceName}:${message.lineNumber} ${text}`);
        } });
        Services.ppmm.addMessageListener('loudou:console', ({ data }) => notes.lines.push(data));
        Services.ppmm.loadProcessScript('data:,' + encodeURIComponent(`
            if (Services.appinfo.processType !== Services.appinfo.PROCESS_TYPE_DEFAULT) {
                const nobody = Cc['@mozilla.org/systemprincipal;1'].createInstance(Ci.nsIPrincipal);
                Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage).addLogEventListener(said => {
                    // What the browser says to itself is not the page's: offline it misses icons.
                    if (String(said.filename).startsWith('resource:')) return;
                    const level = ['error', 'assert'].includes(said.level) ? 'SEVERE' : said.level.toUpperCase();
                    sendAsyncMessage('loudou:console', [level, said.filename, ...Array.from(said.arguments, String)].join(' '));
                }, nobody);
            }`), true)";
    inside(session, WATCH, &[]).map(drop).context("Firefox does not tell what it does")
}

/// Console lines since the last call.
pub(super) fn console(session: &Session) -> Result<Vec<String>> {
    noted(session, "lines")
}

/// Addresses asked for over HTTP since the last call.
pub(super) fn requests(session: &Session) -> Result<Vec<String>> {
    noted(session, "requests")
}

fn noted(session: &Session, list: &str) -> Result<Vec<String>> {
    let noted = inside(session, "return window.loudou[arguments[0]].splice(0)", &[list.into()])?;
    Ok(noted.as_array().into_iter().flatten().filter_map(|line| line.as_str().map(str::to_owned)).collect())
}

/// Where downloads go from here on.
pub(super) fn download_into(session: &Session, folder: &Path) -> Result<()> {
    let set = "Services.prefs.setStringPref('browser.download.dir', arguments[0])";
    inside(session, set, &[json!(folder)]).map(drop)
}

/// A file of the folder when Firefox says that it is complete: a file of its name is there before.
pub(super) fn downloaded(session: &Session, folder: &Path) -> Result<Option<PathBuf>> {
    const ASK: &str = "
        const { Downloads } = ChromeUtils.importESModule('resource://gre/modules/Downloads.sys.mjs');
        return Downloads.getList(Downloads.ALL).then(async list => {
            const found = (await list.getAll()).filter(download => download.target.path.startsWith(arguments[0]) && download.succeeded);
            for (const download of found) await list.remove(download);
            return found[0]?.target.path ?? null;
        })";
    Ok(inside(session, ASK, &[json!(folder)])?.as_str().map(PathBuf::from))
}

/// Loads the page again. The driver's own way goes past the service worker, as no visitor's does who does not hold a key for it.
pub(super) fn reload(session: &Session) -> Result<()> {
    session.script("window.left = true; location.reload()", &[])?;
    until("the page to load again", || {
        let there = "return window.left === undefined && document.readyState === 'complete'";
        // While the page changes there is none to ask.
        Ok(session.script(there, &[]).is_ok_and(|there| there == true).then_some(()))
    })
}

/// Gives the page a size in CSS pixels, also below the smallest window Firefox allows.
pub(super) fn resize(session: &Session, width: u32, height: u32) -> Result<()> {
    const SIZE: &str = "
        const [width, height] = arguments, { style } = gBrowser.selectedBrowser;
        window.resizeTo(Math.max(width, 1440) + 100, Math.max(height, 900) + 300);
        for (const edge of ['', 'min-', 'max-']) {
            style.setProperty(`${edge}width`, `${width}px`);
            style.setProperty(`${edge}height`, `${height}px`);
        }";
    inside(session, SIZE, &[width.into(), height.into()])?;
    // The page is told a moment later.
    until("the page to have its size", || {
        let there = session.script(
            "return innerWidth === arguments[0] && innerHeight === arguments[1]",
            &[width.into(), height.into()],
        )?;
        Ok((there == true).then_some(()))
    })
}

/// Shows the page as on another medium; none gives the screen back.
pub(super) fn set_medium(session: &Session, medium: &str) -> Result<()> {
    inside(session, "gBrowser.selectedBrowser.browsingContext.mediumOverride = arguments[0]", &[medium.into()])
        .map(drop)
}

/// Moves the page to another time zone.
pub(super) fn set_time_zone(session: &Session, zone: &str) -> Result<()> {
    inside(session, "gBrowser.selectedBrowser.browsingContext.timezoneOverride = arguments[0]", &[zone.into()])
        .map(drop)
}

/// The page as PDF in base 64, on the paper its styles ask for. What Firefox packs of it, such as the sizes of its pages, follows once
/// more as plain text.
pub(super) fn print(session: &Session) -> Result<Value> {
    const UNPACK: &str = r"
        const text = atob(arguments[0]), bytes = Uint8Array.from(text, sign => sign.charCodeAt(0));
        return (async () => {
            let plain = '';
            for (const found of text.matchAll(/\/ObjStm[^]*?stream\r?\n/g)) {
                const start = found.index + found[0].length, end = text.indexOf('endstream', start);
                const stream = new Blob([bytes.subarray(start, end)]).stream().pipeThrough(new DecompressionStream('deflate'));
                const reader = stream.getReader();
                // Behind the packed data stands an end of line, of which it complains when all has been read.
                try {
                    for (let part = await reader.read(); !part.done; part = await reader.read())
                        plain += new TextDecoder('latin1').decode(part.value);
                } catch {}
            }
            return btoa(text + plain.replace(/[^\0-\xff]/g, '?'));
        })()";
    let packed = session.post("/print", &json!({}))?;
    session.script(UNPACK, &[packed])
}

/// Runs a script in the window of Firefox itself.
fn inside(session: &Session, script: &str, arguments: &[Value]) -> Result<Value> {
    session.post("/moz/context", &json!({ "context": "chrome" }))?;
    let result = session.script(script, arguments);
    session.post("/moz/context", &json!({ "context": "content" }))?;
    result
}

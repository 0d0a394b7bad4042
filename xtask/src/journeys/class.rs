//! A trainer with a class: a pack is made and given out, somebody works through it, and thirty results come together.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::{Visit, visit::settings};
use crate::{browser::key, project, routes};

/// Where the host tests keep a pack of six tasks, and the results of thirty people, one code a line.
const CLASS: &str = "tests/host/fixtures/class";

const OUT: &str = r#"[data-testid="class-out"]"#;
const ROWS: &str = r#"[data-testid="class-ranking"] tbody tr"#;
const SAT: &str = r#"[data-testid="class-sat"]"#;
const ANSWER: &str = r#"[data-testid="class-answer"]"#;
const CODES_FIELD: &str = r#"[data-testid="class-codes"] textarea"#;

/// A trainer makes a pack and gives it out as a link; a trainee opens it, answers and hands in; the result stands on the board.
pub(super) fn pack_there_and_back(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open("#/learn?tab=trainer")?;
    visit.browser.find(CODES_FIELD).context("there is nowhere to open a pack")?;
    visit.check_accessibility("no pack")?;
    visit.open("#/learn?tab=trainer&part=make")?;
    visit.browser.type_into(r#"[data-testid="class-title"] input"#, "First day")?;
    for kind in ["lesson", "drill", "simulator", "look"] {
        let choose = "const list = document.querySelector('[data-testid=class-kind] select');
            list.value = arguments[0];
            list.dispatchEvent(new Event('change', { bubbles: true }))";
        visit.browser.script(choose, &[kind.into()])?;
        visit.browser.click(r#"[data-testid="class-add"]"#)?;
    }
    let tasks = r#"[data-testid="class-tasks"] > li"#;
    visit.until("four tasks", "return document.querySelectorAll(arguments[0]).length === 4", &[tasks.into()])?;
    // A question without words does not go out.
    ensure!(visit.count(OUT)? == 0, "a pack with an empty question is given out");
    visit.browser.type_into(&format!("{tasks} textarea"), "Where is this funnel ill?")?;
    visit.browser.press(&[key::TAB])?;
    visit.browser.find(OUT).context("the pack is not given out")?;
    visit.check_accessibility("a pack being made")?;
    ensure!(visit.count(r#"[data-testid="class-give"] [data-testid="qr-code"]"#)? == 1, "there is no square code");
    let link = out(visit)?;
    ensure!(link.starts_with(&visit.page) && link.contains("&pack="), "the link is {link:.80}");
    // It is there after a reload.
    visit.reload()?;
    visit.browser.find(OUT).context("the pack being made did not stay")?;

    visit.browser.goto("about:blank")?;
    visit.browser.goto(&link)?;
    visit.browser.find(r#"[data-testid="class-offered"]"#).context("the link offers no pack")?;
    visit.check_accessibility("a pack that was given")?;
    visit.browser.click(r#"[data-testid="class-begin"]"#)?;
    visit.browser.find(".field__note--error").context("nobody asks for a name")?;
    visit.browser.type_into(r#"[data-testid="class-name"] input"#, "王芳")?;
    visit.browser.click(r#"[data-testid="class-begin"]"#)?;
    visit.browser.find(SAT)?;
    let ways = visit.count(&format!("{SAT} [data-testid=\"class-go\"]"))?;
    ensure!(ways == 3, "{ways} tasks can be gone to");
    counted_year(visit)?;
    visit.browser.type_into(&format!("{SAT} textarea"), "In its upper part")?;
    visit.browser.press(&[key::TAB])?;
    let may = r#"[data-testid="class-hand-in"]:not([disabled])"#;
    visit.browser.click(may).context("an answer is no result")?;
    visit.browser.find(r#"[data-testid="class-hand"]"#)?;
    visit.check_accessibility("a result handed in")?;
    let code = out(visit)?;
    visit.reload()?;
    visit.browser.find(SAT).context("what was done did not stay")?;

    visit.open("#/learn?tab=trainer&part=board")?;
    visit.browser.type_into(CODES_FIELD, &code)?;
    visit.browser.click(r#"[data-testid="class-take"]"#)?;
    visit.until(
        "the result on the board",
        "return document.querySelectorAll(arguments[0]).length === 1",
        &[ROWS.into()],
    )?;
    ensure!(visit.text_if_there(ROWS)?.contains("王芳"), "the board does not name her");
    answer_is_marked(visit)?;
    // A letter is wrong: it is said, and the board stays.
    let letter = code.len() - 9;
    let other = |(at, sign): (usize, char)| if at == letter { if sign == 'A' { 'B' } else { 'A' } } else { sign };
    let wrong: String = code.chars().enumerate().map(other).collect();
    visit.browser.type_into(CODES_FIELD, &wrong)?;
    visit.browser.click(r#"[data-testid="class-take"]"#)?;
    visit.browser.find(r#"[data-testid="class-refused"]"#).context("a mistyped code is not refused")?;
    ensure!(visit.count(ROWS)? == 1, "a mistyped code changed the board");
    Ok(())
}

/// The year that a task of the pack asks for is one whose weeks cannot be taken back; another one may be practice.
fn counted_year(visit: &Visit) -> Result<()> {
    visit.browser.click(&format!("{SAT} li:nth-child(3) [data-testid=\"class-go\"]"))?;
    visit.browser.find(r#"[data-testid="simulator-counts"]"#).context("the year of the pack is practice")?;
    visit.browser.click(r#"[data-testid="simulator-scenario"]:nth-child(2) input"#)?;
    visit.browser.find(".simulator__begin input[type=checkbox]").context("no other year is practice")?;
    visit.open("#/learn?tab=trainer")?;
    visit.browser.find(SAT).map(drop)
}

/// The trainer gives an answer in words its points: they count in the ranking, outlive a reload and a file, and can be taken back.
fn answer_is_marked(visit: &Visit) -> Result<()> {
    visit.check_accessibility("an answer to be marked")?;
    ensure!(visit.text_if_there(ANSWER)?.contains("In its upper part"), "the board does not show her answer");
    visit.browser.type_into(&format!("{ANSWER} input"), "101")?;
    visit.browser.press(&[key::TAB])?;
    visit.browser.find(&format!("{ANSWER} .field__note--error")).context("more points than there are were taken")?;
    ensure!(points(visit)? == "0", "what is no mark counts");
    let go_back = "window.markField = document.querySelector(arguments[0]);
        window.markField.focus();
        window.markField.select()";
    visit.browser.script(go_back, &[format!("{ANSWER} input").into()])?;
    visit.browser.press(&['8'])?;
    visit.browser.press(&['0'])?;
    visit.browser.press(&[key::ENTER])?;
    let has = "return document.querySelector(arguments[0]).innerText === arguments[1]";
    let sum = format!("{ROWS} strong");
    visit.until("the points in the ranking", has, &[sum.as_str().into(), "80".into()])?;
    let dots = visit.count(r#"[data-testid="class-spread"] .chart__dot"#)?;
    ensure!(dots == 2, "{dots} points are drawn of one question and the sum");
    // Whoever goes on to the next field by key finds it where it was: nothing is drawn anew.
    ensure!(visit.holds("return window.markField.isConnected", &[])?, "marks draw the answers anew");
    visit.browser.resize(390, 844)?;
    let fits = "const page = document.querySelector('.page'); return page.scrollWidth <= page.clientWidth";
    visit.until("the board to be as narrow as a phone", fits, &[])?;
    visit.browser.resize(1440, 900)?;
    visit.reload()?;
    visit.until("the points after a reload", has, &[sum.as_str().into(), "80".into()])?;

    let file = visit.browser.download(r#"[data-testid="class-save"]"#, &visit.folder.join("class"))?;
    visit.browser.click(&format!("{ANSWER} [data-testid=\"class-mark-back\"]"))?;
    visit.until("the points to be taken back", has, &[sum.as_str().into(), "0".into()])?;
    let empty = "return document.querySelector(arguments[0]).value === ''";
    visit.until("the field to be empty", empty, &[format!("{ANSWER} input").into()])?;
    // The file is from before: what was taken back later stays so.
    visit.give("class-files", &file)?;
    visit.browser.find(r#"[data-testid="class-report"] p"#).context("the class was not taken in")?;
    ensure!(points(visit)? == "0", "an older file brought the points again");
    visit.browser.type_into(&format!("{ANSWER} input"), "90")?;
    visit.browser.press(&[key::ENTER])?;
    visit.until("the points in the ranking", has, &[sum.into(), "90".into()])
}

/// What the first of the ranking has.
fn points(visit: &Visit) -> Result<String> {
    visit.text_if_there(&format!("{ROWS} strong"))
}

/// Thirty results are pasted at once, ranked, drawn, shown on the wall, and printed as certificates.
pub(super) fn thirty_results(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    visit.open("#/learn?tab=trainer&part=board")?;
    let class = project::root().join(CLASS);
    visit.give("class-files", &class.join("thirty-pack.json"))?;
    let results = fs::read_to_string(class.join("thirty-codes.txt")).context("the class is not there")?;
    let codes = "const field = document.querySelector(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    let named = "return document.querySelector('#class-board').innerText.includes('周一训练')";
    visit.until("the pack on the board", named, &[])?;
    visit.browser.script(codes, &[CODES_FIELD.into(), results.into()])?;
    visit.browser.click(r#"[data-testid="class-take"]"#)?;
    visit.until("thirty results", "return document.querySelectorAll(arguments[0]).length === 30", &[ROWS.into()])?;
    let ranked =
        "const points = [...document.querySelectorAll(`${arguments[0]} strong`)].map(cell => Number(cell.innerText));
        return points.every((value, at) => at === 0 || value <= points[at - 1])";
    ensure!(visit.holds(ranked, &[ROWS.into()])?, "the best do not stand first");
    visit.check_accessibility("the board of a class")?;
    let dots = visit.count(r#"[data-testid="class-spread"] .chart__dot"#)?;
    // All points, and six tasks of which everybody left out at most one.
    ensure!((30 * 6..=30 * 7).contains(&dots), "{dots} points are drawn");
    visit.browser.click(r#"[data-testid="class-spread"] .chart__tools .link"#)?;
    let lines = visit.count(r#"[data-testid="class-spread"] tbody tr"#)?;
    ensure!(lines == 7, "{lines} lines stand behind the picture");

    visit.settle(&settings("en", "dark"))?;
    visit.open("#/learn?tab=trainer&part=board")?;
    visit.browser.find(ROWS).context("the class did not stay")?;
    visit.browser.resize(1920, 1080)?;
    visit.browser.click(r#"[data-testid="class-wall"]"#)?;
    visit.browser.find(r#"[data-testid="class-on-wall"]"#)?;
    let covers = "const rail = document.querySelector('.rail').getBoundingClientRect();
        return document.elementFromPoint(rail.left + 20, rail.top + 100)?.closest('[data-testid=class-on-wall]') !== null";
    ensure!(visit.holds(covers, &[])?, "the rail stands on the wall");
    visit.check_accessibility("the board on the wall")?;
    visit.browser.press(&[key::ESCAPE])?;
    let closed = "return document.querySelector('[data-testid=class-on-wall]') === null";
    visit.until("the wall to close", closed, &[])?;
    visit.browser.script("window.print = () => {}", &[])?;
    visit.browser.click(r#"[data-testid="class-certificates"]"#)?;
    let pages = "return document.querySelectorAll('.print-sheet .certificate').length === 30";
    visit.until("thirty certificates", pages, &[])?;
    ensure!(visit.browser.print()?.starts_with(b"%PDF"), "they are not printed");
    visit.open("#/learn?tab=trainer&part=guide")?;
    visit.browser.find(r#"[data-testid="class-guide"] table"#).context("the guide has no plan")?;
    visit.check_accessibility("the trainer's guide")
}

/// The text on its way out.
fn out(visit: &Visit) -> Result<String> {
    visit.browser.find(&format!("{} {OUT}", routes::READY))?;
    let text = visit.browser.script("return document.querySelector(arguments[0]).value", &[OUT.into()])?;
    text.as_str().map(str::to_owned).context("there is no text to hand over")
}

//! A large company: what a key or a click takes in each table and search.

use anyhow::{Context, Result, ensure};

use super::{
    Scenario, Stage, Timed,
    acts::{choose, filter, play, sort, turn_to, type_in, type_in_palette},
    flow, numbers,
};
use crate::routes;

/// How often each thing is done.
const ROUNDS: usize = 5;

const ALL_DEALS: &str = "#/deals?status=all";
const ALL_DEAL_COLUMNS: &str = "#/deals?status=all&columns=title.customer.stage.status.owner.department.amount.weighted.close.probability\
    .fit.source.products.created.days.last.next.due.reference.competitors.obstacles.campaign.tags\
    .custom:Plan.custom:Seats.custom:Go-live.custom:Remark.customer:Employees";
const ALL_CUSTOMER_COLUMNS: &str = "#/customers?columns=name.short.industry.territory.size.source.fit.intent.priority.review.owner.software\
    .contacts.open.open-amount.won-amount.contact.next.tags";

const fn key(title: &'static str, act: fn(&Stage) -> Result<Vec<Timed>>) -> Scenario {
    Scenario { title, limit: 50.0, rounds: ROUNDS, brings_data: false, act }
}

/// In this order: the first two bring the data in.
pub(super) const SCENARIOS: [Scenario; 35] = [
    Scenario { title: "import end to end", limit: 10_000.0, rounds: 1, brings_data: true, act: flow::import },
    Scenario { title: "a document opened", limit: 10_000.0, rounds: 1, brings_data: true, act: open_document },
    key("search everywhere: a key", |stage| type_in_palette(stage, "north")),
    key("search everywhere: a key, by pinyin", |stage| type_in_palette(stage, "bjhxjx")),
    key("deals: a key in the search", |stage| type_in(stage, ALL_DEALS, r#"[data-testid="deals-search"]"#, "north")),
    key("deals: a filter", |stage| filter(stage, ALL_DEALS)),
    key("deals: sorted", |stage| sort(stage, ALL_DEALS)),
    key("deals: sorted, every column in view", |stage| sort(stage, ALL_DEAL_COLUMNS)),
    key("deals: marked", |stage| play(stage, ALL_DEALS, MARK, &[])),
    key("deals: edited in a cell", |stage| {
        play(
            stage,
            "#/deals?status=all&sort=-amount",
            EDIT_CELL,
            &[".data-table__cell--number .listing__text--editable", "1234"],
        )
    }),
    key("customers: a key in the search", |stage| {
        type_in(stage, "#/customers", r#"[data-testid="customers-search"]"#, "north")
    }),
    key("customers: a filter", |stage| filter(stage, "#/customers")),
    key("customers: sorted", |stage| sort(stage, "#/customers?columns=name.priority.owner")),
    key("customers: sorted, every column in view", |stage| sort(stage, ALL_CUSTOMER_COLUMNS)),
    key("customers: marked", |stage| play(stage, "#/customers", MARK, &[])),
    key("customers: edited in a cell", |stage| {
        let arguments = [".listing__text--editable", "Other"];
        play(stage, "#/customers?columns=name.short.industry&sort=short", EDIT_CELL, &arguments)
    }),
    key("customers: those due", |stage| play(stage, "#/customers", SEGMENTS, &[r#"[data-testid="customers-show"]"#])),
    key("funnel sheet: sorted", |stage| sort(stage, "#/tables")),
    key("funnel sheet: a filter", |stage| filter(stage, "#/tables")),
    key("funnel sheet: a choice", |stage| choose(stage, "#/tables", "main .filter-bar select")),
    key("customer status: sorted", |stage| sort(stage, "#/tables?table=status")),
    key("customer status: a filter", |stage| filter(stage, "#/tables?table=status")),
    key("levels: sorted", |stage| sort(stage, "#/tables?table=levels")),
    key("levels: a filter", |stage| filter(stage, "#/tables?table=levels")),
    key("target profiles: scores", |stage| play(stage, "#/targets", TARGETS, &[])),
    key("target profiles: sorted", |stage| sort(stage, "#/targets")),
    key("campaigns: sorted", |stage| sort(stage, "#/campaigns")),
    key("campaign: recipients", campaign),
    key("data quality: opened and put right", |stage| play(stage, "#/quality", QUALITY, &[])),
    key("data quality: held up while searching", search_for_twins),
    key("today: another person, more", |stage| play(stage, "#/today", TODAY, &[])),
    key("customer: edited in place", |stage| edit_page(stage, "#/customers", "customer", CUSTOMER_FIELD)),
    key("deal: edited in place", |stage| edit_page(stage, ALL_DEALS, "deal", DEAL_FIELD)),
    numbers::DRAWN,
    numbers::HELD_UP,
];

/// Opens the document as a workspace of its own.
fn open_document(stage: &Stage) -> Result<Vec<Timed>> {
    stage.browser.goto(&format!("{}#/", stage.page))?;
    let field = routes::file_field("open-file");
    stage.browser.find(&field)?;
    let watch = "const [field, name] = arguments;
        document.querySelector(field).addEventListener('change', () => {
            const start = performance.now();
            window.addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(() => {
                performance.measure(name, { start });
            })), { once: true });
        }, { capture: true, once: true })";
    let time = stage.timed("bench:open", || {
        stage.browser.script(watch, &[field.as_str().into(), "bench:open".into()])?;
        stage.browser.type_into(&field, &stage.document.display().to_string())
    });
    let time = time.context("the document was not opened")?;
    stage.browser.find(routes::SAVED).context("the document was not saved")?;
    Ok(vec![(String::new(), time)])
}

/// Marks a row, marks all, and takes all marks away.
const MARK: &str = "
    await there('.listing__mark input');
    await act('one', () => one('.listing__mark input').click());
    const [all_marked, none_marked] = all('.listing__bulk > .button--bare').slice(-2);
    await act('all', () => all_marked.click());
    await act('none', () => none_marked.click());";

/// Edits the first cell that can be edited: begins, writes, ends.
const EDIT_CELL: &str = "
    const cell = await there(css[0]);
    await act('begun', () => cell.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })));
    const field = await there('.listing__editor input');
    const text = css[1] + Math.floor(performance.now());
    await act('a key', () => put(field, text, 'input'));
    await act('done', () => press(field, 'Enter'));";

/// Each of the choices that stand side by side.
const SEGMENTS: &str = "
    const box = await there(css[0]);
    for (const choice of all('input', box)) await act(choice.parentElement.textContent.trim().replace(/[0-9,]+/, ''), () => choice.click());";

/// A weight, the line as it is dragged, only those that pass.
const TARGETS: &str = "
    const weight = await there('[data-testid=wish] .wish__weight select'), before = weight.value;
    await act('a weight', () => put(weight, '9', 'change'));
    await act('a weight', () => put(weight, before, 'change'));
    const line = one('[data-testid=target-line]'), at = line.value;
    for (const value of ['40', '41', at]) await act('the line dragged', () => put(line, value, 'input'));
    await act('the line', () => put(line, '70', 'change'));
    await act('the line', () => put(line, at, 'change'));
    const only = one('.targets__tools input[type=checkbox]');
    await act('only those that pass', () => only.click());
    await act('only those that pass', () => only.click());
    const links = all('[data-testid=targets-list] a');
    for (const link of [links[1], links[0]]) await act('another profile', () => link.click());";

/// Another audience, other contacts, marks.
const CAMPAIGN: &str = "
    const audience = await there('[data-testid=campaign-audience] select'), before = audience.value;
    const other = [...audience.options].find(option => option.value !== before && option.value !== '');
    await act('audience', () => put(audience, other.value, 'change'));
    await act('everybody', () => put(audience, '', 'change'));
    for (const choice of all('.campaign__filters input')) await act(choice.parentElement.textContent.trim(), () => choice.click());
    for (const group of all('.campaign__filters .segmented')) one('input', group).click();
    await act('a mark', () => one('.listing__mark input').click());
    await act('all marked', () => one('[data-testid=mark-all]').click());
    await act('none marked', () => one('[data-testid=mark-all]').click());
    const message = one('[data-testid=message]');
    await act('a key in the text', () => put(message, message.value + ' n', 'input'));
    await act('audience', () => put(audience, before, 'change'));";

fn campaign(stage: &Stage) -> Result<Vec<Timed>> {
    let page = page_of(stage, "#/campaigns", "campaign")?;
    play(stage, &page, CAMPAIGN, &[])
}

/// Opens each kind and closes it; writes the next action of a deal.
const QUALITY: &str = "
    await there('[data-testid=twin]');
    for (const head of all('[data-testid=quality-kind] .quality__head')) {
        const name = one('.quality__name', head).textContent.trim();
        await act(name, () => head.click());
        await act(name, () => head.click());
    }
    const kind = one('[data-kind=NoNextAction]'), head = one('.quality__head', kind);
    head.click();
    await there('[data-testid=quality-record]', kind);
    const field = one('[data-testid=quality-record]:not(:has(.quality__row--fixed)) .quality__fix input', kind);
    await act('put right', () => put(field, 'Call ' + Math.floor(performance.now()), 'input', 'change'));
    head.click();";

/// How long the page does not hear while it looks for customers that stand there twice, at most; a customer with a new name makes it look.
fn search_for_twins(stage: &Stage) -> Result<Vec<Timed>> {
    const SEARCH: &str = "
        const name = (await there('[data-testid=customer-title]')), field = await there('main input[type=text]');
        put(field, field.value + '.', 'input', 'change');
        await rest();
        location.hash = '#/quality';
        await there('[data-testid=quality-sound]');
        await painted();
        const begun = performance.now();
        let longest = 0, before = begun;
        while (document.querySelector('[data-testid=twin]') === null && before < begun + 30000) {
            await pause(0);
            const now = performance.now();
            longest = Math.max(longest, now - before);
            before = now;
        }
        one('[data-testid=twin]');
        window.benchSearch = performance.now() - begun;
        location.hash = '#/board';
        times.push(['', longest]);";
    let page = page_of(stage, "#/customers", "customer")?;
    let times = play(stage, &page, SEARCH, &[])?;
    let took = stage.browser.script("window.benchPage = null; return window.benchSearch", &[])?;
    ensure!(took.as_f64().is_some(), "the search did not end");
    println!("    the search took {:.0} ms in all", took.as_f64().unwrap_or_default());
    Ok(times)
}

/// Another person's day, and more of it.
const TODAY: &str = "
    const who = await there('.today__person select');
    const [everybody, first] = who.options;
    await act('a person', () => put(who, first.value, 'change'));
    await act('everybody', () => put(who, everybody.value, 'change'));
    const more = document.querySelector('[data-testid=today-kind] > div .button');
    if (more !== null) await act('more', () => more.click());
    location.hash = '#/board';
    await pause(200);
    location.hash = '#/today';";

const CUSTOMER_FIELD: &str = r#"[data-testid="customer-needs"] textarea"#;
const DEAL_FIELD: &str = r#"[data-testid="deal-amount"] input"#;

/// The hash of the first record of a list.
fn page_of(stage: &Stage, list: &str, route: &str) -> Result<String> {
    turn_to(stage, list)?;
    let link = stage.browser.find(&format!(r##"main a[href*="#/{route}/"]"##))?;
    let address = stage.browser.attribute(&link, "href")?.context("the link has no address")?;
    Ok(address.split_once('#').map(|(_, hash)| format!("#{hash}")).unwrap_or(address))
}

/// Writes into a field of the page of the first record of a list.
fn edit_page(stage: &Stage, list: &str, route: &str, field: &str) -> Result<Vec<Timed>> {
    const EDIT: &str = "
        const field = await there(css[0]);
        const text = String(Math.floor(performance.now()));
        await act('a key', () => put(field, text, 'input'));
        await act('left', () => put(field, text, 'change'));";
    let page = page_of(stage, list, route)?;
    play(stage, &page, EDIT, &[field])
}

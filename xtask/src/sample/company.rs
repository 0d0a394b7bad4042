//! A whole company as a Loudou document: every column of every table holds something, in both languages, the same at every run.

use serde_json::{Value, json};

use super::pick;

const MODEL: u32 = 1;
const STAGES: [(&str, u32, u32); 4] =
    [("Contacted", 10, 14), ("Needs known", 25, 30), ("Offer", 50, 45), ("Contract", 80, 21)];
const PEOPLE: u32 = 24;
const PRODUCTS: [&str; 6] = ["Basic", "Plus", "Pro", "云仓", "标准版", "旗舰版"];
const SOURCES: [&str; 8] = ["Fair", "Referral", "Website", "Cold call", "展会", "转介绍", "官网", "陌拜"];
const INDUSTRIES: [&str; 10] =
    ["Machines", "Logistics", "Chemistry", "Retail", "Software", "机械", "物流", "化工", "零售", "软件"];
const TERRITORIES: [&str; 8] = ["North", "South", "East", "West", "华北", "华南", "华东", "西南"];
const TAGS: [&str; 8] = ["key", "renewal", "pilot", "slow", "重点", "续约", "试点", "老客户"];
const RIVALS: [&str; 6] = ["Acme", "Borealis", "Cobalt", "金山", "用友", "泛微"];
const LEVELS: [&str; 3] = ["low", "medium", "high"];
const ACTIONS: [&str; 6] = ["Call the buyer", "Send the offer", "Show the product", "打电话", "发报价", "约演示"];
const CITIES: [&str; 8] = ["北京", "上海", "深圳", "杭州", "成都", "武汉", "苏州", "青岛"];
const SIGNS: [&str; 24] = [
    "华", "信", "东", "方", "创", "新", "宏", "远", "金", "泰", "明", "达", "瑞", "丰", "天", "海", "国", "盛", "中",
    "和", "德", "润", "凯", "博",
];
const TRADES: [&str; 8] = ["机械", "物流", "化工", "电子", "软件", "贸易", "食品", "建材"];
const BEGINNINGS: [&str; 24] = [
    "Nor", "Al", "Ber", "Cor", "Dal", "Eri", "Fal", "Gran", "Hol", "Ira", "Jor", "Kel", "Lum", "Mar", "Nov", "Or",
    "Pel", "Quin", "Ros", "Sol", "Tor", "Ul", "Ver", "Wil",
];
const ENDINGS: [&str; 12] =
    ["field", "berg", "mont", "dale", "stone", "worth", "wick", "ton", "gate", "port", "ford", "ley"];
const KINDS: [&str; 8] = ["Machines", "Logistics", "Foods", "Software", "Trading", "Chemicals", "Tools", "Textiles"];

/// A document with so many deals and customers, as it stands on 31 March 2026.
pub(crate) fn document(deals: u32, customers: u32) -> String {
    let workspace = json!({
        "id": id(0, 0),
        "name": "Large company",
        "currency": "CNY",
        "fiscalYearStart": 1,
        "sources": SOURCES,
        "lostReasons": [{ "name": "Price" }, { "name": "价格" }],
        "customFields": [
            { "name": "Plan", "of": "deal", "holds": "choice", "options": ["Silver", "Gold", "白金"] },
            { "name": "Seats", "of": "deal", "holds": "number" },
            { "name": "Go-live", "of": "deal", "holds": "date" },
            { "name": "Remark", "of": "deal", "holds": "text" },
            { "name": "Employees", "of": "customer", "holds": "number" },
        ],
        "models": [model()],
        "departments": (0..4).map(|n| json!({ "id": id(2, n), "name": format!("Department {n}") })).collect::<Vec<_>>(),
        "people": (0..PEOPLE).map(seller).collect::<Vec<_>>(),
        "products": (0..).zip(PRODUCTS).map(|(n, name)| json!({ "id": id(4, n), "name": name, "price": "1200.00" })).collect::<Vec<_>>(),
        "targets": (0..3).map(target).collect::<Vec<_>>(),
        "customers": (0..customers).map(customer).collect::<Vec<_>>(),
        "campaigns": (0..12).map(|n| campaign(n, customers)).collect::<Vec<_>>(),
        "deals": (0..deals).map(|n| deal(n, customers)).collect::<Vec<_>>(),
    });
    json!({ "format": "loudou", "version": 1, "exported": "2026-03-31T08:00:00Z", "workspace": workspace }).to_string()
}

/// Identifiers are written with digits only.
fn id(kind: u32, number: u32) -> String {
    format!("01{kind:04}{number:020}")
}

/// A number that looks as if it had nothing to do with `number`; another one for each `what`.
fn mixed(number: u32, what: u32) -> u32 {
    let mixed = (number ^ what.wrapping_mul(0x9E37_79B9)).wrapping_mul(0x85EB_CA6B);
    (mixed ^ (mixed >> 13)).wrapping_mul(0xC2B2_AE35) >> 8
}

fn model() -> Value {
    let stage = |(n, (name, probability, days)): (u32, (&str, u32, u32))| json!({ "id": id(11, n), "name": name, "probability": probability, "promotionRate": 60, "expectedDays": days });
    json!({ "id": id(MODEL, 0), "name": "Usual", "stages": (0..).zip(STAGES).map(stage).collect::<Vec<_>>() })
}

fn seller(number: u32) -> Value {
    let name = if number.is_multiple_of(2) {
        format!("{} {}", pick(&BEGINNINGS, number), pick(&BEGINNINGS, number / 2 + 7))
    } else {
        [pick(&SIGNS, number), pick(&SIGNS, number / 2 + 5)].concat()
    };
    json!({ "id": id(3, number), "name": name, "department": id(2, number % 4) })
}

fn target(number: u32) -> Value {
    let words = INDUSTRIES.iter().skip(number as usize).step_by(3).collect::<Vec<_>>();
    json!({
        "id": id(5, number),
        "name": format!("Profile {number}"),
        "wishes": [
            { "attribute": "industry", "wanted": "anyOf", "words": words, "weight": 3 },
            { "attribute": "size", "wanted": "between", "from": 100 * (number + 1), "weight": 2 },
            { "attribute": "needs", "wanted": "contains", "words": ["stock", "库存"], "weight": 2 },
            { "attribute": "buyingPower", "wanted": "atLeast", "level": "medium", "weight": 1 },
            { "attribute": "tag", "wanted": "anyOf", "words": ["key", "重点"], "weight": 1 },
        ],
        "line": 60,
    })
}

fn campaign(number: u32, customers: u32) -> Value {
    let touch = |n: u32| json!({ "customer": id(6, mixed(n, number) % customers), "on": day(0) });
    json!({
        "id": id(8, number),
        "name": format!("Campaign {number}"),
        "channel": pick(&SOURCES, number),
        "starts": day(90),
        "ends": day(number),
        "cost": format!("{}.00", 1000 * (number + 1)),
        "audience": id(5, number % 3),
        "message": "Dear {contact|reader}, hello {customer}",
        "touches": (0..100 * (number % 3)).map(touch).collect::<Vec<_>>(),
    })
}

/// The name of a customer. Some are another's, spelled differently.
fn name(number: u32) -> String {
    let (like, again) = if number % 100 >= 98 { (number - 2, true) } else { (number, false) };
    let (one, two, three) = (mixed(like, 1), mixed(like, 2), mixed(like, 3));
    if like.is_multiple_of(2) {
        let form = if again { "股份有限公司" } else { "有限公司" };
        [pick(&CITIES, three), pick(&SIGNS, one), pick(&SIGNS, two), pick(&TRADES, one / 32), form].concat()
    } else {
        let form = if again { "Ltd" } else { "Inc" };
        format!("{}{}{} {} {form}", pick(&BEGINNINGS, one), pick(&ENDINGS, two), three % 90, pick(&KINDS, one / 32))
    }
}

fn customer(number: u32) -> Value {
    let level = |what| pick(&LEVELS, mixed(number, what));
    let name = name(number);
    let contact = [15, 16, 17].map(|what| pick(&SIGNS, mixed(number, what))).concat();
    json!({
        "id": id(6, number),
        "name": name,
        "shortName": name.chars().take(4).collect::<String>(),
        "territory": pick(&TERRITORIES, mixed(number, 4)),
        "industry": pick(&INDUSTRIES, mixed(number, 5)),
        "size": (10 + mixed(number, 6) % 900).to_string(),
        "buyingPower": level(7),
        "source": pick(&SOURCES, mixed(number, 8)),
        "softwareInUse": pick(&RIVALS, mixed(number, 9)),
        "needs": if number.is_multiple_of(3) { "stock at hand" } else { "报表" },
        "intent": level(10),
        "fit": level(11),
        "priority": level(12),
        "reviewOn": day(mixed(number, 13) % 60),
        "owner": id(3, mixed(number, 14) % PEOPLE),
        "contacts": [{
            "id": id(7, number),
            "name": contact,
            "jobTitle": if number.is_multiple_of(2) { "Buyer" } else { "采购" },
            "phone": format!("138{:08}", mixed(number, 18)),
            "email": if number.is_multiple_of(40) { String::new() } else { format!("office@firm{number}.example") },
        }],
        "tags": tags(number),
        "custom": { "Employees": (mixed(number, 19) % 2000).to_string() },
    })
}

fn tags(number: u32) -> Vec<&'static str> {
    (0..mixed(number, 20) % 3).map(|n| pick(&TAGS, mixed(number, 21 + n))).collect()
}

fn deal(number: u32, customers: u32) -> Value {
    let (customer, age) = (mixed(number, 30) % customers, 20 + mixed(number, 31) % 400);
    let owner = id(3, mixed(number, 32) % PEOPLE);
    let at = "2026-03-31T08:00:00Z";
    let event = |step: u32, days: u32, mut what: Value| {
        what["id"] = id(10, number * 4 + step).into();
        what["on"] = day(days).into();
        what["at"] = at.into();
        what
    };
    let stage = mixed(number, 33) % 4;
    let amount = format!("{}.00", 500 + mixed(number, 34) % 90_000);
    let mut history = vec![event(
        0,
        age,
        json!({
            "event": "created", "model": id(MODEL, 0), "stage": id(11, 0), "owner": owner, "amount": amount,
            "expectedClose": day(mixed(number, 35) % 120),
        }),
    )];
    if stage > 0 {
        history.push(event(1, age / 2, json!({ "event": "entered", "stage": id(11, stage) })));
    }
    match mixed(number, 36) % 5 {
        0 => history.push(event(2, age / 3, json!({ "event": "won" }))),
        1 => history.push(event(2, age / 3, json!({ "event": "lost", "reason": pick(&["Price", "价格"], number) }))),
        _ => {}
    }
    // Some have none, and the page of data quality says so.
    let action = (!number.is_multiple_of(5)).then(
        || json!({ "what": pick(&ACTIONS, mixed(number, 41)), "owner": owner, "due": day(mixed(number, 42) % 60) }),
    );
    json!({
        "id": id(9, number),
        "title": format!("{} {} {}", pick(&PRODUCTS, mixed(number, 37)), name(customer).chars().take(6).collect::<String>(), number % 97),
        "customer": id(6, customer),
        "contact": id(7, customer),
        "lines": [{ "product": id(4, mixed(number, 38) % 6), "units": 1 + mixed(number, 39) % 9, "price": "1200.00" }],
        "competitors": [pick(&RIVALS, mixed(number, 40))],
        "obstacles": if number.is_multiple_of(4) { "预算未批" } else { "" },
        "nextAction": action,
        "fit": pick(&LEVELS, mixed(number, 43)),
        "source": pick(&SOURCES, mixed(number, 44)),
        "campaign": id(8, mixed(number, 45) % 12),
        "reference": format!("D{number:05}"),
        "tags": tags(number),
        "custom": {
            "Plan": pick(&["Silver", "Gold", "白金"], mixed(number, 46)),
            "Seats": (1 + mixed(number, 47) % 500).to_string(),
            "Go-live": day(mixed(number, 48) % 90),
            "Remark": pick(&ACTIONS, mixed(number, 49)),
        },
        "history": history,
    })
}

/// So many days before 20 April 2026, counted in months of 28 days: some lie ahead of 31 March.
fn day(before: u32) -> String {
    let days = 2026 * 336 + 3 * 28 + 19 - before;
    format!("{:04}-{:02}-{:02}", days / 336, days % 336 / 28 + 1, days % 28 + 1)
}

#[cfg(test)]
mod tests {
    use super::{day, document};

    #[test]
    fn every_run_gives_the_same_company() {
        let text = document(40, 200);
        assert_eq!(text, document(40, 200));
        assert_eq!(text.matches("\"history\"").count(), 40);
        assert!(text.contains("股份有限公司") && text.contains(" Ltd"), "some customers stand there twice");
    }

    #[test]
    fn days_lie_on_both_sides_of_the_last_day_of_march() {
        assert_eq!((day(0).as_str(), day(19).as_str(), day(20).as_str()), ("2026-04-20", "2026-04-01", "2026-03-28"));
        assert_eq!(day(19 + 3 * 28), "2026-01-01");
        assert_eq!(day(20 + 3 * 28), "2025-12-28");
    }
}

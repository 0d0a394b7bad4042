//! Duplicate customers: which names are the same company's, and that it does not depend on anything else.

use loudou::{
    codec::content::company_words,
    metrics::{Pair, Sign, duplicates, duplicates::Search, likeness::likeness},
    model::{Batch, Command, Contact, Customer, Stamp, Table, Workspace, apply},
    naming::Company,
};
use proptest::{prelude::*, sample::select};

use crate::r#gen::{first_day, moment};

/// Names of one company each.
const SAME: &[(&str, &str)] = &[
    ("华信科技有限公司", "华信科技"),
    ("华信科技有限公司", "华信科技有限责任公司"),
    ("华信科技股份有限公司", "华信科技有限公司"),
    ("北京华信科技有限公司", "华信科技有限公司"),
    ("北京市华信科技有限公司", "北京华信科技有限公司"),
    ("华信科技（北京）有限公司", "北京华信科技有限公司"),
    ("华信科技(中国)有限公司", "华信科技有限公司"),
    ("华信科技（中国）有限公司", "华信科技"),
    ("华信科技　有限公司", "华信科技有限公司"),
    ("广东省深圳市明达电子有限公司", "深圳市明达电子有限公司"),
    ("明达电子集团有限公司", "明达电子"),
    ("明达电子（集团）股份有限公司", "明达电子集团"),
    ("ＡＢＣ科技有限公司", "ABC科技有限公司"),
    ("abc 科技", "ABC科技有限公司"),
    ("上海某某通讯设备有限公司", "上海某某通信设备有限公司"),
    ("华信科技发展有限公司", "华信科技有限公司"),
    ("东方明珠传媒股份有限公司", "东方明珠"),
    ("中科创达软件股份有限公司", "中科创达"),
    ("江苏省苏州市恒力机械制造有限公司", "恒力机械制造有限公司"),
    ("上海银行股份有限公司", "上海银行"),
    ("中科创达材料研究所", "中科创达材科研究所"),
    ("海尔智家股份有限公司", "海尔智家"),
    ("杭州海康威视数字技术股份有限公司", "海康威视数字技术"),
    ("Acme Ltd", "Acme Limited"),
    ("Acme Co., Ltd.", "ACME"),
    ("Acme Inc.", "Acme Corporation"),
    ("Acme Inc", "Acme GmbH"),
    ("Acme S.A.", "ACME SA"),
    ("The Acme Company", "Acme"),
    ("Acme (China) Co., Ltd.", "Acme Ltd"),
    ("Acme China", "Acme"),
    ("Johnson & Johnson", "Johnson and Johnson"),
    ("Société Générale", "Societe Generale SA"),
    ("Müller Maschinenbau GmbH", "Muller Maschinenbau"),
    ("Betasoloin", "Betasolion"),
    ("Zoomzone Logistics", "Zoomzone Logistic"),
    ("Global Logistics Services Ltd", "Global Logistic Service Ltd"),
    ("International Business Machines", "Internatinal Business Machines"),
    ("Acme Technologies", "Acme Technology Ltd"),
    ("Soft Serve Inc", "SoftServe"),
    ("Acme Software Solutions", "Acme Software"),
    ("Green Valley Foods", "Valley Green Foods"),
    ("Northwind Traders Pty Ltd", "Northwind Traders"),
    ("Acme Trading Shanghai", "Acme Trading"),
    ("Contoso Holdings PLC", "Contoso"),
    ("Fabrikam, Inc.", "FABRIKAM"),
    ("Plan 9 Software", "Plan9 Software Ltd."),
];

/// Names of two companies each.
const DIFFERENT: &[(&str, &str)] = &[
    ("华信科技有限公司", "华新科技有限公司"),
    ("华信科技有限公司", "华信贸易有限公司"),
    ("华信科技有限公司", "信华科技有限公司"),
    ("北京华信科技有限公司", "上海华信科技有限公司"),
    ("明达电子有限公司", "明华电子有限公司"),
    ("明达电子有限公司", "宏达电子有限公司"),
    ("上海银行", "北京银行"),
    ("潍坊博野汽车部件有限公司", "潍坊嘉野汽车部件有限公司"),
    ("凤鸣镇博野汽修厂", "凤鸣镇嘉野汽修厂"),
    ("中国银行", "中国农业银行"),
    ("中国石油", "中国石油化工"),
    ("中国移动", "中国联通"),
    ("国家电网湖北电力", "国家电网湖南电力"),
    ("中国航天科工第二研究院", "中国航天科工第三研究院"),
    ("第一机床厂", "第二机床厂"),
    ("长城汽车", "长安汽车"),
    ("东方航空", "南方航空"),
    ("东方明珠", "东方明月"),
    ("华为技术有限公司", "华润集团"),
    ("清华大学", "清华同方"),
    ("江苏恒力机械", "浙江恒力机械"),
    ("海尔智家", "海信家电"),
    ("新希望集团", "新东方集团"),
    ("平安保险", "平安银行"),
    ("三一重工", "三六零"),
    ("ABC科技", "ABD科技"),
    ("Acme Software", "Acme Trading"),
    ("Acme", "Acne"),
    ("Acme North", "Acme South"),
    ("Eastern Foods", "Western Foods"),
    ("First National Bank", "Second National Bank"),
    ("Plan 1 Software", "Plan 2 Software"),
    ("Bell Systems", "Dell Systems"),
    ("Sun Systems", "Son Systems"),
    ("Alpha Systems", "Alpine Systems"),
    ("Bank of China", "Bank of Japan"),
    ("Siemens", "Siemens Energy"),
    ("Global Software", "Global Systems"),
    ("Pacific Trading", "Atlantic Trading"),
    ("Smith Consulting", "Smart Consulting"),
    ("Red Hat", "Red Bat"),
    ("Austria Telecom", "Australia Telecom"),
    ("General Electric", "General Motors"),
    ("Northern Trust", "Southern Trust"),
    ("IBM", "IBS"),
    ("Marina Foods", "Martha Foods"),
    ("United Airlines", "United Utilities"),
    ("Volkswagen", "Volvo"),
];

fn named(id: u128, name: &str) -> Customer {
    Customer::named(id.into(), name)
}

fn table(customers: Vec<Customer>) -> Table<Customer> {
    let start =
        Workspace::new(1.into(), loudou::codec::content::profile(loudou::codec::content::Language::English, "T"));
    let stamp = Stamp { on: first_day(), at: moment(), by: None, seed: ulid::Ulid(0) };
    let batch = Batch { customers, ..Batch::default() };
    start.with(&apply(&start, Command::Import(Box::new(batch)), stamp).unwrap()).customers
}

fn found(customers: Vec<Customer>) -> Vec<Pair> {
    duplicates(&table(customers), company_words())
}

fn is_found(one: &str, two: &str) -> bool {
    !found(vec![named(1, one), named(2, two)]).is_empty()
}

fn reach(id: u128, name: &str, phone: &str, email: &str) -> Customer {
    let text = String::new;
    let contact = Contact {
        id: 1.into(),
        name: "Zhang".into(),
        job_title: text(),
        phone: phone.into(),
        email: email.into(),
        role: text(),
    };
    Customer { contacts: vec![contact], ..named(id, name) }
}

#[test]
fn the_same_are_found_and_others_are_not() {
    assert!(SAME.len() >= 40 && DIFFERENT.len() >= 40);
    let missed: Vec<_> = SAME.iter().filter(|(one, two)| !is_found(one, two)).collect();
    let wrong: Vec<_> = DIFFERENT.iter().filter(|(one, two)| is_found(one, two)).collect();
    let (hits, alarms) = (SAME.len() - missed.len(), SAME.len() - missed.len() + wrong.len());
    #[allow(clippy::cast_precision_loss, reason = "a few dozens")]
    let (recall, precision) = (hits as f64 / SAME.len() as f64, hits as f64 / alarms as f64);
    assert!(
        recall >= 0.97 && precision >= 0.97,
        "recall {recall:.2}, precision {precision:.2}\nmissed {missed:?}\nwrong {wrong:?}"
    );
}

#[test]
fn in_a_crowd_the_same_are_found_and_no_others() {
    let mut names: Vec<&str> = SAME.iter().chain(DIFFERENT).flat_map(|(one, two)| [*one, *two]).collect();
    names.sort_unstable();
    names.dedup();
    let pairs = found((1..).zip(&names).map(|(id, name)| named(id, name)).collect());
    for (one, two) in SAME {
        let ids = [one, two].map(|name| names.binary_search(name).map_or(0, |at| at as u128 + 1));
        let (one_id, two_id) = (ids[0].min(ids[1]), ids[0].max(ids[1]));
        assert!(pairs.iter().any(|pair| pair.one == one_id.into() && pair.two == two_id.into()), "{one} {two}");
    }
}

#[test]
fn evidence_speaks_for_names_that_leave_doubt() {
    // One short own word and more of what the company does.
    assert!(!is_found("Siemens", "Siemens Energy"));
    let pairs =
        found(vec![reach(1, "Siemens", "", "a@siemens.example"), reach(2, "Siemens Energy", "", "b@Siemens.example")]);
    assert!(pairs.len() == 1 && pairs[0].signs.contains(&Sign::MailHost));
    // Another place, the same phone.
    let pairs =
        found(vec![reach(1, "北京华信科技", "010-8888 0001", ""), reach(2, "上海华信科技", "+86 10 88880001", "")]);
    assert!(pairs.len() == 1 && pairs[0].signs.contains(&Sign::Phone));
    // A mailbox that everybody can have says nothing, and neither does a phone with names that have nothing in common.
    assert!(found(vec![reach(1, "Siemens", "", "a@qq.com"), reach(2, "Siemens Energy", "", "b@qq.com")]).is_empty());
    assert!(found(vec![reach(1, "Acme", "12345678", ""), reach(2, "Contoso", "12345678", "")]).is_empty());
}

#[test]
fn a_short_name_counts() {
    let short = Customer { short_name: "IBM".into(), ..named(1, "International Business Machines") };
    let pairs = found(vec![short, named(2, "IBM Ltd")]);
    assert!(pairs.len() == 1 && pairs[0].signs == [Sign::ShortName].into());
}

#[test]
fn small_portions_come_to_the_same() {
    let names = SAME.iter().chain(DIFFERENT).flat_map(|(one, two)| [*one, *two]);
    let customers = table((1..).zip(names).map(|(id, name)| named(id, name)).collect());
    let mut search = Search::new(&customers, company_words());
    while !search.go_on(3) {}
    assert_eq!(search.into_pairs(), duplicates(&customers, company_words()));
}

#[test]
fn what_was_declared_distinct_stays_so() {
    let distinct = Customer { not_same_as: vec![2.into()], ..named(1, "Acme Ltd") };
    assert!(found(vec![distinct, named(2, "Acme")]).is_empty());
    assert_eq!(found(vec![named(1, "Acme Ltd"), named(2, "Acme")]).len(), 1);
}

#[test]
fn many_of_one_name_stay_few_pairs() {
    let pairs = found((1..=500).map(|id| named(id, "Zhang San")).collect());
    assert_eq!(pairs.len(), 499);
}

/// A name with a word of its own that is long enough to be no other's.
fn own_name() -> impl Strategy<Value = String> {
    let descriptors = ["科技", "机械", "电子", "贸易", ""];
    let chinese = ("[甲乙丙戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]{4,6}", select(descriptors.to_vec()))
        .prop_map(|(own, does)| own + does);
    prop_oneof![chinese, "[A-Z][bdfgklmnprstvz]{6,9}( [A-Z][aeiou]{5,8})?"]
}

fn decorated(name: &str, way: usize) -> String {
    let wide = |text: &str| {
        text.chars()
            .map(|sign| match sign {
                '!'..='~' => char::from_u32(u32::from(sign) + 0xfee0).unwrap(),
                other => other,
            })
            .collect::<String>()
    };
    match way {
        0 => format!("{name}有限公司"),
        1 => format!("{name}（中国）有限公司"),
        2 => format!("{name} Co., Ltd."),
        3 => format!(" {} ", name.to_uppercase()),
        4 => wide(name),
        5 => format!("{name} (China) Limited"),
        6 => format!("{name}(集团)股份有限公司"),
        7 => format!("{name}, Inc."),
        8 => format!("{name}\u{200b} GmbH"),
        _ => name.to_lowercase(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_spelling_of_a_name_is_found(name in own_name(), one in 0_usize..10, two in 0_usize..10) {
        let (one, two) = (decorated(&name, one), decorated(&name, two));
        prop_assert!(is_found(&one, &two), "{} {}", one, two);
    }

    #[test]
    fn the_order_makes_no_difference(names in prop::collection::vec((own_name(), 0_usize..10), 1..12), twice in prop::collection::vec(any::<prop::sample::Index>(), 0..6), shift in 0_usize..20) {
        let mut all: Vec<String> = names.iter().map(|(name, way)| decorated(name, *way)).collect();
        all.extend(twice.iter().map(|at| at.get(&names).0.clone()).collect::<Vec<_>>());
        let of = |all: &[String]| {
            let customers = (1..).zip(all).map(|(id, name)| named(id, name)).collect();
            let name = |id: loudou::model::CustomerId| all[usize::try_from(id.value().0).unwrap() - 1].clone();
            let mut pairs: Vec<_> = found(customers).into_iter().map(|pair| {
                let mut names = [name(pair.one), name(pair.two)];
                names.sort();
                (names, pair.confidence.to_bits(), pair.signs)
            }).collect();
            pairs.sort();
            pairs
        };
        let before = of(&all);
        let by = shift % all.len();
        all.rotate_left(by);
        prop_assert_eq!(of(&all), before);
    }

    #[test]
    fn likeness_is_the_same_both_ways(one in own_name(), two in own_name()) {
        let about = company_words();
        let (one, two) = (Company::new(&one, about), Company::new(&two, about));
        prop_assert_eq!(likeness(&one, &two, about), likeness(&two, &one, about));
    }
}

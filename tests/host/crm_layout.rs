//! The files for other products: read back by our own importer they are the same deals, and a small workspace gives the same bytes as
//! before.

use std::{env, fs, path::Path};

use loudou::{
    codec::{
        content::Language,
        crm_layout::{LayoutFile, Product, files, without_close, zip},
        csv::{Options, Reading, SourceFile, plan, read},
        document,
    },
    model::{Batch, Command, Customer, Date, Deal, Stamp, Status, Timestamp, Workspace, WorkspaceId, apply},
    training::demo,
};
use proptest::prelude::*;
use ulid::Ulid;

use crate::r#gen::workspace;

fn made(workspace: &Workspace, product: Product) -> Vec<LayoutFile> {
    files(workspace, product, &mut |_, _| {}).unwrap()
}

fn stamp() -> Stamp {
    let at = Timestamp::UNIX_EPOCH;
    Stamp { on: at.date_naive(), at, by: None, seed: Ulid(1 << 100) }
}

/// The deals of some files, read by the importer into a workspace that has the models and nothing else.
fn read_back(source: &Workspace, texts: &[&str], options: &Options) -> Workspace {
    let empty = source.part(WorkspaceId::from(1), |_| false);
    let sheets: Vec<_> = texts.iter().map(|text| read(text.as_bytes(), &Reading::default()).unwrap()).collect();
    let files: Vec<_> = sheets.iter().map(|sheet| SourceFile { name: "deals.csv", sheet }).collect();
    let import = plan(&files, options, &empty, stamp(), &mut |_, _| true).unwrap();
    assert_eq!(import.summary.problems, []);
    let change = apply(&empty, import.command, stamp()).unwrap();
    empty.with(&change)
}

fn deals_of(files: &[LayoutFile]) -> Vec<&str> {
    files.iter().filter(|file| file.name.starts_with("3-")).map(|file| file.text.as_str()).collect()
}

/// The day a deal closed.
fn closed_on(deal: &Deal) -> Option<Date> {
    match &deal.standing().status {
        Status::Won { on } | Status::Lost { on, .. } => *on,
        Status::Open | Status::Dormant { .. } => None,
    }
}

/// What of a deal must come back, as far as the product has a place for it.
fn gist(workspace: &Workspace, deal: &Deal, product: Product) -> Vec<String> {
    let standing = deal.standing();
    let keeps_stage = match (product, &standing.status) {
        (Product::Pipedrive, _) | (_, Status::Open | Status::Dormant { .. }) => true,
        (Product::Odoo, status) => matches!(status, Status::Lost { .. }),
        _ => false,
    };
    // One column has the day on which a deal closed or may close.
    let keeps_expectation = matches!(product, Product::Pipedrive | Product::Odoo) || !standing.is_closed();
    let stage = workspace.stage_of(deal).filter(|_| keeps_stage);
    let owner = standing.owner.and_then(|owner| workspace.people.get(owner));
    let reason = match &standing.status {
        Status::Lost { reason, .. } if product != Product::Twenty => reason.as_str(),
        _ => "",
    };
    vec![
        deal.details.title.clone(),
        workspace.customer_of(deal).map_or_else(String::new, |customer| customer.name.clone()),
        format!("{:?}", standing.amount),
        stage.map_or_else(String::new, |(_, stage)| stage.name.clone()),
        owner.map_or_else(String::new, |owner| owner.name.clone()),
        standing.status.code().to_owned(),
        format!("{:?}", deal.history().first().and_then(|event| event.on)),
        format!("{:?}", standing.expected_close.filter(|_| keeps_expectation)),
        format!("{:?}", closed_on(deal)),
        reason.to_owned(),
    ]
}

#[test]
fn the_importer_reads_the_same_deals() {
    let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
    for language in [Language::English, Language::Chinese] {
        let company = demo::company(language, today, 5);
        for model in company.models.iter() {
            let source = company.part(WorkspaceId::from(2), |deal| deal.standing().model == model.id);
            if source.deals.is_empty() {
                continue;
            }
            let options = Options { model: Some(model.id.to_string()), ..Options::default() };
            for product in Product::ALL {
                let made = made(&source, product);
                let after = read_back(&source, &deals_of(&made), &options);
                assert_eq!(after.deals.len(), source.deals.len(), "{product:?}");
                for (one, other) in source.deals.iter().zip(after.deals.iter()) {
                    assert_eq!(gist(&source, one, product), gist(&after, other, product), "{product:?}");
                }
            }
        }
    }
}

/// Every id that a file names is the id of a record in a file before it.
#[test]
fn links_between_files_hold() {
    let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 5);
    let column = |file: &LayoutFile, name: &str| -> Vec<String> {
        let mut reader = csv::Reader::from_reader(file.text.trim_start_matches('\u{feff}').as_bytes());
        let place = reader.headers().unwrap().iter().position(|header| header == name);
        let place = place.unwrap_or_else(|| panic!("{} has no {name}", file.name));
        reader.records().map(|row| row.unwrap()[place].to_owned()).collect()
    };
    for (product, id, of_contact, of_deal) in [
        (Product::Salesforce, "Loudou_Id__c", "Account.Loudou_Id__c", "Account.Loudou_Id__c"),
        (Product::HubSpot, "Loudou ID", "Company Loudou ID", "Company Loudou ID"),
        (Product::Odoo, "id", "parent_id/id", "partner_id/id"),
        (Product::Twenty, "Id", "Company Id", "Company Id"),
    ] {
        let made = made(&company, product);
        let accounts = column(&made[0], id);
        assert_eq!(accounts.len(), company.customers.len());
        let mut all = [accounts.clone(), column(&made[1], id), column(&made[2], id)].concat();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "ids of {product:?}");
        let named = [column(&made[1], of_contact), column(&made[2], of_deal)].concat();
        assert!(named.iter().all(|name| name.is_empty() || accounts.contains(name)), "{product:?}");
        assert!(named.iter().any(|name| !name.is_empty()));
    }
    let twenty = column(&made(&company, Product::Twenty)[2], "Id");
    let is_uuid = |id: &String| id.len() == 36 && &id[14..15] == "7" && "89ab".contains(&id[19..20]);
    assert!(twenty.iter().all(is_uuid), "{:?}", twenty.first());
}

/// The files of the document that has every field. To write them anew after a change that is meant: `LOUDOU_WRITE_GOLDEN=1`.
#[test]
fn a_small_workspace_gives_the_same_files() {
    let small = document::decode(include_str!("fixtures/document/v1.json").as_bytes()).unwrap().workspace;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host/fixtures/crm");
    for product in Product::ALL {
        for file in made(&small, product) {
            let path = folder.join(product.code()).join(&file.name);
            if env::var_os("LOUDOU_WRITE_GOLDEN").is_some() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &file.text).unwrap();
            }
            let golden = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
            assert_eq!(file.text, golden, "{}", path.display());
        }
    }
}

#[test]
fn formulas_are_disarmed_and_telephone_numbers_are_not() {
    let hostile = "=HYPERLINK(\"http://example.org\")";
    let mut customer = Customer::named(1.into(), hostile);
    "@SUM(1)".clone_into(&mut customer.notes);
    customer.contacts = [(1, "+86 (10) 6552-9988"), (2, "+1+cmd|'/c calc'!A0")]
        .map(|(id, phone)| loudou::model::Contact {
            id: loudou::model::ContactId::from(id),
            name: "-1+2".into(),
            job_title: "\tx".into(),
            phone: phone.into(),
            email: "=a@b".into(),
            role: "\rx".into(),
        })
        .into();
    let mut company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 5)
        .part(WorkspaceId::from(3), |_| false);
    let batch = Batch { customers: vec![customer], ..Batch::default() };
    company = company.with(&apply(&company, Command::Import(Box::new(batch)), stamp()).unwrap());
    for product in Product::ALL {
        for file in made(&company, product) {
            let mut reader = csv::Reader::from_reader(file.text.trim_start_matches('\u{feff}').as_bytes());
            for row in reader.records() {
                for cell in &row.unwrap() {
                    let dialled = cell == "+86 (10) 6552-9988";
                    assert!(dialled || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}: {cell}", file.name);
                }
            }
        }
        let contacts = &made(&company, product)[1].text;
        assert!(contacts.contains("+86 (10) 6552-9988") && !contacts.contains(",+1+cmd"), "{contacts}");
    }
}

#[test]
fn files_hold_no_more_rows_than_the_product_takes() {
    let empty = demo::company(Language::English, Date::default(), 5).part(WorkspaceId::from(3), |_| false);
    let customers = (1..=10_001_u128).map(|id| Customer::named(id.into(), format!("Customer {id}"))).collect();
    let batch = Batch { customers, ..Batch::default() };
    let company = empty.with(&apply(&empty, Command::Import(Box::new(batch)), stamp()).unwrap());
    let made = made(&company, Product::Twenty);
    let names: Vec<_> = made.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["1-companies-part-1.csv", "1-companies-part-2.csv", "2-people.csv", "3-opportunities.csv"]);
    assert_eq!((made[0].text.lines().count(), made[1].text.lines().count()), (10_001, 2));
}

#[test]
fn the_archive_holds_the_files() {
    let company = demo::company(Language::Chinese, Date::from_ymd_opt(2026, 11, 23).unwrap(), 5);
    let mut heard = Vec::new();
    let bytes = zip(&company, Product::HubSpot, &mut |done, total| heard.push((done, total))).unwrap();
    assert_eq!(heard.last(), Some(&(4, 4)));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for file in made(&company, Product::HubSpot) {
        let mut entry = archive.by_name(&file.name).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
        assert_eq!(text, file.text);
    }
    let open = company.deals.iter().filter(|deal| !deal.standing().is_closed());
    assert_eq!(without_close(&company), open.filter(|deal| deal.standing().expected_close.is_none()).count());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_workspace_gives_whole_tables(workspace in workspace()) {
        for product in Product::ALL {
            let made = made(&workspace, product);
            let rows = |file: &LayoutFile| {
                let mut reader = csv::Reader::from_reader(file.text.trim_start_matches('\u{feff}').as_bytes());
                reader.records().map(Result::unwrap).count()
            };
            prop_assert_eq!(rows(&made[0]), workspace.customers.len());
            prop_assert_eq!(rows(&made[2]), workspace.deals.len());
        }
    }
}

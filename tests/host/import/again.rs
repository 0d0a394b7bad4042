//! The same file once more changes nothing, and a file that changed changes only that: for every layout that is recognised.

use loudou::codec::csv::OnKnown;

use super::*;

/// A file, and another export of the same product after one thing changed.
struct Again {
    name: &'static str,
    file: String,
    /// What stands in the file, what stands there in the later one, and the title of the deal that it is about.
    change: (&'static str, &'static str, &'static str),
    /// What has become of the deal.
    became: fn(&Workspace, &Deal) -> bool,
}

fn stage(workspace: &Workspace, deal: &Deal, name: &str) -> bool {
    deal.standing().is_open() && workspace.stage_of(deal).unwrap().1.name == name
}

fn amount(minor: i64) -> Option<Money> {
    Money::from_minor(minor)
}

#[allow(clippy::too_many_lines, reason = "a list of files")]
fn files() -> Vec<Again> {
    let of = |name, file: &str, change, became| Again { name, file: file.to_owned(), change, became };
    vec![
        of(
            "Salesforce opportunities",
            "Id,Name,AccountId,StageName,Amount,Probability,CloseDate,CreatedDate,IsClosed,IsWon,OwnerId,NextStep,LastStageChangeDate\n\
             006001,One,001A,Prospecting,100.5,10,2026-09-30,2026-01-05T01:44:30.000+0000,,,005A,Call,2026-01-05\n\
             006002,Two,001A,Needs Analysis,150,20,2026-09-30,2026-01-05T01:44:30.000+0000,,,005A,,2026-02-05\n\
             006003,Three,001A,Closed Won,200,100,2026-03-01,2026-01-06T01:44:30.000+0000,1,1,005A,,2026-03-01\n\
             006004,Four,001B,Closed Lost,50,0,2026-04-01,2026-01-07T01:44:30.000+0000,1,,005B,,2026-04-01\n",
            ("Prospecting,100.5,10,2026-09-30", "Needs Analysis,100.5,20,2026-09-30", "One"),
            |workspace, deal| stage(workspace, deal, "Needs Analysis") && deal.history().len() == 2,
        ),
        of(
            "Salesforce report without ids",
            "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,Created Date\n\
             Ada,Acme,One,Proposal/Price Quote,\"1,200.50\",9/30/2026,1/15/2026\n\
             Ada,Acme,One,Proposal/Price Quote,\"1,300.50\",9/30/2026,1/15/2026\n\
             Bob,Beta,Two,Closed Won,300.00,3/14/2026,1/16/2026\n\n\
             \"Grand Totals (3 records)\"\n",
            ("\"1,300.50\"", "\"1,400.50\"", "One"),
            |_, deal| [amount(120_050), amount(140_050)].contains(&deal.standing().amount),
        ),
        of(
            "Salesforce opportunity history without ids",
            "Opportunity Name,From Stage,To Stage,Stage Duration,Last Modified,Last Modified By,Amount,Close Date,Stage,Created Date\n\
             One,Needs Analysis,Closed Won,10,3/20/2026,Ada,100,3/20/2026,Closed Won,1/5/2026\n\
             One,Prospecting,Needs Analysis,30,2/14/2026,Ada,100,3/20/2026,Closed Won,1/5/2026\n\
             Two,Prospecting,Needs Analysis,12,1/18/2026,Bob,50,9/30/2026,Needs Analysis,1/6/2026\n",
            (
                "Two,Prospecting,Needs Analysis,12,1/18/2026,Bob,50,9/30/2026,Needs Analysis",
                "Two,Needs Analysis,Closed Lost,9,4/1/2026,Bob,50,4/1/2026,Closed Lost,1/6/2026\n\
                 Two,Prospecting,Needs Analysis,12,1/18/2026,Bob,50,4/1/2026,Closed Lost",
                "Two",
            ),
            |_, deal| matches!(deal.standing().status, Status::Lost { on, .. } if on.unwrap().to_string() == "2026-04-01"),
        ),
        of(
            "Salesforce field history",
            "Opportunity ID,Opportunity Name,Stage,Amount,Created Date,Close Date,Field / Event,Old Value,New Value,Edit Date\n\
             006A,One,Qualification,11700,4/19/2026,6/21/2026,Created.,,,4/19/2026\n\
             006A,One,Qualification,11700,4/19/2026,6/21/2026,Stage,Prospecting,Qualification,4/23/2026\n\
             006B,Two,Prospecting,500,4/20/2026,6/21/2026,Created.,,,4/20/2026\n",
            (
                "006B,Two,Prospecting,500,4/20/2026,6/21/2026,Created.,,,4/20/2026\n",
                "006B,Two,Qualification,500,4/20/2026,6/21/2026,Created.,,,4/20/2026\n\
                 006B,Two,Qualification,500,4/20/2026,6/21/2026,Stage,Prospecting,Qualification,4/25/2026\n",
                "Two",
            ),
            |workspace, deal| {
                stage(workspace, deal, "Qualification") && deal.last_day().unwrap().to_string() == "2026-04-25"
            },
        ),
        of(
            "Salesforce history rows of every edit",
            "Id,OpportunityId,CreatedDate,StageName,Amount,CloseDate,Probability,SystemModstamp,IsDeleted\n\
             008A,006A,2026-01-05T08:00:00.000Z,Prospecting,100,2026-06-30,10,2026-01-05T08:00:00.000Z,\n\
             008C,006A,2026-02-10T08:00:00.000Z,Needs Analysis,130,2026-07-31,20,2026-02-10T08:00:00.000Z,\n\
             008D,006B,2026-01-06T08:00:00.000Z,Prospecting,50,2026-05-31,10,2026-01-06T08:00:00.000Z,\n",
            (
                "008D,006B,2026-01-06T08:00:00.000Z,Prospecting,50,2026-05-31,10,2026-01-06T08:00:00.000Z,\n",
                "008D,006B,2026-01-06T08:00:00.000Z,Prospecting,50,2026-05-31,10,2026-01-06T08:00:00.000Z,\n\
                 008E,006B,2026-03-01T08:00:00.000Z,Closed Lost,50,2026-03-01,0,2026-03-01T08:00:00.000Z,\n",
                "006B",
            ),
            |_, deal| matches!(deal.standing().status, Status::Lost { on, .. } if on.unwrap().to_string() == "2026-03-01"),
        ),
        of(
            "HubSpot",
            "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner,Associated Company,\
             \"Date entered \"\"Qualified (Sales Pipeline)\"\"\",\"Date entered \"\"Demo (Sales Pipeline)\"\"\",\
             \"Date entered \"\"Closed Won (Sales Pipeline)\"\"\"\n\
             1,One,Demo,Sales Pipeline,100,2026-09-30,2026-01-05 09:30,Ada,Acme,2026-01-05 09:30,2026-02-01 10:00,\n\
             2,Two,Closed Won,Sales Pipeline,200,2026-03-10,2026-01-06 09:30,Ada,Acme,2026-01-06 09:30,2026-02-02 10:00,2026-03-10 08:00\n",
            (
                "1,One,Demo,Sales Pipeline,100,2026-09-30,2026-01-05 09:30,Ada,Acme,2026-01-05 09:30,2026-02-01 10:00,",
                "1,One,Closed Won,Sales Pipeline,100,2026-05-30,2026-01-05 09:30,Ada,Acme,2026-01-05 09:30,2026-02-01 10:00,2026-05-30 10:00",
                "One",
            ),
            |_, deal| matches!(deal.standing().status, Status::Won { on } if on.unwrap().to_string() == "2026-05-30"),
        ),
        of(
            "Pipedrive",
            "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Contact person,\
             Deal - Stage,Deal - Status,Deal - Deal created,Deal - Update time,Deal - Won time,Deal - Lost time,Deal - Lost reason,\
             Deal - Expected close date\n\
             1,One,Ada,1000,USD,Acme,Mr A,Proposal Made,Open,2026-01-05 14:00:00,2026-02-01 10:00:00,,,,2026-09-30\n\
             2,Two,Ada,500,USD,Acme,,Proposal Made,Won,2026-01-06 14:00:00,2026-03-01 10:00:00,2026-03-01 10:00:00,,,2026-03-31\n\
             3,Three,Bob,70,USD,Beta,,Qualified,Lost,2026-01-07 14:00:00,2026-04-01 10:00:00,,2026-04-01 10:00:00,Too dear,\n",
            ("1,One,Ada,1000", "1,One,Bob,1500", "One"),
            |workspace, deal| {
                let owner = deal.standing().owner.and_then(|id| workspace.people.get(id)).unwrap();
                owner.name == "Bob" && deal.standing().amount == amount(150_000)
            },
        ),
        of(
            "Zoho",
            "Record Id,Deal Owner,Amount,Deal Name,Closing Date,Account Name,Stage,Probability (%),Next Step,Lead Source,Contact Name,\
             Created Time,Reason For Loss,Currency,Tag\n\
             zcrm_4876876000000111001,Ada,1000,One,2026-09-30,Acme,Qualification,10,Call,Web,Mr A,2026-01-05 08:00:00,,USD,hot\n\
             zcrm_4876876000000111002,Ada,500,Two,2026-03-31,Acme,Closed Lost,0,,Web,,2026-01-07 08:00:00,Price,USD,\n",
            ("Closed Lost,0,,Web,,2026-01-07 08:00:00,Price", "Closed Lost,0,,Web,,2026-01-07 08:00:00,Timing", "Two"),
            |_, deal| matches!(&deal.standing().status, Status::Lost { reason, .. } if reason == "Timing"),
        ),
        of(
            "Odoo",
            "External ID,Opportunity,Customer,Email,Phone,Salesperson,Sales Team,Stage,Tags,Expected Revenue,Probability,Expected Closing,\
             Closed Date,Last Stage Update,Lost Reason,Active,Created on\n\
             crm.1,One,Acme,a@example.com,0301,Ada,North,Qualified,hot,1000,30,2026-09-30,,2026-02-01 08:00:00,,True,2026-01-05 08:00:00\n\
             crm.2,Two,Acme,,,Ada,North,Won,,500,100,2026-03-31,2026-03-15 08:00:00,2026-03-15 08:00:00,,True,2026-01-06 08:00:00\n",
            ("30,2026-09-30,,2026-02-01 08:00:00", "30,2026-10-31,,2026-02-01 08:00:00", "One"),
            |_, deal| deal.standing().expected_close.unwrap().to_string() == "2026-10-31",
        ),
        of(
            "Twenty",
            "Id,Name,Amount / Amount,Amount / Currency,Close date,Stage,Company,Point of Contact Id,Creation date,Last update\n\
             a1,\u{200d}-10% pilot,1000,USD,2026-09-30,PROPOSAL,Acme,p1,2026-01-05,2026-01-06\n\
             a2,Two,500,USD,2026-03-31,CUSTOMER,Acme,p1,2026-01-06,2026-03-31\n",
            ("PROPOSAL", "CUSTOMER", "-10% pilot"),
            |_, deal| matches!(deal.standing().status, Status::Won { .. }),
        ),
        of(
            "Atomic CRM",
            "id,name,company_id,contact_ids,category,stage,description,amount,created_at,updated_at,archived_at,expected_closing_date,sales_id,index\n\
             1,One,11,,print,in-negociation,About,1000,2026-01-05T08:00:00.000Z,2026-01-06T08:00:00.000Z,,2026-09-30,3,0\n\
             2,Two,12,,print,delayed,,70,2026-01-07T08:00:00.000Z,2026-04-01T08:00:00.000Z,,2026-05-31,3,2\n",
            ("About", "More about it", "One"),
            |_, deal| deal.details.notes == "More about it",
        ),
        of(
            "Chinese headers",
            "商机名称*,客户名称*,业务编码,商机来源,金额,意向产品,结束时间,联系人,客户标签,负责人,部门,商机阶段,赢率,实际结束时间,失败原因\n\
             一,甲公司,S1,网站,3.5万,软件,2026-09-30,王五,重点,张三,华北,方案验证,50,,\n\
             二,乙公司,S2,展会,¥18000,软件,2026-03-31,,,李四,华北,成功,100,2026-03-15,\n",
            ("3.5万", "4万", "一"),
            |_, deal| deal.standing().amount == amount(4_000_000),
        ),
        of(
            "a log of stages",
            "deal_id,stage,entered\n7,谈判,2026-02-01\n7,线索,2026-01-05\n8,线索,2026-01-06\n7,成交,2026-03-01\n8,谈判,2026-01-09\n",
            ("8,谈判,2026-01-09\n", "8,谈判,2026-01-09\n8,线索,2026-02-09\n", "8"),
            |workspace, deal| stage(workspace, deal, "线索") && deal.history().len() == 3,
        ),
        of(
            "a plain list without ids",
            "客户,商机,阶段,金额,预计成交日期\n甲,一,线索,100,2026-09-30\n甲,一,谈判,200,2026-09-30\n乙,二,谈判,300,2026-10-31\n",
            ("乙,二,谈判,300", "乙,二,谈判,350", "二"),
            |_, deal| deal.standing().amount == amount(35_000),
        ),
        of(
            "a plain list without titles",
            "Account,Product,Deal Stage,Close Value\nAcme,GTX Pro,Prospecting,100\nAcme,GTX Pro,Engaging,200\nBeta,MG,Engaging,300\n",
            ("Beta,MG,Engaging,300", "Beta,MG,Engaging,310", "Beta · MG"),
            |_, deal| deal.standing().amount == amount(31_000),
        ),
    ]
}

fn changes(workspace: &Workspace, text: &str) -> (Import, Workspace) {
    import(&[("export.csv", &sheet(text.as_bytes()))], &Options::default(), workspace)
}

#[test]
fn the_same_file_once_more_changes_nothing() {
    for Again { name, file, .. } in files() {
        let (first, once) = changes(&workspace(), &file);
        assert_eq!(first.summary.problems, [], "{name}");
        let (second, twice) = changes(&once, &file);
        assert!(twice == once, "{name}");
        let summary = second.summary;
        assert_eq!((summary.known, summary.deals.created, summary.deals.updated), (once.deals.len(), 0, 0), "{name}");
        for counts in [summary.customers, summary.people, summary.departments, summary.products] {
            assert_eq!((counts.created, counts.updated), (0, 0), "{name}");
        }
        assert_eq!((summary.problems.len(), summary.model.map(|(_, is_new)| is_new)), (0, Some(false)), "{name}");
    }
}

#[test]
fn a_file_that_changed_changes_only_that() {
    for Again { name, file, change: (from, to, title), became } in files() {
        let once = changes(&workspace(), &file).1;
        let later = file.replacen(from, to, 1);
        assert_ne!(later, file, "{name}");
        let (import, after) = changes(&once, &later);
        assert_eq!(import.summary.problems, [], "{name}");
        assert_eq!((import.summary.deals.created, import.summary.deals.updated), (0, 1), "{name}");
        let changed: Vec<&Deal> =
            after.deals.iter().zip(once.deals.iter()).filter(|(new, old)| new != old).map(|(new, _)| &**new).collect();
        assert_eq!((changed.len(), after.deals.len()), (1, once.deals.len()), "{name}");
        let known = [&changed[0].details.title, &changed[0].details.reference];
        assert!(known.contains(&&title.to_owned()), "{name}: {known:?}");
        assert!(became(&after, changed[0]), "{name}: {:?}", changed[0]);
        assert_eq!((after.customers.len(), after.models.len()), (once.customers.len(), once.models.len()), "{name}");
        // And that file once more changes nothing.
        let again = changes(&after, &later).1;
        let differ = |(one, other): &(&std::sync::Arc<Deal>, &std::sync::Arc<Deal>)| one != other;
        assert!(again == after, "{name}: {:#?}", again.deals.iter().zip(after.deals.iter()).find(differ));
    }
}

#[test]
fn every_maven_file_comes_in_once() {
    let Some(paths) = MAVEN.iter().map(|name| shared(name)).collect::<Option<Vec<_>>>() else { return };
    let mut workspace = workspace();
    for path in paths {
        let sheet = sheet(&fs::read(path).unwrap());
        workspace = import(&[("sales_pipeline.csv", &sheet)], &Options::default(), &workspace).1;
        assert_eq!(workspace.deals.len(), 8800);
    }
}

#[test]
fn what_was_done_here_since_stays() {
    let file = "Record ID,Deal Name,Deal Stage,Amount,Create Date\n1,One,Prospecting,100,2026-01-05\n2,Two,Proposal,100,2026-01-05\n";
    let once = changes(&workspace(), file).1;
    // One goes on here.
    let first = deal(&once, "1");
    let proposal = deal(&once, "2").standing().stage;
    let command = loudou::model::Command::MoveDeal { id: first.id, to: proposal, override_reason: None };
    let mut on_march = stamp(77);
    on_march.on = "2026-03-01".parse().unwrap();
    let moved = once.with(&apply(&once, command, on_march).unwrap());
    let (import, after) = changes(&moved, file);
    assert!(after == moved);
    let problems: Vec<_> = import.summary.problems.iter().map(|problem| (problem.line, problem.kind)).collect();
    assert_eq!(problems, [(2, ProblemKind::StandsElsewhere)]);
    // What the file has for the other is taken.
    let (_, after) = changes(&moved, &file.replace("2,Two,Proposal,100", "2,Two,Prospecting,100"));
    assert_eq!(after.stage_of(deal(&after, "2")).unwrap().1.name, "Prospecting");
}

#[test]
fn known_deals_can_stay_or_come_in_once_more() {
    let file = "Record ID,Deal Name,Deal Stage,Amount\n1,One,Prospecting,100\n2,Two,Proposal,100\n";
    let once = changes(&workspace(), file).1;
    let later = sheet(file.replace("Two,Proposal,100", "Two,Proposal,900").as_bytes());
    let with = |on_known| import(&[("export.csv", &later)], &Options { on_known, ..Options::default() }, &once);
    let (left, after) = with(OnKnown::Leave);
    assert_eq!((left.summary.known, after == once), (2, true));
    let (added, after) = with(OnKnown::Add);
    assert_eq!((added.summary.known, added.summary.deals.created, after.deals.len()), (0, 2, 4));
}

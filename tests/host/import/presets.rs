//! Headers as other products write them: what each column means, what becomes of the rows. All rows are made up.

use loudou::codec::csv::Cleaned;

use super::*;

/// Columns that take part, by what they mean.
fn meanings(sheet: &Sheet) -> Vec<(&str, Field)> {
    let columns = sheet.shape.columns.iter();
    columns.filter_map(|column| Some((column.header.as_str(), column.meaning.field()?))).collect()
}

fn one_file(text: &str) -> (Import, Workspace) {
    import(&[("export.csv", &sheet(text.as_bytes()))], &Options::default(), &workspace())
}

/// The stages of a deal, each with its day, and how it ended.
fn told(workspace: &Workspace, deal: &Deal) -> Vec<(String, String)> {
    let model = workspace.models.get(deal.standing().model).unwrap();
    let name = |kind: &EventKind| match kind {
        EventKind::Won { .. } => "won".to_owned(),
        EventKind::Lost { .. } => "lost".to_owned(),
        kind => kind.stage().and_then(|stage| model.stage(stage)).unwrap().name.clone(),
    };
    deal.history().iter().map(|event| (event.on.unwrap().to_string(), name(&event.kind))).collect()
}

fn days(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(day, name)| (format!("2026-{day}"), (*name).to_owned())).collect()
}

#[test]
fn salesforce_opportunities_by_their_api_names() {
    let (import, after) = one_file(
        "\u{feff}Id,Name,AccountId,StageName,Amount,Probability,CloseDate,CreatedDate,IsClosed,IsWon,OwnerId,LeadSource,\
         NextStep,LastStageChangeDate,CurrencyIsoCode,Loss_Reason__c\n\
         006001,One,001A,Prospecting,100.5,10,2026-09-30,2026-01-05T01:44:30.000+0000,,,005A,Web,Call,2026-01-05,USD,\n\
         006002,Two,001A,Closed Won,200,100,2026-03-01,2026-01-06T01:44:30.000+0000,1,1,005A,Web,,2026-03-01,USD,\n\
         006003,Three,001B,Closed Lost,50,0,2026-04-01,2026-01-07T01:44:30.000+0000,1,,005B,Fair,,2026-04-01,USD,Price\n",
    );
    assert_eq!(import.summary.problems, []);
    assert_eq!((after.deals.len(), import.summary.won.deals, import.summary.lost.deals), (3, 1, 1));
    let lost = deal(&after, "006003");
    assert!(matches!(&lost.standing().status, Status::Lost { reason, .. } if reason == "Price"));
    assert_eq!(deal(&after, "006001").details.source, "Web");
    assert_eq!(deal(&after, "006001").standing().expected_close.unwrap().to_string(), "2026-09-30");
}

#[test]
fn salesforce_reports_with_labels_and_footer() {
    let (import, after) = one_file(
        "\"Opportunity Owner\",\"Owner Role\",\"Account Name\",\"Opportunity Name\",\"Stage\",\"Fiscal Period\",\"Amount Currency\",\
         \"Amount\",\"Probability (%)\",\"Age\",\"Close Date\",\"Created Date\",\"Next Step\",\"Lead Source\",\"Type\"\n\
         \"Ada\",\"North\",\"Acme\",\"One\",\"Proposal/Price Quote\",\"Q3-2026\",\"USD\",\"1,200.50\",\"75\",\"20\",\"9/30/2026\",\"1/5/2026\",\"\",\
         \"Web\",\"New Business\"\n\
         \"Bob\",\"South\",\"Beta\",\"Two\",\"Closed Won\",\"Q1-2026\",\"USD\",\"300.00\",\"100\",\"9\",\"3/14/2026\",\"1/6/2026\",\"\",\"Web\",\"\"\n\n\
         \"Grand Totals (2 records)\"\n\"All opportunities\"\n\
         \"Confidential Information - Do Not Distribute\"\n\
         \"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n",
    );
    assert_eq!((after.deals.len(), import.summary.problems.len()), (2, 0));
    let one = after.deals.iter().find(|deal| deal.details.title == "One").unwrap();
    assert_eq!(
        (one.standing().amount, told(&after, one)),
        (Money::from_minor(120_050), days(&[("01-05", "Proposal/Price Quote")]))
    );
    assert_eq!(after.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Ada", "Bob"]);
}

#[test]
fn salesforce_opportunity_history_from_stage_to_stage() {
    // No ids, newest first, the present state beside each change.
    let (import, after) = one_file(
        "Opportunity Name,From Stage,To Stage,Stage Duration,Last Modified,Last Modified By,Amount,Close Date,Stage,Created Date\n\
         One,Needs Analysis,Closed Won,10,3/20/2026,Ada,100,3/20/2026,Closed Won,1/5/2026\n\
         One,Prospecting,Needs Analysis,30,2/14/2026,Ada,100,3/20/2026,Closed Won,1/5/2026\n\
         Two,Prospecting,Needs Analysis,12,1/18/2026,Bob,50,9/30/2026,Needs Analysis,1/6/2026\n",
    );
    assert_eq!(import.summary.problems, []);
    let way = |title: &str| told(&after, after.deals.iter().find(|deal| deal.details.title == title).unwrap());
    assert_eq!(way("One"), days(&[("01-05", "Prospecting"), ("02-14", "Needs Analysis"), ("03-20", "won")]));
    assert_eq!(way("Two"), days(&[("01-06", "Prospecting"), ("01-18", "Needs Analysis")]));
    assert_eq!((after.deals.len(), import.summary.files[0].imported), (2, 3));
    assert!(after.deals.iter().all(|deal| deal.details.custom.keys().all(|name| name != "Last Modified")));
}

#[test]
fn salesforce_history_rows_of_every_edit() {
    // Two edits within one stage are one stay; the row's own id is not the deal's; false is blank.
    let (import, after) = one_file(
        "\u{feff}Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,CloseDate,Probability,ForecastCategory,SystemModstamp,IsDeleted\n\
         008A,006A,005,2026-01-05T08:00:00.000Z,Prospecting,100,2026-06-30,10,Pipeline,2026-01-05T08:00:00.000Z,\n\
         008B,006A,005,2026-01-20T08:00:00.000Z,Prospecting,120,2026-06-30,10,Pipeline,2026-01-20T08:00:00.000Z,\n\
         008C,006A,005,2026-02-10T08:00:00.000Z,Needs Analysis,130,2026-07-31,20,Pipeline,2026-02-10T08:00:00.000Z,\n\
         008D,006B,005,2026-01-06T08:00:00.000Z,Prospecting,50,2026-05-31,10,Pipeline,2026-01-06T08:00:00.000Z,\n\
         008E,006B,005,2026-03-01T08:00:00.000Z,Closed Lost,50,2026-03-01,0,Omitted,2026-03-01T08:00:00.000Z,\n",
    );
    assert_eq!(import.summary.problems, []);
    assert_eq!(after.deals.len(), 2);
    let (first, second) = (deal(&after, "006A"), deal(&after, "006B"));
    assert_eq!(told(&after, first), days(&[("01-05", "Prospecting"), ("02-10", "Needs Analysis")]));
    assert_eq!(told(&after, second), days(&[("01-06", "Prospecting"), ("03-01", "lost")]));
    // What else is known comes from the newest row.
    assert_eq!(first.standing().amount, Money::from_minor(13_000));
    assert_eq!(first.standing().expected_close.unwrap().to_string(), "2026-07-31");
}

#[test]
fn a_log_of_stages_in_any_order() {
    let (import, after) = one_file(
        "deal_id,stage,entered\n7,谈判,2026-02-01\n7,线索,2026-01-05\n8,线索,2026-01-06\n7,成交,2026-03-01\n8,谈判,2026-01-09\n",
    );
    assert_eq!(import.summary.problems, []);
    assert_eq!(told(&after, deal(&after, "7")), days(&[("01-05", "线索"), ("02-01", "谈判"), ("03-01", "won")]));
    assert_eq!(told(&after, deal(&after, "8")), days(&[("01-06", "线索"), ("01-09", "谈判")]));
    // Rows of one stage are one stay; what was left too early or too late lasts until the next is entered; a row without a stage is said.
    let (import, after) = one_file(
        "deal_id,stage,entered,left\n7,线索,2026-01-05,2026-01-20\n7,线索,2026-01-20,2026-02-01\n7,谈判,2026-02-03,2026-03-05\n\
         7,成交,2026-03-01,\n8,线索,2026-01-06,2026-01-09\n8,,2026-01-08,\n8,谈判,2026-01-09,\n",
    );
    assert_eq!(import.summary.cleaned, Cleaned { runs: 1, gaps: 1, overlaps: 1 });
    assert_eq!(told(&after, deal(&after, "7")), days(&[("01-05", "线索"), ("02-03", "谈判"), ("03-01", "won")]));
    let problems: Vec<_> = import.summary.problems.iter().map(|problem| (problem.line, problem.kind)).collect();
    assert_eq!(problems, [(7, ProblemKind::NoStage)]);
    assert!(after.deals.iter().all(|deal| deal.details.custom.is_empty()));
    // Where every deal stands once, each row is a deal.
    let (_, after) = one_file("deal_id,stage,created\n7,谈判,2026-02-01\n8,线索,2026-01-06\n");
    assert_eq!(told(&after, deal(&after, "7")), days(&[("02-01", "谈判")]));
}

#[test]
fn hubspot_columns_in_both_styles_of_quotes() {
    let text = |quote: &str| {
        let column = |stage: &str| format!("\"Date entered {quote}{stage} (Sales Pipeline){quote}\"");
        format!(
            "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner,Associated Company,Closed Lost Reason,\
             Deal probability,{},{},{}\n\
             1,One,Demo,Sales Pipeline,100,2026-09-30,2026-01-05 09:30,Ada,Acme,,0.4,2026-01-05 09:30,2026-02-01 10:00,\n\
             2,Two,Closed Won (Sales Pipeline),Sales Pipeline,200,2026-03-10,2026-01-06 09:30,Ada,Acme,,1,2026-01-06 09:30,2026-02-02 10:00,\
             2026-03-10 08:00\n",
            column("Qualified"),
            column("Demo"),
            column("Closed Won"),
        )
    };
    let both = ["\"\"", "'"].map(|quote| one_file(&text(quote)));
    for (import, after) in &both {
        assert_eq!(import.summary.problems, []);
        assert_eq!(told(after, deal(after, "1")), days(&[("01-05", "Qualified"), ("02-01", "Demo")]));
        assert_eq!(told(after, deal(after, "2")), days(&[("01-06", "Qualified"), ("02-02", "Demo"), ("03-10", "won")]));
        assert_eq!(import.summary.model.as_ref().map(|(name, _)| name.as_str()), Some("Sales Pipeline"));
    }
    assert!(both[0].1 == both[1].1);
}

#[test]
fn hubspot_internal_names() {
    let (import, after) = one_file(
        "hs_object_id,dealname,dealstage,pipeline,amount,closedate,createdate,hubspot_owner_id,deal_currency_code\n\
         1,One,qualifiedtobuy,default,100,2026-09-30,2026-01-05 09:30,77,USD\n\
         2,Two,closedlost,default,200,2026-03-10,2026-01-06 09:30,77,USD\n",
    );
    assert_eq!((import.summary.problems.len(), after.deals.len(), import.summary.lost.deals), (0, 2, 1));
}

#[test]
fn pipedrive_columns_of_entity_and_field() {
    let (import, after) = one_file(
        "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Contact person,\
         Deal - Pipeline,Deal - Stage,Deal - Label,Deal - Status,Deal - Deal created,Deal - Update time,Deal - Last stage change,\
         Deal - Won time,Deal - Lost time,Deal - Deal closed on,Deal - Lost reason,Deal - Expected close date,Deal - Probability,Deal - Status\n\
         1,One,Ada,1000,USD,Acme,Mr A,Sales,Proposal Made,,Open,2026-01-05 14:00:00,2026-02-01 10:00:00,2026-02-01 10:00:00,,,,,\
         2026-09-30,40,red\n\
         2,Two,Ada,500,USD,Acme,,Sales,Proposal Made,,Won,2026-01-06 14:00:00,2026-03-01 10:00:00,2026-02-01 10:00:00,\
         2026-03-01 10:00:00,,2026-03-01 10:00:00,,2026-03-31,,\n\
         3,Three,Bob,70,USD,Beta,,Sales,Qualified,,Lost,2026-01-07 14:00:00,2026-04-01 10:00:00,2026-02-01 10:00:00,,\
         2026-04-01 10:00:00,2026-04-01 10:00:00,Too dear,2026-05-31,,green\n",
    );
    assert_eq!(import.summary.problems, []);
    assert_eq!((import.summary.won.deals, import.summary.lost.deals, after.customers.len()), (1, 1, 2));
    let Status::Lost { on, reason, .. } = &deal(&after, "3").standing().status else { panic!("not lost") };
    assert_eq!((on.unwrap().to_string().as_str(), reason.as_str()), ("2026-04-01", "Too dear"));
    let Status::Won { on } = &deal(&after, "2").standing().status else { panic!("not won") };
    assert_eq!(on.unwrap().to_string(), "2026-03-01");
    // A field of one's own may repeat a label: it must not overwrite the first.
    assert!(deal(&after, "1").standing().is_open());
}

#[test]
fn zoho_keeps_every_digit_of_an_id() {
    let (import, after) = one_file(
        "Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,Type,Probability (%),\
         Next Step,Lead Source,Contact Name.id,Contact Name,Created Time,Modified Time,Campaign Source,Description,Expected Revenue,\
         Reason For Loss,Currency,Tag\n\
         zcrm_4876876000000111001,zcrm_1,Ada,1000,One,2026-09-30,zcrm_4876876000000222001,Acme,Qualification,New,10,Call,Web,zcrm_9,Mr A,\
         2026-01-05 08:00:00,2026-01-06 08:00:00,,About it,100,,USD,hot\n\
         zcrm_4876876000000111002,zcrm_1,Ada,500,Two,2026-03-31,zcrm_4876876000000222001,Acme,Closed Lost,New,0,,Web,,,\
         2026-01-07 08:00:00,2026-03-31 08:00:00,,,0,Price,USD,\n",
    );
    assert_eq!(import.summary.problems, []);
    let one = deal(&after, "zcrm_4876876000000111001");
    assert_eq!(one.standing().amount, Money::from_minor(100_000), "the amount, not the expected revenue");
    assert!(
        matches!(&deal(&after, "zcrm_4876876000000111002").standing().status, Status::Lost { reason, .. } if reason == "Price")
    );
    assert_eq!((after.customers.len(), one.details.tags.len()), (1, 1));
}

#[test]
fn odoo_archives_what_is_lost() {
    let (import, after) = one_file(
        "External ID,Opportunity,Customer,Contact Name,Email,Phone,Salesperson,Sales Team,Stage,Priority,Tags,Expected Revenue,\
         Prorated Revenue,Probability,Expected Closing,Closed Date,Last Stage Update,Lost Reason,Active,Created on\n\
         crm.1,One,Acme,Mr A,a@example.com,0301,Ada,North,Qualified,1,hot,1000,300,30,2026-09-30,,2026-02-01 08:00:00,,True,2026-01-05 08:00:00\n\
         crm.2,Two,Acme,,,,Ada,North,Won,0,,500,500,100,2026-03-31,2026-03-15 08:00:00,2026-03-15 08:00:00,,True,2026-01-06 08:00:00\n\
         crm.3,Three,Beta,,,,Bob,North,Qualified,0,,70,0,0,2026-05-31,2026-04-01 08:00:00,2026-02-01 08:00:00,Too dear,False,2026-01-07 08:00:00\n",
    );
    assert_eq!(import.summary.problems, []);
    assert_eq!((import.summary.won.deals, import.summary.lost.deals), (1, 1));
    let Status::Lost { on, reason, .. } = &deal(&after, "crm.3").standing().status else { panic!("not lost") };
    assert_eq!((on.unwrap().to_string().as_str(), reason.as_str()), ("2026-04-01", "Too dear"));
}

#[test]
fn twenty_puts_a_joiner_before_what_looks_like_a_formula() {
    let (import, after) = one_file(
        "Id,Name,Amount / Amount,Amount / Currency,Close date,Stage,Company,Point of Contact Id,Creation date,Last update\n\
         a1,\u{200d}-10% pilot,1000,USD,2026-09-30,PROPOSAL,Acme,p1,2026-01-05,2026-01-06\n\
         a2,Two,500,USD,2026-03-31,CUSTOMER,Acme,p1,2026-01-06,2026-03-31\n",
    );
    assert_eq!(import.summary.problems, []);
    assert_eq!((import.summary.won.deals, deal(&after, "a1").details.title.as_str()), (1, "-10% pilot"));
}

#[test]
fn atomic_crm_raw_columns() {
    let (import, after) = one_file(
        "id,name,company_id,contact_ids,category,stage,description,amount,created_at,updated_at,archived_at,expected_closing_date,sales_id,index\n\
         1,One,11,,print,in-negociation,About,1000,2026-01-05T08:00:00.000Z,2026-01-06T08:00:00.000Z,,2026-09-30,3,0\n\
         2,Two,12,,print,won,,500,2026-01-06T08:00:00.000Z,2026-03-31T08:00:00.000Z,,2026-03-31,3,1\n\
         3,Three,12,,print,delayed,,70,2026-01-07T08:00:00.000Z,2026-04-01T08:00:00.000Z,,2026-05-31,3,2\n",
    );
    assert_eq!(import.summary.problems, []);
    assert_eq!((import.summary.won.deals, import.summary.dormant.deals), (1, 1));
    assert_eq!(after.stage_of(deal(&after, "1")).unwrap().1.name, "in-negociation");
}

#[test]
fn chinese_products() {
    let files = [
        "商机编号,商机名称,客户ID,商机阶段,预估金额,实际金额,预期成交日期,实际成交日期,负责人,优先级,创建时间\n\
         S1,一,K1,方案报价,3.5万,,2026-09-30,,张三,高,2026-01-05 08:00\nS2,二,K2,成交,20000,18000,2026-03-31,2026-03-15,李四,中,2026-01-06 08:00\n",
        "ID,标题,客户ID,客户名称,联系人ID,联系人名称,金额,阶段,概率,预计成交日期,描述,来源线索ID,创建时间,更新时间\n\
         S1,一,K1,甲公司,L1,王五,35000,方案报价,40,2026-09-30,说明,X1,2026-01-05,2026-01-06\n\
         S2,二,K2,乙公司,,,18000,成交,100,2026-03-15,,,2026-01-06,2026-03-15\n",
        "商机名称*,客户名称*,业务编码,商机来源,金额,意向产品,结束时间,可能性,联系人,客户标签,负责人,部门,商机阶段,赢率,实际结束时间,失败原因\n\
         一,甲公司,S1,网站,35000,软件,2026-09-30,40,王五,重点,张三,华北,方案验证,50,,\n\
         二,乙公司,S2,展会,¥18000,软件,2026-03-31,100,,,李四,华北,成功,100,2026-03-15,\n",
    ];
    for file in files {
        let (import, after) = one_file(file);
        assert_eq!(import.summary.problems, [], "{file}");
        assert_eq!((import.summary.won.deals, after.deals.len()), (1, 2), "{file}");
        assert_eq!(deal(&after, "S1").standing().amount, Money::from_minor(3_500_000), "{file}");
        assert_eq!(deal(&after, "S2").standing().amount, Money::from_minor(1_800_000), "{file}");
        let Status::Won { on } = deal(&after, "S2").standing().status else { panic!("not won: {file}") };
        assert!(on.is_some(), "{file}");
    }
}

#[test]
fn every_column_of_the_core_is_known() {
    let read = sheet(
        b"Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Probability (%),Close Date,Created Date,Opportunity Owner\n\
          1,a,b,Open,1,10,2026-01-01,2026-01-01,c\n",
    );
    assert_eq!(meanings(&read).len(), 9);
}

//! What the names of columns mean, in the exports of many products.

use serde::{Deserialize, Serialize};

use crate::naming::fold;

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident: $kind:ident [$($name:literal)*],)*) => {
        /// What a column means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Field {
            $($(#[$doc])* $field,)*
        }

        impl Field {
            /// Every field, for a list to choose from.
            pub const ALL: &[Self] = &[$(Self::$field,)*];

            /// What a column of this meaning holds.
            pub fn expects(self) -> Expected {
                match self {
                    $(Self::$field => Expected::$kind,)*
                }
            }

            /// The keys of the names it goes by.
            fn names(self) -> &'static [&'static str] {
                match self {
                    $(Self::$field => &[$($name,)*],)*
                }
            }
        }
    };
}

/// What a column should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// An identifier that must keep every digit.
    Identifier,
    /// Words, whatever they look like.
    Words,
    /// A number.
    Number,
    /// A date.
    Date,
    /// Yes or no.
    Flag,
}

// The names are keys: lower case, letters and digits only, so that `Close Date`, `close_date` and `CloseDate` are one.
// From the exports of Salesforce, HubSpot, Pipedrive, Zoho, Odoo, Twenty, Atomic CRM, Bitrix24, monday.com and Chinese products.
fields! {
    /// The record's own id in the file.
    Reference: Identifier ["id" "opportunityid" "dealid" "recordid" "hsobjectid" "dealpipedrivesystemid" "externalid" "loudouid"
        "loudouidc" "dealloudouid"
        "商机编号" "业务编码" "客户编号" "编号"],
    /// The record's name; whose, the rest of the columns says.
    Name: Words ["name" "fullname" "名称" "title" "标题"],
    /// What a deal is about.
    Title: Words ["opportunityname" "dealname" "dealtitle" "opportunity" "deal" "название" "商机名称" "商机" "项目名称" "subject"
        "opportunitytitle"],
    /// The customer's name.
    Customer: Words ["account" "accountname" "customer" "customername" "company" "companyname" "associatedcompany"
        "primaryassociatedcompany" "dealorganization" "organizationname" "organization" "partnerid" "partnername" "компания"
        "客户名称" "客户" "客户公司" "关联客户" "公司名称" "firma" "kunde" "kundenname" "cliente" "empresa" "entreprise" "client"
        "customercompany"],
    /// The customer's id in the file.
    CustomerReference: Identifier ["accountid" "companyid" "associatedcompanyids" "accountnameid" "dealorganizationid" "clientcode" "客户id"
        "partneridid" "accountloudouidc" "companyloudouid" "organizationloudouid"],
    /// The person at the customer.
    Contact: Words ["contact" "contactname" "primarycontact" "associatedcontact" "dealcontactperson" "personname" "contactperson"
        "联系人" "联系人名称" "ansprechpartner"],
    /// That person's id in the file.
    ContactReference: Identifier ["contactid" "associatedcontactids" "contactnameid" "dealcontactpersonid" "pointofcontactid"
        "contactids" "联系人编号" "联系人id" "personloudouid"],
    /// The stage of the process.
    Stage: Words ["stage" "stagename" "dealstage" "dealstagepipeline" "salesstage" "stageid" "стадиясделки" "商机阶段"
        "阶段" "销售阶段" "phase" "etapa" "verkaufsphase" "opportunitystage" "pipelinestage"],
    /// The funnel model it runs through.
    Pipeline: Words ["pipeline" "dealpipeline" "opportunityrecordtype" "recordtypeid" "categoryid" "subpipeline" "salesprocess"],
    /// Open, won or lost.
    Status: Words ["status" "dealstatus" "状态" "项目状态" "商机状态" "outcome" "loudoustatus"
        "loudoustatusc" "dealloudoustatus"],
    /// Whether the deal is closed.
    Closed: Flag ["closed" "isclosed" "isdealclosed"],
    /// Whether the deal is won.
    Won: Flag ["won" "iswon" "isclosedwon"],
    /// Whether the deal is lost.
    Lost: Flag ["isclosedlost" "lost" "islost"],
    /// Whether the deal is in use: what is archived without a chance is lost.
    Active: Flag ["active"],
    /// What a deal may bring, or brought.
    Amount: Number ["amount" "dealvalue" "dealdealvalue" "closevalue" "value" "expectedrevenue" "amountamount" "opportunityamount"
        "сумма" "商机金额" "金额" "预估金额" "预计金额" "预计合同金额" "预计合同金额含税" "合同金额" "betrag" "montant" "importe" "valor"
        "maskeddealvalue" "dealamount" "umsatz"],
    /// What a won deal brought, beside what it was expected to bring.
    WonAmount: Number ["closeddealamount" "实际金额" "成交金额"],
    /// The currency of the amount.
    Currency: Words ["currency" "currencyisocode" "amountcurrency" "dealcurrencycode" "dealcurrencyofvalue" "dealcurrency"
        "currencyid" "币种" "währung"],
    /// Amount times probability: computed here, so never read.
    WeightedAmount: Number ["weightedamount" "dealweightedvalue" "proratedrevenue"],
    /// The chance of winning.
    Probability: Number ["probability" "dealprobability" "赢率" "可能性" "成交概率" "概率" "wahrscheinlichkeit" "probabilidad"],
    /// When the deal may close.
    ExpectedClose: Date ["expectedclosedate" "expectedclose" "dealexpectedclosedate" "closingdate" "expectedclosing" "datedeadline"
        "expectedclosingdate" "预计成交日期" "预期成交日期" "结束时间" "预计签约日期" "tentativeclosedate" "forecastclosedate"
        "geplanterabschluss"],
    /// When a closed deal closed and an open one may.
    CloseDate: Date ["closedate" "датазавершения" "abschlussdatum" "fechadecierre" "closedatea" "成交日期"],
    /// When the deal closed, won or lost.
    ClosedOn: Date ["dealclosedon" "dealdealclosedon" "closeddate" "dateclosed" "closedon" "实际成交日期" "实际结束时间"
        "actualclosedate"],
    /// When it was won.
    WonOn: Date ["dealwontime" "wontime" "wondate" "wonon" "赢单时间"],
    /// When it was lost.
    LostOn: Date ["deallosttime" "losttime" "lostdate" "loston" "输单时间"],
    /// When the deal began.
    Created: Date ["created" "createddate" "createdate" "hubspotcreatedate" "dealdealcreated" "dealdealcreatedon" "dealcreationdate"
        "createdtime" "createdon" "creationdate" "createdat" "датасоздания" "datecreate" "begindate" "创建时间" "创建日期" "engagedate"
        "erstelltam" "fechadecreacion" "startdate" "opendate"],
    /// When it entered the stage it is in.
    StageEntered: Date ["laststagechangedate" "dateenteredcurrentstage" "deallaststagechange" "laststageupdate"
        "entered" "enteredon" "dateentered" "stageentered" "进入时间" "进入日期"
        "datelaststageupdate" "movedtime" "阶段变更时间"],
    /// In a log of stages, when it left the stage of the row.
    StageLeft: Date ["left" "lefton" "dateleft" "exited" "exitedon" "dateexited" "stageleft" "validthroughdate" "离开时间" "离开日期"],
    /// When it entered the stage that the column's name says.
    EnteredStage: Date [],
    /// When the record was changed last.
    Modified: Date ["lastmodifieddate" "lastmodified" "systemmodstamp" "dealupdatetime" "modifiedtime" "lastupdatedon" "writedate"
        "lastupdate"
        "updatedat" "datemodify" "更新时间"],
    /// In a report of changes, the field that changed.
    ChangedField: Words ["fieldevent" "changedfield"],
    /// What it was before the change.
    OldValue: Words ["oldvalue" "fromstage" "fromopportunitystagename" "previousstage" "原阶段" "变更前阶段"],
    /// What it has been since the change.
    NewValue: Words ["newvalue" "tostage" "newstage" "新阶段" "变更后阶段"],
    /// When it changed.
    ChangedOn: Date ["editdate" "changedate" "changedon" "变更时间" "变更日期"],
    /// When somebody was last in touch.
    LastActivity: Date ["lastactivitydate" "lastactivity" "lastcontacted" "deallastactivitydate" "lastactivitytime" "最后跟进时间"],
    /// The seller.
    Owner: Words ["owner" "ownername" "opportunityowner" "dealowner" "salesperson" "salesagent" "salesrep" "userid" "accountowner"
        "ответственный" "负责人" "主责销售" "责任人" "销售负责人" "销售" "verkäufer" "vendedor" "rep" "seller" "agent" "员工" "姓名"],
    /// The seller's id in the file.
    OwnerReference: Identifier ["ownerid" "hubspotownerid" "dealownerid" "salesid" "assignedbyid" "负责人编号" "ownercode"],
    /// Where the seller works.
    Department: Words ["department" "regionaloffice" "office" "team" "salesteam" "teamid" "ownerrole" "部门" "团队" "abteilung"
        "departamento"],
    /// Who leads the department.
    Manager: Words ["manager" "salesmanager" "teamlead" "主管" "经理" "部门经理" "上级"],
    /// How the customer reached us.
    Source: Words ["source" "leadsource" "originaltrafficsource" "originalsource" "dealsourcechannel" "campaignsource" "источник"
        "sourceid" "商机来源" "来源" "客户来源" "线索来源"],
    /// The kind of deal.
    DealType: Words ["type" "dealtype" "deallabel" "category" "opportunitytype"],
    /// What is to be done next.
    NextStep: Words ["nextstep" "nextactivity" "nextaction" "下一步" "下一步计划"],
    /// Why it was lost.
    LostReason: Words ["lostreason" "lossreason" "closedlostreason" "deallostreason" "reasonforloss" "lostreasonid" "lossreasonc"
        "lostreasonc" "失败原因" "输单原因" "丢单原因" "absagegrund" "reasonlost"],
    /// The seller's category of certainty.
    Forecast: Words ["forecastcategory" "forecastcategoryname" "forecast" "closureprobability"],
    /// What is sold.
    Product: Words ["product" "productname" "dealproductname" "意向产品" "产品" "产品名称" "produkt" "producto" "item"],
    /// How many units.
    Units: Number ["units" "quantity" "qty" "数量" "套数" "menge" "cantidad"],
    /// A product's family.
    Series: Words ["series" "productfamily" "productline" "产品系列" "系列"],
    /// A product's list price.
    Price: Number ["price" "salesprice" "listprice" "unitprice" "单价" "价格" "preis" "precio"],
    /// The customer's industry.
    Industry: Words ["industry" "sector" "行业" "所属行业" "branche"],
    /// The customer's number of employees, or its class of size.
    Size: Words ["employees" "numberofemployees" "size" "companysize" "员工数" "人数" "规模" "客户规模" "mitarbeiter"],
    /// The customer's turnover.
    Revenue: Number ["revenue" "annualrevenue" "年收入" "营业额" "年营业额"],
    /// Where the customer is.
    Territory: Words ["region" "territory" "officelocation" "location" "country" "billingcountry" "区域" "地区" "省份" "país" "land"],
    /// The customer's street and town.
    Address: Words ["address" "street" "billingaddress" "地址" "adresse" "dirección"],
    /// The year the customer was founded.
    Founded: Identifier ["yearestablished" "founded" "yearfounded" "成立年份" "成立时间"],
    /// The company the customer belongs to.
    Parent: Words ["subsidiaryof" "parentaccount" "parentcompany" "母公司" "上级公司"],
    /// A phone number.
    Phone: Identifier ["phone" "mobile" "telephone" "phonenumber" "contactphone" "电话" "手机" "联系电话" "telefon" "teléfono"],
    /// An e-mail address.
    Email: Words ["email" "emailaddress" "contactemail" "邮箱" "电子邮件" "correo"],
    /// A job title.
    JobTitle: Words ["jobtitle" "jobposition" "position" "职务" "职位"],
    /// Labels.
    Tags: Words ["tag" "tags" "标签" "客户标签"],
    /// How urgent it is.
    Priority: Words ["priority" "优先级"],
    /// Free text.
    Notes: Words ["notes" "note" "description" "dealdescription" "comments" "备注" "描述" "跟进" "bemerkung" "notas"],
}

/// A name as it is looked up: width and case folded, letters and digits only.
pub(super) fn key(header: &str) -> String {
    fold(header).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// What a column of this name means; `None` for a name nobody taught us.
///
/// Case, blanks, punctuation, a trailing `*`, full width and invisible signs do not matter.
///
/// # Examples
///
/// ```
/// use loudou::codec::csv::{Field, field_of};
///
/// assert_eq!(field_of("\u{feff}Deal - Expected close date"), Some(Field::ExpectedClose));
/// assert_eq!(field_of("客户名称*"), Some(Field::Customer));
/// assert_eq!(field_of("Date entered \"Demo (Sales Pipeline)\""), Some(Field::EnteredStage));
/// assert_eq!(field_of("Shoe size"), None);
/// ```
pub fn field_of(header: &str) -> Option<Field> {
    if entered_stage(header).is_some() {
        return Some(Field::EnteredStage);
    }
    let key = key(header);
    Field::ALL.iter().copied().find(|field| field.names().contains(&key.as_str()))
}

/// The stage and its pipeline that a `HubSpot` history column names: `Date entered "Demo (Sales Pipeline)"`, in old exports with
/// single quotes. The pipeline is empty when the name has none.
pub(super) fn entered_stage(header: &str) -> Option<(&str, &str)> {
    let header = header.trim();
    let rest = header.get(.."date entered ".len()).filter(|start| start.eq_ignore_ascii_case("date entered "))?;
    let rest = header.get(rest.len()..)?.trim();
    let inner = ['"', '\'']
        .iter()
        .find_map(|quote| rest.strip_prefix(*quote)?.strip_suffix(*quote))
        .or_else(|| rest.strip_prefix('“')?.strip_suffix('”'))?;
    Some(split_pipeline(inner))
}

/// Splits `Demo (Sales Pipeline)` into its stage and its pipeline.
pub(super) fn split_pipeline(text: &str) -> (&str, &str) {
    let split = text.strip_suffix(')').and_then(|inner| inner.rsplit_once(" ("));
    split.map_or((text, ""), |(stage, pipeline)| (stage.trim(), pipeline.trim()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn no_name_means_two_things() {
        let mut seen = BTreeMap::new();
        for field in Field::ALL {
            for name in field.names() {
                assert_eq!(key(name), **name, "a key is folded already");
                assert_eq!(seen.insert(*name, *field), None, "{name}");
            }
        }
    }

    #[test]
    fn spellings_of_one_name() {
        for name in [
            "Close Date",
            "close_date",
            "CLOSEDATE",
            "CloseDate",
            " Close\u{a0}Date* ",
            "Ｃｌｏｓｅ Date",
            "\u{200b}close-date",
        ] {
            assert_eq!(field_of(name), Some(Field::CloseDate), "{name}");
        }
        assert_eq!(field_of("Probability (%)"), Some(Field::Probability));
        assert_eq!(field_of("Account Name.id"), Some(Field::CustomerReference));
    }

    #[test]
    fn history_columns_name_their_stage() {
        assert_eq!(
            entered_stage("Date entered \"Closed Won (Sales Pipeline)\""),
            Some(("Closed Won", "Sales Pipeline"))
        );
        assert_eq!(entered_stage("Date entered 'Demo (EU) (Sales Pipeline)'"), Some(("Demo (EU)", "Sales Pipeline")));
        assert_eq!(entered_stage("Date entered current stage"), None);
        assert_eq!(entered_stage("Date exited \"Demo\""), None);
    }
}

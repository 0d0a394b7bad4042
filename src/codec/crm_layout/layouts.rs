//! The columns that each product imports, in its own words.
//!
//! From the products' own pages on importing: Salesforce "Prepare a CSV File for an Import or Update" and the Data Loader guide (a column
//! `Relationship.Field` names a record by an external id), `HubSpot` "Set up import files", Pipedrive "Import fields" and
//! "Importing: mandatory fields", Odoo "Export and import data" (`field/id` names a record by its external id), Twenty "Prepare your CSV
//! files" and "Import relations" (10,000 records a file; notes cannot be tied to records).

use super::values::{Column, ContactColumn, account, activity, contact, deal, one};
use crate::model::{Activity, Customer, Deal};

/// A file: its name without ending, and its columns.
pub(super) type File<R> = (&'static str, &'static [Column<R>]);

/// The file of the contacts.
pub(super) type Contacts = (&'static str, &'static [ContactColumn]);

/// The files of a product.
pub(super) struct Layout {
    pub(super) accounts: File<Customer>,
    pub(super) contacts: Contacts,
    pub(super) deals: File<Deal>,
    /// `None` where the product takes none from a file.
    pub(super) activities: Option<File<Activity>>,
    /// The most rows that a file may have.
    pub(super) most_rows: usize,
}

/// More rows than a file of any of the others may have.
const UNBOUNDED: usize = usize::MAX;

/// Fields that end in `__c` are made by hand before: `Loudou_Id__c` as an external id on each of the objects.
pub(super) const SALESFORCE: Layout = Layout {
    accounts: (
        "accounts",
        &[
            ("Loudou_Id__c", account::id),
            ("Name", account::name),
            ("Industry", account::industry),
            ("NumberOfEmployees", account::employees),
            ("BillingStreet", account::address),
            ("AccountSource", account::source),
            ("Account Owner", account::owner),
            ("Description", account::notes),
        ],
    ),
    contacts: (
        "contacts",
        &[
            ("Loudou_Id__c", contact::id),
            ("Account.Loudou_Id__c", contact::account_id),
            ("Account Name", contact::account),
            ("LastName", contact::name),
            ("Title", contact::job_title),
            ("Phone", contact::phone),
            ("Email", contact::email),
            ("Description", contact::role),
        ],
    ),
    deals: (
        "opportunities",
        &[
            ("Loudou_Id__c", deal::id),
            ("Account.Loudou_Id__c", deal::account_id),
            ("Account Name", deal::account),
            ("Name", deal::title),
            ("StageName", deal::stage_or_closed),
            ("Loudou_Status__c", deal::status),
            ("Amount", deal::amount),
            ("CurrencyIsoCode", deal::currency),
            ("Probability", deal::probability),
            ("CloseDate", deal::close),
            ("CreatedDate", deal::created),
            ("Opportunity Owner", deal::owner),
            ("LeadSource", deal::source),
            ("NextStep", deal::next_step),
            ("Loss_Reason__c", deal::lost_reason),
            ("Description", deal::notes),
        ],
    ),
    activities: Some((
        "tasks",
        &[
            ("Loudou_Id__c", activity::id),
            ("Opportunity:What.Loudou_Id__c", activity::deal_id),
            ("Account Name", activity::account),
            ("Subject", activity::kind),
            ("Status", activity::completed),
            ("ActivityDate", activity::on),
            ("Task Owner", activity::by),
            ("Description", activity::text),
        ],
    )),
    most_rows: UNBOUNDED,
};

/// `Loudou ID` is made by hand before, as a property with unique values on each of the objects. What was done comes in as notes.
pub(super) const HUBSPOT: Layout = Layout {
    accounts: (
        "companies",
        &[
            ("Loudou ID", account::id),
            ("Company name", account::name),
            ("Industry", account::industry),
            ("Number of Employees", account::employees),
            ("Street Address", account::address),
            ("State/Region", account::territory),
            ("Company owner", account::owner),
            ("Description", account::notes),
        ],
    ),
    contacts: (
        "contacts",
        &[
            ("Loudou ID", contact::id),
            ("Company Loudou ID", contact::account_id),
            ("Company name", contact::account),
            ("Last Name", contact::name),
            ("Job Title", contact::job_title),
            ("Phone Number", contact::phone),
            ("Email", contact::email),
            ("Buying Role", contact::role),
        ],
    ),
    deals: (
        "deals",
        &[
            ("Loudou ID", deal::id),
            ("Company Loudou ID", deal::account_id),
            ("Associated Company", deal::account),
            ("Associated Contact", deal::contact),
            ("Deal Name", deal::title),
            ("Pipeline", deal::pipeline),
            ("Deal Stage", deal::stage_or_closed),
            ("Loudou status", deal::status),
            ("Amount", deal::amount),
            ("Currency", deal::currency),
            ("Close Date", deal::close),
            ("Create Date", deal::created),
            ("Deal owner", deal::owner),
            ("Original Source", deal::source),
            ("Next step", deal::next_step),
            ("Closed Lost Reason", deal::lost_reason),
            ("Deal Description", deal::notes),
        ],
    ),
    activities: Some((
        "notes",
        &[
            ("Deal Loudou ID", activity::deal_id),
            ("Company Loudou ID", activity::account_id),
            ("Company name", activity::account),
            ("Activity date", activity::on),
            ("Activity assigned to", activity::by),
            ("Note body", activity::text_with_kind),
        ],
    )),
    most_rows: UNBOUNDED,
};

/// Pipedrive ties records together by their names; `Loudou ID` is a field made by hand.
pub(super) const PIPEDRIVE: Layout = Layout {
    accounts: (
        "organizations",
        &[
            ("Organization - Loudou ID", account::id),
            ("Organization - Name", account::name),
            ("Organization - Industry", account::industry),
            ("Organization - Employee count", account::employees),
            ("Organization - Address", account::address),
            ("Organization - Owner", account::owner),
            ("Organization - Labels", account::tags),
            ("Note - Content", account::notes),
        ],
    ),
    contacts: (
        "people",
        &[
            ("Person - Loudou ID", contact::id),
            ("Organization - Loudou ID", contact::account_id),
            ("Organization - Name", contact::account),
            ("Person - Name", contact::name),
            ("Person - Job title", contact::job_title),
            ("Person - Phone", contact::phone),
            ("Person - Email", contact::email),
            ("Note - Content", contact::role),
        ],
    ),
    deals: (
        "deals",
        &[
            ("Deal - Loudou ID", deal::id),
            ("Organization - Loudou ID", deal::account_id),
            ("Organization - Name", deal::account),
            ("Person - Loudou ID", deal::contact_id),
            ("Person - Name", deal::contact),
            ("Deal - Title", deal::title),
            ("Deal - Pipeline", deal::pipeline),
            ("Deal - Stage", deal::stage),
            ("Deal - Loudou status", deal::status),
            ("Deal - Status", deal::outcome),
            ("Deal - Value", deal::amount),
            ("Deal - Currency of Value", deal::currency),
            ("Deal - Probability", deal::probability),
            ("Deal - Expected close date", deal::expected_close),
            ("Deal - Deal created", deal::created),
            ("Deal - Won time", deal::won_on),
            ("Deal - Lost time", deal::lost_on),
            ("Deal - Owner", deal::owner),
            ("Deal - Source channel", deal::source),
            ("Deal - Lost reason", deal::lost_reason),
            ("Deal - Labels", deal::tags),
            ("Note - Content", deal::notes),
        ],
    ),
    activities: Some((
        "activities",
        &[
            ("Deal - Loudou ID", activity::deal_id),
            ("Deal - Title", activity::deal),
            ("Organization - Name", activity::account),
            ("Activity - Subject", activity::kind),
            ("Activity - Type", activity::kind),
            ("Activity - Due date", activity::on),
            ("Activity - Done", activity::done),
            ("Activity - Assigned to user", activity::by),
            ("Activity - Note", activity::text),
        ],
    )),
    most_rows: UNBOUNDED,
};

/// The first two files go to the contacts (`res.partner`), the third to the pipeline (`crm.lead`).
pub(super) const ODOO: Layout = Layout {
    accounts: (
        "companies",
        &[
            ("id", account::id),
            ("name", account::name),
            ("is_company", one),
            ("street", account::address),
            ("user_id", account::owner),
            ("category_id", account::tags),
            ("comment", account::notes),
        ],
    ),
    contacts: (
        "contacts",
        &[
            ("id", contact::id),
            ("parent_id/id", contact::account_id),
            ("name", contact::name),
            ("function", contact::job_title),
            ("phone", contact::phone),
            ("email", contact::email),
            ("comment", contact::role),
        ],
    ),
    deals: (
        "opportunities",
        &[
            ("id", deal::id),
            ("partner_id/id", deal::account_id),
            ("partner_name", deal::account),
            ("contact_name", deal::contact),
            ("phone", deal::contact_phone),
            ("email_from", deal::contact_email),
            ("name", deal::title),
            ("stage_id", deal::stage_or_won),
            ("active", deal::active),
            ("expected_revenue", deal::amount),
            ("probability", deal::probability),
            ("date_deadline", deal::expected_close),
            ("date_closed", deal::closed_on),
            ("create_date", deal::created),
            ("user_id", deal::owner),
            ("source_id", deal::source),
            ("lost_reason_id", deal::lost_reason),
            ("tag_ids", deal::tags),
            ("description", deal::notes),
            ("Loudou status", deal::status),
        ],
    ),
    activities: None,
    most_rows: UNBOUNDED,
};

/// Its stages are values to choose from: `Won` and `Lost` are added to them before.
pub(super) const TWENTY: Layout = Layout {
    accounts: (
        "companies",
        &[
            ("Id", account::id),
            ("Name", account::name),
            ("Employees", account::employees),
            ("Address / Address 1", account::address),
            ("Industry", account::industry),
            ("Account Owner", account::owner),
        ],
    ),
    contacts: (
        "people",
        &[
            ("Id", contact::id),
            ("Name / First Name", contact::name),
            ("Emails / Primary Email", contact::email),
            ("Phones / Primary Phone Number", contact::phone),
            ("Job Title", contact::job_title),
            ("Company Id", contact::account_id),
            ("Company Name", contact::account),
        ],
    ),
    deals: (
        "opportunities",
        &[
            ("Id", deal::id),
            ("Name", deal::title),
            ("Stage", deal::stage_or_outcome),
            ("Loudou status", deal::status),
            ("Amount / Amount", deal::amount),
            ("Amount / Currency", deal::currency),
            ("Close date", deal::close),
            ("Creation date", deal::created),
            ("Company Id", deal::account_id),
            ("Company Name", deal::account),
            ("Point of Contact Id", deal::contact_id),
            ("Owner", deal::owner),
        ],
    ),
    activities: None,
    most_rows: 10_000,
};

//! The recipients of a campaign as a table for the program that sends: one row each, with or without its own text.

use super::{
    merge_text::{Place, Recipient, Template},
    table::{self, Form, neutral},
};
use crate::model::Date;

/// What stands in the columns, in order; the day of the latest touch and the text follow.
const PLACES: [Place; 9] = [
    Place::Customer,
    Place::ShortName,
    Place::Contact,
    Place::JobTitle,
    Place::Phone,
    Place::Email,
    Place::Owner,
    Place::Industry,
    Place::Territory,
];

/// The table with its headings: customer, short name, contact, job title, phone, e-mail, owner, industry, territory, touched on and,
/// with a template, the text. What is unknown is empty, and texts are [`neutral`].
///
/// # Errors
/// See [`table::encode`].
///
/// ```
/// use loudou::{codec::{merge_text::{Recipient, Template}, recipients_csv::encode, table::Form}, model::Customer};
///
/// let customer = Customer::named(1.into(), "Harwell, Inc.");
/// let recipient = Recipient { customer: &customer, contact: None, owner: None, campaign: "", company: "", today: "" };
/// let template = Template::parse("Dear {customer}", &[]).ok();
/// let text = encode(Form::Tsv, ["h"; 11], [(recipient, None)], template.as_ref())?;
/// assert_eq!(text.lines().last(), Some("Harwell, Inc.\tHarwell, Inc.\t\t\t\t\t\t\t\t\tDear Harwell, Inc."));
/// # Ok::<(), csv::Error>(())
/// ```
pub fn encode<'a>(
    form: Form,
    headings: [&str; 11],
    recipients: impl IntoIterator<Item = (Recipient<'a>, Option<Date>)>,
    template: Option<&Template>,
) -> Result<String, csv::Error> {
    let columns = PLACES.len() + 1 + usize::from(template.is_some());
    let head = headings.into_iter().take(columns).map(str::to_owned).collect::<Vec<_>>();
    let rows = recipients.into_iter().map(|(recipient, touched)| {
        let mut row: Vec<_> = PLACES.iter().map(|place| neutral(recipient.value(place))).collect();
        row.push(touched.map_or_else(String::new, |day| day.to_string()));
        row.extend(template.map(|template| neutral(&template.fill(&recipient).text)));
        row
    });
    table::encode(form, std::iter::once(head).chain(rows))
}

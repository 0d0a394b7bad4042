//! What the fields of records are, so that a page can call each by its name in the user's language.

use super::Key;

/// A field of some kind of record, or a few fields that are merged together. Fields of different kinds that people call alike are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after the field of the model")]
pub enum FieldName {
    Active,
    Address,
    AfterSale,
    Amount,
    Audience,
    Begun,
    BuyingPower,
    By,
    Called,
    Campaign,
    Capacity,
    Channel,
    Closed,
    Company,
    Competitors,
    Confirmed,
    Contact,
    Contacts,
    Cost,
    Currency,
    Custom,
    CustomFields,
    Customer,
    Day,
    Deal,
    Department,
    Description,
    Due,
    Email,
    Ends,
    FiscalYear,
    Fit,
    Follows,
    From,
    History,
    Incentive,
    Industry,
    Intent,
    InterventionKind,
    Introduced,
    Introduction,
    Items,
    JobTitle,
    Kind,
    LeftBy,
    Line,
    Locked,
    LostReasons,
    Made,
    Manager,
    Measures,
    Message,
    Minutes,
    Model,
    Name,
    Needs,
    NextAction,
    NextStep,
    NotSameAs,
    Note,
    Notes,
    Obstacles,
    OnSale,
    Owner,
    Parent,
    People,
    Person,
    Phone,
    Price,
    Priority,
    Problem,
    Products,
    Promise,
    Questions,
    QuotaFrom,
    QuotaOf,
    QuotaSpan,
    Reaches,
    Receiver,
    Reference,
    ReferredBy,
    Result,
    Retired,
    ReviewOn,
    Revisions,
    Role,
    Satisfaction,
    Segments,
    Series,
    Settled,
    ShortName,
    Size,
    Software,
    Source,
    Sources,
    Stage,
    Stages,
    Stalling,
    Standing,
    Starts,
    Supporters,
    Tags,
    Territory,
    Title,
    Touches,
    Until,
    Views,
    Wishes,
    Words,
    WorkspaceName,
}

use FieldName as F;

/// The fields of each table by their keys in the document, of the profile, and of what stands in lists of records.
const FIELDS: &[(&str, &[(&str, FieldName)])] = &[
    (
        "profile",
        &[
            ("name", F::WorkspaceName),
            ("currency", F::Currency),
            ("fiscalYearStart", F::FiscalYear),
            ("sources", F::Sources),
            ("lostReasons", F::LostReasons),
            ("customFields", F::CustomFields),
            ("views", F::Views),
            ("stalling", F::Stalling),
        ],
    ),
    (
        "models",
        &[
            ("name", F::Name),
            ("description", F::Description),
            ("stages", F::Stages),
            ("afterSale", F::AfterSale),
            ("segments", F::Segments),
            ("revisions", F::Revisions),
            ("retired", F::Retired),
        ],
    ),
    ("departments", &[("name", F::Name), ("parent", F::Parent), ("manager", F::Manager)]),
    (
        "people",
        &[
            ("name", F::Name),
            ("department", F::Department),
            ("territory", F::Territory),
            ("capacity", F::Capacity),
            ("active", F::Active),
        ],
    ),
    (
        "quotas",
        &[
            ("of", F::QuotaOf),
            ("department", F::Department),
            ("person", F::Person),
            ("from", F::QuotaFrom),
            ("span", F::QuotaSpan),
            ("amount", F::Amount),
            ("locked", F::Locked),
        ],
    ),
    ("products", &[("name", F::Name), ("series", F::Series), ("price", F::Price), ("active", F::OnSale)]),
    ("targets", &[("name", F::Name), ("wishes", F::Wishes), ("line", F::Line)]),
    (
        "customers",
        &[
            ("name", F::Name),
            ("shortName", F::ShortName),
            ("address", F::Address),
            ("territory", F::Territory),
            ("industry", F::Industry),
            ("size", F::Size),
            ("standing", F::Standing),
            ("buyingPower", F::BuyingPower),
            ("source", F::Source),
            ("referredBy", F::ReferredBy),
            ("softwareInUse", F::Software),
            ("needs", F::Needs),
            ("intent", F::Intent),
            ("fit", F::Fit),
            ("priority", F::Priority),
            ("reviewOn", F::ReviewOn),
            ("owner", F::Owner),
            ("contacts", F::Contacts),
            ("tags", F::Tags),
            ("notes", F::Notes),
            ("custom", F::Custom),
            ("notSameAs", F::NotSameAs),
        ],
    ),
    (
        "customers.contacts",
        &[("name", F::Name), ("jobTitle", F::JobTitle), ("phone", F::Phone), ("email", F::Email), ("role", F::Role)],
    ),
    (
        "campaigns",
        &[
            ("name", F::Name),
            ("channel", F::Channel),
            ("starts", F::Starts),
            ("ends", F::Ends),
            ("cost", F::Cost),
            ("audience", F::Audience),
            ("message", F::Message),
            ("notes", F::Notes),
            ("touches", F::Touches),
        ],
    ),
    (
        "deals",
        &[
            ("title", F::Title),
            ("customer", F::Customer),
            ("contact", F::Contact),
            ("supporters", F::Supporters),
            ("lines", F::Products),
            ("competitors", F::Competitors),
            ("obstacles", F::Obstacles),
            ("nextAction", F::NextAction),
            ("fit", F::Fit),
            ("source", F::Source),
            ("campaign", F::Campaign),
            ("follows", F::Follows),
            ("reference", F::Reference),
            ("tags", F::Tags),
            ("notes", F::Notes),
            ("custom", F::Custom),
            ("history", F::History),
        ],
    ),
    (
        "activities",
        &[
            ("on", F::Day),
            ("kind", F::Kind),
            ("by", F::By),
            ("customer", F::Customer),
            ("deal", F::Deal),
            ("note", F::Note),
            ("result", F::Result),
            ("nextStep", F::NextStep),
            ("satisfaction", F::Satisfaction),
            ("minutes", F::Minutes),
            ("cost", F::Cost),
        ],
    ),
    (
        "promises",
        &[
            ("person", F::Person),
            ("made", F::Made),
            ("due", F::Due),
            ("text", F::Promise),
            ("deal", F::Deal),
            ("customer", F::Customer),
            ("reaches", F::Reaches),
            ("settled", F::Settled),
        ],
    ),
    (
        "handovers",
        &[("from", F::LeftBy), ("begun", F::Begun), ("items", F::Items), ("closed", F::Closed), ("note", F::Notes)],
    ),
    (
        "handovers.items",
        &[
            ("customer", F::Customer),
            ("deal", F::Deal),
            ("to", F::Receiver),
            ("called", F::Called),
            ("introduced", F::Introduced),
            ("confirmed", F::Confirmed),
            ("note", F::Notes),
        ],
    ),
    (
        "interventions",
        &[
            ("name", F::Name),
            ("kind", F::InterventionKind),
            ("model", F::Model),
            ("stage", F::Stage),
            ("from", F::From),
            ("until", F::Until),
            ("people", F::People),
            ("note", F::Notes),
        ],
    ),
    (
        "problems",
        &[
            ("company", F::Company),
            ("words", F::Words),
            ("problem", F::Problem),
            ("questions", F::Questions),
            ("introduction", F::Introduction),
        ],
    ),
    ("schemes", &[("name", F::Name), ("measures", F::Measures), ("incentive", F::Incentive)]),
];

impl FieldName {
    /// The field that stands under a key of a record; a record in a list is told by both names: `customers.contacts`.
    pub fn of(table: &str, key: &str) -> Option<Self> {
        let (_, fields) = FIELDS.iter().find(|(of, _)| *of == table)?;
        fields.iter().find(|(of, _)| *of == key).map(|(_, name)| *name)
    }
}

/// A place in a record, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The record as a whole.
    Whole,
    /// A field.
    Field(FieldName),
    /// A field of one element of a list.
    Part(FieldName, FieldName),
    /// One element of a list, by its own name.
    Element(FieldName, String),
    /// A field of the user's own, by its name.
    Own(String),
}

/// Which place a key names; `None` for one that no merge lists.
///
/// ```
/// use loudou::codec::merge::{FieldName, Key, Spot, spot};
///
/// let key = |table: &str, field: &str| Key { table: table.into(), id: "01J".into(), field: field.into() };
/// assert_eq!(spot(&key("deals", "nextAction")), Some(Spot::Field(FieldName::NextAction)));
/// let phone = Spot::Part(FieldName::Contacts, FieldName::Phone);
/// assert_eq!(spot(&key("customers", "contacts[01J].phone")), Some(phone));
/// // A field of the user's own may be called like any other, and have any sign in its name.
/// assert_eq!(spot(&key("customers", "custom.a.name[1]")), Some(Spot::Own("a.name[1]".into())));
/// assert_eq!(spot(&key("profile", "lostReasons[Price]")), Some(Spot::Element(FieldName::LostReasons, "Price".into())));
/// assert_eq!(spot(&key("deals", "colour")), None);
/// ```
pub fn spot(key: &Key) -> Option<Spot> {
    let Key { table, field, .. } = key;
    if field.is_empty() {
        return Some(Spot::Whole);
    }
    if let Some(own) = field.strip_prefix("custom.") {
        return Some(Spot::Own(own.to_owned()));
    }
    let Some((list, rest)) = field.split_once('[') else { return FieldName::of(table, field).map(Spot::Field) };
    let name = FieldName::of(table, list)?;
    if let Some((_, inner)) = rest.split_once("].") {
        // The elements that have fields of their own are named by ids, which have no brackets.
        if let Some(part) = FieldName::of(&[table, ".", list].concat(), inner) {
            return Some(Spot::Part(name, part));
        }
    }
    let element = rest.strip_suffix(']')?;
    Some(match name {
        // Ids say nothing to a person.
        F::Contacts | F::History | F::Items => Spot::Field(name),
        // Told apart by two things, of which the second one is the name.
        F::CustomFields | F::Views => {
            Spot::Element(name, element.split_once('/').map_or(element, |(_, name)| name).to_owned())
        }
        _ => Spot::Element(name, element.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it is checked in; a host test holds it to the declarations that it is made of.
    const SCHEMA: &str = include_str!("../../../schema/loudou-document-v1.json");

    /// The keys of an object of the schema, those of its variants too.
    fn keys(schema: &serde_json::Value, object: &serde_json::Value, found: &mut Vec<String>) {
        if let Some(name) = object["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            return keys(schema, &schema["$defs"][name], found);
        }
        found.extend(object["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()));
        for variant in object["oneOf"].as_array().into_iter().flatten() {
            keys(schema, variant, found);
        }
    }

    /// The fields of every record by table. A new field is drawn in by being there.
    fn documented() -> Vec<(String, String)> {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        let workspace = schema["properties"]["workspace"]["properties"].as_object().unwrap();
        let mut all = Vec::new();
        for (key, form) in workspace {
            let mut found = Vec::new();
            // What has an id of its own is a record; the rest is the profile's.
            keys(&schema, &form["items"], &mut found);
            if found.iter().any(|key| key == "id") {
                all.extend(found.into_iter().map(|field| (key.clone(), field)));
            } else {
                all.push(("profile".to_owned(), key.clone()));
            }
        }
        for (of, list) in [("Contact", "customers.contacts"), ("HandoverItem", "handovers.items")] {
            let mut parts = Vec::new();
            keys(&schema, &schema["$defs"][of], &mut parts);
            all.extend(parts.into_iter().map(|field| (list.to_owned(), field)));
        }
        all.retain(|(_, field)| field != "id");
        all
    }

    #[test]
    fn every_field_of_every_record_has_a_name() {
        let all = documented();
        assert!(all.len() > 75, "{}", all.len());
        let nameless: Vec<_> = all.iter().filter(|(table, field)| FieldName::of(table, field).is_none()).collect();
        assert_eq!(nameless, Vec::<&(String, String)>::new());
    }

    #[test]
    fn every_name_is_of_a_field_that_is_there() {
        let all = documented();
        let is_there = |table: &str, field: &str| all.iter().any(|(of, key)| of == table && key == field);
        let named = FIELDS.iter().flat_map(|(table, fields)| fields.iter().map(move |(field, _)| (*table, *field)));
        let gone: Vec<_> = named.filter(|(table, field)| !is_there(table, field)).collect();
        assert_eq!(gone, Vec::<(&str, &str)>::new());
    }

    #[test]
    fn elements_are_told_by_their_names() {
        let spot = |table: &str, field: &str| {
            super::spot(&Key { table: table.to_owned(), id: String::new(), field: field.to_owned() })
        };
        assert_eq!(spot("profile", ""), Some(Spot::Whole));
        let element = |name, text: &str| Some(Spot::Element(name, text.to_owned()));
        assert_eq!(spot("profile", "customFields[deals/预算/年]"), element(F::CustomFields, "预算/年"));
        assert_eq!(spot("profile", "views[board/我的#2]"), element(F::Views, "我的#2"));
        assert_eq!(spot("profile", "lostReasons[a].b]"), element(F::LostReasons, "a].b"));
        assert_eq!(spot("customers", "contacts[01J]"), Some(Spot::Field(F::Contacts)));
        assert_eq!(spot("deals", "history[01J]"), Some(Spot::Field(F::History)));
        assert_eq!(spot("deals", "tags[x"), None);
        assert_eq!(spot("colours", "name"), None);
    }
}

//! What names a field of the user's own follows it to a new name and lets it go with it.

use loudou::{
    codec::{
        document::encode,
        merge_text::{Recipient, Template},
    },
    metrics::score,
    model::{
        Attribute, Command, CustomField, CustomFieldOf, CustomKind, FunnelModel, Profile, Rejection, RequiredField,
        Stamp, Workspace,
        address::{Query, read_list},
        apply,
        gate::missing,
        message::{Piece, pieces},
    },
};
use proptest::prelude::*;

use crate::r#gen::{first_day, moment, workspace};

/// A name that no generated workspace has, with every sign that addresses part by.
const FRESH: &str = "新 50%.|a:b&c=d";

fn attempted(workspace: &Workspace, command: Command) -> Result<Workspace, Rejection> {
    let stamp = Stamp { on: first_day(), at: moment(), by: None, seed: ulid::Ulid(7) };
    apply(workspace, command, stamp).map(|change| workspace.with(&change))
}

fn done(workspace: &Workspace, command: Command) -> Workspace {
    attempted(workspace, command).unwrap()
}

/// A workspace with those of its fields that a person could have made.
fn sound() -> impl Strategy<Value = Workspace> {
    workspace().prop_map(|mut workspace| {
        let fields = workspace.profile.custom_fields.clone();
        workspace.profile = Profile { custom_fields: Vec::new(), ..Profile::clone(&workspace.profile) }.into();
        let add = |field| Command::PutCustomField { was: None, field };
        fields.into_iter().fold(workspace, |w, field| attempted(&w, add(field)).unwrap_or(w))
    })
}

fn renamed(workspace: &Workspace, field: &CustomField, name: &str) -> Workspace {
    let now = CustomField { name: name.to_owned(), ..field.clone() };
    done(workspace, Command::PutCustomField { was: Some(field.name.clone()), field: now })
}

fn removed(workspace: &Workspace, field: &CustomField) -> Workspace {
    done(workspace, Command::RemoveCustomField { of: field.of, name: field.name.clone() })
}

fn required_in(model: &FunnelModel, earlier: bool) -> impl Iterator<Item = &RequiredField> {
    let revisions = model.revisions.iter().filter(move |_| earlier);
    let stages = model.stages.iter().chain(revisions.flat_map(|revision| &revision.stages));
    stages.flat_map(|stage| &stage.required_fields)
}

/// How often a field is named: values, views, gates, wishes, messages.
fn mentions(workspace: &Workspace, field: &CustomField, earlier: bool) -> [usize; 5] {
    let (of, name) = (field.of, &field.name);
    let code = CustomField::code(of, name);
    let customers = of == CustomFieldOf::Customer;
    let values = match of {
        CustomFieldOf::Customer => workspace.customers.iter().filter(|c| c.custom.contains_key(name)).count(),
        CustomFieldOf::Deal => workspace.deals.iter().filter(|d| d.details.custom.contains_key(name)).count(),
    };
    let views = workspace.profile.views.iter().filter(|view| {
        let query = Query::parse(&view.query);
        let sorted = query.get("sort").is_some_and(|sort| sort.trim_start_matches('-') == code);
        let columns = query.get("columns").map(read_list).unwrap_or_default();
        query.get(&code).is_some() || sorted || columns.contains(&code)
    });
    let own = RequiredField::Own { of, name: name.clone() };
    let gates = workspace.models.iter().flat_map(|model| required_in(model, earlier)).filter(|field| **field == own);
    let wish = Attribute::Custom { field: name.clone() };
    let wishes =
        workspace.targets.iter().flat_map(|target| &target.wishes).filter(|w| customers && w.attribute == wish);
    let is_place = |piece: Piece<'_>| matches!(piece, Piece::Place { name: known, .. } if known == name);
    let messages = workspace.campaigns.iter().flat_map(|campaign| pieces(&campaign.message));
    let messages = messages.filter(|(_, piece)| customers && is_place(*piece));
    [values, views.count(), gates.count(), wishes.count(), messages.count()]
}

/// What the records say wherever a field of the user's own has a part in it: the scores of all customers, what every gate asks of
/// every deal, every message for every customer.
fn meaning(workspace: &Workspace) -> (Vec<String>, Vec<usize>, Vec<Option<String>>) {
    let fields: Vec<_> = workspace.profile.fields_of(CustomFieldOf::Customer).map(|field| field.name.clone()).collect();
    let customers = || workspace.customers.iter().map(AsRef::as_ref);
    let scores = workspace.targets.iter().flat_map(|t| customers().map(|c| format!("{:?}", score(t, c))));
    let gates = workspace.deals.iter().filter_map(|deal| {
        let (_, stage) = workspace.stage_of(deal)?;
        Some(missing(stage, deal, workspace.customer_of(deal).map(AsRef::as_ref), &workspace.profile).len())
    });
    let messages = workspace.campaigns.iter().flat_map(|campaign| {
        let template = Template::parse(&campaign.message, &fields).ok();
        customers().map(move |customer| {
            let recipient = Recipient { customer, contact: None, owner: None, campaign: "", company: "", today: "" };
            template.as_ref().map(|template| template.fill(&recipient).text)
        })
    });
    (scores.collect(), gates.collect(), messages.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_new_name_takes_everything_along(workspace in sound()) {
        let plain = "Fresh";
        for field in &workspace.profile.custom_fields {
            let fresh = CustomField { name: plain.to_owned(), ..field.clone() };
            let after = renamed(&workspace, field, plain);
            prop_assert_eq!(mentions(&after, field, true), [0; 5]);
            prop_assert_eq!(mentions(&after, &fresh, true), mentions(&workspace, field, true));
            prop_assert_eq!(meaning(&after), meaning(&workspace));
            let back = renamed(&after, &fresh, &field.name);
            let again = renamed(&back, field, plain);
            prop_assert_eq!(encode(&again, moment()), encode(&after, moment()));
            prop_assert_eq!(meaning(&back), meaning(&workspace));
        }
    }

    #[test]
    fn a_name_of_strange_signs_stands_in_views_and_gates(workspace in sound()) {
        for field in &workspace.profile.custom_fields {
            let fresh = CustomField { name: FRESH.to_owned(), ..field.clone() };
            let after = renamed(&workspace, field, FRESH);
            // Only a place in a message cannot have such a name.
            let [values, views, gates, wishes, messages] = mentions(&workspace, field, true);
            prop_assert_eq!(mentions(&after, &fresh, true), [values, views, gates, wishes, 0]);
            prop_assert_eq!(mentions(&after, field, true), [0, 0, 0, 0, messages]);
        }
    }

    #[test]
    fn a_field_that_goes_is_named_nowhere_and_asked_of_nobody(workspace in sound()) {
        for field in &workspace.profile.custom_fields {
            let after = removed(&workspace, field);
            prop_assert_eq!(mentions(&after, field, false), [0; 5]);
            let kept = after.models.iter().zip(workspace.models.iter()).all(|(a, b)| a.revisions == b.revisions);
            prop_assert!(kept, "earlier forms changed");
            let fresh = CustomField { name: "Fresh".to_owned(), ..field.clone() };
            prop_assert_eq!(meaning(&after), meaning(&removed(&renamed(&workspace, field, "Fresh"), &fresh)));
        }
    }
}

#[test]
fn a_gate_asks_for_a_field_while_there_is_one() {
    let golden = include_str!("fixtures/document/v1-required.json");
    let workspace = loudou::codec::document::decode(golden.as_bytes()).unwrap().workspace;
    let deal = workspace.deals.iter().next().unwrap();
    let stage = &workspace.models.iter().next().unwrap().stages[0];
    let lacking = |workspace: &Workspace| missing(stage, deal, None, &workspace.profile);
    assert_eq!(lacking(&workspace).len(), 1);
    // The stage of an earlier form names the field still: it is asked of nobody.
    let field =
        CustomField { name: "成立年份".to_owned(), of: CustomFieldOf::Customer, kind: CustomKind::Number {} };
    assert_eq!(lacking(&removed(&workspace, &field)), []);
}

//! Rules of the user's own fields, target profiles and campaigns.

use super::*;

fn field(name: &str, kind: CustomKind) -> CustomField {
    CustomField { name: name.to_owned(), of: CustomFieldOf::Deal, kind }
}

fn put(was: Option<&str>, field: CustomField) -> Command {
    Command::PutCustomField { was: was.map(str::to_owned), field }
}

/// The deal with this value under this name.
fn written(name: &str, value: &str) -> Command {
    let custom = [(name.to_owned(), value.to_owned())].into();
    Command::EditDeal { id: DEAL.into(), details: Box::new(DealDetails { custom, ..details() }) }
}

fn custom(workspace: &Workspace) -> Vec<(&str, &str)> {
    deal(workspace).details.custom.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn fields_of_ones_own_have_names_and_choices_something_to_choose() {
    let start = done(&workspace(), put(None, field("Go-live", CustomKind::Date {})), 2);
    let choice = |options: &[&str]| CustomKind::Choice { options: options.iter().map(|o| (*o).to_owned()).collect() };
    for (command, rejection) in [
        (put(None, field(" ", CustomKind::Text {})), Rejection::Blank(RecordKind::CustomField)),
        (put(None, field("Go-live", CustomKind::Text {})), Rejection::Exists(RecordKind::CustomField)),
        (put(Some("Gone"), field("New", CustomKind::Text {})), Rejection::Unknown(RecordKind::CustomField)),
        (put(None, field("Size", choice(&[]))), Rejection::NoOptions),
        (put(None, field("Size", choice(&["A", "A"]))), Rejection::NoOptions),
        (put(None, field("Size", choice(&["A", " "]))), Rejection::NoOptions),
        (
            Command::RemoveCustomField { of: CustomFieldOf::Customer, name: "Go-live".to_owned() },
            Rejection::Unknown(RecordKind::CustomField),
        ),
    ] {
        assert_eq!(refused(&start, command), rejection);
    }
}

#[test]
fn only_new_values_must_fit() {
    let misfit = done(&workspace(), written("Go-live", "soon"), 2);
    let start = done(&misfit, put(None, field("Go-live", CustomKind::Date {})), 2);
    assert_eq!(custom(&done(&start, written("Go-live", "soon"), 3)), [("Go-live", "soon")]);
    assert_eq!(custom(&done(&start, written("Go-live", "2026-05-01"), 3)), [("Go-live", "2026-05-01")]);
    let rejection = Rejection::CustomValue { field: "Go-live".to_owned() };
    assert_eq!(refused(&start, written("Go-live", "later")), rejection);
}

#[test]
fn values_follow_their_field_and_go_with_it() {
    let start = done(&workspace(), put(None, field("Go-live", CustomKind::Text {})), 2);
    let start = done(&start, written("Go-live", "May"), 2);
    let renamed = done(&start, put(Some("Go-live"), field("Start", CustomKind::Text {})), 3);
    assert_eq!(custom(&renamed), [("Start", "May")]);
    assert_eq!(renamed.profile.custom_fields.len(), 1);
    let gone = Command::RemoveCustomField { of: CustomFieldOf::Deal, name: "Start".to_owned() };
    let gone = done(&renamed, gone, 4);
    assert_eq!(custom(&gone), []);
    assert!(gone.profile.custom_fields.is_empty());
}

#[test]
fn a_deal_does_not_follow_from_itself() {
    let second =
        NewDeal { id: 7.into(), details: DealDetails { follows: Some(DEAL.into()), ..details() }, ..new_deal() };
    let start = done(&workspace(), Command::CreateDeal(Box::new(second)), 2);
    let follow = |id: u128| Command::EditDeal {
        id: DEAL.into(),
        details: Box::new(DealDetails { follows: Some(id.into()), ..details() }),
    };
    assert_eq!(refused(&start, follow(DEAL)), Rejection::Circle(RecordKind::Deal));
    assert_eq!(refused(&start, follow(7)), Rejection::Circle(RecordKind::Deal));
    assert_eq!(refused(&start, follow(99)), Rejection::Unknown(RecordKind::Deal));
    let alone = done(&start, Command::RemoveDeal(DEAL.into()), 3);
    assert_eq!(alone.deals.get(7.into()).unwrap().details.follows, None);
}

#[test]
fn targets_and_campaigns_hold_together() {
    let wish = |weight| Wish { attribute: Attribute::Industry, wanted: Wanted::Known {}, weight };
    let target =
        |weight| Target { id: 8.into(), name: "T".to_owned(), wishes: vec![wish(weight)], line: Share::percent(50) };
    let touch = |contact: u128| Touch { customer: CUSTOMER.into(), contact: Some(contact.into()), on: day(2) };
    let campaign = |contact| Campaign {
        audience: Some(8.into()),
        touches: vec![touch(contact)],
        ..Campaign::named(9.into(), "C")
    };
    let put = |campaign: Campaign| Command::PutCampaign(Box::new(campaign));
    assert_eq!(refused(&workspace(), Command::PutTarget(target(0))), Rejection::NoWeight);
    assert_eq!(refused(&workspace(), put(campaign(CONTACT))), Rejection::Unknown(RecordKind::Target));
    let start = done(&workspace(), Command::PutTarget(target(1)), 2);
    assert_eq!(refused(&start, put(campaign(99))), Rejection::Unknown(RecordKind::Contact));
    let backwards = Campaign { starts: Some(day(3)), ends: Some(day(2)), ..campaign(CONTACT) };
    assert_eq!(refused(&start, put(backwards)), Rejection::EndsBeforeStart);

    let start = done(&start, put(campaign(CONTACT)), 2);
    let of_campaign = DealDetails { campaign: Some(9.into()), ..details() };
    let start = done(&start, Command::EditDeal { id: DEAL.into(), details: Box::new(of_campaign) }, 3);
    let in_use = |kind, by| Rejection::InUse { kind, by };
    assert_eq!(refused(&start, Command::RemoveTarget(8.into())), in_use(RecordKind::Target, 1));
    assert_eq!(refused(&start, Command::RemoveCampaign(9.into())), in_use(RecordKind::Campaign, 1));
    // The deal and the campaign name the contact, and both name the customer.
    let alone = Command::PutCustomer(Box::new(Customer { contacts: Vec::new(), ..customer() }));
    assert_eq!(refused(&start, alone), in_use(RecordKind::Contact, 2));
    assert_eq!(refused(&start, Command::RemoveCustomer(CUSTOMER.into())), in_use(RecordKind::Customer, 2));
}

#[test]
fn kept_views_have_names_of_their_own() {
    let view = |name: &str| SavedView { name: name.to_owned(), page: "deals".to_owned(), query: String::new() };
    let with = |views: Vec<SavedView>| Command::SetProfile(Profile { views, ..profile() });
    assert_eq!(refused(&workspace(), with(vec![view(" ")])), Rejection::Blank(RecordKind::View));
    assert_eq!(refused(&workspace(), with(vec![view("A"), view("A")])), Rejection::Exists(RecordKind::View));
    done(&workspace(), with(vec![view("A"), SavedView { page: "board".to_owned(), ..view("A") }]), 2);
}

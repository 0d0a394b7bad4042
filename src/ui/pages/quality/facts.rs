//! What is said of a record beside its problem.

use crate::{
    i18n::t_string,
    metrics::{Problem, Subject, quality::sum_of_lines},
    model::{Customer, CustomerId, Date, Deal, Status, Workspace},
    ui::{
        format::{Format, UNKNOWN},
        parts::amounts::Amounts,
        route::Route,
        wording::I18n,
    },
};

/// A record in a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// Its name.
    pub(super) name: String,
    /// Where it is looked at whole.
    pub(super) route: Route,
    /// What else helps to put it right.
    pub(super) line: String,
}

/// The facts of a record; `None` once it is gone.
pub(super) fn facts(
    workspace: &Workspace,
    problem: Problem,
    subject: Subject,
    today: Date,
    i18n: I18n,
    format: Format,
    amounts: Amounts,
) -> Option<Facts> {
    match subject {
        Subject::Deal(id) => {
            let deal = workspace.deals.get(id)?;
            let (name, route) = (deal.details.title.clone(), Route::Deal(id.to_string()));
            Some(Facts { name, route, line: of_deal(workspace, problem, deal, today, i18n, format, amounts) })
        }
        Subject::Customer(id) => {
            let customer = workspace.customers.get(id)?;
            let route = Route::Customer(id.to_string());
            Some(Facts { name: customer.name.clone(), route, line: of_customer(workspace, customer, i18n) })
        }
        Subject::Contact(id, contact) => {
            let customer = workspace.customers.get(id)?;
            let name = customer.contact(contact)?.name.clone();
            Some(Facts { name, route: Route::Customer(id.to_string()), line: customer.name.clone() })
        }
    }
}

fn of_deal(
    workspace: &Workspace,
    problem: Problem,
    deal: &Deal,
    today: Date,
    i18n: I18n,
    format: Format,
    amounts: Amounts,
) -> String {
    let standing = deal.standing();
    let customer = workspace.customer_of(deal).map(|customer| customer.name.clone());
    let stage = workspace.stage_of(deal).map(|(_, stage)| stage.name.clone());
    let owner = person(workspace, standing.owner);
    // How late it is says more than the day, which stands in the field.
    let late = |day: Date| {
        let days = (today - day).num_days();
        #[expect(clippy::cast_precision_loss, reason = "days are few")]
        (days > 0).then(|| t_string!(i18n, quality.late, days = format.days(days as f64)).to_string())
    };
    let own = match (problem, &standing.status) {
        (Problem::Overslept, Status::Dormant { wake: Some(wake), .. }) => {
            Some(t_string!(i18n, quality.slept_until, wake = format.date(*wake)).to_string())
        }
        (Problem::AmountDiffers, _) => {
            Some(t_string!(i18n, quality.sum_is, sum = amounts.full(sum_of_lines(deal))).to_string())
        }
        (Problem::CloseOverdue, _) => standing.expected_close.and_then(late),
        (Problem::ActionOverdue, _) => deal.details.next_action.as_ref().and_then(|action| action.due).and_then(late),
        _ => None,
    };
    let amount = standing.amount.map(|amount| amounts.full(Some(amount)));
    [own, customer, stage, owner, amount].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn of_customer(workspace: &Workspace, customer: &Customer, i18n: I18n) -> String {
    let sellers = sellers(workspace, customer.id);
    let names: Vec<_> = sellers.into_iter().map(|id| person(workspace, id).unwrap_or(UNKNOWN.to_owned())).collect();
    let deals = if names.is_empty() {
        t_string!(i18n, quality.no_deals_open).to_owned()
    } else {
        t_string!(i18n, quality.sold_by, sellers = names.join(", ")).to_string()
    };
    let owner = person(workspace, customer.owner);
    [owner, Some(deals)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The owners of a customer's open deals, each once; `None` for deals that nobody owns.
pub(super) fn sellers(workspace: &Workspace, customer: CustomerId) -> Vec<Option<crate::model::PersonId>> {
    let mut sellers: Vec<_> = open_deals(workspace, customer).map(|deal| deal.standing().owner).collect();
    sellers.sort_unstable();
    sellers.dedup();
    sellers
}

/// The open deals of a customer.
pub(super) fn open_deals(workspace: &Workspace, customer: CustomerId) -> impl Iterator<Item = &Deal> {
    let of_customer = move |deal: &&Deal| deal.details.customer == Some(customer) && deal.standing().is_open();
    workspace.deals.iter().map(AsRef::as_ref).filter(of_customer)
}

fn person(workspace: &Workspace, id: Option<crate::model::PersonId>) -> Option<String> {
    Some(workspace.people.get(id?)?.name.clone())
}

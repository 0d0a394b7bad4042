//! Customers that come into other hands, or into those of several who sell jointly.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Command, CustomerId, Deal, NextAction, PersonId, Workspace, command::DealDetails};

/// The one command that gives customers to other people: the customer, its open deals, and the next actions that the seller before was
/// to do. Closed and dormant deals stay with whoever had them, and so does the credit for them. `None` when everything is so already.
pub fn assignment(workspace: &Workspace, moves: &BTreeMap<CustomerId, PersonId>) -> Option<Command> {
    let mut commands = Vec::new();
    for (id, to) in moves {
        if let Some(customer) = workspace.customers.get(*id)
            && customer.owner != Some(*to)
        {
            let mut customer = (**customer).clone();
            customer.owner = Some(*to);
            commands.push(Command::PutCustomer(Box::new(customer)));
        }
    }
    for deal in workspace.deals.iter().filter(|deal| deal.standing().is_open()) {
        let to = deal.details.customer.and_then(|customer| moves.get(&customer));
        let Some(to) = to.filter(|to| deal.standing().owner != Some(**to)) else { continue };
        commands.push(Command::SetOwner { id: deal.id, to: Some(*to) });
        let own = |action: &&NextAction| action.owner.is_some() && action.owner == deal.standing().owner;
        if let Some(action) = deal.details.next_action.as_ref().filter(own) {
            let next_action = Some(NextAction { owner: Some(*to), ..action.clone() });
            let details = DealDetails { next_action, ..deal.details.clone() };
            commands.push(Command::EditDeal { id: deal.id, details: Box::new(details) });
        }
    }
    (!commands.is_empty()).then_some(Command::Many(commands))
}

/// The one command that makes all who sell to a customer, and who looks after it, sell jointly: each of them supports the open deals of
/// the others. `None` when they do already.
pub fn joint_selling(workspace: &Workspace, customer: CustomerId) -> Option<Command> {
    let of_customer = |deal: &&Arc<Deal>| deal.details.customer == Some(customer) && deal.standing().is_open();
    let deals = || workspace.deals.iter().filter(of_customer);
    let owner = workspace.customers.get(customer).and_then(|customer| customer.owner);
    let team: BTreeSet<PersonId> = deals().filter_map(|deal| deal.standing().owner).chain(owner).collect();
    let join = |deal: &Arc<Deal>| {
        let mut details = deal.details.clone();
        let known =
            |person: &PersonId| deal.standing().owner == Some(*person) || deal.details.supporters.contains(person);
        details.supporters.extend(team.iter().copied().filter(|person| !known(person)));
        (details != deal.details).then(|| Command::EditDeal { id: deal.id, details: Box::new(details) })
    };
    let commands: Vec<Command> = deals().filter_map(join).collect();
    (!commands.is_empty()).then_some(Command::Many(commands))
}

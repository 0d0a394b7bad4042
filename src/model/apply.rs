//! Answers commands. Each rule of the domain is enforced here and nowhere else.

mod deals;
mod fields;
mod guides;
mod market;
mod meetings;
mod mentions;
mod merge;
mod models;
mod quotas;
mod records;
#[cfg(test)]
mod tests;
mod whole;

use super::{Change, Command, Event, EventId, EventKind, Record, Rejection, Stamp, Workspace, rejection::RecordKind};

/// What `command` does to `workspace`.
///
/// # Errors
/// The first rule that refuses the command; then nothing changes.
pub fn apply(workspace: &Workspace, command: Command, stamp: Stamp) -> Result<Change, Rejection> {
    let mut draft = Draft { next: workspace.clone(), stamp, given: 0 };
    draft.run(command)?;
    Ok(Change::between(workspace, &draft.next))
}

/// The snapshot in the making.
struct Draft {
    next: Workspace,
    stamp: Stamp,
    /// Identifiers given so far, to number the next one.
    given: u128,
}

impl Draft {
    fn run(&mut self, command: Command) -> Result<(), Rejection> {
        match command {
            Command::SetProfile(profile) => self.set_profile(profile),
            Command::PutCustomField { was, field } => self.put_custom_field(was.as_deref(), field),
            Command::RemoveCustomField { of, name } => self.remove_custom_field(of, &name),
            Command::AddModel(model) => self.add_model(*model),
            Command::ReviseModel(draft) => self.revise_model(*draft),
            Command::RemoveModel(id) => self.remove_model(id),
            Command::PutDepartment(department) => self.put_department(department),
            Command::RemoveDepartment(id) => self.remove_department(id),
            Command::PutPerson(person) => self.put_person(person),
            Command::RemovePerson(id) => self.remove_person(id),
            Command::PutQuota(quota) => self.put_quota(quota),
            Command::RemoveQuota(id) => self.remove_quota(id),
            Command::PutProduct(product) => self.put_product(product),
            Command::RemoveProduct(id) => self.remove_product(id),
            Command::PutTarget(target) => self.put_target(target),
            Command::RemoveTarget(id) => self.remove_target(id),
            Command::PutCustomer(customer) => self.put_customer(*customer),
            Command::RemoveCustomer(id) => self.remove_customer(id),
            Command::PutCampaign(campaign) => self.put_campaign(*campaign),
            Command::RemoveCampaign(id) => self.remove_campaign(id),
            Command::MergeCustomers { keep, gone, remark } => self.merge_customers(keep, gone, &remark),
            Command::PutActivity(activity) => self.put_activity(*activity),
            Command::RemoveActivity(id) => self.remove_activity(id),
            Command::PutPromise(promise) => self.put_promise(*promise),
            Command::RemovePromise(id) => self.remove_promise(id),
            Command::PutHandover(handover) => self.put_handover(handover),
            Command::RemoveHandover(id) => self.remove_handover(id),
            Command::PutIntervention(intervention) => self.put_intervention(*intervention),
            Command::RemoveIntervention(id) => self.remove_intervention(id),
            Command::PutProblem(problem) => self.put_problem(*problem),
            Command::RemoveProblem(id) => self.remove_problem(id),
            Command::PutScheme(scheme) => self.put_scheme(scheme),
            Command::RemoveScheme(id) => self.remove_scheme(id),
            Command::CreateDeal(deal) => self.create_deal(*deal),
            Command::EditDeal { id, details } => self.edit_deal(id, *details),
            Command::RemoveDeal(id) => self.remove_deal(id),
            Command::SetAmount { id, to } => self.record(id, EventKind::AmountChanged { to }),
            Command::SetExpectedClose { id, to } => self.record(id, EventKind::ExpectedCloseChanged { to }),
            Command::SetOwner { id, to } => self.set_owner(id, to),
            Command::SetProbability { id, to } => self.record(id, EventKind::ProbabilityChanged { to }),
            Command::TickCriterion { id, criterion, proof } => self.tick(id, criterion, proof),
            Command::UntickCriterion { id, criterion } => self.untick(id, criterion),
            Command::MoveDeal { id, to, override_reason } => self.move_deal(id, to, override_reason),
            Command::TransferDeal { id, model, stage } => self.transfer(id, model, stage),
            Command::WinDeal { id, override_reason } => self.win(id, override_reason),
            Command::LoseDeal { id, reason, note } => self.lose(id, reason, note),
            Command::SleepDeal { id, wake } => self.sleep(id, wake),
            Command::ReopenDeal(id) => self.reopen(id),
            Command::Import(batch) => self.import(*batch),
            Command::TakeOver(other) => self.take_over(&other),
            Command::PutBack(taken) => self.put_back(&taken),
            Command::Many(commands) => commands.into_iter().try_for_each(|command| self.run(command)),
        }
    }

    /// An identifier that no record has yet.
    fn fresh<Id: From<u128>>(&mut self) -> Id {
        let id = Id::from(self.stamp.seed.0.wrapping_add(self.given));
        self.given += 1;
        id
    }

    /// The next event, by the person of the stamp.
    fn event(&mut self, kind: EventKind) -> Result<Event, Rejection> {
        known(&self.next.people, self.stamp.by, RecordKind::Person)?;
        let id: EventId = self.fresh();
        Ok(Event { id, on: Some(self.stamp.on), at: self.stamp.at, by: self.stamp.by, kind })
    }
}

/// Whether a name is worth the word.
fn named(name: &str, kind: RecordKind) -> Result<(), Rejection> {
    if name.trim().is_empty() { Err(Rejection::Blank(kind)) } else { Ok(()) }
}

/// Whether a reference, if there is one, leads somewhere.
fn known<V: Record>(table: &super::Table<V>, id: Option<V::Id>, kind: RecordKind) -> Result<(), Rejection> {
    if id.is_none_or(|id| table.contains(id)) { Ok(()) } else { Err(Rejection::Unknown(kind)) }
}

/// Refuses when `by` records still name what is to go.
fn unused(by: usize, kind: RecordKind) -> Result<(), Rejection> {
    if by == 0 { Ok(()) } else { Err(Rejection::InUse { kind, by }) }
}

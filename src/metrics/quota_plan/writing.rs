//! From the amounts that were settled on to the quotas that hold them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    metrics::{Month, quota::months_from},
    model::{Command, DepartmentId, Money, PersonId, Quota, QuotaId, QuotaOf, QuotaSpan, Workspace},
};

/// What the people of a department, or all of them, are to win together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// All amounts together, in minor units.
    pub amount: i128,
    /// How many people have an amount.
    pub people: usize,
    /// How many have none.
    pub without: usize,
}

impl Sum {
    fn add(&mut self, amount: Option<Money>) {
        match amount {
            Some(amount) => {
                self.amount += i128::from(amount.minor());
                self.people += 1;
            }
            None => self.without += 1,
        }
    }
}

/// The sums of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Everybody in the plan.
    pub company: Sum,
    /// Each department with the departments inside it; one without people in the plan is not among them.
    pub departments: BTreeMap<DepartmentId, Sum>,
}

/// What the people of each department and all together are to win.
pub fn sums(workspace: &Workspace, amounts: &BTreeMap<PersonId, Option<Money>>) -> Sums {
    let mut sums = Sums::default();
    for (person, amount) in amounts {
        sums.company.add(*amount);
        for department in workspace.departments_of(*person) {
            sums.departments.entry(department).or_default().add(*amount);
        }
    }
    sums
}

/// One change that writes a plan: each person's amount as the quota of these months, in the place of one they have for the same months.
/// Who has no amount keeps what there is, and what
/// is locked stays.
///
/// A department, or the company, that has quotas of its own in these months would not follow its people: it gets the sum of theirs,
/// provided that everybody who works there has an amount; one without quotas of its own follows by itself. `None` when nothing
/// would change. `fresh` gives ids that no quota has.
pub fn write(
    workspace: &Workspace,
    first: Month,
    span: QuotaSpan,
    amounts: &BTreeMap<PersonId, Option<Money>>,
    mut fresh: impl FnMut() -> QuotaId,
) -> Option<Command> {
    let from = first.first_day()?;
    let sums = sums(workspace, amounts);
    let people = amounts.iter().filter_map(|(person, amount)| Some((QuotaOf::Person { person: *person }, (*amount)?)));
    let months: Vec<_> = months_from(first, span.months()).filter_map(Month::first_day).collect();
    let own = |of: QuotaOf| {
        let mut quotas = workspace.quotas.iter().filter(move |quota| quota.of == of);
        quotas.any(|quota| months.iter().any(|day| quota.in_month(*day).is_some()))
    };
    let planned: BTreeSet<PersonId> =
        amounts.iter().filter(|(_, amount)| amount.is_some()).map(|(person, _)| *person).collect();
    let active = || workspace.people.iter().filter(|person| person.active);
    let whole = |inside: &dyn Fn(PersonId) -> bool| {
        active().filter(|person| inside(person.id)).all(|person| planned.contains(&person.id))
    };
    let departments = sums
        .departments
        .iter()
        .filter(|(department, _)| whole(&|person| workspace.departments_of(person).any(|one| one == **department)));
    let above = departments.map(|(department, sum)| (QuotaOf::Department { department: *department }, sum.amount));
    let above = above.chain(whole(&|_| true).then_some((QuotaOf::Company {}, sums.company.amount)));
    let above = above.filter(|(of, _)| own(*of));
    let above = above.filter_map(|(of, amount)| Some((of, Money::from_minor(i64::try_from(amount).ok()?)?)));
    let put = |(of, amount): (QuotaOf, Money)| {
        let kept = workspace.quotas.iter().find(|quota| (quota.of, quota.from, quota.span) == (of, from, span));
        if kept.is_some_and(|kept| kept.locked || kept.amount == amount) {
            return None;
        }
        let quota = match kept {
            Some(kept) => Quota { amount, ..**kept },
            None => Quota { id: fresh(), of, from, span, amount, locked: false },
        };
        Some(Command::PutQuota(quota))
    };
    let commands: Vec<Command> = people.chain(above).collect::<Vec<_>>().into_iter().filter_map(put).collect();
    (!commands.is_empty()).then_some(Command::Many(commands))
}

/// One change that locks the quotas of `whom` for these months, or unlocks them; `None` when there is nothing to do.
pub fn lock(workspace: &Workspace, first: Month, span: QuotaSpan, whom: &[QuotaOf], locked: bool) -> Option<Command> {
    let from = first.first_day()?;
    let meant = |quota: &Quota| (quota.from, quota.span) == (from, span) && quota.locked != locked;
    let quotas = workspace.quotas.iter().filter(|quota| meant(quota) && whom.contains(&quota.of));
    let commands: Vec<Command> = quotas.map(|quota| Command::PutQuota(Quota { locked, ..**quota })).collect();
    (!commands.is_empty()).then_some(Command::Many(commands))
}

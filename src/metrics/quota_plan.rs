//! Quota planning (method §8): what each person's open deals are worth becomes a proposal for the quotas of a period.

mod sharing;
mod writing;

use std::collections::BTreeMap;

use super::{
    Filter, Frame, Holding, Month, Period, View,
    holding::Tally,
    quota::{asked, filter_of, months_from, of_people},
    timeline::value_on,
    view::{State, Status},
};
use crate::model::{Date, DepartmentId, Money, Person, PersonId, QuotaOf, QuotaSpan, Share, Workspace};

pub use sharing::{rounded, share_out};
pub use writing::{Sum, Sums, lock, sums, write};

/// What is offered to people whose open deals are worth nothing yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Their quota of the period before, or without one what they won in it.
    Before,
    /// This amount for each.
    Floor(Money),
}

/// How a proposal is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// The first month of the period.
    pub first: Month,
    /// How long it lasts.
    pub span: QuotaSpan,
    /// Proposals are multiples of this many minor units.
    pub step: i64,
    /// The company's total when it is given from above: it is shared out. `None`: the total is the sum of the proposals.
    pub total: Option<Money>,
    /// What is offered to people whose open deals are worth nothing yet.
    pub offer: Offer,
}

/// What a proposal rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The weighted amount of the person's open deals.
    Potential,
    /// Nothing in the person's open deals: the quota of the period before.
    QuotaBefore,
    /// Nothing in the person's open deals and no quota before: what was won in the period before.
    WonBefore,
    /// Nothing in the person's open deals: the floor.
    Floor,
    /// Nothing at all: somebody has to say.
    Nothing,
    /// The quota of these months is locked: it is what it is.
    Locked,
}

/// What was asked of somebody in an earlier period, and what was won.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// The days of it that had passed by the day of the proposal.
    pub period: Period,
    /// Whether that is all of it.
    pub is_over: bool,
    /// What was asked in the whole period, in minor units; `None` without a quota.
    pub asked: Option<i128>,
    /// What was won.
    pub won: Holding,
}

impl Earlier {
    /// The share that was won of what was asked; `None` when nothing was.
    #[expect(clippy::cast_precision_loss, reason = "a share that is shown")]
    pub fn share(&self) -> Option<f64> {
        self.asked.filter(|asked| *asked > 0).map(|asked| self.won.amount as f64 / asked as f64)
    }
}

/// The quota that is proposed for one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// For whom.
    pub person: PersonId,
    /// Where the person works.
    pub department: Option<DepartmentId>,
    /// The person's open deals, each weighted by its stage's weight for quota planning.
    pub potential: Holding,
    /// What the proposal rests on.
    pub ground: Ground,
    /// What is proposed; `None` when nothing is known to propose it from.
    pub amount: Option<Money>,
    /// The period before; `None` when nobody had a deal yet.
    pub before: Option<Earlier>,
    /// The same months a year before; `None` when nobody had a deal yet.
    pub year_before: Option<Earlier>,
}

/// The proposals for a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// One for each active person of the filter, in the order of the workspace.
    pub proposals: Vec<Proposal>,
    /// Open deals that are in no proposal: they belong to nobody, or to somebody who left.
    pub unplanned: Holding,
}

/// Proposes the quotas of a period from what stands in the funnel at the end of `as_of` (method §8). `None` for a filter that quotas
/// [say nothing of](of_people), or outside the calendar.
///
/// The potential of a person = Σ over the person's open deals of amount × the weight of the stage for quota planning, which is the
/// stage's probability unless the model says otherwise; the seller's own probability is the seller's and not the plan's. Bottom-up,
/// the potential rounded to a step is the proposal; a total given from above is [shared out](share_out) by the potentials. People
/// whose open deals are worth nothing get what is [offered](Offer), which weighs like a potential when a total is shared out; nobody
/// silently gets 0. A locked quota of the same months stays, and a total is shared out to the others without it.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{company, created, day, deal, model, stage};
/// use loudou::{
///     metrics::{Filter, Frame, Month, quota_plan::{Offer, Recipe, plan}},
///     model::{Batch, Command, Money, Person, QuotaSpan, Stamp, Timestamp, apply},
/// };
/// // 2,000,000.00 in a stage of the upper funnel that weighs 25 %.
/// let minor = |amount: i64| Money::from_minor(amount * 100).unwrap();
/// let open = deal(1, created(1, Some(200_000_000), None, None), Some(day(2026, 1, 5)), vec![]);
/// let workspace = company(Batch { models: vec![model(1, vec![stage(1, "Upper", 25)])], deals: vec![open], ..Batch::default() });
/// let wang = Person {
///     id: 1.into(),
///     name: "Wang".into(),
///     department: None,
///     territory: String::new(),
///     capacity: None,
///     active: true,
/// };
/// let stamp = Stamp { on: day(2026, 2, 1), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(9) };
/// let owned = Command::Many(vec![Command::PutPerson(wang), Command::SetOwner { id: 1.into(), to: Some(1.into()) }]);
/// let workspace = workspace.with(&apply(&workspace, owned, stamp).unwrap());
/// let recipe = Recipe {
///     first: Month { year: 2026, month: 4 },
///     span: QuotaSpan::Quarter,
///     step: 100,
///     total: None,
///     offer: Offer::Before,
/// };
/// let (frame, all) = (Frame::new(&workspace), Filter::default());
/// let proposed = plan(&workspace, &frame, day(2026, 3, 31), &all, recipe).unwrap();
/// assert_eq!(proposed.proposals[0].amount, Some(minor(500_000)));
/// ```
pub fn plan(workspace: &Workspace, frame: &Frame, as_of: Date, filter: &Filter, recipe: Recipe) -> Option<Plan> {
    let filter = of_people(filter)?;
    let view = frame.view(as_of, &filter);
    let sellers = frame.sellers(&filter);
    let chosen = |person: &Person| person.active && sellers.as_ref().is_none_or(|these| these.contains(&person.id));
    let people: BTreeMap<PersonId, &Person> =
        workspace.people.iter().filter(|person| chosen(person)).map(|person| (person.id, person.as_ref())).collect();
    let (mut open, mut unplanned) = (BTreeMap::<PersonId, Tally>::new(), Tally::default());
    for state in &view.states {
        let (Status::Open, Some(stage)) = (state.status, state.stage) else { continue };
        match owner(&view, state).filter(|owner| people.contains_key(owner)) {
            Some(owner) => open.entry(owner).or_default().add(state, stage.weight),
            None => unplanned.add(state, stage.weight),
        }
    }
    let months = recipe.span.months();
    let before = Past::of(frame, as_of, &filter, recipe.first.earlier(months), months);
    let year_before = Past::of(frame, as_of, &filter, recipe.first.earlier(12), months);
    let propose = |person: &Person| {
        let potential = open.remove(&person.id).unwrap_or_default().finish();
        let before = before.as_ref().map(|past| past.of_person(workspace, person.id));
        let (ground, worth) = worth(&potential, before.as_ref(), recipe.offer);
        let year_before = year_before.as_ref().map(|past| past.of_person(workspace, person.id));
        let (person, department) = (person.id, person.department);
        (Proposal { person, department, potential, ground, amount: None, before, year_before }, worth)
    };
    let (mut proposals, worths): (Vec<_>, Vec<_>) = people.into_values().map(propose).unzip();
    let locked = locked(workspace, recipe);
    let free = proposals.iter().zip(worths).map(|(one, worth)| worth.filter(|_| !locked.contains_key(&one.person)));
    let kept = proposals.iter().filter_map(|one| locked.get(&one.person));
    let amounts = amounts(&free.collect::<Vec<_>>(), kept.map(|kept| kept.minor()).sum(), recipe);
    for (proposal, amount) in proposals.iter_mut().zip(amounts) {
        let kept = locked.get(&proposal.person).copied();
        proposal.ground = kept.map_or(proposal.ground, |_| Ground::Locked);
        proposal.amount = kept.or(amount);
    }
    Some(Plan { proposals, unplanned: unplanned.finish() })
}

/// What somebody's proposal rests on, and how much that is in minor units.
fn worth(potential: &Holding, before: Option<&Earlier>, offer: Offer) -> (Ground, Option<i128>) {
    #[expect(clippy::cast_possible_truncation, reason = "amounts are bounded by 2⁵¹; the cast saturates")]
    let weighted = potential.weighted.round() as i128;
    if weighted > 0 {
        return (Ground::Potential, Some(weighted));
    }
    match offer {
        Offer::Floor(floor) => (Ground::Floor, Some(i128::from(floor.minor()))),
        Offer::Before => {
            let asked = before.and_then(|before| before.asked).filter(|asked| *asked > 0);
            let won = before.map(|before| before.won.amount).filter(|won| *won > 0);
            match (asked, won) {
                (Some(asked), _) => (Ground::QuotaBefore, Some(asked)),
                (None, Some(won)) => (Ground::WonBefore, Some(won)),
                (None, None) => (Ground::Nothing, None),
            }
        }
    }
}

/// The locked quotas of people in the months of a plan.
fn locked(workspace: &Workspace, recipe: Recipe) -> BTreeMap<PersonId, Money> {
    let from = recipe.first.first_day();
    let locked = workspace.quotas.iter().filter(|quota| quota.locked && quota.span == recipe.span);
    let locked = locked.filter(|quota| Some(quota.from) == from).filter_map(|quota| match quota.of {
        QuotaOf::Person { person } => Some((person, quota.amount)),
        QuotaOf::Company {} | QuotaOf::Department { .. } => None,
    });
    locked.collect()
}

/// What is proposed for each worth; `locked` of a total is given already.
fn amounts(worths: &[Option<i128>], locked: i64, recipe: Recipe) -> Vec<Option<Money>> {
    let money = |minor: i128| Money::from_minor(i64::try_from(minor).ok()?);
    let Some(total) = recipe.total else {
        return worths.iter().map(|worth| money(rounded((*worth)?, recipe.step))).collect();
    };
    let weights: Vec<i128> = worths.iter().map(|worth| worth.unwrap_or(0)).collect();
    let parts = share_out((total.minor() - locked).max(0), &weights, recipe.step);
    let part = |(place, worth): (usize, &Option<i128>)| {
        let part = parts.as_ref()?.get(place)?;
        worth.and_then(|_| Money::from_minor(*part))
    };
    worths.iter().enumerate().map(part).collect()
}

fn owner(view: &View, state: &State) -> Option<PersonId> {
    value_on(view.frame.owners(state.row), view.as_of).flatten()
}

/// A period that began before the day of a proposal.
struct Past {
    first: Month,
    months: u32,
    period: Period,
    is_over: bool,
    won: BTreeMap<PersonId, Holding>,
}

impl Past {
    /// `None` when it had not begun by `as_of`, or when nobody had a deal in it yet.
    fn of(frame: &Frame, as_of: Date, filter: &Filter, first: Month, months: u32) -> Option<Self> {
        let whole = Period { from: first.first_day()?, to: months_from(first, months).last()?.last_day()? };
        let period = Period { to: whole.to.min(as_of), ..whole };
        let view = frame.view(period.to, filter);
        if period.from > as_of || view.states.is_empty() {
            return None;
        }
        let mut won = BTreeMap::<PersonId, Tally>::new();
        for state in &view.states {
            let Status::Won(Some(on)) = state.status else { continue };
            if let Some(owner) = owner(&view, state).filter(|_| period.contains(on)) {
                won.entry(owner).or_default().add(state, Share::ONE);
            }
        }
        let won = won.into_iter().map(|(person, tally)| (person, tally.finish())).collect();
        Some(Self { first, months, period, is_over: period == whole, won })
    }

    fn of_person(&self, workspace: &Workspace, person: PersonId) -> Earlier {
        let filter = filter_of(QuotaOf::Person { person });
        Earlier {
            period: self.period,
            is_over: self.is_over,
            asked: asked(workspace, &filter, self.first, self.months).map(|asked| asked.amount),
            won: self.won.get(&person).cloned().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::content::Language,
        model::{Change, Command, Patch, Quota, QuotaId, Stamp, apply},
        training::demo,
    };

    fn today() -> Date {
        Date::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn done(workspace: &Workspace, command: Command) -> Workspace {
        let stamp = Stamp { on: today(), at: "2026-11-23T00:00:00Z".parse().unwrap(), by: None, seed: ulid::Ulid(1) };
        workspace.with(&apply(workspace, command, stamp).unwrap())
    }

    fn recipe() -> Recipe {
        let first = Month { year: 2027, month: 1 };
        Recipe { first, span: QuotaSpan::Quarter, step: 100_000, total: None, offer: Offer::Before }
    }

    fn planned(workspace: &Workspace, recipe: Recipe) -> Plan {
        plan(workspace, &Frame::new(workspace), today(), &Filter::default(), recipe).unwrap()
    }

    fn amounts_of(plan: &Plan) -> BTreeMap<PersonId, Option<Money>> {
        plan.proposals.iter().map(|one| (one.person, one.amount)).collect()
    }

    #[test]
    fn every_open_deal_is_in_one_proposal_or_unplanned() {
        let company = demo::company(Language::English, today(), demo::SEED);
        let plan = planned(&company, recipe());
        let in_plan: usize = plan.proposals.iter().map(|one| one.potential.deals.len()).sum();
        let open = company.deals.iter().filter(|deal| deal.standing().is_open()).count();
        assert_eq!(in_plan + plan.unplanned.deals.len(), open);
        assert!(plan.proposals.iter().all(|one| one.amount.is_some_and(|amount| amount.minor() % 100_000 == 0)));
    }

    #[test]
    fn a_total_from_above_is_shared_out_whole() {
        let company = demo::company(Language::English, today(), demo::SEED);
        let total = Money::from_minor(123_456_789).unwrap();
        let plan = planned(&company, Recipe { total: Some(total), ..recipe() });
        let sum: i64 = plan.proposals.iter().filter_map(|one| one.amount).map(Money::minor).sum();
        assert_eq!(sum, total.minor());
        let mut by_potential: Vec<_> =
            plan.proposals.iter().map(|one| (one.potential.weighted, one.amount.unwrap())).collect();
        by_potential.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(by_potential.is_sorted_by_key(|(_, amount)| *amount));
    }

    #[test]
    fn a_stage_weighs_what_its_model_says_and_not_what_its_seller_hopes() {
        let company = demo::company(Language::English, today(), demo::SEED);
        let deal = company.deals.iter().find(|deal| deal.standing().is_open() && deal.standing().amount.is_some());
        let deal = deal.unwrap();
        let before = planned(&company, recipe());
        let hopeful = done(&company, Command::SetProbability { id: deal.id, to: Some(Share::percent(97)) });
        assert_eq!(planned(&hopeful, recipe()), before);
        let model = company.models.get(deal.standing().model).unwrap();
        let mut heavy = crate::model::FunnelModel::clone(model);
        for stage in &mut heavy.stages {
            stage.weight = Some(Share::ONE);
        }
        let patch = Patch { id: model.id, before: Some(model.clone()), after: Some(heavy.into()) };
        let heavy = company.with(&Change { models: vec![patch], ..Change::default() });
        let whole = planned(&heavy, recipe());
        let owner = deal.standing().owner.unwrap();
        let of = |plan: &Plan| plan.proposals.iter().find(|one| one.person == owner).unwrap().potential.weighted;
        assert!(of(&whole) > of(&before));
    }

    #[test]
    fn whoever_has_no_deals_is_offered_something_or_said_to_have_nothing() {
        let company = demo::company(Language::English, today(), demo::SEED);
        let newcomer = Person {
            id: 77.into(),
            name: "New".into(),
            department: None,
            territory: String::new(),
            capacity: None,
            active: true,
        };
        let company = done(&company, Command::PutPerson(newcomer));
        let of = |company: &Workspace, recipe| {
            let plan = planned(company, recipe);
            let one = plan.proposals.iter().find(|one| one.person == 77.into()).unwrap();
            (one.ground, one.amount.map(Money::minor))
        };
        assert_eq!(of(&company, recipe()), (Ground::Nothing, None));
        let shared = Recipe { total: Money::from_minor(10_000_000), ..recipe() };
        assert_eq!(of(&company, shared), (Ground::Nothing, None));
        let floor = Offer::Floor(Money::from_minor(5_000_000).unwrap());
        assert_eq!(of(&company, Recipe { offer: floor, ..recipe() }), (Ground::Floor, Some(5_000_000)));
        let quota = Quota {
            id: QuotaId::from(5),
            of: QuotaOf::Person { person: 77.into() },
            from: "2026-10-01".parse().unwrap(),
            span: QuotaSpan::Quarter,
            amount: Money::from_minor(3_000_000).unwrap(),
            locked: false,
        };
        let company = done(&company, Command::PutQuota(quota));
        assert_eq!(of(&company, recipe()), (Ground::QuotaBefore, Some(3_000_000)));
    }

    #[test]
    fn what_is_written_adds_up_from_people_to_the_company() {
        let company = demo::company(Language::English, today(), demo::SEED);
        let (first, span) = (recipe().first, recipe().span);
        // A quota of the company's own for the whole year would hide the sum.
        let year = Quota {
            id: QuotaId::from(9),
            of: QuotaOf::Company {},
            from: "2027-01-01".parse().unwrap(),
            span: QuotaSpan::Year,
            amount: Money::from_minor(1).unwrap(),
            locked: false,
        };
        let company = done(&company, Command::PutQuota(year));
        let amounts = amounts_of(&planned(&company, recipe()));
        let mut next = 1_000_u128;
        let fresh = || {
            next += 1;
            QuotaId::from(next)
        };
        let command = write(&company, first, span, &amounts, fresh).unwrap();
        let written = done(&company, command);
        let asked = |filter: &Filter| asked(&written, filter, first, 3).map(|asked| asked.amount);
        let sums = sums(&company, &amounts);
        assert_eq!(asked(&Filter::default()), Some(sums.company.amount));
        for (department, sum) in &sums.departments {
            let filter = Filter { departments: [*department].into(), ..Filter::default() };
            assert_eq!(asked(&filter), Some(sum.amount));
        }
        // Once written, nothing is left to write.
        assert_eq!(write(&written, first, span, &amounts, || QuotaId::from(3)), None);
    }

    #[test]
    fn what_is_locked_stays_and_the_rest_is_shared_out() {
        let company = demo::company(Language::English, today(), demo::SEED);
        let (first, span) = (recipe().first, recipe().span);
        let of = |person| QuotaOf::Person { person };
        let one = company.quotas.iter().find(|quota| Some(quota.from) == first.first_day()).unwrap();
        let QuotaOf::Person { person } = one.of else { unreachable!() };
        let company = done(&company, lock(&company, first, span, &[of(person)], true).unwrap());
        let total = Money::from_minor(900_000_000).unwrap();
        let plan = planned(&company, Recipe { total: Some(total), ..recipe() });
        let kept = plan.proposals.iter().find(|one| one.person == person).unwrap();
        assert_eq!((kept.ground, kept.amount), (Ground::Locked, Some(one.amount)));
        assert_eq!(plan.proposals.iter().filter_map(|one| one.amount).map(Money::minor).sum::<i64>(), total.minor());
        let mut amounts = amounts_of(&plan);
        amounts.insert(person, Some(Money::ZERO));
        let mut next = 1_000_u128;
        let fresh = || {
            next += 1;
            QuotaId::from(next)
        };
        let written = done(&company, write(&company, first, span, &amounts, fresh).unwrap());
        assert_eq!(written.quotas.get(one.id).map(|quota| (quota.amount, quota.locked)), Some((one.amount, true)));
        let open = lock(&written, first, span, &[of(person)], false).unwrap();
        assert!(done(&written, open).quotas.iter().all(|quota| !quota.locked));
    }

    #[test]
    fn earlier_periods_stand_beside_each_proposal() {
        let company = demo::company(Language::English, today(), demo::SEED);
        let plan = planned(&company, recipe());
        let frame = Frame::new(&company);
        for one in &plan.proposals {
            let (before, year_before) = (one.before.as_ref().unwrap(), one.year_before.as_ref().unwrap());
            assert!(!before.is_over && year_before.is_over);
            assert_eq!(before.period.to, today());
            let filter = Filter { people: [one.person].into(), ..Filter::default() };
            let first = Month { year: 2026, month: 10 };
            let attained = crate::metrics::attainment(&company, &frame, today(), &filter, first, 3);
            assert_eq!(attained.map(|attained| attained.won.amount).unwrap_or_default(), before.won.amount);
        }
        let ahead = Recipe { first: Month { year: 2027, month: 4 }, ..recipe() };
        assert!(planned(&company, ahead).proposals.iter().all(|one| one.before.is_none()));
    }
}

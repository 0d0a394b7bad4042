//! Random records of what a manager keeps: promises, handovers, interventions, the catalogue of problems and appraisal schemes.

use loudou::model::{
    Batch, Command, CustomerId, DealDetails, DealId, HandedOver, Handover, HandoverItem, Incentive, IncentiveStep,
    Intervention, InterventionKind, Measure, MeasureKind, ModelId, NewDeal, PersonId, Problem, Promise, Scheme,
    Settled, StageId,
};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
};

use super::{
    Mood,
    records::{date, deal_id, id, name, share, stage_id, text},
};

/// Tame ones are due after they were made and say something.
fn promise(mood: Mood) -> impl Strategy<Value = Promise> {
    let settled = (date(), any::<bool>(), text()).prop_map(|(on, kept, note)| Settled { on, kept, note });
    let about = (option::of(deal_id(mood)), option::of(id(mood)), option::weighted(0.4, stage_id(mood)));
    (id(mood), id(mood), [date(), date()], name(mood), about, option::of(settled)).prop_map(
        move |(id, person, [one, other], text, (deal, customer, reaches), settled)| {
            let tame = mood == Mood::Tame;
            Promise {
                id: id.into(),
                person: person.into(),
                made: if tame { one.min(other) } else { one },
                due: if tame { one.max(other) } else { other },
                text,
                deal,
                customer: customer.map(Into::into),
                reaches: reaches.filter(|_| !tame || deal.is_some()),
                settled,
            }
        },
    )
}

/// Tame ones name nobody twice.
fn handover(mood: Mood) -> impl Strategy<Value = Handover> {
    let what =
        prop_oneof![id(mood).prop_map(|id| HandedOver::Customer(id.into())), deal_id(mood).prop_map(HandedOver::Deal),];
    let days = [option::of(date()), option::of(date()), option::of(date())];
    let item = (what, id(mood), days, text()).prop_map(|(what, to, [called, introduced, confirmed], note)| {
        HandoverItem { what, to: to.into(), called, introduced, confirmed, note }
    });
    (id(mood), id(mood), date(), vec(item, 0..4), option::of(date()), text()).prop_map(
        move |(id, from, begun, mut items, closed, note)| {
            if mood == Mood::Tame {
                items.sort_by_key(|item| item.what);
                items.dedup_by_key(|item| item.what);
            }
            Handover { id: id.into(), from: from.into(), begun, items, closed, note }
        },
    )
}

/// Stages of tame ones are of their model.
fn intervention(mood: Mood) -> impl Strategy<Value = Intervention> {
    let kind = select(InterventionKind::ALL.to_vec());
    let until = option::weighted(if mood == Mood::Wild { 0.5 } else { 0.05 }, date());
    (id(mood), name(mood), kind, (id(mood), 1_u128..6), (date(), until), vec(id(mood), 0..3), text()).prop_map(
        move |(id, name, kind, (model, stage), (from, until), mut people, note)| {
            if mood == Mood::Tame {
                people.sort_unstable();
                people.dedup();
            }
            Intervention {
                id: id.into(),
                name,
                kind,
                model: model.into(),
                stage: model.wrapping_mul(10).wrapping_add(stage).into(),
                from,
                until,
                people: people.into_iter().map(Into::into).collect(),
                note,
            }
        },
    )
}

fn problem(mood: Mood) -> impl Strategy<Value = Problem> {
    (id(mood), name(mood), vec(text(), 0..3), name(mood), vec(text(), 0..3), text()).prop_map(
        |(id, company, words, problem, questions, introduction)| Problem {
            id: id.into(),
            company,
            words,
            problem,
            questions,
            introduction,
        },
    )
}

/// Weights of tame ones add up to 100, and their steps rise.
fn scheme(mood: Mood) -> impl Strategy<Value = Scheme> {
    let target = prop_oneof![4 => 0_i64..500, 1 => any::<u32>().prop_map(i64::from)];
    let target = prop_oneof![9 => target, u32::from(mood == Mood::Wild) => any::<i64>()];
    let kinds = subsequence(MeasureKind::ALL.to_vec(), 0..4);
    let measures = (kinds, vec((0_u16..50, target), 4)).prop_map(move |(kinds, numbers)| {
        let numbered = kinds.into_iter().zip(numbers);
        let mut measures: Vec<_> = numbered.map(|(kind, (weight, target))| Measure { kind, weight, target }).collect();
        if mood == Mood::Tame
            && let Some((last, others)) = measures.split_last_mut()
        {
            for other in others.iter_mut() {
                other.weight /= 2;
            }
            last.weight = 100 - others.iter().map(|other| other.weight).sum::<u16>();
        }
        measures
    });
    let step = (any::<u16>(), share()).prop_map(|(from, share)| IncentiveStep { from, share });
    let incentive = (share(), vec(step, 0..3), share()).prop_map(move |(share, mut steps, team)| {
        if mood == Mood::Tame {
            steps.sort_by_key(|step| step.from);
            steps.dedup_by_key(|step| step.from);
        }
        Incentive { share, steps, team }
    });
    (id(mood), name(mood), measures, incentive).prop_map(|(id, name, measures, incentive)| Scheme {
        id: id.into(),
        name,
        measures,
        incentive,
    })
}

/// Records about what other commands have made: they name what is there where they can.
pub(super) fn about(mood: Mood, made: Made) -> impl Strategy<Value = Vec<Command>> {
    let drawn = (vec(promise(mood), 0..4), vec(handover(mood), 0..3), vec(intervention(mood), 0..3));
    drawn.prop_map(move |(promises, handovers, interventions)| {
        let Made { models, people, customers } = &made;
        // Deals that name nothing, so that nothing stands in their way.
        let deals: Vec<(DealId, ModelId)> =
            [4_u128, 5].into_iter().zip(models.iter().cycle()).map(|(id, model)| (id.into(), *model)).collect();
        let bare = deals.iter().map(|(id, model)| {
            let details = DealDetails { title: "Bare".to_owned(), ..DealDetails::default() };
            let stage = stage_of(*model, 1);
            let (owner, amount, expected_close) = (None, None, None);
            Command::CreateDeal(Box::new(NewDeal {
                id: *id,
                details,
                model: *model,
                stage,
                owner,
                amount,
                expected_close,
            }))
        });
        let promises = promises.into_iter().enumerate().map(|(place, promise)| {
            let deal = deals.get(place % 3);
            let reaches = promise.reaches.zip(deal).map(|(stage, deal)| stage_of(deal.1, stage.value().0));
            let customer = promise.customer.and(customers.first().copied());
            let person = people.get(place).or(people.first()).copied().unwrap_or(promise.person);
            let deal = deal.map(|deal| deal.0);
            Command::PutPromise(Box::new(Promise { person, deal, customer, reaches, ..promise }))
        });
        let handovers = handovers.into_iter().map(|mut handover| {
            for (place, item) in handover.items.iter_mut().enumerate() {
                item.to = people.get(place).or(people.first()).copied().unwrap_or(item.to);
                item.what = match (item.what, customers.get(place), deals.get(place % 3)) {
                    (HandedOver::Customer(_), Some(customer), _) => HandedOver::Customer(*customer),
                    (_, _, Some(deal)) => HandedOver::Deal(deal.0),
                    (what, ..) => what,
                };
            }
            Command::PutHandover(Handover { from: people.last().copied().unwrap_or(handover.from), ..handover })
        });
        let interventions = interventions.into_iter().map(|intervention| {
            let model = models.first().copied().unwrap_or(intervention.model);
            let stage = stage_of(model, intervention.stage.value().0);
            let people = people.first().filter(|_| !intervention.people.is_empty()).copied().into_iter().collect();
            Command::PutIntervention(Box::new(Intervention { model, stage, people, ..intervention }))
        });
        bare.chain(promises).chain(handovers).chain(interventions).collect()
    })
}

/// The stage of a model that has the last digit of another one.
fn stage_of(model: ModelId, like: u128) -> StageId {
    model.value().0.wrapping_mul(10).wrapping_add(like % 10).into()
}

/// What there may be to name.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) models: Vec<ModelId>,
    pub(super) people: Vec<PersonId>,
    pub(super) customers: Vec<CustomerId>,
}

/// Any command that keeps one of them.
pub(super) fn command(mood: Mood) -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => promise(mood).prop_map(|promise| Command::PutPromise(Box::new(promise))),
        1 => id(mood).prop_map(|id| Command::RemovePromise(id.into())),
        3 => handover(mood).prop_map(Command::PutHandover),
        1 => id(mood).prop_map(|id| Command::RemoveHandover(id.into())),
        3 => intervention(mood).prop_map(|intervention| Command::PutIntervention(Box::new(intervention))),
        1 => id(mood).prop_map(|id| Command::RemoveIntervention(id.into())),
        1 => problem(mood).prop_map(|problem| Command::PutProblem(Box::new(problem))),
        1 => id(mood).prop_map(|id| Command::RemoveProblem(id.into())),
        1 => scheme(mood).prop_map(Command::PutScheme),
        1 => id(mood).prop_map(|id| Command::RemoveScheme(id.into())),
    ]
}

/// A batch with nothing else in it.
pub(super) fn batch(mood: Mood) -> impl Strategy<Value = Batch> {
    let records = (
        vec(promise(mood), 0..2),
        vec(handover(mood), 0..2),
        vec(intervention(mood), 0..2),
        vec(problem(mood), 0..2),
        vec(scheme(mood), 0..2),
    );
    // Whatever names anything in it may be refused, and the whole batch with it.
    let few = prop_oneof![2 => Just(false), 1 => Just(true)];
    (few, records).prop_map(|(few, (promises, handovers, interventions, problems, schemes))| {
        let others = Batch { problems, schemes, ..Batch::default() };
        if few { Batch { promises, handovers, interventions, ..others } } else { others }
    })
}

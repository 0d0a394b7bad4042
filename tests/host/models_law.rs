//! What holds however models are edited while deals are in them.

use std::collections::BTreeSet;

use loudou::{
    codec::{
        content::{IdSource, Language, gallery, instantiate},
        document::{decode, encode},
        journal::{decode_change, encode_change},
        model_draft, model_file,
    },
    metrics::{Filter, Frame, Rate, Reason, conversion, gate_skips, sales_cycle, stock},
    model::{
        AfterSale, Command, DealId, Event, FunnelModel, ModelDraft, Share, Stage, StageId, Stamp, Workspace, apply,
        revision::{compare, compare_after_sale, effect},
    },
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{
    r#gen::{Mood, after_sale, first_day, moment, workspace},
    laws::dangling,
    metrics_oracle::six_deals::{day, six_deals},
};

/// What a person does in the editor; places are taken among what there is.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Rename(Index, String),
    Figures(Index, Share, u16),
    Shift(Index, Index),
    Add(Index),
    Split(Index, bool),
    Retire(Index, Index),
    Merge(Index, Index),
    Restore(Index, bool),
    After(Option<AfterSale>),
    /// Moves a deal in between.
    Move(Index, Index),
    /// Closes, puts to sleep or opens a deal in between.
    Close(Index, u8),
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let place = any::<Index>;
    prop_oneof![
        1 => (place(), "[A-Z][a-z]{1,6}").prop_map(|(at, name)| Edit::Rename(at, name)),
        1 => (place(), 1_u8..=100, 1_u16..90).prop_map(|(at, share, days)| Edit::Figures(at, Share::percent(share), days)),
        2 => (place(), place()).prop_map(|(at, to)| Edit::Shift(at, to)),
        2 => place().prop_map(Edit::Add),
        2 => (place(), any::<bool>()).prop_map(|(at, all)| Edit::Split(at, all)),
        3 => (place(), place()).prop_map(|(at, into)| Edit::Retire(at, into)),
        3 => (place(), place()).prop_map(|(at, into)| Edit::Merge(at, into)),
        2 => (place(), any::<bool>()).prop_map(|(at, home)| Edit::Restore(at, home)),
        2 => proptest::option::of(after_sale(Mood::Tame)).prop_map(Edit::After),
        4 => (place(), place()).prop_map(|(deal, to)| Edit::Move(deal, to)),
        3 => (place(), 0_u8..4).prop_map(|(deal, how)| Edit::Close(deal, how)),
    ]
}

/// The draft of an edit of `model`, with fresh ids counted on from `fresh`.
fn drawn(model: &FunnelModel, edit: &Edit, fresh: u128) -> ModelDraft {
    let mut draft = ModelDraft::of(model);
    let stages: Vec<StageId> = draft.stages.iter().map(|stage| stage.id).collect();
    let own = |name: &str| format!("{name} {fresh}");
    match edit {
        Edit::Rename(at, name) => draft.stage_mut(*at.get(&stages)).unwrap().name = own(name),
        Edit::Figures(at, share, days) => {
            let stage = draft.stage_mut(*at.get(&stages)).unwrap();
            (stage.probability, stage.promotion_rate, stage.expected_days) = (*share, *share, *days);
        }
        Edit::Shift(at, to) => draft.shift(*at.get(&stages), to.index(stages.len())),
        Edit::Add(at) => {
            let at = at.index(stages.len());
            let stage = Stage { id: fresh.into(), name: own("Added"), ..draft.stages[at].clone() };
            draft.stages.insert(at, stage);
        }
        Edit::Split(at, all) => {
            let stage = *at.get(&stages);
            draft.split(stage, fresh.into(), own("Split"));
            if *all {
                draft.send(stage, fresh.into());
            }
        }
        Edit::Retire(at, into) => draft.retire(model, *at.get(&stages), *into.get(&stages)),
        Edit::Merge(at, into) => draft.merge(model, *at.get(&stages), *into.get(&stages)),
        Edit::Restore(at, home) if !model.revisions.is_empty() => {
            draft.restore(model, at.get(&model.revisions));
            if *home {
                draft.home = draft.returning(model);
            }
        }
        Edit::After(after) => draft.after_sale.clone_from(after),
        Edit::Restore(..) | Edit::Move(..) | Edit::Close(..) => {}
    }
    draft
}

/// The command of an edit and, when it is one of a model, the draft behind it.
pub(crate) fn command(workspace: &Workspace, edit: &Edit, fresh: u128) -> Option<Command> {
    let deals: Vec<DealId> = workspace.deals.iter().map(|deal| deal.id).collect();
    let reason = Some("Because".to_owned());
    Some(match edit {
        Edit::Move(..) | Edit::Close(..) if deals.is_empty() => return None,
        Edit::Move(deal, to) => {
            let id = *deal.get(&deals);
            let model = workspace.models.get(workspace.deals.get(id)?.standing().model)?;
            Command::MoveDeal { id, to: to.get(&model.stages).id, override_reason: reason }
        }
        Edit::Close(deal, how) => {
            let id = *deal.get(&deals);
            match how {
                0 => Command::WinDeal { id, override_reason: reason },
                1 => Command::LoseDeal { id, reason: "price".to_owned(), note: "n".to_owned() },
                2 => Command::SleepDeal { id, wake: None },
                _ => Command::ReopenDeal(id),
            }
        }
        _ => {
            // The model that most deals are in, so that edits meet deals.
            let deals = |model: &FunnelModel| workspace.deals.iter().filter(|d| d.standing().model == model.id).count();
            let model = workspace.models.iter().max_by_key(|model| deals(model))?;
            Command::ReviseModel(Box::new(drawn(model, edit, fresh)))
        }
    })
}

fn events(workspace: &Workspace) -> Vec<(DealId, Vec<Event>)> {
    workspace.deals.iter().map(|deal| (deal.id, deal.history().to_vec())).collect()
}

/// Every history begins with what it was before.
fn keeps(before: &[(DealId, Vec<Event>)], after: &Workspace) -> bool {
    before.len() == after.deals.len()
        && before
            .iter()
            .all(|(id, history)| after.deals.get(*id).is_some_and(|deal| deal.history().starts_with(history)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_of_a_model_loses_anything(start in workspace(), edits in vec((edit(), 0_i64..4), 1..24)) {
        let mut now = start;
        let mut day = first_day() + chrono::TimeDelta::days(400);
        for ((edit, days), number) in edits.into_iter().zip(1_u128..) {
            day += chrono::TimeDelta::days(days);
            let stamp = Stamp { on: day, at: moment(), by: None, seed: ulid::Ulid((1 << 100) + (number << 32)) };
            let Some(command) = command(&now, &edit, (1 << 90) + number) else { continue };
            let draft = match &command {
                Command::ReviseModel(draft) => Some(draft.clone()),
                _ => None,
            };
            let result = apply(&now, command, stamp);
            if let Some(draft) = &draft {
                let refused = draft.problems().iter().any(|problem| problem.refuses());
                prop_assert_eq!(result.is_err(), refused, "{:?} {:?}", result, draft);
            }
            let Ok(change) = result else { continue };
            let next = now.with(&change);
            prop_assert!(keeps(&events(&now), &next));
            prop_assert_eq!(&next.with(&change.inverse()), &now);
            prop_assert_eq!(dangling(&next), Vec::<String>::new());
            let entry = decode_change(&encode_change(&change), &now);
            prop_assert_eq!(entry.as_ref(), Ok(&change));
            if let Some(draft) = draft {
                let (old, new) = (now.models.get(draft.id).unwrap(), next.models.get(draft.id).unwrap());
                prop_assert_eq!(&new.stages, &draft.stages);
                prop_assert_eq!(compare(&old.stages, &new.stages).is_empty(), old.stages == new.stages);
                prop_assert_eq!(&new.after_sale, &draft.after_sale);
                let (was, is) = (old.after_sale.as_ref(), new.after_sale.as_ref());
                prop_assert_eq!(compare_after_sale(was, is).is_empty(), was == is);
                let told = effect(&now, &draft, stamp).unwrap();
                let sent: BTreeSet<_> = now
                    .deals
                    .iter()
                    .filter(|deal| next.deals.get(deal.id).unwrap().standing().stage != deal.standing().stage)
                    .map(|deal| deal.id)
                    .collect();
                prop_assert_eq!(told.sent(), sent.len());
                prop_assert_eq!((told.before.open, told.before.dormant), (told.after.open, told.after.dormant));
            }
            now = next;
        }
        let text = encode(&now, moment());
        let decoded = decode(text.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        prop_assert_eq!(&decoded.workspace, &now);
        // The numbers know every stage that histories name, today and on every day before a revision.
        let everything = Filter::default();
        let days = now.models.iter().flat_map(|model| model.revisions.iter().filter_map(|r| r.until.pred_opt()));
        for day in days.filter(|day| *day >= first_day()).chain([day]).collect::<BTreeSet<_>>() {
            let then = now.as_counted_on(day);
            let frame = Frame::new(&then);
            let view = frame.view(day, &everything);
            for stock in stock(&view) {
                prop_assert_eq!(stock.left_out.of(Reason::UnknownStage), &[], "{} {:?}", day, then.models);
            }
            for conversion in conversion(&view) {
                for stage in &conversion.stages {
                    prop_assert_eq!(stage.cohort.entered(), stage.cohort.decided() + stage.cohort.open.len());
                }
            }
            sales_cycle(&view);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_merger_taken_back_puts_every_untouched_deal_where_it_stood(
        start in workspace(),
        mergers in vec((any::<Index>(), any::<Index>()), 1..3),
        touched in any::<Index>(),
    ) {
        let deals = |model: &FunnelModel| start.deals.iter().filter(|d| d.standing().model == model.id).count();
        let Some(id) = start.models.iter().max_by_key(|model| deals(model)).map(|model| model.id) else { return Ok(()) };
        let stamp = |number: u128| Stamp {
            on: first_day() + chrono::TimeDelta::days(400),
            at: moment(),
            by: None,
            seed: ulid::Ulid((1 << 100) + (number << 32)),
        };
        let done = |workspace: &Workspace, command, number| {
            apply(workspace, command, stamp(number)).map(|change| workspace.with(&change))
        };
        let mut now = start.clone();
        for (number, (stage, into)) in (1_u128..).zip(&mergers) {
            let model = now.models.get(id).unwrap();
            let stages: Vec<_> = model.stages.iter().map(|stage| stage.id).collect();
            let mut draft = ModelDraft::of(model);
            draft.merge(model, *stage.get(&stages), *into.get(&stages));
            draft.name = format!("Merged {number}");
            let Ok(next) = done(&now, Command::ReviseModel(Box::new(draft)), number) else { return Ok(()) };
            now = next;
        }
        // Somebody moves one deal, if that is possible.
        let last = now.models.get(id).unwrap().stages.last().unwrap().id;
        let ids: Vec<DealId> = now.deals.iter().map(|deal| deal.id).collect();
        let touched = (!ids.is_empty()).then(|| *touched.get(&ids));
        if let Some(id) = touched {
            let to = Command::MoveDeal { id, to: last, override_reason: Some("Because".to_owned()) };
            now = done(&now, to, 7).unwrap_or(now);
        }
        let model = now.models.get(id).unwrap();
        let mut draft = ModelDraft::of(model);
        draft.restore(model, &model.revisions[start.models.get(id).unwrap().revisions.len()]);
        draft.home = draft.returning(model);
        let coming = draft.coming_home(&now, &draft.home);
        let told = effect(&now, &draft, stamp(8));
        let Ok(next) = done(&now, Command::ReviseModel(Box::new(draft)), 8) else { return Ok(()) };
        prop_assert_eq!(told.unwrap().sent(), coming);
        prop_assert!(keeps(&events(&start), &next) && keeps(&events(&now), &next));
        for deal in start.deals.iter().filter(|deal| deal.standing().model == id && Some(deal.id) != touched) {
            prop_assert_eq!(next.deals.get(deal.id).unwrap().standing(), deal.standing());
        }
        let (was, is) = (start.models.get(id).unwrap(), next.models.get(id).unwrap());
        prop_assert_eq!((was.cover(), &was.stages), (is.cover(), &is.stages));
    }
}

/// The six deals after Talk went into Offer on 1 April: two open ones stood there.
fn merged() -> Workspace {
    let company = six_deals();
    let model = company.models.get(1.into()).unwrap();
    let mut draft = ModelDraft::of(model);
    draft.merge(model, 2.into(), 3.into());
    let stamp = Stamp { on: day(2026, 4, 1), at: moment(), by: None, seed: ulid::Ulid(1 << 80) };
    let change = apply(&company, Command::ReviseModel(Box::new(draft)), stamp).unwrap();
    company.with(&change)
}

#[test]
fn a_merger_is_no_promotion() {
    let (merged, everything) = (merged(), Filter::default());
    let frame = Frame::new(&merged);
    let view = frame.view(day(2026, 4, 30), &everything);
    let stocks = stock(&view);
    assert_eq!(stocks[0].stages.iter().map(|stage| stage.open.deals.len()).collect::<Vec<_>>(), [1, 3]);
    let conversion = &conversion(&view)[0];
    let [lead, offer] = [0, 1].map(|stage| &conversion.stages[stage].cohort);
    assert_eq!((lead.passed.len(), lead.open.len()), (4, 1));
    // Who stood in Talk stood in Offer since then: five entered, one was won, one lost, and nobody passed on the day of the merger.
    assert_eq!((offer.entered(), offer.passed.len(), offer.lost.len(), offer.open.len()), (5, 1, 1, 3));
    // From 11 January, when it came to Talk, to 20 February.
    assert_eq!(offer.durations().mean_to_pass, Some(40.0));
    assert_eq!(conversion.overall.so_far(), Rate::new(1, 5));
}

#[test]
fn the_gates_of_a_stage_that_left_are_those_of_the_one_it_went_into() {
    let (merged, everything) = (merged(), Filter::default());
    let frame = Frame::new(&merged);
    let skips = gate_skips(&merged, &frame.view(day(2026, 4, 30), &everything));
    let met: Vec<_> = skips.iter().map(|(stage, skips)| (*stage, skips.met.len())).collect();
    // Four came out of Lead; from Talk to Offer nobody went, for the two are one; one was won.
    assert_eq!(met, [(1.into(), 4), (3.into(), 1)]);
}

#[test]
fn a_split_is_no_promotion() {
    let company = six_deals();
    let mut draft = ModelDraft::of(company.models.get(1.into()).unwrap());
    draft.split(2.into(), 9.into(), "Needs".to_owned());
    draft.send(2.into(), 9.into());
    let stamp = Stamp { on: day(2026, 4, 1), at: moment(), by: None, seed: ulid::Ulid(1 << 80) };
    let split = company.with(&apply(&company, Command::ReviseModel(Box::new(draft)), stamp).unwrap());
    let (frame, everything) = (Frame::new(&split), Filter::default());
    let view = frame.view(day(2026, 4, 30), &everything);
    let conversion = &conversion(&view)[0];
    let [talk, needs] = [1, 2].map(|stage| &conversion.stages[stage].cohort);
    // As it was before: the two that were sent on are still undecided in Talk. Since when they are in Needs, nobody knows.
    assert_eq!((talk.entered(), talk.passed.len(), talk.lost.len(), talk.open.len()), (4, 1, 1, 2));
    assert_eq!((needs.entered(), needs.without_duration.len()), (2, 2));
    assert_eq!(stock(&view)[0].stages.iter().map(|stage| stage.open.deals.len()).collect::<Vec<_>>(), [1, 0, 2, 1]);
}

#[test]
fn what_was_counted_stays_counted() {
    let (before, after, everything) = (six_deals(), merged().as_counted_on(day(2026, 3, 31)), Filter::default());
    let figures = |workspace: &Workspace| {
        let frame = Frame::new(workspace);
        let view = frame.view(day(2026, 3, 31), &everything);
        (stock(&view), conversion(&view), sales_cycle(&view))
    };
    assert_eq!(figures(&before), figures(&after));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_model_file_holds_the_whole_form(workspace in workspace(), at in any::<Index>(), bit in 0_u8..8) {
        for model in workspace.models.iter() {
            let text = model_file::encode(model);
            let (read, problems) = model_file::decode(text.as_bytes(), &mut IdSource::new(ulid::Ulid(1 << 90))).unwrap();
            prop_assert_eq!(problems, []);
            prop_assert_eq!(read, model_file::copied(model, &mut IdSource::new(ulid::Ulid(1 << 90))));
            let mut bytes = text.into_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            // Whatever still opens is a model that can be added.
            if let Ok((read, _)) = model_file::decode(&bytes, &mut IdSource::new(ulid::Ulid(1 << 90))) {
                let stamp = Stamp { on: first_day(), at: moment(), by: None, seed: ulid::Ulid(1) };
                prop_assert!(apply(&workspace, Command::AddModel(Box::new(read)), stamp).is_ok());
            }
        }
    }

    #[test]
    fn a_draft_is_read_as_it_was_typed(workspace in workspace(), edits in vec(edit(), 0..4), blank in any::<Index>()) {
        for model in workspace.models.iter() {
            let base = ModelDraft::of(model);
            let mut form = base.clone();
            for (edit, number) in edits.iter().zip(1_u128..) {
                let mut model = FunnelModel::clone(model);
                (model.stages, model.name) = (form.stages.clone(), form.name.clone());
                form = drawn(&model, edit, (1 << 90) + number);
            }
            // What is half typed is kept too.
            let stages: Vec<_> = form.stages.iter().map(|stage| stage.id).collect();
            let stage = form.stage_mut(*blank.get(&stages)).unwrap();
            (stage.name, stage.expected_days) = (String::new(), 0);
            form.name = " ".to_owned();
            form.home = vec![stages[0]];
            let edited = model_draft::Edited { base, form };
            prop_assert_eq!(model_draft::decode(&model_draft::encode(&edited)), Ok(edited));
        }
    }

    #[test]
    fn no_bytes_upset_the_reader_of_models(
        bytes in vec(any::<u8>(), 0..200),
        text in r#"\{"format":"loudou-model","version":1,"model":[\[\]{}",:0-9a-z]{0,60}"#,
    ) {
        prop_assert!(model_file::decode(&bytes, &mut IdSource::new(ulid::Ulid(1))).is_err());
        prop_assert!(model_file::decode(text.as_bytes(), &mut IdSource::new(ulid::Ulid(1))).is_err());
        prop_assert!(model_draft::decode(&text.replace("-model", "-draft")).is_err());
    }
}

#[test]
fn shipped_models_are_without_fault() {
    for language in [Language::Chinese, Language::English] {
        for template in gallery(language) {
            let model = instantiate(&template, &mut IdSource::new(ulid::Ulid(1)));
            assert_eq!(ModelDraft::of(&model).problems(), [], "{}", template.slug);
        }
    }
}

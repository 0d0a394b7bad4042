//! What a merge makes of what a manager keeps, case by case.

use loudou::{
    codec::{
        document::decode,
        merge::{Merged, Options, Remark, Value, merge},
    },
    model::{
        Batch, Command, Handover, HandoverItem, Intervention, InterventionKind, Promise, Revision, Scheme, Stamp,
        Workspace, apply,
    },
};

use crate::r#gen::moment;

/// One of each, and a model with a stage of long ago.
fn base() -> Workspace {
    decode(include_str!("fixtures/document/v1-manager.json").as_bytes()).unwrap().workspace
}

fn after(workspace: &Workspace, command: Command) -> Workspace {
    let on = "2026-11-27".parse().unwrap();
    let stamp = Stamp { on, at: moment(), by: None, seed: ulid::Ulid(7 << 64) };
    workspace.with(&apply(workspace, command, stamp).unwrap())
}

/// What comes of it, whichever side is the first.
fn both(one: &Workspace, other: &Workspace, base: &Workspace) -> Merged {
    let merged = merge(&[one, other], Some(base), &Options::default()).unwrap();
    let turned = merge(&[other, one], Some(base), &Options::default()).unwrap();
    assert_eq!(merged.workspace, turned.workspace);
    let taken = after(one, Command::TakeOver(Box::new(merged.workspace.clone())));
    assert_eq!(taken, merged.workspace);
    merged
}

fn places(merged: &Merged) -> Vec<&str> {
    merged.conflicts().map(|conflict| conflict.key.field.as_str()).collect()
}

fn promise(workspace: &Workspace, edit: impl FnOnce(&mut Promise)) -> Workspace {
    let mut promise = (**workspace.promises.iter().nth(1).unwrap()).clone();
    edit(&mut promise);
    after(workspace, Command::PutPromise(Box::new(promise)))
}

fn handover(workspace: &Workspace, edit: impl FnOnce(&mut Vec<HandoverItem>)) -> Workspace {
    let mut handover: Handover = (**workspace.handovers.iter().next().unwrap()).clone();
    edit(&mut handover.items);
    after(workspace, Command::PutHandover(handover))
}

#[test]
fn lines_of_a_checklist_are_merged_field_by_field() {
    let base = base();
    let one = handover(&base, |items| items[1].called = Some("2026-11-04".parse().unwrap()));
    let other = handover(&base, |items| {
        items[1].note = "Knows the chief engineer".to_owned();
        items[0].note = "Mornings only".to_owned();
        items.swap(0, 1);
    });
    let merged = both(&one, &other, &base);
    assert_eq!(places(&merged), Vec::<&str>::new());
    let items = &merged.workspace.handovers.iter().next().unwrap().items;
    let found: Vec<_> = items.iter().map(|item| (item.called.is_some(), item.note.as_str())).collect();
    assert_eq!(found, [(true, "Mornings only"), (true, "Knows the chief engineer")]);
    // A line that one took out goes, unless the other wrote in it.
    let without = handover(&base, |items| items.truncate(1));
    let lines = |side: &Workspace| both(&without, side, &base).workspace.handovers.iter().next().unwrap().items.len();
    assert_eq!((lines(&base), lines(&one)), (1, 2));
}

#[test]
fn what_is_promised_is_taken_as_one() {
    let base = base();
    let one = promise(&base, |promise| {
        promise.text = "Call".to_owned();
        promise.reaches = None;
    });
    let other = promise(&base, |promise| promise.text = "Sign the contract".to_owned());
    let merged = both(&one, &other, &base);
    assert_eq!(places(&merged), ["text"]);
    let promise = merged.workspace.promises.iter().nth(1).unwrap();
    // Not the text of one with the stage of the other.
    assert!((promise.text == "Call") == promise.reaches.is_none());
}

#[test]
fn a_deal_that_is_promised_about_stays() {
    let base = base();
    let deal = base.deals.iter().next().unwrap().id;
    let gone = after(&base, Command::RemoveDeal(deal));
    assert_eq!((gone.promises.len(), gone.handovers.iter().next().unwrap().items.len()), (1, 1));
    let settled = promise(&base, |promise| promise.text = "Sign the contract".to_owned());
    let merged = both(&gone, &settled, &base);
    assert!(merged.workspace.deals.contains(deal));
    assert!(merged.notes.iter().any(|note| note.remark == Remark::StaysNamed && note.key.table == "deals"));
}

#[test]
fn a_stage_that_only_an_intervention_or_a_promise_names_stays_known() {
    let base = base();
    let model = base.models.iter().next().unwrap();
    let long_ago = model.revisions[0].stages[0].id;
    // A form of the model that knows nothing of the stage of long ago, and was revised later.
    let mut forgetful = (**model).clone();
    let until = "2026-11-27".parse().unwrap();
    forgetful.revisions = vec![Revision { until, cover: None, stages: model.stages.clone(), after_sale: None }];
    let marks: Vec<_> = base.interventions.iter().filter(|one| one.stage == long_ago).map(|one| one.id).collect();
    let other = marks.iter().fold(base.clone(), |side, id| after(&side, Command::RemoveIntervention(*id)));
    let batch = Batch { models: vec![forgetful], ..Batch::default() };
    let other = after(&other, Command::Import(Box::new(batch)));
    assert_eq!(marks.len(), 1);
    let added = Intervention { kind: InterventionKind::Other, ..(**base.interventions.iter().nth(1).unwrap()).clone() };
    let one = after(&base, Command::PutIntervention(Box::new(added)));
    let one = promise(&one, |promise| promise.reaches = Some(long_ago));
    let merged = both(&one, &other, &base);
    let model = merged.workspace.models.get(model.id).unwrap();
    assert!(model.known_stage(long_ago).is_some());
    assert!(merged.notes.iter().any(|note| matches!(&note.remark, Remark::StageStays { .. })));
}

#[test]
fn measures_and_the_incentive_are_taken_whole_and_ids_are_told_by_names() {
    let base = base();
    let scheme = |edit: &dyn Fn(&mut Scheme)| {
        let mut scheme = (**base.schemes.iter().next().unwrap()).clone();
        edit(&mut scheme);
        after(&base, Command::PutScheme(scheme))
    };
    let one = scheme(&|scheme| {
        scheme.measures[0].weight = 20;
        scheme.measures[1].weight = 30;
    });
    let other = scheme(&|scheme| {
        scheme.measures[2].weight = 15;
        scheme.measures[3].weight = 5;
    });
    let merged = both(&one, &other, &base);
    assert_eq!(places(&merged), ["measures"]);
    assert_eq!(merged.workspace.schemes.iter().next().unwrap().weights(), 100);

    let receiver = base.people.iter().next().unwrap().id;
    let one = handover(&base, |items| items[1].to = receiver);
    let merged = both(&one, &base, &base);
    let told = merged.differences.iter().find(|difference| difference.key.table == "handovers").unwrap();
    assert!(matches!(&told.by_rule, Value::Text(text) if text.ends_with("财务软件 50 套, 沈岚")), "{told:?}");
    let kept = promise(&base, |promise| promise.reaches = Some(base.models.iter().next().unwrap().stages[0].id));
    let merged = both(&kept, &base, &base);
    let told = merged.differences.iter().find(|difference| difference.key.table == "promises").unwrap();
    assert!(matches!(&told.by_rule, Value::Text(text) if text.contains("需求探寻")), "{told:?}");
}

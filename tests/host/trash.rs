//! Whatever is deleted comes back as it was, at once and later, or it is said what is in its way.

use loudou::{
    codec::trash::{decode, encode, label, read_label},
    model::{
        Change, Command, Rejection, Workspace, apply,
        removal::{Deletion, Summary, plan},
    },
};
use proptest::prelude::*;

use crate::{
    r#gen::{Mood, empty, steps, workspace},
    laws::dangling,
};

/// Every way to delete one record of a workspace, whether it is allowed or not.
fn deletions(workspace: &Workspace) -> Vec<Command> {
    let mut commands = Vec::new();
    commands.extend(workspace.deals.iter().map(|deal| Command::RemoveDeal(deal.id)));
    commands.extend(workspace.activities.iter().map(|activity| Command::RemoveActivity(activity.id)));
    commands.extend(workspace.campaigns.iter().map(|campaign| Command::RemoveCampaign(campaign.id)));
    commands.extend(workspace.customers.iter().map(|customer| Command::RemoveCustomer(customer.id)));
    commands.extend(workspace.targets.iter().map(|target| Command::RemoveTarget(target.id)));
    commands.extend(workspace.products.iter().map(|product| Command::RemoveProduct(product.id)));
    commands.extend(workspace.quotas.iter().map(|quota| Command::RemoveQuota(quota.id)));
    commands.extend(workspace.promises.iter().map(|promise| Command::RemovePromise(promise.id)));
    commands.extend(workspace.handovers.iter().map(|handover| Command::RemoveHandover(handover.id)));
    commands.extend(workspace.interventions.iter().map(|one| Command::RemoveIntervention(one.id)));
    commands.extend(workspace.problems.iter().map(|problem| Command::RemoveProblem(problem.id)));
    commands.extend(workspace.schemes.iter().map(|scheme| Command::RemoveScheme(scheme.id)));
    commands.extend(workspace.people.iter().map(|person| Command::RemovePerson(person.id)));
    commands.extend(workspace.departments.iter().map(|department| Command::RemoveDepartment(department.id)));
    commands.extend(workspace.models.iter().map(|model| Command::RemoveModel(model.id)));
    let fields = workspace.profile.custom_fields.iter();
    commands.extend(fields.map(|field| Command::RemoveCustomField { of: field.of, name: field.name.clone() }));
    commands
}

/// What a text in the trash says is what was put into it.
fn kept(workspace: &Workspace, taken: &Change) -> Result<Change, TestCaseError> {
    let currency = workspace.profile.currency;
    prop_assert_eq!(decode(&encode(taken, currency)), Ok((taken.clone(), currency)));
    let summary = Summary::of(workspace, taken);
    prop_assert_eq!(read_label(&label(&summary)), Some(summary));
    Ok(taken.clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_deletion_is_undone_from_its_text(workspace in workspace(), stamp in steps(Mood::Tame, 2)) {
        let Some((_, stamp)) = stamp.first().cloned() else { return Ok(()) };
        for command in deletions(&workspace) {
            let deletion = Deletion::of(&command);
            let Ok(change) = apply(&workspace, command, stamp) else { continue };
            let taken = deletion.taken(&change).expect("something is gone");
            let taken = kept(&workspace, &taken)?;
            let after = workspace.with(&change);
            let back = apply(&after, Command::PutBack(Box::new(taken)), stamp);
            prop_assert_eq!(back.map(|back| after.with(&back)), Ok(workspace.clone()));
        }
    }

    #[test]
    fn what_comes_back_late_fits_or_is_refused(
        start in empty(),
        session in steps(Mood::Wild, 60),
        later in steps(Mood::Wild, 30),
    ) {
        let mut workspace = start;
        let mut trash = Vec::new();
        let stamp = session.last().map(|(_, stamp)| *stamp);
        let Some(stamp) = stamp else { return Ok(()) };
        for (command, stamp) in session {
            let Ok(change) = apply(&workspace, command, stamp) else { continue };
            workspace = workspace.with(&change);
        }
        // From the records that name others to those that are named, so that many go.
        for command in deletions(&workspace) {
            let deletion = Deletion::of(&command);
            let Ok(change) = apply(&workspace, command, stamp) else { continue };
            trash.extend(deletion.taken(&change).map(|taken| kept(&workspace, &taken)).transpose()?);
            workspace = workspace.with(&change);
        }
        for (command, stamp) in later {
            let Ok(change) = apply(&workspace, command, stamp) else { continue };
            workspace = workspace.with(&change);
        }
        for taken in trash.iter().rev().chain(&trash) {
            let planned = plan(&workspace, taken);
            match apply(&workspace, Command::PutBack(Box::new(taken.clone())), stamp) {
                Ok(change) => {
                    prop_assert!(planned.obstacles.is_empty());
                    let expected = workspace.with(&planned.change);
                    workspace = workspace.with(&change);
                    prop_assert_eq!(&workspace, &expected);
                    prop_assert_eq!(dangling(&workspace), Vec::<String>::new());
                }
                Err(Rejection::InTheWay(obstacles)) => prop_assert_eq!(obstacles, planned.obstacles),
                // Stages of a returning model, and what else only its own rule knows.
                Err(refused) => prop_assert!(matches!(refused, Rejection::Exists(_) | Rejection::Circle(_)), "{:?}", refused),
            }
        }
    }
}

//! The laws of what is paid, against a slow and plain reading of the rule; and that a rule tried out pays what the sheets pay.

use loudou::{
    metrics::{
        Filter, Frame, Month,
        appraisal::{PaidFor, Pay, TeamPart, appraisal, incentive, tried_out},
        scorecard::{Measure, Of, scorecards},
    },
    model::{
        Batch, Command, Incentive, IncentiveStep, Measure as Asked, MeasureKind, Money, Quota, QuotaOf, QuotaSpan,
        Scheme, Share, Stamp, Timestamp, Workspace, apply,
    },
};
use proptest::{collection::vec, option, prelude::*};

use super::brute_force::{later, plans, workspace};

fn rules() -> impl Strategy<Value = Incentive> {
    let share = || (0..3_000_u16).prop_map(|points| Share::from_basis_points(points).unwrap());
    let step = (1..80_u16, share());
    (share(), vec(step, 0..4), share()).prop_map(|(share, steps, team)| {
        let mut from = 0;
        let steps = steps.into_iter().map(|(more, share)| {
            from += more;
            IncentiveStep { from, share }
        });
        Incentive { share, steps: steps.collect(), team }
    })
}

/// What a rule pays without a team, in hundredths of a basis point of a minor unit: each minor unit of the won money earns the share of
/// the last step that lies below it.
fn exact(rule: &Incentive, won: i128, quota: Option<i128>) -> i128 {
    let mut earned = 0;
    for unit in 0..won {
        let reached =
            |step: &&IncentiveStep| quota.is_some_and(|quota| quota > 0 && unit * 100 >= quota * i128::from(step.from));
        let share = rule.steps.iter().rfind(reached).map_or(rule.share, |step| step.share);
        earned += i128::from(share.basis_points());
    }
    earned
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_unit_earns_the_share_of_the_last_step_below_it(rule in rules(), won in 0..3_000_i128, quota in option::of(0..2_000_i128)) {
        let pay = incentive(&rule, won, quota, None);
        // Half a unit for the rounding of each line, and a unit of won money for where each step begins.
        let lines = i128::try_from(pay.lines.len()).unwrap();
        let off = (pay.total() * 10_000 - exact(&rule, won, quota)).abs();
        prop_assert!(off <= lines * (5_000 + 3_000), "{off} {pay:?}");
        prop_assert_eq!(pay.lines.iter().map(|line| line.amount).sum::<i128>(), pay.total());
        prop_assert_eq!(pay.lines.iter().map(|line| line.of).sum::<i128>(), won);
    }

    #[test]
    fn who_wins_more_is_paid_no_less(rule in rules(), won in -500..400_000_i128, more in 0..9_000_i128, quota in option::of(0..300_000_i128), above in 0..5_000_i128, place in 0..5_usize) {
        // What one wins, the department has won too.
        let pay = |won: i128| incentive(&rule, won, quota, Some(TeamPart { won: won + above, quota, people: 5, place }));
        prop_assert!(pay(won).total() <= pay(won + more).total());
        prop_assert!(won > 0 || pay(won).lines[0].amount == 0);
    }

    /// At a step nothing jumps: one minor unit more won brings at most one minor unit more on each line.
    #[test]
    fn steps_do_not_jump(rule in rules(), quota in 1..300_000_i128) {
        for step in &rule.steps {
            let begins = (quota * i128::from(step.from) + 50) / 100;
            let pay = |won: i128| incentive(&rule, won, Some(quota), None).total();
            let jump = pay(begins + 1) - pay((begins - 1).max(0));
            prop_assert!((0..=4).contains(&jump), "{jump} at {begins}");
        }
    }

    /// The parts of a team add up to its share, and differ by at most one.
    #[test]
    fn a_team_parts_all_of_it(team in 0..3_000_u16, won in 0..900_000_i128, quota in 0..300_000_i128, people in 1..9_usize) {
        let rule = Incentive { team: Share::from_basis_points(team).unwrap(), ..Incentive::default() };
        let part = |place| {
            let pay = incentive(&rule, 0, None, Some(TeamPart { won, quota: Some(quota), people, place }));
            pay.lines.iter().find(|line| line.what == PaidFor::Team).map_or(0, |line| line.amount)
        };
        let parts: Vec<i128> = (0..people).map(part).collect();
        let all = ((won - quota).max(0) * i128::from(team) + 5_000) / 10_000;
        prop_assert_eq!(parts.iter().sum::<i128>(), all);
        prop_assert!(parts[0] - parts[people - 1] <= 1);
    }
}

fn quota(id: u128, of: QuotaOf, minor: i64) -> Quota {
    let amount = Money::from_minor(minor).unwrap();
    Quota { id: id.into(), of, from: later(0), span: QuotaSpan::Year, amount, locked: false }
}

fn with_quotas(workspace: Workspace, amounts: [u32; 3]) -> Workspace {
    let stamp = Stamp { on: later(0), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
    let quotas = (1..).zip(amounts).map(|(id, amount)| quota(id, QuotaOf::Person { person: id.into() }, amount.into()));
    let batch = Batch { quotas: quotas.collect(), ..Batch::default() };
    workspace.with(&apply(&workspace, Command::Import(Box::new(batch)), stamp).unwrap())
}

fn scheme(incentive: Incentive) -> Scheme {
    let measures = MeasureKind::ALL.map(|kind| Asked { kind, weight: 10, target: 20 });
    Scheme { id: 1.into(), name: "All".into(), measures: measures.into(), incentive }
}

fn check_sheets(workspace: &Workspace, rule: &Incentive) {
    let frame = Frame::new(workspace);
    let as_of = later(200);
    let tried = tried_out(workspace, &frame, as_of, rule, 2);
    assert_eq!(tried.len(), 2);
    let scheme = scheme(rule.clone());
    for quarter in tried {
        let found = appraisal(workspace, &frame, as_of, &scheme, quarter.first, 3).unwrap();
        assert_eq!(found.period, quarter.period);
        let pays: Vec<(_, Pay)> = found.sheets.iter().map(|sheet| (sheet.person, sheet.pay.clone())).collect();
        assert_eq!(pays, quarter.pays);
        assert_eq!(quarter.paid(), pays.iter().map(|(_, pay)| pay.total()).sum::<i128>());
        for sheet in &found.sheets {
            for line in &sheet.lines {
                assert!(line.points.is_none_or(|points| (0.0..=150.0).contains(&points)), "{line:?}");
                assert!(line.result.is_none_or(f64::is_finite));
            }
            assert!(sheet.total().is_none_or(|total| (0.0..=150.0).contains(&total)));
        }
        // Over the models, the cards of the same quarter know as many deals won.
        let won = |model: u128| {
            let filter = Filter { model: Some(model.into()), period: Some(quarter.period), ..Filter::default() };
            let cards = scorecards(workspace, &frame, as_of, &filter).unwrap();
            let of = |sheet: &loudou::metrics::appraisal::Sheet| {
                let card = cards.card(Of::Person(sheet.person));
                card.line(Measure::Won).map_or(0, |line| line.own.deals.len())
            };
            found.sheets.iter().map(of).collect::<Vec<_>>()
        };
        let both: Vec<_> = won(1).iter().zip(won(2)).map(|(one, two)| one + two).collect();
        assert_eq!(both, found.sheets.iter().map(|sheet| sheet.won.len()).collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_tried_out_pays_what_the_sheets_pay(plans in plans(), rule in rules(), quotas in [1..900_000_u32, 1..900_000_u32, 1..900_000_u32]) {
        check_sheets(&with_quotas(workspace(plans), quotas), &rule);
    }
}

#[test]
fn a_department_parts_what_it_won_above_its_quota() {
    let workspace = with_quotas(workspace(vec![]), [10, 20, 30]);
    let rule = Incentive { team: Share::percent(10), ..Incentive::default() };
    let found =
        appraisal(&workspace, &Frame::new(&workspace), later(200), &scheme(rule), Month { year: 2026, month: 1 }, 3)
            .unwrap();
    // Nobody won anything: nothing is above any quota, and nothing is paid.
    assert_eq!(found.sheets.len(), 3);
    assert!(found.sheets.iter().all(|sheet| sheet.pay.total() == 0));
    assert!(found.sheets.iter().all(|sheet| sheet.pay.lines.iter().any(|line| line.what == PaidFor::Team)));
}

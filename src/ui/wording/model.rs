//! What is wrong with a model and what differs between two forms of it, in words.

use super::{I18n, required_field, zone};
use crate::{
    i18n::t_string,
    model::{
        Criterion, ModelProblem, Share, Zone,
        revision::{Difference, Part},
    },
    ui::format::{Format, UNKNOWN},
};

/// What is wrong, said of the stage or the model it is about.
pub fn problem(i18n: I18n, value: ModelProblem) -> &'static str {
    match value {
        ModelProblem::NoName => t_string!(i18n, model_editor.problem.no_name),
        ModelProblem::NoStage => t_string!(i18n, model_editor.problem.no_stage),
        ModelProblem::Nameless(_) => t_string!(i18n, model_editor.problem.nameless),
        ModelProblem::Twin(_) => t_string!(i18n, model_editor.problem.twin),
        ModelProblem::NoDuration(_) => t_string!(i18n, model_editor.problem.no_duration),
        ModelProblem::NobodyPasses(_) => t_string!(i18n, model_editor.problem.nobody_passes),
        ModelProblem::BlankCriterion(..) => t_string!(i18n, model_editor.problem.blank_criterion),
        ModelProblem::NamelessSegment(_) => t_string!(i18n, model_editor.problem.nameless_segment),
        ModelProblem::NamelessAfterSale => t_string!(i18n, model_editor.problem.nameless_after_sale),
        ModelProblem::NoInterval => t_string!(i18n, model_editor.problem.no_interval),
        ModelProblem::ProbabilityFalls(_) => t_string!(i18n, model_editor.problem.probability_falls),
        ModelProblem::WinsExceedPasses(_) => t_string!(i18n, model_editor.problem.wins_exceed_passes),
        ModelProblem::ZoneFalls(_) => t_string!(i18n, model_editor.problem.zone_falls),
        ModelProblem::WeightApart(_) => t_string!(i18n, model_editor.problem.weight_apart),
        ModelProblem::ManyStages(_) => t_string!(i18n, model_editor.problem.many_stages),
    }
}

/// A part of a stage.
pub fn part(i18n: I18n, value: Part) -> &'static str {
    match value {
        Part::Criteria => t_string!(i18n, model_editor.criteria),
        Part::Tasks => t_string!(i18n, deal.tasks),
        Part::Fields => t_string!(i18n, model_editor.fields),
        Part::Goal => t_string!(i18n, model_editor.goal),
        Part::Strategy => t_string!(i18n, deal.strategy),
        Part::Questions => t_string!(i18n, deal.questions),
        Part::Phrases => t_string!(i18n, deal.phrases),
        Part::Material => t_string!(i18n, deal.material),
        Part::Objections => t_string!(i18n, deal.objections),
    }
}

/// One thing that differs in what follows after the win.
pub fn after_sale(i18n: I18n, format: Format, value: &Difference) -> String {
    match value {
        Difference::Added => t_string!(i18n, model_editor.diff.after_added).to_owned(),
        Difference::Gone => t_string!(i18n, model_editor.diff.after_gone).to_owned(),
        Difference::Changed(part @ (Part::Goal | Part::Tasks)) => {
            let goal = *part == Part::Goal;
            let part = if goal { t_string!(i18n, after_sale.goal) } else { t_string!(i18n, after_sale.tasks) };
            t_string!(i18n, model_editor.diff.rewritten, part = part).to_string()
        }
        other => difference(i18n, format, other),
    }
}

/// One thing that differs in a stage.
pub fn difference(i18n: I18n, format: Format, value: &Difference) -> String {
    let percent = |share: Share| format.percent(share.as_f64(), 2);
    let by_hand =
        |share: Option<Share>| share.map_or_else(|| t_string!(i18n, model_editor.as_probability).to_owned(), percent);
    let zone_name =
        |set: Option<Zone>| set.map_or_else(|| t_string!(i18n, model_editor.zone_auto), |set| zone(i18n, set));
    let changed = |what: &str, from: String, to: String| {
        t_string!(i18n, model_editor.diff.changed, what = what.to_owned(), from = from, to = to).to_string()
    };
    match value {
        Difference::Added => t_string!(i18n, model_editor.diff.added).to_owned(),
        Difference::Gone => t_string!(i18n, model_editor.diff.gone).to_owned(),
        Difference::Renamed(from) => t_string!(i18n, model_editor.diff.renamed, from = from.clone()).to_string(),
        Difference::Moved(from, to) => {
            let (from, to) = (format.count(*from + 1), format.count(*to + 1));
            t_string!(i18n, model_editor.diff.moved, from = from, to = to).to_string()
        }
        Difference::Zone(from, to) => {
            changed(t_string!(i18n, model_editor.zone), zone_name(*from).to_owned(), zone_name(*to).to_owned())
        }
        Difference::Probability(from, to) => {
            changed(t_string!(i18n, model_editor.probability), percent(*from), percent(*to))
        }
        Difference::PromotionRate(from, to) => {
            changed(t_string!(i18n, model_editor.promotion_rate), percent(*from), percent(*to))
        }
        Difference::Days(from, to) => {
            let days = |days: u16| format.days(f64::from(days));
            changed(t_string!(i18n, model_editor.days), days(*from), days(*to))
        }
        Difference::Interval(from, to) => {
            let days = |days: u16| format.days(f64::from(days));
            changed(t_string!(i18n, after_sale.interval), days(*from), days(*to))
        }
        Difference::Weight(from, to) => changed(t_string!(i18n, model_editor.weight), by_hand(*from), by_hand(*to)),
        Difference::CriterionAdded(criterion) => {
            t_string!(i18n, model_editor.diff.criterion_added, text = quoted(i18n, criterion)).to_string()
        }
        Difference::CriterionGone(criterion) => {
            t_string!(i18n, model_editor.diff.criterion_gone, text = quoted(i18n, criterion)).to_string()
        }
        Difference::CriterionChanged(from, to) => {
            changed(t_string!(i18n, model_editor.criterion), quoted(i18n, from), quoted(i18n, to))
        }
        Difference::TaskAdded(text) => t_string!(i18n, model_editor.diff.task_added, text = shown(text)).to_string(),
        Difference::TaskGone(text) => t_string!(i18n, model_editor.diff.task_gone, text = shown(text)).to_string(),
        Difference::FieldAdded(value) => {
            t_string!(i18n, model_editor.diff.field_added, field = required_field(i18n, value)).to_string()
        }
        Difference::FieldGone(value) => {
            t_string!(i18n, model_editor.diff.field_gone, field = required_field(i18n, value)).to_string()
        }
        Difference::Changed(value) => {
            t_string!(i18n, model_editor.diff.rewritten, part = part(i18n, *value)).to_string()
        }
    }
}

fn shown(text: &str) -> String {
    if text.trim().is_empty() { UNKNOWN.to_owned() } else { text.to_owned() }
}

/// A criterion with what it is: `Need seen (required)`.
fn quoted(i18n: I18n, criterion: &Criterion) -> String {
    let kind = if criterion.required { t_string!(i18n, deal.required) } else { t_string!(i18n, deal.advisory) };
    t_string!(i18n, model_editor.diff.with_kind, text = shown(&criterion.text), kind = kind).to_string()
}

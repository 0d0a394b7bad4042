//! What the values of a stage column mean: stages in their order, or outcomes.

use serde::{Deserialize, Serialize};

use super::header::split_pipeline;
use crate::naming::{fold, normalise};

/// What a value of a stage or status column says about a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StageRole {
    /// The deal is in the funnel.
    Open,
    /// The customer signed.
    Won,
    /// The customer will not buy.
    Lost,
    /// The deal sleeps.
    Dormant,
}

/// Why stages are believed to follow one another in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderReason {
    /// They are stages of a model that exists.
    Model,
    /// The user put them in order.
    Chosen,
    /// Their names begin with numbers or letters.
    Numbered,
    /// The file gives each a probability.
    Probability,
    /// The file has a date column for each, in this order.
    HistoryColumns,
    /// Their names are known from many sales processes.
    KnownNames,
    /// Nothing else is known: the order in which they first occur.
    Appearance,
}

const WON: &[&str] = &[
    "won",
    "closedwon",
    "closewon",
    "win",
    "signed",
    "成交",
    "赢单",
    "成功",
    "已成交",
    "已赢单",
    "签约成功",
    "赢",
    "gewonnen",
    "ganada",
    "ganado",
    "cerradaganada",
    "gagné",
    "gagnée",
    "vinta",
    "ganha",
    "ganho",
    "успешно",
    "выиграно",
    "customer",
    "受注",
];

const LOST: &[&str] = &[
    "lost",
    "closedlost",
    "closelost",
    "lose",
    "loss",
    "apology",
    "dead",
    "丢单",
    "输单",
    "失败",
    "战败",
    "流失",
    "已输单",
    "已丢单",
    "输",
    "verloren",
    "absage",
    "perdida",
    "perdido",
    "cerradaperdida",
    "perdu",
    "perdue",
    "persa",
    "проиграно",
    "сделкапровалена",
    "cancelled",
    "canceled",
    "disqualified",
    "失注",
];

const DORMANT: &[&str] =
    &["dormant", "onhold", "hold", "delayed", "postponed", "paused", "休眠", "搁置", "暂停", "ruhend"];

const OPEN: &[&str] =
    &["open", "active", "inprogress", "ongoing", "进行中", "跟进中", "打开", "offen", "abierta", "aberto", "ouvert"];

/// Words in the names of stages with the chance of winning that is usual there, in percent; earlier entries win over later ones.
const USUAL: &[(&str, u8)] = &[
    ("待开发", 5),
    ("潜在", 5),
    ("名单", 5),
    ("目标", 5),
    ("lead", 5),
    ("target", 5),
    ("subscriber", 5),
    ("新建", 10),
    ("new", 5),
    ("новая", 5),
    ("prospect", 10),
    ("机会建立", 10),
    ("意向", 10),
    ("初步接触", 10),
    ("首次接通", 10),
    ("interes", 10),
    ("contact", 10),
    ("appointment", 20),
    ("erstgespräch", 10),
    ("engag", 25),
    ("requirement", 30),
    ("立项汇报", 70),
    ("项目汇报", 70),
    ("立项", 20),
    ("qualif", 15),
    ("квалификация", 15),
    ("screening", 15),
    ("线索", 10),
    ("discover", 20),
    ("needsanalysis", 25),
    ("需求", 30),
    ("preparation", 25),
    ("meeting", 35),
    ("入围", 25),
    ("valueprop", 40),
    ("demo", 40),
    ("presentation", 40),
    ("presentación", 40),
    ("演示", 45),
    ("试用", 55),
    ("evaluat", 50),
    ("评估", 50),
    ("验证", 50),
    ("opportunity", 20),
    ("decisionmaker", 55),
    ("perception", 58),
    ("方案", 50),
    ("proposition", 55),
    ("propuesta", 50),
    ("proposal", 60),
    ("quote", 65),
    ("报价", 65),
    ("кп", 60),
    ("angebot", 65),
    ("prepayment", 60),
    ("商务采购", 90),
    ("商务", 75),
    ("谈判", 75),
    ("洽谈", 60),
    ("negotiat", 80),
    ("negociation", 80),
    ("negociación", 80),
    ("review", 80),
    ("commit", 85),
    ("executing", 80),
    ("договор", 85),
    ("contract", 85),
    ("合同", 90),
    ("firmas", 90),
    ("abschluss", 85),
    ("finalinvoice", 90),
    ("invoice", 90),
    ("成交客户", 90),
    ("handover", 95),
];

/// A stage's name without the number or letter that orders it and without its pipeline: `5. Demo (Sales Pipeline)` is `Demo`.
fn bare(name: &str) -> &str {
    let name = without_pipeline(name);
    ordinal(name).map_or(name, |(_, rest)| rest)
}

/// A stage's name without the pipeline that `HubSpot` adds in parentheses.
pub(super) fn without_pipeline(name: &str) -> &str {
    let (stage, pipeline) = split_pipeline(name);
    if fold(pipeline).contains("pipeline") { stage } else { name }
}

/// The number or letter that a name begins with, and the rest: `5. Demo`, `E. Proposal`, `02 - Demo`.
fn ordinal(name: &str) -> Option<(u32, &str)> {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = if digits > 0 {
        (name.get(..digits)?.parse().ok()?, name.get(digits..)?)
    } else {
        let letter = name.chars().next().filter(char::is_ascii_uppercase)?;
        (u32::from(letter), name.get(1..)?)
    };
    let rest = rest.trim_start();
    let inner = rest.strip_prefix(['.', ')', '-', '–', ':', '、', '．'])?.trim_start();
    (!inner.is_empty()).then_some((number, inner))
}

/// What a stage or status is by its name; `None` when it is no outcome that is known.
///
/// ```
/// use loudou::codec::csv::{StageRole, role_of};
///
/// assert_eq!(role_of("5. Closed Won (Sales Pipeline)"), Some(StageRole::Won));
/// assert_eq!(role_of("输单"), Some(StageRole::Lost));
/// assert_eq!(role_of("Proposal"), None);
/// ```
pub fn role_of(name: &str) -> Option<StageRole> {
    let key = normalise(bare(name));
    [(WON, StageRole::Won), (LOST, StageRole::Lost), (DORMANT, StageRole::Dormant), (OPEN, StageRole::Open)]
        .into_iter()
        .find_map(|(words, role)| words.contains(&key.as_str()).then_some(role))
}

/// The chance of winning that is usual in a stage of this name, in percent.
pub(super) fn usual_chance(name: &str) -> Option<u8> {
    let key = normalise(bare(name));
    USUAL.iter().find(|(word, _)| key.contains(word)).map(|(_, chance)| *chance)
}

/// What is known of a stage that is to be put in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    pub(super) name: String,
    /// Mean probability of its rows in percent.
    pub(super) probability: Option<f64>,
    /// Place of its history column.
    pub(super) column: Option<usize>,
}

/// The place of a stage by one kind of evidence.
type Key<'a> = &'a dyn Fn(&Evidence) -> Option<f64>;

/// Puts stages, given in the order in which they first occur, in the order of the process.
pub(super) fn order(mut stages: Vec<Evidence>) -> (Vec<Evidence>, OrderReason) {
    let distinct = |keys: &[f64]| keys.windows(2).any(|pair| matches!(pair, [one, two] if one.total_cmp(two).is_ne()));
    let number = |stage: &Evidence| ordinal(&stage.name).map(|(number, _)| f64::from(number));
    let column = |stage: &Evidence| stage.column.and_then(|column| u32::try_from(column).ok()).map(f64::from);
    let usual = |stage: &Evidence| usual_chance(&stage.name).map(f64::from);
    let evidence: [(OrderReason, Key<'_>); 4] = [
        (OrderReason::Numbered, &number),
        (OrderReason::HistoryColumns, &column),
        (OrderReason::Probability, &|stage: &Evidence| stage.probability),
        (OrderReason::KnownNames, &usual),
    ];
    for (reason, key) in evidence {
        let keys: Option<Vec<f64>> = stages.iter().map(key).collect();
        if keys.is_some_and(|keys| distinct(&keys)) {
            stages.sort_by(|one, two| key(one).unwrap_or(0.0).total_cmp(&key(two).unwrap_or(0.0)));
            return (stages, reason);
        }
    }
    (stages, OrderReason::Appearance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(names: &[&str]) -> (Vec<String>, OrderReason) {
        let stages = names.iter().map(|name| Evidence { name: (*name).into(), ..Evidence::default() }).collect();
        let (stages, reason) = order(stages);
        (stages.into_iter().map(|stage| stage.name).collect(), reason)
    }

    #[test]
    fn outcomes_in_several_languages() {
        for name in ["Won", "closedwon", "Closed Won", "赢单", "Gewonnen", "Cerrada ganada", "100. 成交"] {
            assert_eq!(role_of(name), Some(StageRole::Won), "{name}");
        }
        for name in ["Lost", "Closed Lost", "丢单", "Verloren", "Perdida", "LOSE", "Dead"] {
            assert_eq!(role_of(name), Some(StageRole::Lost), "{name}");
        }
        assert_eq!(role_of("成交客户"), None);
        assert_eq!(role_of("On Hold"), Some(StageRole::Dormant));
    }

    #[test]
    fn known_processes_come_out_in_order() {
        assert_eq!(ordered(&["Engaging", "Prospecting"]).0, ["Prospecting", "Engaging"]);
        let salesforce = [
            "Prospecting",
            "Qualification",
            "Needs Analysis",
            "Value Proposition",
            "Id. Decision Makers",
            "Perception Analysis",
            "Proposal/Price Quote",
            "Negotiation/Review",
        ];
        let mut shuffled = salesforce;
        shuffled.reverse();
        assert_eq!(ordered(&shuffled), (salesforce.map(str::to_owned).to_vec(), OrderReason::KnownNames));
        let chinese = ["新建", "需求明确", "方案验证", "立项汇报", "商务采购"];
        let mut shuffled = chinese;
        shuffled.rotate_left(2);
        assert_eq!(ordered(&shuffled).0, chinese);
    }

    #[test]
    fn numbers_and_letters_decide() {
        assert_eq!(ordered(&["10. Y", "2. Z"]), (vec!["2. Z".into(), "10. Y".into()], OrderReason::Numbered));
        assert_eq!(ordered(&["E. Demo", "B. Lead"]).0, ["B. Lead", "E. Demo"]);
        assert_eq!(ordered(&["x", "y"]), (vec!["x".into(), "y".into()], OrderReason::Appearance));
    }
}

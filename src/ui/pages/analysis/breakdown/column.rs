//! The columns of a breakdown: what each figure is, how it is written and by what the lines are sorted.

use super::super::Desk;
use crate::{
    i18n::t_string,
    metrics::{
        Breakdown, Dimension, LeftOut, Rate, Row,
        breakdown::{Line, Value},
    },
    ui::{
        components::data_table::Sort,
        format::Format,
        parts::listing::{
            order::{known_first, sorted},
            value::Value as Cell,
        },
        wording::I18n,
    },
};

/// A figure of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The name of the line.
    Name,
    /// Deals that began in the period.
    Began,
    /// Of these, won.
    Passed,
    /// Of these, lost.
    Failed,
    /// Of these, undecided.
    Undecided,
    /// Conversion so far.
    SoFar,
    /// Conversion of decided.
    OfDecided,
    /// Deals won in the period.
    Won,
    /// Their amount.
    WonAmount,
    /// The mean of it.
    MeanWon,
    /// Their median cycle.
    Cycle,
    /// Deals lost in the period.
    Lost,
    /// Their share of all that were.
    LostShare,
    /// Their amount.
    LostAmount,
    /// What was spent in the period.
    Cost,
    /// That ÷ deals won.
    CostPerWin,
}

impl Column {
    const OF_DEALS: [Self; 14] = [
        Self::Name,
        Self::Began,
        Self::Passed,
        Self::Failed,
        Self::Undecided,
        Self::SoFar,
        Self::OfDecided,
        Self::Won,
        Self::WonAmount,
        Self::MeanWon,
        Self::Cycle,
        Self::Lost,
        Self::Cost,
        Self::CostPerWin,
    ];
    const OF_LOSSES: [Self; 5] = [Self::Name, Self::Lost, Self::LostShare, Self::LostAmount, Self::Cost];

    /// The columns of a breakdown.
    pub(super) const fn of(by: Dimension) -> &'static [Self] {
        if by.is_of_losses() { &Self::OF_LOSSES } else { &Self::OF_DEALS }
    }

    /// Whether it tells of the deals that began in the period, not of those that closed in it.
    pub(super) const fn is_of_cohort(self) -> bool {
        matches!(self, Self::Began | Self::Passed | Self::Failed | Self::Undecided | Self::SoFar | Self::OfDecided)
    }

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Began => "began",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Undecided => "undecided",
            Self::SoFar => "so-far",
            Self::OfDecided => "of-decided",
            Self::Won => "won",
            Self::WonAmount => "won-amount",
            Self::MeanWon => "mean-won",
            Self::Cycle => "cycle",
            Self::Lost => "lost",
            Self::LostShare => "lost-share",
            Self::LostAmount => "lost-amount",
            Self::Cost => "cost",
            Self::CostPerWin => "cost-per-win",
        }
    }

    /// The heading; the name's is that of the dimension.
    pub(super) fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Name => "",
            Self::Began => t_string!(i18n, common.count),
            Self::Passed | Self::Won => t_string!(i18n, domain.status.won),
            Self::Failed | Self::Lost => t_string!(i18n, domain.status.lost),
            Self::Undecided => t_string!(i18n, funnel.still_open),
            Self::SoFar => t_string!(i18n, funnel.so_far),
            Self::OfDecided => t_string!(i18n, funnel.of_decided),
            Self::WonAmount => t_string!(i18n, analysis.breakdown.won_amount),
            Self::MeanWon => t_string!(i18n, analysis.breakdown.mean_won),
            Self::Cycle => t_string!(i18n, funnel.cycle),
            Self::LostShare => t_string!(i18n, analysis.breakdown.lost_share),
            Self::LostAmount => t_string!(i18n, analysis.breakdown.lost_amount),
            Self::Cost => t_string!(i18n, analysis.breakdown.cost),
            Self::CostPerWin => t_string!(i18n, analysis.breakdown.cost_per_win),
        }
    }

    /// The heading of a reading of conversion.
    pub(super) fn title_of(i18n: I18n, so_far: bool) -> &'static str {
        if so_far { Self::SoFar.title(i18n) } else { Self::OfDecided.title(i18n) }
    }

    /// How it is computed.
    pub(super) fn formula(self, i18n: I18n) -> &'static str {
        match self {
            Self::Name => "",
            Self::Began | Self::Passed | Self::Failed | Self::Undecided => {
                t_string!(i18n, analysis.breakdown.formula.cohort)
            }
            Self::SoFar => t_string!(i18n, analysis.breakdown.formula.so_far),
            Self::OfDecided => t_string!(i18n, analysis.breakdown.formula.of_decided),
            Self::Won | Self::WonAmount => t_string!(i18n, analysis.breakdown.formula.won),
            Self::MeanWon => t_string!(i18n, analysis.breakdown.formula.mean_won),
            Self::Cycle => t_string!(i18n, analysis.cycle_formula),
            Self::Lost | Self::LostShare | Self::LostAmount => t_string!(i18n, analysis.breakdown.formula.lost),
            Self::Cost => t_string!(i18n, analysis.breakdown.formula.cost),
            Self::CostPerWin => t_string!(i18n, analysis.breakdown.formula.cost_per_win),
        }
    }

    /// The figure of a line; `None` when it is not defined. Amounts are in minor units.
    #[expect(clippy::cast_precision_loss, reason = "shown and sorted by, not added to")]
    pub(super) fn value(self, line: &Line, total: &Line) -> Option<f64> {
        let count = |rows: usize| Some(rows as f64);
        match self {
            Self::Name => None,
            Self::Began => count(line.cohort.entered()),
            Self::Passed => count(line.cohort.passed.len()),
            Self::Failed => count(line.cohort.lost.len()),
            Self::Undecided => count(line.cohort.open.len()),
            Self::SoFar | Self::OfDecided => self.rate(line).map(|rate| rate.value()),
            Self::Won => count(line.won.deals.len()),
            Self::WonAmount => line.won.known_amount().map(|minor| minor as f64),
            Self::MeanWon => line.mean_won(),
            Self::Cycle => line.cycle.median,
            Self::Lost => count(line.lost.deals.len()),
            Self::LostShare => Rate::new(line.lost.deals.len(), total.lost.deals.len()).map(|rate| rate.value()),
            Self::LostAmount => line.lost.known_amount().map(|minor| minor as f64),
            Self::Cost => line.cost.known().map(|minor| minor as f64),
            Self::CostPerWin => line.cost_per_win(),
        }
    }

    /// The rate with an interval, for the columns that have one.
    pub(super) fn rate(self, line: &Line) -> Option<Rate> {
        match self {
            Self::SoFar => line.cohort.so_far(),
            Self::OfDecided => line.cohort.of_decided(),
            _ => None,
        }
    }

    /// The figure as it is read.
    pub(super) fn shown(self, desk: Desk, format: Format, value: Option<f64>) -> String {
        match self {
            Self::SoFar | Self::OfDecided | Self::LostShare => format.percent(value, 0),
            Self::Cycle => format.days(value),
            _ if self.is_money() => value.map_or_else(|| format.number(None, 0), |minor| desk.money(format, minor)),
            _ => format.number(value, 0),
        }
    }

    /// The figure for spreadsheets.
    pub(super) fn plain(self, desk: Desk, value: Option<f64>) -> String {
        match self {
            _ if self.is_money() => desk.decimal(value),
            Self::SoFar | Self::OfDecided | Self::LostShare => {
                value.map(|share| format!("{share:.4}")).unwrap_or_default()
            }
            _ => value.map(|number| number.to_string()).unwrap_or_default(),
        }
    }

    const fn is_money(self) -> bool {
        matches!(self, Self::WonAmount | Self::MeanWon | Self::LostAmount | Self::Cost | Self::CostPerWin)
    }

    /// Whether a bar behind the figure shows how much it is beside the others.
    pub(super) const fn has_bar(self) -> bool {
        matches!(self, Self::Began | Self::WonAmount | Self::LostAmount | Self::Lost)
    }

    /// Whether it is the first one of what was closed in the period, after those of what began in it.
    pub(super) const fn begins_part(self) -> bool {
        matches!(self, Self::Won)
    }

    /// The deals that the figure counts.
    pub(super) fn rows(self, line: &Line) -> Vec<Row> {
        let cohort = &line.cohort;
        let parts: &[&Vec<Row>] = match self {
            Self::Name => return line.rows(),
            Self::Began | Self::SoFar => &[&cohort.passed, &cohort.lost, &cohort.open],
            Self::OfDecided => &[&cohort.passed, &cohort.lost],
            Self::Passed => &[&cohort.passed],
            Self::Failed => &[&cohort.lost],
            Self::Undecided => &[&cohort.open],
            Self::Won | Self::WonAmount | Self::MeanWon => &[&line.won.deals],
            Self::Cycle => &[&line.cycle.deals],
            Self::Lost | Self::LostShare | Self::LostAmount => &[&line.lost.deals],
            Self::Cost | Self::CostPerWin => &[&line.cost.deals],
        };
        parts.iter().flat_map(|rows| rows.iter()).copied().collect()
    }

    /// What the figure leaves out.
    pub(super) fn left_out(self, line: &Line) -> &LeftOut {
        match self {
            Self::Cycle => &line.cycle.left_out,
            Self::Cost | Self::CostPerWin => &line.cost.left_out,
            Self::WonAmount | Self::MeanWon => &line.won.left_out,
            Self::LostAmount => &line.lost.left_out,
            Self::Name | Self::Won | Self::Lost | Self::LostShare => &line.left_out,
            _ => &line.cohort.left_out,
        }
    }
}

/// By which column the lines are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sorting(pub(super) Sort<Column>);

impl Sorting {
    /// What the address says: `won`, or `-won` for the largest first; most deals first when it says nothing that is a column.
    pub(super) fn read(by: Dimension, text: Option<&str>) -> Self {
        let wished = text.and_then(|text| {
            let code = text.strip_prefix('-').unwrap_or(text);
            let column = Column::of(by).iter().find(|column| column.code() == code)?;
            Some(Sort { column: *column, descending: text.starts_with('-') })
        });
        let usual = if by.is_of_losses() { Column::Lost } else { Column::Began };
        Self(wished.unwrap_or(Sort { column: usual, descending: true }))
    }

    /// What the address says after a click on the heading of a column.
    pub(super) fn after(self, column: Column) -> String {
        let usual = column != Column::Name;
        let descending = if self.0.column == column { !self.0.descending } else { usual };
        [if descending { "-" } else { "" }, column.code()].concat()
    }

    /// The lines in order; those without the figure stand last either way, equal ones in the order of their names.
    pub(super) fn sorted(self, lines: Vec<(Value, String)>, of: &Breakdown, language: &str) -> Vec<(Value, String)> {
        let Sort { column, descending } = self.0;
        let names: Vec<_> =
            lines.iter().enumerate().map(|(place, (_, name))| (place, Cell::Text(name.clone()))).collect();
        let by_name = sorted(&names, descending && column == Column::Name, language);
        let mut lines: Vec<_> = by_name.into_iter().filter_map(|place| lines.get(place).cloned()).collect();
        let value = |(value, _): &(Value, String)| of.lines.get(value).and_then(|line| column.value(line, &of.total));
        if column != Column::Name {
            lines.sort_by(|a, b| known_first(value(a), value(b), descending, f64::total_cmp));
        }
        lines
    }
}

//! The level table in words.

use std::borrow::Cow;

use super::{
    grid::{Grid, GridColumn, Group, Line, Opens, Sum, amount, counted, customers},
    status,
};
use crate::{
    i18n::t_string,
    metrics::{
        Frame, Holding, Reason, View,
        tables::{LevelCell, LevelRow, Place, customer_levels, customer_status},
    },
    model::{FunnelModel, Workspace},
    ui::{
        components::data_table::Sort,
        format::Format,
        parts::listing::{column::ListField, order::sorted, value::Value},
        wording::{self, I18n},
    },
};

/// A column: the level, then customers and money by fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LevelField {
    Level,
    Zone,
    HighCustomers,
    HighAmount,
    MediumCustomers,
    MediumAmount,
    LowCustomers,
    LowAmount,
    UnknownCustomers,
    UnknownAmount,
    Customers,
    Amount,
    Weighted,
}

/// The order until somebody sorts: down the funnel.
pub(super) const USUAL_SORT: Sort<LevelField> = Sort { column: LevelField::Level, descending: false };

impl ListField for LevelField {
    const ALL: &[Self] = &[
        Self::Level,
        Self::Zone,
        Self::HighCustomers,
        Self::HighAmount,
        Self::MediumCustomers,
        Self::MediumAmount,
        Self::LowCustomers,
        Self::LowAmount,
        Self::UnknownCustomers,
        Self::UnknownAmount,
        Self::Customers,
        Self::Amount,
        Self::Weighted,
    ];
    const USUAL: &[Self] = Self::ALL;

    fn code(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Level => "level",
            Self::Zone => "zone",
            Self::HighCustomers => "high",
            Self::HighAmount => "high-amount",
            Self::MediumCustomers => "medium",
            Self::MediumAmount => "medium-amount",
            Self::LowCustomers => "low",
            Self::LowAmount => "low-amount",
            Self::UnknownCustomers => "unknown",
            Self::UnknownAmount => "unknown-amount",
            Self::Customers => "customers",
            Self::Amount => "amount",
            Self::Weighted => "weighted",
        })
    }

    fn heading(&self, i18n: I18n) -> String {
        let words = match self {
            Self::Level => t_string!(i18n, tables.field.level),
            Self::Zone => t_string!(i18n, tables.field.zone),
            Self::HighCustomers => t_string!(i18n, tables.field.high_customers),
            Self::HighAmount => t_string!(i18n, tables.field.high_amount),
            Self::MediumCustomers => t_string!(i18n, tables.field.medium_customers),
            Self::MediumAmount => t_string!(i18n, tables.field.medium_amount),
            Self::LowCustomers => t_string!(i18n, tables.field.low_customers),
            Self::LowAmount => t_string!(i18n, tables.field.low_amount),
            Self::UnknownCustomers => t_string!(i18n, tables.field.unknown_customers),
            Self::UnknownAmount => t_string!(i18n, tables.field.unknown_amount),
            Self::Customers => t_string!(i18n, tables.field.all_customers),
            Self::Amount => t_string!(i18n, tables.field.all_amount),
            Self::Weighted => t_string!(i18n, common.weighted),
        };
        words.to_owned()
    }

    fn width(&self) -> &'static str {
        match self {
            Self::Level => "minmax(12rem, 1.5fr)",
            Self::Zone => "minmax(5.5rem, 0.5fr)",
            field if field.is_money() => "minmax(10.5rem, 1fr)",
            _ => "minmax(7rem, 0.7fr)",
        }
    }

    fn numeric(&self) -> bool {
        !matches!(self, Self::Level | Self::Zone)
    }

    fn editable(&self) -> bool {
        false
    }
}

impl LevelField {
    const fn is_money(self) -> bool {
        matches!(
            self,
            Self::HighAmount
                | Self::MediumAmount
                | Self::LowAmount
                | Self::UnknownAmount
                | Self::Amount
                | Self::Weighted
        )
    }

    fn grid_column(self, i18n: I18n) -> GridColumn {
        let share = match self {
            Self::Level => 14,
            field if field.is_money() => 9,
            _ => 6,
        };
        GridColumn {
            code: self.code(),
            heading: self.heading(i18n),
            width: self.width(),
            share,
            numeric: self.numeric(),
            sortable: true,
        }
    }

    /// What a row has in the column; nothing where its name and zone belong.
    fn of(self, row: &LevelRow) -> Option<Value> {
        let [high, medium, low, unknown] = &row.by_fit;
        let customers = |cell: &LevelCell| Value::Number(i64::try_from(cell.customers.len()).unwrap_or(i64::MAX));
        Some(match self {
            Self::Level | Self::Zone => return None,
            Self::HighCustomers => customers(high),
            Self::HighAmount => amount(&high.open),
            Self::MediumCustomers => customers(medium),
            Self::MediumAmount => amount(&medium.open),
            Self::LowCustomers => customers(low),
            Self::LowAmount => amount(&low.open),
            Self::UnknownCustomers => customers(unknown),
            Self::UnknownAmount => amount(&unknown.open),
            Self::Customers => customers(&row.all),
            Self::Amount => amount(&row.all.open),
            Self::Weighted => weighted(&row.all.open),
        })
    }
}

/// The weighted amount, as far as it is known, to the nearest minor unit.
fn weighted(holding: &Holding) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "a shown amount; the cast saturates")]
    holding.known_amount().map_or(Value::Unknown, |_| Value::Money(holding.weighted.round() as i64))
}

/// Makes the grid; what it needs besides the view.
pub(super) struct Levels<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) frame: &'a Frame,
    pub(super) sort: Sort<LevelField>,
    pub(super) language: &'a str,
    pub(super) i18n: I18n,
    pub(super) format: Format,
}

impl Levels<'_> {
    /// The level table of a view: the stages model by model, what lies beside and after the funnel, the total, and the funnel by
    /// zone. Models where no customer stands are left out, unless there is one only.
    pub(super) fn grid(&self, view: &View) -> Grid {
        let (i18n, workspace) = (self.i18n, self.workspace);
        let levels = customer_levels(view, &customer_status(view, workspace));
        let of_model = |model: &FunnelModel| {
            let own = |(place, _): &&(Place, LevelRow)| matches!(place, Place::Stage(id, _) if *id == model.id);
            levels.places.iter().filter(own).collect::<Vec<_>>()
        };
        let models: Vec<_> = workspace.models.iter().map(|model| (model, of_model(model))).collect();
        let shown: Vec<_> = models.iter().filter(|(_, rows)| !rows.is_empty()).collect();
        let single = shown.len() == 1;
        let filled = |rows: &[&(Place, LevelRow)]| rows.iter().any(|(_, row)| !row.all.customers.is_empty());
        let shown: Vec<_> = shown.into_iter().filter(|(_, rows)| single || filled(rows)).collect();
        let several = shown.len() > 1;
        let mut groups: Vec<Group> = Vec::new();
        for (model, rows) in shown {
            let title = if several { model.name.clone() } else { t_string!(i18n, tables.in_funnel).to_owned() };
            groups.push(self.group(title, rows.iter().map(|(place, row)| self.of_place(*place, row))));
        }
        let beside = levels.places.iter().filter(|(place, _)| !matches!(place, Place::Stage(..)));
        let beside = beside.map(|(place, row)| self.of_place(*place, row));
        groups.push(self.group(t_string!(i18n, tables.beside_funnel).to_owned(), beside));
        let all = customers(levels.total.all.customers.len(), i18n, self.format);
        let label = t_string!(i18n, tables.total, counted = all.as_str()).to_string();
        groups.push(Group { sums: vec![self.sum(label, &levels.total)], ..Group::default() });
        let zones = levels.zones.iter().zip(0..).map(|((zone, row), rank)| {
            let name = Value::Ranked(rank, wording::zone(i18n, *zone).to_owned());
            (name, Value::Text(String::new()), row)
        });
        groups.push(self.group(t_string!(i18n, tables.by_zone).to_owned(), zones));
        let nobody = levels.left_out.of(Reason::NoCustomer).len();
        let (open, amount) = (counted(&levels.total.all.open, i18n, self.format), amount(&levels.total.all.open));
        Grid {
            columns: LevelField::ALL.iter().map(|field| field.grid_column(i18n)).collect(),
            groups,
            grouped_by: Some(t_string!(i18n, tables.field.group)),
            summary: t_string!(
                i18n,
                tables.levels_summary,
                customers = all,
                counted = open,
                amount = amount.shown(self.format, workspace)
            )
            .to_string(),
            note: if nobody == 0 {
                String::new()
            } else {
                t_string!(i18n, tables.no_customer, count = nobody).to_string()
            },
        }
    }

    /// The name, the zone and the figures of a place.
    fn of_place<'a>(&self, place: Place, row: &'a LevelRow) -> (Value, Value, &'a LevelRow) {
        let zone = match place {
            Place::Stage(model, stage) => self.workspace.models.get(model).and_then(|model| model.stage(stage)),
            _ => None,
        };
        let zone = zone.map_or(Value::Text(String::new()), |stage| {
            Value::Ranked(stage.zone() as usize, wording::zone(self.i18n, stage.zone()).to_owned())
        });
        (status::place(place, self.workspace, false, self.i18n), zone, row)
    }

    fn group<'a>(&self, title: String, rows: impl Iterator<Item = (Value, Value, &'a LevelRow)>) -> Group {
        let rows: Vec<_> = rows.collect();
        let value = |field: LevelField, (name, zone, row): &(Value, Value, &LevelRow)| match field {
            LevelField::Level => name.clone(),
            LevelField::Zone => zone.clone(),
            field => field.of(row).unwrap_or(Value::Unknown),
        };
        let field = self.sort.column;
        let values: Vec<_> = rows.iter().enumerate().map(|(place, row)| (place, value(field, row))).collect();
        let order = sorted(&values, self.sort.descending, self.language);
        let lines = order.into_iter().filter_map(|place| rows.get(place)).map(|line| {
            let (name, _, row) = line;
            let cells = LevelField::ALL.iter().map(|field| value(*field, line)).collect();
            Line::of(self.opens(name.shown(self.format, self.workspace), row), cells)
        });
        Group { lines: lines.collect(), title, sums: Vec::new() }
    }

    fn sum(&self, label: String, row: &LevelRow) -> Sum {
        let cell = |field: &LevelField| {
            let value = field.of(row)?;
            let words = value.shown(self.format, self.workspace);
            Some((value, words))
        };
        let cells = LevelField::ALL.iter().map(cell).collect();
        Sum { opens: self.opens(label.clone(), row), label, cells, total: true }
    }

    fn opens(&self, title: String, row: &LevelRow) -> Opens {
        if row.all.open.deals.is_empty() {
            return Opens::Nothing;
        }
        Opens::Deals(title, self.frame.deals(&row.all.open.deals).collect())
    }
}

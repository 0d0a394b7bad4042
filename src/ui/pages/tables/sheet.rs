//! The funnel sheet in words.

use std::{borrow::Cow, sync::Arc};

use super::grid::{Grid, GridColumn, Group, Line, Opens, Sum, Summed, counted, named};
use crate::{
    i18n::t_string,
    metrics::{
        Frame, Holding,
        tables::{Entry, Sheet as Counted, SheetGroup, SheetLine, entry},
    },
    model::{CustomFieldOf, FunnelModel, NextAction, Profile, StageId, Workspace},
    ui::{
        components::data_table::Sort,
        format::Format,
        parts::listing::{column::ListField, order::sorted, own::Own, value::Value},
        wording::I18n,
    },
};

/// A column, in the order in which the method lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SheetField {
    Number,
    Date,
    Contact,
    Customer,
    Address,
    JobTitle,
    Phone,
    Software,
    Products,
    Amount,
    Competitors,
    Plan,
    /// A field of the user's own, of the deal or of its customer.
    Own(Own),
}

/// The order until somebody sorts: as the deals began.
pub(super) const USUAL_SORT: Sort<SheetField> = Sort { column: SheetField::Date, descending: false };

impl ListField for SheetField {
    const ALL: &[Self] = &[
        Self::Number,
        Self::Date,
        Self::Contact,
        Self::Customer,
        Self::Address,
        Self::JobTitle,
        Self::Phone,
        Self::Software,
        Self::Products,
        Self::Amount,
        Self::Competitors,
        Self::Plan,
    ];
    const USUAL: &[Self] = Self::ALL;

    fn all(profile: &Profile) -> Vec<Self> {
        let own = Own::all(profile, &[CustomFieldOf::Deal, CustomFieldOf::Customer]).map(Self::Own);
        Self::ALL.iter().cloned().chain(own).collect()
    }

    fn code(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Number => "no",
            Self::Date => "date",
            Self::Contact => "contact",
            Self::Customer => "customer",
            Self::Address => "address",
            Self::JobTitle => "job",
            Self::Phone => "phone",
            Self::Software => "software",
            Self::Products => "products",
            Self::Amount => "amount",
            Self::Competitors => "competitors",
            Self::Plan => "plan",
            Self::Own(own) => return own.code().into(),
        })
    }

    fn heading(&self, i18n: I18n) -> String {
        let words = match self {
            Self::Number => t_string!(i18n, tables.field.number),
            Self::Date => t_string!(i18n, tables.field.date),
            Self::Contact => t_string!(i18n, domain.field.contact),
            Self::Customer => t_string!(i18n, tables.field.customer),
            Self::Address => t_string!(i18n, tables.field.address),
            Self::JobTitle => t_string!(i18n, tables.field.job_title),
            Self::Phone => t_string!(i18n, tables.field.phone),
            Self::Software => t_string!(i18n, domain.field.customer_software),
            Self::Products => t_string!(i18n, tables.field.products),
            Self::Amount => t_string!(i18n, tables.field.amount),
            Self::Competitors => t_string!(i18n, domain.field.competitors),
            Self::Plan => t_string!(i18n, tables.field.plan),
            Self::Own(own) => return own.heading(i18n, CustomFieldOf::Deal),
        };
        words.to_owned()
    }

    fn width(&self) -> &'static str {
        match self {
            Self::Number => "4rem",
            Self::Date | Self::Phone => "minmax(9.5rem, 0.6fr)",
            Self::Contact | Self::JobTitle | Self::Software => "minmax(7.5rem, 0.8fr)",
            Self::Customer | Self::Address => "minmax(11rem, 1.5fr)",
            Self::Products => "minmax(10rem, 1.2fr)",
            Self::Amount => "minmax(9rem, 0.8fr)",
            Self::Competitors => "minmax(8rem, 0.8fr)",
            Self::Plan => "minmax(16rem, 2.5fr)",
            Self::Own(_) => Own::WIDTH,
        }
    }

    fn numeric(&self) -> bool {
        match self {
            Self::Number | Self::Amount => true,
            Self::Own(own) => own.numeric(),
            _ => false,
        }
    }

    fn editable(&self) -> bool {
        false
    }
}

impl SheetField {
    const fn share(&self) -> u32 {
        match self {
            Self::Number => 3,
            Self::Date | Self::Contact => 7,
            Self::JobTitle | Self::Amount => 8,
            Self::Phone | Self::Software | Self::Competitors | Self::Own(_) => 9,
            Self::Address => 11,
            Self::Customer | Self::Products => 12,
            Self::Plan => 15,
        }
    }

    fn grid_column(&self, i18n: I18n) -> GridColumn {
        GridColumn {
            code: self.code(),
            heading: self.heading(i18n),
            width: self.width(),
            share: self.share(),
            numeric: self.numeric(),
            sortable: *self != Self::Number,
        }
    }

    /// Which sum stands in the column.
    const fn summed(&self) -> Option<Summed> {
        match self {
            Self::Customer => Some(Summed::Customers),
            Self::Products => Some(Summed::Units),
            Self::Amount => Some(Summed::Amount),
            _ => None,
        }
    }
}

/// Makes the grid; what it needs besides the columns.
#[derive(Clone)]
pub(super) struct Sheet<'a> {
    pub(super) teller: Arc<Teller>,
    pub(super) frame: &'a Frame,
    pub(super) sort: Sort<SheetField>,
    pub(super) language: &'a str,
}

/// Tells what stands in a line.
pub(super) struct Teller {
    pub(super) workspace: Workspace,
    pub(super) fields: Arc<[SheetField]>,
    pub(super) i18n: I18n,
    pub(super) format: Format,
}

impl Sheet<'_> {
    /// The sheet in words. Models where nothing stands are left out, unless there is one only.
    pub(super) fn grid(&self, sheet: &Counted) -> Grid {
        let Teller { workspace, fields, i18n, format } = &*self.teller;
        let (i18n, format) = (*i18n, *format);
        let single = sheet.models.len() == 1;
        let shown: Vec<_> = sheet.models.iter().filter(|part| single || !part.open.deals.is_empty()).collect();
        let several = shown.len() > 1;
        let mut groups = Vec::new();
        for part in shown {
            let Some(model) = workspace.models.get(part.model) else { continue };
            for (stage, group) in &part.stages {
                groups.push(self.group(stage_name(model, *stage, several), group));
            }
            if several {
                groups.push(Group { sums: vec![self.total(&model.name, &part.open)], ..Group::titled(&model.name) });
            }
        }
        let title = if several { t_string!(i18n, filters.all_models) } else { "" };
        let won = t_string!(i18n, tables.won, counted = counted(&sheet.won, i18n, format)).to_string();
        let sums = vec![self.total(title, &sheet.open), self.sum(title, won, &sheet.won, false)];
        groups.push(Group { sums, ..Group::titled(title) });
        let (_, amount) = Summed::Amount.of(&sheet.open, i18n, format, workspace);
        let counted = counted(&sheet.open, i18n, format);
        Grid {
            columns: fields.iter().map(|field| field.grid_column(i18n)).collect(),
            groups,
            grouped_by: Some(t_string!(i18n, domain.field.stage)),
            summary: t_string!(i18n, tables.open, counted = counted, amount = amount).to_string(),
            note: String::new(),
        }
    }

    fn group(&self, title: String, group: &SheetGroup) -> Group {
        let teller = &self.teller;
        let values = |field: &SheetField| -> Vec<(usize, Value)> {
            group.lines.iter().enumerate().map(|(place, line)| (place, teller.place(field, line))).collect()
        };
        let order = sorted(&values(&self.sort.column), self.sort.descending, self.language);
        let lines = order.into_iter().zip(1..).filter_map(|(place, number)| {
            let (line, teller) = (group.lines.get(place)?.clone(), teller.clone());
            Some(Line::new(Opens::Deal(line.deal), move || teller.cells(number, &line)))
        });
        let lines = lines.collect();
        let counted = counted(&group.sum, teller.i18n, teller.format);
        let label = t_string!(teller.i18n, tables.subtotal, counted = counted).to_string();
        Group { sums: vec![self.sum(&title, label, &group.sum, false)], title, lines }
    }

    fn total(&self, title: &str, holding: &Holding) -> Sum {
        let (i18n, format) = (self.teller.i18n, self.teller.format);
        let counted = counted(holding, i18n, format);
        self.sum(title, t_string!(i18n, tables.total, counted = counted).to_string(), holding, true)
    }

    fn sum(&self, title: &str, label: String, holding: &Holding, total: bool) -> Sum {
        let Teller { workspace, fields, i18n, format } = &*self.teller;
        let cell = |field: &SheetField| Some(field.summed()?.of(holding, *i18n, *format, workspace));
        let deals = self.frame.deals(&holding.deals).collect();
        let opens = Opens::Deals(named(title, &label), deals);
        Sum { label, cells: fields.iter().map(cell).collect(), total, opens }
    }
}

impl Teller {
    fn cells(&self, number: i64, line: &SheetLine) -> Vec<Value> {
        let cell = |field: &SheetField| match field {
            SheetField::Number => Value::Number(number),
            field => self.value(field, line),
        };
        self.fields.iter().map(cell).collect()
    }

    /// What a line is sorted by in a column: what stands there, without units and the words that only help to read it.
    fn place(&self, field: &SheetField, line: &SheetLine) -> Value {
        let entry = || entry(&self.workspace, line.deal).unwrap_or_default();
        match field {
            SheetField::Products => {
                let names: Vec<_> = entry().products.into_iter().map(|(name, _)| name).collect();
                Value::made(names.join(" "))
            }
            SheetField::Plan => {
                let Entry { obstacles, next_action, .. } = entry();
                let what = next_action.map_or("", |action| action.what.as_str());
                Value::text([obstacles.trim(), what].join(" ").trim())
            }
            field => self.value(field, line),
        }
    }

    fn value(&self, field: &SheetField, line: &SheetLine) -> Value {
        let entry = || entry(&self.workspace, line.deal).unwrap_or_default();
        match field {
            // Numbers follow the order.
            SheetField::Number => Value::Unknown,
            SheetField::Date => Value::day(line.began),
            SheetField::Amount => line.amount.map_or(Value::Unknown, |amount| Value::Money(amount.minor())),
            SheetField::Contact => Value::text(entry().contact),
            SheetField::Customer => Value::text(entry().customer),
            SheetField::Address => Value::text(entry().address),
            SheetField::JobTitle => Value::text(entry().job_title),
            SheetField::Phone => Value::text(entry().phone),
            SheetField::Software => Value::text(entry().software),
            SheetField::Products => {
                let product = |(name, units): &(&str, u32)| {
                    t_string!(self.i18n, tables.product, name = *name, units = self.format.count(*units as usize))
                        .to_string()
                };
                let products: Vec<_> = entry().products.iter().map(product).collect();
                Value::made(products.join(t_string!(self.i18n, deals.joint)))
            }
            SheetField::Competitors => Value::made(entry().competitors.join(t_string!(self.i18n, deals.joint))),
            SheetField::Plan => Value::made(self.plan(&entry())),
            SheetField::Own(own) => {
                let deal = self.workspace.deals.get(line.deal);
                own.value(deal.and_then(|deal| own.of_deal(deal, &self.workspace)))
            }
        }
    }

    /// The obstacle, then what is to be done and until when.
    fn plan(&self, entry: &Entry) -> String {
        let action = entry.next_action.map(|action| due_action(action, self.i18n, self.format));
        let parts = [(!entry.obstacles.trim().is_empty()).then(|| entry.obstacles.trim().to_owned()), action];
        parts.into_iter().flatten().collect::<Vec<_>>().join(t_string!(self.i18n, tables.then))
    }
}

/// What is to be done, with the day until which.
fn due_action(action: &NextAction, i18n: I18n, format: Format) -> String {
    match action.due {
        Some(due) => t_string!(i18n, tables.due, what = action.what.as_str(), day = format.date(due)).to_string(),
        None => action.what.clone(),
    }
}

/// The name of a stage, with that of its model when there are several.
pub(super) fn stage_name(model: &FunnelModel, stage: StageId, several: bool) -> String {
    let stage = model.stage(stage).map_or("", |stage| stage.name.as_str());
    if several { [model.name.as_str(), stage].join(" · ") } else { stage.to_owned() }
}

//! The customer status table in words.

use std::{borrow::Cow, sync::Arc};

use super::{
    grid::{Grid, GridColumn, Group, Line, Opens, Sum},
    sheet::stage_name,
};
use crate::{
    i18n::t_string,
    metrics::tables::{CustomerStatus, Place},
    model::{CustomFieldOf, ModelId, Profile, StageId, Workspace},
    ui::{
        components::data_table::Sort,
        format::Format,
        parts::listing::{column::ListField, order::sorted, own::Own, value::Value},
        wording::I18n,
    },
};

/// A column, in the order in which the method lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StatusField {
    Customer,
    Stage,
    Fit,
    Intent,
    Priority,
    Owner,
    LastContact,
    NextAction,
    Due,
    /// A field of the user's own.
    Own(Own),
}

/// The order until somebody sorts: down the funnel.
pub(super) const USUAL_SORT: Sort<StatusField> = Sort { column: StatusField::Stage, descending: false };

impl ListField for StatusField {
    const ALL: &[Self] = &[
        Self::Customer,
        Self::Stage,
        Self::Fit,
        Self::Intent,
        Self::Priority,
        Self::Owner,
        Self::LastContact,
        Self::NextAction,
        Self::Due,
    ];
    const USUAL: &[Self] = Self::ALL;

    fn all(profile: &Profile) -> Vec<Self> {
        Self::ALL.iter().cloned().chain(Own::all(profile, &[CustomFieldOf::Customer]).map(Self::Own)).collect()
    }

    fn code(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Customer => "customer",
            Self::Stage => "stage",
            Self::Fit => "fit",
            Self::Intent => "intent",
            Self::Priority => "priority",
            Self::Owner => "owner",
            Self::LastContact => "contact",
            Self::NextAction => "next",
            Self::Due => "due",
            Self::Own(own) => return own.code().into(),
        })
    }

    fn heading(&self, i18n: I18n) -> String {
        let words = match self {
            Self::Customer => t_string!(i18n, domain.field.customer),
            Self::Stage => t_string!(i18n, domain.field.stage),
            Self::Fit => t_string!(i18n, domain.field.fit),
            Self::Intent => t_string!(i18n, tables.field.intent),
            Self::Priority => t_string!(i18n, tables.field.priority),
            Self::Owner => t_string!(i18n, domain.field.owner),
            Self::LastContact => t_string!(i18n, tables.field.last_contact),
            Self::NextAction => t_string!(i18n, domain.field.next_action),
            Self::Due => t_string!(i18n, deals.due),
            Self::Own(own) => return own.heading(i18n, CustomFieldOf::Customer),
        };
        words.to_owned()
    }

    fn width(&self) -> &'static str {
        match self {
            Self::Customer => "minmax(11rem, 2fr)",
            Self::Stage => "minmax(12rem, 1.2fr)",
            Self::Owner => "minmax(7.5rem, 1fr)",
            Self::Fit | Self::Intent | Self::Priority => "minmax(6rem, 0.5fr)",
            Self::LastContact | Self::Due => "minmax(9.5rem, 0.6fr)",
            Self::NextAction => "minmax(12rem, 2fr)",
            Self::Own(_) => Own::WIDTH,
        }
    }

    fn numeric(&self) -> bool {
        matches!(self, Self::Own(own) if own.numeric())
    }

    fn editable(&self) -> bool {
        false
    }
}

impl StatusField {
    fn grid_column(&self, i18n: I18n) -> GridColumn {
        let share = match self {
            Self::Customer | Self::NextAction => 20,
            Self::Stage => 18,
            Self::Owner | Self::LastContact | Self::Due | Self::Own(_) => 10,
            Self::Fit | Self::Intent | Self::Priority => 7,
        };
        let (code, heading, width) = (self.code(), self.heading(i18n), self.width());
        GridColumn { code, heading, width, share, numeric: self.numeric(), sortable: true }
    }
}

/// The status table in words.
pub(super) fn grid(
    customers: Arc<Vec<CustomerStatus>>,
    workspace: &Workspace,
    fields: Arc<[StatusField]>,
    sort: &Sort<StatusField>,
    language: &str,
    i18n: I18n,
    format: Format,
) -> Grid {
    let several = several_models(&customers);
    let values = customers.iter().enumerate();
    let values = values.map(|(place, line)| (place, value(&sort.column, line, workspace, several, i18n)));
    let order = sorted(&values.collect::<Vec<_>>(), sort.descending, language);
    let shared = Arc::new((customers.clone(), workspace.clone(), fields.clone()));
    let lines = order.into_iter().filter_map(|place| Some((place, customers.get(place)?))).map(|(place, line)| {
        let shared = shared.clone();
        Line::new(Opens::Customer(line.customer), move || {
            let (customers, workspace, fields) = &*shared;
            let cell = |line| fields.iter().map(|field| value(field, line, workspace, several, i18n)).collect();
            customers.get(place).map(cell).unwrap_or_default()
        })
    });
    let summary = super::grid::customers(customers.len(), i18n, format);
    let sum = Sum {
        label: t_string!(i18n, tables.total, counted = summary.as_str()).to_string(),
        cells: fields.iter().map(|_| None).collect(),
        total: true,
        opens: Opens::Nothing,
    };
    Grid {
        columns: fields.iter().map(|field| field.grid_column(i18n)).collect(),
        groups: vec![Group { title: String::new(), lines: lines.collect(), sums: vec![sum] }],
        grouped_by: None,
        summary,
        note: String::new(),
    }
}

fn value(field: &StatusField, line: &CustomerStatus, workspace: &Workspace, several: bool, i18n: I18n) -> Value {
    let action = line.next_action.as_ref();
    match field {
        StatusField::Customer => {
            Value::text(workspace.customers.get(line.customer).map_or("", |customer| &customer.name))
        }
        StatusField::Stage => place(line.place, workspace, several, i18n),
        StatusField::Fit => Value::level(i18n, line.fit),
        StatusField::Intent => Value::level(i18n, line.intent),
        StatusField::Priority => Value::level(i18n, line.priority),
        StatusField::Owner => {
            let owner = line.owner.and_then(|id| workspace.people.get(id));
            Value::text(owner.map_or("", |person| &person.name))
        }
        StatusField::LastContact => Value::day(line.last_contact),
        StatusField::NextAction => Value::text(action.map_or("", |action| &action.what)),
        StatusField::Due => Value::day(action.and_then(|action| action.due)),
        StatusField::Own(own) => {
            let customer = workspace.customers.get(line.customer);
            own.value(customer.and_then(|customer| own.of_customer(customer)))
        }
    }
}

/// Where a customer stands, in the order of the models and their stages, then of what lies beside them.
pub(super) fn place(place: Place, workspace: &Workspace, several: bool, i18n: I18n) -> Value {
    let (rank, words) = match place {
        Place::Stage(model, stage) => return of_stage(model, stage, workspace, several),
        Place::Dormant => (0, t_string!(i18n, domain.status.dormant)),
        Place::AfterSale => (1, t_string!(i18n, tables.after_sale)),
        Place::Won => (2, t_string!(i18n, domain.status.won)),
        Place::Lost => (3, t_string!(i18n, domain.status.lost)),
        Place::NoDeal => (4, t_string!(i18n, tables.no_deal)),
    };
    Value::Ranked(workspace.models.len() * MOST_STAGES + rank, words.to_owned())
}

/// More stages than a model has.
const MOST_STAGES: usize = 1000;

fn of_stage(model: ModelId, stage: StageId, workspace: &Workspace, several: bool) -> Value {
    let number = workspace.models.iter().position(|known| known.id == model).unwrap_or_default();
    let Some(model) = workspace.models.get(model) else { return Value::Unknown };
    let rank = number * MOST_STAGES + model.position(stage).unwrap_or_default();
    Value::Ranked(rank, stage_name(model, stage, several))
}

/// Whether customers stand in more than one model, so that the name of a stage alone would not do.
fn several_models(customers: &[CustomerStatus]) -> bool {
    let mut models = customers.iter().filter_map(|line| match line.place {
        Place::Stage(model, _) => Some(model),
        _ => None,
    });
    let first = models.next();
    models.any(|model| Some(model) != first)
}

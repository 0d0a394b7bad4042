//! A table as it is printed: all rows, the headings again on every page.

use leptos::prelude::*;

use super::grid::{Grid, GridColumn, Line, Sum, named};
use crate::{
    model::Workspace,
    ui::{format::Format, parts::listing::value::Value},
};

/// What stands above the table.
pub(super) struct Head {
    /// What the table is.
    pub(super) title: String,
    /// Whose it is, the day and the filters, a line each.
    pub(super) about: Vec<String>,
}

/// The sheet.
pub(super) fn paper(head: Head, grid: &Grid, workspace: &Workspace, format: Format) -> AnyView {
    let shares: u32 = grid.columns.iter().map(|column| column.share).sum();
    let width = |column: &GridColumn| {
        let percent = f64::from(column.share) * 100.0 / f64::from(shares.max(1));
        view! { <col style:width=[&percent.to_string(), "%"].concat()/> }
    };
    let heading = |column: &GridColumn| {
        view! { <th scope="col" class:print-sheet__number=column.numeric>{column.heading.clone()}</th> }
    };
    let groups = grid.groups.iter().map(|group| {
        // A group without lines is named by its sums.
        let title = (!group.title.is_empty() && !group.lines.is_empty()).then(|| {
            let span = grid.columns.len().to_string();
            view! { <tr class="print-sheet__group"><th scope="rowgroup" colspan=span>{group.title.clone()}</th></tr> }
        });
        let lines = group.lines.iter().map(|line| line_row(grid, line, workspace, format)).collect_view();
        let sums = group.sums.iter().map(|sum| sum_row(grid, &group.title, sum)).collect_view();
        view! { <tbody>{title}{lines}{sums}</tbody> }
    });
    let about = head.about.into_iter().filter(|line| !line.is_empty()).map(|line| view! { <p>{line}</p> });
    let note = (!grid.note.is_empty()).then(|| view! { <p>{grid.note.clone()}</p> });
    view! {
        <h1>{head.title}</h1>
        {about.collect_view()}
        <table>
            <colgroup>{grid.columns.iter().map(width).collect_view()}</colgroup>
            <thead><tr>{grid.columns.iter().map(heading).collect_view()}</tr></thead>
            {groups.collect_view()}
        </table>
        {note}
    }
    .into_any()
}

fn line_row(grid: &Grid, line: &Line, workspace: &Workspace, format: Format) -> AnyView {
    let cell = |(column, value): (&GridColumn, &Value)| {
        view! { <td class:print-sheet__number=column.numeric>{value.shown(format, workspace)}</td> }
    };
    view! { <tr>{grid.columns.iter().zip(line.cells()).map(cell).collect_view()}</tr> }.into_any()
}

/// The label takes the columns before the first sum.
fn sum_row(grid: &Grid, title: &str, sum: &Sum) -> AnyView {
    let before = sum.cells.iter().take_while(|cell| cell.is_none()).count().max(1);
    let label = named(title, &sum.full_label());
    let cell = |(column, cell): (&GridColumn, &Option<(Value, String)>)| {
        let words = cell.as_ref().map(|(_, words)| words.clone());
        view! { <td class:print-sheet__number=column.numeric>{words}</td> }
    };
    view! {
        <tr class="print-sheet__sum" class:print-sheet__sum--total=sum.total>
            <th scope="row" colspan=before.to_string()>{label}</th>
            {grid.columns.iter().zip(&sum.cells).skip(before).map(cell).collect_view()}
        </tr>
    }
    .into_any()
}

//! What every chart has around its picture: a legend, the same figures as a table, and the picture to take away.

use leptos::{html, prelude::*};

use super::take_away::{Kind, take_away};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{
            menu::{Menu, MenuItem},
            tag::Tone,
            toast::use_toasts,
        },
        file::stem,
    },
};

/// How a series looks: never by its colour alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Look {
    /// A colour that means something.
    Tone(Tone),
    /// A stage, from 0 for the first to 1 for the last: from light to dark.
    Stage(f64),
}

impl Look {
    /// The tone, for the attribute that colours by it.
    pub const fn tone(self) -> Option<&'static str> {
        match self {
            Self::Tone(tone) => Some(tone.as_str()),
            Self::Stage(_) => None,
        }
    }

    /// The place among the stages, for the property that colours by it.
    pub fn position(self) -> Option<String> {
        match self {
            Self::Tone(_) => None,
            Self::Stage(position) => Some(position.to_string()),
        }
    }
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// What it is.
    pub name: String,
    /// How it looks.
    pub look: Look,
    /// Whether its line is broken.
    pub dashed: bool,
}

/// The figures of a chart as a table; the first cell of a row is its heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// The headings of the columns.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// A chart: its picture, or the same figures as a table, and the ways to take the picture away.
#[component]
pub fn ChartFrame(
    /// What it shows, with the unit; also the name of the files.
    #[prop(into)]
    label: Signal<String>,
    /// What its colours and lines mean; empty for a chart of one series.
    #[prop(optional, into)]
    keys: Signal<Vec<Key>>,
    /// The same figures.
    #[prop(into)]
    figures: Signal<Figures>,
    /// The picture: one SVG, or words and SVGs that are taken away as they stand.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let as_table = RwSignal::new(false);
    let body = NodeRef::<html::Div>::new();
    let save = move |kind: Kind| {
        let Some(body) = body.get_untracked() else { return };
        let name = stem(&label.get_untracked());
        let failed = t_string!(i18n, chart.not_taken).to_owned();
        take_away(&body, name, kind, move || toasts.say(failed, Tone::Bad));
    };
    let items = Signal::derive(move || {
        let item = |label: fn(crate::ui::wording::I18n) -> &'static str, kind| MenuItem {
            label: Signal::derive(move || label(i18n).to_owned()),
            icon: Some(icondata_lu::LuDownload),
            danger: false,
            on_choose: Callback::new(move |()| save(kind)),
        };
        vec![
            item(|i18n| t_string!(i18n, chart.as_svg), Kind::Svg),
            item(|i18n| t_string!(i18n, chart.as_png), Kind::Png),
        ]
    });
    let legend = move || {
        keys.get().into_iter().map(|Key { name, look, dashed }| {
            view! {
                <li>
                    <span class="chart__swatch" class:chart__swatch--dashed=dashed data-tone=look.tone() style:--stage-position=look.position()></span>
                    {name}
                </li>
            }
        }).collect_view()
    };
    let children = StoredValue::new(children);
    view! {
        <div class="chart" role="group" aria-label=label>
            <div class="chart__head">
                <ul class="chart__legend">{legend}</ul>
                <div class="chart__tools no-print">
                    <button
                        type="button"
                        class="link"
                        aria-pressed=move || as_table.get().to_string()
                        on:click=move |_| as_table.update(|shown| *shown = !*shown)
                    >
                        {move || if as_table.get() { t_string!(i18n, common.as_picture) } else { t_string!(i18n, common.as_table) }}
                    </button>
                    <Show when=move || !as_table.get()>
                        <Menu label=Signal::derive(move || t_string!(i18n, chart.take).to_owned()) icon=icondata_lu::LuDownload items/>
                    </Show>
                </div>
            </div>
            <div node_ref=body class="chart__body">
                {move || if as_table.get() { table(&figures.get()) } else { children.with_value(|children| children()).into_any() }}
            </div>
        </div>
    }
    .into_any()
}

fn table(figures: &Figures) -> AnyView {
    let i18n = use_i18n();
    let heads = figures.heads.iter().map(|head| view! { <th scope="col">{head.clone()}</th> }).collect_view();
    let rows = figures.rows.iter().map(|row| {
        let mut cells = row.iter().cloned();
        let head = cells.next().map(|head| view! { <th scope="row">{head}</th> });
        view! { <tr>{head}{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    });
    let none = figures.rows.is_empty().then(|| view! { <p class="muted">{t!(i18n, chart.nothing)}</p> });
    view! {
        <div class="table-scroll" tabindex="0">
            <table class="table chart__table"><thead><tr>{heads}</tr></thead><tbody>{rows.collect_view()}</tbody></table>
            {none}
        </div>
    }
    .into_any()
}

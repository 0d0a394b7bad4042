//! The product lines of the deal and their sum.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, ProductLine, worth},
    ui::{
        components::{
            button::{Button, Variant},
            field::{FieldKind, SelectField},
        },
        parts::editor::{EditChoice, EditText, Editor, Refusal},
    },
};

/// The card of the product lines.
#[component]
pub fn Lines(
    /// Edits the deal.
    editor: Editor,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| editor.read(|deal| deal.details.lines.len()));
    let sum = Memo::new(move |_| editor.read(|deal| worth(&deal.details.lines)));
    let amount = Memo::new(move |_| editor.read(|deal| deal.standing().amount));
    let refusal = RwSignal::new(Refusal::None);
    let add = move |text: String| {
        if let Ok(product) = text.parse() {
            let price = editor.names.with_untracked(|names| names.products.get(product).and_then(|p| p.price));
            refusal.set(edit_lines(editor, |lines| lines.push(ProductLine { product, units: 1, price })));
        }
    };
    let options = Signal::derive(move || editor.names.with(crate::ui::parts::names::Names::choose_product));
    // Lines have no ids: a line is its place, and none moves.
    let rows = move || (0..count.get()).map(|place| view! { <Line editor place/> }).collect_view();
    let use_sum = move |_| refusal.set(editor.run(Command::SetAmount { id: editor.id, to: sum.get_untracked() }));
    view! {
        <section class="card deal__card">
            <div class="deal__card-head">
                <h2>{t!(i18n, domain.field.products)}</h2>
                <Show when=move || sum.get().is_some()>
                    <span>{move || t_string!(i18n, deal.sum, sum = editor.amounts.full(sum.get())).to_string()}</span>
                </Show>
                <Show when=move || sum.get().is_some_and(|sum| Some(sum) != amount.get())>
                    <Button variant=Variant::Quiet on_click=use_sum>{t!(i18n, deal.use_sum)}</Button>
                </Show>
            </div>
            <Show when=move || sum.get().is_some()>
                <p class="muted small">{move || {
                    if sum.get() == amount.get() {
                        t_string!(i18n, deal.amount_follows).to_owned()
                    } else {
                        t_string!(i18n, deal.amount_stays, amount = editor.amounts.full(amount.get())).to_string()
                    }
                }}</p>
            </Show>
            {rows}
            <SelectField
                label=Signal::derive(move || t_string!(i18n, deal.add_product).to_owned())
                options
                value=Signal::derive(move || {
                    count.track();
                    String::new()
                })
                on_change=add
                error=refusal
            />
        </section>
    }
    .into_any()
}

/// Rewrites the product lines. The amount of an open deal follows them as long as it is their sum; one that was set by hand stays.
fn edit_lines(editor: Editor, write: impl FnOnce(&mut Vec<ProductLine>)) -> Refusal {
    let deal = editor.store.peek(|workspace| workspace.deals.get(editor.id).cloned())?;
    let mut details = deal.details.clone();
    write(&mut details.lines);
    let (before, after) = (worth(&deal.details.lines), worth(&details.lines));
    let follows = deal.standing().is_open() && deal.standing().amount == before;
    let amount = (follows && after != before).then_some(Command::SetAmount { id: editor.id, to: after });
    let edit = Command::EditDeal { id: editor.id, details: Box::new(details) };
    editor.run(Command::Many(std::iter::once(edit).chain(amount).collect()))
}

#[component]
fn Line(editor: Editor, place: usize) -> impl IntoView {
    let i18n = editor.i18n;
    let line = Memo::new(move |_| editor.read(|deal| deal.details.lines.get(place).cloned()));
    let edit = move |write: &dyn Fn(&mut ProductLine)| {
        edit_lines(editor, |lines| {
            if let Some(line) = lines.get_mut(place) {
                write(line);
            }
        })
    };
    let options = Signal::derive(move || {
        let product = line.get().map(|line| line.product);
        editor.names.with(|names| {
            let mut options = names.choose_product();
            let known = product.filter(|id| !options.iter().any(|(value, _)| *value == id.to_string()));
            options.extend(known.map(|id| (id.to_string(), names.product(id))));
            options
        })
    });
    let product = Signal::derive(move || line.get().map(|line| line.product.to_string()).unwrap_or_default());
    let save_product = move |text: String| {
        edit(&|line| {
            if let Ok(product) = text.parse() {
                line.product = product;
            }
        })
    };
    let save_units = move |text: String| match text.trim().parse() {
        Ok(units) => edit(&|line| line.units = units),
        Err(_) => Some(t_string!(i18n, deal.bad_units).to_owned()),
    };
    let save_price = move |text: String| match editor.amounts.read(&text) {
        Ok(price) => edit(&|line| line.price = price),
        Err(_) => Some(t_string!(i18n, moves.bad_amount).to_owned()),
    };
    let refusal = RwSignal::new(Refusal::None);
    let remove = move |_| {
        refusal.set(edit_lines(editor, |lines| {
            if place < lines.len() {
                lines.remove(place);
            }
        }));
    };
    view! {
        <div class="deal__product">
            <EditChoice
                label=Signal::derive(move || t_string!(i18n, deal.product).to_owned())
                options
                value=product
                save=save_product
            />
            <EditText
                label=Signal::derive(move || t_string!(i18n, domain.field.units).to_owned())
                kind=FieldKind::Number
                value=Signal::derive(move || line.get().map(|line| line.units.to_string()).unwrap_or_default())
                save=save_units
            />
            <EditText
                label=Signal::derive(move || t_string!(i18n, domain.field.unit_price).to_owned())
                kind=FieldKind::Money
                value=Signal::derive(move || editor.amounts.draft(line.get().and_then(|line| line.price)))
                save=save_price
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuTrash2
                label=Signal::derive(move || t_string!(i18n, deal.remove_line).to_owned())
                on_click=remove
            />
            <span class="field__note field__note--error">{refusal}</span>
        </div>
    }
}

//! The files for a CRM, made in the background worker.

use leptos::prelude::*;

use crate::{
    codec::crm_layout::{Product, without_close},
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        background::Desk,
        components::{button::Button, progress::Progress, tag::Tone, toast::use_toasts},
        format::use_format,
        parts::hand_out::use_hand_out,
        wording::{I18n, import},
    },
    worker::{CrmOrder, Request, Response},
};

/// What is being made, and how many of how many files are done.
type Making = Option<(Product, usize, usize)>;

/// The products with what to do in each.
#[component]
pub(super) fn Products() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let (format, toasts, hand_out) = (use_format(), use_toasts(), use_hand_out());
    let desk = Desk::new();
    let making = RwSignal::new(Making::None);
    let bare = Memo::new(move |_| store.with(|workspace| workspace.deals.is_empty() && workspace.customers.is_empty()));
    let undated = Memo::new(move |_| store.with(without_close));
    let failed = move |words: String| {
        making.set(None);
        toasts.say(words, Tone::Bad);
    };
    let make = move |product: Product| {
        let order = store.peek(|workspace| CrmOrder::of(workspace, product));
        making.set(Some((product, 0, 0)));
        let hear = move |done, total| making.set(Some((product, done, total)));
        desk.ask(Request::Crm(Box::new(order)), hear, move |answer| match answer {
            Ok(Response::Crm(Ok(bytes))) => {
                making.set(None);
                desk.stop();
                hand_out.file(&[product.code(), ".zip"].concat(), "application/zip", &bytes);
            }
            Ok(_) => failed(t_string!(i18n, data.export.not_written).to_owned()),
            Err(why) => failed(import::no_answer(i18n, &why).to_owned()),
        });
    };
    let cancel = Callback::new(move |()| {
        desk.stop();
        making.set(None);
    });
    let entry = move |product: Product| {
        let notice = move || {
            let n = undated.get();
            (product == Product::Salesforce && n > 0)
                .then(|| t_string!(i18n, growing.crm.undated, count = n, n = format.count(n)).to_string())
        };
        let of_product = move || making.get().filter(|(made, ..)| *made == product);
        let label = Signal::derive(move || match of_product() {
            Some((_, done, total)) if total > 0 => {
                let (done, total) = (format.count(done), format.count(total));
                t_string!(i18n, growing.crm.files, done = done, total = total).to_string()
            }
            _ => t_string!(i18n, growing.crm.making).to_owned(),
        });
        #[allow(clippy::cast_precision_loss, reason = "a handful of files")]
        let share = Signal::derive(move || {
            of_product().filter(|(_, _, total)| *total > 0).map(|(_, done, total)| done as f64 / total as f64)
        });
        view! {
            <li class="growing__product stack">
                <h3>{move || name(i18n, product)}</h3>
                <p class="muted small">{move || steps(i18n, product)}</p>
                <p class="small">{notice}</p>
                <Show
                    when=move || of_product().is_some()
                    fallback=move || view! {
                        <div>
                            <Button
                                icon=icondata_lu::LuFileArchive
                                disabled=Signal::derive(move || bare.get() || making.with(Option::is_some))
                                on_click=move |_| make(product)
                                attr:data-testid=["crm-", product.code()].concat()
                            >
                                {move || t_string!(i18n, growing.crm.make, name = name(i18n, product)).to_string()}
                            </Button>
                        </div>
                    }
                >
                    <Progress label share on_cancel=cancel/>
                </Show>
            </li>
        }
    };
    view! {
        <section class="card stack" aria-labelledby="growing-crm">
            <h2 id="growing-crm">{t!(i18n, growing.crm.title)}</h2>
            <p class="muted">{t!(i18n, growing.crm.what)}</p>
            <ul class="growing__products">{Product::ALL.map(entry).collect_view()}</ul>
        </section>
    }
}

/// What the product is called.
fn name(i18n: I18n, product: Product) -> &'static str {
    match product {
        Product::Salesforce => t_string!(i18n, growing.salesforce.name),
        Product::HubSpot => t_string!(i18n, growing.hubspot.name),
        Product::Pipedrive => t_string!(i18n, growing.pipedrive.name),
        Product::Odoo => t_string!(i18n, growing.odoo.name),
        Product::Twenty => t_string!(i18n, growing.twenty.name),
    }
}

/// What is in its files, and how they come in.
fn steps(i18n: I18n, product: Product) -> &'static str {
    match product {
        Product::Salesforce => t_string!(i18n, growing.salesforce.steps),
        Product::HubSpot => t_string!(i18n, growing.hubspot.steps),
        Product::Pipedrive => t_string!(i18n, growing.pipedrive.steps),
        Product::Odoo => t_string!(i18n, growing.odoo.steps),
        Product::Twenty => t_string!(i18n, growing.twenty.steps),
    }
}

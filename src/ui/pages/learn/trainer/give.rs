//! A pack or a result on its way out: as a link with a square code, as a code to paste, as a file.

use leptos::{prelude::*, task::spawn_local};

use super::papers::{FILE, PACK};
use crate::{
    codec::{
        class::{Paper, code},
        share,
    },
    i18n::{t, t_string, use_i18n},
    ui::{
        clipboard,
        components::{
            button::{Button, Variant},
            qr_code::{self, QrCode},
            tag::Tone,
            toast::use_toasts,
        },
        file,
        format::use_format,
        route::{Query, Route},
        wording::document::file_error,
    },
};

/// The ways out of a pack or a result. A pack goes as a link, a result as a code.
#[component]
pub(super) fn Give(
    /// What goes out.
    paper: Paper,
    /// The beginning of the file's name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let (i18n, format, toasts) = (use_i18n(), use_format(), use_toasts());
    let is_pack = matches!(paper, Paper::Pack(_));
    // The data of a company makes a link of hundreds of thousands of letters: it goes as a file.
    let has_company = matches!(&paper, Paper::Pack(pack) if pack.has_company());
    let text = if has_company {
        String::new()
    } else if is_pack {
        link(&code::text(&paper)).unwrap_or_default()
    } else {
        code::text(&paper)
    };
    let is_too_long = has_company || text.len() > share::LONGEST;
    let is_long = is_pack && text.len() > share::SAFE;
    let copied = text.clone();
    let copy = move |_| {
        let text = copied.clone();
        spawn_local(async move {
            if clipboard::copy(text).await {
                toasts.say(t_string!(i18n, learn.trainer.copied).to_owned(), Tone::Good);
            } else {
                toasts.say(t_string!(i18n, share.make.not_copied).to_owned(), Tone::Bad);
            }
        });
    };
    let file_name = [file::stem(&name).as_str(), ".json"].concat();
    // The same file beside the page, for whoever hosts it.
    let beside = is_pack.then(|| {
        let address = Route::Learn.href(&Query::default().with("tab", "trainer").with(FILE, &file_name));
        move || t_string!(i18n, learn.trainer.beside, address = address.clone()).to_string()
    });
    let download = move |_| {
        let name = file_name.clone();
        match file::download(&name, "application/json", paper.file().as_bytes()) {
            Ok(()) => toasts.say(t_string!(i18n, data.export.done, name = name).to_string(), Tone::Good),
            Err(error) => toasts.say(file_error(i18n, format, &error), Tone::Bad),
        }
    };
    let square = (is_pack && !is_too_long && qr_code::fits(&text)).then(|| {
        let text = text.clone();
        let label = Signal::derive(move || t_string!(i18n, share.make.code).to_owned());
        view! {
            <figure class="share__code">
                <QrCode text label/>
                <figcaption class="muted small">{t!(i18n, learn.trainer.square_what)}</figcaption>
            </figure>
        }
    });
    let shown = (!is_too_long).then(|| {
        view! {
            <textarea
                class="field__control share__link"
                readonly=true
                rows="3"
                aria-label=move || if is_pack { t_string!(i18n, share.make.link) } else { t_string!(i18n, learn.trainer.code_out) }
                data-testid="class-out"
                prop:value=text
            ></textarea>
        }
    });
    view! {
        <div class="stack">
            {shown}
            {is_too_long.then(|| view! { <p class="muted">{t!(i18n, learn.trainer.too_long)}</p> })}
            {(is_long && !is_too_long).then(|| view! { <p class="muted">{t!(i18n, share.make.long)}</p> })}
            <div class="row">
                <Show when=move || !is_too_long>
                    <Button variant=Variant::Primary icon=icondata_lu::LuCopy on_click=copy.clone() attr:data-testid="class-copy">
                        {move || if is_pack { t_string!(i18n, share.make.copy) } else { t_string!(i18n, learn.trainer.copy_code) }}
                    </Button>
                </Show>
                <Button icon=icondata_lu::LuDownload on_click=download attr:data-testid="class-file">{t!(i18n, learn.trainer.file)}</Button>
            </div>
            {square}
            {beside.map(|beside| view! { <p class="muted small trainer__text">{beside}</p> })}
        </div>
    }
    .into_any()
}

/// The link to this page that carries a pack.
fn link(code: &str) -> Option<String> {
    let page = window().location().href().ok()?;
    let page = page.split(['?', '#']).next()?.to_owned();
    Some([page, Route::Learn.href(&Query::default().with("tab", "trainer").with(PACK, code))].concat())
}

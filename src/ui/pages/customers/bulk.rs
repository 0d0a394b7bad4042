//! One change for many customers.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::edit::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, CustomFieldOf, Customer, CustomerId, Profile, RecordKind, Rejection},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            tag::Tone,
            toast::use_toasts,
        },
        format::use_format,
        parts::{
            custom_fields::put,
            customer_book::Book,
            customer_editor::different,
            editor::read_date,
            levels::{level_of, levels},
            listing::{
                bulk::{
                    self, Asker, Bulk, BulkBar, BulkChoice, BulkText, Doubt, Question as _, QuestionDialog, Refused,
                    Said,
                },
                own_bulk::OwnField,
            },
            names::people,
        },
        wording::{self, I18n},
    },
};

/// The row of changes for the customers that are marked.
#[component]
pub(super) fn CustomersBulk(desk: Desk, listed: Signal<Vec<CustomerId>>, book: Memo<Book>) -> impl IntoView {
    let (i18n, store, toasts) = (use_i18n(), use_store(), use_toasts());
    let bulk = Bulk::new(move || desk.unmark());
    let asked_of = move |write: &dyn Fn(&mut Customer)| {
        let marked = desk.marked.get_untracked();
        let known = store
            .peek(|workspace| marked.iter().filter_map(|id| workspace.customers.get(*id).cloned()).collect::<Vec<_>>());
        let willing = known.into_iter().map(|customer| {
            let mut customer = Arc::unwrap_or_clone(customer);
            write(&mut customer);
            Command::PutCustomer(Box::new(customer))
        });
        Doubt { willing: willing.collect(), refused: Vec::new() }
    };
    let said: Said = |i18n, count| t_string!(i18n, customers.changed, count = count).to_string();
    let change = move |write: &dyn Fn(&mut Customer)| bulk.change(asked_of(write), said);
    let asker = Asker::new(move |wish: Wish| bulk.attempt(asked_of(&*wish), said));
    let has_own = move || {
        let any = |profile: &Profile| profile.fields_of(CustomFieldOf::Customer).next().is_some();
        desk.names.with(|records| any(&records.workspace().profile))
    };
    let on_owner = move |chosen: String| {
        let owner = chosen.parse().ok();
        change(&|customer| customer.owner = owner);
    };
    let on_priority = move |chosen: String| {
        let priority = level_of(&chosen);
        change(&|customer| customer.priority = priority);
    };
    let owners = Signal::derive(move || {
        desk.names.track();
        people(store, t_string!(i18n, list.nobody), "")
    });
    let date = RwSignal::new(String::new());
    let on_date = move |_| match read_date(&date.get_untracked()) {
        Ok(to) => change(&|customer| customer.review_on = to),
        Err(_) => toasts.say(t_string!(i18n, list.not_a_date).to_owned(), Tone::Bad),
    };
    let on_territory = move |text: String| change(&|customer| text.clone_into(&mut customer.territory));
    let on_tag = move |tag: String| {
        change(&|customer| {
            if !customer.tags.contains(&tag) {
                customer.tags.push(tag.clone());
            }
        });
    };
    let on_untag = move |tag: String| change(&|customer| customer.tags.retain(|known| *known != tag));
    let texts = move |read: fn(&Customer) -> &[String]| {
        Signal::derive(move || {
            desk.names.with(|records| different(records.workspace().customers.iter().flat_map(|c| read(c))))
        })
    };
    let tags = Signal::derive(move || texts(|c| &c.tags).get().into_iter().map(|tag| (tag.clone(), tag)).collect());
    view! {
        <BulkBar
            desk
            listed
            bulk
            label=Signal::derive(move || t_string!(i18n, customers.bulk).to_owned())
            marked=Signal::derive(move || {
                t_string!(i18n, customers.marked, count = desk.marked.with(BTreeSet::len)).to_string()
            })
            refused=move |count: usize| t_string!(i18n, customers.stay, count = count).to_string()
        >
            <BulkChoice label=Signal::derive(move || t_string!(i18n, list.set_owner).to_owned()) options=owners on_choose=on_owner/>
            <BulkChoice label=Signal::derive(move || t_string!(i18n, customers.set_priority).to_owned()) options=levels(i18n) on_choose=on_priority/>
            <div class="listing__bulk-pair">
                <input
                    type="date"
                    class="field__control"
                    aria-label=move || t_string!(i18n, customer.review_on)
                    prop:value=date
                    on:input=move |event| date.set(event_target_value(&event))
                />
                <Button on_click=on_date disabled=Signal::derive(move || date.with(String::is_empty))>
                    {t!(i18n, customers.set_review)}
                </Button>
            </div>
            <BulkText
                label=Signal::derive(move || t_string!(i18n, customer.territory).to_owned())
                act=Signal::derive(move || t_string!(i18n, customers.set_territory).to_owned())
                suggestions=texts(|c| std::slice::from_ref(&c.territory))
                on_act=on_territory
            />
            <BulkText
                label=Signal::derive(move || t_string!(i18n, customers.tag).to_owned())
                act=Signal::derive(move || t_string!(i18n, customers.add_tag).to_owned())
                suggestions=texts(|c| &c.tags)
                on_act=on_tag
            />
            <BulkChoice label=Signal::derive(move || t_string!(i18n, customers.remove_tag).to_owned()) options=tags on_choose=on_untag/>
            <Show when=has_own>
                <Button icon=icondata_lu::LuPencil on_click=move |_| asker.question.set(Some(Question::Field))>
                    {t!(i18n, list.set_field)}
                </Button>
            </Show>
            <Delete desk bulk book/>
            <QuestionDialog asker title=move |question: Question| question.words(i18n).to_owned() form/>
        </BulkBar>
    }
    .into_any()
}

/// What is wished for a customer.
type Wish = Arc<dyn Fn(&mut Customer) + Send + Sync>;

/// A change that needs to be told more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Field,
}

impl bulk::Question for Question {
    const ALL: &[Self] = &[Self::Field];

    fn words(self, i18n: I18n) -> &'static str {
        t_string!(i18n, list.set_field)
    }

    fn icon(self) -> icondata_core::Icon {
        icondata_lu::LuPencil
    }

    fn danger(self) -> bool {
        false
    }
}

fn form(asker: Asker<Question, Wish>, _question: Question) -> AnyView {
    let wish = |name: String, value: Option<String>| -> Wish {
        Arc::new(move |customer: &mut Customer| put(&mut customer.custom, name.clone(), value.clone()))
    };
    view! { <OwnField asker of=CustomFieldOf::Customer wish/> }.into_any()
}

/// Deletes the marked customers that no other record names.
#[component]
fn Delete(desk: Desk, bulk: Bulk, book: Memo<Book>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let delete = move |_| {
        let marked = desk.marked.get_untracked();
        let mut asked = Doubt::default();
        book.with_untracked(|book| {
            for entry in marked.iter().filter_map(|id| book.entry(*id)) {
                let by = entry.facts.named_by;
                if by == 0 {
                    asked.willing.push(Command::RemoveCustomer(entry.customer.id));
                } else {
                    let rejection = Rejection::InUse { kind: RecordKind::Customer, by };
                    let reason = wording::rejection(i18n, format, entry.workspace, &rejection);
                    let name = entry.customer.name.clone();
                    asked.refused.push(Refused { name, reason, at_gate: None });
                }
            }
        });
        bulk.change(asked, |i18n, count| t_string!(i18n, customers.deleted, count = count).to_string());
    };
    view! {
        <Button variant=Variant::Danger icon=icondata_lu::LuTrash2 on_click=delete>{t!(i18n, customers.delete)}</Button>
    }
}

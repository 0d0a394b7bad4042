//! The sheet of a first visit: the customer, the likely problems, and questions with room for the answers, on one page of paper.

use leptos::prelude::*;

use crate::{
    i18n::t_string,
    metrics::discovery::Likely,
    model::{Contact, Customer, Field, Workspace},
    ui::{
        clock::use_clock,
        format::{Format, UNKNOWN, use_format},
        parts::editor::Editor,
        wording::{self, I18n},
    },
};

/// How many problems and how many questions have room on the page.
const PROBLEMS: usize = 4;
const QUESTIONS: usize = 9;

/// What stands on the sheet.
pub(super) struct Sheet {
    /// The deal, its customer, who goes and when it was printed.
    title: String,
    sub: String,
    facts: Vec<(&'static str, String)>,
    problems: Vec<(String, Vec<String>)>,
}

/// What the sheet needs besides the records; taken in a component body.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    today: Signal<crate::model::Date>,
    format: Format,
}

impl Desk {
    /// Call it in a component body.
    pub(super) fn new() -> Self {
        Self { today: use_clock().today, format: use_format() }
    }
}

impl Sheet {
    /// The sheet of a deal as it is now.
    pub(super) fn of(editor: Editor, desk: Desk, likely: &[Likely]) -> Self {
        let i18n = editor.i18n;
        editor.store.peek(|workspace| {
            let deal = workspace.deals.get(editor.id);
            let customer = deal.and_then(|deal| workspace.customer_of(deal));
            let contact = deal.and_then(|deal| workspace.contact_of(deal));
            let owner = deal.and_then(|deal| deal.standing().owner);
            let owner = owner.and_then(|id| workspace.people.get(id)).map(|person| person.name.clone());
            let day = desk.format.date(desk.today.get_untracked());
            let sub = deal.map(|deal| deal.details.title.clone()).into_iter().chain(owner).chain([day]);
            Self {
                title: customer.map_or_else(|| UNKNOWN.to_owned(), |customer| customer.name.clone()),
                sub: sub.collect::<Vec<_>>().join(" · "),
                facts: facts(i18n, workspace, customer.map(AsRef::as_ref), contact),
                problems: asked(likely),
            }
        })
    }

    /// The sheet as it is printed.
    pub(super) fn view(&self, i18n: I18n) -> AnyView {
        let fact =
            |(label, text): &(&'static str, String)| view! { <div><dt>{*label}</dt><dd>{text.clone()}</dd></div> };
        let question = |question: &String| view! { <li>{question.clone()}<div class="first-visit__room"></div></li> };
        let problem = |(problem, questions): &(String, Vec<String>)| {
            view! {
                <section>
                    <h2>{problem.clone()}</h2>
                    <ul>{questions.iter().map(question).collect_view()}</ul>
                </section>
            }
        };
        view! {
            <article class="first-visit">
                <header>
                    <h1>{[t_string!(i18n, discovery.sheet), &self.title].join(" · ")}</h1>
                    <p>{self.sub.clone()}</p>
                </header>
                <dl>{self.facts.iter().map(fact).collect_view()}</dl>
                {self.problems.iter().map(problem).collect_view()}
                <section>
                    <h2>{t_string!(i18n, discovery.next)}</h2>
                    <div class="first-visit__room"></div>
                    <div class="first-visit__room"></div>
                </section>
            </article>
        }
        .into_any()
    }
}

/// The likeliest problems with their questions, as many as have room: every problem keeps at least one.
fn asked(likely: &[Likely]) -> Vec<(String, Vec<String>)> {
    let chosen: Vec<_> = likely.iter().take(PROBLEMS).collect();
    let each = QUESTIONS / chosen.len().max(1);
    let asked = |likely: &Likely| {
        let questions = likely.problem.questions.iter().take(each.max(1)).cloned().collect();
        (likely.problem.problem.clone(), questions)
    };
    chosen.into_iter().map(asked).collect()
}

/// What is known of the customer and of the person there; what is not known has a line to be written on.
fn facts(
    i18n: I18n,
    workspace: &Workspace,
    customer: Option<&Customer>,
    contact: Option<&Contact>,
) -> Vec<(&'static str, String)> {
    let of_customer = |read: fn(&Customer) -> &String| customer.map(|customer| read(customer).clone());
    let of_contact = |read: fn(&Contact) -> &String| contact.map(|contact| read(contact).clone());
    let referrer = customer.and_then(|customer| workspace.customers.get(customer.referred_by?));
    let facts = [
        (Field::CustomerIndustry, of_customer(|customer| &customer.industry)),
        (Field::CustomerSize, of_customer(|customer| &customer.size)),
        (Field::CustomerSoftware, of_customer(|customer| &customer.software_in_use)),
        (Field::CustomerNeeds, of_customer(|customer| &customer.needs)),
        (Field::CustomerAddress, of_customer(|customer| &customer.address)),
        (Field::Contact, of_contact(|contact| &contact.name)),
        (Field::ContactJobTitle, of_contact(|contact| &contact.job_title)),
        (Field::ContactRole, of_contact(|contact| &contact.role)),
        (Field::ContactPhone, of_contact(|contact| &contact.phone)),
        (Field::CustomerSource, referrer.map(|referrer| referrer.name.clone()).or(of_customer(|c| &c.source))),
    ];
    facts.into_iter().map(|(field, text)| (wording::field(i18n, field), text.unwrap_or_default())).collect()
}

//! The names behind the ids that deals carry.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    model::{
        Campaign, Customer, CustomerId, FunnelModel, ModelId, Person, PersonId, Product, ProductId, Profile, Stage,
        StageId, Table,
    },
    store::{Store, use_store},
    ui::format::UNKNOWN,
};

/// The records that deals refer to. Comparing two is a few pointers, so that edits of deals wake nobody who reads names.
#[derive(Clone, Debug)]
pub struct Names {
    /// Customers with their contacts.
    pub customers: Table<Customer>,
    /// People of the team.
    pub people: Table<Person>,
    /// Products.
    pub products: Table<Product>,
    /// Funnel models.
    pub models: Table<FunnelModel>,
    /// Campaigns.
    pub campaigns: Table<Campaign>,
    /// What holds for the whole workspace.
    pub profile: Arc<Profile>,
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.customers.same(&other.customers)
            && self.people.same(&other.people)
            && self.products.same(&other.products)
            && self.models.same(&other.models)
            && self.campaigns.same(&other.campaigns)
            && Arc::ptr_eq(&self.profile, &other.profile)
    }
}

impl Names {
    /// The name of a customer; `—` without one.
    pub fn customer(&self, id: Option<CustomerId>) -> String {
        let customer = id.and_then(|id| self.customers.get(id));
        customer.map_or_else(|| UNKNOWN.to_owned(), |customer| customer.name.clone())
    }

    /// The name of a person; `—` without one.
    pub fn person(&self, id: Option<PersonId>) -> String {
        id.and_then(|id| self.people.get(id)).map_or_else(|| UNKNOWN.to_owned(), |person| person.name.clone())
    }

    /// The name of a product; `—` when it is gone.
    pub fn product(&self, id: ProductId) -> String {
        self.products.get(id).map_or_else(|| UNKNOWN.to_owned(), |product| product.name.clone())
    }

    /// A stage of a model.
    pub fn stage(&self, model: ModelId, stage: StageId) -> Option<&Stage> {
        self.models.get(model)?.stage(stage)
    }

    /// The name of a stage, whatever model it belongs to or belonged to; `—` when no model ever had it.
    pub fn stage_name(&self, id: StageId) -> String {
        let known = self.models.iter().find_map(|model| model.known_stage(id));
        known.map_or_else(|| UNKNOWN.to_owned(), |stage| stage.name.clone())
    }

    /// The people to choose from: those who still work here, and whoever is chosen now.
    pub fn choose_person(&self, chosen: Option<PersonId>) -> Vec<(String, String)> {
        let people = self.people.iter().filter(|person| person.active || Some(person.id) == chosen);
        choices(people.map(|person| (person.id.to_string(), person.name.clone())))
    }

    /// The models to choose from.
    pub fn choose_model(&self) -> Vec<(String, String)> {
        self.models.iter().map(|model| (model.id.to_string(), model.name.clone())).collect()
    }

    /// The products to choose from: those still sold.
    pub fn choose_product(&self) -> Vec<(String, String)> {
        let products = self.products.iter().filter(|product| product.active);
        choices(products.map(|product| (product.id.to_string(), product.name.clone())))
    }
}

/// The people of a store to choose from: nobody, then those who work here and the one chosen now, by name.
pub fn people(store: Store, nobody: &str, chosen: &str) -> Vec<(String, String)> {
    let mut people: Vec<_> = store.peek(|workspace| {
        let offered = |person: &&Arc<Person>| person.active || person.id.to_string() == chosen;
        workspace.people.iter().filter(offered).map(|person| (person.id.to_string(), person.name.clone())).collect()
    });
    people.sort_by(|(_, a), (_, b)| a.cmp(b));
    people.insert(0, (String::new(), nobody.to_owned()));
    people
}

/// The sources to choose from: those of the profile, and the one written now.
pub fn choose_source(profile: &Profile, present: &str) -> Vec<(String, String)> {
    let mut sources = profile.sources.clone();
    if !present.is_empty() && !sources.iter().any(|source| source == present) {
        sources.push(present.to_owned());
    }
    choices(sources.into_iter().map(|source| (source.clone(), source)))
}

/// The choices of a select field: nothing, then what there is by name.
pub fn choices(options: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut options: Vec<_> = options.collect();
    options.sort_by(|a, b| a.1.cmp(&b.1));
    options.insert(0, (String::new(), UNKNOWN.to_owned()));
    options
}

/// The names of the open workspace, followed.
pub fn use_names() -> Memo<Names> {
    let store = use_store();
    Memo::new(move |_| {
        store.with(|workspace| Names {
            customers: workspace.customers.clone(),
            people: workspace.people.clone(),
            products: workspace.products.clone(),
            models: workspace.models.clone(),
            campaigns: workspace.campaigns.clone(),
            profile: workspace.profile.clone(),
        })
    })
}

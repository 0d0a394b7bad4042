//! Values as people read them: ids become the names of what they lead to.

use ulid::Ulid;

use super::{Value, tree::Tree};
use crate::model::Workspace;

/// The names of all sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'w>(pub(super) &'w [&'w Workspace]);

impl Names<'_> {
    /// A value for the page.
    pub(super) fn value(self, field: &str, tree: &Tree) -> Value {
        match tree {
            Tree::Absent if field.is_empty() => Value::Gone,
            Tree::Absent => Value::Nothing,
            Tree::Plain(word) if word == "true" || word == "false" => Value::Truth(word == "true"),
            tree => Value::Text(self.text(tree)),
        }
    }

    fn text(self, tree: &Tree) -> String {
        match tree {
            Tree::Absent => String::new(),
            Tree::Plain(text) => text.clone(),
            Tree::Text(text) => self.name(text).unwrap_or_else(|| text.clone()),
            Tree::List(elements) => elements.iter().map(|element| self.text(element)).collect::<Vec<_>>().join(" · "),
            Tree::Object(entries) => {
                // An id of its own says nothing to a person, nor the word for what kind of thing is named behind it.
                let is_named = entries.contains_key("department") || entries.contains_key("person");
                let tells = |key: &str| key != "id" && !(key == "of" && is_named);
                let told = entries.iter().filter(|(key, _)| tells(key)).map(|(key, value)| match key.as_str() {
                    "contact" => self.contact(tree.get("customer").text(), value.text()).unwrap_or_default(),
                    // Whether a promise was kept: a sign needs no language.
                    "kept" if matches!(value, Tree::Plain(word) if word == "true") => "✓".to_owned(),
                    "kept" => "✗".to_owned(),
                    _ => self.text(value),
                });
                told.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// What the record with this id is called; where sides call it differently, the last name in the order of letters, so that nothing
    /// depends on the order of the sides.
    fn name(self, id: &str) -> Option<String> {
        let id = value(id)?;
        let of = |name: &dyn Fn(&Workspace) -> Option<String>| self.0.iter().filter_map(|side| name(side)).max();
        of(&|side| Some(side.people.get(id.into())?.name.clone()))
            .or_else(|| of(&|side| Some(side.customers.get(id.into())?.name.clone())))
            .or_else(|| of(&|side| Some(side.products.get(id.into())?.name.clone())))
            .or_else(|| of(&|side| Some(side.departments.get(id.into())?.name.clone())))
            .or_else(|| of(&|side| Some(side.campaigns.get(id.into())?.name.clone())))
            .or_else(|| of(&|side| Some(side.targets.get(id.into())?.name.clone())))
            .or_else(|| of(&|side| Some(side.deals.get(id.into())?.details.title.clone())))
            .or_else(|| of(&|side| Some(side.models.get(id.into())?.name.clone())))
            .or_else(|| {
                of(&|side| Some(side.models.iter().find_map(|model| model.known_stage(id.into()))?.name.clone()))
            })
    }

    fn contact(self, customer: &str, contact: &str) -> Option<String> {
        let (customer, contact) = (value(customer)?, value(contact)?);
        let of = |side: &&Workspace| Some(side.customers.get(customer.into())?.contact(contact.into())?.name.clone());
        self.0.iter().filter_map(of).max()
    }
}

/// The number behind a text that is an id.
fn value(id: &str) -> Option<u128> {
    Ulid::from_string(Some(id).filter(|id| id.len() == 26)?).ok().map(|id| id.0)
}

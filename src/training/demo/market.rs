//! Who sells what to whom: departments, people, products and customers of the demo company.

use std::collections::BTreeMap;

use super::{Demo, LEAVER, REFERRAL};
use crate::{
    codec::content::{Text, recipes::ProductRecipe},
    model::{Contact, Customer, Department, Level, Money, Person, Product},
    training::draw::Draw,
};

/// Departments; each looks after its own territories.
const DEPARTMENTS: usize = 3;
/// Customers whose size is at least this place in the list of sizes run large projects.
pub(super) const LARGE: usize = 2;

/// Low, medium or high, mostly medium.
pub(super) const LEVELS: [Option<Level>; 5] =
    [Some(Level::Low), Some(Level::Medium), Some(Level::Medium), Some(Level::Medium), Some(Level::High)];

/// A customer as the demo keeps it while it is made.
pub(super) struct Account {
    pub customer: Customer,
    /// The place of its first seller; the leaver, for some.
    pub first_seller: usize,
    /// The place of its seller today.
    pub seller: usize,
    /// The place of its size.
    pub size: usize,
}

impl Demo<'_> {
    pub(super) fn departments(&mut self) -> Vec<Department> {
        let recipes = self.recipes;
        let names = recipes.departments.iter().zip(&recipes.managers).take(DEPARTMENTS);
        let department = |(name, manager): (&Text, &Text)| Department {
            id: self.ids.fresh(),
            name: name.in_language(self.language).to_owned(),
            parent: None,
            manager: manager.in_language(self.language).to_owned(),
        };
        names.map(department).collect()
    }

    pub(super) fn people(&mut self, departments: &[Department]) -> Vec<Person> {
        let recipes = self.recipes;
        let person = |(place, name): (usize, &Text)| {
            let territory = recipes.territories.get(2 * (place % DEPARTMENTS) + place / DEPARTMENTS % 2);
            Person {
                id: self.ids.fresh(),
                name: name.in_language(self.language).to_owned(),
                department: departments.get(place % DEPARTMENTS).map(|department| department.id),
                territory: territory.map_or("", |territory| territory.name.in_language(self.language)).to_owned(),
                capacity: Some(25),
                active: place != LEAVER,
            }
        };
        recipes.sellers.iter().enumerate().map(person).collect()
    }

    pub(super) fn products(&mut self) -> Vec<Product> {
        let recipes = self.recipes;
        let product = |recipe: &ProductRecipe| Product {
            id: self.ids.fresh(),
            name: recipe.name.in_language(self.language).to_owned(),
            series: recipe.series.in_language(self.language).to_owned(),
            price: Money::from_minor(recipe.price_in(self.language)),
            active: true,
        };
        recipes.products.iter().map(product).collect()
    }

    /// One customer per brand name, in an order that mixes the names.
    pub(super) fn accounts(&mut self, draw: &mut Draw, people: &[Person], count: usize) -> Vec<Account> {
        let (heads, tails) = (self.recipes.brand_heads.len(), self.recipes.brand_tails.len());
        let mut brands: Vec<(usize, usize)> =
            (0..heads).flat_map(|head| (0..tails).map(move |tail| (head, tail))).collect();
        for place in 0..brands.len() {
            let other = draw.place(brands.len());
            brands.swap(place, other);
        }
        let mut accounts: Vec<Account> = Vec::with_capacity(count);
        for brand in brands.into_iter().take(count) {
            let account = self.account(draw, people, &accounts, brand);
            accounts.push(account);
        }
        accounts
    }

    fn account(
        &mut self,
        draw: &mut Draw,
        people: &[Person],
        known: &[Account],
        (head, tail): (usize, usize),
    ) -> Account {
        let (recipes, language) = (self.recipes, self.language);
        let text = |text: Text| text.in_language(language).to_owned();
        let of = |texts: &[Text], place: usize| text(texts.get(place).copied().unwrap_or_default());
        let territory_place = draw.place(recipes.territories.len());
        let territory = recipes.territories.get(territory_place);
        let city = draw.pick(territory.map_or(&[][..], |territory| &territory.cities)).in_language(language);
        let industry = recipes.industries.get(draw.place(recipes.industries.len()));
        let kind = draw.pick(industry.map_or(&[][..], |industry| &industry.kinds)).in_language(language);
        let brand = of(&recipes.brand_heads, head) + &of(&recipes.brand_tails, tail);
        let parts = [("city", city), ("brand", brand.as_str()), ("kind", kind)];
        let (name, short_name) = (fill(text(recipes.company_name), &parts), fill(text(recipes.short_name), &parts));
        let street = draw.pick(&recipes.streets).in_language(language);
        let number = draw.between(2, 380).to_string();
        let size = draw.weighted(&[2.0, 4.0, 3.0, 1.5]);
        let department = territory_place / 2;
        let colleagues = [department, department + 3, department + 6, department + 9];
        let usual = draw.pick(&colleagues);
        let left_behind = draw.chance(0.25) && department == LEAVER % DEPARTMENTS;
        let seller = self.plan.strain.seller(draw, usual);
        let source = draw.weighted(&[3.0, 3.0, 1.0, 3.0, 3.0, 1.0, 2.0, 0.5]);
        let referrer = draw.place(known.len());
        let customer = Customer {
            short_name,
            address: fill(text(recipes.address), &[("city", city), ("street", street), ("number", &number)]),
            territory: territory.map_or_else(String::new, |territory| text(territory.name)),
            industry: industry.map_or_else(String::new, |industry| text(industry.name)),
            size: of(&recipes.sizes, size),
            standing: text(draw.pick(&recipes.standings)),
            buying_power: draw.pick(&LEVELS),
            source: self.profile.sources.get(source).cloned().unwrap_or_default(),
            referred_by: if source == REFERRAL { known.get(referrer).map(|account| account.customer.id) } else { None },
            software_in_use: text(draw.pick(&recipes.software)),
            needs: text(draw.pick(&recipes.needs)),
            intent: draw.pick(&LEVELS),
            fit: draw.pick(&LEVELS),
            priority: draw.pick(&LEVELS),
            review_on: Some(self.calendar.date(draw.between(-7, 78))),
            owner: people.get(seller).map(|person| person.id),
            contacts: self.contacts(draw),
            tags: if draw.chance(0.12) { vec![text(draw.pick(&recipes.tags))] } else { Vec::new() },
            notes: String::new(),
            custom: BTreeMap::new(),
            ..Customer::named(self.ids.fresh(), name)
        };
        Account { customer, first_seller: if left_behind { LEAVER } else { seller }, seller, size }
    }

    fn contacts(&mut self, draw: &mut Draw) -> Vec<Contact> {
        let (recipes, language) = (self.recipes, self.language);
        let first = draw.place(recipes.job_titles.len());
        let count = draw.place(3) + 1;
        let contact = |nth: usize| {
            let job = (first + nth) % recipes.job_titles.len().max(1);
            let of = |texts: &[Text]| texts.get(job).copied().unwrap_or_default().in_language(language).to_owned();
            let surname = draw.pick(&recipes.surnames).in_language(language);
            let given = draw.pick(&recipes.given).in_language(language);
            let number = format!("{:04}", draw.between(100, 9999));
            Contact {
                id: self.ids.fresh(),
                name: fill(
                    recipes.full_name.in_language(language).to_owned(),
                    &[("surname", surname), ("given", given)],
                ),
                job_title: of(&recipes.job_titles),
                phone: fill(recipes.phone.in_language(language).to_owned(), &[("number", &number)]),
                email: format!("contact{number}@example.com"),
                role: of(&recipes.roles),
            }
        };
        (0..count).map(contact).collect()
    }
}

/// The text with each `{name}` replaced.
pub(super) fn fill(text: String, values: &[(&str, &str)]) -> String {
    values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

//! Makes an import of files: the records, and the summary of what they are.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Field, FileKind, NameKind, Options,
    plan::{
        Counts, FileSummary, Import, Joined, NameQuestion, OnProblem, Problem, SourceFile, StageSummary, Stopped,
        Summary, Total, named,
    },
    renew::Known,
    roster::{Found, Roster},
    rows::Row,
    source::{Faults, Source},
    target::{Target, target},
};
use crate::model::{
    Batch, Command, Currency, Customer, CustomerId, Deal, Department, DepartmentId, Person, PersonId, Product,
    ProductId, Profile, Stamp, Workspace,
};

/// The import of `files` into `workspace`: what it will do, and the command that does it.
///
/// The order of the files does not matter: price lists, people and customers come before deals. Records are joined by name (see
/// [`NameIndex`](super::NameIndex)); what differs in spelling and what is near is in [`Summary::names`]. Ids and events are
/// numbered on from the stamp's seed, so the same files, options, workspace and stamp give the same import. `progress` hears how
/// many rows of how many are done and stops the import by answering `false`.
///
/// # Errors
///
/// [`Stopped`] when `progress` says so.
pub fn plan(
    files: &[SourceFile<'_>],
    options: &Options,
    workspace: &Workspace,
    stamp: Stamp,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Import, Stopped> {
    let mut sources: Vec<Source<'_>> = files
        .iter()
        .enumerate()
        .map(|(file, source)| Source::new(file, *source, options.kinds.get(&file).copied()))
        .collect();
    let mut builder = Builder::new(options, workspace, stamp, &sources);
    let target = target(&sources, options, workspace, &mut || builder.ids.next());
    if let Some(target) = &target {
        let stages = target.model.stages.iter();
        builder.summary.stages =
            stages.map(|stage| StageSummary { name: stage.name.clone(), open: Total::default() }).collect();
    }
    sources.sort_by_key(|source| source.kind);
    let total = sources.iter().map(|source| source.sheet.rows.len()).sum();
    let mut done = 0;
    for source in &sources {
        if source.kind == FileKind::Deals {
            builder.customers.offer();
            builder.people.offer();
            builder.products.offer();
        }
        let mut imported = 0;
        for row in &source.sheet.rows {
            imported += usize::from(builder.row(source, row, target.as_ref()));
            done += 1;
            if done % 250 == 0 && !progress(done, total) {
                return Err(Stopped);
            }
        }
        builder.summarise(source, imported);
    }
    Ok(builder.finish(target))
}

/// Numbers from a seed on.
pub(super) struct Ids {
    seed: u128,
    used: u128,
}

impl Ids {
    pub(super) fn next(&mut self) -> u128 {
        let id = self.seed.wrapping_add(self.used);
        self.used += 1;
        id
    }
}

/// The import in the making.
pub(super) struct Builder<'a> {
    pub(super) options: &'a Options,
    workspace: &'a Workspace,
    pub(super) stamp: Stamp,
    pub(super) ids: Ids,
    pub(super) currency: Currency,
    pub(super) customers: Roster<Customer>,
    pub(super) people: Roster<Person>,
    pub(super) departments: Roster<Department>,
    pub(super) products: Roster<Product>,
    pub(super) deals: Vec<Deal>,
    /// Deals that are here, as they will be.
    pub(super) renewed: Vec<Deal>,
    pub(super) known: Known<'a>,
    /// The ids of the deals so far, each with the place of its file.
    pub(super) references: BTreeMap<String, usize>,
    pub(super) summary: Summary,
    asked: BTreeSet<(Joined, String)>,
    /// The files as they are worked off, each with its place among those given.
    files: Vec<(usize, FileSummary)>,
}

impl<'a> Builder<'a> {
    fn new(options: &'a Options, workspace: &'a Workspace, stamp: Stamp, sources: &[Source<'_>]) -> Self {
        fn of<R: Clone>(
            records: impl Iterator<Item = std::sync::Arc<R>>,
            name: impl Fn(&R) -> String,
        ) -> Vec<(String, R)> {
            records.map(|record| (name(&record), (*record).clone())).collect()
        }
        let currency = currency(sources, workspace);
        Self {
            options,
            workspace,
            stamp,
            ids: Ids { seed: stamp.seed.0, used: 0 },
            currency,
            customers: Roster::new(
                NameKind::Company,
                of(workspace.customers.iter().cloned(), |record| record.name.clone()),
            ),
            people: Roster::new(NameKind::Other, of(workspace.people.iter().cloned(), |record| record.name.clone())),
            departments: Roster::new(
                NameKind::Other,
                of(workspace.departments.iter().cloned(), |record| record.name.clone()),
            ),
            products: Roster::new(
                NameKind::Other,
                of(workspace.products.iter().cloned(), |record| record.name.clone()),
            ),
            deals: Vec::new(),
            renewed: Vec::new(),
            known: Known::of(workspace),
            references: BTreeMap::new(),
            summary: Summary::default(),
            asked: BTreeSet::new(),
            files: Vec::new(),
        }
    }

    fn row(&mut self, source: &Source<'a>, row: &'a Row, target: Option<&Target>) -> bool {
        if self.options.leave_out.contains(&(source.file, row.line)) {
            return false;
        }
        match (source.kind, target) {
            (FileKind::Products, _) => self.product_row(source, row),
            (FileKind::People, _) => self.person_row(source, row),
            (FileKind::Customers, _) => self.customer_row(source, row),
            (FileKind::Deals, Some(target)) => self.deal_row(source, row, target),
            (FileKind::Deals, None) => false,
        }
    }

    /// Writes down what is wrong with a row; whether the row comes in all the same. `fatal` rows never do.
    pub(super) fn accept(&mut self, source: &Source<'_>, row: &Row, faults: Faults, fatal: bool) -> bool {
        let row_skipped = fatal || (!faults.is_empty() && self.options.on_problem == OnProblem::SkipRow);
        for (column, kind) in faults {
            let value = column.map_or("", |column| row.cell(column)).chars().take(80).collect();
            self.summary.problems.push(Problem { file: source.file, line: row.line, column, kind, value, row_skipped });
        }
        !row_skipped
    }

    /// The place of the customer of this name, who is added when unknown.
    pub(super) fn customer(&mut self, name: &str) -> usize {
        let Self { customers, ids, .. } = self;
        let make = || Customer::named(CustomerId::from(ids.next()), name);
        join(customers, Joined::Customer, name, self.options, &mut self.asked, &mut self.summary.names, make)
    }

    /// The place of the person of this name, who is added when unknown.
    pub(super) fn person(&mut self, name: &str) -> usize {
        let Self { people, ids, .. } = self;
        let make = || Person {
            id: PersonId::from(ids.next()),
            name: name.to_owned(),
            department: None,
            territory: String::new(),
            capacity: None,
            active: true,
        };
        join(people, Joined::Person, name, self.options, &mut self.asked, &mut self.summary.names, make)
    }

    /// The place of the product of this name, which is added when unknown.
    pub(super) fn product(&mut self, name: &str) -> usize {
        let Self { products, ids, .. } = self;
        let make = || Product {
            id: ProductId::from(ids.next()),
            name: name.to_owned(),
            series: String::new(),
            price: None,
            active: true,
        };
        join(products, Joined::Product, name, self.options, &mut self.asked, &mut self.summary.names, make)
    }

    /// The place of the department of this name, which is added when unknown.
    pub(super) fn department(&mut self, name: &str) -> usize {
        if let Found::Certain(place, _) = self.departments.find(name) {
            return place;
        }
        let id = DepartmentId::from(self.ids.next());
        self.departments.add(name, Department { id, name: name.to_owned(), parent: None, manager: String::new() })
    }

    fn summarise(&mut self, source: &Source<'_>, imported: usize) {
        let rows = source.sheet.rows.len();
        let unused = match source.kind {
            FileKind::Products => source.unused(&[Field::Product, Field::Name, Field::Series, Field::Price]),
            FileKind::People => {
                source.unused(&[Field::Owner, Field::Name, Field::Department, Field::Manager, Field::Territory])
            }
            FileKind::Customers | FileKind::Deals => Vec::new(),
        };
        let summary = FileSummary { kind: source.kind, rows, imported, skipped: rows - imported, unused };
        self.files.push((source.file, summary));
    }

    fn finish(mut self, target: Option<Target>) -> Import {
        let counts = |(created, updated)| Counts { created, updated };
        self.files.sort_by_key(|(file, _)| *file);
        let mut summary = self.summary;
        summary.files = self.files.into_iter().map(|(_, summary)| summary).collect();
        summary.customers = counts(self.customers.counts());
        summary.people = counts(self.people.counts());
        summary.departments = counts(self.departments.counts());
        summary.products = counts(self.products.counts());
        summary.deals = Counts { created: self.deals.len(), updated: self.renewed.len() };
        summary.problems.sort_by_key(|problem| (problem.file, problem.line, problem.column));
        summary.currency = self.currency.code().to_owned();
        summary.currency_changes = self.currency != self.workspace.profile.currency;
        let mut models = Vec::new();
        if let Some(target) = target {
            summary.model = Some((target.model.name.clone(), target.is_new));
            summary.order = Some(target.order);
            summary.stage_values = target.values;
            if target.is_new {
                models.push(target.model);
            }
        }
        let mut deals = self.deals;
        deals.extend(self.renewed);
        let batch = Batch {
            models,
            departments: self.departments.into_changed(),
            people: self.people.into_changed(),
            products: self.products.into_changed(),
            customers: self.customers.into_changed(),
            deals,
            quotas: Vec::new(),
            targets: Vec::new(),
            campaigns: Vec::new(),
            activities: Vec::new(),
            promises: Vec::new(),
            handovers: Vec::new(),
            interventions: Vec::new(),
            problems: Vec::new(),
            schemes: Vec::new(),
        };
        let import = Command::Import(Box::new(batch));
        let command = if summary.currency_changes {
            let profile = Profile { currency: self.currency, ..(*self.workspace.profile).clone() };
            Command::Many(vec![Command::SetProfile(profile), import])
        } else {
            import
        };
        Import { summary, command }
    }
}

/// The place of a record by its name: the user's decision, else a record whose name is the same, else a new one.
fn join<R: Clone + PartialEq>(
    roster: &mut Roster<R>,
    of: Joined,
    name: &str,
    options: &Options,
    asked: &mut BTreeSet<(Joined, String)>,
    questions: &mut Vec<NameQuestion>,
    make: impl FnOnce() -> R,
) -> usize {
    let (place, near) = match roster.find(name) {
        Found::Certain(place, false) => return place,
        Found::Certain(place, true) => (Some(place), vec![(roster.name(place).to_owned(), 1.0)]),
        Found::New(near) => (None, named(&near, |place| roster.name(place))),
    };
    let chosen = options.names.iter().find(|choice| choice.of == of && choice.name == name);
    let place = match chosen.map(|choice| choice.is.as_deref()) {
        Some(Some(is)) => match roster.find(is) {
            Found::Certain(place, _) => Some(place),
            Found::New(_) => None,
        },
        Some(None) => None,
        None => place,
    };
    let joined = place.map(|place| roster.name(place).to_owned());
    if !near.is_empty() && asked.insert((of, name.to_owned())) {
        questions.push(NameQuestion { of, name: name.to_owned(), near, joined });
    }
    place.unwrap_or_else(|| roster.add(name, make()))
}

/// The currency of the amounts: the workspace's, unless it has no deals and no prices yet and the files name one most often.
fn currency(sources: &[Source<'_>], workspace: &Workspace) -> Currency {
    let own = workspace.profile.currency;
    if !workspace.deals.is_empty() || workspace.products.iter().any(|product| product.price.is_some()) {
        return own;
    }
    let mut counts: Vec<(Currency, usize)> = Vec::new();
    for source in sources.iter().filter(|source| source.has(Field::Currency)) {
        for row in &source.sheet.rows {
            let Ok(code) = source.text(row, &[Field::Currency]).to_uppercase().parse::<Currency>() else { continue };
            match counts.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += 1,
                None => counts.push((code, 1)),
            }
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(own, |(code, _)| code)
}
